"""Every row of the table in docs/original.md, held against both hosts."""

import json
from collections.abc import Callable

import httpx
import pytest

from hosts import Host, Hosts
from table import hold, rows

TEXT = {"phone": "919876543210", "message": "Hello"}
PIN = {"phone": "919876543210", "latitude": 28.6139, "longitude": 77.209}
UPDATE = {"phone": "919876543210", "template_name": "order_update", "body_params": ["Asha", "A-1042"]}
CURRENCY = {"type": "currency", "fallback_value": "$1", "code": "USD", "amount_1000": 1000}
BODY = {"type": "body", "parameters": [{"type": "text", "text": "Asha"}, {"type": "text", "text": "A-1042"}]}
NO_ACCOUNT = {"account_id": 424242}

Ask = Callable[[Host], httpx.Response]


def text(body: object = None, **options) -> Ask:
    """A text; `body` adds to it where it is an object, else replaces it."""
    whole = TEXT | body if isinstance(body, dict) else TEXT if body is None else body
    return lambda host: host.send("message", whole, **options)


def pin(**body: object) -> Ask:
    return lambda host: host.send("location", PIN | body)


def update(**body: object) -> Ask:
    return lambda host: host.send("template", UPDATE | body)


def magic(number: int) -> Ask:
    """A text to the sandbox's recipient of this number."""
    return text({"phone": f"15550{number:06}"})


def ask(method: str, path: str, body: object = None, **options) -> Ask:
    return lambda host: host.ask(method, path, body, **options)


def by_query(host: Host) -> httpx.Response:
    return host.ask("GET", f"/api/chats/?api_key={host.key}", key=None)


def twice(host: Host) -> httpx.Response:
    key = {"Idempotency-Key": "a-key-of-the-tests"}
    first = host.send("message", TEXT, headers=key)
    assert first.status_code == 200, first.text
    return host.send("message", TEXT, headers=key)


def chats_after_a_send(host: Host) -> httpx.Response:
    sent = host.send("message", TEXT | {"phone": "919000000001"})
    assert sent.status_code == 200, sent.text
    return host.chats()


WITHOUT_PHONE = {"message": "Hello"}
WITHOUT_LATITUDE = {"phone": "919876543210", "longitude": 77.209}
COMPONENTS = {"phone": "919876543210", "template_name": "order_update", "components": [BODY]}

