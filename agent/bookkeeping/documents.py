"""Parses the notes of a workspace by what they are: articles, discussions, records, question lists, state documents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from agent.notes.article import archive_id
from agent.notes.article_plan import ArticlePlan, parse_article_plan
from agent.notes.declared import Declared, declared
from agent.notes.discussion import Discussion, parse_discussion
from agent.notes.lines import Box, Line, boxes, visible_lines
from agent.notes.progress import Progress, lecture_number, parse_progress
from agent.notes.question_list import Question, parse_questions
from agent.notes.record import Record, is_record, parse_record
from agent.notes.research_todo import ResearchTodo, parse_research_todo
from agent.notes.working_memory import Listing, WorkingMemory, find_listing, parse_working_memory
from agent.settings import Layout
from agent.text import frontmatter

_LIST: Final = re.compile(r"(?i)深度问答|\bquestions?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """What an article's front matter says; `key` is the same for the files of one article."""

    path: str
    title: str
    status: str
    date: str
    expanded: str
    key: str
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionList:
    """A question list; `lecture` is the number its folder or name gives, 0 when none."""

    path: str
    lecture: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDocument:
    """A document that says how far the work is: plans, progress, indexes; read by every parser that may fit."""

    path: str
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    declared: tuple[Declared, ...]
    listing: Listing | None
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
    memory: WorkingMemory | None
    todo: ResearchTodo | None

    @property
    def progress(self) -> Progress | None:
        """The learning progress, when the workspace has one."""
        state = self.states.get(self.layout.progress)
        return state.progress if state else None


def parse_documents(texts: Mapping[str, str], layout: Layout) -> Documents:
    """Parse the notes; each is one of: article, discussion, record, question list, lecture note, state document.

    Every note in a lecture's folder counts as a note of that lecture, whatever else it is.
    """
    articles = {path: head for path, text in texts.items() if (head := _article_head(path, text, layout))}
    kinds = {path: "article" if path in articles else _kind(path, layout) for path in texts}

    def of(kind: str) -> dict[str, str]:
        return {path: texts[path] for path, its in kinds.items() if its == kind}

    lists = {
        path: QuestionList(path=path, lecture=lecture_of(path), questions=questions)
        for path, text in of("list").items()
        if (questions := parse_questions(path, text))
    }
    return Documents(
        layout=layout,
        texts=texts,
        articles=articles,
        discussions={path: parse_discussion(text) for path, text in of("discussion").items()},
        records={path: parse_record(text) for path, text in of("record").items()},
        lists=lists,
        states={path: _state(path, text) for path, text in of("state").items()},
        lecture_notes={path: number for path in texts if _below(path, layout.notes) and (number := lecture_of(path))},
        memory=parse_working_memory(texts[layout.working_memory]) if layout.working_memory in texts else None,
        todo=parse_research_todo(texts[layout.research_todo]) if layout.research_todo in texts else None,
    )


def lecture_of(path: str) -> int:
    """Return the lecture's number in the innermost part of a path that has one, 0 when none does."""
    return next((number for part in reversed(PurePosixPath(path).parts) if (number := lecture_number(part))), 0)


def folder_of(path: str) -> str:
    """Return the folder of a path, "" at the top."""
    return path.rpartition("/")[0]


def _below(path: str, folder: str) -> bool:
    return bool(folder) and (folder == "." or path.startswith(f"{folder}/"))


def _kind(path: str, layout: Layout) -> str:
    name = PurePosixPath(path).stem
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
    front = frontmatter.find(text)
    if front is None or "status" not in front.values:
        return None
    if _below(path, layout.discussions) or _below(path, layout.notes):
        return None
    value = {key: str(front.values.get(key) or "") for key in ("title", "status", "date", "expanded")}
    number = archive_id(text)
    return ArticleHead(path=path, key=number or path, characters=len(text) - front.end, **value)


def _state(path: str, text: str) -> StateDocument:
    lines = visible_lines(text)
    return StateDocument(
        path=path,
        lines=lines,
        boxes=boxes(lines),
        declared=declared(lines),
        listing=find_listing(lines),
        progress=parse_progress(text),
        plan=parse_article_plan(text),
    )
