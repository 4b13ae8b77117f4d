"""Flows, with the original's arguments and answers.

As in the original, what fails is a ``ValueError``: here one that is a :class:`wamid.WamidError` too.
"""

from __future__ import annotations

import base64
import json
from typing import Any, Callable, Optional

import wamid

from ._asking import asked
from ._clients import Account, client
from ._failures import value_error
from ._lists import entries
from ._sending import send_to

_FIELDS = "id,name,status,categories,validation_errors"


@value_error
def create_flow(name: str, categories: list[str], account: Optional[Account] = None) -> dict[str, Any]:
    """Makes a draft; returns its ``id``."""
    account = _account(account)
    return asked("POST", f"{_business_account(account)}/flows", account, {"name": name, "categories": categories})


@value_error
def upload_flow_json(flow_obj: Any, account: Optional[Account] = None) -> dict[str, Any]:
    """Gives Meta the JSON of a ``WhatsAppFlow`` that is a draft; returns Meta's answer, with what is wrong with it."""
    account = _account(account)
    if not flow_obj.meta_flow_id:
        raise wamid.InvalidInputError(
            "This flow has no Meta Flow ID yet \N{EM DASH} create it on Meta first.", field="flow_obj"
        )
    design = json.dumps(flow_obj.flow_json, indent=2).encode()
    file = {
        "data": base64.b64encode(design).decode(),
        "filename": "flow.json",
        "mime_type": "application/json",
    }
    form = {"name": "flow.json", "asset_type": "FLOW_JSON", "file": file}
    return _posted(f"{flow_obj.meta_flow_id}/assets", account, form)


@value_error
def get_flow(meta_flow_id: str, account: Optional[Account] = None) -> dict[str, Any]:
    """A Flow: its id, name, status, categories and validation errors."""
    answer: dict[str, Any] = client(_account(account)).request("GET", str(meta_flow_id), query={"fields": _FIELDS})
    return answer


@value_error
def list_flows_from_meta(account: Optional[Account] = None) -> list[dict[str, Any]]:
    """The Flows of the business account: all of them, where the original gives the first page."""
    account = _account(account)
    path = f"{_business_account(account)}/flows"
    return list(entries(client(account), path, {}))


@value_error
def publish_flow(meta_flow_id: str, account: Optional[Account] = None) -> dict[str, Any]:
    """Publishes a draft: from then on it cannot be changed."""
    return asked("POST", f"{meta_flow_id}/publish", _account(account))


@value_error
def deprecate_flow(meta_flow_id: str, account: Optional[Account] = None) -> dict[str, Any]:
    """Deprecates a published Flow: from then on it cannot be sent."""
    return asked("POST", f"{meta_flow_id}/deprecate", _account(account))


@value_error
def delete_flow(meta_flow_id: str, account: Optional[Account] = None) -> dict[str, Any]:
    """Deletes a draft."""
    return asked("DELETE", meta_flow_id, _account(account))


@value_error
def send_flow_message(
    phone: str,
    flow_id: str,
    cta_text: str = "Open Form",
    header_text: str = "",
    body_text: str = "Please complete the form.",
    footer_text: str = "",
    screen: str = "",
    screen_data: Optional[dict[str, Any]] = None,
    mode: str = "published",
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Sends a text with a button that opens a Flow; returns Meta's answer.

    :param phone: with its country code. As in the original, ten digits are not taken for India's here.
    :param screen: the first screen. Default: the Flow's own.
    :param screen_data: the data of that screen.
    """
    content = wamid.Flow(
        body_text,
        cta_text,
        flow_id=flow_id,
        screen=screen or None,
        data=(screen_data or None) if screen else None,
        mode=mode,  # type: ignore[arg-type]
        header=header_text or None,
        footer=footer_text or None,
    )
    return send_to(phone, content, _account(account))


@value_error
def upload_rsa_public_key(public_key_pem: str, account: Optional[Account] = None) -> dict[str, Any]:
    """Gives Meta the public key with which it encrypts what a Flow asks of the business."""
    account = _account(account)
    path = f"{account.phone_number_id}/whatsapp_business_encryption"
    return _posted(path, account, {"business_public_key": public_key_pem})


def _account(account: Optional[Account]) -> Account:
    """The account, or as in the original the first active one."""
    from django_meta_whatsapp import flows

    found: Optional[Account] = flows._get_account(account)
    if found is not None:
        return found
    raise wamid.InvalidInputError(
        "No active WhatsApp account found. Configure one in Settings \N{RIGHTWARDS ARROW} Accounts.", field="account_id"
    )


def _business_account(account: Any) -> str:
    if account.waba_id:
        return str(account.waba_id)
    raise wamid.InvalidInputError(
        "WhatsApp Business Account ID (WABA ID) is not set on the account.", field="business_account_id"
    )


def _posted(path: str, account: Account, form: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = client(account).request("POST", path, form=form)
    return answer


#: What is put in place of the original's functions of the same names, in its module ``flows``.
REPLACED: tuple[Callable[..., Any], ...] = (
    create_flow,
    upload_flow_json,
    get_flow,
    list_flows_from_meta,
    publish_flow,
    deprecate_flow,
    delete_flow,
    send_flow_message,
    upload_rsa_public_key,
)
