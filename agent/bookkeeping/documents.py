"""Parses the notes of a workspace by what they are: articles, discussions, records, question lists, state documents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from agent.notes.article import archive_id
from agent.notes.article_plan import ArticlePlan, parse_article_plan
from agent.notes.declared import Declared, current, declared
from agent.notes.discussion import Discussion, parse_discussion
from agent.notes.generated import without_block
from agent.notes.index_file import IndexEntry, parse_index
from agent.notes.lines import Box, Line, boxes, visible_lines
from agent.notes.progress import Progress, lecture_number, parse_progress
from agent.notes.question_list import Question, parse_questions
from agent.notes.record import Record, is_record, parse_record
from agent.notes.research_todo import ResearchTodo, parse_research_todo
from agent.notes.working_memory import Listing, WorkingMemory, find_listings, parse_working_memory
from agent.settings import Layout
from agent.text import frontmatter
from agent.text.tokens import estimate_tokens, fold

_LIST: Final = re.compile(r"(?i)深度问答|\bquestions?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """What an article's front matter says; `key` is the same for the files of one article.

    `spelled_title` and `spelled_name` (the file's) are what documents may call it, letters and digits alone.
    """

    path: str
    title: str
    status: str
    date: str
    expanded: str
    key: str
    characters: int
    tokens: int
    spelled_title: str
    spelled_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHead:
    """What kind of note a note is; `lecture` is the number of the lecture whose folder holds it, or 0."""

    kind: str
    lecture: int
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

    path: str
    lines: tuple[Line, ...]
    current: tuple[Line, ...]
    boxes: tuple[Box, ...]
    declared: tuple[Declared, ...]
    listings: tuple[Listing, ...]
    progress: Progress
    plan: ArticlePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """The workspace's notes as values; every mapping is by path."""

    layout: Layout
    texts: Mapping[str, str]
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

    @property
    def progress(self) -> Progress | None:
        """The learning progress, when the workspace has one."""
        state = self.states.get(self.layout.progress)
        return state.progress if state else None


def note_head(path: str, text: str, layout: Layout) -> NoteHead:
    """Return what a note is: an article by its front matter, anything else by its place and name."""
    article = _article_head(path, text, layout)
    return NoteHead(
        kind="article" if article else _kind(path, layout),
        lecture=lecture_of(path) if _below(path, layout.notes) else 0,
        article=article,
    )


def parse_documents(
    texts: Mapping[str, str],
    layout: Layout,
    index_texts: Mapping[str, str] = MappingProxyType({}),
    *,
    heads: Mapping[str, NoteHead] | None = None,
) -> Documents:
    """Parse the notes; each is one of: article, discussion, record, question list, lecture note, state document.

    Every note in a lecture's folder counts as a note of that lecture, whatever else it is. `index_texts` are files
    that may be indexes; those without an entry are left out. `heads` are known already, or are read from the texts.
    """
    if heads is None:
        heads = {path: note_head(path, text, layout) for path, text in texts.items()}

    # Of articles and lecture notes the head is enough.
    read = [(path, head.kind) for path, head in heads.items() if head.kind not in {"article", "note"}]

    def of(kind: str) -> dict[str, str]:
        return {path: texts[path] for path, its in read if its == kind}

    lists = {
        path: QuestionList(path=path, lecture=lecture_of(path), questions=questions)
        for path, text in of("list").items()
        if (questions := parse_questions(path, text))
    }
    return Documents(
        layout=layout,
        texts=texts,
        articles={path: head.article for path, head in heads.items() if head.article},
        discussions={path: parse_discussion(text) for path, text in of("discussion").items()},
        records={path: parse_record(text) for path, text in of("record").items()},
        lists=lists,
        states={path: parse_state(path, text) for path, text in of("state").items()},
        lecture_notes={path: head.lecture for path, head in heads.items() if head.lecture},
        indexes={path: entries for path, text in index_texts.items() if (entries := parse_index(path, text))},
        index_texts=index_texts,
        memory=parse_working_memory(texts[layout.working_memory]) if layout.working_memory in texts else None,
        todo=parse_research_todo(texts[layout.research_todo]) if layout.research_todo in texts else None,
    )


def parse_state(path: str, text: str) -> StateDocument:
    """Read a document by every parser that may fit."""
    text = without_block(text)
    lines = visible_lines(text)
    plan = parse_article_plan(text)
    latest = current(lines)
    return StateDocument(
        path=path,
        lines=lines,
        current=latest,
        boxes=boxes(lines),
        declared=(*declared(latest), *plan.declared),
        listings=find_listings(lines),
        progress=parse_progress(text),
        plan=plan,
    )


def lecture_of(path: str) -> int:
    """Return the lecture's number in the innermost part of a path that has one, 0 when none does."""
    return next((number for part in reversed(path.split("/")) if (number := lecture_number(part))), 0)


def spelled(name: str) -> str:
    """Return a name by its letters and digits alone, cases and widths of characters made one."""
    return re.sub(r"[\W_]", "", fold(name))


def folder_of(path: str) -> str:
    """Return the folder of a path, "" at the top."""
    return path.rpartition("/")[0]


def _below(path: str, folder: str) -> bool:
    return bool(folder) and (folder == "." or path.startswith(f"{folder}/"))


def _kind(path: str, layout: Layout) -> str:
    name = path.rpartition("/")[2].rpartition(".")[0]
    if name.upper().startswith("README"):
        return "state"
    if _below(path, layout.discussions):
        return "discussion"
    if is_record(path):
        return "record"
    if _LIST.search(name):
        return "list"
    folders = {layout.notes, layout.articles} - {".", ""}
    return "note" if any(_below(path, folder) for folder in folders) else "state"


def _article_head(path: str, text: str, layout: Layout) -> ArticleHead | None:
    """Return the head of a note whose front matter has a status, read without looking at the article itself."""
    if "status" not in text or _below(path, layout.discussions) or _below(path, layout.notes):
        return None
    front = frontmatter.find(text)
    if front is None or "status" not in front.values:
        return None
    value = {key: str(front.values.get(key) or "") for key in ("title", "status", "date", "expanded")}
    number = archive_id(text)
    characters, tokens = len(text) - front.end, estimate_tokens(text)
    return ArticleHead(
        path=path,
        key=number or path,
        characters=characters,
        tokens=tokens,
        spelled_title=spelled(value["title"]),
        spelled_name=spelled(PurePosixPath(path).stem),
        **value,
    )
