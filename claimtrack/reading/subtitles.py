"""Read subtitles, SRT and WebVTT: the lines joined to paragraphs, each in the voice of its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimtrack.reading.decoding import decode
from claimtrack.reading.registry import Draft, reader
from claimtrack.schema import Section

_TIMES = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})\s*-->\s*(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})")
_VOICE = re.compile(r"<v(?:\.[\w.]*)?\s+([^<>]{1,80})>")
_LABEL = re.compile(r"(?:>>\s*|-\s*)?\[?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})\]?:\s+(?=\S)")
_PARAGRAPH = "\n\n"
_PAUSE = 3.0  # seconds of silence behind a whole sentence after which another paragraph begins


@dataclass(frozen=True)
class _Cue:
    """What is shown at once: when, in seconds, by whom, and its words."""

    start: float
    end: float
    speaker: str | None
    words: str


@reader(".srt", ".vtt")
def _read_subtitles(raw: bytes, path: str) -> Draft:
    """Read what is spoken, without numbers, times and marks of sound such as "[music]"."""
    text = ""
    told: list[Section] = []
    speaker, ended = None, 0.0
    for cue in _cues(decode(raw, path)):
        changed = cue.speaker is not None and cue.speaker != speaker
        paused = cue.start - ended > _PAUSE and text.endswith((".", "!", "?", "”", '"'))
        begins = changed or paused or not text
        speaker = cue.speaker or speaker
        start = len(text) + 2 if begins and text else 0 if begins else told[-1].start
        text += f"{'' if not text else _PARAGRAPH if begins else ' '}{cue.words}"
        ended = cue.end
        section = Section(kind="body", start=start, end=len(text), voice=speaker or "author")
        told = [*told, section] if begins else [*told[:-1], section]
    return Draft(text, told=tuple(section for section in told if section.voice != "author"))


def _cues(text: str) -> Iterator[_Cue]:
    """Give the cues in order; one cue of two speakers gives two."""
    for block in re.split(r"\n[ \t]*\n", text):
        times = _TIMES.search(block)
        if times is None:
            continue
        start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
        lines = block[times.end() :].split("\n")[1:]
        for speaker, words in _turns([line.strip() for line in lines]):
            yield _Cue(start, end, speaker, words)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return 3600 * hours + 60 * minutes + seconds + thousandths / 1000


def _turns(lines: list[str]) -> Iterator[tuple[str | None, str]]:
    """Give who speaks and what, a pair a turn: a line with a speaker's name begins one."""
    speaker, words = None, ""
    for line in lines:
        voice = _VOICE.search(line)
        bare = re.sub(r"<[^<>]*>|\{\\[^{}]*\}|^[♪♫#]+|[♪♫#]+$|\[[a-z ]{2,30}\]|\([A-Z ]{2,30}\)", "", line).strip()
        label = None if voice else _LABEL.match(bare)
        if voice or label or re.match(r"(?:-|>>)\s*\S", bare):
            if words:
                yield speaker, words
            named = voice[1] if voice else label[1] if label else None
            speaker, words = (_proper(named) if named else None), ""
            bare = bare[label.end() :] if label else re.sub(r"^(?:-|>>)\s*", "", bare)
        words = f"{words} {bare}".strip()
    if words:
        yield speaker, words


def _proper(name: str) -> str:
    """Give a name in capitals as names are written."""
    return name.title() if name.isupper() and len(name) > 3 else name.strip()
