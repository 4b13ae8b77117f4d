"""What goes wrong, and what that means for the message.

Every failure of the SDK is a :class:`WamidError` of one kind. Three questions matter after a failed send, and each has an
attribute: may the message have gone out all the same (``maybe_sent``), can the same call be made again without sending
twice (``retryable``), and after how long (``retry_after``).
"""

from __future__ import annotations

from typing import Any, ClassVar, Optional

__all__ = [
    "AuthenticationError",
    "Cause",
    "ConnectionFailedError",
    "InvalidInputError",
    "RateLimitError",
    "RejectedError",
    "RequestTimeoutError",
    "ServerError",
    "StoreError",
    "UnexpectedResponseError",
    "UnsupportedError",
    "WamidError",
]

_FIELDS = (
    "kind",
    "message",
    "status",
    "code",
    "subcode",
    "title",
    "details",
    "trace_id",
    "field",
    "reference",
    "retry_after",
    "retryable",
    "maybe_sent",
    "attempts",
)


class WamidError(Exception):
    """A failure of the SDK; the base of all others.

    >>> import wamid
    >>> try:
    ...     wamid.Client.cloud("", "106540352242922")
    ... except wamid.WamidError as error:
    ...     print(error.kind, error.field, error.maybe_sent)
    invalid_input access_token False
    """

    #: What went wrong, for branching, such as ``rate_limited``.
    kind: str
    #: A sentence for a person: what happened and what to do. Its wording may change; branch on the other fields.
    message: str
    #: The HTTP status of the answer, where one came.
    status: Optional[int]
    #: The Graph API's error code, such as 131056.
    code: Optional[int]
    #: The Graph API's ``error_subcode``.
    subcode: Optional[int]
    #: The Graph API's ``error_user_title``, written for end users.
    title: Optional[str]
    #: What the Graph API says of the cause.
    details: Optional[str]
    #: Meta's id of this failure, which its support asks for.
    trace_id: Optional[str]
    #: The argument or option at fault, as a path: ``phone``, ``body_params[1]``, ``buttons[0].coupon_code``.
    field: Optional[str]
    #: The send's ``reference``: with it a later status webhook can be matched to this call.
    reference: Optional[str]
    #: Seconds to wait before the next try, where the host or the SDK's own schedule says so.
    retry_after: Optional[float]
    #: Whether the same call, made later, may succeed and cannot send twice.
    retryable: bool
    #: Whether the message may have gone out although the call failed. False means: surely not sent.
    maybe_sent: bool
    #: How many requests were tried; 0 where the failure came before the first.
    attempts: int

    _kind: ClassVar[str] = ""

    def __init__(
        self,
        message: str = "",
        *,
        kind: Optional[str] = None,
        status: Optional[int] = None,
        code: Optional[int] = None,
        subcode: Optional[int] = None,
        title: Optional[str] = None,
        details: Optional[str] = None,
        trace_id: Optional[str] = None,
        field: Optional[str] = None,
        reference: Optional[str] = None,
        retry_after: Optional[float] = None,
        retryable: bool = False,
        maybe_sent: bool = False,
        attempts: int = 0,
    ) -> None:
        super().__init__(message)
        self.kind = kind if kind is not None else self._kind
        self.message = message
        self.status = status
        self.code = code
        self.subcode = subcode
        self.title = title
        self.details = details
        self.trace_id = trace_id
        self.field = field
        self.reference = reference
        self.retry_after = retry_after
        self.retryable = retryable
        self.maybe_sent = maybe_sent
        self.attempts = attempts

    def __str__(self) -> str:
        return self.message

    def to_dict(self) -> dict[str, Any]:
        """All fields by their names, those that are not known as None."""
        return {name: getattr(self, name) for name in _FIELDS}

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception's own way to be pickled knows no keyword arguments, and forgets its cause.
        return (_restored, (type(self), self.to_dict(), self.__cause__), self.__dict__)


class InvalidInputError(WamidError, ValueError):
    """An argument breaks a rule of the SDK; ``field`` names it. Nothing was sent."""

    _kind = "invalid_input"


class AuthenticationError(WamidError):
    """The token, the key or a permission was refused."""

    _kind = "authentication"


class RateLimitError(WamidError):
    """The host wants fewer messages for a while."""

    _kind = "rate_limited"


class RejectedError(WamidError):
    """The host understood the request and refused it."""

    _kind = "rejected"


class ServerError(WamidError):
    """The host failed."""

    _kind = "server"


class RequestTimeoutError(WamidError, TimeoutError):
    """An attempt, or all of them together, took too long."""

    _kind = "timeout"


class ConnectionFailedError(WamidError, ConnectionError):
    """The connection did not come about, or was lost."""

    _kind = "connection"


class UnexpectedResponseError(WamidError):
    """The answer is not one that this host gives."""

    _kind = "unexpected_response"


class UnsupportedError(WamidError):
    """This host, or this build, cannot do it."""

    _kind = "unsupported"


class StoreError(WamidError):
    """The store cannot be opened, read or written."""

    _kind = "store"


class Cause(Exception):
    """What lay below a :class:`WamidError`, as the core tells it: its ``__cause__``."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored_cause, (str(self), self.__cause__))


_CLASSES: dict[str, type[WamidError]] = {
    each._kind: each
    for each in (
        InvalidInputError,
        AuthenticationError,
        RateLimitError,
        RejectedError,
        ServerError,
        RequestTimeoutError,
        ConnectionFailedError,
        UnexpectedResponseError,
        UnsupportedError,
        StoreError,
    )
}


def _panicked() -> WamidError:
    """The error of a call in which the native module failed by a bug of its own."""
    return UnexpectedResponseError(
        "wamid panicked inside this call, which is a bug in wamid. Please report it with what the process wrote to "
        "standard error.",
        maybe_sent=True,
    )


def _restored_cause(text: str, below: Optional[BaseException]) -> Cause:
    cause = Cause(text)
    cause.__cause__ = below
    return cause


def _restored(of: type[WamidError], fields: dict[str, Any], cause: Optional[BaseException]) -> WamidError:
    message = fields.pop("message")
    error = of(message, **fields)
    error.__cause__ = cause
    return error


def _from_native(fields: tuple[Any, ...], causes: list[str]) -> WamidError:
    """The exception of a core error: its fields in the contract's order, and what lay below, the nearest first."""
    named = dict(zip(_FIELDS, fields))
    cause: Optional[BaseException] = None
    for text in reversed(causes):
        cause = _restored_cause(text, cause)
    return _restored(_CLASSES.get(named["kind"], WamidError), named, cause)
