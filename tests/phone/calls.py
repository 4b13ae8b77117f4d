"""Calls in Python from standard input, a JSON list; writes the message that each sends, as JSON of the SDK."""

import json
import pathlib
import re
import sys

kinds = (pathlib.Path(__file__).parents[2] / "sandbox/page/calls/kinds.js").read_text()


class Client:
    def send(self, phone, content, **options):
        return {"phone": phone, "content": content, **options}


def made(kind, needed):
    def make(*given, **named):
        return {**({"type": kind} if kind else {}), **dict(zip(needed, given)), **named}

    return make


names = {"client": Client(), "phone": "PHONE"}
for kind, name, fields in re.findall(r"^  (\w+): \{ class: '(\w+)'.*?fields: (\[.*?\])(?:,$| \})", kinds, re.M):
    needed = [field.split("!")[0] for field in json.loads(fields) if "!" in field]
    names[name] = made(None if kind == name else kind, needed)

json.dump([eval(call, names) for call in json.load(sys.stdin)], sys.stdout)
