"""How the words of names, slugs and queries are compared: without case, accents, marks and plural endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def words(text: str) -> tuple[str, ...]:
    """Split a name, slug or query into its words, without case and accents: "Türkiye's war" is turkiye, s, war."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W_]+", plain))


def singular(word: str) -> str:
    """Take the plural's ending off a word, so that "exports" and "export" meet: a key to compare by, not to read."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def stems(parts: Iterable[str]) -> set[str]:
    """The singulars of several words."""
    return {singular(word) for word in parts}


def full_text(search: str) -> str:
    """A full-text query in FTS5's syntax from words, "phrases" and prefixes*, none of them able to break it."""
    terms = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', search.replace("\0", " "))]
    return " AND ".join(f'"{term.rstrip("*")}"' + ("*" if term.endswith("*") else "") for term in terms) or '""'


def swap(asked: tuple[str, ...], old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """The words asked for, with `new` in place of the first run of `old`."""
    for i in range(len(asked) - len(old) + 1):
        if asked[i : i + len(old)] == old:
            return asked[:i] + new + asked[i + len(old) :]
    return asked
