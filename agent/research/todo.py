"""The research TODO as it stands: states, priority budget, rot, and where its matrix and its topics disagree."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from agent.errors import BadArgument
from agent.notes.lines import Box
from agent.notes.research_matrix import MatrixRow, rows_of_topics
from agent.notes.research_reviews import REVIEW_MARKS
from agent.notes.research_todo import (
    AFTER_DIRECTIONS,
    Direction,
    ResearchTodo,
    Source,
    declared_state,
    parse_research_todo,
)
from agent.notes.research_topic import Priority, Topic, TopicState, priority_of, topic_state
from agent.settings import MOST_URGENT
from agent.text.terminal import shortened
from agent.text.tokens import fold, overlap, shingles
from agent.words import Phrase

_NAMED: Final = 0.8
"""A note, discussion or session speaks of a topic when it holds so much of its words."""
_FLAME: Final = "🔥"
_STARS: Final = re.compile("[⭐★]")
_LEVELS: Final[tuple[Priority, ...]] = ("", "low", "medium", "high", "top")
_ID_LENGTH: Final = 4
_TITLE_LENGTH: Final = 44
_FOUND: Final = 0.5
_FOCUSED: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Something dated that may have touched a topic: a note, a discussion or a session, with its words."""

    date: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A topic as it stands; `id` keeps while the title does, `label` is direction and number, as 2.3.

    `source` says what declares the state. `created` is the direction's date, `touched` the last day on which git, a
    note, a discussion or a session shows work on it; "" when nothing does. `score` is the overall one of the matrix, 0
    without one. `focus` is its place in the current
    focus, from 1, 0 outside.
    """

    id: str
    label: str
    topic: Topic
    direction: str
    row: MatrixRow | None
    state: TopicState
    source: Source
    priority: Priority
    score: int
    done: int
    open: int
    created: str
    touched: str
    focus: int

    @property
    def title(self) -> str:
        """The topic's title."""
        return self.topic.title

    @property
    def name(self) -> str:
        """The short name that the matrix has for it, else its title."""
        return self.row.topic if self.row else self.title

    def idle_days(self, today: str) -> int | None:
        """Return for how many days nothing has touched it; None where no date is known, or one that is yet to come."""
        since = self.touched or self.created
        return (date.fromisoformat(today) - date.fromisoformat(since)).days if "" < since <= today else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Where the document contradicts itself; `key` names the sentence."""

    line: int
    key: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything that is known of a research TODO; `budget` is how many topics may have the top priority."""

    path: str
    text: str
    todo: ResearchTodo
    standings: tuple[Standing, ...]
    budget: int
    problems: tuple[Problem, ...]

    @property
    def top(self) -> tuple[Standing, ...]:
        """The unfinished topics with the top priority, the first to fall first.

        That is neither in focus nor begun, has the lowest score, and was untouched for longest.
        """
        found = [one for one in self.standings if one.priority == "top" and one.state != "done"]
        return tuple(
            sorted(found, key=lambda one: (one.focus > 0, one.state == "active", one.score, one.touched or one.created))
        )


def board(
    path: str, text: str, *, changed: Sequence[str] = (), traces: Sequence[Trace] = (), budget: int = MOST_URGENT
) -> Board:
    """Return a research TODO as it stands; `changed` are the days on which its lines changed, "" for never."""
    todo = parse_research_todo(text)
    rows = rows_of_topics(todo.topics, todo.matrix)
    notes = [Trace(date=one.date, text=one.text) for one in todo.notes if not one.text.startswith(REVIEW_MARKS)]
    known = [(one.date, shingles(one.text)) for one in (*traces, *notes)]
    ids = _ids(todo.topics)
    standings = tuple(
        _standing(todo, topic, rows.get(topic.line), ids[topic.line], changed, known) for topic in todo.topics
    )
    problems = sorted(_problems(todo, standings), key=lambda one: one.line)
    return Board(path=path, text=text, todo=todo, standings=standings, budget=budget, problems=tuple(problems))


def find(found: Board, words: str) -> Standing:
    """Return the topic that is named by its id, label, number, or words of its title or of its matrix row.

    Raises BadArgument where none fits, and where several do, with their ids.
    """
    if not words.strip():
        raise BadArgument(argument=Phrase.of("cli.word-topic"), reason=Phrase.of("research.needs-topic"))
    fitting = next((fits for fits in _fits(found.standings, fold(words)) if fits), [])
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise BadArgument(argument=words, reason=Phrase.of("research.unknown-topic"))
    raise BadArgument(argument=words, reason=Phrase.of("research.ambiguous", candidates=candidates(fitting)))


