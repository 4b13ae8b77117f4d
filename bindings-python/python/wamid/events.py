"""What webhooks tell. All are frozen, compare by value, and can be pickled.

Written by `cargo xtask generate` from the declarations of the core.
"""

from __future__ import annotations

from typing import Union

from ._wamid import (
    EchoEvent,
    Edit,
    EventAddress,
    EventContact,
    EventContext,
    EventConversation,
    EventEmail,
    EventFlow,
    EventLocation,
    EventMedia,
    EventOrder,
    EventOrderItem,
    EventPhone,
    EventPricing,
    EventProduct,
    EventReaction,
    EventReferral,
    EventReply,
    EventSystem,
    EventUrl,
    MessageEvent,
    OtherEvent,
    PreferenceEvent,
    Revoke,
    StatusError,
    StatusEvent,
    TemplateEvent,
)

__all__: list[str] = [
    "EchoEvent",
    "Edit",
    "Event",
    "EventAddress",
    "EventContact",
    "EventContext",
    "EventConversation",
    "EventEmail",
    "EventFlow",
    "EventLocation",
    "EventMedia",
    "EventOrder",
    "EventOrderItem",
    "EventPhone",
    "EventPricing",
    "EventProduct",
    "EventReaction",
    "EventReferral",
    "EventReply",
    "EventSystem",
    "EventUrl",
    "MessageEvent",
    "OtherEvent",
    "PreferenceEvent",
    "Revoke",
    "StatusError",
    "StatusEvent",
    "TemplateEvent",
]

#: One thing that a webhook tells; ``event`` says which it is.
Event = Union[MessageEvent, EchoEvent, StatusEvent, TemplateEvent, PreferenceEvent, OtherEvent]
