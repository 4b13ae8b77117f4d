"""The commands of the Django project beside this file: `python examples/python/manage.py migrate`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_project.settings")
    execute_from_command_line(sys.argv)
