"""Calls that an event loop waits for.

Each loop has one queue of what has ended. However many calls end at once, the loop is woken once and takes them all;
nothing blocks it, and nothing of it is touched from another thread.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import weakref
from typing import Any, Callable, Optional

from . import _wamid
from .errors import UnsupportedError
from .results import Progress

#: Starts a call for this queue and number.
Start = Callable[[tuple[_wamid.Completions, int]], Any]
OnProgress = Callable[[Progress], object]

_RESULT, _ERROR, _PROGRESS = 0, 1, 2


class _Port:
    """One loop's queue, and who waits for what."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.ids = itertools.count(1)
        self.waiting: dict[int, tuple[asyncio.Future[Any], Optional[OnProgress]]] = {}
        self.completions = self._watched_by(loop)

    def _watched_by(self, loop: asyncio.AbstractEventLoop) -> _wamid.Completions:
        if sys.platform != "win32":
            completions = _wamid.Completions(None)
            try:
                loop.add_reader(completions.fileno(), self.drain)
            except NotImplementedError:
                pass  # A loop that cannot watch sockets.
            else:
                return completions
        # The queue outlives the loop where calls do; so it must not keep it.
        the_loop = weakref.ref(loop)

        def wake() -> None:
            loop = the_loop()
            if loop is not None:
                loop.call_soon_threadsafe(self.drain)

        return _wamid.Completions(wake)

    def drain(self) -> None:
        """Hands over everything that has happened."""
        for number, kind, value in self.completions.drain():
            future, on_progress = self.waiting.get(number, (None, None))
            # Nobody may be waiting any more, as after a cancellation.
            if future is None or future.done():
                continue
            if kind == _RESULT:
                future.set_result(value)
            elif kind == _ERROR:
                future.set_exception(value)
            elif on_progress is not None:
                try:
                    on_progress(value)
                except BaseException as stop:
                    # It stops the call, as it does for a thread that waits.
                    future.set_exception(stop)


_ports: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Port] = weakref.WeakKeyDictionary()


def _port_of(loop: asyncio.AbstractEventLoop) -> _Port:
    port = _ports.get(loop)
    if port is None:
        # Only this loop's own thread asks for its port. No lock: a fork could leave it locked for good.
        port = _ports[loop] = _Port(loop)
    return port


def _running_loop() -> asyncio.AbstractEventLoop:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        pass
    raise UnsupportedError(
        "AsyncClient needs a running asyncio event loop, and there is none here. Under trio or another framework "
        "use wamid.Client in a thread, such as with trio.to_thread.run_sync."
    )


async def run(start: Start, on_progress: Optional[OnProgress] = None) -> Any:
    """Starts a call and waits for it; whoever stops waiting stops the call."""
    loop = _running_loop()
    port = _port_of(loop)
    number = next(port.ids)
    future: asyncio.Future[Any] = loop.create_future()
    port.waiting[number] = (future, on_progress)
    call: Optional[_wamid.Call] = None
    try:
        call = start((port.completions, number))
        return await future
    except BaseException:
        # Cancelled, or the loop was closed; what has failed by itself has ended, and is not touched by this.
        if call is not None:
            call.cancel()
        raise
    finally:
        del port.waiting[number]
