"""Take README's pictures of a report and of the local site: the example articles on Zangezur, in headless Chromium.

    python benchmarks/screenshots.py benchmarks/report.png benchmarks/serve.png [--chromium PATH]

Chromium is no dependency: Debian calls it `chromium`. The date is fixed, so that the pictures change only with what
the program finds; letters look a little different where other fonts are installed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
SIZE = "1280,1360"
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars")  # fmt: skip


def main() -> None:
    """Extract the seeds into a throw-away store, write their report, and look at it."""
    parser = argparse.ArgumentParser(description="Take README's pictures.")
    parser.add_argument("report", type=Path, help="The PNG file to write, of the report.")
    parser.add_argument("site", type=Path, help="Another, of the contradictions on the local site.")
    parser.add_argument("--chromium", default="chromium", help="The browser. [default: chromium]")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        _claimtrack(folder, "extract", str(SEEDS))
        _claimtrack(folder, "report", "--topic", "zangezur", "-o", str(page))
        _shoot(arguments.chromium, page.as_uri(), arguments.report, folder)
        with _served(folder) as address:
            shown = address.replace("/?", "/contradictions?topic=zangezur&")
            _shoot(arguments.chromium, shown, arguments.site, folder, "1280,900")


def _claimtrack(folder: str, *arguments: str) -> None:
    subprocess.run(_command(*arguments), env=_known(folder), check=True)


def _command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", "from claimtrack.cli import main; main()", *arguments)


def _known(folder: str) -> dict[str, str]:
    known = {"CLAIMTRACK_DB": f"{folder}/seeds.db", "SOURCE_DATE_EPOCH": "1735689600", "CLAIMTRACK_CONFIG": os.devnull}
    return os.environ | known


@contextmanager
def _served(folder: str) -> Iterator[str]:
    """The address of the site, while it is served."""
    with subprocess.Popen(_command("serve"), env=_known(folder), stderr=subprocess.PIPE, text=True) as site:
        assert site.stderr is not None
        yield next(line.strip() for line in site.stderr if "token=" in line)
        site.terminate()


def _shoot(chromium: str, address: str, picture: Path, folder: str, size: str = SIZE) -> None:
    taken = (f"--user-data-dir={folder}/profile", f"--window-size={size}", f"--screenshot={picture.absolute()}")
    subprocess.run((chromium, *QUIET, *taken, address), check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
