"""Joining two stores: what another analyst exported as JSON or JSON Lines comes into this store.

Nothing is lost and nothing is overwritten unasked. Documents are the same where their bytes are; claims where their id
is; decisions of both stand in one log, and the later one on a claim counts. Whatever differs is told as a `Conflict`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from claimtrack.errors import UnreadableDocument
from claimtrack.schema import Claim, Conflict, Decision, Document, Original, Record
from claimtrack.tracking import reviews
from claimtrack.tracking.fold import fold
from claimtrack.tracking.standing import PAST

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["Bundle", "Joined", "join", "read"]

_KINDS: Mapping[str, type[Record]] = {
    "document": Document, "claim": Claim, "original": Original, "decision": Decision,
}  # fmt: skip


@dataclass
class Bundle:
    """What an export holds: documents, their claims as they were extracted, and decisions."""

    documents: list[Document] = field(default_factory=list)
    claims: dict[str, dict[str, Claim]] = field(default_factory=lambda: defaultdict(dict))  # by document and id
    decisions: list[Decision] = field(default_factory=list)


@dataclass(frozen=True)
class Joined:
    """What came of it: how many documents, claims and decisions were new, and what was in conflict."""

    documents: int
    claims: int
    decisions: int
    conflicts: tuple[Conflict, ...]


def read(path: Path) -> Bundle:
    """Read an export of claimtrack, JSON or JSON Lines; contradictions in it are left out: they follow from the claims.

    Raises:
        UnreadableDocument: the file is missing, or not such an export.
    """
    bundle, made = Bundle(), set()
    for record in _records(path):
        match record:
            case Document():
                bundle.documents.append(record)
            case Claim():
                bundle.claims[record.document].setdefault(record.id, record)
            case Decision():
                bundle.decisions.append(record)
            case Original(claim=None):
                made.add((record.document, record.id))
            case Original(claim=Claim() as claim):
                bundle.claims[record.document][record.id] = claim
    for document_id, claim_id in made:
        bundle.claims[document_id].pop(claim_id, None)
    return bundle


def _records(path: Path) -> Iterator[Record]:
    """The records of a file, originals last, so that they replace what people made of them."""
    try:
        rows = _rows(path.read_text(encoding="utf8"))
        wanted = [row for row in rows if row.get("record") in _KINDS]
        records = [_KINDS[str(row["record"])].model_validate(row) for row in wanted]
    except OSError as error:
        raise UnreadableDocument(f"{str(path)!r} cannot be read: {error.strerror or error}.") from error
    except (ValueError, AttributeError, TypeError, RecursionError, ValidationError) as error:
        words = f"{str(path)!r} is no export of claimtrack: write one with `claimtrack export --format json`."
        raise UnreadableDocument(f"{words} ({str(error).splitlines()[0]})") from error
    if not records:
        raise UnreadableDocument(f"{str(path)!r} holds no record of claimtrack.")
    yield from sorted(records, key=lambda record: isinstance(record, Original))


def _rows(text: str) -> list[dict[str, object]]:
    """The JSON objects of an envelope of lists, or of lines."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    lists = [whole] if whole.get("record") else [rows for rows in whole.values() if isinstance(rows, list)]
    return [row for rows in lists for row in (rows if isinstance(rows, list) else [rows])]


def join(store: Store, bundle: Bundle, origin: str, *, theirs: bool = False) -> Joined:
    """Bring a bundle into a store.

    Args:
        store: the store.
        bundle: what was read.
        origin: what to call where it came from, in the path of a document whose own path is taken here.
        theirs: keep their claim, not ours, where both have one id and differ.
    """
    conflicts = list(_contrary(list(store.decisions()), bundle.decisions))
    decisions = sum(store.record(decision) for decision in bundle.decisions)
    new = [document for document in bundle.documents if document.id not in store]
    claims = 0
    for document in bundle.documents:
        came, differing = _take(store, document, list(bundle.claims[document.id].values()), origin, theirs)
        claims, conflicts = claims + came, conflicts + differing
    reviews.apply(store, bundle.decisions)
    return Joined(len(new), claims, decisions, tuple(conflicts))


