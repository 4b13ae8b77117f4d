"""Blocked users, at Meta and in the original's tables, with the original's arguments and answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Callable, Optional

import wamid

from ._clients import Account, client, credentials


def block_users(phone_numbers: Iterable[object], account: Optional[Account] = None) -> dict[str, Any]:
    """Blocks users, and notes in ``WhatsAppBlockedUser`` and ``WhatsAppContact`` who is blocked, and who is not and why.

    Where Meta blocks some and refuses others, both are noted and answered. The original fails there, and notes nothing.
    """
    from django_meta_whatsapp.models import WhatsAppBlockedUser, WhatsAppContact

    answer = _changed(client(account).block_users, phone_numbers, "added_users")
    for user in answer["block_users"]["added_users"]:
        blocked = {
            "wa_id": user["wa_id"],
            "is_active": True,
            "meta_error": "",
            "unblocked_at": None,
            "unblocked_by": "",
        }
        WhatsAppBlockedUser.objects.update_or_create(account=account, phone_number=user["input"], defaults=blocked)
        WhatsAppContact.objects.filter(phone=user["input"]).update(is_blocked=True)
    for user in answer["block_users"].get("failed_users", []):
        refused = {"wa_id": "", "is_active": False, "meta_error": str(user["errors"])}
        WhatsAppBlockedUser.objects.update_or_create(account=account, phone_number=user["input"], defaults=refused)
    return answer


def unblock_users(phone_numbers: Iterable[object], account: Optional[Account] = None) -> dict[str, Any]:
    """Unblocks users, and notes it in ``WhatsAppBlockedUser`` and ``WhatsAppContact``."""
    from django.utils import timezone
    from django_meta_whatsapp.models import WhatsAppBlockedUser, WhatsAppContact

    answer = _changed(client(account).unblock_users, phone_numbers, "removed_users")
    for user in answer["block_users"]["removed_users"]:
        rows = WhatsAppBlockedUser.objects.filter(account=account, phone_number=user["input"])
        rows.update(is_active=False, unblocked_at=timezone.now())
        WhatsAppContact.objects.filter(phone=user["input"]).update(is_blocked=False)
    return answer


def get_blocked_users(
    limit: int = 100, after_cursor: Optional[str] = None, account: Optional[Account] = None
) -> dict[str, Any]:
    """One page of the blocked users, as Meta answers it."""
    _, phone_number_id = credentials(account)
    query = {"limit": limit, "after": after_cursor or None}
    answer: dict[str, Any] = client(account).request("GET", f"{phone_number_id}/block_users", query=query)
    return answer


def _changed(
    change: Callable[[list[str]], wamid.Blocking], phone_numbers: Iterable[object], done: str
) -> dict[str, Any]:
    """Meta's answer to a change. A number that is none fails alone, as at Meta, and not all the others with it."""
    phones = [str(phone) for phone in phone_numbers]
    failed: list[dict[str, Any]] = []
    blocking: Optional[wamid.Blocking] = None
    while blocking is None:
        try:
            blocking = change(phones)
        except wamid.InvalidInputError as error:
            place = re.fullmatch(r"phones\[(\d+)\]", error.field or "")
            if place is None:
                if failed:
                    break
                raise
            failed.append({"input": phones.pop(int(place[1])), "errors": [{"message": str(error)}]})
    lists: dict[str, Any] = {done: []}
    if blocking is not None:
        lists[done] = [{"input": phone, "wa_id": re.sub(r"\D", "", phone)} for phone in blocking.done]
        failed += [{"input": each.phone, "errors": [_error(each)]} for each in blocking.failed]
    if failed:
        lists["failed_users"] = failed
    return {"messaging_product": "whatsapp", "block_users": lists}


def _error(failure: wamid.BlockFailure) -> dict[str, Any]:
    error = {"code": failure.code, "message": failure.message}
    known: dict[str, Any] = {name: value for name, value in error.items() if value is not None}
    return {**known, "error_data": {"details": failure.details}} if failure.details else known


#: What is put in place of the original's functions of the same names, in its module ``utils``.
REPLACED: tuple[Callable[..., Any], ...] = (block_users, unblock_users, get_blocked_users)
