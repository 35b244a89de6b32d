"""What stands over an event: the words that deny it, make it possible, report it or presuppose it.

From the event word the parse is climbed governor by governor. Each step gives a `Layer`: a predicate, its negations,
modal and adverbs, and what the lexicon of embedding words says of the thing it governs. The values of the whole chain
compose from the outside in (Nairn, Condoravdi & Karttunen 2006; Saurí & Pustejovsky 2012).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from claimtrack.meaning import chances, embedding, negation, predicates
from claimtrack.meaning.embedding import Embedding

if TYPE_CHECKING:
    from spacy.tokens import Token

Link = Literal["event", "clause", "noun", "argument", "adverbial", "relative", "conjunct"]

CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acl", "oprd"})
ARGUMENT = frozenset({"dobj", "nsubj", "nsubjpass", "dative", "pobj", "attr"})


@dataclass(frozen=True, slots=True)
class Layer:
    """One predicate on the way from the event to the root: `head`, its own operators, and its word on what it governs.

    `link` says how `head` holds the layer below ("event" for the event itself); `marker` is the subjunction,
    preposition or form of that link ("if", "of", "to"); `entry` is None where the lexicon knows nothing. `attribute` is
    an adjective on an event noun that says whether it takes place ("the cancelled sale").
    """

    head: Token
    link: Link
    marker: str
    entry: Embedding | None
    negations: tuple[Token, ...]
    modal: Token | None
    attribute: Embedding | None = None

    @property
    def negated(self) -> bool:
        """Tell whether an odd number of negations stands at this predicate."""
        return len(self.negations) % 2 == 1


def layers(event: Token) -> tuple[Layer, ...]:
    """Climb from the event to the root of its sentence, innermost first; the first layer is the event itself."""
    chain = [_layer(event, "event", "")]
    node = event
    while len(chain) < predicates.MAX_DEPTH:
        step = _step(node)
        if step is None:
            break
        below, (node, link, marker) = node, step
        chain.append(_layer(node, link, marker, below))
        if link in ("relative", "adverbial"):
            break
    return tuple(_raise_none(chain))


def _raise_none(chain: list[Layer]) -> list[Layer]:
    """Let "no" and "neither" on what is ruled out deny the ruling: "Neither a strike nor a ban can be ruled out"."""
    if len(chain) < 2 or chain[1].entry is None or chain[1].entry.phrase not in ("rule out", "exclude"):
        return chain
    nones = tuple(n for n in chain[0].negations if chain[0].head.pos_ == "NOUN" and n.lower_ in ("no", "neither"))
    if not nones:
        return chain
    below = replace(chain[0], negations=tuple(n for n in chain[0].negations if n not in nones))
    return [below, replace(chain[1], negations=(*nones, *chain[1].negations)), *chain[2:]]


def _layer(head: Token, link: Link, marker: str, below: Token | None = None) -> Layer:
    entry = embedding.lookup(head, marker) if link in ("clause", "noun", "argument") else None
    # "no" of the layer below ("there is no evidence that …") has been counted there.
    denials = tuple(n for n in negation.negations(head) if n != below)
    return Layer(head, link, marker, entry, denials, predicates.modal(head), embedding.attribute(head))


def _step(node: Token) -> tuple[Token, Link, str] | None:
    """Return the governor of a predicate, how it governs, and by which form or marker."""
    hook = predicates.top(node)
    if hook != node and hook.dep_ == "conj":
        node = hook
    noun = _progressive_topic(node)
    if noun is not None:
        return noun, "noun", "ing"
    governor = hook.head
    if hook.dep_ == "ROOT" or governor == hook:
        return None
    if hook.dep_ == "conj":
        return governor, "conjunct", ""
    if (noun := chances.chance_given(hook)) is not None:
        return noun, "noun", "that" if hook.pos_ in ("VERB", "AUX") else "of"
    if (noun := _measured(hook)) is not None:
        return noun, "noun", "that"
    if hook.dep_ == "relcl" and not _noun_content(hook):
        return governor, "relative", ""
    if hook.dep_ in ("acl", "relcl") and governor.pos_ in ("NOUN", "PROPN"):
        return governor, "noun", embedding.frame_of(hook)
    if hook.dep_ in CLAUSAL or (hook.dep_ == "advcl" and embedding.content_clause(hook)):
        return _clause_step(hook, governor)
    if hook.dep_ == "advcl":
        return governor, "adverbial", _subjunction(hook)
    if hook.dep_ in ("pobj", "pcomp"):
        return _preposition_step(governor)
    if hook.dep_ in ARGUMENT:
        return _argument_step(hook, governor)
    return None


def _progressive_topic(verb: Token) -> Token | None:
    """Return the noun of "The risk is opening a second front", which the parser takes for a progressive of the risk."""
    if verb.tag_ != "VBG" or not any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children):
        return None
    noun = predicates.subject(verb)
    entry = embedding.lookup(noun, "ing") if noun is not None and noun.pos_ == "NOUN" else None
    return noun if entry is not None and entry.kind in ("likelihood", "intention", "proposal", "fear", "hope") else None


def _measured(clause: Token) -> Token | None:
    """Return the noun whose content a clause is though it hangs on its figure: "The odds are 60 % that he wins"."""
    if clause.dep_ != "relcl" or predicates.copula(clause.head) is None:
        return None
    noun = predicates.subject(clause.head)
    entry = embedding.lookup(noun, "that") if noun is not None else None
    return noun if entry is not None and entry.kind == "likelihood" else None


def _noun_content(clause: Token) -> bool:
    """Tell whether what looks like a relative clause is the content of its noun: "a risk that the dam will break".

    After "there is a chance" it may do without "that".
    """
    entry = embedding.lookup(clause.head, "that")
    opens = any(c.lower_ == "that" and c.dep_ in ("mark", "dobj") for c in clause.children)
    if entry is not None and entry.kind == "likelihood" and clause.head.dep_ == "attr":
        expletive = any(c.dep_ == "expl" for c in clause.head.head.children)
        opens |= expletive and clause.left_edge.tag_ not in embedding.WH_TAGS
    return entry is not None and opens and any(c.dep_ in predicates.SUBJECTS for c in clause.children)


def _clause_step(hook: Token, governor: Token) -> tuple[Token, Link, str]:
    """Step from a clause to its governor: the predicate, or the noun it weighs ("chances are slim that he wins")."""
    word, frame = predicates.predicate(governor), embedding.frame_of(hook)
    if word == hook:
        word = governor
    noun = predicates.subject(governor)
    entry = embedding.lookup(noun, frame) if noun is not None and noun.pos_ == "NOUN" else None
    if noun is None or entry is None:
        return word, "clause", frame
    weighed = embedding.lookup(word, frame) is None and predicates.top(word).lemma_ in predicates.copulas()
    if weighed or _comes_up(entry, governor):
        return noun, "noun", frame
    return word, "clause", frame


def _comes_up(entry: Embedding, verb: Token) -> bool:
    """Tell whether a verb says only that evidence is there: "No proof has emerged that", "No sign was seen that"."""
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    return entry.kind in ("evidential", "report") and (passive or embedding.lookup(verb, "that") is None)


def _subjunction(hook: Token) -> str:
    """Name the subjunction of an adverbial clause; of several ("even if", "as if") the one that opens a condition."""
    marks = [c.lower_ for c in hook.lefts if c.dep_ in ("mark", "advmod")]
    if not marks and hook.left_edge.dep_ in ("aux", "auxpass") and hook.left_edge.lower_ in predicates.INVERTING:
        return hook.left_edge.lower_
    return next((m for m in marks if m in ("if", "unless", "whether")), marks[0] if marks else embedding.frame_of(hook))


def _preposition_step(preposition: Token) -> tuple[Token, Link, str] | None:
    governor = preposition.head
    if preposition.dep_ not in ("prep", "agent") or governor is preposition:
        return None
    if governor.dep_ in ("advmod", "acomp", "prt") and embedding.lookup(governor.head, preposition.lower_) is not None:
        governor = governor.head  # "stopped short of naming him": the parser may hang "of" on "short"
    if preposition.lower_ == "without":
        return preposition, "argument", "without"
    if governor.dep_ == "dobj" and embedding.lookup(governor.head, preposition.lower_) is not None:
        governor = governor.head  # "accused the firm of cheating": the parser often hangs "of" on the firm
    word = predicates.predicate(governor) if embedding.lookup(governor, preposition.lower_) is None else governor
    return word, "noun" if word.pos_ in ("NOUN", "PROPN") else "argument", preposition.lower_


def _argument_step(hook: Token, governor: Token) -> tuple[Token, Link, str] | None:
    if governor.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    word = predicates.predicate(governor)
    return (governor if word == hook else word), "argument", "noun"
