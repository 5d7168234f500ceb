"""The end of an article as the author's site writes it: the citation line with date, title and archive id; notices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from agent.text.lines import lines_with

_LINE: Final = re.compile(
    r"[^\n]{0,80}\((?P<month>[A-Z][a-z]{2,8})\.?[ ]+(?P<day>\d{1,2}),[ ]*(?P<year>\d{4})\)\.[ ]*"
    r"《(?P<title>[^\n]{1,200}?)[ ]*》[ ]*\[Blog post\]\.[ ]*Retrieved from[ ]*(?P<link>[^\s]+)"
)
_BLOG_POST: Final = re.compile(r"\[Blog post\]")
ARCHIVE: Final = re.compile(r"/archives/(\d+)")
"""The page of an article on the author's site; its number is the article's archive id."""

_REPRINT: Final = re.compile(r"(?m)^(?:[^\w\n]|_)*转载[^\n]*本文(?:地址|链接)")
"""Where the site's own words at the end of an article begin."""

_NOTICE: Final = re.compile(
    r"(?m)^(?:[^\n]*(?:转载|打赏|评论区|/payment/|引用本文)[^\n]*"
    r"|@\w+\{[^\n]*\n(?:(?!\}[ \t\r]*$)[^\n]*\n){0,20}\}[ \t\r]*)$\n?"
)
"""A line on reprints, donations or comments, and a BibTeX entry, which says what the citation line says."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation line: `date` as YYYY-MM-DD, the number of the archive page ("" when the link has none), its line."""

    date: str
    title: str
    archive_id: str
    line: int


def citations(text: str) -> Iterator[Citation]:
    """Yield the citation lines in order, such as `苏剑林. (Feb. 08, 2025). 《…》[Blog post]. Retrieved from <…>`."""
    for match in _lines(text):
        month = match["month"][:3]
        if month in _MONTHS and 1 <= int(match["day"]) <= 31:
            archive = ARCHIVE.search(match["link"])
            yield Citation(
                date=f"{match['year']}-{_MONTHS.index(month) + 1:02}-{int(match['day']):02}",
                title=match["title"].strip(),
                archive_id=archive[1] if archive else "",
                line=text.count("\n", 0, match.start()) + 1,
            )


def _lines(text: str) -> Iterator[re.Match[str]]:
    for start, end in lines_with((_BLOG_POST,), text, 0, len(text)):
        if found := _LINE.match(text, start, end):
            yield found


def without_notices(text: str) -> str:
    """Return an article without what the site says behind it on reprints, donations and BibTeX; its citation stays."""
    reprint = _REPRINT.search(text) if "转载" in text else None  # found many times as fast, and in few
    if reprint is None:
        return text
    article, end = text[: reprint.start()], text[reprint.start() :]
    return article + re.sub(r"\n{3,}", "\n\n", _NOTICE.sub("", end)).lstrip("\n")
