"""Cancels calls at random moments, and tells what became of each. A program of `test_cancellation.py`.

Usage: `cancelling.py FACE SEED COUNT ADDRESSES STAGE...`, where FACE is `sync` or `asyncio`.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import hashlib
import hmac
import json
import logging
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import Any, Callable, ClassVar

import wamid
from faulty import BUSY, INTERRUPTED, QUICK, SILENT, SOON

SECRET = "app-secret"
#: Loaded when first asked for, and not in the midst of what is interrupted.
LOADED = [getattr(wamid, name) for name in wamid.__all__]
SENDS = 12


class Log(logging.Handler):
    """Counts what is logged as unknown."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown = 0
        logging.getLogger("wamid").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        assert record.levelno == logging.WARNING, record.getMessage()
        self.unknown += 1


class Stage:
    """A stage at which calls are cancelled: whose client makes them, and what is called."""

    #: What the client is told besides who and where.
    options: ClassVar[dict[str, Any]] = {}
    #: Which of the addresses it goes to.
    host = "host"
    recipient = SILENT
    #: The longest that is waited before a call is cancelled, in seconds.
    within = 0.015
    #: How many times as often as the others.
    times = 1

    def __init__(self, name: str, client: Any, folder: Path) -> None:
        self.name, self.client, self.folder = name, client, folder

    def call(self, text: str) -> Any:
        return self.client.send_message(self.recipient, text)

    def after(self, text: str) -> Any:
        """A call of the same client that ends at once."""
        return self.client.send_message(QUICK, text)

    def delay(self, chance: random.Random) -> float:
        """After how many seconds a call is cancelled."""
        return chance.uniform(0, self.within)

    def answer(self, answer: Any) -> dict[str, Any]:
        """What is known of a call that was not cancelled after all."""
        return {"ended": True}

    def cancelled(self, error: BaseException) -> dict[str, Any]:
        """What is known of a cancelled one."""
        return {}

    def end(self) -> None:
        """What must be so after all of them."""


class Connecting(Stage):
    host = "blackhole"
    after = None  # type: ignore[assignment]


class Handshake(Stage):
    host = "tls"
    after = None  # type: ignore[assignment]


class Waiting(Stage):
    """For the answer."""


class Answered(Stage):
    """At the moment at which the answer comes."""

    recipient = SOON


class Returned(Stage):
    """Between the end of a call and the use of what it returned: microseconds. How long calls take just now is looked at."""

    recipient = QUICK
    times = 10

    def __init__(self, name: str, client: Any, folder: Path) -> None:
        super().__init__(name, client, folder)
        self.took: deque[float] = deque(maxlen=9)
        for n in range(30):
            self.after(f"before {n}")

    def delay(self, chance: random.Random) -> float:
        return sorted(self.took)[len(self.took) // 2] * chance.uniform(0.7, 1.3)

    def after(self, text: str) -> Any:
        begun = time.perf_counter()
        super().after(text)
        self.took.append(time.perf_counter() - begun)


class Backoff(Stage):
    """Between two attempts."""

    recipient = BUSY
    options: ClassVar[dict[str, Any]] = {"max_retries": 5}


class Upload(Stage):
    def __init__(self, name: str, client: Any, folder: Path) -> None:
        super().__init__(name, client, folder)
        self.path = folder / "picture.png"
        self.path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(4_000_000))

    def call(self, text: str) -> Any:
        if text.endswith("0"):
            return self.client.send(QUICK, wamid.Image(file=self.path))
        return self.client.upload_media(file=self.path, progress=None if text.endswith("1") else lambda _: None)


class Download(Stage):
    within = 0.03

    def call(self, text: str) -> Any:
        if text.endswith("0"):
            return self.client.download_media("1")
        return self.client.download_media_to("1", self.folder / "picture.png", progress=lambda _: None)

    def end(self) -> None:
        assert not list(self.folder.iterdir()), "part of a download was left"


class Webhook(Stage):
    within = 0.004

    def __init__(self, name: str, client: Any, folder: Path) -> None:
        super().__init__(name, client, folder)
        self.signature = ""

    def call(self, text: str) -> Any:
        message = {"id": f"wamid.{text}", "from": QUICK, "timestamp": "1", "type": "text", "text": {"body": text}}
        value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "1066"}, "messages": [message]}
        body = json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()
        signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        return self.client.receive_webhook(body, signature)

    def after(self, text: str) -> Any:
        # Meta sends it again; taken or not, it is there once.
        return self.call(text.replace("next", "cancelled"))


