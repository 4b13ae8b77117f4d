"""The programs on the pages under `docs`, and the one that the README shows first, run as they stand there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import wamid
from conftest import DEADLINE, environment, read, run
from wamid.testing import Sandbox

ROOT = Path(__file__).parents[2]
PHONE = "+91 98765-43210"
OFFER = [
    {"type": "BODY", "text": "New books"},
    {"type": "BUTTONS", "buttons": [{"type": "MPM", "text": "View items"}]},
]


def blocks(page: str, fence: str = "python") -> list[str]:
    """The blocks of a page in one language."""
    return re.findall(rf"(?ms)^```{fence}\n(.*?)^```", read(ROOT / page))


def test_the_first_program_says_what_became_of_its_message(wamid_sandbox: Sandbox) -> None:
    program = [sys.executable, "-W", "error", str(ROOT / "examples/python/send.py")]
    for failure, said in [(None, "sent: wamid."), ("lost", "unknown, look before"), (131026, "not sent: ")]:
        if failure is not None:
            wamid_sandbox.fail_next(failure)
        env = environment(wamid_sandbox)
        done = subprocess.run(program, env=env, capture_output=True, text=True, timeout=DEADLINE, check=False)
        assert (done.stderr, done.returncode) == ("", 0)
        assert done.stdout.startswith(said)
    assert wamid_sandbox.messages[0].body["text"]["body"] == "Your order is on its way."


def test_media(client: wamid.Client, wamid_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "menu.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(64))
    (tmp_path / "menu.pdf").write_bytes(b"%PDF-1.7\n")
    send, transfer = blocks("docs/media.md")
    names = {"wamid": wamid, "client": client, "phone": PHONE}
    exec(send, names)
    assert wamid_sandbox.messages[-1].body["image"]["caption"] == "Our menu"
    exec(transfer, names)
    assert (tmp_path / "copy.pdf").read_bytes() == b"%PDF-1.7\n"


def test_templates(wamid_sandbox: Sandbox) -> None:
    [program] = blocks("docs/templates.md")
    done = run(program, wamid_sandbox)
    assert (done.stdout, done.stderr) == ("body_params\n", "")


def test_the_button_that_opens_products(client: wamid.Client, wamid_sandbox: Sandbox) -> None:
    client.create_template({"name": "offer", "language": "en", "category": "MARKETING", "components": OFFER})
    [button] = blocks("docs/templates.md", "json")
    template = {"type": "template", "template_name": "offer", "language": "en", "buttons": [json.loads(button)]}
    client.send(PHONE, wamid.Content.from_json(json.dumps(template)))
    assert '"thumbnail_product_retailer_id": "book-1042"' in json.dumps(wamid_sandbox.messages[-1].body)


def test_the_page_on_pywa_begins_with_a_client() -> None:
    [program] = blocks("docs/from-pywa.md")
    exec(program, {})
