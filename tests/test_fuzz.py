"""Bytes that nobody would write on purpose: whatever comes in is read or refused by name, and never more than that."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.commands.input import rows
from claimtrack.errors import DocumentError, UsageError
from claimtrack.reading.ingest import Failure, read_all
from claimtrack.schema import Document
from claimtrack.store import Store
from claimtrack.tracking import joining
from tests.conftest import Ended, make_claim, make_document

FOLDER = Path(__file__).parent / "documents"
DOCUMENTS = [*sorted(path for path in FOLDER.iterdir() if path.is_file()), FOLDER / "formats" / "crawl.warc"]
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))  # for each file; a night's run takes thousands
SLOWLY = settings(
    max_examples=EXAMPLES, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn, raw: bytes) -> bytes:
    """Bytes with some changed, taken out, put in, doubled or cut off."""
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(raw))), draw(st.integers(0, 40))
        before, inside, behind = raw[:at], raw[at : at + length], raw[at + length :]
        put = draw(st.sampled_from(["random", "nothing", "twice", "end", "zero", "high"]))
        raw = {
            "random": before + draw(st.binary(max_size=20)) + behind, "nothing": before + behind,
            "twice": before + inside * 3 + behind, "end": before + inside, "zero": before + b"\0" * length + behind,
            "high": before + b"\xff" * length + behind,
        }[put]  # fmt: skip
    return raw


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_fuzz_readers_read_or_refuse_by_name(path: Path, tmp_path: Path) -> None:
    """A file of any format that is damaged anywhere gives documents or failures that name it; nothing is raised."""

    @SLOWLY
    @given(broken(path.read_bytes()))
    def check(raw: bytes) -> None:
        copy = tmp_path / path.name
        copy.write_bytes(raw)
        for one in read_all([str(copy)]):
            assert isinstance(one, Document | Failure)
            assert str(copy) in (str(one.error) if isinstance(one, Failure) else one.path)
            if isinstance(one, Document):
                assert all(0 <= s.start < s.end <= len(one.text) for s in one.sections)

    check()


@pytest.mark.parametrize("extension", ["txt", "html", "md", "pdf", "eml", "rss", "docx", "odt", "rtf", "srt", "vtt",
                                       "epub", "mhtml", "jsonl", "zip", "gz", "xyz"])
def test_fuzz_readers_take_any_bytes(extension: str, tmp_path: Path) -> None:
    """Bytes without any form under the name of a format are read or refused."""

    @SLOWLY
    @given(st.binary(max_size=300))
    def check(raw: bytes) -> None:
        copy = tmp_path / f"a.{extension}"
        copy.write_bytes(raw)
        assert all(isinstance(one, Document | Failure) for one in read_all([str(copy)]))

    check()


KEYS = st.sampled_from(["record", "id", "document", "claim", "text", "documents", "spans"]) | st.text(max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12,
)  # fmt: skip


@settings(SLOWLY, max_examples=40 * EXAMPLES)
@given(given_rows=st.lists(JSON | st.text(max_size=20), max_size=4), nested=st.integers(0, 3000))
def test_fuzz_imports_read_or_refuse(given_rows: list[object], nested: int, tmp_path: Path) -> None:
    """A file of any JSON, or of none, is refused as no export; deep nesting, too."""
    path = tmp_path / "theirs.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in given_rows]
    path.write_text("\n".join([*lines, "[" * nested]), encoding="utf8", errors="surrogatepass")
    with pytest.raises(DocumentError):
        joining.read(path)


@settings(SLOWLY, max_examples=40 * EXAMPLES)
@given(JSON | st.text(max_size=20))
def test_fuzz_rows_of_standard_input_are_read_or_refused(value: object) -> None:
    """A line of any JSON gives the fields asked for, or a usage error."""
    line = value if isinstance(value, str) else json.dumps(value)
    former, sys.stdin = sys.stdin, io.StringIO(line)
    try:
        with suppress(UsageError):
            assert all(isinstance(text, str) for (text,) in rows({"text": str}))
    finally:
        sys.stdin = former


@pytest.fixture
def theirs(tmp_path: Path) -> Callable[..., Path]:
    """Write an export with a document, a claim and what else is given."""

    def write(document: dict[str, object], claim: dict[str, object], *others: dict[str, object]) -> Path:
        made = make_document()
        told = make_claim(made).model_dump(mode="json") | claim
        path = tmp_path / "theirs.jsonl"
        records = [made.model_dump(mode="json") | document, told, *others]
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        return path

    return write


SQL = "x'); DROP TABLE claims; --"


def test_hostile_imports_are_words_to_the_store(theirs: Callable[..., Path], tmp_path: Path) -> None:
    """SQL in any field is kept as the words it is."""
    path = theirs({"title": SQL, "path": SQL}, {"proposition": SQL, "topics": [SQL]})
    with Store(tmp_path / "ours.db") as store:
        joining.join(store, joining.read(path), SQL)
        assert [(claim.proposition, claim.topics) for claim in store.claims()] == [(SQL, (SQL,))]
        assert [document.title for document in store.documents()] == [SQL]


@pytest.mark.parametrize("claim", [
    {"confidence": 1e400}, {"commitment": 10**400}, {"spans": [[0, 10**30]]}, {"spans": [[-5, 3]]}, {"spans": []},
    {"confidence": "NaN"}, {"id": "../../etc/passwd"}, {"id": 7}, {"published": "x" * 10_000},
])  # fmt: skip
def test_hostile_imports_are_refused_or_harmless(
    claim: dict[str, object], theirs: Callable[..., Path], run: Callable[..., Ended]
) -> None:
    """Numbers beyond all bounds, spans outside the text and odd ids end in a message, or in a store that answers."""
    ended = run("import", str(theirs({}, claim)))
    assert ended.code in {0, 1}
    assert "Traceback" not in ended.err
    for command in (["list"], ["list", "--json"], ["topics"], ["timeline", "--topic", "canal"], ["contradict"],
                    ["export", "--format", "jsonl"]):
        asked = run(*command)
        assert asked.code in {0, 1}, command
        assert "Traceback" not in asked.err


def test_hostile_topics_in_a_circle_are_told_once(theirs: Callable[..., Path], run: Callable[..., Ended]) -> None:
    """Decisions that put topics under one another in a circle, or merge them so, let no command run for ever."""
    def decision(number: int, action: str, target: str, other: str) -> dict[str, object]:
        return {"record": "decision", "id": f"dec_{number:016}", "at": f"2024-01-0{number}T00:00:00Z", "by": "Eve",
                "action": action, "subject": "topic", "target": target, "others": [other]}  # fmt: skip

    circle = [decision(1, "place", "canal", "water"), decision(2, "place", "water", "canal"),
              decision(3, "merge", "canal", "water"), decision(4, "merge", "water", "canal")]  # fmt: skip
    assert run("import", str(theirs({}, {"topics": ["canal", "water"]}, *circle))).code == 0
    for command in (["topics", "--all"], ["list", "--topic", "canal"], ["timeline", "--topic", "water"]):
        assert run(*command).code == 0, command


def test_hostile_aliases_in_a_circle_are_read_once(run: Callable[..., Ended], tmp_path: Path) -> None:
    """Names that are aliases of one another end no command."""
    with Store(tmp_path / "claimtrack.db") as store:
        document = make_document()
        store.add(document, [make_claim(document, topics=("alpha",))])
        for alias, name in (("alpha", "beta"), ("beta", "gamma"), ("gamma", "alpha")):
            store.add_alias(alias, name)
    for command in (["list", "--topic", "alpha"], ["topics"], ["contradict", "--topic", "gamma"]):
        assert run(*command).code == 0, command


def test_hostile_archives_write_nothing_outside(tmp_path: Path) -> None:
    """Members of a zip with paths that lead out of it are read in memory; no file is made."""
    import zipfile

    inner = tmp_path / "inner"
    inner.mkdir()
    with zipfile.ZipFile(inner / "evil.zip", "w") as archive:
        archive.writestr("../../out.txt", "It opens.")
        archive.writestr("/abs.txt", "It closes.")
    texts = [one.text for one in read_all([str(inner / "evil.zip")]) if isinstance(one, Document)]
    assert texts == ["It closes."]  # a part that begins with a dot is hidden
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["evil.zip"]


def test_hostile_output_paths_are_refused(run: Callable[..., Ended], tmp_path: Path) -> None:
    """-o on a folder, on a path through a file, or on the store itself is refused, and nothing is destroyed."""
    with Store(tmp_path / "claimtrack.db") as store:
        document = make_document()
        store.add(document, [make_claim(document)])
    (tmp_path / "file").write_text("kept")
    for target in (".", "file/below.csv", "missing/folder/a.csv", "claimtrack.db"):
        ended = run("export", "--format", "csv", "-o", target)
        assert ended.code in {1, 2}, target
        assert "Traceback" not in ended.err
    assert (tmp_path / "file").read_text() == "kept"
    with Store(tmp_path / "claimtrack.db") as store:
        assert store.count_claims() == 1


