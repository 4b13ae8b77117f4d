"""The messaging API's views exempt from CSRF, as a project must have done for its callers to get anywhere."""

from .base import *  # noqa: F403

ROOT_URLCONF = "host.urls_exempt"
