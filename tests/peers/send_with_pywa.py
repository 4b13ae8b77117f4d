"""Sends every kind that pywa has, or makes its other calls, each as its documentation shows it.

Its address is fixed, so it is set here. The argument is `messages` or `calls`.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Callable

from pywa import WhatsApp
from pywa.types import (
    Button,
    CallPermissionRequestButton,
    Contact,
    ContactInfoRequestButton,
    FlowActionType,
    FlowButton,
    FlowStatus,
    ImageCarouselCard,
    ProductsSection,
    Section,
    SectionList,
    SectionRow,
    URLButton,
    VoiceCallButton,
)
from pywa.types import templates as t

TO = "919876543210"
client = WhatsApp(phone_id=os.environ["WAMID_PHONE_NUMBER_ID"], token=os.environ["WAMID_ACCESS_TOKEN"])
client.api._session.base_url = f"{os.environ['WAMID_GRAPH_URL']}/v26.0"

ASHA = Contact(
    name=Contact.Name(formatted_name="Asha Rao", first_name="Asha", last_name="Rao"),
    birthday="1990-01-31",
    phones=[Contact.Phone(phone="+919876543210", type="WORK", wa_id="919876543210")],
    emails=[Contact.Email(email="asha@example.com", type="WORK")],
    urls=[Contact.Url(url="https://example.com", type="WORK")],
    addresses=[
        Contact.Address(
            street="1 Road", city="New Delhi", zip="110001", country="India", country_code="in", type="WORK"
        )
    ],
    org=Contact.Org(company="Example", title="Manager"),
)


def template(name: str, *params: object) -> Callable[[], object]:
    return lambda: client.send_template(TO, name, t.TemplateLanguage.ENGLISH_US, list(params))


BODY = t.BodyText.params("Asha")
FLOW = FlowButton(
    title="Open",
    flow_id="123",
    flow_token="token",
    flow_action_type=FlowActionType.NAVIGATE,
    flow_action_screen="FIRST",
    flow_action_payload={"a": "b"},
    mode=FlowStatus.DRAFT,
)
EXCHANGE = FlowButton(
    title="Open", flow_name="survey", flow_token="token", flow_action_type=FlowActionType.DATA_EXCHANGE
)


def card(name: str) -> ImageCarouselCard:
    url = f"https://example.com/{name.lower()}"
    return ImageCarouselCard(body=name, image=f"{url}.jpg", buttons=URLButton(title="Open", url=url))


def template_card(index: int, name: str) -> object:
    params = [
        t.HeaderImage.params(image=f"https://example.com/{name.lower()}.jpg"),
        t.BodyText.params(name),
        t.QuickReplyButton.params(callback_data=name.lower(), index=0),
    ]
    return t.CarouselCard.params(index=index, params=params)


KINDS: dict[str, Callable[[], object]] = {
    "text": lambda: client.send_message(TO, "Hello"),
    "text_preview": lambda: client.send_message(TO, "https://example.com", preview_url=True),
    "text_reply": lambda: client.send_message(TO, "Hello", reply_to_message_id="wamid.X"),
    "image": lambda: client.send_image(TO, "https://example.com/a.jpg", "Look"),
    "image_id": lambda: client.send_image(TO, "1234567890"),
    "video": lambda: client.send_video(TO, "https://example.com/a.mp4", "Look"),
    "audio": lambda: client.send_audio(TO, "https://example.com/a.mp3"),
    "voice": lambda: client.send_voice(TO, "1234567890"),
    "document": lambda: client.send_document(TO, "https://example.com/a.pdf", "bill.pdf", "Bill"),
    "sticker": lambda: client.send_sticker(TO, "1234567890"),
    "location": lambda: client.send_location(TO, 28.6139, 77.209, "Our Office", "New Delhi"),
    "location_bare": lambda: client.send_location(TO, 28.6139, 77.209),
    "contacts": lambda: client.send_contact(TO, ASHA),
    "reaction": lambda: client.send_reaction(TO, "\N{THUMBS UP SIGN}", "wamid.X"),
    "reaction_removed": lambda: client.remove_reaction(TO, "wamid.X"),
    "reply_buttons": lambda: client.send_message(
        TO, "Shall we?", "Question", "Footer", [Button("Yes", "yes"), Button("No", "no")]
    ),
    "reply_buttons_image": lambda: client.send_image(
        TO, "https://example.com/a.jpg", "Shall we?", buttons=[Button("Yes", "yes")]
    ),
    "list": lambda: client.send_message(
        TO,
        "Choose",
        "Header",
        "Footer",
        SectionList(
            "Open",
            [Section("One", [SectionRow("A", "a", "The first")]), Section("Two", [SectionRow("B", "b")])],
        ),
    ),
    "cta_url": lambda: client.send_message(TO, "Look", "Header", "Footer", URLButton("Open", "https://example.com")),
    "location_request": lambda: client.request_location(TO, "Where are you?"),
    "contact_request": lambda: client.send_message(TO, "Your number?", buttons=ContactInfoRequestButton()),
    "flow": lambda: client.send_message(TO, "Fill in", "Header", "Footer", FLOW),
    "flow_data_exchange": lambda: client.send_message(TO, "Fill in", buttons=EXCHANGE),
    "product": lambda: client.send_product(TO, "1", "SKU-1", "Look", "Footer"),
    "product_list": lambda: client.send_products(
        TO,
        "1",
        [ProductsSection("One", ["SKU-1", "SKU-2"]), ProductsSection("Two", ["SKU-3"])],
        "Ours",
        "Look",
        "Footer",
    ),
    "catalog": lambda: client.send_catalog(TO, "Look", "Footer", thumbnail_product_sku="SKU-1"),
    "carousel": lambda: client.send_carousel(TO, body="Look", cards=[card("A"), card("B")]),
    "call_permission": lambda: client.send_message(TO, "May we call?", buttons=CallPermissionRequestButton()),
    "voice_call": lambda: client.send_message(TO, "Call us", buttons=VoiceCallButton("Call")),
    "template": template("peers_body", t.BodyText.params("Asha", "A-1042")),
    "template_named": template("peers_named", t.BodyText.params(name="Asha", order="A-1042")),
    "template_typed": template(
        "peers_body",
        t.BodyText.params(
            t.Currency(fallback_value="$10.50", code="USD", amount_1000=10500), t.DateTime(fallback_value="Friday")
        ),
    ),
    "template_header": template("peers_text", t.HeaderText.params("A-1042"), BODY),
    "template_image": template("peers_image", t.HeaderImage.params(image="https://example.com/a.jpg"), BODY),
    "template_video": template("peers_video", t.HeaderVideo.params(video="https://example.com/a.mp4"), BODY),
    "template_document": template(
        "peers_document",
        t.HeaderDocument.params(document="https://example.com/a.pdf", filename="bill.pdf"),
        BODY,
    ),
    "template_location": template(
        "peers_location",
        t.HeaderLocation.params(lat=28.6139, lon=77.209, name="Our Office", address="New Delhi"),
        BODY,
    ),
    "template_product": template("peers_product", t.HeaderProduct.params(catalog_id="1", sku="SKU-1"), BODY),
    "template_buttons": template(
        "peers_buttons",
        BODY,
        t.QuickReplyButton.params(callback_data="stop", index=0),
        t.URLButton.params(url_variable="A-1042", index=1),
        t.CopyCodeButton.params(coupon_code="TEN", index=2),
    ),
    "template_flow": template(
        "peers_flow", BODY, t.FlowButton.params(flow_token="token", flow_action_data={"a": "b"}, index=0)
    ),
    "template_catalog": template("peers_catalog", BODY, t.CatalogButton.params(thumbnail_product_sku="SKU-1", index=0)),
    "template_products": template(
        "peers_products",
        BODY,
        t.MPMButton.params(
            product_sections=[ProductsSection("One", ["SKU-1", "SKU-2"])], thumbnail_product_sku="SKU-1", index=0
        ),
    ),
    "template_code": template(
        "peers_code", t.AuthenticationBody.params(otp="123456"), t.CopyCodeOTPButton.params(otp="123456")
    ),
    "template_offer": template(
        "peers_offer",
        BODY,
        t.LimitedTimeOffer.params(expiration_time=datetime.datetime(2030, 12, 24, 18, tzinfo=datetime.timezone.utc)),
        t.CopyCodeButton.params(coupon_code="TEN", index=0),
        t.URLButton.params(url_variable="A-1042", index=1),
    ),
    "template_carousel": template(
        "peers_carousel", BODY, t.Carousel.params(cards=[template_card(0, "A"), template_card(1, "B")])
    ),
}

CALLS: dict[str, Callable[[], object]] = {
    "mark_read": lambda: client.mark_message_as_read("wamid.X"),
    "typing": lambda: client.indicate_typing("wamid.X"),
    "upload": lambda: client.upload_media(b"\x89PNG\r\n\x1a\n", "image/png", "a.png"),
    "block": lambda: client.block_users(["+919876543210"]),
    "unblock": lambda: client.unblock_users(["+919876543210"]),
}

for name, send in (KINDS if sys.argv[1] == "messages" else CALLS).items():
    failed = None
    try:
        send()
    except Exception as error:
        failed = f"{type(error).__name__}: {error}"
    print(json.dumps({"name": name, "failed": failed}), flush=True)
