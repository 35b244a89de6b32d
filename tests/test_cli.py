"""The command line: what it prints where, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from claimtrack.claims import extraction
from claimtrack.commands import statements
from claimtrack.reading import ingest
from claimtrack.schema import Claim, Contradiction, Document, Likelihood, NearMiss, Source
from claimtrack.store import Store
from tests.conftest import Ended, make_claim, make_document

Snapshot = Callable[[str, str], None]
ROOT = Path(__file__).parent.parent


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A store with two documents, three claims, a contradiction and a near miss, some with hostile text."""
    old = make_document(
        "The canal is unlikely to open, Mara Quist wrote.", path="old.txt", title="[/x] Canal\x1b[2J",
        published="2024-05-01",
    )  # fmt: skip
    new = make_document(
        "Officials said: the canal [sic] opens on Monday. =cmd() is what they call it.", path="new.txt",
        publisher="The Lock Keeper", published="2024-06",
    )  # fmt: skip
    doubt = make_claim(
        old, "The canal is unlikely to open", id="clm_00000000000000a0", kind="prediction", stance="doubt",
        likelihood=Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely"), topics=("canal", "north-south"),
        commitment=-1.0, factuality="PR-",
    )  # fmt: skip
    officials = Source(id="group:officials", name="officials", kind="group")
    opens = make_claim(
        new, "the canal [sic] opens on Monday", id="clm_00000000000000b0", source=officials, topics=("canal",)
    )
    called = make_claim(new, "=cmd() is what they call it", id="clm_00000000000000b1", source=officials, confidence=0.4)
    pair = Contradiction(
        id="ctr_00000000000000c0", kind="likelihood", strength="contradiction", score=0.9, same_source=False,
        explanation="Mara Quist holds it unlikely, officials say that it opens.", same_document=False, a=doubt, b=opens,
    )  # fmt: skip
    near = NearMiss(reason="other parties", explanation="They speak of other things.", a=doubt, b=called)
    path = tmp_path / "claimtrack.db"
    with Store(path) as store:
        store.add(old, [doubt])
        store.add(new, [opens, called])
        with store.transaction():
            for claim in (doubt, opens, called):
                store.seat(claim.id, [("canal", claim.id)])
            store.settle(store.block("canal", 10), [pair, near])
    return path


# ----------------------------------------------------------------------------------------------------------- extract


@pytest.mark.usefixtures("reader")
def test_cli_extract_keeps_claims_and_says_so(run: Callable[..., Ended], tmp_path: Path, snapshot: Snapshot) -> None:
    """A summary goes to standard output; the store holds what it says."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("The canal opened today. It was cheap.")
    (tmp_path / "news" / "b.md").write_text("The canal is late again.")
    ended = run("extract", "news")
    assert (ended.code, ended.err) == (0, "")
    snapshot("extract.txt", ended.out)
    with Store(tmp_path / "claimtrack.db") as store:
        assert [c.text for c in store.claims()] != []
        assert store.count_claims() == 3


def test_cli_extract_skips_what_is_unchanged(run: Callable[..., Ended], reader: list[str], tmp_path: Path) -> None:
    """A second run reads nothing again; a changed file is read and replaces itself; --force reads all."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Canal {name} opened today.")
    run("extract", "a.txt", "b.txt")
    again = run("extract", "a.txt", "b.txt")
    assert again.code == 0
    assert "Documents: 0 read, 2 unchanged and skipped." in again.out
    (tmp_path / "a.txt").write_text("Canal a closed again.")
    assert "1 read, 1 claim by 1 source, 1 unchanged and skipped" in run("extract", "a.txt", "b.txt").out
    assert reader == ["a.txt", "b.txt", "a.txt"]
    run("extract", "--force", "a.txt", "b.txt")
    assert reader[3:] == ["a.txt", "b.txt"]
    with Store(tmp_path / "claimtrack.db") as store:
        assert sorted(c.text for c in store.claims()) == ["Canal a closed again", "Canal b opened today"]


