"""How an explanation names sources and things, and says who says what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from claimtrack import lexicon
from claimtrack.contradiction.sameness import same_source
from claimtrack.schema import Claim

MANY = frozenset({"group", "unnamed"})


def source_name(claim: Claim) -> str:
    """Name a source in a sentence; a voice without a name is called by its part."""
    return f"the {claim.source.name}" if claim.source.is_nameless_voice else claim.source.name


def again(first: Claim, second: Claim) -> str:
    """Name the second source of a pair, or say that the first speaks again, or another of its kind."""
    if same_source(first, second):
        return "elsewhere the same source"
    alike = first.source.name == second.source.name and second.source.is_nameless_voice
    return f"another {second.source.name}" if alike else source_name(second)


def says(claim: Claim, after: Claim | None = None) -> str:
    """Word who says it, after another source has been named."""
    return with_verb(claim, again(after, claim) if after else source_name(claim), "say", "says")


def with_verb(claim: Claim, who: str, plural: str, singular: str) -> str:
    """Put the form of a verb to a source that agrees with it: "sources in Lima say", "some of its members deny"."""
    first = _name_end().split(who, maxsplit=1)[0]
    ends_plural = first.endswith("s") and not first.endswith(("ss", "us", "is"))
    several = " and " in first or ends_plural or first.lower() in lexicon.words("clash_words", "plural")
    many = claim.source.kind in MANY and several
    return f"{who} {plural if many else singular}"


@cache
def _name_end() -> re.Pattern[str]:
    """Match where the head of a source's name ends: "members | of the party", "a man | who saw it"."""
    words = "|".join(sorted(lexicon.words("clash_words", "name_end")))
    return re.compile(rf",|\s(?:{words})\b")


def both_say(a: Claim, b: Claim) -> str:
    """Word what one source says and what the other one says, a sentence each."""
    return f"{says(a)}: {bare(a.proposition)}. {sentence(says(b, a))}: {bare(b.proposition)}."


def sentence(words: str) -> str:
    """Begin with a capital letter."""
    return words[:1].upper() + words[1:]


def bare(proposition: str) -> str:
    """Take the full stop off a sentence."""
    return proposition.rstrip(" .")


def the(name: str) -> str:
    """Put the article before a name that ends in a common noun: "the Atacama Corridor", but "Peru"."""
    if name.lower().startswith(("the ", "a ", "an ")) or not name[:1].isupper():
        return name
    takes_it = name.rpartition(" ")[2].lower() in lexicon.words("clash_words", "articled")
    return f"the {name}" if takes_it else name


def names(claim: Claim, ids: Iterable[str]) -> str:
    """Name entities as a claim does: "Chile and Peru"."""
    known = {e.id: e.name for e in claim.entities}
    return " and ".join(sorted(known.get(i, i.partition(":")[2].replace("-", " ").title()) for i in ids))
