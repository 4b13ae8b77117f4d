"""The same request, the same success answer: what both hosts must have in common."""

from __future__ import annotations

import copy
import json
import re
import time

import pytest

from hosts import Host

HINDI = "नमस्ते, आपका ऑर्डर आ रहा है 🙂"
PHONE = {"phone": "919876543210"}
PIN = PHONE | {"latitude": 28.6139, "longitude": 77.209}
OFFICE = {"name": "Our Office", "address": "Connaught Place, New Delhi"}
UPDATE = PHONE | {"template_name": "order_update", "body_params": ["Asha", "A-1042"]}

#: Name, endpoint, body. The first three are the requests of the API's page as written.
SENDS = {
    "text": ("message", PHONE | {"message": "Hello from the API!"}),
    "location": ("location", PIN | OFFICE),
    "template": ("template", UPDATE | {"language": "en"}),
    "text_not_ascii": ("message", PHONE | {"message": HINDI}),
    "text_escapes": ("message", PHONE | {"message": 'a "quoted"\nline\t\\ and a lone </script>'}),
    "text_of_4096": ("message", PHONE | {"message": "x" * 4096}),
    "phone_plus_spaces_dashes": ("message", {"phone": "+91 98765-43210", "message": "Hello"}),
    "phone_number": ("message", {"phone": 919876543210, "message": "Hello"}),
    "unknown_keys": ("message", PHONE | {"message": "Hello", "colour": "red", "priority": {"a": [1]}}),
    "account_blank": ("message", PHONE | {"message": "Hello", "account_id": ""}),
    "account_zero": ("message", PHONE | {"message": "Hello", "account_id": 0}),
    "account_null": ("message", PHONE | {"message": "Hello", "account_id": None}),
    "location_name_only": ("location", PIN | {"name": "Our Office", "address": ""}),
    "location_bare": ("location", PIN),
    "location_texts": ("location", PHONE | {"latitude": "28.6139", "longitude": " 77.209 "}),
    "location_whole_degrees": ("location", PHONE | {"latitude": 28, "longitude": -77} | OFFICE),
    "location_phone_number": ("location", PIN | {"phone": 919876543210}),
    "template_default_language": ("template", UPDATE),
    "template_no_params": ("template", PHONE | {"template_name": "hello_world", "language": "en_US"}),
    "template_empty_params": (
        "template",
        PHONE | {"template_name": "hello_world", "body_params": [], "header_params": []},
    ),
    "template_blank_params": (
        "template",
        PHONE | {"template_name": "hello_world", "body_params": "", "header_params": ""},
    ),
    "template_null_params": ("template", PHONE | {"template_name": "hello_world", "body_params": None}),
    "template_numbers": ("template", UPDATE | {"body_params": [7, 2.5]}),
    "template_not_ascii": ("template", UPDATE | {"body_params": ["आशा", "A-1042"]}),
    "status_unknown": ("message", {"phone": "15550900018", "message": "Hello"}),
    "status_held": ("message", {"phone": "15550900017", "message": "Hello"}),
    "no_wa_id": ("message", {"phone": "15550900019", "message": "Hello"}),
}


def letter_by_letter(answer: bytes) -> str:
    """The answer as it came, but for the message's id, the spaces between JSON's tokens and how it escapes letters."""
    text = re.sub(rb'"wamid\.[^"]+"', b'"wamid"', answer).decode()
    # Parsing keeps the order of the fields.
    text = json.dumps(json.loads(text), separators=(",", ":"))
    return text.replace('"input":"+', '"input":"')  # row `to_plus`


def as_meta_reads_it(messages: list[dict]) -> list[dict]:
    """What arrived, without the differences that are rows of docs/original.md."""
    bodies = copy.deepcopy([message["body"] for message in messages])
    for body in bodies:
        body["to"] = body["to"].removeprefix("+")  # row `to_plus`
        body.pop("biz_opaque_callback_data", None)  # row `reference_made`
        if body["type"] == "template":
            body.pop("recipient_type", None)  # row `recipient_type`
        for name in ("name", "address"):  # row `no_name`
            if body.get("location", {}).get(name) == "":
                del body["location"][name]
    return bodies


@pytest.mark.parametrize("name", SENDS)
def test_same_answer_and_same_message_to_meta(original: Host, gateway: Host, name: str) -> None:
    what, body = SENDS[name]
    seen = []
    for host in (original, gateway):
        host.sandbox.forget()
        answer = host.send(what, body)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"] == "application/json"
        seen.append((letter_by_letter(answer.content), as_meta_reads_it(host.sandbox.arrived())))
        assert len(seen[-1][1]) == 1
    assert seen[0] == seen[1]


