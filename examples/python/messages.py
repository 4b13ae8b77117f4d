"""The four operations, errors told apart, and many messages at once.

    python examples/python/messages.py

sends through whatever host the environment describes (``WAMID_ACCESS_TOKEN`` and ``WAMID_PHONE_NUMBER_ID``, or
``WAMID_GATEWAY_URL`` and ``WAMID_API_KEY``), and to a sandbox in this process where it describes none.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import wamid
import wamid.testing

PHONE = "+91 98765-43210"


def send(client: wamid.Client) -> None:
    """All four operations."""
    receipt = client.send_message(PHONE, "Your order is on its way.", reference="order-1042")
    print(f"message: {receipt.id}")
    receipt = client.send_location(PHONE, 28.6139, 77.2090, name="Our Office", address="New Delhi")
    print(f"location: {receipt.id}")
    receipt = client.send_template(PHONE, "order_update", body_params=["Asha", "A-1042"])
    print(f"template: {receipt.id}")
    for conversation in client.chats():
        print(f"chat: {conversation.phone_number}, {conversation.unread_count} unread")


def send_carefully(client: wamid.Client, phone: str) -> None:
    """What a failure asks of its caller."""
    try:
        client.send_message(phone, "Hello")
    except wamid.InvalidInputError as error:
        print(f"correct {error.field}: {error}")
    except wamid.WamidError as error:
        if error.maybe_sent:
            print(f"unknown, look before sending again: {error.kind}")
        elif error.retryable:
            print(f"not sent, the same call may succeed later: {error.kind}")
        else:
            print(f"not sent: {error.kind}")


def send_any(client: wamid.Client) -> None:
    """A content of any kind, as a value or out of JSON."""
    client.send(PHONE, wamid.Location(28.6139, 77.2090, name="Our Office"), reference="pin-1")
    content = wamid.Content.from_json('{"type": "text", "message": "Out of a queue"}')
    print(f"any kind: {client.send(PHONE, content).phone}")


def send_many(client: wamid.Client) -> None:
    """One call, an answer for each."""
    sends = [wamid.Message(PHONE, wamid.Text(f"Reminder {n}")) for n in range(1, 101)]
    results = client.send_many(sends, concurrency=16)
    failed = [result for result in results if isinstance(result, wamid.WamidError)]
    print(f"many: {len(results) - len(failed)} sent, {len(failed)} failed")


def main() -> None:
    """The whole story, once."""
    if any(name in os.environ for name in ("WAMID_ACCESS_TOKEN", "WAMID_GATEWAY_URL")):
        with wamid.Client.from_env() as client:
            send(client)
            send_any(client)
            send_many(client)
        return
    with tempfile.TemporaryDirectory() as folder, wamid.testing.sandbox() as sandbox:
        with sandbox.client(store=f"sqlite:{Path(folder) / 'wamid.db'}", max_retries=0) as client:
            send(client)
            send_any(client)
            send_many(client)
            # Numbers that make the sandbox fail in a chosen way.
            for phone in ("12", "15550131056", "15550900003", "15550000190"):
                send_carefully(client, phone)


if __name__ == "__main__":
    main()
