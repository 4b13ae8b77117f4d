"""What the receivers of webhooks share, whatever serves them."""

from __future__ import annotations

import inspect
import logging
from typing import Callable, Optional

from . import _wamid
from ._base import BaseClient
from ._waiting import wait
from .events import Event

#: Status, headers, text.
Answer = tuple[int, list[tuple[str, str]], str]

#: The header that the body's signature is in.
SIGNATURE = "x-hub-signature-256"

logger = logging.getLogger("wamid.webhooks")


class _Unheard(logging.Handler):
    """Writes to standard error where the program has set up no logging, as Python itself does.

    The logger ``wamid`` has a handler that writes nothing, which Python takes for one. But a handler that fails is a fault of the
    program's own, and nobody else is told of it.
    """

    def emit(self, record: logging.LogRecord) -> None:
        at: Optional[logging.Logger] = logger
        while at is not None:
            if any(not isinstance(handler, (logging.NullHandler, _Unheard)) for handler in at.handlers):
                return
            at = at.parent if at.propagate else None
        if logging.lastResort is not None:
            logging.lastResort.handle(record)


logger.addHandler(_Unheard(logging.WARNING))

#: What a server's own failure is answered with: Meta delivers again.
FAILED: Answer = (
    500,
    [("content-type", "text/plain; charset=utf-8")],
    "the webhook was not handled: deliver this again",
)


def native_receiver(
    client: BaseClient, app_secret: Optional[str], verify_token: Optional[str], answer_within: Optional[float]
) -> _wamid.NativeReceiver:
    """The receiver of a client."""
    if not isinstance(client, BaseClient):
        raise TypeError(f"client must be a wamid.Client or a wamid.AsyncClient, not {type(client).__name__}")
    return _wamid.NativeReceiver(client._native, app_secret, verify_token, answer_within)


class WebhookApp:
    """What an app that receives webhooks holds."""

    def __init__(
        self,
        client: BaseClient,
        handler: Callable[[Event], object],
        app_secret: Optional[str],
        verify_token: Optional[str],
        answer_within: Optional[float],
    ) -> None:
        if not callable(handler):
            raise TypeError(f"handler must be a function that takes an event, not {type(handler).__name__}")
        self._receiver = native_receiver(client, app_secret, verify_token, answer_within)
        self._handler = handler
        self._is_async = any(map(inspect.iscoroutinefunction, (handler, getattr(handler, "__call__", None))))  # noqa: B004


def tell_failure(event: Event) -> None:
    """Logs the exception that a handler has raised, with its traceback."""
    logger.exception("the handler of %s failed; it is handed over again when Meta delivers it again", named(event))


def named(event: Event) -> str:
    """An event for a log line: its type and the end of its id, nothing of what it says.

    The whole id of a message holds the customer's number, in base64.
    """
    name = getattr(event, "id", None) or getattr(event, "field", None) or ""
    if len(name) > 12:
        name = f"\N{HORIZONTAL ELLIPSIS}{name[-8:]}"
    return f"{event.event} {name}".rstrip()


def hand_over(delivery: _wamid.NativeDelivery, handler: Callable[[Event], object]) -> None:
    """Hands over all events of a delivery, one after the other, in this thread."""
    handled: Optional[bool] = None
    while True:
        event = wait(delivery.next, handled)
        if event is None:
            return
        try:
            handler(event)
            handled = True
        except Exception:
            tell_failure(event)
            handled = False


def answer_of(delivery: _wamid.NativeDelivery) -> Answer:
    """What Meta is answered with."""
    return delivery.answer() or FAILED


def too_large(length: Optional[str]) -> bool:
    """Whether the header ``Content-Length`` says so."""
    return (
        length is not None
        and length.isascii()
        and length.isdigit()
        and int(length) > _wamid.NativeReceiver.LARGEST_BODY
    )
