"""django-meta-whatsapp on wamid: its functions that call Meta under their own names, for the Django project that has them.

Put the app after the original in ``INSTALLED_APPS``, and everything that asks Meta through the original asks through wamid::

    INSTALLED_APPS = [..., "django_meta_whatsapp", "wamid.django"]

- The original's functions are replaced wherever they were imported, and its four messaging API views answer to their key
  alone, without a CSRF token. ``WAMID = {"REPLACE": False}`` and ``{"CSRF_EXEMPT": False}`` leave either as it is.
- ``WAMID = {"OPTIONS": {"timeout": 10, "max_per_second": 20}}`` are options of :meth:`wamid.Client.cloud`.
- ``WAMID_GRAPH_URL`` in the environment sends elsewhere than to Meta: to :mod:`wamid.testing`, for one.
- Campaigns send many messages at a time. What the original keeps in its tables is the same.

Credentials are found as the original finds them, and ten digits are a number in India, as there. What fails is a
:class:`wamid.WamidError`. ``docs/django.md`` of the project has the differences.
"""

from __future__ import annotations

from ._campaigns import run_campaign
from ._commerce import sync_catalog_products
from ._files import upload_media
from ._flows import (
    create_flow,
    delete_flow,
    deprecate_flow,
    get_flow,
    list_flows_from_meta,
    publish_flow,
    send_flow_message,
    upload_flow_json,
    upload_rsa_public_key,
)
from ._sending import (
    build_template_components,
    send_catalog_message,
    send_location_message,
    send_media_message,
    send_multi_product_message,
    send_product_carousel_message,
    send_single_product_message,
    send_template_message,
    send_text_message,
)
from ._signups import (
    create_signup,
    disable_signup,
    get_signup,
    list_signups,
    update_signup,
)
from ._templates import (
    delete_template_from_meta,
    push_template_to_meta,
    sync_templates_from_meta,
)
from ._users import (
    block_users,
    get_blocked_users,
    unblock_users,
)

__all__ = [
    "block_users",
    "build_template_components",
    "create_flow",
    "create_signup",
    "delete_flow",
    "delete_template_from_meta",
    "deprecate_flow",
    "disable_signup",
    "get_blocked_users",
    "get_flow",
    "get_signup",
    "list_flows_from_meta",
    "list_signups",
    "publish_flow",
    "push_template_to_meta",
    "run_campaign",
    "send_catalog_message",
    "send_flow_message",
    "send_location_message",
    "send_media_message",
    "send_multi_product_message",
    "send_product_carousel_message",
    "send_single_product_message",
    "send_template_message",
    "send_text_message",
    "sync_catalog_products",
    "sync_templates_from_meta",
    "unblock_users",
    "update_signup",
    "upload_flow_json",
    "upload_media",
    "upload_rsa_public_key",
]
