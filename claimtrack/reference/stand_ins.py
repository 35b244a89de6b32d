"""Give the words that may take the place of what refers back: "Iran's" for "its", "the Lapis Corridor"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claimtrack.reference.candidates import Candidate
from claimtrack.reference.discourse import Discourse
from claimtrack.reference.gazetteer import Referent, articled
from claimtrack.reference.mentions import Mention
from claimtrack.reference.verbs import agreeing
from claimtrack.schema import LinkVia, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST_OWNER = 4  # words: "the writers' letter", but no "members who wished to read's seats"
_POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our", "your"})


def pronoun(token: Token, meant: Sequence[Mention], names: str) -> tuple[Mention, ...]:
    """Make the mentions of a pronoun; "its own" and "himself" are linked, and their words stay."""
    words: str | None = names
    if token.lower_.endswith(("self", "selves")):
        words = None
    elif token.lower_ in _POSSESSIVE and token.dep_ == "poss":
        own = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "own"
        words = None if own or len(names.split()) > _LONGEST_OWNER else possessive(names)
    made = mentions((token.idx, token.idx + len(token)), token.i, meant, "pronoun", words)
    several = len(meant) > 1 or token.doc[meant[0].root].tag_ in {"NNS", "NNPS"}
    return (replace(made[0], edits=agreeing(token, plural=several) if words else ()), *made[1:])


def possessive(names: str) -> str:
    """Give the possessive of a name."""
    return names + ("'" if names.endswith("s") else "'s")


def description(doc: Doc, phrase: Candidate, meant: Sequence[Mention], words: str | None) -> tuple[Mention, ...]:
    """Make the mentions of a description, with the words that take its place, if any; "'s" stays outside."""
    mark = doc[phrase.end - 1]
    end = phrase.end - 1 if mark.tag_ == "POS" else phrase.end
    last = doc[end - 1]
    made = mentions((doc[phrase.start].idx, last.idx + len(last)), phrase.head, meant, "description", words)
    if words is None or mark.tag_ != "POS" or not words.endswith("s"):
        return made
    return (replace(made[0], edits=((mark.idx, mark.idx + len(mark), "'"),)), *made[1:])


def mentions(
    span: Span, root: int, meant: Sequence[Mention], via: LinkVia, words: str | None
) -> tuple[Mention, ...]:
    """Make mentions of the words at a span, one for each thing meant; the first bears the words."""
    made = [Mention(*span, m.entity, via, root) for m in meant]
    return (replace(made[0], words=words), *made[1:])


def shown(discourse: Discourse, meant: Sequence[Mention]) -> str:
    """Name the referents as a phrase, with the article that their names or the text give them."""
    names = [_phrase(discourse, m.entity) for m in meant]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _phrase(discourse: Discourse, entity: Referent) -> str:
    definite = entity.type != "person" and (entity.id in discourse.definite or entity.id in articled())
    return f"the {entity.name}" if definite and not entity.name.startswith("the ") else entity.name
