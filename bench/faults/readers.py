"""Every reader of the program, called as the commands call it; what it raises is an AgentError, or a fault."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from agent.bookkeeping.claims import reckon
from agent.bookkeeping.documents import NoteHead, note_head, parse_documents, parse_state
from agent.bookkeeping.facts import gather
from agent.bookkeeping.progress_block import bars_proposal, block_proposal
from agent.bookkeeping.reading import Notes
from agent.context.report import Context, as_json, as_markdown
from agent.notes import evidence, research_todo_edits, working_memory
from agent.notes.article import archive_id, expansion_edits, parse_article, status_edits
from agent.notes.discussion import parse_discussion
from agent.notes.elements import missing_elements
from agent.notes.evidence import Talk
from agent.notes.generated import block_edit
from agent.notes.index_file import parse_index
from agent.notes.kinds import is_article
from agent.notes.links import bad_links
from agent.notes.question_list import parse_questions
from agent.notes.quotations import recorded_turns, unfounded
from agent.notes.record import parse_record
from agent.settings import Settings
from agent.socratic.aims.passages import Wanted, best, candidates
from agent.socratic.aims.target import targets_of_note, targets_of_questions, topic_of
from agent.standard.gate import judge
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.text.citation import citations
from agent.text.edits import apply, unified_diff
from agent.text.formulas import Compiler
from agent.text.mends import mended
from agent.text.outline import outline
from agent.text.terminal import printable
from agent.upkeep.macros import find_macros
from agent.upkeep.restore import restoring_edits
from agent.workspace.layout import recognise
from agent.workspace.standards import read_elements, read_standard

STANDARDS: Final = ("five-part/2025-11-24", "five-part/2026-01-05")
TODAY: Final = "2025-12-01"
SETTINGS: Final = Settings()

Reader = Callable[["Text"], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text at its place, and what stood there before it was broken (as git would have it)."""

    path: str
    text: str
    before: str


@cache
def standards() -> tuple[Standard, ...]:
    """Return the standards that travel with the program."""
    return tuple(read_standard(name) for name in STANDARDS)


@cache
def compiler() -> Compiler:
    """Return a compiler without macros."""
    return Compiler(MappingProxyType({}))


def front_matter(one: Text) -> None:
    """Read the front matter, set a line of it and drop one; only that line differs."""
    front = frontmatter.find(one.text)
    if front is None or front.problem:  # which no command edits
        return
    for edit in (frontmatter.set_value(one.text, "status", "completed"), frontmatter.drop_value(one.text, "title")):
        if edit:
            after = apply(one.text, [edit])
            assert one.text.startswith(after[: edit.start])  # noqa: S101 - a fault as any other
            assert after.endswith(one.text[edit.end :])  # noqa: S101 - same


def article(one: Text) -> None:
    """Parse an article, mark it, and put an expansion in."""
    if not is_article(one.path, one.text, SETTINGS.layout):
        return
    archive_id(one.text)
    parsed = parse_article(one.path, one.text, standards()[0], one.before)
    apply(one.text, status_edits(one.text, "pending"))
    apply(one.text, expansion_edits(parsed, standards()[0], "新的一段。\n", language="zh", today=TODAY))


def gate(one: Text) -> None:
    """Judge by every standard."""
    for standard in standards():
        judge(one.text, standard, compiler=compiler(), own=standard is standards()[0])


def gate_beside_earlier(one: Text) -> None:
    """Judge beside an earlier version."""
    judge(one.text, standards()[0], compiler=compiler(), earliest=one.before)


def restore(one: Text) -> None:
    """Bring back what an earlier version had, and show it as a diff."""
    after = apply(one.text, restoring_edits(one.text, one.before, standards()[0]))
    unified_diff(one.path, one.text, after)


def mends(one: Text) -> None:
    """Mend every formula, and read the citation line."""
    for formula in outline(one.text).formulas:
        mended(one.text, formula, compiler())
    list(citations(one.text))


