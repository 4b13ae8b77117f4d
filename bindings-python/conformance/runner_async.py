"""The conformance runner for `wamid.AsyncClient`, as `runner.py`."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import protocol
import wamid


def main() -> None:
    clients: dict[str, wamid.AsyncClient] = {}
    loop = asyncio.new_event_loop()
    for call in protocol.calls():
        protocol.answer(call["op"], lambda call=call: loop.run_until_complete(answer(clients, call)))
    loop.close()


async def answer(clients: dict[str, wamid.AsyncClient], call: dict[str, Any]) -> Any:
    op, args = call["op"], protocol.arguments(call)
    if call.get("client") is None:
        return getattr(wamid, op)(**args)
    key = protocol.key(call["client"])
    if op == "close":
        if key in clients:
            await clients.pop(key).close()
        return None
    if key not in clients:
        clients[key] = protocol.client(wamid.AsyncClient, call["client"])
    client = clients[key]
    if op == "send_many":
        return protocol.merged(args["sends"], await client.send_many(**protocol.readable(args)))
    return await getattr(client, op)(**args)


if __name__ == "__main__":
    main()
    sys.exit()
