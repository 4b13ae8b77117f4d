"""The app for ``INSTALLED_APPS``."""

from __future__ import annotations

from django.apps import AppConfig


class WamidConfig(AppConfig):
    """Puts wamid in place of the original's sending functions, and lets its API views answer to their key."""

    name = "wamid.django"
    label = "wamid"
    verbose_name = "wamid"

    def ready(self) -> None:
        """Called by Django once all models are there."""
        from django.core import checks

        from . import _original

        if _original.is_installed():
            if _original.switch("REPLACE"):
                _original.replace_functions()
                _original.tell_failures()
            if _original.switch("CSRF_EXEMPT"):
                _original.exempt_views()
        checks.register(_original.check)
