"""From a parsed and attributed document to its claims: one proposition, one source, one place.

A sentence is cut into clauses that assert something by themselves; a clause belongs to the innermost attribution
whose content covers it, else to the voice of its section. Each becomes a `Claim` with a frame (who does what to
whom), so that claims about one thing meet however they are worded.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.contradiction import judging as contradiction
from claimtrack.contradiction import nli
from claimtrack.meaning import factuality, falsity, scope
from claimtrack.meaning.condition import as_long_as
from claimtrack.reading import ingest
from claimtrack.reference import linking, noun_phrases
from claimtrack.schema import (
    Attribution,
    Claim,
    Contradiction,
    Document,
    Entity,
    Factuality,
    Frame,
    Likelihood,
    NearMiss,
    Position,
    Qualification,
    Section,
    Source,
    Span,
    Verdict,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

    from claimtrack.contradiction.nli import PairModel

SILENT_SECTIONS = frozenset({"boilerplate", "byline"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "attr", "oprd", "dative"})
FINITE_TAGS = frozenset({"VBZ", "VBP", "VBD", "MD"})
CONTENT_POS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
OUTSIDE_PHRASE = frozenset({"relcl", "acl", "advcl", "conj", "cc", "punct", "appos"})
THING_TYPES = frozenset({"place", "work", "organization", "event", "other"})
OWNERS = frozenset({"poss", "amod", "compound", "nmod"})
PARTY_TYPES = frozenset({"country", "organization", "person"})
OBJECT_ACTS = frozenset({"of", "from", "for", "into"})
"""Prepositions before a gerund whose actor is the verb's object; with "by" and "in" it is the subject."""
LEAVES_ACTOR_OPEN = frozenset({"suggest", "propose", "recommend", "advocate", "discuss", "consider"})
LAPSED = re.compile(r"\b(?:used to|originally|initially)\b", re.IGNORECASE)
LAPSED_VIEW = re.compile(r"\b(?:once|formerly|previously)\b", re.IGNORECASE)

FALSELY = re.compile(r"\b(?:false|wrong|incorrect|mistaken|erroneous|baseless)ly\b", re.IGNORECASE)
"""By these an author denies what somebody claims."""

HEARSAY = frozenset({"speech", "accusation"})
"""Cues by which an author who names no source passes on what he does not vouch for: "reportedly", "claims that"."""

WHOLE = {"wo": "will", "ca": "can", "sha": "shall", "'ll": "will", "’ll": "will"}  # before "n't", or contracted
PLURAL_PRONOUNS = frozenset({"they", "we", "you", "i"})
UNDOING = frozenset({"ability", "aspect", "implicative", "cessation", "prevention"})
"""Governors that belong to what happens, where they or a "not" beside them turn it over."""
COPULAS = frozenset({"be", "remain", "stay", "become"})
SCENARIO = re.compile(r"\W*(?:the )?[\w-]+ (?:scenario|variant|option)(?: \w+)?\s*[:–—-][^.!?\n]*", re.IGNORECASE)
"""How a paragraph of a scenario list begins: "Second scenario: a siege.", "Worst-case scenario – war."."""

UNDECIDED = nli.Verdict(entailment=0.1, neutral=0.8, contradiction=0.1)
RULED_OUT = 0.2
FAR = 300
"""Characters beyond which a cue or source is no longer shown in one breath with the claim."""
STRIPPED = " \t\n\r,;:.–—-*•>"


class EventWord(lexicon.Entry):
    """A word that names an event, and the class under which such events meet."""

    event: str


class LightVerb(lexicon.Entry):
    """A predicate that says only whether or when the event in its subject takes place."""


class PositionVerb(lexicon.Entry):
    """A predicate that puts its subject for or against its object."""

    value: Literal["favor", "against"]
    object: str
    complement: tuple[str, ...] = ()


class CauseWord(lexicon.Entry):
    """A word that names a cause, or calls a named cause a mere excuse."""

    role: Literal["cause", "pretext"]


class Imminence(lexicon.Entry):
    """An adjective that takes for granted that an event will come, and how surely, in [0, 1]."""

    low: float
    high: float
    point: float


class ClauseMarker(lexicon.Entry):
    """A subordinator, and whether its clause is asserted, conceded or only supposed."""

    role: Literal["claim", "concession", "condition"]


@dataclass(frozen=True)
class Clause:
    """A clause that asserts something: its head, its own tokens in order, and who is said to hold it.

    `denied`: the holder calls it false ("the claim that he left is untrue"). `repeated` is the clause before it that
    gives its words where it is cut short ("it had not").
    """

    head: Token
    tokens: tuple[Token, ...]
    attribution: Attribution | None
    denied: bool = False
    repeated: Clause | None = None


def extract(document: Document, nlp: Language) -> list[Claim]:
    """List the claims of one document, in text order; empty for a document without running text."""
    return next(iter(extract_all([document], nlp)))[1]


def extract_all(documents: Iterable[Document], nlp: Language) -> Iterator[tuple[Document, list[Claim]]]:
    """Give each document with its claims, in the order they came; memory stays bounded however many there are."""
    for document in documents:
        with nlp.memory_zone():
            doc = nlp.make_doc(document.text)
            doc._.document = document
            claims = list(nlp(doc)._.claims)
        yield document, claims


def compare(premise: str, hypothesis: str, nlp: Language, model: PairModel | None = None) -> Verdict:
    """Judge two statements: whether the hypothesis follows from the premise, contradicts it, or neither.

    They are read as one text, so that names and pronouns of the second may refer to the first. The pair model gives
    the probabilities; a rule that finds a clash raises that of contradiction to its score and explains it. What rules
    a clash out (other parties, a condition, a question, two possibilities) keeps it below 0.2. Without a model, what
    no rule decides is neutral.
    """
    border = len(premise)
    claims = extract(ingest.from_text(f"{premise}\n\n{hypothesis}"), nlp)
    first, second = ([c for c in claims if (c.spans[0][0] < border) is side] for side in (True, False))
    judged = [contradiction.judge(a, b) for a in first for b in second]
    read = model.judge([(premise, hypothesis)])[0] if model else UNDECIDED
    clash = max((p for p in judged if isinstance(p, Contradiction)), key=lambda p: p.score, default=None)
    if clash is not None:
        return _verdict(read, max(clash.score, read.contradiction), clash.explanation)
    near = next((p for p in judged if isinstance(p, NearMiss)), None)
    if near is not None or not _stand_against(first, second):
        return _verdict(read, min(RULED_OUT, read.contradiction), near.explanation if near else None)
    return _verdict(read, read.contradiction, None)


