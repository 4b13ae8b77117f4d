"""A host that plays Meta badly: it holds what is sent to it at a chosen stage, and counts what really arrived."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import ssl
import threading
from collections import defaultdict
from typing import Any

#: What becomes of a message goes by its recipient.
QUICK, SILENT, BUSY, INTERRUPTED, SOON = (f"1555000000{n}" for n in range(5))

#: What a download and an upload take far longer over than any test waits.
PIECES, PIECE, PAUSE = 100_000, b"x" * 1000, 0.02


class FaultyHost:
    """Listens on loopback until it is closed. Each caller has a name, which is the first part of its `graph_url`'s path."""

    def __init__(self, certificate: tuple[str, str]) -> None:
        """With a certificate and its key, which are files."""
        #: The texts that arrived, by name, in order; one that comes again is there again.
        self.arrived: dict[str, list[str]] = defaultdict(list)
        #: Connections that are open at this moment, by the name in their first request.
        self.open: dict[str, int] = defaultdict(int)
        #: Set to let those go on that are held, or that come from then on.
        self.released: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(*certificate)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._run(self._listen(self._plain))}"
        self.tls_url = f"https://127.0.0.1:{self._run(self._listen(self._shy))}"

    def close(self) -> None:
        """Lets all connections go."""

        async def end() -> None:
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._loop.shutdown_default_executor()

        self._run(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def release(self, name: str) -> None:
        """Answers what is held of that name, and what comes later."""
        self._loop.call_soon_threadsafe(self.released[name].set)

    def _run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    async def _listen(self, serve: Any) -> int:
        listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        listener.setblocking(False)

        async def accept() -> None:
            tasks = set()
            with listener:
                while True:
                    connection, _ = await self._loop.sock_accept(listener)
                    task = self._loop.create_task(self._connection(connection, serve))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)

        self._accepting = self._loop.create_task(accept())
        return listener.getsockname()[1]

    async def _connection(self, connection: socket.socket, serve: Any) -> None:
        with connection, contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await serve(connection)

    async def _plain(self, connection: socket.socket) -> None:
        reader, writer = await asyncio.open_connection(sock=connection, limit=2**20)
        await self._requests(reader, writer)

    async def _shy(self, connection: socket.socket) -> None:
        """Says nothing in the handshake until it is released."""
        release = asyncio.ensure_future(self.released["handshake"].wait())
        gone = asyncio.ensure_future(self._gone(connection))
        await asyncio.wait((release, gone), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        release.cancel()
        if not self.released["handshake"].is_set():
            return
        reader = asyncio.StreamReader(limit=2**20)
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await self._loop.connect_accepted_socket(lambda: protocol, connection, ssl=self._tls)
        await self._requests(reader, asyncio.StreamWriter(transport, protocol, reader, self._loop))

    async def _gone(self, connection: socket.socket) -> None:
        """Until the other side has closed: its hello stays where it is."""
        while True:
            with contextlib.suppress(BlockingIOError):
                seen = connection.recv(65536, socket.MSG_PEEK)
                if not seen:
                    return
            # A half-closed socket is readable all the time, and so is a hello: there is nothing better to wait for.
            await asyncio.sleep(0.05)

    async def _requests(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = None
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                path = head.split(" ", 2)[1]
                if name is None:
                    name = path.split("/")[1]
                    self.open[name] += 1
                await self._request(name, head, path, reader, writer)
        finally:
            if name is not None:
                self.open[name] -= 1
            writer.close()

    async def _request(
        self, name: str, head: str, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if "/pieces" in path:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (PIECES * len(PIECE)))
            for _ in range(PIECES):
                writer.write(PIECE)
                await writer.drain()
                await asyncio.sleep(PAUSE)
        if path.endswith("/media"):
            # It takes its time at first, and never answers.
            slowly = 20
            while await reader.read(1000 if slowly else 2**20):
                if slowly:
                    slowly -= 1
                    await asyncio.sleep(PAUSE)
            return
        if head.startswith("GET"):
            url = f"{self.url}/{name}/pieces"
            size = PIECES * len(PIECE)
            info = {"id": name, "url": url, "mime_type": "image/png", "sha256": "0" * 64, "file_size": size}
            writer.write(answer({**info, "messaging_product": "whatsapp"}))
            return
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        body = json.loads(await reader.readexactly(int(length[1]) if length else 0))
        text = body["text"]["body"]
        self.arrived[name].append(text)
        await self._message(name, body["to"].lstrip("+"), text, reader, writer)

    async def _message(
        self, name: str, to: str, text: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if to == SILENT and not self.released[name].is_set():
            release = asyncio.ensure_future(self.released[name].wait())
            gone = asyncio.ensure_future(reader.read(1))
            await asyncio.wait((release, gone), return_when=asyncio.FIRST_COMPLETED)
            release.cancel()
            gone.cancel()
            await asyncio.gather(gone, return_exceptions=True)
            if not self.released[name].is_set():
                raise ConnectionResetError
        if to == BUSY:
            writer.write(answer({}, "429 Too Many Requests", "Retry-After: 1\r\n"))
            return
        if to == INTERRUPTED:
            # The text ends with the number of the caller's process, which hears this before its answer.
            os.kill(int(text.split()[-1]), signal.SIGINT)
        if to in (SOON, INTERRUPTED):
            await asyncio.sleep(0.002)
        writer.write(answer({"messages": [{"id": f"wamid.{name}.{len(self.arrived[name])}"}]}))


def answer(body: Any, status: str = "200 OK", headers: str = "") -> bytes:
    """An answer with that JSON."""
    text = json.dumps(body)
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n{headers}\r\n"
    return (head + text).encode()


class Blackhole:
    """An address that takes no further connection: its queue is full. What connects there waits."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.filling: list[socket.socket] = []
        while not self.filling or self._connects():
            self.filling.append(socket.create_connection(self.listener.getsockname()))

    def _connects(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            try:
                probe.connect(self.listener.getsockname())
            except TimeoutError:
                return False
            return True

    def close(self) -> None:
        """Refuses what waits there."""
        for each in (*self.filling, self.listener):
            each.close()
