"""The SDK's gateway client, through the command line, against both hosts: every way they fail gets its error."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from hosts import WAMID, Host, Hosts, clean_environment

PHONE = "919876543210"
TEXT = ["send", "message", PHONE, "Hello"]
PIN = ["send", "location", PHONE, "28.6139", "77.209"]
UPDATE = ["send", "template", PHONE, "order_update", "--body-param", "Asha", "--body-param", "A-1042"]


@dataclass
class Done:
    """How a command ended."""

    status: int
    said: object

    @property
    def error(self) -> dict:
        assert isinstance(self.said, dict), self
        assert "error" in self.said, self
        return self.said["error"]


def wamid(host: Host, arguments: list[str], url: str | None = None, key: str | None = None) -> Done:
    environment = clean_environment(WAMID_GATEWAY_URL=url or host.url, WAMID_API_KEY=key or host.key)
    done = subprocess.run([WAMID, *arguments, "--json"], env=environment, capture_output=True, timeout=120)
    assert done.stdout, (done.returncode, done.stderr.decode())
    assert (key or host.key) not in (done.stdout + done.stderr).decode(), "the API key is shown"
    return Done(done.returncode, json.loads(done.stdout))


# What works on both.

WORKS = {
    "text": TEXT,
    "text_not_ascii": ["send", "message", "+91 98765-43210", "नमस्ते 🙂"],
    "location": [*PIN, "--name", "Our Office", "--address", "Connaught Place"],
    "location_bare": PIN,
    "template": UPDATE,
    "template_language": ["send", "template", PHONE, "hello_world", "--language", "en_US"],
}


@pytest.mark.parametrize("name", WORKS)
def test_a_send(host: Host, name: str) -> None:
    host.sandbox.forget()
    done = wamid(host, WORKS[name])
    assert done.status == 0, done
    arrived = host.sandbox.arrived()
    assert [message["id"] for message in arrived] == [done.said["id"]]
    assert (done.said["phone"], done.said["wa_id"]) == (PHONE, PHONE)
    assert done.said["raw"]["messages"][0]["id"] == done.said["id"]


def test_chats(host: Host) -> None:
    done = wamid(host, ["chats"])
    assert done.status == 0, done
    assert [row["id"] for row in done.said] == [row["id"] for row in host.chats().json()["conversations"]]


def test_the_client_tries_again_what_surely_was_not_sent(original: Host) -> None:
    original.sandbox.forget()
    done = wamid(original, ["send", "message", "15550900011", "Hello"])
    assert done.status == 0, done
    assert len(original.sandbox.arrived()) == 2, "once 131056, then sent"


# What the original answers, and what the client makes of it: the table of Meta's failures.

#: recipient, exit status, kind, code, retryable, what the sentence says.
FAILURES = {
    "rejected": ("15550131026", 13, "rejected", 131026, False, "not be on WhatsApp"),
    "window_closed": ("15550131047", 13, "rejected", 131047, False, "send a template instead"),
    "pair_limit": ("15550131056", 12, "rate_limited", 131056, True, "recipient"),
    "throttled": ("15550130429", 12, "rate_limited", 130429, True, "more slowly"),
    "app_limit": ("15550000004", 12, "rate_limited", 4, True, "wait"),
    "spam": ("15550131048", 12, "rate_limited", 131048, False, "131048"),
    "unavailable": ("15550131016", 14, "server", 131016, True, "again"),
    "access_denied": ("15550131005", 11, "authentication", 131005, False, "131005"),
    "went_wrong": ("15550131000", 34, "server", 131000, False, "look for it"),
    # Here the original's text holds no code, so nothing says that Meta did not take it.
    "token": ("15550000190", 33, "rejected", None, False, "Session has expired"),
    "code_2": ("15550000002", 33, "rejected", None, False, "An unexpected error has occurred"),
    "no_answer": ("15550900002", 35, "timeout", None, False, "waited too long for Meta"),
    "lost": ("15550900003", 36, "connection", None, False, "lost its connection to Meta"),
    "reset": ("15550900004", 36, "connection", None, False, "lost its connection to Meta"),
    "cut_off": ("15550900006", 36, "connection", None, False, "lost its connection to Meta"),
    "broken_json": ("15550900005", 37, "unexpected_response", None, False, "no JSON"),
    "empty": ("15550900007", 37, "unexpected_response", None, False, "no JSON"),
    "bad_gateway": ("15550900008", 37, "unexpected_response", None, False, "no JSON"),
    "server_page": ("15550900009", 37, "unexpected_response", None, False, "no JSON"),
    "too_many": ("15550900024", 37, "unexpected_response", None, False, "no JSON"),
    "error_in_200": ("15550900015", 13, "rejected", 131026, False, "not be on WhatsApp"),
    "too_big": ("15550900016", 37, "unexpected_response", None, False, "over 1 MiB"),
    "wrong_shape": ("15550900023", 37, "unexpected_response", None, False, "not Meta's answer to a send"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_of_meta_behind_the_original(original: Host, name: str) -> None:
    phone, status, kind, code, retryable, words = FAILURES[name]
    done = wamid(original, ["send", "message", phone, "Hello", "--max-retries", "0"])
    assert done.status == status, done
    assert (done.error["kind"], done.error.get("code")) == (kind, code), done
    assert (done.error["retryable"], done.error["maybe_sent"]) == (retryable, status >= 30), done
    assert words in done.error["message"], done
    assert done.error["attempts"] == 1


#: The same on the gateway, which says what it knows: exit status, kind, code, retryable.
BEHIND_THE_GATEWAY = {
    "15550131026": (13, "rejected", 131026, False),
    "15550131056": (12, "rate_limited", 131056, True),
    "15550131000": (34, "server", 131000, False),
    "15550000190": (11, "authentication", 190, False),
    "15550900003": (36, "connection", None, False),
    "15550900008": (34, "server", None, False),
    "15550900005": (37, "unexpected_response", None, False),
    "15550900015": (13, "rejected", 131026, False),
}


@pytest.mark.parametrize("phone", BEHIND_THE_GATEWAY)
def test_a_failure_of_meta_behind_the_gateway(gateway: Host, phone: str) -> None:
    status, kind, code, retryable = BEHIND_THE_GATEWAY[phone]
    done = wamid(gateway, ["send", "message", phone, "Hello", "--max-retries", "0"])
    assert done.status == status, done
    assert (done.error["kind"], done.error.get("code"), done.error["retryable"]) == (kind, code, retryable), done
    assert done.error["maybe_sent"] is (status >= 30), done


# What the project around the original answers.


def test_csrf_says_what_to_do(default: Host) -> None:
    default.sandbox.forget()
    done = wamid(default, TEXT)
    assert (done.status, done.error["kind"], done.error["status"]) == (11, "authentication", 403), done
    assert "CSRF" in done.error["message"]
    assert "wamid.django" in done.error["message"], "the sentence names what to do"
    assert default.sandbox.arrived() == []


def test_chats_of_a_default_project(default: Host) -> None:
    assert wamid(default, ["chats"]).status == 0


def test_a_wrong_key(host: Host) -> None:
    host.sandbox.forget()
    for arguments in (TEXT, ["chats"]):
        done = wamid(host, arguments, key="a-wrong-key")
        assert (done.status, done.error["status"]) == (11, 401), done
        assert "key" in done.error["message"]
        assert done.error["retryable"] is False
    assert host.sandbox.arrived() == []


def test_a_disabled_key(host: Host) -> None:
    done = wamid(host, TEXT, key=host.disabled_key)
    assert (done.status, done.error["status"]) == (11, 401), done


@pytest.mark.parametrize("arguments", [TEXT, ["chats"]], ids=["send", "chats"])
def test_a_wrong_prefix(host: Host, arguments: list[str]) -> None:
    done = wamid(host, arguments, url=host.url.replace("/whatsapp", "/elsewhere"))
    assert done.error["status"] == 404, done
    assert done.status in (13, 17), done
    if host.name != "wamid serve":
        assert (done.status, "base_url" in done.error["message"]) == (17, True), done


@pytest.mark.parametrize("arguments", [TEXT, ["chats"]], ids=["send", "chats"])
def test_a_wrong_host_name(original: Host, arguments: list[str]) -> None:
    original.sandbox.forget()
    done = wamid(original, arguments, url=original.url.replace("127.0.0.1", "localhost"))
    assert (done.status, done.error["status"]) == (17, 400), done
    assert "ALLOWED_HOSTS" in done.error["message"]
    assert original.sandbox.arrived() == []


def test_a_crash_in_the_project(broken: Host) -> None:
    sent = wamid(broken, [*TEXT, "--max-retries", "0"])
    assert (sent.status, sent.error["kind"], sent.error["status"]) == (34, "server", 500), sent
    read = wamid(broken, ["chats", "--max-retries", "0"])
    assert (read.status, read.error["retryable"], read.error["maybe_sent"]) == (14, True, False), read


def test_nothing_listens_at_the_host(original: Host, without_meta: Host) -> None:
    address = f"http://127.0.0.1:{without_meta.known['closed_port']}/whatsapp"
    done = wamid(original, [*TEXT, "--max-retries", "0"], url=address)
    assert (done.status, done.error["retryable"], done.error["maybe_sent"]) == (16, True, False), done


def test_meta_unreachable_behind_the_original(without_meta: Host) -> None:
    done = wamid(without_meta, [*TEXT, "--max-retries", "0"])
    assert (done.status, done.error["kind"]) == (16, "connection"), done
    assert (done.error["retryable"], done.error["maybe_sent"]) == (True, False), done
    assert "cannot reach Meta" in done.error["message"]


def test_meta_unreachable_is_tried_again(without_meta: Host) -> None:
    assert wamid(without_meta, [*TEXT, "--max-retries", "1"]).error["attempts"] == 2


# What the original would drop in silence.

BUTTON = '{"sub_type":"url","text":"A-1042"}'
CURRENCY = '{"type":"currency","fallback_value":"$1","code":"USD","amount_1000":1000}'
COMPONENTS = '[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"A-1042"}]}]'
HELLO = ["send", "template", PHONE, "order_update"]

#: arguments, the argument that the error names, what Meta gets from the gateway.
EXTENSIONS: dict[str, tuple[list[str], str, Callable[[dict], bool]]] = {
    "ten_digits": (["send", "message", "9876543210", "Hello"], "phone", lambda body: body["to"] == "+9876543210"),
    "ten_digits_dots": (["send", "message", "98765.43210", "Hello"], "phone", lambda body: body["to"] == "+9876543210"),
    "ten_digits_plus": (
        ["send", "location", "+9876543210", "1", "2"],
        "phone",
        lambda body: body["to"] == "+9876543210",
    ),
    "user_id": (["send", "message", "IN.abc123", "Hello"], "phone", lambda body: body["recipient"] == "IN.abc123"),
    "preview_url": ([*TEXT, "--preview-url"], "preview_url", lambda body: body["text"]["preview_url"] is True),
    "reply_to": ([*TEXT, "--reply-to", "wamid.X"], "reply_to", lambda body: body["context"]["message_id"] == "wamid.X"),
    "reply_to_pin": ([*PIN, "--reply-to", "wamid.X"], "reply_to", lambda body: "context" in body),
    "reference": ([*TEXT, "--reference", "r7"], "reference", lambda body: body["biz_opaque_callback_data"] == "r7"),
    "idempotency": ([*TEXT, "--idempotency-key", "client-tests"], "idempotency_key", lambda body: True),
    "buttons": ([*UPDATE, "--button", BUTTON], "buttons", lambda body: len(body["template"]["components"]) == 2),
    "components": ([*HELLO, "--components", COMPONENTS], "components", lambda body: "components" in body["template"]),
    "typed_params": (
        [*HELLO, "--body-param", CURRENCY, "--body-param", "x"],
        "body_params",
        lambda body: body["template"]["components"][0]["parameters"][0]["type"] == "currency",
    ),
}


@pytest.mark.parametrize("name", EXTENSIONS)
def test_the_original_gets_nothing_that_it_would_drop(original: Host, name: str) -> None:
    arguments, argument, _ = EXTENSIONS[name]
    original.sandbox.forget()
    done = wamid(original, arguments)
    assert (done.status, done.error["kind"], done.error["field"]) == (18, "unsupported", argument), done
    assert (done.error["attempts"], done.error["maybe_sent"]) == (0, False), done
    assert original.sandbox.arrived() == []


@pytest.mark.parametrize("name", EXTENSIONS)
def test_the_gateway_takes_it(gateway: Host, name: str) -> None:
    arguments, _, holds = EXTENSIONS[name]
    gateway.sandbox.forget()
    done = wamid(gateway, arguments)
    assert done.status == 0, done
    [message] = gateway.sandbox.arrived()
    assert holds(message["body"]), message


@pytest.mark.parametrize("arguments", [PIN, UPDATE], ids=["location", "template"])
def test_account_id_on_other_sends(original: Host, gateway: Host, arguments: list[str]) -> None:
    original.sandbox.forget()
    done = wamid(original, [*arguments, "--account-id", str(original.known["account"])])
    assert (done.status, done.error["field"]) == (18, "account_id"), done
    assert original.sandbox.arrived() == []
    taken = wamid(gateway, [*arguments, "--account-id", str(gateway.known["account"])])
    assert taken.status == 0, taken


def test_account_id_on_a_text(host: Host) -> None:
    assert wamid(host, [*TEXT, "--account-id", str(host.known["account"])]).status == 0


def test_an_account_of_another_number(original: Host) -> None:
    done = wamid(original, [*TEXT, "--account-id", str(original.known["wrong_account"])])
    assert (done.status, done.error["kind"]) == (33, "rejected"), done
    assert "Object with ID '999' does not exist" in done.error["message"]


def test_an_account_that_does_not_exist(original: Host, gateway: Host) -> None:
    # The original falls back to its default account, and its caller cannot see it.
    assert wamid(original, [*TEXT, "--account-id", "424242"]).status == 0
    gateway.sandbox.forget()
    done = wamid(gateway, [*TEXT, "--account-id", "424242"])
    assert done.status in (10, 13), done
    assert (done.error["field"], done.error["maybe_sent"]) == ("account_id", False), done
    assert gateway.sandbox.arrived() == []


def test_one_idempotency_key_is_one_message(gateway: Host) -> None:
    gateway.sandbox.forget()
    sends = [wamid(gateway, [*TEXT, "--idempotency-key", "client-twice"]) for _ in range(2)]
    assert [done.status for done in sends] == [0, 0]
    assert sends[0].said["id"] == sends[1].said["id"]
    assert len(gateway.sandbox.arrived()) == 1


# Answers of Meta's that break off where the sandbox does not break them. What Python says of each it also says of a
# broken request, but the client's own request is sound: it was Meta's answer, and the message may have gone out.

TORN = {
    "in_a_string": '{"messaging_product":"whatsapp","messages":[{"id":"wamid.HBg',
    "before_a_name": '{"messaging_product":"whatsapp",',
    "before_a_comma": '{"messaging_product":"whatsapp" "messages":[]}',
    "before_a_colon": '{"messaging_product"',
    "two_answers": '{"messages":[{"id":"wamid.A"}]}{"messages":[]}',
    "a_control_character": '{"messages":[{"id":"wamid.\n"}]}',
}


@pytest.fixture(scope="module")
def torn(hosts: Hosts) -> Iterator[tuple[Host, list[str]]]:
    """The original before a Meta that answers 200 with what stands in the list."""
    says: list[str] = []

    class Meta(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = says[-1].encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Meta)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hosts.original("exempt", f"http://127.0.0.1:{server.server_port}"), says
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("name", TORN)
def test_a_torn_answer_of_meta_behind_the_original(torn: tuple[Host, list[str]], name: str) -> None:
    """Meta may have taken the message, so nobody is told that it surely was not sent."""
    host, says = torn
    says.append(TORN[name])
    done = wamid(host, TEXT)
    assert (done.status, done.error["kind"]) == (37, "unexpected_response"), done
    assert (done.error["maybe_sent"], done.error["retryable"], done.error["attempts"]) == (True, False, 1)
