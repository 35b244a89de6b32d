"""What clashes, what only seems to, and what has nothing to do with each other: on sentences read by the pipeline."""

from itertools import combinations

import pytest

from claimtrack import contradiction, extraction, ingest
from claimtrack.schema import Contradiction, NearMiss, Position
from tests.conftest import make_claim, make_document

CLASHES = [
    ("stance", "Chile favors the Atacama Corridor.", "Peru opposes the Atacama Corridor."),
    ("stance", "Kenya and Uganda support the Mombasa Pipeline.", "Tanzania rejects the Mombasa Pipeline."),
    ("stance", "France backs the Alpine Treaty.", "Italy views the Alpine Treaty as a threat."),
    ("denial", "According to Chile, Brazil has three bases in Bolivia.", "Brazil denies having bases in Bolivia."),
    ("likelihood", "It is unlikely that a war between Chile and Peru will break out.",
     "A war between Peru and Chile is very likely."),
    ("likelihood", "It is entirely plausible that Kenya may annul the Treaty of Arusha.",
     "I would be surprised if Kenya annulled the Treaty of Arusha."),
    ("numeric", "Norway has four submarines in Bergen.", "Norway has nine submarines in Bergen."),
    ("negation", "Sweden will sign the Baltic Treaty.", "Sweden will not sign the Baltic Treaty."),
    ("antonym", "Ghana strengthened the Volta Alliance.", "Ghana weakened the Volta Alliance."),
    ("stance", "Ghana accepted the Volta Accord.", "Ghana rejected the Volta Accord."),
    ("cause", "The crisis in relations is due to the arrest of a fishing crew.",
     "The arrest of the fishing crew is just an excuse."),
    ("status", "The Atacama Corridor is expected to open soon.", "The Atacama Corridor dispute remains unresolved."),
]

NEAR = [
    ("other parties", "A war between Chile and Peru is unlikely.", "A war between Chile and Bolivia is very likely."),
    ("degree only", "A war between Chile and Peru is unlikely.", "A war between Chile and Peru can be ruled out."),
    ("conditional", "A war between Chile and Peru is unlikely.",
     "If talks fail, a war between Chile and Peru is very likely."),
]

SILENT = [
    ("The Lima Ferry only sails in summer.", "The Lima Ferry will not sail when the river is low."),
    ("Peru did not attack Chile alone.", "Peru attacked Chile."),
    ("Chile favors the Atacama Corridor.", "Peru favors the Atacama Corridor."),
    ("Chile favors the Atacama Corridor.", "Peru opposes the Mombasa Pipeline."),
    ("A war between Chile and Peru is unlikely.", "A war between Chile and Peru can be ruled out."),
    ("Norway has about four submarines in Bergen.", "Norway has four frigates in Bergen."),
    ("Israel is the main supplier of arms to Chile.", "Chile will receive drones from Turkey."),
    ("Kenya fears Somali expansion.", "From Somalia's perspective, Kenya poses a threat."),
]


@pytest.fixture(scope="module")
def judge(nlp):
    """Judge every claim of one statement against every claim of another."""

    def run(a: str, b: str) -> list[Contradiction | NearMiss]:
        first, second = (extraction.extract(ingest.from_text(text), nlp) for text in (a, b))
        verdicts = (contradiction.judge(x, y) for x in first for y in second)
        return [v for v in verdicts if v is not None]

    return run


@pytest.mark.parametrize(("kind", "a", "b"), CLASHES)
def test_contradiction_finds_clash(judge, kind, a, b):
    """Two statements that clash are paired, with the kind of the clash, whichever comes first."""
    for first, second in ((a, b), (b, a)):
        assert kind in {v.kind for v in judge(first, second) if isinstance(v, Contradiction)}


@pytest.mark.parametrize(("reason", "a", "b"), NEAR)
def test_contradiction_names_why_not(judge, reason, a, b):
    """Two statements that only look contradictory are ruled out with the reason."""
    verdicts = judge(a, b)
    assert not [v for v in verdicts if isinstance(v, Contradiction)]
    assert reason in {v.reason for v in verdicts if isinstance(v, NearMiss)}


@pytest.mark.parametrize(("a", "b"), SILENT)
def test_contradiction_stays_silent(judge, a, b):
    """Statements that do not clash are not paired."""
    assert not [v for v in judge(a, b) if isinstance(v, Contradiction)]


@pytest.mark.parametrize(("a", "b"), [(a, b) for _, a, b in CLASHES + NEAR])
def test_contradiction_lets_claims_meet_that_clash(nlp, a, b):
    """Whatever a rule finds between two claims, they meet in a block: pairing loses nothing that judging would find."""
    claims = [c for text in (a, b) for c in extraction.extract(ingest.from_text(text), nlp)]
    met = {frozenset((x.id, y.id)) for x, y in contradiction.candidates(claims)}
    clashing = {frozenset((x.id, y.id)) for x, y in combinations(claims, 2) if contradiction.judge(x, y)}
    assert clashing
    assert clashing <= met


def test_contradiction_lets_a_claim_of_both_sides_meet_all():
    """A claim that tells of one for and one against the same target meets claims of either side; like meet not."""

    def speaking(words, *values):
        holders = [Position(holder=v, holder_id=v, target="the dam", target_id="the dam", value=v) for v in values]
        return make_claim(make_document(words), positions=tuple(holders))

    for_it, also, against, both = (
        speaking("Peru is for it.", "favor"), speaking("Cuba is, too.", "favor"),
        speaking("Chile is against it.", "against"), speaking("They are at odds.", "favor", "against"),
    )
    assert list(contradiction.candidates([for_it, also, against, both])) == [
        (for_it, against), (for_it, both), (also, against), (also, both), (against, both),
    ]
