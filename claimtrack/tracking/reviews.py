"""What people decided on claims, pairs, sources and topics: the log, and a store kept up to date with it.

The log only grows. What the store shows is a fold of it (`fold`). A decision finds its claim again after a document is
read anew: by id, else by its quotation in the document of the same path (`anchors.locate`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from claimtrack import clock
from claimtrack.errors import StoreError, UsageError
from claimtrack.schema import Action, Decision, Document, Subject
from claimtrack.tracking.anchors import anchors, find, homes
from claimtrack.tracking.edits import check_words, first_fault, source_changes
from claimtrack.tracking.fold import CHANGING, fold, try_out
from claimtrack.tracking.taxonomy import taxonomy

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["active", "apply", "concerning", "decide", "decide_all", "lost", "settle", "silence"]

ACTIONS: Mapping[Subject, frozenset[Action]] = {
    "claim": frozenset({"accept", "reject", "edit", "merge", "split", "comment", "resolve", "rate"}),
    "contradiction": frozenset({"accept", "reject", "comment"}),
    "source": frozenset({"merge", "rate", "comment"}),
    "topic": frozenset({"merge", "place", "comment"}),
    "decision": frozenset({"undo", "comment"}),
}
_SUBJECTS: Mapping[str, Subject] = {"clm_": "claim", "ctr_": "contradiction", "dec_": "decision"}


def active(decisions: Iterable[Decision]) -> list[Decision]:
    """Give the decisions in force, in order: without the undone ones and without what undid them.

    An undo can itself be undone, which brings back what it took away.
    """
    return [decision for decision in _in_force(decisions) if decision.action != "undo"]


def _in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """As `active`, with what undoes others."""
    log = list(decisions)
    undone: set[str] = set()
    for decision in reversed(log):
        if decision.action == "undo" and decision.id not in undone:
            undone.add(decision.target)
    return [decision for decision in log if decision.id not in undone]


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
        StoreError: there is no such record, or the same person decided just so before.
        UsageError: the action does not fit the record, or a field does not fit the action.
    """
    return decide_all(store, action, [target], by=by, subject=subject, **fields)[0]


def decide_all(
    store: Store,
    action: Action,
    targets: Iterable[str],
    *,
    by: str,
    subject: Subject | None = None,
    **fields: Any,  # noqa: ANN401  as of `decide`
) -> list[Decision]:
    """Decide the same on several records, as `decide` does on one: all of it is logged, or nothing is."""
    made = [_made(store, action, target, by, fields | {"subject": subject}) for target in targets]
    for decision in made:
        _check(store, decision)
    for decision in made:
        store.record(decision)
    apply(store, made)
    return made


def _made(store: Store, action: Action, target: str, by: str, given: Mapping[str, Any]) -> Decision:
    """A decision as it would be logged."""
    fields = dict(given)
    subject = fields.pop("subject") or _SUBJECTS.get(target[:4])
    if subject is None or action not in ACTIONS[subject]:
        hint = " `claimtrack reviews` shows the ids of decisions." if action == "undo" else ""
        raise UsageError(f"{target!r} is no record that one can {action}.{hint}")
    if subject == "source" and action == "merge":
        fields["changes"] = tuple(source_changes(store, target)[1:])
    others = [id for id in fields.get("others", ()) if subject == "claim"]
    found = [anchor for id in (target, *others) for anchor in anchors(store, subject, id)]
    at = max(clock.now(), store.latest_decision())
    digest = hashlib.sha256(repr((at, by, action, target, sorted(fields.items()))).encode()).hexdigest()[:16]
    try:
        return Decision(
            id=f"dec_{digest}", at=at, by=by, action=action, subject=subject, target=target, anchors=tuple(found),
            **fields,
        )  # fmt: skip
    except ValidationError as error:
        raise UsageError(f"A decision to {action} cannot hold that: {first_fault(error)}") from error


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
    if decision.action not in CHANGING:
        return set()
    if decision.subject == "source":
        return set(store.documents_by([decision.target, *decision.others]))
    return {id for anchor in decision.anchors for id in homes(store, anchor)}


def _check(store: Store, decision: Decision) -> None:
    """Refuse a decision that could not be applied, or says nothing new: to undo what is not there, to reject twice."""
    if decision.subject == "decision" and not any(d.id == decision.target for d in store.decisions()):
        raise StoreError(f"There is no decision {decision.target!r}. `claimtrack reviews` shows their ids.")
    if (before := _same_before(store, decision)) is not None:
        told = f"{before.by} decided to {decision.action} {decision.target!r} before ({before.id})"
        raise StoreError(f"{told}. Nothing was logged; `claimtrack reviews` shows the log.")
    if decision.subject == "claim" and len({anchor.document for anchor in decision.anchors}) > 1:
        raise UsageError("Only claims of one document are merged: equal claims of several documents corroborate.")
    if decision.subject == "claim" and decision.action in {"edit", "split"}:
        claim = store.claim(decision.target) or store.set_aside(decision.target)
        document = store.document(claim.document) if claim else None
        if claim is not None and document is not None:
            check_words(claim, decision.changes)
            try_out(document, claim, decision)


def _same_before(store: Store, decision: Decision) -> Decision | None:
    """The decision that one would only repeat: an undo in force, or the same person's last verdict on a record."""
    log = list(store.decisions())
    if decision.action == "undo":
        taken_back = {d.target for d in _in_force(log) if d.action == "undo"}
        same = (d for d in reversed(log) if d.action == "undo" and d.target == decision.target)
        return next(same, None) if decision.target in taken_back else None
    if decision.action not in {"accept", "reject"}:
        return None
    verdicts = (d for d in reversed(active(log)) if d.target == decision.target and d.action in CHANGING)
    last = next(verdicts, None)
    return last if last is not None and (last.action, last.by) == (decision.action, decision.by) else None


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
            claims = [find(store, anchor) for anchor in decision.anchors]
            rejected[frozenset(c.id for c in claims if c)] = decision.action == "reject"
    store.silence((min(pair), max(pair)) for pair, out in rejected.items() if out and len(pair) == 2)


def lost(store: Store) -> list[Decision]:
    """Give the decisions in force on claims that are nowhere to be found any more."""
    return [d for d in active(store.decisions()) if any(find(store, anchor) is None for anchor in d.anchors)]
