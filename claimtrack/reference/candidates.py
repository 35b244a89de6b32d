"""List what a text may refer to: its pronouns and noun phrases, with the words that belong to each.

Phrases are cut as in OntoNotes: a noun with all that modifies it, but without an apposition, a clause between commas
or the other members of a list; a list is a candidate of its own, and so is a name before a noun ("the Lima talks").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_FORMS = {
    "he": "he him his himself", "she": "she her hers herself", "it": "it its itself",
    "they": "they them their theirs themselves themself em", "i": "i me my mine myself",
    "we": "we us our ours ourselves", "you": "you your yours yourself yourselves", "this": "this that",
    "these": "these those",
}
PRONOUNS = {form: kind for kind, forms in _FORMS.items() for form in forms.split()}
"""The kind of each pronoun, by its form in lower case."""
NOMINAL_KINDS = frozenset({"name", "nominal", "joint"})

_ABSOLUTE = frozenset({"hers", "theirs", "mine", "yours", "ours"})
_NOT_ALONE = frozenset({"det", "advmod", "mark", "predet"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"})
_TIMES = frozenset({"DATE", "TIME"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_ENDS = frozenset({"cc", "conj", "punct", "appos", "parataxis"})
_LOOSE = frozenset({"cc", "preconj", "punct"})
_MARKS_AFTER = frozenset({",", ".", ";", ":", "—", "–", "--", "?", "!"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `[start, end)` headed by token `head`; `kind` is that of a pronoun, "name", "nominal" or "joint"."""

    head: int
    start: int
    end: int
    kind: str


def candidates(doc: Doc) -> list[Candidate]:
    """List the candidates of a parsed text in order, a longer one before those inside it; no two on the same words."""
    marked = (ent for ent in doc.ents if ent.label_ in _NAMES | _TIMES)
    named = {i: ent for ent in marked for i in range(ent.start, ent.end)}
    found = (candidate for token in doc for candidate in _of(token, named.get(token.i)))
    distinct: dict[tuple[int, int], Candidate] = {}
    for candidate in found:
        distinct.setdefault((candidate.start, candidate.end), candidate)
    return sorted(distinct.values(), key=lambda c: (c.start, -c.end))


def _of(token: Token, entity: TokenSpan | None) -> Iterator[Candidate]:
    pronoun = PRONOUNS.get(token.lower_)
    heads_name = entity is not None and entity.root.i == token.i
    if pronoun is not None and _stands_alone(token, pronoun):
        if token.dep_ != "expl":
            yield Candidate(token.i, token.i, token.i + 1, pronoun)
    elif token.dep_ in _MODIFIERS or (token.pos_ == "ADJ" and heads_name):
        outside = entity is not None and heads_name and not entity.start <= token.head.i < entity.end
        if entity is not None and outside and entity.label_ in _NAMES:
            yield Candidate(token.i, entity.start, entity.end, "name")
    elif (token.pos_ in _NOUNS or heads_name) and token.pos_ != "NUM":
        yield from _phrases(token, is_name=entity is not None or token.pos_ == "PROPN")


def _stands_alone(token: Token, kind: str) -> bool:
    """Tell a pronoun from "that" before a noun or a clause."""
    pointing = kind in {"this", "these"} and token.tag_ == "DT" and token.dep_ not in _NOT_ALONE
    return token.tag_ in {"PRP", "PRP$"} or pointing or token.lower_ in _ABSOLUTE


def _phrases(noun: Token, *, is_name: bool) -> Iterator[Candidate]:
    start, end = extent(noun)
    if end < len(noun.doc) and noun.doc[end].tag_ == "POS":
        end += 1
    yield Candidate(noun.i, start, end, "name" if is_name else "nominal")
    if noun.dep_ != "conj" and any(c.dep_ == "conj" and c.pos_ in {*_NOUNS, "PRON"} for c in noun.children):
        yield Candidate(noun.i, start, max([end, *_ends_of_conjuncts(noun)]), "joint")


def _ends_of_conjuncts(noun: Token) -> Iterator[int]:
    for conjunct in noun.children:
        if conjunct.dep_ == "conj":
            if conjunct.pos_ in _NOUNS:
                yield extent(conjunct)[1]
            yield from _ends_of_conjuncts(conjunct)


def extent(noun: Token) -> tuple[int, int]:
    """Give the first token of the phrase that a noun heads, and the one behind its last."""
    doc, left, right = noun.doc, noun.left_edge.i, noun.i
    for child in noun.rights:
        if child.dep_ == "punct" and child.text in {"-", "/", "%"}:
            continue
        if child.dep_ in _ENDS or (child.dep_ == "relcl" and doc[child.left_edge.i - 1].text == ","):
            break
        right = max(right, child.right_edge.i)
    while left < noun.i and _is_loose(doc[left]):
        left += 1
    while right > noun.i and (doc[right].is_space or doc[right].text in _MARKS_AFTER):
        right -= 1
    return left, right + 1


def _is_loose(token: Token) -> bool:
    return (token.is_punct and token.text != "$") or token.dep_ in _LOOSE or token.is_space
