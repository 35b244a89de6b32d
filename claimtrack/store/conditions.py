"""What a query asks for, as conditions in SQL on the claims or pairs of one store."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import dataclass

from claimtrack.store.aliases import aliases
from claimtrack.store.database import Database, SqlValue
from claimtrack.store.queries import PairQuery, Query
from claimtrack.store.spelling import full_text, singular, stems, swap, words

SILENT = "NOT EXISTS (SELECT 1 FROM silenced s WHERE s.a = pairs.a AND s.b = pairs.b)"  # a person rejected the pair

# Distinct values by leaps along an index: reading all of it would cost a third of a second at 100,000 claims.
_TOPIC_SLUGS = """
WITH RECURSIVE leap(topic) AS (
    SELECT min(topic) FROM topics
    UNION ALL SELECT (SELECT min(topic) FROM topics WHERE topic > leap.topic) FROM leap WHERE topic IS NOT NULL
) SELECT topic FROM leap WHERE topic IS NOT NULL
"""
_SOURCE_NAMES = """
WITH RECURSIVE leap(id, name) AS (
    SELECT * FROM (SELECT source_id, source FROM claims ORDER BY 1, 2 LIMIT 1)
    UNION ALL SELECT next.source_id, next.source FROM leap JOIN claims next ON next.n = (
        SELECT n FROM claims WHERE (source_id, source) > (leap.id, leap.name) ORDER BY source_id, source LIMIT 1)
) SELECT id, name FROM leap
"""


@dataclass(frozen=True)
class Where:
    """Conditions of a query, joined by AND, and the values they name."""

    conditions: tuple[str, ...]
    values: tuple[SqlValue, ...]

    def __str__(self) -> str:
        """The conditions in SQL."""
        return " AND ".join(self.conditions) or "1"


def claims_that(db: Database, query: Query) -> Where:
    """The condition that a row of claims passes a query, whatever its limit."""
    parts = [
        ("kind = ?", query.kind),
        ("stance = ?", query.stance),
        ("confidence >= ?", query.min_confidence),
        ("confidence <= ?", query.max_confidence),
        # Dates of any precision: 2021-10 is neither before nor after 2021-10-06.
        ("published >= substr(?, 1, length(published))", query.since),
        ("substr(published, 1, length(?)) <= ?", query.until),
        ("added >= ?", query.added_since),
    ]
    conditions = [condition for condition, value in parts if value is not None]
    values: list[SqlValue] = [v for c, v in parts if v is not None for _ in range(c.count("?"))]
    if query.source is not None:
        conditions.append("source_id IN (SELECT value FROM json_each(?))")
        values.append(_source_ids(db, query.source))
    if query.topic is not None:
        condition, topics = _on_topic(db, query.topic, ("n",))
        conditions.append(condition)
        values += topics
    if query.search is not None:
        conditions.append("n IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)")
        values.append(full_text(query.search))
    return Where(tuple(conditions), tuple(values))


def pairs_that(db: Database, query: PairQuery, kind: str) -> Where:
    """The condition that a row of pairs passes a query; `kind` is the column that the query's kind stands in."""
    conditions = [SILENT]
    values: list[SqlValue] = []
    if query.kind is not None:
        conditions.append(f"pairs.{kind} = ?")
        values.append(query.kind)
    if kind == "kind" and query.min_score is None:
        conditions.append("NOT faint")
    elif query.min_score is not None and kind == "kind":
        conditions.append("score >= ?")
        values.append(query.min_score)
    if query.source is not None:
        held = "IN (SELECT id FROM claims WHERE source_id IN (SELECT value FROM json_each(?)))"
        conditions.append(f"(a {held} OR b {held})")
        values += [_source_ids(db, query.source)] * 2
    if query.added_since is not None:
        conditions.append("EXISTS (SELECT 1 FROM claims WHERE id IN (pairs.a, pairs.b) AND added >= ?)")
        values.append(query.added_since)
    if query.matter is not None:
        conditions.append("matter = ?")
        values.append(query.matter)
    if query.topic is not None:
        sides = [f"(SELECT n FROM claims WHERE id = {side})" for side in "ab"]
        condition, topics = _on_topic(db, query.topic, tuple(sides))
        conditions.append(condition)
        values += topics
    return Where(tuple(conditions), tuple(values))


def _source_ids(db: Database, wanted: str) -> str:
    """The ids of the sources that are meant, as a JSON array: by id, or by words of the name."""
    variants = [set(variant) for variant in _variants(db, wanted)]
    rows = [row for row in db.rows(_SOURCE_NAMES) if row[0] == wanted or any(_may_hold(row[1], v) for v in variants)]
    return json.dumps([id for id, name in rows if id == wanted or any(v and v <= set(words(name)) for v in variants)])


def _on_topic(db: Database, wanted: str, columns: tuple[str, ...]) -> tuple[str, list[str]]:
    """As `_topic_condition`, which a command that asks several times on one topic waits for once."""
    return db.remembered(("topic", wanted, columns), lambda: _topic_condition(db, wanted, columns))


def _topic_condition(db: Database, wanted: str, columns: Sequence[str]) -> tuple[str, list[str]]:
    """A condition that the claims in `columns` together bear each word of a topic, and its values."""
    variants = _variants(db, wanted)
    begins = {singular(word).removesuffix("y") for variant in variants for word in variant}
    slugs = {slug: stems(words(slug)) for (slug,) in db.rows(_TOPIC_SLUGS) if any(_may_hold(slug, {b}) for b in begins)}
    for topic, name in db.rows("SELECT topic, name FROM topic_names"):
        slugs[topic] = slugs.get(topic, set()) | stems(words(name))
    bears = "IN (SELECT n FROM topics WHERE topic IN (SELECT value FROM json_each(?)))"
    one_word = "(" + " OR ".join(f"{column} {bears}" for column in columns) + ")"
    alternatives, values = [], []
    for variant in variants:
        alternatives.append("(" + (" AND ".join(one_word for _ in variant) or "0") + ")")
        for word in map(singular, variant):
            values += [json.dumps([slug for slug, parts in slugs.items() if word in parts])] * len(columns)
    return "(" + " OR ".join(alternatives) + ")", values


def _may_hold(text: str, parts: Set[str]) -> bool:
    """Tell at a glance whether a text may hold words that begin so: splitting hundreds of thousands takes seconds."""
    plain = text.lower()
    return not plain.isascii() or all(part in plain for part in parts)


def _variants(db: Database, wanted: str) -> list[tuple[str, ...]]:
    """The words of a query, also with each alias put for its name and the other way round.

    Words that are a part of a name reach its alias, too: who asks for "zangezur" means the Syunik corridor as well,
    where that is read as the Zangezur corridor.
    """
    asked = words(wanted)
    names = [(words(line.alias), words(line.name)) for line in aliases(db)]
    swaps = names + [(name, alias) for alias, name in names]
    parts = [new for old, new in swaps if asked and stems(asked) < stems(old)]
    return list(dict.fromkeys([asked, *(swap(asked, old, new) for old, new in swaps), *parts]))
