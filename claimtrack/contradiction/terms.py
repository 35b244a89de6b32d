"""The words of a claim that tell what it is about; those of time, likelihood and number aside."""

from __future__ import annotations

import re
from functools import cache

from claimtrack import lexicon
from claimtrack.schema import Claim

STEM = 4  # letters that a lemma and its forms have in common, mostly


def words_of(text: str) -> list[str]:
    """Give the words of a text in lower case."""
    return re.findall(r"\w+", text.lower().replace("’", "'"))


def content_words(claim: Claim) -> set[str]:
    """Give the content lemmas of a claim without words of likelihood, number and time.

    The clause may tell more than one claim: lemmas that none of the claim's own words begins like are left out.
    """
    hedge = set(words_of(claim.likelihood.phrase)) if claim.likelihood else set()
    own = {word[:STEM] for word in words_of(f"{claim.text} {claim.proposition}")}
    return {t for t in claim.frame.terms if t not in hedge and t[:STEM] in own and not tells_time(t)}


def tells_time(word: str) -> bool:
    """Tell whether a word says when, or is a mere number."""
    return word in _times() or not any(c.isalpha() for c in word)


@cache
def _times() -> frozenset[str]:
    """Give the words that say when: two deeds on a Monday are not one."""
    return months() | weekdays() | lexicon.words("date_words", "period")


@cache
def months() -> frozenset[str]:
    """Give the names of the months."""
    return lexicon.words("date_words", "month")


@cache
def weekdays() -> frozenset[str]:
    """Give the names of the days of the week."""
    return lexicon.words("date_words", "weekday")


def limiters() -> frozenset[str]:
    """Give the words that narrow a claim or take its negation on themselves.

    "Did not attack Peru alone", "stops when it rains".
    """
    return lexicon.words("clash_words", "limiter")


def says_little(predicate: str) -> bool:
    """Tell whether a predicate says nothing by itself ("make"): with it the whole object must be shared."""
    return predicate in lexicon.words("clash_words", "empty_predicate")
