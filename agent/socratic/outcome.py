"""What a session leaves in the workspace, as proposals: the document, and the documents that must know of it."""

import re
from collections.abc import Callable, Collection
from pathlib import PurePosixPath
from typing import Final

from agent.bookkeeping.proposals import Proposal, new_file
from agent.notes import progress, research_todo, working_memory
from agent.notes.progress import lecture_number
from agent.settings import Layout
from agent.socratic.compile import Compiled, todo_text
from agent.text.edits import Edit
from agent.text.naming import file_name, unique_name
from agent.words import say
from agent.workspace.store import Document

_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_INSIGHT_CHARACTERS: Final = 120


def document_path(compiled: Compiled, layout: Layout, taken: Collection[str]) -> str:
    """Return where the document goes: the workspace's name rule, unlike the names `taken` in that folder."""
    named = PurePosixPath(layout.discussion_name.format(topic=compiled.topic.replace("/", " ")))
    name = unique_name(file_name(named.stem, named.suffix or ".md"), taken)
    return f"{layout.discussions}/{name}" if layout.discussions else name


def proposals(
    compiled: Compiled, text: str, *, layout: Layout, taken: Collection[str], read: Callable[[str], Document | None]
) -> tuple[Proposal, ...]:
    """Return the new document, then the edits of working memory, progress and research TODO where they have a place.

    A session that was concluded before, its document still in place byte for byte, proposes nothing.
    """
    first = read(document_path(compiled, layout, ()))
    if first and first.text == text:
        return ()
    path = document_path(compiled, layout, taken)
    items = tuple(todo_text(todo, compiled.language) for todo in compiled.todos)
    topic, date = compiled.topic, compiled.date
    edits: dict[str, tuple[str, Callable[[str], tuple[Edit, ...]]]] = {
        "working-memory": (
            layout.working_memory,
            lambda before: working_memory.propose(
                before, topic=topic, path=path, insight=_insight(compiled), date=date
            ),
        ),
        "progress": (
            layout.progress,
            lambda before: (
                progress.propose(before, lecture=lecture, note=path, date=date)
                if (lecture := _lecture(compiled))
                else ()
            ),
        ),
        "research-todo": (
            layout.research_todo,
            lambda before: (
                research_todo.propose(before, topic=topic, items=items, path=path, date=date) if items else ()
            ),
        ),
    }
    found = [_edited(name, where, propose, compiled, read) for name, (where, propose) in edits.items()]
    why = say(compiled.language, "discussion.why.document")
    return (new_file(path, text, why), *(proposal for proposal in found if proposal))


def _edited(
    name: str,
    path: str,
    propose: Callable[[str], tuple[Edit, ...]],
    compiled: Compiled,
    read: Callable[[str], Document | None],
) -> Proposal | None:
    document = read(path) if path else None
    edits = propose(document.text) if document else ()
    if document is None or not edits:
        return None
    return Proposal(
        path=path,
        before=document.text,
        expected_sha256=document.sha256,
        edits=edits,
        why=say(compiled.language, f"discussion.why.{name}"),
    )


def _insight(compiled: Compiled) -> str:
    """Return the first sentence of what the learner came to: a judged insight, else the closing summary, else ""."""
    own = [*compiled.insights[:1], *([compiled.summary] if compiled.summary else [])]
    sentences = _SENTENCE.findall(own[0].text) if own else []
    return _shortened(str(sentences[0]).strip()) if sentences else ""


def _shortened(sentence: str) -> str:
    """Return the sentence, a long one cut before a word and marked as cut."""
    if len(sentence) <= _INSIGHT_CHARACTERS:
        return sentence
    cut = sentence[:_INSIGHT_CHARACTERS]
    return (cut.rsplit(" ", 1)[0] if " " in cut[_INSIGHT_CHARACTERS // 2 :] else cut) + "…"


def _lecture(compiled: Compiled) -> str:
    """Return the folder of the lecture that the session's questions come from, "" when there is none."""
    parts = (part for source in compiled.sources for part in PurePosixPath(source).parts)
    return next((part for part in parts if lecture_number(part)), "")
