"""Calls that an event loop waits for.

Each loop has one queue of what has ended. However many calls end at once, the loop is woken once and takes them all;
nothing blocks it, and nothing of it is touched from another thread.
"""

from __future__ import annotations

import asyncio
import sys
import weakref
from typing import Any, Callable, Optional

from . import _wamid
from ._bulk import attach
from .errors import UnsupportedError

#: Starts a call for a loop's queue and future; its number.
Start = Callable[..., Any]

_RESULT, _ERROR = 0, 1


class _Port:
    """One loop's queue."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
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
        for future, kind, value in self.completions.drain():
            # Nobody may be waiting any more, as after a cancellation.
            if future.done():
                if kind == _RESULT:
                    _wamid._unheard(value)
                continue
            if kind == _RESULT:
                future.set_result(value)
            elif kind == _ERROR:
                future.set_exception(value)
            else:
                on_progress, progress = value
                try:
                    on_progress(progress)
                except BaseException as stop:
                    # Ctrl-C, for one: what fails by itself has been caught.
                    future.set_exception(stop)


_ports: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Port] = weakref.WeakKeyDictionary()

#: The loop that asked last, and its port: nearly always the one that asks next.
_latest: Optional[tuple[weakref.ref[asyncio.AbstractEventLoop], weakref.ref[_Port]]] = None


def _port_of(loop: asyncio.AbstractEventLoop) -> _Port:
    global _latest
    latest = _latest
    if latest is not None and latest[0]() is loop:
        known = latest[1]()
        if known is not None:
            return known
    port = _ports.get(loop)
    if port is None:
        # Only this loop's own thread asks for its port. No lock: a fork could leave it locked for good.
        port = _ports[loop] = _Port(loop)
    _latest = (weakref.ref(loop), weakref.ref(port))
    return port


def _running_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio._get_running_loop()
    if loop is not None:
        return loop
    raise UnsupportedError(
        "AsyncClient needs a running asyncio event loop, and there is none here. Under trio or another framework "
        "use wamid.Client in a thread, such as with trio.to_thread.run_sync."
    )


async def run_stoppable(start: Start, *arguments: object) -> Any:
    """The same for a call that can be stopped. Whoever stops waiting is told what is known, by what it is stopped with."""
    loop = _running_loop()
    port = _port_of(loop)
    future: asyncio.Future[Any] = loop.create_future()
    stop = _wamid.NativeStop()
    number = start(*arguments, stop, (port.completions, future))
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError as cancelled:
        stop.stop()
        # It ends at once, or when its records are written; whoever cancels again cannot have it earlier.
        while not future.done():
            try:
                await asyncio.wait([future])
            except asyncio.CancelledError:
                continue
        if future.exception() is None:
            attach(cancelled, future.result())
        raise
    except BaseException:
        port.completions.cancel(number)
        raise


async def run(start: Start, *arguments: object) -> Any:
    """Starts a call and waits for it; whoever stops waiting stops the call."""
    loop = _running_loop()
    port = _port_of(loop)
    future: asyncio.Future[Any] = loop.create_future()
    number = start(*arguments, (port.completions, future))
    try:
        return await future
    except BaseException:
        # Cancelled, or the loop was closed; what has failed by itself has ended, and is not touched by this.
        port.completions.cancel(number)
        unheard(future)
        raise


def unheard(future: asyncio.Future[Any]) -> None:
    """Logs what a call has answered in the very moment in which it was cancelled."""
    if future.done() and not future.cancelled() and future.exception() is None:
        _wamid._unheard(future.result())
