"""Calls of a thread that waits, which under gevent is a worker with more to do."""

from __future__ import annotations

import sys
from typing import Any, Callable


def wait(call: Callable[..., Any], *arguments: object) -> Any:
    """Makes the call; where gevent has patched the process, in gevent's pool of threads, so that other greenlets go on."""
    monkey = sys.modules.get("gevent.monkey")
    if monkey is None or not monkey.is_module_patched("threading"):
        return call(*arguments)
    from gevent import get_hub  # type: ignore[import-not-found, import-untyped, unused-ignore]

    return get_hub().threadpool.apply(call, arguments)
