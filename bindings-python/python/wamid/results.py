"""What the operations answer. All are frozen, compare by value, and can be pickled."""

from __future__ import annotations

from typing import NamedTuple, Optional, Union

from ._wamid import Conversation, Progress, Receipt, TransferProgress
from .errors import WamidError

__all__ = [
    "Conversation",
    "Outcome",
    "Progress",
    "Receipt",
    "Stopped",
    "TransferProgress",
]

#: What became of one message of a bulk.
Outcome = Union[Receipt, WamidError]


class Stopped(NamedTuple):
    """What is known of a ``send_many`` that was stopped; :func:`wamid.stopped` finds it."""

    #: In the order of the list: a receipt, an error, or None for a message that was not begun, so surely not sent.
    outcomes: list[Optional[Outcome]]
    #: The counts; ``left`` counts what was not begun.
    progress: Progress
