"""Timelines, what is new, topics and sources to rich tables and blocks for a terminal or a pipe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from claimtrack.schema import (
    Claim,
    Clash,
    Confirmation,
    Contradiction,
    Document,
    Reliability,
    Reversal,
    SourceProfile,
    TimelineEntry,
    Topic,
)
from claimtrack.screens.claim_tables import claim_table, document_table
from claimtrack.screens.contradiction_display import pair_block
from claimtrack.screens.terminal import counted, details, line, plain_table, stacked
from claimtrack.screens.view import Library, View
from claimtrack.screens.wording import certainty, doing, voice
from claimtrack.store import SourceCount
from claimtrack.tracking.arrivals import Arrivals

__all__ = ["arrivals_blocks", "profile_blocks", "reversal_blocks", "source_table", "timeline_blocks", "topic_table"]

R = TypeVar("R")

CLASHES_SHOWN = 3
WHO_WIDTH = 22  # the same below every date, so that the eye finds the claims
RELIABILITY: Mapping[Reliability, str] = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
"""The Admiralty code of a source."""


# ---------------------------------------------------------------------------------------------------------- timeline


def timeline_blocks(entries: Iterable[TimelineEntry], view: View) -> Iterator[RenderableType]:
    """A block for each date: who claims what, how sure they are, what changed and what it clashes with."""
    for when, together in groupby(entries, key=lambda entry: entry.when):
        yield Group(Text(line(when), style="bold"), _entries(together, view), "")


def _entries(entries: Iterable[TimelineEntry], view: View) -> Padding:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=WHO_WIDTH, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for entry in entries:
        claim = entry.claim
        known = Text(f"{_qualities(entry, view)} · {claim.id}", style="dim")
        said = Text("\n").join([Text(line(claim.proposition)), known, *_marks(entry, view)])
        grid.add_row(stacked(voice(claim), view.outlet(claim), dim_from=1), said)
    return Padding(grid, (0, 0, 0, 2))


def _qualities(entry: TimelineEntry, view: View) -> str:
    """What is known of a claim beside its words, and of its time what does not stand above it."""
    claim = entry.claim
    condition = view.words(claim, claim.condition)
    parts = [
        doing(claim), certainty(claim, view.scale), line(claim.time.text or ""),
        f"condition: “{condition}”" if condition else "",
        f"said {claim.published}" if claim.published and entry.when != claim.published else "",
        "reprint" if entry.repeats else "",
    ]  # fmt: skip
    return " · ".join(filter(None, parts))


def _marks(entry: TimelineEntry, view: View) -> Iterator[Text]:
    if (before := entry.changed_from) is not None:
        words = f"changed: {_stand(before, view)} on {line(before.published or '')}"
        yield Text.assemble((words, "bold"), "  ", (before.id, "dim"))
    met: dict[str, list[str]] = {}
    for clash in entry.clashes:
        met.setdefault(_clash_words(clash), []).append(clash.claim)
    for words, claims in list(met.items())[:CLASHES_SHOWN]:
        yield Text.assemble(words, "  ", (", ".join(claims), "dim"))
    if len(met) > CLASHES_SHOWN:
        yield Text(f"and {len(met) - CLASHES_SHOWN:,} more: claimtrack show {entry.claim.id}")


def _stand(claim: Claim, view: View) -> str:
    """How a source stood before, in the words of the claim: "was against Zangezur Corridor", "was unlikely (…)"."""
    if claim.positions:
        taken = {"favor": "for", "against": "against"}
        return "was " + "; ".join(dict.fromkeys(f"{taken[p.value]} {line(p.target)}" for p in claim.positions))
    return f"was {certainty(claim, view.scale)}"


def _clash_words(clash: Clash) -> str:
    verb = "contradicts" if clash.strength == "contradiction" else "in tension with"
    return f"{verb} {line(clash.source)}, {clash.published or 'no date'} ({clash.kind})"


# --------------------------------------------------------------------------------------------------------------- new


def arrivals_blocks(found: Arrivals, view: View, since: str, limit: int | None) -> Iterator[RenderableType]:
    """What came in: the documents, who changed sides, pairs, what is borne out, then the claims; so many of each."""
    if not found.claims:
        yield f"No claim came in since {since}."
        return
    new = {claim.id for claim in found.claims}
    documents = _documents(found.claims, view.library)
    yield Group(document_table(documents[:limit]), "")
    yield from _section("Changed sides", found.reversals, limit, lambda shown: reversal_blocks(shown, view))
    yield from _section("Contradictions and tensions", found.contradictions, limit, lambda p: _new_pairs(p, new, view))
    yield from _section("Confirmed", found.confirmations, limit, lambda shown: _confirmed(shown, view))
    yield from _section("Claims", found.claims, limit, lambda shown: [Group(claim_table(shown, view), "")])
    yield f"{counted(len(found.claims), 'claim')} in {counted(len(documents), 'document')} since {since}."


def _section(
    title: str, records: Sequence[R], limit: int | None, blocks: Callable[[Sequence[R]], Iterable[RenderableType]]
) -> Iterator[RenderableType]:
    """A title and the first records below it, how many there are; nothing where there are none."""
    if records:
        shown = records[:limit]
        left_out = f", the first {len(shown):,}; --limit 0 for all" if len(shown) < len(records) else ""
        yield Group(Rule(Text(f"{title}: {len(records):,}{left_out}"), align="left"), "")
        yield from blocks(shown)


def _documents(claims: Iterable[Claim], library: Library) -> list[tuple[Document, int, int]]:
    """The documents that hold these claims, each with how many of them by how many sources."""
    together: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        together[claim.document].append(claim)
    found = ((library(id), those) for id, those in together.items())
    return [(document, len(those), len({c.source.id for c in those})) for document, those in found if document]


def _new_pairs(pairs: Iterable[Contradiction], new: Container[str], view: View) -> Iterator[RenderableType]:
    """A block for each pair, with which of its claims are new above it."""
    for pair in pairs:
        fresh = [name for name, claim in (("A", pair.a), ("B", pair.b)) if claim.id in new]
        yield Text(f"new: {' and '.join(fresh)}", style="dim")
        yield pair_block(pair, view)


def _confirmed(confirmations: Iterable[Confirmation], view: View) -> Iterator[RenderableType]:
    """A block for each proposition that new claims bear out: who says so now, and who said so before."""
    for one in confirmations:
        grid = Table.grid(padding=(0, 2, 0, 0))
        for age, claims in (("new", one.new), ("before", one.old)):
            for claim in claims:
                who = stacked(voice(claim), view.outlet(claim), claim.published or "", dim_from=1)
                grid.add_row(Text(age, style="bold"), who, _quoted(claim, view))
        head = Text.assemble((line(one.proposition), "bold"), f"  {one.side}  ", (one.id, "dim"))
        yield Group(head, Padding(grid, (0, 0, 0, 2)), "")


def _quoted(claim: Claim, view: View) -> Group:
    """A claim's own words, and how sure its source is."""
    return Group(view.quotation(claim), Text(f"{doing(claim)} · {certainty(claim, view.scale)} · {claim.id}", "dim"))


