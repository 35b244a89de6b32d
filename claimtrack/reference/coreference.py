"""Resolve what refers back: pronouns, "there", descriptions like "the corridor", "the two countries", "the former".

Antecedents compete by salience, as in Lappin and Leass (1994): subjects before objects, near before far, within two or
three sentences, in agreement of number and animacy. Common nouns compete too, so that a pronoun whose best antecedent
is no linked thing stays unlinked, as does one whose two best are close.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from claimtrack.attribution.quotes import Quote, find_quotes
from claimtrack.reference.gazetteer import Referent, agent_nouns, articled, class_nouns, genders, metonymy, referent
from claimtrack.reference.naming import Cast, Mention
from claimtrack.schema import Document, EntityType, LinkVia, Section

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ROLES = frozenset({"author", "reposter", "commenter", "publisher"})

_PERSONAL = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_SINGULAR = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
_FIRST = frozenset({"i", "me", "my", "we", "us", "our", "ours", "mine"})
_INDEFINITE = frozenset({
    "those", "these", "this", "that", "someone", "somebody", "anyone", "anybody", "everyone", "everybody", "one", "who",
})
_INDEFINITE_PLURAL = _INDEFINITE - {"this", "that"}
_POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our"})
# What a grammatical role weighs; the order is Lappin and Leass's, the scale is in sentences of distance.
_WEIGHTS = {
    "nsubj": 3.0, "nsubjpass": 3.0, "ROOT": 1.0, "dobj": 1.5, "dative": 1.2, "poss": 1.2, "pobj": 0.8, "attr": 0.8,
    "appos": 0.5, "conj": 1.0, "npadvmod": 0.0, "csubj": 0.0,
}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_OWN_SUBJECT = 2.5
_SENTENCE = 1.5
_TOKEN = 0.02
_PARALLEL = 1.5
_OBJECTS = frozenset({"dobj", "pobj", "dative"})
_LONE_PLURAL = 2.0  # "they" of one state or body: possible, seldom
_MARGIN = 0.4
_MAX_ANTECEDENTS = 200  # enough for any sentences but those of broken text
_REACH = {"it": 1, "they": 1, "he": 1, "there": 1}
_DESCRIPTION_REACH: dict[EntityType, int] = {"place": 12, "work": 12, "organization": 5, "event": 2}
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4}
_STATE_NOUNS = frozenset({
    "country", "state", "nation", "side", "neighbour", "neighbor", "power", "rival", "ally", "government", "capital",
    "party", "republic",
})
_PLAIN_MODIFIERS = frozenset({"proposed", "planned", "entire", "same", "whole", "new", "said"})
_NO_COUNTRY_MODIFIERS = frozenset({
    "neighbouring", "neighboring", "other", "third", "host", "only", "first", "last", "same", "whole", "largest",
    "biggest", "old", "new", "next", "second", "home", "mother", "rest",
})
_EXPLETIVE_HEADS = frozenset({"be", "seem", "appear", "become", "remain", "look", "make", "take", "happen", "turn"})
_PROPOSITIONAL = frozenset({
    "deny", "confirm", "say", "know", "doubt", "believe", "repeat", "mean", "regret", "admit", "acknowledge", "do",
    "prove", "dispute", "think", "see", "suggest", "claim", "announce", "report",
})
# What "it is …" says of nothing in particular: the hour, the state of affairs.
_IMPERSONAL = frozenset({
    "time", "early", "late", "likely", "unlikely", "clear", "unclear", "possible", "impossible", "necessary", "true",
    "obvious", "certain", "uncertain", "midnight", "noon", "dark", "enough", "worth", "wrong", "easy", "hard",
    "difficult", "important", "hour", "day", "night", "morning", "year", "while", "matter", "question",
})
_FOREIGN_ARTICLES = frozenset({"il", "la", "le", "el", "der", "die", "das", "les", "los", "gli", "lo"})
_TIMES = frozenset({"DATE", "TIME", "QUANTITY", "PERCENT", "MONEY", "CARDINAL", "ORDINAL"})
_SPEECH = frozenset({
    "say", "add", "claim", "report", "write", "tell", "state", "announce", "note", "quote", "cite", "reveal", "confirm",
    "deny", "publish", "argue", "warn", "allege", "explain",
})
_CLAUSES = frozenset({"ccomp", "csubj", "xcomp", "csubjpass", "advcl", "relcl", "acl"})


@dataclass(frozen=True, slots=True)
class _Antecedent:
    """A noun phrase that may be referred back to; `mentions` is empty for one that is not linked."""

    token: int
    sentence: int
    mentions: tuple[Mention, ...]
    weight: float
    plural: bool
    animate: bool
    clause: int
    locative: bool
    gender: str = ""


def resolve(doc: Doc, document: Document, mentions: Sequence[Mention], cast: Cast) -> list[Mention]:
    """Give the mentions that refer back, each with the words it stands for.

    A phrase that means several things ("the two countries") gives one mention for each, all with one span.

    Args:
        doc: tagged and parsed.
        document: its sections and voices.
        mentions: the names found in it, in order.
        cast: titles and states of its persons.
    """
    return _Resolver(doc, document, mentions, cast).run()


def only_person(doc: Doc, document: Document, mentions: Sequence[Mention], pronoun: Token) -> Referent | None:
    """Give the one person named before a pronoun in its paragraph, outside quotations, whom it can mean.

    None where nobody or more than one can be meant, counting those without a name ("the gunman").
    """
    section = section_at(document.sections, pronoun.idx)
    start = max(section.start if section is not None else 0, doc.text.rfind("\n\n", 0, pronoun.idx))
    quotes = find_quotes(doc.text, [(s.start, s.end) for s in document.sections])
    gender = _PERSONAL[pronoun.lower_]
    known = _told_genders(mentions, Cast({}, {}))
    persons = {m.root: m.entity for m in mentions if m.entity.type == "person" and m.via in {"name", "surname"}}
    found: set[Referent | None] = set()
    for token in doc[: pronoun.i]:
        if token.idx < start or any(q.start <= token.idx < q.end for q in quotes):
            continue
        if (person := persons.get(token.i)) is not None:
            doubtful = _is_thinglike(token) or _begins_with_article(person.name)
            if known.get(person.id, gender) == gender and not _is_told(token, pronoun):
                found.add(None if doubtful or person.name in document.byline else person)
        elif _is_rival(token, gender):
            found.add(None)
    return next(iter(found)) if len(found) == 1 else None


def _is_rival(token: Token, gender: str) -> bool:
    """Tell somebody without a name, whom a pronoun of a gender may mean as well."""
    if token.lower_ in _PERSONAL or token.dep_ in _MODIFIERS or token.ent_type_ == "PERSON":
        return False
    return is_human(token) and not _predicated(token) and gender_of(token) in {"", gender}


def voice(document: Document, position: int) -> Referent:
    """Give who speaks at a character in the page's own voice; a role without a name is another one in each document."""
    section = section_at(document.sections, position)
    name = section.voice if section is not None else "author"
    if name == "author" and document.byline:
        name = document.byline[0]
    return Referent(f"voice:{document.id}:{name}", name, "person") if name in ROLES else referent(name, "person")


