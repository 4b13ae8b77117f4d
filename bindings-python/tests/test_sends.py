"""The operations: what a caller gives arrives at Meta, and what Meta answers reaches the caller."""

from __future__ import annotations

import hashlib
import hmac
import json
import pickle
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import wamid
from conftest import PHONE, texts
from wamid.testing import Sandbox

#: Every argument of every send, and what Meta is to get of it.
EVERYTHING = [
    (
        wamid.Message(PHONE, wamid.Text("Hello", preview_url=True), reply_to="wamid.X", reference="r-1"),
        {
            "to": f"+{PHONE}",
            "type": "text",
            "context": {"message_id": "wamid.X"},
            "text": {"body": "Hello", "preview_url": True},
            "biz_opaque_callback_data": "r-1",
        },
    ),
    (
        wamid.Message(
            PHONE, wamid.Location(28.6139, 77.2090, name="Our Office", address="Connaught Place"), reference="r-2"
        ),
        {
            "to": f"+{PHONE}",
            "type": "location",
            "location": {
                "latitude": 28.6139,
                "longitude": 77.209,
                "name": "Our Office",
                "address": "Connaught Place",
            },
            "biz_opaque_callback_data": "r-2",
        },
    ),
    (
        wamid.Message(
            PHONE, wamid.Template("order_update", language="en_US", body_params=["Asha", 5.0]), reference="r-3"
        ),
        {
            "to": f"+{PHONE}",
            "type": "template",
            "template": {
                "name": "order_update",
                "language": {"code": "en_US"},
                "components": [
                    {
                        "type": "body",
                        "parameters": [{"type": "text", "text": "Asha"}, {"type": "text", "text": "5"}],
                    }
                ],
            },
            "biz_opaque_callback_data": "r-3",
        },
    ),
]
COMMON = {"messaging_product": "whatsapp", "recipient_type": "individual"}
METHODS = {wamid.Text: "send_message", wamid.Location: "send_location", wamid.Template: "send_template"}


def flat(send: wamid.Message) -> dict:
    """The arguments of the operation that sends this kind."""
    # A template has some fields that `send` alone takes.
    given = {**vars(send), **{name: value for name, value in vars(send.content).items() if value is not None}}
    del given["content"]
    return given


def check_arrived(sandbox: Sandbox, send: wamid.Message, expected: dict, receipts: list[wamid.Receipt]) -> None:
    assert len(sandbox.messages) == len(receipts)
    for arrived, receipt in zip(sandbox.messages, receipts):
        assert arrived.body == {**COMMON, **expected}
        assert (receipt.id, receipt.phone, receipt.reference) == (arrived.id, PHONE, send.reference)


@pytest.mark.parametrize(("send", "expected"), EVERYTHING)
def test_every_argument_arrives(
    client: wamid.Client, wamid_sandbox: Sandbox, send: wamid.Message, expected: dict
) -> None:
    receipts = [client.send(**vars(send)), getattr(client, METHODS[type(send.content)])(**flat(send))]
    check_arrived(wamid_sandbox, send, expected, receipts)


@pytest.mark.parametrize(("send", "expected"), EVERYTHING)
async def test_every_argument_arrives_from_a_loop(
    async_client: wamid.AsyncClient, wamid_sandbox: Sandbox, send: wamid.Message, expected: dict
) -> None:
    named = getattr(async_client, METHODS[type(send.content)])
    receipts = [await async_client.send(**vars(send)), await named(**flat(send))]
    check_arrived(wamid_sandbox, send, expected, receipts)


def many() -> list[wamid.Message]:
    return [
        wamid.Message(PHONE, wamid.Text("first")),
        wamid.Message("12", wamid.Text("no number")),
        wamid.Message(PHONE, wamid.Location(1, 2)),
        wamid.Message("15550900003", wamid.Text("lost")),
    ]


def check_many(results: list, seen: list[wamid.Progress]) -> None:
    assert [getattr(result, "kind", "receipt") for result in results] == [
        "receipt",
        "invalid_input",
        "receipt",
        "connection",
    ]
    assert isinstance(results[1], wamid.InvalidInputError)
    assert results[1].field == "phone"
    last = seen[-1]
    assert (last.sent, last.failed, last.unknown, last.left) == (2, 1, 1, 0)


