"""The bot of the examples, spoken to by the sandbox's phone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import DEADLINE, environment, said
from wamid.testing import PhoneMessage, Sandbox

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples/python"


@pytest.fixture
def bot_url(wamid_sandbox: Sandbox, tmp_path: Path) -> Iterator[str]:
    """Where the bot takes the webhooks of the sandbox that it sends to."""
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
        yield said(log, server, r"running on (http://\S+)") + "/"
    finally:
        server.terminate()
        server.wait(DEADLINE)


@pytest.mark.parametrize("page", ["docs/testing.md", "bindings-python/README.md"])
def test_the_conversation_of_the_documentation(wamid_sandbox: Sandbox, bot_url: str, page: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    shown = next(block for block in blocks if "def test_the_shop_sells_a_book" in block)
    names: dict[str, Any] = {}
    exec(shown, names)
    names["test_the_shop_sells_a_book"](wamid_sandbox, bot_url)


def test_the_bot_sells_a_book_and_answers_a_picture_with_a_picture(wamid_sandbox: Sandbox, bot_url: str) -> None:
    wamid_sandbox.set_webhook(bot_url)
    ada = wamid_sandbox.phone("+1 650 555 1234", name="Ada")

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
    with wamid_sandbox.client() as client:
        fetched = client.download_media(image.body["image"]["id"])
    assert (fetched.data, fetched.mime_type) == (picture, "image/png")
    assert [message.side for message in ada.messages()] == ["customer", "business"] * 6
