"""What stands over an event: the words that deny it, make it possible, report it or presuppose it.

From the event word the parse is climbed governor by governor. Each step gives a `Layer`: a predicate, its negations,
modal and adverbs, and what the lexicon of embedding words says of the thing it governs. The values of the whole chain
compose from the outside in (Nairn, Condoravdi & Karttunen 2006; Saurí & Pustejovsky 2012).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.schema import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

EmbeddingKind = Literal[
    "ability", "accusation", "aspect", "attempt", "belief", "cause", "cessation", "condition", "demand", "denial",
    "desire", "difficulty", "doubt", "enable", "evidential", "factive", "fear", "hope", "implicative", "intention",
    "likelihood", "permission", "prevention", "proposal", "question", "readiness", "report", "threat", "warning",
]
Link = Literal["event", "clause", "noun", "argument", "adverbial", "relative", "conjunct"]

COPULAS = frozenset({"be", "remain", "seem", "become", "appear", "look", "stay", "sound", "prove", "get"})
CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acl", "oprd"})
PREDICATIVE = frozenset({"acomp", "attr", "oprd"})
ARGUMENT = frozenset({"dobj", "nsubj", "nsubjpass", "dative", "pobj", "attr"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
SCARCE = frozenset({"few", "little", "hardly", "scarcely", "barely"})
# "Prices almost doubled" gives a size, "the dam almost broke" says that it did not.
MEASURED = frozenset({
    "double", "triple", "treble", "quadruple", "halve", "reach", "hit", "touch", "match", "equal", "fill", "finish",
    "complete", "empty", "exhaust", "cover", "quintuple", "be", "have",
})
NO_WAYS = frozenset({
    "under no circumstance", "under no condition", "in no way", "on no account", "at no time", "at no point",
    "at no stage", "by no means",
})
FIRST_PERSON = frozenset({"i", "we"})
CONTRACTED_WOULD = frozenset({"'d", "’d"})
WH_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
DENYING = frozenset({"neg", "preconj", "advmod", "det", "amod", "nsubj", "nsubjpass", "dobj", "attr", "cc"})
# Verbs that give a chance to what may happen; "reduce the risk of war" does something about it.
WEIGHERS = frozenset({
    "put", "give", "see", "estimate", "assign", "attach", "peg", "place", "set", "rate", "assess", "reckon", "price",
})
# Longer chains are parse errors more often than language.
MAX_DEPTH = 10


class Embedding(lexicon.Entry):
    """A word that governs a clause or an event noun, and what follows for that when it is affirmed or denied.

    `frame` is the form of the governed part ("to": "fail to open"); "" fits any.
    """

    pos: Literal["VERB", "ADJ", "NOUN"]
    frame: str
    kind: EmbeddingKind
    affirmed: Factuality
    denied: Factuality


class Negation(lexicon.Entry):
    """A word of denial; `weak` ones ("hardly") leave a little open, an approach ("almost") stops short of a deed."""

    role: Literal["adverb", "determiner", "subject", "adposition", "approach"]
    weak: bool = False


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


@cache
def _embeddings() -> dict[tuple[str, str, str], Embedding]:
    return {(e.phrase, e.pos, e.frame): e for e in lexicon.read("embedding", Embedding)}


@cache
def _negations() -> dict[str, Negation]:
    return lexicon.phrases("negation", Negation)


def predicate(token: Token) -> Token:
    """Return the predicative adjective or noun of a copula ("remains unlikely" -> unlikely), else the token itself."""
    if token.lemma_ in COPULAS:
        for child in token.rights:
            if child.dep_ in PREDICATIVE:
                return child
            if child.lower_ == "far":
                return next((g for g in child.subtree if g.pos_ == "ADJ" and g.nbor(-1).lower_ == "from"), token)
    return token


def copula(token: Token) -> Token | None:
    """Return the copula of a predicative adjective or noun, None where there is none."""
    if token.dep_ in PREDICATIVE and token.head.lemma_ in COPULAS:
        return token.head
    if token.pos_ == "ADJ" and token.head.lower_ == "from" and token.head.head.lower_ == "far":
        return token.head.head.head
    return None


def top(token: Token) -> Token:
    """Return the word by which the predicate hangs in the sentence: its copula, or itself."""
    return copula(token) or token


def subject(token: Token) -> Token | None:
    """Return the subject of the predicate, shared from the first conjunct where it has none of its own."""
    head = top(token)
    for node in coordinated(head):
        for child in node.children:
            if child.dep_ in SUBJECTS:
                return child
    return None


def coordinated(token: Token) -> list[Token]:
    """Return the token and the conjuncts before it, nearest first."""
    chain = [token]
    while chain[-1].dep_ == "conj" and len(chain) < MAX_DEPTH:
        chain.append(chain[-1].head)
    return chain


def auxiliaries(token: Token) -> list[Token]:
    """Return the auxiliaries and modals of a predicate, those shared by coordination included.

    "may reconsider or even annul": the second verb has a bare form, so it shares "may"; a conjunct with auxiliaries
    or a subject of its own shares nothing.
    """
    node = top(token)
    while shares_auxiliaries(node):
        node = node.head
    return [c for c in node.children if c.dep_ in ("aux", "auxpass")]


def shares_auxiliaries(token: Token) -> bool:
    """Tell whether a conjunct takes its auxiliaries from the predicate before it."""
    bare = token.tag_ == "VBP" and token.head.tag_ == "VB"  # the tagger's guess far from its "may"
    if token.dep_ != "conj" or not (bare or token.tag_ in ("VB", "VBN", "VBG")):
        return False
    return not any(c.dep_ in ("aux", "auxpass") or c.dep_ in SUBJECTS for c in token.children)


def modal(token: Token) -> Token | None:
    """Return the modal verb of a predicate, None where there is none ("used to" and "have to" are governors).

    "I'd gone" has no modal, whatever the tagger says: before a participle 'd is "had".
    """
    had = top(token).tag_ in ("VBN", "VBD")
    return next((a for a in auxiliaries(token) if a.tag_ == "MD" and not (had and a.lower_ in CONTRACTED_WOULD)), None)


def subjunctive(token: Token) -> bool:
    """Tell whether a that-clause says what shall be done: "that the port be closed", "that the mayor resign".

    Beside a plural subject only "be" shows it.
    """
    verb, helpers, holder = top(token), auxiliaries(token), subject(token)
    first = helpers[0] if helpers else verb
    if holder is None or first.tag_ != "VB" or not any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children):
        return False
    return first.lower_ == "be" or (not helpers and holder.tag_ in ("NN", "NNP"))


def negations(token: Token) -> tuple[Token, ...]:
    """Return the words that deny the predicate: adverbs, negative subjects and objects, and "no" on a noun."""
    nodes = [token] if top(token) == token else [token, top(token)]
    found = [c for node in nodes for c in node.children if c != token and _denies(c, node)]
    found += [opening] if (opening := inverting(token)) is not None else []
    if not found and token.dep_ == "conj" and _shares_negation(token):
        return negations(token.head)
    return tuple(sorted(set(found), key=lambda t: t.i))


def inverting(token: Token) -> Token | None:
    """Return the "nor" or "neither" that puts the subject of its clause after the auxiliary: "Nor is Peru selling"."""
    verb = top(token)
    holder = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    first = min((verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))), key=lambda t: t.i)
    if holder is None or holder.i < first.i or first.i == 0:
        return None
    before = first.nbor(-1)
    return before if before.lower_ in ("nor", "neither") else None


def _shares_negation(token: Token) -> bool:
    """Tell whether "not" of the first conjunct reaches this one, as in "did not sign or ratify"."""
    joins = {c.lower_ for c in token.head.children if c.dep_ in ("cc", "preconj")}
    if "or" in joins and (shares_auxiliaries(token) or (token.tag_, token.head.tag_) == ("VBD", "VBN")):
        return True  # the tagger often takes the second participle of "has not paid or closed" for a past tense
    if token.tag_ == "VB" and not any(c.dep_ in ("aux", *SUBJECTS) for c in token.children):
        return "but" not in joins and any(a.tag_ == "MD" or a.lemma_ == "do" for a in auxiliaries(token.head))
    return "nor" in joins


def _denies(child: Token, node: Token) -> bool:
    entry = _negations().get(_with_no(child))
    if entry is not None and child.dep_ in DENYING:
        if child.lower_ in ("not", "nor") and child.dep_ in ("preconj", "cc"):
            return False  # "not only … but also", "neither … nor" of things below
        if child.lower_ == "not" and _not_only(child):
            return False
        if entry.role == "approach":
            near = child.i + 1 == node.i and node.tag_ == "VBD" and node.lemma_ not in MEASURED
            return near and not any(t.like_num for t in node.subtree)
        if entry.role == "determiner":
            return (node.pos_ in ("NOUN", "PROPN") and not _a_few(child)) or child.dep_ in ("nsubj", "nsubjpass")
        return True
    if child.dep_ == "prep" and node.pos_ in ("VERB", "AUX"):  # "under no circumstances", "in no way"
        return any(f"{child.lower_} no {c.lemma_.lower()}" in NO_WAYS and any(g.lower_ == "no" for g in c.lefts)
                   for c in child.children)
    if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and node.pos_ in ("VERB", "AUX"):
        none = any(g.lower_ in ("no", "neither") and g.dep_ in ("det", "preconj", "neg") for g in child.children)
        return none or (child.dep_ in ("nsubj", "nsubjpass") and scarce(child))
    return False


def scarce(subject: Token) -> bool:
    """Tell whether next to none of a subject is meant, or not all: "few drivers", "hardly anyone", "not every one"."""
    words = [subject, *(g for g in subject.lefts if g.dep_ in ("amod", "advmod", "neg", "det", "preconj", "predet"))]
    return any((t.lower_ in SCARCE and not _a_few(t)) or (t.lower_ == "not" and not _not_only(t)) for t in words)


def _with_no(token: Token) -> str:
    """Give the word, with the "no" before it where both make one negation ("no longer")."""
    joined = token.lower_ in ("longer", "more") and token.i > 0 and token.nbor(-1).lower_ == "no"
    return f"no {token.lower_}" if joined else token.lower_


def _not_only(token: Token) -> bool:
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is not None and following.lower_ in ("only", "just", "merely", "least")


def _a_few(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).lower_ in ("a", "the", "these", "those", "his", "their")


def speaker_holds(token: Token) -> bool:
    """Tell whether the speaker, not a named other, holds what `token` says: "I think", "no one doubts"."""
    holder = subject(token)
    if holder is None or holder.dep_ in ("nsubjpass", "csubjpass", "expl"):
        return not any(c.dep_ == "agent" for c in top(token).children)
    if holder.lower_ in FIRST_PERSON or (holder.lower_ == "it" and token.pos_ == "ADJ"):
        return True
    return _negative_holder(holder)


def _negative_holder(token: Token) -> bool:
    entry = _negations().get(token.lower_)
    return (entry is not None and entry.role == "subject") or any(c.lower_ in ("no", "few") for c in token.children)


def frame_of(token: Token) -> str:
    """Name the form of a governed clause: if, to, that, ing or bare."""
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "aux", "auxpass")}
    first = token.left_edge
    if marks & {"if", "whether"} or first.lower_ in ("if", "whether"):
        return "if"
    if "to" in marks:
        return "to"
    if "like" in marks:
        return "like"
    if first.tag_ in WH_TAGS and first.lower_ != "that":
        return "if"
    if "being" in marks or (token.tag_ == "VBG" and not any(c.dep_ == "aux" for c in token.children)):
        return "ing"
    return "bare" if token.tag_ == "VB" and not marks else "that"


def lookup(token: Token, frame: str) -> Embedding | None:
    """Find what the lexicon says of `token` as governor of a part of the given form."""
    pos = "VERB" if token.pos_ in ("VERB", "AUX") else "NOUN" if token.pos_ in ("NOUN", "PROPN") else token.pos_
    table = _embeddings()
    lemma = token.lemma_.lower()
    if lemma == "have" and frame == "to":
        lemma = _having(token)
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
    phrases = (f"{lemma} {particle}", lemma)
    found = next((e for p in phrases for f in (frame, "") if (e := table.get((p, pos, f))) is not None), None)
    return found or (table.get((token.lower_, pos, "")) if pos == "NOUN" else None)  # "odds": lemma odd


def _having(token: Token) -> str:
    """Tell "have yet to" (not done) and "had to" (done) from "have to" (to be done)."""
    if any(c.lower_ == "yet" for c in token.children):
        return "have yet"
    return "had" if token.tag_ == "VBD" else "have"


def layers(event: Token) -> tuple[Layer, ...]:
    """Climb from the event to the root of its sentence, innermost first; the first layer is the event itself."""
    chain = [_layer(event, "event", "")]
    node = event
    while len(chain) < MAX_DEPTH:
        step = _step(node)
        if step is None:
            break
        below, (node, link, marker) = node, step
        chain.append(_layer(node, link, marker, below))
        if link in ("relative", "adverbial"):
            break
    return tuple(chain)


def _layer(head: Token, link: Link, marker: str, below: Token | None = None) -> Layer:
    entry = lookup(head, marker) if link in ("clause", "noun", "argument") else None
    # "no" of the layer below ("there is no evidence that …") has been counted there.
    denials = tuple(n for n in negations(head) if n != below)
    return Layer(head, link, marker, entry, denials, modal(head), _attribute(head))


def _attribute(head: Token) -> Embedding | None:
    if head.pos_ != "NOUN":
        return None
    table = _embeddings()
    return next((e for c in head.lefts if c.dep_ == "amod" and (e := table.get((c.lower_, "ADJ", "amod")))), None)


def _step(node: Token) -> tuple[Token, Link, str] | None:
    """Return the governor of a predicate, how it governs, and by which form or marker."""
    hook = top(node)
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
    if (noun := _chance_given(hook)) is not None:
        return noun, "noun", "that" if hook.pos_ in ("VERB", "AUX") else "of"
    if (noun := _measured(hook)) is not None:
        return noun, "noun", "that"
    if hook.dep_ == "relcl" and not _noun_content(hook):
        return governor, "relative", ""
    if hook.dep_ in ("acl", "relcl") and governor.pos_ in ("NOUN", "PROPN"):
        return governor, "noun", frame_of(hook)
    if hook.dep_ in CLAUSAL or (hook.dep_ == "advcl" and content_clause(hook)):
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
    noun = subject(verb)
    entry = lookup(noun, "ing") if noun is not None and noun.pos_ == "NOUN" else None
    return noun if entry is not None and entry.kind in ("likelihood", "intention", "proposal", "fear", "hope") else None


def _measured(clause: Token) -> Token | None:
    """Return the noun whose content a clause is though it hangs on its figure: "The odds are 60 % that he wins"."""
    if clause.dep_ != "relcl" or copula(clause.head) is None:
        return None
    noun = subject(clause.head)
    entry = lookup(noun, "that") if noun is not None else None
    return noun if entry is not None and entry.kind == "likelihood" else None


def _noun_content(clause: Token) -> bool:
    """Tell whether what looks like a relative clause is the content of its noun: "a risk that the dam will break".

    After "there is a chance" it may do without "that".
    """
    entry = lookup(clause.head, "that")
    opens = any(c.lower_ == "that" and c.dep_ in ("mark", "dobj") for c in clause.children)
    if entry is not None and entry.kind == "likelihood" and clause.head.dep_ == "attr":
        opens |= any(c.dep_ == "expl" for c in clause.head.head.children) and clause.left_edge.tag_ not in WH_TAGS
    return entry is not None and opens and any(c.dep_ in SUBJECTS for c in clause.children)


def _clause_step(hook: Token, governor: Token) -> tuple[Token, Link, str]:
    """Step from a clause to its governor: the predicate, or the noun it weighs ("chances are slim that he wins")."""
    word, frame = predicate(governor), frame_of(hook)
    if word == hook:
        word = governor
    noun = subject(governor)
    entry = lookup(noun, frame) if noun is not None and noun.pos_ == "NOUN" else None
    if noun is None or entry is None:
        return word, "clause", frame
    weighed = lookup(word, frame) is None and top(word).lemma_ in COPULAS
    if weighed or _comes_up(entry, governor):
        return noun, "noun", frame
    return word, "clause", frame


def chance_noun(verb: Token) -> Token | None:
    """Return the noun by which a verb gives a chance: "odds" in "puts the odds of a war at 60 percent"."""
    if verb.lemma_ not in WEIGHERS:
        return None
    objects = (t for c in verb.children if c.dep_ == "dobj" for t in c.subtree if t.pos_ == "NOUN")
    return next((t for t in objects if (entry := lookup(t, "of")) is not None and entry.kind == "likelihood"), None)


def weighed(verb: Token) -> Token | None:
    """Return what a verb gives a chance to: "puts the odds at 60 percent that he wins", "gives a war a 20 % chance"."""
    noun = chance_noun(verb)
    inner = content_of(noun) if noun is not None else None
    if noun is None or inner is not None:
        return inner
    return next((t for c in verb.children for t in (c, *c.children) if _chance_given(t) == noun), None)


def _chance_given(hook: Token) -> Token | None:
    """Return the chance that a clause or object is given: "gives a 30 % probability to a recession"."""
    if hook.dep_ in ("ccomp", "advcl"):
        clause = any(c.dep_ == "mark" and c.lower_ == "that" for c in hook.children)
        return chance_noun(hook.head) if clause else None
    to = hook.head if hook.dep_ == "pobj" and hook.head.lower_ == "to" else hook
    if hook.pos_ not in ("NOUN", "PROPN") or to.dep_ not in ("dative", "prep") or (to == hook and to.dep_ == "prep"):
        return None
    return chance_noun(to.head)


def _comes_up(entry: Embedding, verb: Token) -> bool:
    """Tell whether a verb says only that evidence is there: "No proof has emerged that", "No sign was seen that"."""
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    return entry.kind in ("evidential", "report") and (passive or lookup(verb, "that") is None)


def content_clause(hook: Token) -> bool:
    """Tell whether an adverbial clause is really governed: "I would be surprised if …", "ruled out sending …"."""
    frame = frame_of(hook)
    if frame not in ("if", "to", "ing", "like"):
        return False
    entry = lookup(predicate(hook.head), frame)
    if entry is None or entry.frame != frame:
        return False
    return frame != "if" or entry.kind in ("likelihood", "question", "doubt")


def _subjunction(hook: Token) -> str:
    """Name the subjunction of an adverbial clause; of several ("even if", "as if") the one that opens a condition."""
    marks = [c.lower_ for c in hook.lefts if c.dep_ in ("mark", "advmod")]
    if not marks and hook.left_edge.dep_ in ("aux", "auxpass") and hook.left_edge.lower_ in ("should", "were", "had"):
        return hook.left_edge.lower_
    return next((m for m in marks if m in ("if", "unless", "whether")), marks[0] if marks else frame_of(hook))


def _preposition_step(preposition: Token) -> tuple[Token, Link, str] | None:
    governor = preposition.head
    if preposition.dep_ not in ("prep", "agent") or governor is preposition:
        return None
    if preposition.lower_ == "without":
        return preposition, "argument", "without"
    if governor.dep_ == "dobj" and lookup(governor.head, preposition.lower_) is not None:
        governor = governor.head  # "accused the firm of cheating": the parser often hangs "of" on the firm
    word = predicate(governor) if lookup(governor, preposition.lower_) is None else governor
    return word, "noun" if word.pos_ in ("NOUN", "PROPN") else "argument", preposition.lower_


def _argument_step(hook: Token, governor: Token) -> tuple[Token, Link, str] | None:
    if governor.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    word = predicate(governor)
    return (governor if word == hook else word), "argument", "noun"


def content_of(noun: Token) -> Token | None:
    """Return what a noun of likelihood or evidence is about: "a chance that it holds", "the possibility of war"."""
    for child in noun.rights:
        if child.dep_ in ("acl", "ccomp", "relcl"):
            entry, below = lookup(noun, frame_of(child)), child
        elif child.dep_ == "prep":
            below = next((c for c in child.children if c.dep_ in ("pobj", "pcomp") and not c.like_num), child)
            entry = lookup(noun, child.lower_) if below is not child else None
        else:
            continue
        if entry is not None and entry.kind in ("likelihood", "evidential", "doubt", "implicative"):
            return below
    return None
