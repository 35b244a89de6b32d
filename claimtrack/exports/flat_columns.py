"""The columns of each list: of claims, pairs, sources, topics, forecasts, timelines, what came in, decisions, aliases.

A row has one value a cell, in words where there are some, and what the claim's document says of it. To add a column:
one line in the cells of its list, and its name in the order of its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from claimtrack.exports.csv_table import claim_cells
from claimtrack.exports.flat_table import Row
from claimtrack.schema import (
    Claim,
    Contradiction,
    Corroboration,
    Decision,
    Document,
    Forecast,
    NearMiss,
    Opinion,
    Reliability,
    Reversal,
    TimelineEntry,
    Topic,
)

if TYPE_CHECKING:
    from claimtrack.store import AliasLine, SourceCount
    from claimtrack.tracking.arrivals import Arrivals
    from claimtrack.tracking.stands import Stand

__all__ = [
    "ALIASES", "ARRIVALS", "CLAIMS", "CORROBORATIONS", "FORECASTS", "NEAR_MISSES", "PAIRS", "SHIFTS", "STANDS",
    "TIMELINE", "TOPICS", "Known", "Table", "arrived", "decisions", "judged", "sources",
]  # fmt: skip

T = TypeVar("T")
Cells = dict[str, object]


@dataclass(frozen=True)
class Known:
    """What is known beside a record: the document of an id, and in words what people decided on an id."""

    library: Callable[[str], Document | None] = lambda _: None
    reviews: Callable[[str], str] = lambda _: ""


@dataclass(frozen=True)
class Table(Generic[T]):
    """A list's name, its columns in their order, and how a record becomes a row of them."""

    name: str
    fields: tuple[str, ...]
    cells: Callable[[T, Known], Cells]

    def row(self, record: T, known: Known) -> Row:
        """A record as a row that has every one of `fields`."""
        cells = self.cells(record, known)
        return {name: cells[name] for name in self.fields}


def _joined(words: Iterable[str]) -> str | None:
    return "; ".join(words) or None


# ------------------------------------------------------------------------------------------------------------ claims

_CLAIM = (
    "id", "published", "source", "source_id", "source_kind", "proposition", "kind", "stance", "polarity", "factuality",
    "commitment", "likelihood", "likelihood_low", "likelihood_high", "likelihood_point", "condition", "time",
    "time_start", "time_end", "time_relation", "positions", "entities", "topics", "attribution", "cue", "confidence",
    "review", "text", "context", "document", "title", "publisher", "path", "start", "end",
)  # fmt: skip


def _claim(claim: Claim, known: Known) -> Cells:
    document = known.library(claim.document)
    return claim_cells(claim.model_dump(mode="json")) | {
        "source_id": claim.source.id,
        "title": document.title if document else None,
        "publisher": document.publisher if document else None,
        "attribution": claim.attribution.type,
        "cue": claim.attribution.cue,
        "condition": document.text[slice(*claim.condition)] if document and claim.condition else None,
        "review": known.reviews(claim.id) or None,
    }


CLAIMS: Table[Claim] = Table("claims", _CLAIM, _claim)

# ------------------------------------------------------------------------------------------------------------- pairs

_SIDE = ("id", "published", "source", "source_id", "proposition", "kind", "stance", "likelihood", "text", "title",
         "publisher")  # fmt: skip
_SIDES = tuple(f"{side}_{name}" for side in "ab" for name in _SIDE)


def _sides(pair: Contradiction | NearMiss, known: Known) -> Cells:
    both = (("a", _claim(pair.a, known)), ("b", _claim(pair.b, known)))
    return {f"{side}_{name}": cells[name] for side, cells in both for name in _SIDE}


def _pair(pair: Contradiction, known: Known) -> Cells:
    plain = pair.model_dump(exclude={"a", "b", "evidence", "topics", "group"})
    matter, review = pair.group or pair.id, known.reviews(pair.id) or None
    return plain | {"topics": _joined(pair.topics), "matter": matter, "review": review} | _sides(pair, known)


