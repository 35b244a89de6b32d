"""Records to rich tables and blocks for a terminal, a pipe or a page.

Text of documents is never markup and never steers the terminal: it goes through `visible` into `Text`. A source's
likelihood and our confidence never stand in one phrase. The layout is the same at every width; ids never wrap.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from claimtrack.contradiction.judging import Camps, camps
from claimtrack.contradiction.propositions import keys
from claimtrack.exports.escaping import visible
from claimtrack.schema import (
    Claim,
    Conflict,
    Contradiction,
    Contrast,
    Corroboration,
    Decision,
    Document,
    Likelihood,
    NearMiss,
    Side,
    Span,
    Verdict,
    Voice,
)

__all__ = [
    "View",
    "alias_table",
    "certainty",
    "conflict_table",
    "console",
    "counted",
    "decision_table",
    "details",
    "document_table",
    "doing",
    "flat",
    "likelihood_words",
    "line",
    "mark",
    "page",
    "plain_table",
    "stacked",
    "verdict",
    "visible",
    "voice",
]

PIPE_WIDTH = 100
ID_WIDTH = 20
GAP = 60  # characters between two quoted pieces that are quoted along: shorter than the reader's leap over "…"
REACH = 300  # characters from a claim to clashing words outside it ("denies" before the content) that are quoted too

_FACTUALITY = {
    "CT+": "held true", "PR+": "held probable", "PS+": "held possible", "CT-": "held false",
    "PR-": "held improbable", "PS-": "held possibly false", "CTu": "known, not said which", "Uu": "left open",
}  # fmt: skip

Library = Callable[[str], Document | None]
"""Finds a document by id, to quote from it."""

Reviews = Callable[[str], str]
"""Says in words what a person decided on a record, by its id; empty where nobody did."""


def line(text: str) -> str:
    """Make text visible and one line: runs of white space become one space."""
    return visible(" ".join(text.split()))


def console(file: IO[str] | None = None) -> Console:
    """A console for document text: no markup, no highlighting; 100 columns in a pipe, unless COLUMNS says else."""
    file = file or sys.stdout
    width = None if file.isatty() or os.environ.get("COLUMNS") else PIPE_WIDTH
    return Console(file=file, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def page(renderable: RenderableType, file: IO[str] | None = None) -> str:
    """Render for a file (standard output by default): as `console` says; in a pipe, lines end where their text ends."""
    out = console(file)
    with out.capture() as captured:
        out.print(renderable)
    text = captured.get()
    return text if out.is_terminal else re.sub(r" +$", "", text, flags=re.MULTILINE)


def likelihood_words(likelihood: Likelihood, scale: str | None = None) -> str:
    """A likelihood as the source's word and its number: "unlikely (10–25 %)", with the word of a house scale, if asked.

    Raises:
        UsageError: there is no such scale.
    """
    number = _number(likelihood)
    if scale is not None and likelihood.point is not None:
        from claimtrack.meaning.likelihood import on_scale

        number += f"; {scale}: {on_scale(likelihood, scale)}"
    return f"{line(likelihood.phrase)} ({number})"


def _number(likelihood: Likelihood) -> str:
    low, high, point = likelihood.low, likelihood.high, likelihood.point
    if low is not None and high is not None and low != high:
        return f"{_percent(low)}–{_percent(high)} %"
    return "a rank, no number" if point is None else f"{_percent(point)} %"


def _percent(share: float) -> str:
    return f"{100 * share:.3g}"


def certainty(claim: Claim, scale: str | None = None) -> str:
    """How sure the source is, in its own words where it gave any."""
    return likelihood_words(claim.likelihood, scale) if claim.likelihood else _FACTUALITY[claim.factuality]


def doing(claim: Claim) -> str:
    """What kind of claim it is, and what its source does with it unless it simply affirms it."""
    return claim.kind if claim.stance == "affirm" else f"{claim.kind}, {claim.stance}"


@dataclass(frozen=True)
class View:
    """Shows records; `library` gives documents to quote from, `scale` a house scale for likelihoods, or None."""

    library: Library
    scale: str | None = None
    reviews: Reviews = lambda _: ""

    # -------------------------------------------------------------------------------------------------- claims

    def claims(self, claims: Iterable[Claim]) -> Table:
        """A table of claims: id, date and our confidence; who says it and where; what is said and how sure they are."""
        table = plain_table("Claim", "Source", "What is claimed")
        table.columns[0].no_wrap, table.columns[0].min_width = True, ID_WIDTH
        table.columns[1].min_width, table.columns[1].max_width = 14, 22
        table.columns[2].ratio = 1
        for claim in claims:
            table.add_row(
                stacked(
                    claim.id,
                    claim.published or "no date",
                    f"confidence {claim.confidence:.2f}",
                    line(self.reviews(claim.id)),
                ),
                stacked(line(claim.source.name), claim.source.kind, self.outlet(claim), dim_from=1),
                stacked(line(claim.proposition), self._qualities(claim), dim_from=1),
            )
        return table

    def _qualities(self, claim: Claim) -> str:
        parts = [doing(claim), certainty(claim, self.scale)]
        if condition := self.words(claim, claim.condition):
            parts.append(f"condition: “{condition}”")
        if claim.time.text:
            parts.append(f"when: {line(claim.time.text)}")
        return " · ".join(parts)

    def outlet(self, claim: Claim) -> str:
        """Who published a claim, or the path of its document where that is unknown."""
        document = self.library(claim.document)
        return line((document and document.publisher) or claim.document_path)

    def words(self, claim: Claim, span: Span | None) -> str | None:
        """The words of a span of the claim's document, in one line; None where either is missing."""
        document = self.library(claim.document) if span else None
        return line(document.text[span[0] : span[1]]) if document and span else None

    # --------------------------------------------------------------------------------------------------- pairs

    def contradictions(self, blocks: Iterable[Sequence[Contradiction]]) -> Iterator[RenderableType]:
        """Blocks of pairs on one matter, those that hold a contradiction first; a rule where the tensions begin."""
        tensions = False
        for block in blocks:
            if block[0].strength == "tension" and not tensions:
                tensions = True
                yield Rule(Text("Tensions: worth reading side by side, yet both can stand"), align="left")
                yield ""
            yield self.block(block)

    def block(self, block: Sequence[Contradiction]) -> Group:
        """The first pair of a block, then who else stands on either side of it."""
        others = camps(block)
        itself = {c.id: p.relation for p in block[1:] for c in (p.a, p.b) if p.relation != "disagreement"}
        where = {"a": "also with A", "b": "also with B", "neither": "also against both"}
        lines = [
            self._also(where[camp] + (f" ({itself[claim.id]})" if claim.id in itself else ""), claim)
            for camp in Camps._fields
            for claim in getattr(others, camp)
        ]
        return Group(self.pair(block[0]), *([Padding(Group(*lines), (0, 0, 1, 2))] if lines else []))

    def _also(self, where: str, claim: Claim) -> Text:
        said = f"{voice(claim)}, {claim.published or 'no date'} · {line(claim.proposition)}"
        return Text.assemble((f"{where}: ", "bold"), said, f" · {certainty(claim, self.scale)}  ", (claim.id, "dim"))

    def pair(self, pair: Contradiction) -> Group:
        """One pair: what clashes and why, then both quotations with the clashing words marked."""
        head = Text.assemble(
            (pair.strength.upper(), "bold"), f"  {pair.kind}, {pair.relation}  {pair.score:.2f}  ", (pair.id, "dim"),
            no_wrap=True,
        )  # fmt: skip
        marks = [e.a_span for e in pair.evidence], [e.b_span for e in pair.evidence]
        return Group(head, _text(pair.explanation), self._sides(pair, *marks), "")

    def near_misses(self, pairs: Iterable[NearMiss]) -> Iterator[RenderableType]:
        """A block for each pair that looks contradictory and is not, with the reason."""
        for pair in pairs:
            head = Text.assemble(("NO CONTRADICTION", "bold"), f"  {pair.reason}")
            yield Group(head, _text(pair.explanation), self._sides(pair, (), ()), "")

    def _sides(
        self, pair: Contradiction | NearMiss, a: Sequence[Span | None], b: Sequence[Span | None]
    ) -> RenderableType:
        grid = Table.grid(padding=(0, 2, 0, 0))
        for name, claim, marks in (("A", pair.a, a), ("B", pair.b, b)):
            grid.add_row(Text(name, style="bold"), self._side(claim, [m for m in marks if m is not None]))
        return Padding(grid, (0, 0, 0, 2))

    def _side(self, claim: Claim, marks: Sequence[Span]) -> Group:
        head = Text.assemble((voice(claim), "bold"), f", {claim.published or 'no date'}")
        known = [doing(claim), certainty(claim, self.scale)]
        if condition := self.words(claim, claim.condition):
            known.append(f"condition: “{condition}”")
        return Group(
            head,
            Text(self._place(claim), style="dim"),
            self.quotation(claim, marks),
            Text.assemble(" · ".join(known), "  ", (claim.id, "dim")),
        )

    def _place(self, claim: Claim) -> str:
        document = self.library(claim.document)
        if document is None:
            return line(claim.document_path)
        return line(" · ".join(filter(None, [document.publisher, document.title])) or document.path)

    def quotation(self, claim: Claim, marks: Sequence[Span] = ()) -> Text:
        """The claim's own words in quotation marks, with «marks» around the words given.

        Marked words near the claim are quoted along, also where they stand outside it, as "denies" does before what
        is denied. Where the document is not at hand, the claim's words stand without marks.
        """
        document = self.library(claim.document)
        if document is None:
            return Text(f"“{line(claim.text)}”")
        first, last = claim.spans[0][0] - REACH, claim.spans[-1][1] + REACH
        marks = [(s, e) for s, e in marks if first <= s < e <= last]
        quoted = Text("“")
        for i, (start, end) in enumerate(_join([*claim.spans, *marks], GAP)):
            quoted.append(" … " if i else "")
            mark(quoted, document.text, start, end, _join(marks, 0))
        quoted.append("”")
        return quoted

    # -------------------------------------------------------------------------------------------- propositions

    def contrasts(self, contrasts: Iterable[Contrast]) -> Iterator[RenderableType]:
        """A block for each proposition on which several claims speak, then one table of what is claimed once."""
        shown = list(contrasts)
        several = [contrast for contrast in shown if len(contrast.claims) > 1]
        for contrast in several:
            yield self.proposition(contrast)
        if len(several) < len(shown):
            yield Rule(Text("Claimed once"), align="left")
            yield self.claims(claim for contrast in shown if len(contrast.claims) == 1 for claim in contrast.claims)
            yield ""

    def proposition(self, contrast: Contrast) -> Group:
        """All voices on one proposition by side: how sure each is, since when, where, with which claims."""
        voices = sum(len(side.voices) for side in contrast.sides)
        claims = {claim.id: claim for claim in contrast.claims}
        head = Text.assemble(
            (line(contrast.proposition), "bold"),
            f"  {counted(len(claims), 'claim')} by {counted(voices, 'voice')}  ", (contrast.id, "dim"),
        )  # fmt: skip
        table = _voice_table()
        for side in contrast.sides:
            self._add_side(table, side, claims)
        return Group(head, table, "")

    def corroboration(self, found: Corroboration) -> Group:
        """Who says the same, where, and what of it is a reprint."""
        count = f"{counted(found.independent, 'independent voice')} in {counted(found.outlets, 'outlet')}"
        head = Text.assemble((line(found.proposition), "bold"), f"  {count}  ", (found.id, "dim"))
        table = _voice_table()
        side = Side(name=found.side, voices=found.voices)
        self._add_side(table, side, {claim.id: claim for claim in found.claims})
        return Group(head, table, "")

    def _add_side(self, table: Table, side: Side, claims: Mapping[str, Claim]) -> None:
        table.add_row(Text(side.name, style="bold"), "", "")
        for voice in side.voices:
            latest = claims[voice.claims[-1]]
            table.add_row(
                stacked(certainty(latest, self.scale), doing(latest), dim_from=1),
                stacked(_holder(voice, latest), _since(voice), *map(line, voice.outlets), dim_from=1),
                stacked(*self._told(voice, claims), dim_from=1),
            )

    def _told(self, voice: Voice, claims: Mapping[str, Claim]) -> Iterator[str]:
        """What a voice says: its latest claim in words, then all its claims, the latest first."""
        latest = claims[voice.claims[-1]]
        yield line(latest.proposition)
        if condition := self.words(latest, latest.condition):
            yield f"condition: “{condition}”"
        for claim in (claims[id] for id in reversed(voice.claims)):
            sureness = certainty(claim, self.scale)
            differs = f"{claim.published or 'no date'}: {sureness}" if sureness != certainty(latest, self.scale) else ""
            yield "  ".join(filter(None, [claim.id, differs, "reprint" if claim.id in voice.reprints else ""]))

    # -------------------------------------------------------------------------------------------------- details

    def claim(self, claim: Claim, pairs: Sequence[Contradiction] = ()) -> Group:
        """Everything known of one claim: the words in their sentences, who holds it, how sure both sides are."""
        return Group(
            Text(line(claim.proposition), style="bold"), "",
            Padding(self._context(claim), (0, 0, 0, 2)), "",
            details(self._claim_fields(claim)), "",
            *(self.pair(pair) for pair in pairs),
        )  # fmt: skip

    def _context(self, claim: Claim) -> Text:
        """The sentences in which the claim stands, its own words marked."""
        document = self.library(claim.document)
        if document is None:
            return self.quotation(claim)
        start, end = claim.context_span if claim.context else (claim.spans[0][0], claim.spans[-1][1])
        shown = Text()
        mark(shown, document.text, start, end, _join(claim.spans, 1))
        return shown

    def _claim_fields(self, claim: Claim) -> Iterator[tuple[str, str]]:
        document = self.library(claim.document)
        attribution = claim.attribution
        yield "id", claim.id
        yield "source", f"{voice(claim)} ({claim.source.kind}, {claim.source.id})"
        yield "said by", " > ".join(attribution.chain)
        yield "attribution", f"{attribution.type}, {attribution.id}"
        yield "cue", _cue(claim)
        yield "kind", claim.kind
        yield "stance", claim.stance
        yield "positions", "; ".join(f"{p.holder} {p.value} {p.target}" for p in claim.positions)
        yield "polarity", claim.polarity
        yield "factuality", f"{claim.factuality} ({_FACTUALITY[claim.factuality]}, commitment {claim.commitment:+.1f})"
        yield "likelihood", self._likelihood_fields(claim)
        yield "condition", self.words(claim, claim.condition) or ""
        yield "concession", "yes" if claim.concession else ""
        yield "decided by", _quoted(self.words(claim, span) for span in claim.reasons)
        yield "time", _time(claim)
        yield "entities", "; ".join(f"{e.name} ({e.type}, by {e.via})" for e in claim.entities)
        yield "topics", ", ".join(claim.topics)
        yield "quantities", "; ".join(self.words(claim, q.span) or f"{q.value:g}" for q in claim.quantities)
        yield "frame", _frame(claim)
        yield "proposition", ", ".join(key.id for key in keys(claim))
        yield "reviewed", self.reviews(claim.id)
        yield "section", claim.section
        yield "document", f"{claim.document}, {self._place(claim)}"
        yield "path", document.path if document else claim.document_path
        yield "published", claim.published or "no date"
        yield "offsets", ", ".join(f"{start}–{end}" for start, end in claim.spans)
        yield "confidence", f"{claim.confidence:.2f} (who says which words: {attribution.confidence:.2f})"

    def _likelihood_fields(self, claim: Claim) -> str:
        if claim.likelihood is None:
            return ""
        words, scale = likelihood_words(claim.likelihood, self.scale), claim.likelihood.scale
        return f"{words}, read from the {claim.likelihood.basis}" + (f" by the scale {scale}" if scale else "")

    def document(self, document: Document, claims: Sequence[Claim]) -> Group:
        """What is known of one document, and its claims."""
        fields = [
            ("id", document.id), ("path", document.path), ("author", "; ".join(document.byline)),
            ("publisher", document.publisher), ("first published by", document.original_publisher),
            ("published", document.published or "no date"), ("language", document.language), ("url", document.url),
            ("voices", "; ".join(dict.fromkeys(s.voice for s in document.sections if s.kind != "boilerplate"))),
            ("length", f"{len(document.text):,} characters in {counted(len(document.sections), 'section')}"),
            ("claims", f"{len(claims):,}"),
        ]  # fmt: skip
        title = Text(line(document.title or document.path), style="bold")
        shown = details((name, value or "") for name, value in fields)
        return Group(title, "", shown, "", self.claims(claims))


