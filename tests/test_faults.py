"""Whatever befalls a run, nothing stored is lost, nothing is stored by half, and the message says what to do."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from claimtrack import contradiction
from claimtrack.schema import Change
from claimtrack.store import Store
from claimtrack.tracking import pairing, reviews
from tests.conftest import make_claim, make_document

ROOT = Path(__file__).parents[1]

# The command line with a reader that needs no spaCy: each sentence is a claim; "wait" waits, "big" is big.
CHILD = """
import sys, time
from claimtrack import cli, workers
from claimtrack.claims import extraction
from claimtrack.contradiction import encoder, judge_model
from tests.conftest import make_claim

def extract(document, _):
    if "wait" in document.text:
        print("reading", document.path, file=sys.stderr, flush=True)
        time.sleep(60)
    size = 200_000 if "big" in document.text else 1
    sentences = [s.strip() for s in document.text.split(".") if s.strip()]
    return [make_claim(document, s, topics=("canal",), proposition=s * size) for s in sentences]

workers._load = lambda _: None
extraction.extract = extract
encoder.shipped = judge_model.shipped = lambda: None
sys.argv[0] = "claimtrack"
cli.main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles, of which the second one waits."""
    for name, words in (("a", "It opens"), ("b", "Here it must wait"), ("c", "It closes")):
        (tmp_path / f"{name}.txt").write_text(f"{words}. So says canal {name}.")
    return tmp_path


@contextmanager
def child(folder: Path, *arguments: str, before: Callable[[], None] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run the command line in a process of its own, in a folder."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, *arguments], cwd=folder, env=environment, text=True, preexec_fn=before,  # noqa: PLW1509  sets limits
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        yield process
        process.kill()


def until_it_waits(process: subprocess.Popen[str]) -> None:
    """Read what a process says until it reads the article that waits."""
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("reading"):
            return
    raise AssertionError("it never read the article")


def ended(folder: Path, *arguments: str, before: Callable[[], None] | None = None) -> tuple[int, str]:
    """Run to the end: the exit code, and what was said on standard error."""
    with child(folder, *arguments, before=before) as process:
        _, said = process.communicate(timeout=120)
        return process.returncode, said


def paths(folder: Path) -> list[str]:
    """The documents of the store, each of which must have its two claims; the file must be sound."""
    with Store(folder / "claimtrack.db") as store:
        documents = list(store.documents())
        assert [len(list(store.claims_of(document.id))) for document in documents] == [2] * len(documents)
    assert sqlite3.connect(folder / "claimtrack.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return [document.path for document in documents]


@pytest.mark.parametrize(("signals", "code"), [
    ([signal.SIGKILL], -signal.SIGKILL), ([signal.SIGTERM], 143), ([signal.SIGINT], 130),
    ([signal.SIGINT, signal.SIGINT], 130),
])  # fmt: skip
def test_faults_a_run_that_is_ended_keeps_what_it_read(folder: Path, signals: list[signal.Signals], code: int) -> None:
    """Kill -9, SIGTERM, Ctrl-C, and that twice: what was read stays, whole; no traceback; the next run goes on."""
    with child(folder, "extract", "a.txt", "b.txt", "c.txt") as process:
        until_it_waits(process)
        for one in signals:
            process.send_signal(one)
        _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in said
    if code > 0:
        assert said.endswith("interrupted; the store is whole\n")
    assert paths(folder) == ["a.txt"]
    code, _ = ended(folder, "extract", "a.txt", "c.txt")
    assert (code, paths(folder)) == (0, ["a.txt", "c.txt"])


def test_faults_a_kill_while_pairs_are_written_leaves_no_half(tmp_path: Path) -> None:
    """A process that dies in the midst of a block leaves the block unpaired; the next run finds the very same pairs."""
    path = tmp_path / "claimtrack.db"
    documents = [make_document(f"The canal {verb}.", path=f"{verb}.txt") for verb in ("opens", "stays shut")]
    with Store(path) as store:
        for document in documents:
            store.add(document, [make_claim(document, polarity="positive" if "opens" in document.text else "negative")])
    if (pid := os.fork()) == 0:
        judge = contradiction.judge

        def dying(a: object, b: object) -> object:
            os.kill(os.getpid(), signal.SIGKILL)
            return judge(a, b)  # type: ignore[arg-type]  # never reached

        contradiction.judge = dying  # type: ignore[assignment]
        pairing.contradiction.judge = dying  # type: ignore[attr-defined]
        with Store(path) as store:
            pairing.update_pairs(store)
        os._exit(0)
    os.waitpid(pid, 0)
    with Store(path) as store, Store(tmp_path / "other.db") as other:
        for document in documents:
            other.add(document, list(store.claims_of(document.id)) and [
                claim for claim in store.claims() if claim.document == document.id])
        pairing.update_pairs(store)
        pairing.update_pairs(other)
        assert list(store.contradictions()) == list(other.contradictions())
        assert list(store.near_misses()) == list(other.near_misses())
        assert store.is_paired()


def test_faults_a_full_disk_is_named(folder: Path) -> None:
    """What does not fit is not stored by half; the message says that the rest is whole and what to do."""
    assert ended(folder, "extract", "a.txt")[0] == 0
    (folder / "big.txt").write_text("This is big. This is big, too.")
    full = (folder / "claimtrack.db").stat().st_size + 100_000
    code, said = ended(
        folder, "extract", "big.txt", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (full, full))
    )
    assert code == 1
    assert "Traceback" not in said
    assert "What was stored before is whole" in said
    assert paths(folder) == ["a.txt"]
    assert ended(folder, "extract", "big.txt")[0] == 0


def test_faults_two_writers_wait_for_each_other(folder: Path) -> None:
    """A run that finds the store held by another waits until it is free, and both are stored."""
    assert ended(folder, "extract", "a.txt")[0] == 0
    holder = sqlite3.connect(folder / "claimtrack.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with child(folder, "extract", "c.txt") as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        holder.execute("COMMIT")
        process.communicate(timeout=60)
    assert (process.returncode, paths(folder)) == (0, ["a.txt", "c.txt"])


def test_faults_a_read_only_store_answers_with_all_it_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store whose writer was killed is read where nothing may be written, its journal included."""
    with child(folder, "extract", "a.txt", "b.txt") as process:
        until_it_waits(process)
        process.kill()
    assert (folder / "claimtrack.db-wal").stat().st_size > 0
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store(folder / "claimtrack.db") as store:
        assert [document.path for document in store.documents()] == ["a.txt"]


