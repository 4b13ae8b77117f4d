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


def test_every_event_has_every_field() -> None:
    message = {"id": "wamid.A", "from": PHONE, "timestamp": "1749416383", "type": "text", "text": {"body": "Hi"}}
    failed = {"id": "wamid.B", "status": "failed", "timestamp": "1749416383", "errors": [{"code": 131026}]}
    value = {"metadata": {"phone_number_id": "1066"}, "messages": [message], "statuses": [failed]}
    edit = {"original_message_id": "wamid.A", "message": {"type": "image", "image": {"id": "1", "caption": "new"}}}
    value["messages"] += [
        {**message, "id": "wamid.C", "type": "edit", "edit": edit},
        {**message, "id": "wamid.D", "type": "revoke", "revoke": {"original_message_id": "wamid.A"}},
    ]
    echo = {"metadata": {"phone_number_id": "1066"}, "message_echoes": [{**message, "id": "wamid.E", "to": PHONE}]}
    changes = [
        {"field": "messages", "value": value},
        {"field": "smb_message_echoes", "value": echo},
        {"field": "flows", "value": {}},
    ]
    events = wamid.parse_webhook(json.dumps({"entry": [{"changes": changes}]}))
    fields = {event.event: list(event.to_dict()) for event in events}
    [error] = [error for event in events if isinstance(event, wamid.StatusEvent) for error in event.errors]
    fields["status_error"] = list(error.to_dict())
    messages = [event for event in events if isinstance(event, wamid.MessageEvent)]
    [changed] = [event.edit for event in messages if event.edit is not None]
    [gone] = [event.revoke for event in messages if event.revoke is not None]
    fields |= {"edit": list(changed.to_dict()), "revoke": list(gone.to_dict())}
    assert changed.media is not None
    fields["media"] = list(changed.media.to_dict())
    assert fields == CONTRACT["event_fields"]
