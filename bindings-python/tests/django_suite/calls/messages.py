"""Messages with media and products."""

from __future__ import annotations

from typing import Any

from django_meta_whatsapp import utils
from project import CATALOG, PHONE, account, call, odd


@call
def text_odd_business() -> Any:
    return utils.send_text_message(PHONE, "Hello", account=odd)


@call
def media_image() -> Any:
    return utils.send_media_message(PHONE, "123", "image", "A caption", account=account)


@call
def media_video_reply() -> Any:
    return utils.send_media_message(PHONE, "123", "video", reply_message_id="wamid.X", account=account)


@call
def media_audio_caption() -> Any:
    return utils.send_media_message("+91 98765-43210", "123", "audio", "is left out", account=account)


@call
def media_document() -> Any:
    return utils.send_media_message("9876543210", "123", "document", "Bill", "bill.pdf", account=account)


@call
def media_document_unnamed() -> Any:
    return utils.send_media_message(PHONE, "123", "document", account=account)


@call
def media_sticker() -> Any:
    return utils.send_media_message(PHONE, "123", "sticker", account=account)


@call
def media_unknown() -> Any:
    return utils.send_media_message(PHONE, "123", "hologram", account=account)


@call
def media_caption_long() -> Any:
    return utils.send_media_message(PHONE, "123", "image", "x" * 1025, account=account)


@call
def product() -> Any:
    return utils.send_single_product_message(PHONE, CATALOG, "SKU-1", "Look", "Footer", account=account)


@call
def products() -> Any:
    sections = [{"title": "New", "product_items": [{"product_retailer_id": "SKU-1"}]}]
    return utils.send_multi_product_message(PHONE, CATALOG, sections, "Ours", "Look", "Footer", account=account)


@call
def catalog() -> Any:
    return utils.send_catalog_message(PHONE, "SKU-1", "Look", account=account)


@call
def product_carousel() -> Any:
    return utils.send_product_carousel_message(PHONE, CATALOG, ["SKU-1", "SKU-2"], "Look", account=account)


@call
def catalog_link() -> Any:
    return utils.send_catalog_link_message(PHONE, "15550783881", account=account)
