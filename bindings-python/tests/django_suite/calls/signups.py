"""Links to sign up."""

from __future__ import annotations

from typing import Any

from django_meta_whatsapp import utils
from project import account, call

SIGNUP = ("label", "Sign up?", "Thanks", "https://example.com/privacy")


@call
def signup_create() -> Any:
    return utils.create_signup(*SIGNUP, promo_code="TEN", account=account)


@call
def signup_list() -> Any:
    return utils.list_signups(account=account)


@call
def signup_get() -> Any:
    return utils.get_signup("77", account=account)


@call
def signup_update() -> Any:
    return utils.update_signup("77", confirmation_message="Welcome", account=account)


@call
def signup_disable() -> Any:
    return utils.disable_signup("77", account=account)


@call
def signup_no_business() -> Any:
    return utils.create_signup(*SIGNUP)
