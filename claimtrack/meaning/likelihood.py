"""The probability that a source's own words express: "unlikely", "a one-in-five chance", "is set to", "may".

The likelihood is always that of the event itself, without the negation of the clause: "will not open" gives a low one
to opening, as "is unlikely to open" does. A negation in front of a likelihood word makes a phrase of its own ("not
likely" is a row, never 1 - likely); one behind it turns the event over ("likely not to open": the mirror image).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from claimtrack.meaning import hedges, modality, negation, phrases, predicates, probability, scales
from claimtrack.meaning.likelihood_terms import Found, terms
from claimtrack.meaning.probability import Numbers
from claimtrack.meaning.scope import Layer
from claimtrack.schema import Likelihood, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# "seems unlikely" is vaguer than "is unlikely"; the note of the row "seems / appears + estimate" asks for this margin.
SEEMING_MARGIN = 0.05


def read(chain: Sequence[Layer], cue: str | None = None, word: Token | None = None) -> Likelihood | None:
    """Read the likelihood of the event of `chain` (innermost first, as `scope.layers` gives it).

    A number or phrase beats doubt, that beats a modal of possibility, that what the speaker thinks ("I believe"), and
    that the bare future. Of several of one rank the outermost counts: "it is entirely plausible that they may leave" is
    one hedge, not two. `cue` ("believe", "doubt") stands for an attribution outside the chain, and `word` is its own
    word where known ("expects"). None where no word expresses a likelihood.
    """
    seen = _visible(chain)
    for find in (phrases.phrase_at, _doubt_at):
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
    words = (predicates.top(chain[0].head), *chain[0].negations)
    return _likelihood(Found("will", "", int(chain[0].negated), words, "tense"), chain, 0)


def foretold(chain: Sequence[Layer], *, negative: bool) -> Likelihood:
    """Read a "would" that is a "will", of reported speech ("said it would open") or under a condition, as sure as it.

    So is the "will" by which a speaker announces what he will do himself.

    `negative` tells whether the content denies the event: "said that it would not".
    """
    modal = chain[0].modal
    words = (*((modal,) if modal is not None else ()), *chain[0].negations)
    return _likelihood(Found("will", "", int(negative), words, "tense"), chain[:1], 0)


def promised(chain: Sequence[Layer], word: Token) -> Likelihood:
    """Read what somebody promised, vowed or pledged to do: `word` says so."""
    return _likelihood(Found("promised", "", 0, (word,), "cue"), chain, len(chain))


def seeming(chain: Sequence[Layer], word: Token) -> Likelihood:
    """Read what appears or seems to be so: `word` says so."""
    return _likelihood(Found("seem", "", 0, (word,), "cue"), chain, len(chain))


def seems(token: Token) -> bool:
    """Tell whether a predicate says only what the event looks like: "appears", "seems"."""
    return predicates.top(token).lemma_ in ("seem", "appear")


def turned(reading: Likelihood) -> Likelihood:
    """Give the likelihood that who denies a forecast finds in it ("denied that it will open"): 1 minus each number."""
    if reading.low is None or reading.point is None or reading.high is None:
        return reading
    low, point, high = (round(1 - x, 4) for x in (reading.high, reading.point, reading.low))
    return reading.model_copy(update={"low": low, "point": point, "high": high})


def _visible(chain: Sequence[Layer]) -> Sequence[Layer]:
    """Leave out first conjuncts whose words do not reach the event: "will not break and will be mended"."""
    return [layer for index, layer in enumerate(chain)
            if layer.link != "conjunct" or predicates.shares_auxiliaries(predicates.top(chain[index - 1].head))]


def _outermost(
    find: Callable[[Sequence[Layer], int], Found | None], chain: Sequence[Layer]
) -> Likelihood | None:
    for depth in range(len(chain) - 1, -1, -1):
        found = find(chain, depth)
        if found:
            return _likelihood(found, chain, depth)
    return None


def _from_cue(cue: str, word: Token | None, chain: Sequence[Layer]) -> Likelihood:
    words = (word, *negation.negations(word)) if word is not None else ()
    if cue == "doubt" and word is not None and word.lower_ in ("sure", "certain"):  # "is not sure that"
        return _likelihood(Found("certain", "", 1, words, "cue"), chain, len(chain))
    number = probability.number_beside(list(word.lefts)) if word is not None and word.pos_ == "ADJ" else None
    if number:  # "is 80 percent sure that"
        return _likelihood(Found(cue, "", 0, (*number[1], *words), "number", number[0]), chain, len(chain))
    if word is not None and terms("term").get(word.lemma_.lower()) == "expected":
        return _likelihood(Found("expected", "", int(cue == "doubt"), words, "cue"), chain, len(chain))
    return _likelihood(Found(cue, "", 0, words, "cue"), chain, len(chain))


def _likelihood(found: Found, chain: Sequence[Layer], depth: int) -> Likelihood:
    denying = negation.scarce_words() | {"no", "neither"}
    denied = [c for w in found.words for c in w.lefts if c.lower_ in denying]  # "no longer", "few analysts expect"
    words = tuple(sorted({*found.words, *denied}, key=lambda t: t.i))
    phrase = words[0].doc[words[0].i : words[-1].i + 1].text if words else found.base
    span: Span | None = (words[0].idx, words[-1].idx + len(words[-1])) if words else None
    if found.basis == "rank":
        return Likelihood(phrase=phrase, phrase_span=span, basis="rank")
    (low, point, high), scale = _value(found, _inner_negative(chain, depth))
    if any(seems(layer.head) for layer in chain[depth:]) and found.basis == "phrase":
        low, high = max(0.0, low - SEEMING_MARGIN), min(1.0, high + SEEMING_MARGIN)
    return Likelihood(low=round(low, 4), high=round(high, 4), point=round(point, 4), phrase=phrase, phrase_span=span,
                      basis=found.basis, scale=scale)


def _value(found: Found, inner: bool) -> tuple[Numbers, str | None]:
    """Give low, point and high of a phrase, and the scale they stand on."""
    if found.value is not None:
        return (_mirror(found.value) if inner or found.negation else found.value), None
    table = scales.phrases()
    behind = found.negation == 2 or inner
    own = table.get((found.base, found.degree, 2)) if behind else None
    if own:
        return scales.numbers_of(own), own.scale
    negation = 1 if found.negation == 1 else 0
    entry = (table.get((found.base, found.degree, negation)) or table.get((found.base, "", negation))
             or table[(found.base, "", 0)])
    numbers = scales.numbers_of(entry)
    return (_mirror(numbers) if behind else numbers), entry.scale


def _mirror(numbers: Numbers) -> Numbers:
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


# --- beliefs and modals ------------------------------------------------------------------------------------------


def _doubt_at(chain: Sequence[Layer], depth: int) -> Found | None:
    """Read "I doubt", "I don't think", "no one believes": all but the phrases that deny."""
    found = _thought_at(chain, depth)
    return found if found and (found.base in ("doubt", "no one believes") or found.negation) else None


def _belief_at(chain: Sequence[Layer], depth: int) -> Found | None:
    """Read "I believe", "I am confident", "it is believed"."""
    return _thought_at(chain, depth)


def _thought_at(chain: Sequence[Layer], depth: int) -> Found | None:
    layer = chain[depth]
    if depth == 0 or layer.entry is None or layer.entry.kind not in ("belief", "doubt"):
        return None
    if not negation.speaker_holds(layer.head):
        return None
    if layer.entry.kind == "doubt":
        return Found("doubt", "", int(layer.negated), (*layer.negations, layer.head))
    holder = predicates.subject(layer.head)
    if holder is not None and holder.lower_ not in predicates.FIRST_PERSON and layer.negated and holder.dep_ == "nsubj":
        return Found("no one believes", "", 0, (*holder.lefts, holder, layer.head))
    base = "confident" if layer.head.pos_ == "ADJ" else "believe"
    if hedges.withheld(chain[depth:]):  # "I find it hard to believe"
        return Found(base, "", 1 - int(layer.negated), (*layer.negations, layer.head, chain[depth + 1].head))
    number = probability.number_beside([t for t in layer.head.lefts if t.dep_ == "npadvmod"])
    if number:  # "I am 80 percent sure that"
        return Found(base, "", 0, (*number[1], layer.head), "number", number[0])
    return Found(base, "", int(layer.negated), (*layer.negations, layer.head))


def _possibility_at(chain: Sequence[Layer], depth: int) -> Found | None:
    """Read may, might, could and can where they speak of what may happen; "may not" denies what follows it."""
    layer = chain[depth]
    if layer.modal is None or modality.modal_reading(layer.modal, layer.head) != "possibility":
        return None
    word = layer.modal.lower_
    words = (layer.modal, *layer.negations)
    if word in predicates.MAY:
        return Found(word, "", 2 if layer.negated else 0, words, "modal")
    base = "can" if layer.negated or word in ("can", "ca") else "could"
    return Found(base, "", int(layer.negated), words, "modal")


def _future_at(chain: Sequence[Layer], depth: int) -> Found | None:
    """Read "will" and "is going to"."""
    layer = chain[depth]
    going = layer.head.lower_ == "going" and layer.entry is not None and layer.marker == "to"
    sign = layer.head if going else layer.modal
    if sign is None or (not going and modality.modal_reading(sign, layer.head) != "future"):
        return None
    base = "will occur" if _occurs(chain[0].head) else "will"
    return Found(base, "", int(layer.negated), (sign, *layer.negations), "tense")


def _occurs(verb: Token) -> bool:
    """Tell whether a verb says no more than that its subject takes place, the wording of the survey."""
    if verb.lemma_ == "take":
        return any(c.lower_ == "place" for c in verb.rights)
    return verb.lemma_ in ("happen", "occur")
