"""Text made harmless for terminals, spreadsheets and JSON readers: what would steer them becomes visible."""

from __future__ import annotations

__all__ = ["harmless_cell", "harmless_json", "visible"]

_CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: "\u2421",
    **{code: f"<{code:02X}>" for code in range(0x80, 0xA0)},
    **{code: f"<{code:04X}>" for code in (0x061C, 0x200B, 0x200E, 0x200F, 0xFEFF)},
    **{code: f"<{code:04X}>" for code in (*range(0x2028, 0x202F), *range(0x2060, 0x2070))},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def visible(text: str) -> str:
    """Replace what would steer a terminal by visible signs: ESC by ␛, other controls, overrides of direction."""
    return text.translate(_CONTROLS)


def harmless_cell(text: str) -> str:
    """Make the text safe for terminals, and put an apostrophe before a formula: "=cmd()" becomes "'=cmd()".

    Rule of the OWASP page "CSV Injection": cells that begin with = + - @, a tab or a line break, or their full-width
    forms.
    """
    text = visible(text)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")) else text


_ESCAPED = {code: f"\\u{code:04x}" for code in _CONTROLS if code >= 0x7F}


def harmless_json(record: str) -> str:
    """Escape in JSON text what would steer a terminal: C1 controls, line separators, overrides of direction.

    They stand only inside JSON strings, where an escape means the same character: nothing is lost.
    """
    return record if record.isascii() and "\x7f" not in record else record.translate(_ESCAPED)
