"""Reads PolNeAR (brat standoff: NAME.txt beside NAME.ann) into plain records."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """One annotated attribution; spans are characters of the article, in order."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(frozen=True)
class Article:
    """One annotated article and the paragraphs of its text."""

    name: str
    text: str
    blocks: tuple[Span, ...]
    attributions: tuple[Attribution, ...]


def read_articles(folder: Path) -> list[Article]:
    """Reads every annotated article of a folder, sorted by name."""
    articles = [read_article(path) for path in sorted(folder.glob("*.ann"))]
    if not articles:
        raise FileNotFoundError(f"no .ann file in {folder}: give the folder that holds NAME.txt and NAME.ann")
    return articles


def read_article(annotation: Path) -> Article:
    """Reads one NAME.ann and the NAME.txt beside it."""
    text = annotation.with_suffix(".txt").read_text(encoding="utf8")
    attributions = read_annotation(annotation.read_text(encoding="utf8"))
    return Article(annotation.stem, text, paragraphs(text), attributions)


def paragraphs(text: str) -> tuple[Span, ...]:
    """The non-empty lines of a text, without the white space around them."""
    return tuple((m.start(), m.end()) for m in re.finditer(r"[^\s\n](?:[^\n]*[^\s\n])?", text))


def read_annotation(brat: str) -> tuple[Attribution, ...]:
    """The attributions of one brat file; events without any content are left out."""
    spans: dict[str, list[Span]] = {}
    events: list[list[list[str]]] = []
    for line in brat.splitlines():  # the quoted text of a span may run on over further lines
        if re.match(r"T\d+\t", line):
            key, where = line.split("\t")[:2]
            spans[key] = [_span(part) for part in where.split(" ", 1)[1].split(";")]
        elif re.match(r"E\d+\t", line):
            events.append([argument.split(":") for argument in line.split("\t")[1].split()[1:]])
    return tuple(a for a in (_attribution(event, spans) for event in events) if a.content)


def _span(part: str) -> Span:
    start, end = part.split()
    return int(start), int(end)


def _attribution(event: list[list[str]], spans: dict[str, list[Span]]) -> Attribution:
    roles: dict[str, list[Span]] = defaultdict(list)
    for name, key in event:
        roles[name.rstrip("0123456789")] += spans.get(key, [])
    return Attribution(*(tuple(sorted(roles[role])) for role in ("Content", "Cue", "Source")))