def _take(
    store: Store, document: Document, found: Sequence[Claim], origin: str, theirs: bool
) -> tuple[int, list[Conflict]]:
    """Bring one document and its claims in; gives how many claims are new, and what differs."""
    placed = store.document(document.id) or _placed(store, document, origin)
    if document.id not in store:
        store.add(placed, [])
    ours = store.machine_claims(document.id)
    found = [claim.model_copy(update={"document_path": placed.path}) for claim in found]
    merged, differing = _union(ours, found, theirs)
    folded = fold(placed, merged, reviews.concerning(placed, reviews.active(store.decisions())))
    store.rewrite(document.id, folded.claims, folded.machine)
    return len(merged) - len(ours), [*_moved(document, placed, new=not ours), *differing]


def _placed(store: Store, document: Document, origin: str) -> Document:
    """The document at a path of its own: another text may stand at its path here."""
    if document.path == "-" or not store.documents_at(document.path):
        return document
    return document.model_copy(update={"path": f"{origin}:{document.path}"})


def _moved(document: Document, placed: Document, *, new: bool) -> Iterator[Conflict]:
    if new and placed.path != document.path:
        yield Conflict(subject="document", id=document.id, ours=f"another text at {document.path}",
                       theirs=f"kept as {placed.path}", kept="both")


def _union(
    ours: Sequence[Claim], found: Sequence[Claim], theirs: bool
) -> tuple[list[Claim], list[Conflict]]:
    """All claims of both, and the conflicts: one id, two readings."""
    kept = "theirs" if theirs else "ours"
    merged = {claim.id: claim for claim in ours}
    conflicts = [_differing(merged[c.id], c, kept) for c in found if c.id in merged and merged[c.id] != c]
    for claim in found:
        if theirs or claim.id not in merged:
            merged[claim.id] = claim
    return list(merged.values()), conflicts


def _differing(mine: Claim, other: Claim, kept: str) -> Conflict:
    """Name the fields that differ, with both values."""
    a, b = mine.model_dump(), other.model_dump()
    fields = [name for name in a if a[name] != b[name]]
    ours, theirs = ("; ".join(f"{name}: {side[name]}" for name in fields) for side in (a, b))
    return Conflict.model_validate({"subject": "claim", "id": mine.id, "ours": ours, "theirs": theirs, "kept": kept})


def _contrary(ours: Iterable[Decision], theirs: Iterable[Decision]) -> Iterator[Conflict]:
    """Tell of records that both decided on differently; the later decision counts."""
    mine = {(d.target, _question(d)): d for d in reviews.active(ours)}
    for other in reviews.active(theirs):
        own = mine.get((other.target, _question(other)))
        if own is not None and own.id != other.id and _answer(own) != _answer(other):
            later = "theirs" if (other.at, other.id) > (own.at, own.id) else "ours"
            yield Conflict.model_validate({
                "subject": "decision", "id": other.target, "ours": _told(own), "theirs": _told(other), "kept": later})


def _question(decision: Decision) -> str:
    """What a decision answers: accept, reject and the like answer whether the claim is right."""
    return decision.action if decision.action in {"resolve", "rate", "comment", "place"} else "verdict"


def _answer(decision: Decision) -> object:
    ignored = {"id", "at", "by", "note", "anchors"}
    return None if decision.action == "comment" else decision.model_dump(exclude=ignored)


def _told(decision: Decision) -> str:
    given = [decision.outcome, decision.reliability, decision.credibility]
    changes = [f"{change.field} = {change.value}" for change in decision.changes]
    details = "; ".join([*(str(value) for value in given if value is not None), *changes])
    words = f"{PAST[decision.action]} by {decision.by} on {decision.at[:10]}"
    return f"{words} ({details})" if details else words
