"""Exceptions: each kind as its class, with every field, and as Python's own kinds of errors."""

from __future__ import annotations

import copy
import pickle

import pytest
import wamid
from conftest import PHONE

#: What the sandbox plays, and what a caller is to catch.
PLAYED = [
    ("15550000190", wamid.AuthenticationError, {"code": 190, "status": 401, "retryable": False}),
    ("15550131056", wamid.RateLimitError, {"code": 131056, "retryable": True, "maybe_sent": False}),
    ("15550131026", wamid.RejectedError, {"code": 131026, "retryable": False, "maybe_sent": False}),
    ("15550131000", wamid.ServerError, {"code": 131000, "maybe_sent": True}),
    ("15550900003", wamid.ConnectionFailedError, {"maybe_sent": True, "attempts": 1}),
    ("15550900005", wamid.UnexpectedResponseError, {"status": 200, "maybe_sent": True}),
    ("12", wamid.InvalidInputError, {"field": "phone", "attempts": 0}),
]


@pytest.mark.parametrize(("phone", "kind", "fields"), PLAYED)
def test_each_failure_is_its_class(client: wamid.Client, phone: str, kind: type, fields: dict) -> None:
    with pytest.raises(kind) as raised:
        client.send_message(phone, "Hello")
    assert type(raised.value) is kind
    assert {name: getattr(raised.value, name) for name in fields} == fields
    assert str(raised.value) == raised.value.message


@pytest.mark.parametrize(("phone", "kind", "fields"), PLAYED)
async def test_each_failure_is_its_class_on_a_loop(
    async_client: wamid.AsyncClient, phone: str, kind: type, fields: dict
) -> None:
    with pytest.raises(kind) as raised:
        await async_client.send_message(phone, "Hello")
    assert {name: getattr(raised.value, name) for name in fields} == fields


def test_a_time_out(wamid_sandbox: wamid.testing.Sandbox) -> None:
    client = wamid_sandbox.client(timeout=0.2, max_retries=0)
    with pytest.raises(wamid.RequestTimeoutError) as raised, client:
        client.send_message("15550900002", "Hello")
    assert (raised.value.kind, raised.value.maybe_sent) == ("timeout", True)


def test_what_a_host_cannot(client: wamid.Client) -> None:
    with pytest.raises(wamid.UnsupportedError, match="store"):
        client.chats()


def test_a_store_that_cannot_be_opened(wamid_sandbox: wamid.testing.Sandbox) -> None:
    client = wamid_sandbox.client(store="sqlite:/nowhere/at/all/w.db")
    with pytest.raises(wamid.StoreError) as raised, client:
        client.send_message(PHONE, "Hello")
    assert raised.value.maybe_sent is False


@pytest.mark.parametrize(
    ("kind", "python"),
    [
        (wamid.InvalidInputError, ValueError),
        (wamid.RequestTimeoutError, TimeoutError),
        (wamid.ConnectionFailedError, ConnectionError),
    ],
)
def test_errors_are_python_s_own_kinds_too(kind: type, python: type) -> None:
    assert issubclass(kind, python)
    # OSError makes other classes and texts of two arguments.
    made = kind("What happened.", field="f", attempts=2)
    assert type(made) is kind
    assert (str(made), made.field, made.attempts) == ("What happened.", "f", 2)


def test_what_lay_below_is_the_cause() -> None:
    client = wamid.Client.cloud("TOKEN", "1066", graph_url="http://127.0.0.1:9", max_retries=0)
    with pytest.raises(wamid.ConnectionFailedError) as raised, client:
        client.send_message(PHONE, "Hello")
    causes = []
    cause = raised.value.__cause__
    while cause is not None:
        causes.append(str(cause))
        cause = cause.__cause__
    assert any("refused" in text for text in causes)
    # A worker process hands it on with its fields and causes.
    for copied in (pickle.loads(pickle.dumps(raised.value)), copy.copy(raised.value)):
        assert type(copied) is wamid.ConnectionFailedError
        assert copied.to_dict() == raised.value.to_dict()
        assert str(copied.__cause__) == causes[0]
        assert str(copied.__cause__.__cause__) == causes[1]


def test_no_secret_in_an_error_or_its_causes() -> None:
    secrets = ("EAAverysecret", "hush-hush-secret", "pr0xy-password")
    client = wamid.Client.cloud(
        secrets[0],
        "1066",
        app_secret=secrets[1],
        graph_url="https://graph.invalid",
        proxy=f"http://me:{secrets[2]}@127.0.0.1:9",
        max_retries=0,
    )
    with pytest.raises(wamid.WamidError) as raised, client:
        client.send_message(PHONE, "Hello")
    told = [repr(raised.value), repr(raised.value.to_dict())]
    cause = raised.value.__cause__
    while cause is not None:
        told.append(repr(cause))
        cause = cause.__cause__
    assert len(told) > 2
    for secret in secrets:
        assert not any(secret in text for text in told)


def test_an_error_of_one_s_own() -> None:
    """For tests of users: what they raise looks as what the SDK raises."""
    error = wamid.RateLimitError("Slow down.", code=131056, retryable=True, retry_after=6.0)
    assert (error.kind, error.code, error.status, error.retry_after) == ("rate_limited", 131056, None, 6.0)
