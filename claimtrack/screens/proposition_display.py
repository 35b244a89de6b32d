"""Propositions to blocks for a terminal: all voices on one by side, and who says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from claimtrack.schema import Claim, Contradiction, Contrast, Corroboration, Side, Voice
from claimtrack.screens.claim_tables import claim_table
from claimtrack.screens.terminal import counted, line, plain_table, stacked
from claimtrack.screens.view import View
from claimtrack.screens.wording import certainty, doing

__all__ = ["clash_words", "contrast_blocks", "corroboration_block", "proposition_block"]


def contrast_blocks(
    contrasts: Iterable[Contrast], view: View, clashes: Mapping[str, Sequence[str]]
) -> Iterator[RenderableType]:
    """A block for each proposition on which several claims speak, then tables of what is claimed once.

    First what clashes with a claim on another proposition: `clashes` says with which, by the claim's id.
    """
    shown = list(contrasts)
    several = [contrast for contrast in shown if len(contrast.claims) > 1]
    for contrast in several:
        yield proposition_block(contrast, view)
    once = [claim for contrast in shown if len(contrast.claims) == 1 for claim in contrast.claims]
    disputed = [claim for claim in once if claim.id in clashes]
    for title, claims in (
        ("Claimed once, and disputed", disputed),
        ("Claimed once", [claim for claim in once if claim.id not in clashes]),
    ):
        if claims:
            yield Rule(Text(title), align="left")
            yield claim_table(claims, view, clashes)
            yield ""


def clash_words(claim: Claim, pairs: Iterable[Contradiction], view: View) -> list[str]:
    """With what a claim clashes, a line for each pair that it is in."""
    verbs = {"contradiction": "contradicts", "tension": "in tension with"}
    others = ((pair, pair.b if pair.a.id == claim.id else pair.a) for pair in pairs)
    return [
        f"{verbs[pair.strength]} {view.holder(other.source.name, other.source.id)} ({pair.kind}): {other.id}"
        for pair, other in others
    ]


def proposition_block(contrast: Contrast, view: View) -> Group:
    """All voices on one proposition by side: how sure each is, since when, where, with which claims."""
    voices = sum(len(side.voices) for side in contrast.sides)
    claims = {claim.id: claim for claim in contrast.claims}
    head = Text.assemble(
        (line(contrast.proposition), "bold"),
        f"  {counted(len(claims), 'claim')} by {counted(voices, 'voice')}  ", (contrast.id, "dim"),
    )  # fmt: skip
    table = _voice_table()
    for side in contrast.sides:
        _add_side(table, side, claims, view)
    return Group(head, table, "")


def corroboration_block(found: Corroboration, view: View) -> Group:
    """Who says the same, where, and what of it is a reprint."""
    count = f"{counted(found.independent, 'independent voice')} in {counted(found.outlets, 'outlet')}"
    head = Text.assemble((line(found.proposition), "bold"), f"  {count}  ", (found.id, "dim"))
    table = _voice_table()
    side = Side(name=found.side, voices=found.voices)
    _add_side(table, side, {claim.id: claim for claim in found.claims}, view)
    return Group(head, table, "")


def _voice_table() -> Table:
    table = plain_table("How sure", "Who, when, where", "What is claimed")
    table.columns[0].min_width, table.columns[0].max_width = 18, 28
    table.columns[1].min_width, table.columns[1].max_width = 20, 26
    table.columns[2].ratio = 1
    return table


def _add_side(table: Table, side: Side, claims: Mapping[str, Claim], view: View) -> None:
    table.add_row(Text(side.name, style="bold"), "", "")
    for voice in side.voices:
        latest = claims[voice.claims[-1]]
        table.add_row(
            stacked(certainty(latest, view.scale), doing(latest), dim_from=1),
            stacked(_holder(voice, latest), _since(voice), *_outlets(voice, claims, view), dim_from=1),
            stacked(*_told(voice, claims, view), dim_from=1),
        )


def _outlets(voice: Voice, claims: Mapping[str, Claim], view: View) -> Iterable[str]:
    """Where a voice is told, once each; the titles of documents whose publisher is unknown."""
    titles = {claims[id].document_path: view.outlet(claims[id]) for id in voice.claims}
    return dict.fromkeys(titles.get(outlet) or line(outlet) for outlet in voice.outlets)


def _told(voice: Voice, claims: Mapping[str, Claim], view: View) -> Iterator[str]:
    """What a voice says: its latest claim in words, then all its claims, the latest first."""
    latest = claims[voice.claims[-1]]
    yield line(latest.proposition)
    if condition := view.words(latest, latest.condition):
        yield f"condition: “{condition}”"
    for claim in (claims[id] for id in reversed(voice.claims)):
        sureness = certainty(claim, view.scale)
        differs = f"{claim.published or 'no date'}: {sureness}" if sureness != certainty(latest, view.scale) else ""
        yield "  ".join(filter(None, [claim.id, differs, "reprint" if claim.id in voice.reprints else ""]))


def _holder(voice: Voice, claim: Claim) -> str:
    """Whose voice it is, and who told us of it where that is somebody else."""
    itself = voice.source.name in claim.source.name or voice.source.id == claim.source.id
    return line(voice.source.name) + ("" if itself else f", told by {line(claim.source.name)}")


def _since(voice: Voice) -> str:
    """When a voice spoke first and last."""
    return voice.first if voice.first and voice.first == voice.last else (
        f"{voice.first} to {voice.last}" if voice.first else "no date")
