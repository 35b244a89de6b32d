"""What each page of the local site shows, gathered from the store for its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from claimtrack import clock
from claimtrack.screens.report_quotations import pieces, place
from claimtrack.screens.view import View
from claimtrack.screens.wording import certainty, doing, voice
from claimtrack.store import PairQuery, Query

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Contradiction, Forecast, Span, TimelineEntry
    from claimtrack.screens.report_parts import Piece
    from claimtrack.store import SourceCount, Store
    from claimtrack.tracking.standing import Standing

__all__ = [
    "PAGE", "Filters", "Quoted", "claim_page", "claims", "contradictions", "entries_of", "forecasts", "forecasts_of",
    "next_review", "source_page", "sources", "sources_of", "timeline", "view_of",
]  # fmt: skip

PAGE = 50
Context = dict[str, object]


@dataclass(frozen=True)
class Filters:
    """What a page is narrowed to, as its address says; empty words filter nothing."""

    q: str = ""
    topic: str = ""
    source: str = ""
    kind: str = ""
    stance: str = ""
    since: str = ""
    until: str = ""
    status: str = ""
    page: int = 1
    faults: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Filters:
        """Read them from an address; no number is page 1, and no date filters nothing and is a fault."""
        names = [each.name for each in fields(cls) if each.name not in {"page", "faults"}]
        words = {name: given.get(name, "").strip() for name in names}
        wrong = [name for name in ("since", "until") if words[name] and not clock.is_date(words[name])]
        faults = tuple(f"{name} {words.pop(name)!r} is no date. Write 2021, 2021-10 or 2021-10-06." for name in wrong)
        number = given.get("page", "1")
        page = max(int(number), 1) if number.isascii() and number.isdigit() else 1
        return cls(**words, page=page, faults=faults)

    def query(self) -> Query:
        """The claims asked for."""
        return Query(
            search=self.q or None, topic=self.topic or None, source=self.source or None, kind=self.kind or None,
            stance=self.stance or None, since=self.since or None, until=self.until or None,
        )  # fmt: skip

    def pairs(self) -> PairQuery:
        """The pairs asked for."""
        return PairQuery(topic=self.topic or None, source=self.source or None, kind=self.kind or None)

    def address(self, **changed: object) -> str:
        """These filters as the query of an address, some of them changed; begins with "?" unless it is empty."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "faults"} | changed
        asked = [(name, value) for name, value in told.items() if value and (name, value) != ("page", 1)]
        return f"?{urlencode(asked)}" if asked else ""


@dataclass(frozen=True)
class Quoted:
    """A claim as a page shows it: who holds it, what, and its words in their sentence with those that clash."""

    claim: Claim
    who: str
    where: str
    place: str
    pieces: tuple[Piece, ...]
    doing: str
    certainty: str
    condition: str | None
    review: str


def view_of(store: Store) -> View:
    """A view of the store's documents and decisions."""

    @cache
    def decided() -> Mapping[str, Standing]:
        from claimtrack.tracking.standing import standing

        return standing(store)

    def reviews(id: str) -> str:
        return found.words if (found := decided().get(id)) else ""

    return View(lru_cache(256)(store.document), None, reviews)


def quoted(claim: Claim, view: View, marks: Sequence[Span | None] = ()) -> Quoted:
    """A claim in its sentence, with these words marked."""
    document = view.library(claim.document)
    known = [mark for mark in marks if mark is not None]
    return Quoted(
        claim, voice(claim), view.place(claim), place(claim, document) if document else "",
        pieces(claim, document.text, known) if document else (), doing(claim), certainty(claim),
        view.words(claim, claim.condition), view.reviews(claim.id),
    )  # fmt: skip


def claims(store: Store, asked: Filters) -> Context:
    """Claims, newest first, a page at a time."""
    query, view = asked.query(), view_of(store)
    found = list(store.claims(replace(query, limit=asked.page * PAGE)))[(asked.page - 1) * PAGE :]
    return {"total": store.count_claims(query), "claims": [quoted(claim, view) for claim in found]}


def claim_page(store: Store, id: str) -> Context | None:
    """One claim with what it clashes with, or None where there is none of this id."""
    claim = store.claim(id) or store.set_aside(id)
    if claim is None:
        return None
    view = view_of(store)
    pairs = [_pair(pair, view) for pair in store.contradictions_of(id)]
    return {"one": quoted(claim, view), "pairs": pairs, "document": store.document(claim.document)}


