"""Who stands where, who shifted, a topic on one page, and where words stand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer import Context
from typer.core import TyperCommand

from claimtrack.commands.completion import complete_ids
from claimtrack.schema import Position, Source
from claimtrack.store import Store
from claimtrack.tracking.stands import stands
from tests.conftest import Ended, make_claim, make_document

Run = Callable[..., Ended]


def told(name: str, target: str, value: str) -> dict[str, object]:
    """The fields of a claim that tells where a country stands."""
    held = Position(holder=name, holder_id=f"country:{name.lower()}", target=target,
                    target_id=f"place:{target.lower().replace(' ', '-')}", value=value)  # fmt: skip
    source = Source(id=f"country:{name.lower()}", name=name, kind="state")
    return {"positions": (held,), "source": source, "kind": "opinion", "topics": ("quoll-dam",)}


@pytest.fixture(autouse=True)
def filled(tmp_path: Path) -> None:
    """Peru changes its mind on the dam, Chile is against it, and for the mill."""
    texts = [
        ("2025-01", "Some words.\nPeru backs the Quoll Dam.", told("Peru", "Quoll Dam", "favor")),
        ("2025-02", "Chile fights the Quoll Dam.", told("Chile", "Quoll Dam", "against")),
        ("2025-03", "Peru now fights the Quoll Dam.", told("Peru", "Quoll Dam", "against")),
        ("2025-03", "Chile backs the Oss Mill.", told("Chile", "Oss Mill", "favor")),
    ]
    with Store(tmp_path / "claimtrack.db") as store:
        for n, (published, text, over) in enumerate(texts, 1):
            document = make_document(text, path=f"{n}.txt", published=published)
            words = text.rpartition("\n")[2]
            store.add(document, [make_claim(document, words, id=f"clm_{n}000000000000000", **over)])


def test_standing_sets_sources_against_projects(run: Run) -> None:
    """A row a source, a column a project; who took the other side later has changed."""
    shown = [line.split() for line in run("stands").out.splitlines()]
    assert ["source", "Quoll", "Dam", "Oss", "Mill"] in shown
    assert ["Chile", "against", "(1)", "for", "(1)"] in shown
    assert ["Peru", "changed", "(2)"] in shown
    rows = list(csv.DictReader(io.StringIO(run("stands", "-f", "csv", "--sort", "target").out)))
    assert (rows[0]["source"], rows[0]["target"], rows[0]["value"]) == ("Chile", "Oss Mill", "for")
    assert {row["value"] for row in rows if row["source"] == "Peru"} == {"changed"}


def test_standing_without_dates_is_mixed() -> None:
    """Both sides on one day, or on no day, are no change."""
    document = make_document("Peru backs it. Peru fights it.", published=None)
    both = [make_claim(document, words, **told("Peru", "Quoll Dam", value))
            for words, value in (("Peru backs it", "favor"), ("Peru fights it", "against"))]  # fmt: skip
    assert [stand.value for stand in stands(both)] == ["mixed"]


def test_standing_names_who_shifted(run: Run) -> None:
    """A change of side is told with both claims and their dates."""
    assert "Peru changed sides" in run("shifts").out
    [row] = csv.DictReader(io.StringIO(run("shifts", "--format", "csv").out))
    assert (row["source"], row["before_published"], row["after_published"]) == ("Peru", "2025-01", "2025-03")


def test_standing_shows_a_topic_on_one_page(run: Run) -> None:
    """Title, camps, contradictions and citations; a topic that nothing bears is refused."""
    page = run("topics", "show", "quoll").out
    for words in ("What is claimed on quoll dam", "Who is for, who against", "Contradictions", "clm_2000000000000000"):
        assert words in page
    assert run("topics", "show", "nonsense").code == 1


def test_standing_tells_file_and_place(run: Run) -> None:
    """Line and column count from 1, as editors do; of a pair, both claims are told."""
    assert run("open", "1000").out == "1.txt:2:1  clm_1000000000000000\n"
    [pair, *_] = json.loads(run("contradict", "--json").out)["contradictions"]
    assert run("open", pair["id"]).out.count(".txt:") == 2
    [place] = json.loads(run("open", "clm_1", "--json").out)["places"]
    assert (place["line"], place["column"], place["start"]) == (2, 1, 12)
    assert run("open", "clm_9").code == 1


def test_standing_completes_ids(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shell is offered ids that begin so; claims where nothing is typed yet."""
    run("sources")  # which goes to the folder of the store

    context = Context(TyperCommand("show"))
    assert complete_ids(context, "clm_2") == ["clm_2000000000000000"]
    assert len(complete_ids(context, "")) == 4
    monkeypatch.setenv("CLAIMTRACK_DB", "missing.db")
    assert complete_ids(context, "clm_2") == []
