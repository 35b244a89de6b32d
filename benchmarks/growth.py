"""Print how the time to extract a text grows with its length, for texts of shapes that no article has.

usage: growth.py [SHAPE ...] [--sizes N ...] [--limit SECONDS] [--profile]

Each shape is made at every size, in thousands of characters, and read and extracted in this process. The exponent is
the slope of log seconds over log length, fitted to all sizes but the first (to both of two): 1 is linear, 2 quadratic.
Seconds are of the processor. A text that takes longer than the limit is given up, and no longer ones of its shape are
tried. `--profile` prints instead where the time of the last size goes.
"""

from __future__ import annotations

import argparse
import cProfile
import math
import pstats
import random
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import claimtrack

if TYPE_CHECKING:
    from spacy.language import Language

SIZES = [25, 50, 100, 200]  # thousands of characters
NEEDED_SECONDS, NEEDED_EXPONENT = 10, 1.15  # for 100,000 characters of any shape
NAMES = ("Ama Oduya", "Bela Kiss", "Carla Ruiz", "Dov Stern", "Ewa Nowak", "Femi Ade", "Gita Rao", "Hugo Lind")
LANDS = ("Peru", "Chile", "Ghana", "Norway", "Japan", "Kenya", "Spain", "Egypt")
VERBS = ("signed", "refused", "praised", "delayed", "opened", "left", "sold", "blocked")
THINGS = ("the treaty", "the harbour", "a bridge", "the mine", "the vote", "a loan", "the canal", "the pact")

Part = Callable[[int], str]
"""The part at a place of a text."""

SHAPES: dict[str, tuple[str, Part]] = {}
"""Each shape: the extension of its file, and its parts one after another."""


def shape(extension: str = ".txt") -> Callable[[Part], Part]:
    """Name a shape by the function that gives its parts."""

    def register(part: Part) -> Part:
        SHAPES[part.__name__] = extension, part
        return part

    return register


def pick(words: tuple[str, ...], place: int, salt: int = 0) -> str:
    """Draw a word that is the same each time."""
    return words[random.Random(place * 31 + salt).randrange(len(words))]


def clause(place: int) -> str:
    """Give a clause without a mark at its end."""
    return f"{pick(LANDS, place)} {pick(VERBS, place, 1)} {pick(THINGS, place, 2)}"


