"""Past, present, future or timeless: what tense, aspect and governors say without any word of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.meaning import predicates
from claimtrack.meaning.scope import Layer
from claimtrack.schema import Relation

if TYPE_CHECKING:
    from spacy.tokens import Token

FUTURE_MODALS = predicates.WILL | predicates.MAY
FORWARD_MODALS = FUTURE_MODALS | predicates.WOULD | {"could", "should", "must", "ought"}
FORWARD_KINDS = frozenset({
    "likelihood", "intention", "desire", "demand", "threat", "hope", "fear", "proposal", "attempt", "readiness",
    "warning",
})


def relation_of(chain: Sequence[Layer]) -> Relation:
    """Read past, present, future or timeless from tense and aspect of the event and the predicates above it."""
    governors = [(layer.marker, layer.entry.kind) for layer in chain[1:] if layer.entry is not None]
    if ("if", "likelihood") in governors or ("ing", "likelihood") in governors:
        return "future"  # "I would be surprised if they left", "The risk is losing the port"
    own = tense(chain[0].head)
    if own is not None:
        timeless = lexicon.words("time_words", "timeless")
        if any(c.lower_ in timeless for c in chain[0].head.children) and own == "present":
            return "timeless"
        return own
    attribute = chain[0].attribute
    if attribute is not None and attribute.kind in FORWARD_KINDS:
        return "future"
    for layer in chain[1:]:
        if layer.entry is not None and layer.entry.kind in FORWARD_KINDS and layer.marker != "that":
            return "future"
        outer = tense(layer.head)
        if outer is not None:
            return outer
    return "present"


def tense(token: Token) -> Relation | None:
    """Read the tense of one predicate; None for infinitives, participles and nouns, which take it from above."""
    auxiliaries = predicates.auxiliaries(token)
    verb = predicates.top(token)
    modal = predicates.modal(token)
    if predicates.subjunctive(token):
        return "future"
    if modal is not None and modal.lower_ in FORWARD_MODALS:
        perfect = any(a.lower_ == "have" for a in auxiliaries)
        return "past" if perfect and modal.lower_ not in predicates.WILL else "future"
    if verb.lower_ == "going" and any(c.dep_ == "xcomp" for c in verb.children):
        return "future"
    return _finite_tense(verb, auxiliaries)


def _finite_tense(verb: Token, auxiliaries: Sequence[Token]) -> Relation | None:
    has_been_doing = any(a.lower_ == "been" for a in auxiliaries) and verb.tag_ == "VBG"
    for auxiliary in auxiliaries:
        if auxiliary.tag_ == "TO":
            return "past" if any(a.lower_ == "have" for a in auxiliaries) else None
        if auxiliary.tag_ == "VBD":
            return "past"
        if auxiliary.lemma_ in ("have", "'ve", "’ve") and auxiliary.tag_ in ("VBZ", "VBP"):
            return "present" if has_been_doing else "past"
    if verb.tag_ == "VBD" and not auxiliaries:
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or any(a.tag_ in ("VBZ", "VBP", "MD") for a in auxiliaries):
        return "present"
    return None


def foretold(chain: Sequence[Layer]) -> bool:
    """Tell whether a chance is given to what a simple present says will happen: "a 70 % chance that the dam breaks".

    What is or is not so already ("a chance that he knows") stays in the present.
    """
    weighed = any(layer.entry is not None and layer.entry.kind == "likelihood" and layer.head.pos_ == "NOUN"
                  for layer in chain[1:])
    return weighed and simple_present(chain[0].head)


def simple_present(verb: Token) -> bool:
    """Tell whether a verb in the simple present tells what happens, not how things stand."""
    simple = tense(verb) == "present" and all(a.lemma_ == "do" for a in predicates.auxiliaries(verb))
    return simple and verb.lemma_ not in predicates.verbs("stative")
