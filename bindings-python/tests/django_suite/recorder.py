"""A server between a client and the sandbox that writes down each request."""

from __future__ import annotations

import json
import threading
from email import message_from_bytes
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class Recorder:
    """Runs until the process ends. `requests` has what came through."""

    def __init__(self, target: str) -> None:
        self.requests: list[dict[str, Any]] = []
        recorder, address = self, urlsplit(target)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                recorder.requests.append(request(self.command, self.path, self.headers.get("Content-Type"), body))
                onward = HTTPConnection(address.hostname or "", address.port, timeout=30)
                onward.request(self.command, self.path, body, dict(self.headers))
                answer = onward.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("content-length", "connection", "date", "transfer-encoding"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                onward.close()

            do_GET = do_POST = do_PUT = do_DELETE = pass_on

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}"


def request(method: str, path: str, content_type: str | None, body: bytes) -> dict[str, Any]:
    """A request as it can be compared: without its version, its token, and the order of its members."""
    address = urlsplit(path)
    version, _, rest = address.path.lstrip("/").partition("/")
    query = {name: value for name, value in parse_qsl(address.query) if name != "access_token"}
    assert version.startswith("v"), path
    return {"method": method, "path": rest, "query": query, "body": read(content_type or "", body)}


def read(content_type: str, body: bytes) -> Any:
    if not body:
        return None
    if content_type.startswith("multipart/form-data"):
        message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
        return {part.get_param("name", header="content-disposition"): described(part) for part in message.get_payload()}
    if content_type.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode()))
    return json.loads(body)


def described(part: Any) -> Any:
    content = part.get_payload(decode=True).decode("latin-1")
    if part.get_filename() is None:
        return content
    return {"filename": part.get_filename(), "type": part.get_content_type(), "content": content}
