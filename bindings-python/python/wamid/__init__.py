"""Send WhatsApp messages: one client for Meta's Cloud API and for messaging gateways, sync and async.

>>> import wamid, wamid.testing
>>> with wamid.testing.sandbox() as sandbox, sandbox.client() as client:
...     print(client.send_location("919876543210", 28.6139, 77.2090, name="Our Office").phone)
919876543210

Every call ends in one of three ways, and says which: sent (a :class:`Receipt`), surely not sent, or unknown (a
:class:`WamidError` whose ``maybe_sent`` is true). Only what surely was not sent is tried again by the client itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _wamid, errors, events
from ._bulk import stopped
from ._client import Client
from ._content import Content
from ._kinds import ANSWERS, CLASSES
from ._parameters import Button, Components, Parameter
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
from .events import *  # noqa: F403
from .results import (
    Conversation,
    Outcome,
    Progress,
    Receipt,
    Stopped,
    TransferProgress,
)
from .webhooks import build_template_components, parse_webhook, verify_webhook

if TYPE_CHECKING:
    from . import answers, contents
    from ._async_client import AsyncClient
    from .answers import *  # noqa: F403
    from .contents import *  # noqa: F403
    from .messages import Message

__all__ = [
    "AsyncClient",
    "AuthenticationError",
    "Button",
    "Client",
    "Components",
    "ConnectionFailedError",
    "Content",
    "Conversation",
    "InvalidInputError",
    "Message",
    "Outcome",
    "Parameter",
    "Progress",
    "RateLimitError",
    "Receipt",
    "RejectedError",
    "RequestTimeoutError",
    "ServerError",
    "Stopped",
    "StoreError",
    "TransferProgress",
    "UnexpectedResponseError",
    "UnsupportedError",
    "WamidError",
    "build_template_components",
    "errors",
    "parse_webhook",
    "stopped",
    "verify_webhook",
]

# The events and their parts, the kinds of messages and theirs, and what the operations answer.
__all__ += events.__all__
if TYPE_CHECKING:
    __all__ += contents.__all__
    __all__ += answers.__all__
else:
    __all__ += CLASSES
    __all__ += ANSWERS

__version__: str = _wamid._version()

#: What is loaded when it is first asked for, and from where: asyncio and dataclasses take longer than all the rest.
_LATER = {
    "AsyncClient": "._async_client",
    "Message": ".messages",
    **dict.fromkeys(CLASSES, ".contents"),
    **dict.fromkeys(ANSWERS, ".answers"),
}


# Type checkers have the imports above, and would take any name for one that this finds.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(_LATER[name], __name__), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
