"""What a session leaves in the workspace, as proposals: the document, and the documents that must know of it."""

import re
from collections.abc import Callable, Collection
from pathlib import PurePosixPath
from typing import Final

from agent.bookkeeping.proposals import Proposal, new_file
from agent.notes import progress, research_todo, working_memory
from agent.notes.progress import lecture_number
from agent.settings import Layout
from agent.socratic.compile import Compiled, todo_text, todos
from agent.socratic.topic import file_topic
from agent.socratic.values import SessionState
from agent.text.edits import Edit
from agent.text.naming import file_name, unique_name
from agent.text.tokens import talk_units
from agent.words import Language, say
from agent.workspace.store import Document

_SENTENCE: Final = re.compile(r".+?(?:[。！？!?]+|\.(?=\s|$)|$)")
_CLAUSE_END: Final = re.compile(r"[；;，,：:]|\s[–—-]\s")
_INSIGHT_CHARACTERS: Final = 200
_INSIGHT_UNITS: Final = 8
"""A shorter answer (in talk units) is none to remember."""


def document_path(compiled: Compiled, layout: Layout, taken: Collection[str]) -> str:
    """Return where the document goes: the workspace's name rule, unlike the names `taken` in that folder."""
    topic = file_topic(compiled.topic.replace("/", " "), layout.discussion_name)
    named = PurePosixPath(layout.discussion_name.replace("{topic}", topic))
    name = unique_name(file_name(named.stem, named.suffix or ".md"), taken)
    return f"{layout.discussions}/{name}" if layout.discussions else name


def proposals(
    compiled: Compiled, text: str, *, layout: Layout, taken: Collection[str], read: Callable[[str], Document | None]
) -> tuple[Proposal | None, tuple[Proposal, ...]]:
    """Return the new document, and the edits of working memory, progress and research TODO where they have a place.

    A session that was concluded before, its document still in place byte for byte, proposes nothing.
    """
    first = read(document_path(compiled, layout, ()))
    if first and first.text == text:
        return None, ()
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
                if compiled.discussed and (lecture := _lecture(compiled))
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
    found = [_edited(name, where, propose, compiled.language, read) for name, (where, propose) in edits.items()]
    why = say(compiled.language, "discussion.why.document")
    return new_file(path, text, why), tuple(proposal for proposal in found if proposal)


def parked(state: SessionState, *, layout: Layout, read: Callable[[str], Document | None]) -> tuple[Proposal, ...]:
    """Return what a session in which nothing was said leaves: the parked TODOs for the research TODO, or nothing."""
    items = tuple(todo_text(todo, state.language) for todo in todos(state, ()))

    def propose(before: str) -> tuple[Edit, ...]:
        return research_todo.propose(before, topic=state.topic, items=items, path="", date=state.clock[:10])

    found = _edited("research-todo", layout.research_todo, propose, state.language, read) if items else None
    return (found,) if found else ()


def _edited(
    name: str,
    path: str,
    propose: Callable[[str], tuple[Edit, ...]],
    language: Language,
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
        why=say(language, f"discussion.why.{name}"),
    )


def _insight(compiled: Compiled) -> str:
    """Return the first sentence of what the learner came to: a judged insight, else the closing summary, else ""."""
    own = [*compiled.insights, *([compiled.summary] if compiled.summary else [])]
    said = (" ".join(turn.text.split()) for turn in own)
    telling = next((text for text in said if talk_units(text) >= _INSIGHT_UNITS), "")
    sentences = [found.strip() for found in _SENTENCE.findall(telling)]
    return _shortened(next((one for one in sentences if talk_units(one) >= _INSIGHT_UNITS), telling))


def _shortened(sentence: str) -> str:
    """Return the sentence, of a very long one its beginning up to the last end of a clause."""
    if len(sentence) <= _INSIGHT_CHARACTERS:
        return sentence
    ends = [match.start() for match in _CLAUSE_END.finditer(sentence[:_INSIGHT_CHARACTERS])]
    whole = sentence[: ends[-1]] if ends else sentence[:_INSIGHT_CHARACTERS].rsplit(" ", 1)[0]
    return whole.rstrip()


def _lecture(compiled: Compiled) -> str:
    """Return the folder of the lecture that the session's questions come from, "" when there is none."""
    parts = (part for source in compiled.sources for part in PurePosixPath(source).parts)
    return next((part for part in parts if lecture_number(part)), "")
