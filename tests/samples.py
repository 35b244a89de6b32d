"""Records that are exported in the tests: hostile, undated, discontinuous, beyond the basic plane, decided on."""

from __future__ import annotations

from hypothesis import strategies as st

from claimtrack.exports.formats import Export
from claimtrack.exports.formats import export as exported
from claimtrack.schema import (
    Anchor,
    Attribution,
    Claim,
    Contradiction,
    Decision,
    Document,
    Entity,
    Likelihood,
    Position,
    Quantity,
    Source,
    Time,
)
from tests.conftest import make_claim, make_document

CMD = Source(id="group:=cmd()", name="=cmd()", kind="group")
TOWN = Source(id="state:küstenland", name="Küstenland", kind="state")
AGAINST = Position(holder="Iran", holder_id="country:iran", target="canal", target_id="place:canal", value="against")

HOSTILE = make_document(
    "=cmd()|'/c calc'!A1 said the canal [sic] is unlikely to open.", path="-1.txt", title="+1 for the canal",
    byline=("Mara Quist", "Ada Brandt"), published="2024-05-01", url="https://example.org/a b?c=<d>",
    publisher="The Lock Keeper", original_publisher="Coast Wire", language="en",
)  # fmt: skip
TOLD = make_document(
    "🛳\u202e Küstenland denied\x1b[2J that the canal,\nit insisted, is\u2028for sale.", path="told.txt"
)
SILENT = make_document("Nothing is claimed here.", path="silent.txt", url="javascript:alert(1)", published="2024-06")

FORECAST = make_claim(
    HOSTILE, id="clm_000000000000000a", kind="prediction", commitment=-1.5, condition=(0, 4), source=CMD,
    topics=("canal", "north-south"), positions=(AGAINST,),
    likelihood=Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely"),
    time=Time(text="by May", start="2024-05", end="2024-05-31", relation="future"),
    quantities=(Quantity(value=2, high=3, unit="km", modifier="between", span=(0, 1)),),
)  # fmt: skip
FORMULA = make_claim(
    HOSTILE, "the canal [sic] is", id="clm_000000000000000b", proposition="@SUM(A1:A9)",
    attribution=Attribution(id="att_0000000000000002", type="authorial", content_spans=((25, 43),)),
)  # fmt: skip
_PLACES = ((words, TOLD.text.index(words)) for words in ("the canal,\n", "is\u2028for sale"))
_SPANS = tuple((start, start + len(words)) for words, start in _PLACES)
DENIED = make_claim(
    TOLD, "the canal", id="clm_000000000000000c", text="the canal,\nis\u2028for sale", spans=_SPANS,
    proposition="the canal is for sale", stance="deny", source=TOWN, topics=("harbour",),
    entities=(Entity(id="place:canal", name="canal", type="place", spans=_SPANS[:1]),),
    attribution=Attribution(
        id="att_0000000000000003", type="indirect", source_span=(3, 13), cue_span=(14, 20), cue="denied",
        cue_kind="denial", content_spans=_SPANS, chain=("a neighbour", "Küstenland"),
    ),
)  # fmt: skip


def _pair(id: str, a: Claim, b: Claim, strength: str, explanation: str) -> Contradiction:
    return Contradiction.model_validate({
        "id": id, "kind": "denial", "strength": strength, "score": 0.5, "explanation": explanation,
        "same_source": False, "same_document": a.document == b.document, "topics": ("canal",), "a": a, "b": b,
    })  # fmt: skip


TENSION = _pair("ctr_000000000000000d", FORECAST, FORMULA, "tension", "-1 against 1")
CLASH = _pair("ctr_000000000000000e", FORECAST, DENIED, "contradiction", "One sells the canal, the other does not.")


def _decide(id: str, action: str, target: str, **over: object) -> Decision:
    fields = {"at": f"2024-07-0{id}T09:30:00Z", "by": "Ada Brandt", "subject": "claim"}
    return Decision.model_validate(
        fields | {"id": f"dec_000000000000000{id}", "action": action, "target": target} | over
    )


GONE = Anchor(
    claim="clm_00000000000000ff", document=TOLD.id, path="told.txt", source="author", quotation="insisted", start=46
)
DECISIONS = (
    _decide("1", "accept", FORMULA.id),
    _decide("2", "undo", "dec_0000000000000001", subject="decision"),
    _decide("3", "accept", FORECAST.id, note="Heard it."),
    _decide("4", "reject", GONE.claim, anchors=(GONE,)),
    _decide("5", "resolve", FORECAST.id, outcome="no", on="2024-06-30", evidence="=https://example.org/shut"),
)


def sample() -> Export:
    """Three documents, three claims, a tension in one document, a contradiction of two, five decisions."""
    records = {
        "documents": (HOSTILE, TOLD, SILENT), "claims": (FORECAST, FORMULA, DENIED),
        "contradictions": (CLASH, TENSION), "decisions": DECISIONS, "originals": (),
    }  # fmt: skip
    return Export(**{part: [record.model_dump_json() for record in of] for part, of in records.items()})


def written(format: str, what: Export | None = None) -> bytes:
    """The whole export."""
    return b"".join(exported(what or sample(), format))


@st.composite
def articles(draw: st.DrawFn) -> tuple[Document, Claim]:
    """A document of any text with a claim on one or two places of it, whoever holds it."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True)))
    spans = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    name = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
    published = draw(st.sampled_from([None, "2024", "2024-05", "2024-05-01", "2024-13-41", "soon"]))
    document = make_document(text, title=name, url=name, published=published, path=name)
    attribution = Attribution(
        id="att_1", type="mixed", source_span=spans[0], cue_span=spans[-1], content_spans=spans, cue=name
    )
    claim = make_claim(
        document, spans=spans, text=" ".join(text[start:end] for start, end in spans), attribution=attribution,
        source=Source(id=f"person:{name}", name=name, kind=draw(st.sampled_from(["person", "document", "unnamed"]))),
        topics=(name,), proposition=name,
    )  # fmt: skip
    return document, claim


def alone(document: Document, claim: Claim) -> Export:
    """An export of one claim that contradicts itself and was resolved."""
    pair = _pair("ctr_1", claim, claim, "contradiction", claim.text)
    decision = _decide("1", "resolve", claim.id, outcome="void", by=claim.source.name, note=claim.text)
    return Export(*([record.model_dump_json()] for record in (document, claim, pair, decision)))
