"""Numbers with their units: "four bases", "about 30 %", "$9.3 billion", "between 10 and 20 km".

Years, ordinals, dates and numbers inside names are no quantities.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.meaning import numerals
from claimtrack.meaning.numerals import alternatives, values
from claimtrack.schema import Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TermRole = Literal["currency", "modifier", "weighing"]

_FIGURE = (r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,.]\d)(?!\d)|\d+(?:\.\d+)?"
           r"(?:\s?[¼½¾⅐-⅞])?|[¼½¾⅐-⅞]")
_CURRENCY = r"(?:\\?(US\$|[$€£¥])\s?)?"
_MINUS = r"(?:(?<![\w.,)%-])([-−–]|minus\s|negative\s)(?=[$€£¥]?\d))?"
_YEAR = re.compile(r"^(?:1[5-9]|20|21)\d\d$")
SKIPPED_ENTITIES = frozenset({"DATE", "TIME", "ORDINAL", "PRODUCT", "LAW", "WORK_OF_ART", "EVENT"})


class Term(lexicon.Entry):
    """A word beside a number: a currency with its code, a modifier with its class, or what weighs in pounds."""

    role: TermRole
    value: str = ""


@cache
def _terms(role: TermRole) -> dict[str, str]:
    return {t.phrase: t.value for t in lexicon.read("quantity_terms", Term) if t.role == role}


@cache
def _modifier() -> str:
    return rf"(?:\b({alternatives(_terms('modifier'))}|between|from)\s+)?(?:an?\s+)?"


@cache
def _number() -> re.Pattern[str]:
    """A number or range with what stands around it: modifier, currency, scale, percent."""
    spelled, short = numerals.spelled(), alternatives(values("short"))
    scale = rf"(?:[\s-]+({alternatives(values('scale'))})\b|({short})\b)?"
    return re.compile(
        rf"{_modifier()}{_MINUS}{_CURRENCY}(?<![\w.])(?<!\w-)({_FIGURE}|\b{spelled}\b|\bhalf\b){scale}"
        rf"(?:\s*(?:-|–|to|and)\s*{_CURRENCY}({_FIGURE}|\b{spelled}\b){scale})?"
        rf"(?:\s*(%|per ?cent\b|percent\b))?", re.I)


@cache
def _one_in() -> re.Pattern[str]:
    """A share that counts heads: "one in three banks"."""
    small = alternatives(word for word, value in values("cardinal").items() if value <= 20)
    number = rf"({small}|\d{{1,3}})"
    return re.compile(rf"{_modifier()}\b{number}[\s-](?:in|out of)[\s-](?:every\s)?{number}\b(?!\s*(?:%|per))", re.I)


@cache
def _fraction() -> re.Pattern[str]:
    """A share: "two-thirds", "a quarter"."""
    numerators = alternatives(["a", *(word for word, value in values("cardinal").items() if value <= 5)])
    return re.compile(rf"{_modifier()}\b({numerators})[\s-]({alternatives(values('part'))})\b", re.I)


@cache
def _hint() -> re.Pattern[str]:
    """What a number holds; most clauses hold none, and the long pattern is slow to find that out."""
    words = alternatives([*values("cardinal"), *values("part"), *values("scale")])
    return re.compile(rf"[\d¼½¾⅐-⅞]|\b(?:{words})\b", re.I)


def quantities(doc: Doc, span: Span) -> tuple[Quantity, ...]:
    """Find the quantities in the characters [start, end) of the doc, in text order; empty where there are none.

    `value` is the number in whole units (9.3 billion is 9.3e9); `high` is set for ranges; shares ("two-thirds") come
    as a number below 1 with unit "share". Currency units are ISO 4217 codes.
    """
    words = doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return ()
    text, offset = words.text, words.start_char
    if not _hint().search(text):
        return ()
    shares = [_share(match, offset) for match in _fraction().finditer(text)]
    shares += [share for match in _one_in().finditer(text) if (share := _heads(match, offset)) is not None]
    taken = [s.span for s in shares]
    numbers = []
    for match in _number().finditer(text):
        start, end = offset + match.start(), offset + match.end()
        if not any(start < e and end > s for s, e in taken):
            found = _quantity(doc, match, offset)
            if found:
                numbers.append(found)
    return tuple(sorted([*shares, *numbers], key=lambda q: q.span))


def _share(match: re.Match[str], offset: int) -> Quantity:
    numerator = 1 if match[2].lower() == "a" else values("cardinal")[match[2].lower()]
    value = round(numerator / values("part")[match[3].lower()], 4)
    modifier = _terms("modifier").get((match[1] or "").lower())
    return Quantity(value=value, unit="share", modifier=modifier, span=(offset + match.start(), offset + match.end()))


def _heads(match: re.Match[str], offset: int) -> Quantity | None:
    part, whole = (numerals.cardinal(number) for number in match.groups()[1:])
    if not 0 < part < whole:
        return None
    modifier = _terms("modifier").get((match[1] or "").lower())
    return Quantity(value=round(part / whole, 4), unit="share", modifier=modifier,
                    span=(offset + match.start(), offset + match.end()))


def _quantity(doc: Doc, match: re.Match[str], offset: int) -> Quantity | None:
    modifier, minus, currency, number, scale, short, currency2, number2, scale2, short2, percent = match.groups()
    money = currency or currency2
    scale, scale2 = (long or _meant(brief, bool(money), match, offset, doc)
                     for long, brief in ((scale, short), (scale2, short2)))
    token = _token_at(doc, offset + match.start(4))
    if token is None or _skipped(token, number, bool(currency or percent or scale)):
        return None
    last = _token_at(doc, offset + match.end() - 1) or token
    unit, end = _unit(last, token, offset + match.end())
    if currency or currency2:
        unit, end = _terms("currency")[(currency or currency2).lower()], offset + match.end()
    elif percent:
        unit, end = "%", offset + match.end()
    if unit is None and not scale and number.lower() in ("one", "half", "a", "an"):
        return None  # "one of them", "no one", "half" are seldom counts
    joint = modifier is not None and modifier.lower() in ("between", "from")
    high = _value(number2, scale2) if number2 else None
    last_word = number2.split()[-1].lower() if number2 else ""  # "two or three hundred"
    shared = scale2 or (last_word if last_word in values("scale") and " " not in number else None)
    low = _value(number, scale or (shared if number2 else None)) * (-1 if minus else 1)
    if high is not None and (high < low or (" and " in match[0] and not joint)):
        return None
    return Quantity(value=low, high=high, unit=unit, span=(offset + match.start(), end),
                    modifier="between" if high is not None else _terms("modifier").get((modifier or "").lower()))


def _meant(short: str | None, money: bool, match: re.Match[str], offset: int, doc: Doc) -> str | None:
    """Return a short scale behind a figure where it is one: "$3m", "30k people", but not "3m" of a wall."""
    if short is None or money or len(short) > 1:
        return short
    last = _token_at(doc, offset + match.end() - 1)
    beside = doc[last.i : last.i + 4] if last is not None else doc[:0]
    rest = beside.text[offset + match.end() - beside.start_char :].lstrip() if beside else ""
    counted = re.match(r"(?:[a-z]+s|people|men|women)\b", rest)
    return short if counted is not None and short.lower() in "mk" else None


def _value(number: str, scale: str | None) -> float:
    factor = (values("scale") | values("short")).get((scale or "").lower(), 1.0)
    return (0.5 if number.lower() == "half" else numerals.cardinal(number)) * factor


def _token_at(doc: Doc, position: int) -> Token | None:
    span = doc.char_span(position, position + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def _skipped(token: Token, number: str, certain: bool) -> bool:
    if certain:
        return False
    counts = token.dep_ == "nummod" and token.head.pos_ == "NOUN" and not token.head.ent_type_
    if (token.ent_type_ in SKIPPED_ENTITIES and not counts) or token.tag_ in ("NNP", "NNPS"):
        return True
    if _YEAR.match(number) and token.head.tag_ != "NNS":
        return True
    names = token.dep_ == "nummod" and token.head.i < token.i and token.head.pos_ == "PROPN"
    return names or (token.i > 0 and token.nbor(-1).pos_ == "PROPN" and token.ent_type_ not in ("", "CARDINAL"))


def _unit(last: Token, token: Token, end: int) -> tuple[str | None, int]:
    """Give the noun that a number counts, and where it ends: "four bases", "400-kilometer"."""
    for number in (last, *((last.head,) if last.dep_ == "conj" and last.head.like_num else ()), token):
        head = number.head
        if number.dep_ in ("nummod", "quantmod", "compound") and head.i > number.i and head.pos_ in ("NOUN", "PROPN"):
            following = number.doc[number.i + 1]
            if following.text == "-" and number.i + 2 <= head.i:
                head = number.doc[number.i + 2]
            word = head.lower_
            if word == "pounds" and any(t.lemma_ in _terms("weighing") for t in (head.head, *head.head.children)):
                return word, head.idx + len(head)
            return _terms("currency").get(word, word), head.idx + len(head)
    return None, end