def free_box(found: Board, words: str) -> Box | None:
    """Return the open box outside all topics that holds the words, where no topic fits; None without one.

    Raises BadArgument where several do, with their lines.
    """
    if not words.strip() or any(_fits(found.standings, fold(words))):
        return None
    boxes = [box for group in found.todo.free for box in group.boxes if not box.done]
    fitting = [box for box in boxes if fold(words) in fold(box.text)]
    if len(fitting) > 1:
        listed = "".join(f"\n  {found.path}:{one.line.number}  {shortened(one.text, _TITLE_LENGTH)}" for one in fitting)
        raise BadArgument(argument=words, reason=Phrase.of("research.ambiguous-box", candidates=listed))
    return fitting[0] if fitting else None


def candidates(standings: Sequence[Standing]) -> str:
    """Return topics as an error lists them, each on a line of its own."""
    return "".join(f"\n  [{one.id}] {one.label} {shortened(one.title, _TITLE_LENGTH)}" for one in standings)


def _fits(standings: Sequence[Standing], words: str) -> Iterator[list[Standing]]:
    """Yield the topics that fit, the surest way of naming first."""
    yield [one for one in standings if words == one.id]
    yield [one for one in standings if words == one.label]
    yield [one for one in standings if words.rstrip(".、") == str(one.topic.number)]
    names = [(one, fold(one.title), fold(one.name)) for one in standings]
    yield [one for one, *titles in names if words in titles]
    yield [one for one, *titles in names if any(words in title for title in titles)]
    yield [one for one, *titles in names if any(all(word in title for word in words.split()) for title in titles)]
    shares = [(max(overlap(words, title) for title in titles), one) for one, *titles in names]
    best = max((share for share, _ in shares), default=0.0)
    yield [one for share, one in shares if share == best >= _FOUND]


def _ids(topics: Sequence[Topic]) -> Mapping[int, str]:
    """Return for each topic, by its line, an id made of its title, long enough to differ from the others'."""
    full = [sha256(fold(topic.title).encode()).hexdigest() for topic in topics]
    seen: dict[str, int] = {}
    for number, name in enumerate(full):
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            full[number] = sha256(f"{name}{seen[name]}".encode()).hexdigest()
    length = _ID_LENGTH
    while len({name[:length] for name in full}) < len(full):
        length += 1
    return {topic.line: name[:length] for topic, name in zip(topics, full, strict=True)}


def _standing(
    todo: ResearchTodo,
    topic: Topic,
    row: MatrixRow | None,
    name: str,
    changed: Sequence[str],
    traces: Sequence[tuple[str, frozenset[str]]],
) -> Standing:
    begun: TopicState = "active" if any(box.done for box in topic.boxes) else "planned"
    # Boxes close no topic: that takes a word, and evidence.
    state, source = declared_state(todo, topic, row) or (begun, "boxes")
    score = todo.cell(row, "score") if row else None
    around = [one for one in todo.directions if one.line < topic.line <= one.last.number]
    lines = [topic.line, *(line.number for line in topic.lines), *([row.line] if row else [])]
    days = [changed[number - 1] for number in lines if number <= len(changed)]
    names = {topic.title, row.topic if row else topic.title}
    ours = [shingles(one) for one in names]
    days += [day for day, theirs in traces if any(len(one & theirs) >= _NAMED * len(one) > 0 for one in ours)]
    return Standing(
        id=name,
        label=f"{topic.direction}.{topic.number}",
        topic=topic,
        direction=around[0].title if around else "",
        row=row,
        state=state,
        source=source,
        priority=priority_of(topic.priority.value) if topic.priority else "",
        score=score.text.count(_FLAME) if score else 0,
        done=sum(box.done for box in topic.boxes),
        open=sum(not box.done for box in topic.boxes),
        created=min((one.created for one in around if one.created), default=""),
        touched=max(days, default=""),
        focus=_focus(todo, names),
    )


def _focus(todo: ResearchTodo, names: Collection[str]) -> int:
    """Return the place of the field of the current focus that names a topic, from 1; 0 where none does."""
    for place, field in enumerate(todo.focus, 1):
        if any(max(overlap(name, field.value), overlap(field.value, name)) >= _FOCUSED for name in names):
            return place
    return 0


