"""Write down what grammar and lexicons know of candidates, and of two of them side by side, as numbers for the ranker.

The recipe ``models/train/coreference.py`` uses this module too, so that training and use see the same numbers: whoever
changes a sign or the order of the signs must train anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from claimtrack import lexicon
from claimtrack.attribution.quotes import find_quotes
from claimtrack.reference.agreement import gender_of
from claimtrack.reference.candidates import NOMINAL_KINDS, Candidate
from claimtrack.reference.nouns import class_nouns, genders
from claimtrack.reference.syntax import clause, own_subject
from claimtrack.schema import Attribution, Document, EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Ints = NDArray[np.int32]
Indices = NDArray[np.int64]
Floats = NDArray[np.float32]

KINDS = ("he", "she", "it", "they", "i", "we", "you", "this", "these", "there", "name", "nominal", "joint")
ROLES = ("other", "nsubj", "nsubjpass", "dobj", "pobj", "poss", "attr", "appos", "conj", "compound", "ROOT", "dative")
SORTS = ("unknown", "person", "organization", "place", "time", "thing")
DETERMINERS = ("none", "the", "a", "this", "possessive", "quantity")
OWN_SIGNS = {
    "kind": len(KINDS), "role": len(ROLES), "number": 3, "gender": 3, "sort": len(SORTS),
    "determiner": len(DETERMINERS), "quoted": 2, "reflexive": 2, "opens_sentence": 2, "in_heading": 2, "possessive": 2,
}
"""The signs of one candidate and how many values each has."""

NAME, PERSON = KINDS.index("name"), SORTS.index("person")
_SORT_OF_LABEL = {
    "PERSON": 1, "ORG": 2, "NORP": 2, "GPE": 3, "LOC": 3, "FAC": 3, "DATE": 4, "TIME": 4, "PRODUCT": 5, "EVENT": 5,
    "LAW": 5, "WORK_OF_ART": 5,
}
_SORT_OF_TYPE: dict[EntityType, int] = {
    "person": 1, "organization": 2, "country": 3, "place": 3, "group": 2, "work": 5, "event": 5,
}
_HUMAN_KINDS = frozenset({"he", "she", "i", "we", "you"})
_THING_KINDS = frozenset({"it", "they", "this", "these", "there"})
_PLURAL_KINDS = frozenset({"they", "we", "these", "joint"})
_BODIES = frozenset({"ORG", "NORP", "GPE"})
_ARTICLES = {"the": 1, "a": 2, "an": 2, "one": 2, "this": 3, "that": 3, "these": 3, "those": 3}
_BEFORE_NOUNS = frozenset({"the", "a", "an", "this", "that", "these", "those"})
_GENDERED_TITLES = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m"}
_SENTENCES, _TOKENS, _BETWEEN = (1, 2, 3, 5, 9, 17), (3, 6, 11, 21, 41, 81, 161), (2, 3, 5, 9, 17, 33)


@dataclass(frozen=True)
class Table:
    """The candidates of one text in columns, an entry for each.

    `own` holds the signs of each, `[candidates, OWN_SIGNS]`. `begin`, `stop` and `at` are characters of the phrase and
    of its head. `text`, `noun`, `last`, `first` and `initials` number the words it can be found again by: equal
    numbers are equal words, 0 is none. `speaks` is the attribution it is the source of, `within` the one whose
    content it stands in, `quote` the quotation, `apposed` the token it stands in apposition to: -1 is none. `list` is
    the first member of the list it stands in, else a number of its own.
    """

    own: NDArray[np.int8]
    columns: dict[str, Ints]

    def __len__(self) -> int:
        """How many candidates there are."""
        return len(self.own)

    def __getitem__(self, column: str) -> Ints:
        """Give a column by its name."""
        return self.columns[column]


COLUMNS = ("start", "end", "head", "begin", "stop", "at", "sentence", "clause", "subject", "section", "quote", "list",
           "apposed", "text", "noun", "last", "first", "initials", "speaks", "within")


def tabulate(doc: Doc, document: Document, found: Sequence[Candidate], attributions: Iterable[Attribution]) -> Table:
    """Write down the signs of each candidate.

    Args:
        doc: tagged, parsed, with entities.
        document: its sections.
        found: its candidates, in order.
        attributions: tell who speaks where; without any, the signs that hang on speakers are absent.
    """
    reader = _Reader(doc, document)
    rows = [reader.row(candidate) for candidate in found]
    own = np.array([reader.own(candidate) for candidate in found], dtype=np.int8).reshape(len(found), len(OWN_SIGNS))
    places = np.array(rows, dtype=np.int32).reshape(len(found), len(COLUMNS) - 2)
    columns = dict(zip(COLUMNS, places.T, strict=False))
    columns["list"] = np.where(columns["list"] < 0, -1 - np.arange(len(found), dtype=np.int32), columns["list"])
    columns["speaks"], columns["within"] = _speakers(columns, found, list(attributions))
    return Table(own, columns)


def _speakers(
    columns: dict[str, Ints], found: Sequence[Candidate], attributions: list[Attribution]
) -> tuple[Ints, Ints]:
    """Give the attribution that each candidate is the source of, and the one it stands in the content of."""
    speaks, within = np.full(len(found), -1, np.int32), np.full(len(found), -1, np.int32)
    sizes = np.array([0 if c.kind == "joint" else c.end - c.start for c in found], np.int32)
    for k, attribution in enumerate(attributions):
        if attribution.source_span is not None:
            start, end = attribution.source_span
            inside = (columns["at"] >= start) & (columns["at"] < end) & (sizes > 0)
            if inside.any():
                speaks[np.argmax(np.where(inside, sizes, 0))] = k
        for start, end in attribution.content_spans:
            within[slice(*np.searchsorted(columns["begin"], (start, end)))] = k
    return speaks, within


class _Reader:
    """Reads the signs of candidates off one text."""

    def __init__(self, doc: Doc, document: Document) -> None:
        self.doc = doc
        self.sections = document.sections
        self.section_starts = [s.start for s in document.sections]
        self.quotes = find_quotes(doc.text, [(s.start, s.end) for s in document.sections])
        self.quote_starts = [q.start for q in self.quotes]
        self.opening = {s.start for s in doc.sents}
        self.sentences = [0] * len(doc)
        for k, sentence in enumerate(doc.sents):
            self.sentences[sentence.start : sentence.end] = [k] * len(sentence)
        self.numbers: dict[str, int] = {}

    def row(self, candidate: Candidate) -> tuple[int, ...]:
        """Give a candidate's places and words, in the order of `COLUMNS`."""
        doc, head = self.doc, self.doc[candidate.head]
        last = doc[candidate.end - 1]
        return (
            candidate.start, candidate.end, candidate.head,
            doc[candidate.start].idx, last.idx + len(last), head.idx,
            self.sentences[candidate.head], clause(head), own_subject(head), self._section(head.idx),
            self._quote(head.idx), _list(head), _apposed(head), *self._words(candidate, head),
        )

    def own(self, candidate: Candidate) -> tuple[int, ...]:
        """Give the signs of a candidate by itself, in the order of `OWN_SIGNS`."""
        head, kind = self.doc[candidate.head], candidate.kind
        nominal = kind in NOMINAL_KINDS
        section = self._section(head.idx)
        heading = bool(self.sections) and self.sections[section].kind in {"title", "heading"}
        return (
            KINDS.index(kind), ROLES.index(head.dep_) if head.dep_ in ROLES else 0, _number(head, kind),
            {"m": 1, "f": 2}.get(self._gender(candidate, head), 0), _sort(head, kind),
            self._determiner(candidate) if nominal else 0, self._quote(head.idx) >= 0,
            not nominal and head.lower_.endswith(("self", "selves")), candidate.start in self.opening, heading,
            head.dep_ == "poss" or head.tag_ == "PRP$",
        )

    def _section(self, position: int) -> int:
        return max(0, bisect_right(self.section_starts, position) - 1)

    def _quote(self, position: int) -> int:
        at = bisect_right(self.quote_starts, position) - 1
        return at if at >= 0 and position < self.quotes[at].end else -1

    def _gender(self, candidate: Candidate, head: Token) -> str:
        told = gender_of(head) if candidate.kind != "joint" else ""
        if told or head.ent_type_ != "PERSON":
            return told
        for token in self.doc[candidate.start : candidate.end]:
            word = token.lower_.strip(".")
            forename = token.ent_type_ == "PERSON" or word in _GENDERED_TITLES
            told = _GENDERED_TITLES.get(word) or (genders("forenames").get(word, "") if forename else "")
            if told:
                break
        return told

    def _determiner(self, candidate: Candidate) -> int:
        first = self.doc[candidate.start]
        if (article := _ARTICLES.get(first.lower_)) is not None:
            return article
        if first.dep_ == "poss" or first.tag_ == "PRP$":
            return DETERMINERS.index("possessive")
        counted = first.lower_ in lexicon.words("coreference_words", "quantifier") or first.pos_ == "NUM"
        return DETERMINERS.index("quantity") if counted else 0

    def _words(self, candidate: Candidate, head: Token) -> tuple[int, int, int, int, int]:
        """Number the words of a phrase, its noun, the last and the first part of its name, and its initials."""
        lower = head.lower_
        if candidate.kind not in NOMINAL_KINDS:
            return self._numbered(f"pronoun {lower}"), 0, 0, 0, 0
        tokens = self.doc[candidate.start : candidate.end]
        words = [t.lower_ for t in tokens if not t.is_space]
        words = words[:-1] if words and words[-1] in {"'s", "’s", "'", "’"} else words
        words = words[1:] if words and words[0] in _BEFORE_NOUNS else words
        names = [t.lower_ for t in tokens if t.pos_ == "PROPN" and t.ent_type_ == head.ent_type_]
        names = names if candidate.kind == "name" else []
        initials = "".join(w[0] for w in names if w[0].isalnum()) if len(names) > 1 else ""
        noun = head.lemma_.lower() if head.pos_ == "NOUN" else lower
        return (
            self._numbered("phrase " + " ".join(words)), self._numbered(noun), self._numbered(lower) if names else 0,
            self._numbered(names[0]) if names else 0, self._numbered(initials) if len(names) > 1 else 0,
        )

    def _numbered(self, words: str) -> int:
        return self.numbers.setdefault(words, len(self.numbers) + 1)


