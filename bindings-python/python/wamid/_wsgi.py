"""A receiver of webhooks as a WSGI app."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Callable, Optional

from ._receiving import FAILED, Answer, WebhookApp, answer_of, hand_over, logger, too_large


class WsgiApp(WebhookApp):
    """Receives webhooks; made by :func:`wamid.webhooks.wsgi_app`."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        if self._is_async:
            raise TypeError("handler must be a plain function: an async one needs wamid.webhooks.asgi_app")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        """A request, as a WSGI server hands it over."""
        status, headers, text = self._answer(environ)
        body = text.encode()
        headers = [(name.title(), value) for name, value in headers]
        start_response(f"{status} {HTTPStatus(status).phrase}", [*headers, ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        answer = self._receiver.answer_to(environ["REQUEST_METHOD"], environ.get("QUERY_STRING", ""))
        if answer is not None:
            return answer
        given = environ.get("CONTENT_LENGTH") or None
        if too_large(given):
            return self._receiver.too_large()
        # What is no number is a body of unknown length, whose signature then tells.
        length = int(given) if given is not None and given.isascii() and given.isdigit() else None
        body = self._body(environ, length)
        if len(body) > self._receiver.LARGEST_BODY:
            return self._receiver.too_large()
        if length is not None and len(body) < length:
            logger.error(
                "the body of a webhook is not there, or not whole: where something in front of wsgi_app has read it, mount "
                "wsgi_app before that"
            )
        delivery = self._receiver.delivery(body, environ.get("HTTP_X_HUB_SIGNATURE_256"))
        ended = threading.Event()
        failed = False

        def work() -> None:
            nonlocal failed
            try:
                hand_over(delivery, self._handler)
            except BaseException:
                failed = True
                logger.exception("a webhook was not handled")
            finally:
                ended.set()

        # The answer does not wait for it for ever; the process does, at its end.
        threading.Thread(target=contextvars.copy_context().run, args=(work,), name="wamid-webhook").start()
        ended.wait(self._receiver.answer_within())
        return FAILED if failed else answer_of(delivery)

    def _body(self, environ: dict[str, Any], length: Optional[int]) -> bytes:
        most = self._receiver.LARGEST_BODY + 1
        if length is not None:
            most = length
        elif not environ.get("wsgi.input_terminated"):
            # Without a length, a server that does not say where the input ends has none.
            return b""
        body = b""
        while len(body) < most and (piece := environ["wsgi.input"].read(most - len(body))):
            body += piece
        return body
