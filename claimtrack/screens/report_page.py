"""A report as one HTML page, which loads nothing and runs nothing.

What stands in documents is text: whatever the template prints is made visible and escaped on its way.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from claimtrack.screens.likelihood_figure import likelihood_axis
from claimtrack.screens.markup import environment
from claimtrack.screens.timeline_figure import ARCS

if TYPE_CHECKING:
    from jinja2 import Template

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
    return environment("claimtrack.screens").get_template("report.html.j2")
