"""schemathesis against `/openapi.json`, one run for each operation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from conftest import ANSWERS
from fitting import fits
from hosts import HTTP, Host, clean_environment

HERE = Path(__file__).parent
#: How many requests are made up for each operation, beside those that its description calls for.
EXAMPLES = os.environ.get("WAMID_SCHEMATHESIS_EXAMPLES", "200")
#: The same requests each time, so that a change is not refused for what another one did. Empty: others each time.
SEED = os.environ.get("WAMID_SCHEMATHESIS_SEED", "1")
#: All checks are on but this one: some rules are no part of the description, as JSON Schema cannot say them or should
#: not. A phone may be written in many ways, a template takes what Meta approved. So what fits the description may get 400,
#: which must then be a described 400. `tests/django` sends what has to be accepted.
WITHOUT = ("positive_data_acceptance",)
#: Every operation of the description, by its id.
OPERATIONS = (
    "send",
    "send_message",
    "send_location",
    "send_template",
    "read",
    "upload_media",
    "media_info",
    "media_content",
    "delete_media",
    "templates",
    "sends",
    "chats",
    "root",
    "webhook_subscribe",
    "webhook_receive",
    "healthz",
    "readyz",
)


#: No id that is made up is that of a file, so these answer 400. `gateway/tests/server/business.rs` asks for files that exist.
UNKNOWN = ("media_info", "media_content", "delete_media")


def server(gateway: Host) -> str:
    """Where the gateway is, without its prefix."""
    return gateway.url.removesuffix("/whatsapp")


def described(gateway: Host) -> dict[str, tuple[str, str, dict]]:
    """The operations of the description: method, path and description of each."""
    answer = HTTP.get(f"{server(gateway)}/openapi.json")
    answer.raise_for_status()
    return {
        operation["operationId"]: (method, path, operation)
        for path, item in answer.json()["paths"].items()
        for method, operation in item.items()
    }


def test_no_operation_is_left_out(gateway: Host) -> None:
    assert sorted(described(gateway)) == sorted(OPERATIONS)


def test_a_null_that_the_description_allows_fits_it(gateway: Host) -> None:
    description = HTTP.get(f"{server(gateway)}/openapi.json").json()
    operation = description["paths"]["/whatsapp/api/send-message/"]["post"]
    body = {"phone": "+16505551234", "message": "Hello"}
    for more, is_fitting in (({"account_id": None}, True), ({"account_id": []}, False), ({"account_id": b"1"}, False)):
        assert fits(description, operation, body | more) is is_fitting, more


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_gateway_does_as_described(gateway: Host, operation: str, tmp_path: Path) -> None:
    ran = tmp_path / "ran.ndjson"
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{server(gateway)}/openapi.json"),
        *("--header", f"X-API-Key: {gateway.key}", "--include-operation-id", operation),
        *("--max-examples", EXAMPLES, "--exclude-checks", ",".join(WITHOUT), "--continue-on-failure"),
        *("--request-timeout", "30", "--generation-database", "none", "--suppress-health-check", "all"),
        *(("--seed", SEED) if SEED else ()),
        *("--report", "ndjson", "--report-ndjson-path", str(ran), "--no-color"),
    ]
    environment = clean_environment(
        SCHEMATHESIS_HOOKS="hooks",
        PYTHONPATH=str(HERE),
        PYTHONDONTWRITEBYTECODE="1",
        WAMID_SANDBOX_SECRET="sandbox-app-secret",
        WAMID_SANDBOX_NUMBER="106540352242922",
    )
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    ANSWERS[operation] = statuses(ran) if ran.exists() else Counter()
    assert done.returncode == 0, done.stdout
    # A run without a request, or whose requests are all turned away at the door, says nothing.
    assert ANSWERS[operation][400 if operation in UNKNOWN else 200] > 0, done.stdout


def statuses(ran: Path) -> Counter[int]:
    """How often which status was answered."""
    found: Counter[int] = Counter()
    with ran.open() as lines:
        for line in lines:
            finished = json.loads(line).get("ScenarioFinished")
            for interaction in finished["recorder"].get("interactions", {}).values() if finished else ():
                if answer := interaction["response"]:
                    found[answer["status_code"]] += 1
    return found
