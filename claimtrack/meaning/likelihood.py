"""The probability that a source's own words express: "unlikely", "a one-in-five chance", "is set to", "may".

The likelihood is always that of the event itself, without the negation of the clause: "will not open" gives a low one
to opening, as "is unlikely to open" does. A negation in front of a likelihood word makes a phrase of its own ("not
likely" is a row, never 1 - likely); one behind it turns the event over ("likely not to open": the mirror image).

Numbers come from `lexicons/likelihood_phrases.csv`, by default what 5,174 readers took a phrase to mean (Kucharski
2026, CAPphrase, doi:10.5281/zenodo.18750055, CC BY 4.0); rows of the scale claimtrack_default are our own proposals.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from claimtrack import lexicon
from claimtrack.errors import LexiconError, UsageError
from claimtrack.meaning import scope
from claimtrack.meaning.scope import Layer
from claimtrack.schema import Likelihood, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

HOUSE_SCALES = {"icd203": "icd203", "phia": "phia", "nato": "nato_ajp21", "ipcc": "ipcc", "kent": "kent1964"}
DEFAULT_SCALE = "claimtrack_default"
# A likelihood word in one of these places weighs the predicate or event noun it stands at.
WEIGHING = frozenset({"advmod", "amod", "npadvmod", "intj", "acomp", "conj"})
# These weigh a clause that they govern, nothing else: "is due to arrive", not "is due to a strike".
DENYING = scope.scarce_words() | {"no", "neither"}
GOVERNING = frozenset({"due", "set", "bound", "poised", "sure", "surprised"})
# Without a quality these only name a topic ("the likelihood of war").
BARE_TOPICS = frozenset({"likelihood", "probability", "odds", "odd", "prospect", "hope"})
Basis = Literal["phrase", "number", "modal", "tense", "cue", "rank"]
Reading = Literal["possibility", "ability", "permission", "future", "necessity", "conditional"]

# "seems unlikely" is vaguer than "is unlikely"; the note of the row "seems / appears + estimate" asks for this margin.
SEEMING_MARGIN = 0.05
ABOUT_MARGIN = 0.05
PERSONAL = frozenset({"i", "you", "he", "she", "we", "they", "who"})
AGENT_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
PERCEPTION = frozenset({
    "see", "hear", "feel", "smell", "taste", "remember", "understand", "tell", "imagine", "explain",
})


class Phrase(lexicon.Entry):
    """A likelihood phrase in parts: base, degree, and whether a negation stands before (1) or behind (2) the base."""

    base: str
    degree: str
    negation: Literal[0, 1, 2]
    scale: str
    row: str | None = None
    low: float | None = Field(default=None, ge=0, le=1)
    high: float | None = Field(default=None, ge=0, le=1)
    point: float | None = Field(default=None, ge=0, le=1)


class Word(lexicon.Entry):
    """A word that likelihood phrases are built of; `value` is its base, degree or quality."""

    role: Literal["term", "noun", "rank", "degree", "quality", "compare"]
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of scales: a phrase and its range and point in [0, 1]."""

    phrase: str
    low: float
    high: float
    point: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A likelihood phrase at a layer: its parts and the words it consists of."""

    base: str
    degree: str
    negation: int
    words: tuple[Token, ...]
    basis: Basis = "phrase"
    value: tuple[float, float, float] | None = None


# --- scales ------------------------------------------------------------------------------------------------------


@cache
def scale_rows(scale: str) -> tuple[Row, ...]:
    """Read the rows of one scale that carry numbers, in file order; a point without a range is its own range.

    Raises:
        LexiconError: the table is missing or has no row of that scale.
    """
    path = resources.files("claimtrack") / "lexicons" / "likelihood_phrases.csv"
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except OSError as error:
        raise LexiconError(f"The table of likelihood phrases cannot be read: {error}") from error
    rows = tuple(_row(r) for r in csv.DictReader(lines) if r["scale"] == scale and r["point"])
    if not rows:
        raise LexiconError(f"The table of likelihood phrases has no scale {scale!r}.")
    return rows


def _row(cells: dict[str, str]) -> Row:
    point = float(cells["point"])
    return Row(cells["phrase"], float(cells["low"] or point), float(cells["high"] or point), point)


def on_scale(likelihood: Likelihood, scale: str) -> str:
    """Give the word of a house scale (icd203, phia, nato, ipcc, kent) for a likelihood.

    The word whose range holds the point; of nested ranges the narrowest (IPCC), in a gap between ranges the nearest
    (PHIA). A rank keeps its own words, for it has no number.

    Raises:
        UsageError: the scale is not one of the five.
    """
    if scale not in HOUSE_SCALES:
        raise UsageError(f"No likelihood scale is called {scale!r}; choose one of {', '.join(HOUSE_SCALES)}.")
    point = likelihood.point
    if point is None:
        return likelihood.phrase
    rows = scale_rows(HOUSE_SCALES[scale])
    return min(rows, key=lambda r: (max(r.low - point, point - r.high, 0), r.high - r.low)).phrase


@cache
def _phrases() -> dict[tuple[str, str, int], Phrase]:
    return {(p.base, p.degree, p.negation): p for p in lexicon.read("likelihood", Phrase)}


@cache
def _words(role: str) -> dict[str, str]:
    return {w.phrase: w.value for w in lexicon.read("likelihood_terms", Word) if w.role == role}


@cache
def numbers_of(phrase: Phrase) -> tuple[float, float, float]:
    """Give low, point and high in [0, 1] of a phrase: those of its row, else its own.

    Raises:
        LexiconError: it has neither, or names a row that its scale has not.
    """
    if phrase.row is None:
        if phrase.low is None or phrase.high is None or phrase.point is None:
            raise LexiconError(f"The likelihood phrase {phrase.phrase!r} needs a row or low, high and point.")
        return phrase.low, phrase.point, phrase.high
    row = next((r for r in scale_rows(phrase.scale) if r.phrase == phrase.row), None)
    if row is None:
        raise LexiconError(f"The likelihood phrase {phrase.phrase!r} names no row of {phrase.scale}: {phrase.row!r}.")
    return row.low, row.point, row.high


# --- reading -----------------------------------------------------------------------------------------------------


def read(chain: Sequence[Layer], cue: str | None = None, word: Token | None = None) -> Likelihood | None:
    """Read the likelihood of the event of `chain` (innermost first, as `scope.layers` gives it).

    A number or phrase beats doubt, that beats a modal of possibility, that what the speaker thinks ("I believe"), and
    that the bare future. Of several of one rank the outermost counts: "it is entirely plausible that they may leave" is
    one hedge, not two. `cue` ("believe", "doubt") stands for an attribution outside the chain, and `word` is its own
    word where known ("expects"). None where no word expresses a likelihood.
    """
    seen = _visible(chain)
    for find in (_phrase_at, _doubt_at):
        if found := _outermost(find, seen):
            return found
    if cue == "doubt":
        return _from_cue(cue, word, seen)
    for find in (_possibility_at, _belief_at):
        if found := _outermost(find, seen):
            return found
    return _from_cue(cue, word, seen) if cue else _outermost(_future_at, seen)


def scheduled(chain: Sequence[Layer]) -> Likelihood:
    """Read a present tense that says what is to come ("opens next year") as sure as "will"."""
    words = (scope.top(chain[0].head), *chain[0].negations)
    return _likelihood(_Found("will", "", int(chain[0].negated), words, "tense"), chain, 0)


def turned(reading: Likelihood) -> Likelihood:
    """Give the likelihood that who denies a forecast finds in it ("denied that it will open"): 1 minus each number."""
    if reading.low is None or reading.point is None or reading.high is None:
        return reading
    low, point, high = (round(1 - x, 4) for x in (reading.high, reading.point, reading.low))
    return reading.model_copy(update={"low": low, "point": point, "high": high})


def _visible(chain: Sequence[Layer]) -> Sequence[Layer]:
    """Leave out first conjuncts whose words do not reach the event: "will not break and will be mended"."""
    return [layer for index, layer in enumerate(chain)
            if layer.link != "conjunct" or scope.shares_auxiliaries(scope.top(chain[index - 1].head))]


def _outermost(
    find: Callable[[Sequence[Layer], int], _Found | None], chain: Sequence[Layer]
) -> Likelihood | None:
    for depth in range(len(chain) - 1, -1, -1):
        found = find(chain, depth)
        if found:
            return _likelihood(found, chain, depth)
    return None


def _from_cue(cue: str, word: Token | None, chain: Sequence[Layer]) -> Likelihood:
    words = (word, *scope.negations(word)) if word is not None else ()
    if cue == "doubt" and word is not None and word.lower_ in ("sure", "certain"):  # "is not sure that"
        return _likelihood(_Found("certain", "", 1, words, "cue"), chain, len(chain))
    number = _number(list(word.lefts)) if word is not None and word.pos_ == "ADJ" else None
    if number:  # "is 80 percent sure that"
        return _likelihood(_Found(cue, "", 0, (*number[1], *words), "number", number[0]), chain, len(chain))
    if word is not None and _words("term").get(word.lemma_.lower()) == "expected":
        return _likelihood(_Found("expected", "", int(cue == "doubt"), words, "cue"), chain, len(chain))
    return _likelihood(_Found(cue, "", 0, words, "cue"), chain, len(chain))


def _likelihood(found: _Found, chain: Sequence[Layer], depth: int) -> Likelihood:
    denied = [c for w in found.words for c in w.lefts if c.lower_ in DENYING]  # "no longer", "few analysts expect"
    words = tuple(sorted({*found.words, *denied}, key=lambda t: t.i))
    phrase = words[0].doc[words[0].i : words[-1].i + 1].text if words else found.base
    span: Span | None = (words[0].idx, words[-1].idx + len(words[-1])) if words else None
    if found.basis == "rank":
        return Likelihood(phrase=phrase, phrase_span=span, basis="rank")
    (low, point, high), scale = _value(found, _inner_negative(chain, depth))
    if any(_seems(layer.head) for layer in chain[depth:]) and found.basis == "phrase":
        low, high = max(0.0, low - SEEMING_MARGIN), min(1.0, high + SEEMING_MARGIN)
    return Likelihood(low=round(low, 4), high=round(high, 4), point=round(point, 4), phrase=phrase, phrase_span=span,
                      basis=found.basis, scale=scale)


def _seems(token: Token) -> bool:
    return scope.top(token).lemma_ in ("seem", "appear")


def _value(found: _Found, inner: bool) -> tuple[tuple[float, float, float], str | None]:
    """Give low, point and high of a phrase, and the scale they stand on."""
    if found.value is not None:
        return (_mirror(found.value) if inner or found.negation else found.value), None
    table = _phrases()
    behind = found.negation == 2 or inner
    own = table.get((found.base, found.degree, 2)) if behind else None
    if own:
        return numbers_of(own), own.scale
    negation = 1 if found.negation == 1 else 0
    entry = (table.get((found.base, found.degree, negation)) or table.get((found.base, "", negation))
             or table[(found.base, "", 0)])
    numbers = numbers_of(entry)
    return (_mirror(numbers) if behind else numbers), entry.scale


def _mirror(numbers: tuple[float, float, float]) -> tuple[float, float, float]:
    low, point, high = numbers
    return 1 - high, 1 - point, 1 - low


def _inner_negative(chain: Sequence[Layer], depth: int) -> bool:
    """Tell whether what a word at `depth` weighs turns the event over: "likely not to open", "will fail to open"."""
    turns = 0
    for index, layer in enumerate(chain[:depth + 1]):
        evidence = layer.entry is not None and layer.entry.kind in ("evidential", "report")
        shared = chain[depth:] and layer.negations == chain[depth].negations  # one "not": "will not sign or ratify"
        own = layer.negated and not shared and (index == 0 or layer.entry is not None)
        turns += index < depth and own and not evidence
        turns += layer.entry is not None and layer.entry.kind in ("implicative", "cessation", "prevention") and (
            layer.entry.affirmed == "CT-")
    return turns % 2 == 1


# --- phrases -----------------------------------------------------------------------------------------------------


def _phrase_at(chain: Sequence[Layer], depth: int) -> _Found | None:
    layer = chain[depth]
    if depth and layer.entry is not None:
        found = _governor_phrase(layer, chain, depth)
        if found:
            return found
    return _adverb_phrase(layer, chain, depth)


def _governor_phrase(layer: Layer, chain: Sequence[Layer], depth: int) -> _Found | None:
    head = layer.head
    if head.pos_ == "NOUN" and (base := _noun_base(head)):
        return _noun_phrase(layer, base)
    if layer.entry is None or layer.entry.kind != "likelihood":
        return None
    if head.pos_ == "VERB" and not scope.speaker_holds(head) and layer.entry.phrase not in ("rule", "exclude"):
        return None
    words = _words("term")
    base = words.get(head.lower_) or words.get(layer.entry.phrase)
    return _term_phrase(head, base, layer.negations, chain, depth) if base else None


def _term_phrase(
    term: Token, base: str, negations: Sequence[Token], chain: Sequence[Layer], depth: int
) -> _Found | None:
    """Put a likelihood word together with its degree, number, comparison and the negations around it."""
    number = _number([t for t in term.lefts if t.dep_ in ("npadvmod", "advmod", "nummod", "amod", "dep")])
    if number:
        return _Found(base, "", 0, (*number[1], term), "number", number[0])
    special = _as_likely_as_not(term)
    if special:
        return special
    rank = _rank(term)
    if rank:
        return rank
    degree, words = _degree(term)
    raised = _raised(chain, depth)
    far = _far_from(term)
    before = [n for n in negations if n.i < term.i] + raised + far
    behind = [n for n in negations if n.i > term.i]
    negation = 1 if len(before) % 2 else 2 if len(behind) % 2 else 0
    particle = [c for c in term.children if c.dep_ == "prt"]
    return _Found(base, degree, negation, (*words, *before, *behind, term, *particle))


def _degree(term: Token) -> tuple[str, list[Token]]:
    degrees = _words("degree")
    for child in term.lefts:
        if child.lower_ in degrees:
            return degrees[child.lower_], [child]
    return "", []


def _far_from(term: Token) -> list[Token]:
    """Return "far from" in front of a term: "far from certain"."""
    if term.i >= 2 and term.nbor(-1).lower_ == "from" and term.nbor(-2).lower_ == "far":
        return [term.nbor(-2), term.nbor(-1)][:1]
    return []


def _raised(chain: Sequence[Layer], depth: int) -> list[Token]:
    """Return the negations that "I don't think" and "no one believes" have moved up from the phrase."""
    return [n for layer in chain[depth + 1:] if layer.entry and layer.entry.kind == "belief" for n in layer.negations]


def _as_likely_as_not(term: Token) -> _Found | None:
    after = list(term.doc[term.i + 1:term.i + 3])
    if len(after) == 2 and after[1].lower_ == "not":
        if after[0].lower_ == "as":
            return _Found("even", "", 0, (term, *after))
        if after[0].lower_ == "than" and term.i and term.nbor(-1).lower_ == "more":
            return _Found("better than even", "", 0, (term.nbor(-1), term, *after))
    return None


def _rank(term: Token) -> _Found | None:
    """Read a comparison: "more likely", "the most likely scenario", "one of the most dangerous and likely ones"."""
    if term.lower_ in _words("rank"):
        return _Found("", "", 0, (term,), "rank")
    graded = [term, *(a for a in (term.head,) if term.dep_ == "conj" and a.pos_ in ("ADJ", "ADV"))]
    for word in graded:
        for child in word.lefts:
            if child.lower_ in _words("compare") and not (child.lower_ == "more" and word is not term):
                return _Found("", "", 0, (child, term), "rank")
            if child.lower_ == "most" and _superlative(child):
                return _Found("", "", 0, (child, term), "rank")
    return None


def _superlative(most: Token) -> bool:
    return most.i > 0 and most.nbor(-1).tag_ in ("DT", "PRP$", "POS")


def _adverb_phrase(layer: Layer, chain: Sequence[Layer], depth: int) -> _Found | None:
    """Find a likelihood word beside a predicate: "will most likely occur", "a possible strike", "in all likelihood"."""
    terms = _words("term")
    for child in _beside(layer.head):
        base = terms.get(child.lower_)
        if base and child.dep_ in WEIGHING and child.pos_ in ("ADV", "ADJ") and not _plain_adjective(child):
            found = _term_phrase(child, base, layer.negations, chain, depth)
            if found:
                return found
        idiom = _idiom(child)
        if idiom:
            return idiom
    return _ranked_predicate(layer.head) if depth == 0 else None


def _ranked_predicate(head: Token) -> _Found | None:
    """Read the rank in a predicate noun: "This is the most likely scenario"."""
    noun = scope.predicate(head)
    if noun == head or noun.pos_ not in ("NOUN", "NUM"):
        return None
    for word in noun.subtree:
        if word.lower_ in ("likely", "probable", "unlikely", "likeliest", "likelier") and (rank := _rank(word)):
            return rank
    return None


def _beside(head: Token) -> Iterator[Token]:
    yield from head.children
    if scope.top(head) != head:
        yield from scope.top(head).children
    for aux in scope.auxiliaries(head):
        yield from aux.children


def _plain_adjective(token: Token) -> bool:
    """Tell whether the word does not weigh its noun: "a certain sum", "as soon as possible", "every possible means"."""
    if token.lower_ in GOVERNING or (token.dep_ == "amod" and token.lower_ == "certain"):
        return True
    if token.dep_ == "amod" and token.lower_ == "possible" and token.head.tag_ == "NNS":
        return True
    return token.i > 0 and token.nbor(-1).lower_ == "as" and token.lower_ == "possible"


def _idiom(token: Token) -> _Found | None:
    """Read "in all likelihood / probability", "without (a) doubt", "no doubt", "beyond doubt"."""
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    if noun is None:
        denied = token.lower_ == "doubt" and token.dep_ in ("npadvmod", "advmod")
        sure = denied and any(c.lower_ == "no" for c in token.lefts)
        return _Found("undoubted", "", 0, (*token.lefts, token)) if sure else None
    full = any(c.lower_ == "all" for c in noun.lefts)
    if full and token.lower_ == "in" and noun.lower_ in ("likelihood", "probability"):
        return _Found("likely", "high", 0, (token, *noun.lefts, noun))
    if token.lower_ in ("without", "beyond") and noun.lower_ in ("doubt", "question"):
        return _Found("undoubted", "", 0, (token, *noun.lefts, noun))
    return None


# --- nouns: a slim chance, the likelihood is high ------------------------------------------------------------------


def _noun_base(noun: Token) -> str | None:
    nouns = _words("noun")
    return nouns.get(noun.lemma_.lower()) or nouns.get(noun.lower_)  # the lemma of "odds" comes as "odd"


def _noun_phrase(layer: Layer, base: str) -> _Found | None:
    """Read a likelihood noun with its quality or number; a bare "likelihood" is a topic and gives None."""
    noun = layer.head
    near = list(_description(noun))
    number = _number(near) or _share_before(noun)
    if number:
        return _Found("chance", "", 0, (*number[1], noun), "number", number[0])
    quality, words = _quality(near, layer, base)
    if not quality and (noun.lemma_.lower() in BARE_TOPICS
                        or layer.marker == "to"):
        return None
    table = _phrases()
    if quality and (base, quality, 0) not in table:
        base = "chance"
    return _Found(base, quality, 0, (*words, noun))


def _description(noun: Token) -> Iterator[Token]:
    """Give the words that measure a noun: its modifiers, "of 30 %", and the predicate it is the subject of."""
    yield from noun.lefts
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "at") and any(g.like_num for g in child.subtree):
            yield child
    verb = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        measures = ("acomp", "attr", "oprd", "prep")
        yield from (c for c in verb.children if c.i > noun.i and (c.dep_ in measures or c.lower_ == "even"))
    elif noun.dep_ == "dobj":
        yield from (c for c in verb.children if c.dep_ in ("prep", "oprd") and c.lower_ in ("at", "as", "low", "high"))


def _quality(near: Iterable[Token], layer: Layer, base: str) -> tuple[str, list[Token]]:
    """Name the quality of a likelihood noun: "very slim" is tiny, "very good" has a row of its own."""
    near = list(near)
    qualities = _words("quality")
    doc, place = layer.head.doc, layer.head.i
    denied = [n for n in layer.negations if n.lower_ not in qualities]
    compared = _better_than_even([*near, *doc[max(0, place - 3):place]])
    if compared:
        return "better", compared
    for word in near:
        quality = qualities.get(word.lower_)
        if not quality:
            continue
        degree, words = _degree(word)
        if quality == "none" and word.i and _words("degree").get(word.nbor(-1).lower_) == "almost":
            degree, words = "almost", [word.nbor(-1)]
        if denied and quality in ("good", "real", "fair", "every"):
            return "small", [*denied, word]
        return _graded(quality, degree, base), [*words, word]
    return ("none", denied) if denied else ("", [])


def _graded(quality: str, degree: str, base: str) -> str:
    if degree == "almost" and quality == "none":
        return "almost none"
    if degree == "high":
        raised = {"small": "tiny", "slight": "tiny", "good": "very good" if base == "chance" else "good"}
        return raised.get(quality, quality)
    return quality


def _better_than_even(near: Sequence[Token]) -> list[Token]:
    words = sorted({t for n in near for t in n.subtree}, key=lambda t: t.i)
    texts = [t.lower_ for t in words]
    hit = "even" in texts and "than" in texts and ("better" in texts or "more" in texts)
    return [t for t in words if t.lower_ in ("better", "more", "than", "even")] if hit else []


# --- numbers -----------------------------------------------------------------------------------------------------

_UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
          "twenty": 20, "hundred": 100, "thousand": 1000, "million": 10**6}
_N = r"(\d+(?:[.,]\d+)?|" + "|".join(_UNITS) + r"|an?)"
_PERCENT = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s*(?:%|per ?cent)?\s*(?:-|–|to|and)\s*(\d+(?:\.\d+)?))?\s*-?\s*(?:%|per[ -]?cent)", re.I)
_ONE_IN = re.compile(rf"\b{_N}\s*[- ]\s*(?:in|out of)\s*[- ]\s*{_N}\b", re.I)
_FIFTY = re.compile(r"\b(?:50\s*[-–/]\s*50|fifty\s*[-–]\s*fifty)\b", re.I)
_ODDS = re.compile(rf"\b{_N}\s*[- ]?(?:to|:|-)[- ]?\s*{_N}\b(\s*(?:on|in favou?r|for))?", re.I)
_BELOW = re.compile(r"\b(?:less than|under|below|at most|up to|no more than)\s*$", re.I)
_ABOVE = re.compile(r"\b(?:more than|over|above|at least|no less than|upwards of)\s*$", re.I)
_ABOUT = re.compile(r"\b(?:about|around|roughly|some|nearly|approximately)\b", re.I)


def _number(near: Sequence[Token]) -> tuple[tuple[float, float, float], list[Token]] | None:
    """Read a probability in figures from words that stand beside a likelihood word, with the words it takes."""
    words = sorted({t for n in near for t in n.subtree if not _in_clause(t, n)}, key=lambda t: t.i)
    if not any(t.like_num or t.is_digit or t.text[0].isdigit() or t.lower_.startswith("fifty") for t in words):
        return None
    text = "".join(t.text_with_ws for t in words)
    value = probability(text)
    return (value, [t for t in words if t.pos_ != "DET"]) if value else None


def _in_clause(token: Token, top: Token) -> bool:
    """Tell whether a word stands in a clause below `top`: "60 percent that the canal opens by 2030"."""
    while token != top:
        if token.dep_ in ("relcl", "acl", "ccomp"):
            return True
        token = token.head
    return False


def _share_before(noun: Token) -> tuple[tuple[float, float, float], list[Token]] | None:
    """Read "one in three" in front of a noun, which the parser takes for something in three chances."""
    words = noun.doc[max(noun.i - 3, noun.sent.start):noun.i]
    found = _ONE_IN.fullmatch(words.text)
    value = probability(words.text) if found else None
    return (value, list(words)) if value else None


def probability(text: str) -> tuple[float, float, float] | None:
    """Read low, point and high in [0, 1] from figures in words: "70-80 %", "one in five", "50-50", "3 to 1".

    Odds without a side are against, as bookmakers give them. None where there is none or it exceeds 1.
    """
    margin = ABOUT_MARGIN if _ABOUT.search(text) else 0.0
    if match := _PERCENT.search(text):
        low, high = float(match[1]) / 100, float(match[2] or match[1]) / 100
        value = _interval(low, high, margin)
        return _opened(value, text[:match.start()]) if value else None
    if _FIFTY.search(text):
        return _interval(0.5, 0.5, margin)
    if match := _ONE_IN.search(text):
        share = _cardinal(match[1]) / _cardinal(match[2])
        return _interval(share, share, margin)
    if match := _ODDS.search(text):
        a, b = _cardinal(match[1]), _cardinal(match[2])
        share = a / (a + b) if match[3] else b / (a + b)
        return _interval(share, share, margin)
    return None


def _opened(value: tuple[float, float, float], before: str) -> tuple[float, float, float]:
    """Open the side that "less than" or "at least" before a figure leaves open; the figure stays the point."""
    low, point, high = value
    return (0.0 if _BELOW.search(before) else low), point, (1.0 if _ABOVE.search(before) else high)


def _cardinal(word: str) -> float:
    lower = word.lower()
    if lower in ("a", "an"):
        return 1.0
    return float(_UNITS[lower]) if lower in _UNITS else float(lower.replace(",", ".")) or 1.0


def _interval(low: float, high: float, margin: float) -> tuple[float, float, float] | None:
    if not 0 <= low <= high <= 1:
        return None
    return max(0.0, low - margin), (low + high) / 2, min(1.0, high + margin)


# --- beliefs and modals ------------------------------------------------------------------------------------------


def _doubt_at(chain: Sequence[Layer], depth: int) -> _Found | None:
    """Read "I doubt", "I don't think", "no one believes": all but the phrases that deny."""
    found = _thought_at(chain, depth)
    return found if found and (found.base in ("doubt", "no one believes") or found.negation) else None


def _belief_at(chain: Sequence[Layer], depth: int) -> _Found | None:
    """Read "I believe", "I am confident", "it is believed"."""
    return _thought_at(chain, depth)


def _thought_at(chain: Sequence[Layer], depth: int) -> _Found | None:
    layer = chain[depth]
    if depth == 0 or layer.entry is None or layer.entry.kind not in ("belief", "doubt"):
        return None
    if not scope.speaker_holds(layer.head):
        return None
    if layer.entry.kind == "doubt":
        return _Found("doubt", "", int(layer.negated), (*layer.negations, layer.head))
    holder = scope.subject(layer.head)
    if holder is not None and holder.lower_ not in scope.FIRST_PERSON and layer.negated and holder.dep_ == "nsubj":
        return _Found("no one believes", "", 0, (*holder.lefts, holder, layer.head))
    base = "confident" if layer.head.pos_ == "ADJ" else "believe"
    number = _number([t for t in layer.head.lefts if t.dep_ == "npadvmod"])
    if number:  # "I am 80 percent sure that"
        return _Found(base, "", 0, (*number[1], layer.head), "number", number[0])
    return _Found(base, "", int(layer.negated), (*layer.negations, layer.head))


def _possibility_at(chain: Sequence[Layer], depth: int) -> _Found | None:
    """Read may, might, could and can where they speak of what may happen; "may not" denies what follows it."""
    layer = chain[depth]
    if layer.modal is None or modal_reading(layer.modal, layer.head) != "possibility":
        return None
    word = layer.modal.lower_
    words = (layer.modal, *layer.negations)
    if word in ("may", "might"):
        return _Found(word, "", 2 if layer.negated else 0, words, "modal")
    base = "can" if layer.negated or word in ("can", "ca") else "could"
    return _Found(base, "", int(layer.negated), words, "modal")


def _future_at(chain: Sequence[Layer], depth: int) -> _Found | None:
    """Read "will" and "is going to"."""
    layer = chain[depth]
    going = layer.head.lower_ == "going" and layer.entry is not None and layer.marker == "to"
    sign = layer.head if going else layer.modal
    if sign is None or (not going and modal_reading(sign, layer.head) != "future"):
        return None
    base = "will occur" if _occurs(chain[0].head) else "will"
    return _Found(base, "", int(layer.negated), (sign, *layer.negations), "tense")


def _occurs(verb: Token) -> bool:
    """Tell whether a verb says no more than that its subject takes place, the wording of the survey."""
    if verb.lemma_ == "take":
        return any(c.lower_ == "place" for c in verb.rights)
    return verb.lemma_ in ("happen", "occur")


def modal_reading(modal: Token, head: Token) -> Reading:
    """Decide what a modal verb says: that something may happen, that someone can, or that someone is allowed.

    "They can swim" is an ability, "A dispute can end in war" a possibility, "You may enter" a permission. Only a
    possibility or the future carries a likelihood; a first person's "will" is an intention, not a forecast, and reads
    as necessity here.
    """
    word = modal.lower_
    if word in ("will", "'ll", "’ll", "wo", "shall"):
        holder = scope.subject(head)
        return "necessity" if holder is not None and holder.lower_ in scope.FIRST_PERSON else "future"
    if word in ("may", "might"):
        return "permission" if _permits(modal, head) else "possibility"
    if word in ("can", "ca", "could"):
        return "ability" if _able(word, head) else "possibility"
    return "conditional" if word in ("would", "'d", "’d") else "necessity"


def _permits(modal: Token, head: Token) -> bool:
    holder = scope.subject(head)
    if holder is not None and holder.lower_ == "you":
        return True
    following = modal.doc[modal.i + 1].lower_ if modal.i + 1 < len(modal.doc) else ""
    passive = any(c.dep_ == "auxpass" for c in head.children)
    return modal.lower_ == "may" and (following == "only" or (following == "not" and passive))


def _able(word: str, head: Token) -> bool:
    if head.lemma_ in PERCEPTION:
        return True
    denied = bool(scope.negations(head))
    holder = scope.subject(head)
    agent = holder is not None and (holder.lower_ in PERSONAL or holder.ent_type_ in AGENT_TYPES)
    passive = any(c.dep_ == "auxpass" for c in head.children)
    if word == "could" and not denied:
        return False
    return agent or passive