def reversal_blocks(reversals: Iterable[Reversal], view: View) -> Iterator[RenderableType]:
    """A block for each change of side: what a source said first, and what later."""
    for reversal in reversals:
        grid = Table.grid(padding=(0, 2, 0, 0))
        for claim in (reversal.before, reversal.after):
            grid.add_row(claim.published or "no date", _quoted(claim, view))
        head = Text(f"{line(reversal.source.name)} changed sides", style="bold")
        yield Group(head, Padding(grid, (0, 0, 0, 2)), "")


# ------------------------------------------------------------------------------------------------------------ topics


def topic_table(topics: Iterable[Topic]) -> Table:
    """A table of topics with their counts, those under another one indented below it."""
    table = plain_table("Topic", "Claims", "Documents", "Sources", "Contradictions")
    table.columns[4].justify = "right"
    depth: dict[str, int] = {}
    for topic in topics:
        depth[topic.topic] = depth.get(topic.under or "", -1) + 1
        aliases = f"also {', '.join(map(line, topic.aliases))}" if topic.aliases else ""
        name = Padding(stacked(line(topic.name), aliases, dim_from=1), (0, 0, 0, 2 * depth[topic.topic]))
        counts = topic.claims, topic.documents, topic.sources, topic.contradictions
        table.add_row(name, *(f"{count:,}" for count in counts))
    return table


