"""Campaigns."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django_meta_whatsapp import models, utils
from project import PHONE, account, call, named, stranger


def campaign(name: str, template_name: str, mappings: dict[str, str], **fields: Any) -> Any:
    made, _ = models.WhatsAppTemplate.objects.get_or_create(
        account=account, name=template_name, language="en_US", defaults={"body_text": "{{1}}"}
    )
    return models.WhatsAppCampaign.objects.create(
        account=account, name=name, template=made, parameter_mappings=mappings, **fields
    )


def csv(*rows: str) -> ContentFile:
    return named("list.csv", "\n".join(rows).encode())


@call
def campaign_run() -> Any:
    # The second is a number to which the sandbox refuses to send.
    rows = ("phone,name,order", "+91 98765 43210,Asha,A-1", "15550131026,Ben,A-2", "919876543211,Cid,A-3")
    run = campaign("one", "order_update", {"1": "name", "2": "order"}, audience_type="csv", csv_file=csv(*rows))
    return utils.run_campaign(run.pk)


@call
def campaign_async() -> Any:
    run = campaign("two", "hello_world", {}, audience_type="contacts")
    return utils.run_campaign_async(run.pk)


@call
def campaign_eleven() -> Any:
    mappings = {str(at): f"v{at}" for at in range(1, 12)}
    rows = ",".join(["phone", *mappings.values()]), ",".join([PHONE, *mappings.values()])
    run = campaign("three", "eleven", mappings, audience_type="csv", csv_file=csv(*rows))
    return utils.run_campaign(run.pk)


@call
def campaign_no_value() -> Any:
    rows = csv("phone,name,order", f"{PHONE},,A-1")
    run = campaign("six", "order_update", {"1": "name", "2": "order"}, audience_type="csv", csv_file=rows)
    return utils.run_campaign(run.pk)


@call
def campaign_no_number() -> Any:
    run = campaign("five", "hello_world", {}, audience_type="csv", csv_file=csv("phone", "12"))
    return utils.run_campaign(run.pk)


@call
def campaign_no_template() -> Any:
    empty = models.WhatsAppCampaign.objects.create(account=account, name="none")
    return utils.run_campaign(empty.pk)


@call
def campaign_stranger() -> Any:
    stranger.save()
    run = campaign("four", "hello_world", {}, audience_type="csv", csv_file=csv("phone", PHONE))
    try:
        return utils.run_campaign(run.pk, account=stranger)
    finally:
        stranger.delete()
