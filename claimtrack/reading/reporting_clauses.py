"""Match the clauses by which a text hands the floor to somebody, or says whose words went before.

They are matched in plain text, before any parse: "The mayor writes:", "in a letter to the board,", "Quist emphasized.".
The words are in `lexicons/en/quote_cues.toml` and `speaker_words.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from claimtrack import lexicon
from claimtrack.lexicon import Entry
from claimtrack.reading.imprint import name_word
from claimtrack.reading.paragraphs import Paragraph, function_words
from claimtrack.reading.section_cues import phrases

PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)"
UNNAMED = "unnamed"
# A clause hands over only from nearby: what it reports itself may stand between it and the colon.
_LONGEST_GAP = 110
FAR = 20_000
"""Characters of a paragraph that are read, so that a text of endless quotations costs no more than its length."""


class QuoteCue(Entry):
    """A word that hands the floor to somebody; a `noun` does with "by" behind it, or "in a" before it."""

    forms: tuple[str, ...]
    noun: bool = False


def hands_over(paragraph: Paragraph) -> str | None:
    """Give the speaker whom the last sentence of a paragraph announces with a colon."""
    if not paragraph.words.endswith(":"):
        return None
    sentence = re.split(r"(?<=[.!?])\s+(?=[^\sa-z])", paragraph.tail)[-1]
    clauses = [m for m in _clause().finditer(sentence) if len(sentence) - m.end() <= _LONGEST_GAP][-1:]
    found = clauses or [*_joined_clause().finditer(sentence)] or [*_noun_clause().finditer(sentence)]
    subject = _subject(found[0]) if found else None
    return None if subject is None or bare_name(subject) in ("I", "We") else subject


def lists_points(paragraph: Paragraph) -> str | None:
    """Give the speaker whose points a paragraph announces with a colon: "Mara Quist made three points:"."""
    if not paragraph.words.endswith(":"):
        return None
    sentence = re.split(r"(?<=[.!?])\s+(?=[^\sa-z])", paragraph.tail)[-1]
    found = _points_clause().search(sentence)
    subject = _subject(found) if found else None
    return None if subject is None or bare_name(subject) in ("I", "We", "It") else subject


def closes(paragraph: Paragraph) -> str | None:
    """Give the speaker whom a paragraph names that is a bare reporting clause."""
    match = _closing().fullmatch(paragraph.head) if len(paragraph.words) < 120 else None
    return _subject(match) if match else None


def reports(paragraph: Paragraph) -> bool:
    """Tell whether the paragraph begins with a reporting clause, so that its narrator speaks."""
    return bool(_clause().match(paragraph.head)) or hands_over(paragraph) is not None


def last_speaker(paragraph: Paragraph) -> str | None:
    """Give the name in the last reporting clause of a paragraph that has one."""
    names = [_subject(match) for match in _clause().finditer(paragraph.words[:FAR]) if match["name"] or match["by"]]
    return names[-1] if names else None


def bare_name(name: str) -> str:
    """Give the name without what stands before it: "But Deputy Minister Mara Quist" gives "Mara Quist"."""
    words = name.split()
    while len(words) > 1 and words[1][0].isupper() and _is_no_name(words[0].lower().rstrip(".")):
        del words[0]
    return " ".join(words)


def _is_no_name(word: str) -> bool:
    """Tell whether a word before a name is a title, an owner's, or only begins the sentence."""
    return word in phrases("honorific") or word in function_words() or word.endswith(("'s", "’s"))


def _subject(match: re.Match[str]) -> str:
    """Give the words of a match that name the speaker, their article in small letters."""
    first, *rest = next(value for value in match.groupdict().values() if value).split()
    return " ".join((first.lower() if rest and re.fullmatch(_article(), first) else first, *rest))


# --- the forms


def _any(role: str) -> str:
    """Give the words of a role of speaker_words.toml as alternatives of a regular expression."""
    return "|".join(sorted(lexicon.words("speaker_words", role)))


@cache
def _verbs() -> str:
    """Give the forms of the reporting verbs as alternatives of a regular expression."""
    forms = (form for cue in lexicon.read("quote_cues", QuoteCue) if not cue.noun for form in cue.forms)
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


