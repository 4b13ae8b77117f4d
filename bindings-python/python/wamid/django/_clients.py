"""The clients of a project's accounts, found as the original finds its credentials."""

from __future__ import annotations

import os
from typing import Any, Optional, Protocol

import wamid

from ._failures import refuse_patched

#: Projects with more accounts than these make some of their clients anew, the oldest first.
_MOST_CLIENTS = 64

_clients: dict[tuple[Any, ...], wamid.Client] = {}


class Account(Protocol):
    """What is asked of an account: the original's ``WhatsAppAccount`` has it."""

    access_token: str
    phone_number_id: str


def credentials(account: Optional[Account]) -> tuple[str, str]:
    """Token and number as the original finds them: the account, then the settings, then the environment."""
    if account is not None:
        return account.access_token, account.phone_number_id
    token, phone_number_id = (
        setting(short, long)
        for short, long in (
            ("ACCESS_TOKEN", "META_WA_ACCESS_TOKEN"),
            ("PHONE_NUMBER_ID", "META_WA_PHONE_NUMBER_ID"),
        )
    )
    if token and phone_number_id:
        return token, phone_number_id
    raise wamid.InvalidInputError(
        "Missing Meta WhatsApp credentials. Set WHATSAPP['ACCESS_TOKEN'] and WHATSAPP['PHONE_NUMBER_ID'] in Django "
        "settings, or use a WhatsAppAccount instance.",
        field="phone_number_id" if token else "access_token",
    )


def business_account(account: Optional[Account]) -> Optional[str]:
    """The id of the business account, found in the same way; at last the option of that name."""
    from django.conf import settings

    option = getattr(settings, "WAMID", {}).get("OPTIONS", {}).get("business_account_id")
    known = getattr(account, "waba_id", None) or setting("WABA_ID", "META_WABA_ID") or option
    return str(known) if known else None


def client(account: Optional[Account]) -> wamid.Client:
    """The client of those credentials, kept so that it keeps its connections."""
    from django.conf import settings

    options: dict[str, Any] = {"graph_url": os.environ.get("WAMID_GRAPH_URL") or None}
    options.update(getattr(settings, "WAMID", {}).get("OPTIONS", {}))
    secret = setting("APP_SECRET", "META_WA_APP_SECRET") or os.environ.get("WAMID_APP_SECRET")
    if secret:
        options.setdefault("app_secret", secret)
    known = business_account(account)
    # What is no id must not keep a send from going out, which needs none.
    if known and _is_id(known):
        options["business_account_id"] = known
    token, phone_number_id = credentials(account)
    if options["graph_url"] is None:
        refuse_patched()
    key = (token, phone_number_id, *sorted(options.items()))
    kept = _clients.get(key)
    if kept is None:
        # No lock, which a fork could leave locked: of two that are made at once, one is kept.
        kept = _clients.setdefault(key, wamid.Client.cloud(token, phone_number_id, **options))
        if len(_clients) > _MOST_CLIENTS:
            # Closes by itself when nobody uses it any more.
            oldest, *_ = list(_clients)
            _clients.pop(oldest, None)
    return kept


def business_client(account: Optional[Account], why: str) -> wamid.Client:
    """The same, where the business account must be known.

    :param why: what it is needed for, as the original says it.
    :raises InvalidInputError: it is not known, or no id.
    """
    credentials(account)
    known = business_account(account)
    if not known or not _is_id(known):
        rule = "WABA ID required" if not known else "A WABA ID of digits alone is required"
        raise wamid.InvalidInputError(
            f"{rule} to {why}. Set WHATSAPP['WABA_ID'] in settings.", field="business_account_id"
        )
    return client(account)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit()


def setting(short: str, long: str) -> Optional[str]:
    """A setting of the original's: in ``WHATSAPP``, by its long name, or in the environment."""
    from django.conf import settings

    own = getattr(settings, "WHATSAPP", {})
    return own.get(short) or getattr(settings, long, None) or os.environ.get(long)
