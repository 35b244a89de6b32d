"""Take README's picture of a report: of the example articles on Zangezur, in headless Chromium.

    python benchmarks/screenshots.py benchmarks/report.png [--chromium PATH]

Chromium is no dependency: Debian calls it `chromium`. The date is fixed, so that the picture changes only with what
the program finds; letters look a little different where other fonts are installed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
SIZE = "1280,1360"
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars")  # fmt: skip


def main() -> None:
    """Extract the seeds into a throw-away store, write their report, and look at it."""
    parser = argparse.ArgumentParser(description="Take README's picture of a report.")
    parser.add_argument("picture", type=Path, help="The PNG file to write.")
    parser.add_argument("--chromium", default="chromium", help="The browser. [default: chromium]")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        _claimtrack(folder, "extract", str(SEEDS))
        _claimtrack(folder, "report", "--topic", "zangezur", "-o", str(page))
        _shoot(arguments.chromium, page.as_uri(), arguments.picture, folder)


def _claimtrack(folder: str, *arguments: str) -> None:
    command = (sys.executable, "-c", "from claimtrack.cli import main; main()", *arguments)
    known = {"CLAIMTRACK_DB": f"{folder}/seeds.db", "SOURCE_DATE_EPOCH": "1735689600"}
    subprocess.run(command, env=os.environ | known, check=True)


def _shoot(chromium: str, address: str, picture: Path, folder: str) -> None:
    taken = (f"--user-data-dir={folder}/profile", f"--window-size={SIZE}", f"--screenshot={picture.absolute()}")
    subprocess.run((chromium, *QUIET, *taken, address), check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
