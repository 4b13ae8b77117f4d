"""What the operations answer, a class each. All are frozen, compare by value, and can be pickled.

Written by `cargo xtask generate` from the declarations of the core.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Optional

from ._answer import Answer

__all__ = [
    "BlockFailure",
    "Blocking",
    "BusinessProfile",
    "CreatedTemplate",
    "Download",
    "MediaInfo",
    "SendRecord",
    "TemplateInfo",
]


@dataclass(frozen=True, init=False, eq=False, repr=False)
class BlockFailure(Answer):
    """Whom Meta did not block, or not unblock, and why."""

    #: The phone as it was given.
    phone: str
    #: Meta's code, such as 131047: the user has not written in the last 24 hours.
    code: Optional[int]
    #: Meta's words.
    message: Optional[str]
    #: More of them.
    details: Optional[str]


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Blocking(Answer):
    """What became of each user."""

    _parts: ClassVar = {"failed": BlockFailure}

    #: Those that are blocked now, or unblocked, as they were given.
    done: list[str]
    #: The others.
    failed: list[BlockFailure]


@dataclass(frozen=True, init=False, eq=False, repr=False)
class CreatedTemplate(Answer):
    """A template that was just made."""

    #: Its id.
    id: str
    #: Whether it can be sent already.
    status: str
    #: Its category, which Meta may have changed.
    category: str


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Download(Answer):
    """A file that was fetched."""

    _data: ClassVar = ("data",)

    #: Its content.
    data: bytes
    #: Its MIME type.
    mime_type: str


@dataclass(frozen=True, init=False, eq=False, repr=False)
class SendRecord(Answer):
    """What is on record of a send. Its content is not."""

    _instants: ClassVar = ("created_at", "updated_at")

    #: Its reference.
    reference: Optional[str]
    #: The message's id, once it is known.
    message_id: Optional[str]
    #: Whom it went to, as it was sent: digits only, or a user id.
    recipient: str
    #: The type of its content, such as ``text`` or ``image``.
    operation: str
    #: What became of it: ``sending``, ``unknown`` (it may have gone out), ``sent``, ``delivered``, ``read`` or ``failed``.
    status: str
    #: Why it failed, by Meta's error code.
    code: Optional[int]
    #: When it was written down, before it went out.
    created_at: datetime
    #: When something of it last changed.
    updated_at: datetime


@dataclass(frozen=True, init=False, eq=False, repr=False)
class TemplateInfo(Answer):
    """A template as Meta keeps it."""

    #: Its id.
    id: str
    #: Its name.
    name: str
    #: The language it is in, such as ``en_US``.
    language: str
    #: Whether it can be sent: ``APPROVED``, ``PENDING``, ``REJECTED``, ``PAUSED``; new ones come without notice.
    status: str
    #: ``MARKETING``, ``UTILITY`` or ``AUTHENTICATION``.
    category: str
    #: Whether its variables are counted (``POSITIONAL``) or have names (``NAMED``).
    parameter_format: Optional[str]
    #: Its header, body, footer and buttons, in Meta's form.
    components: Any
    #: Meta's rating, such as ``GREEN``.
    quality: Optional[str]
    #: Why it was rejected.
    rejected_reason: Optional[str]
    #: All that the host answered of it, as JSON.
    raw: Any


@dataclass(frozen=True, init=False, eq=False, repr=False)
class MediaInfo(Answer):
    """What Meta says of a file."""

    #: Its id.
    id: str
    #: Where it can be fetched with the access token, for five minutes.
    url: str
    #: Its MIME type.
    mime_type: str
    #: The SHA-256 of its content, in hexadecimal.
    sha256: str
    #: Its size in bytes.
    file_size: int
    #: All that the host answered, as JSON.
    raw: Any


@dataclass(frozen=True, init=False, eq=False, repr=False)
class BusinessProfile(Answer):
    """What customers see of the business."""

    #: The line under the name.
    about: Optional[str]
    #: The address.
    address: Optional[str]
    #: What the business does.
    description: Optional[str]
    #: The email address.
    email: Optional[str]
    #: Where the picture is.
    profile_picture_url: Optional[str]
    #: The web sites, at most two.
    websites: list[str]
    #: The industry, such as ``RETAIL``; new ones come without notice.
    vertical: Optional[str]
    #: All that Meta answered, as JSON.
    raw: Any
