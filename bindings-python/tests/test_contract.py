"""The package against `tests/conformance/contract.json`: whatever it lacks of the contract fails here, by its name."""

from __future__ import annotations

import dataclasses
import inspect
import json
from pathlib import Path

import pytest
import wamid
from conftest import PHONE
from wamid import answers, contents
from wamid.testing import Sandbox

CONTRACT = json.loads((Path(__file__).parents[2] / "tests/conformance/contract.json").read_text(encoding="utf-8"))
OPERATIONS = CONTRACT["operations"]
FREE = ("build_template_components", "verify_webhook", "parse_webhook")


def arguments(function: object) -> list[str]:
    names = list(inspect.signature(function).parameters)  # type: ignore[arg-type]
    return names[1:] if names[:1] == ["self"] else names


@pytest.mark.parametrize("client", [wamid.Client, wamid.AsyncClient])
@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name not in FREE])
def test_every_operation_takes_every_argument(client: type, operation: str) -> None:
    assert arguments(getattr(client, operation)) == OPERATIONS[operation]


@pytest.mark.parametrize("function", FREE)
def test_every_free_function_takes_every_argument(function: str) -> None:
    assert arguments(getattr(wamid, function)) == OPERATIONS[function]


def test_a_message_has_the_arguments_of_a_send() -> None:
    assert [field.name for field in dataclasses.fields(wamid.Message)] == OPERATIONS["send"]
    assert arguments(wamid.Message) == OPERATIONS["send"]


def test_there_is_a_class_for_every_kind() -> None:
    classes = [getattr(contents, name) for name in contents.__all__]
    kinds = [made._type for made in classes if issubclass(made, wamid.Content)]
    assert sorted(kinds) == sorted(CONTRACT["content_types"])
    assert set(contents.__all__) <= set(wamid.__all__)
    assert all(getattr(wamid, made.__name__) is made for made in classes)


def test_there_is_a_class_for_every_answer() -> None:
    classes = {name: getattr(answers, name) for name in answers.__all__}
    fields = {name: [field.name for field in dataclasses.fields(made)] for name, made in classes.items()}
    assert fields == CONTRACT["result_fields"]
    assert all(getattr(wamid, name) is made for name, made in classes.items())


@pytest.mark.parametrize(
    ("operation", "kind"),
    [("send_message", wamid.Text), ("send_location", wamid.Location), ("send_template", wamid.Template)],
)
def test_a_content_has_the_arguments_of_its_operation(operation: str, kind: type) -> None:
    fields = {field.name for field in dataclasses.fields(kind)}
    # A template has some fields that `send` alone takes.
    assert fields | set(OPERATIONS["send"]) - {"content"} >= set(OPERATIONS[operation])


@pytest.mark.parametrize("client", [wamid.Client, wamid.AsyncClient])
@pytest.mark.parametrize("host", CONTRACT["clients"].keys() - {"options"})
def test_every_constructor_takes_every_option(client: type, host: str) -> None:
    of_host = CONTRACT["clients"][host]
    expected = of_host["arguments"] + CONTRACT["clients"]["options"] + of_host["options"]
    assert arguments(getattr(client, host)) == expected


def test_every_option_reaches_the_core() -> None:
    """A value that no rule allows: the core names the option, so it has come there."""
    wrong = {
        "timeout": -1,
        "connect_timeout": -1,
        "total_timeout": -1,
        "max_retries": -1,
        "max_per_second": 0,
        "default_country_code": "x",
        "user_agent": "\n",
        "proxy": "::",
        "ca_file": "/nowhere/at/all.pem",
        "pool_idle_timeout": -1,
        "pool_max_idle": -1,
        "max_connections": 0,
        "graph_version": "x",
        "graph_url": "x",
        "app_secret": "",
        "business_account_id": "",
        "app_id": "",
        "store": "",
    }
    options = CONTRACT["clients"]["options"] + CONTRACT["clients"]["cloud"]["options"]
    # These have no wrong value; the next tests are about them.
    all_of_them = [*wrong, "allow_http", "check_templates"]
    assert all_of_them == sorted(options, key=all_of_them.index)
    for option, value in wrong.items():
        with pytest.raises(wamid.WamidError) as raised:
            wamid.Client.cloud("TOKEN", "1066", **{option: value})
        assert raised.value.field == option


def test_checking_templates_needs_the_account_that_they_belong_to() -> None:
    with pytest.raises(wamid.InvalidInputError) as raised:
        wamid.Client.cloud("TOKEN", "1066", check_templates=True)
    assert raised.value.field == "business_account_id"
    wamid.Client.cloud("TOKEN", "1066", check_templates=True, business_account_id="2077").close()