def test_faults_a_clock_set_back_changes_no_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is decided and read later counts as later, though the clock went back by years."""
    first, second = (make_document(f"Canal {name} opens.", path=f"{name}.txt") for name in "ab")
    claim = make_claim(first)
    with Store(tmp_path / "claimtrack.db") as store:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        store.add(first, [claim])
        reviews.decide(store, "edit", claim.id, by="Ada", changes=(Change(field="stance", value="deny"),))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
        reviews.decide(store, "edit", claim.id, by="Ada", changes=(Change(field="stance", value="doubt"),))
        late = make_claim(second)
        store.add(second, [late])
        assert [decision.changes[0].value for decision in store.decisions()] == ["deny", "doubt"]
        assert [c.stance for c in store.claims() if c.document == first.id] == ["doubt"]
        assert store.added(late.id) == store.added(claim.id)


def test_faults_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    """Kill -9 of a run with several processes leaves none of them behind."""
    (tmp_path / "a.txt").write_text("It opens.")
    script = (
        "import sys, os\nfrom claimtrack.workers import Recipe, _Pool\nfrom tests.conftest import make_document\n"
        "if __name__ == '__main__':\n"
        "    pool = _Pool(Recipe(model='no_such_pipeline'), 1)\n"
        "    pool.submit(make_document()).exception()\n"
        "    import multiprocessing, json\n"
        "    print(json.dumps([p.pid for p in multiprocessing.active_children()]), flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    (tmp_path / "run.py").write_text(script)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "run.py"], cwd=tmp_path, env=environment, capture_output=True, text=True,
                          timeout=120, check=False)
    left = json.loads(done.stdout)
    assert left
    assert all(_is_gone(pid) for pid in left)


def _is_gone(pid: int) -> bool:
    """Tell whether a process ends within seconds."""
    import time

    for _ in range(200):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_faults_a_full_disk_behind_the_output_is_named(folder: Path) -> None:
    """What is printed into a file on a full disk fails in one line, not in a traceback."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "claimtrack", "schema"], cwd=folder, env=environment, text=True, check=False,
            stdout=full, stderr=subprocess.PIPE,
        )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr.startswith("error: standard output cannot be written (No space left on device).")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_faults_a_device_is_written_to_and_not_put_away(folder: Path) -> None:
    """With -o on a device, its name still leads to the device afterwards, and what it says is told."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    Store(folder / "claimtrack.db").close()
    ended = subprocess.run(
        [sys.executable, "-m", "claimtrack", "export", "-o", "/dev/full"], cwd=folder, env=environment, text=True,
        check=False, capture_output=True,
    )  # fmt: skip
    assert Path("/dev/full").is_char_device()
    assert (ended.returncode, "'/dev/full' cannot be written: No space left on device" in ended.stderr) == (1, True)
