"""Articles by the names that documents give them: the exact title or the file's name, letters and digits alone."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from agent.bookkeeping.documents import ArticleHead, Documents, spelled

_FILE_NAME: Final = re.compile(r"\[?`?(?:[^`\]]*/)?([^`\]/]+)\.md`?\]?(?:\([^)]*\))?")
_NUMBER: Final = re.compile(r"^#\d+\s*[-–:：]\s*")
_MARKS: Final = " \t✅☑⏳🔄*"

Titles = Mapping[str, tuple[ArticleHead, ...]]


def titles(documents: Documents) -> Titles:
    """Return the articles by title and by file name, spelled with letters and digits alone."""
    found: defaultdict[str, tuple[ArticleHead, ...]] = defaultdict(tuple)
    for head in documents.articles.values():
        for name in {head.spelled_title, head.spelled_name} - {""}:
            found[name] += (head,)
    return found


def named(text: str, among: Titles) -> tuple[ArticleHead, ...]:
    """Return the files whose title or name is exactly what `text` says, a number, marks and ticks left out."""
    bare = _NUMBER.sub("", text.strip(_MARKS)).strip(_MARKS)
    written = _FILE_NAME.fullmatch(bare)
    return among.get(spelled(written[1] if written else bare), ())


def ticked_articles(documents: Documents, among: Titles) -> frozenset[str]:
    """Return the keys of the articles that a ticked box names without doubt."""
    found = [named(box.text, among) for state in documents.states.values() for box in state.boxes if box.done]
    return frozenset(heads[0].key for heads in found if len({head.key for head in heads}) == 1)
