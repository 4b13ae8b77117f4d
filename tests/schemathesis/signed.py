"""Loaded by schemathesis (SCHEMATHESIS_HOOKS): webhooks as only Meta can write them.

What fits the description gets the verify token, or the signature of the app secret, and goes on to be read and recorded. What
breaks the description is left as it is. The two secrets are the sandbox's own.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Any

import requests
import schemathesis

#: The sandbox's verify token is its app secret.
SECRET = os.environ["WAMID_SANDBOX_SECRET"]
NUMBER = os.environ["WAMID_SANDBOX_NUMBER"]


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    if case.meta is None or case.meta.generation.mode.is_negative:
        return
    match case.operation.definition.raw.get("operationId"):
        case "webhook_subscribe":
            case.query = case.query | {"hub.mode": "subscribe", "hub.verify_token": SECRET}
        case "webhook_receive" if isinstance(case.body, dict):
            case.body = as_of_meta(case.body)
            sent = requests.Request(**case.as_transport_kwargs(base_url="http://localhost")).prepare().body
            digest = hmac.new(SECRET.encode(), sent if isinstance(sent, bytes) else sent.encode(), hashlib.sha256)
            case.headers["X-Hub-Signature-256"] = f"sha256={digest.hexdigest()}"


def as_of_meta(made_up: dict[str, Any]) -> dict[str, Any]:
    """What was made up, as it is or at one of the places where the gateway looks."""
    metadata = {"metadata": {"phone_number_id": NUMBER}}
    match len(repr(made_up)) % 5:
        case 0:
            return made_up
        case 1:
            value = made_up | metadata
        case 2:
            value = metadata | {"messages": [made_up, {"id": "wamid.M", "from": "16505551234"} | made_up]}
        case 3:
            value = metadata | {"statuses": [made_up, {"id": "wamid.S", "status": "read"} | made_up]}
        case _:
            value = metadata | {"contacts": [made_up], "messages": [{"id": "wamid.C", "text": made_up}]}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}
