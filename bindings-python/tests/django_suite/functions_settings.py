"""A project with the original, and with `wamid.django` where ORIGINAL_OR_WAMID says so."""

import os

SECRET_KEY = "of the tests alone"
USE_TZ = True
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_meta_whatsapp",
]
MIDDLEWARE: list = []
ROOT_URLCONF = "django_meta_whatsapp.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
MEDIA_ROOT = os.environ["MEDIA_ROOT"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# No business account: only that of an account in the database is known.
WHATSAPP = {
    "ACCESS_TOKEN": os.environ["WAMID_ACCESS_TOKEN"],
    "PHONE_NUMBER_ID": os.environ["WAMID_PHONE_NUMBER_ID"],
}
WAMID = {"OPTIONS": {"max_retries": 0}}
if os.environ["ORIGINAL_OR_WAMID"] == "wamid":
    INSTALLED_APPS.append("wamid.django")
