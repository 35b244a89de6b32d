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

from claimtrack import lexicon
from claimtrack.errors import UsageError
from claimtrack.meaning import commitment, likelihood, quantity, scope, timing
from claimtrack.meaning.condition import CONDITIONALS, concedes, condition_of, hypothetical
from claimtrack.meaning.scope import Layer
from claimtrack.schema import (
    ClaimKind,
    CueKind,
    Factuality,
    Likelihood,
    Qualification,
    Span,
    Stance,
    Time,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Commitment = Callable[[str, int, int], float]

COMMITMENT: dict[Factuality, float] = {
    "CT+": 3.0, "PR+": 2.0, "PS+": 1.0, "CTu": 0.0, "Uu": 0.0, "PS-": -1.0, "PR-": -2.0, "CT-": -3.0,
}
UNDOING = frozenset({"implicative", "cessation", "prevention"})
# Governors that qualify the event instead of reporting what somebody else holds.
QUALIFYING = frozenset({"likelihood", "evidential", "aspect", "implicative", "cessation", "ability", "prevention"})
SPEAKING = frozenset({"belief", "doubt", "question", "hope", "fear", "factive", "difficulty"})
CUE_KINDS: dict[CueKind, ClaimKind] = {
    "accusation": "accusation", "threat": "threat", "intention": "intention", "demand": "demand",
    "support": "opinion", "opposition": "opinion",
}
CUE_STANCES: dict[CueKind, Stance] = {
    "denial": "deny", "doubt": "doubt", "question": "question", "hope": "hope", "fear": "fear",
}
OPEN_CUES = frozenset({"threat", "intention", "demand", "hope", "fear", "question"})
ATTITUDES: dict[str, ClaimKind] = {
    "intention": "intention", "desire": "intention", "readiness": "intention", "attempt": "intention",
    "proposal": "intention", "threat": "threat", "demand": "demand",
}
WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
CHANCES = frozenset({"chance", "possibility", "probability", "likelihood", "odd", "prospect"})
# Said of a likelihood ("the risk of war is growing") these weigh it, other verbs make it act.
EXISTING = frozenset({
    "remain", "exist", "persist", "stay", "grow", "rise", "increase", "fall", "fade", "loom", "get", "arise", "mount",
})
# Who announces or decrees sets a rule by it; who merely says what others will be able to do may foretell it.
RULING = frozenset({"announce", "decree", "order", "rule", "decide", "declare"})
PERMITTING = frozenset({"allow", "permit", "ban", "bar", "prohibit", "forbid", "require", "oblige", "entitle"})
# What may arise or be included is laid out to be weighed; none of it is forecast.
LAID_OUT = frozenset({"scenario", "option", "variant", "outcome", "possibility"})
ARISING = frozenset({"arise", "emerge", "exist", "unfold"})
LISTING = frozenset({"include", "comprise", "encompass", "range"})
FORWARD_CUES = frozenset({"threat", "intention", "demand", "hope"})


class KindWord(lexicon.Entry):
    """A word that makes its clause an opinion, a causal claim, a demand or the like."""

    role: Literal["verb", "noun", "adjective", "phrase"]
    kind: Literal["cause", "pretext", "accusation", "threat", "intention", "demand", "scenario", "opinion"]


# --- event and hedges ----------------------------------------------------------------------------------------------


def event_of(token: Token) -> Token:
    """Follow hedging, aspectual and modal predicates down to the event they qualify.

    In "The corridor is expected to open" that is "open", in "The possibility of a strike can be ruled out" it is
    "strike". Any other word is its own event.
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
    inner = _weighed_content(token, word)
    if inner is not None:
        return inner
    if subject is not None and subject.pos_ in ("NOUN", "PROPN"):
        return _subject_event(word, subject)
    return None


def _weighed_content(token: Token, word: Token) -> Token | None:
    """Return what "there is a chance of" and "stands a chance of" weigh."""
    if token.lemma_ in ("have", "stand"):
        nouns = [c for c in token.rights if c.lemma_ in CHANCES and any(g.lower_ == "of" for g in c.rights)]
    elif token.lemma_ in scope.weighers():
        return scope.weighed(token)
    elif token.dep_ == "dobj" and token.head.lemma_ in scope.weighers():
        return scope.weighed(token.head)
    elif token.lemma_ == "be" and any(c.dep_ == "expl" for c in token.children):
        nouns = [t for t in word.subtree if t.pos_ == "NOUN"] if word != token else []
    else:
        nouns = [word] if word.pos_ == "NOUN" and (token.lemma_ == "be" or word == token) else []
    return next((inner for noun in nouns if (inner := scope.content_of(noun)) is not None), None)


def _clauses_of(token: Token, word: Token) -> list[Token]:
    nodes = [token] if word == token else [word, token]
    return [c for n in nodes for c in n.children
            if (c.dep_ in ("ccomp", "xcomp", "csubj", "csubjpass") and c != word)
            or (c.dep_ == "advcl" and scope.content_clause(c))]


def _hedging(kind: str, word: Token) -> bool:
    if kind == "likelihood" and word.pos_ == "VERB":
        return scope.speaker_holds(word) or scope.copula(word) is not None
    if kind == "demand":
        return word.lemma_ in ("have", "need") and word.pos_ == "VERB"
    return kind in QUALIFYING or (kind in SPEAKING - {"factive"} and scope.speaker_holds(word))


def _subject_event(word: Token, subject: Token) -> Token | None:
    """Return the noun that a predicate weighs: "a confrontation remains unlikely", "the likelihood of war is high"."""
    weighs = word.pos_ != "VERB" or word.lemma_ in EXISTING or scope.lookup(word, "noun") is not None
    inner = (scope.content_of(subject) if weighs else None) or _weighed_clause(word, subject)
    if inner is not None:
        return inner
    entry = scope.lookup(word, "noun")
    if entry is None or entry.kind != "likelihood" or subject.ent_type_ in ("PERSON", "GPE", "ORG", "NORP"):
        return None
    if subject.dep_ == "nsubjpass" or word.pos_ == "ADJ" or word.lemma_ in CHANCES:
        return subject
    return None if word.pos_ == "NOUN" else next((c for c in word.children if c.dep_ == "dobj"), None)


def _weighed_clause(word: Token, subject: Token) -> Token | None:
    """Return the clause split off from its noun: "Chances are slim that it holds"."""
    measured = [c for c in word.children if c.dep_ == "relcl"]
    for clause in [*_clauses_of(scope.top(word), word), *measured]:
        entry = scope.lookup(subject, "that" if clause in measured else scope.frame_of(clause))
        own = entry is not None and entry.kind == "belief" and any(c.lower_ in ("my", "our") for c in subject.lefts)
        if own or (entry is not None and entry.kind in ("likelihood", "evidential")):
            return clause
    return None


def hedges_of(event: Token) -> tuple[Layer, ...]:
    """Give the layers from the event up to the last word that qualifies it according to its source.

    The climb ends at a predicate that reports what another holds, at a relative clause, and at a subjunction. The first
    layer is the event itself.
    """
    return _qualifying(scope.layers(event))


def _qualifying(governed: tuple[Layer, ...]) -> tuple[Layer, ...]:
    for index, layer in enumerate(governed[1:], start=1):
        if not _belongs(layer):
            return governed[:index]
    return governed


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
        telling = layer.entry is not None and layer.entry.kind in ("factive", "report")  # "We can confirm that …"
        value = value if layer.negated or telling else _cap(value, "PS")
    elif layer.modal is not None and layer.modal.lower_ == "must" and _is_perfect(layer.head):
        value = _cap(value, "PR")  # "must have left" infers
    elif layer.modal is not None and reading in ("necessity", "conditional") and layer.modal.lower_ not in WILL:
        value = "Uu"
    return _negate(value) if layer.negated else value


def _is_perfect(head: Token) -> bool:
    return any(a.lemma_ == "have" for a in scope.auxiliaries(head))


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
    governed = scope.layers(event)
    chain = _qualifying(governed)
    asked = _asks(event, governed)
    warned = cue_kind == "threat" and not _threatens(event, governed)
    cue_kind, cue_negated = ("fear", cue_negated) if warned else _reread(chain, governed, cue_kind, cue_negated)
    own = cue_kind in FORWARD_CUES or not _performs(event)
    condition = condition_of(chain, governed, own=own)
    time = timing.time_of(chain, governed, span, published)
    attitude = _attitude(chain, governed)
    reading = None if asked else _reading(chain, governed, cue_kind, cue_negated, time)
    if cue_kind == "doubt" and reading is not None and reading.basis in ("phrase", "number"):
        cue_kind = None  # "There is little doubt that it will open" says itself how sure it is
    either = _is_alternative(chain[0]) and (reading is None or reading.basis == "tense")
    reading = None if either else reading
    negative = _content_negated(chain, reading) != (cue_kind == "denial" and not cue_negated)
    following = governed[len(chain):len(chain) + 1]
    bound = (*chain, *following) if any(layer.link == "adverbial" for layer in following) else chain
    value = _value(bound, reading, negative, cue_kind, cue_negated)
    attitude = attitude or ("intention" if _sets_rule(chain, governed) else None)
    if condition is not None or attitude is not None or asked or either:
        value = "Uu"
    elif reading is not None and reading.basis == "rank":
        value = "PS+"
    told = _cue_stance(cue_kind, cue_negated) if cue_kind else None
    stance = "question" if asked else told or _stance(chain, value, negative)
    forward = cue_kind in FORWARD_CUES and (time.relation == "present" or _performs(event))
    if forward or (warned and _is_warning(event)):
        time = time.model_copy(update={"relation": "future"})
    kind = attitude or _kind(chain, governed, reading, condition, time)
    kind = CUE_KINDS.get(cue_kind, kind) if cue_kind else kind
    if warned and kind in ("fact", "scenario") and time.relation == "future":
        kind = "prediction"
    kind = "fact" if asked else kind
    if kind == "prediction" and time.relation == "present":
        time = time.model_copy(update={"relation": "future"})
    return Qualification(
        kind=kind, stance=stance, polarity="negative" if negative else "positive", factuality=value,
        commitment=COMMITMENT[value], likelihood=reading, condition=condition, concession=concedes(event),
        time=time, quantities=quantity.quantities(event.doc, span), reasons=_reasons(chain, reading, condition),
    )


def _reread(
    chain: Sequence[Layer], governed: Sequence[Layer], cue_kind: CueKind | None, cue_negated: bool
) -> tuple[CueKind | None, bool]:
    """Correct what the source is taken to do where the words around the content tell it better.

    Who "declined to comment" denies nothing, the text tells that no comment came. Who "found no evidence" doubts, and
    who would "neither confirm nor deny" or has "conflicting reports whether" leaves all open.
    """
    if _undecided(governed) or (cue_kind != "doubt" and _opens_with(chain[-1].head, "whether")):
        return "question", False
    if cue_kind == "denial":
        undone = any(layer.entry is not None and layer.entry.kind in UNDOING and layer.entry.affirmed == "CT-"
                     for layer in chain[1:])
        return (None, False) if undone else (cue_kind, cue_negated)
    return ("doubt", False) if _unproven(governed) else (cue_kind, cue_negated)


def _reading(
    chain: Sequence[Layer], governed: Sequence[Layer], cue_kind: CueKind | None, cue_negated: bool, time: Time
) -> Likelihood | None:
    """Read how likely the source finds the event; None where it does not say, or says that it does not."""
    unsaid = cue_negated and cue_kind not in (None, "belief", "doubt", "denial")  # "did not say that it will open"
    if unsaid or _wondered(chain):
        return None
    row = _cue_row(cue_kind, cue_negated, time) if _attitude(chain, governed) is None else None
    reading = likelihood.read(_assertive(chain), row, _thought(governed, chain) if row else None)
    if reading is None and _scheduled(chain, governed, time):
        reading = likelihood.scheduled(chain)
    if reading is not None and reading.basis == "tense" and cue_kind == "denial" and not cue_negated:
        return likelihood.turned(reading)
    return reading


def _is_alternative(layer: Layer) -> bool:
    """Tell whether an event is one of two of which only one need come: "will win or lose"."""
    verbs = [t for t in (layer.head, *layer.head.conjuncts) if t.pos_ in ("VERB", "AUX")]
    joined = len(verbs) > 1 and any(c.dep_ == "cc" and c.lower_ == "or" for t in verbs for c in t.children)
    return joined and not layer.negated


def _wondered(chain: Sequence[Layer]) -> bool:
    """Tell whether a governor leaves the event open, so that no "will" below foretells: "unclear whether it will"."""
    return any(layer.entry is not None and layer.entry.kind == "question" for layer in chain[1:])


def _opens_with(event: Token, *words: str) -> bool:
    clause = scope.top(event)
    return any(t.lower_ in words for t in (clause.left_edge, *clause.lefts))


def _undecided(governed: Sequence[Layer]) -> bool:
    """Tell whether a governor both confirms and denies: "would neither confirm nor deny that …"."""
    for layer in governed[1:]:
        entries = [scope.lookup(t, layer.marker) for t in (layer.head, *layer.head.conjuncts)]
        if {"denial", "factive"} <= {e.kind for e in entries if e is not None}:
            return True
    return False


def _unproven(governed: Sequence[Layer]) -> bool:
    """Tell whether evidence or reports are said to be missing: "no sign that", "evidence has not emerged that"."""
    for index, layer in enumerate(governed[1:], start=1):
        if layer.entry is None or layer.link == "conjunct":
            return False
        if layer.head.pos_ == "NOUN" and layer.entry.kind in ("evidential", "report"):
            return layer.negated or any(outer.negated for outer in governed[index + 1:index + 2])
        if layer.entry.kind not in QUALIFYING:
            return False
    return False


def _threatens(event: Token, governed: Sequence[Layer]) -> bool:
    """Tell a threat from a warning: the verb says so, or the speakers announce what they will do themselves."""
    kinds = {layer.entry.kind for layer in governed if layer.entry is not None}
    if _is_warning(event):
        return False
    if "threat" in kinds or _performs(event):
        return True
    holder = scope.subject(event)
    if holder is None:
        return "warning" not in kinds
    own = holder.lower_ in scope.FIRST_PERSON or any(c.lower_ in ("my", "our") for c in holder.children)
    return own and event.pos_ == "VERB" and holder.dep_ == "nsubj"


def _is_warning(verb: Token) -> bool:
    entry = scope.lookup(verb, "that")
    return entry is not None and entry.kind == "warning"


def _assertive(chain: Sequence[Layer]) -> Sequence[Layer]:
    """Drop a governor over a subjunction or relative clause: its hedges do not reach the event."""
    return chain[:-1] if chain[-1].link in ("relative", "adverbial") and len(chain) > 1 else chain


def _cue_row(cue_kind: CueKind | None, cue_negated: bool, time: Time) -> str | None:
    if cue_kind == "doubt" and not cue_negated:
        return "doubt"
    if cue_kind == "belief" and time.relation == "future":
        return "doubt" if cue_negated else "believe"
    return None


def _thought(governed: Sequence[Layer], chain: Sequence[Layer]) -> Token | None:
    """Return the word by which the source holds the content, where it governs it: "expects", "predicted"."""
    above = governed[len(chain)] if len(governed) > len(chain) else None
    thinks = above is not None and above.entry is not None and above.entry.kind in ("belief", "likelihood", "doubt")
    return above.head if above is not None and thinks else None


def _scheduled(chain: Sequence[Layer], governed: Sequence[Layer], time: Time) -> bool:
    """Tell whether a present tense says what is to come: "The canal opens next year"."""
    event = chain[0].head
    asserted = len(chain) == 1 and governed[-1].link != "adverbial"
    return asserted and time.relation == "future" and timing.tense(event) == "present" and (
        _lexical_kind(event, chain) == "fact")


def _content_negated(chain: Sequence[Layer], reading: Likelihood | None) -> bool:
    """Tell whether the content is denied: by "not" on the event or by "fail to" above it, not by a likelihood."""
    turns = chain[0].negated and not _is_likelihood(chain[0].head, reading)
    for layer in chain[1:]:
        if layer.entry is None or layer.entry.kind not in QUALIFYING - {"likelihood", "evidential"}:
            if layer.link == "conjunct":
                continue
            break
        turns ^= layer.negated
        turns ^= layer.entry.affirmed == "CT-"
    return turns


def _attitude(chain: Sequence[Layer], governed: Sequence[Layer]) -> ClaimKind | None:
    """Name the wish, plan or order that an infinitive or noun is the content of ("is willing to talk")."""
    if len(governed) > 1 and scope.subjunctive(governed[0].head) and governed[1].entry is not None:
        return "demand" if governed[1].entry.kind in ("evidential", "proposal", "demand") else None
    if len(governed) == len(chain) or governed[len(chain)].marker == "that":
        return None
    entry = governed[len(chain)].entry
    return ATTITUDES.get(entry.kind) if entry is not None else None


def _sets_rule(chain: Sequence[Layer], governed: Sequence[Layer]) -> bool:
    """Tell whether somebody announces what others may do: "The port announced that no ship will be able to enter"."""
    above = governed[len(chain)] if len(governed) > len(chain) else None
    if above is None or above.marker != "that" or above.head.lemma_ not in RULING:
        return False
    kinds = {layer.entry.kind for layer in chain[1:] if layer.entry is not None}
    sets = chain[0].head.lemma_ in PERMITTING or not kinds.isdisjoint(("ability", "permission", "demand"))
    return sets and timing.tense(chain[-1].head) == "future"


def _value(
    chain: Sequence[Layer], reading: Likelihood | None, negative: bool, cue_kind: CueKind | None, cue_negated: bool
) -> Factuality:
    if cue_kind in OPEN_CUES or (cue_negated and cue_kind not in ("belief", "doubt")):
        return "Uu"
    if cue_kind == "doubt":
        return "PR+" if cue_negated != negative else "PR-"
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
    if point > 0.95:
        return "CT+"
    if point >= 0.6:
        return "PR+"
    if high >= 0.4:
        return "PS+"
    return "PR-" if point >= 0.05 else "CT-"


def _cue_stance(cue_kind: CueKind, negated: bool) -> Stance | None:
    if negated:
        return "doubt" if cue_kind == "belief" else None
    return CUE_STANCES.get(cue_kind)


def _stance(chain: Sequence[Layer], value: Factuality, negative: bool) -> Stance:
    for layer in chain[1:]:
        if layer.entry is not None and layer.entry.kind in ("hope", "fear"):
            return layer.entry.kind
        if layer.entry is not None and layer.entry.kind in ("question", "difficulty") and value == "Uu":
            doubted = layer.entry.affirmed != "Uu" or _opens_with(chain[0].head, "if", "whether")
            return "doubt" if layer.negated and doubted else "question"  # "could not explain how it helps" doubts that
        if value == "PS+" and not negative and _not_expected(layer):
            return "doubt"
    if value == "Uu" and _ends_with_question(chain[0].head):
        return "question"
    if value[-1] == "-" and not negative:
        return "deny" if value == "CT-" else "doubt"
    return "affirm"


def _not_expected(layer: Layer) -> bool:
    """Tell whether a layer denies that its content is sure or likely: "is not certain", "is far from likely"."""
    if layer.entry is None or layer.entry.kind not in ("likelihood", "belief") or layer.entry.affirmed[-1] != "+":
        return False
    place = layer.head.i
    return layer.negated or (place > 1 and layer.head.doc[place - 2:place].text.lower() == "far from")


def _asks(event: Token, governed: Sequence[Layer]) -> bool:
    """Tell whether the event is asked about: in a main clause, or in any of a sentence that a wh-word opens."""
    if not _ends_with_question(event):
        return False
    first = next((t for t in event.sent if t.is_alpha and t.dep_ != "cc"), event)
    opened = first.tag_ in scope.WH_TAGS and first.lower_ not in ("when", "while")
    return opened or governed[-1].link not in ("relative", "adverbial")


def _ends_with_question(event: Token) -> bool:
    """Tell whether the first full stop after the event, within quotation marks or not, is a question mark."""
    rest = event.doc[event.i + 1:event.sent.end]
    return next((t.text for t in rest if t.text in (".", "!", "?")), "") == "?"


# --- kind ------------------------------------------------------------------------------------------------------------


@cache
def _kind_words(role: str) -> dict[str, str]:
    return {w.phrase: w.kind for w in lexicon.read("kinds", KindWord) if w.role == role}


def _kind(
    chain: Sequence[Layer], governed: Sequence[Layer], reading: Likelihood | None, condition: Span | None, time: Time
) -> ClaimKind:
    if reading is not None and reading.basis == "rank":
        return "scenario"
    modal = chain[0].modal
    word = modal.lower_ if modal is not None else ""
    if hypothetical(governed) or (word in ("would", "'d", "’d", "could", "might") and condition is not None):
        return "scenario"
    if _demanded(chain):
        return "demand"
    if _lays_out(chain[0].head):
        return "scenario"
    weighed = reading is not None and reading.basis in ("phrase", "number")
    if condition is None and weighed and time.relation == "future":
        return "prediction"
    if word in ("would", "'d", "’d") and not _future_in_past(governed):
        return "scenario"
    if _predicts(chain[0].head, reading, time):
        return "prediction"
    return _lexical_kind(chain[0].head, chain)


def _lays_out(event: Token) -> bool:
    """Tell whether a clause announces or lists what may be: "Two scenarios may arise", "This could include a siege"."""
    subject = scope.subject(event)
    if subject is None or scope.modal(event) is None:
        return False
    counted = any(c.dep_ in ("nummod", "amod") for c in subject.children)
    announced = event.lemma_ in ARISING and subject.lemma_ in LAID_OUT and counted
    return announced or (event.lemma_ in LISTING and subject.lower_ in ("this", "that", "these", "those"))


def _demanded(chain: Sequence[Layer]) -> bool:
    for layer in chain:
        if layer.modal is not None and layer.modal.lower_ in ("should", "must", "ought"):
            return not any(a.lower_ == "have" for a in scope.auxiliaries(layer.head))
        if layer.entry is not None and layer.entry.kind == "demand":
            return layer.modal is None or layer.modal.lower_ not in timing.FUTURE_MODALS
    return False


def _future_in_past(governed: Sequence[Layer]) -> bool:
    """Tell whether "would" is a "will" told in the past: "said it would open"."""
    return any(_tells(layer) for layer in governed[1:] if layer.link == "clause")


def _tells(layer: Layer) -> bool:
    """Tell whether somebody reports, thinks or forecasts what a layer governs: "predicted that it would open"."""
    kind = layer.entry.kind if layer.entry is not None else None
    return kind in ("report", "belief", "warning") or (kind == "likelihood" and layer.head.pos_ == "VERB")


def _predicts(event: Token, reading: Likelihood | None, time: Time) -> bool:
    if reading is None:
        return False
    if reading.basis == "modal" and time.relation == "present":
        return True  # "A dispute can end in war"
    weighed = (event.pos_ == "NOUN" or _is_likelihood(event, reading)) and reading.basis in ("phrase", "number")
    return time.relation == "future" or (time.relation == "present" and weighed)


def _is_likelihood(event: Token, reading: Likelihood | None) -> bool:
    """Tell whether the predicate is the likelihood word itself: "It is not likely"."""
    word = scope.predicate(event)
    return reading is not None and word != event and word.pos_ == "ADJ" and word.text in reading.phrase


def _lexical_kind(event: Token, chain: Sequence[Layer]) -> ClaimKind:
    word = scope.predicate(event)
    verbs = _kind_words("verb")
    lemma = event.lemma_.lower()
    prepositions = [f"{lemma} {c.lower_}" for c in event.children if c.dep_ in ("prep", "agent", "prt")]
    kind = next((verbs[v] for v in (*prepositions, lemma) if v in verbs), None) if event.pos_ == "VERB" else None
    if kind is None and word != event:
        kind = _kind_words("adjective" if word.pos_ == "ADJ" else "noun").get(word.lemma_.lower())
    if kind is None and word != event and word.pos_ == "NOUN":
        adjectives = _kind_words("adjective")
        kind = next((adjectives[c.lower_] for c in word.lefts if c.dep_ == "amod" and c.lower_ in adjectives), None)
    if kind is None and word.pos_ == "ADJ":
        entry = scope.lookup(word, "to")
        kind = "intention" if entry is not None and entry.kind in ("readiness", "intention") else None
    subject = scope.subject(event)
    if kind is None and subject is not None and event.lemma_ in ("be", "lie"):
        found = _kind_words("noun").get(subject.lemma_.lower())
        kind = found if found in ("cause", "intention", "scenario") else None
    if kind is None and _causal_phrase(event):
        kind = "cause"
    if kind is None and any(layer.entry is not None and layer.entry.kind == "belief" for layer in chain[1:]):
        kind = "opinion"
    return "cause" if kind == "pretext" else kind or "fact"  # type: ignore[return-value]  # values of KindWord


def _performs(verb: Token) -> bool:
    """Tell whether a verb names a threat or promise, whose if-clause belongs to the thing threatened."""
    return _kind_words("verb").get(verb.lemma_.lower()) in ("threat", "intention") and verb.pos_ == "VERB"


def _causal_phrase(event: Token) -> bool:
    text = " ".join(t.lower_ for c in event.children if c.dep_ in ("prep", "acomp", "advmod") for t in c.subtree)
    return any(text.startswith(p) or f" {p}" in text for p in _kind_words("phrase"))


# --- reasons --------------------------------------------------------------------------------------------------------


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
    governed = scope.layers(event)
    chain = _qualifying(governed)
    conditional = condition_of(chain, governed, own=not _performs(event)) is not None
    return governed, compose(governed), likelihood.read(_assertive(chain)), conditional
