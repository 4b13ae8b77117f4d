"""Runs the original's `runtests.py`, which is in the working folder, with or without the app."""

import runpy
import sys

sys.path.insert(0, ".")
how, *labels = sys.argv[1:]
# Configures the settings, and runs nothing yet.
runtests = runpy.run_path("runtests.py", run_name="runtests")

from django.conf import settings  # noqa: E402

if how == "with":
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "wamid.django"]

import django  # noqa: E402
from django.test.utils import get_runner  # noqa: E402

django.setup()
sys.exit(bool(get_runner(settings)(verbosity=2, interactive=False).run_tests(labels)))
