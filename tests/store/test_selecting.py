"""The store answers SQL through flat views, and nothing that is asked can change it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.errors import UsageError
from claimtrack.schema import Entity, Likelihood, Position
from claimtrack.store import Store, select, views
from tests.conftest import Ended, make_claim, make_document
from tests.store.conftest import article

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf8")


@pytest.fixture
def filled(path: Path) -> Path:
    """A store of one claim with all that a view unfolds."""
    text = "If it rains, Chile backs the dam."
    document = make_document(text, path="a.txt", title="A dam", publisher="The Mail", published="2024-05")
    held = Position(holder="Chile", holder_id="country:chile", target="dam", target_id="dam", value="favor")
    likely = Likelihood(low=0.6, high=0.9, point=0.75, phrase="likely")
    entities = (Entity(id="country:chile", name="Chile", type="place"), Entity(id="dam", name="dam", type="work"))
    with Store(path) as store:
        store.add(document, [make_claim(
            document, "Chile backs the dam", condition=(0, 11), positions=(held,), likelihood=likely, entities=entities,
            topics=("chile", "dam"),
        )])  # fmt: skip
    return path


def test_selecting_reads_flat_values(filled: Path) -> None:
    """What lies deep in a record stands in one cell each; lists are joined, and unfolded in views of their own."""
    [claim] = select(filled, "SELECT * FROM flat_claims").rows
    told = {"condition": "If it rains", "positions": "Chile favor dam", "entities": "Chile; dam", "title": "A dam",
            "topics": "chile; dam", "likelihood": "likely", "likelihood_low": 0.6, "start": 13, "end": 32}  # fmt: skip
    assert {name: claim[name] for name in told} == told
    assert [row["topic"] for row in select(filled, "SELECT topic FROM flat_topics ORDER BY 1").rows] == ["chile", "dam"]
    names = select(filled, "SELECT name FROM flat_entities UNION SELECT holder FROM flat_positions").rows
    assert [row["name"] for row in names] == ["Chile", "dam"]


@pytest.mark.parametrize(
    "question",
    [
        "DELETE FROM claims", "UPDATE documents SET record = '{}'", "DROP VIEW flat_claims", "CREATE TABLE x (y)",
        "ATTACH 'other.db' AS other", "VACUUM INTO 'copy.db'", "PRAGMA user_version = 0", "SELECT load_extension('x')",
        "SELECT 1; DELETE FROM claims", "INSERT INTO aliases VALUES ('a', 'b')", "nonsense",
        "WITH x AS (SELECT 1) DELETE FROM claims", "SELECT writefile('x', 'y')",
    ],
)  # fmt: skip
def test_selecting_changes_nothing(filled: Path, question: str) -> None:
    """Whatever does more than read is refused, and the file stays byte for byte; no other file is made."""
    before, files = hashlib.sha256(filled.read_bytes()).digest(), {file.name for file in filled.parent.iterdir()}
    with pytest.raises(UsageError):
        select(filled, question)
    assert hashlib.sha256(filled.read_bytes()).digest() == before
    assert {file.name for file in filled.parent.iterdir()} <= files | {f"{filled.name}-wal", f"{filled.name}-shm"}


def test_selecting_names_columns_once_and_cuts(store: Store) -> None:
    """Two columns of one name stay apart, and it is said that there is more than was asked for."""
    for n in range(3):
        store.add(document := article(n), [make_claim(document)])
    answer = select(store.path, "SELECT id, id, x'ff00' AS bytes FROM flat_documents", 2)
    assert answer.columns == ("id", "id_2", "bytes")
    assert (len(answer.rows), answer.is_cut, answer.rows[0]["bytes"]) == (2, True, "ff00")


def test_selecting_views_stand_in_readme(filled: Path) -> None:
    """Readme names every view with its columns, in their order; of two sides, those of both in short."""
    for row in views(filled).rows:
        told = re.search(rf"\| `{row['view']}` \| (.+) \|", README)
        assert told, row["view"]
        sides = re.sub(r"a_id, .*", "a_…, b_…", str(row["columns"]))
        assert told[1] == sides


def test_selecting_answers_on_the_command_line(run: Callable[..., Ended], filled: Path) -> None:
    """A question is answered in every format; without one, the views are listed; a write ends with 2."""
    asked = ["--db", str(filled), "sql"]
    ended = run(*asked, "select source, count(*) as n from flat_claims", "--format", "csv")
    assert (ended.code, ended.out) == (0, "source,n\nMara Quist,1\n")
    assert "Mara Quist" in run(*asked, "select source from flat_claims").out
    assert "flat_contradictions" in run(*asked).out
    refused = run(*asked, "delete from claims")
    assert (refused.code, "sql only reads" in refused.err) == (2, True)
