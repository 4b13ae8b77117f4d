"""Handlers that note what they get in a file, and do to it what its id says; and the clients of the servers here."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import wamid

JOURNAL = Path(os.environ["JOURNAL"])
#: In place of 10 seconds.
ANSWER_WITHIN = 1.0
LONG = 2.5


def note(line: str) -> None:
    with JOURNAL.open("a") as journal:
        journal.write(f"{line}\n")


def began(event: wamid.Event) -> str:
    """Notes an event; fails where its id says so, and it has come for the first time."""
    name = getattr(event, "id", event.event)
    is_first = name not in JOURNAL.read_text().split("\n")
    note(name)
    if name.endswith("FAILS") and is_first:
        raise RuntimeError("the database is away")
    return name


def handle(event: wamid.Event) -> None:
    if began(event).endswith("SLOW"):
        time.sleep(LONG)
        note("slow is done")


async def handle_async(event: wamid.Event) -> None:
    if began(event).endswith("SLOW"):
        await asyncio.sleep(LONG)
        note("slow is done")
