"""Calls the functions that ask Meta, as the original has them or as wamid has replaced them, and prints what came of it.

One line of JSON for each call: its result or failure, the rows of the database, and the requests that reached Meta. The
arguments are the modules of `calls` whose calls are made, in their order and on one sandbox.
"""

from __future__ import annotations

import json
import os
import re
import sys
from importlib import import_module
from typing import Any

from project import CALLS, META, rows


def main() -> None:
    for area in sys.argv[1:]:
        import_module(f"calls.{area}")
    before: dict[str, Any] = {}
    for name, made in CALLS.items():
        META.requests.clear()
        seen: dict[str, Any] = {"name": name}
        try:
            seen["result"] = made()
        except (NameError, AttributeError, TypeError, KeyError):
            # Of the call itself: both would have it in common.
            raise
        except Exception as error:
            value, text = isinstance(error, ValueError), str(error)
            seen["error"] = {"value_error": value, "text": text, "kind": getattr(error, "kind", None)}
        after = rows()
        # Only what is new or has changed.
        seen["rows"] = [
            [table, row] for table, all_of_it in after.items() for row in all_of_it if row not in before.get(table, [])
        ]
        before = after
        # A campaign's messages go out in no order.
        seen["requests"] = sorted(META.requests, key=lambda request: json.dumps(request, sort_keys=True))
        # Ids are the sandbox's, and new each time.
        line = re.sub(r"wamid\.HBgL\w+", "wamid", json.dumps(seen))
        print(re.sub(r"\b[1-9]\d{14,15}\b", "ID", line), flush=True)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
