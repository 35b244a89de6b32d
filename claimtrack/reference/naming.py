"""Find the names in a parsed text and say what they denote: states, places, organisations, persons, works, events.

Three finders are joined: the gazetteer (states, capitals, demonyms, aliases), a rule for names that end in a class
noun ("Lapis Corridor", "Treaty of Lisbon"), and spaCy's entity recogniser for the rest. The gazetteer wins over the
recogniser; a longer name wins over a shorter one inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claimtrack.reference import gazetteer
from claimtrack.reference.gazetteer import Name, Referent, class_nouns, metonymy, referent
from claimtrack.schema import EntityType, LinkVia

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_TYPES: dict[str, EntityType] = {
    "PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organization", "NORP": "group",
    "EVENT": "event", "WORK_OF_ART": "work", "LAW": "work", "PRODUCT": "other",
}
_LINKS_INSIDE = frozenset({"and", "of", "the", "for", "on", "&", "-", "–", "de", "al", "el", "und"})
_AFTER_CLASS = frozenset({"of", "on", "for", "against", "concerning"})
_NAME_POS = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X", "VERB"})
_LOCATIVE = frozenset({"in", "at", "near", "inside", "outside", "around", "within", "across", "throughout"})
_ACRONYM = re.compile(r"\(\s*[\"“'‘]?([A-Z][A-Za-z&.]{0,8}[A-Z])[\"”'’]?\s*\)")
_AFTER_COMMA = frozenset({"inc", "ltd", "llc", "llp", "plc", "corp", "co", "jr", "sr", "ii", "iii", "phd", "md", "esq"})
_MAX_WORK_WORDS = 7
_TITLE_CASE = 0.7  # share of capitalised longer words from which a line is a headline


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at characters `[start, end)` that denote `entity`; `root` is the token that heads them.

    `words` are what a pronoun or description stands for, ready to take its place ("Iran's", "the Lapis Corridor");
    None for a name, which stands for itself.
    """

    start: int
    end: int
    entity: Referent
    via: LinkVia
    root: int
    words: str | None = None


@dataclass(frozen=True, slots=True)
class _Thing:
    """A candidate name at tokens `[start, end)`; `type` is a vote, not yet a verdict."""

    start: int
    end: int
    type: EntityType
    ruled: bool = False


@dataclass
class _Person:
    """What the text tells of one person."""

    names: tuple[str, ...]
    titles: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Cast:
    """The persons of a text by referent id: their titles ("president") and the states they hold them in."""

    titles: dict[str, frozenset[str]]
    states: dict[str, frozenset[str]]


def name(doc: Doc, aliases: Sequence[gazetteer.Alias] = ()) -> tuple[list[Mention], Cast]:
    """Find all names of a parsed text, in order; a name inside a longer one follows it.

    Args:
        doc: tagged, parsed, with entities.
        aliases: the user's own names for things.
    """
    return _Namer(doc, aliases).run()


