"""How a decision finds its claim again after a document is read anew: by id, else by its quotation in the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from claimtrack.errors import StoreError
from claimtrack.schema import Anchor, Claim, Document, Subject

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["anchors", "find", "homes", "locate"]

AROUND = 40  # characters of text that an anchor keeps on either side of its quotation
SAME_WORDS = 0.85  # similarity, 2 * matching / total characters, from which a changed sentence is still the same claim


def anchors(store: Store, subject: Subject, target: str) -> Iterator[Anchor]:
    """Give what a decision on a record is found again by: an anchor for a claim, two for a pair, none for others.

    Raises:
        StoreError: there is no such record.
    """
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


def homes(store: Store, anchor: Anchor) -> list[str]:
    """The stored documents in which the claim of an anchor may stand."""
    return [anchor.document] if anchor.document in store else store.documents_at(anchor.path)


def find(store: Store, anchor: Anchor) -> Claim | None:
    """Find the claim of an anchor in the store, as it was extracted; None where it is nowhere any more."""
    for document_id in homes(store, anchor):
        document = store.document(document_id)
        if document and (found := locate(anchor, document, store.machine_claims(document_id))):
            return found
    return store.claim(anchor.claim)  # a part of a split claim, which nobody extracted
