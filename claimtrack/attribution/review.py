"""What the language rules out or corrects in an attribution, whoever found it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from typing import TYPE_CHECKING

from pydantic import ConfigDict

from claimtrack import lexicon
from claimtrack.attribution.cues import cue_within, cues_of
from claimtrack.attribution.frames import that_clause
from claimtrack.attribution.perspectives import according
from claimtrack.attribution.quoted_text import QuotedText, overlaps
from claimtrack.attribution.sources import subject_of
from claimtrack.attribution.syntax import WH_TAGS, Range, children, is_finite, is_infinitive, subtree
from claimtrack.schema import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Token


def reviewed(text: QuotedText, a: Attribution, sure: Set[str]) -> Attribution | None:
    """An attribution with the source and the kind that its cue allows; None where nobody holds the content."""
    _, cue = cue_within(text, a.cue_span)
    if _is_anybody(text, a, cue) or (cue is not None and a.type == "indirect" and (
            _is_anonymity(text, a, cue) or _is_mere_source(text, a, cue) or _is_undone(text, a) or _is_naming(a, cue))):
        return None
    a = _of_according(text, _with_subject(text, _to_other_view(text, a), cue), cue)
    if (verb := _told_by(text, a)) is not None:
        span = text.span((verb.i, verb.i + 1))
        a, cue = a.model_copy(update={"cue_span": span, "cue": verb.text, "cue_kind": "speech"}), verb
    by = subject_of(cue) if cue is not None else None
    if by is not None and text.doc[slice(*by)].text.lower() in {"nothing", "little"}:
        return a.model_copy(update={"source_span": None, "cue_kind": "doubt"})  # "Nothing suggests that …"
    if a.type == "direct" or a.id in sure or cue is None:
        told = a
    else:
        told = _of_quoted(text, a, cue) or _of_inverted(text, a, cue) or _of_teller(text, a)
    return _of_denier(told, cue) if cue is not None and a.cue_kind == "denial" else told


def _is_anonymity(text: QuotedText, a: Attribution, cue: Token) -> bool:
    """Whether a source only asks not to be named: "who asked not to be identified", "wished to remain anonymous"."""
    wanted = a.cue_kind in {"question", "demand", "intention", "hope"} or cue.lemma_ in {"want", "wish", "ask"}
    words = [t for s in a.content_spans for t in text.doc[slice(*text.tokens(*s))] if not t.is_punct]
    named = lexicon.words("holder_words", "anonymity")
    nameless = any(t.lower_ in lexicon.words("holder_words", "nameless") for t in words)
    hidden = (a.negated or any(t.dep_ == "neg" for t in words)) and any(t.lemma_.lower() in named for t in words)
    return wanted and 0 < len(words) < 9 and (nameless or hidden)


def _is_mere_source(text: QuotedText, a: Attribution, cue: Token) -> bool:
    """Whether a content only says who is cited: "citing two officials"."""
    words = [t for s in a.content_spans for t in text.doc[slice(*text.tokens(*s))]]
    clause = any(t.pos_ in {"VERB", "AUX"} for t in words)
    head = next((t for t in words if t.head not in words), None)
    speaks = head is not None and (head.ent_type_ in {"PERSON", "NORP"} or head.lemma_.lower() in _speakers())
    return cue.lemma_ in lexicon.words("holder_words", "passing_on") and cue.tag_ == "VBG" and not clause and speaks


class _Human(lexicon.Entry):
    """A noun for somebody, read for the noun alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")


@cache
def _speakers() -> frozenset[str]:
    """Give the nouns for persons and for what publishes."""
    return frozenset(e.phrase for e in lexicon.read("human_nouns", _Human)) | lexicon.words("holder_words", "publisher")


def _is_naming(a: Attribution, cue: Token) -> bool:
    """Whether a cue only says what something is called: "the fair, known as the Golden Week"."""
    return a.source_span is None and cue.lemma_ == "know" and any(c.lower_ == "as" for c in cue.children)


def _is_undone(text: QuotedText, a: Attribution) -> bool:
    """Whether a demand is only said not to have been made: "He did not order the attack"."""
    words = [t for s in a.content_spans for t in text.doc[slice(*text.tokens(*s))]]
    return a.cue_kind == "demand" and a.negated and not any(t.pos_ in {"VERB", "AUX"} for t in words)


def _is_anybody(text: QuotedText, a: Attribution, cue: Token | None) -> bool:
    """Whether a source is the reader, everybody or nobody, so that the author speaks: "you may have heard that"."""
    if a.source_span is None:
        return False
    words = text.document.text[slice(*a.source_span)].lower().replace("’", "'")
    if words != "you":
        return words in lexicon.words("holder_words", "anybody")
    return not text.quoted[text.tokens(*a.source_span)[0]] and (cue is None or cue.tag_ != "VBD")


