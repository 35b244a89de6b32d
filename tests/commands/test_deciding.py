"""The commands by which a person decides, on one record or on many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.schema import Source
from claimtrack.store import Store
from tests.conftest import Ended, make_claim, make_document

Run = Callable[..., Ended]

ADA = Source(id="person:ada-brandt", name="Ada Brandt", kind="person")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A store of three claims by two people."""
    document = make_document("The canal opens. The dam breaks. Subscribe now.", published="2024", path="a.txt")
    path = tmp_path / "claimtrack.db"
    with Store(path) as store:
        store.add(document, [
            make_claim(document, "The canal opens", id="clm_0ee1000000000000", confidence=0.9),
            make_claim(document, "The dam breaks", id="clm_0ee2000000000000", confidence=0.4),
            make_claim(document, "Subscribe now", id="clm_0ee3000000000000", source=ADA, confidence=0.4),
        ])  # fmt: skip
    return path


def shown(path: Path) -> list[str]:
    """The words of the claims that are shown."""
    with Store(path) as store:
        return [claim.text for claim in store.claims()]


def test_deciding_on_all_that_pass_a_filter(run: Run, filled: Path) -> None:
    """A filter decides on many once one said so; each decision is logged and can be undone with the others."""
    asked = run("reject", "--max-confidence", "0.5", "--by", "ann")
    assert (asked.code, "2 claims would be rejected: add --yes" in asked.err) == (2, True)
    done = run("reject", "--max-confidence", "0.5", "--by", "ann", "--yes", "--note", "misread")
    assert (done.code, shown(filled)) == (0, ["The canal opens"])
    ids = [line.split(":")[0] for line in done.err.splitlines()]
    assert len(ids) == 2
    assert run("undo", *ids, "--by", "ann").code == 0
    assert len(shown(filled)) == 3
    assert run("accept", "--source", "Brandt", "--yes", "--by", "ann").code == 0
    again = run("accept", "--source", "Brandt", "--yes", "--by", "ann")
    assert (again.code, again.err) == (0, "No claim that passes the filter is left to accept.\n")
    assert run("list", "--max-confidence", "0.5").out.count("accepted by ann") == 1


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["undo", "dec_9"], "No record's id begins with 'dec_9'. `claimtrack reviews` shows the ids of decisions."),
        (["undo", "9"], "No record's id begins with '9'. `claimtrack reviews` shows the ids of decisions."),
        (["undo", "clm_0ee1"], "is no record that one can undo. `claimtrack reviews` shows the ids of decisions."),
        (["accept", "clm_9"], "No record's id begins with 'clm_9'. `claimtrack list` shows the ids of claims."),
        (["show", "ctr_9"], "No record's id begins with 'ctr_9'. `claimtrack contradict` shows the ids of pairs."),
    ],
)
def test_deciding_on_what_is_not_there_says_where_to_look(run: Run, arguments: list[str], fault: str) -> None:
    """The advice fits the kind of record that the id, or the command, speaks of."""
    ended = run(*arguments)
    assert ended.code in {1, 2}
    assert fault in ended.err


@pytest.mark.parametrize(
    ("code", "fault", "arguments"),
    [
        (2, "reject takes ids, or a filter", ["reject"]),
        (2, "accept takes ids, or a filter", ["accept", "0ee1", "--kind", "fact"]),
        (2, "--kind 'rumour' is not known", ["reject", "--kind", "rumour", "--yes"]),
        (2, "Several ids begin with '0ee'", ["reject", "0ee"]),
        (1, "No record's id begins with 'ffff'", ["accept", "ffff"]),
    ],
)
@pytest.mark.usefixtures("filled")
def test_deciding_refuses_what_is_not_clear(run: Run, code: int, fault: str, arguments: list[str]) -> None:
    """Neither ids nor filter, both, or an id of several records: nothing is decided."""
    ended = run(*arguments)
    assert (ended.code, fault in ended.err) == (code, True)
    assert run("reviews").out == "No decisions found.\n"


@pytest.mark.usefixtures("filled")
def test_deciding_takes_ids_without_their_kind(run: Run) -> None:
    """What an id begins with may be left out."""
    assert run("show", "0ee1").out == run("show", "clm_0ee1").out
    assert run("reject", "0ee1", "0ee2", "--by", "ann").code == 0


@pytest.mark.usefixtures("filled")
def test_deciding_says_that_a_source_is_new(run: Run) -> None:
    """A name that the store does not have makes a person, which is said, with the source that may be meant."""
    made = run("edit", "0ee1", "source=Ada Brand", "--by", "ann")
    assert made.code == 0
    assert "note: 'Ada Brand' is a new source, read as a person. Do you mean Ada Brandt?" in made.err
    assert "note" not in run("edit", "0ee1", "source=ada brandt", "--by", "ann").err


def test_deciding_imports_what_can_be_read(run: Run, filled: Path, tmp_path: Path) -> None:
    """A file that is not there ends with 1 if it was the only one, with 3 if others came in."""
    (tmp_path / "theirs.json").write_text(run("export").out)
    filled.unlink()
    alone = run("import", "nofile.json")
    assert (alone.code, alone.err) == (1, "failed: 'nofile.json' cannot be read: No such file or directory.\n")
    assert not filled.exists()
    assert run("import", "nofile.json", "theirs.json").code == 3
    assert len(shown(filled)) == 3


@pytest.mark.usefixtures("filled")
def test_deciding_writes_no_report_under_a_wrong_name(run: Run, tmp_path: Path) -> None:
    """A report is HTML: another ending is refused."""
    ended = run("report", "-o", "x.pdf")
    assert (ended.code, "Name a file that ends in .html" in ended.err) == (2, True)
    assert not (tmp_path / "x.pdf").exists()
