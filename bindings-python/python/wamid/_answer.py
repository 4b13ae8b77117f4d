"""What an operation answers, whichever it is."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from ._binary import decoded, instant

_A = TypeVar("_A", bound="Answer")


class Answer:
    """What an operation answers: frozen, compared by value, hashable, and it can be pickled."""

    #: The class of each field that holds answers, one or many.
    _parts: ClassVar[dict[str, type[Answer]]] = {}
    #: The fields that hold bytes.
    _data: ClassVar[tuple[str, ...]] = ()
    #: The fields that hold instants.
    _instants: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        raise TypeError(f"{type(self).__name__} is what an operation answers, and is not made by a program")

    @classmethod
    def _read(cls: type[_A], members: dict[str, Any]) -> _A:
        """One with these fields, as the core's JSON has them."""
        answer = cls.__new__(cls)
        answer.__dict__.update({name: cls._field(name, value) for name, value in members.items()})
        return answer

    @classmethod
    def _field(cls, name: str, value: Any) -> Any:
        if name in cls._data and value is not None:
            return decoded(value)
        if name in cls._instants and value is not None:
            return instant(value)
        part = cls._parts.get(name)
        if part is None or value is None:
            return value
        return [part._read(each) for each in value] if isinstance(value, list) else part._read(value)

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names; JSON as Python has it."""
        return {name: _plain(value) for name, value in self.__dict__.items()}

    def __repr__(self) -> str:
        # `raw` says the same again, and more than fits a line.
        fields = [f"{name}={_shown(value)}" for name, value in self.__dict__.items() if name != "raw"]
        return f"{type(self).__name__}({', '.join(fields)})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *map(_hashable, self.__dict__.values())))


def _shown(value: Any) -> str:
    return f"<{len(value)} bytes>" if isinstance(value, bytes) else repr(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Answer):
        return value.to_dict()
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _hashable(value: Any) -> Any:
    """What stands for a value in a hash; the values of JSON are compared, and that is enough."""
    if isinstance(value, list):
        return tuple(_hashable(each) for each in value)
    return len(value) if isinstance(value, dict) else value
