"""A process's life: forks, signals, its end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from conftest import DEADLINE, environment, run, said, texts
from wamid.testing import Sandbox

HERE = Path(__file__).parent

FORKED = """
import os, sys, wamid
client = wamid.Client.from_env(timeout=5)
client.send_message("919876543210", "parent")
child = os.fork()
if child == 0:
    try:
        client.send_message("919876543210", "child")
        grandchild = os.fork()
        if grandchild == 0:
            client.send_message("919876543210", "grandchild")
            os._exit(0)
        status = os.waitpid(grandchild, 0)[1]
        assert status == 0, status
        client.send_message("919876543210", "child again")
        if "STORE" in os.environ:
            assert len(client.chats()) == 1
    finally:
        os._exit(1 if sys.exc_info()[0] else 0)
status = os.waitpid(child, 0)[1]
assert status == 0, status
client.send_message("919876543210", "parent again")
if "STORE" in os.environ:
    assert len(client.chats()) == 1
"""


@pytest.mark.parametrize("store", [False, True])
def test_a_client_used_before_a_fork_works_in_the_child(wamid_sandbox: Sandbox, tmp_path: Path, store: bool) -> None:
    more = {"STORE": "1", "WAMID_STORE": f"sqlite:{tmp_path}/w.db"} if store else {}
    done = run(FORKED, wamid_sandbox, **more)
    assert (done.stderr, done.returncode) == ("", 0)
    said = ["parent", "child", "grandchild", "child again", "parent again"]
    assert texts(wamid_sandbox) == said


def test_a_child_that_ends_as_usual_leaves_the_parent_s_connections_alone(wamid_sandbox: Sandbox) -> None:
    """It forgets the client that it inherited, and does not close what it shares with its parent."""
    code = """
import gc, os, sys, wamid
client = wamid.Client.from_env(timeout=5)
for n in range(3):
    client.send_message("919876543210", f"before {n}")
    child = os.fork()
    if child == 0:
        del client
        gc.collect()
        sys.exit(0)
    assert os.waitpid(child, 0)[1] == 0
    client.send_message("919876543210", f"after {n}")
"""
    done = run(code, wamid_sandbox)
    assert (done.stderr, done.returncode) == ("", 0)
    assert len(texts(wamid_sandbox)) == 6


def test_a_fork_while_calls_are_under_way(wamid_sandbox: Sandbox) -> None:
    code = """
import os, sys, threading, warnings, wamid
warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of every fork beside threads.
client = wamid.Client.from_env(timeout=5)
threads = [
    threading.Thread(target=lambda: [client.send_message("919876543210", "parent") for _ in range(20)])
    for _ in range(4)
]
for thread in threads:
    thread.start()
children = []
for _ in range(8):
    child = os.fork()
    if child == 0:
        try:
            client.send_message("919876543210", "child")
        finally:
            os._exit(1 if sys.exc_info()[0] else 0)
    children.append(child)
for child in children:
    assert os.waitpid(child, 0)[1] == 0
for thread in threads:
    thread.join()
"""
    done = run(code, wamid_sandbox)
    assert (done.stderr, done.returncode) == ("", 0)
    said = texts(wamid_sandbox)
    assert (said.count("parent"), said.count("child")) == (80, 8)


def test_asyncio_in_a_child(wamid_sandbox: Sandbox) -> None:
    code = """
import asyncio, os, sys, wamid
client = wamid.AsyncClient.from_env(timeout=5)
async def main(text):
    await asyncio.gather(*(client.send_message("919876543210", text) for _ in range(5)))
asyncio.run(main("parent"))
child = os.fork()
if child == 0:
    try:
        asyncio.run(main("child"))
    finally:
        os._exit(1 if sys.exc_info()[0] else 0)
assert os.waitpid(child, 0)[1] == 0
asyncio.run(main("parent"))
"""
    done = run(code, wamid_sandbox)
    assert (done.stderr, done.returncode) == ("", 0)
    said = texts(wamid_sandbox)
    assert (said.count("parent"), said.count("child")) == (10, 5)


def test_multiprocessing_by_fork(wamid_sandbox: Sandbox) -> None:
    code = """
import multiprocessing, wamid
client = wamid.Client.from_env(timeout=5)
client.send_message("919876543210", "parent")
def send(n):
    return client.send_message("919876543210", f"child {n}")
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(3) as pool:
        receipts = pool.map(send, range(12))
    assert len({receipt.id for receipt in receipts}) == 12
    client.send_message("919876543210", "parent again")
