"""Hedges: the predicates that qualify an event ("is expected to open") and do not report what others hold.

Down from a clause they lead to the event that they qualify, up from the event to the last word that qualifies it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.meaning import chances, embedding, negation, predicates, recall
from claimtrack.meaning.scope import Layer

if TYPE_CHECKING:
    from spacy.tokens import Token

# Governors that qualify the event instead of reporting what somebody else holds.
QUALIFYING = frozenset({"likelihood", "evidential", "aspect", "implicative", "cessation", "ability", "prevention"})
# Governors that keep from speaking or thinking: "refused to", "stopped short of", "hard to", "unwilling to".
WITHHOLDING = frozenset({"implicative", "cessation", "prevention", "difficulty", "readiness"})
RULING_OUT = frozenset({"rule out", "exclude"})
SPEAKING = frozenset({"belief", "doubt", "question", "hope", "fear", "factive", "difficulty"})


def event_of(token: Token) -> Token:
    """Follow hedging, aspectual and modal predicates down to the event they qualify.

    In "The corridor is expected to open" that is "open", in "The possibility of a strike can be ruled out" it is
    "strike". Any other word is its own event.
    """
    for _ in range(predicates.MAX_DEPTH):
        below = _qualified(token)
        if below is None or below == token:
            break
        token = below
    return token


@recall.word
def _qualified(token: Token) -> Token | None:
    word = predicates.predicate(token)
    for clause in _clauses_of(token, word):
        entry = embedding.lookup(word, embedding.frame_of(clause))
        if entry is not None and _hedging(entry.kind, word):
            return clause
    ruled = _ruled_out(token)
    if ruled is not None:
        return ruled
    subject = predicates.subject(token)
    inner = _weighed_content(token, word)
    if inner is not None:
        return inner
    if subject is not None and subject.pos_ in ("NOUN", "PROPN"):
        return _subject_event(word, subject)
    return None


def _ruled_out(verb: Token) -> Token | None:
    """Return what the speaker, or nobody named, rules out or does not: "We cannot rule out a strike"."""
    holder = predicates.subject(verb)
    named = holder is not None and not negation.speaker_holds(verb)
    if verb.pos_ != "VERB" or (named and not negation.negations(verb)):
        return None
    things = [c for c in verb.rights if c.dep_ in ("dobj", "ccomp") and c.pos_ in ("NOUN", "VERB", "AUX")]
    entries = ((c, embedding.lookup(verb, "noun" if c.dep_ == "dobj" else embedding.frame_of(c))) for c in things)
    return next((c for c, entry in entries if entry is not None and entry.phrase in RULING_OUT), None)


def _weighed_content(token: Token, word: Token) -> Token | None:
    """Return what "there is a chance of" and "stands a chance of" weigh."""
    if token.lemma_ in ("have", "stand"):
        chance = lexicon.words("chance_words", "chance")
        nouns = [t for c in token.rights if c.dep_ == "dobj" for t in c.subtree
                 if t.lemma_ in chance and any(g.lower_ == "of" for g in t.rights)]
    elif token.lemma_ in predicates.verbs("weigher"):
        return chances.weighed(token)
    elif token.dep_ == "dobj" and token.head.lemma_ in predicates.verbs("weigher"):
        return chances.weighed(token.head)
    elif token.lemma_ == "be" and any(c.dep_ == "expl" for c in token.children):
        nouns = [t for t in word.subtree if t.pos_ == "NOUN"] if word != token else []
    else:
        nouns = [word] if word.pos_ == "NOUN" and (token.lemma_ == "be" or word == token) else []
    return next((inner for noun in nouns if (inner := chances.content_of(noun)) is not None), None)


def _clauses_of(token: Token, word: Token) -> list[Token]:
    nodes = [token] if word == token else [word, token]
    return [c for n in nodes for c in n.children
            if (c.dep_ in ("ccomp", "xcomp", "csubj", "csubjpass") and c != word)
            or (c.dep_ == "advcl" and embedding.content_clause(c))]


def _hedging(kind: str, word: Token) -> bool:
    if kind == "likelihood" and word.pos_ == "VERB":
        return negation.speaker_holds(word) or predicates.copula(word) is not None
    if kind == "demand":
        return word.lemma_ in ("have", "need") and word.pos_ == "VERB"
    return kind in QUALIFYING or (kind in SPEAKING - {"factive"} and negation.speaker_holds(word))


def _subject_event(word: Token, subject: Token) -> Token | None:
    """Return the noun that a predicate weighs: "a confrontation remains unlikely", "the likelihood of war is high"."""
    exists = word.pos_ != "VERB" or word.lemma_ in predicates.verbs("existing")
    weighs = exists or embedding.lookup(word, "noun") is not None
    inner = (chances.content_of(subject) if weighs else None) or _weighed_clause(word, subject)
    if inner is not None:
        return inner
    entry = embedding.lookup(word, "noun")
    if entry is None or entry.kind != "likelihood" or subject.ent_type_ in ("PERSON", "GPE", "ORG", "NORP"):
        return None
    weighs = subject.dep_ == "nsubjpass" or word.pos_ == "ADJ" or bool(predicates.idiom(word))
    if weighs or predicates.distance(word) is not None or word.lemma_ in lexicon.words("chance_words", "chance"):
        return subject
    return None if word.pos_ == "NOUN" else next((c for c in word.children if c.dep_ == "dobj"), None)


def _weighed_clause(word: Token, subject: Token) -> Token | None:
    """Return the clause split off from its noun: "Chances are slim that it holds"."""
    measured = [c for c in word.children if c.dep_ == "relcl"]
    for clause in [*_clauses_of(predicates.top(word), word), *measured]:
        entry = embedding.lookup(subject, "that" if clause in measured else embedding.frame_of(clause))
        ours = any(c.lower_ in predicates.POSSESSIVE for c in subject.lefts)
        own = ours and entry is not None and entry.kind == "belief"
        if own or (entry is not None and entry.kind in ("likelihood", "evidential")):
            return clause
    return None


def qualifying(governed: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Give the layers from the event up to the last word that qualifies it according to its source.

    `governed` is all layers of the event. The climb ends at a predicate that reports what another holds, at a relative
    clause, and at a subjunction. The first layer is the event itself.
    """
    for index, layer in enumerate(governed[1:], start=1):
        if not _belongs(layer):
            return governed[:index]
    return governed


