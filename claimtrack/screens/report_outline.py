"""A report as a plain sequence of blocks, for formats of running text; each quotation with its citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from claimtrack.screens.terminal import counted

if TYPE_CHECKING:
    from claimtrack.screens.report_parts import Camp, Clash, Entry, ForecastRow, Member, Paper, Piece, Report, SourceRow

__all__ = ["Block", "outline"]


@dataclass(frozen=True)
class Block:
    """A heading of a level, a paragraph, an item of a list, or a quotation in pieces."""

    kind: Literal["heading", "paragraph", "item", "quotation"]
    text: str = ""
    level: int = 1
    pieces: tuple[Piece, ...] = ()


def outline(report: Report) -> Iterator[Block]:
    """The blocks of a report, in order."""
    yield Block("heading", report.title)
    yield Block("paragraph", f"claimtrack report, {report.made}. {_counts(report)}")
    yield Block("paragraph", "Claims were picked out by a program, which errs: compare a quotation with its document. "
                "Neither side of a contradiction is said to be right.")  # fmt: skip
    yield from _section("Who is for, who against", (_camp(camp) for camp in report.camps))
    yield from _clashes("Contradictions", report.shown_contradictions, "against")
    yield from _clashes("Tensions", report.shown_tensions, "beside")
    rows = (row for group in report.shown_forecasts for row in group.rows)
    yield from _section("Forecasts", (Block("item", _forecast(row)) for row in rows))
    yield from _section("Sources", (Block("item", _source(row)) for row in report.shown_sources))
    yield from _claims(report)
    yield from _section("Documents", (Block("item", _paper(paper)) for paper, _ in report.shown_papers))


def _counts(report: Report) -> str:
    parts = [counted(report.claims, "claim"), counted(report.sources, "source"), counted(report.documents, "document"),
             counted(report.contradictions, "contradiction"), counted(report.tensions, "tension")]  # fmt: skip
    return f"{', '.join(parts)}. Published: {report.period}."


def _section(name: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """A heading and its blocks; nothing where there are none."""
    found = list(blocks)
    if found:
        yield Block("heading", name, 2)
        yield from found


def _camp(camp: Camp) -> Block:
    sides = (("for", camp.favor), ("against", camp.against))
    told = "; ".join(f"{name}: {_members(members)}" for name, members in sides if members)
    return Block("item", f"{camp.proposition[:1].upper()}{camp.proposition[1:]}. {told}.")


def _members(members: Iterable[Member]) -> str:
    return ", ".join(f"{member.who} ({member.claim})" for member in members)


def _clashes(name: str, clashes: Iterable[Clash], word: str) -> Iterator[Block]:
    found = list(clashes)
    if found:
        yield Block("heading", name, 2)
    for clash in found:
        yield Block("heading", f"{clash.label} {clash.a.who} {word} {clash.b.who}", 3)
        pair = clash.pair
        yield Block("paragraph", f"{pair.explanation} ({pair.kind}, score {pair.score:.2f}, {pair.id})")
        yield from _quoted(clash.a)
        yield from _quoted(clash.b)


def _quoted(entry: Entry) -> Iterator[Block]:
    yield Block("quotation", entry.claim.text, pieces=entry.pieces)
    condition = f", under the condition “{entry.condition}”" if entry.condition else ""
    yield Block("paragraph", f"{entry.who}: {entry.doing}, {entry.certainty}{condition}. {_cited(entry)}")


def _cited(entry: Entry) -> str:
    """Where a claim stands: outlet, title, date, place, and its id."""
    paper = entry.paper
    where = ", ".join(filter(None, [paper.outlet, f"“{paper.title}”", paper.published or "no date", entry.place]))
    return f"[{paper.label}] {where}, characters {' and '.join(entry.spans)}; {entry.claim.id}."


def _forecast(row: ForecastRow) -> str:
    entry, horizon = row.entry, row.forecast.horizon
    by = f", by {horizon}" if horizon else ""
    outcome = f"; {row.outcome}" if row.outcome else ""
    return f"{entry.who}: {entry.claim.proposition} ({entry.certainty}{by}{outcome}). {_cited(entry)}"


def _source(row: SourceRow) -> str:
    clashes = f"{counted(row.contradictions, 'contradiction')}, {counted(row.tensions, 'tension')}"
    review = f"; {row.review}" if row.review else ""
    return f"{row.name} ({row.kind}): {counted(row.claims, 'claim')}, {clashes}{review}"


def _claims(report: Report) -> Iterator[Block]:
    if report.shown_papers:
        yield Block("heading", "Claims", 2)
    for paper, entries in report.shown_papers:
        yield Block("heading", f"{paper.label} {paper.title}", 3)
        for entry in entries:
            said = f"{entry.who}: {entry.claim.proposition} ({entry.doing}, {entry.certainty})"
            yield Block("item", f"{said}. {_cited(entry)}")


def _paper(paper: Paper) -> str:
    told = [paper.byline, f"“{paper.title}”", paper.outlet, paper.published or "no date", paper.url or paper.file,
            paper.id]  # fmt: skip
    return f"[{paper.label}] {', '.join(filter(None, told))}."
