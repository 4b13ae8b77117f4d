"""Calls the functions that ask Meta, as the original has them or as wamid has replaced them, and prints what came of it.

One line of JSON for each call: its result or failure, the rows of the database, and the requests that reached Meta.
`settings` beside this file reads the environment: ORIGINAL_OR_WAMID says which of the two is run.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from io import BytesIO, StringIO
from typing import Any, Callable

from recorder import Recorder

META = Recorder(os.environ["WAMID_GRAPH_URL"])
os.environ["WAMID_GRAPH_URL"] = META.url
os.environ["DJANGO_SETTINGS_MODULE"] = "functions_settings"

import django  # noqa: E402

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.files.uploadedfile import TemporaryUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_meta_whatsapp import flows, models, utils  # noqa: E402

utils.GRAPH_BASE = f"{META.url}/{utils.GRAPH_API_VERSION}"
flows._GRAPH_BASE = f"{META.url}/v21.0"
call_command("migrate", verbosity=0)

PHONE = "919876543210"
CATALOG = "194836987003835"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
KEY = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"
SIGNUP = ("label", "Sign up?", "Thanks", "https://example.com/privacy")
account = models.WhatsAppAccount.objects.create(
    name="one",
    access_token=os.environ["WAMID_ACCESS_TOKEN"],
    phone_number_id=os.environ["WAMID_PHONE_NUMBER_ID"],
    waba_id=os.environ["WAMID_BUSINESS_ACCOUNT_ID"],
)
stranger = models.WhatsAppAccount(
    name="wrong", access_token="wrong", phone_number_id=account.phone_number_id, waba_id=account.waba_id
)

odd = models.WhatsAppAccount(
    name="odd", access_token=account.access_token, phone_number_id=account.phone_number_id, waba_id="my business"
)

CALLS: dict[str, Callable[[], Any]] = {}


def call(function: Callable[[], Any]) -> Callable[[], Any]:
    """A call by its own name. All are made in their order, on the same sandbox."""
    CALLS[function.__name__] = function
    return function


def named(name: str, content: bytes = PNG) -> ContentFile:
    return ContentFile(content, name=name)


# Files


@call
def upload_image() -> Any:
    return utils.upload_media(named("photo.png"), "image/png", account=account)


@call
def upload_read_before() -> Any:
    file = named("photo.png")
    file.read()
    return utils.upload_media(file, "image/png", account=account)


@call
def upload_m4a() -> Any:
    return utils.upload_media(named("voice.M4A", b"sound"), "audio/x-m4a", account=account)


@call
def upload_unnamed() -> Any:
    return utils.upload_media(BytesIO(PNG), "image/png", account=account)


@call
def upload_on_disk() -> Any:
    with TemporaryUploadedFile("photo.png", "image/png", len(PNG), None) as file:
        file.write(PNG)
        file.flush()
        return utils.upload_media(file, "image/png", account=account)


@call
def upload_path() -> Any:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(PNG)
        return utils.upload_media(file, "image/png", account=account)


@call
def upload_empty() -> Any:
    return utils.upload_media(named("photo.png", b""), "image/png", account=account)


@call
def upload_type() -> Any:
    return utils.upload_media(named("photo.zip", b"PK"), "application/zip", account=account)


@call
def upload_stranger() -> Any:
    return utils.upload_media(named("photo.png"), "image/png", account=stranger)


# Messages


@call
def text_odd_business() -> Any:
    return utils.send_text_message(PHONE, "Hello", account=odd)


@call
def media_image() -> Any:
    return utils.send_media_message(PHONE, "123", "image", "A caption", account=account)


@call
def media_video_reply() -> Any:
    return utils.send_media_message(PHONE, "123", "video", reply_message_id="wamid.X", account=account)


@call
def media_audio_caption() -> Any:
    return utils.send_media_message("+91 98765-43210", "123", "audio", "is left out", account=account)


@call
def media_document() -> Any:
    return utils.send_media_message("9876543210", "123", "document", "Bill", "bill.pdf", account=account)


@call
def media_document_unnamed() -> Any:
    return utils.send_media_message(PHONE, "123", "document", account=account)


@call
def media_sticker() -> Any:
    return utils.send_media_message(PHONE, "123", "sticker", account=account)


@call
def media_unknown() -> Any:
    return utils.send_media_message(PHONE, "123", "hologram", account=account)


@call
def media_caption_long() -> Any:
    return utils.send_media_message(PHONE, "123", "image", "x" * 1025, account=account)


@call
def product() -> Any:
    return utils.send_single_product_message(PHONE, CATALOG, "SKU-1", "Look", "Footer", account=account)


@call
def products() -> Any:
    sections = [{"title": "New", "product_items": [{"product_retailer_id": "SKU-1"}]}]
    return utils.send_multi_product_message(PHONE, CATALOG, sections, "Ours", "Look", "Footer", account=account)


@call
def catalog() -> Any:
    return utils.send_catalog_message(PHONE, "SKU-1", "Look", account=account)


@call
def product_carousel() -> Any:
    return utils.send_product_carousel_message(PHONE, CATALOG, ["SKU-1", "SKU-2"], "Look", account=account)


@call
def catalog_link() -> Any:
    return utils.send_catalog_link_message(PHONE, "15550783881", account=account)


# Templates


def template(name: str, **fields: Any) -> Any:
    fields = {"category": "UTILITY", "body_text": "Your order {{1}} is on its way."} | fields
    return models.WhatsAppTemplate.objects.create(account=account, name=name, language="en_US", **fields)


@call
def template_push() -> Any:
    buttons = [{"type": "QUICK_REPLY", "text": "Yes"}]
    pushed = template("pushed", footer_text="Bye", buttons=buttons)
    return utils.push_template_to_meta(pushed, account=account)


@call
def template_push_own_account() -> Any:
    return utils.push_template_to_meta(template("own_account"))


@call
def template_push_code() -> Any:
    code = template("code", category="AUTHENTICATION", footer_text="Expires in 10 minutes")
    return utils.push_template_to_meta(code)


@call
def template_push_one_tap() -> Any:
    buttons = [{"type": "ONE_TAP"}, {"type": "COPY_CODE", "text": "Copy it"}]
    tap = template("one_tap", category="AUTHENTICATION", footer_text="Expires in 100 minutes", buttons=buttons)
    return utils.push_template_to_meta(tap)


@call
def template_push_header() -> Any:
    return utils.push_template_to_meta(template("with_header", header={"type": "TEXT", "text": "Hello"}))


@call
def template_push_twice() -> Any:
    return utils.push_template_to_meta(models.WhatsAppTemplate.objects.get(name="pushed"))


@call
def templates_sync() -> Any:
    # That one is not the same at Meta: row `template_push_header`.
    return [each for each in utils.sync_templates_from_meta(account=account) if each["name"] != "with_header"]


@call
def templates_command() -> Any:
    call_command("wa_sync_templates", account_id=account.pk, stdout=StringIO())
    rows = models.WhatsAppTemplate.objects.order_by("name").values(
        "name", "language", "status", "category", "body_text"
    )
    return list(rows)


@call
def template_delete() -> Any:
    return utils.delete_template_from_meta("pushed", account=account)


@call
def template_delete_again() -> Any:
    return utils.delete_template_from_meta("pushed", account=account)


@call
def template_delete_escaped() -> Any:
    return utils.delete_template_from_meta("own_account&hsm_id=1", account=account)


@call
def templates_odd_business() -> Any:
    return utils.sync_templates_from_meta(account=odd)


@call
def templates_no_business() -> Any:
    return utils.sync_templates_from_meta()


@call
def template_delete_no_business() -> Any:
    return utils.delete_template_from_meta("code")


# Blocked users


@call
def block() -> Any:
    models.WhatsAppContact.objects.create(phone="+919876543210", name="Asha")
    return utils.block_users(["+919876543210", "+919876543211"], account=account)


@call
def block_again() -> Any:
    return utils.block_users([919876543210], account=account)


@call
def blocked() -> Any:
    return utils.get_blocked_users(account=account)


@call
def blocked_after() -> Any:
    return utils.get_blocked_users(limit=5, after_cursor="a b", account=account)


@call
def unblock() -> Any:
    return utils.unblock_users(["+919876543210"], account=account)


@call
def blocked_sync() -> Any:
    return utils.sync_blocked_users_from_meta(account=account)


@call
def block_partly() -> Any:
    return utils.block_users(["+919876543212", "nobody"], account=account)


@call
def block_none() -> Any:
    return utils.block_users([], account=account)


@call
def block_stranger() -> Any:
    return utils.block_users(["+919876543210"], account=stranger)


# Catalogs


@call
def catalog_sync() -> Any:
    return utils.sync_catalog_products(CATALOG, account=account)


@call
def catalog_sync_again() -> Any:
    return utils.sync_catalog_products(CATALOG, account=account)


@call
def catalog_unknown() -> Any:
    return utils.sync_catalog_products("42", account=account)


# Flows


def flow(name: str, design: object = None) -> Any:
    made = models.WhatsAppFlow.objects.filter(name=name).first()
    if made is None:
        made = models.WhatsAppFlow(account=account, name=name, categories=["SURVEY"])
        made.meta_flow_id = flows.create_flow(name, ["SURVEY"], account=account)["id"]
    made.flow_json = design if design is not None else flows.FLOW_TEMPLATES["feedback"]["json"]
    made.save()
    return made


@call
def flow_create() -> Any:
    return flows.create_flow("feedback", ["SURVEY", "OTHER"], account=account)


@call
def flow_create_default_account() -> Any:
    return flows.create_flow("another", ["SURVEY"])


@call
def flow_create_twice() -> Any:
    return flows.create_flow("feedback", ["SURVEY"], account=account)


@call
def flow_upload() -> Any:
    return flows.upload_flow_json(flow("uploaded"), account=account)


@call
def flow_upload_faulty() -> Any:
    return flows.upload_flow_json(flow("faulty", {"version": "7.2"}), account=account)


@call
def flow_get() -> Any:
    return flows.get_flow(flow("uploaded").meta_flow_id, account=account)


@call
def flow_get_unknown() -> Any:
    return flows.get_flow("42", account=account)


@call
def flow_list() -> Any:
    return flows.list_flows_from_meta(account=account)


@call
def flow_publish() -> Any:
    return flows.publish_flow(flow("uploaded").meta_flow_id, account=account)


@call
def flow_publish_faulty() -> Any:
    return flows.publish_flow(flow("faulty").meta_flow_id, account=account)


@call
def flow_delete_published() -> Any:
    return flows.delete_flow(flow("uploaded").meta_flow_id, account=account)


@call
def flow_deprecate() -> Any:
    return flows.deprecate_flow(flow("uploaded").meta_flow_id, account=account)


@call
def flow_delete() -> Any:
    return flows.delete_flow(flow("faulty").meta_flow_id, account=account)


@call
def flow_send() -> Any:
    data = {"product": "SKU-1"}
    return flows.send_flow_message(
        "+919876543210", "123", "Open", "Header", "Body", "Footer", "FEEDBACK", data, "draft", account
    )


@call
def flow_send_default() -> Any:
    return flows.send_flow_message(PHONE, "123", account=account)


@call
def flow_send_empty_data() -> Any:
    return flows.send_flow_message(PHONE, "123", screen="FEEDBACK", account=account)


@call
def flow_key() -> Any:
    return flows.upload_rsa_public_key(KEY, account=account)


@call
def flow_key_wrong() -> Any:
    return flows.upload_rsa_public_key("no key", account=account)


@call
def flow_stranger() -> Any:
    return flows.create_flow("feedback", ["SURVEY"], account=stranger)


# Links to sign up


@call
def signup_create() -> Any:
    return utils.create_signup(*SIGNUP, promo_code="TEN", account=account)


@call
def signup_list() -> Any:
    return utils.list_signups(account=account)


@call
def signup_get() -> Any:
    return utils.get_signup("77", account=account)


@call
def signup_update() -> Any:
    return utils.update_signup("77", confirmation_message="Welcome", account=account)


@call
def signup_disable() -> Any:
    return utils.disable_signup("77", account=account)


@call
def signup_no_business() -> Any:
    return utils.create_signup(*SIGNUP)


# Campaigns


def campaign(name: str, template_name: str, mappings: dict[str, str], **fields: Any) -> Any:
    made, _ = models.WhatsAppTemplate.objects.get_or_create(
        account=account, name=template_name, language="en_US", defaults={"body_text": "{{1}}"}
    )
    return models.WhatsAppCampaign.objects.create(
        account=account, name=name, template=made, parameter_mappings=mappings, **fields
    )


def csv(*rows: str) -> ContentFile:
    return named("list.csv", "\n".join(rows).encode())


@call
def campaign_run() -> Any:
    # The second is a number to which the sandbox refuses to send.
    rows = ("phone,name,order", "+91 98765 43210,Asha,A-1", "15550131026,Ben,A-2", "919876543211,Cid,A-3")
    run = campaign("one", "order_update", {"1": "name", "2": "order"}, audience_type="csv", csv_file=csv(*rows))
    return utils.run_campaign(run.pk)


@call
def campaign_async() -> Any:
    run = campaign("two", "hello_world", {}, audience_type="contacts")
    return utils.run_campaign_async(run.pk)


@call
def campaign_eleven() -> Any:
    mappings = {str(at): f"v{at}" for at in range(1, 12)}
    rows = ",".join(["phone", *mappings.values()]), ",".join([PHONE, *mappings.values()])
    run = campaign("three", "eleven", mappings, audience_type="csv", csv_file=csv(*rows))
    return utils.run_campaign(run.pk)


@call
def campaign_no_value() -> Any:
    rows = csv("phone,name,order", f"{PHONE},,A-1")
    run = campaign("six", "order_update", {"1": "name", "2": "order"}, audience_type="csv", csv_file=rows)
    return utils.run_campaign(run.pk)


@call
def campaign_no_number() -> Any:
    run = campaign("five", "hello_world", {}, audience_type="csv", csv_file=csv("phone", "12"))
    return utils.run_campaign(run.pk)


@call
def campaign_no_template() -> Any:
    empty = models.WhatsAppCampaign.objects.create(account=account, name="none")
    return utils.run_campaign(empty.pk)


@call
def campaign_stranger() -> Any:
    stranger.save()
    run = campaign("four", "hello_world", {}, audience_type="csv", csv_file=csv("phone", PHONE))
    try:
        return utils.run_campaign(run.pk, account=stranger)
    finally:
        stranger.delete()


@call
def templates_many() -> Any:
    for at in range(100):
        utils.push_template_to_meta(models.WhatsAppTemplate(account=account, name=f"more_{at}", body_text="More"))
    META.requests.clear()
    return {"templates": len(utils.sync_templates_from_meta(account=account)) > 100}


def rows() -> dict[str, list[Any]]:
    """The rows of the tables that the functions write, without what two runs cannot have in common."""
    tables = {
        models.WhatsAppBlockedUser: "phone_number",
        models.WhatsAppContact: "phone",
        models.WhatsAppCatalogProduct: "retailer_id",
        models.WhatsAppCampaign: "id",
        models.WhatsAppCampaignRecipient: "id",
    }
    found = {}
    for model, order in tables.items():
        names = [field.attname for field in model._meta.concrete_fields]
        found[model.__name__] = [
            {name: str(told(value)) for name, value in row.items() if name not in ("id", "csv_file", "created_at")}
            for row in model.objects.order_by(order).values(*names)
        ]
    return found


def told(value: object) -> object:
    return "a time" if isinstance(value, timezone.datetime) else value


def main() -> None:
    before: dict[str, Any] = {}
    for name, made in CALLS.items():
        META.requests.clear()
        seen: dict[str, Any] = {"name": name}
        try:
            seen["result"] = made()
        except Exception as error:
            value, text = isinstance(error, ValueError), str(error)
            seen["error"] = {"value_error": value, "text": text, "kind": getattr(error, "kind", None)}
        after = rows()
        # Only what is new or has changed.
        seen["rows"] = [
            [table, row] for table, all_of_it in after.items() for row in all_of_it if row not in before.get(table, [])
        ]
        before = after
        # A campaign's messages go out in no order.
        seen["requests"] = sorted(META.requests, key=lambda request: json.dumps(request, sort_keys=True))
        # Ids are the sandbox's, and new each time.
        line = re.sub(r"wamid\.HBgL\w+", "wamid", json.dumps(seen))
        print(re.sub(r"\b[1-9]\d{14,15}\b", "ID", line), flush=True)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
