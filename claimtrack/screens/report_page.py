"""A report as one HTML page, which loads nothing and runs nothing.

What stands in documents is text: whatever the template prints is made visible and escaped on its way.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from claimtrack.screens.likelihood_figure import likelihood_axis
from claimtrack.screens.terminal import counted, flat
from claimtrack.screens.timeline_figure import ARCS

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from claimtrack.screens.report_parts import Report

__all__ = ["html"]


def html(report: Report) -> str:
    """The page."""
    from markupsafe import Markup

    style = files("claimtrack.screens").joinpath("templates", "report.css").read_text(encoding="utf8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf8")).digest()).decode("ascii")
    return _template().render(
        report=report, arcs=ARCS, axis=likelihood_axis(), style=Markup(style), digest=digest
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("claimtrack.screens"), autoescape=True, undefined=StrictUndefined, finalize=_harmless,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters |= {"svg": Markup, "counted": counted, "unbroken": _unbroken}
    return environment.get_template("report.html.j2")


def _unbroken(text: str) -> Markup:
    """Text in which a range of percent in parentheses stays on one line."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"(\([\d.–]+ %\)†?)", r'<span class="span">\1</span>', str(escape(flat(text)))))


def _harmless(value: object) -> object:
    """Make text that the template prints visible, before it is escaped; markup of our own passes."""
    return flat(value) if type(value) is str else value
