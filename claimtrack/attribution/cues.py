"""Cues: the words of a text by which somebody reports, each with its entry in the lexicon `reporting`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.attribution.quoted_text import QuotedText
from claimtrack.attribution.syntax import SUBJECTS, Range, children
from claimtrack.meaning.chances import weighed
from claimtrack.schema import CueKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Frame = Literal[
    "quote", "that", "wh", "inf", "object_inf", "ger", "np", "np_rest", "as", "small", "raising", "comment", "chance"
]
PartOfSpeech = Literal["verb", "noun", "adjective", "adverb", "preposition"]


class Reporting(lexicon.Entry):
    """A reporting cue: what the source does by it, and the frames in which it takes content."""

    pos: PartOfSpeech
    cue_kind: CueKind
    frames: tuple[Frame, ...]


class Lemma(lexicon.Entry):
    """A lemma that spaCy gives to a reporting verb, and the right one."""

    lemma: str


@dataclass(frozen=True)
class Cue:
    """A cue in a text: its head, the token its content hangs on ("for" in "call for"), all its tokens."""

    head: Token
    base: Token
    tokens: Range
    entry: Reporting


@cache
def _entries() -> dict[tuple[str, PartOfSpeech], list[tuple[list[str], Reporting]]]:
    """Entries by first word and part of speech, the longest phrases first."""
    index: dict[tuple[str, PartOfSpeech], list[tuple[list[str], Reporting]]] = {}
    for entry in sorted(lexicon.read("reporting", Reporting), key=lambda e: -len(e.phrase.split())):
        first, *rest = entry.phrase.split()
        index.setdefault((first, entry.pos), []).append((rest, entry))
    return index


@cache
def _right_lemmas() -> dict[str, str]:
    """The lemmas that spaCy gets wrong, and the right ones."""
    return {entry.phrase: entry.lemma for entry in lexicon.read("lemma_words", Lemma)}


def _part_of_speech(token: Token) -> Iterator[tuple[str, PartOfSpeech]]:
    given = token.lemma_.lower()
    lemma = _right_lemmas().get(given, given)
    if token.pos_ in {"VERB", "AUX"}:
        yield lemma, "verb"
    if token.pos_ in {"ADJ", "VERB"}:
        yield token.lower_, "adjective"
    if token.pos_ == "NOUN":
        yield lemma, "noun"
    if token.pos_ == "ADV":
        yield token.lower_, "adverb"


def cues_of(token: Token) -> Iterator[Cue]:
    """All readings of a token as a cue, the longest phrase first."""
    for key in _part_of_speech(token):
        for rest, entry in _entries().get(key, ()):
            base = _base(token, rest)
            idle = entry.frames == ("chance",) and weighed(token) is None  # "put his name on the line"
            if base is not None and not idle:
                yield Cue(token, base, _cue_tokens(token, base, len(rest)), entry)


def _base(head: Token, rest: Sequence[str]) -> Token | None:
    """The token that the content hangs on, if the words of the phrase after the head are there."""
    base = head
    for word in rest:
        following = [c for c in head.children if c.lower_ == word and c.i > head.i and c.dep_ in
                     {"prep", "prt", "agent", "advmod", "dative"}]
        if following:
            base = base if following[0].dep_ in {"prt", "advmod"} else following[0]
        elif [t.lower_ for t in head.doc[head.i + 1 : head.i + 1 + len(rest)]] == list(rest):
            return head
        else:
            return None
    return base


def _cue_tokens(head: Token, base: Token, words: int) -> Range:
    first = head.i
    left = {c.i for c in head.children if c.dep_ in {"aux", "auxpass", "neg", "advmod"} or c.lower_ == "to"}
    while first - 1 in left:
        first -= 1
    return first, max(base.i + 1, head.i + 1 + words if base == head else 0)


def prepositions(word: str) -> list[tuple[list[str], Reporting]]:
    """The entries of prepositions that begin with a word, each with its further words ("to" of "according to")."""
    return _entries().get((word, "preposition"), [])


def quote_cue(token: Token) -> Cue | None:
    """The reading of a token as a cue that goes with a quotation."""
    for cue in cues_of(token):
        if "quote" in cue.entry.frames:
            return cue
    if token.lower_ == "according":
        for rest, entry in prepositions("according"):
            return Cue(token, token, (token.i, token.i + 1 + len(rest)), entry)
    return None


def cue_within(text: QuotedText, cue: Span | None) -> tuple[Reporting | None, Token | None]:
    """The entry of the lexicon that the words of a cue show, and its head."""
    for token in text.doc[slice(*text.tokens(*cue))] if cue else ():
        for found in cues_of(token):
            return found.entry, token
        if token.lower_ == "according" and (quoted := quote_cue(token)) is not None:
            return quoted.entry, token
    return None, None


def shares_subject(verb: Token, cue: Token) -> bool:
    """Whether a coordinated cue goes with another cue rather than with the clause that this one reports."""
    return (
        verb.pos_ == "VERB" and verb.tag_ == cue.tag_ and verb.tag_ in {"VBD", "VBZ", "VBP"}
        and not children(verb, *SUBJECTS)
        and any(c.entry.pos == "verb" and "quote" in c.entry.frames for c in cues_of(verb))
    )