# ------------------------------------------------------------------------------------------------------------ tables


def document_table(rows: Iterable[tuple[Document, int, int]]) -> Table:
    """A table of documents, each with how many claims by how many sources it gave."""
    table = plain_table("Document", "Published", "Claims", "Sources")
    table.columns[1].no_wrap = True
    table.columns[1].min_width = 10
    for document, claims, sources in rows:
        name = stacked(line(document.title or document.path), document.id, dim_from=1)
        table.add_row(name, document.published or "no date", f"{claims:,}", f"{sources:,}")
    return table


def decision_table(decisions: Iterable[Decision], in_force: Container[str]) -> Table:
    """A table of decisions; those that were undone, or that undo, are marked by `in_force` not holding their id."""
    table = plain_table("Decision", "By", "What was decided")
    table.columns[0].no_wrap = True
    for decision in decisions:
        state = "" if decision.id in in_force or decision.action == "undo" else "undone"
        table.add_row(
            stacked(decision.id, decision.at, state, dim_from=1),
            _text(decision.by),
            stacked(f"{decision.action} {line(decision.target)}", *_decided(decision), dim_from=1),
        )
    return table


def _decided(decision: Decision) -> Iterator[str]:
    """The contents of a decision, a line each."""
    yield from (f"“{line(anchor.quotation)}”" for anchor in decision.anchors)
    yield "; ".join(f"{change.field} = {line(change.value or 'none')}" for change in decision.changes)
    yield ", ".join(line(other) for other in decision.others)
    yield ", ".join(f"{start}–{end}" for start, end in decision.parts)
    graded = ("outcome", decision.outcome), ("on", decision.on), ("evidence", decision.evidence), (
        "reliability", decision.reliability), ("credibility", decision.credibility), ("note", decision.note)
    yield "; ".join(f"{name}: {line(str(value))}" for name, value in graded if value is not None)


