"""Which words of a parse head a clause that asserts something, and which only suppose or complete another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.claims import arguments, events
from claimtrack.meaning.condition import as_long_as

if TYPE_CHECKING:
    from spacy.tokens import Token


class ClauseMarker(lexicon.Entry):
    """A subordinator, and whether its clause is asserted, conceded or only supposed."""

    role: Literal["claim", "concession", "condition"]


def _marker(token: Token) -> ClauseMarker | None:
    """Give the subordinator that opens a clause, where the lexicon of clauses knows it."""
    markers = lexicon.phrases("clauses", ClauseMarker)
    openers = [c for c in token.lefts if c.dep_ in {"mark", "advmod"}]
    as_long = any(t.i and as_long_as(t.nbor(-1)) == token for t in openers)
    words: list[str] = ["if"] if as_long else [t.lower_ for t in openers]
    found = [markers[word] for word in words if word in markers]
    return next((m for m in found if m.role == "condition"), found[0] if found else None)  # "as if" supposes


def asserts(token: Token) -> bool:
    """Tell whether a word heads a clause that asserts something by itself, by its own form."""
    if token.dep_ == "ROOT":
        return arguments.is_finite(token) or events.names_event(token)
    if token.pos_ not in {"VERB", "AUX"} or not arguments.is_finite(token):
        return False
    opener = _marker(token)
    if _supposes(opener):
        return False
    if token.dep_ == "conj":
        return not _supposes(_marker(token.head)) and (asserts(token.head) or arguments.own_subject(token) is not None)
    if token.dep_ in {"advcl", "prep"}:
        return opener is not None
    if token.dep_ == "relcl":
        return token.left_edge.i > 0 and token.doc[token.left_edge.i - 1].text == ","
    if token.dep_ in {"ccomp", "parataxis"}:
        return _is_independent(token)
    return False


def heads_content(token: Token) -> bool:
    """Tell whether a word at the top of a content makes it a clause; an if-clause beside a noun does not."""
    if token.dep_ in {"ccomp", "xcomp", "pcomp", "ROOT"}:
        return True
    asserted = arguments.is_finite(token) and not _supposes(_marker(token))
    return asserted or (token.pos_ == "VERB" and token.dep_ in {"acl", "conj"})


def _supposes(opener: ClauseMarker | None) -> bool:
    return opener is not None and opener.role == "condition"


def _is_independent(token: Token) -> bool:
    """Tell a main clause that the parser hangs on its neighbour ("The dam broke; the town was moved")."""
    has_mark = any(c.dep_ in {"mark", "det", "advmod"} and c.tag_ in {"IN", "WDT", "WRB", "WP"} for c in token.children)
    after = token.doc[token.right_edge.i + 1:token.right_edge.i + 2]
    separated = any(t.text in {";", ":", "—", "–", "-"} for t in after)
    return separated and not has_mark


def opens_assertion(token: Token) -> bool:
    """Tell whether a word opens a clause that is asserted: "that", "although", not "if" and "as long as"."""
    if token.i + 1 < len(token.doc) and as_long_as(token.nbor(1)) is not None:
        return False
    markers = lexicon.phrases("clauses", ClauseMarker)
    entry = markers.get(token.lower_) if token.dep_ in {"mark", "advmod"} else None
    of_plural = token.dep_ == "det" and token.head.tag_ in {"NNS", "NNPS"}  # "that taxes will rise"
    marks = token.dep_ == "mark" or of_plural
    return (marks and token.lower_ == "that") or (entry is not None and entry.role != "condition")
