"""A report as Markdown and as a document for word processors, from the same outline."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from claimtrack.errors import ClaimtrackError
from claimtrack.exports.markdown import SIGNS, escaped
from claimtrack.screens.report_outline import Block, outline
from claimtrack.screens.terminal import flat, line

if TYPE_CHECKING:
    from docx.document import Document

    from claimtrack.screens.report_parts import Report

__all__ = ["docx", "markdown"]


def markdown(report: Report) -> str:
    """The report in Markdown; words that clash are bold."""
    return "\n".join(map(_markdown, outline(report))).lstrip("\n") + "\n"


def _markdown(block: Block) -> str:
    if block.kind == "heading":
        return f"\n{'#' * block.level} {escaped(block.text)}\n"
    if block.kind == "item":
        return f"- {escaped(block.text)}"
    if block.kind == "quotation":
        return f"> {_marked(block)}\n"
    return f"{escaped(block.text)}\n"


def _marked(block: Block) -> str:
    """A quotation whose clashing words are bold; without its text at hand, the claim's words."""
    told = (_bold(piece.text) if piece.clash else SIGNS.sub(r"\\\1", flat(piece.text)) for piece in block.pieces)
    return " ".join("".join(told).split()).replace("&", "&amp;") or escaped(block.text)


def _bold(text: str) -> str:
    """Text in bold, the white space at its borders left outside, where Markdown wants it."""
    plain = flat(text)
    inner = SIGNS.sub(r"\\\1", plain.strip())
    before, after = plain[: len(plain) - len(plain.lstrip())], plain[len(plain.rstrip()) :]
    return f"{before}**{inner}**{after}" if inner else plain


def docx(report: Report) -> bytes:
    """The report as a Word document; words that clash are bold, what stands around a claim is in italics.

    Raises:
        ClaimtrackError: python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError as error:
        words = "A report as .docx needs python-docx, which is not installed: pip install 'claimtrack[report]'"
        raise ClaimtrackError(words) from error
    made = Document()
    for block in outline(report):
        _put(made, block)
    made.core_properties.title, made.core_properties.author = line(report.title), "claimtrack"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _put(made: Document, block: Block) -> None:
    if block.kind == "heading":
        made.add_heading(line(block.text), min(block.level - 1, 9))
    elif block.kind == "item":
        made.add_paragraph(line(block.text), style="List Bullet")
    elif block.kind == "quotation":
        quote = made.add_paragraph(style="Quote")
        for piece in block.pieces:
            run = quote.add_run(flat(piece.text))
            run.bold, run.italic = piece.clash, not (piece.own or piece.clash)
        if not block.pieces:
            quote.add_run(line(block.text))
    else:
        made.add_paragraph(line(block.text))
