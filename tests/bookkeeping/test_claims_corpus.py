"""Every claim of two real workspaces, as listed by hand; skipped where they are absent."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from agent.bookkeeping.claims import Reckoning, reckon
from agent.bookkeeping.documents import NoteHead, note_head, parse_documents
from agent.bookkeeping.facts import Facts, gather
from agent.bookkeeping.reading import Notes
from agent.settings import Layout

SHARED = Path(__file__).parents[2].parent / "shared"
CORPUS = SHARED / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real workspaces are not here")

ARTICLES = sorted((CORPUS / "articles").glob("*.md")) if CORPUS.is_dir() else []
LAYOUT = Layout(articles="blogs_raw", notes="", discussions="", progress="", research_todo="", working_memory="")
REPORT = "- 已完成：20篇\n- 待扩充：17篇\n- 总文章数：37篇\n"


def read(root: Path) -> dict[str, str]:
    return {file.relative_to(root).as_posix(): text_of(file) for file in sorted(root.rglob("*.md"))}


def text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def held(texts: dict[str, str], layout: Layout = LAYOUT, heads: dict[str, NoteHead] | None = None) -> Reckoning:
    documents = parse_documents(texts, layout, heads=heads)
    return reckon(documents, facts_of(texts, layout, heads))


def facts_of(texts: dict[str, str], layout: Layout = LAYOUT, heads: dict[str, NoteHead] | None = None) -> Facts:
    return gather(parse_documents(texts, layout, heads=heads), Notes(texts=texts, today="2025-11-24"))


def test_what_a_learners_documents_claim_wrongly_is_found_and_nothing_else() -> None:
    found = held(read(CORPUS / "cs336"), Layout(articles="")).discrepancies
    assert {(one.key, one.claim.path.rsplit("/", 1)[-1], one.claim.line): one.fact.value for one in found} == {
        ("lectures", "学习进度.md", 7): "2/17",
        ("finished", "AI助手工作记忆.md", 27): "0/17",
        ("finished", "学习进度.md", 252): "0/17",
        ("list-missing", "AI助手工作记忆.md", 98): "17",
        ("list-missing", "README.md", 24): "17",
        ("lecture-started", "README.md", 22): "4",
        ("stale", "AI助手工作记忆.md", 236): "2025-11-09",
        ("focus", "深度探索TODO.md", 635): next(one.fact.value for one in found if one.key == "focus"),
        ("contradiction-lecture-done", "AI助手工作记忆.md", 27): "0/17",
        ("tree", "AI助手工作记忆.md", 63): "7",
        ("naming", "AI助手工作记忆.md", 137): next(one.fact.value for one in found if one.key == "naming"),
        ("lecture-contradiction", "README.md", 13): "✅, ✅ 已完成, ✅ 6/6",
        ("numbered-names", "README.md", 203): "03-深度问答.md, 03-问题与解决.md",
        ("under-way", "学习进度.md", 253): "2/17",
        ("tasks-under", "学习进度.md", 15): "12/12",
        ("milestone", "学习进度.md", 264): "12/20",
        ("milestone", "学习进度.md", 265): "0/16",
        ("milestone", "学习进度.md", 266): "0/13",
        ("milestone", "学习进度.md", 267): "0/10",
        ("milestone", "学习进度.md", 269): "0/13",
        ("matrix", "深度探索TODO.md", 593): "15",
        ("to-be-created", "学习进度.md", 404): "11",
    }


def test_what_a_learners_documents_claim_rightly_is_known_to_be_so() -> None:
    equal = {(one.path, one.line, one.value) for one in held(read(CORPUS / "cs336"), Layout(articles="")).equal}
    assert {
        ("学习进度.md", 8, "0/12"),
        ("学习进度.md", 254, "15/17"),
        ("学习进度.md", 258, "1/6"),
        ("学习进度.md", 268, "0/9"),
        ("学习计划.md", 22, "✅ 已完成"),
        ("学习计划.md", 174, "24"),
        ("AI助手工作记忆.md", 44, "24"),
        ("深度探索TODO.md", 650, "Q10"),
    } <= equal


@cache
def annotated() -> dict[str, str]:
    texts = {f"blogs_raw/{file.name}": text_of(file) for file in ARTICLES}
    plan = next((SHARED / "seeds").glob("003*"))
    return texts | {"当前进度与执行计划.md": text_of(plan), "TODO.md": text_of(CORPUS / "blog_docs/TODO.md")}


def test_what_a_batch_plan_and_a_todo_claim_of_the_articles_is_found() -> None:
    found = held(annotated()).discrepancies
    assert Counter(one.key for one in found) == {
        "articles-done": 3,
        "articles-todo": 1,
        "batches-ticked": 1,
        "articles-total": 1,
        "bar": 5,
        "bar-overall": 1,
        "batch-files": 6,
        "contradiction-article-done": 1,
        "contradiction-article-total": 1,
        "list-dangling": 1,
        "ticked-ambiguous": 1,
    }
    done = {one.claim.where: (one.claim.value, one.fact.value) for one in found if one.key == "articles-done"}
    assert done == {
        "TODO.md:33": ("85/234", "20/37"),
        "当前进度与执行计划.md:4, 359": ("10/210", "20/37"),
        "当前进度与执行计划.md:13, 82": ("10", "20"),
    }


@cache
def heads() -> dict[str, NoteHead]:
    return {path: note_head(path, text, LAYOUT) for path, text in (annotated() | {"报告.md": REPORT}).items()}


@pytest.mark.parametrize("path", [f"blogs_raw/{file.name}" for file in ARTICLES])
def test_one_status_more_or_less_changes_every_count_by_one(path: str) -> None:
    texts = annotated() | {"报告.md": REPORT}
    new = "pending" if re.search(r"(?m)^status: completed", texts[path]) else "completed"
    texts[path] = re.sub(r"(?m)^status: \w+", f"status: {new}", texts[path], count=1)
    flipped = heads() | {path: note_head(path, texts[path], LAYOUT)}

    articles = facts_of(texts, heads=flipped).articles
    step = 1 if new == "completed" else -1
    assert (articles.files, articles.distinct) == (37, 35)
    assert (articles.completed, articles.pending) == (20 + step, 17 - step)
    reported = [one for one in held(texts, heads=flipped).discrepancies if one.claim.path == "报告.md"]
    told = {one.key: one.fact.value for one in reported if not one.key.startswith("contradiction")}
    assert told == {"articles-done": str(20 + step), "articles-todo": str(17 - step)}


@pytest.mark.parametrize("written", ['"{}"', "'{}'", "{}  # 核对过", "  {}  "])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_status_is_read_however_it_is_written(written: str, newline: str) -> None:
    texts = {f"blogs_raw/{file.name}": text_of(file).replace("\r\n", "\n") for file in ARTICLES}

    def spelled(match: re.Match[str]) -> str:
        return f"status: {written.format(match[1])}"

    other = {path: re.sub(r"(?m)^status: (\w+)$", spelled, text, count=1) for path, text in texts.items()}
    counted = facts_of({path: text.replace("\n", newline) for path, text in other.items()}).articles
    assert replace(counted, ticked=0) == replace(facts_of(texts).articles, ticked=0)
    assert (counted.completed, counted.pending) == (20, 17)
