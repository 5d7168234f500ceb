import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from passing_article import NAME, ORIGINAL, PASSING, standard

from agent.errors import NotAnArticle, NotUtf8, OutsideWorkspace, UnknownFile
from agent.settings import Layout
from agent.standard.findings import Finding
from agent.text.formulas import Compiler
from agent.upkeep.check import CheckReport, check
from agent.upkeep.check_report import as_json, as_text, finding_lines
from agent.words import Language, say
from agent.workspace.store import Store

BROKEN = PASSING.replace("### 第3部分", "### 又一部分", 1)
FORM = PASSING.replace('"theorem-box"', '"note-box"', 1)
OTHER = ORIGINAL.replace("archives/1001", "archives/1004")
NOTE = "# 不是文章\n\n正文。\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def put(store: Store, **files: str) -> None:
    for name, text in files.items():
        write(store, f"{name}.md", text)


def write(store: Store, path: str, text: str | bytes) -> None:
    place = store.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text if isinstance(text, bytes) else text.encode())


def checked(store: Store, *paths: str, strict: bool = False) -> CheckReport:
    return check(
        store, paths, standard=standard(), compiler=Compiler({}), layout=Layout(), language="zh", strict=strict
    )


def commit(store: Store) -> None:
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=一"]):
        subprocess.run(["git", "-C", str(store.root), *arguments], check=True, capture_output=True)


def names(report: CheckReport) -> Iterator[str]:
    return (article.path for article in report.articles)


def test_the_articles_of_a_workspace_are_judged_and_counted(store: Store) -> None:
    put(store, **{"文章/好": PASSING, "文章/坏": BROKEN, "待写": ORIGINAL, "笔记": NOTE})
    report = checked(store)
    assert sorted(names(report)) == ["待写.md", "文章/坏.md", "文章/好.md"]
    assert report.summary == {
        "files": 4,
        "articles": 3,
        "completed": 2,
        "pending": 1,
        "counts_met": 1,
        "passed": 1,
        "forced": 0,
        "completed_but_not_met": 1,
        "discussions": 0,
        "without_status": 0,
    }
    assert report.exit_code == 1


def test_strays_are_no_articles_though_they_carry_a_status(store: Store) -> None:
    for path in ("a.md.backup", "a.md.backup2", "a.backup.md", "a.txt", ".a.md", ".git/a.md", "a.wenqu-conflict.md"):
        write(store, path, BROKEN)
    (store.root / "目录.md").mkdir()
    report = checked(store)
    assert report.articles == report.problems == ()
    assert report.exit_code == 0


def test_pending_work_is_healthy_and_so_is_a_completed_article_with_faults_of_form(store: Store) -> None:
    put(store, 待写=ORIGINAL, 形=FORM)
    report = checked(store)
    assert report.exit_code == 0
    assert [article.judgement.passed for article in report.articles] == [False, False]


def test_under_strict_faults_of_form_are_errors(store: Store) -> None:
    put(store, 形=FORM, 好=PASSING)
    assert checked(store, "好.md", strict=True).exit_code == 0
    assert checked(store, "形.md", strict=True).exit_code == 1


def test_files_and_folders_can_be_asked_for_and_nothing_is_judged_twice(store: Store) -> None:
    put(store, **{"文章/好": PASSING, "文章/深/坏": BROKEN, "文章2/另": PASSING})
    assert list(names(checked(store, "文章"))) == ["文章/好.md", "文章/深/坏.md"]
    assert list(names(checked(store, "文章/好.md", "文章", "./文章/好.md"))) == ["文章/好.md", "文章/深/坏.md"]
    assert len(checked(store, ".").articles) == 3
    assert checked(store, "文章/好.md").exit_code == 0


def test_only_the_articles_asked_for_decide_the_exit_code(store: Store) -> None:
    put(store, 好=PASSING, 坏=BROKEN)
    assert checked(store, "好.md").exit_code == 0
    assert checked(store, "坏.md").exit_code == 1


def test_a_path_that_names_nothing_leaves_the_workspace_or_is_no_markdown_is_refused(store: Store) -> None:
    write(store, "a.md.backup", PASSING)
    with pytest.raises(UnknownFile):
        checked(store, "没有.md")
    with pytest.raises(OutsideWorkspace):
        checked(store, "../a.md")
    with pytest.raises(NotAnArticle):
        checked(store, "a.md.backup")


def test_a_file_that_is_not_utf8_is_a_problem_and_the_others_are_judged(store: Store) -> None:
    put(store, 好=PASSING, 坏=BROKEN)
    write(store, "旧.md", PASSING.encode("gb18030"))
    report = checked(store)
    assert list(names(report)) == ["坏.md", "好.md"]
    assert [type(problem) for problem in report.problems] == [NotUtf8]
    assert report.summary["files"] == 3
    assert checked(store, "好.md", "旧.md").exit_code == 1
    unreadable = as_json(report, "en")["files"]
    assert isinstance(unreadable, list)
    assert {key: unreadable[-1][key] for key in ("path", "kind")} == {"path": "旧.md", "kind": "unreadable"}
    assert "旧.md" in as_text(report, "zh")