def section_at(sections: Sequence[Section], position: int) -> Section | None:
    """Give the last section that begins at or before a character."""
    at = bisect_right(sections, position, key=lambda s: s.start) - 1
    return sections[at] if at >= 0 else None


class _Resolver:
    """The state of reading one text from left to right."""

    def __init__(self, doc: Doc, document: Document, mentions: Sequence[Mention], cast: Cast) -> None:
        self.doc = doc
        self.text = doc.text
        self.document = document
        self.cast = cast
        self.holders = _holders(cast)
        self.first_of: dict[str, Mention] = {}
        for m in mentions:
            self.first_of.setdefault(m.entity.id, m)
        self.by_root = {m.root: m for m in sorted(mentions, key=lambda m: m.end - m.start)}
        self.counts = Counter(m.entity.id for m in mentions)
        self.definite = {m.entity.id for m in mentions if self._has_article(m)}
        self.quotes = find_quotes(self.text, [(s.start, s.end) for s in document.sections])
        self.quote_starts = [q.start for q in self.quotes]
        self.genders = _told_genders(mentions, cast)
        self.doubtful = self._doubtful(mentions)
        self.antecedents: list[_Antecedent] = []
        self.described: dict[str, tuple[Mention, int]] = {}  # noun -> last name that it may take up, its sentence
        self.found: list[Mention] = []

    def run(self) -> list[Mention]:
        counts: dict[tuple[str, str] | None, int] = Counter()
        lists: dict[tuple[str, str] | None, list[_Antecedent]] = defaultdict(list)
        for sentence in self.doc.sents:
            section = section_at(self.document.sections, sentence.start_char)
            # each voice goes on where it left off: after a quoted paragraph "he" is again whom the author named
            context = (section.kind, section.voice) if section is not None else None
            self.antecedents = lists[context]
            counts[context] += 1
            for token in sentence:
                self._read(token, counts[context])
        return self.found

    def _read(self, token: Token, sentence: int) -> None:
        lower, pos = token.lower_, token.pos_
        if lower in _FIRST and pos in {"PRON", "DET"}:
            self.found += self._first(token)  # whoever speaks is nobody's antecedent
        elif pos in {"PRON", "DET", "ADV", "ADJ"} and (resolver := self._resolver(lower, token)):
            self._add(token, sentence, resolver(token, sentence))
        elif pos in {"NOUN", "PROPN"}:
            mention = self.by_root.get(token.i)
            mentions = (mention,) if mention is not None else (
                self._apposed(token) or self._description(token, sentence)
            )
            self._add(token, sentence, mentions)
            if mention is not None:
                self._note_class(mention, sentence)
        elif lower in _INDEFINITE:
            self._add(token, sentence, ())

    def _resolver(self, word: str, token: Token) -> Callable[[Token, int], tuple[Mention, ...]] | None:
        if word in _PERSONAL:
            return self._he
        if word in _SINGULAR:
            return self._it
        if word in _PLURAL:
            return self._they
        if word == "there" and token.dep_ != "expl":
            return self._there
        if word in {"former", "latter"} and token.dep_ not in {"amod", "compound"}:
            return self._former
        return None

    def _has_article(self, mention: Mention) -> bool:
        """Tell "the Sudan", "the Lapis Corridor" from "the Peru office" and "the Turks"."""
        if mention.via not in {"name", "acronym"} or not mention.entity.name[:1].isupper():
            return False
        if mention.entity.type != "country":
            return self.text[max(mention.start - 4, 0) : mention.start].lower() == "the "
        root = self.doc[mention.root]
        return root.dep_ not in {"compound", "amod", "nmod", "poss"} and any(
            c.lower_ == "the" and c.dep_ == "det" and c.i < root.i for c in root.children
        )

    def _doubtful(self, mentions: Sequence[Mention]) -> set[str]:
        """Find what the recogniser calls a person but the text treats as a thing, and the page's own authors.

        A thing mostly stands with an article, before a noun, or in and at; a newspaper's name may begin with one. A
        name that stands once, without a title or a forename that is known, may be anything.
        """
        thinglike = Counter(m.entity.id for m in mentions if _is_thinglike(self.doc[m.root]))
        persons = {m.entity.id: m.entity.name for m in mentions if m.entity.type == "person"}
        articles = {key for key, name in persons.items() if _begins_with_article(name)}
        things = {key for key in persons if 2 * thinglike[key] > self.counts[key]}
        once = {key for key in persons if self.counts[key] == 1 and key not in self.genders}
        untitled = {key for key in articles | things | once if not self.cast.titles.get(key)}
        return untitled | {referent(name, "person").id for name in self.document.byline}

    # ---- antecedents

    def _add(self, token: Token, sentence: int, mentions: tuple[Mention, ...]) -> None:
        """Let a phrase compete from here on; new mentions are kept."""
        self.found += [m for m in mentions if m.via in {"pronoun", "description", "title"} and m.root == token.i
                       and self.by_root.get(token.i) is not m]
        human = not mentions and is_human(token)
        weight = _WEIGHTS.get(token.dep_, 0.5 if human and token.dep_ not in _MODIFIERS else None)
        if weight is None or (human and _predicated(token)):
            return
        if token.dep_ == "conj":
            weight = _WEIGHTS.get(token.head.dep_, 0.5) - 0.3
        kind = mentions[0].entity.type if mentions else "person" if human else _class_of(token)
        plural = len(mentions) > 1 or token.tag_ in {"NNS", "NNPS"} or kind == "group" or (
            token.lower_ in _PLURAL or token.lower_ in _INDEFINITE_PLURAL
        )
        gender = self.genders.get(mentions[0].entity.id, "") if mentions else gender_of(token)
        self.antecedents.append(_Antecedent(
            token.i, sentence, mentions, weight, plural, kind == "person", _clause(token), _is_locative(token), gender,
        ))
        self._add_joint(token, sentence, weight, mentions)

    def _add_joint(self, token: Token, sentence: int, weight: float, mentions: tuple[Mention, ...]) -> None:
        """Let "Turkey and Israel" compete as one."""
        if token.dep_ == "conj" or not (conjuncts := token.conjuncts):
            return
        others = [self.by_root.get(c.i) for c in conjuncts]
        joint = (*mentions, *(m for m in others if m is not None))
        if len(mentions) == 1 and len(joint) == len(conjuncts) + 1:
            animate = all(m.entity.type == "person" for m in joint)
            self.antecedents.append(
                _Antecedent(token.i, sentence, joint, weight + 0.2, True, animate, _clause(token), False)
            )

    def _best(
        self, token: Token, sentence: int, reach: int, cost: Callable[[_Antecedent], float | None]
    ) -> tuple[Mention, ...]:
        """Choose the most salient antecedent; nothing where it is not linked or hardly ahead of another.

        Args:
            token: the pronoun.
            sentence: the number of its sentence.
            reach: how many sentences back to look.
            cost: what an antecedent loses for fitting badly, None where it cannot be meant.
        """
        scores = self._fitting(token, sentence, reach, cost)
        if not scores:
            return ()
        best, winner = scores[0]
        rivals = (s for s, a in scores[1:] if _ids(a) != _ids(winner) and a.token != winner.token)
        return winner.mentions if best - next(rivals, -math.inf) >= _MARGIN else ()

    def _only(self, token: Token, sentence: int, cost: Callable[[_Antecedent], float | None]) -> tuple[Mention, ...]:
        """Choose the one person who can be meant in this and the previous sentence; nobody where two can.

        A possessive takes the subject of its own clause where that is the only person of its sentence. To lay the
        deeds of one person at another's door is worse than to leave a pronoun.
        """
        fitting = [a for _, a in self._fitting(token, sentence, _REACH["he"], cost)]
        near = [a for a in fitting if a.sentence == sentence]
        if token.lower_ in _POSSESSIVE and any(a.token == _own_subject(token) for a in near):
            fitting = near
        if len({_ids(a) for a in fitting}) != 1 or len(fitting[0].mentions) != 1:
            return ()
        mentions = fitting[0].mentions
        return () if mentions[0].entity.id in self.doubtful else mentions

    def _fitting(
        self, token: Token, sentence: int, reach: int, cost: Callable[[_Antecedent], float | None]
    ) -> list[tuple[float, _Antecedent]]:
        """Give the antecedents within reach that syntax and cost allow, each with its salience, the best first."""
        own = self._parallel(token) if token.lower_ in _POSSESSIVE else -1
        own = own if own >= 0 else _own_subject(token)
        barred = self._coarguments(token)
        scores: list[tuple[float, _Antecedent]] = []
        for a in chain(self._announced(token, sentence), islice(reversed(self.antecedents), _MAX_ANTECEDENTS)):
            if sentence - a.sentence > reach:
                break
            loss = cost(a)
            if loss is not None and not self._governs(a, token) and barred.isdisjoint(_ids(a)):
                scores.append((self._salience(a, token, sentence) - loss + (_OWN_SUBJECT if a.token == own else 0), a))
        return sorted(scores, key=lambda pair: -pair[0])

    def _parallel(self, token: Token) -> int:
        """Find whom a possessive in a pair means: "Iran and its allies", "Oslo's oil and its price"; -1 if none."""
        if token.head.dep_ != "conj":
            return -1
        first = token.head.head
        if first.i in self.by_root:
            return int(first.i)
        return next((c.i for c in first.children if c.dep_ == "poss" and c.i in self.by_root), -1)

    def _announced(self, token: Token, sentence: int) -> list[_Antecedent]:
        """Look ahead from a possessive in front of its sentence: "Given its losses, Armenia …"."""
        if token.lower_ not in _POSSESSIVE:
            return []
        top = next((a for a in token.ancestors if a.dep_ in {"prep", "advcl"}), None)
        if top is None or top.head.pos_ not in {"VERB", "AUX"}:
            return []
        subjects = (c for c in top.head.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i > token.i)
        found = [(c, m) for c in subjects if (m := self.by_root.get(c.i)) is not None]
        return [
            _Antecedent(c.i, sentence, (m,), _WEIGHTS["nsubj"] + _OWN_SUBJECT, m.entity.type == "group",
                        m.entity.type == "person", _clause(c), False)
            for c, m in found
        ]

    def _salience(self, a: _Antecedent, token: Token, sentence: int) -> float:
        often = sum(self.counts[m.entity.id] for m in a.mentions[:1])
        frequency = 0.2 * min(math.log2(1 + often), 3)
        parallel = _PARALLEL if token.dep_ in _OBJECTS and self.doc[a.token].dep_ in _OBJECTS else 0.0
        distance = _SENTENCE * (sentence - a.sentence) + _TOKEN * min(abs(token.i - a.token), 50)
        return a.weight + parallel + frequency - distance

    def _governs(self, a: _Antecedent, token: Token) -> bool:
        """Tell whether both stand under one verb ("Iran warned it") or the phrase holds the pronoun ("its ally")."""
        if token.lower_ in _POSSESSIVE:
            return any(h.i == a.token for h in token.ancestors)
        return a.clause == _clause(token) or _is_told(self.doc[a.token], token)

    def _coarguments(self, token: Token) -> set[str]:
        """Give who stands under the same verb, and so is not meant: in "Fidan praised him" him is not Fidan."""
        if token.lower_ in _POSSESSIVE:
            return set()
        clause = _clause(token)
        near = (a for a in islice(reversed(self.antecedents), 10) if a.clause == clause and len(a.mentions) == 1)
        above = _controllers(token)
        ruling = (a for a in islice(reversed(self.antecedents), 20) if a.token in above)
        return {key for a in chain(near, ruling) for key in _ids(a)}

    # ---- pronouns

    def _he(self, token: Token, sentence: int) -> tuple[Mention, ...]:
        gender = _PERSONAL[token.lower_]
        quote, speaks = self._quote_at(token.idx), _speaks(token)

        def cost(a: _Antecedent) -> float | None:
            quoted = quote is None and speaks and self._quote_at(self.doc[a.token].idx) is not None
            return 0.0 if a.animate and not a.plural and not quoted and a.gender in {"", gender} else None

        best = self._only(token, sentence, cost)
        if best and quote is not None and self._may_speak(best[0].entity.id, sentence, quote):
            return ()
        return self._stands_for(token, best)

    def _may_speak(self, key: str, sentence: int, quote: Quote) -> bool:
        """Tell whether somebody is a subject right before a quotation: mostly its speaker, who says "I" in it."""
        return any(
            a.weight >= _WEIGHTS["nsubj"] and self.doc[a.token].idx < quote.start and key in _ids(a)
            for a in islice(reversed(self.antecedents), _MAX_ANTECEDENTS) if sentence - a.sentence <= _REACH["he"]
        )

    def _it(self, token: Token, sentence: int) -> tuple[Mention, ...]:
        if token.lower_ == "it" and (_is_expletive(token) or _is_proposition(token)):
            return ()
        agent = token.lower_ == "its" and token.head.lemma_ in agent_nouns()

        speaks = _speaks(token)
        if token.lower_ == "its" and token.dep_ != "poss":  # a misspelt "it's"
            return ()

        def cost(a: _Antecedent) -> float | None:
            inert = agent and a.mentions and a.mentions[0].entity.type not in {"country", "organization"}
            owner = token.lower_ == "it" and self.doc[a.token].dep_ == "poss"  # "Iran's army … it" is the army
            silent = not speaks and any(_is_medium(m.entity) for m in a.mentions)
            return None if a.plural or a.animate or inert or owner or silent else 0.0

        best = self._best(token, sentence, _REACH["it"], cost)
        return () if token.lower_ == "it" and self._hidden(token, best) else self._stands_for(token, best)

    def _hidden(self, token: Token, best: tuple[Mention, ...]) -> bool:
        """Tell whether a thing without a link stands between "it" and what it was taken for: "… a risk, as it"."""
        if not best:
            return False
        chosen = {m.entity.id for m in best}
        for a in islice(reversed(self.antecedents), _MAX_ANTECEDENTS):
            if not chosen.isdisjoint(_ids(a)):
                return False
            noun = self.doc[a.token]
            thing = not (a.mentions or a.plural or a.animate) and noun.pos_ == "NOUN" and noun.ent_type_ not in _TIMES
            if thing and noun.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"} and not self._governs(a, token):
                return True
        return False

    def _they(self, token: Token, sentence: int) -> tuple[Mention, ...]:
        def cost(a: _Antecedent) -> float | None:
            if a.plural:
                return 0.0
            if token.dep_ in _OBJECTS:
                return None
            if a.mentions:
                body = a.mentions[0].entity.type in {"country", "organization"}
            else:
                body = self.doc[a.token].lemma_ in _STATE_NOUNS
            return _LONE_PLURAL if body and a.weight >= _WEIGHTS["nsubj"] else None

        return self._stands_for(token, self._best(token, sentence, _REACH["they"], cost))

    def _first(self, token: Token) -> tuple[Mention, ...]:
        """Give "I" and "we" outside quotation marks to the voice of the section; the words stay as they are."""
        if self._quote_at(token.idx) is not None:
            return ()
        section = section_at(self.document.sections, token.idx)
        if section is not None and section.kind == "boilerplate":
            return ()
        target = voice(self.document, token.idx)
        return (Mention(token.idx, token.idx + len(token), target, "pronoun", token.i),)

    def _quote_at(self, position: int) -> Quote | None:
        """Give the quotation around a character."""
        at = bisect_right(self.quote_starts, position) - 1
        return self.quotes[at] if at >= 0 and position < self.quotes[at].end else None

    def _there(self, token: Token, sentence: int) -> tuple[Mention, ...]:
        """Find the last place named, one with "in" or "to" before any other."""
        def cost(a: _Antecedent) -> float | None:
            placed = len(a.mentions) == 1 and a.mentions[0].entity.type in {"country", "place"}
            if not placed or a.weight >= _WEIGHTS["nsubj"]:
                return None
            return a.weight if a.locative else a.weight + 2 * _SENTENCE

        best = self._best(token, sentence, _REACH["there"], cost)
        if not best:
            return ()
        moved = token.head.pos_ == "VERB" and token.head.lemma_ in metonymy("motion")
        preposition = "" if token.dep_ in {"pobj", "pcomp"} else "to " if moved else "in "
        return self._mentions(token, token, best, "pronoun", preposition + self._shown(best))

    def _former(self, token: Token, sentence: int) -> tuple[Mention, ...]:
        """Take "the former" and "the latter" for the first and last of two named together."""
        pair = self._together(sentence, 2, {"country", "person", "organization"})
        if not pair:
            return ()
        chosen = pair[:1] if token.lower_ == "former" else pair[1:]
        first = token.nbor(-1) if token.i and token.nbor(-1).lower_ == "the" else token
        return self._mentions(first, token, chosen, "description", self._shown(chosen))

    def _stands_for(self, token: Token, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        if not mentions:
            return ()
        shown = self._shown(mentions)
        words: str | None = shown
        if token.lower_ in _POSSESSIVE and token.dep_ == "poss":
            own = token.i + 1 < len(self.doc) and token.nbor(1).lower_ == "own"
            words = None if own else shown + ("'" if shown.endswith("s") and len(mentions) == 1 else "'s")
        return self._mentions(token, token, mentions, "pronoun", words)

    def _mentions(
        self, first: Token, last: Token, meant: Sequence[Mention], via: LinkVia, words: str | None
    ) -> tuple[Mention, ...]:
        start, end = first.idx, last.idx + len(last)
        made = [Mention(start, end, m.entity, via, last.i) for m in meant]
        return (replace(made[0], words=words), *made[1:])

    def _shown(self, mentions: Sequence[Mention]) -> str:
        """Name the referents as a phrase, with the article that their names or the text give them."""
        names = [self._phrase(m.entity) for m in mentions]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

    def _phrase(self, entity: Referent) -> str:
        definite = entity.type != "person" and (entity.id in self.definite or entity.id in articled())
        return f"the {entity.name}" if definite and not entity.name.startswith("the ") else entity.name

    # ---- descriptions

    def _note_class(self, mention: Mention, sentence: int) -> None:
        """Remember a name by the nouns that may take it up: its own class noun and the wider ones."""
        if mention.entity.type not in _DESCRIPTION_REACH:
            return
        words = mention.entity.name.lower().split()
        for word in {words[0], words[-1]}:
            noun = class_nouns().get(word)
            if noun is not None and noun.type == mention.entity.type:
                for taken_up in (word, *noun.under):
                    self.described[taken_up] = (mention, sentence)

    def _description(self, token: Token, sentence: int) -> tuple[Mention, ...]:
        """Resolve "the corridor", "the country", "both sides", "the Iranian president"."""
        children = list(token.children)
        if (count := _count(children)) and token.lemma_ in _STATE_NOUNS:
            return self._several(token, sentence, count, {"country"})
        noun = class_nouns().get(token.lower_)
        if count and token.tag_ == "NNS" and (one := class_nouns().get(token.lemma_)) and one.title:
            return self._several(token, sentence, count, {"person"})
        if token.tag_ in {"NNS", "NNPS"} or _is_specified(token, children):
            return ()
        if noun is not None and noun.type == "person":
            return self._officer(token, children)
        if not any(c.lower_ in {"the", "this", "that"} for c in children if c.dep_ == "det"):
            return ()
        modifiers = [c for c in children if c.dep_ in {"amod", "compound", "nmod", "nummod", "poss"}]
        if token.lower_ in {"country", "nation", "republic"}:
            return self._country(token, modifiers, sentence)
        return self._thing(token, modifiers, sentence)

    def _apposed(self, token: Token) -> tuple[Mention, ...]:
        """Take "Kenya's president, William Ruto" for one person, who already has a mention."""
        named = [m for c in token.children if c.dep_ == "appos" and (m := self.by_root.get(c.i)) is not None]
        return tuple(named[:1]) if named and named[0].entity.type == "person" else ()

    def _thing(self, token: Token, modifiers: Sequence[Token], sentence: int) -> tuple[Mention, ...]:
        taken_up = self.described.get(token.lower_)
        if taken_up is None:
            return ()
        if any(m.lower_ not in _PLAIN_MODIFIERS for m in modifiers):
            del self.described[token.lower_]  # from here on "the region" may be the Alpine region
            return ()
        mention, where = taken_up
        if sentence - where > _DESCRIPTION_REACH[mention.entity.type]:
            return ()
        return self._mentions(token.doc[token.left_edge.i], token, [mention], "description", self._shown([mention]))

    def _country(self, token: Token, modifiers: Sequence[Token], sentence: int) -> tuple[Mention, ...]:
        if any(m.lower_ in _NO_COUNTRY_MODIFIERS or m.dep_ == "poss" for m in modifiers):
            return ()

        def cost(a: _Antecedent) -> float | None:
            return 0.0 if len(a.mentions) == 1 and a.mentions[0].entity.type == "country" else None

        best = self._best(token, sentence, 2, cost)
        first = token.doc[token.left_edge.i]
        return self._mentions(first, token, best, "description", self._shown(best)) if best else ()

    def _officer(self, token: Token, children: Sequence[Token]) -> tuple[Mention, ...]:
        """Find who holds an office: "the Iranian president", "the minister"."""
        states = {m.entity.id for c in children if (m := self.by_root.get(c.i)) and m.entity.type == "country"}
        definite = any(c.lower_ in {"the", "this", "that"} for c in children if c.dep_ == "det")
        if len(states) > 1 or not (definite or any(c.dep_ == "poss" for c in children)):
            return ()
        office = _office(token, children)
        holders = [key for key in self.holders.get(office, ()) if self._in_state(key, states)]
        if len(holders) != 1 or (not states and self.first_of[holders[0]].start > token.idx):
            return ()
        holder = self.first_of[holders[0]]
        first = token.doc[token.left_edge.i]
        return self._mentions(first, token, [holder], "title", None if states else holder.entity.name)

    def _in_state(self, key: str, states: set[str]) -> bool:
        """Tell whether a person may hold office in a state, as far as the text says."""
        held = self.cast.states[key]
        return key in self.first_of and (not states or not held or bool(states & held))

    def _several(self, token: Token, sentence: int, count: int, kinds: set[EntityType]) -> tuple[Mention, ...]:
        together = self._together(sentence, count, kinds)
        if not together:
            return ()
        first = token.doc[token.left_edge.i]
        return self._mentions(first, token, together, "description", self._shown(together))

    def _together(self, sentence: int, count: int, kinds: set[EntityType]) -> tuple[Mention, ...]:
        """Find the last sentence so far that names exactly so many different states (or persons), in their order."""
        groups: dict[int, dict[str, Mention]] = {}
        for a in reversed(self.antecedents):
            if sentence - a.sentence > 3:
                break
            for m in a.mentions:
                if m.entity.type in kinds:
                    groups.setdefault(a.sentence, {})[m.entity.id] = m
        for group in groups.values():
            if len(group) == count:
                return tuple(sorted(group.values(), key=lambda m: m.start))
            if len(group) > count:
                return ()
        return ()


def _holders(cast: Cast) -> dict[str, list[str]]:
    """Index persons by the nouns that may take them up: a foreign minister is a minister, a diplomat, an official."""
    index: dict[str, dict[str, None]] = defaultdict(dict)
    for key, titles in cast.titles.items():
        for title in titles:
            noun = class_nouns().get(title)
            for word in (title, title.split()[-1], *(noun.under if noun is not None else ())):
                index[word][key] = None
    return {word: list(keys) for word, keys in index.items()}


def _told_genders(mentions: Sequence[Mention], cast: Cast) -> dict[str, str]:
    """Read the genders of persons from their titles, else from their forenames."""
    told: dict[str, str] = {}
    for m in mentions:
        forename = genders("forenames").get(m.entity.name.split()[0].lower()) if m.entity.type == "person" else None
        if forename and " " in m.entity.name:
            told[m.entity.id] = forename
    for key, titles in cast.titles.items():
        known = {n.gender for t in titles if (n := class_nouns().get(t)) and n.gender}
        if len(known) == 1:
            told[key] = known.pop()
    return told


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_ in _SPEECH


def _is_told(token: Token, speaker: Token) -> bool:
    """Tell what stands in the words of a speaker: in "Banda is ill, he said" Banda is not he."""
    if speaker.dep_ not in _SUBJECTS:
        return False
    path = [token, *token.ancestors]
    return any(low.dep_ == "ccomp" and high.i == speaker.head.i for low, high in pairwise(path))


def _is_thinglike(token: Token) -> bool:
    article = any(c.dep_ == "det" for c in token.children)
    placed = token.dep_ == "pobj" and token.head.lower_ in {"in", "at"}
    return article or placed or token.dep_ in {"compound", "nmod"}


def _begins_with_article(name: str) -> bool:
    first = name.lower().replace("’", "'").split()[0]
    return first in _FOREIGN_ARTICLES or first.startswith("l'")


def _is_medium(entity: Referent) -> bool:
    """Tell an outlet by the nouns of its name: the Banda Herald, Sky News."""
    nouns = (class_nouns().get(word.strip(".,'’")) for word in entity.name.lower().split())
    return entity.type == "organization" and any(noun is not None and noun.media for noun in nouns)


def is_human(token: Token) -> bool:
    """Tell a word for one human being, linked or not: "the gunman", "someone", "he", a person's name."""
    if token.lower_ in _PERSONAL:
        return True
    if token.tag_ in {"NNS", "NNPS"}:
        return False
    return token.ent_type_ == "PERSON" or _class_of(token) == "person" or token.lower_ in genders("human_nouns")


def gender_of(token: Token) -> str:
    """Give the gender that a word for a human being tells: "m", "f", or "" for either."""
    word = token.lower_
    noun = class_nouns().get(word)
    forename = genders("forenames").get(token.doc[token.left_edge.i].lower_, "") if token.ent_type_ == "PERSON" else ""
    return _PERSONAL.get(word) or genders("human_nouns").get(word) or (noun.gender if noun else None) or forename or ""


def _class_of(token: Token) -> EntityType | None:
    noun = class_nouns().get(token.lower_)
    return noun.type if noun is not None else None


def _predicated(token: Token) -> bool:
    """Tell a noun that says what somebody is ("he is a lawyer", "Banda, a lawyer", "as a lawyer") from a person."""
    head = token.head
    if token.lower_ in _PERSONAL:
        return False
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if token.ent_type_ != "PERSON" and following.ent_type_ == "PERSON":  # "the historian Ana Banda"
        return True
    if token.dep_ == "attr":
        return not any(c.dep_ == "expl" or c.lower_ in {"it", "there"} for c in head.children)
    return token.dep_ == "appos" or (token.dep_ == "pobj" and head.lower_ == "as")


def _controllers(token: Token) -> set[int]:
    """Find the unspoken subject of a pronoun's clause: in "Iran opposes the road, viewing it as a threat" Iran."""
    verb = token.doc[_clause(token)]
    while verb.dep_ in {"advcl", "xcomp", "conj"} and not any(c.dep_ in _SUBJECTS for c in verb.children):
        verb = verb.head
    return {c.i for c in verb.children if c.dep_ in _SUBJECTS}


def _ids(a: _Antecedent) -> tuple[str, ...]:
    return tuple(m.entity.id for m in a.mentions) or (f"token:{a.token}",)


def _clause(token: Token) -> int:
    """Give the verb under which a token stands as its own argument, or the token itself."""
    head = token.head
    while head.pos_ not in {"VERB", "AUX"} and head.head.i != head.i:
        head = head.head
    return int(head.i)


def _own_subject(token: Token) -> int:
    """Find the subject of the nearest clause above a token, which its possessives and "it"s mostly mean; -1 if none."""
    inside = token
    for verb in token.ancestors:
        if verb.pos_ in {"VERB", "AUX"}:
            for child in verb.children:
                if child.dep_ in {"nsubj", "nsubjpass"} and child.i < token.i and child.i != inside.i:
                    return int(child.i)
        inside = verb
    return -1


def _is_locative(token: Token) -> bool:
    preposition = token.head
    if token.dep_ != "pobj":
        return False
    moved = preposition.lower_ in {"to", "from"} and preposition.head.lemma_ in metonymy("motion")
    return moved or preposition.lower_ in {"in", "at", "near", "inside", "within"}


def _is_expletive(token: Token) -> bool:
    """Tell "it is unlikely that …", "it was Iran that …": such an "it" means nothing."""
    head = token.head
    if token.dep_ in {"expl", "ROOT"}:
        return True
    if token.dep_ not in {"nsubj", "nsubjpass"} or head.lemma_ not in _EXPLETIVE_HEADS:
        return head.lemma_ in {"rain", "snow"}
    if head.lemma_ == "be" and any(_says_no_subject(c) for c in head.children):
        return True
    below = [c for child in head.children if child.i > head.i for c in (child, *child.children)]
    return any(c.dep_ in _CLAUSES and c.i > head.i for c in below)


def _says_no_subject(token: Token) -> bool:
    """Tell the hour and the like, and what "it was …" names: a moment, a matter, whom a cleft sentence picks out."""
    return token.dep_ == "attr" or (token.dep_ in {"acomp", "advmod", "npadvmod"} and token.lower_ in _IMPERSONAL)


def _is_proposition(token: Token) -> bool:
    """Tell "Oslo denied it": what is denied is what was said."""
    return bool(token.dep_ == "dobj" and token.head.lemma_ in _PROPOSITIONAL)


def _count(children: Sequence[Token]) -> int:
    """Read "both", "the two", "all three" before a noun; 0 where it has no such count."""
    counts = [n for c in children if c.dep_ in {"nummod", "det", "predet"} and (n := _COUNTS.get(c.lower_))]
    definite = any(c.lower_ in {"the", "both", "these", "all"} for c in children)
    return counts[0] if counts and definite else 0


def _is_specified(token: Token, children: Sequence[Token]) -> bool:
    """Tell a noun that its own phrase explains ("the corridor between them") from one that refers back."""
    after = (c for c in children if c.i > token.i)
    return any(
        c.dep_ in {"relcl", "acl", "appos"} or (c.dep_ == "prep" and c.lower_ in {"of", "between"}) for c in after
    )


def _office(token: Token, children: Sequence[Token]) -> str:
    """Name an office with the noun before it, where the lexicon knows both: "foreign minister"."""
    before = [c.lower_ for c in children if c.dep_ in {"compound", "amod"} and c.i == token.i - 1]
    wide = " ".join([*before, token.lower_])
    return wide if wide in class_nouns() else token.lower_
