"""The SDK's log in Python's logging: what happened, never what was said, to whom, or with which secret."""

from __future__ import annotations

import logging
import sys

import pytest
import wamid
from conftest import PHONE, run
from wamid.testing import Sandbox


def test_a_call_is_told_without_contents(
    client: wamid.Client, wamid_sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(1, "wamid")
    client.send_message(PHONE, "a very private word")
    with pytest.raises(wamid.WamidError):
        client.send_message("15550900021", "a very private word")
    assert {record.name for record in caplog.records} == {"wamid"}
    assert {record.levelno for record in caplog.records} == {logging.DEBUG}
    first = caplog.records[0].getMessage()
    for part in ("answered", "status=200", "operation=send_message", "host=cloud", "…3210"):
        assert part in first
    for secret in ("private", PHONE, "15550900021", wamid_sandbox.access_token):
        assert secret not in caplog.text


async def test_a_call_on_a_loop_is_told_too(async_client: wamid.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "wamid")
    await async_client.send_message(PHONE, "Hello")
    assert [record.getMessage().split()[0] for record in caplog.records] == ["answered"]


def test_the_level_may_change_at_any_time(client: wamid.Client, caplog: pytest.LogCaptureFixture) -> None:
    for level, records in ((logging.WARNING, 0), (logging.DEBUG, 1), (logging.WARNING, 0)):
        caplog.clear()
        caplog.set_level(level, "wamid")
        client.send_message(PHONE, "Hello")
        assert len(caplog.records) == records


def test_retries_are_told(wamid_sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "wamid")
    with wamid_sandbox.client() as client:
        client.send_message("15550900012", "Hello")
    [record] = caplog.records
    assert record.getMessage().startswith("trying again attempt=1 wait_ms=1000")


def test_the_sends_of_a_stream_are_told(wamid_sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    with wamid_sandbox.client(max_retries=0) as client:
        list(client.send_each([wamid.Message("15550900003", wamid.Text("Hello"))]))
    [record] = caplog.records
    assert record.getMessage().startswith("outcome unknown")
    assert "…0003" in record.getMessage()


async def test_the_sends_of_a_stream_on_a_loop_are_told(
    wamid_sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    async with wamid_sandbox.async_client(max_retries=0) as client:
        outcomes = client.send_each([wamid.Message("15550900003", wamid.Text("Hello"))])
        assert [at async for at, _ in outcomes] == [0]
    [record] = caplog.records
    assert record.getMessage().startswith("outcome unknown")


def test_ctrl_c_says_what_is_unknown(wamid_sandbox: Sandbox) -> None:
    code = """
import logging, os, signal, sys, threading, time, wamid
logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(message)s")
signal.signal(signal.SIGINT, signal.default_int_handler)
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    wamid.Client.from_env().send_message("15550900002", "Hello")
except KeyboardInterrupt:
    print("stopped")
"""
    done = run(code, wamid_sandbox)
    assert done.stderr == ""
    warning, stopped = done.stdout.splitlines()
    assert warning.startswith("WARNING cancelled after the request was written")
    assert stopped == "stopped"


def test_a_handler_that_fails_does_not_fail_the_call(client: wamid.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise KeyError("broken")

    handler = Broken()
    logger = logging.getLogger("wamid")
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: told.append(unraisable.exc_value))
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        assert client.send_message(PHONE, "Hello").phone == PHONE
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    assert [type(error) for error in told] == [KeyError]


def test_nothing_is_printed_unless_asked_for(wamid_sandbox: Sandbox) -> None:
    code = """
import asyncio, wamid
async def main():
    try:
        await asyncio.wait_for(wamid.AsyncClient.from_env().send_message("15550900002", "Hello"), 0.3)
    except asyncio.TimeoutError:
        print("stopped")
asyncio.run(main())
"""
    done = run(code, wamid_sandbox)
    assert (done.stdout, done.stderr) == ("stopped\n", "")
