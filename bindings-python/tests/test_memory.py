"""Memory: a process that sends for days does not grow."""

from __future__ import annotations

import pytest
from conftest import run
from wamid.testing import Sandbox

#: How much resident memory two rounds of 10,000 sends may differ by.
MOST_MB = 5

SENDING = """
import asyncio, gc, sys, wamid
sends = int(sys.argv[2])
def resident():
    gc.collect()
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 1e6
def marks(n):
    return n in (sends // 10, sends // 2, sends)
measured = []
if sys.argv[1] == "sync":
    client = wamid.Client.from_env()
    for n in range(1, sends + 1):
        client.send_message("919876543210", "Hello")
        if marks(n):
            measured.append(resident())
else:
    async def main():
        async with wamid.AsyncClient.from_env() as client:
            done = 0
            while done < sends:
                await asyncio.gather(*(client.send_message("919876543210", "Hello") for _ in range(50)))
                done += 50
                if marks(done):
                    measured.append(resident())
    asyncio.run(main())
print(*measured)
"""


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_resident_memory_stays_where_it_was(wamid_sandbox: Sandbox, kind: str) -> None:
    """The sandbox, which keeps the last 10,000 messages, is in another process: this one."""
    done = run(SENDING, wamid_sandbox, kind, "20000")
    assert (done.stderr, done.returncode) == ("", 0)
    _, middle, end = map(float, done.stdout.split())
    assert abs(end - middle) < MOST_MB, done.stdout
