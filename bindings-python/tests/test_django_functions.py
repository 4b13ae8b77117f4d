"""Each function of the original that asks Meta, called as the original has it and as `wamid.django` replaces it.

`django_suite/functions.py` makes the calls of `django_suite/calls`. What the two have not in common is a row of `docs/django.md`.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import environment
from wamid.testing import sandbox

SUITE = Path(__file__).parent / "django_suite"
DOCUMENT = Path(__file__).parents[2] / "docs/django.md"
#: The modules of `calls`, in the order in which their calls are made.
AREAS = ("files", "messages", "templates", "users", "catalogs", "flows", "signups", "campaigns")
#: The variables of the template of a campaign.
TEMPLATES = ["eleven:0:11"]


def seen(which: str, folder: Path) -> dict[str, dict[str, Any]]:
    """What came of each call; `which` is "original" or "wamid"."""
    with sandbox(templates=TEMPLATES) as meta:
        env = environment(meta, ORIGINAL_OR_WAMID=which, MEDIA_ROOT=str(folder))
        done = subprocess.run(
            [sys.executable, str(SUITE / "functions.py"), *AREAS],
            env=env,
            cwd=SUITE,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return {call.pop("name"): call for call in map(json.loads, done.stdout.splitlines())}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    folder = tmp_path_factory.mktemp("media")
    return seen("original", folder), seen("wamid", folder)


def names() -> list[str]:
    sources = [(SUITE / f"calls/{area}.py").read_text() for area in AREAS]
    return [name for source in sources for name in re.findall(r"^@call\ndef (\w+)", source, re.MULTILINE)]


def rows() -> dict[str, tuple[str, str]]:
    """The rows of the document by their names: what is said of the original, and of ours."""
    found: dict[str, tuple[str, str]] = {}
    for line in DOCUMENT.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        name = re.fullmatch(r"`(\w+)`", cells[0])
        if line.startswith("|") and name:
            assert len(cells) == 5, f"not five cells: {line}"
            assert name[1] not in found, f"twice in the table: {name[1]}"
            found[name[1]] = (cells[2], cells[3])
    return found


def in_common(call: dict[str, Any]) -> dict[str, Any]:
    """A call without what is never the same, which the document lists above its table."""
    call = copy.deepcopy(call)
    if "error" in call:
        call["error"] = {"value_error": call["error"]["value_error"]}
    for _, row in call["rows"]:
        if row.get("error_message"):
            row["error_message"] = "a text"
    for request in call["requests"]:
        body = request["body"] or {}
        if request["path"].endswith("/message_templates"):
            request["query"].pop("limit", None)
        if request["path"].endswith("/media"):
            body.pop("type", None)
        body.pop("biz_opaque_callback_data", None)
        body.pop("recipient_type", None)
        if "to" in body:
            body["to"] = body["to"].removeprefix("+")
    call["requests"].sort(key=lambda request: json.dumps(request, sort_keys=True))
    return json.loads(re.sub(r'"input": "\+', '"input": "', json.dumps(call)))  # type: ignore[no-any-return]


def hold(cell: str, call: dict[str, Any]) -> None:
    """Asserts everything that a cell says of a call."""
    text = json.dumps(call, separators=(",", ":"), ensure_ascii=False)
    parts = {
        "answers": call.get("result"),
        "fails": call.get("error"),
        "rows": call["rows"],
        "Meta gets": call["requests"],
    }
    for clause in cell.split("; "):
        what = next((part for part in parts if clause.startswith(part)), None)
        assert what, f"a clause that cannot be asserted: {clause!r}"
        assert parts[what] is not None, text
        said = json.dumps(parts[what], separators=(",", ":"), ensure_ascii=False)
        rest = clause.removeprefix(what).strip()
        if rest == "nothing":
            assert parts[what] == [], text
        elif rest:
            wanted = re.fullmatch(r"(no )?`([^`]+)`", rest)
            assert wanted, f"a clause that cannot be asserted: {clause!r}"
            assert (wanted[2] in said) is not bool(wanted[1]), f"{clause}\n{text}"


@pytest.mark.parametrize("name", names())
def test_a_call_is_as_the_original_or_as_the_document_has_it(both: tuple[Any, Any], name: str) -> None:
    original, ours = (calls[name] for calls in both)
    row = rows().get(name)
    if row is None:
        assert in_common(ours) == in_common(original)
        return
    assert in_common(ours) != in_common(original), "the document has a difference where there is none"
    hold(row[0], original)
    hold(row[1], ours)


def test_every_row_of_the_document_is_a_call() -> None:
    assert set(rows()) - set(names()) == set()


def test_every_call_was_made(both: tuple[Any, Any]) -> None:
    assert [list(calls) for calls in both] == [names(), names()]


ALL = """
import ast, inspect
from django_meta_whatsapp import flows, utils
import wamid.django as ours
def shape(function):
    return [(p.name, p.default, p.kind) for p in inspect.signature(function).parameters.values()]