# ----------------------------------------------------------------------------------------------------------- sources


def source_table(sources: Iterable[SourceCount], rated: Mapping[str, Reliability], view: View) -> Table:
    """A table of sources with their counts, the newest of their dates, and how people rated them, by id."""
    table = plain_table("Source", "Kind", "Claims", "Documents", "Newest")
    table.columns[4].no_wrap = True
    for source in sources:
        rating = f"reliability {rated[source.id]}" if source.id in rated else ""
        name = stacked(view.holder(source.name, source.id), line(source.id), rating, dim_from=1)
        table.add_row(name, source.kind, f"{source.claims:,}", f"{source.documents:,}", source.newest or "no date")
    return table


def profile_blocks(profile: SourceProfile, view: View) -> Iterator[RenderableType]:
    """All about one source: what it is, how it is rated, who contradicts it, where it changed sides, its notes."""
    yield Group(Text(view.holder(profile.name, profile.id), style="bold"), "", details(_profile_fields(profile)), "")
    if profile.opponents:
        yield Group(_opponents(profile, view), "")
    yield from reversal_blocks(profile.reversals, view)
    for note in profile.decisions:
        if note.action == "comment":
            yield Group(Text(f"Note by {line(note.by)}, {note.at[:10]}", style="dim"), Text(line(note.note or "")), "")


def _profile_fields(profile: SourceProfile) -> Iterator[tuple[str, str]]:
    dates = " to ".join(dict.fromkeys(filter(None, (profile.oldest, profile.newest))))
    yield "id", profile.id
    yield "kind", profile.kind
    yield "also called", ", ".join(profile.names)
    yield "merged with it", ", ".join(profile.merged)
    yield "reliability", _rating(profile)
    yield "claims", f"{profile.claims:,} in {counted(profile.documents, 'document')}, {dates or 'no date'}"
    yield "contradicted", _contradicted(profile)
    yield "changed sides", counted(len(profile.reversals), "time") if profile.reversals else "never, as far as dated"
    yield "forecasts", _forecasts(profile)


def _rating(profile: SourceProfile) -> str:
    last = next((d for d in reversed(profile.decisions) if d.reliability is not None), None)
    if last is None or last.reliability is None:
        return "not rated; only a person rates a source"
    words = f"{last.reliability}, {RELIABILITY[last.reliability]} (by {line(last.by)}, {last.at[:10]})"
    return words + (f": {line(last.note)}" if last.note else "")


def _contradicted(profile: SourceProfile) -> str:
    if not profile.opponents:
        return "by nobody"
    hard, soft = counted(profile.contradictions, "contradiction"), counted(profile.tensions, "tension")
    return f"{hard}, {soft}, with {counted(len(profile.opponents), 'opponent')}"


def _forecasts(profile: SourceProfile) -> str:
    if not profile.forecasts:
        return "none"
    score = profile.score
    if score is None:
        return f"{profile.forecasts:,}, none resolved and scored yet"
    losses = f"Brier loss {score.brier.point:.3f} ({score.brier.low:.3f}–{score.brier.high:.3f})"
    rank = "" if score.ranked else ", too few to rank"
    return f"{profile.forecasts:,}, {score.forecasts:,} scored: {losses}{rank}"


def _opponents(profile: SourceProfile, view: View) -> Table:
    table = plain_table("Contradicted by", "Contradictions", "Tensions", "Best seen in")
    for column in table.columns[1:3]:
        column.justify = "right"
    table.columns[3].no_wrap = True
    for opponent in profile.opponents:
        name = stacked(view.holder(opponent.name, opponent.id), line(opponent.id), dim_from=1)
        table.add_row(name, f"{opponent.contradictions:,}", f"{opponent.tensions:,}", opponent.pair)
    return table
