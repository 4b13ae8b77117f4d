"""The conformance runner for `wamid.Client`: reads a call a line, makes it, answers a line.

It only renames and hands over; see the runner protocol in `tests/conformance/README.md`.
"""

from __future__ import annotations

import sys
from typing import Any

import protocol
import wamid


def main() -> None:
    clients: dict[str, wamid.Client] = {}
    for call in protocol.calls():
        protocol.answer(call["op"], lambda call=call: answer(clients, call))


def answer(clients: dict[str, wamid.Client], call: dict[str, Any]) -> Any:
    op, args = call["op"], protocol.arguments(call)
    if call.get("client") is None:
        return getattr(wamid, op)(**args)
    key = protocol.key(call["client"])
    if op == "close":
        if key in clients:
            clients.pop(key).close()
        return None
    if key not in clients:
        clients[key] = protocol.client(wamid.Client, call["client"])
    client = clients[key]
    if op == "send_many":
        return protocol.merged(args["sends"], client.send_many(**protocol.readable(args)))
    return getattr(client, op)(**args)


if __name__ == "__main__":
    main()
    sys.exit()
