"""Find the turns of a transcript: lines that begin with who speaks, "ITO: The port is closed.", "Q. Why?"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from claimtrack import lexicon
from claimtrack.reading.capitals import forenames
from claimtrack.reading.imprint import name_word
from claimtrack.reading.reporting_clauses import bare_name
from claimtrack.reading.section_cues import phrases
from claimtrack.schema import Section

__all__ = ["turns"]

_LONGEST_HEAD = 400  # characters of a title and an imprint
_FAR = 2_000_000  # characters that are looked through
_CLOCK = r"(?P<clock>[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?[ \t]*[-–]?[ \t]*)?"
_REMARK = r"(?:[ \t]*[\[(][^\])\n]{1,40}[\])])?"
_SIGN = r"(?:Q|A)\b(?=[ \t]*[.:])"


def turns(text: str) -> tuple[Section, ...]:
    """Give the turns of a transcript, each in the voice of its speaker, and their labels as boilerplate.

    A text is a transcript where two speakers at least are named at the heads of lines, from its first sentence on or
    more than once, or above what they say, with the time ("Mara Ito  00:00:05"). A name in capitals is written as names
    are, a surname is the full name of which it is the end; who puts questions, "Q", and who answers, "A", have a role
    for a name.
    """
    labels = sorted((*_label().finditer(text, 0, _FAR), *_clocked().finditer(text, 0, _FAR)), key=re.Match.start)
    often = Counter(m["name"] for m in labels)
    found = [m for m in labels if m["clock"] or _speaks(m["name"], often[m["name"]])]
    names = {m["name"] for m in found}
    if len(names) < 2 or not (_is_head(text[: found[0].start()]) or len(found) > len(names) + 1):
        return ()
    ends = [*(m.start() for m in found[1:]), len(text)]
    voices = _voices(names)
    return tuple(section for m, end in zip(found, ends, strict=True) for section in _turn(text, m, end, voices))


def _voices(names: set[str]) -> dict[str, str]:
    """Give the name of the speaker of each label; that of a surname is the one full name that ends in it."""
    voices = {name: _voice(name) for name in names}
    full: dict[str, set[str]] = {}
    for voice in voices.values():
        if " " in voice:
            full.setdefault(voice.rsplit(" ", 1)[1], set()).add(voice)
    alone = {last: found.pop() for last, found in full.items() if len(found) == 1}
    return {name: alone.get(voice, voice) for name, voice in voices.items()}


def _is_head(text: str) -> bool:
    """Tell whether nothing but a title and an imprint stands there."""
    lines = [line.strip() for line in text[:_LONGEST_HEAD].split("\n")]
    return len(text) < _LONGEST_HEAD and not any(line.endswith((".", "!", "?", "”", '"')) for line in lines)


def _turn(text: str, label: re.Match[str], end: int, voices: Mapping[str, str]) -> Iterator[Section]:
    """Give the label of a turn and what is said in it."""
    yield Section(kind="boilerplate", start=label.start(), end=label.end())
    if text[label.end() : end].strip():
        yield Section(kind="body", start=label.end(), end=end, voice=voices[label["name"]])


@cache
def _label() -> re.Pattern[str]:
    """Match the head of a turn: a clock time, a name or role, a remark in brackets, a colon."""
    capitals = r"[A-Z][A-Z.'’\-]*[A-Z.](?:[ \t]+(?:[A-Z][A-Z.'’\-]*|\d{1,2})){0,4}"
    roles = "|".join(sorted(map(re.escape, lexicon.words("speaker_words", "role"))))
    plain = rf"(?i:{roles})(?:[ \t]\d{{1,2}})?|{name_word()}(?:[ \t]+{name_word()}){{1,3}}"
    named = rf"(?P<name>{_SIGN}|(?:{capitals}|{plain})(?={_REMARK}[ \t]*:))"
    return re.compile(rf"^[ \t]*{_CLOCK}{named}{_REMARK}[ \t]*[:.][ \t]+(?=\S)", re.MULTILINE)


@cache
def _clocked() -> re.Pattern[str]:
    """Match a line of a name and a time alone, as programs that write down speech put it: "Mara Ito  00:00:05"."""
    name = rf"(?P<name>{name_word()}(?:[ \t]+(?:{name_word()}|\d{{1,2}})){{0,3}})"
    time = r"(?P<clock>[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?)"
    return re.compile(rf"^[ \t]*{name}(?:[ \t]*[-–|,][ \t]*|[ \t]+){time}[ \t]*:?\n+(?=[ \t]*\S)", re.MULTILINE)


def _speaks(name: str, times: int) -> bool:
    """Tell whether a label can be a speaker's, not the name of a part of the page: "NOTE:", "Last Update:"."""
    words = [word.lower().rstrip(".") for word in name.split()]
    if any(word in lexicon.words("speaker_words", "no_speaker") for word in (words[0], words[-1])):
        return False
    known = words[0] in forenames() or words[0] in phrases("honorific") or _is_role(name)
    return known or name.isupper() or times > 1


def _is_role(name: str) -> bool:
    return re.sub(r" \d+$", "", name.lower()) in lexicon.words("speaker_words", "role")


def _is_sign(name: str) -> bool:
    return name in ("Q", "A")


def _voice(name: str) -> str:
    """Give the name of a speaker as names are written, without his titles."""
    if _is_sign(name):
        return {"Q": "questioner", "A": "respondent"}[name]
    if _is_role(name):
        return f"the {name.lower()}"
    words = (w.capitalize() if w.isupper() and not re.fullmatch(r"(?:[A-Z]\.)+", w) else w for w in name.split())
    return bare_name(" ".join(words))
