"""The commands that set claims beside each other: contradict, contrast, corroborate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.completion import complete_ids
from claimtrack.commands.options import About, AsJson, Db, Limit, Scale, Source, Topic, check_one_of, examples
from claimtrack.commands.output import PAIRS_SHOWN, limit_of, put, shown_of, write_lists
from claimtrack.commands.own_judge import put_judged
from claimtrack.commands.stores import open_store, pair_up, view_of, whole_id
from claimtrack.commands.tables import Bom, Fields, Format, Layout, Sort, known_to, layout, put_list
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Contradiction, Corroboration
    from claimtrack.screens.view import View
    from claimtrack.store import PairQuery, Store

app = typer.Typer()


@app.command(epilog=examples("contradict --topic zangezur", "contradict --source Iran --min-score 0.7 --fail-on 0.9"))
def contradict(
    ctx: typer.Context,
    topic: Topic = None,
    source: Source = None,
    kind: Annotated[str | None, typer.Option(help="denial, stance, likelihood, …; with --near, the reason.")] = None,
    min_score: Annotated[float | None, typer.Option(min=0, max=1, help="Only pairs as sure as this.")] = None,
    near: Annotated[bool, typer.Option("--near", help="Show what looks contradictory and is not, and why.")] = False,
    judge: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ask a model of yours about each pair, too: any OpenAI-compatible server on "
                     "this machine, such as http://127.0.0.1:8080/v1; none for none."),
    ] = None,
    judge_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which model is asked. [default: the first served there]")
    ] = None,
    fail_on: Annotated[
        float | None, typer.Option(min=0, max=1, metavar="SCORE", help="End with 4 if a pair reaches this score.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="At most so many blocks, or pairs in JSON; 0 for all.")
    ] = None,
    scale: Scale = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show which claims clash, and why.

    Contradictions first, the surest first; then tensions, where a qualifier, scope or date lets both stand. Pairs on
    one matter make one block: the surest pair, then who else stands on either side.

    With --judge, the pairs shown are sent to a server on this machine (llama.cpp, Ollama, vLLM); its verdicts stand
    beside the pairs and change no score. Without it, nothing is sent anywhere.
    """
    from claimtrack.store import PairQuery

    judge = _judge(ctx, judge, near)
    how = layout(format, fields, sort, bom, limit, as_json, PAIRS_SHOWN)
    check_one_of("--kind", kind, "NearReason" if near else "ContradictionKind")
    with open_store(ctx, db) as store:
        pair_up(store)
        query = PairQuery(
            topic=topic, source=sought(store, topic, source), kind=kind, min_score=min_score,
            limit=how.reads,
        )  # fmt: skip
        if judge is not None:
            from claimtrack.tracking.own_judge import connect

            put_judged(store, query, how, view_of(store, scale), connect(judge, judge_model))
        elif near:
            _put_near(store, query, how, view_of(store, scale))
        else:
            _put_contradictions(store, query, how, view_of(store, scale))
        if fail_on is not None and _reaches(store, query, fail_on):
            raise typer.Exit(4)


def _judge(ctx: typer.Context, judge: str | None, near: bool) -> str | None:
    """The judge to ask. One that is set for good is not asked about near misses; to ask for that is a fault."""
    if judge is None or judge == "none":
        return None
    asked_for = ctx.get_parameter_source("judge")
    if near and asked_for is not None and asked_for.name == "COMMANDLINE":
        raise UsageError("--judge asks about pairs that clash; leave out --near.")
    return None if near else judge


def _reaches(store: Store, query: PairQuery, score: float) -> bool:
    return any(store.count_contradictions(replace(query, min_score=max(score, query.min_score or 0))))


def _put_contradictions(store: Store, query: PairQuery, how: Layout, view: View) -> None:
    """Print pairs as blocks to read, a matter each; in an order of their own, or for programs, one by one."""
    if how.shape == "table" and how.sort is None:
        _show_blocks(store, query, view)
        return
    from claimtrack.exports.flat_columns import PAIRS
    from claimtrack.screens.contradiction_display import contradiction_blocks
    from claimtrack.tracking.pairing import best_pairs

    found, nouns = best_pairs(store, query), ("pairs", "pair")
    put_list(how, PAIRS, found, known_to(view), lambda shown: contradiction_blocks([[p] for p in shown], view), nouns)


def _show_blocks(store: Store, query: PairQuery, view: View) -> None:
    from claimtrack.screens.contradiction_display import contradiction_blocks
    from claimtrack.screens.terminal import counted
    from claimtrack.tracking.pairing import BLOCK_READ, best_blocks

    blocks = best_blocks(store, query)
    put(*contradiction_blocks(blocks, view))
    if any(len(block) >= BLOCK_READ for block in blocks):
        put(f"Of one matter, the {BLOCK_READ} surest pairs are shown; --json gives all.")
    if query.limit is not None and len(blocks) >= query.limit:
        put(f"The first {len(blocks):,}; --limit 0 for all, `claimtrack show ID` for more on one.")
        return
    pairs = [pair for block in blocks for pair in block]
    hard = sum(pair.strength == "contradiction" for pair in pairs)
    words = f"{counted(hard, 'contradiction')}, {counted(len(pairs) - hard, 'tension')}"
    matters = f" on {counted(len(blocks), 'matter')}" if len(blocks) < len(pairs) else ""
    repeated = sum(store.count_contradictions(query)) - len(pairs)
    more = f" {counted(repeated, 'more pair')} of the same clashes; `claimtrack export` holds all." if repeated else ""
    put(f"{words}{matters}.{more}" if pairs else "No contradictions found.")


