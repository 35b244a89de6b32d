"""Tell the "it" that means nothing ("it is early", "it was Iran that …"), or what was said ("Oslo denied it")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference.syntax import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset({"ccomp", "csubj", "xcomp", "csubjpass", "advcl", "relcl", "acl"})


def is_expletive(token: Token) -> bool:
    """Tell "it is unlikely that …", "it was Iran that …": such an "it" means nothing."""
    head = token.head
    if token.dep_ in {"expl", "ROOT"}:
        return True
    if token.dep_ not in SUBJECTS or head.lemma_ not in lexicon.words("coreference_words", "expletive_head"):
        return head.lemma_ in lexicon.words("coreference_words", "weather")
    if head.lemma_ == "be" and any(_says_no_subject(c) for c in head.children):
        return True
    below = [c for child in head.children if child.i > head.i for c in (child, *child.children)]
    return any(c.dep_ in _CLAUSES and c.i > head.i for c in below)


def _says_no_subject(token: Token) -> bool:
    """Tell the hour and the like, and what "it was …" names: a moment, a matter, whom a cleft sentence picks out."""
    impersonal = token.lower_ in lexicon.words("coreference_words", "impersonal")
    return token.dep_ == "attr" or (token.dep_ in {"acomp", "advmod", "npadvmod"} and impersonal)


def is_proposition(token: Token) -> bool:
    """Tell "Oslo denied it": what is denied is what was said."""
    return bool(token.dep_ == "dobj" and token.head.lemma_ in lexicon.words("coreference_words", "propositional"))
