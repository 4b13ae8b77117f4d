"""The end of a process with 100 calls under way, forks at any moment, subinterpreters, and clients that nobody holds."""

from __future__ import annotations

import asyncio
import gc
import signal
import subprocess
import sys
import threading
import time

import pytest
import wamid
from conftest import DEADLINE, PHONE, environment, run, texts
from wamid.testing import Sandbox

CALLS = 100

#: Begins the calls, and waits to be told that they have arrived.
FACES = {
    "threads": """
import os, signal, sys, threading, wamid
client = wamid.Client.from_env(max_connections=200)
for n in range({calls}):
    threading.Thread(target=client.send_message, args=("15550900002", f"{name} {{n}}"), daemon=True).start()
sys.stdin.readline()
{ending}
""",
    "asyncio": """
import asyncio, os, signal, sys, wamid
async def main():
    client = wamid.AsyncClient.from_env(max_connections=200)
    tasks = [
        asyncio.ensure_future(client.send_message("15550900002", f"{name} {{n}}")) for n in range({calls})
    ]
    await asyncio.to_thread(sys.stdin.readline)
    {ending}
asyncio.run(main())
""",
}

#: How it ends, its status, and the last line that it writes.
ENDINGS = {
    "return": ("pass", 0, ""),
    "exit": ("sys.exit(3)", 3, ""),
    "_exit": ("os._exit(4)", 4, ""),
    "SIGTERM": ("os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM, ""),
    "exception": ("raise RuntimeError('the end')", 1, "RuntimeError: the end"),
}


def test_a_process_ends_over_a_hundred_calls_under_way(wamid_sandbox: Sandbox) -> None:
    """At once, with its own status, and in silence."""
    processes = {}
    for face, program in FACES.items():
        for ending, (code, status, last) in ENDINGS.items():
            name = f"{face} {ending}"
            process = subprocess.Popen(
                [sys.executable, "-W", "error", "-c", program.format(calls=CALLS, name=name, ending=code)],
                env=environment(wamid_sandbox),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            processes[name] = (process, status, last)
    end = time.monotonic() + DEADLINE
    while len(wamid_sandbox.messages) < CALLS * len(processes):
        assert time.monotonic() < end, len(wamid_sandbox.messages)
        time.sleep(0.05)
    for name, (process, status, last) in processes.items():
        out, err = process.communicate("\n", timeout=DEADLINE)
        assert (process.returncode, out) == (status, ""), (name, err)
        assert (err.splitlines() or [""])[-1] == last, (name, err)
        # No more than that one traceback.
        assert err.count("Traceback") == (1 if last else 0), (name, err)
    assert len(set(texts(wamid_sandbox))) == len(wamid_sandbox.messages) == CALLS * len(processes)


HAMMERED = """
import asyncio, gc, os, random, sys, threading, time, warnings, wamid
warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of every fork beside threads.
random.seed(int(sys.argv[1]))
client, other = wamid.Client.from_env(timeout=30), wamid.AsyncClient.from_env(timeout=30)
done = threading.Event()
sent = []
def hammer(name):
    n = 0
    while not done.is_set():
        client.send_message("919876543210", f"parent {name} {n}")
        sent.append(f"parent {name} {n}")
        n += 1
async def gather(name):
    n = 0
    while not done.is_set():
        await asyncio.gather(*(other.send_message("919876543210", f"parent {name} {n} {m}") for m in range(8)))
        sent.extend(f"parent {name} {n} {m}" for m in range(8))
        n += 1
threads = [threading.Thread(target=hammer, args=(n,)) for n in range(3)]
threads += [threading.Thread(target=lambda: asyncio.run(gather("loop")))]
for thread in threads:
    thread.start()
children = []
for fork in range(24):
    time.sleep(random.uniform(0, 0.02))
    child = os.fork()
    if child == 0:
        try:
            # The one that was inherited, and one of its own.
            client.send_message("919876543210", f"child {fork} old")
            with wamid.Client.from_env(timeout=30) as fresh:
                fresh.send_message("919876543210", f"child {fork} new")
            asyncio.run(other.send_message("919876543210", f"child {fork} loop"))
            del client, other
            gc.collect()
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    children.append(child)
for child in children:
    assert os.waitpid(child, 0)[1] == 0
done.set()
for thread in threads:
    thread.join()
print(len(sent), len(set(sent)))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_forks_at_any_moment_of_many_calls(wamid_sandbox: Sandbox, seed: str) -> None:
    """The children send over the client that they inherit and over new ones, and the parent's calls end as ever."""
    done = run(HAMMERED, wamid_sandbox, seed)
    assert (done.stderr, done.returncode) == ("", 0)
    sent, distinct = map(int, done.stdout.split())
    arrived = texts(wamid_sandbox)
    assert sent == distinct
    assert len(arrived) == len(set(arrived))
    assert sum(text.startswith("child") for text in arrived) == 24 * 3
    assert sum(text.startswith("parent") for text in arrived) == sent


def test_a_fork_in_a_coroutine(wamid_sandbox: Sandbox) -> None:
    """The child leaves its parent's loop and its parent's calls alone, and runs a loop of its own."""
    code = """
import asyncio, os, sys, warnings, wamid
warnings.simplefilter("ignore", DeprecationWarning)
client = wamid.AsyncClient.from_env(timeout=30)
async def main():
    slow = [asyncio.ensure_future(client.send_message("15550900001", f"parent {n}")) for n in range(20)]
    await asyncio.sleep(0.2)
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(client.send_message("919876543210", "child"))
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print(len({receipt.id for receipt in await asyncio.gather(*slow)}))
    assert os.waitpid(child, 0)[1] == 0
asyncio.run(main())
"""
    done = run(code, wamid_sandbox)
    assert (done.stderr, done.returncode, done.stdout.split()) == ("", 0, ["20"])
    assert sorted(texts(wamid_sandbox)) == sorted(["child", *(f"parent {n}" for n in range(20))])


def test_multiprocessing_by_spawn(wamid_sandbox: Sandbox, tmp_path) -> None:
    """A client does not go to another process; each makes its own."""
    program = tmp_path / "spawning.py"
    program.write_text(
        """
import multiprocessing, pickle, wamid
def send(n):
    with wamid.Client.from_env() as client:
        return client.send_message("919876543210", f"child {n}").id
if __name__ == "__main__":
    client = wamid.Client.from_env()
    client.send_message("919876543210", "parent")
    try:
        pickle.dumps(client)
    except TypeError as error:
        print(error)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert len(set(pool.map(send, range(4)))) == 4
"""
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)],
        env=environment(wamid_sandbox), capture_output=True, text=True, timeout=DEADLINE, check=False,
    )  # fmt: skip
    assert (done.stderr, done.returncode) == ("", 0)
    assert "cannot pickle" in done.stdout
    assert sorted(texts(wamid_sandbox)) == ["child 0", "child 1", "child 2", "child 3", "parent"]


