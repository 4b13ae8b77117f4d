"""Arguments as Python programs have them: what the core is to judge reaches it, what has the wrong type is a TypeError."""

from __future__ import annotations

import decimal
import enum
import functools
import inspect
import typing

import pytest
import wamid
from conftest import PHONE, texts
from wamid.testing import Sandbox


class Words(str, enum.Enum):
    HELLO = "Hello"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"phone": 919876543210}, "phone must be a str, not int"),
        ({"message": None}, "message must be a str, not NoneType"),
        ({"message": b"Hello"}, "message must be a str, not bytes"),
        ({"reply_to": 5}, "reply_to must be a str, not int"),
        ({"account_id": "5"}, "account_id must be an int, not str"),
        ({"preview_url": "yes"}, "preview_url must be a bool, not str"),
    ],
)
def test_wrong_types_are_named(client: wamid.Client, arguments: dict, named: str) -> None:
    with pytest.raises(TypeError, match=named):
        client.send_message(**{"phone": PHONE, "message": "Hello", **arguments})


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"body_params": "Asha"}, "body_params must be a list, not str"),
        ({"body_params": {"a": 1}}, "body_params must be a list, not dict"),
        ({"body_params": 5}, "body_params must be a list, not int"),
        ({"body_params": ["x", object()]}, r"body_params\[1\] must be .* not object"),
        ({"buttons": [{"payload": {1: 2}}]}, r"buttons\[0\].payload must be a str, not int"),
        ({"components": [{"type": {1, 2}}]}, r"components\[0\].type must be .* not set"),
    ],
)
def test_wrong_types_in_lists_are_named_by_their_place(client: wamid.Client, arguments: dict, named: str) -> None:
    with pytest.raises(TypeError, match=named):
        client.send_template(PHONE, "order_update", **arguments)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"body_params": [True]}, "body_params[0]"),
        ({"body_params": ["x", None]}, "body_params[1]"),
        ({"body_params": [float("nan")]}, "body_params[0]"),
        ({"body_params": [float("inf")]}, "body_params[0]"),
        ({"body_params": [{"name": "a\ud83d", "text": "x"}]}, "body_params[0].name"),
        ({"body_params": [{"name": "a", "text": "x", "txt": 1}]}, "body_params[0].txt"),
        ({"buttons": [{"sub_type": "copy_code"}]}, "buttons[0].coupon_code"),
        ({"components": {"type": "body"}}, "components"),
        ({"components": [5]}, "components[0]"),
        ({"components": [{"type": "body", "n": [2**64]}]}, "components[0].n[0]"),
        ({"components": [{"type": "body", "n": -(2**63) - 1}]}, "components[0].n"),
        ({"components": [{"type": "body", "n": 10**5000}]}, "components[0].n"),
        ({"components": [{"type": "body", "n": float("nan")}]}, "components[0].n"),
        ({"buttons": [{"sub_type": "flow", "flow_action_data": {"n": 10**30}}]}, "buttons[0].flow_action_data.n"),
        ({"buttons": [{"sub_type": "flow", "flow_action_data": {"n": float("inf")}}]}, "buttons[0].flow_action_data.n"),
        ({"account_id": 10**30}, "account_id"),
        ({"account_id": -(10**60)}, "account_id"),
        ({"reference": "\ud83d"}, "reference"),
    ],
)
def test_what_breaks_a_rule_is_the_core_s_to_refuse(client: wamid.Client, arguments: dict, field: str) -> None:
    with pytest.raises(wamid.InvalidInputError) as raised:
        client.send_template(PHONE, "order_update", **arguments)
    assert raised.value.field == field


def test_numbers_of_all_sorts_become_their_shortest_text() -> None:
    numbers = [5, 5.0, 2.5, 10**15, 2**63, 0.1, -3]
    [body] = wamid.build_template_components(body_params=numbers)
    shown = [parameter["text"] for parameter in body["parameters"]]
    assert shown == ["5", "5", "2.5", "1000000000000000", "9223372036854775808", "0.1", "-3"]


def test_numbers_of_64_bits_are_sent_digit_by_digit() -> None:
    data = {"most": 2**64 - 1, "least": -(2**63), "half": 0.5}
    [button] = wamid.build_template_components(buttons=[{"sub_type": "flow", "flow_action_data": data}])
    assert button["parameters"][0]["action"]["flow_action_data"] == data


@pytest.mark.parametrize("face", [wamid.Client, wamid.AsyncClient])
@pytest.mark.parametrize(
    ("made_by", "arguments"), [("cloud", ("T", "1")), ("gateway", ("http://[::1]", "K")), ("from_env", ())]
)
def test_a_misspelt_option_is_told_by_the_name_that_was_called(face: type, made_by: str, arguments: tuple) -> None:
    with pytest.raises(TypeError, match=rf"{made_by}\(\) got an unexpected keyword argument 'timeoutt'") as raised:
        getattr(face, made_by)(*arguments, timeoutt=3)
    assert "BaseClient" not in str(raised.value)


def test_coordinates_may_be_ints_and_decimals(client: wamid.Client, wamid_sandbox: Sandbox) -> None:
    client.send_location(PHONE, 28, decimal.Decimal("77.209"))
    [arrived] = wamid_sandbox.messages
    assert arrived.body["location"] == {"latitude": 28, "longitude": 77.209}
    with pytest.raises(wamid.InvalidInputError) as raised:
        client.send_location(PHONE, 10**400, 0)
    assert raised.value.field == "latitude"


