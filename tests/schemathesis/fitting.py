"""Loaded by schemathesis (SCHEMATHESIS_HOOKS): nulls that are meant to break the description, and fit it.

schemathesis takes null for a value that violates a member's `format`, also where the description allows null. So such a body is
held against the description by another validator, which schemathesis brings along.
"""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    if case.meta is None or case.meta.generation.mode.is_positive or not isinstance(case.body, dict):
        return
    meant = case.meta.phase.data
    if meant.parameter_location != ParameterLocation.BODY or "`format`" not in (meant.description or ""):
        return
    is_null = any(
        value is None and meant.description.endswith(f"/properties/{name}") for name, value in case.body.items()
    )
    if is_null and fits(case.operation.schema.raw_schema, case.operation.definition.raw, case.body):
        case.meta.generation.mode = GenerationMode.POSITIVE


def fits(description: dict[str, Any], operation: dict[str, Any], body: object) -> bool:
    """Whether the description of an operation allows this JSON body."""
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    schema = {**schema, "components": description["components"]}
    try:
        return jsonschema_rs.is_valid(schema, body, draft=jsonschema_rs.Draft202012)
    except ValueError:
        # It is no JSON: it has bytes, or half of a character.
        return False