def conflict_table(conflicts: Iterable[Conflict]) -> Table:
    """A table of what two joined stores say differently, and what counts from now on."""
    table = plain_table("Record", "Ours", "Theirs", "Kept")
    table.columns[0].no_wrap = True
    for conflict in conflicts:
        record = stacked(line(conflict.id), conflict.subject, dim_from=1)
        table.add_row(record, _text(conflict.ours), _text(conflict.theirs), conflict.kept)
    return table


def alias_table(aliases: Iterable[tuple[str, str]]) -> Table:
    """A table of the user's aliases."""
    table = plain_table("Alias", "Read as")
    for alias, name in aliases:
        table.add_row(_text(alias), _text(name))
    return table


def details(fields: Iterable[tuple[str, str]]) -> Table:
    """Names and values below one another; what is empty is left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for name, value in fields:
        if value:
            grid.add_row(Text(name), _text(value))
    return grid


def verdict(verdict: Verdict) -> Group:
    """The verdict on two statements: three probabilities, and the reason where there is one."""
    rows = [(name, f"{getattr(verdict, name):.2f}") for name in ("entailment", "neutral", "contradiction")]
    return Group(details(rows), *([_text(verdict.explanation)] if verdict.explanation else []))


def plain_table(*columns: str) -> Table:
    """An empty table with these columns, counts to the right; its words wrap and are never cut off."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for name in columns:
        is_count = name in {"Claims", "Documents", "Sources"}
        table.add_column(Text(name), justify="right" if is_count else "left", overflow="fold")  # never cut off
    return table


