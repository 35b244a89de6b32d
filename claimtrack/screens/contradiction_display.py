"""Pairs that clash, or only look so, to blocks for a terminal: both sides, quoted, with the words that clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from claimtrack.contradiction.selection import Camps, camps
from claimtrack.schema import Claim, Contradiction, NearMiss, Opinion, Span, Verdict
from claimtrack.screens.terminal import details, line, plain_text
from claimtrack.screens.view import View
from claimtrack.screens.wording import certainty, doing, voice

__all__ = ["contradiction_blocks", "near_miss_blocks", "opinion_line", "pair_block", "verdict"]

LIKELIER = 0.5  # from here on an answer is likelier than the two others together


def contradiction_blocks(blocks: Iterable[Sequence[Contradiction]], view: View) -> Iterator[RenderableType]:
    """Blocks of pairs on one matter, those that hold a contradiction first; a rule where the tensions begin."""
    tensions = False
    for block in blocks:
        if block[0].strength == "tension" and not tensions:
            tensions = True
            yield Rule(Text("Tensions: worth reading side by side, yet both can stand"), align="left")
            yield ""
        yield _block(block, view)


def _block(block: Sequence[Contradiction], view: View) -> Group:
    """The first pair of a block, then who else stands on either side of it."""
    others = camps(block)
    itself = {c.id: p.relation for p in block[1:] for c in (p.a, p.b) if p.relation != "disagreement"}
    where = {"a": "also with A", "b": "also with B", "neither": "also against both"}
    lines = [
        _also(where[camp] + (f" ({itself[claim.id]})" if claim.id in itself else ""), claim, view)
        for camp in Camps._fields
        for claim in getattr(others, camp)
    ]
    return Group(pair_block(block[0], view), *([Padding(Group(*lines), (0, 0, 1, 2))] if lines else []))


def _also(where: str, claim: Claim, view: View) -> Text:
    said = f"{_named(claim, view)}, {claim.published or 'no date'} · {line(claim.proposition)}"
    return Text.assemble((f"{where}: ", "bold"), said, f" · {certainty(claim, view.scale)}  ", (claim.id, "dim"))


def _named(claim: Claim, view: View) -> str:
    """Who holds a claim; of a nameless voice, in which article."""
    return view.holder(voice(claim), claim.source.id)


def pair_block(pair: Contradiction, view: View) -> Group:
    """One pair: what clashes and why, then both quotations with the clashing words marked."""
    head = Text.assemble(
        (pair.strength.upper(), "bold"), f"  {pair.kind}, {pair.relation}  {pair.score:.2f}  ", (pair.id, "dim"),
        no_wrap=True,
    )  # fmt: skip
    marks = [e.a_span for e in pair.evidence], [e.b_span for e in pair.evidence]
    return Group(head, plain_text(pair.explanation), _sides(pair, *marks, view), "")


def opinion_line(judge: str, opinion: Opinion | None) -> Text:
    """What a judge of the user's own says of a pair."""
    said = f"{opinion.verdict}. {opinion.reason}" if opinion else "no valid answer"
    return Text(f"  {line(judge)} says: {line(said)}")


def near_miss_blocks(pairs: Iterable[NearMiss], view: View) -> Iterator[RenderableType]:
    """A block for each pair that looks contradictory and is not, with the reason."""
    for pair in pairs:
        reason = f"perhaps {pair.reason}" if pair.basis == "judge" else pair.reason  # which guesses it
        head = Text.assemble(("NO CONTRADICTION", "bold"), f"  {reason}")
        yield Group(head, plain_text(pair.explanation), _sides(pair, (), (), view), "")


def _sides(
    pair: Contradiction | NearMiss, a: Sequence[Span | None], b: Sequence[Span | None], view: View
) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, claim, marks in (("A", pair.a, a), ("B", pair.b, b)):
        grid.add_row(Text(name, style="bold"), _side(claim, [m for m in marks if m is not None], view))
    return Padding(grid, (0, 0, 0, 2))


def _side(claim: Claim, marks: Sequence[Span], view: View) -> Group:
    head = Text.assemble((voice(claim), "bold"), f", {claim.published or 'no date'}")
    known = [doing(claim), certainty(claim, view.scale)]
    if condition := view.words(claim, claim.condition):
        known.append(f"condition: “{condition}”")
    return Group(
        head,
        Text(view.place(claim), style="dim"),
        view.quotation(claim, marks),
        Text.assemble(" · ".join(known), "  ", (claim.id, "dim")),
    )


def verdict(verdict: Verdict) -> Group:
    """The verdict on two statements: in words, as three probabilities, and the reason where there is one."""
    rows = [(name, f"{getattr(verdict, name):.2f}") for name in ("entailment", "neutral", "contradiction")]
    reason = [plain_text(verdict.explanation)] if verdict.explanation else []
    return Group(Text(_in_words(verdict), style="bold"), details(rows), *reason)


def _in_words(verdict: Verdict) -> str:
    """What the probabilities say: what is likelier than not, with how sure that is."""
    sure = {
        "They contradict each other.": verdict.contradiction,
        "The second follows from the first.": verdict.entailment,
        "Both can stand: neither contradicts the other, nor does the second follow from the first.": verdict.neutral,
    }
    words, share = max(sure.items(), key=lambda item: item[1])
    return words if share >= LIKELIER else f"It cannot be told. Likeliest: {words[0].lower()}{words[1:]}"
