"""What the claims of a store are about: topics, how many claims bear them, and by which names they are found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.store.database import Database

if TYPE_CHECKING:
    from claimtrack.schema import Claim


@dataclass(frozen=True)
class TopicCount:
    """A topic slug with how many claims bear it, in how many documents."""

    topic: str
    claims: int
    documents: int


def topics(db: Database) -> list[TopicCount]:
    """All topics, the most frequent first."""
    rows = db.rows(
        "SELECT topic, count(*) AS claims, count(DISTINCT document) FROM topics "
        "GROUP BY topic ORDER BY claims DESC, topic"
    )
    return [TopicCount(*row) for row in rows]


def count_topic(db: Database, topics: Iterable[str]) -> tuple[int, int, int]:
    """How many claims bear at least one of these topics, in how many documents, by how many sources."""
    rows = db.rows(
        "SELECT count(DISTINCT n), count(DISTINCT topics.document), count(DISTINCT source_id) "
        "FROM topics JOIN claims USING (n) WHERE topic IN (SELECT value FROM json_each(?))",
        json.dumps(list(topics)),
    )
    claims, documents, sources = rows[0]
    return claims, documents, sources


def topic_examples(db: Database, topics: Iterable[str], *, aliased: bool = False) -> dict[str, Claim]:
    """A claim that bears each of these topics, to read from it what the topic is called; unknown topics miss.

    Args:
        db: the open store.
        topics: the topics.
        aliased: leave out a topic whose claim calls nothing by another name.
    """
    from claimtrack.schema import Claim

    rows = db.rows(
        "SELECT value, record FROM json_each(?1) JOIN claims "
        "ON n = (SELECT n FROM topics WHERE topic = value LIMIT 1) "
        "WHERE NOT ?2 OR instr(record, '\"via\":\"alias\"')",
        json.dumps(list(topics)),
        aliased,
    )
    return dict(zip((row[0] for row in rows), db.parse(Claim, (row[1] for row in rows)), strict=True))


def name_topics(db: Database, names: Iterable[tuple[str, str]]) -> None:
    """Let the words of these names, and of no others, find claims on a topic: pairs of topic and name."""
    with db.transaction():
        db.run("DELETE FROM topic_names")
        db.run_many("INSERT OR IGNORE INTO topic_names VALUES (?, ?)", names)


def topic_names(db: Database) -> list[str]:
    """The names by which other topics are found, too, as `name_topics` wrote them, sorted."""
    return [row[0] for row in db.rows("SELECT DISTINCT name FROM topic_names ORDER BY name")]
