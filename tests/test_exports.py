"""Records become JSON, JSON Lines and CSV that other programs read, and that harm none of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack import exports
from claimtrack.errors import UsageError
from claimtrack.exports import Export, export, harmless_cell, harmless_json, visible
from claimtrack.schema import Contradiction, Likelihood, Position, Source
from tests.conftest import make_claim, make_document

Snapshot = Callable[[str, str], None]
AGAINST = Position(holder="Iran", holder_id="country:iran", target="canal", target_id="place:canal", value="against")


def sample() -> Export:
    """One document, two claims with hostile text, one pair."""
    document = make_document(
        "=cmd()|'/c calc'!A1 said the canal [sic] is unlikely to open.", path="-1.txt", title="+1 for the canal",
        byline=("Mara Quist", "Ada Brandt"), published="2024-05-01",
    )  # fmt: skip
    a = make_claim(
        document, id="clm_000000000000000a", kind="prediction", commitment=-1.5, condition=(0, 4),
        source=Source(id="group:cmd", name="=cmd()", kind="group"), topics=("canal", "north-south"),
        likelihood=Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely"),
        positions=(AGAINST,),
    )  # fmt: skip
    b = make_claim(document, "the canal [sic] is", id="clm_000000000000000b", proposition="@SUM(A1:A9)")
    pair = Contradiction(
        id="ctr_000000000000000c", kind="denial", strength="tension", score=0.5, explanation="-1 against 1",
        same_source=False, same_document=True, a=a, b=b,
    )  # fmt: skip
    return Export(
        [document.model_dump_json()], [a.model_dump_json(), b.model_dump_json()], [pair.model_dump_json()]
    )


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_exports_are_what_they_were(snapshot: Snapshot, format: str) -> None:
    """Each format's text is as in its snapshot."""
    snapshot(f"export.{format}", "".join(export(sample(), format)))


def test_exports_json_holds_every_record() -> None:
    """The JSON is one object with the records in lists, as they were."""
    found = json.loads("".join(export(sample(), "json")))
    what = sample()
    assert list(found) == ["schema_version", "documents", "claims", "contradictions"]
    assert found["documents"] == [json.loads(r) for r in what.documents]
    assert found["claims"] == [json.loads(r) for r in what.claims]
    assert found["contradictions"] == [json.loads(r) for r in what.contradictions]
    assert json.loads("".join(export(Export(), "json")))["claims"] == []


def test_exports_csv_is_one_table() -> None:
    """A row a record, told apart by the first column; numbers stay numbers, text that is a formula does not."""
    rows = list(csv.DictReader(io.StringIO("".join(export(sample(), "csv")))))
    assert [row["record"] for row in rows] == ["document", "claim", "claim", "contradiction"]
    assert rows[0]["title"] == "'+1 for the canal"
    assert rows[0]["path"] == "'-1.txt"
    assert rows[0]["byline"] == "Mara Quist; Ada Brandt"
    assert rows[1]["source"] == "'=cmd()"
    assert rows[1]["commitment"] == "-1.5"
    assert rows[1]["likelihood_point"] == "0.2"
    assert rows[1]["positions"] == "Iran against canal"
    assert rows[2]["proposition"] == "'@SUM(A1:A9)"
    assert rows[3]["a_text"].startswith("'=cmd()")


def test_exports_name_the_formats_there_are() -> None:
    """An unknown format is an error that lists the known ones."""
    assert exports.formats() == ("csv", "json", "jsonl")
    with pytest.raises(UsageError, match=r"no export format 'xml'\. Choose one of: csv, json, jsonl"):
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
    schema = json.loads(exports.json_schema())
    names = [reference["$ref"].rsplit("/", 1)[1] for reference in schema["oneOf"]]
    assert names == [
        "Document", "Claim", "Contradiction", "NearMiss", "Contrast", "Forecast", "Score", "CalibrationBin",
    ]
    claim = json.loads(next(iter(sample().claims)))
    definition = schema["$defs"]["Claim"]
    assert set(definition["required"]) <= set(claim) <= set(definition["properties"])
    assert definition["additionalProperties"] is False
