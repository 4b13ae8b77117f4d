"""Blocked users."""

from __future__ import annotations

from typing import Any

from django_meta_whatsapp import models, utils
from project import account, call, stranger


@call
def block() -> Any:
    models.WhatsAppContact.objects.create(phone="+919876543210", name="Asha")
    return utils.block_users(["+919876543210", "+919876543211"], account=account)


@call
def block_again() -> Any:
    return utils.block_users([919876543210], account=account)


@call
def blocked() -> Any:
    return utils.get_blocked_users(account=account)


@call
def blocked_after() -> Any:
    return utils.get_blocked_users(limit=5, after_cursor="a b", account=account)


@call
def unblock() -> Any:
    return utils.unblock_users(["+919876543210"], account=account)


@call
def blocked_sync() -> Any:
    return utils.sync_blocked_users_from_meta(account=account)


@call
def block_partly() -> Any:
    return utils.block_users(["+919876543212", "nobody"], account=account)


@call
def unblock_partly() -> Any:
    return utils.unblock_users(["+919876543212", "nobody"], account=account)


@call
def block_refused() -> Any:
    return utils.block_users(["nobody"], account=account)


@call
def unblock_refused() -> Any:
    return utils.unblock_users(["nobody"], account=account)


@call
def block_other_id() -> Any:
    # The WhatsApp id of a Mexican number is not its digits.
    return utils.block_users(["+525512345678"], account=account)


@call
def block_none() -> Any:
    return utils.block_users([], account=account)


@call
def block_stranger() -> Any:
    return utils.block_users(["+919876543210"], account=stranger)
