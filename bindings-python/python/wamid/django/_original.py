"""What is changed in the original project, and what is looked at there."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.views.decorators.csrf import csrf_exempt

from . import _campaigns, _commerce, _files, _flows, _sending, _signups, _templates, _users
from ._failures import told

_APP = "django_meta_whatsapp"
#: The modules of the original, and those of ours whose functions are put in place of theirs.
_MODULES = {
    f"{_APP}.utils": (_sending, _files, _templates, _users, _commerce, _signups, _campaigns),
    f"{_APP}.flows": (_flows,),
}
#: The four of the messaging API. The others of the original stay as they are.
_VIEWS = ("APISendMessageView", "APISendLocationView", "APISendTemplateView", "APIChatsView")


def is_installed() -> bool:
    """Whether the original is one of the project's apps."""
    return bool(apps.is_installed(_APP))


def first_account() -> Any:
    """The oldest account that is in use; None where there is none."""
    if not is_installed():
        return None
    from django_meta_whatsapp.models import WhatsAppAccount

    return WhatsAppAccount.objects.filter(is_active=True).order_by("pk").first()


def switch(name: str) -> bool:
    """A switch of ``WAMID`` in the settings; on unless turned off."""
    return bool(getattr(settings, "WAMID", {}).get(name, True))


def replace_functions() -> None:
    """Replaces the functions in every module that has imported them, under whatever name, and so for those to come."""
    replacements: dict[Any, Any] = {}
    for name, ours in _MODULES.items():
        theirs = import_module(name)
        for function in (each for module in ours for each in module.REPLACED):
            replacements[getattr(theirs, function.__name__)] = function
    own = [module for ours in _MODULES.values() for module in ours]
    for module in list(sys.modules.values()):
        if module in own:
            continue
        for name, value in list(getattr(module, "__dict__", {}).items()):
            # Not everything in a module can be a key.
            if callable(value) and getattr(value, "__module__", None) in _MODULES:
                replacement = replacements.get(value)
                if replacement is not None:
                    setattr(module, name, replacement)


def _views() -> list[Any]:
    from django_meta_whatsapp import views

    return [getattr(views, name) for name in _VIEWS]


def exempt_views() -> None:
    """Takes the four views out of CSRF protection: they know their callers by a key, which no browser sends by itself."""
    for view in _views():
        view.dispatch = csrf_exempt(view.dispatch)
    # A URL configuration that was read before has taken its views already.
    for pattern in getattr(sys.modules.get(f"{_APP}.urls"), "urlpatterns", ()):
        if getattr(pattern.callback, "view_class", None) in _views():
            pattern.callback.csrf_exempt = True


def tell_failures() -> None:
    """Lets the views say all that is known of a failure: a caller's client can tell what became of the message."""
    for view in _views():
        view.dispatch = told(view.dispatch)


def check(**_: Any) -> list[CheckMessage]:
    """Warns where the messaging API cannot be reached, or nothing was there to be replaced."""
    if not is_installed():
        return [
            Warning(
                "wamid.django is installed without django_meta_whatsapp, so there is nothing for it to replace.",
                hint="Add django_meta_whatsapp to INSTALLED_APPS; or remove wamid.django there, and import its functions.",
                id="wamid.W002",
            )
        ]
    guarded = any("CsrfViewMiddleware" in name for name in settings.MIDDLEWARE)
    closed = [view.__name__ for view in _views() if not getattr(view.dispatch, "csrf_exempt", False)]
    if not guarded or not closed:
        return []
    return [
        Warning(
            f"The messaging API answers 403 to every POST: CsrfViewMiddleware guards {', '.join(closed)}, whose callers "
            "have an API key and no CSRF token.",
            hint="Remove CSRF_EXEMPT from WAMID in the settings, or exempt these views yourself.",
            id="wamid.W001",
        )
    ]
