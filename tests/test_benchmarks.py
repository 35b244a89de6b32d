"""What the benchmarks folder shows to readers is what the program does."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from claimtrack.schema import Likelihood, Position
from claimtrack.store import Store, select
from tests.conftest import make_claim, make_document

FOLDER = Path(__file__).parent.parent / "benchmarks"


def test_benchmarks_notebook_shows_every_question() -> None:
    """What is printed in the folder is of the questions that are asked now, each with its line and an answer."""
    notebook = script("notebook")
    told = (FOLDER / "notebook.md").read_text(encoding="utf8").split("\n## ")[1:]
    assert [part.partition("\n")[0] for part in told] == list(notebook.QUESTIONS)
    for part, sql in zip(told, notebook.QUESTIONS.values(), strict=True):
        assert notebook.line(sql) in part
        assert part.rpartition("```python")[2].count("\n") > 6


def test_benchmarks_notebook_is_written_by_pandas(filled: Path) -> None:
    """Where pandas is there, the page is made of the answers."""
    pytest.importorskip("pandas", reason="needs the extra: pip install 'claimtrack[notebook]'")
    page = "".join(script("notebook").page(str(filled)))
    assert page.count("\n## ") == 5
    assert "| Dam | against | Land 2 |" in page


def script(name: str) -> ModuleType:
    """A script of the folder, loaded as a module."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.judge
def test_benchmarks_session_is_what_the_commands_print() -> None:
    """Every command of the log answers as written there; `python benchmarks/session.py` writes it anew."""
    assert "".join(script("session").session()) == (FOLDER / "session.md").read_text(encoding="utf8")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A store that holds something for every question."""
    path = tmp_path / "claimtrack.db"
    likely = Likelihood(low=0.6, high=0.9, point=0.75, phrase="likely")
    with Store(path) as store:
        for n, value in enumerate(("favor", "against"), 1):
            held = Position(holder=f"Land {n}", holder_id=f"l:{n}", target="Dam", target_id="place:dam", value=value)
            document = make_document(f"If it rains, {n} breaks.", path=f"{n}.txt", published="2025-01-05")
            store.add(document, [make_claim(
                document, f"{n} breaks", kind="prediction", likelihood=likely, condition=(0, 11), positions=(held,),
                topics=("dam",),
            )])  # fmt: skip
        from claimtrack.tracking.pairing import update_pairs

        update_pairs(store)
    return path


def test_benchmarks_questions_are_answered(filled: Path) -> None:
    """Each of the five lines gives rows, with what was asked."""
    questions: dict[str, str] = script("notebook").QUESTIONS
    answers = [select(filled, sql).rows for sql in questions.values()]
    assert len(answers) == 5
    clashes, sides, sure, conditions, months = answers
    assert clashes[0]["clashes"] == 1
    assert [(row["value"], row["holders"]) for row in sides] == [("against", "Land 2"), ("favor", "Land 1")]
    assert (sure[0]["forecasts"], sure[0]["mean"]) == (2, 0.75)
    assert conditions[0]["condition"] == "If it rains"
    assert months == ({"topic": "dam", "month": "2025-01", "claims": 2},)


def test_benchmarks_read_a_long_document_of_each_format(tmp_path: Path) -> None:
    """What is timed is as long as it says, but for formats that count their bytes."""
    figures: dict[str, str] = script("run").speed_of_reading(tmp_path, 0.0001)
    short = {name for name, figure in figures.items() if int(figure.split()[2]) < 1000}
    assert short == {"crawl.warc", "film.srt", "film.vtt", "print.pdf"}
    assert len(figures) > 15


def test_benchmarks_pages_are_scored_by_their_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words count with their number, in any case of letters; both programs are scored on the same pages."""
    pages = script("pages")
    score = pages.score("The dam the", "the dam broke")
    assert (score.precision, score.recall) == (2 / 3, 2 / 3)
    assert (pages.score("", "").f1, pages.score("dam", "").f1) == (1.0, 0.0)
    words = [f"The board of the canal said on day {n} that lock {n} would not open again." for n in range(9)]
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in words)
    page = f"<html><body><article><h1>Locks stay shut</h1>{paragraphs}</article></body></html>"
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(page.encode()))
    (tmp_path / "ground-truth.json").write_text(json.dumps({"a": {"articleBody": " ".join(words)}}), encoding="utf8")
    monkeypatch.setattr(sys, "argv", ["pages.py", str(tmp_path)])
    pages.main()
    assert capsys.readouterr().out.startswith("claimtrack   F1 1.000  precision 1.000  recall 1.000")
