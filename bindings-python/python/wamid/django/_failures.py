"""Failures on their way to who called the original, and sends that a test believes to be patched."""

from __future__ import annotations

import functools
import sys
from contextvars import ContextVar
from typing import Any, Callable, Optional, TypeVar, cast

import wamid

_F = TypeVar("_F", bound=Callable[..., Any])

#: What the last send of this context failed with. The original's views keep only its text.
_last: ContextVar[Optional[wamid.WamidError]] = ContextVar("wamid_last_failure", default=None)


def kept(send: _F) -> _F:
    """The same function; what it fails with is kept for :func:`told`."""

    @functools.wraps(send)
    def sending(*arguments: Any, **named: Any) -> Any:
        try:
            return send(*arguments, **named)
        except wamid.WamidError as error:
            _last.set(error)
            raise

    return cast(_F, sending)


def told(dispatch: _F) -> _F:
    """The same view; where it answers with a failure's text, its answer has the failure's fields beside it."""
    from django.http import JsonResponse

    @functools.wraps(dispatch)
    def dispatching(*arguments: Any, **named: Any) -> Any:
        before = _last.set(None)
        try:
            response, error = dispatch(*arguments, **named), _last.get()
        finally:
            _last.reset(before)
        if error is None or response.status_code < 400:
            return response
        known = {name: value for name, value in error.to_dict().items() if value is not None}
        return JsonResponse({"error": str(error), **known}, status=response.status_code)

    return cast(_F, dispatching)


def value_error(call: _F) -> _F:
    """The same function; whatever it fails with is a ``ValueError`` too, as the original's functions for Flows have it."""

    @functools.wraps(call)
    def calling(*arguments: Any, **named: Any) -> Any:
        try:
            return call(*arguments, **named)
        except wamid.WamidError as error:
            # The same object: it keeps its fields, its cause and its traceback.
            error.__class__ = _value_errors.get(type(error), type(error))
            raise

    return cast(_F, calling)


def _both(kind: type[wamid.WamidError]) -> type[wamid.WamidError]:
    made = type(kind.__name__, (kind, ValueError), {"__module__": __name__, "__doc__": kind.__doc__})
    # Where it is looked for when it is unpickled.
    globals()[kind.__name__] = made
    return cast(type[wamid.WamidError], made)


_value_errors: dict[type[wamid.WamidError], type[wamid.WamidError]] = {
    kind: _both(kind)
    for kind in (
        wamid.AuthenticationError,
        wamid.RateLimitError,
        wamid.RejectedError,
        wamid.ServerError,
        wamid.RequestTimeoutError,
        wamid.ConnectionFailedError,
        wamid.UnexpectedResponseError,
        wamid.UnsupportedError,
    )
}


def refuse_patched() -> None:
    """Fails where a test has patched `requests`, through which nothing goes: Meta itself would be asked.

    :raises RuntimeError: says what to do instead.
    """
    requests = sys.modules.get("requests")
    if requests is None:
        return
    verbs = ("get", "post", "put", "delete", "request")
    looked_at = [getattr(module, verb) for module in (requests, requests.Session) for verb in verbs]
    looked_at += [requests.Session.get_adapter, requests.adapters.HTTPAdapter.send]
    # The name itself, in the module of the original's that asks.
    looked_at.append(getattr(sys.modules.get("django_meta_whatsapp.utils"), "requests", None))
    for function in looked_at:
        of = (type(function).__module__, getattr(function, "__module__", None) or "")
        if any(name.partition(".")[0] in ("responses", "requests_mock") or name == "unittest.mock" for name in of):
            raise RuntimeError(
                "requests is patched here, but wamid.django does not send through it: Meta itself would be asked. In "
                "tests let it ask wamid.testing.sandbox(), whose url goes into the environment as WAMID_GRAPH_URL."
            )