@pytest.mark.parametrize("form", [int, str])
def test_account_id_of_a_text(host: Host, form: type) -> None:
    account = form(host.known["account"])
    answer = host.send("message", PHONE | {"message": "Hello", "account_id": account})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-8"])
def test_any_content_type(host: Host, kind: str) -> None:
    what, body = SENDS["text"]
    answer = host.send(what, body, headers={"Content-Type": kind})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("endpoint", ["send-message", "send-location", "send-template", "chats"])
@pytest.mark.parametrize("key", ["none", "empty", "wrong", "disabled"])
def test_unauthorized(host: Host, endpoint: str, key: str) -> None:
    host.sandbox.forget()
    keys = {"none": {}, "empty": {"X-API-Key": ""}, "wrong": {"X-API-Key": "wrong"}}
    keys["disabled"] = {"X-API-Key": host.disabled_key}
    if key == "disabled":
        assert host.disabled_key
    method, body = ("GET", None) if endpoint == "chats" else ("POST", SENDS["text"][1])
    answer = host.ask(method, f"/api/{endpoint}/", body, key=None, headers=keys[key])
    assert answer.status_code == 401
    # Row `unauthorized`: the gateway's error says more, after the same beginning.
    assert next(iter(answer.json().items())) == ("error", "Unauthorized")
    assert host.sandbox.arrived() == []


def test_the_key_counts_before_the_body(host: Host) -> None:
    assert host.send("message", "{", key="wrong").status_code == 401


def test_the_key_header_in_any_case(host: Host) -> None:
    assert host.ask("GET", "/api/chats/", key=None, headers={"x-api-KEY": host.key}).status_code == 200


def test_head_of_chats(host: Host) -> None:
    answer = host.ask("HEAD", "/api/chats/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert host.ask("HEAD", "/api/chats/", key="wrong").status_code == 401


@pytest.mark.parametrize("path", ["/api/send-message/", "/api/send-location/", "/api/send-template/", "/api/chats/"])
def test_options_names_the_methods(host: Host, path: str) -> None:
    answer = host.ask("OPTIONS", path, key=None)
    assert answer.status_code in (200, 204), answer.text
    methods = {method.strip() for method in answer.headers["Allow"].split(",")}
    assert methods == ({"GET", "HEAD", "OPTIONS"} if "chats" in path else {"POST", "OPTIONS"})


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
def test_wrong_methods_of_a_send(host: Host, method: str) -> None:
    answer = host.ask(method, "/api/send-message/")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def inbound(host: Host, sender: str, unread: int) -> dict:
    """A message comes in by webhook; gives the sender's conversation once it shows `unread`."""
    host.sandbox.webhook(f"{host.url}/webhook/")
    host.sandbox.inbound(sender, "Is my order on its way?")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for row in host.chats().json()["conversations"]:
            if row["phone_number"] == sender and row["unread_count"] == unread:
                return row
        time.sleep(0.05)
    raise TimeoutError(f"no conversation of {sender} with {unread} unread:\n{host.chats().text}")


def test_chats_have_the_same_shape(original: Host, gateway: Host) -> None:
    shapes = []
    for host in (original, gateway):
        row = inbound(host, "15551230001", 1)
        assert list(row) == ["id", "phone_number", "label", "unread_count", "last_message_at"]
        assert row["label"] is None
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", row["last_message_at"])
        assert list(host.chats().json()) == ["conversations"]
        shapes.append({name: type(value) for name, value in row.items()})
    assert shapes[0] == shapes[1]


def test_chats_count_and_order(host: Host) -> None:
    inbound(host, "15551230002", 1)
    inbound(host, "15551230002", 2)
    inbound(host, "15551230003", 1)
    # To the second: that is what a webhook's time has.
    last = [row["last_message_at"][:19] for row in host.chats().json()["conversations"]]
    assert last == sorted(last, reverse=True)


def test_chats_are_50_at_most(host: Host) -> None:
    host.sandbox.webhook(f"{host.url}/webhook/")
    for number in range(55):
        host.sandbox.inbound(f"155544400{number:02}", "Hello")
    end = time.monotonic() + 60
    while len(host.chats().json()["conversations"]) < 50 and time.monotonic() < end:
        time.sleep(0.05)
    assert len(host.chats().json()["conversations"]) == 50


def test_the_subscription_check_refuses_a_wrong_token(host: Host) -> None:
    query = "?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=42"
    answer = host.ask("GET", f"/webhook/{query}", key=None)
    assert answer.status_code == 403
    assert "42" not in answer.text