def _with_subject(text: QuotedText, a: Attribution, cue: Token | None) -> Attribution:
    """Begin a content with its subject where it was cut off: "said | the bank — the oldest — will fail"."""
    first = text.doc[text.tokens(*a.content_spans[0])[0]]
    verb = first.head if first.dep_ in {"aux", "auxpass", "neg"} else first
    if cue is None or a.type != "indirect" or verb.dep_ != "ccomp" or verb.head != cue or not is_finite(verb):
        return a
    subjects = [s for s in children(verb, "nsubj", "nsubjpass") if cue.i < s.left_edge.i < first.i]
    if not subjects:
        return a
    start = text.starts[subjects[0].left_edge.i]
    return a.model_copy(update={"content_spans": ((start, a.content_spans[0][1]), *a.content_spans[1:])})


def _of_according(text: QuotedText, a: Attribution, cue: Token | None) -> Attribution:
    """Give "according to Peru, it is open" to Peru, whatever the tagger took for the source."""
    found = according(cue) if cue is not None and cue.lower_ == "according" else None
    if found is None or found.source is None or not any(overlaps(c, text.span(found.source)) for c in a.content_spans):
        return a
    start = text.span(found.source)[1]
    kept = tuple((max(s, start), e) for s, e in a.content_spans if e > start)
    kept = tuple((s + len(w) - len(w.lstrip(" ,")), e) for s, e in kept if (w := text.document.text[s:e]).strip(" ,"))
    return a.model_copy(update={"source_span": text.span(found.source), "content_spans": kept or a.content_spans})


def _to_other_view(text: QuotedText, a: Attribution) -> Attribution:
    """End a content where another's view begins: "says 30 died, | while Peru puts the toll at 12"."""
    for start, end in a.content_spans if a.type == "indirect" else ():
        first, last = text.tokens(start, end)
        contrasts = (t for t in text.doc[first + 2:last] if t.lower_ in {"while", "whereas"} and t.dep_ == "mark")
        for mark in contrasts:
            if children(mark.head, "nsubj") and _holds_view(mark.head):
                kept = tuple(c for c in a.content_spans if c[1] <= start)
                words = [t for t in text.doc[first:mark.i] if not (t.is_punct or t.is_space)]
                if words:
                    border = text.span((words[-1].i, words[-1].i + 1))[1]
                    return a.model_copy(update={"content_spans": (*kept, (start, border))})
    return a


def _holds_view(verb: Token) -> bool:
    """Whether a verb tells what its subject says or holds, as "puts the toll at 12" does."""
    puts = verb.lemma_ == "put" and any(c.lower_ == "at" for c in children(verb, "prep"))
    return puts or any({"that", "np"} & set(c.entry.frames) and c.entry.pos == "verb" for c in cues_of(verb))


def _of_quoted(text: QuotedText, a: Attribution, cue: Token) -> Attribution | None:
    """Give what somebody "was quoted (by a paper) as saying" to who said it."""
    passing_on = lexicon.words("holder_words", "passing_on")
    verb = next((t for t in (cue, *cue.ancestors) if t.lemma_ in passing_on), None)
    quoted = children(verb, "nsubjpass") if verb is not None else []
    sayings = [c for p in children(verb, "prep") if p.lower_ == "as" for c in children(p, "pcomp")] if verb else []
    said = tuple(text.span(r) for saying in sayings for r in that_clause(saying))
    if not quoted or not said:
        return None
    return a.model_copy(update={"source_span": text.span(subtree(quoted[0])), "content_spans": said})


def _of_inverted(text: QuotedText, a: Attribution, cue: Token) -> Attribution | None:
    """Give "Peru, say experts, will leave" to the experts, where parser and tagger take Peru for the speaker."""
    subjects = [text.span(subtree(c)) for c in children(cue, "nsubj")]
    if len(subjects) < 2 or not subjects[0][1] <= text.span((cue.i, cue.i + 1))[0] < subjects[-1][0]:
        return None
    onward = next((t for t in text.doc if t.idx >= subjects[-1][1] and t.is_alpha), None)
    end = a.content_spans[-1][1]
    if onward is None or onward.idx >= end:
        return None
    return a.model_copy(update={"source_span": subjects[-1], "content_spans": (subjects[0], (onward.idx, end))})