class Slot(Stage):
    """While another call has the only connection."""

    options: ClassVar[dict[str, Any]] = {"max_connections": 1}

    def after(self, text: str) -> Any:
        return self.client.media_info("1")


class Pace(Stage):
    """For its turn, by `max_per_second`."""

    recipient = QUICK
    options: ClassVar[dict[str, Any]] = {"max_per_second": 25}
    within = 0.04

    def answer(self, answer: Any) -> dict[str, Any]:
        return {"ended": True}


def slow(_: object) -> None:
    time.sleep(0.001)


class Many(Stage):
    """A bulk, also in its callback."""

    options: ClassVar[dict[str, Any]] = {"max_connections": 8}

    def sends(self, text: str) -> Iterator[wamid.Message]:
        for n in range(SENDS):
            yield wamid.Message(SILENT if n % 4 == 3 else QUICK, wamid.Text(f"{text} {n}"))

    def call(self, text: str) -> Any:
        return self.client.send_many(list(self.sends(text)), concurrency=4, progress=slow)

    def cancelled(self, error: BaseException) -> dict[str, Any]:
        found = wamid.stopped(error)
        if found is None:
            return {"known": []}
        known = [at for at, outcome in enumerate(found.outcomes) if outcome is not None]
        assert found.progress.left == SENDS - len(known)
        return {"known": known}


class Each(Many):
    """A stream of outcomes."""

    def call(self, text: str) -> Any:
        self.known: list[int] = []
        if isinstance(self.client, wamid.AsyncClient):
            return self.read(text)
        for at, _ in self.client.send_each(self.sends(text), concurrency=4):
            self.known.append(at)
        return None

    async def read(self, text: str) -> None:
        outcomes = self.client.send_each(self.sends(text), concurrency=4)
        async with contextlib.aclosing(outcomes):  # type: ignore[type-var]
            async for at, _ in outcomes:
                self.known.append(at)

    def cancelled(self, error: BaseException) -> dict[str, Any]:
        return {"known": self.known}


class Interrupted(Stage):
    """By the host, before it answers."""

    recipient = INTERRUPTED

    def call(self, text: str) -> Any:
        return super().call(f"{text} {os.getpid()}")


STAGES = {
    stage.__name__.lower(): stage
    for stage in (
        Connecting, Handshake, Waiting, Answered, Returned, Interrupted, Backoff, Upload, Download, Webhook, Slot, Pace,
        Many, Each,
    )
}  # fmt: skip


def resources() -> dict[str, float]:
    gc.collect()
    with open("/proc/self/statm") as statm:
        resident = int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return {
        "files": len(os.listdir("/proc/self/fd")),
        "threads": len(os.listdir("/proc/self/task")),
        "resident": resident,
    }


def client(face: type, stage: type[Stage], name: str, addresses: dict[str, str], folder: Path) -> Any:
    options = dict(stage.options)
    if stage is Webhook:
        options |= {"app_secret": SECRET, "store": f"sqlite:{folder}/w.db"}
    url = f"{addresses[stage.host]}/{name}"
    # What holds the one connection does so until the end.
    options |= {"timeout": 600, "total_timeout": 600}
    return face.cloud("TOKEN", "1066", graph_url=url, ca_file=addresses["certificate"], **options)


def interrupted(call: Callable[[], Any], delay: float) -> tuple[list[Any], list[BaseException]]:
    """Makes a call that a signal interrupts: what it answered, and what it was interrupted with."""
    answers: list[Any] = []
    try:
        signal.setitimer(signal.ITIMER_REAL, delay)
        answers.append(call())
        signal.setitimer(signal.ITIMER_REAL, 0)
    except KeyboardInterrupt as error:
        return answers, [error]
    return answers, []


async def cancelled(
    call: Callable[[], Awaitable[Any]], delay: float, how: str
) -> tuple[list[Any], list[BaseException]]:
    """The same by `asyncio`."""
    task = asyncio.ensure_future(call())
    if how == "wait_for":
        try:
            return [await asyncio.wait_for(task, delay)], []
        except asyncio.TimeoutError as error:
            return [], [error]
    await asyncio.sleep(delay)
    task.cancel()
    try:
        return [await task], []
    except asyncio.CancelledError as error:
        return [], [error]