def test_many_are_answered_in_order_each_for_itself(client: wamid.Client) -> None:
    seen: list[wamid.Progress] = []
    # Any iterable will do.
    check_many(client.send_many(iter(many()), concurrency=2, progress=seen.append), seen)


async def test_many_are_answered_in_order_each_for_itself_on_a_loop(async_client: wamid.AsyncClient) -> None:
    seen: list[wamid.Progress] = []
    check_many(await async_client.send_many(many(), concurrency=2, progress=seen.append), seen)


def test_many_refuses_no_concurrency(client: wamid.Client) -> None:
    with pytest.raises(wamid.InvalidInputError) as raised:
        client.send_many(many(), concurrency=0)
    assert raised.value.field == "concurrency"


def signed(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def webhook(text: str) -> bytes:
    message = {"id": "wamid.A", "from": PHONE, "timestamp": "1749416383", "type": "text", "text": {"body": text}}
    value = {"metadata": {"phone_number_id": "106540352242922"}, "messages": [message]}
    return json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()


def test_chats_and_webhooks_share_a_store(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    with wamid_sandbox.client(store=f"sqlite:{tmp_path}/w.db") as client:
        body = webhook("Is it open?")
        [event] = client.receive_webhook(body, signed(body, wamid_sandbox.app_secret))
        assert isinstance(event, wamid.MessageEvent)
        assert (event.from_, event.text) == (PHONE, "Is it open?")
        [conversation] = client.chats()
        assert (conversation.phone_number, conversation.unread_count) == (PHONE, 1)
        client.send_message(PHONE, "Until nine")
        [conversation] = client.chats()
    assert conversation.unread_count == 0
    assert pickle.loads(pickle.dumps(conversation)) == conversation
    assert conversation.last_message_at is not None
    assert conversation.last_message_at.utcoffset() == timedelta(0)
    assert abs(datetime.now(timezone.utc) - conversation.last_message_at) < timedelta(minutes=5)


async def test_webhooks_and_chats_on_a_loop(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    async with wamid_sandbox.async_client(store=f"sqlite:{tmp_path}/w.db") as client:
        body = webhook("Is it open?")
        [event] = await client.receive_webhook(body, signed(body, wamid_sandbox.app_secret))
        assert event.to_dict()["from"] == PHONE
        [conversation] = await client.chats()
        assert conversation.unread_count == 1


def inbound(**names: str) -> wamid.MessageEvent:
    message = {**names, "id": "wamid.IN", "timestamp": "1749416383", "type": "text", "text": {"body": "Is it open?"}}
    value = {"metadata": {"phone_number_id": "106540352242922"}, "messages": [message]}
    [event] = wamid.parse_webhook(json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}))
    assert isinstance(event, wamid.MessageEvent)
    return event


NAMES = [
    ({"from": "4790000011"}, "+4790000011"),
    ({"from_user_id": "NO.13491208655302741918"}, "NO.13491208655302741918"),
]


@pytest.mark.parametrize(("names", "to"), NAMES)
def test_a_message_is_answered_in_place(wamid_sandbox: Sandbox, names: dict[str, str], to: str) -> None:
    event = inbound(**names)
    with wamid_sandbox.client(default_country_code="1") as client:
        receipt = event.answer(client, wamid.Text("Until nine"), reference="r-1")
        event.mark_read(client, typing=True)
    assert receipt.reference == "r-1"
    [message] = [message for message in wamid_sandbox.messages if message.type == "text"]
    assert message.to == to
    assert message.body["context"] == {"message_id": "wamid.IN"}


@pytest.mark.parametrize(("names", "to"), NAMES)
async def test_a_message_is_answered_in_place_on_a_loop(wamid_sandbox: Sandbox, names: dict[str, str], to: str) -> None:
    event = inbound(**names)
    async with wamid_sandbox.async_client(default_country_code="1") as client:
        receipt = await event.answer(client, wamid.Image(link="https://example.com/menu.png"))
        assert await event.mark_read(client) is None
    [message] = [message for message in wamid_sandbox.messages if message.type == "image"]
    assert (message.id, message.to) == (receipt.id, to)


def test_a_message_of_a_group_is_not_answered(wamid_sandbox: Sandbox) -> None:
    event = inbound(**{"from": "4790000011", "group_id": "G1"})
    with wamid_sandbox.client() as client, pytest.raises(wamid.InvalidInputError) as raised:
        event.answer(client, wamid.Text("Until nine"))
    assert raised.value.field == "phone"
    assert wamid_sandbox.messages == []


@pytest.mark.parametrize("signature", [None, "", "sha256=00", signed(b"another", "sandbox-app-secret")])
def test_a_forged_webhook_is_refused(client: wamid.Client, signature: str | None) -> None:
    with pytest.raises(wamid.InvalidInputError) as raised:
        client.receive_webhook(webhook("Hi"), signature)
    assert raised.value.field == "signature"


@pytest.mark.parametrize("kind", [bytes, bytearray, bytes.decode])
def test_a_body_is_bytes_or_their_text(kind: type) -> None:
    body = webhook("naïve ☃")
    assert wamid.verify_webhook(kind(body), signed(body, "s3cret"), "s3cret")
    assert not wamid.verify_webhook(kind(body + b" "), signed(body, "s3cret"), "s3cret")
    assert wamid.parse_webhook(kind(body))[0].text == "naïve ☃"


def test_components_are_built_as_the_original_builds_them() -> None:
    assert wamid.build_template_components(["H"], ["Asha", 2.5], [{"payload": "STOP"}]) == [
        {"type": "header", "parameters": [{"type": "text", "text": "H"}]},
        {"type": "body", "parameters": [{"type": "text", "text": "Asha"}, {"type": "text", "text": "2.5"}]},
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "0",
            "parameters": [{"type": "payload", "payload": "STOP"}],
        },
    ]


