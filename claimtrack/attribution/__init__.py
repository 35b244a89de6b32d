"""Who says it: a parsed text and its sections come in, an `Attribution` for each source, cue and content goes out.

A document walks through `quotes` and `quoted_text` (what stands in marks), then, where a trained model reads along,
`marks`, `pieces`, `decoding`, `scoring`, `drafts` and `tagger` (its quotations). The rules read the parse: `syntax`
(children and clauses), `cues` (who reports by which word), `frames` (what a cue takes as content), `sources` (who
holds it), `findings` (what a rule gives). They are `constructions`, `clauses`, `perspectives` and `speeches`, which
`rules` brings together, each content once. At last come `records` (from tokens to characters), `ensemble` (rules and
tagger), `review` (what the language rules out), `brief` (views told in few words) and `attributing`, which does
all of this.
"""

from claimtrack.attribution.attributing import attribute
from claimtrack.attribution.tagger import Quotation, Tagger

__all__ = ["Quotation", "Tagger", "attribute"]