def test_invalid_front_matter_stops_nothing_and_is_a_finding_with_its_line(store: Store) -> None:
    put(store, 坏头=PASSING.replace("title: logsumexp", 'title: "logsumexp"', 1), 别的=OTHER)
    report = checked(store)
    (bad,) = (article for article in report.articles if article.path == "坏头.md")
    assert [(finding.rule, finding.line) for finding in bad.judgement.findings] == [("front-matter-invalid", 2)]
    assert bad.judgement.status == "completed"
    assert report.exit_code == 0


def test_the_original_is_compared_with_its_first_version_in_git(store: Store) -> None:
    write(store, NAME, ORIGINAL)
    commit(store)
    write(store, NAME, PASSING)
    assert checked(store).articles[0].judgement.passed
    write(store, NAME, PASSING.replace("这个旋钮好用", "这个旋钮难用", 1))
    report = checked(store)
    assert report.articles[0].judgement.original == "altered"
    assert report.exit_code == 0
    start, end = PASSING.index("## 从一个函数说起"), PASSING.index("## 参考")
    write(store, NAME, PASSING[:start] + PASSING[end:])
    report = checked(store)
    assert report.articles[0].judgement.original == "damaged"
    assert report.exit_code == 1


def test_the_json_has_the_documented_shape(store: Store) -> None:
    put(store, 形=FORM)
    report = json.loads(json.dumps(as_json(checked(store), "zh"), ensure_ascii=False))
    assert list(report) == ["standard", "files", "summary"]
    assert report["standard"] == "five-part/2025-11-24"
    assert list(report["summary"]) == [
        *("files", "articles", "completed", "pending", "counts_met", "passed", "forced"),
        *("completed_but_not_met", "discussions", "without_status"),
    ]
    (article,) = report["files"]
    assert list(article) == [
        *("path", "kind", "status", "archive_id", "parts", "measures", "counts_met", "clean", "original", "forced"),
        *("passed", "findings"),
    ]
    assert {key: article[key] for key in ("path", "kind", "status", "archive_id", "parts")} == {
        "path": "形.md",
        "kind": "article",
        "status": "completed",
        "archive_id": "1001",
        "parts": [1, 2, 3, 4, 5],
    }
    assert (article["counts_met"], article["clean"], article["original"], article["passed"]) == (
        *(True, False, "intact"),
        False,
    )
    assert set(article["measures"]) >= {
        *("2.lines", "2.lines_nonblank", "2.display_formulas", "3.analogies", "4.flaws", "4.optimisations"),
        *("4.tables", "5.directions", "original_kept", "added_lines"),
    }
    (finding,) = article["findings"]
    line = FORM.count("\n", 0, FORM.index("### 第1部分")) + 1
    assert finding == {
        "rule": "box-missing",
        "severity": "warning",
        "line": line,
        "found": "",
        "wanted": '<div class="theorem-box">',
        "message": '这一部分缺少 <div class="theorem-box">。',
    }


def test_the_report_a_person_reads_shows_what_is_wrong_first_and_counts_the_rest(store: Store) -> None:
    put(store, 坏=BROKEN, 形=FORM, 待写=OTHER)
    for language in ("zh", "en"):
        text = as_text(checked(store), language)  # type: ignore[arg-type]
        assert text.index("坏.md") < text.index("形.md")
        assert "part-missing" in text
        assert "待写.md" not in text
    assert "待写.md" in as_text(checked(store, "待写.md"), "zh")


@pytest.mark.parametrize("title", ["乙", '"十字架"组合'])
def test_front_matter_that_cannot_be_read_is_shown_whatever_the_status(store: Store, title: str) -> None:
    put(store, 待写=OTHER, 好=PASSING)
    broken = f"---\ntitle: {title}\ntags: [一\nstatus: pending\n---\n\n正文\n"
    put(store, 坏=broken, 无=broken.replace("status", "  status"))
    report = checked(store)
    assert sorted(names(report)) == ["坏.md", "好.md", "待写.md"]
    text = as_text(report, "zh")
    assert "待写.md" not in text
    shown = [line.split()[0].rsplit(":", 1)[0] for line in text.split("\n") if "front-matter-invalid" in line]
    assert shown == ["坏.md", "无.md"]
    assert not report.exit_code


def test_what_the_program_expanded_and_nobody_has_read_is_counted_until_somebody_says_so(store: Store) -> None:
    written = PASSING.replace("status: completed\n", "status: completed\nexpanded: 2026-11-22\n", 1)
    assert "expanded: 2026-11-22" in written
    put(store, 甲=written, 乙=written.replace("expanded:", "read_by: 某人\nexpanded:", 1))
    assert "还没有人读过的 1 篇" in as_text(checked(store), "zh")
    assert "还没有人读过" not in as_text(checked(store, "乙.md"), "zh")


