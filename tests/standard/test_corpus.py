"""The gate against an independent count of real articles, read in place; skipped where they are absent."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from passing_article import standard

from agent.notes.article import status_edits
from agent.notes.kinds import is_article
from agent.settings import Layout
from agent.standard.findings import COMPLETED, PENDING, Judgement
from agent.standard.gate import judge
from agent.text import frontmatter
from agent.text.edits import apply
from agent.text.formulas import Compiler
from agent.text.outline import outline

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
ARTICLES = sorted((CORPUS / "articles").glob("*.md"))
pytestmark = pytest.mark.skipif(not ARTICLES, reason="the real articles are not here")
COMPILER = Compiler({})
# ours → (column, what the standard asks for)
COUNTS = {
    "3.analogies": ("p3_analogies", 2),
    "4.flaws": ("p4_flaws", 3),
    "4.optimisations": ("p4_opts", 3),
    "4.tables": ("p4_tables", 1),
    "5.directions": ("p5_dirs", 3),
}
each = pytest.mark.parametrize("path", ARTICLES, ids=[str(number) for number in range(len(ARTICLES))])


@cache
def text_of(path: Path) -> str:
    return path.read_bytes().decode()


@cache
def judged(path: Path) -> Judgement:
    return judge(text_of(path), standard(), compiler=COMPILER)


@cache
def rows() -> Mapping[str, Mapping[str, str]]:
    with (CORPUS / "measured.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def test_every_measured_article_is_here() -> None:
    assert {path.name for path in ARTICLES} == set(rows())


@each
def test_the_measures_of_a_real_article_are_those_counted_independently(path: Path) -> None:
    row, verdict = rows()[path.name], judged(path)
    assert "".join(map(str, verdict.parts)) == row["part_order"]
    assert verdict.measures["2.lines"] == pytest.approx(float(row["l2_lines"] or 0), abs=2)
    assert verdict.measures["2.display_formulas"] == pytest.approx(float(row["l2_display"] or 0), abs=2)
    for name, (column, at_least) in COUNTS.items():
        assert (verdict.measures[name] >= at_least) == (float(row[column] or 0) >= at_least), name


@each
def test_counts_are_met_by_the_articles_that_meet_them(path: Path) -> None:
    assert judged(path).counts_met == (rows()[path.name]["meets_003_lenient"] == "1")


@each
def test_status_date_and_title_are_read_as_measured(path: Path) -> None:
    front, row = frontmatter.find(text_of(path)), rows()[path.name]
    assert front is not None
    assert is_article(path.name, text_of(path), Layout(articles="."))
    assert front.values["status"] == row["status"]
    if not front.problem:
        assert str(front.values.get("date") or "") == row["date"]
        assert str(front.values["title"]) == row["title"]


@each
def test_flipping_the_status_changes_one_line_and_flipping_it_back_restores_the_file(path: Path) -> None:
    text = text_of(path)
    status = rows()[path.name]["status"]
    other = PENDING if status == COMPLETED else COMPLETED
    flipped = apply(text, status_edits(text, other))
    differ = [(a, b) for a, b in zip(text.encode().split(b"\n"), flipped.encode().split(b"\n"), strict=True) if a != b]
    assert [(a.rstrip(b"\r"), b.rstrip(b"\r")) for a, b in differ] == [
        (f"status: {status}".encode(), f"status: {other}".encode())
    ]
    assert apply(flipped, status_edits(flipped, status)).encode() == path.read_bytes()


@each
def test_completing_with_the_standard_and_taking_it_back_restores_the_file(path: Path) -> None:
    text = text_of(path)
    status = rows()[path.name]["status"]
    marked = apply(text, status_edits(text, COMPLETED, standard=standard().id, today="2026-11-22", forced="试：#“一”"))
    assert len(marked.split("\n")) == len(text.split("\n")) + 3
    assert apply(marked, status_edits(marked, status)).encode() == path.read_bytes()


@each
def test_the_formulas_of_a_real_article_stand_where_their_spans_say(path: Path) -> None:
    text = text_of(path)
    shape = outline(text)
    at = 0
    for formula in shape.formulas:
        assert at <= formula.start < formula.end
        assert formula.source in text[formula.start : formula.end]
        at = formula.end


def test_nearly_all_real_formulas_compile() -> None:
    formulas = [formula for path in ARTICLES for formula in outline(text_of(path)).formulas]
    broken = sum(1 for _ in COMPILER.problems(formulas))
    assert broken <= 0.03 * len(formulas)
