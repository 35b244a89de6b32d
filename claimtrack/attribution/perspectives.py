"""Perspectives: "according to X", "from X's perspective", "in the view of X", and "for X," before a judgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.attribution.cues import Cue, Reporting, prepositions
from claimtrack.attribution.findings import Finding, finding_of
from claimtrack.attribution.frames import comment
from claimtrack.attribution.sources import possessor
from claimtrack.attribution.syntax import Range, children, clause_of, subtree

if TYPE_CHECKING:
    from spacy.tokens import Token

HOLDER_TYPES = frozenset(("GPE", "ORG", "NORP"))


def according(token: Token) -> Finding | None:
    """Read "according to X" and perspective phrases: "from X's perspective", "in the view of X", "for X,"."""
    for rest, entry in prepositions(token.lower_):
        for inner in token.children:
            if rest == ["to"] and inner.lower_ == "to":
                holder = [subtree(c) for c in children(inner, "pobj")]
                return _comment_finding(token, inner.i + 1, holder, entry)
            if inner.dep_ == "pobj" and rest == [inner.lower_]:
                return _comment_finding(token, inner.i + 1, [_perspective(inner)], entry)
            if inner.dep_ == "pobj" and not rest and _fronted(token) and _holds_views(inner) and _evaluates(token):
                return _comment_finding(token, token.i + 1, [subtree(inner)], entry)
    return None


def _holds_views(noun: Token) -> bool:
    """Whether a name may be that of a country or people: not "for weeks", "for May"."""
    return noun.ent_type_ in HOLDER_TYPES or (noun.pos_ == "PROPN" and not noun.ent_type_)


def _evaluates(prep: Token) -> bool:
    """Whether the clause of a "for X" says what something is worth to X, rather than what happened."""
    clause = clause_of(prep)
    if clause is None:
        return False
    complements = [c for c in children(clause, "acomp", "attr", "oprd", "dobj") if c.i > clause.i]
    copular = clause.lemma_ in lexicon.words("perspective_words", "copula") and any(
        c.dep_ != "dobj" and c.pos_ in {"ADJ", "NOUN"} and c.tag_ != "VBN" for c in complements)
    weighty = lexicon.words("perspective_words", "weighty")
    praised = any(a.lower_ in weighty for c in complements for a in (c, *children(c, "amod")))
    return copular or praised or clause.lemma_ in lexicon.words("perspective_words", "weighing")


def _fronted(prep: Token) -> bool:
    last = prep.right_edge.i + 1
    return prep.i == prep.sent.start and last < len(prep.doc) and prep.doc[last].text == ","


def _perspective(noun: Token) -> Range:
    """Whose view it is: the possessor, the object of "of", or the adjective's people, by the whole phrase."""
    for c in noun.children:
        if c.dep_ == "poss":
            return possessor(c)
        if c.dep_ == "prep" and c.lower_ == "of" and c.i > noun.i:
            for x in children(c, "pobj"):  # the guild of "the point of view of the guild"
                return _perspective(x) if x.lemma_ == "view" else subtree(x)
    return subtree(noun)


def _comment_finding(prep: Token, end: int, holder: Sequence[Range], entry: Reporting) -> Finding | None:
    content = comment(prep)
    if not content or not holder:
        return None
    return finding_of("comment", content, holder[0], Cue(prep, prep, (prep.i, end), entry))
