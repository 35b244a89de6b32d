"""Find names that a class noun makes: "Lapis Corridor", "Treaty of Lisbon", "General Karapetyan"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference.indexed_text import IndexedText, Thing
from claimtrack.reference.nouns import class_nouns
from claimtrack.schema import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAME_POS = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X", "VERB"})
_DASHES = frozenset({"-", "–"})


def ruled_names(text: IndexedText) -> list[Thing]:
    """Find names that a class noun makes: "Lapis Corridor", "Treaty of Lisbon", "General Karapetyan"."""
    things: list[Thing] = []
    for token in text.doc:
        noun = class_nouns().get(token.lower_) if token.is_alpha else None
        if noun is not None and noun.names and not _shouted(token):
            thing = _before_class(text, token, noun.type) or _after_class(text, token, noun.type)
            if thing is not None:
                things.append(thing)
        elif token.is_title and (titled := _titled(text, token)) is not None:
            things.append(titled)
    return things


def _before_class(text: IndexedText, token: Token, kind: EntityType) -> Thing | None:
    start = token.i
    while start > text.sentences[token.i] and _in_name(text, start - 1):
        start -= 1
    while start < token.i and (
        text.words[start].lower() in links_inside() or text.doc[start].pos_ not in _NAME_POS
        or not text.words[start][0].isalnum()
    ):
        start += 1
    if start == token.i or text.is_headline(token):
        return None
    if text.words[token.i][0].islower() and not _names_alone(text, start, token.i, kind):
        return None
    thing = _after_class(text, token, kind)
    return Thing(start, thing.end if thing else token.i + 1, kind, ruled=True)


def _names_alone(text: IndexedText, start: int, end: int, kind: EntityType) -> bool:
    """Tell "Rostov region" from "Russian region": a small class noun needs a name of its own before it."""
    if kind not in {"place", "event", "work"} or not text.words[start][0].isupper():
        return False
    inside = (text.name_at.get(i) for i in range(start, end))
    stated = any(n is not None and n.sense.referent.type == "country" for n in inside)
    last = text.doc[end - 1]
    if kind != "place" and last.ent_type_ == "PERSON":
        return False
    return not stated and last.pos_ == "PROPN" and last.ent_type_ not in {"DATE", "NORP", "ORDINAL", "CARDINAL"}


def _after_class(text: IndexedText, token: Token, kind: EntityType) -> Thing | None:
    """Follow "Declaration on …", "Strait of …" through its capitalised words."""
    i = token.i + 1
    if not token.text[0].isupper() or i + 1 >= len(text.doc) or text.words[i] not in _after_class_words():
        return None
    end = i
    while i < len(text.doc) and _in_name(text, i) and (text.words[i] != "and" or text.is_capital(i + 1)):
        i += 1
        if text.words[i - 1][0].isupper():
            end = i
    if end == token.i + 1 or text.is_headline(token):
        return None
    return Thing(token.i, end, kind, ruled=True)


def _in_name(text: IndexedText, i: int) -> bool:
    word = text.words[i]
    if word[0].isupper():
        return word != "I"
    if word == "the":
        return i > 0 and text.words[i - 1] in _after_class_words() and text.is_capital(i + 1)
    return word in links_inside() and i > 0 and text.is_capital(i + 1) if word not in _DASHES else (
        text.is_capital(i + 1) or (i > 0 and text.words[i - 1][-1:].isdigit())
    )


def _titled(text: IndexedText, token: Token) -> Thing | None:
    """Take the capitalised words after a title for a person's name."""
    noun = class_nouns().get(token.lower_) or class_nouns().get(token.lower_ + ".")
    if noun is None or not noun.title or token.ent_type_ in {"ORG", "GPE", "LOC", "FAC"}:
        return None
    end = token.i + 1
    while end < len(text.doc) and end <= token.i + 4 and _personal(text, end):
        end += 1
    return Thing(token.i + 1, end, "person", ruled=True) if end > token.i + 1 else None


def _personal(text: IndexedText, i: int) -> bool:
    token = text.doc[i]
    return (
        token.is_title and token.is_alpha and token.pos_ == "PROPN" and token.lower_ not in class_nouns()
        and token.ent_type_ in {"", "PERSON"}
    )


def _shouted(token: Token) -> bool:
    return bool(token.is_upper and len(token) > 4)


@cache
def links_inside() -> frozenset[str]:
    """Give what may stand between the capitalised words of a name: "Bank of China", "Iran-Iraq War"."""
    return lexicon.words("name_words", "inside") | _DASHES


@cache
def _after_class_words() -> frozenset[str]:
    """Give what joins a class noun to the name behind it: "Treaty of Lisbon"."""
    return lexicon.words("name_words", "after_class")
