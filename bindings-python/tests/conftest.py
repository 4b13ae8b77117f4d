"""What the tests share. The sandbox itself comes from the package, as it does for users."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import wamid
from wamid.testing import Sandbox

#: Starting anything takes at most this long, on a slow machine.
DEADLINE = 60.0
PHONE = "919876543210"

pytest_plugins = ["pytester"]


@pytest.fixture(autouse=True)
def no_wamid_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the caller's environment may lead a client elsewhere."""
    for name in os.environ:
        if name.startswith(("WAMID_", "META_")):
            monkeypatch.delenv(name)


@pytest.fixture
def client(wamid_sandbox: Sandbox) -> Iterator[wamid.Client]:
    with wamid_sandbox.client(max_retries=0) as client:
        yield client


@pytest.fixture
async def async_client(wamid_sandbox: Sandbox):
    async with wamid_sandbox.async_client(max_retries=0) as client:
        yield client


def environment(sandbox: Sandbox, **more: str) -> dict[str, str]:
    """The environment of a program that finds the sandbox by it."""
    return {**os.environ, **sandbox.environment(), "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(code: str, sandbox: Sandbox, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs a program in a process of its own; whatever it warns of is an error there."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        env=environment(sandbox, **more),
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )


def texts(sandbox: Sandbox) -> list[str]:
    """The texts of the messages that arrived, in order."""
    return [message.body["text"]["body"] for message in sandbox.messages]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def said(log: Path, process: subprocess.Popen, pattern: str) -> str:
    """Waits until a program has said this, and gives the first group."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        text = log.read_text(errors="replace")
        if found := re.search(pattern, text):
            return found.group(1)
        if process.poll() is not None:
            raise AssertionError(f"it ended with {process.returncode}:\n{text}")
        time.sleep(0.02)
    raise AssertionError(f"it did not say {pattern!r}:\n{text}")