"""
    done = run(code, wamid_sandbox)
    assert (done.stderr, done.returncode) == ("", 0)
    assert sorted(texts(wamid_sandbox)) == sorted(["parent", *(f"child {n}" for n in range(12)), "parent again"])


def test_gunicorn_with_preload(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    log = tmp_path / "gunicorn.log"
    serve = ["gunicorn", "--preload", "-w", "3", "--bind", "127.0.0.1:0", "--no-control-socket", "--chdir"]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", *serve, str(HERE / "hosts"), "preloaded:application"],
            env=environment(wamid_sandbox),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        url = said(log, server, r"Listening at: (http://\S+)")
        workers = set()
        end = time.monotonic() + DEADLINE
        while len(workers) < 2 and time.monotonic() < end:
            with httpx.Client(trust_env=False) as http:
                answer = http.get(url, timeout=DEADLINE)
            assert answer.status_code == 200, log.read_text()
            workers.add(answer.json()["worker"])
        assert len(workers) >= 2
    finally:
        server.terminate()
        assert server.wait(DEADLINE) == 0
    said_there = texts(wamid_sandbox)
    assert said_there[0] == "at preload"
    assert len(said_there) > len(workers)


def test_celery_with_prefork(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    log = tmp_path / "celery.log"
    for folder in ("queue", "results"):
        (tmp_path / folder).mkdir()
    env = environment(wamid_sandbox, CELERY_FOLDER=str(tmp_path), PYTHONPATH=str(HERE / "hosts"))
    command = [sys.executable, "-m", "celery", "-A", "tasks"]
    with log.open("wb") as out:
        worker = subprocess.Popen(
            [*command, "worker", "--pool", "prefork", "--concurrency", "2", "--loglevel", "INFO"],
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=tmp_path,
        )
    try:
        said(log, worker, r"(celery@\S+ ready)")
        ask = (
            "import tasks\n"
            "results = [tasks.send.delay(str(n)) for n in range(8)]\n"
            f"print(len({{result.get(timeout={DEADLINE:.0f}) for result in results}}))"
        )
        done = subprocess.run(
            [sys.executable, "-c", ask], env=env, cwd=tmp_path, capture_output=True, text=True,
            timeout=2 * DEADLINE, check=False,
        )  # fmt: skip
        assert done.stdout.strip() == "8", done.stderr + log.read_text()
    finally:
        worker.terminate()
        worker.wait(DEADLINE)
    # The worker's parent has used the client before it forked.
    assert sorted(texts(wamid_sandbox)) == sorted(["before the workers", *map(str, range(8))])


@pytest.mark.parametrize("call", ["message", "many"])
def test_ctrl_c_stops_a_call_at_once(wamid_sandbox: Sandbox, call: str) -> None:
    """Within 0.2 s, as a person at a terminal expects."""
    code = """
import signal, sys, time, wamid
signal.signal(signal.SIGINT, signal.default_int_handler)
client = wamid.Client.from_env()
try:
    if sys.argv[1] == "message":
        client.send_message("15550900002", "Hello")
    else:
        client.send_many([wamid.Message("15550900002", wamid.Text("Hello"))] * 500, concurrency=1)
except KeyboardInterrupt:
    print(time.time())
"""
    delays = []
    # A machine that is busy with other things may be late once; a call that does not listen is late each time.
    while not delays or (delays[-1] >= 0.2 and len(delays) < 5):
        wamid_sandbox.clear()
        child = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code, call],
            env=environment(wamid_sandbox),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for_messages(wamid_sandbox, 1)
        pressed = time.time()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=DEADLINE)
        assert (err, child.returncode) == ("", 0)
        delays.append(float(out) - pressed)
        assert len(wamid_sandbox.messages) == 1
    assert delays[-1] < 0.2, delays


def test_other_threads_run_while_a_call_waits(wamid_sandbox: Sandbox) -> None:
    import threading

    turns = []

    def count() -> None:
        while not done.wait(0.01):
            turns.append(1)

    done = threading.Event()
    counter = threading.Thread(target=count)
    counter.start()
    with wamid_sandbox.client() as client:
        client.send_message("15550900001", "slow")
    done.set()
    counter.join()
    assert len(turns) > 20


def wait_for_messages(sandbox: Sandbox, count: int) -> None:
    end = time.monotonic() + DEADLINE
    while len(sandbox.messages) < count:
        assert time.monotonic() < end
        time.sleep(0.01)


ENDINGS = {
    "a loop's calls under way": """
