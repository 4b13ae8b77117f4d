"""The four functions, with the original's arguments and answers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, Optional, Protocol

import wamid

from ._failures import kept, refuse_patched

#: Projects with more accounts than these make some of their clients anew, the oldest first.
_MOST_CLIENTS = 64

_clients: dict[tuple[Any, ...], wamid.Client] = {}


class Account(Protocol):
    """What is asked of an account: the original's ``WhatsAppAccount`` has it."""

    access_token: str
    phone_number_id: str


@kept
def send_text_message(
    phone_number: str,
    text: str,
    reply_message_id: Optional[str] = None,
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends a text message; returns Meta's answer."""
    receipt = _client(account).send_message(_normalized(phone_number), text, reply_to=reply_message_id or None)
    return _answer(receipt)


@kept
def send_location_message(
    phone_number: str,
    latitude: float,
    longitude: float,
    name: str = "",
    address: str = "",
    reply_message_id: Optional[str] = None,
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends a location pin; returns Meta's answer."""
    receipt = _client(account).send_location(
        _normalized(phone_number),
        latitude,
        longitude,
        name=name,
        address=address,
        reply_to=reply_message_id or None,
    )
    return _answer(receipt)


@kept
def send_template_message(
    phone_number: str,
    template_name: str,
    language_code: str = "en",
    components: Optional[list[dict[str, Any]]] = None,
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends an approved template; returns Meta's answer. ``components`` are Meta's own."""
    receipt = _client(account).send_template(
        _normalized(phone_number), template_name, language=language_code, components=components or None
    )
    return _answer(receipt)


def build_template_components(
    header_params: Optional[Iterable[Any]] = None,
    body_params: Optional[Iterable[Any]] = None,
    buttons: Optional[Iterable[dict[str, Any]]] = None,
) -> list[dict[str, Any]]:
    """Meta's components for these values.

    Whatever is no dict becomes its text, as with the original; dicts are :data:`wamid.Parameter` values. Buttons are as Meta
    takes them: their index is a text, and a link's variable is one too, where the original writes what Meta refuses.
    """
    return wamid.build_template_components(
        _as_texts(header_params), _as_texts(body_params), list(buttons) if buttons else None
    )


def _as_texts(values: Optional[Iterable[Any]]) -> Optional[list[Any]]:
    return [value if isinstance(value, dict) else str(value) for value in values] if values else None


def _answer(receipt: wamid.Receipt) -> dict[str, Any]:
    answer: dict[str, Any] = receipt.raw
    return answer


def _normalized(phone: object) -> str:
    """The number as the original writes it: ten digits are India's."""
    number = str(phone).strip().replace("+", "").replace(" ", "").replace("-", "")
    return f"91{number}" if len(number) == 10 else number


def _credentials(account: Optional[Account]) -> tuple[str, str]:
    """Token and number as the original finds them: the account, then the settings, then the environment."""
    if account is not None:
        return account.access_token, account.phone_number_id
    from django.conf import settings

    own = getattr(settings, "WHATSAPP", {})
    token, phone_number_id = (
        own.get(short) or getattr(settings, long, None) or os.environ.get(long)
        for short, long in (
            ("ACCESS_TOKEN", "META_WA_ACCESS_TOKEN"),
            ("PHONE_NUMBER_ID", "META_WA_PHONE_NUMBER_ID"),
        )
    )
    if token and phone_number_id:
        return token, phone_number_id
    raise wamid.InvalidInputError(
        "Missing Meta WhatsApp credentials. Set WHATSAPP['ACCESS_TOKEN'] and WHATSAPP['PHONE_NUMBER_ID'] in Django "
        "settings, or use a WhatsAppAccount instance.",
        field="phone_number_id" if token else "access_token",
    )


def _client(account: Optional[Account]) -> wamid.Client:
    """The client of those credentials, kept so that it keeps its connections."""
    from django.conf import settings

    options: dict[str, Any] = {"graph_url": os.environ.get("WAMID_GRAPH_URL") or None}
    options.update(getattr(settings, "WAMID", {}).get("OPTIONS", {}))
    token, phone_number_id = _credentials(account)
    if options["graph_url"] is None:
        refuse_patched()
    key = (token, phone_number_id, *sorted(options.items()))
    client = _clients.get(key)
    if client is None:
        # No lock, which a fork could leave locked: of two that are made at once, one is kept.
        client = _clients.setdefault(key, wamid.Client.cloud(token, phone_number_id, **options))
        if len(_clients) > _MOST_CLIENTS:
            # Closes by itself when nobody uses it any more.
            oldest, *_ = list(_clients)
            _clients.pop(oldest, None)
    return client
