"""Calls of a thread that waits."""

from __future__ import annotations

import sys
from typing import Any, Callable

from . import _wamid


def wait(call: Callable[..., Any], *arguments: object) -> Any:
    """Makes the call; where gevent has patched the process, in gevent's pool of threads, so that other greenlets go on."""
    monkey = sys.modules.get("gevent.monkey")
    if monkey is None or not monkey.is_module_patched("threading"):
        return call(*arguments)
    from gevent import get_hub  # type: ignore[import-not-found, import-untyped, unused-ignore]

    return get_hub().threadpool.apply(call, arguments)


def not_lost(call: Callable[..., Any], *arguments: object) -> Any:
    """Makes a call that may send, and that puts its answer into a list as well: a message that went out is never lost in silence.

    Python looks for signals between the end of a call and the use of what it returned. What their handlers raise there takes
    the answer away; in the list it is still there, and is logged. Who calls this must not use ``*``: then Python would look
    once more on the way back.
    """
    answered: list[Any] = []
    try:
        return call(*arguments, answered)
    except BaseException:
        for answer in answered:
            _wamid._unheard(answer)
        raise
