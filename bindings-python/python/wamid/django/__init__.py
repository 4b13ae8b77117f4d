"""django-meta-whatsapp on wamid: its four sending functions under their own names, for the Django project that has them.

Put the app after the original in ``INSTALLED_APPS``, and everything that sends through the original sends through wamid::

    INSTALLED_APPS = [..., "django_meta_whatsapp", "wamid.django"]

- The original's functions are replaced wherever they were imported, and its four messaging API views answer to their key
  alone, without a CSRF token. ``WAMID = {"REPLACE": False}`` and ``{"CSRF_EXEMPT": False}`` leave either as it is.
- ``WAMID = {"OPTIONS": {"timeout": 10, "max_per_second": 20}}`` are options of :meth:`wamid.Client.cloud`.
- ``WAMID_GRAPH_URL`` in the environment sends elsewhere than to Meta: to :mod:`wamid.testing`, for one.

Credentials are found as the original finds them, and ten digits are a number in India, as there. What fails is a
:class:`wamid.WamidError`.
"""

from __future__ import annotations

from ._sending import (
    build_template_components,
    send_location_message,
    send_template_message,
    send_text_message,
)

__all__ = [
    "build_template_components",
    "send_location_message",
    "send_template_message",
    "send_text_message",
]
