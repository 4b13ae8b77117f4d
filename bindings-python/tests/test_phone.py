"""`Sandbox.phone`: a customer in a test's hands."""

from __future__ import annotations

import asyncio
import pickle
import threading
import time
from collections.abc import Callable
from datetime import datetime, timezone

import pytest
import wamid
from conftest import DEADLINE, run
from wamid.testing import Phone, Sandbox

PHONE = "+1 650 555 1234"


@pytest.fixture
def ada(wamid_sandbox: Sandbox) -> Phone:
    """A customer of a business that nobody runs: its webhooks go to a port where nobody listens."""
    wamid_sandbox.set_webhook("http://127.0.0.1:9/")
    return wamid_sandbox.phone(PHONE, name="Ada")


def test_it_shows_what_the_business_sends_as_a_person_would_see_it(
    wamid_sandbox: Sandbox, client: wamid.Client
) -> None:
    ada = wamid_sandbox.phone(PHONE)
    assert (ada.messages(), ada.last()) == ([], None)
    buttons = [wamid.ReplyButton(id="yes", title="Yes"), wamid.ReplyButton(id="no", title="No")]
    receipt = client.send(PHONE, wamid.ReplyButtons(body="Today?", buttons=buttons), reference="order-7")
    client.send_template(PHONE, "order_update", body_params=["Asha", "A-1042"])
    question, template = ada.messages()
    assert (question.id, question.side, question.type) == (receipt.id, "business", "interactive")
    assert (question.text, question.buttons, question.reaction) == ("Today?", ["Yes", "No"], None)
    assert question.body["biz_opaque_callback_data"] == "order-7"
    assert abs(datetime.now(timezone.utc) - question.time).total_seconds() < 3600
    assert "A-1042" in template.text
    assert ada.last() == template
    # Each once, in order, and none of those before.
    assert [ada.next_message(), ada.next_message()] == [question, template]
    assert wamid_sandbox.phone(PHONE).messages() == [question, template]
    with pytest.raises(TimeoutError, match="no further message"):
        wamid_sandbox.phone(PHONE).next_message(0)
    assert pickle.loads(pickle.dumps(question)) == question
    assert question.to_dict()["buttons"] == ["Yes", "No"]


def test_a_message_that_is_refused_is_shown_with_its_code_and_never_comes(
    wamid_sandbox: Sandbox, client: wamid.Client
) -> None:
    ada = wamid_sandbox.phone(PHONE)
    wamid_sandbox.fail_next(131026)
    with pytest.raises(wamid.RejectedError):
        client.send_message(PHONE, "Hello")
    [refused] = ada.messages()
    assert (refused.status, refused.error_code) == ("refused", 131026)
    assert ada.last() is None


def test_each_act_is_a_message_of_the_chat(ada: Phone, client: wamid.Client) -> None:
    asked = client.send(PHONE, wamid.ReplyButtons(body="Today?", buttons=[wamid.ReplyButton(id="yes", title="Yes")]))
    form = wamid.Flow(body="Where?", button="Address", flow_id="4711", flow_token="t-1", screen="ADDRESS")
    client.send(PHONE, form)
    acts: list[tuple[str, Callable[[], str]]] = [
        ("text", lambda: ada.text("Hello")),
        ("text", lambda: ada.reply(asked.id, "Which day?")),
        ("interactive", lambda: ada.press("Yes")),
        ("image", lambda: ada.send_file("image/png", b"\x89PNG", caption="Mine")),
        ("location", lambda: ada.send_location(12.97, 77.59, name="Home", address="1 Church Street")),
        ("contacts", lambda: ada.send_contact("Bob", "+1 650 555 1235")),
        ("interactive", lambda: ada.fill_flow({"address": "1 Church Street"})),
    ]
    for kind, act in acts:
        written = act()
        newest = ada.messages()[-1]
        assert (newest.id, newest.side, newest.type) == (written, "customer", kind)
    assert ada.react_to(asked.id, "👍")
    assert ada.messages()[0].reaction == "👍"
    assert ada.react("❤️")
    assert ada.messages()[1].reaction == "❤️"


