"""Numbers with their units: "four bases", "about 30 %", "$9.3 billion", "between 10 and 20 km".

Years, ordinals, dates and numbers inside names are no quantities.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimtrack.schema import Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "dozen": 12,
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9}
_PARTS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10,
}
_CURRENCIES = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "dollar": "USD", "dollars": "USD",
               "euro": "EUR", "euros": "EUR", "pounds": "GBP", "yen": "JPY", "rubles": "RUB", "roubles": "RUB"}
_WEIGHING = frozenset({"weigh", "weight", "heavy", "overweight"})  # beside these, pounds are no money
_MODIFIERS = {
    "about": "about", "around": "about", "roughly": "about", "approximately": "about", "some": "about",
    "nearly": "about", "almost": "about", "circa": "about", "an estimated": "about",
    "at least": "at least", "more than": "more than", "over": "more than", "no fewer than": "at least",
    "no less than": "at least", "above": "more than", "upwards of": "at least",
    "at most": "at most", "up to": "at most", "less than": "less than", "fewer than": "less than", "under": "less than",
    "below": "less than", "no more than": "at most", "within": "at most", "as many as": "at most",
    "as much as": "at most", "only": "only",
}

_CARDINAL = r"(?:" + "|".join(_WORDS) + r")(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:[\s-]+(hundred|thousand|million|billion|trillion|mn|bn)\b)?"
_CURRENCY = r"(?:\\?(US\$|[$€£¥])\s?)?"
_MODIFIER = r"(?:\b(" + "|".join(sorted(_MODIFIERS, key=len, reverse=True)) + r"|between|from)\s+)?(?:an?\s+)?"
_NUMBER = re.compile(
    rf"{_MODIFIER}{_CURRENCY}(?<![\w.-])({_FIGURE}|\b{_CARDINAL}\b|\bhalf\b){_SCALE}"
    rf"(?:\s*(?:-|–|to|and)\s*{_CURRENCY}({_FIGURE}|\b{_CARDINAL}\b){_SCALE})?"
    rf"(?:\s*(%|per ?cent\b|percent\b))?", re.I)
_FRACTION = re.compile(rf"{_MODIFIER}\b(one|two|three|four|five|a)[\s-]({'|'.join(_PARTS)})\b", re.I)
# Most clauses hold no number; the long pattern above is slow to find that out.
_HINT = re.compile(r"\d|\b(?:" + "|".join([*_WORDS, *_PARTS]) + r")\b", re.I)
_YEAR = re.compile(r"^(?:1[5-9]|20|21)\d\d$")
SKIPPED_ENTITIES = frozenset({"DATE", "TIME", "ORDINAL", "PRODUCT", "LAW", "WORK_OF_ART", "EVENT"})


def quantities(doc: Doc, span: Span) -> tuple[Quantity, ...]:
    """Find the quantities in the characters [start, end) of the doc, in text order; empty where there are none.

    `value` is the number in whole units (9.3 billion is 9.3e9); `high` is set for ranges; shares ("two-thirds") come
    as a number below 1 with unit "share". Currency units are ISO 4217 codes.
    """
    words = doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return ()
    text, offset = words.text, words.start_char
    if not _HINT.search(text):
        return ()
    shares = [_share(match, offset) for match in _FRACTION.finditer(text)]
    taken = [s.span for s in shares]
    numbers = []
    for match in _NUMBER.finditer(text):
        start, end = offset + match.start(), offset + match.end()
        if not any(start < e and end > s for s, e in taken):
            found = _quantity(doc, match, offset)
            if found:
                numbers.append(found)
    return tuple(sorted([*shares, *numbers], key=lambda q: q.span))


def _share(match: re.Match[str], offset: int) -> Quantity:
    numerator = 1 if match[2].lower() == "a" else _WORDS[match[2].lower()]
    value = round(numerator / _PARTS[match[3].lower()], 4)
    modifier = _MODIFIERS.get((match[1] or "").lower())
    return Quantity(value=value, unit="share", modifier=modifier, span=(offset + match.start(), offset + match.end()))


def _quantity(doc: Doc, match: re.Match[str], offset: int) -> Quantity | None:
    modifier, currency, number, scale, currency2, number2, scale2, percent = match.groups()
    token = _token_at(doc, offset + match.start(3))
    if token is None or _skipped(token, number, bool(currency or percent or scale)):
        return None
    last = _token_at(doc, offset + match.end() - 1) or token
    unit, end = _unit(last, token, offset + match.end())
    if currency or currency2:
        unit, end = _CURRENCIES[(currency or currency2).lower()], offset + match.end()
    elif percent:
        unit, end = "%", offset + match.end()
    if unit is None and number.lower() in ("one", "half"):
        return None  # "one of them", "no one", "half" are seldom counts
    joint = modifier is not None and modifier.lower() in ("between", "from")
    high = _value(number2, scale2) if number2 else None
    low = _value(number, scale or (scale2 if number2 else None))
    if high is not None and (high < low or (" and " in match[0] and not joint)):
        return None
    return Quantity(value=low, high=high, unit=unit, span=(offset + match.start(), end),
                    modifier="between" if high is not None else _MODIFIERS.get((modifier or "").lower()))


def _value(number: str, scale: str | None) -> float:
    word = number.lower()
    if word[0].isdigit():
        value = float(word.replace(",", ""))
    elif word == "half":
        value = 0.5
    else:
        value = float(sum(_WORDS[part] for part in word.split("-")))
    return value * _SCALES.get((scale or "").lower(), 1.0)


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
    for number in (last, token):
        head = number.head
        if number.dep_ in ("nummod", "quantmod", "compound") and head.i > number.i and head.pos_ in ("NOUN", "PROPN"):
            following = number.doc[number.i + 1]
            if following.text == "-" and number.i + 2 <= head.i:
                head = number.doc[number.i + 2]
            word = head.lower_
            if word == "pounds" and any(t.lemma_ in _WEIGHING for t in (head.head, *head.head.children)):
                return word, head.idx + len(head)
            return _CURRENCIES.get(word, word), head.idx + len(head)
    return None, end