class _Namer:
    """The state of naming one text."""

    def __init__(self, doc: Doc, aliases: Sequence[gazetteer.Alias]) -> None:
        self.doc = doc
        self.text = doc.text
        self.starts = [t.idx for t in doc]
        self.words = [t.text for t in doc]
        self.names = gazetteer.find(self.text, aliases)
        self.name_at = {i: n for n in self.names for i in range(*self._range(n))}
        self.seen = Counter(n.sense.referent.id for n in self.names)
        self.sentences = [start for sent in doc.sents for start in [sent.start] * len(sent)]
        self.headlines: dict[int, bool] = {}
        self.persons: dict[tuple[str, ...], _Person] = {}

    def run(self) -> tuple[list[Mention], Cast]:
        things = _longest([*self._ruled(), *self._recognised()])
        surnames = {self.words[t.end - 1] for t in things if t.type == "person" and t.end - t.start > 1}
        things = [replace(t, type="person") if self._bears(t, surnames) else t for t in things]
        names, things = self._reconciled(things)
        people = [t for t in things if t.type == "person"]
        people, names = self._persons(people, names)
        mentions = [self._of_name(n) for n in names if not self._is_forename(n)]
        mentions += self._of_persons(people)
        mentions += self._of_things([t for t in things if t.type != "person"])
        mentions += self._acronyms(mentions)
        mentions.sort(key=lambda m: (m.start, -m.end))
        return mentions, self._cast()

    def _bears(self, thing: _Thing, surnames: set[str]) -> bool:
        """Tell whether one word that the recogniser took for something else is the surname of a person in the text."""
        return thing.end - thing.start == 1 and not thing.ruled and self.words[thing.start] in surnames

    # ---- where tokens and characters meet

    def _token(self, char: int) -> int:
        return max(bisect_right(self.starts, char) - 1, 0)

    def _range(self, name: Name) -> tuple[int, int]:
        return self._token(name.start), self._token(name.end - 1) + 1

    def _chars(self, start: int, end: int) -> tuple[int, int]:
        return self.starts[start], self.starts[end - 1] + len(self.words[end - 1].rstrip("-–—"))

    def _root(self, start: int, end: int) -> int:
        return int(self.doc[start:end].root.i)

    # ---- finders

    def _recognised(self) -> list[_Thing]:
        """Take the recogniser's entities, trimmed of what it puts around them, each with the type most often given."""
        trimmed = (self._trimmed(ent) for ent in self.doc.ents if ent.label_ in _TYPES)
        things = [self._unowned(t) for t in trimmed if t is not None]
        votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
        for t in things:
            votes[self._key(t)][t.type] += 1
        for n in self.names:
            first = votes[gazetteer.slug(self.words[self._token(n.start)])]
            if n.sense.referent.type == "place" and "group" not in first:  # the Kiel of "Kiel Canal" is a place too
                first["place"] += 2
        return [replace(t, type=votes[self._key(t)].most_common(1)[0][0]) for t in things]

    def _trimmed(self, ent: Span) -> _Thing | None:
        start, end, kind = ent.start, ent.end, _TYPES[ent.label_]
        for i in range(start, end):
            if "\n" in self.words[i]:
                start, end = (i + 1, end) if i < start + (end - start) / 2 else (start, i)
                break
        start = max((i + 1 for i in range(start, end) if self._is_free_dash(i)), default=start)  # "LIMA — Ana Diaz"
        while start < end and (self.words[start].lower() in {"the", "a", "an"} or not self.words[start][0].isalnum()):
            start += 1
        while start < end and (self.words[end - 1] in {"'s", "’s", "'", "’"} or not _wordlike(self.words[end - 1])):
            end -= 1
        if kind in {"person", "organization"}:
            start = self._after_comma(start, end)
        if kind == "person":
            start = self._after_titles(self._with_forename(start), end)
        elif start + 2 < end and self.words[start + 1] == "the" and self.doc[start].pos_ == "VERB":
            start += 2
        if start >= end or not any(w[0].isupper() for w in self.words[start:end]) or self._junk(start, end, kind):
            return None
        return _Thing(start, end, kind)

    def _is_free_dash(self, i: int) -> bool:
        dash = self.words[i].rstrip() in {"—", "–", "-", "--"}
        return dash and i > 0 and bool(self.doc[i - 1].whitespace_ and self.doc[i].whitespace_)

    def _after_comma(self, start: int, end: int) -> int:
        """Begin behind the comma of two names run together ("to Banda, Oxfam"); "Oxfam, Inc" is one."""
        commas = [i for i in range(start, end) if self.words[i] == ","]
        listed = any(w.lower() in {"and", "&"} for w in self.words[start:end])
        one = listed or len(commas) != 1 or self.words[end - 1].strip(".").lower() in _AFTER_COMMA
        return start if one else commas[0] + 1

    def _unowned(self, thing: _Thing) -> _Thing:
        """Cut a leading possessor, and before a person also a demonym: "Iran's Guards" is Guards, Iran's."""
        owner = self.name_at.get(thing.start)
        if owner is None or self._range(owner)[0] < thing.start or (end := self._range(owner)[1]) + 1 >= thing.end:
            return thing
        if self.words[end] in {"'s", "’s", "'", "’"}:
            return replace(thing, start=end + 1)
        if thing.type == "person" and owner.sense.via == "demonym":
            return replace(thing, start=self._after_titles(end, thing.end))
        return thing

    def _junk(self, start: int, end: int, kind: EntityType) -> bool:
        """Tell from names what is none: addresses, offices ("Transport" Minister), long quotations, lone letters."""
        words = self.words[start:end]
        last = class_nouns().get(words[-1].lower())
        if last is not None and (last.type == "person" or len(words) == 1):
            return True
        following = class_nouns().get(self.words[end].lower()) if end < len(self.words) else None
        if len(words) == 1 and words[0].istitle() and following is not None and following.title and (
            self.words[end].istitle() and kind == "organization"
        ):
            return True
        if kind in {"event", "work", "other"} and self._headline(self.doc[start]):
            return True
        if any("@" in w or "/" in w or "www." in w for w in words) or len("".join(words)) < 2:
            return True
        return (kind in {"work", "event", "other"} and len(words) > _MAX_WORK_WORDS) or (
            kind == "person" and (len(words) > 4 or any(c.isdigit() for w in words for c in w))
        )

    def _with_forename(self, start: int) -> int:
        """Step back over a first name that the recogniser left out."""
        while start > 0:
            before = self.doc[start - 1]
            named = before.ent_type_ or before.lower_ in class_nouns() or before.i in self.name_at
            if named or before.pos_ != "PROPN" or before.dep_ != "compound" or not before.is_title:
                break
            start -= 1
        return start

    def _after_titles(self, start: int, end: int) -> int:
        """Skip titles and what qualifies them: "Foreign Minister Ana Cruz" begins at Ana."""
        last = start
        for i in range(start, end - 1):
            noun = class_nouns().get(self.words[i].lower())
            if noun is not None and noun.title:
                last = i + 1
        return last

    def _ruled(self) -> list[_Thing]:
        """Find names that a class noun makes: "Lapis Corridor", "Treaty of Lisbon", "General Karapetyan"."""
        things: list[_Thing] = []
        for token in self.doc:
            noun = class_nouns().get(token.lower_) if token.is_alpha else None
            if noun is not None and noun.names and not _shouted(token):
                thing = self._before_class(token, noun.type) or self._after_class(token, noun.type)
                if thing is not None:
                    things.append(thing)
            elif token.is_title and (titled := self._titled(token)) is not None:
                things.append(titled)
        return things

    def _before_class(self, token: Token, kind: EntityType) -> _Thing | None:
        start = token.i
        while start > self.sentences[token.i] and self._in_name(start - 1):
            start -= 1
        while start < token.i and (
            self.words[start].lower() in _LINKS_INSIDE or self.doc[start].pos_ not in _NAME_POS
            or not self.words[start][0].isalnum()
        ):
            start += 1
        if start == token.i or self._headline(token):
            return None
        if self.words[token.i][0].islower() and not self._names_alone(start, token.i, kind):
            return None
        thing = self._after_class(token, kind)
        return _Thing(start, thing.end if thing else token.i + 1, kind, ruled=True)

    def _names_alone(self, start: int, end: int, kind: EntityType) -> bool:
        """Tell "Rostov region" from "Russian region": a small class noun needs a name of its own before it."""
        if kind not in {"place", "event", "work"} or not self.words[start][0].isupper():
            return False
        inside = (self.name_at.get(i) for i in range(start, end))
        stated = any(n is not None and n.sense.referent.type == "country" for n in inside)
        last = self.doc[end - 1]
        if kind != "place" and last.ent_type_ == "PERSON":
            return False
        return not stated and last.pos_ == "PROPN" and last.ent_type_ not in {"DATE", "NORP", "ORDINAL", "CARDINAL"}

    def _after_class(self, token: Token, kind: EntityType) -> _Thing | None:
        """Follow "Declaration on …", "Strait of …" through its capitalised words."""
        i = token.i + 1
        if not token.text[0].isupper() or i + 1 >= len(self.doc) or self.words[i] not in _AFTER_CLASS:
            return None
        end = i
        while i < len(self.doc) and self._in_name(i) and (self.words[i] != "and" or self._capital(i + 1)):
            i += 1
            if self.words[i - 1][0].isupper():
                end = i
        if end == token.i + 1 or self._headline(token):
            return None
        return _Thing(token.i, end, kind, ruled=True)

    def _capital(self, i: int) -> bool:
        return i < len(self.words) and self.words[i][:1].isupper()

    def _in_name(self, i: int) -> bool:
        word = self.words[i]
        if word[0].isupper():
            return word != "I"
        if word == "the":
            return i > 0 and self.words[i - 1] in _AFTER_CLASS and self._capital(i + 1)
        return word in _LINKS_INSIDE and i > 0 and self._capital(i + 1) if word not in {"-", "–"} else (
            self._capital(i + 1) or (i > 0 and self.words[i - 1][-1:].isdigit())
        )

    def _headline(self, token: Token) -> bool:
        """Tell a line in title case, where capitals mean nothing."""
        start = self.sentences[token.i]
        if start not in self.headlines:
            sentence = token.sent
            words = [t for t in sentence if t.is_alpha and len(t) > 3]
            closed = sentence.text.rstrip().endswith((".", "!", "?", "”", '"'))
            capitals = sum(w.text[0].isupper() for w in words)
            self.headlines[start] = not closed and len(words) > 3 and capitals > _TITLE_CASE * len(words)
        return self.headlines[start]

    def _titled(self, token: Token) -> _Thing | None:
        """Take the capitalised words after a title for a person's name."""
        noun = class_nouns().get(token.lower_) or class_nouns().get(token.lower_ + ".")
        if noun is None or not noun.title or token.ent_type_ in {"ORG", "GPE", "LOC", "FAC"}:
            return None
        end = token.i + 1
        while end < len(self.doc) and end <= token.i + 4 and self._personal(end):
            end += 1
        return _Thing(token.i + 1, end, "person", ruled=True) if end > token.i + 1 else None

    def _personal(self, i: int) -> bool:
        token = self.doc[i]
        return (
            token.is_title and token.is_alpha and token.pos_ == "PROPN" and token.lower_ not in class_nouns()
            and token.ent_type_ in {"", "PERSON"}
        )

    # ---- gazetteer and finders, one against the other

    def _reconciled(self, things: Sequence[_Thing]) -> tuple[list[Name], list[_Thing]]:
        """Settle which names and things stand where both claim the same words."""
        kept_names, kept_things = dict(enumerate(self.names)), []
        starts = [n.start for n in self.names]
        for thing in things:
            first, last = self._chars(thing.start, thing.end)
            near = range(max(bisect_right(starts, first) - 1, 0), bisect_left(starts, last))
            inside = [i for i in near if self.names[i].end > first]
            final, hidden = self._against(thing, [self.names[i] for i in inside])
            if final is not None:
                kept_things.append(final)
                for i, hide in zip(inside, hidden, strict=True):
                    if hide:
                        kept_names.pop(i, None)
        return list(kept_names.values()), kept_things

    def _against(self, thing: _Thing, names: Sequence[Name]) -> tuple[_Thing | None, list[bool]]:
        """Judge one thing against the names it overlaps: what is left of it, and which names it hides."""
        if not names:
            return thing, []
        first, last = self._chars(thing.start, thing.end)
        if thing.type == "group" or (thing.type == "person" and self._miscalled(thing, names)):
            return None, []
        for n in names:
            if (n.start <= first and last <= n.end) or n.start < first < n.end or n.start < last < n.end:
                return None, []
        rest = "".join(w.lower() for i, w in enumerate(self.words[thing.start : thing.end], thing.start)
                       if not any(n.start <= self.starts[i] < n.end for n in names) and w.lower() not in _LINKS_INSIDE)
        if not any(c.isalnum() for c in rest):
            return None, []
        return thing, [self._hidden(thing, n) for n in names]

    def _miscalled(self, thing: _Thing, names: Sequence[Name]) -> bool:
        """Tell a state that the recogniser took for a person: one of two, or one named elsewhere too."""
        states = [n for n in names if n.sense.referent.type == "country" and n.sense.via != "demonym"]
        titled = self._titles_before(thing.start)[0]
        return len(states) > 1 or (bool(states) and self.seen[states[0].sense.referent.id] > 1 and not titled)

    def _hidden(self, thing: _Thing, name: Name) -> bool:
        """Tell whether a name inside a thing is only part of its name: Japan in "Sea of Japan", Chad in "Chad Smith".

        What belongs to a state keeps its link (the Omani army), and so do the parties of a war.
        """
        first, last = self._chars(thing.start, thing.end)
        if name.end <= first or name.start >= last or thing.type == "event":
            return False
        if thing.type == "organization":
            nouns = (class_nouns().get(w.lower()) for w in self.words[thing.start : thing.end])
            return not any(noun is not None and noun.speaks for noun in nouns)
        return True

    # ---- mentions of states and places

    def _of_name(self, name: Name) -> Mention:
        start, end = self._range(name)
        sense, root = name.sense, self._root(start, end)
        target, via = sense.referent, sense.via
        if via == "capital" and self._is_town(self.doc[root], name):
            target, via = referent(self.text[name.start : name.end].replace("\n", " "), "place"), "name"
        elif via == "demonym" and target.type == "country" and self._is_people(self.doc[root]):
            target = referent(self.text[name.start : name.end], "group")
        return Mention(name.start, name.end, target, via, root)

    def _is_forename(self, name: Name) -> bool:
        """Tell Chad Smith, Paris Hilton and the Iran Air flight from Chad, Paris and Iran."""
        _, end = self._range(name)
        if name.sense.referent.type != "country" or name.sense.via == "demonym" or end >= len(self.words):
            return False
        following, token = self.doc[end], self.doc[end - 1]
        return bool(
            token.dep_ == "compound" and token.head.i == end and following.is_title and following.pos_ == "PROPN"
            and end not in self.name_at and following.lower_ not in class_nouns() and not self._headline(token)
        )

    def _is_people(self, token: Token) -> bool:
        """Tell a people that lives somewhere from its state: "ethnic Poles", "Serbs in Kosovo"."""
        if token.pos_ not in {"NOUN", "PROPN"} or not token.text.endswith("s") or token.dep_ in {"compound", "amod"}:
            return False
        return any(c.lower_ in {"ethnic", "living", "of", "in"} and c.dep_ in {"amod", "acl", "prep"}
                   for c in token.children)

    def _is_town(self, token: Token, name: Name) -> bool:
        """Read a capital as a town where only a town can stand: in it, to it on a journey, its airport."""
        head, dep = token.head, token.dep_
        if dep == "pobj" and head.pos_ == "ADP":
            return _towards_town(head)
        if dep == "dobj":
            return head.lemma_ in metonymy("object")
        if dep == "poss":
            return head.lemma_ in metonymy("urban")
        if dep == "conj":
            return self._is_town(head, name) if head.pos_ == "PROPN" else False
        if dep in {"compound", "nmod", "amod"}:
            return not self._state_compound(token, name)
        return dep == "appos" and (head.lemma_ in metonymy("urban"))

    def _state_compound(self, token: Token, name: Name) -> bool:
        """Tell "the Baku government", "Kyiv-Warsaw ties" from "the Baku office"."""
        head = token.head
        while head.dep_ in {"compound", "nmod"} and head.head.i != head.i and head.pos_ == "PROPN":
            head = head.head
        noun = class_nouns().get(head.lower_)
        if head.lemma_ in metonymy("urban"):
            return False
        if head.lemma_ in metonymy("state") or (noun is not None and noun.speaks):
            return True
        # the parser often hangs the first name of a pair on the second
        return self.name_at.get(head.i, name) != name

    # ---- mentions of persons

    def _persons(self, people: Sequence[_Thing], names: Sequence[Name]) -> tuple[list[_Thing], list[Name]]:
        """Gather full names, then find their surnames, also where the recogniser or the gazetteer took them amiss."""
        for thing in people:
            self._learn(thing)
        surnames = {p[-1] for p in self.persons if len(p) > 1}
        spelt = Counter(self.text[n.start : n.end] for n in names)
        kept: list[Name] = []
        more: list[_Thing] = []
        for n in names:
            word = self.text[n.start : n.end]
            if word in surnames and spelt[word] == self.seen[n.sense.referent.id]:
                more.append(_Thing(*self._range(n), "person"))
            else:
                kept.append(n)
        taken = {i for t in people for i in range(t.start, t.end)} | {
            i for n in names for i in range(*self._range(n))
        }
        more += [
            _Thing(i, i + 1, "person") for i, w in enumerate(self.words)
            if w in surnames and i not in taken and self.doc[i].ent_type_ in {"", "PERSON", "ORG", "GPE"}
            and self.doc[i].ent_iob_ != "I" and (i + 1 == len(self.words) or self.doc[i + 1].ent_iob_ != "I")
        ]
        return [*people, *more], kept

    def _learn(self, thing: _Thing) -> None:
        """Note a person's names, and the titles and states before and after them."""
        words = tuple(self.words[thing.start : thing.end])
        person = self.persons.setdefault(words, _Person(words))
        titles, before = self._titles_before(thing.start)
        person.titles |= titles
        person.states |= self._state_at(before, thing.end) if titles else set()

    def _titles_before(self, start: int) -> tuple[set[str], int]:
        """Read titles backwards from a name ("Kenya's president, William Ruto"): titles, first token of them."""
        titles: set[str] = set()
        i = start - 1
        if i >= 0 and self.words[i] == ",":
            i -= 1
        while i >= 0:
            pair = f"{self.words[i - 1]} {self.words[i]}".lower() if i else ""
            noun = class_nouns().get(self.words[i].lower())
            if (wide := class_nouns().get(pair)) is not None and wide.title:
                titles |= {pair}
                i -= 2
            elif noun is not None and noun.title:
                titles |= {self.words[i].lower()}
                i -= 1
            elif titles or self.words[i].lower() not in {"transportation", "deputy", "and"}:
                break
            else:
                i -= 1
        return titles, i

    def _state_at(self, before: int, after: int) -> set[str]:
        """Give the state named right before a title or right after the name: "Iran's president", "X of Kenya"."""
        spots = [*range(max(before - 3, 0), before + 1)]
        if after < len(self.words) and self.words[after] == "of":
            spots += [after + 1]
        named = (self.name_at.get(i) for i in spots)
        return {n.sense.referent.id for n in named if n is not None and n.sense.referent.type == "country"}

    def _of_persons(self, people: Iterable[_Thing]) -> list[Mention]:
        full = _by_ends(p for p in self.persons if len(p) > 1)
        mentions = []
        for thing in people:
            words = tuple(self.words[thing.start : thing.end])
            bearer = self._bearer(words, thing, full)
            via: LinkVia = "name" if len(words) > 1 else "surname" if bearer != words else "name"
            start, end = self._chars(thing.start, thing.end)
            target = referent(_joined(bearer), "person")
            mentions.append(Mention(start, end, target, via, self._root(thing.start, thing.end)))
        return mentions

    def _bearer(self, words: tuple[str, ...], thing: _Thing, full: dict[str, list[tuple[str, ...]]]) -> tuple[str, ...]:
        """Find the full name that a short one belongs to; a surname of two persons stays by itself."""
        if len(words) > 1:
            same = [p for p in full.get(words[-1], []) if p[0] == words[0]]
            return min(same, key=len) if same else words
        bearers = [p for p in full.get(words[0], []) if p[-1] == words[0]] or full.get(words[0], [])
        bearers = list({(p[0], p[-1]): p for p in sorted(bearers, key=len, reverse=True)}.values())
        if len(bearers) > 1:
            titles, _ = self._titles_before(thing.start)
            bearers = [p for p in bearers if titles & self.persons[p].titles]
        return bearers[0] if len(bearers) == 1 else words

    def _cast(self) -> Cast:
        full = _by_ends(p for p in self.persons if len(p) > 1)
        titles: dict[str, set[str]] = defaultdict(set)
        states: dict[str, set[str]] = defaultdict(set)
        for words, person in self.persons.items():
            bearers = [p for p in full.get(words[-1], []) if p[-1] == words[-1]] if len(words) == 1 else [words]
            if len(bearers) <= 1:
                key = referent(_joined(bearers[0] if bearers else words), "person").id
                titles[key] |= person.titles
                states[key] |= person.states
        return Cast({k: frozenset(v) for k, v in titles.items()}, {k: frozenset(v) for k, v in states.items()})

    # ---- mentions of other things

    def _of_things(self, things: Sequence[_Thing]) -> list[Mention]:
        """Give each thing the type most of its mentions have; a class noun decides at once."""
        votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
        for thing in things:
            votes[self._key(thing)][thing.type] += 100 if thing.ruled else 1
        shown: dict[str, Referent] = {}
        mentions = []
        for thing in things:
            key = self._key(thing)
            if key not in shown:
                shown[key] = referent(self._display(thing), votes[key].most_common(1)[0][0])
            start, end = self._chars(thing.start, thing.end)
            root = self._root(thing.start, thing.end)
            mentions.append(Mention(start, end, shown[key], "name", root))
        return mentions

    def _key(self, thing: _Thing) -> str:
        return gazetteer.slug(gazetteer.plain(self._display(thing)))

    def _display(self, thing: _Thing) -> str:
        start, end = self._chars(thing.start, thing.end)
        words = " ".join(self.text[start:end].split())
        last = self.words[thing.end - 1]
        if thing.ruled and last.islower() and last in class_nouns():
            return words[: -len(last)] + last.capitalize()
        return words

    def _acronyms(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Link "(GERD)" after "Grand Ethiopian Renaissance Dam", and GERD wherever it stands afterwards."""
        ends = {m.end: m for m in sorted(mentions, key=lambda m: m.end - m.start)}
        meant: dict[str, tuple[int, Referent]] = {}
        for match in _ACRONYM.finditer(self.text):
            before = match.start()
            while before and self.text[before - 1].isspace():
                before -= 1
            long = ends.get(before)
            if long is not None and _abbreviates(match.group(1), self.text[long.start : long.end]):
                meant.setdefault(match.group(1), (before, long.entity))
        taken = {m.start for m in mentions}
        return [
            Mention(start, start + len(word), meant[word][1], "acronym", i)
            for i, (start, word) in enumerate(zip(self.starts, self.words, strict=True))
            if word in meant and start > meant[word][0] and start not in taken
        ]


def _wordlike(word: str) -> bool:
    return any(c.isalnum() for c in word)


def _shouted(token: Token) -> bool:
    return bool(token.is_upper and len(token) > 4)


def _towards_town(preposition: Token) -> bool:
    """Read "in Oslo", "flew to Oslo", "the streets of Oslo" as the town; "weapons to Oslo" as the state."""
    word, governor = preposition.lower_, preposition.head
    if word in _LOCATIVE:
        return governor.lemma_ not in metonymy("abstract")
    if word in {"to", "from", "towards", "toward", "via", "through"}:
        chain = {governor.lemma_, governor.head.lemma_}
        return bool(chain & metonymy("motion")) or word == "via"
    return word == "of" and governor.lemma_ in metonymy("urban")


def _longest(things: Iterable[_Thing]) -> list[_Thing]:
    """Keep the longest of things that overlap; a rule before the recogniser; in order."""
    chosen: list[_Thing] = []
    taken: set[int] = set()
    for thing in sorted(things, key=lambda t: (t.start - t.end, not t.ruled, t.start)):
        if not any(i in taken for i in range(thing.start, thing.end)):
            chosen.append(thing)
            taken.update(range(thing.start, thing.end))
    return sorted(chosen, key=lambda t: t.start)


def _by_ends(names: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Index full names by their last and by their first word (some peoples put the family name first)."""
    index: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in names:
        index[words[-1]].append(words)
        index[words[0]].append(words)
    return index


def _joined(words: Sequence[str]) -> str:
    return re.sub(r"\s*([-’'])\s*", r"\1", " ".join(words))


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether most letters of an acronym begin words of the long name, in order."""
    initials = [w[0].upper() for w in re.findall(r"\w+", long)]
    hits = at = 0
    for letter in short.upper():
        if letter in initials[at:]:
            at = initials.index(letter, at) + 1
            hits += 1
    return hits >= 2 and hits * 3 >= 2 * sum(c.isalpha() for c in short)
