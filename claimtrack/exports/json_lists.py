"""Records as JSON: lists under one object, and the schema that every record satisfies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from claimtrack.exports.escaping import harmless_json

__all__ = ["envelope", "json_schema"]


def envelope(**lists: Iterable[str]) -> Iterator[str]:
    """One JSON object: the schema's version, and under each name a list of records, one a line."""
    from claimtrack.schema import SCHEMA_VERSION

    yield f'{{"schema_version": {json.dumps(SCHEMA_VERSION)}'
    for name, records in lists.items():
        yield f',\n"{name}": ['
        separator = "\n"
        for record in records:
            yield separator + harmless_json(record)
            separator = ",\n"
        yield "\n]"
    yield "\n}\n"


def json_schema() -> str:
    """The JSON Schema (2020-12) of every record as indented JSON: one line of `export --format jsonl` satisfies it."""
    from pydantic.json_schema import models_json_schema

    from claimtrack import schema

    records = (
        schema.Document, schema.Claim, schema.Contradiction, schema.NearMiss, schema.Bearing, schema.Contrast,
        schema.Corroboration, schema.Decision, schema.Original, schema.Forecast, schema.Score, schema.CalibrationBin,
        schema.TimelineEntry, schema.Reversal, schema.Confirmation, schema.Topic, schema.SourceProfile,
        schema.Opinion,
    )  # fmt: skip
    references, whole = models_json_schema([(record, "serialization") for record in records])
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Records of claimtrack",
        "schema_version": schema.SCHEMA_VERSION,
        "oneOf": list(references.values()),
        **whole,
    }
    return json.dumps(described, indent=2, ensure_ascii=False)