def _problems(todo: ResearchTodo, standings: Sequence[Standing]) -> Iterator[Problem]:
    rows = {one.row.line for one in standings if one.row}
    for one in standings if todo.matrix else ():
        if one.row is None:
            yield Problem(line=one.topic.line, key="row-missing", facts={"title": one.title})
    for row in todo.matrix if standings else ():
        if row.line not in rows:
            yield Problem(line=row.line, key="topic-missing", facts={"name": row.topic})
    for one in standings:
        yield from _state_problems(todo, one)
    yield from _score_problems(standings)


def _state_problems(todo: ResearchTodo, one: Standing) -> Iterator[Problem]:
    """Yield where row, boxes or results say otherwise than the state."""
    cell = todo.cell(one.row, "state") if one.row else None
    listed = topic_state(cell.text) if cell else None
    named = {"title": one.title, "state": Phrase.of(f"research.state-{one.state}")}
    if one.row and listed and listed != one.state:
        other = Phrase.of(f"research.state-{listed}")
        yield Problem(line=one.row.line, key="state-differs", facts={**named, "other": other})
    if one.row and cell and cell.text and listed is None:
        yield Problem(line=one.row.line, key="state-unknown", facts={**named, "other": cell.text})
    counts = {"done": one.done, "total": one.done + one.open}
    if one.state != "done" and one.done and not one.open:
        yield Problem(line=one.topic.line, key="boxes-all", facts={**named, **counts})
    elif one.state == "planned" and one.done:
        yield Problem(line=one.topic.line, key="boxes-begun", facts={**named, **counts})
    if one.state == "done" and one.focus:
        yield Problem(line=todo.focus[one.focus - 1].line, key="focus-done", facts=named)
    if one.state == "done" and one.topic.results is None:
        yield Problem(line=one.topic.line, key="done-without-results", facts=named)


def _score_problems(standings: Sequence[Standing]) -> Iterator[Problem]:
    """Yield rows with the same marks as another and a lower score, and topics scored below one of lower priority."""
    rated: dict[tuple[int, ...], list[Standing]] = {}
    for one in standings:
        if one.row and one.score:
            rated.setdefault(_marks(one.row), []).append(one)
    for marks, alike in rated.items():
        low, high = (pick(alike, key=lambda one: one.score) for pick in (min, max))
        if marks and low.row and high.row and low.score < high.score:
            facts = {"name": low.name, "score": low.score, "other": high.name, "more": high.score}
            yield Problem(line=low.row.line, key="score-differs", facts={**facts, "where": high.row.line})
    for one in standings:
        lower = [other.score for other in standings if _LEVELS.index(other.priority) < _LEVELS.index(one.priority)]
        best = max(lower, default=0)
        if one.row and 0 < one.score < best:
            facts = {"name": one.name, "score": one.score, "best": best}
            yield Problem(line=one.row.line, key="score-order", facts=facts)


def _marks(row: MatrixRow | None) -> tuple[int, ...]:
    """Return the stars of a row, cell by cell; () for a row without any."""
    counts = tuple(len(_STARS.findall(cell.text)) for cell in row.cells[1:]) if row else ()
    return counts if any(counts) else ()


def depth(box: Box) -> int:
    """Return how far a box is indented, in columns."""
    lead = box.line.text[: len(box.line.text) - len(box.line.text.lstrip(" \t>"))]
    return len(lead.expandtabs(4))


def direction_named(found: Board, words: str) -> Direction:
    """Return the direction for a new topic: by words of its title, else the only one that holds topics.

    Raises BadArgument where none or several fit, with their titles.
    """
    directions = found.todo.directions
    holding = [one for one in directions if one.topics]
    offered = holding or [one for one in directions if not re.search(AFTER_DIRECTIONS, one.title, re.IGNORECASE)]
    if not offered:
        raise BadArgument(argument="--under", reason=Phrase.of("research.no-direction"))
    among = directions if words else offered
    fitting = [one for one in among if all(word in fold(one.title) for word in fold(words).split())]
    if len(fitting) == 1:
        return fitting[0]
    which = Phrase.of("research.which-direction", candidates=" · ".join(one.title for one in fitting or offered))
    raise BadArgument(argument=f"--under {words}".strip(), reason=which)