def tag(place: int) -> str:
    """Give a made-up word that no other place has."""
    letters = "bcdfglmnprst"
    first, second, third, fourth = (place // 12**power % 12 for power in range(4))
    return f"{letters[fourth].upper()}a{letters[third]}e{letters[second]}i{letters[first]}o"


@shape()
def article(place: int) -> str:
    """An ordinary article, paragraph after paragraph."""
    said = f"“{clause(place)}, and it may do so again,” said {pick(NAMES, place)} of {tag(place // 40)} Energy."
    return f"{clause(place + 1)}. {said} He warned that {clause(place + 2)} in {1990 + place % 40}.\n\n"


@shape()
def one_paragraph(place: int) -> str:
    """The same without a paragraph's end."""
    return article(place).replace("\n\n", " ")


@shape()
def brackets(_: int) -> str:
    """Opening brackets alone."""
    return "( "


@shape()
def brackets_glued(_: int) -> str:
    """Opening brackets in one word."""
    return "("


@shape()
def brackets_square(_: int) -> str:
    """Closing and opening square brackets."""
    return "][ "


@shape()
def nested_said(place: int) -> str:
    """One clause in the other."""
    return f"{pick(NAMES, place)} said that "


@shape()
def nested_chain(place: int) -> str:
    """Relative clauses, one in the other."""
    return f"the {pick(THINGS, place)[4:]} that {pick(NAMES, place)} {pick(VERBS, place)} which "


@shape()
def marks_straight(_: int) -> str:
    """Straight quotation marks."""
    return '" '


@shape()
def marks_glued(_: int) -> str:
    """Quotation marks in one word."""
    return '"'


@shape()
def marks_opening(place: int) -> str:
    """Quotations that open and never close."""
    return f"“{clause(place)} "


@shape()
def marks_odd(place: int) -> str:
    """A straight mark before every word."""
    return f'"{pick(THINGS, place)} '


@shape()
def apostrophes(_: int) -> str:
    """Apostrophes."""
    return "' ' "


@shape()
def quotations(place: int) -> str:
    """A quotation after the other in one paragraph."""
    return f"“{clause(place)},” said {pick(NAMES, place)}. "


@shape()
def quotations_unbound(place: int) -> str:
    """Quotations that nobody is said to hold."""
    return f"“{clause(place)}.” "


@shape()
def quoted_paragraphs(place: int) -> str:
    """One speech over many paragraphs."""
    return f"“{clause(place)}.\n\n"


@shape()
def endless_sentence(place: int) -> str:
    """Coordinated clauses without an end."""
    return f"{clause(place)} and "


@shape()
def endless_commas(place: int) -> str:
    """Clauses with commas between."""
    return f"{clause(place)}, "


@shape()
def endless_list(place: int) -> str:
    """Names with commas between."""
    return f"{pick(NAMES, place)}, "


@shape()
def endless_adjectives(_: int) -> str:
    """One word again and again."""
    return "very "


@shape()
def endless_nouns(place: int) -> str:
    """One compound noun."""
    return f"{pick(THINGS, place).split()[1]} "


@shape()
def endless_of(place: int) -> str:
    """Prepositional phrases, one in the other."""
    return f"{pick(THINGS, place)} of "


@shape()
def endless_not(_: int) -> str:
    """Negations."""
    return "not "


@shape()
def endless_might(_: int) -> str:
    """Hedges."""
    return "might perhaps "


@shape()
def endless_if(place: int) -> str:
    """Conditions."""
    return f"if {clause(place)} "


@shape()
def endless_to(_: int) -> str:
    """Infinitives, one in the other."""
    return "wants to try to "


@shape()
def new_names(place: int) -> str:
    """A name that occurs once in each sentence."""
    return f"{tag(place)} {tag(place + 7)} met {tag(place * 3)}. "


@shape()
def new_persons(place: int) -> str:
    """Persons whom later words may mean."""
    return f"Minister Ama {tag(place)} met Bela {tag(place // 2)}. She left him. "


@shape()
def new_organisations(place: int) -> str:
    """Organisations with short forms."""
    name = [tag(place), tag(place // 3), "Union"]
    return f"The {' '.join(name)} ({''.join(n[0] for n in name)}) {pick(VERBS, place)} {pick(THINGS, place)}. "


@shape()
def one_name(place: int) -> str:
    """A name repeated."""
    return f"{NAMES[0]} {pick(VERBS, place)} {pick(THINGS, place)}. "


@shape()
def pronouns(place: int) -> str:
    """Pronouns alone."""
    return f"He {pick(VERBS, place)} it and they {pick(VERBS, place, 1)} her. "


@shape()
def pronouns_endless(_: int) -> str:
    """Pronouns without an end."""
    return "he said she said it "


@shape()
def capitals(place: int) -> str:
    """Capital letters."""
    return f"{clause(place).upper()} "


@shape()
def short_forms(place: int) -> str:
    """Acronyms."""
    return f"({tag(place).upper()[:5]}) "


@shape()
def one_word_lines(place: int) -> str:
    """A word a line."""
    return f"{pick(THINGS, place).split()[1]}\n"


@shape()
def one_word_paragraphs(place: int) -> str:
    """A word a paragraph."""
    return f"{pick(THINGS, place).split()[1].title()}\n\n"


@shape()
def blank_lines(_: int) -> str:
    """Line breaks alone, with a letter now and then."""
    return "\n" * 50 + "a"


@shape()
def blanks(_: int) -> str:
    """Spaces between words."""
    return "a" + " " * 200


@shape()
def headings(place: int) -> str:
    """Headings without text."""
    return f"{tag(place)} and {tag(place + 1)}\n\n"


@shape()
def headings_in_capitals(place: int) -> str:
    """Headings in capitals."""
    return f"{clause(place).upper()}\n\n"


@shape()
def bylines(place: int) -> str:
    """Bylines."""
    return f"By {pick(NAMES, place)}\n\n"


@shape()
def datelines(place: int) -> str:
    """Datelines."""
    return f"{pick(LANDS, place).upper()} (AP) — {clause(place)}.\n\n"


@shape()
def comments(place: int) -> str:
    """Comments of readers."""
    return f"{tag(place)} says:\nMarch {place % 28 + 1}, 2020 at 3:15 pm\n{clause(place)}.\nReply\n\n"


@shape()
def bullets(place: int) -> str:
    """A list."""
    return f"- {clause(place)}\n"


@shape()
def numbered(place: int) -> str:
    """A numbered list."""
    return f"{place + 1}. {clause(place)}\n"


@shape()
def labels(place: int) -> str:
    """An interview."""
    return f"{pick(NAMES, place)}: {clause(place)}.\n"


@shape()
def colons(place: int) -> str:
    """Colons."""
    return f"{pick(NAMES, place)}: "


@shape()
def table(place: int) -> str:
    """A table of numbers."""
    return f"{pick(LANDS, place)}\t{place}\t{place * 7 % 1000}\t{place % 97}.5%\n"


@shape()
def numbers(place: int) -> str:
    """Numbers without an end."""
    return f"{place * 7919 % 100000} "


@shape()
def number_words(_: int) -> str:
    """Numerals in words."""
    return "twenty thousand and "


@shape()
def dates(place: int) -> str:
    """Dates without an end."""
    return f"on {place % 28 + 1} March {1900 + place % 150}, "


@shape()
def percents(place: int) -> str:
    """Likelihoods."""
    return f"a {place % 100} percent chance of war, "


@shape()
def long_token(_: int) -> str:
    """One word."""
    return "a"


@shape()
def long_tokens(_: int) -> str:
    """Words of a thousand letters."""
    return "ab" * 500 + " "


@shape()
def hyphens(_: int) -> str:
    """One word with hyphens."""
    return "co-"


@shape()
def dots(_: int) -> str:
    """Dots in one word."""
    return "."


@shape()
def dotted(_: int) -> str:
    """Short forms in one word."""
    return "U.S."


@shape()
def glued(_: int) -> str:
    """Sentences without a space between."""
    return "He left.She stayed."


@shape()
def dashes(_: int) -> str:
    """Dashes."""
    return "— "


@shape()
def slashes(_: int) -> str:
    """Slashes in one word."""
    return "a/"


@shape()
def addresses(place: int) -> str:
    """Web addresses."""
    return f"https://{tag(place)}.example/{place} "


@shape()
def at_signs(_: int) -> str:
    """At signs in one word."""
    return "a@"


@shape()
def questions(place: int) -> str:
    """Questions."""
    return f"Will {clause(place)}? "


@shape()
def emoji(_: int) -> str:
    """Pictures."""
    return "😀👩‍👩‍👧 "


@shape()
def accents(_: int) -> str:
    """Accents on one letter."""
    return "\u0301"


@shape()
def controls(_: int) -> str:
    """Control characters."""
    return "\x07a\u200b"


@shape()
def chinese(_: int) -> str:
    """Another script without spaces."""
    return "中国人民"


@shape()
def quoted_lines(place: int) -> str:
    """A mail's quoted lines, ever deeper."""
    return ">" * (place % 60 + 1) + f" {clause(place)}.\n"


@shape(".md")
def markdown(place: int) -> str:
    """Markdown of all kinds."""
    return f"# {tag(place)}\n\n> {clause(place)}.\n\n* [{clause(place)}](http://a.example) **{tag(place)}**\n\n"


@shape(".md")
def markdown_deep(_: int) -> str:
    """Block quotes in block quotes."""
    return ">"


@shape(".md")
def markdown_links(_: int) -> str:
    """Links that open and never close."""
    return "[a]("


@shape(".md")
def markdown_stars(_: int) -> str:
    """Stars."""
    return "*a **b "


@shape(".md")
def markdown_list(place: int) -> str:
    """Lists in lists."""
    return "  " * (place % 100) + f"- {tag(place)}\n"


@shape(".md")
def markdown_table(place: int) -> str:
    """A table."""
    return f"| {tag(place)} | {place} | {clause(place)} |\n"


@shape(".html")
def html(place: int) -> str:
    """A page."""
    return f"<h2>{tag(place)}</h2><p>{article(place).strip()}</p>"


@shape(".html")
def html_deep(place: int) -> str:
    """Elements in elements."""
    return f"<div>{clause(place)}. "


@shape(".html")
def html_inline(place: int) -> str:
    """Inline elements in inline elements."""
    return f"<b>{pick(LANDS, place)} <i>"


@shape(".html")
def html_quotes(place: int) -> str:
    """Block quotes in block quotes."""
    return f"<blockquote><p>{clause(place)}.</p>"


@shape(".html")
def html_table(place: int) -> str:
    """A table."""
    return f"<tr><td>{tag(place)}</td><td>{place}</td></tr>"


@shape(".html")
def html_list(place: int) -> str:
    """Lists in lists."""
    return f"<ul><li>{clause(place)}."


@shape(".html")
def html_entities(_: int) -> str:
    """Entities."""
    return "&amp;&#8220;"


@shape(".html")
def html_open(_: int) -> str:
    """Tags that never end."""
    return "<a href='"


@shape(".html")
def html_comments(_: int) -> str:
    """Comments that never end."""
    return "<!-- a "


@shape(".html")
def html_links(place: int) -> str:
    """Links."""
    return f"<p><a href='/{place}'>{clause(place)}</a></p>"


@shape(".eml")
def mail(place: int) -> str:
    """A mail's header without an end."""
    return f"X-{tag(place)}: {place}\n"


@shape(".srt")
def subtitles(place: int) -> str:
    """Subtitles."""
    return f"{place + 1}\n00:{place // 60 % 60:02}:{place % 60:02},000 --> 00:59:59,000\n{clause(place)}.\n\n"


@shape(".rss")
def feed(place: int) -> str:
    """A feed that never ends."""
    head = "<rss version='2.0'><channel>" if not place else ""
    return f"{head}<item><title>{tag(place)}</title><description>{clause(place)}.</description>"


def write(name: str, size: int, folder: Path) -> Path:
    """Write a text of a shape, of about `size` characters."""
    extension, part = SHAPES[name]
    parts, length = [], 0
    for place in count():
        if length >= size:
            break
        parts.append(part(place))
        length += len(parts[-1])
    path = folder / f"{name}_{size}{extension}"
    path.write_text("".join(parts), encoding="utf8")
    return path


class TooLong(Exception):  # noqa: N818  it says what the text took
    """A text took longer than the limit."""


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise TooLong in the block after so many seconds."""

    def stop(*_: object) -> None:
        raise TooLong

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)  # of the processor: others may use it, too
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def take(path: Path, nlp: Language) -> str:
    """Read and extract a file; gives how many claims it held, or why it held none."""
    try:
        return f"{len(claimtrack.extract(claimtrack.read(path), nlp)):,} claims"
    except claimtrack.ClaimtrackError as error:
        return type(error).__name__


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Fit the slope of log seconds over log size."""
    if len(seconds) < 2:
        return math.nan
    points = list(zip(sizes, seconds, strict=False))[len(seconds) > 2 :]
    lengths, times = ([math.log(max(value, 0.001)) for value in values] for values in zip(*points, strict=True))
    return statistics.linear_regression(lengths, times).slope


def measure(name: str, sizes: list[int], limit: int, nlp: Language, folder: Path) -> bool:
    """Print a line for a shape; gives whether it is as fast as it must be."""
    seconds: list[float] = []
    told = "given up"
    for size in sizes:
        path = write(name, 1000 * size, folder)
        begun = time.process_time()
        try:
            with limited(limit):
                told = take(path, nlp)
        except TooLong:
            told = "given up"
            break
        seconds.append(time.process_time() - begun)
    slope = exponent(sizes, seconds)
    at_100 = dict(zip(sizes, seconds, strict=False)).get(100, math.inf)
    # what takes next to no time grows as the clock's noise does
    fine = at_100 <= NEEDED_SECONDS and len(seconds) == len(sizes) and (slope <= NEEDED_EXPONENT or seconds[-1] < 0.5)
    figures = "".join(f"{value:8.2f}" for value in seconds).ljust(8 * len(sizes))
    print(f"{name:24}{figures}  exponent {slope:5.2f}  {'' if fine else 'SLOW  '}{told}", flush=True)
    return fine


def profile(name: str, size: int, limit: int, nlp: Language, folder: Path) -> None:
    """Print where the time of one text goes."""
    profiler = cProfile.Profile(time.process_time)
    path = write(name, 1000 * size, folder)
    try:
        with limited(limit):
            profiler.runcall(take, path, nlp)
    except TooLong:
        print("given up")
    for order in ("tottime", "cumtime"):
        pstats.Stats(profiler).sort_stats(order).print_stats(22)


def main() -> None:
    """Measure the shapes named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=", ".join(SHAPES))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    nlp = claimtrack.load()
    with tempfile.TemporaryDirectory() as folder:
        take(write("article", 1000, Path(folder)), nlp)  # what is loaded once is no shape's fault
        for name in args.shapes or SHAPES:
            if args.profile:
                profile(name, args.sizes[-1], args.limit, nlp, Path(folder))
            else:
                measure(name, args.sizes, args.limit, nlp, Path(folder))


if __name__ == "__main__":
    main()
