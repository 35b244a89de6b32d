"""What may be asked of a store by another program, each answer a list of plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from claimtrack import clock
from claimtrack.errors import ClaimtrackError, StoreError, UsageError
from claimtrack.exports import flat_columns, visible
from claimtrack.exports.flat_columns import Known, Table
from claimtrack.store import PairQuery, Query, Store

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Contrast, Document

__all__ = ["CLAIM_FIELDS", "Desk", "Rows"]

T = TypeVar("T")
Rows = list[dict[str, object]]

CLAIM_FIELDS = ("id", "published", "source", "source_id", "proposition", "kind", "stance", "likelihood",
                "likelihood_low", "likelihood_high", "condition", "time", "confidence", "text", "title", "publisher",
                "document")  # fmt: skip
PAIR_FIELDS = ("id", "kind", "strength", "score", "relation", "explanation",
               *(f"{s}_{name}" for s in "ab" for name in ("id", "published", "source", "text", "title")))  # fmt: skip
MOST = 200
"""Rows of one answer at most: an assistant reads them all."""


class Desk:
    """A store that others ask: whatever they ask, it can be changed only where writing was allowed.

    Args:
        path: the store, which must be there.
        by: who decides on what others write; None lets nobody write.
    """

    def __init__(self, path: Path, *, by: str | None = None) -> None:
        self._path = path
        self._by = by

    def search_claims(  # noqa: PLR0913, PLR0917  each is a filter that the assistant may name
        self, words: str | None = None, topic: str | None = None, source: str | None = None, kind: str | None = None,
        stance: str | None = None, since: str | None = None, until: str | None = None, limit: int = 20,
    ) -> Rows:  # fmt: skip
        """Find claims: who says what, how sure they are, in which article.

        Args:
            words: words, "phrases" or prefix* that stand in the claim or its source.
            topic: a topic, such as "zangezur".
            source: who says it: a name, words of it, or an id.
            kind: fact, prediction, opinion, cause, accusation, intention, threat, demand or scenario.
            stance: affirm, deny, doubt, question, hope or fear.
            since: published on or after: 2021, 2021-10 or 2021-10-06.
            until: published on or before.
            limit: at most so many.
        """
        for day in (since, until):
            if day is not None and not clock.is_date(day):
                raise UsageError(f"{day!r} is no date. Write 2021, 2021-10 or 2021-10-06.")
        query = Query(search=words, topic=topic, source=source, kind=kind, stance=stance, since=since, until=until,
                      limit=_few(limit))  # fmt: skip
        with self._reading() as store:
            return _rows(flat_columns.CLAIMS, list(store.claims(query)), store, CLAIM_FIELDS)

    def contradictions(
        self, topic: str | None = None, source: str | None = None, min_score: float | None = None, limit: int = 10
    ) -> Rows:
        """List pairs of claims that clash, the surest first, with an explanation and both quotations."""
        from claimtrack.tracking.pairing import best_pairs

        query = PairQuery(topic=topic, source=source, min_score=min_score, limit=_few(limit))
        with self._reading() as store:
            return _rows(flat_columns.PAIRS, best_pairs(store, query), store, PAIR_FIELDS)

    def contrast(self, topic: str, limit: int = 10) -> Rows:
        """Set side by side what is said on a topic: for each proposition, who affirms, denies, or leaves it open."""
        from claimtrack import contradiction
        from claimtrack.tracking import pairing

        with self._reading() as store:
            claims = list(store.claims(Query(topic=topic)))
            return [_sides(one) for one in contradiction.contrast(claims, pairing.prints(store, claims))[: _few(limit)]]

    def timeline(self, topic: str, by: Literal["said", "event"] = "said", limit: int = 50) -> Rows:
        """List the claims on a topic in order of time, with changes of side and what each one clashes with."""
        from claimtrack.tracking import chronology

        with self._reading() as store:
            entries = chronology.on_topic(store, topic, by)[: _few(limit)]
            return _rows(flat_columns.TIMELINE, entries, store, ("when", "changed_from", "clashes", *CLAIM_FIELDS))

    def sources(self, limit: int = 50) -> Rows:
        """List who claims: name, kind, how many claims in how many documents, reliability as people rated it."""
        from claimtrack.tracking import profiles

        with self._reading() as store:
            table = flat_columns.sources(profiles.ratings(store))
            return _rows(table, store.sources()[: _few(limit)], store, table.fields)

    def extract_text(self, text: str, title: str | None = None, published: str | None = None) -> Rows:
        """Read the claims of a text. Nothing of it is kept."""
        document, claims = _extracted(text, title, published)
        known = Known(lambda _: document)
        return [_plain(flat_columns.CLAIMS.row(claim, known), CLAIM_FIELDS) for claim in claims]

    def keep_text(self, text: str, path: str, title: str | None = None, published: str | None = None) -> Rows:
        """Read the claims of a text and keep them in the store, under a path that names the text there."""
        self._writer()
        document, claims = _extracted(text, title, published)
        with Store(self._path, create=False) as store:
            store.add(document.model_copy(update={"path": path}), [c.model_copy(update={"document_path": path})
                                                                     for c in claims])  # fmt: skip
            bring_up_to_date(store)
            return _rows(flat_columns.CLAIMS, claims, store, CLAIM_FIELDS)

    def decide(self, id: str, action: Literal["accept", "reject", "comment"], note: str | None = None) -> str:
        """Accept or reject a claim or pair by its id, or write a comment on it. Gives the id that undoes it."""
        from claimtrack.tracking import reviews

        with Store(self._path, create=False) as store:
            return reviews.decide(store, action, id, by=self._writer(), note=note).id

    def _writer(self) -> str:
        if self._by is None:
            raise UsageError("This store is served for reading only.")
        return self._by

    def _reading(self) -> Store:
        return Store(self._path, readonly=True)


def bring_up_to_date(store: Store) -> None:
    """Judge what has not met yet."""
    from claimtrack.tracking.pairing import update_pairs

    if not (store.is_paired() and store.is_met()):
        update_pairs(store)


def _few(limit: int) -> int:
    return min(max(limit, 1), MOST)


def _rows(table: Table[T], records: Sequence[T], store: Store, fields: Iterable[str]) -> Rows:
    known, wanted = Known(store.document), tuple(fields)
    return [_plain(table.row(record, known), wanted) for record in records]


def _plain(row: Mapping[str, object], fields: Iterable[str]) -> dict[str, object]:
    """A row of these columns, what is empty left out, and nothing in it that steers a terminal."""
    cells = ((name, row[name]) for name in fields)
    return {name: visible(cell) if isinstance(cell, str) else cell for name, cell in cells if cell is not None}


def _sides(contrast: Contrast) -> dict[str, object]:
    """A proposition, and who stands on which side of it."""
    sides = [
        {"side": side.name, "voices": [
            {"source": visible(voice.source.name), "likelihood": voice.likelihood and voice.likelihood.phrase,
             "first": voice.first, "last": voice.last, "claims": list(voice.claims)} for voice in side.voices]}
        for side in contrast.sides
    ]  # fmt: skip
    return {"id": contrast.id, "proposition": visible(contrast.proposition), "sides": sides}


def _extracted(text: str, title: str | None, published: str | None) -> tuple[Document, Sequence[Claim]]:
    """A text as a document, and its claims."""
    from claimtrack.reading import ingest
    from claimtrack.workers import Extracted, Recipe, extract_all

    if not text.strip():
        raise StoreError("The text is empty: there is nothing to read.")
    given = ingest.Metadata(title=title, published=published)
    [done] = extract_all([ingest.from_text(text, metadata=given)], Recipe())
    if not isinstance(done, Extracted):
        raise ClaimtrackError(str(done.error))
    return done.document, done.claims
