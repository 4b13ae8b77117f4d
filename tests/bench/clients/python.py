"""The same sends through Python's HTTP clients, through the WhatsApp packages of PyPI, and through wamid.

    python.py client SUBJECT --url URL [--calls N] [--seconds S] [--in-flight K] [--ca-file FILE] [--loop-delay]
    python.py templates SUBJECT         how often a second it builds a template's components
    python.py module SUBJECT            what a program that uses it imports
    python.py size SUBJECT              bytes installed, dependencies included

`client` makes N calls, and goes on until S seconds are up. It prints one JSON line, as `wamid-bench client` does; what is not asyncio runs in as many threads as there are calls in
flight. Each peer is used as its README says, but for the address that it sends to.
"""

from __future__ import annotations

import argparse
import array
import asyncio
import itertools
import json
import os
import re
import ssl
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from importlib import metadata
from urllib.parse import urlsplit

PHONE = "919876543210"
MESSAGE = "Your order A-1042 has been shipped and arrives on Friday."
PHONE_ID = "106540352242922"
TOKEN = "EAAbench"
PATH = f"/v26.0/{PHONE_ID}/messages"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
WARM_UP = 200

Call = Callable[[], object]
AsyncCall = Callable[[], Awaitable[object]]


def body() -> str:
    return json.dumps(
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": f"+{PHONE}",
            "type": "text",
            "text": {"body": MESSAGE, "preview_url": False},
        }
    )


def read(answer: bytes) -> str:
    return json.loads(answer)["messages"][0]["id"]


class Meter:
    """What a run cost, from `start` on."""

    def __init__(self) -> None:
        # In little room, so that whoever is fast does not seem to need much memory.
        self.latencies = array.array("d")
        self.failed = 0
        self.why = ""

    def start(self, seconds: float) -> None:
        del self.latencies[:]
        self.failed = 0
        self.began, self.cpu = time.perf_counter(), time.process_time()
        self.until = self.began + seconds

    def stop(self) -> None:
        self.seconds, self.cpu = time.perf_counter() - self.began, time.process_time() - self.cpu

    def failure(self, error: Exception) -> None:
        self.failed += 1
        self.why = f"{type(error).__name__}: {error}"

    def tell(self, made: int | None, more: dict[str, float | None]) -> None:
        taken = sorted(self.latencies)
        calls = made or len(taken) + self.failed

        def at(share: float) -> float | None:
            return taken[int(len(taken) * share)] * 1e6 if taken else None

        line = {
            "calls": calls,
            "cpu_us": self.cpu * 1e6 / calls,
            "rate": calls / self.seconds,
            "p50_us": at(0.5),
            "p99_us": at(0.99),
            "peak_kb": peak_kilobytes(),
            "failed": self.failed,
        }
        if self.failed:
            line["why"] = self.why
        print(json.dumps(line | more))


def peak_kilobytes() -> int | None:
    with open("/proc/self/status") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), None)


# --- what blocks the thread that calls ---


def http_client(load: argparse.Namespace) -> Call:
    """A kept connection a thread."""
    import http.client

    url, mine = urlsplit(load.url), threading.local()
    context = ssl.create_default_context(cafile=load.ca_file) if load.ca_file else None

    def call() -> str:
        connection = getattr(mine, "connection", None)
        if connection is None:
            if context:
                connection = http.client.HTTPSConnection(url.hostname, url.port, context=context)
            else:
                connection = http.client.HTTPConnection(url.hostname, url.port)
            mine.connection = connection
        connection.request("POST", PATH, body(), HEADERS)
        return read(connection.getresponse().read())

    return call


def pywa(load: argparse.Namespace) -> Call:
    from pywa import WhatsApp

    client = WhatsApp(phone_id=PHONE_ID, token=TOKEN)
    # Its address is fixed.
    client.api._session.base_url = f"{load.url}/v26.0"
    return lambda: client.send_message(to=PHONE, text=MESSAGE).id


def django_meta_whatsapp(load: argparse.Namespace) -> Call:
    from django.conf import settings

    settings.configure(WHATSAPP={"ACCESS_TOKEN": TOKEN, "PHONE_NUMBER_ID": PHONE_ID})
    from django_meta_whatsapp import utils

    # Its address is fixed.
    utils.GRAPH_BASE = f"{load.url}/v26.0"
    return lambda: utils.send_text_message(PHONE, MESSAGE)["messages"][0]["id"]


def wamid_sync(load: argparse.Namespace) -> Call:
    import wamid

    client = wamid.Client.cloud(TOKEN, PHONE_ID, graph_url=load.url, ca_file=load.ca_file)
    return lambda: client.send_message(PHONE, MESSAGE).id


