"""What the decisions in force say of each record as it is now: accepted, rejected, rated, resolved, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.schema import Action, Claim, Decision, Judgement
from claimtrack.tracking.anchors import find
from claimtrack.tracking.fold import CHANGING
from claimtrack.tracking.reviews import active

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["PAST", "Standing", "judgements", "resolutions", "standing"]

PAST: Mapping[Action, str] = {
    "accept": "accepted", "reject": "rejected", "edit": "edited", "merge": "merged", "split": "split",
    "comment": "commented on", "resolve": "resolved", "rate": "rated", "place": "placed", "undo": "undone",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """What people decided on one record, by the decisions in force, oldest first."""

    decisions: tuple[Decision, ...]

    @property
    def verdict(self) -> str | None:
        """The last of accept, reject, edit, merge and split, or None."""
        return next((d.action for d in reversed(self.decisions) if d.action in CHANGING), None)

    @property
    def words(self) -> str:
        """The last decision in words: "accepted by ann", "reliability B by ann"."""
        last = self.decisions[-1]
        grades = ("credibility", last.credibility), ("reliability", last.reliability)
        grade = next((f"{name} {value}" for name, value in grades if value is not None), None)
        return f"{grade or PAST[last.action]} by {last.by}"


def standing(store: Store) -> dict[str, Standing]:
    """Give what is decided on each record, by the id it has now."""
    found: dict[str, list[Decision]] = {}
    for decision in active(store.decisions()):
        for target in _targets(store, decision):
            found.setdefault(target, []).append(decision)
    return {target: Standing(tuple(decisions)) for target, decisions in found.items()}


def _targets(store: Store, decision: Decision) -> Iterator[str]:
    """The ids that what was decided on has now."""
    found = [claim.id for anchor in decision.anchors if (claim := find(store, anchor))]
    if decision.subject == "claim":
        yield from found
    elif decision.subject == "contradiction":
        yield (store.pair_between(*found) if len(found) == 2 else None) or decision.target
    else:
        yield decision.target


def resolutions(store: Store) -> dict[str, Decision]:
    """Give the decision that says how a forecast turned out, by the id that its claim has now."""
    found = standing(store).items()
    return {id: d for id, of_one in found for d in of_one.decisions if d.action == "resolve"}


def judgements(store: Store) -> Iterator[Judgement]:
    """Give each claim and pair that a person decided on, with what was extracted and what became of it."""
    for target, found in standing(store).items():
        last = next((d for d in reversed(found.decisions) if d.action in CHANGING), None)
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
