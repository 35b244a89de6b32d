"""Give a text as a reader sees it, for the parser, and lead what is found there back to the text as stored.

Soft hyphens, marks of Markdown and HTML, apostrophes that are none: they mean nothing, and they hide words from the
parser ("will **not** break", "didn´t"). The text as stored keeps them, and all offsets count its characters.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from claimtrack import lexicon
from claimtrack.reading.capitals import is_capitals, sentence_case
from claimtrack.reading.decoding import C1
from claimtrack.reading.paragraphs import function_words
from claimtrack.schema import Claim, Document, Section, Span

__all__ = ["Legible", "legible"]

_SPAN_FIELDS = frozenset({"span", "source_span", "cue_span", "phrase_span", "condition", "context_span", "cause_span"})
_SPANS_FIELDS = frozenset({"spans", "content_spans", "reasons"})

_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])[’´ʼ′＇ʹˈ‛‘`\x92\uf092](?=(?:s|t|d|m|re|ve|ll)\b)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
_LIGATURES = {chr(0xFB00 + i): letters for i, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_ODD = re.compile(f"[\x80-\x9f{''.join(_LIGATURES)}]")
# Two to four characters of windows-1252 that were the bytes of one character in UTF-8: "â€™" for "’".
_HIGH = "".join(C1.values()) + "".join(map(chr, range(0x80, 0xC0)))
_TWICE = re.compile(f"[Â-ß][{re.escape(_HIGH)}]|[à-ï][{re.escape(_HIGH)}]{{2}}|[ð-ô][{re.escape(_HIGH)}]{{3}}|â€\ufffd")

_COMMENT = re.compile(r"<!--(?:(?!<!--).){0,20000}?-->", re.DOTALL)
_NOTE_TAG = re.compile(r"<sup\b[^<>]{0,200}>\W{0,2}\d{1,3}\W{0,2}</sup>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|em|font|i|mark|p|q|s|small|span|strong|sub|sup|u)\b(?:\s[^<>]{0,500})?/?>", re.IGNORECASE
)
_NOTE = re.compile(
    r"(?<=[^\s\[])\[(?:\^[\w-]{1,30}|\d{1,3}(?:[,–-]\s?\d{1,3}){0,5}|[a-z]|note \d+|citation needed)\](?![\[(:])"
)
_SUPERSCRIPT = re.compile(r"(?<=[^\W\d_]{4})[¹²³⁰⁴-⁹]+|(?<=[.,;!?”\"’)])[¹²³⁰⁴-⁹]+")
_TARGET = r"\([^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?(?:\s+[\"'“][^\n\"”]{0,300}[\"'”])?\)"
_IMAGE = re.compile(rf"!\[[^\[\]]{{0,500}}\]{_TARGET}|!\[\[[^\[\]\n]{{1,300}}\]\]")
_LINK = re.compile(rf"(?<!!)(\[)(?:[^\[\]\n]|\[[^\[\]\n]{{0,100}}\]|\n(?!\n)){{1,500}}(\]{_TARGET})")
_REFERENCE_LINK = re.compile(r"(?<![!\]\w])(\[)[^\[\]\n]{1,300}(\]\[[^\[\]\n]{0,60}\])")
_WIKI_LINK = re.compile(r"(?<!!)(\[\[(?:[^\[\]|\n]{1,200}\|)?)[^\[\]|\n]{1,200}(\]\])")
_AUTO_LINK = re.compile(r"(<)(?:https?://|mailto:)[^\s<>]{1,1000}(>)")
_STRONG = re.compile(r"(?<!\*)(\*\*)(?=\S)(?:(?!\*\*|\n\s*\n).){1,1000}?(?<=\S)(\*\*)", re.DOTALL)
_STARRED = re.compile(r"(?<![\w*\\])(\*)(?=[^\s*])(?:(?!\*|\n\s*\n).){1,500}?(?<=[^\s*\\])(\*)(?![\w*])", re.DOTALL)
_UNDERLINED = re.compile(r"(?<![\w\\/])(_{1,3})(?=[^\s_])(?:(?!_|\n\s*\n).){1,500}?(?<=[^\s_\\])(\1)(?!\w)", re.DOTALL)
_STRUCK = re.compile(r"(?<![\w~=])(~~|==)(?=\S)[^\n~=]{1,300}?(?<=\S)(\1)(?![\w~=])")
_CODE = re.compile(r"(?<![`\w])(`)(?=[^\s`])[^`\n]{1,200}(?<=[^\s`])(`)(?![`\w])")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!>~|-])")
_LINE_MARK = re.compile(r"^[ \t]{0,3}(?:(?:>[ \t]?)+(?:#{1,6}[ \t]+)?|#{1,6}[ \t]+)(?=\S)", re.MULTILINE)
_EDITORIAL = re.compile(r"\s?\[sic\]|(?<=\bet al\.)\s\((?:1[89]|20)\d\d[a-z]?\)")
_ADDRESS = re.compile(
    r"(?<![(<\w/.])https?://(?:www\.)?([\w.-]+\.[a-z]{2,10})\b"
    r"(?:[/?#][^\s<>\"“”()]*[^\s<>\"“”().,;:!?’'])?/?"
)
_GLUED = re.compile(r"(?<!\S)\S{1000,}")
_PIECE = 500  # characters: the tokenizer is quadratic in a word
# What note programs and site makers put into Markdown: comments, short codes, boxes to tick, kinds of call-outs, and
# where a note or an address is defined.
_EXTENDED = re.compile(
    r"%%[^%]{1,2000}%%|\{\{[<%][^{}]{0,500}[>%]\}\}|(?<=^[-*+] )\[[ xX]\] |^(?:>[ \t]?)*\[![\w-]{2,20}\][+-]?[ \t]*|"
    r"^\[\^[\w-]{1,30}\]:[ \t]*(?=\S)|^\[[^\[\]\n^]{1,60}\]:[ \t]+<?https?://\S+.*$", re.MULTILINE
)  # fmt: skip
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMBINED = re.compile(r"\w[\u0300-\u036f]+")
_DELETED = (_COMMENT, _EXTENDED, _NOTE_TAG, _IMAGE, _NOTE, _EDITORIAL, _TAG, _SUPERSCRIPT, _ESCAPE, _LINE_MARK)
_FRAMES = (_LINK, _REFERENCE_LINK, _WIKI_LINK, _AUTO_LINK, _STRONG, _STARRED, _UNDERLINED, _STRUCK, _CODE)


@dataclass(frozen=True)
class _Edit:
    """A stretch of the stored text and what a reader sees there."""

    start: int
    end: int
    words: str = ""


@dataclass(frozen=True)
class Legible:
    """A document as a reader sees it; `begins` and `ends` say of each of its characters where it is stored.

    Both are empty where nothing had to be changed.
    """

    stored: Document
    document: Document
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def restore(self, claim: Claim) -> Claim:
        """Lead a claim of the legible document back: its spans, words and context are those of the stored text."""
        if not self.begins:
            return claim
        found: Claim = _mapped(claim, self._span)
        text = self.stored.text
        return found.model_copy(update={
            "text": " … ".join(text[start:end] for start, end in found.spans),
            "context": text[slice(*found.context_span)],
            "attribution": _quoting(text, found.attribution, "cue", found.attribution.cue_span),
            "time": _quoting(text, found.time, "text", found.time.span),
            "likelihood": found.likelihood and _quoting(text, found.likelihood, "phrase", found.likelihood.phrase_span),
        })

    def _span(self, span: Span) -> Span:
        """Give the place in the stored text."""
        start, end = span
        if start >= end or end > len(self.begins):
            at = self.begins[start] if start < len(self.begins) else len(self.stored.text)
            return at, at
        return self.begins[start], self.ends[end - 1]


def _quoting(text: str, record: BaseModel, name: str, span: Span | None) -> BaseModel:
    """Give a record with the words at the span, as they are stored, in its field of that name."""
    return record.model_copy(update={name: text[slice(*span)]}) if span is not None else record


def _mapped(record: Any, place: Any) -> Any:  # noqa: ANN401  walks records of every type, by the names of their fields
    """Give a record with all its spans led back."""
    changed: dict[str, object] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if value is None:
            continue
        if name in _SPAN_FIELDS:
            changed[name] = place(value)
        elif name in _SPANS_FIELDS:
            changed[name] = tuple(place(span) for span in value)
        elif isinstance(value, BaseModel):
            changed[name] = _mapped(value, place)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            changed[name] = tuple(_mapped(part, place) for part in value)
    return record.model_copy(update=changed)


def legible(document: Document) -> Legible:
    """Give the document as a reader sees it; one without hidden marks is given as it is."""
    edits = list(_sound((*_edits(document.text), *_closed_titles(document), *_lowered(document))))
    words, begins, ends = _apply(document.text, edits) if edits else ("", [], [])
    if not words.strip():
        return Legible(document, document)
    sections = tuple(s for section in document.sections if (s := _moved(section, begins, ends, words)))
    shown = document.model_copy(update={"text": words, "sections": sections})
    return Legible(document, shown, tuple(begins), tuple(ends))


def _moved(section: Section, begins: list[int], ends: list[int], words: str) -> Section | None:
    """Give the section's place in the legible text; None when nothing of it is left."""
    start, end = bisect_left(begins, section.start), bisect_right(ends, section.end)
    inside = words[start:end]
    if not inside.strip():
        return None
    start += len(inside) - len(inside.lstrip())
    return section.model_copy(update={"start": start, "end": start + len(inside.strip())})


