"""Write text in capitals alone as it is usually written, letter for letter: the parser knows names by their first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from pydantic import ConfigDict

from claimtrack import lexicon

__all__ = ["is_capitals", "sentence_case"]

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_ALSO_WORDS = frozenset({"bill", "grant", "mark"})  # forenames where a sentence begins, words within one
_NO_NAMES = frozenset({"may", "will"})
_FEWEST = 4  # words; fewer are a label or an acronym


class _Named(lexicon.Entry):
    """An entry of any lexicon of names, read for its names alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


def is_capitals(words: str) -> bool:
    """Tell whether a paragraph is in capitals alone: "PORT WILL NOT BE SOLD, SAYS MAYOR"."""
    return words.isupper() and len(_WORD.findall(words)) >= _FEWEST


def sentence_case(words: str) -> str:
    """Give the words in small letters but for names, acronyms and the beginnings of sentences; the length stays.

    Names are those of countries, their capitals and people, and a forename with the word behind it.
    """
    return _long_names().sub(lambda match: _as_named()[match[0].lower()], "".join(_pieces(words)))


def _pieces(words: str) -> Iterator[str]:
    """Give the words and what stands between them."""
    at, begins, named = 0, True, False
    for match in _WORD.finditer(words):
        between, word = words[at : match.start()], match[0]
        begins = begins or re.search(r"[.!?:]\s|[\"“]", between) is not None
        small = word.lower()
        if len(small) != len(word) or word in _acronyms() or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word):
            small = word
        else:
            first = small in forenames() or (begins and small in _ALSO_WORDS)
            if begins or named or first or small in _as_named() or small == "i":
                small = word[0] + small[1:]
            named = first
        yield between + small
        at, begins = match.end(), False
    yield words[at:]


@cache
def _as_named() -> dict[str, str]:
    """Give the names of countries, capitals and peoples by their small letters."""
    rows = lexicon.read("countries", _Named)
    names = chain.from_iterable((row.phrase, *row.names, *row.capitals, *row.demonyms) for row in rows)
    return {name.lower(): name for name in names if len(name) > 3}


@cache
def _long_names() -> re.Pattern[str]:
    """Match the names of several words: "south korea"."""
    names = sorted((name for name in _as_named() if " " in name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


@cache
def _acronyms() -> frozenset[str]:
    """Give the names that are written in capitals: "NATO"."""
    phrases = (row.phrase for row in lexicon.read("aliases", _Named))
    return frozenset(phrase for phrase in phrases if phrase.isupper() and len(phrase) > 1)


@cache
def forenames() -> frozenset[str]:
    """Give the forenames, in small letters."""
    return frozenset(row.phrase for row in lexicon.read("forenames", _Named)) - _ALSO_WORDS - _NO_NAMES