def _number(head: Token, kind: str) -> int:
    """0: cannot be told, 1: one, 2: several."""
    if kind == "you":
        return 0
    plural = kind in _PLURAL_KINDS or head.tag_ in {"NNS", "NNPS"}
    body = kind == "name" and head.ent_type_ in _BODIES and not plural
    return 1 if body or not plural else 2


def _sort(head: Token, kind: str) -> int:
    if kind in _HUMAN_KINDS:
        return PERSON
    if head.ent_type_ in _SORT_OF_LABEL:
        return _SORT_OF_LABEL[head.ent_type_]
    if kind in _THING_KINDS:
        return 0
    lemma = head.lemma_.lower()
    noun = class_nouns().get(head.lower_) or class_nouns().get(lemma)
    if noun is not None:
        return _SORT_OF_TYPE.get(noun.type, SORTS.index("thing"))
    human = genders("human_nouns")
    return PERSON if head.lower_ in human or lemma in human else 0


def _list(head: Token) -> int:
    """Give the first member of the list that a head stands in; -1 where it stands in none."""
    first = head
    while first.dep_ == "conj":
        first = first.head
    listed = first.i != head.i or any(c.dep_ == "conj" for c in head.children)
    return first.i if listed else -1


def _apposed(head: Token) -> int:
    """Give the token that a head stands in apposition to, or is said to be: "Banda, a lawyer", "Banda is a lawyer"."""
    if head.dep_ == "appos":
        return head.head.i
    subjects = [c.i for c in head.head.children if c.dep_ == "nsubj"] if head.dep_ == "attr" else []
    return subjects[-1] if subjects else -1


