"""Parquet is read by DuckDB with types and lists, and without pyarrow the error says what to install."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from claimtrack.errors import ClaimtrackError
from claimtrack.exports.formats import Export
from claimtrack.schema import Claim, Document
from tests.samples import DENIED, FORECAST, alone, articles, sample, written


@pytest.fixture
def ask(tmp_path: Path) -> Any:
    """The rows of a query on an export, in which `claims` is the file: `ask(query, export)`."""

    def ask(query: str, what: Export) -> list[tuple[Any, ...]]:
        file = tmp_path / "claims.parquet"
        file.write_bytes(written("parquet", what))
        return duckdb.connect().execute(query.replace("claims", f"'{file}'")).fetchall()

    return ask


def test_parquet_has_types_and_lists(ask: Any) -> None:
    """Numbers are numbers, flags flags, spans and names lists; a date is what is known of it."""
    claims = Export(claims=sample().claims)
    types = {row[0]: row[1] for row in ask("DESCRIBE SELECT * FROM claims", claims)}
    assert types["commitment"] == types["likelihood_low"] == types["confidence"] == "DOUBLE"
    assert types["spans"] == 'STRUCT("start" BIGINT, "end" BIGINT)[]'
    assert (types["topics"], types["conditional"], types["time_start"]) == ("VARCHAR[]", "BOOLEAN", "VARCHAR")
    found = ask("SELECT id, time_start, topics, positions[1].holder, quantities[1].high FROM claims LIMIT 1", claims)
    assert found == [(FORECAST.id, "2024-05", ["canal", "north-south"], "Iran", 3.0)]


def test_parquet_answers_an_analysts_question(ask: Any) -> None:
    """Who denies what, in which words, and where they stand: in one query."""
    query = "SELECT source, proposition, text, [s.start for s in spans], chain FROM claims WHERE stance = 'deny'"
    starts = [start for start, _ in DENIED.spans]
    assert ask(query, sample()) == [
        ("Küstenland", "the canal is for sale", DENIED.text, starts, ["a neighbour", "Küstenland"])
    ]


def test_parquet_tells_kinds_of_records_apart(ask: Any) -> None:
    """Asked for all kinds, there is a row a record; asked for one, only its columns."""
    assert ask("SELECT record, count(*) FROM claims GROUP BY 1 ORDER BY 1", sample()) == [
        ("claim", 3), ("contradiction", 2), ("decision", 5), ("document", 3)
    ]  # fmt: skip
    columns = [row[0] for row in ask("DESCRIBE SELECT * FROM claims", Export(documents=()))]
    assert columns == ["record", "id", "path", "title", "byline", "publisher", "original_publisher", "published",
                       "language", "url", "text"]  # fmt: skip


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_parquet_keeps_any_text(ask: Any, article: tuple[Document, Claim]) -> None:
    """What DuckDB reads is what was read, to the character, and so its offsets quote it."""
    document, claim = article
    rows = ask("SELECT record, text, spans, source FROM claims", alone(document, claim))
    spans = [{"start": start, "end": end} for start, end in claim.spans]
    assert {row[0]: row[1:] for row in rows if row[0] in {"document", "claim"}} == {
        "document": (document.text, None, None), "claim": (claim.text, spans, claim.source.name)
    }  # fmt: skip


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named in the error."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ClaimtrackError, match=r"Install it: pip install 'claimtrack\[exports\]'"):
        written("parquet")
