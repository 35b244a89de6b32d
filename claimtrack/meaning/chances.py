"""What a chance, risk or sign is about: "the odds of a war", "gives a recession a 30 % probability"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.meaning import embedding, predicates

if TYPE_CHECKING:
    from spacy.tokens import Token


def chance_noun(verb: Token) -> Token | None:
    """Return the noun by which a verb gives a chance: "odds" in "puts the odds of a war at 60 percent"."""
    if verb.lemma_ not in predicates.verbs("weigher"):
        return None
    objects = (t for c in verb.children if c.dep_ == "dobj" for t in c.subtree if t.pos_ == "NOUN")
    entries = ((t, embedding.lookup(t, "of")) for t in objects)
    # A guarantee is given as a promise is, not as a chance.
    return next((t for t, e in entries if e is not None and e.kind == "likelihood" and e.affirmed != "CT+"), None)


def weighed(verb: Token) -> Token | None:
    """Return what a verb gives a chance to: "puts the odds at 60 percent that he wins", "gives a war a 20 % chance"."""
    noun = chance_noun(verb)
    inner = content_of(noun) if noun is not None else None
    if noun is None or inner is not None:
        return inner
    return next((t for c in verb.children for t in (c, *c.children) if chance_given(t) == noun), None)


def chance_given(hook: Token) -> Token | None:
    """Return the chance that a clause or object is given: "gives a 30 % probability to a recession"."""
    if hook.dep_ in ("ccomp", "advcl"):
        clause = any(c.dep_ == "mark" and c.lower_ == "that" for c in hook.children)
        return chance_noun(hook.head) if clause else None
    to = hook.head if hook.dep_ == "pobj" and hook.head.lower_ == "to" else hook
    if hook.pos_ not in ("NOUN", "PROPN") or to.dep_ not in ("dative", "prep") or (to == hook and to.dep_ == "prep"):
        return None
    return chance_noun(to.head)


def content_of(noun: Token) -> Token | None:
    """Return what a noun of likelihood or evidence is about: "a chance that it holds", "the possibility of war"."""
    for child in noun.rights:
        if child.dep_ in ("acl", "ccomp", "relcl"):
            entry, below = embedding.lookup(noun, embedding.frame_of(child)), child
        elif child.dep_ == "prep":
            below = next((c for c in child.children if c.dep_ in ("pobj", "pcomp") and not c.like_num), child)
            entry = embedding.lookup(noun, child.lower_) if below is not child else None
        else:
            continue
        if entry is not None and entry.kind in ("likelihood", "evidential", "doubt", "implicative"):
            return below
    return None
