# Written by `cargo xtask generate`: the snippets of docs/messages.
# ruff: noqa
# fmt: off

import json

from wamid import Client
from wamid.contents import *
from wamid.testing import Sandbox

PHONE = "+91 98765-43210"


def test_address_message(client: Client, wamid_sandbox: Sandbox) -> None:
    content = AddressMessage(
        body="Where shall we deliver to?",
        country="IN",
        values={"name": "Asha Rao", "city": "New Delhi"}
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"address_message","body":{"text":"Where shall we deliver to?"},"action":{"name":"address_message","parameters":{"country":"IN","values":{"name":"Asha Rao","city":"New Delhi"}}}}}''')


def test_audio(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Audio(link="https://example.com/greeting.ogg", voice=True)
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"audio","audio":{"link":"https://example.com/greeting.ogg","voice":true}}''')


def test_catalog(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Catalog("See what is new.", thumbnail_product_retailer_id="book-1042")
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"catalog_message","body":{"text":"See what is new."},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"book-1042"}}}}''')


def test_contact_request(client: Client, wamid_sandbox: Sandbox) -> None:
    content = ContactRequest("May we call you about your order?")
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"request_contact_info","body":{"text":"May we call you about your order?"},"action":{"name":"request_contact_info"}}}''')


def test_contacts(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Contacts([ContactCard(
        "Asha's Books",
        company="Asha's Books",
        phones=[ContactPhone("+91 98765-43210", type="WORK", wa_id="919876543210")]
    )])
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"contacts","contacts":[{"name":{"formatted_name":"Asha's Books","first_name":"Asha's Books"},"phones":[{"phone":"+91 98765-43210","type":"WORK","wa_id":"919876543210"}],"org":{"company":"Asha's Books"}}]}''')


def test_cta_url(client: Client, wamid_sandbox: Sandbox) -> None:
    content = CtaUrl(
        body="Your order is on its way.",
        display_text="Track it",
        url="https://example.com/t/A-1042",
        footer="Asha's Books"
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"cta_url","body":{"text":"Your order is on its way."},"footer":{"text":"Asha's Books"},"action":{"name":"cta_url","parameters":{"display_text":"Track it","url":"https://example.com/t/A-1042"}}}}''')


def test_document(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Document(
        link="https://example.com/i/1042.pdf",
        caption="Your invoice",
        filename="invoice-1042.pdf"
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"document","document":{"link":"https://example.com/i/1042.pdf","caption":"Your invoice","filename":"invoice-1042.pdf"}}''')


def test_flow(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Flow(
        body="How was your stay?",
        button="Tell us",
        flow_id="1037543291543636",
        flow_token="stay-1042",
        screen="RATING",
        header="Your opinion"
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"flow","header":{"type":"text","text":"Your opinion"},"body":{"text":"How was your stay?"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1037543291543636","flow_cta":"Tell us","flow_token":"stay-1042","flow_action":"navigate","flow_action_payload":{"screen":"RATING"}}}}}''')


def test_image(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Image(link="https://example.com/receipt.png", caption="Your receipt")
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"image","image":{"link":"https://example.com/receipt.png","caption":"Your receipt"}}''')


def test_list(client: Client, wamid_sandbox: Sandbox) -> None:
    content = List(
        body="When shall we come?",
        button="Times",
        sections=[
            ListSection(
                [
                    ListRow(id="today-17", title="17:00 to 18:00"),
                    ListRow(id="today-18", title="18:00 to 19:00", description="The last van of the day")
                ],
                title="Today"
            ),
            ListSection([ListRow(id="tomorrow-9", title="9:00 to 10:00")], title="Tomorrow")
        ]
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"list","body":{"text":"When shall we come?"},"action":{"button":"Times","sections":[{"title":"Today","rows":[{"id":"today-17","title":"17:00 to 18:00"},{"id":"today-18","title":"18:00 to 19:00","description":"The last van of the day"}]},{"title":"Tomorrow","rows":[{"id":"tomorrow-9","title":"9:00 to 10:00"}]}]}}}''')


def test_location(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Location(
        latitude=28.6139,
        longitude=77.209,
        name="Our Office",
        address="Connaught Place, New Delhi"
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"location","location":{"latitude":28.6139,"longitude":77.209,"name":"Our Office","address":"Connaught Place, New Delhi"}}''')


def test_location_request(client: Client, wamid_sandbox: Sandbox) -> None:
    content = LocationRequest("Where shall we deliver?")
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where shall we deliver?"},"action":{"name":"send_location"}}}''')


def test_product(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Product(
        catalog_id="146265584024623",
        product_retailer_id="book-1042",
        body="It is back in stock."
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product","body":{"text":"It is back in stock."},"action":{"catalog_id":"146265584024623","product_retailer_id":"book-1042"}}}''')


def test_product_list(client: Client, wamid_sandbox: Sandbox) -> None:
    content = ProductList(
        body="Picked for you",
        header="Our novels",
        catalog_id="146265584024623",
        sections=[
            ProductSection(["book-1042", "book-1043"], title="New"),
            ProductSection(["book-7"], title="Classics")
        ]
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product_list","header":{"type":"text","text":"Our novels"},"body":{"text":"Picked for you"},"action":{"catalog_id":"146265584024623","sections":[{"title":"New","product_items":[{"product_retailer_id":"book-1042"},{"product_retailer_id":"book-1043"}]},{"title":"Classics","product_items":[{"product_retailer_id":"book-7"}]}]}}}''')


def test_raw(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Raw(
        message_type="interactive",
        object={"type": "voice_call", "body": {"text": "Call us"}, "action": {"name": "voice_call"}}
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}}''')


def test_reaction(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Reaction(message_id="wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA", emoji="👍")
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"reaction","reaction":{"message_id":"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA","emoji":"👍"}}''')


def test_reply_buttons(client: Client, wamid_sandbox: Sandbox) -> None:
    content = ReplyButtons(
        body="Shall we deliver it today?",
        buttons=[ReplyButton(id="yes", title="Yes"), ReplyButton(id="tomorrow", title="Tomorrow")],
        header="Your order",
        footer="Asha's Books"
    )
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Your order"},"body":{"text":"Shall we deliver it today?"},"footer":{"text":"Asha's Books"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"tomorrow","title":"Tomorrow"}}]}}}''')


def test_sticker(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Sticker(link="https://example.com/thanks.webp")
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"sticker","sticker":{"link":"https://example.com/thanks.webp"}}''')


def test_template(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Template("order_update", language="en_US", body_params=["Asha", "A-1042"])
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"A-1042"}]}]}}''')


def test_text(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Text("Your table is ready: https://example.com/t/7", preview_url=True)
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"text","text":{"body":"Your table is ready: https://example.com/t/7","preview_url":true}}''')


def test_video(client: Client, wamid_sandbox: Sandbox) -> None:
    content = Video(link="https://example.com/tour.mp4", caption="Your room")
    client.send(PHONE, content)
    assert wamid_sandbox.messages[-1].body == json.loads(r'''{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"video","video":{"link":"https://example.com/tour.mp4","caption":"Your room"}}''')
