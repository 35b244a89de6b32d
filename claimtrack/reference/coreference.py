"""Resolve what refers back: pronouns, "there", descriptions like "the corridor", "the two countries", "the former".

The trained ranker joins the noun phrases and pronouns of a text into chains, each of which is one thing; a chain that
holds a name gives it to its pronouns and descriptions, any other one its fullest description. A few rules say what no
chain can: who "I" is, whom "the two countries" and "the former" gather.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference import stand_ins
from claimtrack.reference.agreement import class_of, is_human
from claimtrack.reference.candidates import NOMINAL_KINDS, Candidate, candidates
from claimtrack.reference.chains import Chain, chains
from claimtrack.reference.descriptions import apposed, former, nouns_of, officer, several, taken_up, there
from claimtrack.reference.discourse import Discourse, survey
from claimtrack.reference.mentions import Cast, Mention, thing
from claimtrack.reference.signs import OWN_SIGNS, PERSON, ROLES, Table, tabulate
from claimtrack.reference.voices import section_at, voice
from claimtrack.schema import Attribution, Document, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claimtrack.reference.pieces import Layers
    from claimtrack.reference.ranker import Ranker

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
SURE = 0.7
"""The chance from which the words of a mention give way to what it stands for; below it they stay, with the link.

On the dev part of the hand-read claims, of the words put in between 0 and this two in three were not the reader's.
"""
_SINGLE = frozenset({"person", "country"})  # types of things of which two names, if linked, mean two
_OF_CONTENT = frozenset({"ccomp", "acl", "advcl", "pcomp"})
_OF_NOBODY = frozenset({"be", "seem", "appear", "take", "rain", "become", "turn"})  # "it is likely", "it took a week"
_SORT = list(OWN_SIGNS).index("sort")
_APPOSITION = ROLES.index("appos")
_FULLEST = 10  # tokens of a description that may take the place of another
_DESCRIPTION_LENGTH = 4  # tokens: a longer description says more than a name in its place


@dataclass(frozen=True)
class Reading:
    """What a text refers to: its candidates, the chains that are one thing each, and what the encoder made of it."""

    candidates: list[Candidate]
    chains: list[Chain]
    layers: Layers | None = None


def read(
    doc: Doc, document: Document, mentions: Sequence[Mention], attributions: Sequence[Attribution], ranker: Ranker
) -> Reading:
    """Join the candidates of a text into chains.

    Args:
        doc: tagged and parsed.
        document: its sections and voices.
        mentions: the names found in it; those of one thing are one chain.
        attributions: who says what in it; "I" is who says it.
        ranker: the trained ranker.
    """
    found = candidates(doc)
    table = tabulate(doc, document, found, attributions)
    by_root = _by_root(mentions)
    names = {k: by_root[c.head] for k, c in enumerate(found) if c.head in by_root and c.kind == "name"}
    single = frozenset(m.entity.id for m in names.values() if m.entity.type in _SINGLE)
    ranking = ranker.rank(document, table)
    source_of = {int(k): m for m, k in enumerate(table["speaks"]) if k >= 0}
    themselves = _of_themselves(doc, table, found, source_of)
    known = _speakers(table, found, source_of) | themselves | _apposed(table, names)
    joined = chains(table, ranking, {k: m.entity.id for k, m in names.items()}, single, known)
    return Reading(found, joined, ranking.layers)


def _speakers(table: Table, found: Sequence[Candidate], source_of: Mapping[int, int]) -> dict[int, int]:
    """Find who "I" is in a quotation of somebody: the candidate that is its source."""
    return {j: source_of[k] for j, k in enumerate(table["within"].tolist())
            if found[j].kind == "i" and table["quote"][j] >= 0 and k in source_of and source_of[k] != j}


def _of_themselves(
    doc: Doc, table: Table, found: Sequence[Candidate], source_of: Mapping[int, int]
) -> dict[int, int]:
    """Find what speaks of itself: "Sudan said that it does not support the dam", "Iran rejected claims that it did"."""
    meant = {}
    for j, k in enumerate(table["within"].tolist()):
        i = source_of.get(k)
        if found[j].kind != "it" or table["quote"][j] >= 0 or i is None:
            continue
        subject, beside = doc[found[j].head], i < j and table["sentence"][i] == table["sentence"][j]
        opens = subject.dep_ == "nsubj" and subject.head.dep_ in _OF_CONTENT and subject.head.lemma_ not in _OF_NOBODY
        if beside and opens and table.own[i, _SORT] != PERSON and found[i].kind != "joint":
            meant[j] = i
    return meant


def _apposed(table: Table, names: Mapping[int, Mention]) -> dict[int, int]:
    """Find the description that a person's name stands behind: "Kenya's president, William Ruto"."""
    by_head = {int(head): k for k, head in enumerate(table["head"])}
    behind = {j: by_head.get(int(table["apposed"][j])) for j, m in names.items()
              if m.entity.type == "person" and table.own[j, 1] == _APPOSITION}
    return {j: i for j, i in behind.items() if i is not None}


