"""The clauses of a document that assert something: where they are cut, and who is said to hold them.

A sentence is cut into clauses that assert something by themselves; a clause belongs to the innermost attribution
whose content covers it, else to the voice of its section.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.claims import arguments, assertions, events
from claimtrack.claims.contents import Contents, calls_false, is_hearsay
from claimtrack.meaning import falsity, hedges, negation
from claimtrack.schema import Attribution, Document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

    from claimtrack.reference.linking import Links

SILENT_SECTIONS = frozenset({"boilerplate", "byline"})


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

    @property
    def is_of_source_itself(self) -> bool:
        """Whether an act without a subject is the source's own: what Peru plans or denies, not what it demands."""
        kind = self.attribution.cue_kind if self.attribution else None
        return kind not in {"demand", "accusation", "support", "opposition", "speech", None}


def clauses(doc: Doc, document: Document, attributions: Sequence[Attribution]) -> Iterator[Clause]:
    """Cut a document's speaking sections into asserting clauses, each with its innermost attribution."""
    contents = Contents(doc, attributions)
    silent = _silent_tokens(doc, document)
    bare = {a.id: a for a in attributions}
    before: Clause | None = None
    for sent in doc.sents:
        spoken = [t for t in sent if t.i not in silent]
        heads = [t for t in spoken if contents.is_head(t)]
        taken = {t.i for t in spoken if t.dep_ != "ROOT" and assertions.asserts(t)}
        taken |= {t.i for t in heads if events.imminence(t) is None}
        for head in heads:
            if contents.repeats_content(head):
                continue
            found = list(_clauses_at(contents, head, taken, before))
            for attribution in (contents.owners[head.i], *(clause.attribution for clause in found)):
                bare.pop(attribution.id if attribution else "", None)
            yield from found
            before = found[-1] if found else before
    yield from (clause for a in bare.values() if (clause := _whole_content(doc, a)) is not None)


def _clauses_at(contents: Contents, head: Token, taken: set[int], before: Clause | None) -> Iterator[Clause]:
    """Give the clause of a head; two where the text tells of a claim and that it is false."""
    owner = None if contents.continues_cue(head) or contents.ends_above(head) else contents.owners[head.i]
    if owner and owner.source_span is None and not arguments.is_finite(head):  # "the canal is expected to open"
        tokens = tuple(_own_tokens(_governor(head), taken - {head.i}))
    else:
        told = {c.i for c in head.children if contents.only_tells(c)}
        tokens = tuple(t for t in _own_tokens(head, taken | told) if owner is None or contents.owners[t.i])
    false, label = falsity.refuted_content(head), falsity.label(head) if owner else None
    tokens = _without_connectives(_before(label, tokens))
    attribution = owner or contents.cues.get(head.i) or contents.cues.get(hedges.event_of(head).i)
    if false is not None:
        yield Clause(false, _without_connectives(tuple(_own_tokens(false, taken))), owner, denied=True)
    elif _is_cut_short(head):
        if before is not None and _takes_up(head, before):
            yield Clause(before.head, tokens, attribution, denied=True, repeated=before)
    elif attribution and not owner and (report := _report(head.doc, attribution)):
        yield report
    elif tokens:
        yield Clause(head, tokens, attribution, label is not None or (is_hearsay(owner) and falsity.refuted(head)))
        if owner and calls_false(owner):
            yield Clause(head, tokens, None, denied=True)  # what is "falsely claimed" the author denies


def _is_cut_short(head: Token) -> bool:
    """Tell whether a clause leaves its verb to the one before: "it had not", "Chile will"."""
    own = (c for c in head.children if not (c.dep_ == "ccomp" and c.i < head.i))  # "Peru won't win; Chile will"
    alone = all(c.dep_ in {*arguments.SUBJECTS, "neg", "punct", "cc", "mark", "aux"} for c in own)
    return alone and (head.tag_ == "MD" or (head.lemma_ in {"have", "do", "be"} and bool(negation.negations(head))))


def _takes_up(head: Token, before: Clause) -> bool:
    """Tell whether a clause cut short denies the one before: "Quist said Peru had left, but Banda said it had not"."""
    links: Links = head.doc._.links
    subject, first = arguments.subject(head), arguments.subject(before.head)
    if subject is None or first is None:
        return False
    who, which = (arguments.entity(t, links) for t in (subject, first))
    if who is None:  # "it" may be left open
        same = subject.lower_ == "it" and (which is None or which.type != "person")
    else:
        same = which is not None and who.id == which.id
    return same and bool(negation.negations(head)) and not before.denied and not negation.negations(before.head)


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


def _silent_tokens(doc: Doc, document: Document) -> set[int]:
    silent = set()
    for section in document.sections:
        if section.kind in SILENT_SECTIONS:
            silent |= {t.i for t in doc.char_span(section.start, section.end, alignment_mode="expand") or ()}
    return silent


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


def _completes(clause: Token) -> bool:
    on_noun = clause.head.pos_ in {"NOUN", "PROPN"} and clause.dep_ in {"acl", "ccomp"}
    return on_noun or (clause.dep_ in {"xcomp", "pcomp"} and not arguments.is_finite(clause))


def _without_connectives(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Cut off what only ties a clause to its neighbours: "that", "although" before it, "and", "but" after it."""
    start, end = 0, len(tokens)
    while start < end and (_is_loose(tokens[start]) or assertions.opens_assertion(tokens[start])):
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


def _governor(infinitive: Token) -> Token:
    while infinitive.dep_ in {"xcomp", "ccomp", "acomp"}:
        infinitive = infinitive.head
    return infinitive
