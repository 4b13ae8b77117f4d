"""The products of a catalog."""

from __future__ import annotations

from typing import Any

from django_meta_whatsapp import utils
from project import CATALOG, account, call


@call
def catalog_sync() -> Any:
    return utils.sync_catalog_products(CATALOG, account=account)


@call
def catalog_sync_again() -> Any:
    return utils.sync_catalog_products(CATALOG, account=account)


@call
def catalog_unknown() -> Any:
    return utils.sync_catalog_products("42", account=account)
