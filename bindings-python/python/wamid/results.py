"""What the operations answer, and what webhooks tell. All are frozen, compare by value, and can be pickled."""

from __future__ import annotations

from typing import Union

from ._wamid import (
    Conversation,
    MessageEvent,
    OtherEvent,
    Progress,
    Receipt,
    StatusError,
    StatusEvent,
)

__all__ = [
    "Conversation",
    "Event",
    "MessageEvent",
    "OtherEvent",
    "Progress",
    "Receipt",
    "StatusError",
    "StatusEvent",
]

#: One thing that a webhook tells; ``event`` says which: ``message``, ``status`` or ``other``.
Event = Union[MessageEvent, StatusEvent, OtherEvent]
