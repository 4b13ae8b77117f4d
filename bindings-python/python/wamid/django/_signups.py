"""Links by which customers sign up, with the original's arguments and answers."""

from __future__ import annotations

from typing import Any, Callable, Optional

import wamid

from ._asking import asked
from ._clients import Account


def create_signup(
    display_name: str,
    signup_message: str,
    confirmation_message: str,
    privacy_policy_url: str,
    website_url: str = "",
    promo_code: str = "",
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Makes a link; returns Meta's answer."""
    signup = {
        "display_name": display_name,
        "signup_message": signup_message,
        "confirmation_message": confirmation_message,
        "privacy_policy_url": privacy_policy_url,
    }
    for name, value in (("website_url", website_url), ("promo_code", promo_code)):
        if value:
            signup[name] = value
    return asked("POST", f"{_business_account(account)}/signups", account, signup)


def list_signups(account: Optional[Account] = None) -> list[dict[str, Any]]:
    """The links of the business account."""
    found: list[dict[str, Any]] = asked("GET", f"{_business_account(account)}/signups", account).get("data", [])
    return found


def get_signup(signup_id: str, account: Optional[Account] = None) -> dict[str, Any]:
    """A link."""
    return asked("GET", signup_id, account)


def update_signup(
    signup_id: str,
    promo_code: Optional[str] = None,
    confirmation_message: Optional[str] = None,
    account: Optional[Account] = None,
) -> dict[str, Any]:
    """Changes a link's code or its confirmation."""
    given = {"promo_code": promo_code, "confirmation_message": confirmation_message}
    return asked("POST", signup_id, account, {name: value for name, value in given.items() if value is not None})


def disable_signup(signup_id: str, account: Optional[Account] = None) -> dict[str, Any]:
    """Disables a link."""
    return asked("POST", signup_id, account, {"status": "DISABLED"})


def _business_account(account: Any) -> str:
    """Only an account's own, as in the original."""
    if account and account.waba_id:
        return str(account.waba_id)
    raise wamid.InvalidInputError(
        "A configured WhatsAppAccount with a waba_id is required for Signups.", field="business_account_id"
    )


#: What is put in place of the original's functions of the same names, in its module ``utils``.
REPLACED: tuple[Callable[..., Any], ...] = (
    create_signup,
    list_signups,
    get_signup,
    update_signup,
    disable_signup,
)
