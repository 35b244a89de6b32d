"""Decode the bytes of a document: by byte order mark, by what a page declares, as UTF-8, else by their statistics."""

from __future__ import annotations

import codecs
import re

from claimtrack.errors import UnreadableDocument

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Browsers read pages that declare these as windows-1252 or its sister, whose letters are the same and whose marks more.
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252", "ascii": "cp1252",
              "us-ascii": "cp1252", "iso-8859-15": "cp1252", "latin-9": "cp1252", "windows-1252": "cp1252",
              "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
# Bytes of Mac Roman's marks and letters at places where windows-1252 has nothing to say: "Bob\xd5s", "caf\x8e".
_MAC = re.compile(rb"[a-z]\xd5[a-z]|(?<![^\s(])\xd2\w|[a-z.,!?]\xd3(?!\w)|[a-z]\x8e")
_WESTERN = re.compile(rb"[\x91-\x97\xe0-\xfc]")
_THREE_BYTES = re.compile(rb"[\xe2-\xef][\x80-\xbf]{2}")
_CHARACTER_NUMBER = re.compile(r"&#(?:0*(12[89]|1[345]\d)|[xX]0*([89][0-9a-fA-F]));")
C1 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
"""What the bytes 80 to 9F mean in windows-1252, where a text holds them as control characters."""
_CONTROLS = tuple(chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r\x1b")


def decode(raw: bytes, path: str) -> str:
    r"""Decode the bytes, `\r\n` read as `\n`: by byte order mark, as UTF-8, else by their statistics.

    Raises:
        UnreadableDocument: they are no text.
    """
    text = _decode_marked(raw, path)
    if text is None:
        text = _decode_guess(raw, path)
    if sum(map(text.count, _CONTROLS)) > 0.05 * len(text):
        raise _binary(path)
    return text.replace("\r\n", "\n")


def decode_page(raw: bytes, path: str) -> str:
    """Decode a page: by the character set it declares, as browsers understand its name, else as any text.

    UTF-8 wins over a declared set of single bytes: programs that save pages recode them and leave the declaration.
    """
    declared = re.search(rb"charset\s*=\s*[\"']?([\w\-]{2,30})", raw[:4096])
    text = None
    if declared and not raw.startswith(tuple(mark for mark, _ in _BOMS)):
        name = declared[1].decode("ascii").lower()
        text = None if name.startswith("utf-16") else _decode_as(raw, _WEB_NAMES.get(name, name))
    text = decode(raw, path) if text is None else text.replace("\r\n", "\n")
    return _CHARACTER_NUMBER.sub(lambda m: C1[int(m[1]) if m[1] else int(m[2], 16)], text).translate(C1)


def _decode_as(raw: bytes, name: str) -> str | None:
    """Give the text in the named encoding; None where the name is unknown or the bytes do not hold it."""
    if name.startswith(("cp125", "iso-8859", "windows-125")) and not raw.isascii():
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    try:
        return raw.decode(name, "western" if name == "cp1252" else "strict")
    except (LookupError, UnicodeDecodeError):
        return None


def _western(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that break the encoding as windows-1252: one by one, the rest goes on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    end = error.start + 1
    byte = error.object[error.start]
    return C1.get(byte, chr(byte)), end


codecs.register_error("western", _western)


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

    Mostly ASCII that is not UTF-8 is windows-1252, the web's default for English, or Mac Roman; statistics over so
    few letters take it for a neighbour (ñ for ń). All else is left to charset-normalizer.
    """
    for name in [name for name in ("utf-16-le", "utf-16-be") if _is_wide(raw, name)] or ["utf-8"]:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    if sum(byte > 127 for byte in raw[:50_000]) < 0.2 * min(len(raw), 50_000):
        return _decode_latin(raw)
    from charset_normalizer import from_bytes

    best = None if b"\0" in raw[:4096] else from_bytes(raw).best()
    if best is None:
        raise _binary(path)
    return str(best)


def _decode_latin(raw: bytes) -> str:
    """Decode mostly ASCII: UTF-8 with foreign bytes among it stays UTF-8 but for these; else Mac Roman or windows-1252.

    Three bytes of UTF-8 ("’") come about by no accident; two ("é") might.
    """
    pairs = len(re.findall(rb"[\xc3-\xdf][\x80-\xbf]", raw))
    if _THREE_BYTES.search(raw) or pairs > 0.5 * sum(byte > 127 for byte in raw) - pairs:
        return raw.decode("utf-8", "western")
    if len(_MAC.findall(raw)) > len(_WESTERN.findall(raw)):
        return raw.decode("mac_roman")
    return raw.decode("cp1252", "western")


def _is_wide(raw: bytes, name: str) -> bool:
    """Tell whether every other byte is mostly zero, as in UTF-16 of Latin letters."""
    high, low = (raw[1:4096:2], raw[0:4096:2]) if name == "utf-16-le" else (raw[0:4096:2], raw[1:4096:2])
    return high.count(0) > 0.5 * len(high) and low.count(0) < 0.05 * len(low) and len(raw) % 2 == 0
