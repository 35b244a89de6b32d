"""Say whose words the quoted lines of a mail or a post are: "On Monday, Mara Quist wrote:", "> The port closes."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrack.reading.imprint import full_name
from claimtrack.reading.reporting_clauses import UNNAMED
from claimtrack.schema import Section, SectionKind

__all__ = ["quoted_lines"]

_QUOTED = re.compile(r"^[ \t]{0,3}((?:>[ \t]?)+)([^\n]*)$", re.MULTILINE)
_WROTE = re.compile(
    r"^[ \t]{0,3}((?:>[ \t]?)*)(?=[^\n]{0,300}(?:\n(?:>[ \t]?)*[^\n]{0,100})?\bwrote:)[^\n]{0,200}?(?:\n(?:>[ \t]?)*)?"
    r"(?P<name>[^\W\d_][^\d<>,:()\n]{1,60}?)\s*(?:<[^>\n]*>|\[[^\]\n]*\]|\([^)\n]*\))?\s*(?:>[ \t]?)*wrote:[ \t]*$",
    re.MULTILINE,
)
_FORWARDED = re.compile(
    r"^[ \t]*((?:>[ \t]?)*)(?:[-_]{5,}[^\n]*\n\s*)?\*?From:\*?[ \t]*"
    r"(?P<name>[^\n<]{2,80}?)[ \t]*(?:<[^\n]*>|\[[^\n]*\])?[ \t]*\n"
    r"(?:(?:>[ \t]?)*\*?(?:Sent|Date|To|Cc|Subject|Reply-To|Importance):[^\n]*\n){2,8}",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^--[ \t]*\n(?:[^\n]+\n?){1,8}", re.MULTILINE)
_BEFORE_NAME = re.compile(r"^(?:(?:AM|PM|UTC|GMT|at|on)\b\s*)+")


def quoted_lines(text: str, *, mail: bool = False) -> tuple[Section, ...]:
    """Give the stretches of a text that are somebody else's words, with the name of who wrote them.

    The name stands in the line before them ("Mara Quist wrote:"), or behind a dash in the last of them
    ("> — Mara Quist"). Lines without either are left alone, but in a mail they are somebody's, "unnamed".
    """
    if ">" not in text and "From:" not in text[1:] and not mail:
        return ()
    leads = {m.end(): (_depth(m[1]), _name(m["name"]), m) for m in _WROTE.finditer(text)}
    found = [Section(kind="boilerplate", start=m.start(), end=m.end()) for _, _, m in leads.values()]
    found += _quotations(text, {end: (depth, name) for end, (depth, name, _) in leads.items()}, mail=mail)
    found += _forwarded(text)
    if mail:
        found += [Section(kind="boilerplate", start=m.start(), end=m.end()) for m in _SIGNATURE.finditer(text)]
    return tuple(sorted(found, key=lambda s: s.start))


def _depth(marks: str) -> int:
    """Give how many replies deep a line is quoted."""
    return marks.count(">")


def _name(words: str) -> str:
    """Give the name without the end of the date before it: "PM Mara Quist"."""
    return _BEFORE_NAME.sub("", " ".join(words.split())).strip(" \"'*") or UNNAMED


def _quotations(text: str, leads: dict[int, tuple[int, str]], *, mail: bool) -> Iterator[Section]:
    """Give each run of quoted lines of one depth that has a name."""
    names: dict[int, str] = {}
    waiting = sorted(leads.items())
    for run in _runs(text):
        start, end, depth = run[0].start(), run[-1].end(), _depth(run[0][1])
        while waiting and waiting[0][0] <= start:
            _, (outer, name) = waiting.pop(0)
            names = {level: known for level, known in names.items() if level <= outer} | {outer + 1: name}
        signed = re.fullmatch(rf"[-—–―]+\s*({full_name()})(?:,.{{0,80}})?", run[-1][2].strip())
        if signed and len(run) > 1:
            yield _section(run[0].start(), run[-2].end(), "quote_block", signed[1])
            yield _section(run[-1].start(), end, "byline", signed[1])
        elif name := names.get(depth) or (UNNAMED if mail else ""):
            yield _section(start, end, "quote_block", name)


def _section(start: int, end: int, kind: SectionKind, voice: str) -> Section:
    return Section(kind=kind, start=start, end=end, voice=voice)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Give the quoted lines that follow upon each other in one depth."""
    run: list[re.Match[str]] = []
    for line in _QUOTED.finditer(text):
        if run and (line.start() > run[-1].end() + 1 or _depth(line[1]) != _depth(run[-1][1])):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _forwarded(text: str) -> Iterator[Section]:
    """Give the head of each message that is quoted or sent on without marks, and the message under it."""
    heads = [m for m in _FORWARDED.finditer(text) if m.start() > 0 and not m[1]]
    for head, end in zip(heads, [*(m.start() for m in heads[1:]), len(text)], strict=False):
        yield Section(kind="boilerplate", start=head.start(), end=head.end())
        if text[head.end() : end].strip():
            yield _section(head.end(), end, "quote_block", _name(head["name"]))
