"""Results are values: frozen, equal by what they hold, hashable, pickled, readable."""

from __future__ import annotations

import json
import pickle
from datetime import datetime, timezone

import pytest
import wamid
from conftest import PHONE

MESSAGE = {"id": "wamid.A", "from": PHONE, "timestamp": "1749416383", "type": "text", "text": {"body": "Hi"}}
STATUS = {
    "id": "wamid.B",
    "status": "failed",
    "timestamp": "1749416383",
    "recipient_id": PHONE,
    "errors": [{"code": 131026, "title": "Undeliverable", "error_data": {"details": "No WhatsApp"}}],
}


def events(*messages: dict, statuses: tuple[dict, ...] = ()) -> list[wamid.Event]:
    value = {"metadata": {"phone_number_id": "1066"}, "messages": list(messages), "statuses": list(statuses)}
    return wamid.parse_webhook(json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}))


def test_a_receipt_is_a_value(client: wamid.Client) -> None:
    receipt = client.send_message(PHONE, "Hello", reference="r-1")
    same = pickle.loads(pickle.dumps(receipt))
    assert same == receipt
    assert hash(same) == hash(receipt)
    assert len({same, receipt}) == 1
    assert receipt != client.send_message(PHONE, "Hello", reference="r-1")
    assert receipt != "a text"
    with pytest.raises(AttributeError):
        receipt.id = "wamid.B"  # type: ignore[misc]
    assert repr(receipt).startswith(f"Receipt(id='{receipt.id}', phone='{PHONE}', wa_id='{PHONE}', user_id=None")
    assert receipt.to_dict()["raw"] == receipt.raw
    assert receipt.raw["messages"][0]["id"] == receipt.id


def test_events_are_values() -> None:
    message, status = events(MESSAGE, statuses=(STATUS,))
    for event in (message, status):
        assert pickle.loads(pickle.dumps(event)) == event
    assert message.timestamp == datetime(2025, 6, 8, 20, 59, 43, tzinfo=timezone.utc)
    assert (message.event, message.from_, message.type, message.raw) == ("message", PHONE, "text", {"message": MESSAGE})
    [error] = status.errors
    assert (error.code, error.details) == (131026, "No WhatsApp")
    assert status.to_dict()["errors"][0] == error.to_dict()
    assert "StatusError(code=131026" in repr(status)


def test_events_can_be_matched_by_their_shape() -> None:
    [message] = events(MESSAGE)
    assert wamid.MessageEvent.__match_args__[:2] == ("id", "from_")
    assert isinstance(message, wamid.MessageEvent)


def test_raw_is_all_that_was_written() -> None:
    """Also what no other reader of JSON takes: long numbers, halves of characters."""
    odd = {**MESSAGE, "big": 2**100, "half": "\ud83d", "deep": [[[{}]]]}
    [message] = events(odd)
    assert message.raw == {"message": odd}
    assert pickle.loads(pickle.dumps(message)).raw == {"message": odd}


def test_an_instant_before_the_year_1_is_the_first() -> None:
    [message] = events({**MESSAGE, "timestamp": "-70000000000"})
    assert message.timestamp == datetime(1, 1, 1, tzinfo=timezone.utc)


def test_what_nobody_knows_yet_is_told_as_it_is() -> None:
    [event] = wamid.parse_webhook('{"entry": [{"changes": [{"field": "new", "value": {"a": [1]}}]}]}')
    assert event == pickle.loads(pickle.dumps(event))
    assert event.to_dict() == {"event": "other", "field": "new", "raw": {"a": [1]}}


def test_sends_as_values_travel_to_workers() -> None:
    send = wamid.Message(PHONE, wamid.Template("order_update", body_params=["Asha"]), reference="r")
    assert pickle.loads(pickle.dumps(send)) == send