@pytest.mark.usefixtures("reader")
def test_cli_extract_watches_a_folder(
    run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes to the folder is read and told as it comes; what only was touched is not told; Ctrl-C ends it."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Canal {name} opened today.")

    def arrivals(paths: list[str]) -> Iterator[list[str]]:
        yield from (paths, ["b.txt"], ["a.txt"])
        raise KeyboardInterrupt

    monkeypatch.setattr(ingest, "arrivals", arrivals)
    ended = run("extract", "--watch", "a.txt")
    assert ended.code == 130
    assert ended.out.count("Documents: 1 read, 1 claim by 1 source.") == 2
    assert ended.err.startswith("Watching for documents that come or change; Ctrl-C ends it.\n")
    with Store(tmp_path / "claimtrack.db") as store:
        assert sorted(document.path for document in store.documents()) == ["a.txt", "b.txt"]


@pytest.mark.usefixtures("reader")
def test_cli_extract_names_documents_that_a_table_misses(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A mistyped path must not leave a clipping undated in silence."""
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Canal {name} opened today.")
    (tmp_path / "m.csv").write_text("path,date\na.txt,2021-10-06\nb.text,2021-10-07\n")
    ended = run("extract", "--metadata", "m.csv", "a.txt", "b.txt", "c.txt")
    assert (ended.code, ended.err) == (0, "The table 'm.csv' has no row for 'b.txt' and 1 more.\n")
    assert run("extract", "--metadata", "m.csv", "a.txt").err == ""


@pytest.mark.usefixtures("reader")
def test_cli_extract_names_each_failure_and_goes_on(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A bad document costs itself: 3 if some failed, 1 if nothing could be done."""
    (tmp_path / "good.txt").write_text("The canal opened today.")
    (tmp_path / "bad.txt").write_text("This one is broken.")
    (tmp_path / "empty.txt").write_text("")
    ended = run("extract", "no\x1bsuch.txt", "bad.txt", "empty.txt", "good.txt")
    assert ended.code == 3
    assert [message.split(":")[0] for message in ended.err.splitlines()] == ["failed"] * 3
    assert "ValueError: broken on purpose" in ended.err
    assert "\x1b" not in ended.err
    assert "1 read, 1 claim by 1 source, 3 failed" in ended.out
    assert run("extract", "--db", "other.db", "bad.txt").code == 1


@pytest.mark.usefixtures("reader")
def test_cli_extract_prints_records(run: Callable[..., Ended], tmp_path: Path) -> None:
    """With --jsonl a document's record comes before its claims', also where it is stored already."""
    metadata = ("--title", "On canals", "--author", "Ada", "--date", "2024-05")
    first = run("extract", "--jsonl", *metadata, "-", typed="It opens.")
    records = [json.loads(row) for row in first.out.splitlines()]
    assert [record["record"] for record in records] == ["document", "claim"]
    assert [records[0][key] for key in ("title", "byline", "published")] == ["On canals", ["Ada"], "2024-05"]
    assert records[1]["document"] == records[0]["id"]
    assert first.err == "Documents: 1 read, 1 claim by 1 source.\n"
    assert run("extract", "--jsonl", "-", typed="It opens.").out == first.out
    (tmp_path / "claimtrack.db").unlink()
    assert run("extract", "--no-store", "--jsonl", "-", typed="It opens.").code == 0
    assert not (tmp_path / "claimtrack.db").exists()


def test_cli_extract_whole_in_several_processes(run: Callable[..., Ended], tmp_path: Path) -> None:
    """The real pipeline in two processes gives what one gives, record for record, in the order of the inputs."""
    for name in "ab":
        text = f"Iran said on Monday that canal {name} will probably open. Turkey denied it."
        (tmp_path / f"{name}.txt").write_text(text)
    arguments = ("extract", "--no-store", "--jsonl", "--attribution", "rules", "b.txt", "a.txt")
    alone, together = run(*arguments), run(*arguments, "-j", "2")
    assert alone.code == together.code == 0
    assert alone.out == together.out
    paths = [json.loads(row).get("path") for row in alone.out.splitlines()]
    assert [path for path in paths if path] == ["b.txt", "a.txt"]
    assert len(paths) > 2


@pytest.mark.usefixtures("reader")
def test_cli_gives_up_a_document_that_takes_too_long(
    run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document over its time is named and leaves nothing; the others are stored, and the exit code is 3."""
    plain = extraction.extract

    def slow(document: Document, nlp: object) -> list[Claim]:
        while document.path == "b.txt":
            pass
        return plain(document, nlp)  # type: ignore[arg-type]  # the stand-in takes anything

    monkeypatch.setattr(extraction, "extract", slow)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Canal {name} opened.")
    ended = run("extract", "a.txt", "b.txt", "c.txt", "--seconds-per-document", "1")
    assert ended.code == 3
    assert "failed: 'b.txt' takes longer than 1 s. It is left out; give it more with --seconds-per-doc" in ended.err
    assert "2 read, 2 claims by 1 source, 1 failed" in ended.out
    with Store(tmp_path / "claimtrack.db") as store:
        assert [document.path for document in store.documents()] == ["a.txt", "c.txt"]


@pytest.mark.usefixtures("reader")
def test_cli_interrupted_leaves_the_store_whole(
    run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends with 130; what was read before is stored, the rest comes at the next call."""
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Canal {name} opened.")
    plain = extraction.extract
    interrupts = [KeyboardInterrupt()]

    def interrupted(document: Document, nlp: object) -> list[Claim]:
        if document.path == "b.txt" and interrupts:
            raise interrupts.pop()
        return plain(document, nlp)  # type: ignore[arg-type]  # the stand-in takes anything

    monkeypatch.setattr(extraction, "extract", interrupted)
    ended = run("extract", "a.txt", "b.txt", "c.txt")
    assert (ended.code, ended.err) == (130, "interrupted; the store is whole\n")
    with Store(tmp_path / "claimtrack.db") as store:
        assert [d.path for d in store.documents()] == ["a.txt"]
    assert "2 read, 2 claims by 1 source, 1 unchanged and skipped" in run("extract", "a.txt", "b.txt", "c.txt").out


# -------------------------------------------------------------------------------------------------------------- read


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("list", ["list"]),
        ("list_filtered", ["list", "--topic", "north", "--source", "quist", "--scale", "icd203"]),
        ("list_none", ["list", "--kind", "threat"]),
        ("list_limited", ["list", "--limit", "1"]),
        ("list_json", ["list", "--stance", "doubt", "--json"]),
        ("show_claim", ["show", "clm_00000000000000b0"]),
        ("show_pair", ["show", "ctr_"]),
        ("topics", ["topics"]),
        ("topics_json", ["topics", "--limit", "1", "--json"]),
        ("sources", ["sources"]),
        ("contradict", ["contradict"]),
        ("contradict_none", ["contradict", "--kind", "numeric"]),
        ("contradict_near", ["contradict", "--near"]),
        ("contrast", ["contrast", "--topic", "canal"]),
    ],
)
def test_cli_prints_what_it_printed(
    run: Callable[..., Ended], snapshot: Snapshot, name: str, arguments: list[str]
) -> None:
    """Each command's output is as in its snapshot, ends with 0, and holds no control character."""
    ended = run(*arguments)
    assert (ended.code, ended.err) == (0, "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", ended.out)
    snapshot(f"cli_{name}.txt", ended.out)


