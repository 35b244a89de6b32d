"""What a proposition hangs on: if-clauses in all their forms, and what "in such a case" reaches back to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.meaning import chances, embedding, predicates
from claimtrack.meaning.scope import Layer
from claimtrack.schema import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# How far back "in such a case" may reach.
ANTECEDENT_SENTENCES = 4


@cache
def conditionals() -> frozenset[str]:
    """Give the words that open a condition, the auxiliaries before their subject included."""
    return lexicon.words("condition_words", "conditional") | predicates.INVERTING


def hypothetical(governed: Sequence[Layer]) -> bool:
    """Tell whether the event stands in a conditional clause itself."""
    return governed[-1].link == "adverbial" and governed[-1].marker in conditionals()


def condition_of(chain: Sequence[Layer], governed: Sequence[Layer], *, own: bool = True) -> Span | None:
    """Give the characters of the if-clause on which the proposition hangs, None where it stands free.

    Also "unless", "provided that", inversion ("Should the talks fail"), "in case of", and "in such a case", which
    reaches back to its antecedent. The content of "surprised if", "even if" and "whether or not" are no conditions. An
    if-clause beside a verb of threatening or promising belongs to what is threatened: `own` is False for such a verb.
    """
    if hypothetical(governed):
        return None
    for layer in governed[:len(chain) + 1]:
        if layer.link in ("relative", "adverbial"):
            break
        found = _condition_at(layer.head)
        if found is not None and (own or layer.link != "event"):
            return found
    return None


def _condition_at(head: Token) -> Span | None:
    if (found := _opening(head) or _bargain(head)) is not None:
        return found
    nodes = {predicates.top(head), head, *(_conjuncts_before(predicates.top(head)))}
    for child in sorted({c for n in nodes for c in n.children}, key=lambda t: t.i):
        if child.dep_ == "advcl" and _is_condition(child) and not embedding.content_clause(child):
            return _trimmed(child)
        if child.dep_ == "ccomp" and child.i < head.i and _is_inverted(child):  # the parser's guess at inversion
            return _trimmed(child)
        if child.i > head.i and _hinges(child, head):
            return _trimmed(child)
        if (clause := as_long_as(child)) is not None:
            return child.nbor(-1).idx, _trimmed(clause)[1]
        if child.dep_ in ("prep", "advcl") and _in_case(child):
            return _antecedent(child) or _trimmed(child)
        if child.lower_ == "otherwise" and child.dep_ == "advmod" and child.i < head.i:
            return child.idx, child.idx + len(child)
    return None


def _opening(head: Token) -> Span | None:
    """Find a condition at the head of a clause, up to its comma: "Barring a miracle, …", "Should Iran attack, …".

    "Without" opens one where the clause says what will or would come: "Without a deal, the bank will fail".
    """
    doc, holder = head.doc, predicates.subject(head)
    first = next((t for t in predicates.top(head).left_edge.subtree if t.is_alpha), None)
    first = next((t for t in doc[predicates.top(head).left_edge.i:head.i] if t.is_alpha and t.dep_ != "cc"), first)
    if first is None or holder is None or holder.left_edge.i <= first.i + 1:
        return None
    inverted = first.lower_ in predicates.INVERTING and doc[head.sent.end - 1].text != "?"
    commas = [t for t in doc[first.i:holder.left_edge.i] if t.text == ","]
    if not commas or not (inverted or _opens(first, head)):
        return None
    return first.idx, commas[-1].nbor(-1).idx + len(commas[-1].nbor(-1))


def _opens(word: Token, head: Token) -> bool:
    """Tell whether a word opens a condition on what `head` says."""
    if word.lower_ in lexicon.words("condition_words", "without"):
        return predicates.modal(head) is not None
    following = word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""
    phrases = lexicon.words("condition_words", "opening")
    return word.lower_ in phrases or f"{word.lower_} {following}" in phrases


def _hinges(word: Token, head: Token) -> bool:
    """Tell a condition behind its predicate: "will spread, barring a deal", "will fail without a loan".

    Behind, "without" is one where it leads something that may or may not come: "without a deal", not "without delay".
    """
    if word.dep_ not in ("prep", "advcl") or not _opens(word, head):
        return False
    if word.lower_ in lexicon.words("condition_words", "without"):
        things = [c for c in word.children if c.dep_ == "pobj"]
        return any(c.lower_ in lexicon.words("condition_words", "pending") for t in things for c in t.lefts)
    return word.pos_ != "VERB" or word.tag_ in ("VBG", "VBN")


def _bargain(head: Token) -> Span | None:
    """Find the order that a promise or threat hangs on: "Attack us and we will attack you"."""
    first = predicates.top(head).head
    order = first.tag_ == "VB" and first.i == first.sent.start and not predicates.auxiliaries(first)
    joined = any(c.lower_ in ("and", "or") for c in first.children if c.dep_ == "cc")
    if predicates.top(head).dep_ != "conj" or not (order and joined) or predicates.modal(head) is None:
        return None
    last = next(c for c in first.children if c.dep_ == "cc").nbor(-1)
    return first.idx, last.idx + len(last)


def either_way(event: Token) -> bool:
    """Tell whether what opens with "whether" is said for both cases: "Whether or not it rains, they will play"."""
    clause, holder = predicates.top(event), predicates.subject(event)
    first = clause.left_edge
    opened = first.lower_ == "whether" and holder is not None and holder.left_edge.i > first.i + 1
    return opened and holder is not None and any(t.text == "," for t in event.doc[first.i:holder.left_edge.i])


def supposed(event: Token) -> bool:
    """Tell whether a sentence asks to suppose what it says: "Imagine Iran attacking Baku", "Let us say it rains"."""
    skipped = lexicon.words("condition_words", "before_supposing")
    words = [t for t in event.sent[:8] if t.is_alpha or t.lower_ in skipped]
    first = next((t for t in words if t.lower_ not in skipped), None)
    if first is None or first.lower_ not in lexicon.words("condition_words", "supposing"):
        return False
    if event.i < first.i and event.lower_ not in skipped:
        return False
    following = first.nbor(1) if first.i + 1 < len(first.doc) else first
    let = any(t.lower_ == "let" for t in words[:3])
    return (following.pos_ not in ("VERB", "AUX", "PUNCT") or let) and (first.lower_ != "say" or let or
                                                                     following.lower_ == "that")


def as_long_as(long: Token) -> Token | None:
    """Return the clause that "long" opens in "as long as Chile stays", None for any other word."""
    words = [t.lower_ for t in long.doc[max(long.i - 1, 0):long.i + 2]]
    if words not in (["as", "long", "as"], ["so", "long", "as"]):
        return None
    clauses = (c for t in (long, long.head) for c in t.children if c.dep_ == "advcl")
    return next((c for c in clauses if c.left_edge.i <= long.i + 1 < c.i), None)


def _conjuncts_before(token: Token) -> list[Token]:
    return predicates.coordinated(token)[1:]


def _is_condition(clause: Token) -> bool:
    marks = [c for c in clause.children if c.dep_ in ("mark", "advmod") and c.lower_ in ("if", "unless")]
    if marks:
        before = marks[0].nbor(-1).lower_ if marks[0].i > 0 else ""
        return before not in ("even", "as")
    if clause.lower_ in ("provided", "providing", "supposing", "assuming", "presuming"):
        return clause.lower_ != "providing" or any(c.dep_ == "ccomp" for c in clause.children)
    return _is_inverted(clause)


def _is_inverted(clause: Token) -> bool:
    first = clause.left_edge
    moved = first.lower_ in predicates.INVERTING and first.dep_ in ("aux", "auxpass", "advcl")
    inverted = moved or (clause.lower_ == "were" and clause == first)
    return inverted and any(c.dep_ in predicates.SUBJECTS and c.i > first.i for c in clause.children)


def _in_case(token: Token) -> bool:
    """Tell whether a phrase names a case: "in case of", "in the event of", "in such a scenario", "otherwise"."""
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    provisos = ("condition", "proviso", "understanding")
    if token.lower_ in ("on", "under") and noun is not None and noun.lemma_ in provisos:
        return any(t.lower_ == "that" and t.i == noun.i + 1 for t in noun.subtree)  # not "on condition of anonymity"
    if token.lower_ != "in":
        return False
    if noun is None or noun.lemma_.lower() not in lexicon.words("condition_words", "case"):
        return False
    of = any(c.lower_ in ("of", "that") for c in noun.rights)
    return of or any(c.lower_ in ("such", "that", "this") for c in noun.lefts)


def _antecedent(phrase: Token) -> Span | None:
    """Find what "in such a case" points to: the last if-clause or scenario heading, else the risk before it."""
    noun = next(c for c in phrase.children if c.dep_ == "pobj")
    if not any(c.lower_ in ("such", "that", "this") for c in noun.lefts):
        return None
    sent = phrase.sent
    feared: Span | None = None
    for _ in range(ANTECEDENT_SENTENCES):
        if sent.start == 0:
            break
        sent = phrase.doc[sent.start - 1].sent
        clause = next((t for t in sent if t.dep_ == "advcl" and _is_condition(t)), None)
        if clause is not None:
            return _trimmed(clause)
        if any(t.lemma_.lower() == "scenario" for t in sent):
            return _trimmed(sent.root)
        risks = (t for t in sent if t.pos_ == "NOUN" and chances.content_of(t) is not None)
        feared = feared or next(map(_trimmed, risks), None)
    return feared


def _trimmed(head: Token) -> Span:
    """Give the characters of a subtree without the punctuation and space at its ends, or a participle added on."""
    tail = next((c for c in head.rights if c.dep_ == "advcl" and c.left_edge.nbor(-1).text == ","), None)
    end = head.right_edge.i + 1 if tail is None else tail.left_edge.i
    tokens = list(head.doc[head.left_edge.i:end])
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    while tokens and (tokens[0].is_punct or tokens[0].is_space):
        tokens.pop(0)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def concedes(event: Token) -> bool:
    """Tell whether the event stands in an although / despite / while clause."""
    concessives = lexicon.words("condition_words", "concessive")
    for node in (event, *event.ancestors):
        if node.dep_ in ("advcl", "prep") and (
            node.lower_ in concessives or any(c.dep_ == "mark" and c.lower_ in concessives for c in node.children)
        ):
            return True
        if node.dep_ in ("relcl", "ccomp") and node != event:
            return False
    return False
