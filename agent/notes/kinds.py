"""What kind of note a file is: by where it stands, what it is called and, for an article, its front matter."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from agent.settings import Layout
from agent.text import frontmatter

Kind = Literal["article", "discussion", "record", "list", "card", "inbox", "note", "state"]

NAMES: Final[Mapping[Literal["record", "list"], str]] = {
    "record": r"讨论记录|\brecord\b",
    "list": r"深度问答|\bquestions?\b",
}
"""What the names of records and question lists contain, case ignored."""
_RECORD: Final = re.compile(NAMES["record"], re.IGNORECASE)
_LIST: Final = re.compile(NAMES["list"], re.IGNORECASE)
_CARDS: Final = re.compile(r"论文卡片?|paper[-_ ]?cards?", re.IGNORECASE)


def kind_of(path: str, text: str, layout: Layout) -> Kind:
    """Return what a note is; one that stands nowhere in particular says how the work stands: state."""
    if is_article(path, text, layout):
        return "article"
    by_place: Kind | None = _kind_by_place(path, layout)
    if by_place:
        return by_place
    if is_record(path):
        return "record"
    if _LIST.search(path.rpartition("/")[2].rpartition(".")[0]):
        return "list"
    folders = {layout.notes, layout.articles} - {".", ""}
    return "note" if any(is_below(path, folder) for folder in folders) else "state"


def _kind_by_place(path: str, layout: Layout) -> Kind | None:
    """Return the kind of a note that its place tells; what is ticked in a roadmap is read, no work that is done."""
    if path.rpartition("/")[2].upper().startswith("README"):
        return "state"
    if path == layout.inbox:
        return "inbox"
    if is_card(path):
        return "card"
    if path == layout.roadmap:
        return "note"
    return "discussion" if is_below(path, layout.discussions) else None


def is_article(path: str, text: str, layout: Layout) -> bool:
    """Return whether a file is an article.

    An article is a Markdown file (no `.backup`, no `.txt`) with a `status` in its front matter, of which no place of
    the layout holds it more closely than the articles' folder.
    """
    if not path.lower().endswith(".md") or "status" not in text or _home(path, layout) not in {layout.articles, ""}:
        return False
    front = frontmatter.find(text)
    return front is not None and "status" in front.values


def lacks_status(path: str, text: str, layout: Layout) -> bool:
    """Return whether a note of the articles' folder is no article for want of a status alone."""
    if layout.articles in {"", "."} or _home(path, layout) != layout.articles or kind_of(path, text, layout) != "note":
        return False
    front = frontmatter.find(text)
    return front is None or not front.problem


def is_record(path: str) -> bool:
    """Say whether a note is a record by its name, `02-深度讨论记录.md` or `lecture-02-record.md`."""
    return bool(_RECORD.search(path.rpartition("/")[2]))


def is_card(path: str) -> bool:
    """Say whether a note is a paper card, by the folder that it stands in."""
    return bool(_CARDS.fullmatch(path.rpartition("/")[0].rpartition("/")[2]))


def is_below(path: str, folder: str) -> bool:
    """Say whether a file lies below a folder of the layout; "" is none, "." the whole workspace."""
    return bool(folder) and (folder == "." or path.startswith(f"{folder}/"))


def _home(path: str, layout: Layout) -> str:
    """Return the innermost place of the layout that holds a file, "" where none does."""
    if path in {layout.working_memory, layout.progress, layout.research_todo, layout.roadmap, layout.inbox}:
        return path
    holding = [place for place in (layout.articles, layout.notes, layout.discussions) if is_below(path, place)]
    return max(holding, key=lambda place: (place != ".", len(place)), default="")
