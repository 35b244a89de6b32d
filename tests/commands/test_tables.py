"""Every list in every format: flat rows with the columns it promises, in the order asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.schema import Frame, Likelihood, Position, Source, Time
from claimtrack.store import Store
from tests.conftest import Ended, make_claim, make_document

Run = Callable[..., Ended]

LISTS = {
    "list": ["list"],
    "sources": ["sources"],
    "topics": ["topics", "--all"],
    "predictions": ["predictions"],
    "due": ["due", "--on", "2026-01-01"],
    "timeline": ["timeline", "--topic", "quoll"],
    "contradict": ["contradict"],
    "corroborate": ["corroborate"],
    "new": ["new", "--since", "2000"],
    "reviews": ["reviews"],
    "alias list": ["alias", "list"],
    "stands": ["stands"],
    "shifts": ["shifts"],
}
FIRST = {
    "topics": "topic", "timeline": "when", "corroborate": "id", "new": "what", "alias list": "alias",
    "stands": "source", "shifts": "source",
}  # fmt: skip
"""The first column of each list, "id" where nothing is said."""


def holds(name: str, value: str) -> dict[str, object]:
    """The fields of a claim by which a country is for or against the Quoll Dam."""
    held = Position(
        holder=name, holder_id=f"country:{name.lower()}", target="Quoll Dam", target_id="place:quoll-dam", value=value
    )
    source = Source(id=f"country:{name.lower()}", name=name, kind="state")
    return {"positions": (held,), "source": source, "kind": "opinion", "topics": ("quoll-dam",)}


@pytest.fixture
def filled(tmp_path: Path, run: Run) -> None:
    """A store with two who clash and one who agrees, a forecast that is due, a decision and an alias."""
    likely = Likelihood(low=0.6, high=0.9, point=0.75, phrase="likely")
    unlikely = Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely")
    frame = Frame(predicate="be", event="war", parties=("country:chile", "country:peru"))
    war = {"kind": "prediction", "likelihood": likely, "frame": frame}
    texts = [
        ("Peru backs the Quoll Dam.", holds("Peru", "favor")),
        ("=Chile fights the Quoll Dam.", holds("Chile", "against")),
        ("Kenya backs the Quoll Dam.", holds("Kenya", "favor")),
        ("The dam is likely to open.", {
            "kind": "prediction", "likelihood": likely, "topics": ("quoll-dam",),
            "time": Time(text="by May", end="2025-05-31", relation="future")}),
        ("War is likely, Peru says.", war | {"source": holds("Peru", "favor")["source"]}),
        ("War is unlikely, Peru says.", war | {"source": holds("Peru", "favor")["source"], "likelihood": unlikely}),
        ("A war is likely, says Kenya.", war | {"source": holds("Kenya", "favor")["source"]}),
    ]  # fmt: skip
    with Store(tmp_path / "claimtrack.db") as store:
        for n, (text, over) in enumerate(texts):
            document = make_document(text, path=f"{n}.txt", title=f"Dam {n}", published=f"2025-01-0{n + 1}")
            store.add(document, [make_claim(document, id=f"clm_{n}000000000000000", **over)])
    run("alias", "add", "Quill Dam", "Quoll Dam")
    run("accept", "clm_0000000000000000", "--by", "ann")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", LISTS)
def test_tables_give_every_list_as_rows(run: Run, name: str) -> None:
    """The header names the columns, csv, tsv and jsonl hold the same rows, and Markdown as many lines."""
    found = {shape: run(*LISTS[name], "--format", shape) for shape in ("csv", "tsv", "jsonl", "md")}
    assert {ended.code for ended in found.values()} == {0}
    rows = list(csv.DictReader(io.StringIO(found["csv"].out)))
    assert rows
    assert next(iter(rows[0])) == FIRST.get(name, "id")
    assert list(csv.DictReader(io.StringIO(found["tsv"].out), delimiter="\t")) == rows
    lines = [json.loads(line) for line in found["jsonl"].out.splitlines()]
    assert [list(line) for line in lines] == [list(rows[0])] * len(rows)
    assert found["md"].out.count("\n") == len(rows) + 2


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", LISTS)
def test_tables_take_columns_order_and_limit(run: Run, name: str) -> None:
    """The least value of a column stands first, with a minus last; a limit cuts after that."""
    field = FIRST.get(name, "id")
    asked = [*LISTS[name], "--format", "tsv", "--fields", field]
    up, down = (run(*asked, "--sort", order).out.splitlines() for order in (field, f"-{field}"))
    assert up[0] == down[0] == field
    assert up[1:] == sorted(up[1:])
    assert sorted(down[1:], reverse=True) == down[1:]
    if name != "new":  # where the limit counts each kind
        assert run(*asked, "--sort", field, "--limit", "1").out.splitlines() == up[:2]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", LISTS)
def test_tables_refuse_unknown_columns(run: Run, name: str) -> None:
    """A column that a list does not have is a fault, and the ones it has are named."""
    ended = run(*LISTS[name], "--format", "csv", "--fields", "mood")
    assert (ended.code, ended.out) == (2, "")
    assert "There is no column 'mood'. Choose from: " in ended.err


@pytest.mark.usefixtures("filled")
def test_tables_say_what_a_pair_and_a_forecast_hold(run: Run) -> None:
    """Both sides of a pair stand in one row, a forecast's status beside its claim; no cell is a formula."""
    [pair] = csv.DictReader(io.StringIO(run("contradict", "--format", "csv", "--limit", "1").out))
    told = {pair["a_source"]: pair["a_title"], pair["b_source"]: pair["b_title"]}
    assert told.items() <= {"Peru": "Dam 0", "Kenya": "Dam 2", "Chile": "Dam 1"}.items()
    assert "'=Chile fights the Quoll Dam." in {pair["a_text"], pair["b_text"]}
    [forecast] = csv.DictReader(io.StringIO(run("due", "--on", "2026-01-01", "-f", "csv").out))
    assert (forecast["status"], forecast["horizon"], forecast["likelihood_low"]) == ("due", "2025-05-31", "0.6")
    [decision] = csv.DictReader(io.StringIO(run("reviews", "-f", "csv").out))
    assert (decision["action"], decision["by"], decision["in_force"]) == ("accept", "ann", "True")
    what = run("new", "--since", "2000", "-f", "tsv", "--fields", "what").out.split()
    assert {"contradiction", "claim"} <= set(what)
