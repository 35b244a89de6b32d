"""What clashes, what only seems to, and what has nothing to do with each other: on sentences read by the pipeline."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack import contradiction
from claimtrack.claims import extraction
from claimtrack.contradiction import confirmation, nli
from claimtrack.reading import ingest
from claimtrack.schema import (
    Attribution,
    Claim,
    Contradiction,
    Frame,
    Likelihood,
    NearMiss,
    Position,
    Quantity,
    Source,
    Time,
)
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
    ("numeric", "Peru has at least 500 tanks.", "Peru has fewer than 200 tanks."),
    ("numeric", "The earthquake in Peru killed 40 people.", "The earthquake in Peru killed 90 people."),
    ("negation", "The Lima bridge is safe.", "The Lima bridge is not safe."),
    ("negation", "Chile ratified the Andean Treaty.", "The Andean Treaty was not ratified."),
    ("role", "Maria Lopez is the president of Peru.", "Juan Paz is the president of Peru."),
    ("role", "Chile attacked Peru first.", "Peru attacked Chile first."),
    ("negation", "Norway will scarcely improve its roads.", "Norway will improve its roads."),
    ("negation", "Norway invaded Iceland.", "It is not true that Norway invaded Iceland."),
    ("denial", "Maria Lopez said that Norway invaded Iceland.", "The claim that Norway invaded Iceland is false."),
    ("antonym", "The port of Lima is open.", "The port of Lima is closed."),
    ("negation", "Mr. Lopez will attack Iceland.", "Mr. Lopez will not attack Iceland."),
    ("likelihood", "There's a 90 percent chance Norway wins.", "Maria Lopez doubts that Norway will win."),
    ("antonym", "The bank expects Peru's economy to grow.", "The fund expects Peru's economy to shrink."),
    ("likelihood", "Experts say that Norway will invade Iceland.",
     "Maria Lopez ruled out that Norway will invade Iceland."),
    ("denial", "Experts say that Norway invaded Iceland.",
     "Maria Lopez called reports that Norway invaded Iceland a lie."),
    ("temporal", "The Lima Bridge opens in May 2026.", "The Lima Bridge will not open before June 2026."),
    ("temporal", "The Lima Bridge will open by March.", "The Lima Bridge opens in April at the earliest."),
    ("temporal", "Peru will sign the Andean Treaty in 2026.", "Peru will not sign the Andean Treaty before 2027."),
]

NEAR = [
    ("other parties", "A war between Chile and Peru is unlikely.", "A war between Chile and Bolivia is very likely."),
    ("degree only", "A war between Chile and Peru is unlikely.", "A war between Chile and Peru can be ruled out."),
    ("conditional", "A war between Chile and Peru is unlikely.",
     "If talks fail, a war between Chile and Peru is very likely."),
    ("other parties", "Norway bought four submarines from Germany.", "Norway bought six submarines from France."),
    ("other aspect", "Ghana increased the tax on beer.", "Ghana reduced the tax on bread."),
    ("other time", "A war between Chile and Peru was unlikely in 2010.",
     "A war between Chile and Peru is very likely in 2025."),
    ("other time", "Chile opposed the Andean Treaty until 2010.", "Chile supports the Andean Treaty."),
    ("other time", "Norway will buy four ships in May.", "Norway will buy nine ships by December."),
    ("refinement", "Norway has at least four submarines.", "Norway has six submarines."),
    ("refinement", "Norway has nearly 20,000 soldiers.", "Norway has 19,800 soldiers."),
    ("refinement", "Norway has 20,000 soldiers.", "Norway has 19,800 soldiers."),
    ("refinement", "Norway has four submarines in Bergen.", "Norway has nine submarines."),
    ("refinement", "Prices in Ghana rose by 4 per cent.", "Prices in Ghana rose by 9 per cent in Accra."),
    ("other aspect", "Peru accepted the trade deal.", "Peru rejected the arms deal."),
    ("other aspect", "The first earthquake in Peru killed 40 people.",
     "The second earthquake in Peru killed 90 people."),
    ("other time", "Chile bombed Lima on Monday.", "Chile did not bomb Lima on Tuesday."),
    ("other time", "The army of Peru lost 40 tanks in March.", "The army of Peru lost 90 tanks in June."),
    ("unconfirmed", "Norway sold ships to Ghana quietly.", "Norway did not sell ships to Ghana openly."),
    ("other aspect", "Norway sold old ships to Ghana.", "Norway did not sell new ships to Ghana."),
    ("other time", "The Lima Bridge opens in July 2026.", "The Lima Bridge will not open before June 2026."),
    ("refinement", "The Lima Bridge opens in June.", "The Lima Bridge opens not before June."),
    ("list-valued", "Turkey is a supplier of arms to Chile.", "Israel is a supplier of arms to Chile."),
    ("list-valued", "Maria Lopez is a minister of Peru.", "Juan Paz is a minister of Peru."),
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
    ("Peru sold ships on Monday.", "Peru did not sell drones on Monday."),
    ("Chile plans to buy drones.", "Chile does not plan to sell ships."),
    ("Chile is likely to try to annex the island.", "Chile is unlikely to try to sell the mine."),
    ("Chile attacked Peru first.", "Peru attacked Chile in return."),
    ("The minister said the bridge is safe in summer.", "The minister said the bridge is not safe in winter."),
    ("Peru denied that it had closed the port.", "Peru closed the airport."),
    ("Peru has not yet signed the Andean Treaty.", "Peru signed the Andean Treaty."),
    ("Kenya rejects Uganda's criticism.", "Kenya supports Uganda."),
    ("Sweden won the match against Norway.", "Sweden lost the match against Denmark."),
    ("Maria Lopez is the former president of Peru.", "Juan Paz is the president of Peru."),
    ("Maria Lopez is the president of Peru.", "Juan Paz is the vice president of Peru."),
    ("Maria Lopez is the mayor of Lima.", "Juan Paz is the mayor of Quito."),
    ("Brazil could send troops to Mali.", "Brazil will not send troops to Mali."),
    ("Brazil sent troops to Mali.", "Brazil did not send troops to Chad."),
    ("The Andean Treaty was signed by Peru.", "The Andean Treaty was not signed by Chile."),
    ("A bridge in Lima is safe.", "A bridge in Lima is not safe for trucks."),
    ("Maria Lopez is the leader of a party in Peru.", "Juan Paz is the leader of a gang in Peru."),
    ("Peru should sign the Andean Treaty.", "Peru did not sign the Andean Treaty."),
    ("The ship was not sunk by a mine.", "The ship was sunk by a torpedo."),
    ("Norway plans to buy 40 tanks.", "Norway bought 60 tanks."),
    ("Mr. Lopez was charged with theft.", "Ms. Lopez was not charged with theft."),
    ("A war between Chile and Peru is unlikely.", "A war between Chile and Peru would be costly for both."),
    ("Norway will win or lose.", "Norway will not win."),
    ("Either Norway or Peru will win.", "Norway will not win."),
    ("Experts once believed that Norway would collapse.", "Maria Lopez says that Norway will not collapse."),
    ("Maria Lopez is not sure that Norway will leave.", "Norway will leave."),
    ("It is unclear whether Norway will leave.", "Norway will not leave."),
    ("Norway used to support Ghana.", "Norway no longer supports Ghana."),
    ("Norway is considering leaving the Baltic Treaty.", "Norway will not leave the Baltic Treaty."),
    ("Norway's navy attacked Ghana.", "Norway's army did not attack Ghana."),
    ("The friends of Lopez were allowed to return to Peru.", "Mr. Lopez was banned from leaving Peru."),
    ("The bank expects Peru's economy to grow.", "The fund expects Chile's economy to shrink."),
    ("Kenya took to the radio to deny the report.", "Kenya took to the radio."),
    ("The Lima Bridge may open in May.", "The Lima Bridge will not open before June."),
    ("The Lima Bridge opens in May.", "The Lima Ferry will not open before June."),
    ("The Lima Bridge opens in May.", "The Lima Bridge will not open before June 2026."),
    ("Kenya did not address reports that Uganda shelled Busia.", "According to Sudan, Uganda shelled Busia."),
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


# --- on records made by hand -------------------------------------------------------------------------------------

PERU = Source(id="country:peru", name="Peru", kind="state")
CHILE = Source(id="country:chile", name="Chile", kind="state")
AUTHOR = Source(id="voice:doc_0:author", name="author", kind="author")
TANKS = Frame(predicate="have", agents=("country:peru",), patients=("tank",), terms=("peru", "tank", "north"))


def said(words: str, by: Source = PERU, on: str | None = None, **over: Any) -> Claim:
    """A claim that is a document of its own, published on a day."""
    return make_claim(make_document(words, path=f"{on}.txt", published=on), source=by, **({"frame": TANKS} | over))


def counted(number: float, by: Source = PERU, on: str | None = None) -> Claim:
    """A claim that Peru has so many tanks."""
    return said(f"Peru has {number} tanks.", by, on, quantities=(Quantity(value=number, unit="tanks", span=(9, 11)),))


def yes_and_no(by: Source, on: str | None, other: Source, later: str | None) -> Contradiction | NearMiss | None:
    """What comes of one who says that Peru has tanks in the north and one who says that it has not."""
    yes = said("Peru has tanks in the north.", by, on)
    no = said("Peru has no tanks in the north.", other, later, polarity="negative", factuality="CT-")
    return contradiction.judge(yes, no)


@pytest.mark.parametrize(("yes", "no", "relation"), [
    ((PERU, "2021-03-01"), (CHILE, "2021-06-01"), "disagreement"),
    ((PERU, "2021-03-01"), (PERU, "2021-06-01"), "reversal"),
    ((PERU, "2021-03-01"), (PERU, "2021-03-01"), "inconsistency"),
    ((PERU, "2021"), (PERU, "2021-06-01"), "inconsistency"),
    ((PERU, None), (PERU, "2021-06-01"), "inconsistency"),
    ((AUTHOR, None), (AUTHOR, None), "disagreement"),
])
def test_contradiction_tells_disagreement_reversal_inconsistency(yes, no, relation):
    """Two sources disagree; one reverses itself at a date that is surely later, a tension, else it is inconsistent."""
    verdict = yes_and_no(*yes, *no)
    assert isinstance(verdict, Contradiction)
    expected = ("temporal", "tension") if relation == "reversal" else ("negation", "contradiction")
    assert (verdict.relation, verdict.kind, verdict.strength) == (relation, *expected)


def test_contradiction_tells_a_change_in_words():
    """A reversal is explained by who changed position between which dates."""
    verdict = yes_and_no(PERU, "2021-03-01", PERU, "2021-06-01")
    assert isinstance(verdict, Contradiction)
    assert verdict.explanation.startswith("Peru changed position between 2021-03-01 and 2021-06-01. Peru says: ")


def test_contradiction_is_between_holders_not_their_reporter():
    """An author who tells of Peru for a dam and later of Chile against it changed no position; Peru itself did."""

    def told(holder: Source, value: str, on: str) -> Claim:
        position = Position(holder=holder.name, holder_id=holder.id, target="the dam", target_id="the dam", value=value)
        quist = Source(id="author:quist", name="Mara Quist", kind="author")
        return said(f"{holder.name}: {value}.", quist, on, positions=(position,))

    first = told(PERU, "favor", "2021-03-01")
    between, within = (contradiction.judge(first, told(who, "against", "2021-06-01")) for who in (CHILE, PERU))
    assert isinstance(between, Contradiction)
    assert isinstance(within, Contradiction)
    assert (between.kind, between.relation, between.strength) == ("stance", "disagreement", "contradiction")
    assert (within.kind, within.relation, within.strength) == ("temporal", "reversal", "tension")
    assert within.explanation == (
        "Peru changed position between 2021-03-01 and 2021-06-01. Peru is told to be both for and against the dam.")


@pytest.mark.parametrize(("by", "on", "outcome"), [
    (PERU, "2021-06-01", "superseded"), (PERU, "2021-03-01", "inconsistency"), (CHILE, "2021-06-01", "disagreement"),
])
def test_contradiction_reads_a_later_number_as_an_update(by, on, outcome):
    """A source's later number replaces its former one; at one time, or by another source, the two clash."""
    verdict = contradiction.judge(counted(40, PERU, "2021-03-01"), counted(60, by, on))
    assert outcome == (verdict.reason if isinstance(verdict, NearMiss) else verdict and verdict.relation)


