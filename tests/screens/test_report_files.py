"""A report as running text: its title and its camps in words, each quotation with its citation, nothing hostile."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.exports.markdown import escaped
from claimtrack.schema import Entity, Position, Source
from claimtrack.screens.report import gather
from claimtrack.screens.report_files import docx, markdown
from claimtrack.store import Store
from claimtrack.tracking.pairing import update_pairs
from tests.conftest import Ended, make_claim, make_document

HOSTILE = "Chile fights the Quoll Dam, **loud** <script>x</script> [a](http://evil.example) _and_\x1b[2J\n# so."


@pytest.fixture
def filled(tmp_path: Path) -> Store:
    """Two who clash over a dam, and a fragment."""
    store = Store(tmp_path / "claimtrack.db")
    texts = [("Peru", "favor", "Peru backs the Quoll Dam."), ("Chile", "against", HOSTILE)]
    for n, (name, value, text) in enumerate(texts, 1):
        held = Position(holder=name, holder_id=f"country:{name.lower()}", target="Quoll Dam",
                        target_id="place:quoll-dam", value=value)  # fmt: skip
        dam = Entity(id="place:quoll-dam", name="Quoll Dam", type="place")
        told = {"title": f"Dam {n}", "publisher": "The Mail", "published": f"2025-01-0{n}"}
        document = make_document(text, path=f"{n}.txt", **told)
        source = Source(id=f"country:{name.lower()}", name=name, kind="state")
        known = {"positions": (held,), "source": source, "topics": ("quoll-dam",), "entities": (dam,)}
        store.add(document, [make_claim(document, text, kind="opinion", **known)])
    fragment = make_document("It.", path="it.txt")
    store.add(fragment, [make_claim(fragment, "It", topics=("quoll-dam",))])
    update_pairs(store)
    return store


def test_report_files_say_in_words_what_it_is_about(filled: Store) -> None:
    """The title names the matter as the articles do; who is for and against stands first; fragments are left out."""
    report = gather(filled, "quoll")
    assert report.title == "What is claimed on the Quoll Dam"
    assert gather(filled).title == "What is claimed, and who contradicts whom"
    [camp] = report.camps
    assert ([m.who for m in camp.favor], [m.who for m in camp.against]) == (["Peru"], ["Chile"])
    assert "It" not in [entry.claim.text for _, entries in report.shown_papers for entry in entries]


def test_report_files_cite_each_quotation(filled: Store) -> None:
    """In Markdown, a quotation is followed by who, outlet, title, date, place and id; hostile text stays text."""
    told = markdown(gather(filled, "quoll"))
    assert re.search(r"^> Peru (\*\*)?backs(\*\*)? the Quoll Dam\.$", told, re.M)
    assert re.search(r"^Peru: opinion.* The Mail, “Dam 1”, 2025-01-01, .*clm_[0-9a-f]{16}\.$", told, re.M)
    assert not re.search(r"(?<!\\)<script>|(?<!\\)\[a|\x1b|^# so|(?<!\\)_and", told, re.M)
    assert [line for line in told.splitlines() if line.startswith("# ")] == ["# What is claimed on the Quoll Dam"]


@pytest.mark.parametrize(
    ("text", "safe"),
    [("1. a", "1\\. a"), ("- a", "\\- a"), ("a_b", "a_b"), ("_a_", "\\_a\\_"), ("# a", "\\# a"), ("a & b", "a &amp; b"),
     ("<b>", "\\<b\\>"), ("a\n\n# b", "a \\# b")],
)  # fmt: skip
def test_report_files_escape_what_markdown_reads(text: str, safe: str) -> None:
    """What would be a list, a heading, emphasis or HTML stays as it is read."""
    assert escaped(text) == safe


def test_report_files_are_read_by_word_processors(filled: Store) -> None:
    """The Word document has the same headings, quotations with the clashing words in bold, and no control character."""
    reader = pytest.importorskip("docx", reason="needs the extra: pip install 'claimtrack[report]'")
    made = reader.Document(io.BytesIO(docx(gather(filled, "quoll"))))
    told = {paragraph.text: paragraph for paragraph in made.paragraphs}
    assert made.paragraphs[0].text == "What is claimed on the Quoll Dam"
    assert {"Who is for, who against", "Contradictions", "Sources", "Documents"} <= told.keys()
    assert told["Peru backs the Quoll Dam."].style.name == "Quote"
    assert any("Chile fights the Quoll Dam, **loud** <script>" in text for text in told)


def test_report_files_go_by_their_ending(run: Callable[..., Ended], filled: Store) -> None:
    """The ending of the file says what is written; another one is refused, and nothing written."""
    filled.close()
    for ending, first in ((".md", b"# What"), (".docx", b"PK"), (".html", b"<!DOCTYPE")):
        if ending == ".docx":
            pytest.importorskip("docx")
        assert run("report", "--topic", "quoll", "-o", f"r{ending}").code == 0
        assert Path(f"r{ending}").read_bytes().startswith(first)
    refused = run("report", "-o", "r.pdf")
    assert (refused.code, ".html, .md or .docx" in refused.err, Path("r.pdf").exists()) == (2, True, False)
