"""The bodies that pywa and whatsapp-api-js send, held against wamid's for the same content.

`docs/other-sdks.md` has the differences.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
# What writes down the requests on their way to the sandbox, which itself keeps only messages.
sys.path.insert(0, str(ROOT / "bindings-python/tests/django_suite"))

from recorder import Recorder  # noqa: E402

DOCUMENT = ROOT / "docs/other-sdks.md"
WAMID = os.environ.get("WAMID_BINARY", str(ROOT / "target/debug/wamid"))
CONTENTS: dict[str, Any] = json.loads((HERE / "contents.json").read_text())
PHONE = "919876543210"
#: The sandbox's business account.
ACCOUNT = "102290129340398"
PEERS = ("pywa", "whatsapp-api-js")
COMMANDS = {
    "pywa": [sys.executable, str(HERE / "send_with_pywa.py")],
    "whatsapp-api-js": ["node", str(HERE / "send_with_whatsapp_api_js.mjs")],
}
#: The calls besides sends, as the command line has them.
CALLS = {
    "mark_read": ["read", "wamid.X"],
    "typing": ["read", "wamid.X", "--typing"],
    "upload": ["media", "upload", "a.png"],
    "block": ["block", "+919876543210"],
    "unblock": ["unblock", "+919876543210"],
}


@dataclass
class Sandbox:
    url: str
    env: dict[str, str]

    def ask(self, method: str, path: str, body: object = None) -> Any:
        headers = {"Authorization": f"Bearer {self.env['WAMID_ACCESS_TOKEN']}"} if not path.startswith("_") else {}
        answer = httpx.request(method, f"{self.url}/{path}", json=body, headers=headers, trust_env=False)
        answer.raise_for_status()
        return answer.json()

    def arrived(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.ask("GET", "_sandbox/messages")["messages"]
        self.ask("DELETE", "_sandbox/messages")
        return messages


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    log = tmp_path_factory.mktemp("sandbox") / "log"
    with log.open("wb") as out:
        child = subprocess.Popen([WAMID, "sandbox", "--listen", "127.0.0.1:0"], stdout=out, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + 60
        while not (said := dict(re.findall(r"(WAMID_\w+)=(\S+)", log.read_text()))).get("WAMID_GRAPH_URL"):
            assert child.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.02)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAMID_", "META_"))}
        started = Sandbox(said["WAMID_GRAPH_URL"], {**kept, **said, "NO_PROXY": "127.0.0.1,localhost"})
        for template in json.loads((HERE / "templates.json").read_text()):
            body = {"category": "UTILITY", "language": "en_US", **template}
            started.ask("POST", f"v26.0/{ACCOUNT}/message_templates", body)
        yield started
    finally:
        child.terminate()
        child.wait(20)


def run(env: dict[str, str], command: list[str], text: str | None = None, cwd: Path = HERE) -> str:
    done = subprocess.run(
        command, env=env, cwd=cwd, input=text, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def made(env: dict[str, str], peer: str, what: str) -> list[str]:
    """Lets a peer make all of its calls; their names."""
    outcomes = [json.loads(line) for line in run(env, [*COMMANDS[peer], what]).splitlines()]
    failed = [outcome for outcome in outcomes if outcome["failed"]]
    assert not failed, f"{peer}: {failed}"
    return [outcome["name"] for outcome in outcomes]


@pytest.fixture(scope="module")
def bodies(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What each of the three sent, by the names of `contents.json` and of `CALLS`."""
    sent: dict[str, dict[str, Any]] = {}
    for peer in PEERS:
        names = made(sandbox.env, peer, "messages")
        messages = sandbox.arrived()
        assert len(messages) == len(names), peer
        assert all(message["outcome"] == "accepted" for message in messages), peer
        sent[peer] = {name: message["body"] for name, message in zip(names, messages)}
    sent["wamid"] = {}
    for name, message in CONTENTS.items():
        reply = ["--reply-to", message["reply_to"]] if "reply_to" in message else []
        run(sandbox.env, [WAMID, "send", "json", PHONE, "-", *reply], json.dumps(message["content"]))
        [arrived] = sandbox.arrived()
        assert arrived["outcome"] == "accepted", name
        sent["wamid"][name] = arrived["body"]
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    recorder = Recorder(sandbox.url)
    env = {**sandbox.env, "WAMID_GRAPH_URL": recorder.url}
    for peer in PEERS:
        recorder.requests.clear()
        names = made(env, peer, "calls")
        assert len(recorder.requests) == len(names), peer
        sent[peer] |= dict(zip(names, recorder.requests))
    for name, command in CALLS.items():
        recorder.requests.clear()
        run(env, [WAMID, *command], cwd=folder)
        [sent["wamid"][name]] = recorder.requests
    return sent


