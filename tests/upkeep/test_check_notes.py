"""Checking notes that are no articles, and the places and links of articles."""

import json
from pathlib import Path

import pytest
from articles_in_git import write
from passing_article import ORIGINAL, PASSING, standard

from agent.settings import Layout
from agent.text.formulas import Compiler
from agent.upkeep.check import CheckReport, check
from agent.upkeep.check_report import as_json, as_text
from agent.workspace.store import Store

LAYOUT = Layout()
WHOLE = "# 甲\n\n## 原始问题\n\n## 修正\n\n## 技术细节\n\n## 方法论\n\n## 实践指导\n"
OURS = """# 温度深度讨论

- **方式**: 苏格拉底式问答（会话 20261101-090000-0001）

## 从哪里出发

**【我说】** [T2](#t2)

> “怕溢出吧”

## 附：全文记录

<a id="t2"></a>[T2](#t2) **我** · 09:00

> 怕溢出吧
"""
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "cs336"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def checked(store: Store, *paths: str, strict: bool = False, layout: Layout = LAYOUT) -> CheckReport:
    return check(store, paths, standard=standard(), compiler=Compiler({}), layout=layout, language="zh", strict=strict)


def found(store: Store, path: str, *, strict: bool = False) -> list[tuple[str, str]]:
    report = checked(store, path, strict=strict)
    (findings,) = [note.findings for note in report.notes]
    return [(finding.rule, finding.severity) for finding in findings]


def test_a_discussion_with_all_elements_in_its_place_is_sound(store: Store) -> None:
    write(store, "深度讨论/甲深度讨论.md", WHOLE)
    assert found(store, "深度讨论/甲深度讨论.md") == []
    assert checked(store).summary["discussions"] == 1


def test_a_missing_element_is_a_warning_with_its_name_and_an_error_under_strict(store: Store) -> None:
    write(store, "深度讨论/甲深度讨论.md", WHOLE.replace("## 方法论\n\n", ""))
    assert found(store, "深度讨论/甲深度讨论.md") == [("element-missing", "warning")]
    report = checked(store)
    assert report.exit_code == 0
    assert report.notes[0].findings[0].wanted == "方法论提炼"
    assert checked(store, strict=True).exit_code == 1


def test_an_index_of_the_folder_is_no_discussion(store: Store) -> None:
    write(store, "深度讨论/README.md", "# 目录\n")
    assert found(store, "深度讨论/README.md") == []
    assert checked(store).summary["discussions"] == 0


@pytest.mark.parametrize(
    ("name", "fits"), [("甲深度讨论", True), ("甲深度讨论 (2)", True), ("甲详解", False), ("深度讨论", False)]
)
def test_a_discussion_is_named_by_the_rule(store: Store, name: str, *, fits: bool) -> None:
    write(store, f"深度讨论/{name}.md", WHOLE)
    assert found(store, f"深度讨论/{name}.md") == ([] if fits else [("name-rule", "warning")])


def test_a_discussion_and_an_article_outside_their_folders_are_named(store: Store) -> None:
    write(store, "深度讨论/README.md", "# 目录\n")
    write(store, "笔记/甲深度讨论.md", WHOLE)
    write(store, "笔记/会话.md", OURS)
    write(store, "文章/好.md", ORIGINAL)
    write(store, "散.md", PASSING.replace("archives/1001", "archives/1002"))
    report = checked(store)
    misplaced = {
        note.path: finding.wanted for note in report.notes for finding in note.findings if finding.rule == "place-rule"
    }
    assert misplaced == {"笔记/甲深度讨论.md": "深度讨论/", "笔记/会话.md": "深度讨论/"}
    (stray,) = (article for article in report.articles if article.path == "散.md")
    assert [(one.rule, one.severity) for one in stray.judgement.findings if one.rule == "place-rule"] == [
        ("place-rule", "warning")
    ]
    assert stray.judgement.passed


def test_nothing_is_misplaced_where_the_folder_does_not_exist(store: Store) -> None:
    write(store, "甲深度讨论.md", WHOLE)
    assert found(store, "甲深度讨论.md") == []


def test_a_lecture_folder_with_an_ordinal_of_one_digit_is_named_once(store: Store) -> None:
    for path in ("1-基础/01-注意力/甲.md", "1-基础/01-注意力/乙.md", "02-进阶/3-并行/丙.md", "丁.md"):
        write(store, f"学习笔记/{path}", "正文\n")

    def named(ordinals: str) -> list[tuple[str, str]]:
        report = checked(store, layout=Layout(ordinals=ordinals))
        return [(one.found, one.wanted) for note in report.notes for one in note.findings if one.rule == "name-rule"]

    assert named("01") == [("学习笔记/02-进阶/3-并行", "03-并行"), ("学习笔记/1-基础", "01-基础")]
    assert named("") == [("学习笔记/1-基础", "01-基础")]


