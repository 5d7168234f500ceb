"""Mechanical repairs: proposed with proof, and what is no machine's business is left."""

from pathlib import Path

import pytest
from articles_in_git import commit, write
from passing_article import ORIGINAL, PASSING, standard

from agent.errors import UnknownFile
from agent.settings import Layout
from agent.standard.gate import judge
from agent.text import frontmatter
from agent.text.formulas import Compiler
from agent.upkeep.repair import Repairs, repair_formulas, repair_metadata
from agent.workspace.store import Store

PATH = "文章/温度.md"
FOOTER = "某人. (Feb. 08, 2025). 《{title} 》[Blog post]. Retrieved from <https://example.org/archives/{number}>\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def article(title: str = "温度的故事", date: str = "2025-02-08", cited: str = "温度的故事", number: int = 1001) -> str:
    return (
        f"---\ntitle: {title}\ndate: {date}\nsource: https://example.org/archives/1001\nstatus: pending\n---\n\n"
        f"正文。\n\n{FOOTER.format(title=cited, number=number)}"
    )


def metadata(store: Store, text: str) -> Repairs:
    write(store, PATH, text)
    return repair_metadata(store, [], "zh", layout=Layout())


def changed(found: Repairs, key: str) -> str:
    (proposal,) = found.proposals
    before, after = proposal.before.split("\n"), proposal.after.split("\n")
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    front = frontmatter.find(proposal.after)
    assert front is not None
    return str(front.values[key])


def test_an_empty_date_is_filled_from_the_citation(store: Store) -> None:
    found = metadata(store, article(date=""))
    assert changed(found, "date") == "2025-02-08"
    assert found.left == ()


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("温度的...", "温度的故事"),
        ("温度的…", "温度的故事"),
        ("为什么要加Short C...", "为什么要加Short Conv？"),
        ("温度...", "温度：一个旋钮的故事 # 之一"),
        ("关于...", "关于：[一] “引号”"),
        ('"A: ..."', "a: b"),
    ],
)
def test_a_cut_title_is_completed_and_reads_back_as_it_is_cited(store: Store, cut: str, whole: str) -> None:
    assert changed(metadata(store, article(title=cut, cited=whole)), "title") == whole


def test_a_complete_front_matter_gets_no_proposal(store: Store) -> None:
    found = metadata(store, article())
    assert (found.proposals, found.left) == ((), ())


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        (article(date="2025-02-09"), "date-conflict", 3),
        (article(title="别的故事"), "title-conflict", 2),
        (article(title="温度的故事续"), "title-conflict", 2),
        (article(date="", number=1002), "citation-conflict", 10),
    ],
)
def test_a_conflict_is_reported_and_never_applied(store: Store, text: str, rule: str, line: int) -> None:
    found = metadata(store, text)
    assert found.proposals == ()
    assert [(left.finding.rule, left.finding.line) for left in found.left] == [(rule, line)]
    for language in ("zh", "en"):
        assert found.left[0].finding.sentence(language)  # type: ignore[arg-type]


def test_a_date_with_a_time_of_day_is_no_conflict(store: Store) -> None:
    assert metadata(store, article(date="2025-02-08 12:30:00")).left == ()


@pytest.mark.parametrize("title", ['"十字架"组合计数', "甲: 乙", "\"a\" 与 'b'"])
def test_a_value_that_cannot_be_read_is_quoted_whole_on_its_line_alone(store: Store, title: str) -> None:
    found = metadata(store, article(title=title, cited=title))
    assert changed(found, "title") == title
    assert found.left == ()
    write(store, PATH, found.proposals[0].after)
    assert repair_metadata(store, [], "zh", layout=Layout()).proposals == ()


def test_the_front_matter_of_any_note_is_quoted(store: Store) -> None:
    write(store, "笔记.md", '---\ntitle: "十字架"组合\n---\n# 笔记\n\n' + FOOTER.format(title="x", number=1))
    (proposal,) = repair_metadata(store, [], "zh", layout=Layout()).proposals
    assert proposal.after.startswith("---\ntitle: '\"十字架\"组合'\n---\n# 笔记\n")


def test_front_matter_that_no_quotes_make_readable_is_left_to_the_user_and_named(store: Store) -> None:
    found = metadata(store, article(title='"甲" 乙', date="[2025"))
    assert [proposal.after for proposal in found.proposals] == [article(title="'\"甲\" 乙'", date="[2025")]
    assert [(left.finding.rule, left.finding.line) for left in found.left] == [("front-matter-invalid", 3)]


def test_plain_notes_and_strays_are_passed_over(store: Store) -> None:
    write(store, "笔记.md", "# 笔记\n\n" + FOOTER.format(title="x", number=1))
    write(store, "a.md.backup", article(date=""))
    assert repair_metadata(store, [], "zh", layout=Layout()).proposals == ()
    with pytest.raises(UnknownFile):
        repair_metadata(store, ["没有.md"], "zh", layout=Layout())


def formulas(store: Store, text: str) -> Repairs:
    write(store, PATH, text)
    return repair_formulas(store, [PATH], "zh", standard=standard(), compiler=Compiler({}), layout=Layout())


def test_broken_formulas_of_the_added_text_are_mended_and_the_original_is_left_alone(store: Store) -> None:
    original = ORIGINAL.replace("## 参考", "原文的 $\\text{a_b}$。\n\n## 参考")
    write(store, PATH, original)
    commit(store.root)
    text = (
        PASSING.replace("## 参考", "原文的 $\\text{a_b}$。\n\n## 参考") + "\n又 $\\text{batch_size}$，又 $a &lt; b$。\n"
    )
    found = formulas(store, text)
    (proposal,) = found.proposals
    assert proposal.after == text.replace("batch_size", "batch\\_size").replace("&lt;", "<")
    assert "2" in proposal.why
    assert formulas(store, proposal.after).proposals == ()


def test_a_command_that_nobody_declared_is_left_to_the_user(store: Store) -> None:
    found = formulas(store, PASSING + "\n又 $\\foo(x)$。\n")
    assert found.proposals == ()
    (left,) = found.left
    assert left.finding.rule == "formula-broken"
    assert "\\foo" in left.finding.sentence("zh")
    compiler = Compiler({"foo": "f"})
    declared = repair_formulas(store, [PATH], "zh", standard=standard(), compiler=compiler, layout=Layout())
    assert declared.left == ()


def test_repair_touches_and_names_only_the_formulas_that_check_calls_broken(store: Store) -> None:
    defined = "\n$\\newcommand{\\own}{x}\\own$ 又 $\\own$，又 $$y = 1 \\tag{9}$$，又 $a &lt; b$，又 $\\foo$。\n"
    text = PASSING + defined
    found = formulas(store, text)
    (proposal,) = found.proposals
    assert proposal.after == text.replace("&lt;", "<")
    checked = judge(text, standard(), compiler=Compiler({})).findings
    broken = {finding.found for finding in checked if finding.rule == "formula-broken"}
    assert broken == {"a &lt; b", "\\foo"}
    assert {left.finding.found for left in found.left} == {"\\foo"}


def test_a_broken_formula_of_the_author_is_named_and_not_touched(store: Store) -> None:
    found = formulas(store, article() + "\n$\\text{a_b}$\n")
    assert found.proposals == ()
    assert [left.finding.found for left in found.left] == ["\\text{a_b}"]
