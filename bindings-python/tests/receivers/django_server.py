"""Django with the original and its own webhook view, and the view with signals beside it."""

import os

import django
from django.conf import settings
from django.core.management import call_command

settings.configure(
    SECRET_KEY="of-a-test",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE"]}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django_meta_whatsapp",
        "wamid.django",
    ],
    # As in a new project; the last one would refuse a POST without a token.
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        f"{__name__}.reading",
    ],
    WHATSAPP={
        "ACCESS_TOKEN": os.environ["WAMID_ACCESS_TOKEN"],
        "PHONE_NUMBER_ID": os.environ["WAMID_PHONE_NUMBER_ID"],
        "APP_SECRET": os.environ["WAMID_APP_SECRET"],
        "VERIFY_TOKEN": os.environ["WAMID_VERIFY_TOKEN"],
    },
    # A store, so that all workers know what was handled.
    WAMID={"OPTIONS": {"store": f"sqlite:{os.environ['DATABASE']}.wamid.db"}},
)
django.setup()
call_command("migrate", verbosity=0)

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.dispatch import receiver  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from django_meta_whatsapp.models import WhatsAppMessage  # noqa: E402
from noting import handle, note  # noqa: E402
from wamid.django import signals, views  # noqa: E402


@receiver(signals.message_received)
def noted(event, client, **_):
    # The original has been told before.
    assert WhatsAppMessage.objects.filter(message_id=event.id).exists()
    handle(event)


@receiver(signals.template_changed)
def changed(event, **_):
    note(f"{event.name}:{event.value}")


def reading(get_response):
    """A middleware that takes the body away, where the address asks for it."""

    def middleware(request):
        if "read" in request.META["QUERY_STRING"]:
            request.read()
        return get_response(request)

    return middleware


#: Every event, by its type.
EVENTS = []


@receiver(signals.event_received)
def counted(sender, event, **_):
    EVENTS.append((sender.__name__, event.event))


def rows(request):
    """What the original has written, and what was told."""
    ids = list(WhatsAppMessage.objects.order_by("pk").values_list("message_id", flat=True))
    return JsonResponse({"ids": ids, "events": EVENTS})


urlpatterns = [
    path("whatsapp/", include("django_meta_whatsapp.urls")),
    path("webhook/", views.webhook),
    path("rows/", rows),
]
app = get_wsgi_application()