def test_lists_may_be_tuples_and_texts_subclasses(client: wamid.Client, wamid_sandbox: Sandbox) -> None:
    client.send_message(PHONE, Words.HELLO)
    client.send_template(PHONE, "order_update", body_params=(word for word in ("Asha", "A-1042")))
    assert wamid_sandbox.messages[0].body["text"]["body"] == "Hello"
    [body] = wamid_sandbox.messages[1].body["template"]["components"]
    assert [parameter["text"] for parameter in body["parameters"]] == ["Asha", "A-1042"]


def test_a_list_that_holds_itself_does_not_end_the_process() -> None:
    endless: list = []
    endless.append(endless)
    with pytest.raises(RecursionError):
        wamid.build_template_components(body_params=[{"type": endless}])


def test_components_are_sent_to_the_letter(client: wamid.Client, wamid_sandbox: Sandbox) -> None:
    components = [{"type": "body", "parameters": [{"type": "text", "text": t} for t in ("ünï", "☃\u0000")]}]
    client.send_template(PHONE, "order_update", components=components)
    assert wamid_sandbox.messages[0].body["template"]["components"] == components


def test_any_text_arrives_as_it_was(client: wamid.Client, wamid_sandbox: Sandbox) -> None:
    hard = ["naïve ☃ 😀", "a\u0000b", 'quote " back \\ line\nend', "עברית"]
    for text in hard:
        client.send_message(PHONE, text)
    assert texts(wamid_sandbox) == hard


@pytest.mark.parametrize(
    ("sends", "named"),
    [
        ([{"phone": PHONE}], r"sends\[0\] must be a wamid\.Message, not dict"),
        ([wamid.Message(PHONE, wamid.Text("Hello")), "Hello"], r"sends\[1\] must be .*, not str"),
        ([None], r"sends\[0\] must be .*, not NoneType"),
        ([wamid.Message], r"sends\[0\] must be .*, not type"),
        ({"phone": PHONE}, r"sends\[0\] must be .*, not str"),
        (wamid.Message(PHONE, wamid.Text("Hello")), "sends must be an iterable of wamid.Message, not Message"),
        (5, "sends must be an iterable .*, not int"),
        (None, "sends must be an iterable .*, not NoneType"),
        ([wamid.Text("Hello")], r"sends\[0\] must be a wamid\.Message, not Text"),
        ([wamid.Message(PHONE, "Hello")], r"sends\[0\]: content must be a wamid\.Content, .*, not str"),  # type: ignore[arg-type]
        ([wamid.Message(PHONE, wamid.Text(5))], r"sends\[0\]: message must be a str, not int"),  # type: ignore[arg-type]
    ],
)
def test_sends_are_said_to_be_what_they_are(
    client: wamid.Client, wamid_sandbox: Sandbox, sends: object, named: str
) -> None:
    with pytest.raises(TypeError, match=named):
        client.send_many(sends)  # type: ignore[arg-type]
    assert not wamid_sandbox.messages
    with pytest.raises(TypeError, match=named):
        list(client.send_each(sends))  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [{"entry": []}, [], None, 5, object()])
def test_a_body_is_said_to_be_raw_bytes(client: wamid.Client, body: object) -> None:
    for call in (
        lambda: client.receive_webhook(body, None),  # type: ignore[arg-type]
        lambda: wamid.parse_webhook(body),  # type: ignore[arg-type]
        lambda: wamid.verify_webhook(body, None, "secret"),  # type: ignore[arg-type]
    ):
        with pytest.raises(TypeError, match=f"body must be the request's raw bytes.* not {type(body).__name__}"):
            call()


@pytest.mark.parametrize(
    ("option", "named"),
    [
        ({"allow_http": "yes"}, "allow_http must be a bool, not str"),
        ({"ca_file": 5}, "ca_file must be a str or a path, not int"),
        ({"timeout": "5"}, "timeout must be a number, not str"),
        ({"max_retries": 1.5}, "max_retries must be an int, not float"),
        ({"store": b"sqlite:"}, "store must be a str, not bytes"),
    ],
)
def test_wrong_types_of_options_are_named(option: dict, named: str) -> None:
    with pytest.raises(TypeError, match=named):
        wamid.Client.cloud("TOKEN", "1066", **option)


async def a_coroutine(_: wamid.Progress) -> None: ...


class AsyncCallable:
    async def __call__(self, _: wamid.Progress) -> None: ...


@pytest.mark.parametrize(
    "progress", [a_coroutine, AsyncCallable(), functools.partial(a_coroutine), functools.partial(AsyncCallable())]
)
def test_a_progress_that_nobody_would_await_is_refused(
    client: wamid.Client, wamid_sandbox: Sandbox, progress: object
) -> None:
    with pytest.raises(TypeError, match="progress must be a plain function"):
        client.send_many([wamid.Message(PHONE, wamid.Text("Hello"))], progress=progress)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="progress must be a function, not int"):
        client.send_many([wamid.Message(PHONE, wamid.Text("Hello"))], progress=5)  # type: ignore[arg-type]
    assert not wamid_sandbox.messages


@pytest.mark.parametrize("where", [wamid.Client, wamid.AsyncClient, wamid])
def test_type_hints_can_be_read_at_run_time(where: object) -> None:
    """As frameworks do that make a command line or a form of a function."""
    read = 0
    for name, value in inspect.getmembers(where):
        if callable(value) and not name.startswith("__") and inspect.isroutine(value):
            assert typing.get_type_hints(value)
            read += 1
    assert read >= 4
    for entered in ("__enter__", "__exit__", "__aenter__", "__aexit__"):
        if hasattr(where, entered):
            assert typing.get_type_hints(getattr(where, entered))


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="AsynClient"):
        wamid.AsynClient  # type: ignore[attr-defined]  # noqa: B018
