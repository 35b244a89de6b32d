"""Claims as flat tables for other programs: their columns, order and formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.schema import Attribution
from claimtrack.store import Store
from tests.conftest import Ended, make_claim, make_document

Run = Callable[..., Ended]


@pytest.fixture
def filled(tmp_path: Path) -> None:
    """A store of two claims, one conditional and with a cue, one that a spreadsheet would run."""
    text = "If it rains, the | dam breaks, Mara said.\n=cmd() is a name."
    document = make_document(text, path="a.txt", title="A dam", publisher="The Mail", published="2024-05")
    said = Attribution(id="att_0000000000000001", type="indirect", cue="said")
    with Store(tmp_path / "claimtrack.db") as store:
        store.add(document, [
            make_claim(document, "the | dam breaks", id="clm_1000000000000000", condition=(0, 11), attribution=said,
                       confidence=0.5),
            make_claim(document, "=cmd() is a name", id="clm_2000000000000000", confidence=0.9),
        ])  # fmt: skip


@pytest.mark.usefixtures("filled")
def test_listing_gives_flat_rows(run: Run) -> None:
    """A row has what the claim, its source and its document say, in words, and what was decided."""
    run("accept", "1000", "--by", "ann")
    rows = list(csv.DictReader(io.StringIO(run("list", "--format", "csv").out)))
    first = {key: rows[0][key] for key in ("id", "source_id", "title", "publisher", "cue", "condition", "review")}
    assert first == {
        "id": "clm_1000000000000000", "source_id": "person:mara-quist", "title": "A dam", "publisher": "The Mail",
        "cue": "said", "condition": "If it rains", "review": "accepted by ann",
    }  # fmt: skip
    assert rows[1]["text"] == "'=cmd() is a name"
    lines = run("list", "--format", "jsonl", "--fields", "id,condition").out.splitlines()
    assert json.loads(lines[1]) == {"id": "clm_2000000000000000", "condition": None}


@pytest.mark.usefixtures("filled")
def test_listing_sorts_before_it_cuts(run: Run) -> None:
    """The order goes through all claims, whichever way they are printed; claims without the value come last."""
    for shape in ("csv", "tsv", "md", "jsonl", "json", "table"):
        out = run("list", "--format", shape, "--sort", "-confidence", "--limit", "1").out
        assert "clm_2000000000000000" in out
        assert "clm_1000000000000000" not in out
    ids = run("list", "-f", "tsv", "--fields", "id,condition", "--sort", "condition").out.splitlines()
    assert ids == ["id\tcondition", "clm_1000000000000000\tIf it rains", "clm_2000000000000000\t"]


@pytest.mark.usefixtures("filled")
def test_listing_marks_utf8_and_escapes_for_markdown(run: Run) -> None:
    """Excel is told what it reads when asked; a bar in a text makes no new cell."""
    assert run("list", "--format", "csv", "--bom").out.startswith("\ufeffid,published,")
    table = run("list", "--format", "md", "--fields", "text,source").out.splitlines()
    assert table == [
        "| text | source |", "| --- | --- |", "| the \\| dam breaks | Mara Quist |", "| =cmd() is a name | Mara Quist |"
    ]  # fmt: skip


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("fault", "arguments"),
    [
        ("There is no column 'mood'. Choose from: id,", ["--format", "csv", "--fields", "id,mood"]),
        ("There is no column 'mood'", ["--sort", "-mood"]),
        ("--fields goes with --format csv", ["--fields", "id"]),
        ("xml", ["--format", "xml"]),
    ],
)
def test_listing_refuses_what_it_does_not_have(run: Run, fault: str, arguments: list[str]) -> None:
    """An unknown column or format, and columns of a table to read, are refused."""
    ended = run("list", *arguments)
    assert (ended.code, ended.out, fault in ended.err) == (2, "", True)
