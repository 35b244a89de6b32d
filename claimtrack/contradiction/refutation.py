"""Words by which a text calls a story false, and by which it keeps its distance: "a hoax", "denies", "reportedly".

Works on the words alone, without a parse, so that a long article is read in milliseconds. A word of refutation counts
less where it is doubted ("may be a hoax"), asked ("A hoax?") or said of something else ("a satirical magazine"), and
not at all where it is denied itself ("not a hoax", "denies that it was staged").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, cast

from claimtrack import lexicon
from claimtrack.meaning.negation import Negation
from claimtrack.schema import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

__all__ = [
    "Cue", "Hearsay", "HearsayRole", "Refutation", "RefutationRole", "asks", "contradicts", "cues", "hands_on", "key",
    "keys", "marks", "sentences", "spoken", "tokenizer",
]  # fmt: skip

RefutationRole = Literal["verdict", "label", "denial"]
HearsayRole = Literal["story", "hearsay", "speech", "doubt"]
Words = Sequence["Token"]

_DOUBTED = 0.5
# Reaches in words: of a negation, of a doubt, of a denial over what it denies, of the words that tell which story.
_NEGATION, _DOUBT, _DENIAL, _NEAR = 3, 5, 8, 10
_CLAUSE = 6  # from the word that opens a subordinate clause
_POINTER = 6  # from "it" or "that" to what is said of it
_LONGEST = 200  # a longer run of words is no sentence, and is cut
_SHORT = 6  # a sentence of so few words ("All fake.") speaks of the story as a whole

_NUMBERS = {
    word: str(number)
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    )
    for number, word in enumerate(words.split(), 1)
}
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", ""))
_QUOTES = frozenset("\"'`“”‘’«»„")


class Refutation(lexicon.Entry):
    """Words that call a story false."""

    role: RefutationRole


class Hearsay(lexicon.Entry):
    """Words that keep a distance from a story."""

    role: HearsayRole


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of refutation that is not denied itself.

    Attributes:
        role: whether the text itself refutes, or tells of a denial.
        span: where it stands, in characters of the tokenized text.
        share: of its weight, in [0, 1]: less where it is doubted, asked or not clearly said of anything.
        of_story: it is said of a story, or of what "it" and "that" point to.
        aside: it stands in a subordinate clause.
        near: keys of the words around it.
    """

    role: RefutationRole
    span: Span
    share: float
    of_story: bool
    aside: bool
    near: frozenset[str]


# --- words


