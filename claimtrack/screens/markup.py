"""HTML templates in which whatever stands in documents is text: made visible and escaped on its way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimtrack.screens.terminal import counted, flat

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["environment"]


def environment(package: str) -> Environment:
    """The templates of a package: what they print is escaped, and a name that they are not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader(package), autoescape=True, undefined=StrictUndefined, finalize=_harmless,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters |= {"svg": Markup, "counted": counted, "unbroken": _unbroken}
    return made


def _unbroken(text: str) -> Markup:
    """Text in which a range of percent in parentheses stays on one line."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"(\([\d.–]+ %\)†?)", r'<span class="span">\1</span>', str(escape(flat(text)))))


def _harmless(value: object) -> object:
    """Make text that the template prints visible, before it is escaped; markup of our own passes."""
    return flat(value) if type(value) is str else value
