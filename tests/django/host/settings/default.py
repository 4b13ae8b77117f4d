"""As Django comes: its CSRF middleware guards every POST, the messaging API's too."""

from .base import *  # noqa: F403