def state(one: Text) -> None:
    """Read a document that says how the work stands."""
    parse_state(one.text)


def learning(one: Text) -> None:
    """Read discussions, records, indexes and quotations."""
    parse_discussion(one.text)
    parse_record(one.text)
    parse_index(one.path, one.text)
    parse_index("posts.json", one.text)
    turns = recorded_turns(one.text)
    list(unfounded(one.text, turns))


def questions(one: Text) -> None:
    """Read a question list, and make targets of it and of the headings."""
    found = parse_questions(one.path, one.text)
    if found:
        targets_of_questions(found, sources=[one.path])
        topic_of(found)
    targets_of_note(one.path, one.text, "zh")


def passages(one: Text) -> None:
    """Look for the passage that answers a question."""
    best(candidates(one.path, one.text), Wanted(question="为什么要除以根号？", answer=one.before[:200]))


def proposals(one: Text) -> None:
    """Propose what a session does to the three state documents."""
    path = "深度讨论/甲深度讨论.md"
    for edits in (
        working_memory.propose(one.text, topic="甲", path=path, insight="乙", date=TODAY),
        evidence.propose(one.text, Talk(note=path, date=TODAY, questions=("Q2",)), lecture="Lecture 01"),
        research_todo_edits.propose(one.text, topic="甲", items=["丙"], path=path, date=TODAY),
        (block_edit(one.text, "- 丁"),),
    ):
        apply(one.text, edits)


def reconcile(one: Text) -> None:
    """Compute facts and claims of a small workspace in which this text stands, and keep its block and bars up."""
    settings = SETTINGS
    texts = {**_others(), one.path: one.text}
    heads: Mapping[str, NoteHead] = {path: note_head(path, text, settings.layout) for path, text in texts.items()}
    documents = parse_documents(texts, settings.layout, {"list.txt": one.text, "list.json": one.text}, heads=heads)
    facts = gather(documents, Notes(texts=texts))
    reckoning = reckon(documents, facts)
    found = Context(
        workspace="notes",
        head="",
        today=TODAY,
        standard=STANDARDS[0],
        documents=documents,
        facts=facts,
        to_expand=(),
        discrepancies=reckoning.discrepancies,
        silent=(),
        accepted={},
        void=(),
        due=(),
        paused=None,
        waiting=0,
        equal=reckoning.equal,
        effort=None,
        problems=(),
    )
    for language in ("zh", "en"):
        as_markdown(found.summary(language))
        printable(json.dumps(as_json(found, language), ensure_ascii=False))
    block_proposal(one.path, one.text, facts, "zh")
    bars_proposal(one.path, one.text, facts, "zh")


def adopt(one: Text) -> None:
    """Recognise a workspace, and find macros."""
    recognise({**_others(), one.path: one.text})
    find_macros([one.text])


def links(one: Text) -> None:
    """Look for links that lead nowhere, and for missing elements."""
    list(bad_links(one.path, one.text, exists=lambda _: False, has_article=lambda _: False, read=lambda _: one.text))
    missing_elements(outline(one.text), read_elements(Path("/nowhere")))


def terminal(one: Text) -> None:
    """Make the text safe to print."""
    printable(one.text)


READERS: Final[tuple[Reader, ...]] = (
    front_matter,
    article,
    gate,
    gate_beside_earlier,
    restore,
    mends,
    state,
    learning,
    questions,
    passages,
    proposals,
    reconcile,
    adopt,
    links,
    terminal,
)


@cache
def _others() -> Mapping[str, str]:
    """Return a few small notes beside which the broken one stands."""
    return MappingProxyType(
        {
            "文章/一.md": "---\ntitle: 一\nstatus: pending\n---\n\n一。\n",
            "文章/二.md": "---\ntitle: 二\nstatus: completed\n---\n\n二。\n",
            "深度讨论/甲深度讨论.md": "# 甲\n\n**日期**: 2025-11-20\n\nQ1\n",
        }
    )
