"""Starts the hosts: the original on Django under gunicorn, `wamid serve`, and the sandboxes that play Meta."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
WAMID = os.environ.get("WAMID_BINARY", str(ROOT / "target/debug/wamid"))
#: Starting anything takes at most this long, on a slow machine.
DEADLINE = 60.0
#: Where the gateway's databases are made, instead of in files.
POSTGRES = os.environ.get("WAMID_TEST_POSTGRES", "")
SECRET_KEY = "for-tests-alone for-tests-alone for-tests-alone"
#: How long the original waits for Meta here (its own 15 s would make the suite slow). Above the sandbox's "slow", 2 s.
META_SECONDS = 4

#: Made once: each client reads all certificates. No connection is kept, as a host may end it at any time.
HTTP = httpx.Client(
    timeout=60, follow_redirects=False, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
)


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without what would lead a host or a client elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAMID_", "META_", "HOST_"))}
    return kept | {"NO_PROXY": "127.0.0.1,localhost"} | more


class Process:
    """A program that runs beside the tests, ended by its own id."""

    def __init__(self, command: list[str], cwd: Path, log: Path, **environment: str) -> None:
        self.log = log
        with log.open("wb") as out:
            # Everything it says goes to a file: a full pipe would stop it.
            self.child = subprocess.Popen(
                command, cwd=cwd, env=clean_environment(**environment), stdout=out, stderr=subprocess.STDOUT
            )

    def says(self, pattern: str) -> str:
        """Waits until it has said this, and gives the first group."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            said = self.log.read_text(errors="replace")
            if found := re.search(pattern, said):
                return found.group(1)
            if self.child.poll() is not None:
                raise RuntimeError(f"{self.child.args} ended with {self.child.returncode}:\n{said}")
            time.sleep(0.02)
        raise TimeoutError(f"{self.child.args} did not say {pattern!r}:\n{said}")

    def end(self) -> None:
        self.child.terminate()
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


@dataclass
class Sandbox:
    """Plays Meta."""

    url: str

    def arrived(self) -> list[dict]:
        """The messages that arrived since the last `forget`."""
        return self.ask("GET", "messages")["messages"]

    def forget(self) -> None:
        self.ask("DELETE", "messages")

    def webhook(self, url: str | None) -> None:
        self.ask("POST", "webhook", {"url": url})

    def inbound(self, sender: str, text: str) -> None:
        self.ask("POST", f"phone/chats/{sender}", {"act": "text", "text": text})

    def ask(self, method: str, what: str, body: object = None) -> dict:
        answer = HTTP.request(method, f"{self.url}/_sandbox/{what}", json=body)
        answer.raise_for_status()
        return answer.json()


@dataclass
class Host:
    """A host of the messaging API, as mounted at `url`."""

    name: str
    url: str
    key: str
    sandbox: Sandbox | None
    disabled_key: str = ""
    known: dict = field(default_factory=dict)

    def ask(self, method: str, path: str, body: object = None, key: str | None = "", **options) -> httpx.Response:
        """A request. `body` that is text or bytes goes out as it is, anything else as JSON; `key` None sends none."""
        headers = options.pop("headers", {})
        if key is not None:
            headers = {"X-API-Key": key or self.key} | headers
        if body is not None:
            options["content"] = body if isinstance(body, (str, bytes)) else json.dumps(body)
            headers = {"Content-Type": "application/json"} | headers
        return HTTP.request(method, self.url + path, headers=headers, **options)

    def send(self, what: str, body: object = None, **options) -> httpx.Response:
        return self.ask("POST", f"/api/send-{what}/", body, **options)

    def chats(self, **options) -> httpx.Response:
        return self.ask("GET", "/api/chats/", **options)


