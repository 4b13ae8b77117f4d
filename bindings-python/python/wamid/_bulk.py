"""Bulks: what goes in, what is told of one that was stopped, and the stream of outcomes for a thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Callable, Optional, TypeVar, Union

from . import _wamid
from ._waiting import not_lost, wait
from .errors import InvalidInputError
from .results import Outcome, Progress, Stopped

_T = TypeVar("_T")


def native(at: int, send: Any) -> Union[_wamid.Send, InvalidInputError]:
    """The send at that place; what breaks a rule already is the outcome of this one alone."""
    make = getattr(type(send), "_native", None)
    if make is None:
        raise TypeError(f"sends[{at}] must be a wamid.Message, not {type(send).__name__}")
    try:
        return make(send)  # type: ignore[no-any-return]
    except InvalidInputError as error:
        return error
    except TypeError as error:
        raise TypeError(f"sends[{at}]: {error}") from None


def natives(sends: Iterable[Any]) -> list[Union[_wamid.Send, InvalidInputError]]:
    """All of them."""
    return [native(at, send) for at, send in enumerate(iterator(sends))]


def iterator(sends: Iterable[Any]) -> Iterator[Any]:
    """What goes through them."""
    try:
        return iter(sends)
    except TypeError:
        raise TypeError(f"sends must be an iterable of wamid.Message, not {type(sends).__name__}") from None


def reporter(progress: Optional[Callable[[_T], object]]) -> Optional[Callable[[_T], None]]:
    """Calls the caller's ``progress``. One that fails is told to ``sys.unraisablehook`` and not called again."""
    if progress is None:
        return None
    import functools
    import inspect

    if not callable(progress):
        raise TypeError(f"progress must be a function, not {type(progress).__name__}")
    called: Any = progress
    while isinstance(called, functools.partial):
        called = called.func
    if any(inspect.iscoroutinefunction(each) for each in (called, type(called).__call__)):
        raise TypeError("progress must be a plain function: nobody awaits what an async def returns")
    told: list[Callable[[_T], object]] = [progress]

    def report(counts: _T) -> None:
        for callback in list(told):
            try:
                returned = callback(counts)
                if inspect.iscoroutine(returned):
                    returned.close()
                    raise TypeError("progress must not return a coroutine: nobody awaits it")
            except Exception as error:
                told.clear()
                _wamid._unraisable(error, callback)

    return report


def attach(error: BaseException, known: tuple[list[Optional[Outcome]], Progress]) -> None:
    """Puts onto what stopped a bulk what is known by then; :func:`stopped` finds it there."""
    outcomes, progress = known
    found = {"outcomes": outcomes, "progress": progress, **progress.to_dict()}
    try:
        for name, value in found.items():
            setattr(error, name, value)
    except AttributeError:
        pass  # An exception of somebody's that takes no attributes.


def stopped(error: Optional[BaseException]) -> Optional[Stopped]:
    """What is known of a ``send_many`` that ``error`` ended: a ``CancelledError``, ``TimeoutError``, ``KeyboardInterrupt`` ...

    :returns: the outcomes and the counts; None where the error ended no ``send_many``.

    >>> import asyncio, wamid, wamid.testing
    >>> async def main() -> None:
    ...     with wamid.testing.sandbox() as sandbox:
    ...         async with sandbox.async_client() as client:
    ...             quick = wamid.Message("919876543210", wamid.Text("quick"))
    ...             sends = [quick, *[wamid.Message("15550900002", wamid.Text("no answer"))] * 9]
    ...             try:
    ...                 await asyncio.wait_for(client.send_many(sends, concurrency=2), 1)
    ...             except asyncio.TimeoutError as error:
    ...                 found = wamid.stopped(error)
    ...                 print(found.progress.sent, found.progress.unknown, found.outcomes.count(None))
    >>> asyncio.run(main())
    1 2 7
    """
    seen: set[int] = set()
    around = [error]
    while around:
        error = around.pop(0)
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        outcomes, progress = getattr(error, "outcomes", None), getattr(error, "progress", None)
        if isinstance(outcomes, list) and isinstance(progress, Progress):
            return Stopped(outcomes, progress)
        # A group of tasks has one for each that failed.
        around += [error.__cause__, error.__context__, *getattr(error, "exceptions", ())]
    return None


def each(bulk: _wamid.NativeBulk, sends: Iterator[Any]) -> Iterator[tuple[int, Outcome]]:
    """Hands out the outcomes of these as they end. What fails in ``sends`` is raised once all under way have ended."""
    at, more, failed = 0, True, None
    try:
        while True:
            while more and bulk.has_room():
                try:
                    bulk.push(native(at, next(sends)))
                except StopIteration:
                    more = False
                except Exception as error:
                    failed, more = error, False
                at += 1
                # One that has ended does not wait for the next to come.
                ended = not_lost(bulk.ended)
                if ended is not None:
                    yield ended
            ended = not_lost(wait, bulk.next)
            if ended is not None:
                yield ended
            elif not more:
                break
        if failed is not None:
            raise failed
    finally:
        bulk.leave()
