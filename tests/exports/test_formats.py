"""Records become files that other programs read, and that harm none of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import ClaimtrackError, UsageError
from claimtrack.exports import formats as exports
from claimtrack.exports.escaping import harmless_cell, harmless_json, visible
from claimtrack.exports.formats import Export, export
from claimtrack.exports.json_lists import json_schema
from claimtrack.schema import Claim, Document
from tests.conftest import make_document
from tests.samples import FORECAST, HOSTILE, alone, articles, sample, written

Snapshot = Callable[[str, str], None]
FORMATS = ("annotations", "brat", "csv", "json", "jsonl", "jsonld", "obsidian", "parquet", "stix")


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "stix", "jsonld", "annotations"])
def test_exports_are_what_they_were(snapshot: Snapshot, format: str) -> None:
    """Each format's text is as in its snapshot."""
    snapshot(f"export.{format}", written(format).decode())


@pytest.mark.parametrize("format", FORMATS)
def test_exports_of_the_same_records_are_the_same_bytes(format: str) -> None:
    """Nothing depends on when or where an export is made."""
    assert written(format) == written(format)


@pytest.mark.parametrize("format", FORMATS)
def test_exports_of_nothing_are_whole(format: str) -> None:
    """An empty store gives a file that can be read, not an error."""
    assert written(format, Export((), (), (), (), ())) == written(format, Export((), (), (), (), ()))


@settings(deadline=None, max_examples=60)
@given(articles())
def test_exports_take_any_text(article: tuple[Document, Claim]) -> None:
    """No text, name, address or date keeps a format from being written, and none steers a terminal in text formats."""
    for format in FORMATS:
        file = written(format, alone(*article))
        if not exports.format_named(format).is_binary:
            assert visible(file.decode()) == file.decode()


def test_exports_name_the_record_that_cannot_be_read() -> None:
    """A record of another version is an error that says what to do; claims need their documents where words do."""
    with pytest.raises(ClaimtrackError, match=r"A claim cannot be exported.*extract its document again"):
        written("stix", Export(claims=['{"record": "claim"}']))
    with pytest.raises(UsageError, match=rf"claims of '{HOSTILE.id}' come without their document"):
        written("annotations", Export(claims=[FORECAST.model_dump_json()]))


def test_exports_json_holds_every_record() -> None:
    """The JSON is one object with the records in lists, as they were."""
    found = json.loads(written("json"))
    parts = ["documents", "claims", "contradictions", "decisions", "originals"]
    assert list(found) == ["schema_version", *parts]
    assert all(found[part] == [json.loads(r) for r in getattr(sample(), part)] for part in parts)
    assert [row["record"] for row in found["decisions"]] == ["decision"] * 5
    assert json.loads(written("json", Export()))["claims"] == []


def test_exports_csv_is_one_table() -> None:
    """A row a record, told apart by the first column; numbers stay numbers, text that is a formula does not."""
    rows = list(csv.DictReader(io.StringIO(written("csv").decode())))
    kinds = {"document": 3, "claim": 3, "contradiction": 2, "decision": 5}
    assert [row["record"] for row in rows] == [kind for kind, n in kinds.items() for _ in range(n)]
    assert rows[0]["title"] == "'+1 for the canal"
    assert rows[0]["path"] == "'-1.txt"
    assert rows[0]["byline"] == "Mara Quist; Ada Brandt"
    assert rows[3]["source"] == "'=cmd()"
    assert rows[3]["commitment"] == "-1.5"
    assert rows[3]["likelihood_point"] == "0.2"
    assert rows[3]["positions"] == "Iran against canal"
    assert rows[4]["proposition"] == "'@SUM(A1:A9)"
    assert rows[6]["a_text"].startswith("'=cmd()")
    assert rows[12]["evidence"] == "'=https://example.org/shut"


def test_exports_csv_has_the_columns_of_what_was_asked_for() -> None:
    """A table of claims alone has no empty columns of documents and pairs."""
    header = written("csv", Export(claims=())).decode().split(",")
    assert header[:3] == ["record", "id", "document"]
    assert not {"title", "score", "outcome"} & set(header)


def test_exports_name_the_formats_there_are() -> None:
    """An unknown format is an error that lists the known ones."""
    assert exports.formats() == FORMATS
    with pytest.raises(UsageError, match=r"no export format 'xml'\. Choose one of: annotations, brat, csv, json"):
        export(Export(), "xml")


@given(st.text())
def test_exports_cells_are_never_formulas(text: str) -> None:
    """No cell begins as a formula does, and at most an apostrophe is added to what a terminal would show."""
    cell = harmless_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell in (visible(text), "'" + visible(text))


def test_exports_cells_steer_no_terminal() -> None:
    """Escapes, NUL and overrides of direction come out as visible signs; tabs and line breaks stay."""
    assert harmless_cell("a\x1b[31m\0\x9b\u202e\tb\nc\r") == "a␛[31m␀<9B><202E>\tb\nc␍"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_exports_json_steers_no_terminal(text: str) -> None:
    """JSON holds no control character and no override of direction, and means the same."""
    record = make_document("x", title=text + "\x1b[2J\x9b31m\u202e").model_dump_json()
    shown = harmless_json(record)
    assert json.loads(shown) == json.loads(record)
    assert not set(shown) & {"\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\u2028"}


def test_exports_schema_describes_every_record() -> None:
    """Each record satisfies its definition's required keys, and no other keys are allowed."""
    schema = json.loads(json_schema())
    names = [reference["$ref"].rsplit("/", 1)[1] for reference in schema["oneOf"]]
    assert names == [
        "Document", "Claim", "Contradiction", "NearMiss", "Bearing", "Contrast", "Corroboration", "Decision",
        "Original", "Forecast", "Score", "CalibrationBin", "TimelineEntry", "Reversal", "Confirmation", "Topic",
        "SourceProfile", "Opinion",
    ]
    claim = json.loads(next(iter(sample().claims)))
    definition = schema["$defs"]["Claim"]
    assert set(definition["required"]) <= set(claim) <= set(definition["properties"])
    assert definition["additionalProperties"] is False
