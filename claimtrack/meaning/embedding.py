"""What the lexicon says of a word that governs a clause or an event noun: "manage to", "deny that", "a plan to".

Signatures of implication after Nairn, Condoravdi & Karttunen (2006).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.meaning import predicates
from claimtrack.schema import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

EmbeddingKind = Literal[
    "ability", "accusation", "aspect", "attempt", "belief", "cause", "cessation", "condition", "demand", "denial",
    "desire", "difficulty", "doubt", "enable", "evidential", "factive", "fear", "hope", "implicative", "intention",
    "likelihood", "permission", "prevention", "proposal", "question", "readiness", "report", "threat", "warning",
]

WH_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})


class Embedding(lexicon.Entry):
    """A word that governs a clause or an event noun, and what follows for that when it is affirmed or denied.

    `frame` is the form of the governed part ("to": "fail to open"); "" fits any.
    """

    pos: Literal["VERB", "ADJ", "NOUN"]
    frame: str
    kind: EmbeddingKind
    affirmed: Factuality
    denied: Factuality


@cache
def _embeddings() -> dict[tuple[str, str, str], Embedding]:
    return {(e.phrase, e.pos, e.frame): e for e in lexicon.read("embedding", Embedding)}


def frame_of(token: Token) -> str:
    """Name the form of a governed clause: if, to, that, ing or bare."""
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "aux", "auxpass")}
    first = token.left_edge
    if marks & {"if", "whether"} or first.lower_ in ("if", "whether"):
        return "if"
    if "to" in marks:
        return "to"
    if "like" in marks:
        return "like"
    if first.tag_ in WH_TAGS and first.lower_ != "that":
        return "if"
    if "being" in marks or (token.tag_ == "VBG" and not any(c.dep_ == "aux" for c in token.children)):
        return "ing"
    return "bare" if token.tag_ == "VB" and not marks else "that"


def lookup(token: Token, frame: str) -> Embedding | None:
    """Find what the lexicon says of `token` as governor of a part of the given form."""
    pos = "VERB" if token.pos_ in ("VERB", "AUX") else "NOUN" if token.pos_ in ("NOUN", "PROPN") else token.pos_
    if pos == "ADV" and predicates.distance(token) is not None:
        pos = "ADJ"
    table = _embeddings()
    if whole := predicates.idiom(token):
        return table.get((whole, "NOUN", frame)) or table.get((whole, "NOUN", ""))
    lemma = token.lemma_.lower()
    if lemma == "have" and frame == "to":
        lemma = _having(token)
    particles = [c.lower_ for c in token.rights if c.dep_ in ("prt", "advmod", "acomp", "oprd")]
    phrases = (*(f"{lemma} {p}" for p in particles), lemma)
    found = next((e for p in phrases for f in (frame, "") if (e := table.get((p, pos, f))) is not None), None)
    if found is None and token.tag_ == "VBN":  # "is not guaranteed": a state, which the tagger takes for a passive
        found = table.get((token.lower_, "ADJ", frame)) or table.get((token.lower_, "ADJ", ""))
    return found or (table.get((token.lower_, pos, "")) if pos == "NOUN" else None)  # "odds": lemma odd


def _having(token: Token) -> str:
    """Tell "have yet to" (not done) and "had to" (done) from "have to" (to be done)."""
    if any(c.lower_ == "yet" for c in token.children):
        return "have yet"
    return "had" if token.tag_ == "VBD" else "have"


def content_clause(hook: Token) -> bool:
    """Tell whether an adverbial clause is really governed: "I would be surprised if …", "ruled out sending …"."""
    frame = frame_of(hook)
    if frame not in ("if", "to", "ing", "like"):
        return False
    entry = lookup(predicates.predicate(hook.head), frame)
    if entry is None or entry.frame != frame:
        return False
    return frame != "if" or entry.kind in ("likelihood", "question", "doubt")


def attribute(head: Token) -> Embedding | None:
    """Find the adjective of an event noun that says whether it takes place: "the cancelled sale"."""
    if head.pos_ != "NOUN":
        return None
    table = _embeddings()
    return next((e for c in head.lefts if c.dep_ == "amod" and (e := table.get((c.lower_, "ADJ", "amod")))), None)
