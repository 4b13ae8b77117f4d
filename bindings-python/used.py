"""What programs do with the package most. `cargo xtask package python` puts what it calls together in the library."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import wamid

# In a process of its own: a program that sends to Meta needs no function of the sandbox.
META = """
import sys, wamid.testing
with wamid.testing.sandbox() as meta:
    print(meta.url, meta.access_token, meta.phone_number_id, meta.app_secret, flush=True)
    sys.stdin.read()
"""
PHONE = "+91 98765-43210"
TEXT = "Your order A-1042 is on its way."
CONTENTS: list[wamid.Content] = [
    wamid.Image(link="https://example.com/menu.jpg", caption="Menu"),
    wamid.ReplyButtons("Today?", [wamid.ReplyButton("yes", "Yes"), wamid.ReplyButton("no", "No")]),
]
WEBHOOK = (
    b'{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",'
    b'"metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},'
    b'"contacts":[{"profile":{"name":"Sheena"},"wa_id":"16505551234"}],'
    b'"messages":[{"from":"16505551234","id":"wamid.1","timestamp":"1749416383","type":"text","text":{"body":"Hi"}}],'
    b'"statuses":[{"id":"wamid.2","status":"read","timestamp":"1749416383","recipient_id":"16505551234"}]}}]}]}'
)


def send(client: wamid.Client) -> None:
    """Sends from one thread."""
    for _ in range(4):
        client.send_message(PHONE, TEXT, reference="order-1042")
    client.send_location(PHONE, 28.6139, 77.2090, name="Our office")
    client.send_template(PHONE, "order_update", body_params=["Asha", "A-1042"])
    for content in CONTENTS:
        client.send(PHONE, content, reply_to="wamid.HBgL")


def use(client: wamid.Client, app_secret: str) -> None:
    """Sends from several threads, is refused, and reads a webhook."""
    threads = [threading.Thread(target=send, args=(client,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    client.send_many([wamid.Message(PHONE, wamid.Text(TEXT)) for _ in range(20)])
    try:
        # The sandbox refuses this number.
        client.send_message("15550131047", TEXT)
    except wamid.WamidError as error:
        str(error)
    wamid.verify_webhook(WEBHOOK, "sha256=" + "0" * 64, app_secret)
    for event in wamid.parse_webhook(WEBHOOK):
        repr(event)


async def use_asyncio(url: str, token: str, number: str) -> None:
    """Sends from asyncio."""
    async with wamid.AsyncClient.cloud(token, number, graph_url=url) as client:
        await asyncio.gather(*(client.send_message(PHONE, TEXT) for _ in range(8)))
        await client.send_many([wamid.Message(PHONE, wamid.Text(TEXT)) for _ in range(8)])


def main() -> None:
    """Uses a sandbox of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", META], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as meta:
        assert meta.stdin is not None
        assert meta.stdout is not None
        url, token, number, app_secret = meta.stdout.readline().split()
        with wamid.Client.cloud(token, number, graph_url=url) as client:
            use(client, app_secret)
        asyncio.run(use_asyncio(url, token, number))
        meta.stdin.close()


if __name__ == "__main__":
    main()
