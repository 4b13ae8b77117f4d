"""A bookshop that answers by itself: an order by list, a payment by button, a form, and a picture for a picture.

    pip install wamid uvicorn
    uvicorn --app-dir examples/python bot:app

It needs ``WAMID_ACCESS_TOKEN``, ``WAMID_PHONE_NUMBER_ID``, ``WAMID_APP_SECRET`` and ``WAMID_VERIFY_TOKEN``; ``FLOW_ID`` is the id
of a Flow at Meta that asks for an address.
"""

from __future__ import annotations

import os

import wamid
from wamid.webhooks import asgi_app

BOOKS = {"guide": ("The Guide", 450), "malgudi": ("Malgudi Days", 399)}
FLOW_ID = os.environ.get("FLOW_ID", "1037543291543636")

client = wamid.AsyncClient.from_env()


async def handle(event: wamid.Event) -> None:
    """Answers whoever writes. Where this fails, Meta delivers the event again."""
    if not isinstance(event, wamid.MessageEvent) or event.address is None:
        return
    content: wamid.Content = shelf()
    if event.reply is not None and event.reply.id is not None:
        content = after(event.reply.id)
    elif event.flow is not None and event.flow.response is not None:
        content = wamid.Text(f"{event.flow.token} goes to {event.flow.response['address']}.")
    elif event.type == "image" and event.media is not None and event.media.id is not None:
        picture = await client.download_media(event.media.id)
        content = wamid.Image(data=picture.data, mime_type=picture.mime_type, caption="What a fine shelf!")
    await event.answer(client, content)


def shelf() -> wamid.Content:
    """The books, to choose one of."""
    rows = [wamid.ListRow(id=f"book:{book}", title=name) for book, (name, _) in BOOKS.items()]
    return wamid.List(body="Which book would you like?", button="Books", sections=[wamid.ListSection(rows)])


def after(pressed: str) -> wamid.Content:
    """What follows a row or a button."""
    step, _, book = pressed.partition(":")
    if book not in BOOKS:
        return wamid.Text("Another time, then.")
    name, price = BOOKS[book]
    if step == "book":
        buttons = [
            wamid.ReplyButton(id=f"pay:{book}", title=f"Pay {price}"),
            wamid.ReplyButton(id="no", title="Not now"),
        ]
        return wamid.ReplyButtons(body=f"{name} is {price} rupees.", buttons=buttons)
    body = "Thank you! Where shall it go?"
    return wamid.Flow(body=body, button="Address", flow_id=FLOW_ID, flow_token=name, screen="ADDRESS")


app = asgi_app(client, handle)