def in_threads(load: argparse.Namespace, call: Call) -> Meter:
    """As many threads as calls in flight; with one, the thread that is there."""
    meter = Meter()
    turns, warm = itertools.count(), max(WARM_UP, load.in_flight)
    begin = threading.Barrier(load.in_flight, action=lambda: meter.start(load.seconds))

    def work() -> None:
        began = time.perf_counter()
        while next(turns) < load.calls or began < meter.until:
            try:
                call()
            except Exception as error:
                meter.failure(error)
                began = time.perf_counter()
            else:
                ended = time.perf_counter()
                meter.latencies.append(ended - began)
                began = ended

    def both() -> None:
        # One call at least in each thread: its connection is there when the measuring begins.
        for _ in range(max(1, warm // load.in_flight)):
            try:
                call()
            except Exception as error:
                meter.failure(error)
        begin.wait()
        work()

    threads = [threading.Thread(target=both) for _ in range(load.in_flight - 1)]
    for thread in threads:
        thread.start()
    both()
    for thread in threads:
        thread.join()
    meter.stop()
    return meter


# --- asyncio ---


async def aiohttp(load: argparse.Namespace) -> AsyncCall:
    import aiohttp

    context = ssl.create_default_context(cafile=load.ca_file) if load.ca_file else True
    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, ssl=context))

    async def call() -> str:
        async with session.post(load.url + PATH, data=body(), headers=HEADERS) as answer:
            return read(await answer.read())

    return call


async def httpx(load: argparse.Namespace) -> AsyncCall:
    import httpx

    context = ssl.create_default_context(cafile=load.ca_file) if load.ca_file else True
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    client = httpx.AsyncClient(verify=context, limits=limits)

    async def call() -> str:
        answer = await client.post(load.url + PATH, content=body(), headers=HEADERS)
        return read(answer.content)

    return call


async def pywa_async(load: argparse.Namespace) -> AsyncCall:
    from pywa_async import WhatsApp

    client = WhatsApp(phone_id=PHONE_ID, token=TOKEN)
    client.api._session.base_url = f"{load.url}/v26.0"
    return lambda: client.send_message(to=PHONE, text=MESSAGE)


async def wamid_async(load: argparse.Namespace) -> AsyncCall:
    import wamid

    client = wamid.AsyncClient.cloud(TOKEN, PHONE_ID, graph_url=load.url, ca_file=load.ca_file)
    return lambda: client.send_message(PHONE, MESSAGE)


async def in_loop(load: argparse.Namespace, call: AsyncCall) -> tuple[Meter, dict[str, float | None]]:
    meter = Meter()

    async def some(calls: int, until: float) -> None:
        turns = itertools.count()

        async def work() -> None:
            began = time.perf_counter()
            while next(turns) < calls or began < until:
                try:
                    await call()
                except Exception as error:
                    meter.failure(error)
                    began = time.perf_counter()
                else:
                    ended = time.perf_counter()
                    meter.latencies.append(ended - began)
                    began = ended

        await asyncio.gather(*(work() for _ in range(load.in_flight)))

    await some(max(WARM_UP, load.in_flight), 0.0)
    meter.start(load.seconds)
    delays = await during(some(load.calls, meter.until), load)
    meter.stop()
    return meter, delays


async def during(work: Awaitable[None], load: argparse.Namespace) -> dict[str, float | None]:
    """Does the work; where that is asked for, says how late a task that ticks each millisecond came to its turn."""
    if not load.loop_delay:
        await work
        return {}
    late: list[float] = []

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            late.append(time.perf_counter() - began - 0.001)

    ticking = asyncio.ensure_future(tick())
    await asyncio.sleep(0)
    await work
    # The turn that is still waited for counts too.
    await asyncio.sleep(0.002)
    ticking.cancel()
    late.sort()
    return {"loop_p99_us": late[int(len(late) * 0.99)] * 1e6, "loop_max_us": late[-1] * 1e6}


async def wamid_many(load: argparse.Namespace) -> tuple[Meter, int, dict[str, float | None]]:
    """Bulks of 1000 (five times what is in flight, if that is more), each looked through and let go."""
    import wamid

    client = wamid.AsyncClient.cloud(TOKEN, PHONE_ID, graph_url=load.url, ca_file=load.ca_file)
    meter, bulk, made = Meter(), max(1000, 5 * load.in_flight), 0

    async def send(calls: int) -> None:
        sends = [wamid.Message(PHONE, wamid.Text(MESSAGE)) for _ in range(calls)]
        for result in await client.send_many(sends, concurrency=load.in_flight):
            if isinstance(result, Exception):
                meter.failure(result)

    async def bulks() -> None:
        nonlocal made
        while made < load.calls or time.perf_counter() < meter.until:
            # By time, only whole ones.
            calls = bulk if load.seconds else min(bulk, load.calls - made)
            await send(calls)
            made += calls

    await send(max(WARM_UP, load.in_flight))
    meter.start(load.seconds)
    delays = await during(bulks(), load)
    meter.stop()
    return meter, made, delays


