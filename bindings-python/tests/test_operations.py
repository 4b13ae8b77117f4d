"""What a client does besides sending: its arguments, its answers, and how its calls end."""

from __future__ import annotations

import asyncio
import base64
import http.server
import io
import json
import pickle
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import wamid
from conftest import PHONE
from wamid.testing import Sandbox

TEMPLATE = {
    "id": "594425479261596",
    "name": "order_update",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Hello {{1}}"}],
}
FAILED = {"input": f"+{PHONE}", "errors": [{"code": 131047, "message": "Re-engagement message"}]}
ANSWERS = {
    "message_templates": {"data": [TEMPLATE, {**TEMPLATE, "language": "de"}]},
    "block_users": {"block_users": {"added_users": [], "failed_users": [FAILED]}},
}


class Meta(http.server.ThreadingHTTPServer):
    """Answers by the last segment of the path; what has no answer waits until the test is over."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.over = threading.Event(), threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Meta

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        answer = ANSWERS.get(self.path.partition("?")[0].rpartition("/")[2])
        self.server.asked.set()
        if answer is None:
            self.server.over.wait(60)
            return
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def meta() -> Iterator[Meta]:
    with Meta() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


OPTIONS: dict[str, Any] = {"business_account_id": "2077", "max_retries": 0}


def test_what_they_answer_is_a_value(meta: Meta) -> None:
    with wamid.Client.cloud("TOKEN", "1066", graph_url=meta.url, **OPTIONS) as client:
        template, other = client.templates()
        [again] = client.templates(language="en_US")
        blocking = client.block_users([PHONE])
    assert isinstance(template, wamid.TemplateInfo)
    assert (template.name, template.quality, template.raw) == ("order_update", None, TEMPLATE)
    assert template == again
    assert template != other
    assert template != "a text"
    assert len({template, again, other}) == 2
    assert "raw" not in repr(template)
    assert repr(template).startswith("TemplateInfo(id='594425479261596', name='order_update', language='en_US'")
    with pytest.raises(AttributeError):
        template.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError, match="TemplateInfo is what an operation answers"):
        wamid.TemplateInfo()
    assert isinstance(blocking.failed[0], wamid.BlockFailure)
    assert blocking.to_dict()["failed"] == [
        {"phone": PHONE, "code": 131047, "message": "Re-engagement message", "details": None}
    ]
    for value in (template, blocking):
        same = pickle.loads(pickle.dumps(value))
        assert same == value
        assert hash(same) == hash(value)


def test_arguments_are_named_in_errors(wamid_sandbox: Sandbox) -> None:
    with wamid_sandbox.client(max_retries=0) as client:

        def field(call: Any) -> Any:
            with pytest.raises(wamid.WamidError) as raised:
                call()
            return raised.value.field

        assert field(lambda: client.mark_read("")) == "message_id"
        assert field(lambda: client.mark_read("wamid.A", typing="yes")) == "typing"
        assert field(lambda: client.mark_read("wamid.\ud800")) == "message_id"
        assert field(lambda: client.block_users(["+1"])) == "phones[0]"
        assert field(lambda: client.templates(limit=0)) == "limit"
        assert field(lambda: client.create_template(None)) == "definition"
        assert field(lambda: client.request("GET", "x", query={"a": [float("nan")]})) == "query.a[0]"
        assert field(lambda: client.request("POST", "x", json={"a": 2**70})) == "json.a"
        with pytest.raises(TypeError, match="json must be"):
            client.request("POST", "x", json=object())


def test_what_needs_the_business_account_says_so() -> None:
    with wamid.Client.cloud("TOKEN", "1066") as client:
        with pytest.raises(wamid.UnsupportedError) as raised:
            client.templates()
    assert raised.value.field == "business_account_id"


def test_any_request_of_metas(client: wamid.Client, wamid_sandbox: Sandbox) -> None:
    number = client.request("GET", wamid_sandbox.phone_number_id, query={"fields": "throughput"})
    assert number["throughput"] == {"level": "STANDARD"}
    body = {"messaging_product": "whatsapp", "to": PHONE, "type": "text", "text": {"body": "Hello"}}
    path = f"{wamid_sandbox.phone_number_id}/messages"
    assert client.request("POST", path, json=body)["messages"][0]["id"] == wamid_sandbox.messages[0].id
    wamid_sandbox.fail_next("lost")
    with pytest.raises(wamid.ConnectionFailedError) as raised:
        client.request("POST", path, json=body)
    assert raised.value.maybe_sent
    with pytest.raises(wamid.RejectedError):
        client.request("GET", "no_such_thing")


async def test_they_are_awaited_and_cancelled(meta: Meta) -> None:
    async with wamid.AsyncClient.cloud("TOKEN", "1066", graph_url=meta.url, **OPTIONS) as client:
        assert [template.language for template in await client.templates()] == ["en_US", "de"]
        meta.asked.clear()
        task = asyncio.create_task(client.profile())
        await asyncio.to_thread(meta.asked.wait, 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        # The connection is free again, or another is made.
        assert len(await client.templates(limit=1)) == 1


PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def test_files_go_up_and_come_back(client: wamid.Client, wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(PNG)
    uploaded = [client.upload_media(file=path), client.upload_media(data=memoryview(PNG), filename="photo.png")]
    for media_id in uploaded:
        assert client.media_info(media_id).file_size == len(PNG)
        assert client.download_media(media_id).data == PNG
    with path.open("rb") as file:
        uploaded.append(client.upload_media(data=file))
    assert client.download_media(uploaded[2]).data == PNG
    receipt = client.send("919876543210", wamid.Image(data=io.BytesIO(PNG), caption="Menu"))
    assert receipt.id
    assert wamid_sandbox.messages[-1].body["image"]["caption"] == "Menu"
    fetched = tmp_path / "fetched.png"
    assert client.download_media_to(uploaded[0], fetched) == str(fetched)
    assert fetched.read_bytes() == PNG
    download = client.download_media(uploaded[0])
    assert repr(download) == f"Download(data=<{len(PNG)} bytes>, mime_type='image/png')"
    assert pickle.loads(pickle.dumps(download)) == download
    with pytest.raises(TypeError, match="data must be bytes, not str"):
        client.upload_media(data="photo.png")  # type: ignore[arg-type]
    with path.open("r", encoding="latin-1") as text, pytest.raises(TypeError, match="data must be bytes, not str"):
        client.upload_media(data=text)  # type: ignore[arg-type]
    client.delete_media(uploaded[0])
    with pytest.raises(wamid.RejectedError):
        client.media_info(uploaded[0])


def test_a_content_has_a_file_or_bytes(client: wamid.Client, wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(PNG)
    picture = wamid.Image(data=PNG, caption="Here")
    assert wamid.Content.from_json(picture.to_json()) == picture
    assert "PNG" not in repr(picture)
    client.send(PHONE, wamid.Image(file=path))
    client.send(PHONE, picture)
    header = wamid.HeaderMedia("image", data=bytearray(PNG))
    client.send(PHONE, wamid.ReplyButtons("Body", [wamid.ReplyButton("1", "One")], header=header))
    assert [message.accepted for message in wamid_sandbox.messages] == [True, True, True]


def test_messages_are_read_and_templates_made(wamid_sandbox: Sandbox) -> None:
    with wamid_sandbox.client(max_retries=0) as client:
        client.mark_read("wamid.A", typing=True)
        body = {"type": "BODY", "text": "Your order is on its way."}
        definition = {"name": "table_ready", "language": "en_US", "category": "UTILITY", "components": [body]}
        created = client.create_template(definition)
        [template] = client.templates(name="table_ready")
        assert template.id == created.id
        client.update_profile(about="Open until eight", websites=("https://example.com",))
        assert client.profile().websites == ["https://example.com"]


def test_a_transfer_tells_how_far_it_has_come(client: wamid.Client, tmp_path: Path) -> None:
    content = b"x" * 2_000_001
    seen: list[wamid.TransferProgress] = []
    media_id = client.upload_media(data=content, mime_type="text/plain", progress=seen.append)
    whole(seen, len(content))
    assert client.download_media(media_id, progress=seen.append).data == content
    whole(seen, len(content))
    client.download_media_to(media_id, tmp_path / "fetched.txt", progress=seen.append)
    whole(seen, len(content))
    assert pickle.loads(pickle.dumps(wamid.TransferProgress._restored(1, None))).total is None


def whole(seen: list[wamid.TransferProgress], length: int) -> None:
    assert (seen[-1].bytes, seen[-1].total) == (length, length)
    counts = [progress.bytes for progress in seen]
    assert counts == sorted(counts)
    seen.clear()


def test_a_progress_that_fails_stops_no_transfer(client: wamid.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[Any] = []
    monkeypatch.setattr("sys.unraisablehook", raised.append)

    def progress(_: wamid.TransferProgress) -> None:
        raise ZeroDivisionError

    assert client.upload_media(data=b"Hello", mime_type="text/plain", progress=progress)
    assert [each.exc_type for each in raised] == [ZeroDivisionError]
    with pytest.raises(TypeError, match="progress must be a function"):
        client.upload_media(data=b"Hello", mime_type="text/plain", progress=5)  # type: ignore[arg-type]


def test_a_transfer_tells_a_loop_how_far_it_has_come(wamid_sandbox: Sandbox) -> None:
    async def main() -> None:
        seen: list[wamid.TransferProgress] = []
        async with wamid_sandbox.async_client() as client:
            media_id = await client.upload_media(data=b"x" * 2_000_001, mime_type="text/plain", progress=seen.append)
            whole(seen, 2_000_001)
            await client.download_media(media_id, progress=seen.append)
            whole(seen, 2_000_001)

    asyncio.run(main())


def test_what_was_sent_is_on_record(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    with wamid_sandbox.client(store=f"sqlite:{tmp_path}/w.db") as client:
        assert client.sends() == []
        receipt = client.send_message(PHONE, "Hello", reference="order-42")
        [send] = client.sends(reference="order-42")
        assert (send.message_id, send.status, send.operation) == (receipt.id, "sent", "text")
        assert send.created_at.tzinfo is not None
        assert send.created_at <= send.updated_at
        assert pickle.loads(pickle.dumps(send)) == send
        assert client.sends(status="failed") == []
    with wamid_sandbox.client() as client, pytest.raises(wamid.UnsupportedError) as raised:
        client.sends()
    assert raised.value.field == "store"


def test_a_profile_gets_a_picture(client: wamid.Client, tmp_path: Path) -> None:
    path = tmp_path / "shop.png"
    path.write_bytes(PNG)
    for photo in (wamid.ProfilePhoto(file=path), wamid.ProfilePhoto(data=PNG, mime_type="image/png")):
        client.update_profile(photo=photo)
        assert client.profile().profile_picture_url
    with pytest.raises(wamid.InvalidInputError) as raised:
        client.update_profile(photo=wamid.ProfilePhoto(file=tmp_path / "none.png"))
    assert raised.value.field == "photo.file"
    with pytest.raises(TypeError, match="photo must be"):
        client.update_profile(photo={"file": "a.png"})  # type: ignore[arg-type]


def test_a_template_message_is_held_to_what_templates_lists(wamid_sandbox: Sandbox) -> None:
    body = {"type": "BODY", "text": "Hello {{1}}, order {{2}} is on its way."}
    definition = {"name": "on_its_way", "language": "en_US", "category": "UTILITY", "components": [body]}
    with wamid_sandbox.client(max_retries=0) as client:
        client.create_template(definition)
        [template] = client.templates(name="on_its_way")
        fits = wamid.Template("on_its_way", language="en_US", body_params=["Asha", "A-1042"])
        misfit = wamid.Template("on_its_way", language="en_US", body_params=["Asha"])
        # As it was answered, and as a program has kept it.
        for kept in (template, template.to_dict(), {"name": "on_its_way", "language": "en_US", "components": [body]}):
            client.check_template(fits, kept)
            with pytest.raises(wamid.InvalidInputError) as raised:
                client.check_template(misfit, kept)
            assert raised.value.field == "body_params"
        with pytest.raises(wamid.InvalidInputError) as raised:
            client.check_template(wamid.Text("Hello"), template)
        assert raised.value.field == "type"
        with pytest.raises(TypeError, match=r"content must be a wamid\.Content"):
            client.check_template({"type": "template"}, template)  # type: ignore[arg-type]
    assert wamid_sandbox.messages == []
    with wamid_sandbox.client(max_retries=0, check_templates=True) as client:
        client.send(PHONE, fits)
        with pytest.raises(wamid.InvalidInputError) as raised:
            client.send(PHONE, misfit)
        assert raised.value.field == "body_params"
    assert len(wamid_sandbox.messages) == 1


def test_a_templates_header_has_a_file_or_bytes(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(PNG)
    components = [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Here it is."}]
    definition = {"name": "picture", "language": "en_US", "category": "UTILITY", "components": components}
    with wamid_sandbox.client(max_retries=0) as client:
        client.create_template(definition)
        for source in (
            {"file": path},
            {"file": str(path)},
            {"data": PNG},
            {"data": bytearray(PNG)},
            {"data": memoryview(PNG)},
        ):
            picture = wamid.Template("picture", language="en_US", header_params=[{"type": "image", **source}])
            client.send(PHONE, picture)
            client.send(PHONE, wamid.Content.from_json(picture.to_json()))
        opened = {"type": "image", "data": io.BytesIO(PNG)}
        client.send(PHONE, wamid.Template("picture", language="en_US", header_params=[opened]))
        for wrong, match in (({"file": 7}, "file must be a str or a path"), ({"data": 7}, "data must be bytes")):
            with pytest.raises(TypeError, match=match):
                client.send(PHONE, wamid.Template("picture", header_params=[{"type": "image", **wrong}]))
        # The path of a file whose name is not UTF-8, which JSON cannot hold.
        for odd in (Path("/no/such/\udcff.png"), "/no/such/\udcff.png"):
            with pytest.raises(wamid.InvalidInputError, match="Unicode") as raised:
                client.send(PHONE, wamid.Template("picture", header_params=[{"type": "image", "file": odd}]))
            assert raised.value.field == "header_params[0].file"
    assert [message.accepted for message in wamid_sandbox.messages] == [True] * 11


def test_a_cards_header_has_a_file_or_bytes(wamid_sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(PNG)
    sources: tuple[dict[str, Any], ...] = ({"file": path}, {"data": PNG})
    cards = [wamid.CarouselCard(header_params=[{"type": "image", **source}]) for source in sources]
    written = json.loads(wamid.Template("cards", carousel=cards).to_json())["carousel"]
    assert written[0]["header_params"][0]["file"] == str(path)
    assert written[1]["header_params"][0]["data"] == base64.b64encode(PNG).decode()


def test_json_of_the_callers_own_is_never_read_as_a_file(wamid_sandbox: Sandbox) -> None:
    own = {"type": "document", "data": {"id": 1}, "file": 7}
    with wamid_sandbox.client(max_retries=0) as client:
        for json_of_it in (own, {"header_params": [own]}, {"content": {"header_params": [own]}}):
            with pytest.raises(wamid.WamidError) as raised:
                client.request("POST", "no_such_thing", json=json_of_it)
            assert raised.value.field is None
    flow = wamid.Flow("Please", "Open", flow_id="1", screen="ONE", data={"header_params": [own], "of": own})
    assert json.loads(flow.to_json())["data"] == {"header_params": [own], "of": own}
    with pytest.raises(TypeError, match=r"data\.data must be a str, number"):
        wamid.Flow("Please", "Open", flow_id="1", screen="ONE", data={"type": "image", "data": PNG}).to_json()