# ------------------------------------------------------------------------------------------------------------- words


def _voice_table() -> Table:
    table = plain_table("How sure", "Who, when, where", "What is claimed")
    table.columns[0].min_width, table.columns[0].max_width = 18, 28
    table.columns[1].min_width, table.columns[1].max_width = 20, 26
    table.columns[2].ratio = 1
    return table


def _text(text: str) -> Text:
    return Text(line(text))


def stacked(*texts: str, dim_from: int | None = None) -> Text:
    """Lines below one another, the first in plain, those from `dim_from` on dimmed; empty ones are left out."""
    shown = [(text, "dim" if dim_from is not None and i >= dim_from else "") for i, text in enumerate(texts) if text]
    return Text("\n").join(Text(text, style=style) for text, style in shown)


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 claim", "1,234 claims"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def voice(claim: Claim) -> str:
    """Who holds a claim, and through whom we hear of it: "the foreign office, via Alex Krainer"."""
    outer = [line(name) for name in claim.attribution.chain[:-1]]
    return line(claim.source.name) + (f", via {', '.join(reversed(outer))}" if outer else "")


def _holder(voice: Voice, claim: Claim) -> str:
    """Whose voice it is, and who told us of it where that is somebody else."""
    itself = voice.source.name in claim.source.name or voice.source.id == claim.source.id
    return line(voice.source.name) + ("" if itself else f", told by {line(claim.source.name)}")


