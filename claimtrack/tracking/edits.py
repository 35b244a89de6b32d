"""Changes that a person makes to the fields of a claim, as they are written and as they are made.

To let another field be edited: one function under `@_edits("field")`, and its name in `EDITABLE`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from claimtrack.errors import UsageError
from claimtrack.reference.gazetteer import slug
from claimtrack.schema import Change, Claim
from claimtrack.store import words
from claimtrack.tracking import suggestions

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["EDITABLE", "changes", "check_words", "edited", "first_fault", "source_changes"]

EDITABLE = (
    "source", "source.kind", "proposition", "kind", "stance", "polarity", "factuality", "likelihood", "condition",
    "horizon", "time", "time.relation", "topics",
)  # fmt: skip
"""The fields that `edit` sets."""

Fields = dict[str, Any]
"""A claim as its fields."""

Edit = Callable[[Fields, str | None], None]
"""Sets what one change is about."""


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
    """Write a source as changes: the stored one of this id or of one of its names, else a new person of this name.

    Raises:
        UsageError: the name holds no word.
    """
    if not words(wanted):
        raise UsageError(f"{wanted!r} cannot name a source: it holds no word.")
    linked = suggestions.linked(wanted)
    ids = {wanted, linked.id} if linked else {wanted}
    read_as = (line.name for line in store.aliases if words(line.alias) == words(wanted))
    names = {name.casefold() for name in (wanted, *read_as)}
    known = next((s for s in store.sources() if s.id in ids or s.name.casefold() in names), None)
    id = known.id if known else "person:" + "-".join(words(wanted))
    name, kind = (known.name, known.kind) if known else (wanted, "person")
    return [Change(field=f"source.{key}", value=v) for key, v in (("id", id), ("name", name), ("kind", kind))]


def check_words(claim: Claim, wanted: Iterable[Change]) -> None:
    """Check that the words which changes quote stand in the claim's sentence.

    Raises:
        UsageError: they do not.
    """
    for change in wanted:
        if change.field == "condition" and change.value and change.value not in claim.context:
            fault = f"{change.value!r} are not words of the sentence of {claim.id!r}."
            raise UsageError(f"{fault} `claimtrack show {claim.id}` quotes it; condition=none takes it away.")


def edited(claim: Claim, wanted: Iterable[Change]) -> Claim:
    """Give a claim with changes made to it, one after the other.

    Raises:
        UsageError: a field cannot be edited, or cannot hold its value.
    """
    record: Fields = claim.model_dump()
    for change in wanted:
        if change.field not in _EDITS:
            raise UsageError(f"{change.field!r} cannot be edited. Choose one of: {', '.join(EDITABLE)}.")
        _EDITS[change.field](record, change.value)
    try:
        return Claim.model_validate(record)
    except ValidationError as error:
        raise UsageError(f"The claim cannot hold that: {first_fault(error)}") from error


def first_fault(error: ValidationError) -> str:
    """Say what of a record does not hold, in one sentence."""
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc']))} {fault['input']!r}: {fault['msg']}."


_EDITS: dict[str, Edit] = {}


def _edits(name: str) -> Callable[[Edit], None]:
    def register(function: Edit) -> None:
        _EDITS[name] = function

    return register


def _sets(*path: str) -> Edit:
    def set_field(record: Fields, value: str | None) -> None:
        for key in path[:-1]:
            record = record[key]
        record[path[-1]] = value

    return set_field


for _name in ("proposition", "kind", "stance", "source.id", "source.name", "source.kind", "time.relation"):
    _EDITS[_name] = _sets(*_name.split("."))


@_edits("polarity")
def _edit_polarity(record: Fields, value: str | None) -> None:
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


@_edits("factuality")
def _edit_factuality(record: Fields, value: str | None) -> None:
    from claimtrack.meaning.factuality import COMMITMENT

    record["factuality"] = value
    record["commitment"] = next((given for known, given in COMMITMENT.items() if known == value), record["commitment"])


@_edits("likelihood")
def _edit_likelihood(record: Fields, value: str | None) -> None:
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


@_edits("condition")
def _edit_condition(record: Fields, value: str | None) -> None:
    """Set the words of the sentence that the claim hangs on; words that a changed text lost leave it as it is."""
    at = record["context"].find(value) if value else -1
    if value is None:
        record["condition"] = None
    elif at >= 0:
        record["condition"] = (record["context_span"][0] + at, record["context_span"][0] + at + len(value))


def _set_time(record: Fields, value: str | None) -> None:
    """Set when the content holds, given as "2025", "2025-06-30" or "2025-01/2025-06", whatever its tense."""
    start, _, end = (value or "").partition("/")
    for day in filter(None, (start, end)):
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day):
            raise UsageError(f"The time {value!r} is no date. Write 2025, 2025-06, 2025-06-30 or 2025-01/2025-06.")
    record["time"] |= {"start": start or None, "end": end or start or None}


_EDITS["time"] = _set_time


@_edits("horizon")
def _edit_horizon(record: Fields, value: str | None) -> None:
    """Set when the event is to take place, as `time` is given."""
    _set_time(record, value)
    record["time"] |= {"relation": "future"}


@_edits("topics")
def _edit_topics(record: Fields, value: str | None) -> None:
    """Set the topics, given by their names with commas between."""
    names = [name for name in (value or "").split(",") if words(name)]
    record["topics"] = tuple(dict.fromkeys(slug(name) for name in names))
