"""Templates at Meta."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.core.management import call_command
from django_meta_whatsapp import models, utils
from project import META, account, call, odd


def template(name: str, **fields: Any) -> Any:
    fields = {"category": "UTILITY", "body_text": "Your order {{1}} is on its way."} | fields
    return models.WhatsAppTemplate.objects.create(account=account, name=name, language="en_US", **fields)


@call
def template_push() -> Any:
    buttons = [{"type": "QUICK_REPLY", "text": "Yes"}]
    pushed = template("pushed", footer_text="Bye", buttons=buttons)
    return utils.push_template_to_meta(pushed, account=account)


@call
def template_push_own_account() -> Any:
    return utils.push_template_to_meta(template("own_account"))


@call
def template_push_code() -> Any:
    code = template("code", category="AUTHENTICATION", footer_text="Expires in 10 minutes")
    return utils.push_template_to_meta(code)


@call
def template_push_one_tap() -> Any:
    buttons = [{"type": "ONE_TAP"}, {"type": "COPY_CODE", "text": "Copy it"}]
    tap = template("one_tap", category="AUTHENTICATION", footer_text="Expires in 100 minutes", buttons=buttons)
    return utils.push_template_to_meta(tap)


@call
def template_push_header() -> Any:
    return utils.push_template_to_meta(template("with_header", header={"type": "TEXT", "text": "Hello"}))


@call
def template_push_twice() -> Any:
    return utils.push_template_to_meta(models.WhatsAppTemplate.objects.get(name="pushed"))


@call
def templates_sync() -> Any:
    # That one is not the same at Meta: row `template_push_header`.
    return [each for each in utils.sync_templates_from_meta(account=account) if each["name"] != "with_header"]


@call
def templates_command() -> Any:
    call_command("wa_sync_templates", account_id=account.pk, stdout=StringIO())
    rows = models.WhatsAppTemplate.objects.order_by("name").values(
        "name", "language", "status", "category", "body_text"
    )
    return list(rows)


@call
def template_delete() -> Any:
    return utils.delete_template_from_meta("pushed", account=account)


@call
def template_delete_again() -> Any:
    return utils.delete_template_from_meta("pushed", account=account)


@call
def template_delete_escaped() -> Any:
    return utils.delete_template_from_meta("own_account&hsm_id=1", account=account)


@call
def templates_odd_business() -> Any:
    return utils.sync_templates_from_meta(account=odd)


@call
def templates_no_business() -> Any:
    return utils.sync_templates_from_meta()


@call
def template_delete_no_business() -> Any:
    return utils.delete_template_from_meta("code")


@call
def templates_many() -> Any:
    for at in range(100):
        utils.push_template_to_meta(models.WhatsAppTemplate(account=account, name=f"more_{at}", body_text="More"))
    META.requests.clear()
    return {"templates": len(utils.sync_templates_from_meta(account=account)) > 100}
