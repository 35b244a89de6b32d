"""What tests of meaning do with an invented sentence: qualify it, and quote from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimtrack.meaning import factuality, hedges
from claimtrack.schema import Qualification

if TYPE_CHECKING:
    from spacy.tokens import Doc


def qualified(doc: Doc, **options: Any) -> Qualification:
    """Qualify the main clause of the last sentence."""
    root = list(doc.sents)[-1].root
    return factuality.qualify(hedges.event_of(root), **options)


def words(doc: Doc, span: tuple[int, int] | None) -> str | None:
    """Give the words of a span of characters."""
    return doc.text[span[0]:span[1]] if span else None
