"""Reported clauses and phrases: what each cue of the text makes of the clause it governs or stands in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.attribution.constructions import doubted, relayed
from claimtrack.attribution.cues import Cue, Reporting, cues_of
from claimtrack.attribution.findings import Finding, finding_of
from claimtrack.attribution.frames import FRAMES, beside
from claimtrack.attribution.sources import holder_of
from claimtrack.attribution.syntax import FINITE, Range, children, is_finite, ranges

if TYPE_CHECKING:
    from spacy.tokens import Token

# Without a source these were right one time in five on PolNeAR's training articles, and told a reader nothing.
NEEDS_SOURCE = frozenset(("np", "np_rest", "chance"))


def reported(token: Token) -> Finding | None:
    """The attribution that a token makes as a cue, if it is one with content."""
    special, cues = relayed(token), tuple(cues_of(token))
    if (special is None and not cues) or _is_nobodys(token) or _is_relay(token):
        return None
    if (special := doubted(token, cues) or special) is not None:
        return special
    for cue in cues:
        for frame in cue.entry.frames:
            content = FRAMES[frame](cue.base) if frame != "quote" else []
            if not content:
                content = beside(cue, frame)
            if content:
                holder = None if frame == "raising" else holder_of(cue)
                if holder is None and (frame in NEEDS_SOURCE or _is_impersonal(cue)):
                    return None
                entry = _carried(cue) if frame == "np" else cue.entry
                return replace(finding_of(f"{cue.entry.pos} {frame}", content, holder, cue), entry=entry)
        if {"quote", "that"} <= set(cue.entry.frames):
            for name, rule in (("around", _around), ("aside", _aside), ("onward", _onward)):
                if content := rule(cue):
                    return finding_of(f"verb {name}", content, holder_of(cue), cue)
    return None


def _carried(cue: Cue) -> Reporting:
    """What the source does: "expressed hope" is to hope, "repeated the allegation" to accuse."""
    if cue.entry.phrase in lexicon.words("cue_words", "carrier"):
        for noun in children(cue.head, "dobj"):
            for inner in cues_of(noun):
                return inner.entry
    return cue.entry


def _is_impersonal(cue: Cue) -> bool:
    """Whether a sourceless cue speaks for the author: "it is clear that"."""
    return cue.entry.pos == "adjective" and cue.head.dep_ == "acomp"


def _is_relay(verb: Token) -> bool:
    """Whether a verb only passes on what its object says: "the paper cited officials, stating that"."""
    return verb.lemma_ in lexicon.words("holder_words", "passing_on") and any(relayed(t) for t in verb.subtree)


def _is_nobodys(verb: Token) -> bool:
    """Whether a verb reports nothing: "call it a habit", "let us say", "if they want war", "it can be ruled out"."""
    if verb.tag_ == "VB" and not children(verb, "nsubj", "aux", "neg") and verb.dep_ == "ROOT":
        return True
    if any(c.lower_ in {"if", "unless"} and c.dep_ == "mark" for c in verb.children):
        return True
    if verb.head.lemma_ == "let" and verb.dep_ in {"ccomp", "xcomp"}:
        return True
    if not children(verb, "auxpass"):
        return False
    duties = lexicon.words("cue_words", "duty")
    return any(c.tag_ == "MD" and c.lower_ in duties for c in verb.children)


def _around(cue: Cue) -> list[Range]:
    """The clause around a cue that stands in it or after it: "rain, they said, would come", "as they put it".

    After a clause of two verbs the parser takes the cue for a third: "was hit and left for dead, a website claimed".
    """
    verb = cue.head
    as_clause = verb.dep_ == "advcl" and any(c.lower_ == "as" for c in children(verb, "mark", "advmod"))
    subjects = children(verb, "nsubj")
    spliced = bool(subjects) and verb.dep_ == "conj" and subjects[0].left_edge.i > verb.sent.start and (
        subjects[0].left_edge.nbor(-1).text == "," and not children(verb, "dobj", "ccomp"))
    if not (verb.dep_ == "parataxis" or as_clause or spliced) or not subjects:
        return []
    return ranges(set(verb.head.subtree) - set(verb.subtree))


def _aside(cue: Cue) -> list[Range]:
    """The sentence around ", they said," or before ", said they." where the parse does not know it for an aside."""
    doc, sentence = cue.head.doc, cue.head.sent
    subject = children(cue.head, "nsubj")
    if not subject or not is_finite(cue.head):
        return []
    first = min(subject[0].left_edge.i, cue.tokens[0])
    last = max(subject[0].right_edge.i + 1, cue.tokens[1])
    while last < sentence.end and doc[last].dep_ in {"dobj", "npadvmod", "advmod"} and doc[last].text not in ",.":
        last += 1
    enclosed = first - 1 > sentence.start and doc[first - 1].text == "," and last < len(doc)
    if not enclosed or doc[last].text not in {",", "."}:
        return []
    content = [(sentence.start, first - 1)]
    return [*content, (last + 1, sentence.end)] if last + 1 < sentence.end else content


def _onward(cue: Cue) -> list[Range]:
    """The rest of the sentence after "they said that", where the parse has no clause there."""
    sentence, doc = cue.head.sent, cue.head.doc
    first = cue.tokens[1]
    if "quote" not in cue.entry.frames or not is_finite(cue.head) or first + 2 >= sentence.end:
        return []
    starts_clause = doc[first].lower_ == "that" or doc[first].dep_ in {"nsubj", "nsubjpass", "expl"}
    if starts_clause and any(t.tag_ in FINITE for t in doc[first + 1 : sentence.end]):
        return [(first, sentence.end)]
    return []
