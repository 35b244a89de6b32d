"""Keep with a parse what was found for each of its words: most words are asked the same about a dozen times.

Places are kept, not tokens: a doc whose user data held its own tokens would outlive its last use.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def word(find: Callable[[Token], Token | None]) -> Callable[[Token], Token | None]:
    """Let a function from a word to another one, or to None, look only once at each word of a doc."""
    key = f"claimtrack {find.__module__}.{find.__qualname__}"

    @wraps(find)
    def recalled(token: Token) -> Token | None:
        doc, place = token.doc, token.i
        found: dict[int, int | None] = doc.user_data.setdefault(key, {})
        if place not in found:
            other = find(token)
            found[place] = None if other is None else other.i
            return other
        known = found[place]
        return None if known is None else doc[known]

    return recalled


def words(find: Callable[[Token], tuple[Token, ...]]) -> Callable[[Token], tuple[Token, ...]]:
    """Let a function from a word to some words look only once at each word of a doc."""
    key = f"claimtrack {find.__module__}.{find.__qualname__}"

    @wraps(find)
    def recalled(token: Token) -> tuple[Token, ...]:
        doc, place = token.doc, token.i
        found: dict[int, tuple[int, ...]] = doc.user_data.setdefault(key, {})
        if place not in found:
            others = find(token)
            found[place] = tuple(t.i for t in others)
            return others
        return tuple(doc[i] for i in found[place])

    return recalled
