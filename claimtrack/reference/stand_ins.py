"""Give the words that may take the place of what refers back: "Iran's" for "its", "the Lapis Corridor"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claimtrack.reference.agreement import POSSESSIVE
from claimtrack.reference.discourse import Discourse
from claimtrack.reference.gazetteer import Referent, articled
from claimtrack.reference.mentions import Mention
from claimtrack.schema import LinkVia

if TYPE_CHECKING:
    from spacy.tokens import Token


def pronoun(discourse: Discourse, token: Token, meant: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Make the mentions of a pronoun; "its own" is linked, and its words stay."""
    if not meant:
        return ()
    names = shown(discourse, meant)
    words: str | None = names
    if token.lower_ in POSSESSIVE and token.dep_ == "poss":
        own = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "own"
        words = None if own else names + ("'" if names.endswith("s") and len(meant) == 1 else "'s")
    return mentions(token, token, meant, "pronoun", words)


def description(discourse: Discourse, token: Token, meant: Sequence[Mention]) -> tuple[Mention, ...]:
    """Make the mentions of a description that a token heads; nothing where nobody is meant."""
    if not meant:
        return ()
    return mentions(token.doc[token.left_edge.i], token, meant, "description", shown(discourse, meant))


def mentions(
    first: Token, last: Token, meant: Sequence[Mention], via: LinkVia, words: str | None
) -> tuple[Mention, ...]:
    """Make mentions of the words from one token to another, one for each thing meant; the first bears the words."""
    start, end = first.idx, last.idx + len(last)
    made = [Mention(start, end, m.entity, via, last.i) for m in meant]
    return (replace(made[0], words=words), *made[1:])


def shown(discourse: Discourse, meant: Sequence[Mention]) -> str:
    """Name the referents as a phrase, with the article that their names or the text give them."""
    names = [_phrase(discourse, m.entity) for m in meant]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _phrase(discourse: Discourse, entity: Referent) -> str:
    definite = entity.type != "person" and (entity.id in discourse.definite or entity.id in articled())
    return f"the {entity.name}" if definite and not entity.name.startswith("the ") else entity.name
