"""A catalog's products, at Meta and in the original's table, with the original's arguments and answers."""

from __future__ import annotations

from typing import Any, Callable, Optional

from ._clients import Account, client
from ._lists import entries


def sync_catalog_products(catalog_id: str, account: Optional[Account] = None) -> dict[str, int]:
    """Copies the products of a catalog into ``WhatsAppCatalogProduct``; returns how many as ``synced``."""
    from django_meta_whatsapp.models import WhatsAppCatalogProduct

    query = {"fields": "id,name,price,image_url,currency", "limit": 100}
    synced = 0
    for product in entries(client(account), f"{catalog_id}/products", query):
        copied: dict[str, Any] = {
            "name": product.get("name", "Unknown Product"),
            "price": f"{product.get('price', '')} {product.get('currency', '')}".strip(),
            "image_url": product.get("image_url", ""),
            "is_active": True,
        }
        WhatsAppCatalogProduct.objects.update_or_create(
            account=account, catalog_id=catalog_id, retailer_id=product.get("id"), defaults=copied
        )
        synced += 1
    return {"synced": synced}


#: What is put in place of the original's functions of the same names, in its module ``utils``.
REPLACED: tuple[Callable[..., Any], ...] = (sync_catalog_products,)
