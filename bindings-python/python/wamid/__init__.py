"""Send WhatsApp messages: one client for Meta's Cloud API and for messaging gateways, sync and async.

>>> import wamid, wamid.testing
>>> with wamid.testing.sandbox() as sandbox, sandbox.client() as client:
...     print(client.send_location("919876543210", 28.6139, 77.2090, name="Our Office").phone)
919876543210

Every call ends in one of three ways, and says which: sent (a :class:`Receipt`), surely not sent, or unknown (a
:class:`WamidError` whose ``maybe_sent`` is true). Only what surely was not sent is tried again by the client itself.
"""

from __future__ import annotations

import logging as _logging

from . import _wamid, errors
from ._async_client import AsyncClient
from ._client import Client
from .errors import (
    AuthenticationError,
    ConnectionFailedError,
    InvalidInputError,
    RateLimitError,
    RejectedError,
    RequestTimeoutError,
    ServerError,
    StoreError,
    UnexpectedResponseError,
    UnsupportedError,
    WamidError,
)
from .messages import Button, Components, Location, Message, Parameter, Template, Text
from .results import (
    Conversation,
    Event,
    MessageEvent,
    OtherEvent,
    Progress,
    Receipt,
    StatusError,
    StatusEvent,
)
from .webhooks import build_template_components, parse_webhook, verify_webhook

__all__ = [
    "AsyncClient",
    "AuthenticationError",
    "Button",
    "Client",
    "Components",
    "ConnectionFailedError",
    "Conversation",
    "Event",
    "InvalidInputError",
    "Location",
    "Message",
    "MessageEvent",
    "OtherEvent",
    "Parameter",
    "Progress",
    "RateLimitError",
    "Receipt",
    "RejectedError",
    "RequestTimeoutError",
    "ServerError",
    "StatusError",
    "StatusEvent",
    "StoreError",
    "Template",
    "Text",
    "UnexpectedResponseError",
    "UnsupportedError",
    "WamidError",
    "build_template_components",
    "errors",
    "parse_webhook",
    "verify_webhook",
]

__version__: str = _wamid._version()

# Silent unless the program asks to hear it.
_logging.getLogger("wamid").addHandler(_logging.NullHandler())
