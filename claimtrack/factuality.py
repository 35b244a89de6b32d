"""How sure, which way, when: factuality, polarity, likelihood, stance, kind, time and condition of one proposition.

`qualify` reads a proposition according to its source: words of reporting above it belong to the attribution and are
passed in as `cue_kind`. `qualify_span` reads it according to the author of the text, so that "The mayor said that it
fell" is less than certain. Values are FactBank's (Saurí & Pustejovsky 2009), composed from the outside in over the
layers of `scope`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import commitment, lexicon, likelihood, quantity, scope, timing
from claimtrack.errors import UsageError
from claimtrack.schema import (
    ClaimKind,
    CueKind,
    Factuality,
    Likelihood,
    Polarity,
    Qualification,
    Span,
    Stance,
    Time,
)
from claimtrack.scope import Layer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Commitment = Callable[[str, int, int], float]

COMMITMENT: dict[Factuality, float] = {
    "CT+": 3.0, "PR+": 2.0, "PS+": 1.0, "CTu": 0.0, "Uu": 0.0, "PS-": -1.0, "PR-": -2.0, "CT-": -3.0,
}
# Governors that qualify the event instead of reporting what somebody else holds.
QUALIFYING = frozenset({"likelihood", "evidential", "aspect", "implicative", "cessation", "ability", "prevention"})
SPEAKING = frozenset({"belief", "doubt", "question", "hope", "fear", "factive", "difficulty"})
CONDITIONALS = frozenset({"if", "unless", "provided", "providing", "once", "should", "were", "had", "supposing"})
CONCESSIVES = frozenset({"although", "though", "while", "whereas", "despite", "albeit", "notwithstanding", "whilst"})
CUE_KINDS: dict[CueKind, ClaimKind] = {
    "accusation": "accusation", "threat": "threat", "intention": "intention", "demand": "demand",
    "support": "opinion", "opposition": "opinion",
}
CUE_STANCES: dict[CueKind, Stance] = {
    "denial": "deny", "doubt": "doubt", "question": "question", "hope": "hope", "fear": "fear",
}
OPEN_CUES = frozenset({"threat", "intention", "demand", "hope", "fear", "question"})
# How far back "in such a case" may reach.
ANTECEDENT_SENTENCES = 4


class KindWord(lexicon.Entry):
    """A word that makes its clause an opinion, a causal claim, a demand, …"""

    role: Literal["verb", "noun", "adjective", "phrase"]
    kind: Literal["cause", "pretext", "accusation", "threat", "intention", "demand", "scenario", "opinion"]


# --- event and hedges ----------------------------------------------------------------------------------------------


def event_of(token: Token) -> Token:
    """Follow hedging, aspectual and light predicates down to the event they qualify.

    "The corridor is expected to open": open. "The possibility of a strike can be ruled out": strike. Any other word is
    its own event.
    """
    for _ in range(scope.MAX_DEPTH):
        below = _qualified(token)
        if below is None or below == token:
            break
        token = below
    return token


def _qualified(token: Token) -> Token | None:
    word = scope.predicate(token)
    for clause in _clauses_of(token, word):
        entry = scope.lookup(word, scope.frame_of(clause))
        if entry is not None and _hedging(entry.kind, word):
            return clause
    subject = scope.subject(token)
    if word.pos_ == "NOUN" and (token.lemma_ == "be" or word == token):
        inner = _content_of(word)
        if inner is not None:
            return inner
    if subject is not None and subject.pos_ in ("NOUN", "PROPN"):
        return _subject_event(word, subject)
    return None


def _clauses_of(token: Token, word: Token) -> list[Token]:
    nodes = [token] if word == token else [word, token]
    return [c for n in nodes for c in n.children
            if c.dep_ in ("ccomp", "xcomp", "csubj", "csubjpass") and c != word
            or c.dep_ == "advcl" and scope.content_clause(c)]


def _hedging(kind: str, word: Token) -> bool:
    if kind == "likelihood" and word.pos_ == "VERB":
        return scope.speaker_holds(word)
    return kind in QUALIFYING or (kind in SPEAKING - {"factive"} and scope.speaker_holds(word))


def _subject_event(word: Token, subject: Token) -> Token | None:
    """Return the noun that a predicate weighs: "a confrontation remains unlikely", "the likelihood of war is high"."""
    inner = _content_of(subject) or _weighed_clause(word, subject)
    if inner is not None:
        return inner
    entry = scope.lookup(word, "noun")
    if entry is None or entry.kind != "likelihood" or subject.ent_type_ in ("PERSON", "GPE", "ORG", "NORP"):
        return None
    passive = subject.dep_ == "nsubjpass"
    return subject if passive or word.pos_ == "ADJ" else next((c for c in word.children if c.dep_ == "dobj"), None)


def _weighed_clause(word: Token, subject: Token) -> Token | None:
    """Return the clause split off from its noun: "Chances are slim that it holds"."""
    for clause in _clauses_of(scope.top(word), word):
        entry = scope.lookup(subject, scope.frame_of(clause))
        if entry is not None and entry.kind in ("likelihood", "evidential"):
            return clause
    return None


def _content_of(noun: Token) -> Token | None:
    """Return what a noun of likelihood or evidence is about: "a chance that it holds", "the possibility of war"."""
    for child in noun.rights:
        if child.dep_ in ("acl", "ccomp", "relcl"):
            entry, below = scope.lookup(noun, scope.frame_of(child)), child
        elif child.dep_ == "prep":
            below = next((c for c in child.children if c.dep_ in ("pobj", "pcomp") and not c.like_num), child)
            entry = scope.lookup(noun, child.lower_) if below is not child else None
        else:
            continue
        if entry is not None and entry.kind in ("likelihood", "evidential", "doubt"):
            return below
    return None


def hedges_of(event: Token) -> tuple[Layer, ...]:
    """Give the layers from the event up to the last word that qualifies it according to its source.

    The climb ends at a predicate that reports what another holds, at a relative clause, and at a subjunction. The first
    layer is the event itself.
    """
    chain = scope.layers(event)
    for index, layer in enumerate(chain[1:], start=1):
        if not _belongs(layer):
            return chain[:index]
    return chain


def _belongs(layer: Layer) -> bool:
    if layer.link == "conjunct":
        return True
    if layer.entry is None:
        return False
    return _hedging(layer.entry.kind, layer.head) or (layer.entry.kind == "factive" and scope.speaker_holds(layer.head))


# --- composition ---------------------------------------------------------------------------------------------------


def compose(chain: Sequence[Layer]) -> Factuality:
    """Compose the FactBank value of the innermost layer from the outside in."""
    value: Factuality = "CT+"
    layers = list(chain)
    if layers[-1].link in ("relative", "adverbial"):
        last = layers.pop()
        if last.link == "adverbial":
            value = _adverbial_value(last.marker)
    for index in range(len(layers) - 1, -1, -1):
        layer = layers[index]
        if layer.link == "conjunct":
            continue
        value = _operate(layer, value)
        if index:
            value = _govern(layer, value)
        elif layer.attribute is not None:
            value = _cap(layer.attribute.affirmed, value[:2]) if value[-1] == "+" else value
    return value


def _adverbial_value(marker: str) -> Factuality:
    if marker in CONDITIONALS or marker in ("whether", "to", "lest"):
        return "Uu"
    return "CT-" if marker == "without" else "CT+"


def _operate(layer: Layer, value: Factuality) -> Factuality:
    """Apply the modal and the negations of one predicate."""
    reading = likelihood.modal_reading(layer.modal, layer.head) if layer.modal is not None else None
    if reading in ("possibility", "permission"):
        value = _cap(value, "PS")
    elif reading == "ability":
        value = value if layer.negated else _cap(value, "PS")
    elif reading in ("necessity", "conditional") and layer.modal is not None and layer.modal.lower_ not in ("will", "'ll"):
        value = "Uu"
    return _negate(value) if layer.negated else value


def _govern(layer: Layer, value: Factuality) -> Factuality:
    """Give the value of what a governor governs, from the value of the governor."""
    entry = layer.entry
    if layer.head.lower_ == "without":
        return _negate(value)
    if entry is None:
        return value if layer.marker != "to" or layer.link != "clause" else "Uu"
    if entry.kind == "factive" and entry.denied == "CT+":
        return "CT+"
    if value[-1] == "u":
        return "Uu"
    chosen = entry.affirmed if value[-1] == "+" else entry.denied
    return _cap(chosen, value[:2])


def _cap(value: Factuality, level: str) -> Factuality:
    """Lower the certainty of a value to at most `level` (CT, PR, PS)."""
    order = ("CT", "PR", "PS")
    if value[-1] == "u":
        return "Uu"
    weaker = max(order.index(value[:2]), order.index(level))
    return f"{order[weaker]}{value[-1]}"  # type: ignore[return-value]  # built of the Literal's own parts


def _negate(value: Factuality) -> Factuality:
    turned: dict[Factuality, Factuality] = {"CT+": "CT-", "CT-": "CT+", "PR+": "PR-", "PR-": "PR+", "PS+": "PS-",
                                            "PS-": "PS+", "CTu": "CTu", "Uu": "Uu"}
    return turned[value]


# --- according to the source ---------------------------------------------------------------------------------------


def qualify(
    event: Token, *, span: tuple[int, int] | None = None, cue_kind: CueKind | None = None, cue_negated: bool = False,
    published: str | None = None,
) -> Qualification:
    """Qualify the proposition whose main event word is `event`, according to its source.

    `span` are the characters of the proposition, by default its sentence; `cue_kind` is what the source does ("Israel
    denies having bases": denial), `cue_negated` whether it does not ("did not deny"). Polarity counts the negations of
    the content alone: "unlikely" is a likelihood, "will not open" a negation. The likelihood is that of the event
    without its negation, under `condition` where there is one.
    """
    span = span or (event.sent.start_char, event.sent.end_char)
    chain = hedges_of(event)
    governed = scope.layers(event)
    condition = condition_of(event, chain, governed)
    reading = likelihood.read(_assertive(chain), _cue_row(cue_kind, cue_negated, chain))
    negative = _content_negated(chain) != (cue_kind == "denial" and not cue_negated)
    value = _value(chain, reading, negative, cue_kind, cue_negated)
    if condition is not None or _asks(event, governed):
        value = "Uu"
    stance = _stance(event, chain, value, negative, cue_kind, cue_negated)
    time = timing.time_of(event, chain, span, published)
    kind = _kind(event, chain, governed, reading, condition, time, cue_kind)
    if kind == "prediction" and time.relation == "present":
        time = time.model_copy(update={"relation": "future"})
    return Qualification(
        kind=kind, stance=stance, polarity="negative" if negative else "positive", factuality=value,
        commitment=COMMITMENT[value], likelihood=reading, condition=condition, concession=_concedes(event),
        time=time, quantities=quantity.quantities(event.doc, span), reasons=_reasons(chain, reading, condition),
    )


def _assertive(chain: Sequence[Layer]) -> Sequence[Layer]:
    """Drop a governor over a subjunction or relative clause: its hedges do not reach the event."""
    return chain[:-1] if chain[-1].link in ("relative", "adverbial") and len(chain) > 1 else chain


def _cue_row(cue_kind: CueKind | None, cue_negated: bool, chain: Sequence[Layer]) -> str | None:
    if cue_kind == "doubt" and not cue_negated:
        return "doubt"
    if cue_kind == "belief" and timing.relation_of(chain) == "future":
        return "doubt" if cue_negated else "believe"
    return None


def _content_negated(chain: Sequence[Layer]) -> bool:
    """Tell whether the content is denied: by "not" on the event or by "fail to" above it, not by a likelihood."""
    turns = chain[0].negated
    for layer in chain[1:]:
        if layer.entry is None or layer.entry.kind not in QUALIFYING - {"likelihood", "evidential"}:
            if layer.link == "conjunct":
                continue
            break
        turns ^= layer.negated
        turns ^= layer.entry.affirmed == "CT-"
    return turns


def _value(
    chain: Sequence[Layer], reading: Likelihood | None, negative: bool, cue_kind: CueKind | None, cue_negated: bool
) -> Factuality:
    if cue_kind in OPEN_CUES or (cue_negated and cue_kind not in ("belief", "doubt")):
        return "Uu"
    if cue_kind == "doubt":
        return "PR+" if cue_negated else "PR-"
    value = compose(chain)
    if reading is not None and reading.point is not None and reading.high is not None and reading.low is not None:
        value = _likely_value(reading.point, reading.low, reading.high, negative)
    elif cue_kind == "denial":
        value = _negate(value)
    elif cue_kind == "belief":
        value = _cap(value, "PR")
    return value


def _likely_value(point: float, low: float, high: float, negative: bool) -> Factuality:
    """Map a likelihood to a FactBank value; what reaches .4 upwards is still possible, what stays below improbable."""
    if negative:
        return _negate(_likely_value(1 - point, 1 - high, 1 - low, False))
    if point >= 0.95:
        return "CT+"
    if point >= 0.6:
        return "PR+"
    if high >= 0.4:
        return "PS+"
    return "PR-" if point > 0.05 else "CT-"


def _stance(
    event: Token, chain: Sequence[Layer], value: Factuality, negative: bool, cue_kind: CueKind | None, cue_negated: bool
) -> Stance:
    if cue_kind in CUE_STANCES and not cue_negated:
        return CUE_STANCES[cue_kind]
    if cue_kind == "belief" and cue_negated:
        return "doubt"
    for layer in chain[1:]:
        if layer.entry is not None and layer.entry.kind in ("hope", "fear"):
            return layer.entry.kind  # type: ignore[return-value]  # narrowed by the test above
        if layer.entry is not None and layer.entry.kind in ("question", "difficulty") and value == "Uu":
            return "doubt" if layer.negated else "question"
    if event.sent[-1].text == "?" and value == "Uu":
        return "question"
    if value[-1] == "-" and not negative:
        return "deny" if value == "CT-" else "doubt"
    return "affirm"


def _asks(event: Token, governed: Sequence[Layer]) -> bool:
    sent = event.sent
    return sent[-1].text == "?" and governed[-1].link not in ("relative", "adverbial")


# --- kind ------------------------------------------------------------------------------------------------------------


@cache
def _kind_words(role: str) -> dict[str, str]:
    return {w.phrase: w.kind for w in lexicon.read("kinds", KindWord) if w.role == role}


def _kind(
    event: Token, chain: Sequence[Layer], governed: Sequence[Layer], reading: Likelihood | None, condition: Span | None,
    time: Time, cue_kind: CueKind | None,
) -> ClaimKind:
    if cue_kind in CUE_KINDS:
        return CUE_KINDS[cue_kind]
    modal = chain[0].modal
    word = modal.lower_ if modal is not None else ""
    if _hypothetical(governed) or (word in ("would", "'d", "’d", "could", "might") and condition is not None):
        return "scenario"
    if _demanded(chain):
        return "demand"
    if word in ("would", "'d", "’d") and not _future_in_past(governed):
        return "scenario"
    if _predicts(event, reading, time):
        return "prediction"
    return _lexical_kind(event, chain)


def _hypothetical(governed: Sequence[Layer]) -> bool:
    return governed[-1].link == "adverbial" and governed[-1].marker in CONDITIONALS


def _demanded(chain: Sequence[Layer]) -> bool:
    for layer in chain:
        if layer.modal is not None and layer.modal.lower_ in ("should", "must", "ought"):
            return not any(a.lower_ == "have" for a in scope.auxiliaries(layer.head))
        if layer.entry is not None and layer.entry.kind == "demand":
            return True
    return False


def _future_in_past(governed: Sequence[Layer]) -> bool:
    """Tell whether "would" is a "will" told in the past: "said it would open"."""
    return any(layer.link == "clause" and layer.entry is not None and layer.entry.kind in ("report", "belief", "warning")
               for layer in governed[1:])


def _predicts(event: Token, reading: Likelihood | None, time: Time) -> bool:
    if time.relation == "future":
        return reading is not None
    return (time.relation == "present" and event.pos_ == "NOUN" and reading is not None
            and reading.basis in ("phrase", "number", "rank"))


def _lexical_kind(event: Token, chain: Sequence[Layer]) -> ClaimKind:
    word = scope.predicate(event)
    verbs = _kind_words("verb")
    lemma = event.lemma_.lower()
    prepositions = [f"{lemma} {c.lower_}" for c in event.children if c.dep_ in ("prep", "agent", "prt")]
    kind = next((verbs[v] for v in (*prepositions, lemma) if v in verbs), None) if event.pos_ == "VERB" else None
    if kind is None and word != event:
        kind = _kind_words("adjective" if word.pos_ == "ADJ" else "noun").get(word.lemma_.lower())
    subject = scope.subject(event)
    if kind is None and subject is not None and event.lemma_ in ("be", "lie"):
        found = _kind_words("noun").get(subject.lemma_.lower())
        kind = found if found in ("cause", "intention", "scenario") else None
    if kind is None and _causal_phrase(event):
        kind = "cause"
    if kind is None and any(layer.entry is not None and layer.entry.kind == "belief" for layer in chain[1:]):
        kind = "opinion"
    return "cause" if kind == "pretext" else kind or "fact"  # type: ignore[return-value]  # values of KindWord


def _causal_phrase(event: Token) -> bool:
    text = " ".join(t.lower_ for c in event.children if c.dep_ in ("prep", "acomp", "advmod") for t in c.subtree)
    return any(text.startswith(p) or f" {p}" in text for p in _kind_words("phrase"))


# --- condition and concession ------------------------------------------------------------------------------------------


def condition_of(event: Token, chain: Sequence[Layer], governed: Sequence[Layer]) -> Span | None:
    """Give the characters of the if-clause on which the proposition hangs, None where it stands free.

    Also "unless", "provided that", inversion ("Should the talks fail"), "in case of", and "in such a case", which
    reaches back to its antecedent. The content of "surprised if", "even if" and "whether or not" are no conditions. An
    if-clause under a threat or promise conditions what is threatened.
    """
    if _hypothetical(governed):
        return None
    reach = len(chain) + (len(governed) > len(chain) and governed[len(chain)].link not in ("relative", "adverbial"))
    for layer in governed[:reach]:
        if layer.link in ("relative", "adverbial"):
            break
        found = _condition_at(layer.head)
        if found is not None and not (layer.link == "event" and _performs(layer.head)):
            return found
    return None


def _performs(verb: Token) -> bool:
    """Tell whether a verb names a threat or promise, whose if-clause belongs to the thing threatened."""
    return _kind_words("verb").get(verb.lemma_.lower()) in ("threat", "intention") and verb.pos_ == "VERB"


def _condition_at(head: Token) -> Span | None:
    nodes = {scope.top(head), head, *(_conjuncts_before(scope.top(head)))}
    for child in sorted({c for n in nodes for c in n.children}, key=lambda t: t.i):
        if child.dep_ == "advcl" and _is_condition(child) and not scope.content_clause(child):
            return _trimmed(child)
        if child.dep_ in ("prep", "advcl") and _in_case(child):
            return _antecedent(child) or _trimmed(child)
    return None


def _conjuncts_before(token: Token) -> list[Token]:
    return scope.coordinated(token)[1:]


def _is_condition(clause: Token) -> bool:
    first = clause.left_edge
    marks = [c for c in clause.children if c.dep_ in ("mark", "advmod") and c.lower_ in ("if", "unless")]
    if marks:
        before = marks[0].nbor(-1).lower_ if marks[0].i > 0 else ""
        return before not in ("even", "as", "only") or before == "only"
    if clause.lower_ in ("provided", "providing", "supposing"):
        return True
    inverted = first.lower_ in ("should", "were", "had") and first.dep_ in ("aux", "auxpass", "advcl") or (
        clause.lower_ == "were" and clause == first)
    return inverted and any(c.dep_ in scope.SUBJECTS and c.i > first.i for c in clause.children)


def _in_case(token: Token) -> bool:
    """Tell whether a phrase names a case: "in case of", "in the event of", "in such a scenario", "otherwise"."""
    if token.lower_ != "in":
        return False
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    if noun is None or noun.lemma_.lower() not in ("case", "event", "scenario", "eventuality", "circumstance"):
        return False
    of = any(c.lower_ in ("of", "that") for c in noun.rights)
    return of or any(c.lower_ in ("such", "that", "this") for c in noun.lefts)


def _antecedent(phrase: Token) -> Span | None:
    """Find what "in such a case" points to: the last if-clause, scenario heading or mere possibility before it."""
    noun = next(c for c in phrase.children if c.dep_ == "pobj")
    if not any(c.lower_ in ("such", "that", "this") for c in noun.lefts):
        return None
    sent = phrase.sent
    for _ in range(ANTECEDENT_SENTENCES):
        if sent.start == 0:
            return None
        sent = phrase.doc[sent.start - 1].sent
        clause = next((t for t in sent if t.dep_ == "advcl" and _is_condition(t)), None)
        if clause is not None:
            return _trimmed(clause)
        if any(t.lemma_.lower() == "scenario" for t in sent):
            return sent.start_char, sent.end_char
    return None


def _trimmed(head: Token) -> Span:
    """Give the characters of a subtree without the punctuation and space at its ends."""
    tokens = [t for t in head.doc[head.left_edge.i:head.right_edge.i + 1]]
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    while tokens and (tokens[0].is_punct or tokens[0].is_space):
        tokens.pop(0)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _concedes(event: Token) -> bool:
    """Tell whether the event stands in an although / despite / while clause."""
    for node in (event, *event.ancestors):
        if node.dep_ in ("advcl", "prep") and (
            node.lower_ in CONCESSIVES or any(c.dep_ == "mark" and c.lower_ in CONCESSIVES for c in node.children)
        ):
            return True
        if node.dep_ in ("relcl", "ccomp") and node != event:
            return False
    return False


def _no_of(token: Token) -> Token:
    """Return the "no" of a negative subject or object ("no truck passed"), else the negation itself."""
    return next((c for c in token.lefts if c.lower_ in ("no", "neither")), token)


def _reasons(chain: Sequence[Layer], reading: Likelihood | None, condition: Span | None) -> tuple[Span, ...]:
    """Give the spans of the words that decided: negations, modals, governors, likelihood phrase, condition."""
    found = set()
    for index, layer in enumerate(chain):
        if layer.link == "conjunct":
            continue
        words = [*map(_no_of, layer.negations), *([layer.modal] if layer.modal is not None else [])]
        words += [layer.head] if index else []
        found |= {(w.idx, w.idx + len(w)) for w in words}
    for span in (reading.phrase_span if reading is not None else None, condition):
        if span is not None:
            found.add(span)
    return tuple(sorted(found))


# --- according to the author -----------------------------------------------------------------------------------------


def qualify_span(doc: Doc, start: int, end: int, model: Commitment | None = None) -> Qualification:
    """Qualify the event word or clause at the characters [start, end) according to the author of the text.

    The commitment is `commitment.score`; `model` is a second opinion, a trained encoder from text, start and end to
    [-3, 3], and where given the mean of both counts.

    Raises:
        UsageError: the span holds no word.
    """
    event = event_at(doc, start, end)
    own = qualify(event)
    view = author_view(event)
    score = commitment.score(*view)
    if model is not None:
        score = (score + model(doc.text, start, end)) / 2
    value = own.factuality if own.factuality == "Uu" else view[1]
    return own.model_copy(update={"factuality": value, "commitment": score})


def event_at(doc: Doc, start: int, end: int) -> Token:
    """Return the event word of the characters [start, end): the word itself, of a clause its hedged event."""
    words = doc.char_span(start, end, alignment_mode="expand")
    if words is None or not len(words):
        raise UsageError(f"The span [{start}, {end}) holds no word of the text of {len(doc.text)} characters.")
    return words.root if len(words) == 1 else event_of(words.root)


def author_view(event: Token) -> tuple[tuple[Layer, ...], Factuality, Likelihood | None, bool]:
    """Give what `commitment.score` asks for: all layers, their composed value, the likelihood, whether a condition."""
    chain, governed = hedges_of(event), scope.layers(event)
    conditional = condition_of(event, chain, governed) is not None
    return governed, compose(governed), likelihood.read(_assertive(chain)), conditional