import asyncio, threading, wamid
client = wamid.AsyncClient.from_env()
loop = asyncio.new_event_loop()
def work():
    async def main():
        await asyncio.gather(*(client.send_message("15550900001", "slow") for _ in range(20)))
    try:
        loop.run_until_complete(main())
    except BaseException:
        pass
threading.Thread(target=work, daemon=True).start()
import time; time.sleep(0.3)
""",
    "threads that wait for slow answers": """
import threading, time, wamid
client = wamid.Client.from_env()
for _ in range(10):
    threading.Thread(target=client.send_message, args=("15550900001", "slow"), daemon=True).start()
time.sleep(0.3)
""",
    "threads that get their answers at that moment": """
import threading, time, wamid
client = wamid.Client.from_env()
def work():
    while True:
        client.send_message("919876543210", "quick")
for _ in range(6):
    threading.Thread(target=work, daemon=True).start()
time.sleep(0.3)
""",
    "threads that come back while it is ending": """
import sys, threading, time, wamid
client = wamid.Client.from_env()
class Slow:
    def __del__(self, sleep=time.sleep):
        sleep(0.5)
def work(send=client.send_message):
    while True:
        send("919876543210", "quick")
for _ in range(6):
    threading.Thread(target=work, daemon=True).start()
time.sleep(0.3)
sys.slow = Slow()
""",
    "a bulk under way": """
import threading, time, wamid
client = wamid.Client.from_env()
sends = [wamid.Message("919876543210", wamid.Text(str(n))) for n in range(5000)]
threading.Thread(
    target=client.send_many, args=(sends,), kwargs={"progress": lambda _: None}, daemon=True
).start()
time.sleep(0.3)
""",
    "a send from atexit": """
import atexit, wamid
client = wamid.Client.from_env()
client.send_message("919876543210", "before")
atexit.register(client.send_message, "919876543210", "at exit")
""",
    "a send from atexit, registered before wamid was there": """
import atexit
clients = []
atexit.register(lambda: clients[0].send_message("919876543210", "at exit"))
import wamid
clients.append(wamid.Client.from_env())
clients[0].send_message("919876543210", "before")
""",
    "a coroutine that was never awaited to its end": """
import asyncio, wamid
client = wamid.AsyncClient.from_env()
async def main():
    task = asyncio.ensure_future(client.send_message("15550900002", "Hello"))
    await asyncio.sleep(0.2)
asyncio.run(main())
""",
    "a sandbox that runs on": """
import wamid.testing
sandbox = wamid.testing.Sandbox()
sandbox.client().send_message("919876543210", "Hello")
""",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_interpreter_ends_in_silence(wamid_sandbox: Sandbox, ending: str) -> None:
    for _ in range(5):
        started = time.monotonic()
        # Its records have nowhere to go but standard error, unless the SDK is silent as it should be.
        done = run(ENDINGS[ending], wamid_sandbox)
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
        assert time.monotonic() - started < 20
    if "atexit" in ending:
        assert texts(wamid_sandbox) == ["before", "at exit"] * 5


def test_one_core_ends_in_silence_too(wamid_sandbox: Sandbox) -> None:
    """Where threads get their turn in another order."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        for ending in ENDINGS.values():
            done = run(ending, wamid_sandbox)
            assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    finally:
        os.sched_setaffinity(0, cores)


def test_importing_starts_nothing(wamid_sandbox: Sandbox) -> None:
    code = """
import os, threading
before = len(os.listdir("/proc/self/task")), len(os.listdir("/proc/self/fd"))
import wamid, wamid.testing
wamid.Client.cloud("TOKEN", "1066")
after = len(os.listdir("/proc/self/task")), len(os.listdir("/proc/self/fd"))
print(before == after)
"""
    done = run(code, wamid_sandbox)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_importing_needs_no_other_package(wamid_sandbox: Sandbox) -> None:
    code = """
import json, sys
import wamid, wamid.testing
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names)))
"""
    done = run(code, wamid_sandbox)
    # Beside the program itself, and what the environment's own start-up files bring.
    assert [name for name in json.loads(done.stdout) if not name.startswith("_")] == ["wamid"]
