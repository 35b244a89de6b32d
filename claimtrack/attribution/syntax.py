"""Read a parse: the children, subtrees and clauses of its tokens, as ranges of tokens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]  # tokens of the doc, half-open
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
WH_TAGS = ("WDT", "WP", "WP$", "WRB")
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))


def ranges(tokens: Iterable[Token]) -> list[Range]:
    """Tokens in any order as ranges, in order."""
    out: list[Range] = []
    for i in sorted(t.i for t in tokens):
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return out


def subtree(token: Token) -> Range:
    """A token with all that hangs on it, from its first to its last token."""
    return token.left_edge.i, token.right_edge.i + 1


def children(token: Token, *deps: str) -> list[Token]:
    """The children of a token by one of some dependencies."""
    return [c for c in token.children if c.dep_ in deps]


def is_finite(verb: Token) -> bool:
    """Whether a verb or one of its auxiliaries is finite."""
    return any(t.tag_ in FINITE for t in (verb, *children(verb, "aux", "auxpass")))


def is_finite_form(token: Token) -> bool:
    """Whether a token is itself a finite verb or a modal."""
    return token.tag_ in FINITE


def is_question(clause: Token) -> bool:
    """Whether a clause begins as an indirect question."""
    first = clause.left_edge
    return (first.tag_ in WH_TAGS and first.lower_ != "that") or first.lower_ in {"whether", "if", "why", "how"}


def is_infinitive(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def clause_of(token: Token) -> Token | None:
    """The head of the smallest clause with a subject that the token stands in."""
    for head in token.ancestors:
        if head.pos_ in {"VERB", "AUX"} and (children(head, *SUBJECTS) or head.dep_ == "ROOT"):
            return head
    return None
