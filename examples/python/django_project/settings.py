"""What `django-admin startproject` writes, with the messaging apps in it."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).parent
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "an example's, to be replaced")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "django_project.urls"
WSGI_APPLICATION = "django_project.wsgi.application"
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
    # After the original, whose sending it takes over.
    "wamid.django",
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

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DJANGO_DATABASE", BASE_DIR / "db.sqlite3"),
    }
}

# The original's own settings; wamid.django reads them too.
WHATSAPP = {
    "ACCESS_TOKEN": os.environ.get("META_WA_ACCESS_TOKEN"),
    "PHONE_NUMBER_ID": os.environ.get("META_WA_PHONE_NUMBER_ID"),
    "VERIFY_TOKEN": os.environ.get("VERIFY_TOKEN", "verify"),
}

# How wamid sends: any options of wamid.Client.cloud.
WAMID = {
    "OPTIONS": {"timeout": 15, "total_timeout": 25},
    "CSRF_EXEMPT": os.environ.get("WAMID_CSRF_EXEMPT", "yes") == "yes",
    "REPLACE": os.environ.get("WAMID_REPLACE", "yes") == "yes",
}