def spans(doc: Doc, reading: Reading) -> list[list[Span]]:
    """Give the characters of each chain's members, in order."""
    def characters(candidate: Candidate) -> Span:
        last = doc[candidate.end - 1]
        return doc[candidate.start].idx, last.idx + len(last)

    return [[characters(reading.candidates[k]) for k in chain.members] for chain in reading.chains]


def resolve(
    doc: Doc, document: Document, mentions: Sequence[Mention], cast: Cast, reading: Reading | None
) -> list[Mention]:
    """Give the mentions that refer back, each with the words it stands for.

    A phrase that means several things ("the two countries") gives one mention for each, all with one span.

    Args:
        doc: tagged and parsed.
        document: its sections and voices.
        mentions: the names found in it, in order.
        cast: titles and states of its persons.
        reading: its chains; without them only what rules can tell is resolved.
    """
    discourse = survey(doc, document, mentions, cast)
    found: dict[int, tuple[Mention, ...]] = {}
    for chain in reading.chains if reading is not None else ():
        members = [reading.candidates[k] for k in chain.members] if reading is not None else []
        unsure = {c.head for c, chance in zip(members, chain.chances, strict=True) if chance < SURE}
        found |= {c.head: _as_written(told) if c.head in unsure else told for c, told in _of_chain(discourse, members)}
    for token in doc:
        if token.i not in discourse.by_root and (ruled := _ruled(discourse, token, token.i in found)):
            found[token.i] = ruled
    return [mention for told in found.values() for mention in told]


