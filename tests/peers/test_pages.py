"""`docs/from-pywa.md` and `docs/from-whatsapp-api-js.md` name every public call and message class of those SDKs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pywa

HERE = Path(__file__).parent
DOCS = HERE.parent.parent / "docs"
#: Prints the methods of the client and the classes of messages, a name a line.
LIST = """
import { WhatsAppAPI } from 'whatsapp-api-js';
import * as messages from 'whatsapp-api-js/messages';
const methods = Object.getOwnPropertyNames(WhatsAppAPI.prototype);
const statics = Object.getOwnPropertyNames(WhatsAppAPI).filter((name) => typeof WhatsAppAPI[name] === 'function');
console.log([...methods, ...statics, ...Object.keys(messages)].join('\\n'));
"""
#: What its own types call private, and base classes that nobody makes.
PRIVATE = {"constructor", "getBody", "toRecipient", "isIndividualRecipient", "ButtonComponent", "Media"}


def named(page: str) -> set[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    code = re.findall(r"`([^`]+)`", re.sub(r"(?ms)^```.*?^```$", "", text))
    return {word for text in code for word in re.findall(r"[\w$]+", text)}


def test_the_page_on_pywa_is_complete() -> None:
    calls = {name for name in dir(pywa.WhatsApp) if not name.startswith("_") and callable(getattr(pywa.WhatsApp, name))}
    assert len(calls) > 100
    assert calls - named("from-pywa.md") == set()


def test_the_page_on_whatsapp_api_js_is_complete() -> None:
    node = ["node", "--input-type=module", "--eval", LIST]
    listed = subprocess.run(node, cwd=HERE, capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert len(listed) > 50
    assert set(listed) - PRIVATE - named("from-whatsapp-api-js.md") == set()
