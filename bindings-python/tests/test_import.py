"""Importing the package: what is loaded by it, and what is not."""

from __future__ import annotations

from conftest import run
from wamid.testing import Sandbox

#: Nothing that takes long is loaded before it is asked for, and all of it is there when it is.
IMPORTING = """
import sys, wamid
late = {"asyncio", "dataclasses", "inspect", "logging", "wamid.answers", "wamid.contents", "wamid.messages"}
print(*sorted(late & set(sys.modules)))
print(wamid.AsyncClient.__name__, wamid.Text.__name__, "Location" in dir(wamid), hasattr(wamid, "nothing"))
from wamid import *
print(Template, Message is wamid.Message)
import pickle
message = wamid.Message("1", wamid.Text("2"))
print(pickle.loads(pickle.dumps(message)) == message)
"""


def test_importing_loads_only_what_is_needed(wamid_sandbox: Sandbox) -> None:
    done = run(IMPORTING, wamid_sandbox)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "",
        "AsyncClient Text True False",
        "<class 'wamid.contents.Template'> True",
        "True",
    ]
