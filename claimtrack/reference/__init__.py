"""Reference: from a parsed text to what its names, pronouns and descriptions denote, and who its sources are.

In come a spaCy `Doc` and its `Document`; out go `Links`, which give the entities of any words and rewrite them so that
they stand alone, and a `Source` for each source mention. The modules in the order in which a document walks them:

    gazetteer         states, their capitals, peoples and aliases, found in the text
    nouns             what lexicons know of nouns: class, office, gender, town or state
    indexed_text      the text with its tokens and the gazetteer's names
    titles            the titles before a person's name
    class_names       names that a class noun makes
    recognised_names  names of the entity recogniser, trimmed
    overlaps          which of those stand
    state_mentions    capitals as towns or states
    persons           full names and surnames
    acronyms          short forms that the text introduces
    naming            all of that: the mentions that are names, and the cast of persons

    discourse         what is known of the text before what refers back is read
    syntax            clauses, subjects, who speaks
    agreement         number, gender, animacy
    antecedents       the phrases that may be referred back to, with their features
    binding           which of them syntax rules out
    salience          which of the others is chosen
    expletives        the "it" that means nothing
    descriptions      "the corridor", "both sides", "the Iranian president"
    pronouns          "he", "it", "they", "there", "I"
    voices            who speaks in the page's own voice
    stand_ins         the words that may take the place of what refers back
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
