"""The proposition of a claim: one sentence that stands alone, hedges off, subject supplied, names for pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.claims import arguments, events, inflection
from claimtrack.claims.clauses import Clause
from claimtrack.claims.spans import spans_of
from claimtrack.meaning import negation, predicates, scope
from claimtrack.meaning.likelihood_terms import terms
from claimtrack.schema import Source

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.reference.linking import Links

UNDOING = frozenset({"ability", "aspect", "implicative", "cessation", "prevention"})
"""Governors that belong to what happens, where they or a "not" beside them turn it over."""


@dataclass(frozen=True)
class Wording:
    """Words the propositions of one document, by its text and what its names and pronouns stand for."""

    text: str
    links: Links

    def proposition(self, event: Token, clause: Clause, source: Source) -> str:
        """Word the claim as one sentence that can stand alone: hedges off, subject supplied, names for pronouns."""
        own = {t.i for t in clause.tokens}
        first = _first_joined(event)
        others = {t.i for twin in event.conjuncts if twin.pos_ == "VERB" for t in twin.subtree if twin.i > event.i}
        others |= _own_words(first, event) if first is not None else set()
        if clause.head in (event, first) and (verb := _cue_verb(clause)) is not None:
            governed = tuple(t for t in verb.subtree if t.i not in others)
            return self.proposition(verb, Clause(verb, governed, clause.attribution), source)
        nominal = event.pos_ in {"NOUN", "PROPN"} and (event is not clause.head or events.imminence(event) is not None)
        bare = event.left_edge == event.right_edge or (
            event.lower_.endswith("ing") and not any(c.dep_ in {"det", "poss"} for c in event.children))
        if nominal and bare and not events.names_event(event):
            event, nominal = clause.head, False  # a bare noun ("a chance of opening") says too little to stand alone
        whole = event if nominal else _worded(event, clause.head)
        if whole is event and first is not None and (shared := _worded(first, clause.head)) is not first:
            whole = shared
        event = whole if whole.i in own else event
        tokens = _complete([t for t in event.subtree if t.i in own - others]) or list(clause.tokens)
        words = self._as_main_clause(event, _without_marker(tokens, event))
        if nominal:
            words += " take place" if event.tag_ in {"NNS", "NNPS"} else " takes place"
        elif event.pos_ in {"VERB", "AUX"} and not _has_subject(event, tokens):
            words = self._with_subject(event, clause, source, words)
        else:
            words = inflection.with_finite_verb(event, words, _modal(clause))
        words = _balanced(words)
        if not any(map(str.isalpha, words)):  # "called it “useless”": the parser took a mark for the head
            words = self._rewritten(clause.tokens)
        return words[:1].upper() + words[1:]

    def _with_subject(self, event: Token, clause: Clause, source: Source, words: str) -> str:
        subject = arguments.subject(event)
        if arguments.leaves_actor_open(event):
            return words
        if subject is not None:
            name = self._rewritten(arguments.antecedent(subject) or _without_asides(subject))
        elif clause.attribution and clause.attribution.source_span and clause.is_of_source_itself:
            name = source.name
        else:
            return words
        name = inflection.NOMINATIVES.get(name.lower(), name)  # "asked them to leave": they should
        shared = inflection.with_shared_words(event, words, subject)
        return f"{name} {shared or inflection.finite_words(event, words, subject, _modal(clause))}"

    def _as_main_clause(self, event: Token, tokens: Sequence[Token]) -> str:
        """Give the words of a clause; in "which borders Peru" put what "which" stands for in its place."""
        if (opening := negation.inverting(event)) is not None:
            return self._uninverted(event, opening, tokens)
        relative = next((t for t in tokens if t.tag_ in {"WDT", "WP"}), None) if event.dep_ == "relcl" else None
        if relative is None:
            return self._rewritten(tokens)
        before, after = ([t for t in tokens if t.i < relative.i], [t for t in tokens if t.i > relative.i])
        return " ".join(filter(None, map(self._rewritten, (before, arguments.antecedent(relative), after))))

    def _uninverted(self, event: Token, opening: Token, tokens: Sequence[Token]) -> str:
        """Give the words of "nor is Peru selling" in the order of a statement: "Peru is not selling"."""
        first = opening.nbor(1)
        subject = predicates.subject(event)
        before = set(subject.subtree) if subject is not None else set()
        after = [t for t in tokens if t.i > first.i and t not in before]
        return " ".join([self._rewritten(before), first.lower_, "not", self._rewritten(after)])

    def _rewritten(self, tokens: Iterable[Token]) -> str:
        """Give the words of tokens in text order, with names for pronouns."""
        in_order = sorted(tokens, key=lambda t: t.i)  # the subtree of a crossing parse is not
        parts = (self.links.rewrite(s, e) for s, e in spans_of(self.text, in_order))
        return " ".join(" ".join(parts).split())


def _modal(clause: Clause) -> str | None:
    """Give the modal that keeps what a content without a finite verb is to its holder: a demand, or a plan.

    What is believed or seems to be so is, or was, so: "is believed to have left". What is expected will be.
    """
    kind = clause.attribution.cue_kind if clause.attribution else None
    if kind == "belief" and (verb := _cue_word(clause)) is not None:
        return "will" if terms("term").get(verb.lemma_.lower()) == "expected" else None
    if kind in {"demand", "question"}:  # "asked Peru to leave"
        return "should"
    return "will" if kind in {"threat", "intention", "hope", "fear", "denial", "belief"} else None


def _cue_verb(clause: Clause) -> Token | None:
    """Give the verb that governs a content without a clause: "Peru threatens war" says more than "war".

    So does "Peru opposes sending troops": what is for or against an act does not say that it is done. Nor is it done
    where "Peru refuses to send troops".
    """
    verb = None if events.imminence(clause.head) else _cue_word(clause)
    if verb is None or verb == clause.head or verb.pos_ not in {"VERB", "AUX"} or verb.lemma_ == "accord":
        return None
    nominal = clause.head.pos_ in {"NOUN", "PROPN"}
    return verb if nominal or _is_weighed(clause) or _turns_over(verb, clause.head) else None


def _cue_word(clause: Clause) -> Token | None:
    """Give the main word of the cue by which the source says the clause."""
    cue = clause.attribution.cue_span if clause.attribution else None
    words = clause.head.doc.char_span(*cue, alignment_mode="expand") if cue is not None else None
    return words.root if words is not None else None


def _turns_over(verb: Token, event: Token) -> bool:
    """Tell whether a verb belongs to what its source does or does not do: "refused to pay"."""
    layer = next(iter(scope.layers(event)[1:]), None)
    return layer is not None and layer.head == verb and layer.entry is not None and layer.entry.kind in UNDOING


def _is_weighed(clause: Clause) -> bool:
    """Tell whether the content is an act that the source is for or against: "opposes arming guards"."""
    said = clause.attribution
    return said is not None and said.cue_kind in {"support", "opposition"} and clause.head.tag_ == "VBG"


def _has_subject(event: Token, tokens: Sequence[Token]) -> bool:
    """Tell whether the subject of an event is among the words that tell of it."""
    below = (c for node in arguments.with_passive(event) for c in node.children)
    return any(c.dep_ in {*arguments.SUBJECTS, "expl"} and c in tokens for c in below)


def _worded(event: Token, head: Token) -> Token:
    """Give the verb whose words tell of an event whole: "needs to leave", "is unlikely to pass", "fails to".

    It is the highest verb of the clause that the event hangs on as its infinitive, or one that turns it over.
    """
    whole = event
    while whole.i != head.i and whole.dep_ in {"xcomp", "acomp"}:
        whole = whole.head
    return whole if whole.pos_ in {"VERB", "AUX"} and whole.i != event.i else _undoing(event)


def _first_joined(event: Token) -> Token | None:
    """Give the infinitive whose governor another shares: "sell" for "lease" in "unable to sell or lease the mill"."""
    return event.head if event.dep_ == "conj" and event.tag_ == event.head.tag_ == "VB" else None


def _own_words(first: Token, event: Token) -> set[int]:
    """Give the words of an infinitive that one joined to it does not share: not its "to" where the other has none."""
    shared = {t.i for t in event.subtree}
    if not any(c.lower_ == "to" and c.dep_ == "aux" for c in event.children):
        shared |= {c.i for c in first.children if c.lower_ == "to" and c.dep_ == "aux"}
    return {t.i for t in first.subtree} - shared


def _complete(tokens: list[Token]) -> list[Token]:
    """Drop a conjunction that nothing follows any more."""
    last = max((i for i, t in enumerate(tokens) if not t.is_punct), default=-1)
    return tokens[:last] if last >= 0 and tokens[last].dep_ == "cc" else tokens


def _undoing(event: Token) -> Token:
    """Give the verb that turns an event over, for it belongs to the wording: "will not be able to pass", "fails to"."""
    worded = event
    for layer in scope.layers(event)[1:]:
        noun = layer.head.pos_ == "NOUN" and predicates.copula(layer.head) is None
        if layer.entry is None or layer.entry.kind not in UNDOING or noun:
            break
        if layer.negated or layer.entry.affirmed == "CT-" or layer.entry.phrase == "use":
            worded = predicates.top(layer.head)
    return worded


def _without_marker(tokens: Sequence[Token], event: Token) -> list[Token]:
    """Drop the words that only tie a clause to its neighbours: "that", "although", "and"."""
    loose = {t.i for t in event.children if t.dep_ in {"mark", "cc", "preconj"} and t.lower_ not in {"to", "neither"}}
    loose |= {i - 1 for i in loose if i and event.doc[i - 1].lower_ == "even"}
    loose |= {t.i for t in event.children if t.lower_ == "only" and t.i - 1 in loose}  # "not only"
    first = event.left_edge
    if event.dep_ in {"relcl", "acl"} and first.lower_ == "that" and first.tag_ == "IN":
        loose.add(first.i)  # "the risk that the dam breaks", which the parser takes for a relative clause
    if event.pos_ in {"NOUN", "PROPN"}:
        loose |= {t.i for p in event.children if p.lower_ == "at" and _is_share(p) for t in p.subtree}
    return [t for t in tokens if t.i not in loose and not t.is_space]


def _is_share(preposition: Token) -> bool:
    """Tell whether a phrase gives a chance in figures: "the odds of a war at 60 percent"."""
    share = lexicon.words("claim_words", "share")
    return any(t.lower_ in share for t in preposition.subtree)


def _without_asides(subject: Token) -> list[Token]:
    """Give the words of a subject without a clause between commas: "Peru, which has a port, will pay"."""
    aside = {t.i for c in subject.children if c.dep_ == "relcl" and c.left_edge.nbor(-1).text == "," for t in c.subtree}
    tokens = [t for t in subject.subtree if not t.is_space and t.i not in aside]
    while aside and tokens[-1].is_punct:
        tokens.pop()
    return tokens


def _balanced(words: str) -> str:
    """Drop the quotation marks whose partner stands outside the words: 'Such steps "will not harm'."""
    opened: list[int] = []
    stray: list[int] = []
    for mark in re.finditer(r'["“”«»]', words):
        before, after = words[:mark.start()][-1:], words[mark.end():][:1]
        opens = mark[0] in "“«" or (mark[0] == '"' and before in {"", " ", "("} and after not in {"", " "})
        if opens:
            opened.append(mark.start())
        elif opened:
            opened.pop()
        else:
            stray.append(mark.start())
    return "".join(c for i, c in enumerate(words) if i not in {*opened, *stray})
