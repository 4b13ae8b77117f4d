"""A receiver of webhooks as an ASGI app."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, MutableMapping
from typing import Any, Callable, Optional

from . import _wamid
from ._loop import run
from ._receiving import (
    FAILED,
    SIGNATURE,
    Answer,
    WebhookApp,
    answer_of,
    logger,
    tell_failure,
    too_large,
)
from .events import Event

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]


class AsgiApp(WebhookApp):
    """Receives webhooks; made by :func:`wamid.webhooks.asgi_app`."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        #: Handlers under way, also behind an answer. The loop itself keeps no task.
        self._running: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """A request, as an ASGI server hands it over."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        elif scope["type"] == "http":
            answer = await self._answer(scope, receive)
            if answer is None:
                return
            status, headers, text = answer
            body = text.encode()
            encoded = [(name.encode(), value.encode()) for name, value in headers]
            encoded.append((b"content-length", str(len(body)).encode()))
            await send({"type": "http.response.start", "status": status, "headers": encoded})
            await send({"type": "http.response.body", "body": body})

    async def _lifespan(self, receive: _Receive, send: _Send) -> None:
        while True:
            what = (await receive())["type"]
            if what == "lifespan.shutdown":
                # What runs on behind an answer is let end.
                while self._running:
                    await asyncio.wait(self._running)
            await send({"type": f"{what}.complete"})
            if what == "lifespan.shutdown":
                return

    async def _answer(self, scope: _Message, receive: _Receive) -> Optional[Answer]:
        """The answer; None where the caller has gone."""
        query = scope.get("query_string", b"").decode("latin-1")
        answer = self._receiver.answer_to(scope["method"], query)
        if answer is not None:
            return answer
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if too_large(headers.get("content-length")):
            return self._receiver.too_large()
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._receiver.LARGEST_BODY:
                return self._receiver.too_large()
        delivery = self._receiver.delivery(bytes(body), headers.get(SIGNATURE))
        # Neither a caller that hangs up nor the end of Meta's patience stops a handler.
        work = asyncio.ensure_future(self._hand_over(delivery))
        self._running.add(work)
        work.add_done_callback(self._ended)
        await asyncio.wait([work], timeout=self._receiver.answer_within())
        if work.done() and (work.cancelled() or work.exception() is not None):
            return FAILED
        return answer_of(delivery)

    def _ended(self, work: asyncio.Task[None]) -> None:
        self._running.discard(work)
        if not work.cancelled() and (error := work.exception()) is not None:
            logger.error("a webhook was not handled", exc_info=error)

    async def _hand_over(self, delivery: _wamid.NativeDelivery) -> None:
        handled: Optional[bool] = None
        while True:
            event = await run(delivery.next, handled)
            if event is None:
                return
            try:
                await self._handle(event)
                handled = True
            except Exception:
                tell_failure(event)
                handled = False

    async def _handle(self, event: Event) -> None:
        if self._is_async:
            outcome = self._handler(event)
        else:
            outcome = await asyncio.to_thread(self._handler, event)
        if inspect.isawaitable(outcome):
            await outcome
