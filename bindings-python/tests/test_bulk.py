"""Bulks that are stopped say what they know, and outcomes come as they end."""

from __future__ import annotations

import asyncio
import itertools
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator

import pytest
import wamid
from conftest import DEADLINE, PHONE, environment, texts
from wamid.testing import Sandbox

#: Held open by the sandbox, which never answers.
UNANSWERED = "15550900002"
#: Answered after two seconds.
SLOW = "15550900001"


def mixed() -> list[wamid.Message]:
    """Three that are answered at once, one that is refused, and then only such as are never answered."""
    quick = [wamid.Message(PHONE, wamid.Text(f"quick {n}")) for n in range(3)]
    return [
        *quick,
        wamid.Message("12", wamid.Text("no number")),
        *[wamid.Message(UNANSWERED, wamid.Text(f"never {n}")) for n in range(16)],
    ]


async def arrived(sandbox: Sandbox, count: int) -> None:
    while len(sandbox.messages) < count:
        await asyncio.sleep(0.01)


def check_stopped(error: BaseException) -> None:
    found = wamid.stopped(error)
    assert found is not None
    kinds = [getattr(outcome, "kind", type(outcome).__name__) for outcome in found.outcomes]
    assert kinds[:4] == ["Receipt", "Receipt", "Receipt", "invalid_input"]
    # Two at a time were under way, their requests written.
    assert [outcome.maybe_sent for outcome in found.outcomes[4:6]] == [True, True]  # type: ignore[union-attr]
    assert found.outcomes[6:] == [None] * 14
    progress = found.progress
    assert (progress.sent, progress.failed, progress.unknown, progress.left) == (3, 1, 2, 14)


@pytest.mark.parametrize("how", ["cancel", "twice", "wait_for", "timeout", "group"])
async def test_a_cancelled_send_many_says_what_became_of_each(
    async_client: wamid.AsyncClient, wamid_sandbox: Sandbox, how: str
) -> None:
    call = async_client.send_many(mixed(), concurrency=2)
    if how in ("cancel", "twice"):
        task = asyncio.create_task(call)
        await arrived(wamid_sandbox, 5)
        task.cancel()
        if how == "twice":
            await asyncio.sleep(0)
            task.cancel()
        with pytest.raises(asyncio.CancelledError) as cancelled:
            await task
        check_stopped(cancelled.value)
        # On the exception itself, where Python hands over the same.
        assert len(cancelled.value.outcomes) == 20  # type: ignore[attr-defined]
        assert cancelled.value.sent == 3  # type: ignore[attr-defined]
    elif how == "wait_for":
        with pytest.raises(asyncio.TimeoutError) as late:
            await asyncio.wait_for(call, 1.5)
        check_stopped(late.value)
    elif how == "timeout":
        with pytest.raises(asyncio.TimeoutError) as late:
            async with asyncio.timeout(1.5):
                await call
        check_stopped(late.value)
    else:
        with pytest.raises(BaseExceptionGroup):
            async with asyncio.TaskGroup() as group:
                task = group.create_task(call)
                await arrived(wamid_sandbox, 5)
                raise KeyError("another task failed")
        with pytest.raises(asyncio.CancelledError) as cancelled:
            await task
        check_stopped(cancelled.value)
    before = len(wamid_sandbox.messages)
    assert before == 5
    # Whatever still went out would have come by the time that another has.
    await async_client.send_message(PHONE, "after")
    assert texts(wamid_sandbox)[before:] == ["after"]


def test_an_error_of_something_else_says_nothing() -> None:
    assert wamid.stopped(KeyError("x")) is None
    assert wamid.stopped(None) is None
    loop = KeyError("its own cause")
    loop.__cause__ = loop
    assert wamid.stopped(loop) is None


def test_ctrl_c_in_a_send_many_leaves_what_is_known(wamid_sandbox: Sandbox) -> None:
    code = f"""
import wamid
client = wamid.Client.from_env()
sends = [wamid.Message("{PHONE}", wamid.Text("quick")), *[wamid.Message("{UNANSWERED}", wamid.Text("never"))] * 9]
try:
    client.send_many(sends, concurrency=2)
except KeyboardInterrupt as stop:
    found = wamid.stopped(stop)
    print(found.progress.sent, found.progress.unknown, found.progress.left, len(stop.outcomes), stop.outcomes[9])
    print(client.send_message("{PHONE}", "after").phone)
"""
    program = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code], env=environment(wamid_sandbox), stdout=subprocess.PIPE, text=True
    )
    end = time.monotonic() + DEADLINE
    while len(wamid_sandbox.messages) < 3 and time.monotonic() < end:
        time.sleep(0.01)
    program.send_signal(signal.SIGINT)
    said, _ = program.communicate(timeout=DEADLINE)
    assert said.splitlines() == ["1 2 7 10 None", PHONE]


