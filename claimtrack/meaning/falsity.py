"""What a text calls false: "Claims that he left are untrue", "called reports that he left fake news"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from claimtrack.meaning import embedding, negation, predicates, scope

if TYPE_CHECKING:
    from spacy.tokens import Token


def refuted(event: Token) -> bool:
    """Tell whether the text calls the report false whose content an event is: "Claims that he left are untrue".

    So does "It would be wrong to say that he left".
    """
    return any((report.link == "noun" and layer.link == "argument" and refutes(predicates.top(layer.head)))
               or (layer.entry is not None and layer.entry.frame == "to" and layer.entry.kind == "denial"
                   and not layer.negated)
               for report, layer in pairwise(scope.layers(event)))


def refutes(verb: Token) -> bool:
    """Tell whether a predicate calls its subject false: "is untrue", "was debunked", but not "is not false"."""
    word = predicates.predicate(verb)
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    return (word != verb or passive) and _means_false(word) and not negation.negations(verb)


def refuted_content(verb: Token) -> Token | None:
    """Return the clause that a predicate calls false: "left" in "the claim that he left was false"."""
    subject = predicates.subject(verb) if refutes(verb) else None
    return reported_in(subject) if subject is not None else None


def reported_in(noun: Token) -> Token | None:
    """Return the clause that a report, claim or rumor consists of: "died" in "rumors that the king died"."""
    entry = embedding.lookup(noun, "that")
    told = entry is not None and entry.kind in ("report", "accusation", "belief", "evidential", "likelihood")
    clauses = (c for c in noun.rights if told and c.dep_ in ("acl", "relcl", "ccomp"))
    return next((c for c in clauses if embedding.frame_of(c) == "that"
                 and any(g.lower_ == "that" and g.dep_ == "mark" for g in c.children)), None)


def label(event: Token) -> Token | None:
    """Return the word by which a source calls the content false: "nonsense" in "described claims that he left as …"."""
    labeling = predicates.verbs("labeling")
    for layer in scope.layers(event)[1:]:
        if layer.head.lemma_ in labeling and not layer.negated:
            words = [t for t in layer.head.subtree if t.is_alpha and t.i > event.i]
            found = [*(c for c in layer.head.children if c.dep_ == "oprd"), *words[-1:]]
            return next((word for word in found if _means_false(word)), None)
    return None


def _means_false(word: Token) -> bool:
    entries = (embedding.lookup(t, "noun") for t in (word, *(c for c in word.lefts if c.dep_ == "amod")))
    return any(entry is not None and entry.kind == "denial" and (
        entry.affirmed == "CT-" or (entry.affirmed == "PR-" and entry.pos != "VERB")) for entry in entries)
