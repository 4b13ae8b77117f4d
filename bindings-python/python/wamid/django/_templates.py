"""Templates at Meta, with the original's arguments and answers."""

from __future__ import annotations

import re
from typing import Any, Callable, Optional

from ._clients import Account, business_client


def sync_templates_from_meta(account: Optional[Account] = None) -> list[dict[str, Any]]:
    """The templates of the business account as Meta describes them: all of them, where the original gives the first 100.

    The caller updates its ``WhatsAppTemplate`` rows.
    """
    return [template.raw for template in business_client(account, "sync templates").templates()]


def push_template_to_meta(template_obj: Any, account: Optional[Account] = None) -> dict[str, Any]:
    """Makes a template at Meta of a ``WhatsAppTemplate``; returns Meta's answer: its ``id``, ``status`` and ``category``."""
    client = business_client(account or template_obj.account, "push templates")
    created = client.create_template(
        {
            "name": template_obj.name,
            "language": template_obj.language,
            "category": template_obj.category,
            "components": _components(template_obj),
        }
    )
    return {"id": created.id, "status": created.status, "category": created.category}


def delete_template_from_meta(template_name: str, account: Optional[Account] = None) -> dict[str, Any]:
    """Deletes a template at Meta, in all its languages."""
    business_client(account, "delete templates").delete_template(template_name)
    return {"success": True}


def _components(template: Any) -> list[dict[str, Any]]:
    components = [_header(template.header)] if template.header else []
    if template.category == "AUTHENTICATION":
        return [*components, *_authentication(template)]
    components.append({"type": "BODY", "text": template.body_text})
    if template.footer_text:
        components.append({"type": "FOOTER", "text": template.footer_text})
    if template.buttons:
        components.append({"type": "BUTTONS", "buttons": template.buttons})
    return components


def _header(header: dict[str, Any]) -> dict[str, Any]:
    """The model keeps the header's format as its ``type``, which the original lets stand in place of ``HEADER``."""
    rest = dict(header)
    kind = rest.pop("type", "HEADER")
    return {"type": "HEADER", **({} if kind == "HEADER" else {"format": kind}), **rest}


def _authentication(template: Any) -> list[dict[str, Any]]:
    """Meta writes the text of an authentication template itself."""
    components: list[dict[str, Any]] = [{"type": "BODY", "add_security_recommendation": True}]
    minutes = re.search(r"\d+", template.footer_text or "")
    if minutes and 1 <= int(minutes[0]) <= 90:
        components.append({"type": "FOOTER", "code_expiration_minutes": int(minutes[0])})
    buttons = [_code_button(button) for button in template.buttons or [{}]]
    components.append({"type": "BUTTONS", "buttons": buttons})
    return components


def _code_button(button: dict[str, Any]) -> dict[str, Any]:
    one_tap = button.get("type") == "ONE_TAP"
    return {
        "type": "OTP",
        "otp_type": "ONE_TAP" if one_tap else "COPY_CODE",
        "text": button.get("text") or ("Autofill" if one_tap else "Copy Code"),
    }


#: What is put in place of the original's functions of the same names, in its module ``utils``.
REPLACED: tuple[Callable[..., Any], ...] = (
    sync_templates_from_meta,
    push_template_to_meta,
    delete_template_from_meta,
)