def _of_teller(text: QuotedText, a: Attribution) -> Attribution:
    """Give what somebody heard to the one who told it: "got a warning from the league", "were told by the crew"."""
    for verb in text.doc[slice(*text.tokens(*a.cue_span))] if a.cue_span and a.source_span else ():
        hearer = subject_of(verb) if verb.pos_ == "VERB" else None
        if hearer is None or not overlaps(text.span(hearer), a.source_span):
            continue
        tellers = [r for r in _tellers(verb) if not any(overlaps(text.span(r), c) for c in a.content_spans)]
        nouns = [o for o in children(verb, "dobj") if any(c.entry.pos == "noun" for c in cues_of(o))]
        told = verb.lemma_ in lexicon.words("holder_words", "telling") and _is_passive(verb)
        listens, gets = (verb.lemma_ in lexicon.words("holder_words", role) for role in ("listening", "getting"))
        if told or ((listens or gets) and nouns) or (listens and tellers):
            said = tuple(c for c in a.content_spans if not overlaps(c, text.span(hearer)))
            source = text.span(tellers[0]) if tellers else None
            return a.model_copy(update={"source_span": source, "content_spans": said or a.content_spans})
    return a


def _told_by(text: QuotedText, a: Attribution) -> Token | None:
    """The participle that a content hangs on, where the tagger took the verb behind: "Told | that it fell, he left"."""
    words = text.doc[slice(*text.tokens(*a.content_spans[0]))]
    verb = next((t.head for t in words if t.dep_ == "ccomp" and t.head not in words), None)
    if verb is None or verb.i >= words.start or verb.lemma_ not in lexicon.words("holder_words", "telling"):
        return None
    cue = text.doc[slice(*text.tokens(*a.cue_span))] if a.cue_span else ()
    return verb if verb not in cue and verb.head in cue and _is_passive(verb) else None


def _is_passive(verb: Token) -> bool:
    """Whether the subject of a verb is told: "was told that", "Told that it was over, she left"."""
    reduced = verb.dep_ in {"advcl", "acl", "ccomp"} and verb.i < verb.head.i and verb.tag_ in {"VBN", "VBD"}
    reduced = reduced and not children(verb, "nsubj", "aux", "dobj")
    return reduced or bool(children(verb, "nsubjpass"))


def _tellers(verb: Token) -> Iterator[Range]:
    of_object = (p for o in children(verb, "dobj") for p in children(o, "prep"))
    for prep in [*children(verb, "prep", "agent"), *of_object]:
        if prep.lower_ in {"from", "by"}:
            yield from (subtree(c) for c in children(prep, "pobj") if c.ent_type_ not in {"DATE", "TIME"})


def _of_denier(a: Attribution, cue: Token) -> Attribution | None:
    """Keep a denial of what can be true or false; to turn a proposal down is to oppose it.

    To turn anything else down ("dismissed two guards", "declined to comment") is an act that the narrator tells. Who
    "denied the report: …" and is quoted says what is quoted, and denies the report.
    """
    if cue.lemma_ in lexicon.words("denial_words", "declining") and any(_is_telling(c) for c in children(cue, "xcomp")):
        return None
    things = [c for c in children(cue, "dobj", "nsubjpass") if c.tag_ not in WH_TAGS]
    if a.type == "direct":
        besides = any(not any(start <= thing.idx < end for start, end in a.content_spans) for thing in things)
        return a.model_copy(update={"cue_kind": "speech"}) if besides else a
    if cue.lemma_ not in lexicon.words("denial_words", "turning_down") or not things or children(cue, "ccomp"):
        return a
    thing, name = things[0], things[0].lemma_.lower()
    role = [o for p in children(cue, "prep") if p.lower_ == "as" for o in children(p, "pobj", "pcomp")]
    denied = name in lexicon.words("denial_words", "proposition") or that_clause(thing)
    if denied or (cue.lemma_ == "deny" and not _is_access(cue, thing)):
        return a
    proposals = lexicon.words("denial_words", "proposal")
    proposed = name in proposals or any(is_infinitive(c) for c in children(thing, "acl"))
    if proposed or any(o.dep_ == "pcomp" or children(o, "det", "amod") for o in role):
        return a.model_copy(update={"cue_kind": "opposition"})
    return None


def _is_telling(verb: Token) -> bool:
    telling = {"speech", "confirmation", "denial"}
    utters = verb.lemma_ in lexicon.words("denial_words", "uttering")
    return utters or any(c.entry.cue_kind in telling for c in cues_of(verb))


def _is_access(cue: Token, thing: Token) -> bool:
    """Whether "deny" means to withhold: "denied them a visa", "denied entry"."""
    return bool(children(cue, "dative")) or thing.lemma_.lower() in lexicon.words("denial_words", "withheld")
