"""What both runners share: the lines."""

from __future__ import annotations

import base64
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable

import wamid

NAMED = {"send_message": wamid.Text, "send_location": wamid.Location, "send_template": wamid.Template}
OWN_FOLDER = "wamid-python-"
OPTIONS = ("account_id", "reply_to", "reference", "idempotency_key", "extra")


def calls() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)


def answer(op: str, call: Callable[[], Any]) -> None:
    try:
        result = call()
        line: dict[str, Any] = {"ok": answered(op, result)}
    except wamid.WamidError as error:
        line = {"error": fields(error)}
    except Exception as error:
        line = {"error": {"kind": "UNTYPED", "message": f"{type(error).__name__}: {error}"}}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def answered(op: str, result: Any) -> Any:
    if op == "send_many":
        return [outcome(one) for one in result]
    if op == "download_media":
        return {"base64": base64.b64encode(result.data).decode(), "mime_type": result.mime_type}
    if op == "download_media_to":
        content = Path(result).read_bytes()
        if Path(result).parent.name.startswith(OWN_FOLDER):
            shutil.rmtree(Path(result).parent)
        return {"base64": base64.b64encode(content).decode()}
    return plain(result)


def arguments(call: dict[str, Any]) -> dict[str, Any]:
    """The arguments that are there; the sends of a `send_many` as values."""
    given = dict(call.get("args") or {})
    if call["op"] == "send_many":
        # They stand in the arguments, or beside them.
        given = {name: given.get(name, call.get(name)) for name in ("sends", "concurrency")}
        given["sends"] = [row(send["op"], present(send["args"])) for send in given["sends"]]
    given = present(given)
    if call["op"] in ("send", "check_template"):
        given["content"] = wamid.Content.from_json(json.dumps(given.get("content")))
    if "template" in given:
        given["template"] = wamid.TemplateInfo._read(given["template"])
    if "data" in given and call["op"] == "upload_media":
        given["data"] = base64.b64decode(given["data"])
    if "photo" in given:
        photo = present(given["photo"])
        if "data" in photo:
            photo["data"] = base64.b64decode(photo["data"])
        given["photo"] = wamid.ProfilePhoto(**photo)
    if call["op"] == "download_media_to" and "path" not in given:
        given["path"] = Path(tempfile.mkdtemp(prefix=OWN_FOLDER), "fetched")
    if call["op"] in ("receive_webhook", "verify_webhook"):
        # A header that did not come is None in Python.
        given.setdefault("signature", None)
    return given


def row(op: str, args: dict[str, Any]) -> wamid.Message | wamid.InvalidInputError:
    """A message of a `send_many`; an error where its content cannot be read."""
    try:
        if op == "send":
            content = wamid.Content.from_json(json.dumps(args.pop("content", None)))
        else:
            fields = {name: args.pop(name) for name in list(args) if name not in ("phone", *OPTIONS)}
            content = NAMED[op](**fields)
    except wamid.InvalidInputError as error:
        return error
    return wamid.Message(args.pop("phone"), content, **args)


def readable(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a `send_many` with the messages that there are."""
    sends = [send for send in given["sends"] if isinstance(send, wamid.Message)]
    return {**given, "sends": sends}


def merged(sends: list[Any], outcomes: list[Any]) -> list[Any]:
    """The outcomes of all rows, in order."""
    sent = iter(outcomes)
    return [next(sent) if isinstance(send, wamid.Message) else send for send in sends]


def present(args: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if value is not None}


def key(spec: dict[str, Any]) -> str:
    return json.dumps(spec)


def client(kind: type[Any], spec: dict[str, Any]) -> Any:
    options = present(spec)
    return getattr(kind, options.pop("host"))(**options)


def fields(error: wamid.WamidError) -> dict[str, Any]:
    return error.to_dict()


def outcome(value: Any) -> dict[str, Any]:
    return {"error": fields(value)} if isinstance(value, wamid.WamidError) else {"ok": plain(value)}


def plain(value: Any) -> Any:
    """A result as JSON has it."""
    if isinstance(value, list):
        return [plain(element) for element in value]
    if hasattr(value, "to_dict"):
        return plain(value.to_dict())
    if isinstance(value, dict):
        return {name: plain(field) for name, field in value.items()}
    return instant(value)


def instant(value: Any) -> Any:
    if not isinstance(value, datetime):
        return value
    text = value.astimezone(timezone.utc).isoformat().replace("+00:00", "")
    return (text.rstrip("0") if "." in text else text) + "Z"
