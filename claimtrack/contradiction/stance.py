"""How an article bears on another outlet's headline: it refutes the story, tells it too, only discusses it, or neither.

The labels are those of the Fake News Challenge (FNC-1, 2017): disagree, agree, discuss, unrelated. An article disagrees
where it calls the headline's story false, or tells without reserve what the headline calls false. Both are read from
words of refutation: how near they stand to the story, in whose voice, how early and how often they come.

The weights were set by hand, as round numbers on plateaus, on half A of the articles that `benchmarks/stance.py`
scores; it gives the figures of both halves, and says how far half B was held out. The trained pair model on the
sentences nearest to the headline gained nothing beside them: a denial and what it denies share most of their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from claimtrack.contradiction import refutation
from claimtrack.contradiction.refutation import Cue, RefutationRole
from claimtrack.schema import Bearing, BearingLabel, Document, Passage, PassageRole, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["bearing"]

# What a word of refutation weighs in an article, and in a headline.
_IN_ARTICLE: dict[RefutationRole, float] = {"verdict": 0.8, "label": 0.8, "denial": 0.7}
_IN_HEADLINE: dict[RefutationRole, float] = {"verdict": 0.9, "label": 0.9, "denial": 0.7}
_CONTRADICTED = 0.8  # "No, …" and "has not" in a headline
_OF_STORY, _OF_ELSE = 0.9, 0.3  # where few words of the headline stand near the word of refutation
_SPOKEN = 0.7  # a voice in the article refutes, not the article
_ASIDE = 0.6  # a denial further down, or in a subordinate clause, is one side of a story
_LEAD, _LATER = 3, 0.6  # sentences that say what an article is about; the others weigh so much
_DECIDING = 3  # sentences weighed together: a long article drops words of refutation by the way
_TOPIC, _OPENING = 5, 6  # sentences whose words tell the topic, and in which hearsay is marked as such
_UNRELATED, _RELATED = 0.4, 1.1  # shares of the headline's words in article, opening and best sentence, added: 0 to 3
_RESERVE = 0.9  # of a headline that asks, or hands a story on
_THRESHOLD = 0.45  # of "disagree": the middle of its plateau of F1 on the half that the weights were set on
_SKIPPED = frozenset({"byline", "boilerplate", "comment"})
_BORDERS = frozenset(";:—–|?")
_LONGEST = 1_000  # characters of a headline that are read
_SHOWN = 2  # sentences that refute


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an article: where it stands, the keys of its content words, its words of refutation."""

    span: Span
    keys: frozenset[str]
    cues: tuple[Cue, ...]
    hearsay: bool
    spoken: bool


@dataclass(frozen=True, slots=True)
class _Article:
    """An article as it is judged; `reserve` is the share of hearsay in its opening."""

    sentences: tuple[_Sentence, ...]
    keys: frozenset[str]
    topic: frozenset[str]
    reserve: float


@dataclass(frozen=True, slots=True)
class _Headline:
    """A headline: its content words, those of its story alone, how far it refutes that, and with what reserve."""

    keys: frozenset[str]
    story: frozenset[str]
    refutes: float
    reserve: float


@dataclass(frozen=True, slots=True)
class _Refuted:
    """How far an article refutes a story: in its course, anywhere at all, and by which sentences, best first."""

    strength: float
    anywhere: float
    sentences: tuple[tuple[float, _Sentence], ...]


def bearing(headline: str, document: Document) -> Bearing:
    """Judge how an article bears on a headline; one that shares no words with it is unrelated.

    "Mayor resigns" is refuted by "Reports that the mayor resigned are false." The four scores add up to 1; they follow
    the share of right labels on FNC-1 without being fitted to it. The label is "unrelated" where that score is one half
    or more, else "disagree" where that is one half or more of what remains, else the greater of "agree" and "discuss".
    """
    title, article = _read_headline(headline), _read_article(document)
    related, refuted = _relatedness(title, article), _refuted(title, article)
    disagree = related * _disagreement(related, title, article, refuted)
    discuss = (related - disagree) * _discussion(title, article, refuted)
    agree = related - disagree - discuss
    label = _label(related, disagree, discuss, agree)
    return Bearing(
        headline=headline, document=document.id, document_path=document.path, title=document.title, label=label,
        disagree=round(disagree, 4), agree=round(agree, 4), discuss=round(discuss, 4), unrelated=round(1 - related, 4),
        explanation=_explanation(label, title, refuted, document),
        passages=() if label == "unrelated" else tuple(_passages(document, title, article, refuted)),
    )  # fmt: skip


