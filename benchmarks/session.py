"""Try the commands as an analyst would, on the articles of tests/story, and write down what each answers.

    python benchmarks/session.py benchmarks/session.md

A test runs it again and compares; whoever changes what is printed writes it anew, and reads what changed. The day is
fixed, so that the log changes only with the program.
"""

from __future__ import annotations

import io
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

STORY = Path(__file__).parent.parent / "tests" / "story"
FIXED = {"COLUMNS": "100", "SOURCE_DATE_EPOCH": "1767225600", "CLAIMTRACK_USER": "ann", "NO_COLOR": "1",
         "CLAIMTRACK_CONFIG": "settings.toml"}  # fmt: skip
SETTINGS = """format = "md"
min_score = 0.7

[profiles.valley]
db = "claimtrack.db"
format = "tsv"
"""
LONGEST = 30  # lines of an answer that are written down

SESSION = """
# Names that are not there, and names of one's own
list --topic karsun
list --source Verlan --limit 2
alias add 'the waterway' 'Karsund Canal'
alias list
# Statements and headlines, in words
compare "The canal opens in May." "The canal will not open before June."
compare "Norland backs the canal." "Norland backs the canal."
stance "The Karsund Canal did not open by June 2025" story/6_tribune.txt
# Who clashes, and what is said side by side
contradict --limit 2
contrast --topic "karsund canal" --limit 2
stands
shifts
# Forecasts, with what was told since
due --limit 2
predictions --status open --limit 1
# Lists as tables that go on
list --limit 2 --format csv --fields id,source,published,likelihood_low,likelihood_high
sources --format md --sort -claims --limit 3
contradict --format jsonl --fields kind,score,a_source,b_source --limit 2
reviews --format csv
new --since 2020 --format tsv --fields what,source,proposition --limit 1
sql "select source, count(*) as claims from flat_claims group by 1 order by 2 desc limit 3"
sql "delete from claims"
# A person's part
list --topic canal --limit 1 --format tsv --fields id
accept --topic canal --source Verlain --yes
reviews --limit 2
undo dec_nothing
# Handing over
report --topic canal -o report.pdf
report --topic canal -o report.md
export --format obsidian -o notes
topics --limit 3
import missing.jsonl
"""


SET = ("config", "--profile valley list --limit 1 --fields id,source", "--profile valy list")
"""What is asked once settings are there."""


def main() -> None:
    """Write the log into a file."""
    Path(sys.argv[1]).write_text("".join(session()), encoding="utf8")


def session() -> Iterator[str]:
    """The log, piece by piece."""
    yield "# A session\n\nWritten by `benchmarks/session.py` on the articles of `tests/story`.\n"
    with TemporaryDirectory() as folder, chdir(folder), patch.dict(os.environ, FIXED):
        for name in {name for name in os.environ if name.startswith("CLAIMTRACK_")} - set(FIXED):
            del os.environ[name]
        Path("story").symlink_to(STORY)
        Path("settings.toml").write_text("", encoding="utf8")
        _answer("extract story")
        for line in SESSION.strip().splitlines():
            yield f"\n## {line[2:]}\n" if line.startswith("# ") else _told(line)
        Path("settings.toml").write_text(SETTINGS, encoding="utf8")
        yield f"\n## Settings\n\n```toml\n{SETTINGS}```\n"
        yield from map(_told, SET)


def _told(line: str) -> str:
    return f"\n```console\n$ claimtrack {line}\n{_cut(line)}```\n"


def _cut(line: str) -> str:
    """What a command answers, its first lines."""
    lines = _answer(line).splitlines()
    more = [f"… {len(lines) - LONGEST} more lines"] if len(lines) > LONGEST else []
    return "".join(f"{each}\n" for each in [*lines[:LONGEST], *more])


def _answer(line: str) -> str:
    """What a command prints, and the code it ends with unless that is 0."""
    from claimtrack import cli

    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf8", write_through=True)
    code: object = 0
    called = patch.object(sys, "argv", ["claimtrack", *shlex.split(line)])
    with called, redirect_stdout(printed), redirect_stderr(printed):
        try:
            cli.main()
        except SystemExit as end:
            code = end.code or 0
    printed.seek(0)
    return printed.read() + (f"[ends with {code}]\n" if code else "")


if __name__ == "__main__":
    main()
