"""Content, paths and parts on their way into JSON, and content and instants on their way out of it."""

from __future__ import annotations

import binascii
import os
from datetime import datetime, timezone
from typing import Any, Optional

from ._parameters import BytesLike, FilePath


def encoded(name: str, data: Optional[BytesLike]) -> Optional[str]:
    """Content as JSON has it; ``name`` is that of its argument."""
    if data is None:
        return None
    if hasattr(data, "read"):
        data = data.read()
    try:
        return binascii.b2a_base64(data, newline=False).decode("ascii")
    except TypeError:
        raise TypeError(f"{name} must be bytes, not {type(data).__name__}") from None


def decoded(text: str) -> bytes:
    """Content from JSON."""
    return binascii.a2b_base64(text)


def instant(text: str) -> datetime:
    """An instant from JSON, where it is in UTC and may have any number of decimals."""
    whole, _, decimals = text.rstrip("Z").partition(".")
    return datetime.fromisoformat(f"{whole}.{decimals:0<6.6}").replace(tzinfo=timezone.utc)


def members(name: str, part: Any) -> Optional[dict[str, Any]]:
    """A part with fields of its own as JSON has it; ``name`` is that of its argument."""
    if part is None:
        return None
    if not hasattr(part, "_members"):
        raise TypeError(f"{name} must be a class of wamid's, not {type(part).__name__}")
    return part._members()  # type: ignore[no-any-return]


def fields_of(answer: Any) -> Any:
    """What an operation has answered, as JSON has it; or what its ``to_dict`` has written before."""
    return answer.to_dict() if hasattr(answer, "to_dict") else answer


def path_text(given: Optional[FilePath]) -> Optional[str]:
    """A path as JSON has it."""
    return None if given is None else os.fsdecode(given)
