"""Propositions: which claims speak of one thing, who takes which side of it, and who bears it out."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.contradiction import propositions
from claimtrack.contradiction.contrasts import contrast, corroborations
from claimtrack.contradiction.propositions import keys
from claimtrack.contradiction.sides import side_of
from claimtrack.reading.reprints import prints
from claimtrack.schema import (
    Attribution,
    Claim,
    Contrast,
    Document,
    Entity,
    Frame,
    Likelihood,
    Position,
    Quantity,
    Source,
    Time,
)
from claimtrack.store import Store
from claimtrack.tracking.pairing import proposition, update_pairs
from tests.conftest import Ended, make_claim, make_document

Run = Callable[..., Ended]

SIGN = Frame(
    predicate="sign", agents=("country:peru",), patients=("work:andean-treaty",), parties=("country:peru",),
    terms=("peru", "sign", "andean", "treaty"),
)  # fmt: skip
WAR = Frame(predicate="war", event="war", parties=("country:chile", "country:peru"), terms=("war", "chile", "peru"))
RAID = Frame(
    predicate="attack", event="attack", parties=("country:chile", "country:peru"), terms=("attack", "chile", "peru"),
    circumstances=("by country:chile", "on country:peru"),
)  # fmt: skip
FUTURE = Time(relation="future")
UNLIKELY = Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely")
MAY = Likelihood(low=0.25, high=0.5, point=0.4, phrase="may")
LIKELY = Likelihood(low=0.6, high=0.9, point=0.75, phrase="likely")
RANK = Likelihood(phrase="the most likely scenario", basis="rank")

DIRECT = Attribution(id="att_0", type="direct")

QUIST = Source(id="person:mara-quist", name="Mara Quist", kind="person")
ODE = Source(id="person:tom-ode", name="Tom Ode", kind="person")
PERU = Source(id="country:peru", name="Peru", kind="state")
AUTHOR = Source(id="voice:doc_0:author", name="author", kind="author")
OFFICIALS = Source(id="group:officials", name="officials", kind="group")


def said(by: Source = QUIST, at: str = "a", words: str = "Peru signed the Andean Treaty", **over: Any) -> Claim:
    """A claim in a document of its own, at a path."""
    document = make_document(f"{words}.", path=at, id=f"doc_{at}", published=over.pop("published", None))
    return make_claim(document, words, **({"frame": SIGN, "source": by} | over))


def with_frame(frame: Frame, **over: Any) -> Frame:
    """A frame with other parts."""
    return frame.model_copy(update=over)


def same(a: Claim, b: Claim) -> bool:
    """Whether two claims speak of one proposition."""
    return [key.id for key in keys(a)] == [key.id for key in keys(b)]


# ----------------------------------------------------------------------------------------------------------- the key


@pytest.mark.parametrize("other", [
    {"polarity": "negative", "factuality": "CT-"}, {"stance": "deny"}, {"likelihood": UNLIKELY}, {"source": ODE},
    {"quantities": (Quantity(value=4, unit="copies", span=(0, 4)),)}, {"published": "2021-10-06"},
    {"condition": (0, 4)}, {"frame": with_frame(SIGN, patients=("work:andean-treaty", "monday", "week"))},
])  # fmt: skip
def test_propositions_let_opposites_meet(other: dict[str, Any]) -> None:
    """Polarity, stance, likelihood, numbers, who says it, and the day of the week do not make another proposition."""
    assert same(said(), said(**other))


@pytest.mark.parametrize("other", [
    {"frame": with_frame(SIGN, agents=("country:chile",))}, {"frame": with_frame(SIGN, patients=("work:lima-treaty",))},
    {"frame": with_frame(SIGN, circumstances=("with country:chile",))}, {"frame": with_frame(SIGN, predicate="annul")},
    {"time": FUTURE}, {"time": Time(text="in 2019", start="2019-01-01", end="2019-12-31")},
    {"words": "Peru only signed the Andean Treaty"},
])  # fmt: skip
def test_propositions_part_what_differs(other: dict[str, Any]) -> None:
    """Other doers, things, places, deeds, years, a limiting word, and what is yet to come make another proposition."""
    assert not same(said(), said(**other))


def test_propositions_tell_years_apart() -> None:
    """A deed of 2019 is not one of 2021, while two ways to name one year are the same."""
    first, second, again = (
        said(time=Time(text=words, start=start, end=start))
        for words, start in (("in 2019", "2019"), ("in 2021", "2021"), ("on 3 May 2019", "2019-05-03"))
    )
    assert same(first, again)
    assert not same(first, second)


def test_propositions_know_who_attacks_whom() -> None:
    """An attack by Chile on Peru is not one by Peru on Chile; a war between them is one war in either order."""
    back = with_frame(RAID, circumstances=("by country:peru", "on country:chile"))
    assert not same(said(frame=RAID), said(frame=back))
    order = with_frame(WAR, circumstances=("with country:peru",))
    assert same(said(frame=WAR), said(frame=order))


def test_propositions_part_supposing_from_foretelling() -> None:
    """"A war would be costly" does not speak of whether it comes, "if talks fail, it comes" does."""
    foretold = said(frame=WAR, likelihood=LIKELY, time=FUTURE)
    supposed = said(frame=WAR, kind="scenario", factuality="Uu", time=FUTURE)
    conditional = said(frame=WAR, kind="scenario", factuality="Uu", time=FUTURE, condition=(0, 4))
    assert same(foretold, conditional)
    assert not same(foretold, supposed)


def test_propositions_leave_alone_what_says_too_little() -> None:
    """"He accepted it" is the same proposition as no other; four telling words are recognised anywhere."""
    vague, telling = Frame(predicate="accept", terms=("accept",)), Frame(
        predicate="bury", patients=("cat",), terms=("young", "cat", "bury", "alive", "owner"))
    assert not same(said(frame=vague, words="He accepted it"), said(at="b", frame=vague, words="He accepted it"))
    cat = "A young cat was buried alive by its owner"
    assert same(said(frame=telling, words=cat), said(at="b", frame=telling, words=cat))


def test_propositions_leave_alone_a_plan_without_its_content() -> None:
    """"Peru plans" to do one thing and to do another are two propositions, though both frames hold "plan" alone."""
    plans = [Frame(predicate="plan", agents=("country:peru",), terms=("peru", "plan", *what)) for what in (
        ("annex", "valley"), ("sell", "mine"))]
    first, second = (said(frame=frame, words=f"Peru plans to {' '.join(frame.terms[2:])}") for frame in plans)
    assert not same(first, second)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_propositions_have_ids_of_one_form(text: str, parts: list[str]) -> None:
    """Whatever a claim says, its proposition's id is prp_ and 16 hex digits, and the same each time."""
    frame = Frame(predicate=text, agents=tuple(parts), patients=tuple(parts), terms=tuple(parts))
    first, again = (keys(said(frame=frame))[0].id for _ in range(2))
    assert re.fullmatch("prp_[0-9a-f]{16}", first)
    assert first == again


