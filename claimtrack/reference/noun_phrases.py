"""Noun phrases under which an analyst would file news: "peace treaty", "gas exports", "nuclear program".

Such a phrase is a common noun with what says of which kind it is right before it: nouns, or one of the adjectives in
topic_words.toml. Dates, numbers, persons, judgements ("serious threat") and nouns that say little make no topic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.reference.gazetteer import slug
from claimtrack.reference.nouns import class_nouns, genders

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["TopicWord", "topics"]

HYPHENS = frozenset({"-", "‐", "‑", "–"})


class TopicWord(lexicon.Entry):
    """A word that decides whether a phrase may be a topic: "military exercise" may, "press release" may not."""

    role: Literal["kind", "empty"]


def topics(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Give the slugs of the noun phrases in a clause that may be topics, in order, each once."""
    phrases = (_phrase(token) for token in tokens if token.pos_ == "NOUN" and not _is_empty(token))
    return tuple(dict.fromkeys(slug(words) for words in phrases if words))


def _phrase(noun: Token) -> str:
    """Give a noun with all that says of which kind it is; nothing where that is not said, or begins after a hyphen."""
    kinds = list(_kinds(noun))
    start = kinds[-1].i if kinds else 0
    cut = start > 0 and noun.doc[start - 1].text in HYPHENS and not noun.doc[start - 1].whitespace_
    return noun.doc[start : noun.i + 1].text if kinds and not cut else ""


def _kinds(noun: Token) -> Iterator[Token]:
    """Give the words right before a noun that say of which kind it is, the nearest first."""
    for i in range(noun.i - 1, -1, -1):
        token = noun.doc[i]
        if not _says_kind(token) or not i < token.head.i <= noun.i:
            return
        yield token


def _says_kind(token: Token) -> bool:
    if not token.is_alpha or token.ent_type_ or token.dep_ not in {"amod", "compound", "nmod"}:
        return False
    named = token.pos_ == "NOUN" and token.dep_ != "amod" and not _is_empty(token)
    return named or _roles().get(token.lower_) == "kind"


def _is_empty(noun: Token) -> bool:
    """Tell a noun under which nobody would look for news: a time, an amount, a human being, an "issue"."""
    words = {noun.lower_, noun.lemma_.lower()}
    human = any(word in genders("human_nouns") or _is_office(word) for word in words)
    return bool(noun.ent_type_) or not noun.is_alpha or human or any(_roles().get(word) == "empty" for word in words)


def _is_office(word: str) -> bool:
    noun = class_nouns().get(word)
    return noun is not None and noun.type == "person"


@cache
def _roles() -> dict[str, str]:
    return {phrase: word.role for phrase, word in lexicon.phrases("topic_words", TopicWord).items()}
