"""Who is for or against what, as the predicate of a clause or a word in it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.claims import arguments, frames
from claimtrack.claims.clauses import Clause
from claimtrack.meaning import negation
from claimtrack.schema import Position

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.reference.linking import Links


class PositionVerb(lexicon.Entry):
    """A predicate that puts its subject for or against its object."""

    value: Literal["favor", "against"]
    object: str
    complement: tuple[str, ...] = ()


def positions(clause: Clause, text: str, links: Links) -> tuple[Position, ...]:
    """Read who is for or against what: "Peru opposes the dam", "the Chilean-backed dam"."""
    found = []
    for entry, negated, holder, target in _stands(clause):
        holder_id, name = _key_and_name(holder, text, links)
        target_id, target_name = _key_and_name(target, text, links)
        if (holder.pos_ == "PRON" and ":" not in holder_id) or not (":" in target_id or " " in target_id):
            continue  # "they blocked the door": no position, or nobody's
        value = _flip(entry.value) if negated else entry.value
        found.append(
            Position(holder=name, holder_id=holder_id, target=target_name, target_id=target_id, value=value))
    return tuple(found)


def _stands(clause: Clause) -> Iterator[tuple[PositionVerb, bool, Token, Token]]:
    """Give entry, negation, holder and target of every position that a clause takes or mentions."""
    for entry, target in _position_targets(clause.head):
        for holder in arguments.coordinated(_holder(clause.head)):
            before = holder.doc[holder.left_edge.i - 1].lower_
            if not negation.scarce(holder) and before != "not":  # "Not every member …"
                yield entry, bool(negation.negations(clause.head)), holder, target
    for token in clause.tokens:
        if token.tag_ == "VBN" and token.dep_ == "amod" and token.i > 1 and token.nbor(-1).text == "-":
            for entry in _position_entries(token):
                yield entry, False, token.nbor(-2), token.head  # "Chilean-backed dam"


def _position_entries(verb: Token) -> list[PositionVerb]:
    return [e for e in lexicon.read("positions", PositionVerb) if e.phrase == verb.lemma_.lower() and not e.complement]


def _position_targets(head: Token) -> Iterator[tuple[PositionVerb, Token]]:
    for entry in lexicon.read("positions", PositionVerb):
        if entry.phrase != head.lemma_.lower():
            continue
        target = _object(head, entry.object)
        if target is not None and (not entry.complement or _complement(head) in entry.complement):
            yield entry, target


def _holder(head: Token) -> Token | None:
    """Give who takes the position: the subject, in a passive the agent."""
    if not arguments.is_passive(head):
        return arguments.subject(head)
    return next((noun for _, noun in arguments.prepositional(head, "agent")), None)


def _object(head: Token, where: str) -> Token | None:
    if where == "dobj":
        return next((c for c in head.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    return next((noun for prep, noun in arguments.prepositional(head) if prep.lower_ == where), None)


def _complement(head: Token) -> str | None:
    for child in head.children:
        if child.dep_ == "oprd":
            return child.lemma_.lower()
        if child.dep_ == "prep" and child.lower_ == "as":
            return next((c.lemma_.lower() for c in child.children if c.dep_ == "pobj"), None)
    return None


def _key_and_name(token: Token, text: str, links: Links) -> tuple[str, str]:
    entity = arguments.entity(token, links)
    phrase = arguments.noun_phrase(token)
    words = text[phrase[0].idx:phrase[-1].idx + len(phrase[-1])]
    return (entity.id, entity.name) if entity else (" ".join(frames.terms(phrase)), words)


def _flip(value: Literal["favor", "against"]) -> Literal["favor", "against"]:
    return "against" if value == "favor" else "favor"