# ------------------------------------------------------------------------------------------------------------- sides


@pytest.mark.parametrize(("side", "over"), [
    ("affirm", {"factuality": "CT+"}), ("affirm", {"factuality": "PR+"}), ("affirm", {"likelihood": LIKELY}),
    ("deny or doubt", {"factuality": "CT-"}), ("deny or doubt", {"likelihood": UNLIKELY}),
    ("deny or doubt", {"factuality": "PR-", "stance": "doubt"}),
    ("open", {"factuality": "Uu"}), ("open", {"likelihood": MAY}), ("open", {"factuality": "PS+"}),
    ("open", {"stance": "question"}), ("open", {"stance": "hope", "likelihood": LIKELY}),
    ("open", {"condition": (0, 4), "likelihood": LIKELY}), ("affirm", {"likelihood": RANK}),
])  # fmt: skip
def test_propositions_side_of(side: str, over: dict[str, Any]) -> None:
    """A likelihood decides where it is a number; what is possible, asked, hoped or conditional is open."""
    assert side_of(said(**over)) == side


def shape(found: Contrast) -> dict[str, list[tuple[str, int, int]]]:
    """The voices of each side: name, how many claims, how many of them reprints."""
    return {s.name: [(v.source.name, len(v.claims), len(v.reprints)) for v in s.voices] for s in found.sides}


