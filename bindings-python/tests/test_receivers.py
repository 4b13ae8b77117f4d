"""Receiving webhooks inside the frameworks, over HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
import logging
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import wamid
from conftest import DEADLINE, environment, read, said
from wamid.testing import Sandbox
from wamid.webhooks import asgi_app, wsgi_app

HERE = Path(__file__).parent / "receivers"
TOKEN = "verify"
#: How long a handler in `receivers/noting.py` takes.
LONG = 2.5
LARGEST = 3 * 1024 * 1024
CHALLENGE = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
SERVERS = {
    "fastapi": "uvicorn",
    "starlette": "uvicorn",
    "asgi": "uvicorn",
    "flask": "gunicorn",
    "django": "gunicorn",
}


def signature(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def messages(*ids: str, sender: str = "16505551234") -> bytes:
    texts = [
        {"id": id, "from": sender, "timestamp": "1749416383", "type": "text", "text": {"body": "Hi"}} for id in ids
    ]
    value = {"metadata": {"phone_number_id": "106540352242922"}, "messages": texts}
    return json.dumps(
        {"object": "x", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}
    ).encode()


class Server:
    """A server whose handler keeps a journal."""

    def __init__(self, url: str, journal: Path, secret: str) -> None:
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=DEADLINE)
        self.journal = journal
        self.secret = secret

    def post(self, body: bytes, path: str = "/webhook/", **headers: str) -> httpx.Response:
        return self.http.post(path, content=body, headers={"content-type": "application/json", **headers})

    def deliver(self, body: bytes, path: str = "/webhook/") -> int:
        return self.post(body, path, **{"X-Hub-Signature-256": signature(body, self.secret)}).status_code

    def seen(self) -> list[str]:
        """What was noted since the last look."""
        lines = self.journal.read_text().split()
        self.journal.write_text("")
        return lines

    def wait_for(self, *lines: str) -> None:
        end = time.monotonic() + DEADLINE
        while self.journal.read_text().split("\n")[:-1] != list(lines):
            assert time.monotonic() < end, self.journal.read_text()
            time.sleep(0.02)


def command(kind: str, module: str, folder: Path) -> list[str]:
    """Runs a server of that module's app on a free port."""
    if kind == "uvicorn":
        return ["uvicorn", f"{module}:app", "--port", "0", "--lifespan", "on", "--app-dir", str(folder)]
    # Loaded before the fork.
    bind = ["--bind", "127.0.0.1:0", "--threads", "4", "--no-control-socket", "--preload"]
    return ["gunicorn", f"{module}:app", *bind, "--chdir", str(folder)]


