"""What a modal verb says: possibility, ability, permission, the future, a condition, or that something must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from claimtrack.meaning import negation, predicates

if TYPE_CHECKING:
    from spacy.tokens import Token

Reading = Literal["possibility", "ability", "permission", "future", "necessity", "conditional"]

PERSONAL = frozenset({"i", "you", "he", "she", "we", "they", "who"})
AGENT_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def modal_reading(modal: Token, head: Token) -> Reading:
    """Decide what a modal verb says: that something may happen, that someone can, or that someone is allowed.

    "They can swim" is an ability, "A dispute can end in war" a possibility, "You may enter" a permission. Only a
    possibility or the future carries a likelihood; a first person's "will" is an intention, not a forecast, and reads
    as necessity here.
    """
    word = modal.lower_
    if word in predicates.WILL:
        holder = predicates.subject(head)
        return "necessity" if holder is not None and holder.lower_ in predicates.FIRST_PERSON else "future"
    if word in predicates.MAY:
        return "permission" if _permits(modal, head) else "possibility"
    if word in predicates.CAN:
        return "ability" if _able(word, head) else "possibility"
    return "conditional" if word in predicates.WOULD else "necessity"


def _permits(modal: Token, head: Token) -> bool:
    holder = predicates.subject(head)
    if holder is not None and holder.lower_ == "you":
        return True
    following = modal.doc[modal.i + 1].lower_ if modal.i + 1 < len(modal.doc) else ""
    passive = any(c.dep_ == "auxpass" for c in head.children)
    return modal.lower_ == "may" and (following == "only" or (following == "not" and passive))


def _able(word: str, head: Token) -> bool:
    if head.lemma_ in predicates.verbs("perception"):
        return True
    denied = bool(negation.negations(head))
    holder = predicates.subject(head)
    agent = holder is not None and (holder.lower_ in PERSONAL or holder.ent_type_ in AGENT_TYPES)
    passive = any(c.dep_ == "auxpass" for c in head.children)
    if word == "could" and not denied:
        return False
    return agent or passive