def failing(calls: list[wamid.Progress]):
    def progress(counts: wamid.Progress) -> None:
        calls.append(counts)
        raise KeyError("a bug in the caller's own")

    return progress


def coroutines(calls: list[wamid.Progress]):
    async def nothing() -> None: ...

    def progress(counts: wamid.Progress):
        calls.append(counts)
        return nothing()

    return progress


@pytest.mark.parametrize("make", [failing, coroutines])
@pytest.mark.parametrize("on_a_loop", [False, True])
def test_a_progress_that_fails_stops_nothing(
    wamid_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, make, on_a_loop: bool
) -> None:
    told: list = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    calls: list[wamid.Progress] = []
    # Slow enough that it would be called again.
    sends = [
        wamid.Message(PHONE, wamid.Text("quick")),
        *[wamid.Message(SLOW, wamid.Text(f"slow {n}")) for n in range(3)],
    ]

    async def main() -> list:
        async with wamid_sandbox.async_client() as client:
            return await client.send_many(sends, concurrency=2, progress=make(calls))

    if on_a_loop:
        results = asyncio.run(main())
    else:
        with wamid_sandbox.client() as client:
            results = client.send_many(sends, concurrency=2, progress=make(calls))
    assert [type(result) for result in results] == [wamid.Receipt] * 4
    assert len(calls) == 1
    assert [unraisable.exc_type for unraisable in told] == [KeyError if make is failing else TypeError]


def test_a_send_that_breaks_a_rule_at_once_fails_alone(client: wamid.Client) -> None:
    seen: list[wamid.Progress] = []
    sends = [
        wamid.Message(PHONE, wamid.Text("lone \ud83d")),
        wamid.Message(PHONE, wamid.Text("Hello"), account_id=10**30),
        wamid.Message(PHONE, wamid.Text("Hello")),
    ]
    first, second, third = client.send_many(sends, progress=seen.append)
    assert isinstance(first, wamid.InvalidInputError)
    assert isinstance(second, wamid.InvalidInputError)
    assert (first.field, second.field) == ("message", "account_id")
    assert isinstance(third, wamid.Receipt)
    assert (seen[-1].sent, seen[-1].failed) == (1, 2)
    outcomes = dict(client.send_each(sends))
    assert [getattr(outcomes[at], "field", None) for at in range(3)] == ["message", "account_id", None]


def test_outcomes_come_as_they_end(client: wamid.Client) -> None:
    sends = [
        wamid.Message(SLOW, wamid.Text("slow")),
        *[wamid.Message(PHONE, wamid.Text(f"quick {n}")) for n in range(5)],
        wamid.Message("12", wamid.Text("none")),
    ]
    outcomes = list(client.send_each(sends))
    assert sorted(at for at, _ in outcomes) == list(range(7))
    assert outcomes[-1][0] == 0
    assert {at: type(outcome) for at, outcome in outcomes}[6] is wamid.InvalidInputError


async def test_outcomes_come_as_they_end_on_a_loop(async_client: wamid.AsyncClient) -> None:
    sends = [
        wamid.Message(SLOW, wamid.Text("slow")),
        *[wamid.Message(PHONE, wamid.Text(f"quick {n}")) for n in range(5)],
        wamid.Message("12", wamid.Text("none")),
    ]
    outcomes = [each async for each in async_client.send_each(sends)]
    assert sorted(at for at, _ in outcomes) == list(range(7))
    assert outcomes[-1][0] == 0


def endless(pulled: list[int]) -> Iterator[wamid.Message]:
    for n in itertools.count():
        pulled.append(n)
        yield wamid.Message(PHONE, wamid.Text(str(n)))


def test_an_endless_iterable_is_read_no_further_than_it_is_sent(client: wamid.Client, wamid_sandbox: Sandbox) -> None:
    pulled: list[int] = []
    stream = client.send_each(endless(pulled), concurrency=4)
    for done, (_, outcome) in enumerate(stream, 1):
        assert isinstance(outcome, wamid.Receipt)
        assert len(pulled) <= done + 4
        if done == 50:
            break
    stream.close()
    assert len(pulled) <= 54
    client.send_message(PHONE, "after")
    assert texts(wamid_sandbox)[-1] == "after"


async def test_an_async_iterable_is_read_no_further_than_it_is_sent(
    async_client: wamid.AsyncClient, wamid_sandbox: Sandbox
) -> None:
    pulled: list[int] = []
    ended: list[bool] = []

    async def source() -> AsyncIterator[wamid.Message]:
        try:
            for send in endless(pulled):
                yield send
                await asyncio.sleep(0)
        finally:
            ended.append(True)

    done = 0
    coming = source()
    stream = async_client.send_each(coming, concurrency=4)
    async for _, outcome in stream:
        assert isinstance(outcome, wamid.Receipt)
        done += 1
        assert len(pulled) <= done + 4
        if done == 50:
            break
    await stream.aclose()  # type: ignore[attr-defined]
    await coming.aclose()  # type: ignore[attr-defined]
    await async_client.send_message(PHONE, "after")
    assert texts(wamid_sandbox)[-1] == "after"
    assert ended