@pytest.mark.parametrize(("words", "reason"), [
    ("Peru has tanks in the north today", "restated"), ("Peru has no tanks in the north today", "negation"),
])
def test_contradiction_takes_the_same_words_for_a_misreading(words, reason):
    """Yes and no in the same words is our misreading; with a word of negation it is a clash."""
    yes = said("Peru has tanks in the north", CHILE)
    no = said(words, PERU, polarity="negative", factuality="CT-")
    verdict = contradiction.judge(yes, no)
    assert reason == (verdict.reason if isinstance(verdict, NearMiss) else verdict and verdict.kind)


def test_contradiction_takes_no_statement_for_what_it_denies():
    """Who "denied the report in a statement:" that says at length what others say denies something else."""
    words = "Peru left its base in the north in March with nothing but ten tanks"
    cue = Attribution(id="att_0", type="direct", cue="denied", cue_kind="denial", source_span=(0, 4))
    denied = said(words, PERU, stance="deny", polarity="negative", factuality="CT-", attribution=cue)
    verdict = contradiction.judge(said(f"{words}, too", CHILE), denied)
    assert isinstance(verdict, NearMiss)
    assert verdict.reason == "restated"


@pytest.mark.parametrize(("span", "outcome"), [(None, "reported not held"), ((0, 4), "inconsistency")])
def test_contradiction_parts_what_is_reported_from_what_is_held(span, outcome):
    """An author who passes on what "is said" and holds the opposite is not inconsistent; one who says so itself is."""
    document = make_document("Peru is said to have tanks in the north. Peru has none there.")
    cue = Attribution(id="att_0", type="indirect", cue="is said", cue_kind="speech", cue_span=(5, 12), source_span=span)
    reported = make_claim(
        document, "Peru is said to have tanks in the north", proposition="Peru has tanks in the north", source=AUTHOR,
        attribution=cue, frame=TANKS)
    held = make_claim(
        document, "Peru has none there", proposition="Peru has none in the north", source=AUTHOR, frame=TANKS,
        polarity="negative", factuality="CT-")
    verdict = contradiction.judge(reported, held)
    assert outcome == (verdict.reason if isinstance(verdict, NearMiss) else verdict and verdict.relation)


