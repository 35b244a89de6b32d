"""Reference: from a parsed text to what its names, pronouns and descriptions denote, and who its sources are.

In come a spaCy `Doc` and its `Document`; out go `Links`, which give the entities of any words and rewrite them so that
they stand alone, and a `Source` for each source mention. The modules in the order in which a document walks them:

    gazetteer         states, their capitals, peoples and aliases, found in the text
    nouns             what lexicons know of nouns: class, office, gender, town or state
    namesakes         persons, towns and animals that only bear a state's name
    indexed_text      the text with its tokens and the gazetteer's names
    titles            the titles before a person's name
    class_names       names that a class noun makes
    recognised_names  names of the entity recogniser, trimmed
    overlaps          which of those stand
    state_mentions    capitals as towns or states
    persons           full names and surnames
    acronyms          short forms that the text introduces
    naming            all of that: the mentions that are names, and the cast of persons

    candidates        the noun phrases and pronouns that may mean one thing
    syntax            clauses, subjects, places
    agreement         gender, human beings, types
    signs             what grammar and lexicons know of candidates, as numbers
    pieces            the windows of word pieces that the encoder reads
    ranker            how probable it is that one candidate takes up another
    chains            the candidates that are one thing
    discourse         what is known of a text's names when what refers back is read
    verbs             how a verb agrees with what takes a pronoun's place
    stand_ins         the words that may take the place of what refers back
    descriptions      "both sides", "the former", "there"
    voices            who speaks in the page's own voice
    coreference       all of that: the mentions that refer back

    mentions          what the steps hand on
    linking           names and what refers back, as the links of a document; its topics
    source_phrases    the noun phrase that a source mention is
    sources           who a source is
    noun_phrases      phrases under which news is filed
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimtrack.reference.linking import Alias, Links, link, topics
    from claimtrack.reference.sources import resolve_source

__all__ = ["Alias", "Links", "link", "resolve_source", "topics"]

_HOMES = {
    "linking": ("Alias", "Links", "link", "topics"),
    "sources": ("resolve_source",),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  public names are of every type
    """Import a public name where it lives, on first use: `list` needs of this wing but a word and starts fast."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"claimtrack.reference.{module}"), name)
    raise AttributeError(f"module 'claimtrack.reference' has no attribute {name!r}")
