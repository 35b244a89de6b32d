"""Flat views of the store for other programs: datasette, DuckDB, pandas and `claimtrack sql` read them as tables.

Each has one value a cell. README lists them with their columns. Pairs that a person rejected, and those too doubtful to
be shown unasked, are left out.
"""

from __future__ import annotations

__all__ = ["VIEWS"]

_SIDE = ("id", "published", "source", "source_id", "proposition", "kind", "stance", "likelihood", "text", "title",
         "publisher")  # fmt: skip
_SIDES = ", ".join(f"{side}.{name} AS {side}_{name}" for side in "ab" for name in _SIDE)


def _fields(record: str, *names: str, **paths: str) -> str:
    """Fields of a JSON record as columns: by their own names, or of a path by the name given."""
    columns = {name: name for name in names} | paths
    return ", ".join(f"json_extract({record}, '$.{path}') AS \"{name}\"" for name, path in columns.items())


def _list(record: str, field: str, value: str = "value") -> str:
    """A list in a JSON record as one column, its values parted by semicolons."""
    return f"(SELECT group_concat({value}, '; ') FROM json_each({record}, '$.{field}')) AS {field}"


def _value(field: str) -> str:
    return f"json_extract(value, '$.{field}')"


_CLAIMS = f"""
CREATE VIEW flat_claims AS SELECT
    c.id, c.published, c.source, c.source_id, c.source_kind, {_fields("c.record", "proposition")}, c.kind, c.stance,
    {_fields("c.record", "polarity", "factuality", "commitment", likelihood="likelihood.phrase",
             likelihood_low="likelihood.low", likelihood_high="likelihood.high")}, c.point AS likelihood_point,
    substr(json_extract(d.record, '$.text'), json_extract(c.record, '$.condition[0]') + 1,
        json_extract(c.record, '$.condition[1]') - json_extract(c.record, '$.condition[0]')) AS condition,
    {_fields("c.record", time="time.text", time_start="time.start", time_end="time.end",
             time_relation="time.relation")},
    {_list("c.record", "positions", " || ' ' || ".join(map(_value, ("holder", "value", "target"))))},
    {_list("c.record", "entities", _value("name"))}, {_list("c.record", "topics")},
    {_fields("c.record", attribution="attribution.type", cue="attribution.cue")}, c.confidence,
    {_fields("c.record", "text", "context")}, c.document, {_fields("d.record", "title", "publisher")}, d.path,
    {_fields("c.record", start="spans[0][0]", end="spans[#-1][1]")}, c.added
FROM claims c JOIN documents d ON d.id = c.document;
"""

_PAIRS = f"""
CREATE VIEW flat_contradictions AS SELECT
    p.id, p.kind, p.strength, p.score, {_fields("p.record", "relation")}, p.basis, p.matter,
    {_fields("p.record", "same_source", "same_document", "explanation")}, {_list("p.record", "topics")}, {_SIDES}
FROM pairs p JOIN flat_claims a ON a.id = p.a JOIN flat_claims b ON b.id = p.b
WHERE p.strength <> 'near' AND NOT p.faint AND NOT EXISTS (SELECT 1 FROM silenced s WHERE s.a = p.a AND s.b = p.b);

CREATE VIEW flat_near_misses AS SELECT
    p.reason, p.basis, {_fields("p.record", "explanation")}, {_list("p.record", "topics")}, {_SIDES}
FROM pairs p JOIN flat_claims a ON a.id = p.a JOIN flat_claims b ON b.id = p.b
WHERE p.strength = 'near' AND NOT EXISTS (SELECT 1 FROM silenced s WHERE s.a = p.a AND s.b = p.b);
"""

_OTHERS = f"""
CREATE VIEW flat_documents AS SELECT
    d.id, d.path, {_fields("d.record", "title")}, {_list("d.record", "byline")},
    {_fields("d.record", "publisher", "published", "language", "url")},
    (SELECT count(*) FROM claims c WHERE c.document = d.id) AS claims, {_fields("d.record", "text")}
FROM documents d;

CREATE VIEW flat_sources AS SELECT
    source_id AS id, min(source) AS name, min(source_kind) AS kind, count(*) AS claims,
    count(DISTINCT document) AS documents, min(published) AS oldest, max(published) AS newest
FROM claims GROUP BY source_id;

CREATE VIEW flat_topics AS SELECT t.topic, c.id AS claim, c.document, c.source_id, c.published
FROM topics t JOIN claims c ON c.n = t.n;

CREATE VIEW flat_entities AS SELECT c.id AS claim, {_fields("e.value", "id", "name", "type")}
FROM claims c, json_each(c.record, '$.entities') e;

CREATE VIEW flat_positions AS SELECT
    c.id AS claim, {_fields("p.value", "holder", "holder_id", "target", "target_id", "value")}, c.published, c.document
FROM claims c, json_each(c.record, '$.positions') p;

CREATE VIEW flat_decisions AS SELECT
    id, at, {_fields("record", "by", "action", "subject", "target", "outcome", "on", "evidence", "reliability",
                     "credibility", "note")}
FROM decisions;
"""

VIEWS = _CLAIMS + _PAIRS + _OTHERS
"""The script that makes them."""
