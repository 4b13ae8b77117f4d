"""Webhooks and template components: what needs no client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional, Union

from . import _wamid
from ._parameters import Button, Parameter
from .events import Event

__all__ = ["build_template_components", "parse_webhook", "verify_webhook"]


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