def _near(pair: NearMiss, known: Known) -> Cells:
    told = {"reason": pair.reason, "basis": pair.basis, "explanation": pair.explanation, "topics": _joined(pair.topics)}
    return told | _sides(pair, known)


PAIRS: Table[Contradiction] = Table(
    "contradictions",
    ("id", "kind", "strength", "score", "relation", "basis", "matter", "same_source", "same_document", "explanation",
     "topics", "review", *_SIDES),
    _pair,
)  # fmt: skip
NEAR_MISSES: Table[NearMiss] = Table("near", ("reason", "basis", "explanation", "topics", *_SIDES), _near)


def judged(said: Mapping[str, Opinion]) -> Table[Contradiction]:
    """Pairs, with what a judge of the user's own says of each, by the pair's id."""

    def cells(pair: Contradiction, known: Known) -> Cells:
        opinion = said.get(pair.id)
        told = {"judge": opinion and opinion.judge, "judge_verdict": opinion and opinion.verdict}
        return _pair(pair, known) | told | {"judge_reason": opinion and opinion.reason}

    fields = PAIRS.fields
    return Table(PAIRS.name, (*fields[:4], "judge", "judge_verdict", "judge_reason", *fields[4:]), cells)


def _corroboration(one: Corroboration, _: Known) -> Cells:
    voices = one.voices
    dates = sorted(day for voice in voices for day in (voice.first, voice.last) if day)
    return {
        **one.model_dump(include={"id", "proposition", "side", "independent", "outlets"}), "voices": len(voices),
        "sources": _joined(voice.source.name for voice in voices),
        "source_ids": _joined(voice.source.id for voice in voices),
        "first": dates[0] if dates else None, "last": dates[-1] if dates else None,
        "claims": _joined(claim.id for claim in one.claims),
    }  # fmt: skip


CORROBORATIONS: Table[Corroboration] = Table(
    "corroborations",
    ("id", "proposition", "side", "independent", "voices", "outlets", "sources", "source_ids", "first", "last",
     "claims"),
    _corroboration,
)  # fmt: skip

# --------------------------------------------------------------------------------------------------- over the months

_OF_FORECAST = ("status", "horizon", "vague", "outcome", "resolved_on", "resolved_by", "evidence", "repeated", "told")


def _forecast(forecast: Forecast, known: Known) -> Cells:
    decision = forecast.resolution
    return _claim(forecast.claim, known) | {
        "status": forecast.status, "horizon": forecast.horizon, "vague": forecast.vague,
        "outcome": decision and decision.outcome, "resolved_on": decision and decision.on,
        "resolved_by": decision and decision.by, "evidence": decision and decision.evidence,
        "repeated": _joined(forecast.reprints), "told": _joined(claim.id for claim in forecast.told),
    }  # fmt: skip


FORECASTS: Table[Forecast] = Table("forecasts", ("id", *_OF_FORECAST, *_CLAIM[1:]), _forecast)


def _entry(entry: TimelineEntry, known: Known) -> Cells:
    return _claim(entry.claim, known) | {
        "when": entry.when, "from": entry.start, "until": entry.end,
        "changed_from": entry.changed_from.id if entry.changed_from else None, "repeats": entry.repeats,
        "clashes": _joined(clash.contradiction for clash in entry.clashes),
    }  # fmt: skip


TIMELINE: Table[TimelineEntry] = Table(
    "timeline", ("when", "from", "until", "id", "changed_from", "clashes", "repeats", *_CLAIM[1:]), _entry
)


@dataclass(frozen=True)
class Arrival:
    """What came in: a claim; or what it does to another one: it contradicts it, confirms it, or changes its side."""

    what: str
    claim: Claim
    other: Claim | None = None
    pair: Contradiction | None = None