def in_common(body: dict[str, Any]) -> dict[str, Any]:
    """A body without what the document lists above its table."""
    body = copy.deepcopy(body)
    if "to" in body:
        body["to"] = body["to"].removeprefix("+")
    body.pop("biz_opaque_callback_data", None)
    alike(body.get("template", {}).get("components", []))
    return body


def alike(components: list[dict[str, Any]]) -> None:
    """Writes the components of a template in one way."""
    for component in components:
        for name in ("type", "sub_type"):
            if name in component:
                component[name] = component[name].lower()
        if "index" in component:
            component["index"] = str(component["index"])
        for card in component.get("cards", []):
            alike(card["components"])


def differences(theirs: Any, ours: Any, path: str = "") -> Iterator[str]:
    """What a peer has and what it has not, as the cells of the document say it."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in sorted(theirs.keys() | ours.keys()):
            below = f"{path}.{key}".lstrip(".")
            if key not in theirs:
                yield f"no `{below}`"
            elif key not in ours:
                yield f"`{below}`: `{compact(theirs[key])}`"
            else:
                yield from differences(theirs[key], ours[key], below)
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for their, our in zip(theirs, ours):
            yield from differences(their, our, f"{path}[]")
    elif isinstance(theirs, str) and isinstance(ours, (dict, list)):
        yield f"`{path}` is a text that holds JSON"
        yield from differences(json.loads(theirs), ours, path)
    elif theirs != ours:
        yield f"`{path}`: `{compact(theirs)}`, not `{compact(ours)}`"


def compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def cell(peer: str, name: str, bodies: dict[str, dict[str, Any]]) -> str:
    """What the document must say of this peer and this message."""
    theirs = bodies[peer].get(name)
    if theirs is None:
        return "has none"
    found = differences(in_common(theirs), in_common(bodies["wamid"][name]))
    return "; ".join(dict.fromkeys(found)) or "same"


def rows() -> dict[str, list[str]]:
    found = {}
    for line in DOCUMENT.read_text().splitlines():
        cells = [each.strip() for each in line.strip().strip("|").split("|")]
        name = re.fullmatch(r"`(\w+)`", cells[0])
        if line.startswith("|") and name:
            found[name[1]] = cells[1:]
    return found


@pytest.mark.parametrize("name", [*CONTENTS, *CALLS])
def test_the_document_says_what_is_sent(bodies: dict[str, dict[str, Any]], name: str) -> None:
    assert rows()[name][: len(PEERS)] == [cell(peer, name, bodies) for peer in PEERS]


def test_the_document_has_a_row_for_each_and_no_other() -> None:
    assert list(rows()) == [*CONTENTS, *CALLS]


def test_no_peer_sends_what_is_not_compared(bodies: dict[str, dict[str, Any]]) -> None:
    for peer in PEERS:
        assert set(bodies[peer]) - set(bodies["wamid"]) == set()


def test_versions_are_those_of_the_document() -> None:
    text = DOCUMENT.read_text()
    assert f"pywa {re.search(r'^pywa==(.+)$', (HERE / 'requirements.txt').read_text(), re.M)[1]}" in text
    assert (
        f"whatsapp-api-js {json.loads((HERE / 'package.json').read_text())['dependencies']['whatsapp-api-js']}" in text
    )


def test_node_is_here() -> None:
    assert shutil.which("node"), "whatsapp-api-js needs Node"