def test_propositions_set_sides_beside_each_other() -> None:
    """Sides come as affirm, deny or doubt, open; their voices surest first, with first and last date and outlets."""
    claims = [
        said(QUIST, "a", factuality="PR+", published="2024-05-01"),
        said(QUIST, "b", published="2024-07-01", words="She says: Peru signed the Andean Treaty"),
        said(ODE, "c", likelihood=LIKELY), said(PERU, "d", factuality="CT-"), said(AUTHOR, "e", stance="question"),
    ]  # fmt: skip
    (found,) = contrast(claims)
    assert shape(found) == {
        "affirm": [("Mara Quist", 2, 0), ("Tom Ode", 1, 0)], "deny or doubt": [("Peru", 1, 0)],
        "open": [("author", 1, 0)],
    }  # fmt: skip
    quist = found.sides[0].voices[0]
    assert (quist.first, quist.last, quist.outlets) == ("2024-05-01", "2024-07-01", ("a", "b"))
    assert [claim.document for claim in found.claims] == ["doc_b", "doc_a", "doc_c", "doc_d", "doc_e"]


def test_propositions_order_most_discussed_first() -> None:
    """Propositions with most voices come first, and those of one sort have readable titles."""
    entities = tuple(Entity(id=f"country:{n.lower()}", name=n, type="country") for n in ("Chile", "Peru"))
    dam = Position(holder="Peru", holder_id="country:peru", target="Inga Dam", target_id="place:inga", value="favor")
    wars = [said(who, at, frame=WAR, entities=entities) for who, at in ((QUIST, "b"), (ODE, "c"))]
    found = contrast([said(QUIST, "a"), *wars, said(QUIST, "d", positions=(dam,))])
    assert [one.proposition for one in found] == [
        "war: Chile and Peru", "Peru signed the Andean Treaty", "for or against the Inga Dam"]
    assert found[0].parties == ("country:chile", "country:peru")


def test_propositions_gather_positions_by_holder() -> None:
    """One sentence of an author that sets Chile against Peru gives a voice to each, on its own side."""
    dam = Position(holder="", holder_id="", target="the dam", target_id="place:dam", value="favor")
    dams = [
        dam.model_copy(update={"holder": n, "holder_id": f"country:{n.lower()}", "value": value})
        for n, value in (("Peru", "favor"), ("Cuba", "favor"), ("Chile", "against"))
    ]
    words = "Peru and Cuba are for the dam, Chile is against it"
    (found,) = contrast([said(AUTHOR, words=words, positions=tuple(dams))])
    assert shape(found) == {"for": [("Peru", 1, 0), ("Cuba", 1, 0)], "against": [("Chile", 1, 0)]}
    assert [v.source.kind for s in found.sides for v in s.voices] == ["state"] * 3


def test_propositions_complete_what_a_document_leaves_out() -> None:
    """"Denies signing" joins "signed it with Chile" of the same document; it stays alone where two would do."""
    short = with_frame(SIGN, circumstances=())
    long, other = (with_frame(SIGN, circumstances=(f"with country:{n}",)) for n in ("chile", "cuba"))
    document = make_document("Peru signed it with Chile. Peru denies signing it. Peru signed it with Cuba.")
    affirmed = make_claim(document, "Peru signed it with Chile", frame=long)
    denied = make_claim(document, "Peru denies signing it", frame=short, factuality="CT-", source=PERU)
    twice = make_claim(document, "Peru signed it with Cuba", frame=other)
    (together,) = contrast([affirmed, denied])
    assert together.id == keys(affirmed)[0].id
    assert {claim.id for claim in together.claims} == {affirmed.id, denied.id}
    assert sorted(len(one.claims) for one in contrast([affirmed, denied, twice])) == [1, 1, 1]
    elsewhere = said(PERU, "b", frame=short, factuality="CT-")
    assert sorted(len(one.claims) for one in contrast([affirmed, elsewhere])) == [1, 1]


# ------------------------------------------------------------------------------------------------------------ voices


def test_propositions_count_a_source_once() -> None:
    """A source in two outlets, a full name and its surname, and the same words under other names are one voice each."""
    kuo = Source(id="unnamed:doc_a:ming-chi-kuo", name="Ming-Chi Kuo", kind="unnamed")
    surname = Source(id="unnamed:doc_b:kuo", name="Kuo", kind="unnamed")
    quoted = "Peru has by now signed the Andean Treaty"
    claims = [
        said(QUIST, "a"), said(QUIST, "b", words="Mara Quist: Peru did sign the treaty"),
        said(kuo, "c", words="Kuo thinks that they signed"), said(surname, "d", words="They signed, Kuo thinks"),
        said(OFFICIALS, "e", words=quoted, attribution=DIRECT), said(ODE, "f", words=quoted, attribution=DIRECT),
    ]  # fmt: skip
    (found,) = contrast(claims)
    assert shape(found) == {"affirm": [("Mara Quist", 2, 0), ("Ming-Chi Kuo", 2, 0), ("Tom Ode", 2, 1)]}