def _as_written(told: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Keep what words are linked to, and the words as they stand."""
    return tuple(replace(mention, words=None, edits=()) for mention in told)


def _of_chain(discourse: Discourse, members: Sequence[Candidate]) -> Iterator[tuple[Candidate, tuple[Mention, ...]]]:
    """Give the mentions of a chain's pronouns and descriptions.

    The words of "we" stay: whom a speaker counts in, no name says ("we seek a more perfect union").
    """
    meant = _named(discourse, members)
    shown = stand_ins.shown(discourse, meant) if meant else ""
    if not meant and (described := _described(discourse, members)) is not None:
        meant, shown = described
    for member in members if meant else ():
        if member.head in discourse.by_root:
            continue
        if member.kind not in NOMINAL_KINDS:
            told = stand_ins.pronoun(discourse.doc[member.head], meant, shown)
            yield member, _as_written(told) if member.kind == "we" else told
        elif member.kind == "nominal" and (meant[0].words is not None or _may_describe(discourse.doc, member, meant)):
            doc = discourse.doc
            same_noun = doc[member.head].lemma_ == doc[meant[0].root].lemma_
            alike = member.head != meant[0].root and (same_noun or _is_called(discourse, doc[member.head], meant))
            words = shown if alike and _is_plain(doc, member) else None
            yield member, stand_ins.description(discourse.doc, member, meant, words)


def _named(discourse: Discourse, members: Sequence[Candidate]) -> tuple[Mention, ...]:
    """Give what the names of a chain denote: the one thing named most often, or the members of a list."""
    names = [m for c in members if c.kind == "name" and (m := discourse.by_root.get(c.head)) is not None]
    if names:
        key, _ = Counter(m.entity.id for m in names).most_common(1)[0]
        return (next(m for m in names if m.entity.id == key),)
    for member in members:
        if member.kind == "joint":
            heads = [discourse.doc[member.head], *discourse.doc[member.head].conjuncts]
            joint = [m for t in heads if (m := discourse.by_root.get(t.i)) is not None]
            if len(joint) == len(heads):
                return tuple(joint)
    return ()


def _described(discourse: Discourse, members: Sequence[Candidate]) -> tuple[tuple[Mention, ...], str] | None:
    """Give a thing without a name, and its fullest description: "the bill on trade"; None for pronouns alone."""
    doc = discourse.doc
    phrases = [c for c in members if c.kind in {"nominal", "name"} and not _leans_on_others(doc, c)]
    first = max(phrases, key=lambda c: c.end - c.start, default=None)
    if first is None:
        return None
    tokens = doc[first.start : first.end]
    words = " ".join(tokens.text.split()).removesuffix("'s").removesuffix("’s").strip()
    head = doc[first.head]
    if tokens[0].lower_ in {"a", "an"} and len(tokens) > 1:
        words = "the " + words.split(" ", 1)[1]
    elif tokens[0].is_sent_start and tokens[0].tag_ in {"DT", "CD", "NN", "NNS", "IN"}:
        words = words[:1].lower() + words[1:]
    referent = thing(discourse.document.id, words)
    return (Mention(tokens.start_char, tokens.end_char, referent, "description", head.i, words),), words


def _is_called(discourse: Discourse, noun: Token, meant: Sequence[Mention]) -> bool:
    """Tell whether a name may take a noun's place: a person's only where the text gives the person that title."""
    if meant[0].words is not None or len(meant) > 1 or meant[0].entity.type != "person":
        return meant[0].words is None
    titles = discourse.cast.titles.get(meant[0].entity.id, frozenset())
    return any(noun.lower_ in title.split() for title in titles)


def _may_describe(doc: Doc, member: Candidate, meant: Sequence[Mention]) -> bool:
    """Tell whether a noun may take up a name: "the senator" a person, "the country" a state, "the port" neither."""
    noun = doc[member.head]
    kind = class_of(noun) or ("person" if is_human(noun) else None)
    kinds = {m.entity.type for m in meant}
    is_state = noun.lemma_ in lexicon.words("coreference_words", "state_noun")
    named_so = any(noun.lower_ in nouns_of(m.entity) for m in meant)
    return kind in kinds or named_so or (is_state and "country" in kinds)


def _leans_on_others(doc: Doc, phrase: Candidate) -> bool:
    """Tell a description that is too long to take another's place, or does not stand alone: "his bill"."""
    tokens = doc[phrase.start : phrase.end]
    return len(tokens) > _FULLEST or any(t.tag_ in {"PRP", "PRP$", "WDT", "WP"} for t in tokens)


def _is_plain(doc: Doc, member: Candidate) -> bool:
    """Tell a description that says nothing a name does not: "the senator", not "the late senator"."""
    head = doc[member.head]
    phrase = doc[member.start : member.end]
    own = {"det", "compound", "case"}
    bare = len(phrase) <= _DESCRIPTION_LENGTH and all(t.dep_ in own for t in phrase if t != head)
    return bare and phrase[0].lower_ in _DEFINITE and head.dep_ not in {"attr", "appos", "oprd"}


def _ruled(discourse: Discourse, token: Token, is_found: bool) -> tuple[Mention, ...]:
    """Give what rules tell of a token: whom "the former" picks, "the two countries" gather, who says "I"."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return apposed(discourse, token) or (() if is_found else _described_name(discourse, token))
    if token.lower_ in {"former", "latter"} and token.dep_ not in {"amod", "compound"}:
        return former(discourse, token)
    if is_found:
        return ()
    if token.lower_ == "there" and token.dep_ not in {"expl", "ROOT"}:
        return there(discourse, token)
    if token.lower_ in {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours"} and token.pos_ in {"PRON", "DET"}:
        return _first_person(discourse, token)
    return ()


def _described_name(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Give the names that a noun gathers or takes up, by rules."""
    return several(discourse, token) or taken_up(discourse, token) or officer(discourse, token)


def _first_person(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Give "I" and "we" outside quotation marks to the voice of the section; the words of "we" stay as they are."""
    if discourse.quote_at(token.idx) is not None:
        return ()
    section = section_at(discourse.document.sections, token.idx)
    if section is not None and section.kind == "boilerplate":
        return ()
    target = voice(discourse.document, token.idx)
    plain = Mention(token.idx, token.idx + len(token), target, "pronoun", token.i)
    if token.lower_ not in {"i", "me", "my"}:
        return (plain,)
    shown = f"the {target.name}" if target.id.startswith("voice:") else target.name
    return stand_ins.pronoun(token, (plain,), shown)


def _by_root(mentions: Sequence[Mention]) -> dict[int, Mention]:
    return {m.root: m for m in sorted(mentions, key=lambda m: m.end - m.start)}
