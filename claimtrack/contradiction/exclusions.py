"""What lets both of two claims stand that seem to clash: other parties, another time, a condition, a concession."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise

from claimtrack import lexicon
from claimtrack.contradiction.explanation import again, names, source_name
from claimtrack.contradiction.findings import Apart, Finding
from claimtrack.contradiction.participants import bare_predicate, patients
from claimtrack.contradiction.sameness import days_apart, same_event, same_half, same_sentence, same_source
from claimtrack.contradiction.sides import is_sided, is_supposed
from claimtrack.contradiction.terms import months, weekdays, words_of
from claimtrack.schema import Claim

FAR_APART_DAYS = 365
"""Two claims published further apart than this speak of different situations unless they name the same dates."""


def ruled_out(a: Claim, b: Claim, finding: Finding) -> Apart | None:
    """Give the first reason for which both claims may stand."""
    wide = finding.kind in {"stance", "cause", "role"}  # these say themselves what they are about
    apart = None if wide else _other_parties(a, b) or _other_circumstances(a, b)
    apart = apart or (None if finding.kind in {"cause", "temporal"} else _other_dates(a, b))
    apart = apart or (None if wide else _other_aspect(a, b) or _condition(a, b))
    apart = apart or (None if finding.kind == "stance" or one_voice(a, b, finding) else _long_after(a, b))
    return apart or ((_same_breath(a, b) or _only_reported(a, b)) if same_source(a, b) else None)


def one_voice(a: Claim, b: Claim, finding: Finding) -> bool:
    """Tell whether one source is against itself, be it the claims' source or one that both tell of."""
    return same_source(a, b) if finding.one_voice is None else finding.one_voice


def _condition(a: Claim, b: Claim) -> Apart | None:
    if (a.condition is None) == (b.condition is None):
        return None
    bound, free = (a, b) if a.condition else (b, a)
    says = f"{source_name(bound)} says it only under a condition, {again(bound, free)} without one."
    return Apart("conditional", says)


def _long_after(a: Claim, b: Claim) -> Apart | None:
    if (days_apart(a.published, b.published) or 0) <= FAR_APART_DAYS:
        return None
    return Apart("other time", f"One was published {a.published}, the other {b.published}.")


def _same_breath(a: Claim, b: Claim) -> Apart | None:
    if not same_sentence(a, b) or not (a.concession or b.concession):
        return None
    return Apart("concession", f"{source_name(a)} concedes the one and maintains the other in the same breath.")


def _only_reported(a: Claim, b: Claim) -> Apart | None:
    """Tell of what a source passes on without holding it: "the port is reportedly closed", "is said to be closed"."""
    for claim in (a, b):
        said = claim.attribution
        if claim.source.kind in {"author", "voice"} and said.cue_kind == "speech" and not said.source_span:
            return Apart("reported not held", f"{source_name(claim)} only passes one of them on (“{said.cue}”).")
    return None


def _other_parties(a: Claim, b: Claim) -> Apart | None:
    first, second = set(a.frame.parties), set(b.frame.parties)
    if not first or not second or first <= second or second <= first:
        return None
    return Apart("other parties", f"One speaks of {names(a, first)}, the other of {names(b, second)}.")


def _other_circumstances(a: Claim, b: Claim) -> Apart | None:
    """Tell of different linked names under one preposition: troops to Mali, troops to Chad."""
    first, second = (_by_preposition(c) for c in (a, b))
    for preposition in sorted(first.keys() & second.keys()):
        x, y = first[preposition], second[preposition]
        if not x & y:
            says = f"One says “{preposition} {names(a, x)}”, the other “{preposition} {names(b, y)}”."
            return Apart("other parties", says)
    return None


def _by_preposition(claim: Claim) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for circumstance in claim.frame.circumstances:
        preposition, _, entity = circumstance.partition(" ")
        found[preposition].add(entity)
    return found


