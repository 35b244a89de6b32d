"""Rows of standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from claimtrack.errors import UsageError


def rows(fields: Mapping[str, type]) -> Iterator[tuple[Any, ...]]:
    """The named fields of each line of standard input; answers must stay in step with lines, so one bad line stops."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            values = tuple(row[name] for name in fields)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            wanted = f"a JSON object with {', '.join(fields)}"
            raise UsageError(f"Line {number} of standard input is not {wanted} ({error!r}).") from error
        for (name, type_), value in zip(fields.items(), values, strict=True):
            if not isinstance(value, type_):
                raise UsageError(f"Line {number} of standard input: {name} is {value!r}, not {type_.__name__}.")
        yield values
