"""The floors: what the program must reach on the hand annotation of the seeds. A floor only rises."""

import hashlib
import json
from itertools import combinations
from pathlib import Path

import pytest

from claimtrack import contradiction
from claimtrack.claims import extraction
from claimtrack.reading import ingest

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "data/seeds"
FLOORS = json.loads((ROOT / "data/floors.json").read_text(encoding="utf8"))


@pytest.fixture(scope="module")
def claims(nlp):
    """Every claim of the seeds, and the file name of each document."""
    found, names = [], {}
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        document = ingest.read(path)
        names[document.id] = path.name
        found += extraction.extract(document, nlp)
    return found, names


@pytest.fixture(scope="module")
def pairs(claims):
    """The contradictions and tensions of the seeds."""
    return contradiction.contradictions(claims[0])


def overlaps(spans, gold):
    """Tell whether any of the spans overlaps the gold span."""
    return any(s < gold[1] and gold[0] < e for s, e in spans)


def meets(pair, gold, names):
    """Tell whether a found pair shows a gold pair, or another wording of it."""
    sides = [(pair.a, pair.b), (pair.b, pair.a)]
    return any(
        all(names[c.document] == g[k]["file"] and overlaps(c.spans, g[k]["span"])
            for c, k in zip(order, "ab", strict=True))
        for g in [gold, *gold.get("or", [])] for order in sides
    )


@pytest.mark.parametrize("name", ["pairs.json", "attributions.json"])
def test_gold_annotation_is_the_one_the_floors_were_set_on(name):
    """A changed annotation needs new floors."""
    assert hashlib.sha256((GOLD / name).read_bytes()).hexdigest() == FLOORS["annotation"][name]


def test_gold_strong_contradictions_are_found(claims, pairs):
    """The contradictions on which two readers agreed are found, among the first twenty."""
    gold = [g for g in json.loads((GOLD / "pairs.json").read_text())["contradictory"] if g["grade"] == "strong"]
    first = [p for p in pairs if p.strength == "contradiction"][:20]
    found = {g["id"] for g in gold if any(meets(p, g, claims[1]) for p in first)}
    assert found >= set(FLOORS["strong_pairs"])


def test_gold_no_clash_is_lost_by_blocking(claims):
    """Comparing every claim with every other finds nothing that the blocks do not bring together."""
    met = {frozenset((a.id, b.id)) for a, b in contradiction.candidates(claims[0])}
    clashing = {frozenset((a.id, b.id)) for a, b in combinations(claims[0], 2) if contradiction.judge(a, b)}
    assert clashing <= met


def test_gold_tempting_pairs_stay_out(claims, pairs):
    """No pair that a careful reader would call a false alarm is listed."""
    gold = json.loads((GOLD / "pairs.json").read_text())["not_contradictory"]
    assert [g["id"] for g in gold if any(meets(p, g, claims[1]) for p in pairs)] == []


def test_gold_list_stays_short(pairs):
    """The five articles give a list that a person reads to its end."""
    contradictions = [p for p in pairs if p.strength == "contradiction"]
    assert len(contradictions) <= FLOORS["most_contradictions"]
    assert len(pairs) - len(contradictions) <= FLOORS["most_tensions"]


def test_gold_attributions_are_found(claims):
    """The reported views of the seeds are found, and most with the right source."""
    gold = json.loads((GOLD / "attributions.json").read_text())
    found = {}
    for claim in claims[0]:
        if claim.attribution.type != "authorial":
            found[claim.attribution.id] = (claims[1][claim.document], claim)
    content = source = 0
    for g in gold:
        best = max(((jaccard(c.attribution.content_spans, g["span"]), f"{c.source.name} {said(c)}")
                    for name, c in found.values() if name == g["file"]), default=(0, ""))
        content += best[0] >= 0.3
        source += best[0] >= 0.3 and bool(words(best[1]) & words(g["source"]))
    assert content / len(gold) >= FLOORS["attribution_content"]
    assert source / len(gold) >= FLOORS["attribution_source"]


def said(claim):
    """Give the words that name the source in the text ("Tehran", where the source is Iran)."""
    span = claim.attribution.source_span
    start = claim.context_span[0]
    return claim.context[max(0, span[0] - start):max(0, span[1] - start)] if span else ""


def jaccard(spans, gold):
    """Give the overlap of character spans as a share of their union."""
    first, second = {i for s, e in spans for i in range(s, e)}, set(range(*gold))
    return len(first & second) / len(first | second)


def words(name):
    """Give the telling words of a name."""
    return {w.strip("(),.’'s").lower() for w in name.split()} - {"the", "a", "an", "of", "and", "many", "some", ""}