@cache
def _nouns() -> str:
    """Give the nouns of speech as alternatives of a regular expression."""
    forms = (form for cue in lexicon.read("quote_cues", QuoteCue) if cue.noun for form in cue.forms)
    return "|".join(map(re.escape, forms))


@cache
def _article() -> str:
    """Give what a noun phrase begins with, capitalised or not, as a regular expression."""
    words = lexicon.words("speaker_words", "determiner") | lexicon.words("speaker_words", "quantity")
    return "(?:" + "|".join(f"[{w[0].upper()}{w[0]}]{w[1:]}" for w in sorted(words)) + ")"


@cache
def _name() -> str:
    """Give the form of a speaker's name: "Mara Quist", "Bank of the North"."""
    word = name_word()
    return rf"(?!{_article()}\s+[a-z]){word}(?:\s+(?:of\s+(?:the\s+)?)?{word}){{0,4}}(?![\w’'])(?<![’']s)"


@cache
def _noun_word() -> str:
    """Give the form of a word inside a noun phrase, at which none ends."""
    return rf"(?!(?:{_any('border')})\b)[\w’'\-]+"


@cache
def _speaker() -> str:
    """Give the form of a subject: "He", "The mayor of the port", "Mara Quist"."""
    article, nouns = _article(), rf"(?:{_noun_word()}\s+){{0,3}}?{_noun_word()}"
    role = rf"{article}\s+{nouns}(?:\s+(?:{_any('belonging')})\s+(?:{article}\s+)?{nouns})?"
    return rf"(?:(?P<pronoun>{PRONOUN}\b)|(?P<role>{role})|(?P<name>{_name()}))"


@cache
def _adverbs() -> str:
    """Give the form of what may stand between a subject and its verb."""
    return rf"(?:\s*,[^,:]{{2,80}},)?(?:\s+(?:{_any('adverb')}|has|had|have|\w+ly))*"


@cache
def _clause() -> re.Pattern[str]:
    """Match a reporting clause: a subject, then a verb of speech; or "according to" and a name."""
    verb = rf"(?:{_verbs()})\b(?!\s+(?:{_any('no_report')})\b)"
    return re.compile(rf"\b{_speaker()}{_adverbs()}\s+{verb}|\b[Aa]ccording to (?P<by>(?:[Tt]he\s+)?{_name()})")


@cache
def _joined_clause() -> re.Pattern[str]:
    """Match a reporting clause whose subject stands before another verb: "The port ran a test and reported …"."""
    return re.compile(rf"{_speaker()}\b.{{0,200}}\b(?:and|but)\s+(?:{_verbs()})\b")


@cache
def _noun_clause() -> re.Pattern[str]:
    """Match a noun of speech with its speaker: "a statement by Mara Quist", or "in a letter to the board, …"."""
    return re.compile(
        rf"\b(?:{_nouns()})\s+(?:by|of|from)\s+(?P<by>{_name()})|^[Ii]n\s+(?P<source>(?:{_any('determiner')})"
        rf"\s+(?:{_noun_word()}\s+){{0,5}}?(?:{_nouns()})(?:\s+in\s+{_name()})?)(?:\s+(?:{_any('concern')})\s[^,]{{2,60}})?,"
    )


@cache
def _points_clause() -> re.Pattern[str]:
    """Match who has points of his own: "Quist made three points", "the main demands of the union"."""
    points, verb, gap = f"(?:{_any('point')})", f"(?:{_any('lists')})", r"(?:\s+[\w’'\-]+){0,4}?"
    by = rf"(?:by|of|from)\s+(?P<by>(?:[Tt]he\s+\w+|{_name()}))"
    owner = rf"(?P<owner>{_article()}\s+{_noun_word()}|{_name()})[’']s?{gap}\s+{points}|\b{points}\s+{by}"
    return re.compile(rf"{_speaker()}{_adverbs()}\s+{verb}{gap}\s+{points}|{owner}")


@cache
def _closing() -> re.Pattern[str]:
    """Match a reporting clause that is a whole paragraph: "Quist emphasized.", "He said in an interview."."""
    where = rf"(?:\s+(?:{_any('circumstance')})\s+[^.:;]{{2,60}})?"
    verb = rf"(?:{_verbs()})"
    return re.compile(rf"{_speaker()}{_adverbs()}\s+{verb}{where}\.|{verb}\s+(?P<after>{_name()}){where}\.")