def test_propositions_part_sources_that_may_be_others() -> None:
    """Officials of two articles are two voices, two people of one surname beside a bare one, two who report alike."""
    lees = [Source(id=f"unnamed:doc_{n}", name=n, kind="unnamed") for n in ("Ann Lee", "Bo Lee", "Lee")]
    claims = [said(lee, str(i), words=f"Treaty signed, no {i}") for i, lee in enumerate(lees)]
    claims += [said(OFFICIALS, at, words=f"Treaty signed, {at}") for at in "xy"]
    reported = "Peru has by now signed the Andean Treaty"
    claims += [said(ODE, "z", words=reported), said(PERU, "zz", words=reported)]
    (found,) = contrast(claims)
    assert shape(found) == {"affirm": [
        ("Ann Lee", 1, 0), ("Bo Lee", 1, 0), ("Lee", 1, 0), ("officials", 1, 0), ("officials", 1, 0),
        ("Tom Ode", 1, 0), ("Peru", 1, 0)]}


def test_propositions_know_a_copied_wording() -> None:
    """The same content words in other forms are one voice told twice: "was attacked by", "was being attacked by"."""
    bear = Frame(predicate="attack", agents=("bear",), terms=("fisherman", "valley", "attack", "brown", "bear"))
    words = ("A fisherman of the valley was attacked by a brown bear", "A brown bear was attacking a fisherman, valley")
    (found,) = contrast([said(QUIST, "a", words[0], frame=bear), said(AUTHOR, "b", words[1], frame=bear)])
    assert shape(found) == {"affirm": [("Mara Quist", 2, 1)]}


STORY = " ".join(random.Random(1).choices(["canal", "lock", "barge", "river", "gate", "pilot", "toll", "quay"], k=200))


def reprinted() -> tuple[list[Document], list[Claim]]:
    """An article and its reprint, in which the author and officials say the same, and a story told elsewhere."""
    texts = (STORY, "a", "Lock Keeper"), (f"{STORY} quay", "b", "Echo"), ("Own words.", "c", "Gate")
    documents = [
        make_document(f"{text} Peru signed it. Officials say Peru did so.", path=at, id=f"doc_{at}", publisher=outlet)
        for text, at, outlet in texts
    ]
    claims = [
        make_claim(document, words, source=source, frame=SIGN)
        for document in documents for words, source in (("Peru signed it", AUTHOR), ("Peru did so", OFFICIALS))
    ]  # fmt: skip
    return documents, claims


def test_propositions_count_reprints_once_and_name_them() -> None:
    """Author and officials of a reprint are those of the original; its claims are marked, its outlet is named."""
    documents, claims = reprinted()
    (found,) = contrast(claims, prints(documents))
    assert shape(found) == {"affirm": [
        ("author", 2, 1), ("officials", 2, 1), ("author", 1, 0), ("officials", 1, 0)]}
    author = found.sides[0].voices[0]
    assert author.outlets == ("Lock Keeper", "Echo")
    assert author.reprints == (claims[2].id,)
    assert shape(contrast(claims)[0]) == {"affirm": [("author", 1, 0), ("officials", 1, 0)] * 3}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from([QUIST, ODE, AUTHOR, OFFICIALS]), st.sampled_from("abc"),
                       st.sampled_from([SIGN, WAR, RAID]), st.sampled_from(["CT+", "CT-", "Uu"]), st.integers(0, 3)),
             max_size=12, unique=True),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_propositions_lose_no_claim(drawn: list[tuple[Source, str, Frame, Any, int]], order: random.Random) -> None:
    """Every claim stands in one proposition, with one voice, whatever the order; reprints are claims of their voice."""
    claims = [
        said(who, at, f"Words no {i} of this claim", frame=frame, factuality=value)
        for who, at, frame, value, i in drawn
    ]
    found = contrast(claims)
    assert sorted(c.id for one in found for c in one.claims) == sorted(c.id for c in claims)
    for one in found:
        voices = [voice for side in one.sides for voice in side.voices]
        assert sorted(id for voice in voices for id in voice.claims) == sorted(c.id for c in one.claims)
        assert all(set(voice.reprints) < set(voice.claims) for voice in voices)
    order.shuffle(claims)
    assert contrast(claims) == found


