"""The fold of the log: the claims of a document as they were extracted, each decision in force applied in order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from claimtrack.errors import UsageError
from claimtrack.schema import Action, Claim, Decision, Document, Position, Source, Span
from claimtrack.tracking.anchors import locate
from claimtrack.tracking.edits import edited

__all__ = ["CHANGING", "Fold", "fold", "try_out"]


@dataclass(frozen=True)
class Fold:
    """The claims of a document as decisions leave them.

    `machine`: by id, each claim as it was extracted that is edited or gone, and None for one that a person made.
    """

    claims: tuple[Claim, ...]
    machine: Mapping[str, Claim | None]


@dataclass
class _State:
    """The claims of a document while decisions are applied: those shown, and those set aside, by id."""

    document: Document
    shown: dict[str, Claim]
    aside: dict[str, Claim] = field(default_factory=dict)

    def hide(self, claim: Claim) -> None:
        self.aside[claim.id] = self.shown.pop(claim.id, claim)

    def bring_back(self, claim: Claim) -> None:
        if claim.id in self.aside:
            self.shown[claim.id] = self.aside.pop(claim.id)


def fold(document: Document, extracted: Sequence[Claim], decisions: Sequence[Decision]) -> Fold:
    """Apply decisions in force, in order, to the claims of a document as they were extracted."""
    state = _State(document, {claim.id: claim for claim in extracted})
    for decision in decisions:
        if decision.subject == "source" and decision.action == "merge":
            _join_sources(state, decision)
        elif decision.subject == "claim" and decision.action in _CHANGES:
            known = [*extracted, *(c for c in state.shown.values() if c not in extracted)]
            claim = locate(decision.anchors[0], document, known)
            if claim is not None:
                _CHANGES[decision.action](state, state.shown.get(claim.id, claim), decision)
    before = {claim.id: claim for claim in extracted}
    machine: dict[str, Claim | None] = {id: c for id, c in before.items() if state.shown.get(id) != c}
    machine |= {id: None for id in state.shown if id not in before}
    return Fold(tuple(state.shown.values()), machine)


def try_out(document: Document, claim: Claim, decision: Decision) -> None:
    """Raise UsageError where a decision cannot be applied to a claim of a document."""
    _CHANGES[decision.action](_State(document, {claim.id: claim}), claim, decision)


def _accept(state: _State, claim: Claim, _: Decision) -> None:
    state.bring_back(claim)


def _reject(state: _State, claim: Claim, _: Decision) -> None:
    state.hide(claim)


def _merge(state: _State, claim: Claim, decision: Decision) -> None:
    """Keep the target, set aside what is the same claim again."""
    state.bring_back(claim)
    for anchor in decision.anchors[1:]:
        other = locate(anchor, state.document, list(state.shown.values()))
        if other is not None and other.id != claim.id:
            state.hide(other)


def _split(state: _State, claim: Claim, decision: Decision) -> None:
    """Put a claim for each part in place of the whole; spans moved with the text are moved along."""
    shift = claim.spans[0][0] - decision.anchors[0].start if decision.anchors else 0
    spans = [(start + shift, end + shift) for start, end in decision.parts]
    parts = [_part(state.document, claim, span, spans) for span in spans]
    state.hide(claim)
    state.shown |= {part.id: part for part in parts}


def _part(document: Document, claim: Claim, span: Span, spans: Sequence[Span]) -> Claim:
    start, end = span
    first, last = claim.context_span if claim.context else (claim.spans[0][0], claim.spans[-1][1])
    if not first <= start < end <= last:
        fault = f"The part {start}–{end} does not lie inside {first}–{last}, the sentence of {claim.id!r}."
        raise UsageError(f"{fault} Give offsets into the document, or words of the sentence.")
    text = document.text[start:end]
    digest = hashlib.sha256(f"{claim.id}{start}{end}".encode()).hexdigest()[:16]
    fields = {"id": f"clm_{digest}", "text": text, "spans": (span,), "proposition": " ".join(text.split())}
    return claim.model_copy(update=fields | _own_qualities(claim, span, [other for other in spans if other != span]))


def _own_qualities(claim: Claim, span: Span, others: Sequence[Span]) -> dict[str, object]:
    """How sure a part is, and what it hangs on: words that stand in another part alone say nothing of this one.

    "The dam will probably hold and the road is closed": only the first part is probable. Words outside every part, as
    in "It is unlikely that …", hold for all of them.
    """

    def reach(words: Span | None) -> bool:
        return words is None or _within(words, span) or not any(_within(words, other) for other in others)

    fields: dict[str, object] = {
        "condition": claim.condition if reach(claim.condition) else None,
        "quantities": tuple(quantity for quantity in claim.quantities if reach(quantity.span)),
        "reasons": tuple(reason for reason in claim.reasons if reach(reason)),
    }
    if claim.likelihood is not None and not reach(claim.likelihood.phrase_span):
        held = claim.polarity == "positive"
        fields |= {"likelihood": None, "factuality": "CT+" if held else "CT-", "commitment": 3.0 if held else -3.0}
        fields |= {"stance": "affirm"} if claim.stance == "doubt" else {}
    return fields


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _edit(state: _State, claim: Claim, decision: Decision) -> None:
    state.bring_back(claim)
    state.shown[claim.id] = edited(state.shown.get(claim.id, claim), decision.changes)


_CHANGES: Mapping[Action, Callable[[_State, Claim, Decision], None]] = {
    "accept": _accept, "reject": _reject, "merge": _merge, "split": _split, "edit": _edit,
}  # fmt: skip
CHANGING = frozenset(_CHANGES)
"""The actions that change claims."""


def _join_sources(state: _State, decision: Decision) -> None:
    """Read the merged sources as the target, wherever they hold a claim or a position."""
    target = Source.model_validate({"id": decision.target} | {
        change.field.removeprefix("source."): change.value for change in decision.changes})
    merged = set(decision.others)
    for claim in list(state.shown.values()):
        positions = tuple(_joined_holder(p, target, merged) for p in claim.positions)
        source = target if claim.source.id in merged else claim.source
        if source != claim.source or positions != claim.positions:
            state.shown[claim.id] = claim.model_copy(update={"source": source, "positions": positions})


def _joined_holder(position: Position, target: Source, merged: set[str]) -> Position:
    if position.holder_id not in merged:
        return position
    return position.model_copy(update={"holder_id": target.id, "holder": target.name})
