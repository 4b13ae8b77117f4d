"""The commands of the Django project that carries the original."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "host.settings.default")
    execute_from_command_line(sys.argv)
