"""The project in which the calls are made: its accounts, its rows, and what comes through to Meta.

`functions_settings.py` reads the environment: ORIGINAL_OR_WAMID says whether the original's functions are replaced.
"""

from __future__ import annotations

import os
from typing import Any, Callable

from recorder import Recorder

META = Recorder(os.environ["WAMID_GRAPH_URL"])
os.environ["WAMID_GRAPH_URL"] = META.url
os.environ["DJANGO_SETTINGS_MODULE"] = "functions_settings"

import django  # noqa: E402

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_meta_whatsapp import flows, models, utils  # noqa: E402

utils.GRAPH_BASE = f"{META.url}/{utils.GRAPH_API_VERSION}"
flows._GRAPH_BASE = f"{META.url}/v21.0"
call_command("migrate", verbosity=0)

PHONE = "919876543210"
#: The catalog of the sandbox.
CATALOG = "194836987003835"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
account = models.WhatsAppAccount.objects.create(
    name="one",
    access_token=os.environ["WAMID_ACCESS_TOKEN"],
    phone_number_id=os.environ["WAMID_PHONE_NUMBER_ID"],
    waba_id=os.environ["WAMID_BUSINESS_ACCOUNT_ID"],
)
#: Its token is wrong.
stranger = models.WhatsAppAccount(
    name="wrong", access_token="wrong", phone_number_id=account.phone_number_id, waba_id=account.waba_id
)
#: Its business account is no id.
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