def test_of_an_article_without_parts_nobody_says_that_its_form_is_fine(store: Store) -> None:
    store.write("空称.md", PASSING[: PASSING.index("### 第1部分")], expected_sha256=None)
    text = as_text(checked(store, "空称.md"), "zh")
    assert "未通过（数量未达标；原文" in text
    assert "wenqu expand --failing --dry-run" in text


def test_the_form_is_not_called_fine_without_a_word_on_what_only_strict_looks_at(store: Store) -> None:
    odd = PASSING.rstrip() + "\n\n由式 (2.99) 可知。\n"
    store.write("引错.md", odd, expected_sha256=None)
    texts = [as_text(checked(store, "引错.md", strict=strict), "zh") for strict in (False, True)]
    assert ["形式无误，行文要加 --strict 才查" in text for text in texts] == [True, False]
    assert ["equation-unknown" in text for text in texts] == [False, True]
    store.write("引错.md", PASSING, expected_sha256=store.read("引错.md").sha256)
    assert "形式无误；" in as_text(checked(store, "引错.md", strict=True), "zh")


def test_a_workspace_without_notes_says_so(store: Store) -> None:
    assert as_text(checked(store), "zh") == say("zh", "upkeep.nothing-to-check")


def test_many_findings_are_cut_and_the_severest_come_first() -> None:
    findings = [
        Finding(rule="placeholder", severity=severity, line=line, found="x", wanted="")
        for line, severity in enumerate(["note", "warning", "error"] * 6, 1)
    ]
    lines = finding_lines("a.md", findings, "en", shown=12)
    assert len(lines) == 13
    assert [line.split(":")[1].split()[0] for line in lines[:7]] == ["3", "6", "9", "12", "15", "18", "2"]
    assert "6" in lines[-1]
    assert 'wenqu check "a.md"' in lines[-1]
    assert len(finding_lines("a.md", findings, "en")) == 18


def test_of_a_file_that_is_asked_for_alone_every_finding_is_shown(store: Store) -> None:
    put(store, 多=PASSING + "\n此处省略\n" * 20, 好=PASSING)
    alone, together = as_text(checked(store, "多.md"), "zh"), as_text(checked(store), "zh")
    assert alone.count("placeholder") == 20
    assert together.split("好.md:")[0].count("\n  多.md:") == 12
    assert 'wenqu check "多.md"' in together


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_completed_against_the_gate_is_named_with_its_reason(store: Store, language: Language) -> None:
    put(store, 坏=BROKEN.replace("\n---\n", '\nforced: "先发表"\n---\n', 1), 好=PASSING)
    put(store, 待=ORIGINAL.replace("\n---\n", '\nforced: "旧的理由"\n---\n', 1))
    report = checked(store)
    assert report.summary["forced"] == 1
    files = as_json(report, language)["files"]
    assert isinstance(files, list)
    assert {one["path"]: one["forced"] for one in files} == {"坏.md": "先发表", "好.md": None, "待.md": None}
    text = as_text(report, language)
    assert text.split("坏.md:")[0].count("先发表") == 1
    assert text.endswith("\n  坏.md (先发表)")
    assert "旧的理由" not in text


@pytest.mark.parametrize("status", ["Completed", '"completed "', "COMPLETED  "])
def test_a_status_is_read_whatever_its_case_its_quotes_and_the_blanks_around_it(store: Store, status: str) -> None:
    put(store, 好=PASSING.replace("status: completed", f"status: {status}", 1))
    report = checked(store, "好.md")
    assert (report.summary["completed"], report.summary["passed"]) == (1, 1)
    assert "status-unknown" not in as_text(report, "en")


def test_notes_of_the_articles_folder_without_a_status_are_counted_once_with_what_to_do(store: Store) -> None:
    put(store, **{"文章/一": NOTE, "文章/二": "---\ntitle: 二\n---\n\n正文。\n", "文章/README": NOTE, "笔记": NOTE})
    report = checked(store)
    assert report.without_status == ("文章/一.md", "文章/二.md")
    assert report.summary["without_status"] == 2
    text = as_text(report, "zh")
    assert text.count("没有 status") == 1
    assert "有 2 份笔记" in text
    assert "status: pending" in text
    assert report.exit_code == 0


@pytest.mark.parametrize("indent", ["", "\t"])
def test_front_matter_with_tabs_is_a_fault_of_the_article_that_it_heads(store: Store, indent: str) -> None:
    put(store, **{"文章/甲": f"---\n{indent}title: 甲\n\tdate: 2026-01-01\n{indent}status: pending\n---\n\n正文。\n"})
    report = checked(store)
    (article,) = report.articles
    assert article.judgement.status == "pending"
    assert "front-matter-invalid" in [finding.rule for finding in article.judgement.findings]
    assert report.without_status == ()


def test_the_parts_are_called_in_the_language_of_the_text_whatever_its_front_matter_says(store: Store) -> None:
    put(store, 数="---\ntitle: x\nslug: numbers\ndate: 2026-01-01\ntags: probability\nstatus: pending\n---\n\n数数。\n")
    assert "缺少“1 核心理论" in as_text(checked(store, "数.md"), "zh")
