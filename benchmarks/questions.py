"""Five questions of an analyst, each one line of SQL on the flat views, answered with pandas.

    pip install pandas
    python benchmarks/questions.py claimtrack.db

The same lines work in `claimtrack sql`, datasette and DuckDB.
"""

from __future__ import annotations

import sqlite3
import sys

QUESTIONS = {
    "Who contradicts whom most often?":
        "select a_source, b_source, count(*) as clashes from flat_contradictions group by 1, 2 order by 3 desc, 1, 2",
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
    """Answer all of them on one store."""
    import pandas

    with sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True) as store:
        for question, sql in QUESTIONS.items():
            print(f"{question}\n{pandas.read_sql(sql, store).head(10).to_string(index=False)}\n")


if __name__ == "__main__":
    main()