ROWS: dict[str, Ask] = {
    "csrf": text(),
    "csrf_key": text(key="wrong"),
    "unauthorized": text(key=None),
    "query_key": by_query,
    "host_name": ask("GET", "/api/chats/", headers={"Host": "elsewhere.example"}),
    "slash_send": ask("POST", "/api/send-message", TEXT),
    "slash_chats": ask("GET", "/api/chats"),
    "method_send": ask("GET", "/api/send-message/"),
    "method_chats": ask("POST", "/api/chats/", {}),
    "root": ask("GET", "/api/"),
    "nothing": ask("GET", "/api/nothing/"),
    "missing_field": ask("POST", "/api/send-message/", WITHOUT_PHONE),
    "missing_latitude": ask("POST", "/api/send-location/", WITHOUT_LATITUDE),
    "missing_template": ask("POST", "/api/send-template/", TEXT),
    "empty_body": text(""),
    "broken_body": text("{"),
    "list_body": text("[]"),
    "utf16_body": text(json.dumps(TEXT).encode("utf-16")),
    "nan_body": text(json.dumps(TEXT | {"unknown": float("nan")})),
    "coordinate_text": pin(latitude="north"),
    "coordinate_inf": pin(latitude="inf"),
    "coordinate_bool": pin(latitude=True),
    "coordinate_python": pin(latitude="1_0"),
    "coordinate_range": pin(latitude=91),
    "empty_text": text({"message": ""}),
    "long_text": text({"message": "x" * 4097}),
    "number_text": text({"message": 5}),
    "short_phone": text({"phone": "12"}),
    "float_phone": text({"phone": 919876543210.0}),
    "long_name": pin(name="x" * 1001),
    "large_body": text({"message": "x" * (64 << 10)}),
    "params_text": update(body_params="ab"),
    "params_object": update(body_params={"a": 1, "b": 2}),
    "params_nested": update(body_params=[["a"], "x"]),
    "params_null": update(body_params=[None, "x"]),
    "params_bool": update(body_params=[True, "x"]),
    "params_empty": update(body_params=["", "x"]),
    "ten_digits": text({"phone": "9876543210"}),
    "phone_brackets": text({"phone": "+91 (98765) 43210"}),
    "phone_00": text({"phone": "0091 98765 43210"}),
    "to_plus": text(),
    "reference_made": text(),
    "recipient_type": update(),
    "no_name": pin(),
    "null_name": pin(name=None),
    "language_dash": update(language="en-US"),
    "number_param": update(body_params=[5.0, "x"]),
    "account_unknown": text(NO_ACCOUNT),
    "account_location": pin(**NO_ACCOUNT),
    "account_template": update(**NO_ACCOUNT),
    "preview_url": text({"preview_url": True}),
    "reply_to": text({"reply_to": "wamid.X"}),
    "reference": text({"reference": "order-7"}),
    "buttons": update(buttons=[{"sub_type": "url", "text": "A-1042"}]),
    "components": lambda host: host.send("template", COMPONENTS),
    "typed_params": update(body_params=[CURRENCY, "x"]),
    "user_id": text({"phone": "IN.abc123"}),
    "idempotency": twice,
    "chats_sent": chats_after_a_send,
    "meta_rejects": magic(131026),
    "meta_limits": magic(4),
    "meta_limits_pair": magic(131056),
    "meta_token": magic(190),
    "meta_token_echo": magic(900021),
    "meta_unknown": magic(131000),
    "meta_throttles": magic(900010),
    "meta_unavailable": magic(900013),
    "meta_too_many": magic(900012),
    "meta_lost": magic(900003),
    "meta_reset": magic(900004),
    "meta_cut_off": magic(900006),
    "meta_html": magic(900008),
    "meta_broken_json": magic(900005),
    "meta_empty": magic(900007),
    "meta_wrong_shape": magic(900023),
    "meta_error_in_200": magic(900015),
    "meta_silent": magic(900002),
    "meta_unreachable": text(),
    "webhook_unsigned": ask("POST", "/webhook/", {"object": "whatsapp_business_account", "entry": []}, key=None),
}

#: Rows on other hosts than the two: the original's, the gateway's.
ELSEWHERE = {
    "csrf": ("default", "gateway"),
    "csrf_key": ("default", "gateway"),
    "meta_unreachable": ("without_meta", "gateway_without_meta"),
}


def test_every_row_is_asserted() -> None:
    assert list(rows()) == list(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_the_original(request: pytest.FixtureRequest, name: str) -> None:
    host = request.getfixturevalue(ELSEWHERE.get(name, ("original", "gateway"))[0])
    hold_row(name, host, rows()[name].original)


@pytest.mark.parametrize("name", ROWS)
def test_the_gateway(request: pytest.FixtureRequest, name: str) -> None:
    host = request.getfixturevalue(ELSEWHERE.get(name, ("original", "gateway"))[1])
    hold_row(name, host, rows()[name].gateway)


def hold_row(name: str, host: Host, cell: str) -> None:
    if host.sandbox:
        host.sandbox.forget()
    answer = ROWS[name](host)
    hold(cell, answer, host.sandbox.arrived() if host.sandbox else [])


def test_a_flag_allows_the_key_in_the_query(hosts: Hosts) -> None:
    """Row `query_key`."""
    host = hosts.gateway("--allow-query-key")
    assert by_query(host).status_code == 200
    assert host.ask("GET", "/api/chats/?api_key=wrong", key=None).status_code == 401


def test_a_flag_brings_the_country_code_back(hosts: Hosts) -> None:
    """Row `ten_digits`: with it both reach the same number, which the original writes without `+` (row `to_plus`)."""
    host = hosts.gateway("--default-country-code", "91")
    answer = ROWS["ten_digits"](host)
    hold(rows()["ten_digits"].original.replace('":"91', '":"+91'), answer, host.sandbox.arrived())
    assert "ten_digits" not in host.ask("GET", "/api/").json()["extensions"]
