"""The export command: what goes where, chosen by kind and topic."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from claimtrack.store import Store
from tests.conftest import Ended
from tests.samples import CLASH, DECISIONS, DENIED, FORECAST, FORMULA, HOSTILE, SILENT, TENSION, TOLD

Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def stored(tmp_path: Path) -> Path:
    """A store with the sample's records."""
    path = tmp_path / "claimtrack.db"
    with Store(path) as store:
        store.add(HOSTILE, [FORECAST, FORMULA])
        store.add(TOLD, [DENIED])
        store.add(SILENT, [])
        for decision in DECISIONS:
            store.record(decision)
        with store.transaction():
            for claim in (FORECAST, FORMULA, DENIED):
                store.seat(claim.id, [("canal", claim.id)])
            store.settle(store.block("canal", 10), [CLASH, TENSION])
    return path


def exported(run: Run, *arguments: str) -> dict[str, list[str]]:
    """The ids that a JSON export holds, by kind."""
    found = json.loads(run("export", *arguments).out)
    return {part: [record["id"] for record in records] for part, records in found.items() if part != "schema_version"}


def test_exporting_writes_everything_by_default(run: Run) -> None:
    """All records of the store are in the JSON, decisions and undone ones among them."""
    assert exported(run) == {
        "documents": [HOSTILE.id, SILENT.id, TOLD.id], "claims": [FORECAST.id, FORMULA.id, DENIED.id],
        "contradictions": [CLASH.id, TENSION.id], "decisions": [one.id for one in DECISIONS], "originals": [],
    }  # fmt: skip


def test_exporting_a_topic_keeps_what_belongs_together(run: Run) -> None:
    """The claims on a topic come with the claims they contradict, and with the documents and decisions of these."""
    assert exported(run, "--topic", "harbour") == {
        "documents": [HOSTILE.id, TOLD.id], "claims": [FORECAST.id, DENIED.id], "contradictions": [CLASH.id],
        "decisions": ["dec_0000000000000003", "dec_0000000000000005"], "originals": [],
    }  # fmt: skip
    assert not any(exported(run, "--topic", "moon").values())


@pytest.mark.parametrize("format", ["annotations", "csv", "json", "jsonl", "jsonld", "stix"])
def test_exporting_to_a_file_and_to_a_pipe_is_the_same(run: Run, tmp_path: Path, format: str) -> None:
    """A file gets the very bytes that standard output gets, with and without a topic."""
    for topic in ((), ("--topic", "canal")):
        printed = run("export", "--format", format, *topic)
        assert (printed.code, printed.err) == (0, "")
        assert run("export", "--format", format, *topic, "-o", "file").code == 0
        assert (tmp_path / "file").read_text(encoding="utf8") == printed.out


def test_exporting_parquet_goes_through_a_pipe(stored: Path, tmp_path: Path) -> None:
    """Bytes come out as they are, and hold claims unless one chooses."""
    code = "from claimtrack.cli import main; main()"
    command = [sys.executable, "-c", code, "--db", str(stored), "export", "--format", "parquet"]
    (tmp_path / "claims.parquet").write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
    found = duckdb.connect().execute(f"SELECT id FROM '{tmp_path / 'claims.parquet'}' ORDER BY id").fetchall()
    assert found == [(FORECAST.id,), (FORMULA.id,), (DENIED.id,)]


@pytest.mark.parametrize("format", ["parquet", "brat"])
def test_exporting_writes_no_bytes_to_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    """A terminal would be garbled; the error says what to do."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ended = run("export", "--format", format)
    assert (ended.code, ended.out) == (2, "")
    assert f"{format} is no text for a terminal. Name a file with -o" in ended.err


def test_exporting_brat_makes_a_folder_or_an_archive(run: Run, tmp_path: Path) -> None:
    """The ending of the name decides; a folder that is there is filled, and one that cannot be is an error."""
    for _ in range(2):
        assert run("export", "--format", "brat", "-o", "corpus").code == 0
    names = {path.name for path in (tmp_path / "corpus").iterdir()}
    assert names == {"annotation.conf"} | {f"{d.id}.{e}" for d in (HOSTILE, TOLD, SILENT) for e in ("txt", "ann")}
    assert run("export", "--format", "brat", "-o", "corpus.zip").code == 0
    assert (tmp_path / "corpus.zip").read_bytes()[:2] == b"PK"
    failed = run("export", "--format", "brat", "-o", "corpus.zip/corpus")
    assert failed.code == 1
    assert "'corpus.zip/corpus' cannot be written: Not a directory. Name another folder with -o." in failed.err


@pytest.mark.parametrize(("arguments", "fault"), [
    (["--only", "sources"], "json has no 'sources'. Choose --only from: documents, claims, contradictions, "),
    (["--format", "csv", "--only", "originals"], "csv has no 'originals'. Choose --only from: documents, claims, "),
    (["--format", "stix", "--only", "claims"], "--only goes with csv, json, jsonl, parquet; stix ties documents and "),
    (["--format", "xml"], "There is no export format 'xml'. Choose one of: annotations, brat, "),
])  # fmt: skip
def test_exporting_says_what_can_be_chosen(run: Run, arguments: list[str], fault: str) -> None:
    """A format without the kind asked for, or that cannot be divided, is an error that names the choices."""
    ended = run("export", *arguments)
    assert ended.code == 2
    assert fault in ended.err
