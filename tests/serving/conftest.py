"""A store to serve: two who clash over a dam, one of whom foresees its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.schema import Likelihood, Position, Source, Time
from claimtrack.store import Store
from claimtrack.tracking.pairing import update_pairs
from tests.conftest import make_claim, make_document


def held(name: str, value: str) -> dict[str, object]:
    """The fields of a claim by which a country is for or against the Quoll Dam."""
    position = Position(
        holder=name, holder_id=f"country:{name.lower()}", target="Quoll Dam", target_id="place:quoll-dam", value=value
    )
    source = Source(id=f"country:{name.lower()}", name=name, kind="state")
    return {"positions": (position,), "source": source, "kind": "opinion", "topics": ("quoll-dam",)}


@pytest.fixture
def served(tmp_path: Path) -> Path:
    """The store's path; its pairs are judged, one text is hostile to terminals, browsers and assistants."""
    path = tmp_path / "claimtrack.db"
    likely = Likelihood(low=0.6, high=0.9, point=0.75, phrase="likely")
    soon = Time(text="by May", end="2025-05-31", relation="future")
    texts = [
        ("Peru backs the Quoll Dam.", held("Peru", "favor")),
        ("Chile fights the Quoll Dam.", held("Chile", "against")),
        ("The dam is likely to break <script>alert(1)</script>\x1b[2J", {
            "kind": "prediction", "likelihood": likely, "topics": ("quoll-dam",), "time": soon}),
    ]  # fmt: skip
    with Store(path) as store:
        for n, (text, over) in enumerate(texts, 1):
            document = make_document(text, path=f"{n}.txt", title=f"Dam <b>{n}</b>", published=f"2025-01-0{n}")
            store.add(document, [make_claim(document, id=f"clm_{n}000000000000000", **over)])
        update_pairs(store)
    return path