@contextmanager
def process(run: list[str], log: Path, env: dict[str, str]) -> Iterator[str]:
    """A server until it is done with; its address."""
    with log.open("wb") as out:
        server = subprocess.Popen([sys.executable, "-m", *run], env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield said(log, server, r"(?:running on|Listening at:) (http://\S+)")
    finally:
        server.terminate()
        server.wait(DEADLINE)


@contextmanager
def running(name: str, kind: str, sandbox: Sandbox, folder: Path) -> Iterator[Server]:
    journal, log = folder / "journal", folder / "server.log"
    journal.write_text("")
    env = environment(
        sandbox, JOURNAL=str(journal), WAMID_VERIFY_TOKEN=TOKEN, DATABASE=str(folder / "db"), PYTHONPATH=str(HERE)
    )
    with process(command(kind, f"{name}_server", HERE), log, env) as url:
        receiving = Server(url, journal, sandbox.app_secret)
        with receiving.http:
            yield receiving
    # What is logged is a handler that was to fail, and nothing else; never what was written.
    text = log.read_text()
    assert "the handler of message wamid.FAILS failed" in text
    assert "the database is away" in text
    assert ("something has read the body" in text) == (name == "django")
    assert "was never" not in text


@pytest.mark.parametrize("name", SERVERS)
def test_in_a_framework(name: str, wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    with running(name, SERVERS[name], wamid_sandbox, tmp_path) as server:
        # The handshake.
        right = server.http.get("/webhook/", params={**CHALLENGE, "hub.verify_token": TOKEN})
        assert (right.status_code, right.text) == (200, "1158201444")
        assert right.headers["content-type"] == "text/plain; charset=utf-8"
        assert server.http.get("/webhook/", params={**CHALLENGE, "hub.verify_token": "other"}).status_code == 403
        refused = server.http.put("/webhook/", content=b"{}")
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, POST")

        # What is not Meta's.
        body = messages("wamid.A")
        assert server.post(body).status_code == 401
        assert server.post(body, **{"X-Hub-Signature-256": signature(b"{}", server.secret)}).status_code == 401
        large = b" " * (LARGEST + 1)
        assert server.deliver(large) == 413
        as_it_comes = iter([large[:LARGEST], b"  "])
        with httpx.Client(base_url=server.http.base_url, trust_env=False, timeout=DEADLINE) as http:
            # Django takes no body without a length.
            assert http.post("/webhook/", content=as_it_comes).status_code == (401 if name == "django" else 413)
        # The largest that Meta may send.
        assert server.deliver(b"{" + b" " * (LARGEST - 2) + b"}") == 200
        assert server.seen() == []

        # In order, and what failed once more.
        body = messages("wamid.A", "wamid.FAILS", "wamid.B")
        assert server.deliver(body) == 500
        assert server.journal.read_text().split() == ["wamid.A", "wamid.FAILS", "wamid.B"]
        assert server.deliver(body) == 200
        assert server.seen() == ["wamid.A", "wamid.FAILS", "wamid.B", "wamid.FAILS"]
        assert server.deliver(body) == 200
        assert server.seen() == []

        # A handler that takes long; what comes meanwhile of the same sender waits for it.
        began = time.monotonic()
        first = threading.Thread(target=server.deliver, args=[messages("wamid.SLOW", "wamid.C")])
        first.start()
        server.wait_for("wamid.SLOW")
        assert server.deliver(messages("wamid.X", sender="16505550000")) == 200
        # Where the answer is given before that, it says that Meta is to deliver it again.
        assert server.deliver(messages("wamid.D")) == (200 if name == "django" else 500)
        took = time.monotonic() - began
        first.join()
        server.wait_for("wamid.SLOW", "wamid.X", "slow is done", "wamid.C", "wamid.D")
        server.seen()
        for again in (messages("wamid.SLOW", "wamid.C"), messages("wamid.D")):
            assert server.deliver(again) == 200
        assert server.seen() == []
        if name != "django":
            # The answers were given before the first handler was done.
            assert took < LONG
        else:
            server.seen()
            for time_of_entry in (1, 1, 2):
                # The second is Meta's repetition, the third another pause.
                value = {"event": "PAUSED", "message_template_id": 1, "message_template_name": "menu"}
                change = {"field": "message_template_status_update", "value": value}
                paused = json.dumps({"entry": [{"id": "1", "time": time_of_entry, "changes": [change]}]}).encode()
                assert server.deliver(paused) == 200
            assert server.seen() == ["menu:PAUSED", "menu:PAUSED"]
            # A middleware has read it.
            assert server.deliver(messages("wamid.READ"), "/webhook/?read") == 500
            told = server.http.get("/rows/").json()
            assert told["ids"] == ["wamid.A", "wamid.FAILS", "wamid.B", "wamid.SLOW", "wamid.C", "wamid.X", "wamid.D"]
            kinds = {("MessageEvent", "message"), ("TemplateEvent", "template")}
            assert set(map(tuple, told["events"])) == kinds


def test_what_cannot_work_is_told_at_once(wamid_sandbox: Sandbox) -> None:
    async def handle(event: wamid.Event) -> None: ...

    class Callable:
        async def __call__(self, event: wamid.Event) -> None: ...

    with wamid_sandbox.client() as client:
        for wrong in (handle, Callable()):
            with pytest.raises(TypeError, match="asgi_app"):
                wsgi_app(client, wrong)
        for make in (asgi_app, wsgi_app):
            with pytest.raises(TypeError, match="handler"):
                make(client, None)  # type: ignore[arg-type]
            with pytest.raises(TypeError, match="client"):
                make("client", print)  # type: ignore[arg-type]
            with pytest.raises(wamid.InvalidInputError, match="answer_within"):
                make(client, print, answer_within=-1)
    without = wamid.Client.cloud("token-of-mine", "1066")
    with pytest.raises(wamid.UnsupportedError) as raised:
        asgi_app(without, print)
    assert raised.value.field == "app_secret"
    without.close()


async def test_an_asgi_server_that_ends_waits_for_handlers(
    async_client: wamid.AsyncClient, wamid_sandbox: Sandbox
) -> None:
    ended: list[str] = []

    async def handle(event: wamid.Event) -> None:
        await asyncio.sleep(0.5)
        ended.append(event.id)

    app = asgi_app(async_client, handle, answer_within=0.1)

    async def call(scope: dict, *messages: dict) -> list[dict]:
        coming, sent = iter(messages), []

        async def receive() -> dict:
            return next(coming)

        async def send(message: dict) -> None:
            sent.append(message)

        await app(scope, receive, send)
        return sent

    body = messages("wamid.A")
    header = (b"X-Hub-Signature-256", signature(body, wamid_sandbox.app_secret).encode())
    post = {"type": "http", "method": "POST", "query_string": b"", "headers": [header]}
    first = {"type": "http.request", "body": body[:9], "more_body": True}
    answer = await call(post, first, {"type": "http.request", "body": body[9:]})
    assert (answer[0]["status"], ended) == (200, [])
    # One whose caller has gone is answered nothing.
    assert await call(post, first, {"type": "http.disconnect"}) == []
    assert await call({"type": "websocket"}) == [{"type": "websocket.close"}]
    told = await call({"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert [message["type"] for message in told] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert ended == ["wamid.A"]


async def test_a_handler_that_is_cancelled_has_failed(async_client: wamid.AsyncClient, wamid_sandbox: Sandbox) -> None:
    seen: list[str] = []

    async def handle(event: wamid.Event) -> None:
        seen.append(event.id)
        if len(seen) == 1:
            raise asyncio.CancelledError

    body = messages("wamid.A")
    transport = httpx.ASGITransport(app=asgi_app(async_client, handle))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        headers = {"X-Hub-Signature-256": signature(body, wamid_sandbox.app_secret)}
        statuses = [(await http.post("/", content=body, headers=headers)).status_code for _ in range(3)]
    assert (statuses, seen) == ([500, 200, 200], ["wamid.A", "wamid.A"])


def test_a_client_of_a_gateway_receives_with_its_secret() -> None:
    seen: list[str] = []
    body = messages("wamid.A")
    answers: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_HUB_SIGNATURE_256": signature(body, "forward-secret"),
        "wsgi.input": io.BytesIO(body),
    }
    with wamid.Client.gateway("https://example.com/whatsapp", "key-of-mine") as client:
        app = wsgi_app(client, lambda event: seen.append(event.id), app_secret="forward-secret")
        app(environ, lambda status, headers: answers.append(status))
        with pytest.raises(wamid.InvalidInputError, match="app_secret"):
            asgi_app(client, print, app_secret="")
    assert (answers, seen) == (["200 OK"], ["wamid.A"])


def test_a_body_that_was_read_before(wamid_sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    """The log says what to do."""
    body = messages("wamid.A")
    read = io.BytesIO(body)
    read.read()
    answers: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_HUB_SIGNATURE_256": signature(body, wamid_sandbox.app_secret),
        "wsgi.input": read,
    }
    with wamid_sandbox.client() as client, caplog.at_level(logging.ERROR):
        wsgi_app(client, print)(environ, lambda status, headers: answers.append(status))
    assert answers == ["401 Unauthorized"]
    assert "mount wsgi_app before that" in caplog.text


#: A project around the page's own files.
PROJECT = """
import os, django
from django.conf import settings
names = {"ACCESS_TOKEN", "PHONE_NUMBER_ID", "APP_SECRET"}
settings.configure(
    ROOT_URLCONF="urls",
    ALLOWED_HOSTS=["*"],
    WHATSAPP={name: os.environ[f"WAMID_{name}"] for name in names},
)
django.setup()
from django.core.wsgi import get_wsgi_application
import handlers
app = get_wsgi_application()
"""


@pytest.mark.parametrize(
    ("title", "kind"), [("FastAPI and Starlette", "uvicorn"), ("Flask", "gunicorn"), ("Django", "gunicorn")]
)
def test_the_page_s_programs_answer_a_customer(title: str, kind: str, wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    page = read(HERE.parents[2] / "docs/receivers.md")
    section = page.split(f"\n## {title}\n")[1].split("\n## ")[0]
    (tmp_path / "app.py").write_text(PROJECT)
    for block in re.findall(r"```python\n(.*?)```", section, re.DOTALL):
        # Each begins with its name.
        (tmp_path / block[2 : block.index(".py") + 3]).write_text(block)
    env = environment(wamid_sandbox, WAMID_VERIFY_TOKEN=TOKEN)
    with process(command(kind, "app", tmp_path), tmp_path / "server.log", env) as url:
        wamid_sandbox.set_webhook(f"{url}/webhook/")
        phone = wamid_sandbox.phone("16505551234")
        id = phone.text("Hello")
        answer = phone.next_message(DEADLINE)
    assert answer.text == "You said: Hello"
    assert answer.body["context"]["message_id"] == id
