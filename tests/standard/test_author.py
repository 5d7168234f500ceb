import pytest
from passing_article import PASSING, line_of, standard

from agent.standard.findings import Judgement
from agent.standard.gate import judge
from agent.text.formulas import Compiler

CITED = "某某. (Feb. 08, 2025). 《logsumexp与softmax的温度 》[Blog post]. Retrieved from <https://example.org/archives/1001>"


def front(title: str = "题目", date: str = "date: 2026-10-18\n") -> str:
    return f"---\ntitle: {title}\n{date}source: https://example.org/archives/1001\nstatus: pending\n---\n"


def judged(text: str) -> Judgement:
    return judge(text, standard(), compiler=Compiler({}))


@pytest.mark.parametrize(
    ("end", "is_cut"),
    [
        ('[[...]](https://example.org/archives/1001 "题目 (一)")', True),
        ("[…](https://example.org)", True),
        ("接下来要说的是，", True),
        ("证明如下：", True),
        ("这一段很长" + "，一直说下去" * 15, True),
        ("这一段很长" + "，一直说下去" * 15 + "。", False),
        ("没有句号的短句", False),
        ("- 条目没有句号" + "，很长很长" * 20, False),
        ("参考：\n- 一篇文章，" + "题目很长" * 20, False),
        ("$$\nx=y\n$$", False),
        ("@online{a,  \nyear={2025},  \n}", False),
        ("（完）", False),
        ("…", False),
        ("---", False),
    ],
)
def test_an_original_that_breaks_off_is_told_from_one_that_ends(end: str, *, is_cut: bool) -> None:
    for text in (
        PASSING.replace("\n---\n\n## 公式推导", f"\n{end}\n\n---\n\n## 公式推导", 1),
        f"{front()}\n正文。\n\n{end}\n",
    ):
        assert (judged(text).original == "truncated") == is_cut
        assert ("original-truncated" in {finding.rule for finding in judged(text).findings}) == is_cut


@pytest.mark.parametrize(
    ("line", "title", "wanted"),
    [
        (CITED, "logsumexp与softmax的温度", ""),
        (CITED, "LogSumExp与softmax", "logsumexp与softmax的温度"),
        (CITED, "logsumexp与softmax的温度…", ""),
        (CITED, "另一个题目", ""),
        (CITED, '""', ""),
        (CITED.replace("1001", "99"), "logsumexp与so...", ""),
        ("没有引用格式。", "logsumexp与so...", ""),
    ],
)
def test_a_title_is_cut_when_the_articles_own_citation_goes_on(line: str, title: str, wanted: str) -> None:
    text = f"{front(title)}\n正文。\n\n{line}\n"
    found = [finding.wanted for finding in judged(text).findings if finding.rule == "title-truncated"]
    assert found == [wanted] * bool(wanted)


@pytest.mark.parametrize(("line", "wanted"), [(CITED, "2025-02-08"), ("没有引用格式。", "YYYY-MM-DD")])
@pytest.mark.parametrize("date", ["date:\n", "date: \n", 'date: ""\n', ""])
def test_a_missing_date_is_offered_from_the_citation(line: str, wanted: str, date: str) -> None:
    text = f"{front(date=date)}\n正文。\n\n{line}\n"
    (finding,) = (finding for finding in judged(text).findings if finding.rule == "date-missing")
    assert finding.wanted == wanted
    assert finding.line == (line_of(text, "date:") if date else 1)


@pytest.mark.parametrize(
    ("recorded", "is_older"),
    [
        ("five-part/2025-06-01", True),
        ("five-part/2025-11-24", False),
        ("five-part/2026-01-05", False),
        ("another/2020-01-01", False),
        ("", False),
    ],
)
def test_an_article_completed_under_an_older_version_says_so(recorded: str, *, is_older: bool) -> None:
    verdict = judged(PASSING.replace("five-part/2025-11-24", recorded, 1))
    assert ("standard-older" in {finding.rule for finding in verdict.findings}) == is_older
    assert verdict.passed


def test_a_stub_is_found_in_an_expansion_without_a_heading_of_its_own() -> None:
    text = PASSING.replace("## 公式推导与注释\n", "", 1).replace("#### 1.2", "TODO: 添加详细的推导\n\n#### 1.2", 1)
    assert "stub-left" in {finding.rule for finding in judged(text).findings}


@pytest.mark.parametrize(("status", "known"), [("done", False), ("", False), ("2", False), ("Pending", True)])
def test_a_status_that_is_none_is_a_warning_that_names_its_line_and_those_that_are(status: str, *, known: bool) -> None:
    found = [one for one in judged(front().replace("pending", status)).findings if one.rule == "status-unknown"]
    assert bool(found) != known
    for one in found:
        assert (one.line, one.found, one.wanted, one.severity) == (5, status, "completed, pending", "warning")
        assert "completed, pending" in one.sentence("zh")


def test_front_matter_that_cannot_be_read_shows_its_line_also_where_only_yaml_ends_one() -> None:
    text = "---\ntitle: 甲\u2028a: b\u2028c: d\u2028e: [f\nstatus: pending\n---\n正文\n"
    (found,) = [one for one in judged(text).findings if one.rule == "front-matter-invalid"]
    assert found.wanted == "bracket"
    assert found.found
