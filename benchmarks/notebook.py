"""Five questions of an analyst, each one line of SQL on the flat views, answered with pandas.

    pip install 'claimtrack[notebook]'
    python benchmarks/notebook.py claimtrack.db > benchmarks/notebook.md

`notebook.md` is what it answers on the example articles. The same lines work in `claimtrack sql`, datasette and DuckDB.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing

ROWS = 8
"""How many rows of each answer are printed."""

QUESTIONS = {
    "Who contradicts whom most often?":
        "select min(a_source, b_source) as one, max(a_source, b_source) as other, count(*) as clashes "
        "from flat_contradictions group by 1, 2 order by 3 desc, 1, 2",
    "Who is for and who against what?":
        "select target, value, group_concat(distinct holder) as holders from flat_positions "
        "group by 1, 2 order by 1, 2",
    "How sure is each source of what it foretells?":
        "select source, count(*) as forecasts, round(avg(likelihood_point), 2) as mean from flat_claims "
        "where kind = 'prediction' and likelihood_point is not null group by 1 order by 2 desc, 1",
    "What is foretold under a condition?":
        "select source, condition, proposition from flat_claims "
        "where kind = 'prediction' and condition is not null order by 1, 3",
    "What was said of each topic, month by month?":
        "select topic, substr(published, 1, 7) as month, count(*) as claims from flat_topics group by 1, 2 "
        "order by 3 desc, 1, 2",
}  # fmt: skip


def main() -> None:
    """Print questions, lines and answers as Markdown."""
    sys.stdout.writelines(page(sys.argv[1]))


def page(path: str) -> Iterator[str]:
    """The questions with their answers on one store, piece by piece."""
    import pandas

    from claimtrack.exports.flat_table import written

    yield "# Five questions\n\nWritten by `benchmarks/notebook.py` on the articles of `seeds`.\n"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
        for question, sql in QUESTIONS.items():
            answer = pandas.read_sql(sql, store).head(ROWS).astype(object)
            rows = answer.where(answer.notna(), None).to_dict("records")
            yield f"\n## {question}\n\n```python\n{line(sql)}\n```\n\n"
            yield from written(rows, "md", list(answer.columns))


def line(sql: str) -> str:
    """What is typed in a notebook."""
    return f'pandas.read_sql("{sql}", store)'


if __name__ == "__main__":
    main()