def test_contradiction_is_as_sure_of_wording_as_the_pair_model(monkeypatch):
    """A clash of wording is listed with the probability that the pair model gives it; without weights, by the rule."""
    yes, no = said("Peru has tanks in the north", CHILE), said(
        "Peru has no tanks in the north", PERU, polarity="negative", factuality="CT-")
    read = contradiction.judge(yes, no)
    monkeypatch.setattr(nli, "shipped", lambda: None)
    ruled = contradiction.judge(yes, no)
    assert isinstance(read, Contradiction)
    assert isinstance(ruled, Contradiction)
    assert ruled.score < read.score < 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_contradiction_calibrates_without_changing_the_order(low, high):
    """The calibrated score is a probability and never falls where the pair model reads more of a contradiction."""
    low, high = sorted((low, high))
    assert 0 < confirmation.calibrated(low) <= confirmation.calibrated(high) < 1


def test_contradiction_shows_a_reprint_once():
    """Four pairs of an article and its reprint are one clash; the same clash in other words is another."""
    pairs = []
    for by, outlet in (("A", "first"), ("B", "reprint"), ("C", "other")):
        words = "has it" if outlet == "other" else "has"
        text = f"Peru {words} 40 tanks, Peru says. Peru {words} 90 tanks, says Chile."
        document = make_document(text, path=f"{outlet}.txt", id=f"doc_{by}")
        for number, source in ((40, PERU), (90, CHILE)):
            quantity = (Quantity(value=number, unit="tanks", span=(9, 11)),)
            quotation = f"Peru {words} {number} tanks"
            pairs.append(make_claim(document, quotation, source=source, frame=TANKS, quantities=quantity))
    found = contradiction.contradictions(pairs)
    assert [{pair.a.text, pair.b.text} for pair in found if pair.a.document != "doc_C" != pair.b.document] == [
        {"Peru has 40 tanks", "Peru has 90 tanks"}]
    assert {"doc_C"} in [{pair.a.document, pair.b.document} for pair in found]


