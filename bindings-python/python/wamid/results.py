"""What the operations answer, and what webhooks tell. All are frozen, compare by value, and can be pickled."""

from __future__ import annotations

from typing import NamedTuple, Optional, Union

from ._wamid import (
    Conversation,
    EchoEvent,
    Edit,
    EventMedia,
    MessageEvent,
    OtherEvent,
    Progress,
    Receipt,
    Revoke,
    StatusError,
    StatusEvent,
    TransferProgress,
)
from .errors import WamidError

__all__ = [
    "Conversation",
    "EchoEvent",
    "Edit",
    "Event",
    "EventMedia",
    "MessageEvent",
    "OtherEvent",
    "Outcome",
    "Progress",
    "Receipt",
    "Revoke",
    "StatusError",
    "StatusEvent",
    "Stopped",
    "TransferProgress",
]

#: One thing that a webhook tells; ``event`` says which: ``message``, ``echo``, ``status`` or ``other``.
Event = Union[MessageEvent, EchoEvent, StatusEvent, OtherEvent]

#: What became of one message of a bulk.
Outcome = Union[Receipt, WamidError]


class Stopped(NamedTuple):
    """What is known of a ``send_many`` that was stopped; :func:`wamid.stopped` finds it."""

    #: In the order of the list: a receipt, an error, or None for a message that was not begun, so surely not sent.
    outcomes: list[Optional[Outcome]]
    #: The counts; ``left`` counts what was not begun.
    progress: Progress
