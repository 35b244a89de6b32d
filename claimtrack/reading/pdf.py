"""Read PDFs with a text layer: running heads and note numbers out, sentences whole across lines, columns and pages."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from claimtrack import lexicon
from claimtrack.errors import EmptyDocument, UnreadableDocument
from claimtrack.reading.records import sound
from claimtrack.reading.registry import Draft, reader
from claimtrack.schema import Section

_EDGE = 2  # lines at the head and foot of a page that may be running heads
_PAGE_NUMBER = re.compile(r"\W*(?:(?:page|seite|p\.)\s*)?\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?\W*", re.IGNORECASE)
_NOTE = re.compile(r"(\d{1,3})[.)]?\s+(?=[^\W\d_])")
_CLOSED = (".", "!", "?", ":", "”", '"', "’", ")", "…")
_NARROW = 40  # characters; lines of a column are shorter than any wrapped prose


@reader(".pdf")
def _read_pdf(raw: bytes, path: str) -> Draft:
    """Read a PDF: its pages as one text, the notes at their feet behind it.

    Its own title and author are not used: they mostly name a template and a user of the office software.
    """
    pages = _pages(raw, path)
    if not any(line.strip() for page in pages for line in page):
        raise EmptyDocument(f"{path!r} is a PDF without text, perhaps scanned: run text recognition on it first.")
    bodies, notes = [], []
    for page in _without_running_heads(pages):
        body, note = _without_notes(page)
        bodies.append("\n".join(body).strip("\n"))
        notes += note
    text = _without_hyphens(_joined([body for body in bodies if body.strip()]))
    if not notes:
        return Draft(text)
    behind = "\n".join(notes)
    told = Section(kind="boilerplate", start=len(text) + 2, end=len(text) + 2 + len(behind))
    return Draft(f"{text}\n\n{behind}", told=(told,))


def _pages(raw: bytes, path: str) -> list[list[str]]:
    """Give the lines of each page in the order in which they are read, a blank one between blocks.

    Of the libraries tried, pdfminer.six alone reads columns that were written row by row, and lines written in any
    order; pypdf takes half its time.
    """
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").addHandler(logging.NullHandler())
    try:
        pages = extract_pages(io.BytesIO(raw), laparams=LAParams(all_texts=True))
        blocks = (_edges_outside(list(_blocks(page))) for page in pages)
        return [sound("".join(block.words for block in page)).split("\n") for page in blocks]
    except PDFPasswordIncorrect as error:
        raise UnreadableDocument(f"{path!r} is an encrypted PDF: save a copy without a password.") from error
    except Exception as error:  # the library lets any exception of its parsers through
        raise UnreadableDocument(f"{path!r} is a broken PDF ({error}): save it anew, or as text.") from error


@dataclass(frozen=True)
class _Block:
    """A block of text, and how far above the foot of the page it begins and ends."""

    words: str
    low: float
    high: float


def _blocks(container: Iterable[Any]) -> Iterator[_Block]:
    """Give the blocks of text on a page, also those inside figures; a character without a meaning is U+FFFD."""
    from pdfminer.layout import LTFigure, LTTextContainer

    for item in container:
        if isinstance(item, LTTextContainer):
            yield _Block(re.sub(r"\(cid:\d+\)", "\ufffd", item.get_text()) + "\n", item.y0, item.y1)
        elif isinstance(item, LTFigure):
            yield from _blocks(item)


def _edges_outside(blocks: list[_Block]) -> list[_Block]:
    """Put the lines alone above all else first, and those alone below last: the library reads a heading before them."""
    filled = [block for block in blocks if block.words.strip()]
    if len(filled) < 3:
        return filled
    top, foot = max(filled, key=lambda b: b.high), min(filled, key=lambda b: b.low)
    heads = _alone([b for b in filled if b.low >= top.low - 1], filled, top)
    feet = _alone([b for b in filled if b.high <= foot.high + 1], filled, foot)
    return [*heads, *(b for b in filled if b not in heads and b not in feet), *feet]


def _alone(line: list[_Block], blocks: list[_Block], edge: _Block) -> list[_Block]:
    """Give the blocks of a line at the edge of a page, if it is one line, and other blocks keep a distance from it."""
    away = 0.8 * (edge.high - edge.low)  # columns of single lines stand closer
    others = (b for b in blocks if b not in line)
    is_line = all(b.words.strip().count("\n") == 0 for b in line)
    return line if is_line and all(b.high < edge.low - away or b.low > edge.high + away for b in others) else []


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Give the pages without the lines at their edges that come on several pages, but for their numbers."""
    trimmed = [_trimmed(page) for page in pages]
    if len(trimmed) < 2:
        return trimmed
    counts = Counter(
        (foot, _pattern(line))
        for page in trimmed if len(page) > _EDGE
        for foot in (False, True)
        for line in dict.fromkeys(page[i] for i in _edge(page, foot=foot))
    )
    running = {key for key, count in counts.items() if count >= max(2, 0.3 * len(trimmed))}
    return [_cut(page, running) for page in trimmed]