@pytest.mark.usefixtures("filled")
def test_cli_json_is_one_object_with_its_version(run: Callable[..., Ended]) -> None:
    """Programs get JSON with the schema's version, and whole claim records in pairs."""
    pairs = json.loads(run("contradict", "--json").out)
    assert [pair["id"] for pair in pairs["contradictions"]] == ["ctr_00000000000000c0"]
    assert pairs["contradictions"][0]["a"]["document_path"] == "old.txt"
    near = json.loads(run("contradict", "--near", "--json").out)
    assert [pair["reason"] for pair in near["near"]] == ["other parties"]
    assert {answer["schema_version"] for answer in (pairs, near)} == {"1.0"}
    assert len(json.loads(run("contrast", "--topic", "canal", "--json").out)["contrasts"]) >= 1
    assert json.loads(run("show", "clm_00000000000000a0", "--json").out)["kind"] == "prediction"
    assert "$defs" in json.loads(run("schema").out)


@pytest.mark.usefixtures("filled")
def test_cli_list_says_what_it_leaves_out(run: Callable[..., Ended]) -> None:
    """A limited list tells how many there are and how to see them; 0 shows all."""
    assert run("list", "--limit", "2").out.endswith("\n2 of 3 claims; --limit 0 for all.\n")
    assert run("list", "--limit", "0").out.endswith("\n3 claims.\n")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, ["contradict", "--fail-on", "0.95"]),
        (4, ["contradict", "--fail-on", "0.9"]),
        (4, ["contradict", "--json", "--limit", "1", "--fail-on", "0.5"]),
        (0, ["contradict", "--kind", "numeric", "--fail-on", "0.1"]),
        (1, ["show", "clm_ffff"]),
        (2, ["show", "clm_00000000000000"]),
        (2, ["list", "--kind", "rumour"]),
        (2, ["list", "--since", "yesterday"]),
        (2, ["list", "--scale", "house"]),
        (2, ["list", "--no-such-option"]),
        (2, ["contradict", "--kind", "other parties"]),
        (0, ["contradict", "--near", "--kind", "other parties"]),
        (2, ["extract"]),
        (2, ["extract", "--date", "May", "a.txt"]),
        (2, ["export", "--format", "xml"]),
        (2, ["export", "--only", "sources"]),
        (2, ["compare", "Only one."]),
        (2, ["qualify"]),
        (1, ["list", "--db", "missing.db"]),
        (1, ["--db", "missing.db", "list"]),
        (1, ["alias", "remove", "nobody"]),
    ],
)
def test_cli_exit_codes(run: Callable[..., Ended], code: int, arguments: list[str]) -> None:
    """Errors are told on standard error, and each kind has its exit code."""
    ended = run(*arguments)
    assert ended.code == code
    assert bool(ended.err) == (code in (1, 2))
    assert "Traceback" not in ended.err