SYNC = {
    "http.client": http_client,
    "pywa": pywa,
    "django-meta-whatsapp": django_meta_whatsapp,
    "wamid": wamid_sync,
    "wamid-threads": wamid_sync,
}
ASYNC = {"aiohttp": aiohttp, "httpx": httpx, "pywa-async": pywa_async, "wamid-async": wamid_async}
MODULES = {
    "http.client": "http.client",
    "aiohttp": "aiohttp",
    "httpx": "httpx",
    "pywa": "pywa",
    "pywa-async": "pywa_async",
    # Its functions import Django's settings and requests; `utils` is where they are.
    "django-meta-whatsapp": "django_meta_whatsapp.utils",
    "wamid": "wamid",
}
PACKAGES = {
    "aiohttp": "aiohttp",
    "httpx": "httpx",
    "pywa": "pywa",
    "django-meta-whatsapp": "django-meta-whatsapp",
    "wamid": "wamid",
}


def client(load: argparse.Namespace) -> None:
    if load.ca_file:
        # What httpx and requests read where nobody tells them.
        os.environ["SSL_CERT_FILE"] = os.environ["REQUESTS_CA_BUNDLE"] = load.ca_file
    if load.subject in SYNC:
        tell_and_end(in_threads(load, SYNC[load.subject](load)), None, {})
    elif load.subject in ASYNC:

        async def run() -> None:
            # Held until the end: a session that goes away unclosed complains.
            call = await ASYNC[load.subject](load)
            meter, delays = await in_loop(load, call)
            tell_and_end(meter, None, delays)

        asyncio.run(run())
    elif load.subject == "wamid-many":

        async def run_many() -> None:
            tell_and_end(*await wamid_many(load))

        asyncio.run(run_many())
    else:
        sys.exit(f"no subject {load.subject}")


def tell_and_end(meter: Meter, made: int | None, more: dict[str, float | None]) -> None:
    meter.tell(made, more)
    sys.stdout.flush()
    # Sessions and pools that were not closed have a lot to say about it, each in its own way.
    os._exit(0)


def templates(subject: str) -> None:
    if subject == "wamid":
        from wamid import build_template_components as build
    else:
        from django.conf import settings

        settings.configure()
        from django_meta_whatsapp.utils import build_template_components as build
    header, texts = ["A-1042"], ["Asha", "A-1042", "Friday", "Pune", "₹ 1,499"]
    buttons = [{"index": 0, "sub_type": "quick_reply", "payload": "STOP"}]
    then = json.dumps if subject == "original-dumps" else lambda built: built
    built = then(build(header, texts, buttons))
    assert "₹ 1,499" in str(built) or "\\u20b9" in str(built)
    turns, seconds, best = 1000, 0.0, 0.0
    for _ in range(7):
        began = time.perf_counter()
        for _ in range(turns):
            then(build(header, texts, buttons))
        seconds = time.perf_counter() - began
        best = max(best, turns / seconds)
        turns = max(1000, int(turns * 0.1 / seconds))
    print(json.dumps({"rate": best}))


def size(package: str) -> int:
    """Bytes of the files of a package and of all that it needs."""
    waiting, seen, total = [package], set(), 0
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            # Needed elsewhere, or only with an extra: a platform's, an older Python's.
            continue
        for file in installed.files or []:
            if file.suffix != ".pyc" and file.locate().is_file():
                total += file.locate().stat().st_size
        for needed in installed.requires or []:
            if "extra ==" not in needed:
                waiting.append(re.match(r"[A-Za-z0-9._-]+", needed).group())
    return total


def main() -> None:
    commands = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parsers = commands.add_subparsers(dest="command", required=True)
    for name in ["client", "templates", "module", "size"]:
        parsers.add_parser(name).add_argument("subject")
    load = parsers.choices["client"]
    load.add_argument("--url", required=True)
    load.add_argument("--calls", type=int, default=10_000)
    load.add_argument("--seconds", type=float, default=0.0)
    load.add_argument("--in-flight", type=int, default=1)
    load.add_argument("--ca-file")
    load.add_argument("--loop-delay", action="store_true")
    given = commands.parse_args()
    if given.command == "client":
        client(given)
    elif given.command == "templates":
        templates(given.subject)
    elif given.command == "module":
        print(MODULES[given.subject])
    else:
        print(json.dumps({"bytes": size(PACKAGES[given.subject])}))


if __name__ == "__main__":
    main()
