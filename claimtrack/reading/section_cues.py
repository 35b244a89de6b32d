"""Know the set phrases by which a page shows what a paragraph is for (`lexicons/en/sections.toml`)."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from claimtrack import lexicon
from claimtrack.lexicon import Entry
from claimtrack.reading.paragraphs import Paragraph

Role = Literal["boilerplate", "stories", "caption", "frame", "comments", "credit", "honorific"]


class SectionCue(Entry):
    """A phrase that shows what a paragraph is for, and where in it the phrase must stand.

    `label` is the phrase before a colon at the start ("Tags: trade"), `whole` is the phrase and nothing else, `end` is
    the phrase with at most 50 characters behind it. "#" stands for a number.
    """

    role: Role
    at: Literal["start", "whole", "label", "end", "anywhere"]


def says(role: Role, paragraph: Paragraph) -> bool:
    """Tell whether the head of a paragraph holds a phrase of the role."""
    words = paragraph.head.lower().replace("’", "'").lstrip("([{|• ")
    if _opening(role).match(words) or any(cue.phrase in words for cue in _cues(role, "anywhere")):
        return True
    return any(cue.phrase in words[-50 - len(cue.phrase) :] for cue in _cues(role, "end"))


@cache
def _opening(role: Role) -> re.Pattern[str]:
    """Give the phrases of a role that must stand at the start, as one regular expression."""
    forms = {"start": r"{}(?!\w)", "whole": r"{}\W*$", "label": r"{}\s*:"}
    cues = _cues(role, *forms)
    return re.compile("|".join(forms[c.at].format(re.escape(c.phrase).replace(r"\#", r"\d+")) for c in cues))


@cache
def _cues(role: Role, *places: str) -> tuple[SectionCue, ...]:
    """Give the entries of a role that must stand at one of the places."""
    return tuple(c for c in lexicon.read("sections", SectionCue) if c.role == role and c.at in places)


@cache
def phrases(role: Role) -> frozenset[str]:
    """Give the phrases of a role, wherever they must stand."""
    return frozenset(c.phrase for c in lexicon.read("sections", SectionCue) if c.role == role)