def test_our_document_holds_against_its_own_record(store: Store) -> None:
    write(store, "深度讨论/温度深度讨论.md", OURS)
    rules = {rule for rule, _ in found(store, "深度讨论/温度深度讨论.md")}
    assert rules == {"element-missing"}
    write(store, "深度讨论/温度深度讨论.md", OURS.replace("“怕溢出吧”", "“怕溢出呀”"))
    assert ("quotation-unfounded", "error") in found(store, "深度讨论/温度深度讨论.md")
    assert checked(store).exit_code == 1


def test_elements_that_a_session_did_not_bring_are_only_notes(store: Store) -> None:
    write(store, "深度讨论/温度深度讨论.md", OURS)
    assert {severity for _, severity in found(store, "深度讨论/温度深度讨论.md", strict=True)} == {"note"}


def test_our_document_holds_against_the_journal_where_it_is(store: Store) -> None:
    write(store, "深度讨论/温度深度讨论.md", OURS)
    time = "2026-11-01T09:00:00+00:00"
    start = {"seq": 1, "time": time, "kind": "event", "event": "start"}
    turn = {"seq": 2, "time": time, "kind": "turn", "role": "learner", "text": "不怕溢出"}
    journal = ".wenqu/sessions/20261101-090000-0001/journal.jsonl"
    write(store, journal, f"{json.dumps(start)}\n{json.dumps(turn)}\n")
    assert ("quotation-unfounded", "error") in found(store, "深度讨论/温度深度讨论.md")
    write(store, journal, f"{json.dumps(start)}\n{json.dumps({**turn, 'text': '怕溢出吧'})}\n")
    assert ("quotation-unfounded", "error") not in found(store, "深度讨论/温度深度讨论.md")


def test_a_quotation_of_a_hand_written_document_must_stand_in_its_record(store: Store) -> None:
    text = (
        WHOLE
        + "\n【我说】“怕溢出”[T2]\n\n【我说】“从没说过的话”[T2]\n\n## 附：全文记录\n\n### T2\n\n**我**：是怕溢出。\n"
    )
    write(store, "深度讨论/甲深度讨论.md", text)
    report = checked(store, "深度讨论/甲深度讨论.md")
    assert [(one.rule, one.severity, one.found) for one in report.notes[0].findings] == [
        ("quotation-unfounded", "warning", "从没说过的话")
    ]


def test_what_a_document_of_ours_quotes_from_another_must_stand_in_the_record_of_that_one(store: Store) -> None:
    path, linked = "深度讨论/对比度深度讨论.md", "温度深度讨论.md#t2"
    write(store, "深度讨论/温度深度讨论.md", OURS)
    cited = f"## 与以往讨论的关系\n\n**深化** · 参见 [2026-11-01]({linked})：温度\n\n> “怕溢出吧”\n\n## 附"
    write(store, path, OURS.replace("## 附", cited))
    assert ("quotation-unfounded", "error") not in found(store, path)
    write(store, path, OURS.replace("## 附", cited.replace("怕溢出吧", "不怕溢出")))
    assert ("quotation-unfounded", "error") in found(store, path)


def test_a_quotation_of_a_foreign_document_is_looked_for_in_every_record(store: Store) -> None:
    write(store, "深度讨论/甲深度讨论.md", WHOLE + '\n**学员回答**: "怕溢出"\n\n**学员回答**: "从没说过的话"\n')
    write(store, "笔记/02-深度讨论记录.md", '# 记录\n\n**学员回答**: "是怕溢出"\n')
    assert found(store, "深度讨论/甲深度讨论.md") == [("quotation-unrecorded", "note")]
    assert found(store, "深度讨论/甲深度讨论.md", strict=True) == [("quotation-unrecorded", "note")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [("", "file-empty"), ("\ufeff \n", "file-empty"), ("\0---\ntitle: 甲\nstatus: pending\n---\n", "bad-character")],
)
def test_an_empty_file_and_a_damaged_one_are_found_out(store: Store, text: str, rule: str) -> None:
    write(store, "文章/甲.md", text)
    assert found(store, "文章/甲.md") == [(rule, "warning")]


def test_an_article_whose_front_matter_never_ends_is_an_article_still(store: Store) -> None:
    write(store, "文章/甲.md", "---\ntitle: 甲\nstatus: pending\n\n正文。\n")
    report = checked(store)
    assert (report.summary["articles"], report.summary["pending"]) == (1, 1)
    assert "front-matter-unclosed" in {one.rule for one in report.articles[0].judgement.findings}
    assert "---" in as_text(report, "zh")


