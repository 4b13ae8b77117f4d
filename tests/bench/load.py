"""The load: text messages over kept connections, one request in flight on each."""

from __future__ import annotations

import json
import selectors
import socket
import time
import uuid

CONNECTIONS = 16


def request(url: str, key: str, number: int, keyed: bool) -> bytes:
    _, _, address, mount = url.split("/", 3)
    body = json.dumps({"phone": f"+4915100{number % 1000:06}", "message": f"Your order {number} is on its way."})
    head = f"POST /{mount}/api/send-message/ HTTP/1.1\r\nHost: {address}\r\nX-API-Key: {key}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    if keyed:
        head += f"Idempotency-Key: {uuid.uuid4()}\r\n"
    return f"{head}\r\n{body}".encode()


def drive(url: str, key: str, requests: int, keyed: bool) -> tuple[float, list[float]]:
    """Sends that many over CONNECTIONS kept connections, one in flight on each; gives the time and every latency."""
    address = url.split("/")[2].split(":")
    todo = [request(url, key, number, keyed) for number in range(requests)]
    latencies: list[float] = []
    poll = selectors.DefaultSelector()
    began = time.perf_counter()
    for _ in range(min(CONNECTIONS, requests)):
        connection = socket.create_connection((address[0], int(address[1])))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(connection, selectors.EVENT_READ, [time.perf_counter(), b""])
        connection.sendall(todo.pop())
    while poll.get_map():
        for ready, _ in poll.select(60):
            connection, state = ready.fileobj, ready.data
            more = connection.recv(65536)
            assert more, f"{url} closed a connection: {state[1]!r}"
            state[1] += more
            head, end, body = state[1].partition(b"\r\n\r\n")
            if not end:
                continue
            [length] = [line[15:] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
            if len(body) < int(length):
                continue
            assert head.startswith(b"HTTP/1.1 200 ") and b"wamid." in body, state[1]
            now = time.perf_counter()
            latencies.append(now - state[0])
            if todo:
                state[0], state[1] = now, b""
                connection.sendall(todo.pop())
            else:
                poll.unregister(connection)
                connection.close()
    return time.perf_counter() - began, latencies
