"""A small Django project with the original in it; what `django-admin startproject` writes, and no more.

The tests give, by environment: HOST_DATABASE (a file), HOST_META (where Meta is played) and HOST_META_SECONDS.
"""

import os

import requests
from django_meta_whatsapp import utils

SECRET_KEY = "of the tests alone"
DEBUG = False
# Not localhost: a request by that name is one by a wrong host name.
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "host.urls"
WSGI_APPLICATION = "host.wsgi.application"
USE_TZ = True
STATIC_URL = "static/"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_meta_whatsapp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["HOST_DATABASE"]}}

# What `wamid sandbox` takes.
WHATSAPP = {"ACCESS_TOKEN": "sandbox-token", "PHONE_NUMBER_ID": "106540352242922", "VERIFY_TOKEN": "verify"}

# Where the original finds Meta.
utils.GRAPH_BASE = os.environ["HOST_META"] + "/" + utils.GRAPH_API_VERSION

# The original waits 15 s for Meta. The tests have it wait less; all else of the time-out is its own.
_request = requests.Session.request


def _impatient(session, method, url, **options):
    options["timeout"] = min(options["timeout"], float(os.environ.get("HOST_META_SECONDS", "15")))
    return _request(session, method, url, **options)


requests.Session.request = _impatient
