"""Parses the notes of a workspace by what they are: articles, discussions, records, question lists, state documents."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from agent.notes.article import archive_id, forced_reason, has_text
from agent.notes.article_plan import ArticlePlan, parse_article_plan
from agent.notes.declared import Declared, current, declared
from agent.notes.discussion import Discussion, parse_discussion
from agent.notes.generated import without_block
from agent.notes.inbox import Inbox, parse_inbox
from agent.notes.index_file import IndexEntry, parse_index
from agent.notes.kinds import Kind, is_below, kind_of
from agent.notes.lines import Box, Line, boxes, visible_lines
from agent.notes.progress import Progress, lecture_of, parse_progress
from agent.notes.question_list import Question, parse_questions
from agent.notes.record import Record, parse_record
from agent.notes.research_todo import ResearchTodo, parse_research_todo
from agent.notes.stated import Stated, stated
from agent.notes.tree import Tree, trees
from agent.notes.working_memory import Listing, WorkingMemory, find_listings, parse_working_memory
from agent.settings import Layout
from agent.text import frontmatter
from agent.text.frontmatter import body_start
from agent.text.tokens import estimate_tokens, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """What an article's front matter says; `key` is the same for the files of one article.

    `forced` is the reason of one that was completed against the gate.
    One without text has headings at most.
    `spelled_title` and `spelled_name` (the file's) are what documents may call it, letters and digits alone.
    """

    path: str
    title: str
    status: str
    date: str
    expanded: str
    forced: str
    key: str
    characters: int
    tokens: int
    has_text: bool
    spelled_title: str
    spelled_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHead:
    """What kind of note a note is; `lecture` is the number of the lecture whose folder holds it, or 0.

    `broken` says that its front matter cannot be read.
    """

    kind: Kind
    lecture: int
    broken: bool = False
    article: ArticleHead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionList:
    """A question list; `lecture` is the number its folder or name gives, 0 when none."""

    path: str
    lecture: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDocument:
    """A document that says how far the work is: plans, progress, indexes; read by every parser that may fit.

    The block that the program writes is left out; `current` are the lines without a log's older entries.
    """

    lines: tuple[Line, ...]
    current: tuple[Line, ...]
    boxes: tuple[Box, ...]
    declared: tuple[Declared, ...]
    listings: tuple[Listing, ...]
    stated: tuple[Stated, ...]
    trees: tuple[Tree, ...]
    progress: Progress
    plan: ArticlePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """The workspace's notes as values; every mapping is by path.

    `places` are the paths of all notes, also of those that cannot be read, `names` the files' names alone.
    """

    layout: Layout
    texts: Mapping[str, str]
    places: frozenset[str]
    names: frozenset[str]
    articles: Mapping[str, ArticleHead]
    discussions: Mapping[str, Discussion]
    records: Mapping[str, Record]
    lists: Mapping[str, QuestionList]
    states: Mapping[str, StateDocument]
    lecture_notes: Mapping[str, int]
    indexes: Mapping[str, tuple[IndexEntry, ...]]
    index_texts: Mapping[str, str]
    memory: WorkingMemory | None
    todo: ResearchTodo | None
    inbox: Inbox | None = None

    @property
    def progress(self) -> Progress | None:
        """The learning progress, when the workspace has one."""
        state = self.states.get(self.layout.progress)
        return state.progress if state else None


def note_head(path: str, text: str, layout: Layout) -> NoteHead:
    """Return what a note is, and of an article what its front matter says."""
    kind = kind_of(path, text, layout)
    front = frontmatter.find(text)
    return NoteHead(
        kind=kind,
        lecture=lecture_of(path) if is_below(path, layout.notes) else 0,
        broken=bool(front and front.problem),
        article=_article_head(path, text) if kind == "article" else None,
    )


def parse_documents(
    texts: Mapping[str, str],
    layout: Layout,
    index_texts: Mapping[str, str] = MappingProxyType({}),
    *,
    heads: Mapping[str, NoteHead] | None = None,
    unreadable: Collection[str] = (),
) -> Documents:
    """Parse the notes; each is one of: article, discussion, record, question list, lecture note, state document.

    Every note in a lecture's folder counts as a note of that lecture, whatever else it is. `index_texts` are files
    that may be indexes; those without an entry are left out. `heads` are known already, or are read from the texts.
    Of the `unreadable` it is only known that they are there.
    """
    heads = {path: note_head(path, text, layout) for path, text in texts.items()} if heads is None else heads
    paths = defaultdict[Kind, list[str]](list)
    for path, head in heads.items():
        paths[head.kind].append(path)

    # Of articles and lecture notes the head is enough.
    def of(kind: Kind) -> dict[str, str]:
        return {path: texts[path] for path in paths[kind]}

    return Documents(
        layout=layout,
        texts=texts,
        places=frozenset([*texts, *unreadable]),
        names=frozenset([path.rpartition("/")[2] for path in (*texts, *unreadable)]),
        articles={path: article for path in paths["article"] if (article := heads[path].article)},
        discussions={path: parse_discussion(text) for path, text in of("discussion").items()},
        records={path: parse_record(text) for path, text in of("record").items()},
        lists=_lists(of("list")),
        states={path: parse_state(text) for path, text in of("state").items()},
        lecture_notes={path: head.lecture for path, head in heads.items() if head.lecture},
        indexes={path: entries for path, text in index_texts.items() if (entries := parse_index(path, text))},
        index_texts=index_texts,
        memory=parse_working_memory(texts[layout.working_memory]) if layout.working_memory in texts else None,
        todo=parse_research_todo(texts[layout.research_todo]) if layout.research_todo in texts else None,
        inbox=parse_inbox(texts[layout.inbox]) if layout.inbox in texts else None,
    )


def _lists(texts: Mapping[str, str]) -> dict[str, QuestionList]:
    """Return the question lists; a note that lists no question is none."""
    return {
        path: QuestionList(path=path, lecture=lecture_of(path), questions=questions)
        for path, text in texts.items()
        if (questions := parse_questions(path, text))
    }


def parse_state(text: str) -> StateDocument:
    """Read a document by every parser that may fit."""
    text = without_block(text)
    lines = visible_lines(text)
    plan = parse_article_plan(text)
    latest = current(lines)
    return StateDocument(
        lines=lines,
        current=latest,
        boxes=boxes(lines),
        declared=(*declared(latest), *plan.declared),
        listings=find_listings(lines),
        stated=tuple(stated(lines)),
        trees=trees(text),
        progress=parse_progress(text),
        plan=plan,
    )


def spelled(name: str) -> str:
    """Return a name by its letters and digits alone, cases and widths of characters made one."""
    return re.sub(r"[\W_]", "", fold(name))


def folder_of(path: str) -> str:
    """Return the folder of a path, "" at the top."""
    return path.rpartition("/")[0]


def _article_head(path: str, text: str) -> ArticleHead:
    """Return the head of an article, read without looking at the article itself."""
    front = frontmatter.find(text)
    values = front.values if front else {}
    value = {key: str(values.get(key) or "") for key in ("title", "date", "expanded")}
    number = archive_id(text)
    characters, tokens = len(text) - body_start(text), estimate_tokens(text)
    return ArticleHead(
        path=path,
        status=front.status if front else "",
        forced=forced_reason(front),
        key=number or path,
        characters=characters,
        tokens=tokens,
        has_text=has_text(text[body_start(text) :]),
        spelled_title=spelled(value["title"]),
        spelled_name=spelled(PurePosixPath(path).stem),
        **value,
    )
