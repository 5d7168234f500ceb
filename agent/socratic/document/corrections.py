"""A correction of an earlier discussion: appended to its document, which is never rewritten."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from agent.notes.lines import all_lines, heading_of, insert_below
from agent.notes.quotations import reference
from agent.socratic.document.compile import Compiled
from agent.socratic.document.quoting import block, link_to
from agent.socratic.document.relations import Relation
from agent.text.edits import Edit
from agent.text.tokens import is_chinese
from agent.words import Language, say


def correction(text: str, *, relations: Sequence[Relation], compiled: Compiled, path: str) -> tuple[Edit, ...]:
    """Return the edit that appends the words of then and of now, with a link; () where they are appended already.

    `path` is the new document; the block is written in the language of the old one.
    """
    language: Language = "zh" if is_chinese(text) else "en"
    new = [line for one in relations for line in _corrected(text, one, compiled, path, language)]
    if not new:
        return ()
    lines = all_lines(text)
    title = say(language, "discussion.correction-title")
    heads = [head[1] for line in lines if (head := heading_of(line))]
    opening = ["", f"## {title}"] if title not in heads[-1:] else []
    last = next((line for line in reversed(lines) if line.text.strip()), lines[-1])
    return (insert_below(text, last, [*opening, *new]),)


def _corrected(text: str, relation: Relation, compiled: Compiled, path: str, language: Language) -> list[str]:
    if relation.now is None:
        return []
    cite = f"{path}#t{relation.now.turn}"
    folder = str(PurePosixPath(relation.older.cite.partition("#")[0]).parent)
    place = link_to(cite, folder, label=" ".join(compiled.topic.split()))
    if place in text:
        return []
    anchor = relation.older.cite.partition("#t")[2]
    ref = f" {reference(int(anchor))}" if anchor.isdecimal() else ""
    return [
        "",
        say(language, "discussion.correction", date=compiled.last_day, place=place, ref=ref),
        "",
        *block(f"“{relation.older.text}”"),
        "",
        say(language, "discussion.correction-now", place=link_to(cite, folder, label=f"T{relation.now.turn}")),
        "",
        *block(f"“{relation.now.span}”"),
    ]