@cache
def tokenizer() -> Language:
    """Give a pipeline that cuts text into words and sentences and knows nothing else."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def sentences(text: str) -> Iterator[list[Token]]:
    """Cut a text into the words of its sentences; a quotation mark behind white space opens the next sentence."""
    opening: list[Token] = []
    for sentence in tokenizer()(text).sents:
        words = [*opening, *(token for token in sentence if not token.is_space)]
        opening = []
        while len(words) > 1 and words[-1].text in _QUOTES and words[-1].nbor(-1).whitespace_:
            opening.insert(0, words.pop())
        yield from (words[at : at + _LONGEST] for at in range(0, len(words), _LONGEST))


@lru_cache(maxsize=65_536)
def key(word: str) -> str:
    """Reduce a lower-case word to what its forms share: "denies" and "denied", "third" and "3" meet.

    It is a key to compare by, not a lemma. Numbers up to twelve are figures.
    """
    if word in _NUMBERS:
        return _NUMBERS[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 3 and not word.endswith(("ss", "us", "is")):
            word = word.removesuffix(ending) + instead
            break
    if len(word) > 3:
        word = word.removesuffix("e")
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def keys(words: Words) -> frozenset[str]:
    """Give the keys of the content words."""
    return frozenset(key(_plain(t)) for t in words if _is_content(t))


def _is_content(token: Token) -> bool:
    word = token.lower_
    return word in _NUMBERS or (not token.is_stop and len(word) > 1 and any(c.isalnum() for c in word))


def _plain(token: Token) -> str:
    return token.lower_.replace("’", "'")


# --- lexicons


Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


def _table(entries: Iterable[tuple[str, str]]) -> Phrases:
    """Index phrases with their roles by their first word, the longest first."""
    table: Phrases = defaultdict(list)
    for phrase, role in entries:
        words = tuple(_plain(t) for t in tokenizer()(phrase))
        table[words[0]].append((words, role))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


@cache
def _refutations() -> Phrases:
    return _table((e.phrase, e.role) for e in lexicon.read("refutation", Refutation))


@cache
def _hearsay(*roles: HearsayRole) -> Phrases:
    return _table((e.phrase, e.role) for e in lexicon.read("hearsay", Hearsay) if e.role in roles)


@cache
def _negations() -> frozenset[str]:
    entries = lexicon.read("negation", Negation)
    return frozenset(e.phrase for e in entries if not e.weak and e.role != "adposition")


def _role(role: str) -> frozenset[str]:
    return lexicon.words("refutation_words", role)


def _found(words: Sequence[str], table: Phrases) -> Iterator[tuple[int, int, str]]:
    """Find phrases: first word, word behind the last, role; the longest at each place, without overlap."""
    end = 0
    for start, word in enumerate(words):
        if start < end:
            continue
        for phrase, role in table.get(word, ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                end = start + len(phrase)
                yield start, end, role
                break


def _holds(words: Sequence[str], *roles: HearsayRole) -> bool:
    return any(True for _ in _found(words, _hearsay(*roles)))


# --- refutation


def cues(words: Words, offset: int = 0) -> tuple[Cue, ...]:
    """Find the words of refutation of one sentence that are not denied themselves; `offset` is added to their spans."""
    plain = [_plain(t) for t in words]
    found = list(_found(plain, _refutations()))
    denials = [start for start, _, role in found if role == "denial"]
    return tuple(
        Cue(
            role=cast(RefutationRole, role),
            span=(words[start].idx + offset, words[end - 1].idx + len(words[end - 1]) + offset),
            share=_share(plain, start, end, role),
            of_story=_of_story(plain, start, role),
            aside=not _role("relative").isdisjoint(plain[max(0, start - _CLAUSE) : start]),
            near=keys(words[max(0, start - _NEAR) : end + _NEAR]),
        )
        for start, end, role in found
        if not _denied(plain, start, role, denials)
    )


def _denied(words: Sequence[str], start: int, role: str, denials: Sequence[int]) -> bool:
    if words[start] in _negations():
        return False
    if role != "denial" and any(0 < start - denial <= _DENIAL for denial in denials):
        return True
    return not _negations().isdisjoint(words[max(0, start - _NEGATION) : start])


def _share(words: Sequence[str], start: int, end: int, role: str) -> float:
    around = [*words[max(0, start - _DOUBT) : start], *words[end : end + 3]]
    doubted = asks(words) or _holds(around, "doubt")
    return _DOUBTED if doubted or (role == "label" and not _predicated(words, start, end)) else 1.0


def _predicated(words: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a label is put on something: "is a hoax", "a bogus report", "All fake."."""
    before, after = words[max(0, start - 5) : start], words[end : end + 1]
    return not _role("predicating").isdisjoint(before) or _holds(after, "story") or len(words) <= _SHORT


def _of_story(words: Sequence[str], start: int, role: str) -> bool:
    if _holds(words, "story"):
        return True
    pointed = not _role("pointing").isdisjoint(words[max(0, start - _POINTER) : start])
    return role != "denial" and (pointed or len(words) <= _SHORT)


def contradicts(words: Words) -> bool:
    """Tell whether a headline, or a part of one, says no: "No, the mayor did not resign", "Mayor has not resigned".

    A negation in a subordinate clause or a quotation does not count ("Mayor quits so that she won't be recalled"), nor
    one of a word of refutation ("They're not fake").
    """
    plain = [_plain(t) for t in words]
    found = [start for start, _, _ in _found(plain, _refutations())]
    places = [place for place, word in enumerate(plain) if word in _negations() and _is_main(plain, place)]
    return any(not any(0 <= start - place <= _NEGATION for start in found) for place in places)


def _is_main(words: Sequence[str], place: int) -> bool:
    before, after = words[:place], words[place + 1 : place + 2]
    if not _role("focusing").isdisjoint(after) or not _role("joining").isdisjoint(before[-1:]):
        return False
    if words[place] == "no" and place:
        return False
    if sum(word in _QUOTES for word in before) % 2:
        return False
    subordinate = not (_role("subordinating") | _role("relative")).isdisjoint(before)
    return not subordinate or before[-1] == "," or before[-1] in _role("contrasting")


# --- reserve


def asks(words: Words | Sequence[str]) -> bool:
    """Tell whether the words are a question."""
    return any(str(word) == "?" for word in words[-3:])


def hands_on(words: Words) -> bool:
    """Tell whether the words hand a story on without vouching for it: "reportedly", "a source", "police say"."""
    return _holds([_plain(t) for t in words], "hearsay", "speech")


def marks(words: Words) -> frozenset[str]:
    """Give the keys of the words of refutation and of reserve: what is left tells which story it is."""
    plain = [_plain(t) for t in words]
    tables = _refutations(), _hearsay("story", "hearsay", "speech", "doubt")
    found = (plain[start:end] for table in tables for start, end, _ in _found(plain, table))
    return frozenset(key(word) for phrase in found for word in phrase)


def spoken(words: Words) -> bool:
    """Tell whether the words name somebody who speaks."""
    return _holds([_plain(t) for t in words], "speech")
