"""What is written for users works: the examples in the documentation, and the programs beside it."""

from __future__ import annotations

import doctest
import hashlib
import hmac
import importlib
import json
import pkgutil
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import wamid
from conftest import DEADLINE, PHONE, environment, read, run, said
from wamid.testing import Sandbox

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples/python"
MODULES = [
    module.name
    for module in pkgutil.walk_packages(wamid.__path__, "wamid.")
    if not module.name.startswith(("wamid.django", "wamid._wamid"))
]


@pytest.mark.parametrize("module", ["wamid", *MODULES])
def test_examples_in_the_documentation(module: str) -> None:
    results = doctest.testmod(importlib.import_module(module), raise_on_error=False)
    assert results.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    count = sum(len(finder.find(importlib.import_module(module))) for module in ["wamid", *MODULES])
    assert count >= 10


def test_examples_in_the_readme(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    """Each in a process of its own, with the sandbox as its host."""
    blocks = re.findall(r"```python\n(.*?)```", read(ROOT / "bindings-python/README.md"), re.DOTALL)
    assert len(blocks) >= 4
    programs = [block for block in blocks if "INSTALLED_APPS" not in block and "def test_" not in block]
    for program in programs:
        done = run(program, wamid_sandbox, WAMID_STORE=f"sqlite:{tmp_path}/w.db")
        assert (done.stderr, done.returncode) == ("", 0), program
    # One asks for chats alone, and one has a sandbox of its own.
    assert len(wamid_sandbox.messages) >= len(programs) - 2
    [test] = [block for block in blocks if "def test_" in block and "pytest" in block]
    (tmp_path / "test_readme.py").write_text(test, encoding="utf-8")
    pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    assert subprocess.run(pytest_, timeout=DEADLINE, cwd=tmp_path, check=False, capture_output=True).returncode == 0


def test_examples_in_the_readme_pass_type_checkers(tmp_path: Path) -> None:
    """As users check them, strictly: what is copied from there begins without a fault."""
    blocks = re.findall(r"```python\n(.*?)```", read(ROOT / "bindings-python/README.md"), re.DOTALL)
    for number, block in enumerate(blocks):
        (tmp_path / f"sample_{number}.py").write_text(block, encoding="utf-8")
    mypy = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", "--no-incremental"]
    lenient = ["--disable-error-code=misc", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run(
        [*mypy, *lenient, *sorted(str(path) for path in tmp_path.glob("sample_*.py"))],
        capture_output=True,
        text=True,
        timeout=5 * DEADLINE,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout


def test_examples_work_with_what_the_sandbox_exports(wamid_sandbox: Sandbox) -> None:
    """Pasted as they are printed: no store is among them, and nothing ends in an error for that."""
    blocks = re.findall(r"```python\n(.*?)```", read(ROOT / "bindings-python/README.md"), re.DOTALL)
    [webhooks] = [block for block in blocks if "receive_webhook" in block]
    done = run(webhooks, wamid_sandbox)
    assert (done.stderr, done.returncode) == ("", 0)


def test_the_example_tells_the_whole_story() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLES / "messages.py")],
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    said = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert said[:6] == ["message", "location", "template", "chat", "any kind", "many"]
    assert "many: 100 sent, 0 failed" in done.stdout
    assert "unknown, look before sending again: connection" in done.stdout


def test_the_service(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    """Sending, failing, a webhook that is answered, a forged one."""
    log = tmp_path / "service.log"
    serve = ["uvicorn", "service:app", "--port", "0", "--app-dir"]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", *serve, str(EXAMPLES)],
            env=environment(wamid_sandbox, WAMID_STORE=f"sqlite:{tmp_path}/w.db"),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        url = said(log, server, r"running on (http://\S+)")
        with httpx.Client(base_url=url, trust_env=False, timeout=DEADLINE) as http:
            sent = http.post("/messages", json={"phone": "+91 98765-43210", "message": "Hello"})
            assert (sent.status_code, sent.json()["phone"]) == (200, PHONE)
            failed = http.post("/messages", json={"phone": "12", "message": "Hello"})
            assert (failed.status_code, failed.json()["field"]) == (400, "phone")
            [chat] = http.get("/chats").json()
            assert chat["phone_number"] == PHONE
            message = {
                "id": "wamid.A",
                "from": PHONE,
                "timestamp": "1749416383",
                "type": "text",
                "text": {"body": "Hi"},
            }
            # One whose sender cannot be answered comes first; the other is answered all the same, and Meta hears 200.
            bad = {**message, "id": "wamid.BAD", "from": "15550000100"}
            picture = {**message, "id": "wamid.P", "type": "image", "image": {"id": "1"}}
            del picture["text"]
            messages = [bad, picture, message]
            value = {"metadata": {"phone_number_id": wamid_sandbox.phone_number_id}, "messages": messages}
            body = json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()
            digest = hmac.new(wamid_sandbox.app_secret.encode(), body, hashlib.sha256).hexdigest()
            assert http.post("/webhook", content=body).status_code == 401
            headers = {"X-Hub-Signature-256": f"sha256={digest}"}
            assert http.post("/webhook", content=body, headers=headers).status_code == 200
            asked = {"hub.verify_token": "verify", "hub.challenge": "42"}
            assert http.get("/webhook", params=asked).text == "42"
            end = time.monotonic() + DEADLINE
            while time.monotonic() < end and wamid_sandbox.messages[-1].body.get("context") != {
                "message_id": "wamid.A"
            }:
                time.sleep(0.01)
    finally:
        server.terminate()
        server.wait(DEADLINE)
    answers = [message.body for message in wamid_sandbox.messages if message.body["text"]["body"] != "Hello"]
    assert {answer["text"]["body"] for answer in answers} == {"You said: Hi"}
    assert [answer["context"]["message_id"] for answer in answers if answer["to"] == f"+{PHONE}"] == ["wamid.A"]
