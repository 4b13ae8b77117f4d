"""Webhooks: their signature, their events, and apps that receive them; and template components."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Callable, Optional, Union

from . import _wamid
from ._parameters import Button, Parameter
from .events import Event

if TYPE_CHECKING:
    from ._asgi import AsgiApp
    from ._base import BaseClient
    from ._wsgi import WsgiApp

__all__ = ["asgi_app", "build_template_components", "parse_webhook", "verify_webhook", "wsgi_app"]


def build_template_components(
    header_params: Optional[Sequence[Parameter]] = None,
    body_params: Optional[Sequence[Parameter]] = None,
    buttons: Optional[Sequence[Button]] = None,
) -> list[dict[str, Any]]:
    """Meta's components for these parameters and buttons: ``header``, then ``body``, then one ``button`` each.

    :raises InvalidInputError: naming the parameter or button as a path, such as ``buttons[0].coupon_code``.

    >>> build_template_components(body_params=["Asha", 2.5])
    [{'type': 'body', 'parameters': [{'type': 'text', 'text': 'Asha'}, {'type': 'text', 'text': '2.5'}]}]
    """
    return _wamid.build_template_components(header_params, body_params, buttons)


def verify_webhook(body: Union[bytes, str], signature: Optional[str], app_secret: str) -> bool:
    """Whether ``signature``, the header ``X-Hub-Signature-256``, is Meta's for this body.

    :param body: the request's body to the byte; JSON written anew has another signature.
    :raises InvalidInputError: ``app_secret`` is empty: anybody could sign with it.

    >>> verify_webhook(b"{}", "sha256=00", "app-secret")
    False
    """
    return _wamid.verify_webhook(body, signature, app_secret)


def parse_webhook(body: Union[bytes, str]) -> list[Event]:
    """What a webhook's body tells, in its order. Check it with :func:`verify_webhook` first.

    :raises InvalidInputError: ``field`` is ``body``, where it is no JSON object. What Meta may send tomorrow never fails.

    >>> parse_webhook(b'{"object": "whatsapp_business_account", "entry": []}')
    []
    """
    return _wamid.parse_webhook(body)


def asgi_app(
    client: BaseClient,
    handler: Callable[[Event], object],
    *,
    app_secret: Optional[str] = None,
    verify_token: Optional[str] = None,
    answer_within: Optional[float] = None,
) -> AsgiApp:
    """An ASGI app that receives webhooks: to be mounted in FastAPI or Starlette, or run by itself.

    It answers Meta's handshake, checks each webhook, and calls ``handler`` with its events one by one; those of one sender in
    their order. An event is handed over until the handler has succeeded once. Where it raises, that is logged
    (``wamid.webhooks``), Meta gets 500 and delivers the webhook again, and only that event is handed over again.

    :param client: with a ``store`` events are recorded there, and which of them were handled; without, the last 10,000 are
        remembered in memory.
    :param handler: called with each event. A plain function is called in a thread, an ``async`` one on the loop.
    :param app_secret: what webhooks are signed with. Default: the client's own ``app_secret``. A gateway that passes events on
        has a secret for it; ``client`` may then be a client of that gateway.
    :param verify_token: the token of Meta's handshake. Default: the environment's ``WAMID_VERIFY_TOKEN``.
    :param answer_within: seconds after which Meta is answered although the handler is not done, which then runs on. Default 10.
    :raises UnsupportedError: there is no ``app_secret``.

    >>> import wamid
    >>> client = wamid.AsyncClient.cloud("ACCESS-TOKEN", "1066", app_secret="APP-SECRET")
    >>> app = asgi_app(client, print, verify_token="VERIFY-TOKEN")  # uvicorn MODULE:app; or fastapi_app.mount("/webhook", app)
    """
    from ._asgi import AsgiApp

    return AsgiApp(client, handler, app_secret, verify_token, answer_within)


def wsgi_app(
    client: BaseClient,
    handler: Callable[[Event], object],
    *,
    app_secret: Optional[str] = None,
    verify_token: Optional[str] = None,
    answer_within: Optional[float] = None,
) -> WsgiApp:
    """The same as a WSGI app: to be mounted in Flask, or run by itself.

    ``handler`` is a plain function, and called in a thread of its own, so that Meta can be answered before it is done.

    :raises TypeError: ``handler`` is an ``async`` function.

    >>> import wamid
    >>> client = wamid.Client.cloud("ACCESS-TOKEN", "1066", app_secret="APP-SECRET")
    >>> app = wsgi_app(client, print, verify_token="VERIFY-TOKEN")  # gunicorn MODULE:app
    """
    from ._wsgi import WsgiApp

    return WsgiApp(client, handler, app_secret, verify_token, answer_within)
