"""Verb forms that a proposition needs and its text lacks: infinitives and gerunds made finite, auxiliaries shared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimtrack.claims import arguments
from claimtrack.meaning import negation, predicates
from claimtrack.reference import verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

WHOLE = {"wo": "will", "ca": "can", "sha": "shall", "'ll": "will", "’ll": "will"}  # before "n't", or contracted
NOMINATIVES = {"her": "she", "him": "he", "me": "I", "them": "they", "us": "we", "whom": "who"}
PLURAL_PRONOUNS = frozenset({"they", "we", "you", "i"})


def with_finite_verb(event: Token, words: str, modal: str | None = None) -> str:
    """Turn the infinitive of a clause with a subject of its own into a verb: "the canal to open" into "opens".

    With a modal, what somebody demands or means to do stays so: "should open", "will open".
    """
    auxiliaries = [c for c in event.children if c.dep_ in {"aux", "auxpass"}]
    subject = arguments.own_subject(event)
    if subject is None or not any(c.lower_ == "to" for c in auxiliaries):
        return words
    verb = min((t for t in (event, *auxiliaries) if t.lower_ != "to"), key=lambda t: t.i)
    if modal is not None:
        denial = rf"\b(?:not to|to not|never to) {re.escape(verb.text)}\b"
        words = re.sub(denial, f"{modal} not {verb.text}", words, count=1)
        return re.sub(rf"\bto {re.escape(verb.text)}\b", f"{modal} {verb.text}", words, count=1)
    lemma = verb.lemma_.lower()
    helps = lemma == "be" or (lemma == "have" and verb is not event)
    denied = f"{_present(lemma, subject)} not" if helps else f"{_present('do', subject)} not {lemma}"
    words = re.sub(rf"\b(?:not to|to not|never to) {re.escape(verb.text)}\b", denied, words, count=1)
    return re.sub(rf"\bto {re.escape(verb.text)}\b", _present(lemma, subject), words, count=1)


def finite_words(event: Token, words: str, subject: Token | None, modal: str | None = None) -> str:
    """Turn "having bases", "to leave", "to have left" into "has bases", "leaves", "has left", to follow a subject.

    With a modal, what somebody demands or means to do stays so: "should leave", "will leave".
    """
    auxiliaries = (c for c in event.children if c.dep_ in {"aux", "auxpass"})
    chain = sorted((event, *auxiliaries), key=lambda t: t.i)
    verb = next((t for t in chain if t.lower_ != "to"), event)
    infinitive = event.tag_ in {"VB", "VBP"} and event.dep_ == "conj" and event.head.tag_ == "VB"  # "to grow and pay"
    if not infinitive and (arguments.is_finite(event) or not (verb.tag_ == "VBG" or chain[0].lower_ == "to")):
        return words
    denied = re.match(r"(not|never) to ", words, re.IGNORECASE)
    if modal is not None and chain[0].lower_ == "to":
        bare = words[denied.end() :] if denied else re.sub(r"^to ", "", words, flags=re.IGNORECASE)
        return f"{modal} {denied[1].lower()} {bare}" if denied else f"{modal} {bare}"
    if denied is not None:
        helper = f"{_present('do', subject)} not" if denied[1].lower() == "not" else f"will {denied[1].lower()}"
        return f"{helper} {words[denied.end():]}"
    bare = words.removeprefix("to ").removeprefix("To ")
    return re.sub(rf"\b{re.escape(verb.text)}\b", _present(verb.lemma_.lower(), subject), bare, count=1)


def with_shared_words(event: Token, words: str, subject: Token | None) -> str | None:
    """Give a second predicate the modal and the "not" of the first: "will not ratify" of "will not sign or ratify"."""
    if event.dep_ != "conj":
        return None
    shared = predicates.auxiliaries(event) if predicates.shares_auxiliaries(event) else ()
    helpers = [WHOLE.get(t.lower_, t.text) for t in shared]
    denials = negation.negations(event)
    denied = bool(denials) and not {*denials} & {*event.subtree}
    if denied and not helpers and arguments.is_finite(event):
        helpers = ["did" if event.tag_ == "VBD" else _present("do", subject)]
        words = re.sub(rf"\b{re.escape(event.text)}\b", event.lemma_.lower(), words, count=1)
    if not helpers or not (denied or predicates.modal(event)):
        return None
    return " ".join([helpers[0], *(["not"] if denied else []), *helpers[1:], words])


def _is_plural(subject: Token | None) -> bool:
    return subject is not None and (
        subject.tag_ in {"NNS", "NNPS"} or subject.lower_ in PLURAL_PRONOUNS or any(subject.conjuncts))


def _present(lemma: str, subject: Token | None) -> str:
    """Give the present tense of a verb that agrees with its subject."""
    plural = _is_plural(subject)
    if lemma == "be" and subject is not None and subject.lower_ == "i":
        return "am"
    return verbs.present(lemma, plural=plural)
