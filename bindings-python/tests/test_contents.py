"""Contents as values: from JSON and to it, and what is refused."""

from __future__ import annotations

import dataclasses
import json
import pickle

import pytest
import wamid
from conftest import PHONE
from wamid._content import Part
from wamid.testing import Sandbox

CONTENTS = [
    ({"type": "text", "message": "Hello", "preview_url": True}, wamid.Text("Hello", preview_url=True)),
    (
        {"type": "location", "latitude": 28.6139, "longitude": 77.209, "name": "Our Office"},
        wamid.Location(28.6139, 77.209, name="Our Office"),
    ),
    (
        {"type": "template", "template_name": "order_update", "body_params": ["Asha", {"name": "n", "text": "x"}]},
        wamid.Template("order_update", body_params=["Asha", {"name": "n", "text": "x"}]),
    ),
    (
        {"type": "cta_url", "body": "Hello", "display_text": "Open", "url": "https://example.com", "header": "A-1042"},
        wamid.CtaUrl("Hello", "Open", "https://example.com", header="A-1042"),
    ),
    (
        {
            "type": "cta_url",
            "body": "Hello",
            "display_text": "Open",
            "url": "https://example.com",
            "header": {"type": "document", "id": "1", "filename": "a.pdf"},
        },
        wamid.CtaUrl(
            "Hello",
            "Open",
            "https://example.com",
            header=wamid.HeaderMedia("document", id="1", filename="a.pdf"),
        ),
    ),
    (
        {"type": "template", "template_name": "order_update", "components": [{"type": "body", "parameters": [None]}]},
        wamid.Template("order_update", components=[{"type": "body", "parameters": [None]}]),
    ),
]


@pytest.mark.parametrize(("members", "content"), CONTENTS)
def test_json_and_contents_are_the_same(members: dict, content: wamid.Content) -> None:
    assert wamid.Content.from_json(json.dumps(members)) == content
    assert json.loads(content.to_json()) == members
    assert pickle.loads(pickle.dumps(content)) == content


def test_null_is_absent() -> None:
    text = '{"type": "text", "message": "Hello", "preview_url": null}'
    assert wamid.Content.from_json(text) == wamid.Text("Hello")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"type": "poem"}', "type"),
        ('{"message": "Hello"}', "type"),
        ('{"type": "text"}', "message"),
        ('{"type": "text", "message": 5}', "message"),
        ('{"type": "text", "message": "Hello", "mesage": "x"}', "mesage"),
        ('{"type": "text", "message": "half \\ud83d"}', "message"),
        ('{"type": "template", "template_name": "x", "body_params": "a"}', "body_params"),
        ("[]", "content"),
        ("null", "content"),
        ('{"type": "text"', "content"),
        ("", "content"),
    ],
)
def test_what_is_no_content_is_refused_at_once(text: str, field: str) -> None:
    with pytest.raises(wamid.InvalidInputError) as raised:
        wamid.Content.from_json(text)
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"type": "text", "message": " "}', "message"),
        ('{"type": "template", "template_name": "x", "body_params": ["a", true]}', "body_params[1]"),
    ],
)
def test_limits_are_the_send_s(client: wamid.Client, wamid_sandbox: Sandbox, text: str, field: str) -> None:
    content = wamid.Content.from_json(text)
    with pytest.raises(wamid.InvalidInputError) as raised:
        client.send(PHONE, content)
    assert raised.value.field == field
    assert not wamid_sandbox.messages


@pytest.mark.parametrize("content", ["Hello", None, {"type": "text", "message": "Hello"}, wamid.Text])
def test_a_content_is_said_to_be_one(client: wamid.Client, content: object) -> None:
    with pytest.raises(TypeError, match=r"content must be a wamid\.Content"):
        client.send(PHONE, content)  # type: ignore[arg-type]


async def test_a_content_is_said_to_be_one_on_a_loop(async_client: wamid.AsyncClient) -> None:
    with pytest.raises(TypeError, match=r"content must be a wamid\.Content"):
        await async_client.send(PHONE, "Hello")  # type: ignore[arg-type]


class General(wamid.Content):
    """A kind that crosses the usual way, as every kind beyond the first three."""

    _type = "location"

    def __init__(self, **fields: object) -> None:
        self.__dict__.update(fields)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"latitude": "north", "longitude": 2}, "latitude"),
        ({"latitude": float("nan"), "longitude": 2}, "latitude"),
        ({"latitude": 1}, "longitude"),
        ({"latitude": 1, "longitude": 2, "name": "half \ud83d"}, "name"),
        ({"latitude": 1, "longitude": 2, "colour": "red"}, "colour"),
    ],
)
def test_the_usual_way_names_what_is_wrong(
    client: wamid.Client, wamid_sandbox: Sandbox, fields: dict, field: str
) -> None:
    with pytest.raises(wamid.InvalidInputError) as raised:
        client.send(PHONE, General(**fields))
    assert raised.value.field == field
    [outcome] = client.send_many([wamid.Message(PHONE, General(**fields))])
    assert isinstance(outcome, wamid.InvalidInputError)
    assert outcome.field == field
    assert not wamid_sandbox.messages


def test_the_usual_way_sends_what_the_quick_one_does(client: wamid.Client, wamid_sandbox: Sandbox) -> None:
    client.send(PHONE, General(latitude=1.5, longitude=2, name="Our Office", address=None), reference="r")
    client.send(PHONE, wamid.Location(1.5, 2, name="Our Office"), reference="r")
    usual, quick = wamid_sandbox.messages
    assert usual.body == quick.body


def test_contents_are_values() -> None:
    text = wamid.Text("Hello")
    assert text == wamid.Text("Hello") != wamid.Text("Hello", preview_url=False)
    assert len({text, wamid.Text("Hello")}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        text.message = "x"  # type: ignore[misc]
    assert dataclasses.replace(text, preview_url=True) == wamid.Text("Hello", preview_url=True)
    with pytest.raises(TypeError):
        wamid.Text("Hello", True)  # type: ignore[misc]


class Worded(Part):
    """A part with a field whose name is a word of Python's own, as the generator writes one."""

    def __init__(self, in_: bool) -> None:
        self.__dict__.update(in_=in_)


def test_a_word_of_python_s_own_has_an_underscore_in_python_alone() -> None:
    assert Worded(True)._members() == {"in": True}
    assert Worded._read({"in": True})._members() == {"in": True}