def _apply(text: str, edits: Iterable[_Edit]) -> tuple[str, list[int], list[int]]:
    """Give the edited text, and of each of its characters where it begins and ends in the text as stored."""
    pieces: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    at = 0
    for edit in (*edits, _Edit(len(text), len(text))):
        pieces += (text[at : edit.start], edit.words)
        begins += range(at, edit.start)
        ends += range(at + 1, edit.start + 1)
        begins += [edit.start] * len(edit.words)
        ends += [edit.end] * len(edit.words)
        at = edit.end
    return "".join(pieces), begins, ends


def _sound(edits: Iterable[_Edit]) -> Iterator[_Edit]:
    """Give the edits in order, of two that overlap the first and longer one."""
    at = -1
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.start >= at:
            yield edit
            at = edit.end


def _edits(text: str) -> Iterator[_Edit]:
    """Give all places where a reader sees something else than what is stored."""
    for form in _DELETED:
        yield from (_Edit(m.start(), m.end()) for m in form.finditer(text))
    yield from (_Edit(m.start(), m.end(), _site(text, m)) for m in _ADDRESS.finditer(text))
    yield from _framed(text)
    yield from (_Edit(m.start(), m.end(), " ") for form in (_SPACES, _BREAK) for m in form.finditer(text))
    yield from (_Edit(m.start(), m.end(), "'") for m in _APOSTROPHES.finditer(text))
    yield from (_Edit(m.start(), m.end(), _between(text, m)) for m in _HIDDEN.finditer(text))
    yield from (_Edit(m.start(), m.end(), _LIGATURES.get(m[0]) or C1[ord(m[0])]) for m in _ODD.finditer(text))
    for form, meaning in ((_ENTITY, _unescaped), (_TWICE, _once), (_COMBINED, _composed)):
        yield from (_Edit(m.start(), m.end(), w) for m in form.finditer(text) if (w := meaning(m[0])) != m[0])
    yield from (_Edit(at, at, " ") for m in _GLUED.finditer(text) for at in range(m.start() + _PIECE, m.end(), _PIECE))
    yield from (_Edit(m.start(1), m.start(1), "'") for m in _bare_denials().finditer(text))


