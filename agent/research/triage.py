"""What becomes of ideas: a topic or deep question of the research TODO, an entry to be read, or nothing; each once."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.proposals import Proposal, changed
from agent.errors import BadArgument
from agent.notes.deep_questions import deep_questions
from agent.notes.inbox import Idea, Inbox, Place, parse_inbox, without_links
from agent.notes.intake import direction_edits, mark_edit, question_edits, reading_edits
from agent.notes.lines import items, visible_lines
from agent.notes.research_todo import parse_research_todo
from agent.notes.research_todo_edits import language_of, version_edits
from agent.notes.research_topic import Topic
from agent.notes.roadmap import parse_roadmap
from agent.research.todo import board
from agent.research.todo_changes import added
from agent.settings import Layout
from agent.text.edits import apply, between
from agent.text.terminal import shortened
from agent.text.tokens import fold, overlap
from agent.text.wrapping import width
from agent.words import Language, Phrase, say
from agent.workspace import history
from agent.workspace.store import Document, Store

_WIDEST_TITLE: Final = 60
_SHORTEST_TITLE: Final = 12
_ENDS: Final = "，。；：？！,;:?!"
_SHARED: Final = 0.5
"""A question belongs to a topic when it shares half of the words of either with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ideas:
    """The page of ideas as it stands: `since` is the day by which each idea was there, by its id, "" if unknown."""

    document: Document
    inbox: Inbox
    since: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An idea and where it goes."""

    idea: Idea
    place: Place


def read_ideas(store: Store, layout: Layout, today: str) -> Ideas:
    """Return the page of ideas; raise BadArgument where the workspace has none, or where another document is it."""
    path = layout.inbox
    if not path or not store.inside(path).is_file():
        raise BadArgument(argument="inbox", reason=Phrase.of("inbox.none", path=path or "[layout] inbox"))
    if path in (layout.research_todo, layout.roadmap):
        raise BadArgument(argument="inbox", reason=Phrase.of("inbox.not-its-own", path=path))
    document = store.read(path)
    inbox = parse_inbox(document.text)
    first = history.earliest_version(store.root, path)
    began = first.time.date().isoformat() if first else ""
    days = history.line_dates(store.root, path)
    since = {one.id: min(_since(one, days, began), today) for one, _ in inbox.all}
    return Ideas(document=document, inbox=inbox, since=since)


def triaged(
    store: Store, layout: Layout, page: Document, moves: Sequence[Move], *, today: str, language: Language
) -> Proposal:
    """Return the change that puts each idea where it goes and marks it: all of it is made, or nothing.

    What stands there already, because an earlier change was cut short, is only marked. Raises BadArgument where the
    workspace has no document for it.
    """
    targets: dict[str, Document] = {}
    texts: dict[str, str] = {}
    marks = []
    for move in _outermost(moves):
        path = target(store, layout, move.place)
        if path:
            document = targets.setdefault(path, store.read(path))
            texts[path] = _taken(move, path, texts.get(path, document.text), today)
        marks.append(mark_edit(page.text, move.idea, move.place, path, today))
    why = say(language, "inbox.why", count=len(marks))
    also = [changed(one, edits, why) for path, one in targets.items() if (edits := between(one.text, texts[path]))]
    return Proposal(
        path=page.path,
        before=page.text,
        expected_sha256=page.sha256,
        edits=tuple(marks),
        why=why,
        also=tuple(also),
    )


def _since(idea: Idea, days: Sequence[str], began: str) -> str:
    """Return the day by which an idea was there: the end of its month, the change of its line, the page's first day."""
    month = ""
    if idea.month:
        year, number = map(int, idea.month.split("-"))
        month = f"{idea.month}-{monthrange(year, number)[1]}"
    at = idea.line.number - 1
    return min(filter(None, (month, (days[at] if at < len(days) else "") or began)), default="")


def _outermost(moves: Sequence[Move]) -> Iterator[Move]:
    """Yield each move once, without those of ideas that go along with the one they are nested in."""
    along = {below.id for move in moves for below in move.idea.below}
    yield from {move.idea.id: move for move in moves if move.idea.id not in along}.values()


def target(store: Store, layout: Layout, place: Place) -> str:
    """Return the document that takes an idea, "" for one that is dropped; raise BadArgument where there is none."""
    if place == "nothing":
        return ""
    candidates = (layout.roadmap, layout.research_todo) if place == "reading" else (layout.research_todo,)
    found = next((path for path in candidates if path and store.inside(path).is_file()), "")
    if not found:
        missing = layout.research_todo or "[layout] research_todo"
        raise BadArgument(argument=f"--to {place}", reason=Phrase.of("research.no-todo", path=missing))
    return found


def _taken(move: Move, path: str, text: str, today: str) -> str:
    """Return a document's text with the idea in it."""
    if move.place == "todo":
        return _with_topic(move.idea, path, text, today)
    for entry in move.idea.below or (move.idea,):
        text = _with_reading(entry.text, text) if move.place == "reading" else _with_question(entry.text, text)
    return apply(text, version_edits(parse_research_todo(text), today))


def _with_topic(idea: Idea, path: str, text: str, today: str) -> str:
    plain = without_links(idea.text) or idea.text
    title = _title(plain)
    if any(fold(one.title) == fold(title) for one in board(path, text).standings):
        return text
    text = apply(text, direction_edits(text, today))
    found = board(path, text)
    own = say(language_of(text), "inbox.doc-topics")
    direction = next(one for one in found.todo.directions if one.title == own)
    boxes = [*([idea.text] if title != idea.text else []), *(one.text for one in idea.below)]
    return apply(text, added(found, direction, title=title, items=boxes, level="medium", today=today))


def _with_reading(entry: str, text: str) -> str:
    known = {fold(said.removeprefix("[ ] ").removeprefix("[x] ")) for _, _, said in items(visible_lines(text))}
    known |= {fold(name) for paper in parse_roadmap(text).papers for name in paper.names}
    return text if fold(entry) in known else apply(text, reading_edits(text, entry))


def _with_question(question: str, text: str) -> str:
    if any(fold(one.text) == fold(question) for one in deep_questions(text)):
        return text
    return apply(text, question_edits(text, question, _topic_of(question, text)))


def _topic_of(question: str, text: str) -> Topic | None:
    """Return the topic that a question is about, the nearest of those that are not closed; None where none is near."""
    near = [
        (max(overlap(question, one.title), overlap(one.title, question)), -one.topic.line, one.topic)
        for one in board("", text).standings
        if one.state != "done"
    ]
    best = max(near, key=lambda found: found[:2], default=None)
    return best[2] if best and best[0] >= _SHARED else None


def _title(text: str) -> str:
    """Return what a topic is called: the idea itself, of a long one as many clauses as a heading holds."""
    if width(text) <= _WIDEST_TITLE:
        return text
    ends = [at for at, character in enumerate(text) if character in _ENDS and width(text[:at]) <= _WIDEST_TITLE]
    if ends and width(text[: ends[-1]]) >= _SHORTEST_TITLE:
        return text[: ends[-1]]
    return shortened(text, next(at for at in range(len(text), 0, -1) if width(text[:at]) <= _WIDEST_TITLE))
