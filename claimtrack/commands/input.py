"""Rows of standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from claimtrack.errors import UsageError

TYPES = {str: "a text", int: "a whole number"}
SHOWN = 60  # characters of a bad line


def rows(fields: Mapping[str, type]) -> Iterator[tuple[Any, ...]]:
    """The named fields of each line of standard input; answers must stay in step with lines, so one bad line stops."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        row = _object(number, line, fields)
        for name, wanted in fields.items():
            if not isinstance(row[name], wanted):
                raise UsageError(f"{_line(number)}: {name} is {_short(row[name])}, not {TYPES[wanted]}.")
        yield tuple(row[name] for name in fields)


def _object(number: int, line: str, fields: Mapping[str, type]) -> dict[str, Any]:
    """The object of a line, which has all the fields."""
    wanted = f"Write a JSON object with {', '.join(fields)} a line"
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{_line(number)} is no JSON ({error}): {_short(line.strip())}. {wanted}.") from error
    if not isinstance(row, dict):
        raise UsageError(f"{_line(number)} is {_short(row)}. {wanted}.")
    if missing := [name for name in fields if name not in row]:
        raise UsageError(f"{_line(number)} has no {', '.join(missing)}: {_short(row)}. {wanted}.")
    return row


def _line(number: int) -> str:
    return f"Line {number} of standard input"


def _short(value: object) -> str:
    """A value as it stood there, cut."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return repr(text) if len(text) <= SHOWN else f"{text[:SHOWN]!r} …"