def own_signs(table: Table) -> Floats:
    """Spread the signs of each candidate into zeros and ones: `[candidates, sum of OWN_SIGNS]`."""
    spread = np.zeros((len(table), sum(OWN_SIGNS.values())), np.float32)
    first = 0
    for k, size in enumerate(OWN_SIGNS.values()):
        spread[np.arange(len(table)), first + table.own[:, k]] = 1
        first += size
    return spread


def pair_signs(table: Table, anaphors: Indices, antecedents: Indices) -> Floats:
    """Compare candidates two by two: `[pairs, signs]`, zeros and ones.

    Args:
        table: the candidates.
        anaphors: the later of each pair.
        antecedents: the earlier of each pair.
    """
    own = dict(zip(OWN_SIGNS, table.own.T, strict=True))
    signs = _Signs(table, anaphors, antecedents)
    (role_j, role_i), (kind_j, kind_i) = signs.own(own["role"]), signs.own(own["kind"])
    (sort_j, sort_i), (quote_j, quote_i) = signs.own(own["sort"]), signs.two("quote")
    signs.steps("sentence", _SENTENCES)
    signs.steps("head", _TOKENS)
    signs.ranges(anaphors - antecedents, _BETWEEN)
    signs.words(kind_j, kind_i, sort_j, sort_i)
    signs.flag(kind_j == kind_i)
    for sign in ("gender", "number"):
        signs.agreement(*signs.own(own[sign]))
    signs.agreement(sort_j, sort_i)
    signs.flag((sort_j == PERSON) & (sort_i > PERSON), sort_i == 0)
    subject_j, subject_i = np.isin(role_j, (1, 2)), np.isin(role_i, (1, 2))
    sentence_j, sentence_i = signs.two("sentence")
    follows = sentence_j - sentence_i == 1
    signs.flag(subject_j & subject_i, role_j == role_i, subject_i, follows & subject_j & subject_i)
    signs.nesting()
    clause_j, clause_i = signs.two("clause")
    same_clause = clause_j == clause_i
    owners = [same_clause]
    for sign in ("reflexive", "possessive"):
        owners.append(same_clause & (own[sign][anaphors] == 1))
    signs.flag(*owners)
    head_j, head_i = signs.two("head")
    (above_j, above_i), (apposed_j, apposed_i), (list_j, list_i) = map(signs.two, ("subject", "apposed", "list"))
    signs.flag(above_j == head_i, above_i == above_j, (apposed_j == head_i) | (apposed_i == head_j), list_j == list_i)
    signs.flag((quote_j == quote_i) & (quote_j >= 0), (quote_j >= 0) & (quote_i < 0), (quote_i >= 0) & (quote_j < 0),
               (quote_i >= 0) & (quote_j >= 0) & (quote_i != quote_j))
    (within_j, within_i), (speaks_j, speaks_i) = signs.two("within"), signs.two("speaks")
    told = (speaks_i == within_j) & (within_j >= 0)
    signs.flag(told, (speaks_j == within_i) & (within_i >= 0), (speaks_i >= 0) & (speaks_j >= 0),
               (within_j == within_i) & (within_j >= 0), told & (quote_j >= 0))
    section_j, section_i = signs.two("section")
    signs.flag(section_j == section_i, section_j - section_i == 1, own["in_heading"][antecedents] == 1)
    signs.flag(antecedents > anaphors)
    return np.concatenate(signs.found, axis=1)


