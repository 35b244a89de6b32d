"""Read web pages: title, article and readers' comments as trafilatura extracts them, after what misleads it is cleared.

Banners and lists of other stories go; an article that stands in a side column counts as one; times of a live page and
names under quotations are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from claimtrack.errors import EmptyDocument
from claimtrack.reading import imprint, live_pages, page_dates, page_people
from claimtrack.reading.decoding import decode_page
from claimtrack.reading.imprint import Metadata, full_name
from claimtrack.reading.registry import Draft, reader
from claimtrack.schema import Section

_FIELDS = ("title", "author", "sitename", "url")
_CLUTTER = re.compile(
    r"(?<![a-z])(?:cookies?|consent|gdpr|onetrust|paywall|newsletter|related|read-?more|most-?(?:read|popular|viewed)|"
    r"trending|recommend(?:ed|ations)|you-?may-?(?:also-?)?like|outbrain|taboola|social-?share|share-?(?:bar|buttons?|links))"
    r"(?![a-z])"
)
_HOLDERS = "//*[self::div or self::section or self::aside or self::ul or self::ol or self::form or self::nav]"
_COMMENTED = (
    "//*[self::div or self::section or self::details or self::ol or self::ul]["
    "starts-with(translate(@id, 'C', 'c'), 'comment') or starts-with(translate(@class, 'C', 'c'), 'comment') or "
    "contains(@class, 'article-comments') or contains(@class, 'post-comments') or starts-with(@id, 'disqus_thread')]"
)
_SHOWN = ".//text()[not(parent::script or parent::style or parent::noscript)]"
_SHORT = 500  # characters of prose; a page with less in paragraphs is judged by all that it shows
# A box with a larger share of a page's prose is the article, whatever it is called ("paywall", "read-more"). Set on 181
# pages, where lists of other stories held a quarter at most, and articles in such boxes over a half.
_MAIN = 0.4
_SCRIPTED = re.compile(r"\b(?:enable|turn on|requires?|needs?|supports?) javascript\b", re.IGNORECASE)
_DASHES = " \t\n—–―-"


@reader(".html", ".htm", ".xhtml")
def _read_html(raw: bytes, path: str) -> Draft:
    """Read a web page."""
    import trafilatura

    tree = trafilatura.load_html(decode_page(raw, path))
    if tree is None:
        raise EmptyDocument(f"{path!r} is a page without an article: save the article's own page, or its text.")
    published, is_changed = page_dates.published(tree), page_dates.tells_change(tree)
    printed = page_people.byline(tree)
    _clear(tree)
    page_people.sign_comments(tree)
    live_pages.without_entries(tree)
    times = live_pages.keep_times(tree)
    quotations = list(_quotations(tree))
    page, article, comments = _extracted(tree)
    if not is_changed:  # else the library may take the day of the change
        published = published or imprint.iso_date(str(getattr(page, "date", None) or ""))
    found = {key: str(getattr(page, key, None) or "") for key in _FIELDS}
    title = found["title"]
    if len(article) < _SHORT and _SCRIPTED.search(article):
        raise EmptyDocument(f"{path!r} is a page that shows its article by scripts: save it from a browser, whole.")
    if not any(map(_is_prose, article.splitlines())):
        raise EmptyDocument(f"{path!r} is a page without an article: save the article's own page, or its text.")
    text = article if article.startswith(title) else f"{title}\n\n{article}"
    draft = Draft(
        text, _metadata(found, published, printed), told=tuple(_told(text, quotations)),
        days=tuple(live_pages.days(text, times)),
    )  # fmt: skip
    return replace(draft, text=f"{text}\n\n{comments}", comments_at=len(text) + 2) if comments else draft


def _extracted(tree: Any) -> tuple[Any, str, str]:  # noqa: ANN401  lxml's elements come without types
    """Give what the library finds on a page, the article in it, and the readers' comments, which may be empty.

    Comments that the library knows only to leave out, and else takes for the article, are what it leaves out then.
    """
    page = _bare(tree, comments=True)
    article, comments = str(getattr(page, "text", None) or ""), str(getattr(page, "comments", None) or "")
    if comments:
        said = set(comments.splitlines())
        return page, _lines(article, lambda line: line not in said or not line.strip()), comments
    if not tree.xpath(_COMMENTED):
        return page, article, ""
    without = str(getattr(_bare(tree, comments=False), "text", None) or "")
    told = set(without.splitlines())
    left_out = _lines(article, lambda line: line.strip() and line not in told)
    return (page, without, left_out) if without and len(without) < len(article) else (page, article, "")


def _bare(tree: Any, *, comments: bool) -> Any:  # noqa: ANN401  as above
    """Let the library extract a page, with readers' comments told apart, or left out."""
    import trafilatura

    dates = {"extensive_search": False, "original_date": True}
    return trafilatura.bare_extraction(
        tree, include_comments=comments, with_metadata=True, date_extraction_params=dates
    )