def test_a_subinterpreter_is_told_that_it_cannot(wamid_sandbox: Sandbox) -> None:
    """As mod_wsgi and others make them: an ImportError and not a crash, and the main interpreter goes on."""
    code = """
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
import wamid
client = wamid.Client.from_env()
client.send_message("919876543210", "before")
for _ in range(2):
    sub = interpreters.create()
    try:
        failed = interpreters.run_string(sub, "import wamid")
    except Exception as error:
        failed = error
    print(failed)
    interpreters.destroy(sub)
client.send_message("919876543210", "after")
try:
    client.send_message("abc", "an error is of the class that can be caught")
except wamid.InvalidInputError:
    pass
"""
    done = run(code, wamid_sandbox)
    assert (done.stderr, done.returncode) == ("", 0)
    assert "ImportError" in done.stdout
    assert "subinterpreter" in done.stdout
    assert texts(wamid_sandbox) == ["before", "after"]


def test_calls_end_though_nobody_holds_their_client(wamid_sandbox: Sandbox) -> None:
    async def main() -> None:
        client = wamid_sandbox.async_client()
        tasks = [asyncio.ensure_future(client.send_message("15550900001", str(n))) for n in range(20)]
        await asyncio.sleep(0)
        del client
        gc.collect()
        assert len({receipt.id for receipt in await asyncio.gather(*tasks)}) == 20

    asyncio.run(main())

    def forget() -> list[threading.Thread]:
        client = wamid_sandbox.client()
        return [threading.Thread(target=client.send_message, args=(PHONE, f"thread {n}")) for n in range(10)]

    threads = forget()
    for thread in threads:
        thread.start()
    gc.collect()
    for thread in threads:
        thread.join(DEADLINE)
    assert len(texts(wamid_sandbox)) == 30


def test_calls_end_beside_threads_that_compute(wamid_sandbox: Sandbox) -> None:
    """Threads that hold the interpreter's lock as long as it lets them."""
    done = threading.Event()

    def compute() -> None:
        while not done.is_set():
            sum(range(1000))

    computing = [threading.Thread(target=compute) for _ in range(4)]
    for thread in computing:
        thread.start()
    try:
        with wamid_sandbox.client() as client:
            for n in range(10):
                client.send_message(PHONE, f"alone {n}")
            client.send_many([wamid.Message(PHONE, wamid.Text(f"many {n}")) for n in range(50)])

        async def main() -> None:
            async with wamid_sandbox.async_client() as client:
                await asyncio.gather(*(client.send_message(PHONE, f"loop {n}") for n in range(50)))

        asyncio.run(main())
    finally:
        done.set()
        for thread in computing:
            thread.join()
    assert len(set(texts(wamid_sandbox))) == 110
