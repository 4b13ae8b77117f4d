"""Content and paths on their way into JSON, and content on its way out of it."""

from __future__ import annotations

import binascii
import os
from typing import Optional

from ._parameters import BytesLike, FilePath


def encoded(name: str, data: Optional[BytesLike]) -> Optional[str]:
    """Content as JSON has it; ``name`` is that of its argument."""
    if data is None:
        return None
    try:
        return binascii.b2a_base64(data, newline=False).decode("ascii")
    except TypeError:
        raise TypeError(f"{name} must be bytes, not {type(data).__name__}") from None


def decoded(text: str) -> bytes:
    """Content from JSON."""
    return binascii.a2b_base64(text)


def path_text(given: Optional[FilePath]) -> Optional[str]:
    """A path as JSON has it."""
    return None if given is None else os.fsdecode(given)