def _stand_against(first: Sequence[Claim], second: Sequence[Claim]) -> bool:
    """Tell whether both sides assert something, and not both a mere possibility: "may" and "may not" can both stand."""
    held = [{c.factuality[:2] for c in side if c.factuality not in {"Uu", "CTu"}} for side in (first, second)]
    return all(held) and held != [{"PS"}, {"PS"}]


def _verdict(read: nli.Verdict, clash: float, explanation: str | None) -> Verdict:
    """Give a verdict with this probability of contradiction, the rest shared out as the pair model does."""
    rest = (1 - clash) / max(read.entailment + read.neutral, 1e-9)
    return Verdict(entailment=read.entailment * rest, neutral=read.neutral * rest, contradiction=clash,
                   explanation=explanation)


def claims_of(doc: Doc) -> list[Claim]:
    """Build the claims of a doc that carries `document`, `links` and `attributions`."""
    document: Document = doc._.document
    builder = _Builder(doc, document)
    claims = [claim for clause in clauses(doc, document, doc._.attributions) for claim in builder.claims(clause)]
    return sorted(_distinct(claims), key=lambda c: (c.spans, c.id))


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    return list({claim.id: claim for claim in claims}.values())


# --- clauses -----------------------------------------------------------------------------------------------------


def clauses(doc: Doc, document: Document, attributions: Sequence[Attribution]) -> Iterator[Clause]:
    """Cut a document's speaking sections into asserting clauses, each with its innermost attribution."""
    told = _Told(doc, attributions)
    silent = _silent_tokens(doc, document)
    bare = {a.id: a for a in attributions}
    before: Clause | None = None
    for sent in doc.sents:
        spoken = [t for t in sent if t.i not in silent]
        heads = [t for t in spoken if told.is_head(t)]
        taken = {t.i for t in spoken if t.dep_ != "ROOT" and _asserts(t)}
        taken |= {t.i for t in heads if _imminence(t) is None}
        for head in heads:
            if told.repeats_content(head):
                continue
            found = list(_clauses_at(told, head, taken, before))
            for attribution in (told.owners[head.i], *(clause.attribution for clause in found)):
                bare.pop(attribution.id if attribution else "", None)
            yield from found
            before = found[-1] if found else before
    yield from (clause for a in bare.values() if (clause := _whole_content(doc, a)) is not None)


def _clauses_at(told: _Told, head: Token, taken: set[int], before: Clause | None) -> Iterator[Clause]:
    """Give the clause of a head; two where the text tells of a claim and that it is false."""
    owner = None if told.continues_cue(head) or told.ends_above(head) else told.owners[head.i]
    if owner and owner.source_span is None and not _is_finite(head):  # "the canal is expected to open"
        tokens = tuple(_own_tokens(_governor(head), taken - {head.i}))
    else:
        tokens = tuple(t for t in _own_tokens(head, taken) if owner is None or told.owners[t.i])
    false, label = falsity.refuted_content(head), falsity.label(head) if owner else None
    tokens = _without_connectives(_before(label, tokens))
    attribution = owner or told.cues.get(head.i) or told.cues.get(factuality.event_of(head).i)
    if false is not None:
        yield Clause(false, _without_connectives(tuple(_own_tokens(false, taken))), owner, denied=True)
    elif _is_cut_short(head):
        if before is not None and _takes_up(head, before):
            yield Clause(before.head, tokens, attribution, denied=True, repeated=before)
    elif attribution and not owner and (report := _report(head.doc, attribution)):
        yield report
    elif tokens:
        unheld = owner is not None and owner.source_span is None and owner.cue_kind in HEARSAY
        yield Clause(head, tokens, attribution, label is not None or (unheld and falsity.refuted(head)))
        if owner and FALSELY.search(owner.cue or ""):
            yield Clause(head, tokens, None, denied=True)  # what is "falsely claimed" the author denies


def _is_cut_short(head: Token) -> bool:
    """Tell whether a clause leaves its verb to the one before: "it had not", "Chile will"."""
    own = (c for c in head.children if not (c.dep_ == "ccomp" and c.i < head.i))  # "Peru won't win; Chile will"
    alone = all(c.dep_ in {*SUBJECTS, "neg", "punct", "cc", "mark", "aux"} for c in own)
    return alone and (head.tag_ == "MD" or (head.lemma_ in {"have", "do", "be"} and _is_negated(head)))


def _takes_up(head: Token, before: Clause) -> bool:
    """Tell whether a clause cut short denies the one before: "Quist said Peru had left, but Banda said it had not"."""
    links: linking.Links = head.doc._.links
    subject, first = _subject(head), _subject(before.head)
    if subject is None or first is None:
        return False
    who, which = (links.at(t.idx, t.idx + len(t)) for t in (subject, first))
    if who is None:  # "it" may be left open
        same = subject.lower_ == "it" and (which is None or which.type != "person")
    else:
        same = which is not None and who.id == which.id
    return same and _is_negated(head) and not before.denied and not _is_negated(before.head)


def _before(label: Token | None, tokens: Sequence[Token]) -> Sequence[Token]:
    """Cut off the label put on a content: "the king had died" of "called reports that the king had died fake news"."""
    if label is None or not tokens or label.i < tokens[0].i:
        return tokens
    start = label.head.i if label.head.lower_ == "as" else label.left_edge.i
    return [t for t in tokens if t.i < start]


def _content(doc: Doc, attribution: Attribution) -> list[TokenSpan]:
    spans = (doc.char_span(s, e, alignment_mode="expand") for s, e in attribution.content_spans)
    return [span for span in spans if span]


def _whole_content(doc: Doc, attribution: Attribution) -> Clause | None:
    """Take a content that holds no clause ("He spoke of 'a dark day'") for one claim as it stands."""
    found = _content(doc, attribution)
    tokens = _without_connectives([t for span in found for t in span])
    return _report(doc, attribution) or (Clause(found[0].root, tokens, attribution) if tokens else None)


def _report(doc: Doc, attribution: Attribution) -> Clause | None:
    """Take what a report consists of for the claim: "the king had died" in "denied reports that the king had died"."""
    found = _content(doc, attribution)
    head = falsity.reported_in(found[0].root) if found else None
    if head is None:
        return None
    label = falsity.label(head)
    tokens = _without_connectives(_before(label, [*head.subtree]))
    return Clause(head, tokens, attribution, label is not None) if tokens else None


