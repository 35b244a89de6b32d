"""Draw README's picture: what `claimtrack contradict --topic zangezur` prints on the seeds, as SVG.

usage: picture.py OUT.svg
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console

import claimtrack
from claimtrack.claims import extraction
from claimtrack.reading import ingest
from claimtrack.screens.contradiction_display import contradiction_blocks
from claimtrack.screens.view import View
from claimtrack.store import PairQuery
from claimtrack.tracking import pairing as tracking

SEEDS = Path(__file__).parent.parent / "seeds"


def main() -> None:
    """Extract the seeds into a throw-away store and draw its contradictions."""
    nlp = claimtrack.load()
    console = Console(record=True, width=100, file=io.StringIO(), markup=False, highlight=False)
    with tempfile.TemporaryDirectory() as folder, claimtrack.Store(Path(folder) / "seeds.db") as store:
        for document in ingest.read_all([str(SEEDS)]):
            assert isinstance(document, claimtrack.Document)
            store.add(document, extraction.extract(document, nlp))
        tracking.update_pairs(store)
        blocks = tracking.best_blocks(store, PairQuery(topic="zangezur"))
        console.print(*contradiction_blocks(blocks, View(store.document)))
    svg = console.export_svg(title="claimtrack contradict --topic zangezur")
    svg = re.sub(r"@font-face \{.*?\}\n", "", svg, flags=re.DOTALL)  # rich names a font server; the picture needs none
    Path(sys.argv[1]).write_text(svg, encoding="utf8")


if __name__ == "__main__":
    main()