def _put_near(store: Store, query: PairQuery, how: Layout, view: View) -> None:
    from claimtrack.exports.flat_columns import NEAR_MISSES
    from claimtrack.screens.contradiction_display import near_miss_blocks

    pairs = list(store.near_misses(query))
    seeming = "pairs that only look contradictory", "pair that only looks contradictory"
    put_list(
        how, NEAR_MISSES, pairs, known_to(view), lambda shown: near_miss_blocks(shown, view), seeming,
        store.count_near(query),
    )  # fmt: skip


@app.command(epilog=examples('contrast --topic "iran azerbaijan war"', "contrast --topic zangezur --json"))
def contrast(
    ctx: typer.Context,
    topic: About,
    source: Source = None,
    limit: Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many propositions; 0: all.")] = None,
    scale: Scale = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Set side by side all claims on one topic.

    Gathered by proposition, who does what to whom; on each, the voices that affirm it, deny or doubt it, or leave it
    open, ordered by how likely each holds it. Then what only one claim says, and what it clashes with.
    """
    from claimtrack import contradiction
    from claimtrack.store import Query
    from claimtrack.tracking import pairing

    with open_store(ctx, db) as store:
        pair_up(store)
        claims = list(store.claims(Query(topic=topic, source=sought(store, topic, source))))
        contrasts = contradiction.contrast(claims, pairing.prints(store, claims))
        shown = contrasts[: limit_of(limit, PAIRS_SHOWN, as_json)]
        if as_json:
            write_lists(contrasts=shown)
            return
        from claimtrack.screens.proposition_display import clash_words, contrast_blocks

        once = [claim for one in shown if len(one.claims) == 1 for claim in one.claims]
        view = view_of(store, scale)
        clashes = {claim.id: clash_words(claim, pairs, view) for claim in once if (pairs := _pairs_of(store, claim))}
        put(*contrast_blocks(shown, view, clashes))
        put(shown_of(len(shown), len(contrasts), "propositions", "proposition"))


def _pairs_of(store: Store, claim: Claim) -> list[Contradiction]:
    return list(store.contradictions_of(claim.id))


@app.command(epilog=examples("corroborate --topic zangezur", "corroborate clm_3f62", "corroborate prp_1d3c --json"))
def corroborate(
    ctx: typer.Context,
    id: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Id of a claim or proposition.", autocompletion=complete_ids),
    ] = None,
    topic: Topic = None,
    limit: Limit = None,
    scale: Scale = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show who says the same, independently.

    One source is one voice, however many outlets carry it; reprints and repeated quotations count once and are named.
    Sources without a name count as one together, and an author adds nothing to a source that the article quotes.
    """
    if id is not None and topic is not None:
        raise UsageError("corroborate takes an ID or --topic, not both.")
    from claimtrack.exports.flat_columns import CORROBORATIONS
    from claimtrack.screens.proposition_display import corroboration_block

    how = layout(format, fields, sort, bom, limit, as_json, PAIRS_SHOWN)
    with open_store(ctx, db) as store:
        sought(store, topic)
        found = _corroborations_on(store, topic) if id is None else _corroborations_of(store, id)
        view, nouns = view_of(store, scale), ("corroborated propositions", "corroborated proposition")
        if id is None or how.shape != "table":
            put_list(
                how, CORROBORATIONS, found, known_to(view),
                lambda shown: (corroboration_block(one, view) for one in shown), nouns,
            )  # fmt: skip
            return
        put(*(corroboration_block(one, view) for one in found))
        if not any(one.independent > 1 for one in found):
            put("No other voice bears it out independently.")


def _corroborations_on(store: Store, topic: str | None) -> list[Corroboration]:
    from claimtrack import contradiction
    from claimtrack.store import Query
    from claimtrack.tracking import pairing

    claims = list(store.claims(Query(topic=topic)))
    return contradiction.corroborations(claims, pairing.prints(store, claims))


def _corroborations_of(store: Store, id: str) -> list[Corroboration]:
    """What bears out one claim, or either side of one proposition."""
    from claimtrack import contradiction
    from claimtrack.contradiction.propositions import keys
    from claimtrack.tracking import pairing

    pair_up(store)
    wanted = whole_id(store, id)
    claim = store.claim(wanted)
    ids = [key.id for key in keys(claim)] if claim else [wanted]
    around = [one for id in ids if (one := pairing.proposition(store, id)) is not None]
    if not around:
        raise UsageError(f"{id!r} is neither a claim nor a proposition. `claimtrack contrast` shows propositions.")
    claims = {c.id: c for one in around for c in one.claims}.values()
    return contradiction.corroborations(claims, pairing.prints(store, claims), by=claim.id if claim else None)