# ----------------------------------------------------------------------------------------------------- corroboration


def borne_out(*claims: Claim, **over: Any) -> list[tuple[str, int, int, int]]:
    """What is borne out: side, independent voices, outlets and voices."""
    return [(c.side, c.independent, c.outlets, len(c.voices)) for c in corroborations(claims, **over)]


def test_propositions_are_borne_out_by_independent_voices() -> None:
    """Two named sources bear each other out; one source twice, an opposed one and an open one do not."""
    quist, again = said(QUIST, "a"), said(QUIST, "b", words="Quist: Peru did sign it")
    assert borne_out(quist, again) == []
    assert borne_out(quist, said(ODE, "b", factuality="CT-"), said(ODE, "c", factuality="Uu")) == []
    assert borne_out(quist, again, said(ODE, "c", words="Ode thinks so, too")) == [("affirm", 2, 3, 2)]


def test_propositions_are_not_borne_out_by_who_may_be_the_same() -> None:
    """An author adds nothing to whom the article quotes; sources without a name count as one, reprints not at all."""
    quoted, author = said(QUIST, "a"), said(AUTHOR, "a", words="Peru did sign it")
    assert borne_out(quoted, author.model_copy(update={"document": quoted.document})) == []
    assert borne_out(quoted, author.model_copy(update={"document": "doc_z", "source": AUTHOR})) == [("affirm", 2, 1, 2)]
    assert borne_out(said(OFFICIALS, "a"), said(OFFICIALS, "b", words="They signed")) == []
    documents, claims = reprinted()
    assert borne_out(*claims[:4], prints=prints(documents)) == []


def test_propositions_are_not_borne_out_by_other_numbers() -> None:
    """Four tanks are not borne out by six, but by four."""
    tanks = with_frame(SIGN, predicate="have", patients=("tank",), terms=("peru", "tank"))
    four, six, also = (
        said(who, at, f"Peru has {value} tanks, {at}", frame=tanks, quantities=(
            Quantity(value=value, unit="tanks", span=(9, 10)),))
        for who, at, value in ((QUIST, "a", 4), (ODE, "b", 6), (PERU, "c", 4))
    )
    assert borne_out(four, six) == []
    assert [c.claims for c in corroborations([four, six, also])] == [(four, also)]
    assert [c.claims for c in corroborations([four, six, also], by=six.id)] == [(six,)]


def test_propositions_positions_are_held_not_borne_out() -> None:
    """That two states are for a dam bears nothing out."""
    dams = [Position(holder=n, holder_id=f"country:{n}", target="the dam", target_id="place:dam", value="favor")
            for n in ("peru", "cuba")]
    assert borne_out(said(positions=(dams[0],)), said(ODE, "b", positions=(dams[1],))) == []


# --------------------------------------------------------------------------------------------- store and command line


@pytest.fixture
def filled(tmp_path: Path) -> dict[str, Claim]:
    """A store in which Quist and Ode affirm and Peru denies, in three articles and a reprint; its claims by name."""
    stories = {"ode": "barge", "peru": "toll"}
    claims = {}
    with Store(tmp_path / "claimtrack.db") as store:
        for day, (name, source, words, over) in enumerate((
            ("quist", QUIST, "Peru has signed the Andean Treaty", {}),
            ("reprint", QUIST, "Peru has signed the Andean Treaty", {}),
            ("ode", ODE, "Peru signed the Andean Treaty in Lima", {}),
            ("peru", PERU, "Peru did not sign the Andean Treaty", {"polarity": "negative", "factuality": "CT-"}),
        )):
            text = f"{stories.get(name, STORY)} {words}, it is said."
            document = make_document(
                text, path=f"{name}.txt", id=f"doc_{name}", published=f"2024-05-0{day + 1}", publisher=name)
            frame = SIGN.model_copy(update={"negated": name == "peru"})
            claims[name] = make_claim(document, words, source=source, frame=frame, topics=("treaty",), **over)
            store.add(document, [claims[name]])
    return claims