class _Told:
    """Which attribution covers each token, which one each cue word introduces, and which contents hold a clause."""

    def __init__(self, doc: Doc, attributions: Sequence[Attribution]) -> None:
        self.owners = _owners(doc, attributions)
        self.cues = _cue_tokens(doc, attributions)
        tops = (t for t in doc if self._is_top(t) and not (t.dep_ == "conj" and t.head.i in self.cues))
        self.clausal = {owner.id for t in tops if _heads_content(t) and (owner := self.owners[t.i])}

    def _is_top(self, token: Token) -> bool:
        owner = self.owners[token.i]
        return owner is not None and (token.dep_ == "ROOT" or self.owners[token.head.i] is not owner)

    def is_head(self, token: Token) -> bool:
        """Tell whether a token heads a clause that asserts something by itself."""
        if token.is_space or token.is_punct:
            return False
        if token.dep_ != "ROOT" and self._is_top(token) and not self.continues_cue(token):
            return _heads_content(token)
        if any(t.i in self.cues and self.cues[t.i].id in self.clausal for t in (token, *token.conjuncts)):
            return False  # its content is the claim; so in "would neither confirm nor deny that …"
        return _asserts(token) or _imminence(token) is not None

    def repeats_content(self, head: Token) -> bool:
        """Tell whether a clause only brings up a content: "there is no evidence that …", "no signs emerged that …"."""
        if self.owners[head.i] is not None and not self.ends_above(head):
            return False
        subject = next((c for c in head.children if c.dep_ in SUBJECTS), None)
        cue = self.cues.get(subject.i) if subject is not None else None
        denied = cue is not None and cue.source_span is None and falsity.refutes(head)  # the content itself is
        bare = denied or not any(c.dep_ in {*OBJECTS, "acomp"} for c in head.children)
        event = factuality.event_of(head)
        repeated = event != head and self.owners[event.i] is not None
        if subject is not None and subject.lower_ == "it":  # "it would be wrong to say that …"
            below = (c for node in (head, scope.predicate(head)) for c in node.children if c.dep_ == "xcomp")
            repeated |= any(c.i in self.cues and self.cues[c.i].id in self.clausal for c in below)
        return repeated or (bare and cue is not None and cue.id in self.clausal)

    def ends_above(self, head: Token) -> bool:
        """Tell whether a content was read too far, to the verb above its cue: "Questions whether he paid | remain"."""
        owner = self.owners[head.i]
        return owner is not None and any(self.cues.get(c.i) is owner for c in head.children if c.dep_ in SUBJECTS)

    def continues_cue(self, token: Token) -> bool:
        """Tell whether a verb stands beside a cue, not under it: "Peru backed Chile and traded with Bolivia"."""
        return token.dep_ == "conj" and token.head.i in self.cues and _is_finite(token)


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


def _silent_tokens(doc: Doc, document: Document) -> set[int]:
    silent = set()
    for section in document.sections:
        if section.kind in SILENT_SECTIONS:
            silent |= {t.i for t in doc.char_span(section.start, section.end, alignment_mode="expand") or ()}
    return silent


def _heads_content(token: Token) -> bool:
    """Tell whether a word at the top of a content makes it a clause; an if-clause beside a noun does not."""
    if token.dep_ in {"ccomp", "xcomp", "pcomp", "ROOT"}:
        return True
    marker = clause_marker(token)
    conditional = marker is not None and marker.role == "condition"
    return (_is_finite(token) and not conditional) or (token.pos_ == "VERB" and token.dep_ in {"acl", "conj"})


