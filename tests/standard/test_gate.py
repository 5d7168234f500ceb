"""Planted defects: each rule is broken alone in an article that passes, and only it is found, where it was broken."""

import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from passing_article import EXPANSION, ORIGINAL, PARTS, PASSING, expanded, line_of, standard

from agent.standard.findings import Judgement
from agent.standard.gate import judge
from agent.text.formulas import Compiler
from agent.text.outline import outline
from agent.words.gate import SENTENCES

COMPILER = Compiler({})
STUB = "TODO: 添加详细的数学公式推导和注释"
CORE = {
    *("part-missing", "part-duplicate", "pasted-twice", "too-few-formulas", "too-few-lines", "too-few-analogies"),
    *("too-few-flaws", "too-few-optimisations", "table-missing", "too-few-directions"),
}
ORIGINAL_RULES = {"original-altered", "original-lost"}
Plant = tuple[str, str, str]


def judged(text: str, **options: object) -> Judgement:
    return judge(text, standard(), compiler=COMPILER, **options)  # type: ignore[arg-type]


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def few_formulas() -> str:
    """Part 2 with its displays put inline, all but nineteen."""
    count = 0

    def inline(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return match[0] if count <= 19 else "（此式从略写起）"[:0] + "式中各量如前。"

    return re.sub(r"(?s)\$\$\n.*?\n\$\$", inline, PARTS[2])


def few_lines() -> str:
    """Part 2 without blank lines, each display on one line."""
    return re.sub(r"\n\n+", "\n", re.sub(r"(?s)\$\$\n(.*?)\n\$\$", lambda m: f"$${' '.join(m[1].split())}$$", PARTS[2]))


def with_part(number: int, text: str) -> str:
    return expanded(expansion="\n\n".join((PARTS | {number: text})[n].strip() for n in range(1, 6)))


def in_order(*numbers: int) -> str:
    return expanded(expansion="\n\n".join(PARTS[n].strip() for n in numbers))


def behind(marker: str, addition: str) -> str:
    """The passing article with a paragraph behind the paragraph that begins with `marker`."""
    at = PASSING.index("\n\n", PASSING.index(marker))
    return f"{PASSING[:at]}\n\n{addition}{PASSING[at:]}"


HEADING = {number: part.split("\n", 1)[0] for number, part in PARTS.items()}
COPIED = "这个旋钮好用，以致很少有人问它转动的究竟是什么"
LONG_COPIED = "本文想说明，温度背后站着一个函数，它叫 logsumexp；看懂了它，温度的种种行为就都有了来历"
TABLE_RULE = next(line for line in PARTS[4].split("\n") if re.fullmatch(r"\|(?:---\|)+", line))

# rule → (the article with the defect, a text on the line where the finding must stand)
PLANTED: Mapping[str, Callable[[], tuple[str, str]]] = {
    "part-missing": lambda: (replaced(PASSING, HEADING[3], "### 换个眼光看"), "## 公式推导与注释"),
    "part-duplicate": lambda: (PASSING + "\n### 第5部分：展望（再谈）\n\n再说几句。\n", "### 第5部分：展望（再谈）"),
    "pasted-twice": lambda: (
        with_part(2, PARTS[2] + "\n再推一遍。\n" + PARTS[2].split("\n", 1)[1].replace("以下 ", "记 ", 1)),
        "",
    ),
    "too-few-formulas": lambda: (with_part(2, few_formulas()), HEADING[2]),
    "too-few-lines": lambda: (with_part(2, few_lines()), HEADING[2]),
    "too-few-analogies": lambda: (replaced(PASSING, "**类比2：", "**再打个比方："), HEADING[3]),
    "too-few-flaws": lambda: (replaced(PASSING, "**缺陷3：", "**还有一处："), HEADING[4]),
    "too-few-optimisations": lambda: (replaced(PASSING, "**优化3：", "**还有一法："), HEADING[4]),
    "table-missing": lambda: (replaced(PASSING, TABLE_RULE + "\n", ""), HEADING[4]),
    "too-few-directions": lambda: (replaced(PASSING, "**方向3：", "**还有一问："), HEADING[5]),
    "part-order": lambda: (in_order(1, 2, 4, 3, 5), HEADING[1]),
    "stub-left": lambda: (behind("logsumexp 有两个源头", STUB), STUB),
    "formula-broken": lambda: (behind("神经网络在上世纪", "$$\n\\frac{1}{\\tau\n$$\n\n坏的。"), "$$\n\\frac{1}{\\tau\n"),
    "tag-repeated": lambda: (
        behind("神经网络在上世纪", "$$\nx \\tag{9}\n$$\n\n以及\n\n$$\ny \\tag{9}\n$$"),
        "$$\ny \\tag{9}",
    ),
    "box-unclosed": lambda: (behind("按“会算、会证", '<div class="note-box">'), '<div class="note-box">'),
    "fence-unclosed": lambda: (behind("按“会算、会证", "```python"), "```python"),
    "bad-character": lambda: (behind("按“会算、会证", "这里少了一\ufffd字。"), "\ufffd"),
    "front-matter-invalid": lambda: (replaced(PASSING, "title: logsumexp", 'title: "logsumexp"'), "title: "),
    "field-missing": lambda: (replaced(PASSING, "**根本原因**：熵的最大值", "**说到底**：熵的最大值"), "**缺陷1"),
    "box-missing": lambda: (replaced(PASSING, '"theorem-box"', '"note-box"'), HEADING[1]),
    "number-unmarked": lambda: (
        behind("**定量影响**：记第一名以外", "换用别的数据，误差降低 15% 左右。"),
        "换用别的数据",
    ),
    "experiment-claimed": lambda: (behind("按“会算、会证", "我们的实验也是这样。"), "我们的实验"),
    "placeholder": lambda: (behind("按“会算、会证", "其余同理可得。"), "其余同理可得"),
    "copied-from-original": lambda: (behind("按“会算、会证", f"说过：\n{LONG_COPIED}。"), f"说过：\n{LONG_COPIED}"),
    "original-altered": lambda: (replaced(PASSING, COPIED, "这个旋钮难用"), "---"),
    "original-lost": lambda: (PASSING.replace(ORIGINAL[400:3000], "", 1), "---"),
}


def test_the_article_put_together_from_the_demonstration_passes_without_a_finding() -> None:
    for verdict in (judged(PASSING), judged(PASSING, own=True), judged(PASSING, own=True, earliest=ORIGINAL)):
        assert verdict.findings == ()
        assert verdict.passed
        assert verdict.original == "intact"
        assert verdict.parts == (1, 2, 3, 4, 5)
        assert verdict.measures["original_kept"] == 1
        assert verdict.standard == "five-part/2025-11-24"


def test_every_rule_of_the_catalogue_is_planted() -> None:
    assert set(PLANTED) == set(SENTENCES)


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_defect_is_found_alone_and_at_its_line(rule: str) -> None:
    text, marker = PLANTED[rule]()
    verdict = judged(text, own=True, earliest=ORIGINAL)
    assert {finding.rule for finding in verdict.findings} == {rule}
    if marker:
        at = marker.rpartition("\n")[2] if marker.startswith("说过") else marker
        assert verdict.findings[0].line == line_of(text, marker) + (at != marker)
    assert not verdict.passed
    assert verdict.counts_met == (rule not in CORE)
    assert verdict.clean == (rule in CORE | ORIGINAL_RULES)
    assert (verdict.original == "intact") == (rule not in ORIGINAL_RULES)


@pytest.mark.parametrize("rule", PLANTED)
def test_a_defect_is_an_error_in_our_own_text_and_a_note_in_a_pending_article(rule: str) -> None:
    text, _ = PLANTED[rule]()
    pending = text.replace("status: completed", "status: pending", 1)
    core = rule in CORE | {"original-lost"}
    for verdict, severity in (
        (judged(text, own=True, earliest=ORIGINAL), "error"),
        (judged(text, earliest=ORIGINAL), "error" if core else "warning"),
        (judged(pending, earliest=ORIGINAL), "note"),
    ):
        assert {finding.severity for finding in verdict.findings} == {severity}


@pytest.mark.parametrize("rule", PLANTED)
def test_every_finding_says_what_to_do_in_both_languages(rule: str) -> None:
    text, _ = PLANTED[rule]()
    for finding in judged(text, earliest=ORIGINAL).findings:
        for sentence in (finding.sentence("zh"), finding.sentence("en")):
            assert sentence.strip() == sentence
            assert "“”" not in sentence
            assert "{" not in sentence.replace(finding.found, "").replace(finding.wanted, "")
