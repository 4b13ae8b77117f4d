"""Reads the table of differences in docs/original.md and holds answers against its cells."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import httpx

from hosts import ROOT

DOCUMENT = ROOT / "docs" / "original.md"


@dataclass
class Row:
    request: str
    original: str
    gateway: str


def rows() -> dict[str, Row]:
    """Every row by its name; a name that is there twice is an error."""
    found: dict[str, Row] = {}
    for line in DOCUMENT.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        name = re.fullmatch(r"`(\w+)`", cells[0])
        if not line.startswith("|") or not name:
            continue
        assert len(cells) == 5, f"not five cells: {line}"
        assert name[1] not in found, f"twice in the table: {name[1]}"
        found[name[1]] = Row(*cells[1:4])
    return found


def compact(text: str) -> str:
    """JSON without spaces, as the table writes it; any other text as it is."""
    try:
        return json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)
    except ValueError:
        return text


def hold(cell: str, answer: httpx.Response, arrived: list[dict]) -> None:
    """Asserts everything that the cell says."""
    status = re.match(r"(\d{3})\b", cell)
    assert status, f"the cell begins with no status: {cell}"
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    said = f"{compact(answer.text)}\n{headers}".casefold()
    gets = compact(json.dumps([message["body"] for message in arrived])).casefold()
    seen = f"{cell!r}\nanswer {answer.status_code}: {said[:2000]}\nMeta got: {gets[:2000]}"
    assert answer.status_code == int(status[1]), seen
    for clause in cell[3:].split("; "):
        clause = clause.strip()
        of_meta = clause.startswith("Meta gets")
        where = gets if of_meta else said
        rest = clause.removeprefix("Meta gets").strip()
        if rest == "nothing":
            assert arrived == [], seen
        elif count := re.fullmatch(r"(\d+) messages?", rest):
            assert len(arrived) == int(count[1]), seen
        else:
            wanted = re.fullmatch(r"(no )?`([^`]+)`", rest)
            assert wanted, f"a clause that cannot be asserted: {clause!r}"
            assert not of_meta or arrived, seen
            assert (wanted[2].casefold() in where) is not bool(wanted[1]), f"{clause}\n{seen}"
