"""The store: every question that may be asked of it, and every change that may be made to it, by name."""

from __future__ import annotations

from claimtrack.store import aliases as _aliases
from claimtrack.store import blocks as _blocks
from claimtrack.store import claims as _claims
from claimtrack.store import decisions as _decisions
from claimtrack.store import documents as _documents
from claimtrack.store import ids as _ids
from claimtrack.store import opinions as _opinions
from claimtrack.store import pairs as _pairs
from claimtrack.store import sources as _sources
from claimtrack.store import topics as _topics
from claimtrack.store import vectors as _vectors
from claimtrack.store.database import Database


class Store(Database):
    """A store of claims in one SQLite file; also a context manager that closes it.

    Each method is a function of the module that keeps the table, described there; it is opened as `Database` says.
    """

    __contains__ = _documents.contains
    add = _documents.add
    move = _documents.move
    documents = _documents.documents
    documents_among = _documents.documents_among
    document_records = _documents.document_records
    document = _documents.document
    documents_at = _documents.documents_at
    documents_by = _documents.documents_by

    claims = _claims.claims
    claims_among = _claims.claims_among
    claim_records = _claims.claim_records
    count_claims = _claims.count_claims
    has_claim = _claims.has_claim
    claims_of = _claims.claims_of
    claim = _claims.claim
    added = _claims.added

    topics = _topics.topics
    count_topic = _topics.count_topic
    topic_examples = _topics.topic_examples
    name_topics = _topics.name_topics
    topic_names = _topics.topic_names

    sources = _sources.sources

    find = _ids.find

    contradictions = _pairs.contradictions
    contradiction_records = _pairs.contradiction_records
    matters = _pairs.matters
    count_contradictions = _pairs.count_contradictions
    contradiction = _pairs.contradiction
    pair_between = _pairs.pair_between
    contradictions_of = _pairs.contradictions_of
    near_misses = _pairs.near_misses
    near_records = _pairs.near_records
    count_near = _pairs.count_near

    unseated = _blocks.unseated
    seat = _blocks.seat
    seats_of = _blocks.seats_of
    is_paired = _blocks.is_paired
    forget_lonely_blocks = _blocks.forget_lonely_blocks
    stale_keys = _blocks.stale_keys
    crowded = _blocks.crowded
    block = _blocks.block
    members = _blocks.members
    settle = _blocks.settle

    unplaced = _vectors.unplaced
    place = _vectors.place
    vectors = _vectors.vectors
    lonely = _vectors.lonely
    is_met = _vectors.is_met
    meet = _vectors.meet

    opinion = _opinions.opinion
    keep_opinion = _opinions.keep_opinion

    record = _decisions.record
    decisions = _decisions.decisions
    latest_decision = _decisions.latest_decision
    decision_records = _decisions.decision_records
    rewrite = _decisions.rewrite
    machine_claims = _decisions.machine_claims
    set_aside = _decisions.set_aside
    original_records = _decisions.original_records
    silence = _decisions.silence

    aliases = property(_aliases.aliases)
    add_alias = _aliases.add_alias
    remove_alias = _aliases.remove_alias