def arrived(found: Arrivals, limit: int | None) -> Iterator[Arrival]:
    """All that came in, one after the other: changes of side, pairs, confirmations, claims; at most so many of each."""
    new = {claim.id for claim in found.claims}
    for reversal in found.reversals[:limit]:
        yield Arrival("reversal", reversal.after, reversal.before)
    for pair in found.contradictions[:limit]:
        fresh, old = (pair.a, pair.b) if pair.a.id in new else (pair.b, pair.a)
        yield Arrival(pair.strength, fresh, old, pair)
    for one in found.confirmations[:limit]:
        yield from (Arrival("confirmation", claim, one.old[0]) for claim in one.new)
    for claim in found.claims[:limit]:
        yield Arrival("claim", claim)


def _arrival(arrival: Arrival, known: Known) -> Cells:
    pair, other = arrival.pair, arrival.other
    return _claim(arrival.claim, known) | {
        "what": arrival.what, "pair": pair and pair.id, "score": pair and pair.score,
        "explanation": pair and pair.explanation, "other": other and other.id,
        "other_published": other and other.published, "other_source": other and other.source.name,
        "other_proposition": other and other.proposition,
    }  # fmt: skip


ARRIVALS: Table[Arrival] = Table(
    "new",
    ("what", "id", "other", "other_published", "other_source", "other_proposition", "pair", "score", "explanation",
     *_CLAIM[1:]),
    _arrival,
)  # fmt: skip



def _stand(stand: Stand, _: Known) -> Cells:
    return asdict(stand) | {"claims": _joined(stand.claims), "count": len(stand.claims)}


STANDS: Table[Stand] = Table(
    "stands", ("source", "source_id", "target", "target_id", "value", "count", "first", "last", "claims"), _stand
)


def _shift(reversal: Reversal, known: Known) -> Cells:
    both = (("before", _claim(reversal.before, known)), ("after", _claim(reversal.after, known)))
    told = {f"{when}_{name}": cells[name] for when, cells in both for name in _MOMENT}
    return {"source": reversal.source.name, "source_id": reversal.source.id} | told


_MOMENT = ("id", "published", "proposition", "stance", "likelihood", "title", "publisher")
SHIFTS: Table[Reversal] = Table(
    "shifts", ("source", "source_id", *(f"{when}_{name}" for when in ("before", "after") for name in _MOMENT)), _shift
)

# ---------------------------------------------------------------------------------------------- topics, sources, logs


def _topic(topic: Topic, _: Known) -> Cells:
    return topic.model_dump() | {"aliases": _joined(topic.aliases)}


TOPICS: Table[Topic] = Table(
    "topics", ("topic", "name", "claims", "documents", "sources", "contradictions", "aliases", "under"), _topic
)
ALIASES: Table[AliasLine] = Table("aliases", ("alias", "name"), lambda line, _: asdict(line))


def sources(rated: Mapping[str, Reliability]) -> Table[SourceCount]:
    """The list of sources, with how people rated them, by id; nameless voices have the title of their document."""

    def cells(source: SourceCount, known: Known) -> Cells:
        document = known.library(source.id.split(":")[1]) if source.id.startswith("voice:doc_") else None
        return asdict(source) | {"reliability": rated.get(source.id), "title": document.title if document else None}

    return Table("sources", ("id", "name", "kind", "claims", "documents", "newest", "reliability", "title"), cells)


def decisions(active: Container[str]) -> Table[Decision]:
    """The log of decisions, with which are in force, by id."""

    def cells(decision: Decision, _: Known) -> Cells:
        return decision.model_dump(mode="json") | {
            "others": _joined(decision.others), "in_force": decision.id in active,
            "changes": _joined(f"{change.field}={change.value or ''}" for change in decision.changes),
            "quotation": _joined(anchor.quotation for anchor in decision.anchors),
        }  # fmt: skip

    fields = ("id", "at", "by", "action", "subject", "target", "in_force", "others", "changes", "outcome", "on",
              "evidence", "reliability", "credibility", "note", "quotation")  # fmt: skip
    return Table("decisions", fields, cells)
