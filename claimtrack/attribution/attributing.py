"""Who says it: find source, cue and content of reported speech and thought.

A cue is a word of the lexicon `reporting` in one of its frames ("accuse X of V-ing", "view X as Y"); its content is
what the frame takes, its source the cue's subject or what stands for it. Quotations are bound to the cue beside
them in the text rather than in the parse, which quotation marks often mislead. Where a trained tagger has read the
text too, the words are its, and the rules add the sources it lacks and the stances it was not trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.attribution.brief import completed
from claimtrack.attribution.ensemble import join
from claimtrack.attribution.quoted_text import QuotedText
from claimtrack.attribution.records import attribution
from claimtrack.attribution.review import reviewed
from claimtrack.attribution.rules import SURE, findings_in
from claimtrack.schema import Attribution, Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimtrack.attribution.tagger import Quotation


def attribute(doc: Doc, document: Document, quotations: Sequence[Quotation] | None = None) -> list[Attribution]:
    """Find every attribution of a document, in the order of their contents.

    Args:
        doc: the parse of `document.text`.
        document: its sections; boilerplate is passed over.
        quotations: those of a trained tagger, if there is one.
    """
    text = QuotedText(doc, document)
    pairs = [(f, attribution(text, f)) for f in findings_in(text)]
    ruled = [a for _, a in pairs if a.content_spans]
    sure = {a.id for f, a in pairs if f.pattern in SURE}
    found = ruled if quotations is None else join(text, ruled, quotations, sure)
    return completed(text, [kept for a in found if (kept := reviewed(text, a, sure)) is not None])
