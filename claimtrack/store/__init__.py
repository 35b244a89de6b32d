"""The store: one SQLite file with documents, their claims, and the pairs of claims that clash.

Every record is kept as its JSON text; what is filtered or sorted by stands beside it in generated columns, and
topics, full-text words and stale blocks follow by trigger. A document comes and goes in one transaction, so that a
kill at any moment leaves the store as it was before or as it is after, never between.

From the ground up: `file` opens it, `migrations` make its tables, `database` reads rows and records; `queries` say
what may be asked, and `conditions` put it into SQL with the words (`spelling`) and `aliases` that count as the same;
`documents`, `claims`, `topics`, `sources`, `ids`, `pairs`, `blocks`, `vectors`, `opinions` and `decisions` keep a table
or two each; `store` gathers their functions. `flat_views` are for other programs, and `selecting` asks in SQL.
"""

from __future__ import annotations

from claimtrack.store.aliases import AliasLine
from claimtrack.store.blocks import Block, Member
from claimtrack.store.queries import PairQuery, Query
from claimtrack.store.selecting import Answer, select, views
from claimtrack.store.sources import SourceCount
from claimtrack.store.spelling import singular, words
from claimtrack.store.store import Store
from claimtrack.store.topics import TopicCount

__all__ = ["AliasLine", "Answer", "Block", "Member", "PairQuery", "Query", "SourceCount", "Store", "TopicCount",
           "select", "singular", "views", "words"]
