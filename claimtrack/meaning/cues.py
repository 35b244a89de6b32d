"""What a source does with the content, read again by the words around it: denies, doubts, threatens, warns, asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.meaning import condition, embedding, hedges, kinds, predicates
from claimtrack.meaning.scope import Layer
from claimtrack.schema import CueKind, Stance, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

UNDOING = frozenset({"implicative", "cessation", "prevention"})
CUE_STANCES: dict[CueKind, Stance] = {
    "denial": "deny", "doubt": "doubt", "question": "question", "hope": "hope", "fear": "fear",
}


def reread(
    chain: Sequence[Layer], governed: Sequence[Layer], cue_kind: CueKind | None, cue_negated: bool
) -> tuple[CueKind | None, bool]:
    """Correct what the source is taken to do where the words around the content tell it better.

    Who "declined to comment" denies nothing, the text tells that no comment came. Who "found no evidence" doubts, and
    who would "neither confirm nor deny" or has "conflicting reports whether" leaves all open.
    """
    above = governed[len(chain):]
    if cue_kind == "belief" and (cue_negated or hedges.withheld(above)):
        return "doubt", cue_negated and hedges.withheld(above)
    if cue_kind in (None, "speech", "denial", "confirmation") and hedges.withheld(above):
        return "question", False
    if cue_kind == "intention" and any(_promised(layer) for layer in chain[1:]):
        return None, False
    if _undecided(governed) or (cue_kind != "doubt" and opens_with(chain[-1].head, "whether")
                                and not condition.either_way(chain[-1].head)):
        return "question", False
    if cue_kind == "denial":
        undone = any(layer.entry is not None and layer.entry.kind in UNDOING and layer.entry.affirmed == "CT-"
                     for layer in chain[1:])
        return (None, False) if undone else (cue_kind, cue_negated)
    return ("doubt", False) if _unproven(governed) else (cue_kind, cue_negated)


def _promised(layer: Layer) -> bool:
    """Tell whether a noun speaks of how sure a thing is, not of a promise: "There is no guarantee that"."""
    return layer.head.pos_ == "NOUN" and layer.entry is not None and layer.entry.kind == "likelihood" and layer.negated


def _undecided(governed: Sequence[Layer]) -> bool:
    """Tell whether a governor both confirms and denies: "would neither confirm nor deny that …"."""
    for layer in governed[1:]:
        entries = [embedding.lookup(t, layer.marker) for t in (layer.head, *layer.head.conjuncts)]
        if {"denial", "factive"} <= {e.kind for e in entries if e is not None}:
            return True
    return False


def _unproven(governed: Sequence[Layer]) -> bool:
    """Tell whether evidence or reports are said to be missing: "no sign that", "evidence has not emerged that"."""
    for index, layer in enumerate(governed[1:], start=1):
        if layer.entry is None or layer.link == "conjunct":
            return False
        if layer.head.pos_ == "NOUN" and layer.entry.kind in ("evidential", "report"):
            return layer.negated or any(outer.negated for outer in governed[index + 1:index + 2])
        if layer.entry.kind not in hedges.QUALIFYING:
            return False
    return False


def threatens(event: Token, governed: Sequence[Layer]) -> bool:
    """Tell a threat from a warning: the verb says so, or the speakers announce what they will do themselves."""
    said = {layer.entry.kind for layer in governed if layer.entry is not None}
    if is_warning(event):
        return False
    if "threat" in said or kinds.performs(event):
        return True
    holder = predicates.subject(event)
    if holder is None:
        return "warning" not in said
    own = holder.lower_ in predicates.FIRST_PERSON or any(c.lower_ in predicates.POSSESSIVE for c in holder.children)
    return own and event.pos_ == "VERB" and holder.dep_ == "nsubj"


def is_warning(verb: Token) -> bool:
    """Tell whether a verb warns of what it governs: "warned that it would close"."""
    entry = embedding.lookup(verb, "that")
    return entry is not None and entry.kind == "warning"


def row_of(cue_kind: CueKind | None, cue_negated: bool, time: Time) -> str | None:
    """Name the likelihood that thinking or doubting by the source gives, None where it gives none."""
    if cue_kind == "doubt" and not cue_negated:
        return "doubt"
    if cue_kind == "belief" and time.relation == "future":
        return "believe"
    return None


def stance_of(cue_kind: CueKind, negated: bool) -> Stance | None:
    """Give the stance that the cue says by itself, None where the content has to tell."""
    if negated:
        return None
    return CUE_STANCES.get(cue_kind)


def opens_with(event: Token, *words: str) -> bool:
    """Tell whether the clause of an event opens with one of the words."""
    clause = predicates.top(event)
    return any(t.lower_ in words for t in (clause.left_edge, *clause.lefts))