def _trimmed(page: list[str]) -> list[str]:
    """Give a page without the blank lines at its edges."""
    filled = [i for i, line in enumerate(page) if line.strip()]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _edge(page: list[str], *, foot: bool) -> list[int]:
    """Give where the lines at the head or the foot of a page stand that are not blank, from the edge inwards."""
    filled = [i for i, line in enumerate(page) if line.strip()]
    return filled[: -_EDGE - 1 : -1] if foot else filled[:_EDGE]


def _cut(page: list[str], running: set[tuple[bool, str]]) -> list[str]:
    """Give a page without its running heads and bare page numbers, from the edges inwards."""
    begin, end = 0, len(page)
    for at in _edge(page, foot=False):
        if not _is_running(page[at], foot=False, running=running):
            break
        begin = at + 1
    for at in _edge(page, foot=True):
        if at < begin or not _is_running(page[at], foot=True, running=running):
            break
        end = at
    return _trimmed(page[begin:end])


def _is_running(line: str, *, foot: bool, running: set[tuple[bool, str]]) -> bool:
    """Tell whether a line at a page's edge is a running head or a page number."""
    return (foot, _pattern(line)) in running or _PAGE_NUMBER.fullmatch(line) is not None


def _pattern(line: str) -> str:
    """Give a line with any number as "#": "Page 3 of 9" and "Page 4 of 9" are one head."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _without_notes(page: list[str]) -> tuple[list[str], list[str]]:
    """Part the notes at the foot of a page from its text, and cut their numbers out of the text.

    A note begins with a number that also stands alone in a line above, or glued to a word: "Mark Stone12 said".
    """
    for index, line in enumerate(page):
        note = _NOTE.match(line)
        if note is None or index == 0:
            continue
        number, above = note[1], page[:index]
        glued = re.compile(rf"(?<=[^\W\d_][^\W\d_]){number}(?!\w)|(?<=[^\W\d_][.,;”\"’)]){number}(?!\w)")
        if any(each.strip() == number for each in above) or any(map(glued.search, above)):
            return [glued.sub("", each) for each in above if each.strip() != number], page[index:]
    return page, []


def _joined(pages: list[str]) -> str:
    """Give the pages as one text: a sentence goes on over a page's end, a paragraph that is closed does not."""
    text = ""
    for page in map(_reflowed, pages):
        ends = not text or text.rstrip().endswith(_CLOSED) or re.match(r"[\W\d]", page)
        text += page if not text else f"\n\n{page}" if ends and not page[:1].islower() else f"\n{page}"
    return text


def _reflowed(page: str) -> str:
    """Give the page with narrow columns as running text: nobody would take their short lines for wrapped prose."""
    lines = page.split("\n")
    full = [len(line) for line in lines if line.strip()]
    if len(full) < 4 or max(full) > _NARROW or median(full) < 0.6 * max(full):
        return page
    flow = ""
    for line in lines:
        flow += line.strip() if not flow or flow.endswith("\n") else f" {line.strip()}"
        if line.rstrip().endswith(_CLOSED) and len(line) < 0.6 * max(full):
            flow += "\n\n"
    return flow.strip()


def _without_hyphens(text: str) -> str:
    """Give the text with the halves of words joined that the typesetter parted at a line's end.

    A hyphen stays where the page has the word with a hyphen elsewhere ("long-term"), where another follows
    ("state-of-the-art"), between numbers and before capitals, and behind words that begin compounds ("well-known").
    """

    def join(match: re.Match[str]) -> str:
        first, second, rest = match[1], match[2], match[3]
        whole = first + second
        keeps = f"{first}-{second}" in text or not second[0].islower() or rest.startswith("-")
        if not keeps and re.search(rf"\b{re.escape(whole)}\b", text) is None:
            keeps = first.lower() in lexicon.words("compound_words", "first")
        return (f"{first}-{second}" if keeps else whole) + rest + "\n"

    return re.sub(r"(\b[^\W_]+)[-\u00ad]\n([^\W_]+)(\S*)[ \n]?", join, text)
