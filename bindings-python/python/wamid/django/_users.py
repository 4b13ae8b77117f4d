"""Blocked users, at Meta and in the original's tables, with the original's arguments and answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Callable, Optional

import wamid

from ._asking import asked
from ._clients import Account, client, credentials

#: Meta's code where it blocks or unblocks some, and refuses others.
_SOME_FAILED = 139100


def block_users(phone_numbers: Iterable[object], account: Optional[Account] = None) -> dict[str, Any]:
    """Blocks up to 1,000 users, and notes in ``WhatsAppBlockedUser`` and ``WhatsAppContact`` who is blocked.

    Where Meta blocks some and refuses others, both are noted and answered. The original fails there, and notes nothing.

    :raises RejectedError: Meta blocked none of them; the error is that of the first.
    """
    from django_meta_whatsapp.models import WhatsAppBlockedUser, WhatsAppContact

    answer = _changed("POST", client(account).block_users, phone_numbers, account)
    for user in _list(answer, "added_users"):
        phone = user.get("input", "")
        blocked = {
            "wa_id": user.get("wa_id", ""),
            "is_active": True,
            "meta_error": "",
            "unblocked_at": None,
            "unblocked_by": "",
        }
        WhatsAppBlockedUser.objects.update_or_create(account=account, phone_number=phone, defaults=blocked)
        WhatsAppContact.objects.filter(phone=phone).update(is_blocked=True)
    for user in _list(answer, "failed_users"):
        error = str(user.get("errors") or "Unknown failure")
        refused = {"wa_id": user.get("wa_id", ""), "is_active": False, "meta_error": error}
        WhatsAppBlockedUser.objects.update_or_create(
            account=account, phone_number=user.get("input", ""), defaults=refused
        )
    return answer


def unblock_users(phone_numbers: Iterable[object], account: Optional[Account] = None) -> dict[str, Any]:
    """Unblocks users, and notes in ``WhatsAppBlockedUser`` and ``WhatsAppContact`` who is unblocked.

    :raises RejectedError: Meta did not unblock all of them; the error is that of the first. The others are noted.
    """
    from django.utils import timezone
    from django_meta_whatsapp.models import WhatsAppBlockedUser, WhatsAppContact

    answer = _changed("DELETE", client(account).unblock_users, phone_numbers, account)
    for user in _list(answer, "removed_users"):
        phone = user.get("input", "")
        rows = WhatsAppBlockedUser.objects.filter(account=account, phone_number=phone)
        rows.update(is_active=False, unblocked_at=timezone.now())
        WhatsAppContact.objects.filter(phone=phone).update(is_blocked=False)
    failed = _list(answer, "failed_users")
    if failed:
        raise _refusal(failed[0])
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
    method: Any,
    change: Callable[[list[str]], wamid.Blocking],
    phone_numbers: Iterable[object],
    account: Optional[Account],
) -> dict[str, Any]:
    """Meta's answer to a change.

    Where it refuses some, ``request`` raises, and what it answered beside the error is lost. So the operation is asked,
    which says who they are, and the others are asked for again: that changes nothing, and gives their WhatsApp ids.

    :raises RejectedError: it refuses all of them; the error is that of the first.
    """
    phones = [str(phone) for phone in phone_numbers]
    _, number = credentials(account)

    def answered() -> dict[str, Any]:
        body = {"messaging_product": "whatsapp", "block_users": [{"user": phone} for phone in phones]}
        return asked(method, f"{number}/block_users", account, body)

    try:
        return answered()
    except wamid.WamidError as error:
        if error.code != _SOME_FAILED:
            raise
    phones, failed = _tried(change, phones)
    if not phones:
        raise _refusal(failed[0])
    answer = answered()
    answer["block_users"]["failed_users"] = failed
    return answer


def _tried(change: Callable[[list[str]], wamid.Blocking], phones: list[str]) -> tuple[list[str], list[dict[str, Any]]]:
    """Whom a change is done for, and the others with their errors. A number that is none fails alone, as at Meta."""
    failed: list[dict[str, Any]] = []
    while phones:
        try:
            blocking = change(phones)
        except wamid.InvalidInputError as error:
            place = re.fullmatch(r"phones\[(\d+)\]", error.field or "")
            if place is None:
                raise
            failed.append({"input": phones.pop(int(place[1])), "errors": [{"message": str(error)}]})
        else:
            failed += [{"input": each.phone, "errors": [_error(each)]} for each in blocking.failed]
            return list(blocking.done), failed
    return [], failed


def _list(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer.get("block_users", {}).get(name, [])
    return found


def _refusal(user: dict[str, Any]) -> wamid.RejectedError:
    """The error of a user that Meta refuses."""
    error = (user.get("errors") or [{}])[0]
    details = error.get("error_data", {}).get("details")
    message = f"{user.get('input', '')}: {error.get('message', 'Unknown failure')}"
    return wamid.RejectedError(message, code=error.get("code"), details=details, status=400)


def _error(failure: wamid.BlockFailure) -> dict[str, Any]:
    error = {"code": failure.code, "message": failure.message}
    known: dict[str, Any] = {name: value for name, value in error.items() if value is not None}
    return {**known, "error_data": {"details": failure.details}} if failure.details else known


#: What is put in place of the original's functions of the same names, in its module ``utils``.
REPLACED: tuple[Callable[..., Any], ...] = (block_users, unblock_users, get_blocked_users)
