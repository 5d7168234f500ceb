"""What a note says of itself, for the lists and links that name it."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from agent.notes.article import archive_id, published_on, tags_in
from agent.notes.discussion import date_written
from agent.notes.lines import date_in
from agent.site.values import Listed
from agent.site.wording import title_words
from agent.text import frontmatter
from agent.text.invisible import without_steering
from agent.text.outline import outline, underlined
from agent.text.tokens import is_chinese
from agent.words import Language

_ADDRESS: Final = re.compile(r"\]\([^()\s]*|https?://[^\s<>]*")
_LANGUAGE_SAMPLE: Final = 4000
_HEAD: Final = re.compile(
    r"(?m)\A\ufeff?\s*(?:---|\+\+\+)[^\n]*\n((?:(?!(?:---|\+\+\+|\.\.\.)[ \t]*\r?$)[^\n]*\n){0,60})"
)
_NO: Final = r"[\"']?(?:false|no|off|n|0|)[\"']?[ \t]*(?:[,}#]|\r?$)"
# As Hugo, Jekyll and Obsidian Publish read it; looked for in the lines, for a draft is one however odd the rest is.
_DRAFT: Final = re.compile(
    rf"(?im)(?:^|[{{,])[ \t]*[\"']?(?:(?:draft|private)[\"']?[ \t]*[:：=][ \t\u3000]*+(?:\r?\n[ \t]+)?(?!{_NO})"
    rf"|(?:public|publish|published)[\"']?[ \t]*[:：=][ \t\u3000]*(?:\r?\n[ \t]+)?(?![,}}#]|\r?$){_NO}"
    r"|status[\"']?[ \t]*[:：=][ \t]*[\"']?(?:draft|private|草稿|私密))"
)


def read_listed(path: str, text: str) -> Listed:
    """Return what a note says of itself: its front matter, else its first heading, else its name."""
    front = frontmatter.find(text)
    values: Mapping[str, object] = front.values if front else {}
    start = frontmatter.body_start(text)
    return Listed(
        title=without_steering(str(values.get("title") or "")) or _heading(text, start) or PurePosixPath(path).stem,
        language=_language(text, start),
        date=date_in(str(values.get("date") or "")) or date_written(text),
        tags=tags_in(front),
        archive=archive_id(text),
        source=published_on(text),
        is_draft=_is_draft(text),
    )


def _is_draft(text: str) -> bool:
    """Say whether a note calls itself a draft at its head, be that a front matter that can be read or not."""
    head = _HEAD.match(text)
    return head is not None and bool(_DRAFT.search(head[1]))


def _language(text: str, start: int) -> Language:
    """Return the language of a note's words: code, formulas and addresses have Latin letters in any."""
    if is_chinese(text[start : start + _LANGUAGE_SAMPLE]):
        return "zh"
    return "zh" if is_chinese(_ADDRESS.sub("", outline(text).plain[start:])) else "en"


def _heading(text: str, start: int) -> str:
    """Return the words of the first heading that has any, "" for none."""
    structure = outline(text)
    headings = [one for one in (*structure.headings, *underlined(structure, start)) if one.start >= start]
    shown = (title_words(one, text) for one in sorted(headings, key=lambda one: one.start))
    return next(filter(None, shown), "")