def _site(text: str, match: re.Match[str]) -> str:
    """Give what stands for an address: its site; at a sentence's end, which the parser would miss, "this page"."""
    return "this page" if re.match(r"[.!?]\s", text[match.end() : match.end() + 2]) else match[1]


def _closed_titles(document: Document) -> Iterator[_Edit]:
    """Give a stop to each headline with a byline below: else "says mayor" would run on into "By Jane Holm"."""
    for title, below in pairwise(document.sections):
        if title.kind in ("title", "heading") and below.kind == "byline" and document.text[title.end - 1].isalnum():
            yield _Edit(title.end, title.end, ".")


def _lowered(document: Document) -> Iterator[_Edit]:
    """Give each letter of a paragraph in capitals alone as it is usually written."""
    for section in document.sections:
        words = document.text[section.start : section.end]
        if section.kind in ("title", "heading", "body") and is_capitals(words):
            for at, (old, new) in enumerate(zip(words, sentence_case(words), strict=True), section.start):
                if old != new:
                    yield _Edit(at, at + 1, new)


def _framed(text: str) -> Iterator[_Edit]:
    """Give the marks before and behind words; one kind is blanked before the next is looked for, as they are nested."""
    for form in _FRAMES:
        left = list(text)
        for start, end in [match.span(group) for match in form.finditer(text) for group in (1, 2)]:
            yield _Edit(start, end)
            left[start:end] = "\0" * (end - start)
        text = "".join(left)


def _between(text: str, match: re.Match[str]) -> str:
    """Give what marks of no width stand for: nothing, or a space where one parts a whole small word ("the|bank")."""
    if "\u200b" not in match[0]:
        return ""
    before, behind = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 30]
    left, right = re.search(r"\w*$", before), re.match(r"\w*", behind)
    sides = [side[0].lower() for side in (left, right) if side]
    return " " if all(sides) and any(side in function_words() for side in sides) else ""


def _unescaped(words: str) -> str:
    """Give the character of an entity, a plain space for any kind of space."""
    return _SPACES.sub(" ", html.unescape(words))


def _composed(words: str) -> str:
    """Give a letter and its accents as one character, as names are written elsewhere."""
    return unicodedata.normalize("NFC", words)


def _once(words: str) -> str:
    """Give the character whose bytes were taken for windows-1252; the words themselves where they were not."""
    if words == "â€\ufffd":  # the closing quotation mark has a byte that windows-1252 leaves open
        return "”"
    codes = {character: code for code, character in C1.items()}
    try:
        return bytes(codes.get(c, ord(c)) for c in words).decode("utf-8")
    except ValueError:
        return words


@cache
def _bare_denials() -> re.Pattern[str]:
    """Match a negated verb that lost its apostrophe, "didnt"; "his wont" and "a cant" are nouns."""
    words = "|".join(sorted(word.removesuffix("t") for word in lexicon.words("contraction_words", "bare")))
    nouns = "".join(f"(?<!\\b{word} )" for word in sorted(lexicon.words("contraction_words", "owner")))
    return re.compile(rf"\b{nouns}(?:{words})(?=t\b)()", re.IGNORECASE)
