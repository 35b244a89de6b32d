"""What kind of claim a proposition is: fact, cause, opinion, prediction, scenario, demand, intention, threat."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.meaning import embedding, predicates, tense
from claimtrack.meaning.condition import hypothetical
from claimtrack.meaning.scope import Layer
from claimtrack.schema import ClaimKind, Likelihood, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

# Under a condition these lay out what might be.
TENTATIVE = predicates.WOULD | {"could", "might"}


class KindWord(lexicon.Entry):
    """A word that makes its clause an opinion, a causal claim, a demand or the like."""

    role: Literal["verb", "noun", "adjective", "phrase"]
    kind: Literal["cause", "pretext", "accusation", "threat", "intention", "demand", "scenario", "opinion"]


@cache
def _kind_words(role: str) -> dict[str, str]:
    return {w.phrase: w.kind for w in lexicon.read("kinds", KindWord) if w.role == role}


def kind_of(
    chain: Sequence[Layer], governed: Sequence[Layer], reading: Likelihood | None, condition: Span | None, time: Time
) -> ClaimKind:
    """Tell what kind of claim a proposition is by its own words: a scenario, demand, prediction, opinion, fact."""
    if reading is not None and reading.basis == "rank":
        return "scenario"
    modal = chain[0].modal
    word = modal.lower_ if modal is not None else ""
    if hypothetical(governed) or (word in TENTATIVE and condition is not None):
        return "scenario"
    if _demanded(chain):
        return "demand"
    if _lays_out(chain[0].head):
        return "scenario"
    weighed = reading is not None and reading.basis in ("phrase", "number")
    if condition is None and weighed and time.relation == "future":
        return "prediction"
    if word in predicates.WOULD and not _future_in_past(governed):
        return "scenario"
    if _predicts(chain[0].head, reading, time):
        return "prediction"
    return lexical_kind(chain[0].head, chain)


def _lays_out(event: Token) -> bool:
    """Tell whether a clause announces or lists what may be: "Two scenarios may arise", "This could include a siege"."""
    subject = predicates.subject(event)
    if subject is None or predicates.modal(event) is None:
        return False
    counted = any(c.dep_ in ("nummod", "amod") for c in subject.children)
    laid_out = subject.lemma_ in lexicon.words("chance_words", "laid_out")
    announced = event.lemma_ in predicates.verbs("arising") and laid_out and counted
    pointing = subject.lower_ in ("this", "that", "these", "those")
    return announced or (event.lemma_ in predicates.verbs("listing") and pointing)


def _demanded(chain: Sequence[Layer]) -> bool:
    for layer in chain:
        if layer.modal is not None and layer.modal.lower_ in ("should", "must", "ought"):
            return not any(a.lower_ == "have" for a in predicates.auxiliaries(layer.head))
        if layer.entry is not None and layer.entry.kind == "demand":
            return layer.modal is None or layer.modal.lower_ not in tense.FUTURE_MODALS
    return False


def _future_in_past(governed: Sequence[Layer]) -> bool:
    """Tell whether "would" is a "will" told in the past: "said it would open"."""
    return any(tells(layer) for layer in governed[1:] if layer.link == "clause")


def tells(layer: Layer) -> bool:
    """Tell whether somebody reports, thinks or forecasts what a layer governs: "predicted that it would open"."""
    kind = layer.entry.kind if layer.entry is not None else None
    return kind in ("report", "belief", "warning") or (kind == "likelihood" and layer.head.pos_ == "VERB")


def _predicts(event: Token, reading: Likelihood | None, time: Time) -> bool:
    if reading is None:
        return False
    if reading.basis == "modal" and time.relation == "present":
        return True  # "A dispute can end in war"
    weighed = (event.pos_ == "NOUN" or is_likelihood(event, reading)) and reading.basis in ("phrase", "number")
    return time.relation == "future" or (time.relation == "present" and weighed)


def is_likelihood(event: Token, reading: Likelihood | None) -> bool:
    """Tell whether the predicate is the likelihood word itself: "It is not likely"."""
    word = predicates.predicate(event)
    return reading is not None and word != event and word.pos_ == "ADJ" and word.text in reading.phrase


def lexical_kind(event: Token, chain: Sequence[Layer]) -> ClaimKind:
    """Tell the kind by the event's words alone: an opinion, a cause, a threat; "fact" where they say nothing."""
    word = predicates.predicate(event)
    verbs = _kind_words("verb")
    lemma = event.lemma_.lower()
    prepositions = [f"{lemma} {c.lower_}" for c in event.children if c.dep_ in ("prep", "agent", "prt")]
    kind = next((verbs[v] for v in (*prepositions, lemma) if v in verbs), None) if event.pos_ == "VERB" else None
    if kind is None and word != event:
        kind = _kind_words("adjective" if word.pos_ == "ADJ" else "noun").get(word.lemma_.lower())
    if kind is None and word != event and word.pos_ == "NOUN":
        adjectives = _kind_words("adjective")
        kind = next((adjectives[c.lower_] for c in word.lefts if c.dep_ == "amod" and c.lower_ in adjectives), None)
    if kind is None and word.pos_ == "ADJ":
        entry = embedding.lookup(word, "to")
        kind = "intention" if entry is not None and entry.kind in ("readiness", "intention") else None
    subject = predicates.subject(event)
    if kind is None and subject is not None and event.lemma_ in ("be", "lie"):
        found = _kind_words("noun").get(subject.lemma_.lower())
        kind = found if found in ("cause", "intention", "scenario") else None
    if kind is None and _causal_phrase(event):
        kind = "cause"
    if kind is None and any(layer.entry is not None and layer.entry.kind == "belief" for layer in chain[1:]):
        kind = "opinion"
    return "cause" if kind == "pretext" else kind or "fact"  # type: ignore[return-value]  # values of KindWord


def performs(verb: Token) -> bool:
    """Tell whether a verb names a threat or promise, whose if-clause belongs to the thing threatened."""
    return _kind_words("verb").get(verb.lemma_.lower()) in ("threat", "intention") and verb.pos_ == "VERB"


def _causal_phrase(event: Token) -> bool:
    text = " ".join(t.lower_ for c in event.children if c.dep_ in ("prep", "acomp", "advmod") for t in c.subtree)
    return any(text.startswith(p) or f" {p}" in text for p in _kind_words("phrase"))
