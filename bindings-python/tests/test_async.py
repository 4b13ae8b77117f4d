"""asyncio: cancellation that cancels, many loops, a loop that is never held up."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import time

import pytest
import uvloop
import wamid
from conftest import PHONE, run, texts
from wamid.testing import Sandbox

#: Held open by the sandbox, which never answers.
UNANSWERED = "15550900002"


async def arrived(sandbox: Sandbox, count: int = 1) -> None:
    """Until so many messages have come; a test that waits for ever is ended by its own time-out."""
    while len(sandbox.messages) < count:
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("how", ["wait_for", "cancel", "group"])
async def test_cancelling_stops_the_request_and_says_what_is_unknown(
    async_client: wamid.AsyncClient, wamid_sandbox: Sandbox, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    caplog.set_level(logging.WARNING, "wamid")
    if how == "wait_for":
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(async_client.send_message(UNANSWERED, "Hello"), 0.5)
    elif how == "cancel":
        task = asyncio.create_task(async_client.send_message(UNANSWERED, "Hello"))
        await arrived(wamid_sandbox)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    else:
        with pytest.raises(BaseExceptionGroup) as raised:
            async with asyncio.TaskGroup() as group:
                group.create_task(async_client.send_message(UNANSWERED, "Hello"))
                await arrived(wamid_sandbox)
                raise KeyError("another task failed")
        assert raised.group_contains(KeyError)
    # Told by the time that the caller goes on, not some time later.
    [record] = caplog.records
    assert record.getMessage().startswith("cancelled after the request was written")
    assert record.levelno == logging.WARNING
    assert len(wamid_sandbox.messages) == 1


async def test_a_cancelled_wait_for_a_retry_sends_nothing_more(wamid_sandbox: Sandbox) -> None:
    async with wamid_sandbox.async_client(max_retries=5) as client:
        task = asyncio.create_task(client.send_message("15550131056", "Hello"))
        await arrived(wamid_sandbox)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        # The retry was to come after a second.
        await asyncio.sleep(1.3)
    assert len(wamid_sandbox.messages) == 1


async def test_after_cancelling_send_many_nothing_more_goes_out(
    async_client: wamid.AsyncClient, wamid_sandbox: Sandbox
) -> None:
    sends = [wamid.Message("15550900001", wamid.Text(str(n))) for n in range(50)]
    task = asyncio.create_task(async_client.send_many(sends, concurrency=2))
    await arrived(wamid_sandbox, 2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    # The first two take 2 seconds; a third would go out then.
    await asyncio.sleep(2.3)
    assert len(wamid_sandbox.messages) == 2


async def test_calls_run_at_once(async_client: wamid.AsyncClient, wamid_sandbox: Sandbox) -> None:
    sent = await asyncio.gather(*(async_client.send_message(PHONE, str(n)) for n in range(300)))
    by_id = {message.id: message.body["text"]["body"] for message in wamid_sandbox.messages}
    # Each got its own answer.
    assert [by_id[receipt.id] for receipt in sent] == [str(n) for n in range(300)]


async def test_a_slow_answer_does_not_hold_up_the_loop(async_client: wamid.AsyncClient) -> None:
    task = asyncio.create_task(async_client.send_message("15550900001", "slow"))
    turns = 0
    while not task.done():
        await asyncio.sleep(0.01)
        turns += 1
    # 2 seconds of turns of 10 ms; a loop that was held up has a few.
    assert turns > 20


async def test_the_loop_is_woken_once_for_many_answers(
    async_client: wamid.AsyncClient, wamid_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wamid import _loop

    drained: list[int] = []
    await async_client.send_message(PHONE, "warm")
    port = _loop._ports[asyncio.get_running_loop()]
    whole = port.completions

    class Counting:
        def drain(self) -> list:
            items = whole.drain()
            drained.append(len(items))
            return items

    calls = [asyncio.ensure_future(async_client.send_message(PHONE, str(n))) for n in range(50)]
    await asyncio.sleep(0)
    monkeypatch.setattr(port, "completions", Counting())
    # The loop is away until Meta has all of them, and a little longer: most have ended then.
    while len(wamid_sandbox.messages) < 51:
        time.sleep(0.01)
    time.sleep(0.5)
    await asyncio.gather(*calls)
    assert sum(drained) == 50
    assert len(drained) <= 10


def test_several_loops_in_several_threads(wamid_sandbox: Sandbox) -> None:
    client = wamid_sandbox.async_client()
    failed: list[BaseException] = []

    async def main(name: str) -> None:
        await asyncio.gather(*(client.send_message(PHONE, f"{name}-{n}") for n in range(20)))

    def work(name: str, runner) -> None:
        try:
            # Twice: the second loop of a thread is not its first.
            for round_ in range(2):
                runner(main(f"{name}-{round_}"))
        except BaseException as error:
            failed.append(error)

    runners = [asyncio.run, uvloop.run] * 3
    threads = [threading.Thread(target=work, args=(str(n), runner)) for n, runner in enumerate(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    assert len(set(texts(wamid_sandbox))) == 6 * 2 * 20


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_everything_of_a_loop_goes_with_it(wamid_sandbox: Sandbox, loop: str) -> None:
    """No descriptor is left over by a loop that has ended, so a program may have as many as it likes."""
    code = """