def _other_aspect(a: Claim, b: Claim) -> Apart | None:
    """Tell of different words under one preposition, or of another one in a row: a tax on beer, one on bread."""
    counted = tuple(_ordinals() & {*words_of(c.text)} for c in (a, b))
    if all(counted) and not counted[0] & counted[1]:
        return Apart("other aspect", f"One speaks of the {min(counted[0])}, the other of the {min(counted[1])}.")
    if a.frame.event and a.frame.event == b.frame.event:
        return None
    for noun in sorted(patients(a) & patients(b)):
        kinds = _kind_of(noun, a), _kind_of(noun, b)
        if all(kinds) and kinds[0] != kinds[1]:
            return Apart("other aspect", f"One speaks of the {kinds[0]} {noun}, the other of the {kinds[1]} {noun}.")
    linked = _by_preposition(a), _by_preposition(b)
    first, second = _phrases(a), _phrases(b)
    for preposition in sorted(first.keys() & second.keys()):
        x, y = first[preposition], second[preposition]
        alike = preposition.rpartition(" ")[2]
        if x.keys().isdisjoint(y) and not linked[0][alike] & linked[1][alike]:
            says = f"One says “{preposition} {' '.join(x)}”, the other “{preposition} {' '.join(y)}”."
            return Apart("other aspect", says)
    return None


def _kind_of(noun: str, claim: Claim) -> str:
    """Give the word before a common noun that tells which one it is: "trade" in "rejected the trade deal"."""
    if any((q.unit or "").startswith(noun) for q in claim.quantities):
        return ""  # "four ships"
    words = re.findall(r"\w+", claim.proposition.lower())
    before = next((x for x, y in pairwise(words) if y in {noun, f"{noun}s"}), "")
    verb = before[:4] == bare_predicate(claim)[:4]
    return "" if verb or before in _function_words() or not before.isalpha() else before


@cache
def _function_words() -> frozenset[str]:
    """Give the words that stand before a noun without telling which one it is."""
    return _prepositions() | _stops() | _determiners() | _ordinals()


def _prepositions() -> frozenset[str]:
    return lexicon.words("clash_words", "preposition")


def _stops() -> frozenset[str]:
    """Give the words at which a phrase under a preposition ends."""
    return lexicon.words("clash_words", "stop")


def _determiners() -> frozenset[str]:
    return lexicon.words("clash_words", "determiner")


def _ordinals() -> frozenset[str]:
    """Give the words that tell which one of a row is meant."""
    return lexicon.words("clash_words", "ordinal")


def _phrases(claim: Claim) -> dict[str, dict[str, None]]:
    """Give the words that stand under each preposition of a claim's proposition, numbers and determiners left out."""
    prepositions, determiners, stops = _prepositions(), _determiners(), _stops()
    found: dict[str, dict[str, None]] = defaultdict(dict)
    under: dict[str, None] = {}
    words = re.findall(r"\w+|[^\w\s]", claim.proposition.lower())
    for before, word in pairwise(["", *words]):
        if word in prepositions:
            under = found[f"{before} of" if word == "of" else word]  # "price of", "leader of": of what, each its own
        elif word in stops or not word.isalpha():
            under = {} if not word.isdigit() else under
        elif word not in determiners:
            under[word] = None
    return {preposition: words for preposition, words in found.items() if words}


def _other_dates(a: Claim, b: Claim) -> Apart | None:
    """Tell of dates that the two claims name themselves and that do not overlap."""
    s, t = a.time, b.time
    apart = s.start and t.start and ((s.end or s.start) < t.start or (t.end or t.start) < s.start)
    first, second = {*words_of(s.text or "")}, {*words_of(t.text or "")}
    named = any(first & names and second & names and not first & second & names for names in (months(), weekdays()))
    if apart or named:
        return Apart("other time", f"One speaks of {s.text or s.start}, the other of {t.text or t.start}.")
    return None


def degree_only(a: Claim, b: Claim) -> Apart | None:
    """Tell of two likelihoods of one event on the same side of one half, such as "unlikely" beside "ruled out"."""
    p, q = a.likelihood, b.likelihood
    if p is None or q is None or p.point == q.point or is_supposed(a) or is_supposed(b):
        return None
    if not same_half(a, b) or not (is_sided(p) and is_sided(q)):
        return None
    if not same_event(a, b) or _other_parties(a, b) or (a.condition is None) != (b.condition is None):
        return None
    return Apart("degree only", f"“{p.phrase}” and “{q.phrase}” differ in degree only.")