async def test_a_source_that_waits_holds_no_outcome_back(async_client: wamid.AsyncClient) -> None:
    more = asyncio.Event()

    async def source() -> AsyncIterator[wamid.Message]:
        yield wamid.Message(PHONE, wamid.Text("first"))
        await more.wait()
        yield wamid.Message(PHONE, wamid.Text("second"))

    seen = []
    async for at, _ in async_client.send_each(source()):
        seen.append(at)
        more.set()
    assert seen == [0, 1]


@pytest.mark.parametrize("on_a_loop", [False, True])
def test_what_the_iterable_raises_comes_after_the_outcomes(wamid_sandbox: Sandbox, on_a_loop: bool) -> None:
    def source() -> Iterator[wamid.Message]:
        yield wamid.Message(SLOW, wamid.Text("slow"))
        yield wamid.Message(PHONE, wamid.Text("quick"))
        raise KeyError("the database went away")

    seen: list[int] = []

    async def main() -> None:
        async with wamid_sandbox.async_client() as client:
            async for at, _ in client.send_each(source()):
                seen.append(at)

    with pytest.raises(KeyError, match="went away"):
        if on_a_loop:
            asyncio.run(main())
        else:
            with wamid_sandbox.client() as client:
                for at, _ in client.send_each(source()):
                    seen.append(at)
    assert sorted(seen) == [0, 1]


def test_a_slow_consumer_makes_no_send_time_out(wamid_sandbox: Sandbox) -> None:
    """The sends go on meanwhile, also where no thread waits for one."""
    with wamid_sandbox.client(total_timeout=4, max_retries=0) as client:
        slow = [wamid.Message(SLOW, wamid.Text(f"slow {n}")) for n in range(3)]
        stream = client.send_each([*slow, wamid.Message(PHONE, wamid.Text("quick"))], concurrency=4)
        outcomes = [next(stream)]
        assert outcomes[0][0] == 3
        # The answers come after 2 seconds; without anybody to take them, the sends are too late by now.
        time.sleep(4.5)
        outcomes += stream
    assert [type(outcome) for _, outcome in outcomes] == [wamid.Receipt] * 4


@pytest.mark.parametrize("on_a_loop", [False, True])
def test_a_stream_that_is_left_sends_nothing_more(wamid_sandbox: Sandbox, on_a_loop: bool) -> None:
    sends = [
        wamid.Message(PHONE, wamid.Text("quick")),
        *[wamid.Message(UNANSWERED, wamid.Text(f"never {n}")) for n in range(20)],
    ]

    async def main() -> None:
        async with wamid_sandbox.async_client() as client:
            async for _ in client.send_each(sends, concurrency=2):
                break
            await client.send_message(PHONE, "after")

    if on_a_loop:
        asyncio.run(main())
    else:
        with wamid_sandbox.client() as client:
            for _ in client.send_each(sends, concurrency=2):
                break
            client.send_message(PHONE, "after")
    assert len(wamid_sandbox.messages) <= 5


@pytest.mark.parametrize("client_of", [wamid.Client, wamid.AsyncClient])
def test_no_concurrency_is_refused_before_anything_is_read(client_of: type) -> None:
    client = client_of.cloud("TOKEN", "1066")
    with pytest.raises(wamid.InvalidInputError) as raised:
        client.send_each([], concurrency=0)
    assert raised.value.field == "concurrency"


def panic() -> wamid.Text:
    """What a debug build of the core panics at."""
    return wamid.Message(PHONE, wamid.Text("Hello"), reference="wamid-test-panic")


def test_a_panic_is_the_error_of_its_call(client: wamid.Client, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(wamid.UnexpectedResponseError, match="report"):
        client.send_message(PHONE, "Hello", reference="wamid-test-panic")
    bad, good = client.send_many([panic(), wamid.Message(PHONE, wamid.Text("Hello"))])
    assert isinstance(bad, wamid.UnexpectedResponseError)
    assert isinstance(good, wamid.Receipt)
    assert isinstance(dict(client.send_each([panic()]))[0], wamid.UnexpectedResponseError)
    # The panic's own message, which the process wrote.
    assert "panicked" in capfd.readouterr().err


async def test_a_panic_leaves_no_future_pending(
    async_client: wamid.AsyncClient, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(wamid.UnexpectedResponseError, match="report"):
        await async_client.send_message(PHONE, "Hello", reference="wamid-test-panic")
    bad, good = await async_client.send_many([panic(), wamid.Message(PHONE, wamid.Text("Hello"))])
    assert isinstance(bad, wamid.UnexpectedResponseError)
    assert isinstance(good, wamid.Receipt)
    assert "panicked" in capfd.readouterr().err
