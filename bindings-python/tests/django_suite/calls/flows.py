"""Flows."""

from __future__ import annotations

from typing import Any

from django_meta_whatsapp import flows, models
from project import PHONE, account, call, stranger

KEY = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"


def flow(name: str, design: object = None) -> Any:
    made = models.WhatsAppFlow.objects.filter(name=name).first()
    if made is None:
        made = models.WhatsAppFlow(account=account, name=name, categories=["SURVEY"])
        made.meta_flow_id = flows.create_flow(name, ["SURVEY"], account=account)["id"]
    made.flow_json = design if design is not None else flows.FLOW_TEMPLATES["feedback"]["json"]
    made.save()
    return made


@call
def flow_create() -> Any:
    return flows.create_flow("feedback", ["SURVEY", "OTHER"], account=account)


@call
def flow_create_default_account() -> Any:
    return flows.create_flow("another", ["SURVEY"])


@call
def flow_create_twice() -> Any:
    return flows.create_flow("feedback", ["SURVEY"], account=account)


@call
def flow_upload() -> Any:
    return flows.upload_flow_json(flow("uploaded"), account=account)


@call
def flow_upload_faulty() -> Any:
    return flows.upload_flow_json(flow("faulty", {"version": "7.2"}), account=account)


@call
def flow_get() -> Any:
    return flows.get_flow(flow("uploaded").meta_flow_id, account=account)


@call
def flow_get_unknown() -> Any:
    return flows.get_flow("42", account=account)


@call
def flow_list() -> Any:
    return flows.list_flows_from_meta(account=account)


@call
def flow_publish() -> Any:
    return flows.publish_flow(flow("uploaded").meta_flow_id, account=account)


@call
def flow_publish_faulty() -> Any:
    return flows.publish_flow(flow("faulty").meta_flow_id, account=account)


@call
def flow_delete_published() -> Any:
    return flows.delete_flow(flow("uploaded").meta_flow_id, account=account)


@call
def flow_deprecate() -> Any:
    return flows.deprecate_flow(flow("uploaded").meta_flow_id, account=account)


@call
def flow_delete() -> Any:
    return flows.delete_flow(flow("faulty").meta_flow_id, account=account)


@call
def flow_send() -> Any:
    data = {"product": "SKU-1"}
    return flows.send_flow_message(
        "+919876543210", "123", "Open", "Header", "Body", "Footer", "FEEDBACK", data, "draft", account
    )


@call
def flow_send_default() -> Any:
    return flows.send_flow_message(PHONE, "123", account=account)


@call
def flow_send_empty_data() -> Any:
    return flows.send_flow_message(PHONE, "123", screen="FEEDBACK", account=account)


@call
def flow_key() -> Any:
    return flows.upload_rsa_public_key(KEY, account=account)


@call
def flow_key_wrong() -> Any:
    return flows.upload_rsa_public_key("no key", account=account)


@call
def flow_stranger() -> Any:
    return flows.create_flow("feedback", ["SURVEY"], account=stranger)
