"""What webhooks tell. All are frozen, compare by value, and can be pickled.

Written by `cargo xtask generate` from the declarations of the core.
"""

from __future__ import annotations

from typing import Union

from ._wamid import (
    EchoEvent,
    Edit,
    EventMedia,
    MessageEvent,
    OtherEvent,
    Revoke,
    StatusError,
    StatusEvent,
)

__all__ = [
    "EchoEvent",
    "Edit",
    "Event",
    "EventMedia",
    "MessageEvent",
    "OtherEvent",
    "Revoke",
    "StatusError",
    "StatusEvent",
]

#: One thing that a webhook tells; ``event`` says which: ``message``, ``echo``, ``status``, ``other``.
Event = Union[MessageEvent, EchoEvent, StatusEvent, OtherEvent]
