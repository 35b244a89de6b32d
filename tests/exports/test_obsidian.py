"""Notes for Obsidian: each link leads to a note, properties are YAML, and no name escapes its folder."""

from __future__ import annotations

import io
import re
from pathlib import PurePosixPath
from zipfile import ZipFile

import yaml
from hypothesis import given, settings

from claimtrack.exports.obsidian import notes
from claimtrack.schema import Claim, Contradiction, Document, Source
from tests.conftest import make_claim, make_document
from tests.exports.test_formats import written
from tests.samples import articles

TEXT = "Peru: yes to ..\\../the dam | [now]. Chile: no."


def clashing() -> tuple[Document, list[Claim], Contradiction]:
    """A document of two claims that clash, one by a source with a name that no file may have."""
    document = make_document(TEXT, title="A dam: why?", published="2025-01-01")
    yes = make_claim(document, "yes to ..\\../the dam | [now]", id="clm_1000000000000000", topics=("quoll-dam",),
                     source=Source(id="x:1", name="../../Peru: <b>", kind="state"))  # fmt: skip
    no = make_claim(document, "no", id="clm_2000000000000000")
    pair = Contradiction(id="ctr_1", kind="stance", strength="contradiction", score=0.9, explanation="They differ.",
                         same_source=False, same_document=True, a=yes, b=no)  # fmt: skip
    return document, [yes, no], pair


def test_obsidian_links_lead_to_notes() -> None:
    """A claim's note leads to who holds it, to its document and to what it clashes with; they lead back."""
    document, claims, pair = clashing()
    found = {note.path: note.text for note in notes([(document, claims)], [pair])}
    assert set(found) >= {"Claims/clm_1000000000000000.md", f"Documents/{document.id}.md"}
    links = {link for text in found.values() for link in re.findall(r"\[\[([^|\]]+)", text)}
    assert {f"{link}.md" for link in links} <= set(found)
    told = found["Claims/clm_1000000000000000.md"]
    assert "contradiction (stance, 0.90) with Mara Quist: [[Claims/clm_2000000000000000|no]]" in told
    properties = yaml.safe_load(told.split("---\n")[1])
    assert (properties["source"], properties["published"]) == ("../../Peru: <b>", "2025-01-01")
    assert properties["tags"] == ["claim/fact", "quoll-dam"]
    assert "\n# yes to ..\\\\../the dam \\| \\[now\\]\n" in told


@settings(deadline=None, max_examples=30)
@given(articles())
def test_obsidian_takes_any_text(article: tuple[Document, Claim]) -> None:
    """Whatever a text, name or topic holds, notes stay in three folders and their properties can be read."""
    document, claim = article
    for note in notes([(document, [claim])], []):
        path = PurePosixPath(note.path)
        assert path.parts[0] in {"Claims", "Sources", "Documents"}
        assert (len(path.parts), ".." in path.parts, path.suffix) == (2, False, ".md")
        assert isinstance(yaml.safe_load(note.text.split("\n---\n")[0].removeprefix("---\n")), dict)


def test_obsidian_is_an_archive_of_notes() -> None:
    """The export is a zip archive, that the command unpacks."""
    with ZipFile(io.BytesIO(written("obsidian"))) as archive:
        assert all(name.endswith(".md") for name in archive.namelist())