def test_cli_takes_the_store_from_the_environment(
    run: Callable[..., Ended], filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CLAIMTRACK_DB names the store; --db, before the command or after it, wins."""
    moved = tmp_path / "elsewhere.db"
    shutil.move(filled, moved)
    assert run("list").code == 1
    assert run("--db", str(moved), "list").code == 0
    assert run("list", "--db", str(moved)).code == 0
    monkeypatch.setenv("CLAIMTRACK_DB", str(moved))
    assert run("list").code == 0
    assert run("list", "--db", "missing.db").code == 1


# ------------------------------------------------------------------------------------------------------------ export


@pytest.mark.usefixtures("filled")
def test_cli_export_writes_a_file_whole_or_not_at_all(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A file gets what standard output would get; where it cannot be written nothing is left behind."""
    printed = run("export", "--format", "csv").out
    assert run("export", "--format", "csv", "-o", "all.csv").code == 0
    assert (tmp_path / "all.csv").read_text(encoding="utf8") == printed
    assert "'=cmd() is what they call it" in printed
    only = run("export", "--format", "jsonl", "--only", "claims").out
    assert {json.loads(row)["record"] for row in only.splitlines()} == {"claim"}
    failed = run("export", "-o", "no/such/folder.json")
    assert failed.code == 1
    assert "'no/such/folder.json' cannot be written: No such file or directory. Name another" in failed.err
    assert not list(tmp_path.glob("*.part"))


def test_cli_alias_is_added_listed_and_removed(run: Callable[..., Ended]) -> None:
    """An alias lasts until it is removed."""
    assert run("alias", "add", "Syunik corridor", "Zangezur corridor").code == 0
    assert json.loads(run("alias", "list", "--json").out)["aliases"] == [
        {"alias": "Syunik corridor", "name": "Zangezur corridor"}
    ]
    listed = run("alias", "list")
    assert (listed.code, listed.err) == (0, "")
    assert re.search(r"^Syunik corridor +Zangezur corridor$", listed.out, re.MULTILINE)
    assert run("alias", "remove", "Syunik corridor").code == 0
    assert run("alias", "list").out == "No aliases found.\n"


# -------------------------------------------------------------------------------------------------------- statements


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("no json", "is no JSON (Expecting value: line 1 column 1 (char 0)): 'no json'. Write a JSON object"),
        ("[1]", "is '[1]'. Write a JSON object with text, start, end a line"),
        ('{"text": "x", "start": 0}', """has no end: '{"text": "x", "start": 0}'. Write a JSON object with text"""),
        ('{"text": "x", "start": "0", "end": 1}', "start is '0', not a whole number"),
    ],
)
def test_cli_rows_name_the_line_that_is_wrong(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, line: str, fault: str
) -> None:
    """A row that does not hold what it should ends the run, with its number."""
    monkeypatch.setattr(statements, "rules_pipeline", lambda _: str)
    monkeypatch.setattr(statements, "_commitment_model", lambda: None)
    ended = run("qualify", "--jsonl", typed=f"\n{line}\n")
    assert ended.code == 2
    assert "Line 2 of standard input" in ended.err
    assert fault in ended.err


