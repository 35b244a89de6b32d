"""What the attributions of a document cover: whose content each word belongs to, and where it holds a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.claims import arguments, assertions, events
from claimtrack.meaning import falsity, hedges, predicates
from claimtrack.schema import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

HEARSAY = frozenset({"speech", "accusation"})
"""Cues by which an author who names no source passes on what he does not vouch for: "reportedly", "claims that"."""


class Contents:
    """Which attribution covers each token, which one each cue word introduces, and which contents hold a clause."""

    def __init__(self, doc: Doc, attributions: Sequence[Attribution]) -> None:
        self.owners = _owners(doc, attributions)
        self.cues = _cue_tokens(doc, attributions)
        tops = (t for t in doc if self._is_top(t) and not (t.dep_ == "conj" and t.head.i in self.cues))
        self.clausal = {owner.id for t in tops if (owner := self.owners[t.i]) and _heads(t, owner)}
        held = {a.content_spans for a in attributions if a.id in self.clausal}
        self.clausal |= {a.id for a in attributions if a.content_spans in held}  # who disagrees with it

    def _is_top(self, token: Token) -> bool:
        owner = self.owners[token.i]
        return owner is not None and (token.dep_ == "ROOT" or self.owners[token.head.i] is not owner)

    def is_head(self, token: Token) -> bool:
        """Tell whether a token heads a clause that asserts something by itself."""
        if token.is_space or token.is_punct:
            return False
        if token.dep_ != "ROOT" and self._is_top(token) and not self.continues_cue(token):
            return _heads(token, self.owners[token.i])
        cues = (self.cues[t.i] for t in (token, *token.conjuncts) if t.i in self.cues)
        if self._passes_on(token) or any(cue.id in self.clausal for cue in cues):
            return False  # its content is the claim; so in "would neither confirm nor deny that …"
        return assertions.asserts(token) or events.imminence(token) is not None

    def _passes_on(self, token: Token) -> bool:
        """Tell whether a verb only hands on the words of another: "Peru said that, according to Chile, it was over"."""
        owner = next((self.owners[c.i] for c in token.children if c.dep_ == "ccomp"), None)
        return owner is not None and bool(owner.chain) and self.owners[token.i] is not owner

    def repeats_content(self, head: Token) -> bool:
        """Tell whether a clause only brings up a content: "there is no evidence that …", "no signs emerged that …"."""
        if self.owners[head.i] is not None and not self.ends_above(head):
            return False
        subject = arguments.own_subject(head)
        cue = self.cues.get(subject.i) if subject is not None else None
        denied = cue is not None and cue.source_span is None and falsity.refutes(head)  # the content itself is
        bare = denied or not any(c.dep_ in {*arguments.OBJECTS, "acomp"} for c in head.children)
        event = hedges.event_of(head)
        repeated = event != head and self.owners[event.i] is not None
        if subject is not None and subject.lower_ == "it":  # "it would be wrong to say that …"
            below = (c for node in (head, predicates.predicate(head)) for c in node.children if c.dep_ == "xcomp")
            repeated |= any(c.i in self.cues and self.cues[c.i].id in self.clausal for c in below)
        return repeated or (bare and cue is not None and cue.id in self.clausal)

    def ends_above(self, head: Token) -> bool:
        """Tell whether a content was read too far, to the verb above its cue: "Questions whether he paid | remain"."""
        owner = self.owners[head.i]
        subjects = (c for c in head.children if c.dep_ in arguments.SUBJECTS)
        return owner is not None and any(self.cues.get(c.i) is owner for c in subjects)

    def only_tells(self, clause: Token) -> bool:
        """Tell whether a participle brings up what is a claim by itself: "Told that it had failed, Peru left"."""
        cue = self.cues.get(clause.i)
        bare = clause.dep_ in {"advcl", "ccomp"} and arguments.own_subject(clause) is None and clause.i < clause.head.i
        return bare and clause.tag_ in {"VBN", "VBD", "VBG"} and cue is not None and cue.id in self.clausal

    def continues_cue(self, token: Token) -> bool:
        """Tell whether a verb stands beside a cue, not under it: "Peru backed Chile and traded with Bolivia"."""
        return token.dep_ == "conj" and token.head.i in self.cues and arguments.is_finite(token)


def _heads(token: Token, owner: Attribution | None) -> bool:
    """Tell whether a word at the top of a content makes it a clause; an answered question is one."""
    return assertions.heads_content(token) or (owner is not None and is_answer(owner) and arguments.is_finite(token))


def is_answer(attribution: Attribution) -> bool:
    """Tell whether somebody says yes or no to what he was asked: "Asked whether it was open, Peru said no"."""
    spans, cue = attribution.content_spans, attribution.cue_span
    answers = attribution.cue_kind in {"denial", "confirmation"} and attribution.type == "indirect"
    if not answers or cue is None or len(spans) != 1 or spans[0][1] > cue[0]:
        return False
    return bool(_any_of("answer").search(attribution.cue or ""))


def _owners(doc: Doc, attributions: Sequence[Attribution]) -> list[Attribution | None]:
    """Give for every token the attribution with the shortest content that covers it."""
    owners: list[Attribution | None] = [None] * len(doc)
    size = {a.id: sum(e - s for s, e in a.content_spans) for a in attributions}
    for attribution in sorted(attributions, key=lambda a: -size[a.id]):
        for start, end in attribution.content_spans:
            for token in doc.char_span(start, end, alignment_mode="expand") or ():
                owners[token.i] = attribution
    return owners


def _cue_tokens(doc: Doc, attributions: Sequence[Attribution]) -> dict[int, Attribution]:
    """Give the tokens of each cue, with the attribution they introduce."""
    found = {}
    for attribution in attributions:
        if attribution.cue_span:
            for token in doc.char_span(*attribution.cue_span, alignment_mode="expand") or ():
                found[token.i] = attribution
    return found


def is_hearsay(attribution: Attribution | None) -> bool:
    """Tell whether the author passes something on that nobody named vouches for: "Peru reportedly left"."""
    return attribution is not None and attribution.source_span is None and attribution.cue_kind in HEARSAY


def calls_false(attribution: Attribution) -> bool:
    """Tell whether the author denies by an adverb what somebody claims: "falsely claimed"."""
    return bool(_any_of("falsely").search(attribution.cue or ""))


def is_lapsed(attribution: Attribution) -> bool:
    """Tell a view that need not be held any more: "used to think", "once believed"; "once said" is said for good."""
    cue = attribution.cue or ""
    roles = ("lapsed", "lapsed_view") if attribution.cue_kind == "belief" else ("lapsed",)
    return any(_any_of(role).search(cue) for role in roles)


@cache
def _any_of(role: str) -> re.Pattern[str]:
    """Give what finds the words of a role in a cue."""
    words = "|".join(sorted(map(re.escape, lexicon.words("claim_words", role))))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
