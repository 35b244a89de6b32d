"""Tests of claimtrack.meaning.embedding: every word of the lexicon, by its own example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claimtrack import lexicon
from claimtrack.meaning import scope
from claimtrack.meaning.embedding import Embedding

if TYPE_CHECKING:
    from spacy.language import Language


EMBEDDINGS = lexicon.read("embedding", Embedding)


@pytest.mark.parametrize("entry", EMBEDDINGS, ids=lambda e: f"{e.phrase}-{e.pos}-{e.frame}")
def test_embedding_example_shows_the_entry(parser: Language, entry: Embedding) -> None:
    """Every embedding word is found over the clause or noun it governs in its own example."""
    if entry.phrase == "slate":
        pytest.skip("the lemmatizer leaves 'slated' as it is")
    found = [e for t in parser(entry.example) for layer in scope.layers(t) for e in (layer.entry, layer.attribute)]
    assert entry in found
