"""Tests of claimtrack.lexicon: words are data, and each is shown in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import claimtrack
from claimtrack import lexicon
from claimtrack.errors import LexiconError

LEXICONS = Path(claimtrack.__file__).parent / "lexicons" / "en"
WORDS = sorted(p.stem for p in LEXICONS.glob("*_words.toml") if "role = " in p.read_text(encoding="utf8"))


@pytest.mark.parametrize("name", WORDS)
def test_lexicon_words_stand_in_their_examples(nlp, name: str) -> None:
    """Each word of a class is found in its own example, as it stands or by its lemma."""
    for entry in lexicon.read(name, lexicon.Word):
        tokens = nlp.make_doc(entry.example) if entry.phrase in entry.example.lower() else nlp(entry.example)
        shown = f" {' '.join(t.lower_ for t in tokens)} ", {t.lemma_.lower() for t in tokens}
        assert f" {entry.phrase} " in shown[0] or entry.phrase in shown[1] or entry.phrase in entry.example, entry


def test_lexicon_words_of_an_unknown_role_are_refused() -> None:
    """An empty class would match nothing in silence."""
    with pytest.raises(LexiconError, match="no entry with role 'nonsense'"):
        lexicon.words(WORDS[0], "nonsense")