def unused_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Hosts:
    """Everything that was started, to be ended together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[Process] = []
        self.databases: list[str] = []

    def start(self, name: str, command: list[str], cwd: Path | None = None, **environment: str) -> Process:
        log = self.folder / f"{len(self.started)}-{name}.log"
        self.started.append(Process(command, cwd or self.folder, log, **environment))
        return self.started[-1]

    def end(self) -> None:
        for process in reversed(self.started):
            process.end()
        for database in self.databases:
            self.psql(f"DROP DATABASE {database} WITH (FORCE)")

    def sandbox(self) -> Sandbox:
        process = self.start("sandbox", [WAMID, "sandbox", "--listen", "127.0.0.1:0"])
        return Sandbox(process.says(r"WAMID_GRAPH_URL=(http://\S+)"))

    def original(self, settings: str, meta: Sandbox | str, migrated: bool = True) -> Host:
        """The original, with the settings `default` or `exempt`. Not migrated, it fails in its first query."""
        sandbox = meta if isinstance(meta, Sandbox) else None
        name = f"{settings}-{len(self.started)}"
        environment = {
            "DJANGO_SETTINGS_MODULE": f"host.settings.{settings}",
            "HOST_DATABASE": str(self.folder / f"{name}.sqlite3"),
            "HOST_META": sandbox.url if sandbox else str(meta),
            "HOST_META_SECONDS": str(META_SECONDS),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        known = {"key": "a-key", "disabled_key": ""}
        if migrated:
            seed = [sys.executable, "-m", "host.seed"]
            done = subprocess.run(
                seed, cwd=HERE, env=clean_environment(**environment), check=True, capture_output=True, timeout=DEADLINE
            )
            known = json.loads(done.stdout)
        serve = [sys.executable, "-m", "gunicorn", "host.wsgi", "--bind", "127.0.0.1:0", "--threads", "8"]
        process = self.start(name, [*serve, "--no-control-socket"], HERE, **environment)
        address = process.says(r"Listening at: (http://\S+)")
        process.says(r"(Booting worker)")
        return Host(name, f"{address}/whatsapp", known["key"], sandbox, known["disabled_key"], known)

    def gateway(self, *flags: str, meta: str | None = None) -> Host:
        """`wamid serve`, with a key that `wamid key create` printed and one that `wamid key revoke` revoked.

        It brings its own sandbox, unless `meta` is where Meta is to be found.
        """
        name = f"gateway-{len(self.started)}"
        store = ["--store", self.database(name)]
        serve = [WAMID, "serve", "--listen", "127.0.0.1:0", "--prefix", "/whatsapp", "--timeout", str(META_SECONDS)]
        environment = {"WAMID_SECRET_KEY": SECRET_KEY}
        if meta:
            serve += ["--graph-url", meta]
            environment |= {"WAMID_ACCESS_TOKEN": "sandbox-token", "WAMID_PHONE_NUMBER_ID": "106540352242922"}
        else:
            serve += ["--sandbox"]
        process = self.start(name, [*serve, *store, *flags], **environment)
        url = process.says(r"listening on (http://\S+)\n")
        sandbox = None if meta else Sandbox(process.says(r"sandbox on (http://\S+)\n"))
        keys = [self.wamid("key", "create", "--name", key, "--json", *store) for key in ("tests", "revoked")]
        [revoked] = [key["id"] for key in self.wamid("key", "list", "--json", *store) if key["name"] == "revoked"]
        self.wamid("key", "revoke", str(revoked), *store)
        [account] = self.wamid("account", "list", "--json", *store)
        return Host("wamid serve", url, keys[0]["key"], sandbox, keys[1]["key"], {"account": account["id"]})

    def database(self, name: str) -> str:
        """A new database for a gateway: on the PostgreSQL that WAMID_TEST_POSTGRES names, or else a file."""
        if not POSTGRES:
            return f"sqlite:{self.folder / name}.db"
        database = f"hosts_{os.getpid()}_{name.replace('-', '_')}"
        base, _, query = POSTGRES.partition("?")
        self.psql(f"CREATE DATABASE {database}")
        self.databases.append(database)
        return f"{base.rpartition('/')[0]}/{database}?{query}".rstrip("?")

    def psql(self, statement: str) -> None:
        subprocess.run(["psql", POSTGRES, "--quiet", "--command", statement], check=True, timeout=DEADLINE)

    def wamid(self, *arguments: str) -> object:
        """Runs a command; gives what it prints, read where it is JSON."""
        environment = clean_environment(WAMID_SECRET_KEY=SECRET_KEY)
        done = subprocess.run(
            [WAMID, *arguments], cwd=self.folder, env=environment, capture_output=True, timeout=DEADLINE
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout) if "--json" in arguments else done.stdout.decode()