def test_propositions_are_found_by_id(filled: dict[str, Claim], tmp_path: Path) -> None:
    """A proposition is found in the store by the id that any of its claims gives, and forgets claims that went."""
    (key,) = keys(filled["quist"])
    with Store(tmp_path / "claimtrack.db") as store:
        assert proposition(store, key.id) is None
        update_pairs(store)
        assert store.find(key.id[:8]) == [key.id]
        found = proposition(store, key.id)
        assert found is not None
        assert shape(found) == {"affirm": [("Mara Quist", 2, 1), ("Tom Ode", 1, 0)], "deny or doubt": [("Peru", 1, 0)]}
        store.add(make_document("All is quiet.", path="peru.txt"), [])
        assert [side.name for side in proposition(store, key.id).sides] == ["affirm"]  # type: ignore[union-attr]  # there
        assert proposition(store, "prp_0000000000000000") is None


def test_propositions_id_leads_to_the_fuller_one(tmp_path: Path) -> None:
    """The id of what a document says in short shows the proposition that the document has in mind."""
    document = make_document("Peru signed it with Chile. Peru denies signing it.")
    with_chile = with_frame(SIGN, circumstances=("with country:chile",))
    long = make_claim(document, "Peru signed it with Chile", frame=with_chile)
    short = make_claim(document, "Peru denies signing it", frame=SIGN, factuality="CT-", source=PERU)
    with Store(tmp_path / "claimtrack.db") as store:
        store.add(document, [long, short])
        update_pairs(store)
        found = [proposition(store, keys(claim)[0].id) for claim in (short, long)]
    assert found[0] == found[1]
    assert found[0] is not None
    assert found[0].id == keys(long)[0].id


def test_propositions_are_shown(run: Run, filled: dict[str, Claim], snapshot: Callable[[str, str], None]) -> None:
    """`show` on a proposition prints its sides with each voice's sureness, date, outlet and claims, or its record."""
    id = keys(filled["quist"])[0].id
    shown = run("show", id[:10])
    assert (shown.code, shown.err) == (0, "")
    snapshot("cli_show_proposition.txt", shown.out)
    record = json.loads(run("show", id, "--json").out)
    assert (record["record"], record["id"], len(record["claims"])) == ("contrast", id, 4)
    assert run("show", "prp_0000").code == 1


def test_propositions_are_corroborated(
    run: Run, filled: dict[str, Claim], snapshot: Callable[[str, str], None]
) -> None:
    """`corroborate` lists what is borne out, on a topic or for one claim or proposition, with reprints named."""
    listed = run("corroborate", "--topic", "treaty")
    assert (listed.code, listed.err) == (0, "")
    snapshot("cli_corroborate.txt", listed.out)
    records = json.loads(run("corroborate", filled["ode"].id, "--json").out)["corroborations"]
    assert [(r["side"], r["independent"], r["outlets"], len(r["claims"])) for r in records] == [("affirm", 2, 3, 3)]
    assert records[0]["voices"][0]["reprints"] == [filled["reprint"].id]
    of_proposition = json.loads(run("corroborate", keys(filled["ode"])[0].id, "--json").out)
    assert of_proposition["corroborations"] == records
    alone = run("corroborate", filled["peru"].id)
    assert alone.out.endswith("No other voice bears it out independently.\n")
    assert run("corroborate", "--topic", "moon").out == "No corroborated propositions found.\n"


@pytest.mark.parametrize(("code", "arguments"), [
    (1, ["corroborate", "clm_ffff"]), (2, ["corroborate", "doc_quist"]),
    (2, ["corroborate", "clm_", "--topic", "treaty"]),
])  # fmt: skip
@pytest.mark.usefixtures("filled")
def test_propositions_corroborate_says_what_is_wrong(run: Run, code: int, arguments: list[str]) -> None:
    """An unknown id ends with 1, another record's id or two questions at once with 2."""
    ended = run(*arguments)
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith("error: ")


@pytest.mark.usefixtures("filled")
def test_propositions_clashes_make_one_block(run: Run, snapshot: Callable[[str, str], None]) -> None:
    """The terminal counts blocks, with the other voices below the best pair; JSON counts pairs, each with its group."""
    text = run("contradict", "--limit", "1").out
    snapshot("cli_contradict_block.txt", text)
    pairs = json.loads(run("contradict", "--json").out)["contradictions"]
    assert [(pair["kind"], pair["relation"]) for pair in pairs] == [("negation", "disagreement")] * len(pairs)
    assert len(pairs) == 2
    assert len({pair["group"] for pair in pairs}) == 1
    assert len(json.loads(run("contradict", "--json", "--limit", "1").out)["contradictions"]) == 1


def test_propositions_public_names_exist() -> None:
    """`__all__` names what the module gives."""
    assert all(hasattr(propositions, name) for name in propositions.__all__)
