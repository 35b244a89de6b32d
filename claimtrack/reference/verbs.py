"""Make the verb agree with what takes a pronoun's place: "I am" becomes "Ana Banda is", "they've" "Peru has"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

Edit = tuple[int, int, str]
"""Characters `[start, end)` of the text, and the words that take their place."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_SINGULAR = frozenset({"he", "she", "it"})
_IRREGULAR = {"be": ("is", "are"), "have": ("has", "have"), "do": ("does", "do"), "go": ("goes", "go")}
_CONTRACTED = {"ll": "will", "m": "be", "re": "be", "ve": "have"}


def agreeing(pronoun: Token, *, plural: bool) -> tuple[Edit, ...]:
    """Give the change that the finite verb of a subject needs when a name takes its place; none for other words.

    Args:
        pronoun: the subject as it stands in the text.
        plural: whether what takes its place is several.
    """
    if pronoun.dep_ not in _SUBJECTS:
        return ()
    helpers = (c for c in pronoun.head.children if c.dep_ in {"aux", "auxpass"})
    verb = min((t for t in (pronoun.head, *helpers) if t.tag_ in _FINITE), key=lambda t: t.i, default=None)
    if verb is None:
        return ()
    contracted = verb.text[:1] in {"'", "’"}
    words = _agreeing(verb, plural=plural, was_singular=pronoun.lower_ in _SINGULAR)
    if words == verb.lower_:
        return ()
    return ((verb.idx, verb.idx + len(verb), " " + words if contracted else words),)


def _agreeing(verb: Token, *, plural: bool, was_singular: bool) -> str:
    lower = verb.lower_.lstrip("'’")
    lemma = verb.lemma_.lower()
    if verb.text[:1] in {"'", "’"}:
        if lower == "d":
            return "had" if verb.head.tag_ == "VBN" else "would"
        if lower == "ll":
            return "will"
        return present(_CONTRACTED.get(lower, lemma if lemma in _IRREGULAR else "be"), plural=plural)
    if lower in {"was", "were"} and verb.tag_ == "VBD":
        return "were" if plural else "was"
    changes = was_singular if plural else not was_singular
    return present(lemma, plural=plural) if verb.tag_ in {"VBP", "VBZ"} and changes else verb.lower_


def present(lemma: str, *, plural: bool) -> str:
    """Give the present tense of a verb for one or for several."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma][plural]
    if plural:
        return lemma
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"