class Run:
    def __init__(self, arguments: list[str]) -> None:
        face, seed, count, addresses, *stages = arguments
        self.face, self.random, self.count = face, random.Random(f"{seed}{face}"), int(count)
        self.addresses, self.stages = json.loads(addresses), stages
        self.log = Log()

    def rounds(self, stage: Stage) -> Iterator[tuple[str, str, float, str]]:
        """The text of the call, that of the next one, after how long it is cancelled, and how."""
        for n in range(self.count * stage.times):
            # The first must not find what the program still has to load.
            delay = stage.delay(self.random) + (0.05 if n == 0 else 0)
            yield f"cancelled {n}", f"next {n}", delay, self.random.choice(("cancel", "wait_for"))

    def tell(self, stage: Stage, text: str, answers: list[Any], errors: list[BaseException], unknown: int) -> None:
        told: dict[str, Any] = {"stage": stage.name, "text": text, "unknown": self.log.unknown - unknown}
        for answer in answers:
            told |= stage.answer(answer)
        for error in errors:
            told |= stage.cancelled(error)
        print(json.dumps(told), flush=True)

    def run(self) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        for name in self.stages:
            before, middle, after = self.sync(name) if self.face == "sync" else asyncio.run(self.asyncio(name))
            print(json.dumps({"stage": name, "before": before, "middle": middle, "after": after}), flush=True)

    def sync(self, name: str) -> list[dict[str, float]]:
        measured = [resources()]
        with tempfile.TemporaryDirectory() as folder:
            kind = STAGES[name]
            stage = kind(name, client(wamid.Client, kind, name, self.addresses, Path(folder)), Path(folder))
            with stage.client:
                holding = None
                if kind is Slot:
                    holding = threading.Thread(target=stage.client.send_message, args=(SILENT, "holds the connection"))
                    holding.start()
                    self.held(stage)
                for text, following, delay, _ in self.rounds(stage):
                    unknown = self.log.unknown
                    # Who interrupts it is its host.
                    delay = 60 if kind is Interrupted else delay
                    answers, errors = interrupted(lambda text=text: stage.call(text), delay)  # type: ignore[misc]
                    signal.setitimer(signal.ITIMER_REAL, 0)
                    if stage.after:
                        stage.after(following)
                    self.tell(stage, text, answers, errors, unknown)
                    if text == f"cancelled {self.count * stage.times // 2}":
                        measured.append(resources())
                if holding:
                    self.let_go(stage)
                    holding.join()
                stage.end()
                time.sleep(0.1)
                unknown = self.log.unknown
                if stage.after:
                    stage.after("the last")
                self.late(stage, unknown)
        return [*measured, resources()]

    async def asyncio(self, name: str) -> list[dict[str, float]]:
        measured = [resources()]
        with tempfile.TemporaryDirectory() as folder:
            kind = STAGES[name]
            stage = kind(name, client(wamid.AsyncClient, kind, name, self.addresses, Path(folder)), Path(folder))
            async with stage.client:
                holding = None
                if kind is Slot:
                    holding = asyncio.ensure_future(stage.client.send_message(SILENT, "holds the connection"))
                    await asyncio.sleep(0)
                    self.held(stage)
                for text, following, delay, how in self.rounds(stage):
                    unknown = self.log.unknown
                    call = lambda text=text: stage.call(text)  # noqa: E731
                    answers, errors = await cancelled(call, delay, how)
                    if stage.after:
                        await stage.after(following)
                    self.tell(stage, text, answers, errors, unknown)
                    if text == f"cancelled {self.count * stage.times // 2}":
                        measured.append(resources())
                if holding:
                    self.let_go(stage)
                    await holding
                assert len(asyncio.all_tasks()) == 1, "a task was left"
                stage.end()
                await asyncio.sleep(0.1)
                unknown = self.log.unknown
                if stage.after:
                    await stage.after("the last")
                self.late(stage, unknown)
            await asyncio.sleep(0.1)
        return [*measured, resources()]

    def late(self, stage: Stage, unknown: int) -> None:
        """Tells what was logged by what ended beside the last call."""
        print(json.dumps({"stage": stage.name, "late": self.log.unknown - unknown}), flush=True)

    def held(self, stage: Stage) -> None:
        """Waits until the host has the call that holds the connection."""
        print(json.dumps({"stage": stage.name, "hold": True}), flush=True)
        sys.stdin.readline()

    def let_go(self, stage: Stage) -> None:
        print(json.dumps({"stage": stage.name, "release": True}), flush=True)


if __name__ == "__main__":
    Run(sys.argv[1:]).run()