def test_a_client_from_the_environment(wamid_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in wamid_sandbox.environment().items():
        monkeypatch.setenv(name, value)
    with wamid.Client.from_env(default_country_code="91") as client:
        client.send_message("9876543210", "Hello")
    assert [message.to for message in wamid_sandbox.messages] == [f"+{PHONE}"]
    monkeypatch.setenv("WAMID_GATEWAY_URL", "https://example.com")
    with pytest.raises(wamid.InvalidInputError, match="WAMID_GATEWAY_URL"):
        wamid.Client.from_env()


def test_a_closed_client_says_so(wamid_sandbox: Sandbox) -> None:
    client = wamid_sandbox.client()
    client.send_message(PHONE, "Hello")
    client.close()
    client.close()
    with pytest.raises(wamid.InvalidInputError, match="closed") as raised:
        client.send_message(PHONE, "Hello again")
    assert (raised.value.field, raised.value.maybe_sent) == ("client", False)
    assert repr(client) == "<wamid.Client closed>"
    assert texts(wamid_sandbox) == ["Hello"]


def test_one_client_in_many_threads(client: wamid.Client, wamid_sandbox: Sandbox) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(16) as pool:
        receipts = list(pool.map(lambda n: client.send_message(PHONE, str(n)), range(100)))
    assert len({receipt.id for receipt in receipts}) == 100
    assert sorted(texts(wamid_sandbox), key=int) == [str(n) for n in range(100)]


def test_a_client_shows_its_host_and_no_secret() -> None:
    with wamid.Client.cloud("EAAsecret", "1066", app_secret="hush-hush") as client:
        shown = repr(client)
    assert shown.startswith("<wamid.Client cloud 'https://graph.facebook.com/")
    assert "EAAsecret" not in shown
    assert "hush" not in shown


@pytest.mark.parametrize("client", [wamid.Client, wamid.AsyncClient])
@pytest.mark.parametrize(
    ("arguments", "named"),
    [(("TOKEN",), {}), ((), {}), (("TOKEN", "1066"), {}), ((), {"access_token": "TOKEN", "phone_number_id": "1066"})],
)
def test_a_client_is_made_by_its_constructors(client: type, arguments: tuple, named: dict) -> None:
    with pytest.raises(TypeError, match=rf"{client.__name__}\.cloud\(.*{client.__name__}\.gateway\(") as raised:
        client(*arguments, **named)
    assert "TOKEN" not in str(raised.value)