def _lines(text: str, keep: Callable[[str], object]) -> str:
    """Give the lines of a text that are to be kept."""
    return "\n".join(line for line in text.split("\n") if keep(line))


def _is_prose(line: str) -> bool:
    """Tell whether a line of a page is a sentence; menus and buttons have a few words and no stop."""
    return line.rstrip("”’\"') 」』）").endswith(tuple(".!?…。！？؟।")) or len(line.split()) >= 8


def _metadata(found: dict[str, str], published: str | None, printed: tuple[str, ...]) -> Metadata:
    """Tell what trafilatura found about a page; authors as the page prints them where it found more than names."""
    names = imprint.authors(found["author"].split(";"))
    sound = all(re.fullmatch(full_name(), name) for name in names)
    return Metadata(
        title=found["title"] or None,
        byline=printed if printed and not (names and sound) else names,
        publisher=found["sitename"] or None,
        published=published,
        url=found["url"] or None,
    )


def _clear(tree: Any) -> None:  # noqa: ANN401  lxml's elements come without types
    """Take out banners and other stories, and let an article in a side column be found."""
    size = _prose if _prose(tree) > _SHORT else _shown
    most = _MAIN * size(tree)
    for element in tree.xpath(_HOLDERS):
        marks = f"{element.get('class', '')} {element.get('id', '')}".lower()
        if not _CLUTTER.search(marks) or element.xpath(".//h1 | .//article") or element.getparent() is None:
            continue
        is_banner = re.search(r"cookie|consent|gdpr|onetrust", marks)
        if is_banner or size(element) <= most:
            element.drop_tree()
    for footer in tree.xpath("//footer[not(ancestor::article or ancestor::main or ancestor::blockquote)]"):
        if size(footer) <= most:
            footer.drop_tree()
    for aside in tree.xpath("//aside[.//h1 or count(.//p) > 2]"):
        if not tree.xpath("//article | //main"):
            aside.tag = "article"


def _prose(element: Any) -> int:  # noqa: ANN401  as above
    """Give how many characters stand in the paragraphs of an element."""
    return sum(len(" ".join(p.text_content().split())) for p in element.iter("p"))


def _shown(element: Any) -> int:  # noqa: ANN401  as above
    """Give how many characters of an element a reader sees, in paragraphs or not."""
    return sum(len(words.strip()) for words in element.xpath(_SHOWN))


@dataclass(frozen=True)
class _Quotation:
    """The paragraphs of a quotation, who is quoted, and on which day where that is told."""

    paragraphs: tuple[str, ...]
    name: str
    day: str | None = None


def _quotations(tree: Any) -> Iterator[_Quotation]:  # noqa: ANN401  as above
    """Give each quotation that names its speaker; the name goes out of the page."""
    for quotation in tree.xpath("//blockquote"):
        if found := _post(quotation) or _signed(quotation):
            yield found


def _signed(quotation: Any) -> _Quotation | None:  # noqa: ANN401  as above
    """Give a quotation with the name in its footer, cite or caption; None where there is none."""
    holder = quotation.getparent()
    captions = holder.xpath("./figcaption") if holder is not None and holder.tag == "figure" else []
    signs = quotation.xpath(".//footer | .//cite") or captions
    words = " ".join(signs[0].text_content().split()).strip(_DASHES) if signs else ""
    name = re.match(rf"{full_name()}", words)
    if name is None:
        return None
    signs[0].drop_tree()
    holder.tag = "div" if captions else holder.tag  # figures are left out of articles
    return _Quotation(_paragraphs(quotation), name[0])


def _post(quotation: Any) -> _Quotation | None:  # noqa: ANN401  as above
    """Give an embedded post, which is signed behind its words: "— Ines Calder (@icalder) October 5, 2021"."""
    said = quotation.xpath("./p")
    sign = re.match(r"\s*[—–―-]+\s*(\w[^()@\n]{1,60}?)\s*\(@\w+\)", said[-1].tail or "") if said else None
    if sign is None:
        return None
    links = [link for link in said[-1].itersiblings() if link.tag == "a"]
    day = next(filter(None, (imprint.iso_date(link.text_content()) for link in links)), None)
    said[-1].tail = None
    for link in links:
        link.drop_tree()
    return _Quotation(_paragraphs(quotation), sign[1], day)


def _paragraphs(quotation: Any) -> tuple[str, ...]:  # noqa: ANN401  as above
    """Give the paragraphs of a quotation; its words where it has none."""
    found = tuple(" ".join(p.text_content().split()) for p in quotation.xpath(".//p"))
    return found or (" ".join(quotation.text_content().split()),)


def _told(text: str, quotations: list[_Quotation]) -> Iterator[Section]:
    """Give the places of the quotations in the text of the article."""
    for quotation in quotations:
        for words in quotation.paragraphs:
            start = text.find(words) if words else -1
            if start >= 0:
                end = start + len(words)
                yield Section(
                    kind="quote_block", start=start, end=end, voice=quotation.name, published=quotation.day
                )
