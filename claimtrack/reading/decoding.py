"""Decode the bytes of a document: by byte order mark, by what a page declares, as UTF-8, else by their statistics."""

from __future__ import annotations

import codecs
import re

from claimtrack.errors import UnreadableDocument

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROLS = tuple(chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r\x1b")


def decode(raw: bytes, path: str) -> str:
    r"""Decode the bytes, `\r\n` read as `\n`: by byte order mark, as UTF-8, else by their statistics."""
    text = _decode_marked(raw, path)
    if text is None:
        text = _decode_guess(raw, path)
    if sum(map(text.count, _CONTROLS)) > 0.05 * len(text):
        raise _binary(path)
    return text.replace("\r\n", "\n")


def decode_page(raw: bytes, path: str) -> str:
    """Decode a page: by the character set it declares, where that holds, else as any text."""
    declared = re.search(rb"charset\s*=\s*[\"']?([\w\-]{2,30})", raw[:4096])
    if declared and not raw.startswith(tuple(mark for mark, _ in _BOMS)):
        try:
            return raw.decode(declared[1].decode("ascii")).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(raw, path)


def _binary(path: str) -> UnreadableDocument:
    """Make the error of bytes that are no text."""
    return UnreadableDocument(f"{path!r} holds binary data, not text: save it as text, or give it its own extension.")


def _decode_marked(raw: bytes, path: str) -> str | None:
    """Give the text of bytes with a byte order mark; None for others."""
    encoding = next(((mark, name) for mark, name in _BOMS if raw.startswith(mark)), None)
    if encoding is None:
        return None
    mark, name = encoding
    try:
        return raw[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"{path!r} is broken {name.upper()} ({error.reason}): save it anew.") from error


def _decode_guess(raw: bytes, path: str) -> str:
    """Give the text of bytes without a byte order mark.

    Mostly ASCII that is not UTF-8 is windows-1252, the web's default for English; statistics over so few letters
    take it for a neighbour (ñ for ń). All else is left to charset-normalizer.
    """
    candidates = [name for name in ("utf-16-le", "utf-16-be") if _is_wide(raw, name)] or ["utf-8"]
    if sum(byte > 127 for byte in raw[:50_000]) < 0.1 * min(len(raw), 50_000):
        candidates.append("cp1252")
    for name in candidates:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = None if b"\0" in raw[:4096] else from_bytes(raw).best()
    if best is None:
        raise _binary(path)
    return str(best)


def _is_wide(raw: bytes, name: str) -> bool:
    """Tell whether every other byte is mostly zero, as in UTF-16 of Latin letters."""
    high, low = (raw[1:4096:2], raw[0:4096:2]) if name == "utf-16-le" else (raw[0:4096:2], raw[1:4096:2])
    return high.count(0) > 0.5 * len(high) and low.count(0) < 0.05 * len(low) and len(raw) % 2 == 0
