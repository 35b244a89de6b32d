"""The log of decisions, and what they changed in the claims and pairs of a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from claimtrack.store.claims import arrivals, insert, select
from claimtrack.store.database import Database

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Decision


def record(db: Database, decision: Decision) -> bool:
    """Add a decision to the log, which only grows.

    Returns:
        False where the very same decision is there already.
    """
    with db.transaction():
        row = (decision.id, decision.model_dump_json())
        return db.run("INSERT OR IGNORE INTO decisions(id, record) VALUES (?, ?)", row) > 0


def decisions(db: Database) -> Iterator[Decision]:
    """All decisions, undone ones included: the oldest first."""
    from claimtrack.schema import Decision

    return db.parse(Decision, decision_records(db))


def decision_records(db: Database) -> Iterator[str]:
    """As `decisions`, each as its JSON text, unread."""
    return db.texts("SELECT record FROM decisions ORDER BY at, rowid")


def rewrite(db: Database, document_id: str, claims: Iterable[Claim], machine: Mapping[str, Claim | None]) -> None:
    """Put the claims of a stored document in the state that decisions give them; what stays the same is untouched.

    Args:
        db: the open store.
        document_id: the document.
        claims: all its claims from now on.
        machine: as in `add`.
    """
    with db.transaction():
        wanted = {claim.id: claim for claim in claims}
        stored = dict(db.rows("SELECT id, record FROM claims WHERE document = ?", document_id))
        came = arrivals(db, "document = ?1", document_id)
        same = {id for id, record in stored.items() if id in wanted and wanted[id].model_dump_json() == record}
        db.run_many("DELETE FROM claims WHERE id = ?", [(id,) for id in stored.keys() - same])
        db.run("DELETE FROM reviewed WHERE document = ?", (document_id,))
        insert(db, document_id, [claim for claim in wanted.values() if claim.id not in same], machine, came)


def latest_decision(db: Database) -> str:
    """When the newest decision was made, "" where there is none: the next one is no older, whatever the clock says.

    Decisions are read in the order of their times; a clock set back would let an older one overrule a newer one.
    """
    return str(db.rows("SELECT coalesce(max(at), '') FROM decisions")[0][0])


def machine_claims(db: Database, document_id: str) -> list[Claim]:
    """The claims of a document as they were extracted, whatever a person decided since, in their order there."""
    found = select(
        db,
        "SELECT record FROM claims WHERE document = ?1 AND id NOT IN (SELECT id FROM reviewed WHERE document = ?1) "
        "UNION ALL SELECT machine FROM reviewed WHERE document = ?1 AND machine IS NOT NULL",
        document_id,
    )
    return sorted(found, key=lambda claim: (claim.spans, claim.id))


def set_aside(db: Database, claim_id: str) -> Claim | None:
    """The claim of this id as it was extracted, where a decision took it out of the claims, or None."""
    found = select(db, "SELECT machine FROM reviewed WHERE id = ? AND machine IS NOT NULL", claim_id)
    return next(iter(found), None)


def original_records(db: Database) -> Iterator[str]:
    """The claims that decisions changed, as `schema.Original` in JSON text."""
    return db.texts(
        "SELECT json_object('record', 'original', 'id', id, 'document', document, 'claim', json(machine)) "
        "FROM reviewed ORDER BY id"
    )


def silence(db: Database, pairs: Iterable[tuple[str, str]]) -> None:
    """Leave these pairs of claims, and no others, out of every list of pairs."""
    rows = [pair for a, b in pairs for pair in ((a, b), (b, a))]
    with db.transaction():
        db.run("DELETE FROM silenced")
        db.run_many("INSERT OR IGNORE INTO silenced VALUES (?, ?)", rows)
