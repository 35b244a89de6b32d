"""Pairs as a judge of the user's own sees them, beside what claimtrack makes of them: `contradict --judge`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.commands.output import progress, put, say
from claimtrack.commands.tables import Layout, arranged, known_to, write_json, write_rows

if TYPE_CHECKING:
    from rich.console import RenderableType

    from claimtrack.schema import Contradiction, Opinion
    from claimtrack.screens.view import View
    from claimtrack.store import PairQuery, Store
    from claimtrack.tracking.own_judge import Judge


def put_judged(store: Store, query: PairQuery, how: Layout, view: View, judge: Judge) -> None:
    """Ask a judge about the pairs of a query, and print both: the pairs as they are, and what the judge says."""
    from claimtrack.exports.flat_columns import PAIRS, judged
    from claimtrack.tracking.pairing import best_pairs

    pairs = arranged(how, PAIRS, best_pairs(store, query), known_to(view))
    said = _opinions(store, pairs, judge)
    if how.shape == "json":
        write_json(contradictions=pairs, opinions=said.values())
    elif how.is_flat:
        write_rows(how, judged(said), pairs, known_to(view))
    else:
        put(*_blocks(pairs, said, view, judge))
        put(f"{judge.model} was asked of {len(pairs):,}; its verdicts are its own, and no part of the scores.")


def _opinions(store: Store, pairs: Sequence[Contradiction], judge: Judge) -> dict[str, Opinion]:
    from claimtrack.tracking.own_judge import ask

    with progress("asking") as advance:
        answers = list(ask(store, pairs, judge, lambda done, total: advance(done, total, "pairs")))
    if missing := answers.count(None):
        say(f"note: {judge.model} gave no valid answer on {missing:,} of {len(pairs):,} pairs.")
    return {answer.pair: answer for answer in answers if answer is not None}


def _blocks(
    pairs: Sequence[Contradiction], said: Mapping[str, Opinion], view: View, judge: Judge
) -> Iterator[RenderableType]:
    from claimtrack.screens.contradiction_display import opinion_line, pair_block

    for pair in pairs:
        yield pair_block(pair, view)
        yield opinion_line(judge.model, said.get(pair.id))
        yield ""