asking = set()
for module in (utils, flows):
    functions = {node.name: node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.FunctionDef)}
    for name, node in functions.items():
        called = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)
                  and isinstance(each.value, ast.Name) and each.value.id == "requests"}
        if called & {"get", "post", "delete", "put"}:
            asking.add(name)
    for name in ours.__all__:
        if hasattr(module, name):
            assert shape(getattr(ours, name)) == shape(getattr(module, name)), name
print(sorted(asking - set(ours.__all__)), sorted(set(ours.__all__) - asking))
"""


def python(code: str, which: str, tmp_path: Path) -> str:
    """What a program says that runs in the project."""
    with sandbox() as meta:
        env = environment(meta, ORIGINAL_OR_WAMID=which, MEDIA_ROOT=str(tmp_path))
        env |= {"DJANGO_SETTINGS_MODULE": "functions_settings"}
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=env,
            cwd=SUITE,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_function_of_the_original_that_asks_meta_is_replaced(tmp_path: Path) -> None:
    assert python(ALL, "original", tmp_path) == "[] ['build_template_components', 'run_campaign']\n"


CAMPAIGN = """
import os, time
from django.core.files.base import ContentFile
from django.core.management import call_command
from django_meta_whatsapp import models, utils
call_command("migrate", verbosity=0)
account = models.WhatsAppAccount.objects.create(
    name="one", access_token=os.environ["WAMID_ACCESS_TOKEN"], phone_number_id=os.environ["WAMID_PHONE_NUMBER_ID"])
template = models.WhatsAppTemplate.objects.create(account=account, name="hello_world", language="en_US", body_text="Hi")
# Each of them takes the sandbox two seconds.
numbers = ContentFile("\\n".join(["phone", *["15550900001"] * 12]).encode(), name="list.csv")
campaign = models.WhatsAppCampaign.objects.create(
    account=account, name="slow", template=template, audience_type="csv", csv_file=numbers)
began = time.monotonic()
print(utils.run_campaign(campaign.pk), time.monotonic() - began < 12)
"""


def test_a_campaign_sends_many_at_a_time(tmp_path: Path) -> None:
    assert python(CAMPAIGN, "wamid", tmp_path) == "{'sent': 12, 'failed': 0} True\n"


UNSAVED = """
import os
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError
from django_meta_whatsapp import models, utils
call_command("migrate", verbosity=0)
account = models.WhatsAppAccount.objects.create(
    name="one", access_token=os.environ["WAMID_ACCESS_TOKEN"], phone_number_id=os.environ["WAMID_PHONE_NUMBER_ID"])
template = models.WhatsAppTemplate.objects.create(account=account, name="hello_world", language="en_US", body_text="Hi")
# While the outcome of the last is saved, the others are under way.
numbers = ContentFile("\\n".join(["phone", *["15550900001"] * 5, "919876543210"]).encode(), name="list.csv")
campaign = models.WhatsAppCampaign.objects.create(
    account=account, name="unsaved", template=template, audience_type="csv", csv_file=numbers)
Row, save = models.WhatsAppCampaignRecipient, models.WhatsAppCampaignRecipient.save
def failing(row, *args, **kwargs):
    if row.status != "pending" and row.phone_number.endswith("919876543210"):
        raise DatabaseError("the disk is full")
    save(row, *args, **kwargs)
Row.save = failing
try:
    utils.run_campaign(campaign.pk)
except DatabaseError as error:
    print(error, sorted(Row.objects.values_list("status", flat=True)))
"""


def test_what_went_out_is_saved_where_one_row_cannot_be(tmp_path: Path) -> None:
    assert python(UNSAVED, "wamid", tmp_path) == f"the disk is full {['pending', *['sent'] * 5]}\n"


FAILURE = """
import pickle, wamid
from django_meta_whatsapp import flows
class Account:
    access_token, phone_number_id, waba_id = "wrong", "1066", "1"
try:
    flows.publish_flow("42", Account())
except ValueError as error:
    again = pickle.loads(pickle.dumps(error))
    for each in (error, again):
        print(isinstance(each, wamid.AuthenticationError), isinstance(each, ValueError), each.code, each.__cause__ is None)
"""


def test_what_fails_in_a_function_for_flows_is_both(tmp_path: Path) -> None:
    assert python(FAILURE, "wamid", tmp_path) == "True True 190 True\n" * 2
