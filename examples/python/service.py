"""A service that sends messages and receives webhooks, on FastAPI.

    pip install wamid fastapi uvicorn
    uvicorn --app-dir examples/python service:app

It needs ``WAMID_ACCESS_TOKEN``, ``WAMID_PHONE_NUMBER_ID`` and ``WAMID_APP_SECRET``; ``WAMID_STORE`` (``sqlite:wamid.db``)
for the chats, and ``VERIFY_TOKEN``, which Meta repeats when it is told the webhook's address.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any, Optional

import wamid
from fastapi import BackgroundTasks, Depends, FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """One client for the service's whole life."""
    async with wamid.AsyncClient.from_env() as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


def the_client(request: Request) -> wamid.AsyncClient:
    """The service's client."""
    client: wamid.AsyncClient = request.app.state.client
    return client


Client = Annotated[wamid.AsyncClient, Depends(the_client)]


class Text(BaseModel):
    """What a caller sends."""

    phone: str
    message: str
    reference: Optional[str] = None


class Chat(BaseModel):
    """A conversation, as callers see it."""

    phone_number: str
    unread_count: int
    last_message_at: Optional[datetime]


@app.exception_handler(wamid.WamidError)
async def failed(_: Request, error: wamid.WamidError) -> JSONResponse:
    """Each failure as a status, with all that a caller needs to decide what to do."""
    status = {
        "invalid_input": 400,
        "rejected": 400,
        "unsupported": 400,
        "rate_limited": 429,
        "store": 503,
        "timeout": 504,
    }.get(error.kind, 502)
    headers = {"Retry-After": str(round(error.retry_after))} if error.retry_after is not None else None
    return JSONResponse(error.to_dict(), status, headers)


@app.post("/messages")
async def send(text: Text, client: Client) -> dict[str, Any]:
    """Sends a text."""
    receipt = await client.send_message(text.phone, text.message, reference=text.reference)
    return {"id": receipt.id, "phone": receipt.phone}


@app.get("/chats")
async def chats(client: Client) -> list[Chat]:
    """The latest conversations."""
    return [
        Chat(phone_number=c.phone_number, unread_count=c.unread_count, last_message_at=c.last_message_at)
        for c in await client.chats()
    ]


@app.get("/webhook")
async def subscribe(request: Request) -> Response:
    """Meta's question whether this is the address."""
    asked = request.query_params
    if asked.get("hub.verify_token") == os.environ.get("VERIFY_TOKEN", "verify"):
        return PlainTextResponse(asked.get("hub.challenge", ""))
    return Response(status_code=403)


@app.post("/webhook")
async def receive(
    request: Request,
    client: Client,
    later: BackgroundTasks,
    x_hub_signature_256: Annotated[Optional[str], Header()] = None,
) -> Response:
    """Messages that came in, and what became of those that went out.

    Meta gets its answer first: until it has one it delivers the webhook again, and each customer would be answered again.
    """
    try:
        events = await client.receive_webhook(await request.body(), x_hub_signature_256)
    except wamid.InvalidInputError as error:
        return Response(status_code=401 if error.field == "signature" else 400)
    except wamid.StoreError:
        # Nothing of it was recorded: Meta is to deliver it again.
        return Response(status_code=500)
    later.add_task(work_on, client, events)
    return Response()


async def work_on(client: wamid.AsyncClient, events: list[wamid.Event]) -> None:
    """What is done once Meta has its answer. A failure is that one event's."""
    for event in events:
        if isinstance(event, wamid.MessageEvent) and event.address and event.text and not event.redelivered:
            try:
                await client.send_message(event.address, f"You said: {event.text}", reply_to=event.id)
            except wamid.WamidError as error:
                print(f"no answer to {event.id}: {error}")
        elif isinstance(event, wamid.StatusEvent):
            print(f"{event.id} is {event.status}")
