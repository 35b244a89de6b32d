"""Collect the noun phrases that may be referred back to, each with the features by which they are told apart.

Common nouns are collected too, so that a pronoun whose best antecedent is no linked thing stays unlinked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.reference.agreement import POSSESSIVE, class_of, gender_of, is_human, is_plural, is_predicated
from claimtrack.reference.discourse import Discourse
from claimtrack.reference.mentions import Mention
from claimtrack.reference.syntax import MODIFIERS, SUBJECTS, clause, is_locative

if TYPE_CHECKING:
    from spacy.tokens import Token

# What a grammatical role weighs; the order is Lappin and Leass's, the scale is in sentences of distance.
_WEIGHTS = {
    "nsubj": 3.0, "nsubjpass": 3.0, "ROOT": 1.0, "dobj": 1.5, "dative": 1.2, "poss": 1.2, "pobj": 0.8, "attr": 0.8,
    "appos": 0.5, "conj": 1.0, "npadvmod": 0.0, "csubj": 0.0,
}
OWN_SUBJECT = 2.5
"""What the subject of its own clause gains with a possessive."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A noun phrase that may be referred back to; `mentions` is empty for one that is not linked."""

    token: int
    sentence: int
    mentions: tuple[Mention, ...]
    weight: float
    plural: bool
    animate: bool
    clause: int
    locative: bool
    gender: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Give the ids of what it denotes; one of its own where it is not linked."""
        return tuple(m.entity.id for m in self.mentions) or (f"token:{self.token}",)

    @property
    def is_prominent(self) -> bool:
        """Tell whether it weighs as much as a subject."""
        return self.weight >= _WEIGHTS["nsubj"]


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word that may refer back, the number of its sentence, and the antecedents before it in the same voice."""

    token: Token
    sentence: int
    before: Sequence[Antecedent]
    discourse: Discourse

    @property
    def is_possessive(self) -> bool:
        """Tell "its" from "it"."""
        return self.token.lower_ in POSSESSIVE


def collect(discourse: Discourse, token: Token, sentence: int, mentions: tuple[Mention, ...]) -> list[Antecedent]:
    """Give a phrase as an antecedent, and again together with what it is joined to; nothing for a mere modifier.

    Args:
        discourse: the text.
        token: the head of the phrase.
        sentence: the number of its sentence.
        mentions: what it denotes; none where it is not linked.
    """
    human = not mentions and is_human(token)
    weight = _WEIGHTS.get(token.dep_, 0.5 if human and token.dep_ not in MODIFIERS else None)
    if weight is None or (human and is_predicated(token)):
        return []
    if token.dep_ == "conj":
        weight = _WEIGHTS.get(token.head.dep_, 0.5) - 0.3
    kind = mentions[0].entity.type if mentions else "person" if human else class_of(token)
    gender = discourse.genders.get(mentions[0].entity.id, "") if mentions else gender_of(token)
    own = Antecedent(
        token.i, sentence, mentions, weight, is_plural(token, mentions, kind), kind == "person", clause(token),
        is_locative(token), gender,
    )
    return [own, *_joint(discourse, token, sentence, weight, mentions)]


def _joint(
    discourse: Discourse, token: Token, sentence: int, weight: float, mentions: tuple[Mention, ...]
) -> list[Antecedent]:
    """Let "Turkey and Israel" compete as one."""
    if token.dep_ == "conj" or not (conjuncts := token.conjuncts):
        return []
    others = [discourse.by_root.get(c.i) for c in conjuncts]
    joint = (*mentions, *(m for m in others if m is not None))
    if len(mentions) != 1 or len(joint) != len(conjuncts) + 1:
        return []
    animate = all(m.entity.type == "person" for m in joint)
    return [Antecedent(token.i, sentence, joint, weight + 0.2, True, animate, clause(token), False)]


def announced(anaphor: Anaphor) -> list[Antecedent]:
    """Look ahead from a possessive in front of its sentence: "Given its losses, Armenia …"."""
    token = anaphor.token
    if not anaphor.is_possessive:
        return []
    top = next((a for a in token.ancestors if a.dep_ in {"prep", "advcl"}), None)
    if top is None or top.head.pos_ not in {"VERB", "AUX"}:
        return []
    subjects = (c for c in top.head.children if c.dep_ in SUBJECTS and c.i > token.i)
    found = [(c, m) for c in subjects if (m := anaphor.discourse.by_root.get(c.i)) is not None]
    return [
        Antecedent(c.i, anaphor.sentence, (m,), _WEIGHTS["nsubj"] + OWN_SUBJECT, m.entity.type == "group",
                   m.entity.type == "person", clause(c), False)
        for c, m in found
    ]
