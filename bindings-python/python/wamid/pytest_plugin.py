"""The fixture ``wamid_sandbox``, which pytest finds by itself where wamid is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .testing import Sandbox


@pytest.fixture
def wamid_sandbox() -> Iterator[Sandbox]:
    """A sandbox that plays Meta, of this test alone. ``wamid_sandbox.phone(number)`` is a customer's phone; see
    :mod:`wamid.testing`.
    """
    # Not at the top: every run of pytest in this environment imports this module.
    from .testing import sandbox

    with sandbox() as started:
        yield started