def _asserts(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return _is_finite(token) or _names_event(token)
    if token.pos_ not in {"VERB", "AUX"} or not _is_finite(token):
        return False
    marker = clause_marker(token)
    if marker is not None and marker.role == "condition":
        return False
    if token.dep_ == "conj":
        opener = clause_marker(token.head)
        conditional = opener is not None and opener.role == "condition"
        return not conditional and (_asserts(token.head) or any(c.dep_ in SUBJECTS for c in token.children))
    if token.dep_ in {"advcl", "prep"}:
        return marker is not None
    if token.dep_ == "relcl":
        return token.left_edge.i > 0 and token.doc[token.left_edge.i - 1].text == ","
    if token.dep_ in {"ccomp", "parataxis"}:
        return _is_independent(token)
    return False


def _is_independent(token: Token) -> bool:
    """Tell a main clause that the parser hangs on its neighbour ("The dam broke; the town was moved")."""
    has_mark = any(c.dep_ in {"mark", "det", "advmod"} and c.tag_ in {"IN", "WDT", "WRB", "WP"} for c in token.children)
    after = token.doc[token.right_edge.i + 1:token.right_edge.i + 2]
    separated = any(t.text in {";", ":", "—", "–", "-"} for t in after)
    return separated and not has_mark


def _is_finite(token: Token) -> bool:
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    if any(t.tag_ in FINITE_TAGS for t in (token, *(c for c in token.children if c.dep_ in {"aux", "auxpass"}))):
        return True
    return token.dep_ == "conj" and token.tag_ in {"VB", "VBN"} and _is_finite(token.head)


def _imminence(token: Token) -> tuple[Imminence, Token] | None:
    """Give the adjective by which a noun phrase takes an event for granted: "the reason is an upcoming war"."""
    signs = lexicon.phrases("imminence", Imminence)
    if not _names_event(token):
        return None
    return next(((signs[c.lower_], c) for c in token.children if c.dep_ == "amod" and c.lower_ in signs), None)


def _names_event(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and _event_class(token) is not None


def _event_class(token: Token) -> str | None:
    """Give the class of an event word: "war" for "war" and for "military operation", none for "operation" alone."""
    lemma, words = token.lemma_.lower(), _event_words()
    pairs = (f"{c.lower_} {lemma}" for c in token.children if c.dep_ in {"amod", "compound", "nmod"})
    return next((words[pair] for pair in pairs if pair in words), words.get(lemma))


def clause_marker(token: Token) -> ClauseMarker | None:
    """Give the subordinator that opens a clause, where the lexicon of clauses knows it."""
    markers = lexicon.phrases("clauses", ClauseMarker)
    openers = [c for c in token.lefts if c.dep_ in {"mark", "advmod"}]
    as_long = any(t.i and as_long_as(t.nbor(-1)) == token for t in openers)
    words: list[str] = ["if"] if as_long else [t.lower_ for t in openers]
    found = [markers[word] for word in words if word in markers]
    return next((m for m in found if m.role == "condition"), found[0] if found else None)  # "as if" supposes


def _own_tokens(head: Token, taken: set[int]) -> Iterator[Token]:
    """Give the subtree of a head without the clauses of other heads below it, in text order.

    Infinitives and what hangs on a noun stay: "Peru decided to leave" and "Peru's fear that the dam will break" are
    cut short without them.
    """
    stack, own = [head], []
    while stack:
        token = stack.pop()
        own.append(token)
        stack.extend(c for c in token.children if c.i not in taken or _completes(c))
    yield from sorted(own, key=lambda t: t.i)


def _without_connectives(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Cut off what only ties a clause to its neighbours: "that", "although" before it, "and", "but" after it."""
    markers = lexicon.phrases("clauses", ClauseMarker)
    start, end = 0, len(tokens)
    while start < end and (_is_loose(tokens[start]) or _opens_assertion(tokens[start], markers)):
        if tokens[start].lower_ == "nor":
            break
        start += 1
    while end > start and _is_loose(tokens[end - 1]):
        end -= 1
    last = tokens[end - 1] if end > start else None
    if last is not None and last.dep_ == "pobj" and last.head.lower_ == "as" and any(
            c.dep_ == "relcl" and c not in tokens for c in last.children):
        end -= 2  # "war is unlikely as Peru, which …, will not allow it": the clause went, "as Peru" goes too
    return tuple(tokens[start:end])


def _is_loose(token: Token) -> bool:
    return token.is_space or token.dep_ == "cc" or (token.is_punct and not (token.is_quote or token.text in "()?!"))


def _opens_assertion(token: Token, markers: dict[str, ClauseMarker]) -> bool:
    if token.i + 1 < len(token.doc) and as_long_as(token.nbor(1)) is not None:
        return False
    entry = markers.get(token.lower_) if token.dep_ in {"mark", "advmod"} else None
    return (token.dep_ == "mark" and token.lower_ == "that") or (entry is not None and entry.role != "condition")


def _governor(infinitive: Token) -> Token:
    while infinitive.dep_ in {"xcomp", "ccomp", "acomp"}:
        infinitive = infinitive.head
    return infinitive


def _completes(clause: Token) -> bool:
    on_noun = clause.head.pos_ in {"NOUN", "PROPN"} and clause.dep_ in {"acl", "ccomp"}
    return on_noun or (clause.dep_ in {"xcomp", "pcomp"} and not _is_finite(clause))


# --- one claim ---------------------------------------------------------------------------------------------------


@cache
def _event_words() -> dict[str, str]:
    return {word: entry.event for word, entry in lexicon.phrases("events", EventWord).items()}


class _Builder:
    """Builds claims of one doc; holds what all claims of the doc share."""

    def __init__(self, doc: Doc, document: Document) -> None:
        self.doc = doc
        self.document = document
        self.text = document.text
        self.links: linking.Links = doc._.links
        self.dyad = _main_dyad(self.links)

    def claims(self, clause: Clause) -> Iterator[Claim]:
        """Build the claims of one clause: one for each of its coordinated events, none where it holds no words."""
        spans = _spans(self.text, clause.tokens)
        event = _accused_act(clause) or clause.head
        if event is clause.head and not _imminence(event):
            event = factuality.event_of(event)
        own = {t.i for t in (clause.repeated or clause).tokens}
        also = [t for t in event.conjuncts if t.pos_ == "VERB" and t.i in own] if event.pos_ == "VERB" else []
        for each in [event, *also] if spans else []:
            yield self._claim(each, clause, spans)

    def _claim(self, event: Token, clause: Clause, spans: tuple[Span, ...]) -> Claim:
        quality = self._qualify(event, clause, spans)
        start, end = spans[0][0], spans[-1][1]
        attribution = clause.attribution or _authorial(self.document.id, spans)
        source = linking.resolve_source(self.doc, self.links, self.document, attribution.source_span, start)
        section = _section_at(self.document, start)
        if section and section.kind == "comment":
            attribution = attribution.model_copy(update={"chain": _comment_chain(section, attribution, source)})
        worded = clause.repeated or clause
        frame = self._frame(event, worded, source)
        positions = self._positions(clause)
        if positions and quality.kind == "fact":
            quality = quality.model_copy(update={"kind": "opinion"})
        entities = self.links.entities(start, end)
        context = self._context(attribution, start, end)
        return Claim(
            id="clm_" + _digest(self.document.id, attribution.id, spans, event.i - clause.head.i),
            document=self.document.id, document_path=self.document.path, published=self.document.published,
            text=" … ".join(self.text[s:e] for s, e in spans), spans=spans,
            context=self.text[slice(*context)], context_span=context,
            proposition=self._proposition(event, worded, source),
            source=source, attribution=attribution,
            positions=positions, entities=entities,
            topics=self._topics(entities, frame, clause), frame=frame, section=section.kind if section else "body",
            confidence=_confidence(attribution, section, positions), **dict(quality),
        )

    def _qualify(self, event: Token, clause: Clause, spans: Sequence[Span]) -> Qualification:
        attribution = clause.attribution
        cue_kind, negated = attribution.cue_kind if attribution else None, self._is_cue_negated(attribution)
        unheld = attribution is not None and attribution.source_span is None and cue_kind in HEARSAY
        cue_kind, negated = ("denial", False) if clause.denied else (cue_kind, negated)
        quality = factuality.qualify(
            event, span=(spans[0][0], spans[-1][1]), cue_kind=cue_kind, cue_negated=negated,
            published=self.document.published,
        )
        if negated and cue_kind in {"intention", "hope"}:  # "does not want to annul it": expects not to
            quality = quality.model_copy(update={"stance": "deny", "polarity": "negative", "factuality": "PR-",
                                                 "commitment": -2.0})
        if unheld and not clause.denied and quality.likelihood is None and quality.factuality in {"CT+", "CT-"}:
            # "reportedly": passed on, not vouched for
            passed_on: Factuality = "PR+" if quality.factuality == "CT+" else "PR-"
            quality = quality.model_copy(
                update={"factuality": passed_on, "commitment": factuality.COMMITMENT[passed_on]})
        if attribution is not None and _is_lapsed(attribution):
            quality = quality.model_copy(update={"factuality": "Uu", "commitment": 0.0, "likelihood": None})
        if quality.stance == "question" and quality.likelihood and quality.likelihood.basis == "tense":
            quality = quality.model_copy(update={"likelihood": None})  # "who will win?" expects nothing
        if quality.condition is None and (label := self._scenario(spans[0][0])):
            weighed = quality.likelihood is not None and quality.likelihood.basis == "modal"
            kind = "scenario" if weighed and quality.kind == "prediction" else quality.kind  # "This could begin with …"
            quality = quality.model_copy(
                update={"condition": label, "factuality": "Uu", "commitment": 0.0, "kind": kind})
        return _taken_for_granted(quality, *sign) if (sign := _imminence(event)) else quality

    def _is_cue_negated(self, attribution: Attribution | None) -> bool:
        """Tell whether the source is said not to hold it: "neither Peru nor Chile is interested in a war"."""
        if attribution is None or attribution.cue_span is None:
            return False
        if attribution.cue_kind == "doubt" and attribution.source_span is None:
            return False  # "nothing suggests", "no evidence": the denial makes the doubt
        cue = self.doc.char_span(*attribution.cue_span, alignment_mode="expand")
        return attribution.negated or (cue is not None and bool(scope.negations(cue.root)))

    def _scenario(self, at: int) -> Span | None:
        """Give the label of the scenario that a paragraph lays out: its claims hold under "Scenario two: a siege"."""
        section = _section_at(self.document, at)
        label = SCENARIO.match(self.text, section.start, section.end) if section else None
        return label.span() if label and label.end() <= at else None

    def _context(self, attribution: Attribution, start: int, end: int) -> Span:
        """Give the sentences around a claim and its cue, unless the cue stands far away."""
        near = [span for span in (attribution.source_span, attribution.cue_span) if span and abs(span[0] - start) < FAR]
        first, last = min([start, *(s for s, _ in near)]), max([end, *(e for _, e in near)])
        covered = self.doc.char_span(first, last, alignment_mode="expand")
        if covered is None:
            return first, last
        return _trimmed(self.text, covered[0].sent.start_char, covered[-1].sent.end_char, " \t\r\n")

    def _frame(self, event: Token, clause: Clause, source: Source) -> Frame:
        core = _core_event(event)
        agents, patients = _participants(core)
        parties = self._parties(core, [*agents, *patients])
        actors = self._keys(agents) or self._silent_actor(core, clause, source)
        event_class = _event_class(core)
        cause, pretext = _cause(clause.tokens)
        inferred = False
        if event_class == "war" and len(parties) < 2 and set(parties) < set(self.dyad):
            parties, inferred = self.dyad, True
        return Frame(
            predicate=_predicate(core), span=_predicate_span(core), event=event_class,
            agents=actors, patients=self._keys(patients), parties=tuple(sorted(parties)),
            things=self._things(core), circumstances=self._circumstances(clause.tokens),
            terms=_terms(clause.tokens), cause=_terms(cause),
            cause_span=(cause[0].idx, cause[-1].idx + len(cause[-1])) if cause else None, pretext=pretext,
            negated=_is_negated(event), inferred=inferred,
        )

    @staticmethod
    def _silent_actor(core: Token, clause: Clause, source: Source) -> tuple[str, ...]:
        """Take the source for the one who acts where a verb has no subject: "Peru's plan to leave"."""
        acting = core.pos_ in {"VERB", "AUX"} and not _is_finite(core) and _speaks_of_itself(clause)
        return (source.id,) if acting and source.kind not in {"author", "voice", "unnamed"} else ()

    def _keys(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """Give entity ids, or lemmas of head nouns; a pronoun that resolves to nothing is left out."""
        found = ((self._entity(t), t) for t in tokens)
        return tuple(dict.fromkeys(
            e.id if e else t.lemma_.lower() for e, t in found if e or t.pos_ not in {"PRON", "DET"}))

    def _things(self, core: Token) -> tuple[str, ...]:
        """Give the linked things that the event happens to: those in its object, else in its subject."""
        objects = [c for c in core.children if c.dep_ in {"dobj", "nsubjpass"}]
        heads = [core] if core.pos_ in {"NOUN", "PROPN"} else objects or list(_coordinated(_subject(core)))
        found = (self._entity(t) for head in heads for t in _noun_phrase(head))
        return tuple(dict.fromkeys(e.id for e in found if e and e.type in THING_TYPES))

    def _entity(self, token: Token) -> Entity | None:
        return self.links.at(token.idx, token.idx + len(token))

    def _parties(self, core: Token, participants: Sequence[Token]) -> tuple[str, ...]:
        """Give the ids of states, organisations and persons that take part in an event."""
        if core.pos_ in {"NOUN", "PROPN"}:
            joint = any(c.lower_ == "joint" for c in core.children)  # "a joint invasion": not of one by the other
            tokens = [t for t in core.subtree if not (joint and t.i < core.i)]
        else:
            tokens = [t for p in participants for t in (p, *p.children) if t is p or t.dep_ in OWNERS]
        found = (self._entity(t) for t in tokens)
        return tuple(dict.fromkeys(e.id for e in found if e and e.type in PARTY_TYPES))

    def _circumstances(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """Give linked entities by the preposition they stand under, wherever in the clause the parser hung it.

        A possessive stands for "of": "Peru's economy" is the economy of Peru.
        """
        found = (("of" if t.dep_ == "poss" else t.head.lower_, self._entity(each))
                 for t in tokens if t.dep_ in {"pobj", "poss"} for each in _coordinated(t))
        return tuple(dict.fromkeys(f"{prep} {e.id}" for prep, e in found if e))

    def _positions(self, clause: Clause) -> tuple[Position, ...]:
        """Read who is for or against what: "Peru opposes the dam", "the Chilean-backed dam"."""
        found = []
        for entry, negated, holder, target in _stands(clause):
            holder_id, name = self._key_and_name(holder)
            target_id, target_name = self._key_and_name(target)
            if (holder.pos_ == "PRON" and ":" not in holder_id) or not (":" in target_id or " " in target_id):
                continue  # "they blocked the door": no position, or nobody's
            value = _flip(entry.value) if negated else entry.value
            found.append(
                Position(holder=name, holder_id=holder_id, target=target_name, target_id=target_id, value=value))
        return tuple(found)

    def _key_and_name(self, token: Token) -> tuple[str, str]:
        entity = self._entity(token)
        phrase = _noun_phrase(token)
        words = self.text[phrase[0].idx:phrase[-1].idx + len(phrase[-1])]
        return (entity.id, entity.name) if entity else (" ".join(_terms(phrase)), words)

    def _topics(self, entities: Sequence[Entity], frame: Frame, clause: Clause) -> tuple[str, ...]:
        """Give the topics of a claim: what it names, its event with the states that take part, its noun phrases."""
        slugs = dict.fromkeys(linking.topics(entities, self.text))
        if frame.event:
            slugs |= dict.fromkeys([frame.event])
            countries = sorted(p.removeprefix("country:") for p in frame.parties if p.startswith("country:"))
            if len(countries) == 2:
                slugs |= dict.fromkeys([*countries, "-".join(countries), "-".join([*countries, frame.event])])
        return tuple(slugs | dict.fromkeys(noun_phrases.topics(clause.tokens)))

    def _proposition(self, event: Token, clause: Clause, source: Source) -> str:
        """Word the claim as one sentence that can stand alone: hedges off, subject supplied, names for pronouns."""
        own = {t.i for t in clause.tokens}
        if event is clause.head and (verb := self._cue_verb(clause)) is not None:
            return self._proposition(verb, Clause(verb, tuple(verb.subtree), clause.attribution), source)
        nominal = event.pos_ in {"NOUN", "PROPN"} and (event is not clause.head or _imminence(event) is not None)
        bare = event.left_edge == event.right_edge or (
            event.lower_.endswith("ing") and not any(c.dep_ in {"det", "poss"} for c in event.children))
        if nominal and bare and not _names_event(event):
            event, nominal = clause.head, False  # a bare noun ("a chance of opening") says too little to stand alone
        twins = {t.i for twin in event.conjuncts if twin.pos_ == "VERB" for t in twin.subtree if twin.i > event.i}
        event = event if nominal else _undoing(event)
        tokens = [t for t in event.subtree if t.i in own - twins] or list(clause.tokens)
        words = self._as_main_clause(event, _without_marker(tokens, event))
        if nominal:
            words += " take place" if event.tag_ in {"NNS", "NNPS"} else " takes place"
        elif event.pos_ in {"VERB", "AUX"} and not any(
                c.dep_ in {*SUBJECTS, "expl"} and c in tokens for node in _with_passive(event) for c in node.children):
            words = self._with_subject(event, clause, source, words)
        else:
            words = _with_finite_verb(event, words)
        words = _balanced(words)
        return words[:1].upper() + words[1:]

    def _cue_verb(self, clause: Clause) -> Token | None:
        """Give the verb that governs a content without a clause: "Peru threatens war" says more than "war"."""
        cue = clause.attribution.cue_span if clause.attribution else None
        if cue is None or clause.head.pos_ not in {"NOUN", "PROPN"} or _imminence(clause.head):
            return None
        words = self.doc.char_span(*cue, alignment_mode="expand")
        verb = words.root if words is not None else None
        return verb if verb is not None and verb.pos_ in {"VERB", "AUX"} and verb.lemma_ != "accord" else None

    def _rewritten(self, tokens: Iterable[Token]) -> str:
        """Give the words of tokens in text order, with names for pronouns."""
        in_order = sorted(tokens, key=lambda t: t.i)  # the subtree of a crossing parse is not
        parts = (self.links.rewrite(s, e) for s, e in _spans(self.text, in_order))
        return " ".join(" ".join(parts).split())

    def _as_main_clause(self, event: Token, tokens: Sequence[Token]) -> str:
        """Give the words of a clause; in "which borders Peru" put what "which" stands for in its place."""
        if (opening := scope.inverting(event)) is not None:
            return self._uninverted(event, opening, tokens)
        relative = next((t for t in tokens if t.tag_ in {"WDT", "WP"}), None) if event.dep_ == "relcl" else None
        if relative is None:
            return self._rewritten(tokens)
        before, after = ([t for t in tokens if t.i < relative.i], [t for t in tokens if t.i > relative.i])
        return " ".join(filter(None, map(self._rewritten, (before, _antecedent(relative), after))))

    def _uninverted(self, event: Token, opening: Token, tokens: Sequence[Token]) -> str:
        """Give the words of "nor is Peru selling" in the order of a statement: "Peru is not selling"."""
        first = opening.nbor(1)
        subject = scope.subject(event)
        before = set(subject.subtree) if subject is not None else set()
        after = [t for t in tokens if t.i > first.i and t not in before]
        return " ".join([self._rewritten(before), first.lower_, "not", self._rewritten(after)])

    def _with_subject(self, event: Token, clause: Clause, source: Source, words: str) -> str:
        subject = _subject(event)
        if event.tag_ == "VBG" and event.head.lemma_ in LEAVES_ACTOR_OPEN:
            return words
        if subject is not None:
            name = self._rewritten(_antecedent(subject) or _without_asides(subject))
        elif clause.attribution and clause.attribution.source_span and _speaks_of_itself(clause):
            name = source.name
        else:
            return words
        return f"{name} {_with_shared_words(event, words, subject) or _finite_words(event, words, subject)}"


def _is_lapsed(attribution: Attribution) -> bool:
    """Tell a view that need not be held any more: "used to think", "once believed"; "once said" is said for good."""
    cue = attribution.cue or ""
    return bool(LAPSED.search(cue)) or (attribution.cue_kind == "belief" and bool(LAPSED_VIEW.search(cue)))


def _speaks_of_itself(clause: Clause) -> bool:
    """Tell whether an act without a subject is the source's own: what Peru plans or denies, not what it demands."""
    kind = clause.attribution.cue_kind if clause.attribution else None
    return kind not in {"demand", "accusation", "support", "opposition", "speech", None}


def _accused_act(clause: Clause) -> Token | None:
    """Give the act in "accused Peru of breaking the truce": that, not the accusing, is what is claimed."""
    if not clause.attribution or clause.attribution.cue_kind != "accusation":
        return None
    of = (p for p in clause.head.children if p.dep_ == "prep" and p.lower_ in {"of", "for"})
    return next((c for p in of for c in p.children if c.dep_ == "pcomp"), None)


def _taken_for_granted(quality: Qualification, entry: Imminence, word: Token) -> Qualification:
    """Read "an upcoming war" as the forecast that it is."""
    span = (word.idx, word.idx + len(word))
    likelihood = Likelihood(low=entry.low, high=entry.high, point=entry.point, phrase=word.text, phrase_span=span,
                            scale="claimtrack_default")
    time = quality.time.model_copy(update={"relation": "future"})
    return quality.model_copy(update={"kind": "prediction", "likelihood": likelihood, "time": time,
                                      "factuality": "PR+", "reasons": (*quality.reasons, span)})


def _main_dyad(links: linking.Links) -> tuple[str, ...]:
    """Give the two states a document is mostly about, or nothing where a third is named about as often."""
    counts = Counter(m.entity.id for m in links.mentions if m.entity.type == "country")
    top = counts.most_common(3)
    if len(top) < 2 or (len(top) == 3 and top[2][1] > 0.75 * top[1][1]):
        return ()
    return tuple(sorted(key for key, _ in top[:2]))


def _authorial(document_id: str, spans: Sequence[Span]) -> Attribution:
    return Attribution(id="att_" + _digest(document_id, "authorial", spans), type="authorial",
                       content_spans=tuple(spans), confidence=0.9)


def _confidence(attribution: Attribution, section: Section | None, positions: Sequence[Position]) -> float:
    """Combine how sure the attribution is with how well a section of its kind is read.

    A position is read off subject and object of its predicate and needs no reported content, so it is surer; so is
    what the author says without naming anybody ("the canal is expected to open").
    """
    sure = 0.85 if positions or (attribution.type == "indirect" and attribution.source_span is None) else 0.0
    prior = {"title": 0.85, "heading": 0.6, "caption": 0.7, "comment": 0.8}.get(section.kind if section else "", 1.0)
    return round(max(attribution.confidence, sure) * prior, 3)


def _section_at(document: Document, at: int) -> Section | None:
    return next((s for s in document.sections if s.start <= at < s.end), None)


def _comment_chain(section: Section, attribution: Attribution, source: Source) -> tuple[str, ...]:
    """Give who quotes whom below an article, outermost first: a commenter, a columnist, an embassy."""
    voices = [] if section.voice == "commenter" else ["commenter", section.voice]
    inner = [source.name] if attribution.type != "authorial" and source.name != section.voice else []
    return tuple(dict.fromkeys([*voices, *attribution.chain, *inner]))


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


# --- reading the parse -------------------------------------------------------------------------------------------


def _spans(text: str, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Give the character spans of tokens, neighbours joined, edges freed of space and loose punctuation."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans = (_trimmed(text, run[0].idx, run[-1].idx + len(run[-1])) for run in runs)
    return tuple(s for s in spans if any(c.isalnum() for c in text[s[0]:s[1]]))


def _trimmed(text: str, start: int, end: int, edges: str = STRIPPED) -> Span:
    while start < end and text[start] in edges:
        start += 1
    while end > start and text[end - 1] in edges:
        end -= 1
    return start, end


def _antecedent(pronoun: Token) -> list[Token]:
    """Give the noun phrase that a relative pronoun stands for; empty for any other word."""
    clause = next((a for a in pronoun.ancestors if a.dep_ == "relcl"), None)
    return _noun_phrase(clause.head) if clause is not None and pronoun.tag_ in {"WDT", "WP"} else []


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
    return any(t.lower_ in {"%", "percent", "per", "cent"} for t in preposition.subtree)


def _undoing(event: Token) -> Token:
    """Give the verb that turns an event over, for it belongs to the wording: "will not be able to pass", "fails to"."""
    worded = event
    for layer in scope.layers(event)[1:]:
        noun = layer.head.pos_ == "NOUN" and scope.copula(layer.head) is None
        if layer.entry is None or layer.entry.kind not in UNDOING or noun:
            break
        if layer.negated or layer.entry.affirmed == "CT-" or layer.entry.phrase == "use":
            worded = scope.top(layer.head)
    return worded


def _without_asides(subject: Token) -> list[Token]:
    """Give the words of a subject without a clause between commas: "Peru, which has a port, will pay"."""
    aside = {t.i for c in subject.children if c.dep_ == "relcl" and c.left_edge.nbor(-1).text == "," for t in c.subtree}
    tokens = [t for t in subject.subtree if not t.is_space and t.i not in aside]
    while aside and tokens[-1].is_punct:
        tokens.pop()
    return tokens


def _core_event(event: Token) -> Token:
    """Follow a light predicate to the event noun in its subject: "a war will break out" speaks of war."""
    if event.lemma_.lower() in lexicon.phrases("light", LightVerb):
        subject = _subject(event)
        if subject is not None and _names_event(subject):
            return subject
    return event


def _predicate(core: Token) -> str:
    particle = "".join(f" {c.lower_}" for c in core.children if c.dep_ == "prt")
    if core.lemma_ in COPULAS:
        complement = next((c for c in core.children if c.dep_ in {"acomp", "attr"}), None)
        return f"be {complement.lemma_.lower()}" if complement is not None else "be"
    return core.lemma_.lower() + particle


def _predicate_span(core: Token) -> Span:
    """Give the span of the word that carries the predicate: "unresolved" in "remains unresolved"."""
    word = next((c for c in core.children if c.dep_ == "acomp"), core) if core.lemma_ in COPULAS else core
    return word.idx, word.idx + len(word)


def _subject(token: Token) -> Token | None:
    """Find the subject of a verb: its own, or the one it shares as conjunct, infinitive or gerund."""
    while True:
        own = next((c for node in _with_passive(token) for c in node.children if c.dep_ in SUBJECTS), None)
        if own is not None:
            return None if _is_expletive(own, token) else own
        controller = _controller(token) or _before_aside(token)
        if controller is not None:
            return controller
        if token.tag_ == "VBG" and token.head.lemma_ in LEAVES_ACTOR_OPEN:
            return None
        shares = {"conj", "xcomp", "acomp", "oprd"} | (set() if _is_finite(token) else {"ccomp", "pcomp", "advcl"})
        if token.dep_ not in shares:
            return None
        token = token.head


def _with_passive(verb: Token) -> tuple[Token, ...]:
    """Give a verb and its passive auxiliary, on which the parser may hang the subject: "the port is closed"."""
    return (verb, *(c for c in verb.children if c.dep_ == "auxpass"))


def _is_expletive(subject: Token, verb: Token) -> bool:
    """Tell whether "it" only holds the place of a clause: "it is plausible that …"."""
    return subject.lower_ == "it" and any(c.dep_ == "ccomp" for c in verb.children)


def _controller(token: Token) -> Token | None:
    """Give the object that does what an infinitive or gerund says: "urged Peru to leave", "accused Peru of leaving"."""
    verb = token.head.head if token.dep_ == "pcomp" and token.head.dep_ == "prep" else token.head
    if token.dep_ not in {"xcomp", "pcomp"} or (token.dep_ == "pcomp" and token.head.lower_ not in OBJECT_ACTS):
        return None
    return next((c for c in verb.children if c.dep_ == "dobj" and c.i < token.i), None)


def _before_aside(verb: Token) -> Token | None:
    """Give the subject that an aside cuts off from its verb: "as Peru, which has a port, will not pay".

    The parser hangs such a noun on "as", as if no verb followed.
    """
    first = min([verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"})], key=lambda t: t.i)
    if first.i < 2 or first.nbor(-1).text != "," or not _is_finite(verb):
        return None
    aside = next((t for t in (first.nbor(-2), *first.nbor(-2).ancestors) if t.dep_ == "relcl"), None)
    noun = aside.head if aside is not None and aside.right_edge.i == first.i - 2 else None
    return noun if noun is not None and noun.dep_ == "pobj" and noun.head.lower_ == "as" else None


def _coordinated(token: Token | None) -> Iterator[Token]:
    if token is not None:
        yield token
        yield from token.conjuncts


def _participants(core: Token) -> tuple[list[Token], list[Token]]:
    """Give the head words of who acts and of whom or what it is done to."""
    if core.pos_ in {"NOUN", "PROPN"}:
        return [], []
    subject = [] if _is_choice(holder := _subject(core)) else list(_coordinated(holder))
    objects = [t for c in core.children if c.dep_ in OBJECTS for t in _coordinated(c)]
    governors = [core, *(c for c in core.children if c.dep_ == "acomp")]
    objects += [t for governor in governors for prep in governor.children if prep.dep_ == "prep"
                for c in prep.children if c.dep_ == "pobj" for t in _coordinated(c)]
    if any(c.dep_ == "nsubjpass" for c in core.children):
        by = [c for prep in core.children if prep.dep_ == "agent" for c in prep.children if c.dep_ == "pobj"]
        return by, subject + objects
    return subject, objects


def _is_choice(noun: Token | None) -> bool:
    """Tell whether only one of several need act: "Peru or Chile will win"."""
    joined = [] if noun is None else [noun, *noun.conjuncts]
    return len(joined) > 1 and any(c.dep_ == "cc" and c.lower_ == "or" for t in joined for c in t.children)


def _stands(clause: Clause) -> Iterator[tuple[PositionVerb, bool, Token, Token]]:
    """Give entry, negation, holder and target of every position that a clause takes or mentions."""
    for entry, target in _position_targets(clause.head):
        for holder in _coordinated(_holder(clause.head)):
            if not scope.scarce(holder) and holder.doc[holder.left_edge.i - 1].lower_ != "not":  # "Not every member …"
                yield entry, _is_negated(clause.head), holder, target
    for token in clause.tokens:
        if token.tag_ == "VBN" and token.dep_ == "amod" and token.i > 1 and token.nbor(-1).text == "-":
            for entry in _position_entries(token):
                yield entry, False, token.nbor(-2), token.head  # "Chilean-backed dam"


def _position_entries(verb: Token) -> list[PositionVerb]:
    return [e for e in lexicon.read("positions", PositionVerb) if e.phrase == verb.lemma_.lower() and not e.complement]


def _position_targets(head: Token) -> Iterator[tuple[PositionVerb, Token]]:
    for entry in lexicon.read("positions", PositionVerb):
        if entry.phrase != head.lemma_.lower():
            continue
        target = _object(head, entry.object)
        if target is not None and (not entry.complement or _complement(head) in entry.complement):
            yield entry, target


def _holder(head: Token) -> Token | None:
    """Give who takes the position: the subject, in a passive the agent."""
    if not any(c.dep_ == "nsubjpass" for c in head.children):
        return _subject(head)
    return next((c for by in head.children if by.dep_ == "agent" for c in by.children if c.dep_ == "pobj"), None)


def _object(head: Token, where: str) -> Token | None:
    if where == "dobj":
        return next((c for c in head.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    return next((c for prep in head.children if prep.dep_ == "prep" and prep.lower_ == where
                 for c in prep.children if c.dep_ == "pobj"), None)


def _complement(head: Token) -> str | None:
    for child in head.children:
        if child.dep_ == "oprd":
            return child.lemma_.lower()
        if child.dep_ == "prep" and child.lower_ == "as":
            return next((c.lemma_.lower() for c in child.children if c.dep_ == "pobj"), None)
    return None


def _flip(value: Literal["favor", "against"]) -> Literal["favor", "against"]:
    return "against" if value == "favor" else "favor"


def _is_negated(event: Token) -> bool:
    return bool(scope.negations(event))


def _terms(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.lemma_.lower() for t in tokens if t.pos_ in CONTENT_POS and not t.is_stop))


def _cause(tokens: Sequence[Token]) -> tuple[list[Token], bool]:
    """Give the words that name a cause, and whether it is called a mere excuse; no words where there is neither."""
    words = lexicon.phrases("causes", CauseWord)
    for token in tokens:
        entry = words.get(token.lemma_.lower())
        if entry and entry.role == "pretext" and token.dep_ == "attr":
            subject = _subject(token.head)
            return (list(subject.subtree) if subject is not None else []), True
        if entry and entry.role == "cause" and token.dep_ in {"prep", "acomp", "advmod"}:
            return [t for c in token.rights for t in c.subtree if t is not c or c.pos_ != "ADP"], False
    return [], False


def _noun_phrase(head: Token) -> list[Token]:
    """Give the words of a noun phrase, its clauses and coordinated phrases left out."""
    stack, own = [head], []
    while stack:
        token = stack.pop()
        own.append(token)
        stack.extend(c for c in token.children if c.dep_ not in OUTSIDE_PHRASE)
    return sorted(own, key=lambda t: t.i)


def _with_finite_verb(event: Token, words: str) -> str:
    """Turn the infinitive of a clause with a subject of its own into a verb: "the canal to open" into "opens"."""
    auxiliaries = [c for c in event.children if c.dep_ in {"aux", "auxpass"}]
    subject = next((c for c in event.children if c.dep_ in SUBJECTS), None)
    if subject is None or not any(c.lower_ == "to" for c in auxiliaries):
        return words
    verb = min((t for t in (event, *auxiliaries) if t.lower_ != "to"), key=lambda t: t.i)
    lemma = verb.lemma_.lower()
    helps = lemma == "be" or (lemma == "have" and verb is not event)
    denied = f"{_present(lemma, subject)} not" if helps else f"{_present('do', subject)} not {lemma}"
    words = re.sub(rf"\b(?:not to|to not|never to) {re.escape(verb.text)}\b", denied, words, count=1)
    return re.sub(rf"\bto {re.escape(verb.text)}\b", _present(lemma, subject), words, count=1)


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


def _finite_words(event: Token, words: str, subject: Token | None) -> str:
    """Turn "having bases", "to leave", "to have left" into "has bases", "leaves", "has left", to follow a subject."""
    auxiliaries = (c for c in event.children if c.dep_ in {"aux", "auxpass"})
    chain = sorted((event, *auxiliaries), key=lambda t: t.i)
    verb = next((t for t in chain if t.lower_ != "to"), event)
    infinitive = event.tag_ in {"VB", "VBP"} and event.dep_ == "conj" and event.head.tag_ == "VB"  # "to grow and pay"
    if not infinitive and (_is_finite(event) or not (verb.tag_ == "VBG" or chain[0].lower_ == "to")):
        return words
    if (denied := re.match(r"(not|never) to ", words, re.IGNORECASE)) is not None:
        helper = f"{_present('do', subject)} not" if denied[1].lower() == "not" else f"will {denied[1].lower()}"
        return f"{helper} {words[denied.end():]}"
    bare = words.removeprefix("to ").removeprefix("To ")
    return re.sub(rf"\b{re.escape(verb.text)}\b", _present(verb.lemma_.lower(), subject), bare, count=1)


def _with_shared_words(event: Token, words: str, subject: Token | None) -> str | None:
    """Give a second predicate the modal and the "not" of the first: "will not ratify" of "will not sign or ratify"."""
    if event.dep_ != "conj":
        return None
    helpers = [WHOLE.get(t.lower_, t.text) for t in scope.auxiliaries(event)] if scope.shares_auxiliaries(event) else []
    denials = scope.negations(event)
    denied = bool(denials) and not {*denials} & {*event.subtree}
    if denied and not helpers and _is_finite(event):
        helpers = ["did" if event.tag_ == "VBD" else _present("do", subject)]
        words = re.sub(rf"\b{re.escape(event.text)}\b", event.lemma_.lower(), words, count=1)
    if not helpers or not (denied or scope.modal(event)):
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
    irregular = {"be": ("is", "are"), "have": ("has", "have"), "do": ("does", "do"), "go": ("goes", "go")}
    if lemma in irregular:
        return irregular[lemma][plural]
    if plural:
        return lemma
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"
