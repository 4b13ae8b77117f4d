"""`wamid.testing`: what the package's own users test with."""

from __future__ import annotations

import http.server
import json
import pickle
import queue
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
import wamid
import wamid.testing
from conftest import PHONE


def test_chosen_failures_come_in_order_and_end(wamid_sandbox: wamid.testing.Sandbox) -> None:
    wamid_sandbox.fail_next(131026)
    wamid_sandbox.fail_next("lost", times=2)
    with wamid_sandbox.client(max_retries=0) as client:
        kinds = []
        for _ in range(4):
            try:
                kinds.append(client.send_message(PHONE, "Hello").phone)
            except wamid.WamidError as error:
                kinds.append(error.kind)
    assert kinds == ["rejected", "connection", "connection", PHONE]
    shown = [(m.accepted, m.answered, m.status, m.code) for m in wamid_sandbox.messages]
    assert shown == [
        (False, True, 400, 131026),
        (True, False, None, None),
        (True, False, None, None),
        (True, True, None, None),
    ]
    assert pickle.loads(pickle.dumps(wamid_sandbox.messages)) == wamid_sandbox.messages
    wamid_sandbox.clear()
    assert wamid_sandbox.messages == []


def test_what_the_sandbox_cannot_do_is_said() -> None:
    with wamid.testing.sandbox(templates=["parcel_ready:1:3"]) as sandbox:
        with pytest.raises(ValueError, match="no failure the sandbox can play"):
            sandbox.fail_next("no such thing")
        with pytest.raises(ValueError, match="no webhook is set"):
            sandbox.phone(PHONE).text("Hello")
        with pytest.raises(ValueError):
            sandbox.set_webhook("https://example.com/")
        with sandbox.client() as client:
            params = {"header_params": ["a"], "body_params": ["b", "c", "d"]}
            client.send_template(PHONE, "parcel_ready", **params)
            with pytest.raises(wamid.RejectedError):
                client.send_template(PHONE, "no_such_template")
    with pytest.raises(RuntimeError, match="does not run"):
        sandbox.messages  # noqa: B018
    sandbox.stop()
    with pytest.raises(ValueError, match="NAME:HEADER:BODY"):
        wamid.testing.Sandbox(templates=["x"])
    with pytest.raises(ValueError, match="digits"):
        wamid.testing.Sandbox(phone_number_id="x")


def test_sandboxes_are_on_their_own() -> None:
    with wamid.testing.sandbox() as one, wamid.testing.sandbox(access_token="other") as two:
        assert one.url != two.url
        with two.client() as client:
            client.send_message(PHONE, "Hello")
        assert (len(one.messages), len(two.messages)) == (0, 1)
        with pytest.raises(wamid.AuthenticationError):
            wamid.Client.cloud("wrong", two.phone_number_id, graph_url=two.url).send_message(PHONE, "x")


def test_with_a_seed_and_a_clock_every_run_is_the_same() -> None:
    noon = datetime(2026, 11, 29, 12, tzinfo=timezone.utc)

    def conversation(seed: int) -> list[wamid.testing.PhoneMessage]:
        with wamid.testing.sandbox(seed=seed, clock=noon) as sandbox, sandbox.client() as client:
            client.send_message(PHONE, "Hello")
            client.send_message(PHONE, "Are you there?")
            return sandbox.phone(PHONE).messages()

    one, again, other = conversation(7), conversation(7), conversation(8)
    assert [(m.id, m.time, m.text) for m in one] == [(m.id, m.time, m.text) for m in again]
    assert [m.id for m in one] != [m.id for m in other]
    assert [m.time for m in one] == [noon, noon + timedelta(seconds=1)]
    for options in ({"seed": -1}, {"seed": 2**64}, {"clock": datetime(2026, 11, 29)}):
        with pytest.raises(ValueError, match=r"seed|clock"):
            wamid.testing.Sandbox(**options)


def test_magic_recipients_are_listed() -> None:
    magic = {each.name: each for each in wamid.testing.magic_recipients()}
    assert magic["131056"].recipient == "15550131056"
    assert "without an answer" in magic["lost"].what


@pytest.fixture
def webhooks() -> Iterator[tuple[str, queue.Queue]]:
    """A server on loopback that keeps what is posted to it."""
    posted: queue.Queue = queue.Queue()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            posted.put((body, self.headers["X-Hub-Signature-256"]))

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/webhook/", posted
    server.shutdown()
    thread.join()
    server.server_close()


def test_deliveries_and_customers_come_as_webhooks(webhooks: tuple[str, queue.Queue]) -> None:
    url, posted = webhooks
    with wamid.testing.sandbox(webhook_url=url) as sandbox, sandbox.client() as client:
        receipt = client.send_message(PHONE, "Hello", reference="order-7")
        sandbox.phone("15551234567", name="Ada").text("Hi there")
        events: list[wamid.Event] = []
        while len(events) < 4:
            events += client.receive_webhook(*posted.get(timeout=30))
    statuses = [event for event in events if isinstance(event, wamid.StatusEvent)]
    assert [event.status for event in statuses] == ["sent", "delivered", "read"]
    assert {(event.id, event.reference) for event in statuses} == {(receipt.id, "order-7")}
    [message] = [event for event in events if isinstance(event, wamid.MessageEvent)]
    assert (message.from_, message.profile_name, message.text) == ("15551234567", "Ada", "Hi there")
    assert json.dumps(message.raw)


def test_pytest_finds_the_fixture(pytester: pytest.Pytester) -> None:
    """In a project of its own, with nothing configured."""
    pytester.makepyfile(
        """
        import wamid

        def test_one(wamid_sandbox):
            with wamid_sandbox.client() as client:
                client.send_message("919876543210", "Hello")
            assert len(wamid_sandbox.messages) == 1

        def test_another_has_a_sandbox_of_its_own(wamid_sandbox):
            assert wamid_sandbox.messages == []
        """
    )
    pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider").assert_outcomes(passed=2)
