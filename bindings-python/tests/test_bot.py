"""The bot of the examples, spoken to by the sandbox's phone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import DEADLINE, environment, said
from wamid.testing import PhoneMessage, Sandbox

EXAMPLES = Path(__file__).parents[2] / "examples/python"


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


def test_the_bot_sells_a_book_and_answers_a_picture_with_a_picture(bot: Sandbox) -> None:
    ada = bot.phone("+1 650 555 1234", name="Ada")

    def answer(written: str) -> PhoneMessage:
        """The answer to the message of that id."""
        message = ada.next_message(DEADLINE)
        assert message.body["context"] == {"message_id": written}
        return message

    shelf = answer(ada.text("Good morning"))
    assert (shelf.text, shelf.buttons) == ("Which book would you like?", ["The Guide", "Malgudi Days"])
    price = answer(ada.press("Malgudi Days"))
    assert (price.text, price.buttons) == ("Malgudi Days is 399 rupees.", ["Pay 399", "Not now"])
    flow = answer(ada.press("Pay 399"))
    assert flow.body["interactive"]["action"]["parameters"]["flow_id"] == "4711"
    thanks = answer(ada.fill_flow({"address": "1 Church Street"}))
    assert thanks.text == "Malgudi Days goes to 1 Church Street."
    assert answer(ada.press("Not now")).text == "Another time, then."

    picture = b"\x89PNG\r\n\x1a\n a shelf"
    image = answer(ada.send_file("image/png", picture, caption="Mine"))
    assert (image.type, image.text) == ("image", "What a fine shelf!")
    with bot.client() as client:
        fetched = client.download_media(image.body["image"]["id"])
    assert (fetched.data, fetched.mime_type) == (picture, "image/png")
    assert [message.side for message in ada.messages()] == ["customer", "business"] * 6