def test_contradiction_gathers_pairs_on_one_matter():
    """Those who give one number are on one side, whoever gives a third one is against both."""
    sources = [Source(id=f"person:{name}", name=name, kind="person") for name in "abcdef"]
    numbers = [counted(number, who) for number, who in zip((40, 40, 40, 90, 90, 60), sources, strict=True)]
    (block,) = contradiction.blocks(contradiction.contradictions(numbers))
    assert len(block) == 3 * 2 + 3 + 2
    camps = contradiction.camps(block)
    first = block[0]
    sides = [(first.a, *camps.a), (first.b, *camps.b), camps.neither]
    told = [{claim.quantities[0].value for claim in side} for side in sides]
    assert sorted(map(sorted, told)) == [[40], [60], [90]]
    assert sum(map(len, sides)) == 6


def test_contradiction_parts_matters():
    """Tanks of Peru and tanks of Chile are two matters, each with its own group."""
    chilean = Frame(predicate="have", agents=("country:chile",), patients=("tank",), terms=("chile", "tank"))
    tanks = [counted(40, PERU), counted(90, CHILE)]
    others = [counted(number, who).model_copy(update={"frame": chilean}) for number, who in ((50, PERU), (70, CHILE))]
    blocks = contradiction.blocks(contradiction.contradictions([*tanks, *others]))
    assert [len(block) for block in blocks] == [1, 1]
    assert len({block[0].group for block in blocks}) == 2