def contradictions(store: Store, asked: Filters) -> Context:
    """Pairs side by side, the surest first, a page at a time."""
    from claimtrack.tracking.pairing import best_pairs

    view, query = view_of(store), asked.pairs()
    found = best_pairs(store, replace(query, limit=asked.page * PAGE + 1))
    shown = found[(asked.page - 1) * PAGE : asked.page * PAGE]
    return {"pairs": [_pair(pair, view) for pair in shown], "total": sum(store.count_contradictions(query)),
            "more": len(found) > asked.page * PAGE}  # fmt: skip


def _pair(pair: Contradiction, view: View) -> Context:
    a = quoted(pair.a, view, [each.a_span for each in pair.evidence])
    b = quoted(pair.b, view, [each.b_span for each in pair.evidence])
    return {"pair": pair, "sides": (("A", a), ("B", b)), "review": view.reviews(pair.id)}


def timeline(store: Store, asked: Filters) -> Context:
    """The claims on a topic in order of time, oldest first, a page at a time."""
    view, found = view_of(store), entries_of(store, asked)
    shown = found[(asked.page - 1) * PAGE : asked.page * PAGE]
    return {"entries": [_entry(entry, view) for entry in shown], "total": len(found)}


def entries_of(store: Store, asked: Filters) -> list[TimelineEntry]:
    """All entries of a timeline."""
    from claimtrack.tracking import chronology

    return chronology.on_topic(
        store, asked.topic or None, source=asked.source or None, since=asked.since or None, until=asked.until or None
    )


def _entry(entry: TimelineEntry, view: View) -> Context:
    return {"entry": entry, "one": quoted(entry.claim, view)}


def forecasts(store: Store, asked: Filters) -> Context:
    """Forecasts with how they turned out: due ones first."""
    view, found = view_of(store), forecasts_of(store, asked)
    shown = found[(asked.page - 1) * PAGE : asked.page * PAGE]
    return {"forecasts": [_forecast(each, view) for each in shown], "total": len(found)}


def forecasts_of(store: Store, asked: Filters) -> list[Forecast]:
    """All forecasts asked for."""
    from claimtrack.tracking import forecasts as foreseen

    query = replace(asked.query(), kind=None, stance=None)
    return [f for f in foreseen.find(store, clock.today(), query) if asked.status in ("", f.status)]


def _forecast(forecast: Forecast, view: View) -> Context:
    return {"forecast": forecast, "one": quoted(forecast.claim, view)}


def sources(store: Store, asked: Filters) -> Context:
    """Who claims, the most frequent first."""
    from claimtrack.tracking import profiles

    rated, view, every = profiles.ratings(store), view_of(store), sources_of(store, asked)
    shown = every[(asked.page - 1) * PAGE : asked.page * PAGE]
    rows = [(source, view.holder(source.name, source.id), rated.get(source.id)) for source in shown]
    return {"rows": rows, "total": len(every)}


def sources_of(store: Store, asked: Filters) -> list[SourceCount]:
    """All sources whose names hold the words asked for."""
    return [source for source in store.sources() if asked.q.casefold() in source.name.casefold()]


def source_page(store: Store, id: str) -> Context | None:
    """One source: how it is rated, whom it clashes with, and its claims in order of time."""
    from claimtrack.tracking import chronology, profiles

    count = next((source for source in store.sources() if source.id == id), None)
    if count is None:
        return None
    view = view_of(store)
    entries = [_entry(entry, view) for entry in chronology.of_source(store, id)]
    return {"profile": profiles.profile(store, count), "entries": entries, "name": view.holder(count.name, count.id)}


def next_review(store: Store, asked: Filters, after: str = "") -> Context:
    """The least sure claim on which nobody decided yet, passing over those up to the one skipped last."""
    view = view_of(store)
    waiting = sorted(_undecided(store, asked, view), key=lambda claim: (claim.confidence, claim.id))
    skipped = next((i for i, claim in enumerate(waiting, 1) if claim.id == after), 0)
    rest = waiting[skipped:]
    return {"one": quoted(rest[0], view) if rest else None, "left": len(rest)}


def _undecided(store: Store, asked: Filters, view: View) -> Iterator[Claim]:
    return (claim for claim in store.claims(asked.query()) if not view.reviews(claim.id))
