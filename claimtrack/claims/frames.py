"""Who does what to whom: the frame of a claim, by which claims about one thing meet however they are worded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.claims import arguments, events
from claimtrack.claims.clauses import Clause
from claimtrack.meaning import negation
from claimtrack.reference import linking, noun_phrases
from claimtrack.schema import Entity, Frame, Source, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.reference.linking import Links

CONTENT_POS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
THING_TYPES = frozenset({"place", "work", "organization", "event", "other"})
OWNERS = frozenset({"poss", "amod", "compound", "nmod"})
PARTY_TYPES = frozenset({"country", "organization", "person"})


class CauseWord(lexicon.Entry):
    """A word that names a cause, or calls a named cause a mere excuse."""

    role: Literal["cause", "pretext"]


def frame(event: Token, clause: Clause, source: Source, links: Links, dyad: tuple[str, ...]) -> Frame:
    """Give who does what to whom in an event of a clause, whoever `source` it is told by.

    A war with fewer than two parties is one between the two states `dyad` that the document is mostly about.
    """
    core = events.core_event(event)
    agents, patients = arguments.participants(core)
    parties = _parties(core, [*agents, *patients], links)
    actors = _keys(agents, links) or _silent_actor(core, clause, source)
    event_class = events.event_class(core)
    cause, pretext = _cause(clause.tokens)
    inferred = False
    if event_class == "war" and len(parties) < 2 and set(parties) < set(dyad):
        parties, inferred = dyad, True
    return Frame(
        predicate=_predicate(core), span=_predicate_span(core), event=event_class,
        agents=actors, patients=_keys(patients, links), parties=tuple(sorted(parties)),
        things=_things(core, links), circumstances=_circumstances(clause.tokens, links),
        terms=terms(clause.tokens), cause=terms(cause),
        cause_span=(cause[0].idx, cause[-1].idx + len(cause[-1])) if cause else None, pretext=pretext,
        negated=bool(negation.negations(event)), inferred=inferred,
    )


def main_dyad(links: Links) -> tuple[str, ...]:
    """Give the two states a document is mostly about, or nothing where a third is named about as often."""
    counts = Counter(m.entity.id for m in links.mentions if m.entity.type == "country")
    top = counts.most_common(3)
    if len(top) < 2 or (len(top) == 3 and top[2][1] > 0.75 * top[1][1]):
        return ()
    return tuple(sorted(key for key, _ in top[:2]))


def _silent_actor(core: Token, clause: Clause, source: Source) -> tuple[str, ...]:
    """Take the source for the one who acts where a verb has no subject: "Peru's plan to leave"."""
    acting = core.pos_ in {"VERB", "AUX"} and not arguments.is_finite(core) and clause.is_of_source_itself
    return (source.id,) if acting and source.kind not in {"author", "voice", "unnamed"} else ()


def _keys(tokens: Iterable[Token], links: Links) -> tuple[str, ...]:
    """Give entity ids, or lemmas of head nouns; a pronoun that resolves to nothing is left out."""
    found = ((arguments.entity(t, links), t) for t in tokens)
    return tuple(dict.fromkeys(
        e.id if e else t.lemma_.lower() for e, t in found if e or t.pos_ not in {"PRON", "DET"}))


def _things(core: Token, links: Links) -> tuple[str, ...]:
    """Give the linked things that the event happens to: those in its object, else in its subject."""
    objects = [c for c in core.children if c.dep_ in {"dobj", "nsubjpass"}]
    subjects = arguments.coordinated(arguments.subject(core))
    heads = [core] if core.pos_ in {"NOUN", "PROPN"} else objects or list(subjects)
    found = (arguments.entity(t, links) for head in heads for t in arguments.noun_phrase(head))
    return tuple(dict.fromkeys(e.id for e in found if e and e.type in THING_TYPES))


def _parties(core: Token, participants: Sequence[Token], links: Links) -> tuple[str, ...]:
    """Give the ids of states, organisations and persons that take part in an event."""
    if core.pos_ in {"NOUN", "PROPN"}:
        joint = any(c.lower_ == "joint" for c in core.children)  # "a joint invasion": not of one by the other
        tokens = [t for t in core.subtree if not (joint and t.i < core.i)]
    else:
        tokens = [t for p in participants for t in (p, *p.children) if t is p or t.dep_ in OWNERS]
    found = (arguments.entity(t, links) for t in tokens)
    return tuple(dict.fromkeys(e.id for e in found if e and e.type in PARTY_TYPES))


def _circumstances(tokens: Sequence[Token], links: Links) -> tuple[str, ...]:
    """Give linked entities by the preposition they stand under, wherever in the clause the parser hung it.

    A possessive stands for "of": "Peru's economy" is the economy of Peru.
    """
    found = (("of" if t.dep_ == "poss" else t.head.lower_, arguments.entity(each, links))
             for t in tokens if t.dep_ in {"pobj", "poss"} for each in arguments.coordinated(t))
    return tuple(dict.fromkeys(f"{prep} {e.id}" for prep, e in found if e))


def _predicate(core: Token) -> str:
    particle = "".join(f" {c.lower_}" for c in core.children if c.dep_ == "prt")
    if _is_linking(core):
        complement = next((c for c in core.children if c.dep_ in {"acomp", "attr"}), None)
        return f"be {complement.lemma_.lower()}" if complement is not None else "be"
    return core.lemma_.lower() + particle


def _predicate_span(core: Token) -> Span:
    """Give the span of the word that carries the predicate: "unresolved" in "remains unresolved"."""
    word = next((c for c in core.children if c.dep_ == "acomp"), core) if _is_linking(core) else core
    return word.idx, word.idx + len(word)


def _is_linking(verb: Token) -> bool:
    """Tell whether the complement of a verb says what the predicate is: "remains unresolved"."""
    return verb.lemma_ in lexicon.words("claim_words", "linking_verb")


def terms(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Give the lemmas of the words that carry content, each once."""
    return tuple(dict.fromkeys(t.lemma_.lower() for t in tokens if t.pos_ in CONTENT_POS and not t.is_stop))


def _cause(tokens: Sequence[Token]) -> tuple[list[Token], bool]:
    """Give the words that name a cause, and whether it is called a mere excuse; no words where there is neither."""
    words = lexicon.phrases("causes", CauseWord)
    for token in tokens:
        entry = words.get(token.lemma_.lower())
        if entry and entry.role == "pretext" and token.dep_ == "attr":
            subject = arguments.subject(token.head)
            return (list(subject.subtree) if subject is not None else []), True
        if entry and entry.role == "cause" and token.dep_ in {"prep", "acomp", "advmod"}:
            return [t for c in token.rights for t in c.subtree if t is not c or c.pos_ != "ADP"], False
    return [], False


def topics(entities: Sequence[Entity], frame: Frame, clause: Clause, text: str) -> tuple[str, ...]:
    """Give the topics of a claim: what it names, its event with the states that take part, its noun phrases."""
    slugs = dict.fromkeys(linking.topics(entities, text))
    if frame.event:
        slugs |= dict.fromkeys([frame.event])
        countries = sorted(p.removeprefix("country:") for p in frame.parties if p.startswith("country:"))
        if len(countries) == 2:
            slugs |= dict.fromkeys([*countries, "-".join(countries), "-".join([*countries, frame.event])])
    return tuple(slugs | dict.fromkeys(noun_phrases.topics(clause.tokens)))