def test_plain_http_to_elsewhere_needs_allow_http() -> None:
    with pytest.raises(wamid.InvalidInputError, match="https"):
        wamid.Client.gateway("http://example.com", "KEY")
    wamid.Client.gateway("http://example.com", "KEY", allow_http=True).close()


def test_there_is_an_exception_for_every_kind() -> None:
    def below(base: type) -> set[str]:
        return {each._kind for each in base.__subclasses__() if each._kind}

    assert below(wamid.WamidError) == set(CONTRACT["error_kinds"])


def test_an_error_has_every_field(client: wamid.Client) -> None:
    with pytest.raises(wamid.WamidError) as raised:
        client.send_message("15550131056", "Hello")
    assert list(raised.value.to_dict()) == CONTRACT["error_fields"]
    for field in CONTRACT["error_fields"]:
        assert getattr(raised.value, field) == raised.value.to_dict()[field]


def test_a_receipt_has_every_field(client: wamid.Client) -> None:
    assert list(client.send_message(PHONE, "Hello").to_dict()) == CONTRACT["receipt_fields"]


def test_a_conversation_has_every_field(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    with wamid_sandbox.client(store=f"sqlite:{tmp_path}/w.db") as client:
        client.send_message(PHONE, "Hello")
        [conversation] = client.chats()
    assert list(conversation.to_dict()) == CONTRACT["conversation_fields"]


def test_progress_has_every_field(client: wamid.Client) -> None:
    seen: list[wamid.Progress] = []
    client.send_many([wamid.Message(PHONE, wamid.Text("Hello"))], progress=seen.append)
    assert list(seen[-1].to_dict()) == CONTRACT["progress_fields"]


def test_the_progress_of_a_transfer_has_every_field(client: wamid.Client) -> None:
    seen: list[wamid.TransferProgress] = []
    client.upload_media(data=b"Hello", mime_type="text/plain", progress=seen.append)
    assert list(seen[-1].to_dict()) == CONTRACT["transfer_progress_fields"]


@pytest.mark.parametrize("event", CONTRACT["event_fields"])
def test_every_event_has_every_field(event: str) -> None:
    made = getattr(wamid, f"{event.capitalize()}Event")
    assert made.event == event
    assert ["event", *(name.rstrip("_") for name in made.__match_args__)] == CONTRACT["event_fields"][event]


@pytest.mark.parametrize("part", CONTRACT["event_parts"])
def test_every_part_of_an_event_has_every_field(part: str) -> None:
    assert [name.rstrip("_") for name in getattr(wamid, part).__match_args__] == CONTRACT["event_parts"][part]


def test_events_and_their_parts_are_told_with_every_field() -> None:
    message = {"id": "wamid.A", "from": PHONE, "timestamp": "1749416383", "type": "text", "text": {"body": "Hi"}}
    failed = {"id": "wamid.B", "status": "failed", "timestamp": "1749416383", "errors": [{"code": 131026}]}
    edit = {"original_message_id": "wamid.A", "message": {"type": "image", "image": {"id": "1", "caption": "new"}}}
    edited = {**message, "id": "wamid.C", "type": "edit", "edit": edit}
    value = {"metadata": {"phone_number_id": "1066"}, "messages": [edited], "statuses": [failed]}
    echo = {"metadata": {"phone_number_id": "1066"}, "message_echoes": [{**message, "id": "wamid.E", "to": PHONE}]}
    changes = [
        {"field": "messages", "value": value},
        {"field": "smb_message_echoes", "value": echo},
        {"field": "flows", "value": {}},
    ]
    events = wamid.parse_webhook(json.dumps({"entry": [{"changes": changes}]}))
    assert [event.event for event in events] == ["message", "status", "echo", "other"]
    for event in events:
        told = event.to_dict()
        assert list(told) == CONTRACT["event_fields"][event.event]
        for name in event.__match_args__:
            shown = getattr(event, name)
            if hasattr(shown, "to_dict"):
                shown = shown.to_dict()
                assert list(shown) == CONTRACT["event_parts"][type(getattr(event, name)).__name__]
            elif isinstance(shown, list):
                shown = [each.to_dict() for each in shown]
            assert told[name.rstrip("_")] == shown
    changed = events[0].edit
    assert changed is not None
    assert changed.media is not None
    assert changed.to_dict()["media"] == changed.media.to_dict()
