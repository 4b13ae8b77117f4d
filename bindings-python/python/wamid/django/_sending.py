"""The functions that send a message, with the original's arguments and answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Callable, Optional

import wamid

from ._clients import Account, client
from ._failures import kept


@kept
def send_text_message(
    phone_number: str,
    text: str,
    reply_message_id: Optional[str] = None,
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends a text message; returns Meta's answer."""
    receipt = client(account).send_message(normalized(phone_number), text, reply_to=reply_message_id or None)
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
    receipt = client(account).send_location(
        normalized(phone_number),
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
    receipt = client(account).send_template(
        normalized(phone_number), template_name, language=language_code, components=components or None
    )
    return _answer(receipt)


def send_media_message(
    phone_number: str,
    media_id: str,
    media_type: str,
    caption: str = "",
    filename: str = "document",
    reply_message_id: Optional[str] = None,
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends a file that was uploaded, by its id: ``media_type`` is image, video, audio, document or sticker."""
    content: wamid.Content
    if media_type == "document":
        content = wamid.Document(id=media_id, caption=caption or None, filename=filename or None)
    elif media_type in ("image", "video"):
        content = (wamid.Image if media_type == "image" else wamid.Video)(id=media_id, caption=caption or None)
    elif media_type in ("audio", "sticker"):
        content = (wamid.Audio if media_type == "audio" else wamid.Sticker)(id=media_id)
    else:
        # Only Meta knows what it is.
        content = wamid.Raw(media_type, {"id": media_id})
    return _send(phone_number, content, account, reply_message_id)


def send_single_product_message(
    phone_number: str,
    catalog_id: str,
    retailer_id: str,
    body: str,
    footer: str = "",
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends a product of a catalog."""
    content = wamid.Product(catalog_id, retailer_id, body=body or None, footer=footer or None)
    return _send(phone_number, content, account)


def send_multi_product_message(
    phone_number: str,
    catalog_id: str,
    sections: list[dict[str, Any]],
    header: str,
    body: str,
    footer: str = "",
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends products of a catalog in sections. ``sections`` are Meta's own."""
    interactive: dict[str, Any] = {
        "type": "product_list",
        "header": {"type": "text", "text": header},
        "body": {"text": body},
        "action": {"catalog_id": catalog_id, "sections": sections},
    }
    if footer:
        interactive["footer"] = {"text": footer}
    return _send(phone_number, wamid.Raw("interactive", interactive), account)


def send_catalog_message(
    phone_number: str,
    thumbnail_retailer_id: str,
    body: str,
    footer: str = "",
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends a text with a button that opens the whole catalog."""
    thumbnail = thumbnail_retailer_id or None
    return _send(
        phone_number,
        wamid.Catalog(body, thumbnail_product_retailer_id=thumbnail, footer=footer or None),
        account,
    )


def send_product_carousel_message(
    phone_number: str,
    catalog_id: str,
    retailer_ids: list[str],
    body: str,
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends 2 to 10 products as cards side by side.

    In the form that Meta has for it: the ``product_carousel`` that the original writes is none.
    """
    cards = [
        {
            "card_index": at,
            "type": "product",
            "action": {"product_retailer_id": retailer_id, "catalog_id": catalog_id},
        }
        for at, retailer_id in enumerate(retailer_ids)
    ]
    interactive = {"type": "carousel", "body": {"text": body}, "action": {"cards": cards}}
    return _send(phone_number, wamid.Raw("interactive", interactive), account)


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


def normalized(phone: object) -> str:
    """The number as the original writes it: ten digits are India's."""
    number = str(phone).strip().replace("+", "").replace(" ", "").replace("-", "")
    return f"91{number}" if len(number) == 10 else number


def send_to(
    phone: str,
    content: wamid.Content,
    account: Optional[Account],
    reply_to: Optional[str] = None,
) -> dict[str, Any]:
    """Sends it to exactly this number; returns Meta's answer."""
    return _answer(client(account).send(phone, content, reply_to=reply_to or None))


def _send(
    phone_number: object,
    content: wamid.Content,
    account: Optional[Account],
    reply_to: Optional[str] = None,
) -> dict[str, Any]:
    return send_to(normalized(phone_number), content, account, reply_to)


def _as_texts(values: Optional[Iterable[Any]]) -> Optional[list[Any]]:
    return [value if isinstance(value, dict) else str(value) for value in values] if values else None


def _answer(receipt: wamid.Receipt) -> dict[str, Any]:
    answer: dict[str, Any] = receipt.raw
    return answer


#: What is put in place of the original's functions of the same names, in its module ``utils``.
REPLACED: tuple[Callable[..., Any], ...] = (
    send_text_message,
    send_location_message,
    send_template_message,
    send_media_message,
    send_single_product_message,
    send_multi_product_message,
    send_catalog_message,
    send_product_carousel_message,
    build_template_components,
)
