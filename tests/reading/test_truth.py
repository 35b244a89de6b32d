"""One article in every format: its true text, title, author, day, address, and where its words stand."""

from __future__ import annotations

import pytest

from claimtrack.reading.ingest import read_all
from claimtrack.reading.registry import CONTAINERS, READERS
from claimtrack.schema import Document
from tests.reading.test_ingest import DOCUMENTS

FORMATS = DOCUMENTS / "formats"
TITLE = "A quarrel over water"
CANAL = "The canal will not open in May, the mayor said on Monday."
LOCKS = "Teo Brandt, who built the locks, said that they were safe."
BARE = f"{CANAL}\n\n{LOCKS}"
PAGE = f"{TITLE}\n{CANAL}\n{LOCKS}"
POST = f"{TITLE}\n\n{BARE}"
PRINT = f"{TITLE}\nBy Mara Quist\n6 October 2021\n{CANAL}\n{LOCKS}"
OFFICE = PRINT.replace("\n", "\n\n")
SET = OFFICE.replace("Quist\n\n", "Quist\n")  # lines that stand close together are one block
HEAD = f"---\ntitle: {TITLE}\nauthor: Mara Quist\ndate: 2021-10-06\n---\n\n# {TITLE}\n\n"
NOTE = f"{HEAD}{BARE.replace('not', '**not**')}\n"
URL = "https://times.example/water"
# The text of each file, where its sentence on the canal begins, and the address that the format tells.
TRUTH: dict[str, tuple[str, int, str | None]] = {
    "text.txt": (PRINT.replace(f"{CANAL}\n", f"\n{CANAL}\n\n") + "\n", 51, None), "markdown.md": (NOTE, 97, None),
    "page.html": (PAGE, 21, None), "packed.html.gz": (PAGE, 21, None), "articles.zip": (PAGE, 21, None),
    "archive.mhtml": (PAGE, 21, URL), "crawl.warc": (PAGE, 21, URL), "feed.rss": (POST, 22, URL),
    "feed.atom": (POST, 22, URL), "book.epub": (POST, 22, None), "mail.eml": (f"{BARE}\n", 0, None),
    "letters.mbox": (f"{BARE}\n", 0, None),
    "records.jsonl": (BARE, 0, None), "word.docx": (OFFICE, 53, None), "office.odt": (OFFICE, 53, None),
    "rich.rtf": (f"{PRINT}\n", 50, None), "print.pdf": (SET, 52, None),
}  # fmt: skip
SPOKEN = {"film.srt": "The canal will not open in May.\n\nThe locks are safe."}
EXTRAS = {".rtf": "striprtf", ".warc": "warcio"}


def document(name: str) -> Document:
    """The one document of a file."""
    pytest.importorskip(EXTRAS.get(f".{name.rsplit('.', 1)[1]}", "pdfminer"))
    (found,) = read_all([str(FORMATS / name)])
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize("name", TRUTH)
def test_truth_of_each_format(name: str) -> None:
    """Text and imprint are the article's; the section of a sentence is where it stands in the text."""
    text, start, url = TRUTH[name]
    found = document(name)
    assert (found.text, found.title, found.byline, found.published, found.url) == (
        text, TITLE, ("Mara Quist",), "2021-10-06", url,
    )  # fmt: skip
    bodies = [s for s in found.sections if s.kind == "body"]
    assert [(s.start, found.text[s.start : s.end].replace("*", ""), s.voice) for s in bodies] == [
        (start, CANAL, "Mara Quist"), (text.index(LOCKS), LOCKS, "Mara Quist"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["film.srt", "film.vtt"])
def test_truth_of_what_is_spoken(name: str) -> None:
    """Subtitles tell who speaks, and nothing of title, author and day."""
    found = document(name)
    assert (found.text, found.title, found.byline, found.published) == (SPOKEN["film.srt"], None, (), None)
    assert [(s.kind, s.voice, s.start, s.end) for s in found.sections] == [
        ("body", "Ines Calder", 0, 31), ("body", "Teo Brandt", 33, 52),
    ]  # fmt: skip


def test_truth_is_told_of_every_format() -> None:
    """Whoever adds a reader adds its file; of two names of one reader, one is enough."""
    shown = {f".{path.name.rsplit('.', 1)[1]}" for path in FORMATS.iterdir()}
    readers = {**READERS, **CONTAINERS}
    assert {readers[extension] for extension in shown} == set(readers.values())