# --- whatever the records are ------------------------------------------------------------------------------------


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Up to two of these values."""
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


QUANTITIES = st.builds(
    Quantity, value=st.sampled_from([4, 6, 400]), unit=st.just("tanks"), span=st.just((0, 1)),
    modifier=st.sampled_from([None, "about", "at least", "less than"]))
POSITIONS = st.builds(
    Position, holder=st.just("Peru"), holder_id=st.sampled_from(["country:peru", "country:chile"]),
    target=st.just("the dam"), target_id=st.sampled_from(["place:dam", "dam"]),
    value=st.sampled_from(["favor", "against"]))
LIKELIHOODS = [
    Likelihood(low=low, high=high, point=point, phrase=phrase)
    for low, high, point, phrase in ((0.1, 0.25, 0.2, "unlikely"), (0, 0.05, 0.01, "ruled out"),
                                     (0.6, 0.9, 0.75, "likely"), (0.3, 0.5, 0.4, "may"))]
PARTS = {
    "predicate": st.sampled_from(["open", "close", "be president", "have", "attack"]),
    "event": st.sampled_from([None, "war"]),
    "agents": some("country:peru", "country:chile", "port"),
    "patients": some("tank", "president", "place:lima", "country:chile", "country:peru"),
    "parties": some("country:peru", "country:chile"),
    "things": some("place:lima", "place:lima-north"),
    "circumstances": some("in place:lima", "of country:peru"),
    "terms": some("peru", "tank").map(lambda terms: (*terms, "north", "big")),
    "cause": some("strike", "crew"),
    "pretext": st.booleans(),
}
FIELDS = {
    "words": st.sampled_from(["Peru first has tanks", "it is the president", "as it does"]),
    "document": st.sampled_from([
        make_document("Peru first has tanks, it is the president, as it does.", path=f"{i}.txt", id=f"doc_{i}",
                      published=f"2021-0{i + 3}-01") for i in (0, 1)]),
    "source": st.sampled_from([PERU, AUTHOR]),
    "cue": st.sampled_from([(None, None), ((0, 4), "denial"), ((0, 4), "speech"), (None, "speech")]),
    "stance": st.sampled_from(["affirm", "affirm", "deny", "doubt"]),
    "polarity": st.sampled_from(["positive", "negative"]),
    "factuality": st.sampled_from(["CT+", "CT-", "Uu"]),
    "likelihood": st.none() | st.sampled_from(LIKELIHOODS),
    "quantities": st.lists(QUANTITIES, max_size=2).map(tuple),
    "positions": st.lists(POSITIONS, max_size=2).map(tuple),
    "condition": st.none() | st.just((0, 1)),
    "time": st.builds(Time, relation=st.sampled_from(["past", "present"]), text=st.none() | st.just("May")),
}


@st.composite
def two_alike(draw):
    """Two claims that differ in up to three of their parts."""
    first = {name: draw(values) for name, values in (PARTS | FIELDS).items()}
    changed = draw(st.lists(st.sampled_from(sorted(first)), min_size=1, max_size=3))
    second = first | {name: draw((PARTS | FIELDS)[name]) for name in changed}
    return built(first), built(second)


def built(parts: dict[str, Any]) -> Claim:
    """The claim of these parts."""
    frame = Frame(**{name: parts[name] for name in PARTS})
    source_span, cue_kind = parts["cue"]
    cue = Attribution(id="att_0", type="indirect", source_span=source_span, cue_kind=cue_kind)
    plain = {name: parts[name] for name in FIELDS if name not in {"words", "document", "cue"}}
    return make_claim(parts["document"], parts["words"], frame=frame, attribution=cue, **plain)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(two_alike())
def test_contradiction_lets_all_meet_that_a_rule_could_judge(pair):
    """No clash and no near miss is lost to pairing: two claims of which judging says anything meet in a block."""
    a, b = pair
    if a.id != b.id and contradiction.judge(a, b) is not None:
        assert list(contradiction.candidates([a, b]))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(two_alike(), min_size=1, max_size=6))
def test_contradiction_blocks_hold_each_pair_once(pairs):
    """Blocks hold each pair once, and each claim of a block stands in one place of it."""
    claims = {claim.id: claim for pair in pairs for claim in pair}.values()
    found = contradiction.contradictions(claims)
    blocks = contradiction.blocks(found)
    assert sorted(pair.id for block in blocks for pair in block) == sorted(pair.id for pair in found)
    for block in blocks:
        placed = [claim.id for camp in contradiction.camps(block) for claim in camp] + [block[0].a.id, block[0].b.id]
        assert sorted(placed) == sorted({claim.id for pair in block for claim in (pair.a, pair.b)})