def test_an_anchor_that_is_not_there_is_found_in_the_note_and_in_others(store: Store) -> None:
    write(store, "笔记/a.md", "# 甲\n\n[有](#甲) [没有](#乙) [有](b.md#丙-丁) [没有](b.md#戊)\n")
    write(store, "笔记/b.md", "# 丙 丁\n")
    assert found(store, "笔记/a.md") == [("anchor-missing", "warning")] * 2


def test_links_of_every_note_are_followed(store: Store) -> None:
    write(
        store, "笔记/a.md", "[有](../b.md) [没有](c.md) ![站](/usr/uploads/1.png) `/Users/x/y`\n\n```\n/home/x/y\n```\n"
    )
    write(store, "b.md", "# b\n")
    assert found(store, "笔记/a.md") == [
        ("link-broken", "warning"),
        ("link-broken", "note"),
        ("link-broken", "warning"),
        ("link-broken", "note"),
    ]


def test_a_broken_link_of_an_article_never_stops_it(store: Store) -> None:
    write(store, "文章/好.md", PASSING + "\n[没有](c.md) [本文](/archives/1001) [别处](/archives/7)\n")
    (article,) = checked(store).articles
    links = [(one.severity, one.found) for one in article.judgement.findings if one.rule == "link-broken"]
    assert links == [("warning", "c.md"), ("note", "/archives/7")]
    assert article.judgement.passed


def test_what_an_author_links_to_on_the_site_is_not_looked_for_here(store: Store) -> None:
    links = "\n[图](/usr/uploads/1.png) ![图](/usr/uploads/2.png) [别处](/archives/7) [没有](c.md)\n"
    above = PASSING.index("### 第1部分")
    write(store, "文章/好.md", PASSING[:above].replace("## 公式推导", f"{links}\n## 公式推导") + PASSING[above:])
    write(store, "文章/无.md", f"---\ntitle: 无\nstatus: pending\n---\n\n# 无\n{links}")
    for article in checked(store).articles:
        found = [one.found for one in article.judgement.findings if one.rule == "link-broken"]
        assert found == ["c.md"], article.path


def test_notes_stand_in_json_and_text_beside_the_articles(store: Store) -> None:
    write(store, "文章/好.md", PASSING)
    write(store, "深度讨论/甲深度讨论.md", WHOLE.replace("## 方法论\n\n", ""))
    write(store, "笔记.md", "# 笔记\n")
    report = checked(store)
    files = as_json(report, "en")["files"]
    assert isinstance(files, list)
    assert {one["path"]: one["kind"] for one in files} == {
        "文章/好.md": "article",
        "深度讨论/甲深度讨论.md": "discussion",
        "笔记.md": "note",
    }
    (finding,) = next(one["findings"] for one in files if one["kind"] == "discussion")
    assert (finding["rule"], finding["found"]) == ("element-missing", "method")
    assert finding["message"]
    for language in ("zh", "en"):
        text = as_text(report, language)  # type: ignore[arg-type]
        assert "element-missing" in text
        assert "笔记.md" not in text
    assert "笔记.md" in as_text(checked(store, "笔记.md"), "zh")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_adopted_notes_of_a_real_learner_never_fail_a_check() -> None:
    report = checked(Store(CORPUS), layout=Layout(articles=""))
    assert report.exit_code == 0
    assert report.summary["discussions"] > 10
    rules = {finding.rule for note in report.notes for finding in note.findings}
    assert rules == {"element-missing", "name-rule", "link-broken", "quotation-unrecorded"}
    machine = [f for note in report.notes for f in note.findings if f.rule == "link-broken" and f.severity == "warning"]
    assert len(machine) == 3


def test_wikilinks_are_links_only_where_one_of_them_leads_to_a_note(store: Store) -> None:
    write(store, "笔记/乙.md", "# 乙\n\n[[没有这一篇]]，矩阵 [[1, 2]]。\n")
    assert found(store, "笔记/乙.md") == []
    write(store, "笔记/丙.md", "# 丙\n\n见 [[乙|那一篇]]。\n")
    assert found(store, "笔记/乙.md") == [("link-broken", "warning")] * 2
    assert found(store, "笔记/丙.md") == []
    write(store, "笔记/丙.md", "# 丙\n\n见 [[乙#没有的节]]。\n")
    assert found(store, "笔记/丙.md", strict=True) == [("anchor-missing", "error")]
