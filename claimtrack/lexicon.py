"""Load and check the lexicons: linguistic knowledge as data, one entry a line, each with its own example sentence.

A lexicon is `lexicons/<language>/<name>.toml` with one array, `entry`, of inline tables. The module that uses a
lexicon declares what an entry holds by a subclass of `Entry` and reads it with `read`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TypeVar

from pydantic import ValidationError

from claimtrack.errors import LexiconError
from claimtrack.schema import Record


class Entry(Record):
    """One line of a lexicon: the words it is found by, and a sentence in which they do what the entry says."""

    phrase: str
    example: str


E = TypeVar("E", bound=Entry)


@cache
def read(name: str, entry: type[E], language: str = "en") -> tuple[E, ...]:
    """Read the lexicon `name` as entries of the given type, in file order.

    Raises:
        LexiconError: the file is missing, is not TOML, is empty, or an entry does not fit its type.
    """
    path = resources.files("claimtrack") / "lexicons" / language / f"{name}.toml"
    try:
        rows = tomllib.loads(path.read_text(encoding="utf8"))["entry"]
        entries = tuple(entry.model_validate(row) for row in rows)
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValidationError) as error:
        raise LexiconError(f"The lexicon {name!r} ({language}) cannot be read: {error}") from error
    if not entries:
        raise LexiconError(f"The lexicon {name!r} ({language}) has no entry: an empty lexicon would match nothing.")
    return entries


@cache
def phrases(name: str, entry: type[E], language: str = "en") -> dict[str, E]:
    """Index a lexicon by its phrase; the first entry of a phrase wins.

    Raises:
        LexiconError: as `read`.
    """
    entries: Sequence[E] = read(name, entry, language)
    return {e.phrase: e for e in reversed(entries)}


class Word(Entry):
    """One word of a closed class that grammar needs; `role` says which class of its lexicon it belongs to."""

    role: str


@cache
def words(name: str, role: str, language: str = "en") -> frozenset[str]:
    """Give the words of one role of a lexicon of `Word` entries.

    Raises:
        LexiconError: as `read`; also where no entry has the role, since an empty class would match nothing.
    """
    found = frozenset(e.phrase for e in read(name, Word, language) if e.role == role)
    if not found:
        raise LexiconError(f"The lexicon {name!r} ({language}) has no entry with role {role!r}.")
    return found
