"""The documents of a store: how they come, move and go with their claims, and how they are found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from claimtrack.store.claims import arrivals, insert
from claimtrack.store.database import Database

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Document


def contains(db: Database, document_id: object) -> bool:
    """Whether a document of this id, that is with these bytes, is stored."""
    return isinstance(document_id, str) and bool(db.rows("SELECT 1 FROM documents WHERE id = ?", document_id))


def add(
    db: Database,
    document: Document,
    claims: Iterable[Claim],
    *,
    machine: Mapping[str, Claim | None] | None = None,
    force: bool = False,
) -> bool:
    """Store a document with its claims; its former version at the same path goes, with its claims and pairs.

    Standard input (path "-") names no place, so that what was read from it before stays. A claim that was there
    before, with the same id or the same words by the same source, keeps the time at which it came.

    Args:
        db: the open store.
        document: the document.
        claims: its claims, as a person's decisions left them.
        machine: what `tracking.fold` says was extracted of those that decisions changed, by id.
        force: replace the document also where its id is known already.

    Returns:
        False where the document's id is known already: nothing is done then, unless `force` replaces it.
    """
    with db.transaction():
        if not force and contains(db, document.id):
            return False
        former = "document IN (SELECT id FROM documents WHERE id = ?1 OR (path = ?2 AND path <> '-'))"
        came = arrivals(db, former, document.id, document.path)
        db.run("DELETE FROM documents WHERE id = ? OR (path = ? AND path <> '-')", (document.id, document.path))
        db.run("INSERT INTO documents(id, record) VALUES (?, ?)", (document.id, document.model_dump_json()))
        insert(db, document.id, claims, machine or {}, came)
    return True


def move(db: Database, document_id: str, path: str) -> None:
    """Note that a stored document stands at another path now; where it is not stored, nothing happens.

    Without it, a new document at the former path would push this one out of the store.
    """
    if db.rows("SELECT 1 FROM documents WHERE id = ? AND path <> ?", document_id, path):
        with db.transaction():
            for table, key, field in (("documents", "id", "path"), ("claims", "document", "document_path")):
                db.run(
                    f"UPDATE {table} SET record = json_set(record, '$.{field}', ?) WHERE {key} = ?",
                    (path, document_id),
                )


def documents(db: Database) -> Iterator[Document]:
    """All documents, by path."""
    from claimtrack.schema import Document

    return db.parse(Document, document_records(db))


def documents_among(db: Database, ids: Iterable[str]) -> Iterator[Document]:
    """Those of some documents, by id, that are stored; by path."""
    from claimtrack.schema import Document

    sql = "SELECT record FROM documents WHERE id IN (SELECT value FROM json_each(?)) ORDER BY path, id"
    return db.parse(Document, db.texts(sql, json.dumps(sorted(ids))))


def document_records(db: Database) -> Iterator[str]:
    """All documents as JSON text, by path."""
    return db.texts("SELECT record FROM documents ORDER BY path, id")


def document(db: Database, document_id: str) -> Document | None:
    """The document of this id, or None."""
    from claimtrack.schema import Document

    rows = db.rows("SELECT record FROM documents WHERE id = ?", document_id)
    return next(db.parse(Document, (row[0] for row in rows)), None)


def documents_at(db: Database, path: str) -> list[str]:
    """The ids of the documents read from a path."""
    return [row[0] for row in db.rows("SELECT id FROM documents WHERE path = ? ORDER BY id", path)]


def documents_by(db: Database, source_ids: Iterable[str]) -> list[str]:
    """The ids of the documents in which one of these sources, before or after decisions, holds a claim."""
    rows = db.rows(
        "WITH wanted AS (SELECT value AS id FROM json_each(?)) "
        "SELECT document FROM claims WHERE source_id IN (SELECT id FROM wanted) "
        "UNION SELECT document FROM reviewed WHERE json_extract(machine, '$.source.id') IN (SELECT id FROM wanted)",
        json.dumps(sorted(source_ids)),
    )
    return [row[0] for row in rows]