@pytest.mark.parametrize(
    ("command", "line", "fault"),
    [
        ("compare", '{"premise": "x"}', " has no hypothesis: "),
        ("compare", "{}", " has no premise, hypothesis: '{}'"),
        ("compare", '{"premise": 1, "hypothesis": "x"}', ": premise is '1', not a text"),
        ("refer", '{"txt": "%s"}' % ("long " * 99), " has no text: "),
        ("refer", "null", " is 'null'"),
    ],
)  # fmt: skip
def test_cli_rows_name_what_is_missing(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, command: str, line: str, fault: str
) -> None:
    """The field and the row that is wrong are named, never an error of Python; long ones are cut."""
    monkeypatch.setattr(statements, "pair_model", lambda: None)
    monkeypatch.setattr("claimtrack.pipeline.load", lambda _: MagicMock())
    ended = run(command, "--jsonl", typed=line)
    assert ended.code == 2
    assert f"Line 1 of standard input{fault}" in ended.err
    assert "Error(" not in ended.err
    assert len(ended.err) < 200


def test_cli_compares_and_qualifies(run: Callable[..., Ended]) -> None:
    """Two statements get a verdict with its reason; rows get one qualification each, in order."""
    verdict = json.loads(run("compare", "Iran opposes the canal.", "Iran supports the canal.", "--json").out)
    assert set(verdict) == {"entailment", "neutral", "contradiction", "explanation"}
    text = "The canal will not open."
    rows = "".join(json.dumps({"text": text, "start": 19, "end": 23}) + "\n" for _ in range(2))
    found = [json.loads(row) for row in run("qualify", "--jsonl", typed=rows).out.splitlines()]
    assert len(found) == 2
    assert found[0] == found[1]
    assert found[0]["commitment"] < 0
    assert {"factuality", "commitment", "polarity", "likelihood", "time"} <= set(found[0])


def test_cli_refer_prints_what_is_one_thing(run: Callable[..., Ended]) -> None:
    """A line a text, in order: the spans of the names and pronouns of one thing; a text without any gives none."""
    texts = ["Angela Banda met Peter Cruz. She thanked him.", "It rained."]
    done = run("refer", "--jsonl", typed="".join(json.dumps({"text": t}) + "\n" for t in texts))
    lines = [json.loads(line)["clusters"] for line in done.out.splitlines()]
    words = [{texts[0][s:e] for s, e in cluster} for cluster in lines[0]]
    assert {"Angela Banda", "She"} in words
    assert {"Peter Cruz", "him"} in words
    assert lines[1] == []


# ------------------------------------------------------------------------------------------------- help, completion


COMMANDS = ["extract", "list", "show", "topics", "sources", "contradict", "contrast", "compare", "qualify", "refer",
            "export", "schema", "doctor", "alias", "alias add", "alias list", "alias remove", "accept", "reject",
            "edit", "merge", "split", "comment", "undo", "review", "reviews", "config"]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_cli_help_has_two_examples(run: Callable[..., Ended], command: str) -> None:
    """The help of each command ends with two examples of it."""
    ended = run(*command.split(), "--help")
    assert ended.code == 0
    examples = ended.out.split("Examples:\n")[1].strip().splitlines()
    assert len(examples) == 2
    assert all(example.strip().startswith(f"claimtrack {command}") for example in examples)


def test_cli_help_names_all_commands(run: Callable[..., Ended]) -> None:
    """The first help names each command, and cuts no summary."""
    text = run("--help").out
    for command in COMMANDS:
        assert re.search(rf"^  {command.split()[0]} ", text, re.MULTILINE)
    assert "..." not in text.split("Commands:")[1]
    assert run("--version").out.startswith("claimtrack ")


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    code = "from claimtrack.cli import main; main()"
    variables = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "80"} | environment
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], env=variables, capture_output=True, text=True, check=False
    )