class _Signs:
    """Gathers the signs of pairs, column by column."""

    def __init__(self, table: Table, anaphors: Indices, antecedents: Indices) -> None:
        self.table, self.anaphors, self.antecedents = table, anaphors, antecedents
        self.found: list[Floats] = []

    def two(self, column: str) -> tuple[Ints, Ints]:
        """Give a column for the anaphors and for the antecedents."""
        values = self.table[column]
        return values[self.anaphors], values[self.antecedents]

    def own(self, values: NDArray[np.int8]) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """Give an own sign of the anaphors and of the antecedents."""
        return values[self.anaphors], values[self.antecedents]

    def flag(self, *signs: NDArray[np.bool_]) -> None:
        """Add signs that hold or do not."""
        self.found += [sign.astype(np.float32)[:, None] for sign in signs]

    def ranges(self, values: Ints | Indices, borders: Sequence[int]) -> None:
        """Add a sign for each range that a number may fall into."""
        spread = np.zeros((len(values), len(borders) + 1), np.float32)
        spread[np.arange(len(values)), np.searchsorted(np.asarray(borders), values, side="right")] = 1
        self.found.append(spread)

    def steps(self, column: str, borders: Sequence[int]) -> None:
        """Add the distance in a column."""
        later, earlier = self.two(column)
        self.ranges(np.abs(later - earlier) if column == "head" else later - earlier, borders)

    def agreement(self, later: NDArray[np.int8], earlier: NDArray[np.int8]) -> None:
        """Add whether two values agree, and whether they differ; 0 does neither."""
        self.flag((later == earlier) & (later > 0), (later != earlier) & (later > 0) & (earlier > 0))

    def nesting(self) -> None:
        """Add whether one stands inside the other."""
        (start_j, start_i), (end_j, end_i) = self.two("start"), self.two("end")
        self.flag((start_i <= start_j) & (end_j <= end_i), (start_j <= start_i) & (end_i <= end_j))

    def words(self, kind_j: NDArray[np.int8], kind_i: NDArray[np.int8],
              sort_j: NDArray[np.int8], sort_i: NDArray[np.int8]) -> None:
        """Add which words the two share: phrase, noun, last and first name, and one that abbreviates the other."""
        (text_j, text_i), (noun_j, noun_i), (last_j, last_i), (first_j, first_i), (initials_j, initials_i) = map(
            self.two, ("text", "noun", "last", "first", "initials"))
        both = (last_j > 0) & (first_i > 0) & (last_i > 0) & (first_j > 0)
        crossed = (last_j == first_i) | (first_j == last_i)
        named = (kind_j == NAME) & (kind_i == NAME)
        akin = (last_j == last_i) | (first_j == last_i) | (last_j == first_i)
        self.flag(
            text_j == text_i, (noun_j == noun_i) & (noun_j > 0), (last_j == last_i) & (last_j > 0),
            (first_j == first_i) & (first_j > 0), crossed & both,
            named & ~akin & (sort_j == PERSON) & (sort_i == PERSON),
            ((initials_j == noun_i) & (initials_j > 0)) | ((initials_i == noun_j) & (initials_i > 0)),
        )