import asyncio, gc, os, sys, uvloop, wamid
client = wamid.AsyncClient.from_env()
runner = {"asyncio": asyncio.run, "uvloop": uvloop.run}[sys.argv[1]]
async def main():
    await client.send_message("919876543210", "Hello")
def count():
    gc.collect()
    return len(os.listdir("/proc/self/fd"))
runner(main())
before = count()
for _ in range(20):
    runner(main())
print(count() - before)
"""
    done = run(code, wamid_sandbox, loop)
    assert (done.stderr, done.returncode) == ("", 0)
    # Connections' own descriptors may come and go; what a loop left over would be twenty times there.
    assert int(done.stdout) < 10


async def test_two_loops_in_turn_in_one_thread(wamid_sandbox: Sandbox) -> None:
    def in_turn() -> None:
        client = wamid_sandbox.async_client()
        first, second = asyncio.new_event_loop(), asyncio.new_event_loop()
        for n in range(3):
            first.run_until_complete(client.send_message(PHONE, f"first {n}"))
            second.run_until_complete(client.send_message(PHONE, f"second {n}"))
        first.close()
        second.run_until_complete(client.send_message(PHONE, "the other one is closed"))
        second.close()

    await asyncio.to_thread(in_turn)
    assert len(texts(wamid_sandbox)) == 7


def test_a_loop_that_is_closed_with_a_call_under_way(wamid_sandbox: Sandbox) -> None:
    client = wamid_sandbox.async_client()
    loop = asyncio.new_event_loop()
    coroutine = client.send_message(UNANSWERED, "Hello")
    task = loop.create_task(coroutine)
    loop.run_until_complete(arrived(wamid_sandbox))
    loop.close()
    coroutine.close()
    task._log_destroy_pending = False  # type: ignore[attr-defined]  # What is destroyed here is on purpose.
    del task, coroutine
    gc.collect()
    # Everything else works on.
    asyncio.run(client.send_message(PHONE, "after"))
    assert texts(wamid_sandbox) == ["Hello", "after"]


def test_a_loop_that_cannot_watch_sockets(wamid_sandbox: Sandbox) -> None:
    """As on Windows."""

    class Loop(asyncio.SelectorEventLoop):
        def add_reader(self, fd, callback, *args):  # type: ignore[no-untyped-def]
            if callback.__module__.startswith("wamid") or "wamid" in repr(callback):
                raise NotImplementedError
            return super().add_reader(fd, callback, *args)

    client = wamid_sandbox.async_client()
    loop = Loop()

    async def main() -> None:
        await asyncio.gather(*(client.send_message(PHONE, str(n)) for n in range(50)))
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(client.send_message(UNANSWERED, "never"), 0.3)

    loop.run_until_complete(main())
    loop.close()
    assert len(wamid_sandbox.messages) == 51


def test_trio_is_told_what_to_do(wamid_sandbox: Sandbox) -> None:
    import trio

    async def main() -> None:
        await wamid_sandbox.async_client().send_message(PHONE, "Hello")

    with pytest.raises(wamid.UnsupportedError, match=r"trio\.to_thread"):
        trio.run(main)
    with wamid_sandbox.client() as client:
        receipt = trio.run(trio.to_thread.run_sync, client.send_message, PHONE, "Hello")
    assert receipt.phone == PHONE


async def test_wrong_arguments_fail_as_the_call_is_awaited(async_client: wamid.AsyncClient) -> None:
    with pytest.raises(TypeError, match="phone must be a str"):
        await async_client.send_message(5, "Hello")  # type: ignore[arg-type]
