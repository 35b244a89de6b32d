"""What people decided on claims, pairs, sources and topics: the log of decisions, and what it makes of the claims.

The log only grows. What the store shows is a fold of it: the claims as they were extracted, with every decision in
force applied in order. A decision finds its claim again after a document is read anew: by id, else by its quotation in
the document of the same path (`locate`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from claimtrack import clock
from claimtrack.errors import StoreError, UsageError
from claimtrack.schema import (
    Action,
    Anchor,
    Change,
    Claim,
    Decision,
    Document,
    Judgement,
    Position,
    Source,
    Span,
    Subject,
)
from claimtrack.store import words
from claimtrack.tracking.taxonomy import taxonomy

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["EDITABLE", "PAST", "Fold", "Standing", "active", "apply", "changes", "concerning", "decide", "fold",
           "judgements", "locate", "lost", "settle", "silence", "source_changes", "standing"]

AROUND = 40  # characters of text that an anchor keeps on either side of its quotation
SAME_WORDS = 0.85  # similarity, 2 * matching / total characters, from which a changed sentence is still the same claim

EDITABLE = ("source", "proposition", "kind", "stance", "polarity", "factuality", "likelihood", "horizon")
"""The fields that `edit` sets."""

ACTIONS: Mapping[Subject, frozenset[Action]] = {
    "claim": frozenset({"accept", "reject", "edit", "merge", "split", "comment", "resolve", "rate"}),
    "contradiction": frozenset({"accept", "reject", "comment"}),
    "source": frozenset({"merge", "rate", "comment"}),
    "topic": frozenset({"merge", "place", "comment"}),
    "decision": frozenset({"undo", "comment"}),
}
_SUBJECTS: Mapping[str, Subject] = {"clm_": "claim", "ctr_": "contradiction", "dec_": "decision"}


# --- the log -----------------------------------------------------------------------------------------------------


def active(decisions: Iterable[Decision]) -> list[Decision]:
    """Give the decisions in force, in order: without the undone ones and without what undid them.

    An undo can itself be undone, which brings back what it took away.
    """
    log = list(decisions)
    undone: set[str] = set()
    for decision in reversed(log):
        if decision.action == "undo" and decision.id not in undone:
            undone.add(decision.target)
    return [d for d in log if d.id not in undone and d.action != "undo"]


def decide(
    store: Store,
    action: Action,
    target: str,
    *,
    by: str,
    subject: Subject | None = None,
    **fields: Any,  # noqa: ANN401  # those of Decision, which checks them
) -> Decision:
    """Write a decision into the log and bring the store's claims up to date with it.

    Args:
        store: the store.
        action: what is decided.
        target: the whole id of the record, or of the source or topic with `subject` given.
        by: who decides.
        subject: what the target is, where its id does not begin with clm_, ctr_ or dec_.
        fields: further fields of the `Decision`: note, others, changes, parts, outcome, on, evidence, reliability,
            credibility. A merge of sources takes name and kind of the target from the store.

    Returns:
        The decision as it was logged.

    Raises:
        StoreError: there is no such record.
        UsageError: the action does not fit the record, or a field does not fit the action.
    """
    subject = subject or _SUBJECTS.get(target[:4])
    if subject is None or action not in ACTIONS[subject]:
        raise UsageError(f"{target!r} is no record that one can {action}.")
    if subject == "source" and action == "merge":
        fields["changes"] = tuple(source_changes(store, target)[1:])
    others = [id for id in fields.get("others", ()) if subject == "claim"]
    anchors = [anchor for id in (target, *others) for anchor in _anchors(store, subject, id)]
    at = clock.now()
    digest = hashlib.sha256(repr((at, by, action, target, sorted(fields.items()))).encode()).hexdigest()[:16]
    try:
        decision = Decision(
            id=f"dec_{digest}", at=at, by=by, action=action, subject=subject, target=target, anchors=tuple(anchors),
            **fields,
        )  # fmt: skip
    except ValidationError as error:
        raise UsageError(f"A decision to {action} cannot hold that: {_first_fault(error)}") from error
    _check(store, decision)
    store.record(decision)
    apply(store, [decision])
    return decision


def apply(store: Store, decisions: Sequence[Decision]) -> None:
    """Bring the documents that logged decisions touch, the list of pairs and the topics up to date with the log."""
    log = active(store.decisions())
    for document_id in sorted({id for decision in decisions for id in _touched(store, decision)}):
        settle(store, document_id, log)
    silence(store, log)
    store.name_topics(taxonomy(log).found_by())


def _touched(store: Store, decision: Decision) -> set[str]:
    """The ids of the documents whose claims a decision may change."""
    while decision.action == "undo":
        decision = next(d for d in store.decisions() if d.id == decision.target)
    if decision.action not in _CHANGES:
        return set()
    if decision.subject == "source":
        return set(store.documents_by([decision.target, *decision.others]))
    return {id for anchor in decision.anchors for id in _homes(store, anchor)}


def _anchors(store: Store, subject: Subject, target: str) -> Iterator[Anchor]:
    if subject == "claim":
        yield _anchor(store, target)
    elif subject == "contradiction":
        pair = store.contradiction(target)
        if pair is None:
            raise StoreError(f"There is no contradiction {target!r}. `claimtrack contradict` shows their ids.")
        yield from (_anchor(store, pair.a.id), _anchor(store, pair.b.id))


def _anchor(store: Store, claim_id: str) -> Anchor:
    claim = store.claim(claim_id) or store.set_aside(claim_id)
    document = store.document(claim.document) if claim else None
    if claim is None or document is None:
        raise StoreError(f"There is no claim {claim_id!r}. `claimtrack list` shows the ids of claims.")
    machine = next((c for c in store.machine_claims(document.id) if c.id == claim_id), claim)
    start, end = claim.spans[0][0], claim.spans[-1][1]
    return Anchor(
        claim=claim.id, document=document.id, path=document.path, source=machine.source.id, quotation=claim.text,
        before=document.text[max(0, start - AROUND) : start], after=document.text[end : end + AROUND], start=start,
    )  # fmt: skip


def _check(store: Store, decision: Decision) -> None:
    """Refuse a decision that could not be applied: to undo what is not there, to edit what does not fit."""
    if decision.subject == "decision" and not any(d.id == decision.target for d in store.decisions()):
        raise StoreError(f"There is no decision {decision.target!r}. `claimtrack reviews` shows their ids.")
    if decision.subject == "claim" and len({anchor.document for anchor in decision.anchors}) > 1:
        raise UsageError("Only claims of one document are merged: equal claims of several documents corroborate.")
    if decision.subject == "claim" and decision.action in {"edit", "split"}:
        claim = store.claim(decision.target) or store.set_aside(decision.target)
        document = store.document(claim.document) if claim else None
        if claim is not None and document is not None:
            _CHANGES[decision.action](_State(document, {claim.id: claim}), claim, decision)


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc']))} {fault['input']!r}: {fault['msg']}."


def changes(store: Store, assignments: Iterable[str]) -> tuple[Change, ...]:
    """Read "stance=deny" and the like as changes of a claim; "source=NAME" takes over a stored source of that name.

    Raises:
        UsageError: a field cannot be edited, or there is no "=".
    """
    return tuple(change for assignment in assignments for change in _changes(store, assignment))


def _changes(store: Store, assignment: str) -> list[Change]:
    name, sign, value = assignment.partition("=")
    if not sign or name not in EDITABLE:
        raise UsageError(f"{assignment!r} is no change. Write FIELD=VALUE with one of: {', '.join(EDITABLE)}.")
    if name == "source":
        return source_changes(store, value)
    return [Change(field=name, value=None if value in {"", "none"} else value)]


def source_changes(store: Store, wanted: str) -> list[Change]:
    """Write a source as changes: the stored one of this id or name, else a new person of this name."""
    known = next((s for s in store.sources() if wanted in {s.id, s.name}), None)
    id = known.id if known else "person:" + "-".join(words(wanted))
    name, kind = (known.name, known.kind) if known else (wanted, "person")
    return [Change(field=f"source.{key}", value=v) for key, v in (("id", id), ("name", name), ("kind", kind))]


# --- finding claims again ----------------------------------------------------------------------------------------


def locate(anchor: Anchor, document: Document, claims: Sequence[Claim]) -> Claim | None:
    """Find the claim that a decision was about among those of a document, or None.

    The same id is the same claim. Else, in the document of the same path, the same words by the same source, however
    they moved; else the most similar words by that source, where at most a few were changed.
    """
    for claim in claims:
        if claim.id == anchor.claim:
            return claim
    if anchor.path != document.path and anchor.document != document.id:
        return None
    rivals = [claim for claim in claims if claim.source.id == anchor.source]
    best = max(rivals, key=lambda claim: _likeness(anchor, document, claim), default=None)
    return best if best is not None and _likeness(anchor, document, best)[0] >= SAME_WORDS else None


def _likeness(anchor: Anchor, document: Document, claim: Claim) -> tuple[float, float, int]:
    """How alike quotation and claim are, then their surroundings in [0, 1], then how near they stand."""
    start, end = claim.spans[0][0], claim.spans[-1][1]
    around = document.text[max(0, start - AROUND) : start] + document.text[end : end + AROUND]
    words = _similarity(anchor.quotation, claim.text)
    return words, _similarity(anchor.before + anchor.after, around), -abs(start - anchor.start)


def _similarity(a: str, b: str) -> float:
    first, second = " ".join(a.split()), " ".join(b.split())
    return 1.0 if first == second else SequenceMatcher(None, first, second, autojunk=False).ratio()


def _homes(store: Store, anchor: Anchor) -> list[str]:
    """The stored documents in which the claim of an anchor may stand."""
    return [anchor.document] if anchor.document in store else store.documents_at(anchor.path)


def _find(store: Store, anchor: Anchor) -> Claim | None:
    for document_id in _homes(store, anchor):
        document = store.document(document_id)
        if document and (found := locate(anchor, document, store.machine_claims(document_id))):
            return found
    return store.claim(anchor.claim)  # a part of a split claim, which nobody extracted


# --- the fold ----------------------------------------------------------------------------------------------------


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
    parts = [_part(state.document, claim, (start + shift, end + shift)) for start, end in decision.parts]
    state.hide(claim)
    state.shown |= {part.id: part for part in parts}


def _part(document: Document, claim: Claim, span: Span) -> Claim:
    start, end = span
    first, last = claim.context_span if claim.context else (claim.spans[0][0], claim.spans[-1][1])
    if not first <= start < end <= last:
        fault = f"The part {start}–{end} does not lie inside {first}–{last}, the sentence of {claim.id!r}."
        raise UsageError(f"{fault} Give offsets into the document, or words of the sentence.")
    text = document.text[start:end]
    digest = hashlib.sha256(f"{claim.id}{start}{end}".encode()).hexdigest()[:16]
    fields = {"id": f"clm_{digest}", "text": text, "spans": (span,), "proposition": " ".join(text.split())}
    return claim.model_copy(update=fields)


def _edit(state: _State, claim: Claim, decision: Decision) -> None:
    state.bring_back(claim)
    record: dict[str, Any] = state.shown.get(claim.id, claim).model_dump()
    for change in decision.changes:
        if change.field not in _EDITS:
            raise UsageError(f"{change.field!r} cannot be edited. Choose one of: {', '.join(EDITABLE)}.")
        _EDITS[change.field](record, change.value)
    try:
        state.shown[claim.id] = Claim.model_validate(record)
    except ValidationError as error:
        raise UsageError(f"The claim cannot hold that: {_first_fault(error)}") from error


_CHANGES: Mapping[Action, Callable[[_State, Claim, Decision], None]] = {
    "accept": _accept, "reject": _reject, "merge": _merge, "split": _split, "edit": _edit,
}  # fmt: skip

_EDITS: dict[str, Callable[[dict[str, Any], str | None], None]] = {}


def _edits(name: str) -> Callable[[Callable[[dict[str, Any], str | None], None]], None]:
    def register(function: Callable[[dict[str, Any], str | None], None]) -> None:
        _EDITS[name] = function

    return register


def _sets(*path: str) -> Callable[[dict[str, Any], str | None], None]:
    def set_field(record: dict[str, Any], value: str | None) -> None:
        for key in path[:-1]:
            record = record[key]
        record[path[-1]] = value

    return set_field


for _name in ("proposition", "kind", "stance", "source.id", "source.name", "source.kind"):
    _EDITS[_name] = _sets(*_name.split("."))


@_edits("polarity")
def _edit_polarity(record: dict[str, Any], value: str | None) -> None:
    """Turn the sign of all that says whether the event takes place; a likelihood becomes that of the opposite."""
    if record["polarity"] != value:
        odds = record["likelihood"]
        if odds and odds["point"] is not None:
            record["likelihood"] = odds | {
                "low": round(1 - odds["high"], 4), "high": round(1 - odds["low"], 4),
                "point": round(1 - odds["point"], 4),
            }  # fmt: skip
        record["frame"]["negated"] = not record["frame"]["negated"]
        record["commitment"] = -record["commitment"]
        record["factuality"] = record["factuality"].translate(str.maketrans("+-", "-+"))
    record["polarity"] = value


_COMMITMENT = {"CT+": 3.0, "PR+": 2.0, "PS+": 1.0, "CTu": 0.0, "Uu": 0.0, "PS-": -1.0, "PR-": -2.0, "CT-": -3.0}


@_edits("factuality")
def _edit_factuality(record: dict[str, Any], value: str | None) -> None:
    record["factuality"] = value
    record["commitment"] = _COMMITMENT.get(value or "", record["commitment"])


@_edits("likelihood")
def _edit_likelihood(record: dict[str, Any], value: str | None) -> None:
    """Set the likelihood, given as "0.2" or "0.1-0.3", or take it away."""
    if value is None:
        record["likelihood"] = None
        return
    try:
        numbers = [float(number) for number in value.split("-")]
        low, high = min(numbers), max(numbers)
    except ValueError:
        raise UsageError(f"The likelihood {value!r} is no probability. Write 0.2, 0.1-0.3, or none.") from None
    old = record["likelihood"] or {"phrase": value, "phrase_span": None}
    record["likelihood"] = old | {
        "low": low, "high": high, "point": (low + high) / 2, "basis": "number", "scale": "reviewer",
    }  # fmt: skip


@_edits("horizon")
def _edit_horizon(record: dict[str, Any], value: str | None) -> None:
    """Set when the event is to take place, given as "2025", "2025-06-30" or "2025-01/2025-06"."""
    start, _, end = (value or "").partition("/")
    record["time"] |= {"start": start or None, "end": end or start or None, "relation": "future"}


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


# --- the store ---------------------------------------------------------------------------------------------------


def concerning(document: Document, log: Iterable[Decision]) -> list[Decision]:
    """Give the decisions that may change the claims of a document: on its claims, or on sources."""
    return [
        d for d in log
        if d.subject == "source" or any(a.path == document.path or a.document == document.id for a in d.anchors)
    ]  # fmt: skip


def settle(store: Store, document_id: str, log: Sequence[Decision]) -> None:
    """Put the claims of a stored document in the state that the decisions in force give them."""
    document = store.document(document_id)
    if document is not None:
        found = fold(document, store.machine_claims(document_id), concerning(document, log))
        store.rewrite(document_id, found.claims, found.machine)


def silence(store: Store, log: Iterable[Decision]) -> None:
    """Take the pairs that a person rejected out of every list of pairs, and no others."""
    rejected: dict[frozenset[str], bool] = {}
    for decision in log:
        if decision.subject == "contradiction" and decision.action in {"accept", "reject"}:
            claims = [_find(store, anchor) for anchor in decision.anchors]
            rejected[frozenset(c.id for c in claims if c)] = decision.action == "reject"
    store.silence((min(pair), max(pair)) for pair, out in rejected.items() if out and len(pair) == 2)


def lost(store: Store) -> list[Decision]:
    """Give the decisions in force on claims that are nowhere to be found any more."""
    return [d for d in active(store.decisions()) if any(_find(store, anchor) is None for anchor in d.anchors)]


@dataclass(frozen=True)
class Standing:
    """What people decided on one record, by the decisions in force, oldest first."""

    decisions: tuple[Decision, ...]

    @property
    def verdict(self) -> str | None:
        """The last of accept, reject, edit, merge and split, or None."""
        return next((d.action for d in reversed(self.decisions) if d.action in _CHANGES), None)

    @property
    def words(self) -> str:
        """The last decision in words: "accepted by ann", "reliability B by ann"."""
        last = self.decisions[-1]
        grades = ("credibility", last.credibility), ("reliability", last.reliability)
        grade = next((f"{name} {value}" for name, value in grades if value is not None), None)
        return f"{grade or PAST[last.action]} by {last.by}"


PAST: Mapping[Action, str] = {
    "accept": "accepted", "reject": "rejected", "edit": "edited", "merge": "merged", "split": "split",
    "comment": "commented on", "resolve": "resolved", "rate": "rated", "place": "placed", "undo": "undone",
}  # fmt: skip


def standing(store: Store) -> dict[str, Standing]:
    """Give what is decided on each record, by the id it has now."""
    found: dict[str, list[Decision]] = {}
    for decision in active(store.decisions()):
        for target in _targets(store, decision):
            found.setdefault(target, []).append(decision)
    return {target: Standing(tuple(decisions)) for target, decisions in found.items()}


def _targets(store: Store, decision: Decision) -> Iterator[str]:
    """The ids that what was decided on has now."""
    found = [claim.id for anchor in decision.anchors if (claim := _find(store, anchor))]
    if decision.subject == "claim":
        yield from found
    elif decision.subject == "contradiction":
        yield (store.pair_between(*found) if len(found) == 2 else None) or decision.target
    else:
        yield decision.target


def judgements(store: Store) -> Iterator[Judgement]:
    """Give each claim and pair that a person decided on, with what was extracted and what became of it."""
    for target, found in standing(store).items():
        last = next((d for d in reversed(found.decisions) if d.action in _CHANGES), None)
        extracted = _extracted(store, target)
        pair = store.contradiction(target)
        if last is None or (extracted is None and pair is None):
            continue
        judged = Judgement(
            subject="claim" if extracted else "contradiction", target=target, verdict=last.action, by=last.by,
            at=last.at, note=last.note, extracted=extracted, reviewed=store.claim(target),
        )  # fmt: skip
        if pair is not None:
            label = "neutral" if last.action == "reject" else "contradiction"
            texts = {"premise": pair.a.proposition, "hypothesis": pair.b.proposition, "label": label}
            judged = judged.model_copy(update=texts)
        yield judged


def _extracted(store: Store, claim_id: str) -> Claim | None:
    """A claim as the machine read it."""
    return store.set_aside(claim_id) or store.claim(claim_id)
