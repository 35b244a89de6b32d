"""Constructions in which the words next to a cue mislead: missing evidence, and who passes on another's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.attribution.cues import Cue, cues_of
from claimtrack.attribution.findings import Finding, finding_of
from claimtrack.attribution.frames import beside, that_clause
from claimtrack.attribution.sources import subject_of
from claimtrack.attribution.syntax import children

if TYPE_CHECKING:
    from spacy.tokens import Token


def doubted(noun: Token, cues: Sequence[Cue]) -> Finding | None:
    """Read "no evidence that", "scant evidence has emerged that": a doubt of who sees none, else of the author.

    `cues` are the readings of the noun as a cue.
    """
    nouns = lexicon.words("evidence_words", "evidence")
    entry = next((c.entry for c in cues if c.entry.pos == "noun" and c.entry.phrase in nouns), None)
    if entry is None or not (_is_scarce(noun) or _is_missed(noun)):
        return None
    hosts = [noun, noun.head, *(c for c in children(noun.head, "attr") if c != noun)]
    content = next((r for host in hosts if (r := that_clause(host))), [])
    content = content or beside(Cue(noun, noun, (0, 0), entry), "that")
    if not content or content[0][0] < noun.i:
        return None
    is_seen = noun.dep_ == "dobj" and noun.head.lemma_ in lexicon.words("evidence_words", "finding")
    holder = subject_of(noun.head) if is_seen else None
    cue = (min(c.left_edge.i for c in (noun, *noun.children) if c.i <= noun.i), noun.i + 1)
    return Finding("noun doubted", tuple(content), holder, cue, noun, entry.model_copy(update={"cue_kind": "doubt"}))


def _is_scarce(noun: Token) -> bool:
    """Whether a noun phrase says that there is next to none of it: "no", "little", "hardly any", but not "a few"."""
    words = {c.lower_ for child in noun.children if child.i < noun.i for c in child.subtree}
    scarce = bool(words & lexicon.words("evidence_words", "scarce"))
    return scarce or (not words & {"a", "the"} and bool(words & {"few", "little"}))


def _is_missed(noun: Token) -> bool:
    """Whether the verb of a noun says that it is not there: "there is not evidence", "has not found any proof"."""
    verb = noun.head
    tells = any(verb.lemma_ in lexicon.words("evidence_words", role) for role in ("finding", "existing"))
    return tells and noun.dep_ in {"dobj", "attr", "nsubj"} and bool(children(verb, "neg"))


def relayed(verb: Token) -> Finding | None:
    """Read "the paper cited officials, stating that": the officials state it, the paper passes it on."""
    if verb.tag_ != "VBG":
        return None
    above = verb.head.head if verb.head.lower_ == "as" else verb.head
    if above.lemma_ not in lexicon.words("holder_words", "passing_on") or children(verb, "nsubj"):
        return None
    sources = [c for c in children(above, "dobj") if above.i < c.i < verb.i]
    cue, publisher = next(cues_of(verb), None), subject_of(above)
    content = that_clause(verb)
    if not sources or cue is None or publisher is None or not content:
        return None
    source = (sources[0].left_edge.i, min(sources[0].right_edge.i + 1, verb.head.i if verb.head != above else verb.i))
    while not verb.doc[source[1] - 1].text[0].isalnum():
        source = (source[0], source[1] - 1)
    names = tuple(verb.doc[slice(*r)].text for r in (publisher, source))
    return replace(finding_of("verb relayed", content, source, cue), chain=names)


def passes_on(outer: Finding, inner: Finding) -> bool:
    """Whether an attribution merely relays another, whose source is a third party."""
    if outer.head is None or outer.source is None or inner.source is None or outer.entry is None:
        return False
    doc = outer.head.doc
    publishers = lexicon.words("holder_words", "publisher")
    publisher = any(t.lemma_.lower() in publishers for t in doc[slice(*outer.source)])
    third = doc[inner.source[0]].tag_ not in {"PRP", "PRP$"}
    relays = publisher or outer.entry.phrase in lexicon.words("holder_words", "passing_on")
    return third and inner.pattern == "verb that" and relays
