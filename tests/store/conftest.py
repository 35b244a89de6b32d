"""Stores for the tests: empty, and filled with four claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.schema import Claim, Contradiction, Document, Source
from claimtrack.store import Store
from tests.conftest import make_claim, make_document


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where no file is yet."""
    return tmp_path / "claims.db"


@pytest.fixture
def store(path: Path) -> Store:
    """An empty store."""
    return Store(path)


def article(number: int, **over: object) -> Document:
    """A document of its own path and text."""
    return make_document(f"Mara Quist said the canal {number} is unlikely to open.", path=f"a/{number}.txt", **over)


def held_by(name: str) -> Source:
    """A person as a source."""
    return Source(id="person:" + name.lower().replace(" ", "-"), name=name, kind="person")


def filled(store: Store) -> dict[str, Claim]:
    """A store of four claims in two documents, by name."""
    old, new = article(1, published="2021-10-06"), article(2, published="2025-07")
    claims = {
        "war": make_claim(old, kind="prediction", topics=("iran", "azerbaijan", "war"), confidence=0.9),
        "bases": make_claim(old, stance="deny", topics=("israel",), source=held_by("Ada Brandt"), confidence=0.6),
        "opens": make_claim(new, topics=("zangezur-corridor",), source=held_by("Élise Brandt"), confidence=0.7),
        "talks": make_claim(new, "said the canal", topics=("iran-azerbaijan-talks",), confidence=0.5),
    }
    store.add(old, [claims["war"], claims["bases"]])
    store.add(new, [claims["opens"], claims["talks"]])
    return claims


def contradiction(a: Claim, b: Claim, **over: object) -> Contradiction:
    """A pair of two claims."""
    fields = {
        "id": f"ctr_{a.id[4:12]}{b.id[4:12]}", "kind": "denial", "strength": "contradiction", "score": 0.9,
        "explanation": "One says it, the other denies it.", "same_source": False, "same_document": True, "a": a, "b": b,
    }  # fmt: skip
    return Contradiction.model_validate(fields | over)


def write_pair(store: Store, a: Claim, b: Claim, **over: object) -> Contradiction:
    """Store a pair whose claims share a block."""
    pair = contradiction(a, b, **over)
    with store.transaction():
        for claim in (a, b):
            store.seat(claim.id, [(f"pair:{a.id}:{b.id}", claim.id)])
        store.settle(store.block(f"pair:{a.id}:{b.id}", 10), [pair])
    return pair