def test_cli_runs_as_a_module(run: Callable[..., Ended]) -> None:
    """`python -m claimtrack` is the command line: the same help under the same name, and the same exit codes."""
    expected = run("--help")
    command = [sys.executable, "-m", "claimtrack"]
    variables = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    helped = subprocess.run([*command, "--help"], env=variables, capture_output=True, text=True, check=False)
    assert (helped.returncode, helped.stdout, helped.stderr) == (0, expected.out, "")
    failed = subprocess.run([*command, "list", "--db", "none.db"], env=variables, capture_output=True, check=False)
    assert failed.returncode == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [("claimtrack list --topic no", "north-south"), ("claimtrack contradict --source Mara", "Mara Quist")],
)
def test_cli_completes_from_the_store(filled: Path, words: str, expected: str) -> None:
    """The shell's completion offers the store's topics and sources, and nothing where there is no store."""
    environment = {"_CLAIMTRACK_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "3"}
    assert start(CLAIMTRACK_DB=str(filled), **environment).stdout.splitlines() == [expected]
    assert start(CLAIMTRACK_DB="missing.db", **environment).stdout.strip() == ""


def test_cli_starts_without_what_it_does_not_need(filled: Path) -> None:
    """Neither help nor a list imports spaCy; help does without pydantic and rich, too."""
    code = """if True:
        import sys
        from claimtrack.cli import main
        try:
            main()
        finally:
            print(*sys.modules, file=sys.stderr)
    """

    def imported(*arguments: str) -> set[str]:
        ended = subprocess.run(
            [sys.executable, "-c", code, *arguments], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        return set(ended.stderr.split())

    assert not {"spacy", "pydantic", "rich.console"} & imported("--help")
    assert not {"spacy", "onnxruntime"} & imported("list", "--db", str(filled))


def test_cli_is_quiet_about_a_closed_pipe(filled: Path) -> None:
    """A reader that closes the pipe early is no error to speak of."""
    code = f"{sys.executable} -c 'from claimtrack.cli import main; main()' export --db {filled} | head -c 1"
    ended = subprocess.run(
        code, shell=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    time.sleep(0.1)
    assert (ended.stdout, ended.stderr) == ("{", "")


@pytest.mark.usefixtures("reader")
def test_cli_extract_names_the_store_in_the_next_step(
    run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands to go on with find the store just written: by --db, unless they would find it without."""
    (tmp_path / "a.txt").write_text("The canal opened today.")
    named = "Next: claimtrack --db 'my store.db' contradict, claimtrack --db 'my store.db' list"
    assert named in " ".join(run("extract", "--db", "my store.db", "a.txt").out.split())
    assert "Next: claimtrack contradict, claimtrack list" in run("extract", "a.txt").out
    monkeypatch.setenv("CLAIMTRACK_DB", "my store.db")
    assert "Next: claimtrack contradict, claimtrack list" in run("extract", "a.txt").out


# ---------------------------------------------------------------------------------------- what stands beside contrasts


@pytest.mark.usefixtures("filled")
def test_cli_contrast_says_what_a_lone_claim_clashes_with(run: Callable[..., Ended]) -> None:
    """What contradict pairs is not "claimed once" without a word on it."""
    shown = run("contrast", "--topic", "canal").out
    disputed = shown.partition("Claimed once, and disputed")[2]
    assert "contradicts Mara Quist (likelihood)" in disputed
    assert "clm_00000000000000a0" in disputed
    assert "Claimed once ─" not in shown


def test_cli_contradict_says_how_many_pairs_repeat_those_shown(run: Callable[..., Ended], tmp_path: Path) -> None:
    """An export holds each pair, a list each clash once: the difference is told."""
    old, new = make_document("It will hardly open. Again: it will hardly open.", path="old.txt"), make_document("Open.")
    once, again = make_claim(old, "It will hardly open"), make_claim(old, "it will hardly open")
    opens = make_claim(new, source=Source(id="group:officials", name="officials", kind="group"))
    pairs = [
        Contradiction(
            id=f"ctr_00000000000000c{i}", kind="denial", strength="contradiction", score=0.9, explanation="No.",
            a=claim, b=opens, same_source=False, same_document=False, group="grp_0000000000000001",
        )
        for i, claim in enumerate((once, again))
    ]  # fmt: skip
    with Store(tmp_path / "claimtrack.db") as store:
        store.add(old, [once, again])
        store.add(new, [opens])
        with store.transaction():
            for claim in (once, again, opens):
                store.seat(claim.id, [("canal", claim.id)])
            store.settle(store.block("canal", 10), pairs)
    told = "1 contradiction, 0 tensions. 1 more pair of the same clashes; `claimtrack export` holds all."
    assert " ".join(run("contradict").out.split()).endswith(told)
    assert len(json.loads(run("export").out)["contradictions"]) == 2