# --- judging


def _relatedness(headline: _Headline, article: _Article) -> float:
    """Measure from 0 to 1 how surely the article is on the headline's story."""
    if not headline.keys or not article.sentences:
        return 0.0
    fewer = min(len(headline.keys), max(2, len(article.keys)))
    best = max(len(headline.keys & sentence.keys) for sentence in article.sentences)
    shared = len(headline.keys & article.keys) + len(headline.keys & article.topic) + best
    return _between(_UNRELATED, shared / fewer, _RELATED)


def _between(low: float, value: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _refuted(headline: _Headline, article: _Article) -> _Refuted:
    rows = [(index, s, [(_weight(cue, headline), cue) for cue in s.cues])
            for index, s in enumerate(article.sentences) if s.cues]
    anywhere = _either(max(weight for weight, _ in cues) for _, _, cues in rows)
    weighed = [(_placed(index, sentence, cues), sentence) for index, sentence, cues in rows]
    deciding = sorted(weighed, key=lambda row: -row[0])[:_DECIDING]
    return _Refuted(_either(strength for strength, _ in deciding), anywhere, tuple(deciding))


def _weight(cue: Cue, headline: _Headline) -> float:
    """Weigh a word of refutation by its role, and by how surely it is said of the headline's story."""
    near = 2 * len(cue.near & headline.story) / max(1, len(headline.story))
    return _IN_ARTICLE[cue.role] * cue.share * max(_OF_STORY if cue.of_story else _OF_ELSE, min(1.0, near))


def _placed(index: int, sentence: _Sentence, cues: Sequence[tuple[float, Cue]]) -> float:
    """Weigh a sentence by its strongest word of refutation, its place and its voice."""
    early = index < _LEAD
    aside = [cue.role == "denial" and (cue.aside or not early) for _, cue in cues]
    strength = max(weight * (_ASIDE if by else 1) for (weight, _), by in zip(cues, aside, strict=True))
    return strength * (1 if early else _LATER) * (_SPOKEN if sentence.spoken else 1)


def _either(chances: Iterable[float]) -> float:
    """Give the chance that at least one holds."""
    missed = 1.0
    for chance in chances:
        missed *= 1 - chance
    return 1 - missed


def _disagreement(related: float, headline: _Headline, article: _Article, refuted: _Refuted) -> float:
    """Measure from 0 to 1 how far one calls false what the other tells; one half at the threshold."""
    denied = refuted.strength * (1 - headline.refutes)
    told = headline.refutes * (1 - refuted.anywhere) * (1 - article.reserve)
    strength = related * max(denied, told) * (1 - headline.reserve)
    return (_between(0, strength, _THRESHOLD) + _between(_THRESHOLD, strength, 1)) / 2


def _discussion(headline: _Headline, article: _Article, refuted: _Refuted) -> float:
    """Measure from 0 to 1 how far an article that does not disagree only hands the story on."""
    if headline.refutes >= 0.5 and refuted.anywhere >= 0.5:
        return 0.0
    return _either((headline.reserve, article.reserve))


def _label(related: float, disagree: float, discuss: float, agree: float) -> BearingLabel:
    if related <= 0.5:
        return "unrelated"
    if disagree >= related / 2:
        return "disagree"
    return "agree" if agree > discuss else "discuss"


# --- explaining


def _explanation(label: BearingLabel, headline: _Headline, refuted: _Refuted, document: Document) -> str:
    """Say in a sentence what decided, with the words of refutation."""
    if label == "unrelated":
        return "Too few of the headline's words stand in the article."
    if label == "disagree" and headline.refutes >= _THRESHOLD:
        return "The headline calls the story false, the article does not."
    if refuted.strength >= _THRESHOLD:
        return _refuting(label, headline, _refuting_words(refuted, document))
    if label == "agree":
        return "The article neither refutes the story nor hands it on as hearsay."
    return f"The {'headline only asks or' if headline.reserve else 'article'} hands the story on as hearsay."


def _refuting(label: BearingLabel, headline: _Headline, refutes: str) -> str:
    if label == "disagree":
        return f"The article {refutes}."
    if headline.refutes >= _THRESHOLD:
        return f"Headline and article both refute the story; the article {refutes}."
    reserved = "the headline only asks or hands it on" if headline.reserve else "whether it is this story stays open"
    return f"The article {refutes}, but {reserved}."


def _refuting_words(refuted: _Refuted, document: Document) -> str:
    cues = [cue for _, sentence in refuted.sentences for cue in sentence.cues]
    words = dict.fromkeys(" ".join(document.text[slice(*cue.span)].lower().split()) for cue in cues)
    does = "tells of a denial" if all(cue.role == "denial" for cue in cues) else "calls the story false"
    return f"{does}: " + ", ".join(f"“{word}”" for word in words)


def _passages(document: Document, headline: _Headline, article: _Article, refuted: _Refuted) -> Iterator[Passage]:
    """Give the sentences that refute, best first; where the story stands, the one nearest to the headline."""
    shown = refuted.sentences[:_SHOWN] if refuted.strength >= _THRESHOLD else ()
    for _, sentence in shown:
        yield _passage(document, "refutes", sentence.span, (cue.span for cue in sentence.cues))
    if not shown:
        nearest = max(article.sentences, key=lambda sentence: len(sentence.keys & headline.keys))
        words = refutation.tokenizer()(document.text[slice(*nearest.span)])
        marks = (_span(word, nearest.span[0]) for word in words if refutation.keys([word]) & headline.keys)
        yield _passage(document, "tells", nearest.span, marks)


def _passage(document: Document, role: PassageRole, span: Span, marks: Iterable[Span]) -> Passage:
    return Passage(role=role, span=span, text=document.text[slice(*span)], marks=tuple(marks))


def _span(word: Token, offset: int) -> Span:
    return word.idx + offset, word.idx + len(word) + offset


# --- reading


@lru_cache(maxsize=1024)
def _read_headline(text: str) -> _Headline:
    """Read a headline; what stands between colons, dashes and semicolons is denied and asked each for itself."""
    words = [token for token in refutation.tokenizer()(text[:_LONGEST]) if not token.is_space]
    parts = list(_parts(words))
    keys, marks = refutation.keys(words), refutation.marks(words)
    story = keys - marks if len(keys - marks) > 1 else keys
    longest = max(parts, key=lambda part: len(refutation.keys(part)))
    reserved = any(map(refutation.hands_on, parts)) or refutation.asks(longest)
    refutes = max(map(_refutes, parts), default=0.0)
    return _Headline(keys, story, refutes, _RESERVE if reserved else 0.0)


def _parts(words: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start = 0
    for place, word in enumerate(words):
        if word.text in _BORDERS:
            yield words[start : place + 1]
            start = place + 1
    yield words[start:]


def _refutes(part: Sequence[Token]) -> float:
    """Measure from 0 to 1 how far a part of a headline calls its story false."""
    found = [_IN_HEADLINE[cue.role] * cue.share for cue in refutation.cues(part)]
    if refutation.contradicts(part) and not refutation.asks(part):
        found.append(_CONTRADICTED)
    return max(found, default=0.0)


@lru_cache(maxsize=512)
def _read_article(document: Document) -> _Article:
    sentences = tuple(_sentences(document))
    opening = sentences[:_OPENING]
    return _Article(
        sentences=sentences,
        keys=frozenset().union(*(s.keys for s in sentences)),
        topic=frozenset().union(*(s.keys for s in sentences[:_TOPIC])),
        reserve=sum(s.hearsay for s in opening) / max(1, len(opening)),
    )


def _sentences(document: Document) -> Iterator[_Sentence]:
    for section in document.sections:
        if section.kind in _SKIPPED:
            continue
        for words in refutation.sentences(document.text[section.start : section.end]):
            yield _sentence(words, section.start)


def _sentence(words: Sequence[Token], offset: int) -> _Sentence:
    return _Sentence(
        span=(words[0].idx + offset, words[-1].idx + len(words[-1]) + offset),
        keys=refutation.keys(words),
        cues=refutation.cues(words, offset),
        hearsay=refutation.hands_on(words),
        spoken=refutation.spoken(words),
    )