def withheld(governed: Sequence[Layer]) -> bool:
    """Tell whether what the first layer names is said not to be done: "declined to confirm", "stopped short of saying".

    Only what takes its subject from above counts, so that "denied that he had said" is none.
    """
    turns = False
    for layer in governed[1:]:
        if layer.marker == "that" or layer.link not in ("clause", "argument", "noun") or layer.entry is None:
            break
        turns ^= layer.entry.kind in WITHHOLDING and layer.entry.affirmed in ("CT-", "PR-", "Uu")
        turns ^= layer.negated and layer.entry.kind in WITHHOLDING
    return turns


def weighing(chain: Sequence[Layer], governed: Sequence[Layer]) -> Sequence[Layer]:
    """Add to the qualifying layers one that rules the event out, whoever does: "Peru refused to rule out a war".

    Also what stands over that word and undoes it; `chain` itself where nothing is ruled out.
    """
    end = len(chain)
    entry = governed[end].entry if end < len(governed) else None
    if entry is None or entry.phrase not in RULING_OUT:
        return chain
    above = (i for i, layer in enumerate(governed) if i > end and not _withholds(layer))
    return governed[:next(above, len(governed))]


def _withholds(layer: Layer) -> bool:
    return layer.entry is not None and layer.entry.kind in WITHHOLDING


def _belongs(layer: Layer) -> bool:
    if layer.link == "conjunct":
        return True
    if layer.entry is None:
        return False
    own = layer.entry.kind == "factive" and negation.speaker_holds(layer.head)
    return own or _hedging(layer.entry.kind, layer.head)
