"""Cut a text into paragraphs, whatever its line breaks mean: empty lines, wrapped lines, or one paragraph a line.

Nothing but white space lies between paragraphs. The rules look only at the edges of a line, so that a line of a
megabyte costs no more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from claimtrack import lexicon
from claimtrack.lexicon import Entry
from claimtrack.reading import imprint

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
# A mark that refers to a note may stand behind the stop: "in May.[2]", "in May.[^1]".
_FINAL = re.compile(r"[.!?…:;。！？][\"'”’»)\]*_]*(?:\[\^?\w{1,4}\])*$")
_ITEM = re.compile(r"(?:[-*•–—▪◦‣]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S|\*\*[^*]{1,150}\*\*$|__[^_]{1,150}__$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+\.\w+$", re.IGNORECASE)
_GLUE = re.compile(rf"(?<=[a-zß-öø-ÿ]{{2}}[.?!])(?=[{imprint.UPPER}])")
_DOMAINS = frozenset({"com", "org", "net", "gov", "edu", "info"})

# Lines of wrapped prose are between these lengths; shorter ones are verse or lists, longer ones are paragraphs.
_NARROWEST, _WIDEST = 40, 130
# Characters at either end of a paragraph that the rules read.
EDGE = 600


class FunctionWord(Entry):
    """A frequent word; `dangling` ends no paragraph, `starter` begins a sentence in spite of being short."""

    dangling: bool
    starter: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A stretch of the text, with its edges made ready for the rules."""

    start: int
    end: int
    words: str

    @cached_property
    def head(self) -> str:
        """Give the first characters without Markdown's marks."""
        return imprint.plain(self.words[:EDGE])

    @cached_property
    def tail(self) -> str:
        """Give the last characters without Markdown's marks."""
        return imprint.plain(self.words[-EDGE:])

    @property
    def closed(self) -> bool:
        """Tell whether it ends as sentences do."""
        return bool(_FINAL.search(self.words[-16:]))

    @property
    def is_item(self) -> bool:
        """Tell whether it is an item of a list: "- the first demand"."""
        return bool(_ITEM.match(self.words[:6]))

    @property
    def is_address(self) -> bool:
        """Tell whether it holds nothing but a link or a mail address."""
        return len(self.words) < 2000 and bool(_ADDRESS.fullmatch(self.head))

    @property
    def is_marked_heading(self) -> bool:
        """Tell whether Markdown makes it a heading."""
        return bool(_MARKDOWN_HEADING.match(self.words[:EDGE]))

    @property
    def has_words(self) -> bool:
        """Tell whether there is a letter or digit in it."""
        return any(c.isalnum() for c in self.words)


@cache
def function_words() -> dict[str, FunctionWord]:
    """Give the function words of the language by their spelling."""
    return lexicon.phrases("function_words", FunctionWord)


def cut(text: str) -> tuple[Paragraph, ...]:
    """Cut the text into paragraphs, in order; a text of white space has none."""
    lines = list(_lines(text))
    if not lines:
        return ()
    width = _wrap_width(text, lines)
    firsts = [b for a, b in pairwise(lines) if not _continues(a, b, _has_gap(text[a.end : b.start]), width)]
    starts = [lines[0].start, *(line.start for line in firsts), len(text)]
    pieces = ((start, start + len(text[start:end].rstrip())) for start, end in pairwise(starts))
    return tuple(part for start, end in pieces for part in _unglue(Paragraph(start, end, text[start:end])))


def _lines(text: str) -> Iterator[Paragraph]:
    """Yield every line that is not blank, without the white space around it."""
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Paragraph(start, start + len(words), words)


def _has_gap(space: str) -> bool:
    """Tell whether an empty line lies in the white space between two lines."""
    return len(re.findall(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]", space)) > 1


def _wrap_width(text: str, lines: Sequence[Paragraph]) -> int | None:
    """Give the width to which the text is wrapped, in characters; None when its lines are paragraphs.

    In wrapped prose nearly every line is so full that the next word would not have fitted, and most lines begin in
    the middle of a sentence, with a small letter.
    """
    breaks = [(a, b) for a, b in pairwise(lines) if not _has_gap(text[a.end : b.start]) and " " in a.words]
    breaks = [(a, b) for a, b in breaks if not _alone(a) and not _alone(b)]
    if len(breaks) < 2:
        return None
    width = max(len(a.words) for a, _ in breaks)
    full = sum(_is_full(a, b, width) for a, b in breaks)
    lower = sum(b.words[0].islower() for _, b in breaks)
    wrapped = _NARROWEST <= width <= _WIDEST and full >= 0.8 * len(breaks) and lower >= 0.5 * len(breaks)
    return width if wrapped else None


def _is_full(line: Paragraph, following: Paragraph, width: int) -> bool:
    """Tell whether the next line's first word would not have fitted; up to 12 characters may stay ragged."""
    return len(line.words) + 1 + len(following.words[:40].split()[0]) > width - 12


def _alone(line: Paragraph) -> bool:
    """Tell whether the line cannot continue the line before it."""
    if line.is_item or line.is_marked_heading or line.is_address or not line.has_words:
        return True
    return bool(_ADDRESS.match(line.words[:200].split()[0])) or _is_imprint(line)


def _is_imprint(line: Paragraph) -> bool:
    """Tell whether the line is a byline, or outlet and date."""
    return bool(imprint.byline_of(line.words) or imprint.dateline_of(line.words))


def _continues(line: Paragraph, following: Paragraph, gap: bool, width: int | None) -> bool:
    """Tell whether the sentence or paragraph of `line` goes on in the line that follows, over a gap or not."""
    if line.is_marked_heading or line.is_address or not line.has_words or _alone(following) or _is_imprint(line):
        return False
    if line.closed:
        return width is not None and not gap and _is_full(line, following, width)
    if _dangles(line):
        return True
    lower = following.words[0].islower()
    if gap:
        return lower and len(line.words) > 60
    return lower or (width is not None and _is_full(line, following, width))


def _dangles(line: Paragraph) -> bool:
    """Tell whether the line breaks off behind a word that no sentence ends with: "However, for"."""
    words = line.words[-60:].split()
    word = function_words().get(words[-1])
    return len(line.words) > 20 and word is not None and word.dangling


def _unglue(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Part a paragraph where a heading lost its line break: "Will it last?Below is a column"."""
    words = paragraph.words
    borders = [0, *(m.start() for m in _GLUE.finditer(words) if _is_glue(words, m.start())), len(words)]
    for start, end in pairwise(borders):
        yield Paragraph(paragraph.start + start, paragraph.start + end, words[start:end])


def _is_glue(words: str, at: int) -> bool:
    """Tell whether two sentences touch here, and not the halves of a name or an address ("News.Example", "Gen.Orr")."""
    left = words[max(0, at - 80) : at].rsplit(maxsplit=1)[-1]
    right, behind = re.findall(r"^([\w’']*)(.?)", words[at : at + 40], re.DOTALL)[0]
    in_address = any(mark in left[:-1] for mark in "/@.") or behind in ("@", "/")
    if in_address or _open_quote(words[max(0, at - EDGE) : at]):
        return False
    if left[-1] in "?!":
        return True
    starter = function_words().get(right.lower())
    is_sentence = len(right) > 3 or (starter is not None and starter.starter)
    return is_sentence and right.lower() not in _DOMAINS and (left[0].islower() or len(left) > 5)


def _open_quote(words: str) -> bool:
    """Tell whether a quotation mark in the words still waits for its partner."""
    return words.count("“") > words.count("”") or words.count('"') % 2 == 1
