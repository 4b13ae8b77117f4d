"""Threads that wait drive their own calls: what is between calls, and who is interrupted."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Callable

import pytest
import wamid
from conftest import DEADLINE, PHONE, environment, run, texts
from wamid.testing import Sandbox


class Closing:
    """Answers one request a connection, says that the connection is kept, and closes it a little later."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.requests = 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        body = json.dumps({"messages": [{"id": "wamid.A"}]}).encode()
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            request = b""
            while b"\r\n\r\n" not in request or not request.endswith(b"}"):
                request += connection.recv(65536)
            self.requests += 1
            connection.sendall(answer + body)
            time.sleep(0.01)
            connection.close()


def test_a_connection_that_was_closed_between_two_calls_is_not_used() -> None:
    """Nobody watches it meanwhile; a send over it would end with an unknown outcome."""
    host = Closing()
    with wamid.Client.cloud("TOKEN", "1066", graph_url=host.url, max_retries=0) as client:
        for _ in range(5):
            assert client.send_message(PHONE, "Hello").id == "wamid.A"
            time.sleep(0.05)
    assert host.requests == 5
    host.listener.close()


def test_threads_in_turn_and_at_once(wamid_sandbox: Sandbox) -> None:
    """Alone, then many, then alone again: whoever drives meanwhile hands on."""
    with wamid_sandbox.client() as client:
        for round_ in range(3):
            client.send_message(PHONE, f"before {round_}")
            threads = [
                threading.Thread(target=lambda: [client.send_message(PHONE, "many") for _ in range(5)])
                for _ in range(8)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(30)
            time.sleep(0.05)
            client.send_message(PHONE, f"after {round_}")
    assert len(texts(wamid_sandbox)) == 3 * (2 + 40)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_ctrl_c_is_heard_while_another_thread_has_the_sockets(wamid_sandbox: Sandbox) -> None:
    code = """
import os, signal, threading, time, wamid
signal.signal(signal.SIGINT, signal.default_int_handler)
client = wamid.Client.from_env()
slow = threading.Thread(target=client.send_message, args=("15550900002", "never"), daemon=True)
slow.start()
time.sleep(0.3)
def interrupt():
    global sent
    sent = time.monotonic()
    os.kill(os.getpid(), signal.SIGINT)
threading.Timer(0.5, interrupt).start()
try:
    client.send_message("15550900002", "never either")
except KeyboardInterrupt:
    print("stopped", time.monotonic() - sent < 2)
print(client.send_message("919876543210", "and on").phone)
os._exit(0)
"""
    done = run(code.replace("os._exit(0)", "import sys; sys.stdout.flush(); os._exit(0)"), wamid_sandbox)
    assert (done.stderr, done.stdout.splitlines()) == ("", ["stopped True", "919876543210"])


def test_a_patched_process_goes_on_while_a_greenlet_waits(wamid_sandbox: Sandbox) -> None:
    """One thread under gevent is a worker with many requests: a call must not hold up the others."""
    code = """
import gevent.monkey
gevent.monkey.patch_all()
import gevent, wamid
client = wamid.Client.from_env()
sending = [
    gevent.spawn(client.send_message, "15550900001", "slow"),
    gevent.spawn(client.send_many, [wamid.Message("15550900001", wamid.Text("slow"))]),
    gevent.spawn(lambda: list(client.send_each([wamid.Message("15550900001", wamid.Text("slow"))]))),
]
turns = 0
while not all(each.dead for each in sending):
    gevent.sleep(0.01)
    turns += 1
print(turns > 20, sending[0].get().phone, len(sending[1].get()), len(sending[2].get()))
failing = gevent.spawn(client.send_message, "12", "x")
failing.join()
print(failing.exception.field)
"""
    # gevent itself warns of what later Pythons will not have.
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(wamid_sandbox),
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert done.stdout.splitlines() == ["True 15550900001 1 1", "phone"], done.stderr


def test_an_upload_that_nobody_reads_leaves_no_file_and_soon_no_connection(tmp_path: Path) -> None:
    """No thread waits after the call, but the connection still has something to write, and must be given up."""
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 16_000_000)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    # Connections wait in the listener's queue, for ever.
    client = wamid.Client.cloud("TOKEN", "1066", graph_url=f"http://127.0.0.1:{port}", max_retries=0, timeout=0.5)
    with pytest.raises(wamid.RequestTimeoutError):
        client.upload_media(file=path)
    until(lambda: not is_open(path), "the file is open")
    until(lambda: not is_connected(port), "the connection is open")
    client.close()
    listener.close()


def until(done: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, f"{what} a minute after the call"
        time.sleep(0.02)


def is_open(path: Path) -> bool:
    targets = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            targets.append(descriptor.readlink())
    return path in targets


def is_connected(port: int) -> bool:
    """Whether a socket of some process is connected to that port of this machine."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(line[2].endswith(f":{port:04X}") and line[9] != "0" for line in lines)