def test_a_customer_orders_changes_their_words_and_takes_them_back(ada: Phone, client: wamid.Client) -> None:
    books = wamid.ProductSection(["book-1042", "book-7"])
    client.send(PHONE, wamid.ProductList(body="Picked", header="Novels", catalog_id="146", sections=[books]))
    ordered = ada.order([("book-1042", 2)])
    assert ada.messages()[-1].id == ordered
    [item] = ada.messages()[-1].body["order"]["product_items"]
    assert (item["product_retailer_id"], item["quantity"]) == ("book-1042", 2)
    written = ada.text("Send it soo")
    ada.edit(written, "Send it soon")
    assert ada.messages()[-1].text == "Send it soon"
    ada.delete(written)
    with pytest.raises(ValueError):
        ada.edit(written, "Send it now")


def test_trouble_on_the_customer_s_side_is_what_the_business_sees(ada: Phone, client: wamid.Client) -> None:
    ada.set_offline(True)
    client.send_message(PHONE, "Are you there?")
    with pytest.raises(TimeoutError):
        ada.next_message(0)
    ada.set_offline(False)
    assert ada.next_message(DEADLINE).text == "Are you there?"
    for set_trouble, code in [(ada.set_deleted, 131026), (ada.set_window_closed, 131047)]:
        set_trouble(True)
        client.send_message(PHONE, "Hello")
        end = time.monotonic() + DEADLINE
        while ada.messages()[-1].status != "failed":
            assert time.monotonic() < end
            time.sleep(0.01)
        assert ada.messages()[-1].error_code == code
        set_trouble(False)
    ada.set_opted_out(True)
    ada.set_blocked(True)
    with pytest.raises(ValueError, match="block"):
        ada.text("Hello")


def test_what_the_phone_cannot_do_is_refused(wamid_sandbox: Sandbox) -> None:
    ada, nobody = wamid_sandbox.phone(PHONE), wamid_sandbox.phone("nobody")
    acts: list[Callable[[], object]] = [
        lambda: ada.text("Hello"),
        lambda: ada.press("Pay"),
        lambda: ada.fill_flow({}),
        lambda: ada.send_file("image/png", b""),
        lambda: nobody.text("Hello"),
        lambda: nobody.next_message(),
        lambda: ada.next_message(-1),
        lambda: ada.next_message(float("nan")),
    ]
    for act in acts:
        with pytest.raises(ValueError, match=r"no webhook|was sent no|one byte|nobody|timeout"):
            act()
    wamid_sandbox.stop()
    with pytest.raises(RuntimeError, match="does not run"):
        ada.text("Hello")


def test_read_receipts_wait_until_the_chat_is_read(wamid_sandbox: Sandbox, client: wamid.Client) -> None:
    ada = wamid_sandbox.phone(PHONE)
    ada.set_reads(False)
    client.send_message(PHONE, "Hello")
    assert ada.next_message().status != "read"
    ada.read()
    last = ada.last()
    assert last is not None
    assert last.status == "read"


def test_other_threads_go_on_while_one_waits(wamid_sandbox: Sandbox, client: wamid.Client) -> None:
    ada = wamid_sandbox.phone(PHONE)
    waits = threading.Event()

    def send() -> None:
        assert waits.wait(DEADLINE)
        client.send_message(PHONE, "Here it is")

    sender = threading.Thread(target=send)
    sender.start()
    waits.set()
    assert ada.next_message(DEADLINE).text == "Here it is"
    sender.join()


def test_ctrl_c_ends_a_wait(wamid_sandbox: Sandbox) -> None:
    program = """
import signal, threading, wamid.testing
with wamid.testing.sandbox() as sandbox:
    threading.Timer(0.2, signal.raise_signal, [signal.SIGINT]).start()
    try:
        sandbox.phone("+1 650 555 1234").next_message(600)
    except KeyboardInterrupt:
        print("interrupted")
"""
    assert run(program, wamid_sandbox).stdout == "interrupted\n"


async def test_a_loop_goes_on_while_a_coroutine_waits(wamid_sandbox: Sandbox, async_client: wamid.AsyncClient) -> None:
    ada = wamid_sandbox.phone(PHONE)
    waiting = asyncio.create_task(ada.next_message_async(DEADLINE))
    await asyncio.sleep(0)
    await async_client.send_message(PHONE, "Here it is")
    assert (await waiting).text == "Here it is"
    with pytest.raises(TimeoutError):
        await ada.next_message_async(0)


async def test_a_wait_that_is_cancelled_takes_no_message(
    wamid_sandbox: Sandbox, async_client: wamid.AsyncClient
) -> None:
    ada = wamid_sandbox.phone(PHONE)
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(ada.next_message_async(600), 0.01)
    await async_client.send_message(PHONE, "Hello")
    assert (await ada.next_message_async(DEADLINE)).text == "Hello"
