"""What may be asked of the claims and of the pairs of a store."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which claims; None filters nothing, and a claim must pass every filter given.

    `topic`: every word must be a word of the claim's topic slugs taken together ("iran azerbaijan war" finds a
    claim with the topics "iran", "azerbaijan" and "war"; "zangezur" finds "zangezur-corridor"), singular or plural;
    aliases the user added count as the same words, and a topic that was merged with another one or put under it is
    found by its words, too. `source`: an id, or words of a name. `since`, `until`: ISO 8601 dates of
    publication, inclusive, of any precision. `min_confidence`, `max_confidence` in [0, 1]. `search`: words,
    "phrases" and prefix* in the claim, its proposition or its source. `added_since`: ISO 8601, when the claim first
    came into the store. `limit`: None for all.
    """

    topic: str | None = None
    source: str | None = None
    kind: str | None = None
    stance: str | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None
    max_confidence: float | None = None
    search: str | None = None
    added_since: str | None = None
    limit: int | None = None


@dataclass(frozen=True, kw_only=True)
class PairQuery:
    """Which pairs; `topic` and `source` as in `Query`, looked for in both claims together. None filters nothing.

    `added_since`: ISO 8601, when the later one of the two claims first came into the store. `matter`: what they
    clash on, as `matters` gives it. `min_score`: None leaves out faint pairs, a number those below it.
    """

    topic: str | None = None
    source: str | None = None
    kind: str | None = None
    min_score: float | None = None
    added_since: str | None = None
    matter: str | None = None
    limit: int | None = None


EVERY_CLAIM = Query()
EVERY_PAIR = PairQuery()
