"""Resolve what refers back: pronouns, "there", descriptions like "the corridor", "the two countries", "the former".

The text is read once from left to right: each phrase is collected as an antecedent for what follows it, and what
refers back chooses among those before it that agree in number, gender and animacy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.attribution.quotes import find_quotes
from claimtrack.reference.agreement import (
    FIRST,
    PERSONAL,
    begins_with_article,
    gender_of,
    is_human,
    is_indefinite,
    is_predicated,
    is_thinglike,
    told_genders,
)
from claimtrack.reference.antecedents import Anaphor, Antecedent, collect
from claimtrack.reference.descriptions import Descriptions, apposed
from claimtrack.reference.discourse import survey
from claimtrack.reference.gazetteer import Referent
from claimtrack.reference.mentions import Cast, Mention
from claimtrack.reference.pronouns import first_person, resolver
from claimtrack.reference.syntax import MODIFIERS, is_told
from claimtrack.reference.voices import section_at
from claimtrack.schema import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["only_person", "resolve"]

_REFERRING = frozenset({"pronoun", "description", "title"})


def resolve(doc: Doc, document: Document, mentions: Sequence[Mention], cast: Cast) -> list[Mention]:
    """Give the mentions that refer back, each with the words it stands for.

    A phrase that means several things ("the two countries") gives one mention for each, all with one span.

    Args:
        doc: tagged and parsed.
        document: its sections and voices.
        mentions: the names found in it, in order.
        cast: titles and states of its persons.
    """
    discourse = survey(doc, document, mentions, cast)
    descriptions = Descriptions(discourse)
    counts: Counter[tuple[str, str] | None] = Counter()
    before: dict[tuple[str, str] | None, list[Antecedent]] = defaultdict(list)
    found: list[Mention] = []
    for sentence in doc.sents:
        section = section_at(document.sections, sentence.start_char)
        # each voice goes on where it left off: after a quoted paragraph "he" is again whom the author named
        context = (section.kind, section.voice) if section is not None else None
        counts[context] += 1
        for token in sentence:
            found += _read(Anaphor(token, counts[context], before[context], discourse), before[context], descriptions)
    return found


def _read(anaphor: Anaphor, before: list[Antecedent], descriptions: Descriptions) -> tuple[Mention, ...]:
    """Give the new mentions of a token, which from here on is an antecedent itself."""
    token, discourse = anaphor.token, anaphor.discourse
    if token.lower_ in FIRST and token.pos_ in {"PRON", "DET"}:
        return first_person(discourse, token)  # whoever speaks is nobody's antecedent
    name = discourse.by_root.get(token.i)
    if token.pos_ in {"PRON", "DET", "ADV", "ADJ"} and (resolve_word := resolver(token)):
        meant = resolve_word(anaphor)
    elif token.pos_ in {"NOUN", "PROPN"}:
        meant = (name,) if name is not None else apposed(discourse, token) or descriptions.resolve(anaphor)
    elif is_indefinite(token):
        meant = ()
    else:
        return ()
    before += collect(discourse, token, anaphor.sentence, meant)
    if name is not None and token.pos_ in {"NOUN", "PROPN"}:
        descriptions.note(name, anaphor.sentence)
    return tuple(m for m in meant if m.via in _REFERRING and m.root == token.i and m is not name)


def only_person(doc: Doc, document: Document, mentions: Sequence[Mention], pronoun: Token) -> Referent | None:
    """Give the one person named before a pronoun in its paragraph, outside quotations, whom it can mean.

    None where nobody or more than one can be meant, counting those without a name ("the gunman").
    """
    section = section_at(document.sections, pronoun.idx)
    start = max(section.start if section is not None else 0, doc.text.rfind("\n\n", 0, pronoun.idx))
    quotes = find_quotes(doc.text, [(s.start, s.end) for s in document.sections])
    gender = PERSONAL[pronoun.lower_]
    known = told_genders(mentions, Cast({}, {}))
    persons = {m.root: m.entity for m in mentions if m.entity.type == "person" and m.via in {"name", "surname"}}
    found: set[Referent | None] = set()
    for token in doc[: pronoun.i]:
        if token.idx < start or any(q.start <= token.idx < q.end for q in quotes):
            continue
        if (person := persons.get(token.i)) is not None:
            doubtful = is_thinglike(token) or begins_with_article(person.name)
            if known.get(person.id, gender) == gender and not is_told(token, pronoun):
                found.add(None if doubtful or person.name in document.byline else person)
        elif _is_rival(token, gender):
            found.add(None)
    return next(iter(found)) if len(found) == 1 else None


def _is_rival(token: Token, gender: str) -> bool:
    """Tell somebody without a name, whom a pronoun of a gender may mean as well."""
    if token.lower_ in PERSONAL or token.dep_ in MODIFIERS or token.ent_type_ == "PERSON":
        return False
    return is_human(token) and not is_predicated(token) and gender_of(token) in {"", gender}
