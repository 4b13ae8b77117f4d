"""Requests to the Graph API for which wamid has no operation of its own."""

from __future__ import annotations

from typing import Any, Optional

from ._clients import Account, client


def asked(method: Any, path: str, account: Optional[Account], body: Optional[dict[str, Any]] = None) -> dict[str, Any]:
    """Meta's answer."""
    answer: dict[str, Any] = client(account).request(method, str(path), json=body)
    return answer
