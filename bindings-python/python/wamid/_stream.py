"""The stream of outcomes for an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from typing import Any, Callable, Optional, Union

from . import _wamid
from ._bulk import iterator, native
from ._loop import run, unheard
from .results import Outcome

#: What comes after the last send.
_END = object()


async def each(bulk: _wamid.NativeBulk, pull: Callable[[], Any]) -> AsyncIterator[tuple[int, Outcome]]:
    """Hands out the outcomes as they end. What fails in ``pull`` is raised once all under way have ended."""
    at, more = 0, True
    failed: Optional[Exception] = None
    pulling: Optional[asyncio.Future[Any]] = None
    ending: Optional[asyncio.Future[Any]] = None
    try:
        while True:
            if more and pulling is None and bulk.has_room():
                pulling = asyncio.ensure_future(pull())
            if ending is None and bulk.held():
                ending = asyncio.ensure_future(run(bulk.next))
            waited = [future for future in (pulling, ending) if future is not None]
            if not waited:
                break
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            if pulling is not None and pulling.done():
                pulled, pulling = pulling, None
                try:
                    send = pulled.result()
                    more = send is not _END
                    if more:
                        bulk.push(native(at, send))
                        at += 1
                except Exception as error:
                    failed, more = error, False
            if ending is not None and ending.done():
                ended, ending = ending.result(), None
                if ended is not None:
                    yield ended
        if failed is not None:
            raise failed
    finally:
        bulk.stop()
        left = [future for future in (pulling, ending) if future is not None]
        for future in left:
            future.cancel()
        if left:
            await asyncio.wait(left)
        if ending is not None:
            unheard(ending)
        bulk.leave()


def puller(sends: Union[Iterable[Any], AsyncIterable[Any]]) -> Callable[[], Any]:
    """Gives the next send each time that it is awaited."""
    if isinstance(sends, AsyncIterable):
        coming = sends.__aiter__()

        async def pull() -> Any:
            try:
                return await coming.__anext__()
            except StopAsyncIteration:
                return _END
    else:
        there = iterator(sends)

        async def pull() -> Any:
            return next(there, _END)

    return pull
