"""What a message holds, whatever its kind."""

from __future__ import annotations

import os
from keyword import iskeyword
from typing import Any, ClassVar, Optional, TypeVar

from . import _wamid
from ._binary import decoded, encoded, path_text
from ._wamid import Send as _Send

_P = TypeVar("_P", bound="Part")


class Part:
    """A part of a content, with fields of its own."""

    #: The class of each field that holds parts.
    _parts: ClassVar[dict[str, type[Part]]] = {}
    #: The fields that hold bytes.
    _data: ClassVar[tuple[str, ...]] = ()

    def _members(self) -> dict[str, Any]:
        """Its fields as JSON has them."""
        # A field whose name is a word of Python's own has an underscore behind it here.
        given = {name.rstrip("_"): value for name, value in self.__dict__.items() if value is not None}
        return {name: encoded(name, value) if name in self._data else _plain(value) for name, value in given.items()}

    @classmethod
    def _read(cls: type[_P], members: dict[str, Any]) -> _P:
        """One with these fields, which the core has read before."""
        given = {_attribute(name): cls._field(name, value) for name, value in members.items() if value is not None}
        return cls(**given)

    @classmethod
    def _field(cls, name: str, value: Any) -> Any:
        if name in cls._data:
            return decoded(value)
        part = cls._parts.get(name)
        if isinstance(value, list):
            return [cls._field(name, each) for each in value]
        # Where a text may stand for a part it is a text.
        return part._read(value) if part is not None and isinstance(value, dict) else value


def _attribute(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value._members()
    if isinstance(value, os.PathLike):
        return path_text(value)
    # A list of parts may be any sequence of them; what else a sequence holds is converted with it.
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


class Content(Part):
    """What a message holds: a :class:`wamid.Text`, :class:`wamid.Location`, :class:`wamid.Template` ...

    :meth:`wamid.Client.send` takes one, and a :class:`wamid.Message` has one.
    """

    #: The ``type`` of its kind in JSON.
    _type: ClassVar[str]

    @staticmethod
    def from_json(text: str) -> Content:
        """A content from JSON text: an object with the ``type`` of its kind and the kind's fields.

        :param text: such as ``{"type": "text", "message": "Hello"}``; ``docs/messages.md`` has every kind.
        :raises InvalidInputError: ``field`` is the path of what is unknown, missing or of another type. The limits of texts and
            lists are checked when it is sent.

        >>> import wamid
        >>> wamid.Content.from_json('{"type": "text", "message": "Hello"}')
        Text(message='Hello', preview_url=None)
        """
        import json

        from . import contents

        _wamid._check_content(text)
        members = json.loads(text)
        return contents._KINDS[members.pop("type")]._read(members)

    def to_json(self) -> str:
        """The content as JSON text, as :meth:`from_json` reads it.

        :raises InvalidInputError: a field is of another type than it may be.

        >>> import wamid
        >>> wamid.Text("Hello").to_json()
        '{"type":"text","message":"Hello"}'
        """
        return _wamid._content_json(members_of(self))

    def _send(
        self,
        phone: str,
        account_id: Optional[int],
        reply_to: Optional[str],
        reference: Optional[str],
        idempotency_key: Optional[str],
        extra: Optional[dict[str, Any]],
    ) -> _Send:
        """The native send of it; kinds that are sent all the time have a quicker way."""
        return _Send.content(phone, members_of(self), account_id, reply_to, reference, idempotency_key, extra)


def send(
    phone: str,
    content: Content,
    account_id: Optional[int],
    reply_to: Optional[str],
    reference: Optional[str],
    idempotency_key: Optional[str],
    extra: Optional[dict[str, Any]],
) -> _Send:
    """The native send of a content."""
    return _checked(content)._send(phone, account_id, reply_to, reference, idempotency_key, extra)


def members_of(content: Content) -> dict[str, Any]:
    """A content as JSON has it."""
    return {"type": _checked(content)._type, **content._members()}


def _checked(content: Content) -> Content:
    if not isinstance(content, Content):
        raise TypeError(f"content must be a wamid.Content, such as a wamid.Text, not {type(content).__name__}")
    return content
