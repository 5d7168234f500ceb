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
from agent.text.outline import outline, underlined
from agent.text.tokens import is_chinese
from agent.words import Language

_ADDRESS: Final = re.compile(r"\]\([^()\s]*|https?://[^\s<>]*")
_LANGUAGE_SAMPLE: Final = 4000
# As Hugo, Jekyll and Obsidian Publish read it; looked for in the lines, for a draft is one however odd the rest is.
_DRAFT: Final = re.compile(
    r"(?im)^[\"']?(?:draft[\"']?[ \t]*[:=][ \t]*[\"']?(?:true|yes|on)"
    r"|publish(?:ed)?[\"']?[ \t]*[:=][ \t]*[\"']?(?:false|no|off))[\"']?[ \t]*(?:#[^\n]*|\r)?$"
)
_YES: Final = frozenset({"true", "yes", "on", "y", "1"})
_NO: Final = frozenset({"false", "no", "off", "n", "0"})


def read_listed(path: str, text: str) -> Listed:
    """Return what a note says of itself: its front matter, else its first heading, else its name."""
    front = frontmatter.find(text)
    values: Mapping[str, object] = front.values if front else {}
    start = frontmatter.body_start(text)
    return Listed(
        title=str(values.get("title") or "") or _heading(text, start) or PurePosixPath(path).stem,
        language=_language(text, start),
        date=date_in(str(values.get("date") or "")) or date_written(text),
        tags=tags_in(front),
        archive=archive_id(text),
        source=published_on(text),
        is_draft=front is not None and _is_draft(front, text),
    )


def _is_draft(front: frontmatter.FrontMatter, text: str) -> bool:
    """Say whether a front matter calls its note a draft, by a line, or by its value where it can be read."""
    said = {name: str(front.values.get(name, "")).lower() for name in ("draft", "publish", "published")}
    by_value = said["draft"] in _YES or bool({said["publish"], said["published"]} & _NO)
    return by_value or bool(_DRAFT.search(text, front.inner_start, front.inner_end))


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
