"""Read the titles before a person's name: "Foreign Minister Ana Cruz", "Kenya's president, William Ruto"."""

from __future__ import annotations

from claimtrack import lexicon
from claimtrack.reference.indexed_text import IndexedText
from claimtrack.reference.nouns import class_nouns


def after_titles(text: IndexedText, start: int, end: int) -> int:
    """Skip titles and what qualifies them: "Foreign Minister Ana Cruz" begins at Ana."""
    last = start
    for i in range(start, end - 1):
        noun = class_nouns().get(text.words[i].lower())
        if noun is not None and noun.title:
            last = i + 1
    return last


def titles_before(text: IndexedText, start: int) -> tuple[set[str], int]:
    """Read titles backwards from a name ("Kenya's president, William Ruto"): titles, first token of them."""
    titles: set[str] = set()
    i = start - 1
    if i >= 0 and text.words[i] == ",":
        i -= 1
    while i >= 0:
        pair = f"{text.words[i - 1]} {text.words[i]}".lower() if i else ""
        noun = class_nouns().get(text.words[i].lower())
        if (wide := class_nouns().get(pair)) is not None and wide.title:
            titles |= {pair}
            i -= 2
        elif noun is not None and noun.title:
            titles |= {text.words[i].lower()}
            i -= 1
        elif titles or text.words[i].lower() not in lexicon.words("name_words", "title_part"):
            break
        else:
            i -= 1
    return titles, i
