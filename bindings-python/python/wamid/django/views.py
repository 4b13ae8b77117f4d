"""The view that receives webhooks, and tells them as signals."""

from __future__ import annotations

from hashlib import sha256
from typing import Callable, Optional, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

import wamid
from wamid import _wamid
from wamid._receiving import FAILED, SIGNATURE, Answer, answer_of, hand_over, logger, native_receiver, too_large

from . import _clients, _original, signals

__all__ = ["webhook", "webhook_view"]

View = Callable[[HttpRequest], HttpResponse]


def webhook_view(
    client: Optional[wamid.Client] = None,
    *,
    app_secret: Optional[str] = None,
    verify_token: Optional[str] = None,
    original: Optional[bool] = None,
) -> View:
    """A view that receives webhooks for a client, and sends the signals of :mod:`wamid.django.signals`.

    :param client: Default: the cloud client that the settings describe.
    :param app_secret: what webhooks are signed with. Default: the client's own ``app_secret``; that of the client of the
        settings is ``WHATSAPP["APP_SECRET"]``.
    :param verify_token: the token of Meta's handshake. Default: ``WHATSAPP["VERIFY_TOKEN"]``, else the environment's
        ``WAMID_VERIFY_TOKEN``.
    :param original: whether each webhook is also given to the original's own view, once it is verified, so that its tables are
        filled. Default: where the original is installed, unless ``WAMID["ORIGINAL_WEBHOOK"]`` in the settings is false.
    """
    view = _WebhookView(client, app_secret, verify_token, original)

    def webhook(request: HttpRequest) -> HttpResponse:
        return view.response(request)

    # What is remembered as handled must not be undone with a request's transaction (`ATOMIC_REQUESTS`).
    return cast(View, csrf_exempt(transaction.non_atomic_requests(webhook)))


class _WebhookView:
    def __init__(
        self,
        client: Optional[wamid.Client],
        app_secret: Optional[str],
        verify_token: Optional[str],
        original: Optional[bool],
    ) -> None:
        self._given = client
        self._app_secret = app_secret
        self._verify_token = verify_token
        self._original = original
        # Settings are there once the first request comes.
        self._made: dict[str, tuple[wamid.Client, _wamid.NativeReceiver]] = {}
        self._told = _Told()

    def response(self, request: HttpRequest) -> HttpResponse:
        status, headers, text = self._answer(request)
        response = HttpResponse(text, status=status)
        for name, value in headers:
            response[name.title()] = value
        return response

    def _make(self) -> tuple[wamid.Client, _wamid.NativeReceiver]:
        client = self._given or _client()
        token = self._verify_token or _clients.setting("VERIFY_TOKEN", "META_WA_VERIFY_TOKEN") or None
        # No lock, which a fork could leave locked: of two that are made at once, one is kept.
        return self._made.setdefault("", (client, native_receiver(client, self._app_secret, token, None)))

    def _answer(self, request: HttpRequest) -> Answer:
        client, receiver = self._made.get("") or self._make()
        answer = receiver.answer_to(request.method or "", request.META.get("QUERY_STRING", ""))
        if answer is not None:
            return answer
        if too_large(request.META.get("CONTENT_LENGTH")):
            return receiver.too_large()
        body = _body(request, receiver.LARGEST_BODY + 1)
        if body is None:
            return FAILED
        delivery = receiver.delivery(body, request.headers.get(SIGNATURE))
        original = _Original(request, body, self._original, self._told)

        def tell(event: wamid.Event) -> None:
            # First, so that who gets the signals finds its rows; and only now, as nobody has vouched for the body before.
            original.tell()
            failed = []
            for signal in (signals.event_received, signals.BY_EVENT.get(event.event)):
                if signal is not None:
                    outcomes = signal.send_robust(sender=type(event), event=event, client=client)
                    failed += [outcome for _, outcome in outcomes if isinstance(outcome, Exception)]
            if failed:
                raise failed[0]

        # In this thread: database connections are a thread's own.
        hand_over(delivery, tell)
        answer = answer_of(delivery)
        if answer[0] == 200:
            original.tell()
        return FAILED if original.failed else answer


class _Told:
    """The webhooks that the original was told of last, by the hash of the body: it counts what it is told twice."""

    MOST = 10_000

    def __init__(self) -> None:
        self._hashes: dict[bytes, None] = {}

    def __contains__(self, told: bytes) -> bool:
        return told in self._hashes

    def add(self, told: bytes) -> None:
        self._hashes[told] = None
        if len(self._hashes) > self.MOST:
            self._hashes.pop(next(iter(self._hashes)), None)


class _Original:
    """The original's own view, which is told of a verified webhook once, also where Meta delivers it again to this process."""

    def __init__(self, request: HttpRequest, body: bytes, asked: Optional[bool], told: _Told) -> None:
        wanted = _original.switch("ORIGINAL_WEBHOOK") if asked is None else asked
        self._left = wanted and _original.is_installed()
        self._request = request
        self._body = body
        self._told = told
        self._hash = sha256(body).digest()
        self.failed = False

    def tell(self) -> None:
        if not self._left or self._hash in self._told:
            return
        self._left = False
        from django_meta_whatsapp.views import WebhookView

        # It reads the body again.
        self._request._body = self._body
        response = WebhookView.as_view()(self._request)
        if response.status_code >= 400:
            self.failed = True
            # Not what it answers, which may hold a customer's number.
            logger.error("the webhook view of django_meta_whatsapp answered %s; its log says why", response.status_code)
        else:
            self._told.add(self._hash)


def _body(request: HttpRequest, most: int) -> Optional[bytes]:
    """The body, up to so many bytes; None where something else has read it."""
    if hasattr(request, "_body"):
        return bytes(request.body)
    if request._read_started:
        logger.error(
            "something has read the body of a webhook before the view: let that middleware pass over this address, or read "
            "request.body there"
        )
        return None
    # Not `body`, which Django refuses above DATA_UPLOAD_MAX_MEMORY_SIZE: Meta sends up to 3 MiB.
    return bytes(request.read(most))


def _client() -> wamid.Client:
    """The client that the settings describe; else the one of the original's first account."""
    try:
        return _clients.client(None)
    except wamid.InvalidInputError:
        account = _original.first_account()
        if account is None:
            raise
        return _clients.client(account)


#: The view of the client that the settings describe: ``path("whatsapp/events/", wamid.django.views.webhook)``.
webhook = webhook_view()
