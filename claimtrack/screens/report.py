"""A store to what an analyst can hand over: contradictions, timeline, forecasts, sources, quotations.

`gather` reads what a page shows, `report_page.html` writes it. The same store gives the same bytes on the same day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from claimtrack import clock, lexicon
from claimtrack.contradiction import contrasts
from claimtrack.errors import StoreError
from claimtrack.meaning import dates
from claimtrack.reading.paragraphs import FunctionWord
from claimtrack.screens import report_summary
from claimtrack.screens.likelihood_figure import interval
from claimtrack.screens.report_parts import (
    Camp,
    Clash,
    Entry,
    ForecastGroup,
    ForecastRow,
    Moment,
    Paper,
    Report,
    SourceRow,
)
from claimtrack.screens.report_quotations import AROUND_LENGTH, cut_short, pieces, place
from claimtrack.screens.terminal import counted, flat
from claimtrack.screens.timeline_figure import Arc, timeline
from claimtrack.screens.timeline_scale import NARROW, WIDE, Saying
from claimtrack.screens.wording import certainty, doing
from claimtrack.store import PairQuery, Query, words
from claimtrack.tracking import forecasts
from claimtrack.tracking.pairing import best_pairs
from claimtrack.tracking.standing import standing

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Contradiction, Document, Forecast, Span
    from claimtrack.store import Store

__all__ = ["CLAIMS_SHOWN", "gather"]

CLAIMS_SHOWN = 1_000
PAIRS_SHOWN = 60  # contradictions, and again tensions
FORECASTS_SHOWN = 100
ROWS_SHOWN = 200  # of a table of counts
NO_SURVEY = "claimtrack_default"
OUTCOMES = {"yes": "took place", "no": "did not take place", "void": "void"}


def gather(store: Store, topic: str | None = None, limit: int | None = CLAIMS_SHOWN) -> Report:
    """Read what a report shows, on a topic or on everything.

    Args:
        store: its pairs should be up to date.
        topic: as in `Query`.
        limit: how many claims are quoted at most, besides those that take part in a pair shown; None for all.

    Raises:
        StoreError: the store cannot be read.
    """
    pairs = best_pairs(store, PairQuery(topic=topic))
    hard, soft = ([pair for pair in pairs if pair.strength == s] for s in ("contradiction", "tension"))
    labelled = _labelled("C", hard) | _labelled("T", soft)
    reading = _Reading(labelled.values())
    on_topic = reading.take(store.claims(Query(topic=topic)), limit)
    reading.take((claim for pair in pairs for claim in (pair.a, pair.b)), None)
    decided = {id: found.words for id, found in standing(store).items()}
    page = _Page(reading, labelled, lru_cache(64)(store.document), decided)
    foreseen = forecasts.find(store, clock.today(), Query(topic=topic))
    sources, moments = page.sources(pairs), page.moments()
    published = [day for day, _ in reading.papers.values()]
    return Report(
        title=report_summary.title(store, topic), topic=topic,
        made=clock.now()[:10], period=_period(published), undated=published.count(None),
        claims=len(reading.sayings), off_topic=len(reading.sayings) - on_topic,
        reviewed=len(decided.keys() & reading.sayings.keys()), documents=len(published), sources=len(sources),
        contradictions=len(hard), tensions=len(soft), forecasts=len(foreseen), moments=len(moments), camps=page.camps(),
        shown_contradictions=tuple(page.clash(label) for label in labelled if label.startswith("C")),
        shown_tensions=tuple(page.clash(label) for label in labelled if label.startswith("T")),
        shown_forecasts=tuple(page.forecasts(foreseen)),
        shown_sources=tuple(sources[:ROWS_SHOWN]), shown_moments=tuple(moments[:ROWS_SHOWN]),
        shown_papers=tuple(page.quoted()), timelines=tuple(page.timelines()),
    )  # fmt: skip


def _labelled(letter: str, pairs: Sequence[Contradiction]) -> dict[str, Contradiction]:
    """The pairs that are shown, in order, by what the page calls them: C1 is the first."""
    return {f"{letter}{i}": pair for i, pair in enumerate(pairs[:PAIRS_SHOWN], 1)}


class _Saying(NamedTuple):
    """The little that is kept of every claim."""

    source: str
    document: str
    horizon: str | None


class _Reading:
    """What is kept of claims as they pass: those that are shown whole, of the others what is counted."""

    def __init__(self, shown: Iterable[Contradiction]) -> None:
        self._clashing = {claim.id for pair in shown for claim in (pair.a, pair.b)}
        self.claims: dict[str, Claim] = {}
        self.sayings: dict[str, _Saying] = {}
        self.sources: dict[str, tuple[str, str]] = {}  # name and kind by id
        self.papers: dict[str, tuple[str | None, str]] = {}  # date and path by id

    def take(self, claims: Iterable[Claim], limit: int | None) -> int:
        """Read claims that were not read yet, keep up to `limit` of them whole; give how many there were."""
        before, kept = len(self.sayings), 0
        for claim in claims:
            if claim.id in self.sayings:
                continue
            if claim.id in self._clashing:
                self.claims[claim.id] = claim
            elif (limit is None or kept < limit) and not _is_fragment(claim):
                self.claims[claim.id] = claim
                kept += 1
            self._count(claim)
        return len(self.sayings) - before

    def _count(self, claim: Claim) -> None:
        horizon = claim.time.end if forecasts.is_forecast(claim) else None
        self.sayings[claim.id] = _Saying(claim.source.id, claim.document, horizon)
        self.sources.setdefault(claim.source.id, (claim.source.name, claim.source.kind))
        self.papers.setdefault(claim.document, (claim.published, claim.document_path))


class _Page:
    """Names everything on the page, and brings records into the form that the template prints."""

    def __init__(
        self, reading: _Reading, pairs: Mapping[str, Contradiction], library: Callable[[str], Document | None],
        decided: Mapping[str, str],
    ) -> None:  # fmt: skip
        self._reading, self._pairs, self._library, self._reviews = reading, pairs, library, decided
        papers = sorted(reading.papers, key=lambda id: (reading.papers[id][0] or "9999", reading.papers[id][1], id))
        self._labels = {id: f"D{i}" for i, id in enumerate(papers, 1)}
        self._clashes: dict[str, list[str]] = {}
        for label, pair in pairs.items():
            for id in dict.fromkeys((pair.a.id, pair.b.id)):
                self._clashes.setdefault(id, []).append(label)

    # ---------------------------------------------------------------------------------------------------- names

    def _who(self, source_id: str, name: str) -> str:
        """A source's name; one that only its document makes clear, such as "author", with the document."""
        local = re.search(r"doc_[0-9a-f]{16}", source_id)
        return f"{name} ({self._labels[local[0]]})" if local and local[0] in self._labels else name

    def _document(self, document_id: str) -> Document:
        document = self._library(document_id)
        if document is None:
            raise StoreError(f"The document {document_id!r} went while the report was written. Try again.")
        return document

    def _paper(self, document: Document) -> Paper:
        file, url = PurePath(document.path).name or document.path, document.url
        return Paper(
            label=self._labels[document.id], id=document.id, title=cut_short(document.title or file, AROUND_LENGTH),
            outlet=document.publisher or "", original=document.original_publisher or "",
            byline=", ".join(document.byline), published=document.published, url=url,
            href=url if url and url.startswith(("http://", "https://")) else None, file=file,
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------------- sections

    def clash(self, label: str) -> Clash:
        """A pair with the words that clash marked on both sides."""
        pair = self._pairs[label]
        a = self._entry(pair.a, [e.a_span for e in pair.evidence if e.a_span])
        b = self._entry(pair.b, [e.b_span for e in pair.evidence if e.b_span])
        alike = (other for other, p in self._pairs.items() if p.group and p.group == pair.group and other != label)
        return Clash(label, pair, a, b, tuple(alike), self._reviews.get(pair.id, ""))

    def quoted(self) -> Iterator[tuple[Paper, tuple[Entry, ...]]]:
        """The claims that are shown, document by document, as they stand there."""
        number = {id: i for i, id in enumerate(self._labels)}
        claims = sorted(self._reading.claims.values(), key=lambda c: (number[c.document], c.spans, c.id))
        for document, group in groupby(claims, key=lambda claim: claim.document):
            yield self._paper(self._document(document)), tuple(map(self._entry, group))

    def forecasts(self, foreseen: Sequence[Forecast]) -> Iterator[ForecastGroup]:
        """The first forecasts, gathered by proposition."""
        waiting = {forecast.claim.id: forecast for forecast in foreseen}
        room = FORECASTS_SHOWN
        for contrast in contrasts.contrast(forecast.claim for forecast in foreseen):
            claims = [claim for claim in contrast.claims if claim.id in waiting][:room]
            room -= len(claims)
            if claims:
                yield ForecastGroup(contrast.proposition, tuple(self._forecast(waiting.pop(c.id)) for c in claims))

    def _forecast(self, forecast: Forecast) -> ForecastRow:
        decided = forecast.resolution
        outcome = f"{OUTCOMES[decided.outcome]} ({decided.on})" if decided and decided.outcome else ""
        entry = self._entry(forecast.claim)
        told = entry.condition is None or entry.condition.casefold() in forecast.claim.proposition.casefold()
        return ForecastRow(forecast, entry, _strip(forecast.claim), None if told else entry.condition, outcome)

    def sources(self, pairs: Iterable[Contradiction]) -> list[SourceRow]:
        """Every source, those that clash most first."""
        clashing: Counter[tuple[str, str]] = Counter()
        for pair in pairs:
            clashing.update((id, pair.strength) for id in {pair.a.source.id, pair.b.source.id})
        said: dict[str, list[str]] = {}
        for saying in self._reading.sayings.values():
            said.setdefault(saying.source, []).append(saying.document)
        rows = [
            self._source(id, papers, clashing[id, "contradiction"], clashing[id, "tension"])
            for id, papers in said.items()
        ]
        return sorted(rows, key=lambda row: (-row.contradictions, -row.tensions, -row.claims, row.name))

    def _source(self, id: str, papers: Sequence[str], contradictions: int, tensions: int) -> SourceRow:
        name, kind = self._reading.sources[id]
        documents = set(papers)
        period = _period([self._reading.papers[document][0] for document in documents])
        return SourceRow(
            self._who(id, name), kind, period, len(papers), len(documents), contradictions, tensions,
            self._reviews.get(id, ""),
        )  # fmt: skip

    def camps(self) -> tuple[Camp, ...]:
        """Who is for and who against what, of the claims that are shown."""
        return report_summary.camps(self._reading.claims.values(), self._who)

    def moments(self) -> list[Moment]:
        """What each source says in each document, in order of time."""
        gathered: dict[tuple[str, str], list[str]] = {}
        for id, saying in self._reading.sayings.items():
            gathered.setdefault((saying.document, saying.source), []).append(id)
        number = {id: i for i, id in enumerate(self._labels)}
        ordered = sorted(gathered, key=lambda key: (number[key[0]], -len(gathered[key]), key[1]))
        return [self._moment(*key, gathered[key]) for key in ordered]

    def _moment(self, document: str, source: str, claims: Sequence[str]) -> Moment:
        horizons = {horizon for id in claims if (horizon := self._reading.sayings[id].horizon)}
        who = self._who(source, self._reading.sources[source][0])
        published, label = self._reading.papers[document][0], self._labels[document]
        return Moment(published, label, who, len(claims), tuple(sorted(horizons)), self._pairs_of(claims))

    def timelines(self) -> Iterator[str]:
        """The timeline for wide and for narrow pages."""
        number = {id: i for i, id in enumerate(self._labels)}
        told = sorted(self._reading.sayings.items(), key=lambda item: number[item[1].document])
        sayings = [self._saying(id, saying) for id, saying in told]
        arcs = [Arc(p.a.id, p.b.id, label, p.strength == "tension") for label, p in self._pairs.items()]
        title = f"{counted(len(sayings), 'claim')} by source and date of publication"
        clashes = [f"{label} joins {self._voice(p.a)} and {self._voice(p.b)}" for label, p in self._pairs.items()]
        description = "A row for each source, a dot for its claims, an arc for each clash. " + "; ".join(clashes)
        for layout in (WIDE, NARROW):
            yield timeline(sayings, arcs, layout, title=flat(title), description=flat(description))

    def _saying(self, id: str, saying: _Saying) -> Saying:
        name, _ = self._reading.sources[saying.source]
        published, _ = self._reading.papers[saying.document]
        return Saying(
            id, flat(self._who(saying.source, name)), self._labels[saying.document],
            _middle(published), _middle(saying.horizon),
        )  # fmt: skip

    # --------------------------------------------------------------------------------------------------- claims

    def _voice(self, claim: Claim) -> str:
        return self._who(claim.source.id, claim.source.name)

    def _pairs_of(self, claims: Iterable[str]) -> tuple[str, ...]:
        found = {label for id in claims for label in self._clashes.get(id, ())}
        return tuple(label for label in self._pairs if label in found) if found else ()

    def _entry(self, claim: Claim, marks: Sequence[Span] = ()) -> Entry:
        document = self._document(claim.document)
        likely = claim.likelihood
        return Entry(
            claim=claim, who=self._voice(claim), via=", ".join(reversed(claim.attribution.chain[:-1])),
            paper=self._paper(document),
            pieces=pieces(claim, document.text, marks),
            place=place(claim, document),
            spans=tuple(f"{start:,}–{end:,}" for start, end in claim.spans), doing=doing(claim),
            certainty=certainty(claim) + ("†" if likely and likely.scale == NO_SURVEY else ""),
            condition=document.text[slice(*claim.condition)] if claim.condition else None,
            restated=words(claim.proposition) != words(claim.text),
            href=f"#{claim.id}" if claim.id in self._reading.claims else None, pairs=self._pairs_of([claim.id]),
            review=self._reviews.get(claim.id, ""),
        )  # fmt: skip


def _is_fragment(claim: Claim) -> bool:
    """Tell a claim of which nothing but function words was read ("It"): it is counted, and shown where it clashes."""
    told = words(claim.proposition)
    return bool(told) and all(word in lexicon.phrases("function_words", FunctionWord) for word in told)


def _strip(claim: Claim) -> str:
    likely = claim.likelihood
    if likely is None or likely.low is None or likely.high is None:
        return ""
    conditional = claim.condition is not None
    title = certainty(claim) + (", under a condition" if conditional else "")
    return interval(likely.low, likely.high, likely.point, title=title, conditional=conditional)


def _period(days: Iterable[str | None]) -> str:
    """From the first to the last of some dates of any precision."""
    known = sorted(day for day in days if day)
    if not known:
        return "no date"
    return known[0] if known[0] == known[-1] else f"{known[0]} to {known[-1]}"


def _middle(day: str | None) -> date | None:
    """A day, or the one in the middle of a month or year; None where it is none of these."""
    try:
        found = dates.day_range(day)
    except ValueError:  # 2024-13-41
        return None
    return found[0] + (found[1] - found[0]) / 2 if found else None