def _since(voice: Voice) -> str:
    """When a voice spoke first and last."""
    return voice.first if voice.first and voice.first == voice.last else (
        f"{voice.first} to {voice.last}" if voice.first else "no date")


def _cue(claim: Claim) -> str:
    attribution = claim.attribution
    if not attribution.cue:
        return ""
    words = f"“{attribution.cue}” ({attribution.cue_kind or 'no kind'})"
    return words + (", denied" if attribution.negated else "")


def _time(claim: Claim) -> str:
    time = claim.time
    interval = "" if not time.start else time.start if time.start == time.end else f"{time.start} to {time.end or '?'}"
    return ", ".join(filter(None, [time.relation, time.text, interval]))


def _frame(claim: Claim) -> str:
    frame = claim.frame
    parts = [("event", frame.event or ""), ("by", ", ".join(frame.agents)), ("to", ", ".join(frame.patients)),
             ("parties", ", ".join(frame.parties))]  # fmt: skip
    return "; ".join([frame.predicate, *(f"{name} {value}" for name, value in parts if value)])


def _quoted(words: Iterable[str | None]) -> str:
    return ", ".join(f"“{w}”" for w in words if w)


# ------------------------------------------------------------------------------------------------------------- spans


def _join(spans: Iterable[Span], gap: int) -> list[Span]:
    """Sort spans and join those that overlap or lie at most `gap` characters apart."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + gap:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def mark(shown: Text, text: str, start: int, end: int, marks: Iterable[Span]) -> None:
    """Append `text[start:end]` with «marks», on one line."""
    at = start
    for begin, stop in ((max(s, start), min(e, end)) for s, e in marks):
        if begin < stop:
            shown.append(flat(text[at:begin]))
            shown.append(f"«{flat(text[begin:stop])}»", style="bold")
            at = stop
    shown.append(flat(text[at:end]))


def flat(text: str) -> str:
    """As `line`, but white space at the borders stays one space."""
    return visible(re.sub(r"\s+", " ", text))

