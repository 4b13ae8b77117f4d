"""Migrates the database and makes two keys and two accounts; prints them as JSON."""

import json

import django
from django.core.management import call_command

django.setup()
call_command("migrate", verbosity=0)

from django_meta_whatsapp.models import WhatsAppAccount, WhatsAppAPIKey  # noqa: E402

key = WhatsAppAPIKey.objects.create(name="tests")
disabled = WhatsAppAPIKey.objects.create(name="disabled", is_active=False)
right = WhatsAppAccount.objects.create(name="right", access_token="sandbox-token", phone_number_id="106540352242922")
wrong = WhatsAppAccount.objects.create(name="wrong", access_token="sandbox-token", phone_number_id="999")
print(
    json.dumps({"key": str(key.key), "disabled_key": str(disabled.key), "account": right.pk, "wrong_account": wrong.pk})
)
