"""Sources: found by any name, shown with what they did, and rated by nobody but a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimtrack.errors import StoreError, UsageError
from claimtrack.schema import Claim, Contradiction, Evidence, Frame, Likelihood, Opponent, Position, Source, Time
from claimtrack.store import Store
from claimtrack.tracking import profiles, reviews
from tests.conftest import make_claim, make_document

QUIST = Source(id="person:mara-quist", name="Mara Quist", kind="person")
SHORT = Source(id="person:quist", name="M. Quist", kind="person")
ODE = Source(id="person:tom-ode", name="Tom Ode", kind="person")
PERU = Source(id="country:peru", name="Peru", kind="state")
UNLIKELY = Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely")
LIKELY = Likelihood(low=0.67, high=0.8, point=0.75, phrase="likely")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "claims.db")


def say(store: Store, source: Source, published: str | None = None, **over: Any) -> Claim:
    """Store an article with one claim of a source."""
    number = store.count_claims()
    document = make_document(f"Article {number}.", path=f"{number}.txt", published=published)
    claim = make_claim(document, source=source, **over)
    store.add(document, [claim])
    return claim


def pair_up(store: Store, *pairs: Contradiction) -> None:
    """Store pairs of claims."""
    with store.transaction():
        for claim in {claim.id: claim for pair in pairs for claim in (pair.a, pair.b)}.values():
            store.seat(claim.id, [("block", claim.id)])
        store.settle(store.block("block", 100), pairs)


def clash(a: Claim, b: Claim, **over: Any) -> Contradiction:
    """A pair of claims."""
    fields = {
        "id": f"ctr_{a.id[4:12]}{b.id[4:12]}", "kind": "denial", "strength": "contradiction", "score": 0.9, "a": a,
        "b": b, "explanation": "One denies it.", "same_source": False, "same_document": False,
    }  # fmt: skip
    return Contradiction.model_validate(fields | over)


def profile(store: Store, wanted: str) -> Any:
    """The profile of a source."""
    return profiles.profile(store, profiles.find(store, wanted))


# --- finding -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["person:mara-quist", "mara quist", "MARA", "Tom", "peru"])
def test_profiles_find_a_source_by_its_names(store: Store, wanted: str) -> None:
    """Id, name and words of the name lead to the source."""
    for source in (QUIST, SHORT, ODE, PERU):
        say(store, source)
    found = profiles.find(store, wanted)
    assert wanted.casefold() in f"{found.id} {found.name}".casefold()


def test_profiles_a_whole_name_comes_before_words_of_longer_ones(store: Store) -> None:
    """Peru is Peru, though others have the word in their names."""
    say(store, Source(id="org:bank-of-peru", name="Bank of Peru", kind="organization"))
    say(store, PERU)
    assert profiles.find(store, "Peru").id == "country:peru"


def test_profiles_name_what_is_unclear(store: Store) -> None:
    """Of several sources all are named with their ids, of none it is said so."""
    say(store, QUIST)
    say(store, SHORT)
    several = r"Several sources are called 'quist': .*Mara Quist \(person:mara-quist\).*Give the id\."
    with pytest.raises(UsageError, match=several):
        profiles.find(store, "quist")
    with pytest.raises(StoreError, match="No source is called 'Ada'"):
        profiles.find(store, "Ada")
    with pytest.raises(StoreError, match="No source is called '!'"):
        profiles.find(store, "!")


# --- what people decide ------------------------------------------------------------------------------------------


def test_profiles_merged_source_is_found_and_shown_as_one(store: Store) -> None:
    """The id that was merged leads to the source, which says what is read as it; undone, both are there again."""
    say(store, QUIST, "2024-05-01")
    say(store, SHORT, "2024-06-01")
    merged = reviews.decide(store, "merge", QUIST.id, by="ann", subject="source", others=(SHORT.id,))
    found = profile(store, SHORT.id)
    assert (found.id, found.claims, found.merged) == (QUIST.id, 2, (SHORT.id,))
    assert (found.oldest, found.newest) == ("2024-05-01", "2024-06-01")
    reviews.decide(store, "undo", merged.id, by="ann")
    assert (profile(store, SHORT.id).id, profile(store, QUIST.id).merged) == (SHORT.id, ())


def test_profiles_follow_merges_one_after_the_other(store: Store) -> None:
    """What was merged into a source that is merged itself is read as the last one."""
    for source in (SHORT, QUIST, ODE):
        say(store, source)
    reviews.decide(store, "merge", QUIST.id, by="ann", subject="source", others=(SHORT.id,))
    reviews.decide(store, "merge", ODE.id, by="ann", subject="source", others=(QUIST.id,))
    assert (profile(store, SHORT.id).id, profile(store, ODE.id).merged) == (ODE.id, (SHORT.id, QUIST.id))


def test_profiles_rating_is_the_last_that_a_person_gave(store: Store) -> None:
    """Nothing rates a source but a decision; notes stand beside it."""
    say(store, QUIST)
    assert (profile(store, "Mara").reliability, profiles.ratings(store)) == (None, {})
    reviews.decide(store, "rate", QUIST.id, by="ann", subject="source", reliability="D")
    last = reviews.decide(store, "rate", QUIST.id, by="bob", subject="source", reliability="B", note="met her")
    noted = reviews.decide(store, "comment", QUIST.id, by="ann", subject="source", note="writes for the keepers")
    assert (profile(store, "Mara").reliability, profiles.ratings(store)) == ("B", {QUIST.id: "B"})
    assert profile(store, "Mara").decisions[-2:] == (last, noted)
    reviews.decide(store, "undo", last.id, by="bob")
    assert profile(store, "Mara").reliability == "D"


def test_profiles_rating_of_a_merged_source_is_not_the_targets(store: Store) -> None:
    """A rating stays with the name it was given to; the note on it is shown."""
    say(store, QUIST)
    say(store, SHORT)
    rated = reviews.decide(store, "rate", SHORT.id, by="ann", subject="source", reliability="E")
    reviews.decide(store, "merge", QUIST.id, by="ann", subject="source", others=(SHORT.id,))
    assert profile(store, QUIST.id).reliability is None
    assert rated in profile(store, QUIST.id).decisions


# --- what it did -------------------------------------------------------------------------------------------------


def test_profiles_count_who_contradicts_a_source(store: Store) -> None:
    """Opponents come by how often, with the best pair; what a source has against itself is none."""
    mine = [say(store, QUIST, frame=Frame(predicate=verb)) for verb in ("open", "leak", "sink")]
    theirs, hers = say(store, ODE), say(store, PERU)
    pairs = [
        clash(mine[0], theirs, score=0.7), clash(mine[1], theirs), clash(mine[2], hers, strength="tension"),
        clash(mine[0], mine[1], same_source=True),
    ]  # fmt: skip
    pair_up(store, *pairs)
    found = profile(store, "Mara")
    assert (found.contradictions, found.tensions) == (2, 1)
    assert found.opponents == (
        Opponent(id=ODE.id, name="Tom Ode", contradictions=2, tensions=0, pair=pairs[1].id),
        Opponent(id=PERU.id, name="Peru", contradictions=0, tensions=1, pair=pairs[2].id),
    )
    assert [one.id for one in profile(store, "Tom").opponents] == [QUIST.id]


def test_profiles_a_position_is_its_holders(store: Store) -> None:
    """Who tells of a position of others is not contradicted by it; its holder is."""
    held = {"target": "Lapis Corridor", "target_id": "place:lapis-corridor"}
    favor = Position(holder="Peru", holder_id=PERU.id, value="favor", **held)
    against = Position(holder="Tom Ode", holder_id=ODE.id, value="against", **held)
    told, own = say(store, QUIST, positions=(favor,)), say(store, ODE, positions=(against,))
    say(store, PERU)
    evidence = (Evidence(field="target", a="Lapis Corridor", b="Lapis Corridor"),)
    pair_up(store, clash(told, own, kind="stance", evidence=evidence))
    assert [one.name for one in profile(store, "Peru").opponents] == ["Tom Ode"]
    assert [one.name for one in profile(store, "Tom").opponents] == ["Peru"]
    assert profile(store, "Mara").opponents == ()


def test_profiles_show_where_a_source_changed_sides_and_its_forecasts(store: Store) -> None:
    """Its reversals are shown, and its forecasts are scored once one is resolved."""
    war = {"frame": Frame(predicate="be", event="war", parties=("country:chile", "country:peru")), "kind": "prediction",
           "time": Time(relation="future")}  # fmt: skip
    before = say(store, QUIST, "2024-05-01", likelihood=UNLIKELY, **war)
    after = say(store, QUIST, "2024-06-01", likelihood=LIKELY, **war)
    found = profile(store, "Mara")
    assert [(one.before, one.after) for one in found.reversals] == [(before, after)]
    assert (found.forecasts, found.score) == (2, None)
    reviews.decide(store, "resolve", after.id, by="ann", outcome="yes", on="2024-07-01")
    score = profile(store, "Mara").score
    assert score is not None
    assert (score.forecasts, score.took_place) == (1, 1)
    assert round(score.brier.point, 4) == 0.0625


def test_profiles_names_are_all_spellings(store: Store) -> None:
    """Other spellings of the same source's name are given."""
    say(store, PERU)
    say(store, PERU)
    say(store, PERU.model_copy(update={"name": "Lima"}))
    assert (profile(store, PERU.id).name, profile(store, PERU.id).names) == ("Peru", ("Lima",))
