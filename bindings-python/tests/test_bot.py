"""The bot of the examples, spoken to by the sandbox's phone."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import DEADLINE, environment, said
from wamid.testing import Sandbox

EXAMPLES = Path(__file__).parents[2] / "examples/python"
PHONE = "16505551234"


@pytest.fixture
def bot(wamid_sandbox: Sandbox, tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox whose webhooks the bot takes."""
    log = tmp_path / "bot.log"
    serve = ["uvicorn", "bot:app", "--port", "0", "--app-dir"]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", *serve, str(EXAMPLES)],
            env=environment(wamid_sandbox, WAMID_VERIFY_TOKEN="hush", FLOW_ID="4711"),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        wamid_sandbox.set_webhook(said(log, server, r"running on (http://\S+)") + "/")
        yield wamid_sandbox
    finally:
        server.terminate()
        server.wait(DEADLINE)


class Talk:
    """What the bot answers, message by message."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.seen = sandbox, 0

    def answer(self, written: str) -> dict[str, Any]:
        """The body of the answer to the message of that id."""
        until = time.monotonic() + DEADLINE
        while len(self.sandbox.messages) == self.seen:
            assert time.monotonic() < until, "no answer"
            time.sleep(0.005)
        message = self.sandbox.messages[self.seen]
        self.seen += 1
        assert (message.to, message.body["context"]) == (f"+{PHONE}", {"message_id": written})
        body: dict[str, Any] = message.body
        return body


def test_the_bot_sells_a_book_and_answers_a_picture_with_a_picture(bot: Sandbox) -> None:
    talk = Talk(bot)
    shelf = talk.answer(bot.inbound_text(PHONE, "Good morning"))
    assert shelf["interactive"]["action"]["sections"][0]["rows"][1]["title"] == "Malgudi Days"
    price = talk.answer(bot.press(PHONE, "Malgudi Days"))
    assert price["interactive"]["body"]["text"] == "Malgudi Days is 399 rupees."
    flow = talk.answer(bot.press(PHONE, "Pay 399"))
    assert flow["interactive"]["action"]["parameters"]["flow_id"] == "4711"
    thanks = talk.answer(bot.complete_flow(PHONE, {"address": "1 Church Street"}))
    assert thanks["text"]["body"] == "Malgudi Days goes to 1 Church Street."
    assert talk.answer(bot.press(PHONE, "Not now"))["text"]["body"] == "Another time, then."

    picture = b"\x89PNG\r\n\x1a\n a shelf"
    image = talk.answer(bot.inbound_media(PHONE, picture, "image/png", caption="Mine"))["image"]
    assert image["caption"] == "What a fine shelf!"
    with bot.client() as client:
        fetched = client.download_media(image["id"])
    assert (fetched.data, fetched.mime_type) == (picture, "image/png")


def test_what_the_phone_cannot_do_is_refused(wamid_sandbox: Sandbox) -> None:
    for attempt in (
        lambda: wamid_sandbox.press(PHONE, "Pay"),
        lambda: wamid_sandbox.complete_flow(PHONE, {}),
        lambda: wamid_sandbox.inbound_media(PHONE, b"", "image/png"),
        lambda: wamid_sandbox.inbound_media(PHONE, b"x", "image/png"),
    ):
        with pytest.raises(ValueError, match=r"was sent no|one byte|no webhook"):
            attempt()
