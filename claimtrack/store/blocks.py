"""Blocks, in which claims meet to be paired: claims on different sides of one may clash.

A block pairs its first members by claim id (`tracking` says how many), so that the pairs depend on what is stored and
not on the order it came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claimtrack.store.claims import select
from claimtrack.store.database import Database

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Contradiction, NearMiss


class Member(NamedTuple):
    """A claim in a block, the side on which it sits there, and whether it has yet to be paired there."""

    claim: str
    side: str
    fresh: bool


@dataclass(frozen=True)
class Block:
    """The members of a block that take part in pairing, by claim id."""

    key: str
    members: tuple[Member, ...]


def unseated(db: Database, limit: int) -> list[Claim]:
    """Up to `limit` claims whose blocks are not yet known."""
    return select(db, "SELECT record FROM claims WHERE seated = 0 ORDER BY id LIMIT ?", limit)


def seat(db: Database, claim_id: str, seats: Iterable[tuple[str, str]]) -> None:
    """Put a claim into blocks, given by key and side, which become stale; one side a block."""
    rows = [(key, claim_id, side) for key, side in seats]
    db.run_many("INSERT OR IGNORE INTO blocks(key, claim, side) VALUES (?, ?, ?)", rows)
    db.run("UPDATE claims SET seated = 1 WHERE id = ?", (claim_id,))


def seats_of(db: Database, claim_id: str) -> Mapping[str, str]:
    """The side on which a claim sits, by block key."""
    return dict(db.rows("SELECT key, side FROM blocks WHERE claim = ?", claim_id))


def is_paired(db: Database) -> bool:
    """Whether every claim stored has met its block mates."""
    pending = "SELECT EXISTS (SELECT 1 FROM claims WHERE seated = 0) OR EXISTS (SELECT 1 FROM stale_blocks)"
    return not db.rows(pending)[0][0]


def forget_lonely_blocks(db: Database) -> None:
    """Take blocks of one side or none off the stale ones: nobody meets there, and most blocks are such."""
    with db.transaction():
        db.run(
            "DELETE FROM stale_blocks WHERE NOT EXISTS "
            "(SELECT 1 FROM blocks WHERE blocks.key = stale_blocks.key GROUP BY key HAVING min(side) < max(side))"
        )


def stale_keys(db: Database) -> list[str]:
    """The keys of blocks that changed since they were last paired, sorted."""
    return [row[0] for row in db.rows("SELECT key FROM stale_blocks ORDER BY key")]


def crowded(db: Database, size: int) -> dict[str, str]:
    """The blocks with more members than `size`: their key and the id of the last member that takes part."""
    full = db.rows("SELECT key FROM blocks GROUP BY key HAVING count(*) > ?", size)
    last = "SELECT claim FROM blocks WHERE key = ? ORDER BY claim LIMIT 1 OFFSET ?"
    return {key: db.rows(last, key, size - 1)[0][0] for (key,) in full}


def block(db: Database, key: str, size: int) -> Block:
    """The first `size` members of a block."""
    rows = db.rows("SELECT claim, side, NOT paired FROM blocks WHERE key = ? ORDER BY claim LIMIT ?", key, size)
    return Block(key, tuple(map(Member._make, rows)))


def members(db: Database, key: str) -> list[Claim]:
    """All claims of a block or proposition, by publication."""
    return select(
        db, "SELECT record FROM blocks JOIN claims ON id = claim WHERE key = ? ORDER BY published, document, n", key
    )


def settle(db: Database, block: Block, found: Iterable[Contradiction | NearMiss]) -> None:
    """Write what a block's fresh pairs came to, and drop pairs whose claims no longer meet in any block."""
    db.run_many("INSERT OR REPLACE INTO pairs(a, b, strength, record) VALUES (?, ?, ?, ?)", map(pair_row, found))
    last = block.members[-1].claim if block.members else ""
    crowded_out = db.rows("SELECT claim FROM blocks WHERE key = ? AND paired AND claim > ?", block.key, last)
    db.run("UPDATE blocks SET paired = claim <= ? WHERE key = ?", (last, block.key))
    db.run_many(
        "DELETE FROM pairs WHERE (a = ?1 OR b = ?1) AND basis = 'rule' AND NOT EXISTS ("
        "SELECT 1 FROM blocks x JOIN blocks y ON x.key = y.key AND x.side <> y.side "
        "WHERE x.claim = pairs.a AND y.claim = pairs.b AND x.paired AND y.paired)",
        crowded_out,
    )
    db.run("DELETE FROM stale_blocks WHERE key = ?", (block.key,))


def pair_row(pair: Contradiction | NearMiss) -> tuple[str, str, str, str]:
    """The row of a pair: its two claims, how strong it is or "near", its record without the claims."""
    strength = "near" if pair.record == "near_miss" else pair.strength
    return pair.a.id, pair.b.id, strength, pair.model_dump_json(exclude={"a", "b"})
