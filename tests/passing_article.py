"""An article that passes the standard: one of the starter workspace's, with the demonstration's expansion in place."""

from functools import cache

from agent import assets
from agent.expansion.numbering import numbered
from agent.notes.article import expansion_edits, parse_article
from agent.standard.standard import Standard
from agent.text.edits import apply
from agent.workspace.standards import read_standard

NAME = "logsumexp与softmax的温度.md"
ORIGINAL = (assets.folder("workspace") / "文章" / NAME).read_bytes().decode()
PARTS = {
    number: numbered((assets.folder("demo") / "zh" / f"expand.part{number}.md").read_bytes().decode(), number)
    for number in range(1, 6)
}
EXPANSION = "\n\n".join(part.strip() for part in PARTS.values())


@cache
def standard() -> Standard:
    return read_standard("five-part/2025-11-24")


def expanded(original: str = ORIGINAL, expansion: str = EXPANSION) -> str:
    article = parse_article(NAME, original, standard())
    return apply(original, expansion_edits(article, standard(), expansion, language="zh", today="2026-11-22"))


PASSING = expanded()


def line_of(text: str, marker: str) -> int:
    """The line (from 1) on which `marker` first begins, or on which the ¦ in it stands."""
    offset = text.index(marker.replace("¦", "")) + max(marker.find("¦"), 0)
    return text.count("\n", 0, offset) + 1
