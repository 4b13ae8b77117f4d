"""A program as users write it, looked at by `mypy --strict` and pyright alone: each line says what type it expects."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Optional, Union
from wsgiref.types import WSGIApplication

import wamid
import wamid.testing
from fastapi import FastAPI
from wamid.errors import Cause
from wamid.webhooks import asgi_app, wsgi_app


def sends(client: wamid.Client) -> None:
    receipt: wamid.Receipt = client.send_message("919876543210", "Hello", preview_url=True, reply_to="wamid.X")
    identity: str = receipt.id
    status: Optional[str] = receipt.status
    client.send_location("919876543210", 28, 77.2, name="Our Office", reference="r")
    client.send_template(
        "919876543210",
        "order_update",
        language="en_US",
        header_params=[{"type": "image", "link": "https://example.com/a.jpg"}],
        body_params=("Asha", 5, 2.5, {"name": "city", "text": "Pune"}),
        buttons=[{"sub_type": "url", "text": "A-1042"}],
    )
    results: list[Union[wamid.Receipt, wamid.WamidError]] = client.send_many(
        (wamid.Message("919876543210", wamid.Text(str(n))) for n in range(3)),
        progress=lambda progress: print(progress.left),
    )
    sent: list[str] = [result.id for result in results if isinstance(result, wamid.Receipt)]
    when: list[Optional[datetime]] = [chat.last_message_at for chat in client.chats()]
    print(identity, status, sent, when)


def contents(client: wamid.Client) -> wamid.Message:
    receipt: wamid.Receipt = client.send("919876543210", wamid.Text("Hello", preview_url=True), reply_to="wamid.X")
    content: wamid.Content = wamid.Content.from_json('{"type": "text", "message": "Hello"}')
    if isinstance(content, wamid.Text):
        message: str = content.message
        print(message, receipt)
    wamid.Text("Hello", True)  # type: ignore[call-arg]  # pyright: ignore
    wamid.Text()  # type: ignore[call-arg]  # pyright: ignore
    wamid.Location(latitude="north", longitude=2)  # type: ignore[arg-type]  # pyright: ignore
    return wamid.Message("919876543210", wamid.Template("order_update", body_params=("Asha", 5)), reference="r")


def operations(client: wamid.Client) -> None:
    client.mark_read("wamid.X", typing=True)
    names: list[str] = [template.name for template in client.templates(status="APPROVED", limit=5)]
    failed: list[wamid.BlockFailure] = client.block_users(["919876543210"]).failed
    about: Optional[str] = client.profile().about
    client.request("POST", "1066/register", json={"pin": "123456"})
    client.request("PATCH", "1066")  # type: ignore[arg-type]  # pyright: ignore
    client.mark_read("wamid.X", True)  # type: ignore[call-arg]  # pyright: ignore
    client.profile().about = "x"  # type: ignore[misc]  # pyright: ignore
    print(names, failed, about)


def outcomes(client: wamid.Client) -> Optional[wamid.Stopped]:
    try:
        for at, outcome in client.send_each(wamid.Message("919876543210", wamid.Text(str(n))) for n in range(3)):
            place: int = at
            if isinstance(outcome, wamid.WamidError):
                print(place, outcome.maybe_sent)
    except KeyboardInterrupt as stop:
        return wamid.stopped(stop)
    return None


async def outcomes_on_a_loop(client: wamid.AsyncClient, sends: AsyncIterator[wamid.Message]) -> None:
    async for at, outcome in client.send_each(sends, concurrency=16):
        receipt: Union[wamid.Receipt, wamid.WamidError] = outcome
        print(at, receipt)


def checked(client: wamid.Client, kept: dict[str, object]) -> None:
    picture = {"type": "image", "file": Path("menu.png")}
    message = wamid.Template("menu", language="en_US", header_params=[picture])
    for template in client.templates(name="menu"):
        client.check_template(message, template)
    client.check_template(message, kept)


def misspelt() -> None:
    """What is not there is found by both; each of these is an error, and so is one that has become none."""
    wamid.AsynClient  # type: ignore[attr-defined]  # pyright: ignore
    wamid.Client("TOKEN").send_mesage("919876543210", "x")  # type: ignore[attr-defined]  # pyright: ignore


def errors(client: wamid.Client) -> Optional[float]:
    try:
        client.send_message("919876543210", "Hello")
    except wamid.RateLimitError as error:
        code: Optional[int] = error.code
        print(code, error.maybe_sent, isinstance(error.__cause__, Cause))
        return error.retry_after
    except (TimeoutError, ConnectionError, ValueError):
        return 0.0
    return None


def events(client: wamid.Client, body: bytes, signature: Optional[str]) -> None:
    for event in client.receive_webhook(body, signature):
        if isinstance(event, wamid.MessageEvent):
            sender: Optional[str] = event.address
            changed: Optional[wamid.Edit] = event.edit
            receipt: wamid.Receipt = event.answer(client, wamid.Text("Thank you"))
            event.mark_read(client, typing=True)
            pressed: Optional[wamid.EventReply] = event.reply
            print(receipt, pressed and pressed.id)
            print(sender, event.text, event.timestamp.isoformat(), changed and changed.media, event.redelivered)
        elif isinstance(event, wamid.EchoEvent):
            print(event.to, event.revoke and event.revoke.message_id)
        elif isinstance(event, wamid.StatusEvent):
            print(event.status, [error.code for error in event.errors])
        elif isinstance(event, wamid.TemplateEvent):
            print(event.template_id, event.change, event.value)
        elif isinstance(event, wamid.PreferenceEvent):
            print(event.address, event.value)
        else:
            print(event.field, event.raw)


def receivers(client: wamid.Client, loop_client: wamid.AsyncClient) -> None:
    async def answer(event: wamid.Event) -> None:
        if isinstance(event, wamid.MessageEvent) and event.address:
            await loop_client.send_message(event.address, "Thank you!")

    def note(event: wamid.Event) -> None:
        print(event.event)

    app = FastAPI()
    app.mount("/webhook", asgi_app(loop_client, answer, verify_token="token", answer_within=5))
    served: WSGIApplication = wsgi_app(client, note)
    print(served)


async def on_a_loop() -> list[wamid.Conversation]:
    async with wamid.AsyncClient.gateway("https://example.com/whatsapp", "KEY", ca_file=Path("ca.pem")) as client:
        receipt: wamid.Receipt = await client.send_message("919876543210", "Hello", idempotency_key="k")
        info: wamid.MediaInfo = await client.media_info("1234567890")
        print(receipt, info.file_size)
        return await client.chats()


def in_a_test() -> None:
    with wamid.testing.sandbox() as sandbox, sandbox.client() as client:
        sandbox.fail_next("lost")
        sandbox.fail_next(131056, times=2)
        message: wamid.testing.RecordedMessage = sandbox.messages[0]
        print(message.accepted, client)
        ada: wamid.testing.Phone = sandbox.phone("+1 650 555 1234", name="Ada")
        written: str = ada.text("Hello")
        answer: wamid.testing.PhoneMessage = ada.next_message(timeout=1)
        last: wamid.testing.PhoneMessage | None = ada.last()
        print(written, answer.buttons, last, sandbox.phone_page)
    verified: bool = wamid.verify_webhook(b"{}", None, "secret")
    print(verified, wamid.build_template_components(body_params=["x"])[0]["type"])


class MyClient(wamid.Client):
    """A subclass's constructors give the subclass."""


mine: MyClient = MyClient.from_env(timeout=5)
