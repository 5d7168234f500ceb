"""Planted defects: each rule is broken alone in an article that passes, and only it is found, where it was broken."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from passing_article import EXPANSION, ORIGINAL, PARTS, PASSING, expanded, line_of, standard

from agent.standard.findings import Judgement
from agent.standard.gate import judge
from agent.text.formulas import Compiler
from agent.text.mends import without_tags
from agent.text.outline import outline
from agent.words import AREAS

COMPILER = Compiler({})
STUB = "TODO: 添加详细的数学公式推导和注释"
CORE = {
    *("part-missing", "part-duplicate", "pasted-twice", "too-few-formulas", "too-few-lines", "too-few-analogies"),
    *("too-few-flaws", "too-few-optimisations", "table-missing", "too-few-directions"),
}
MANNER = {
    *("padding", "step-asserted", "formula-without-words", "sum-wrong", "sentence-repeated", "reference-unverified"),
    *("section-unknown", "item-unknown", "figure-unknown", "equation-unknown", "part-unconnected"),
    *("item-ungrounded", "markup-unsafe", "comment-left", "text-hidden", "not-for-readers", "link-foreign"),
    "formula-defines",
    "too-few-filled-lines",
    *("question-unasked", "target-vague", "source-unfounded"),
}
ORIGINAL_RULES = {"original-altered", "original-lost", "original-truncated"}
FRONT_RULES = {"date-missing", "title-truncated", "standard-older"}
CITED = "某某. (Feb. 08, 2025). 《logsumexp与softmax的温度 》[Blog post]. Retrieved from <https://example.org/archives/1001>"


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
        words = f"式中的{chr(0x4E00 + count)}如前。\n" * len(match[0].splitlines())
        return match[0] if count <= 19 else words.rstrip()

    return re.sub(r"(?s)\$\$\n.*?\n\$\$", inline, PARTS[2])


def few_lines() -> str:
    """Part 2 without blank lines, each display on one line."""
    return re.sub(r"\n\n+", "\n", re.sub(r"(?s)\$\$\n(.*?)\n\$\$", lambda m: f"$${' '.join(m[1].split())}$$", PARTS[2]))


def blank_lines() -> str:
    """Part 2 with each display on one line: as many lines as are asked for, if blank ones counted."""
    return re.sub(r"(?s)\$\$\n(.*?)\n\$\$", lambda m: f"$${' '.join(m[1].split())}$$", PARTS[2])


def with_part(number: int, text: str) -> str:
    return expanded(expansion="\n\n".join((PARTS | {number: text})[n].strip() for n in range(1, 6)))


def in_order(*numbers: int) -> str:
    return expanded(expansion="\n\n".join(PARTS[n].strip() for n in numbers))


def behind(marker: str, addition: str) -> str:
    """The passing article with a paragraph behind the paragraph that begins with `marker`."""
    at = PASSING.index("\n\n", PASSING.index(marker))
    return f"{PASSING[:at]}\n\n{addition}{PASSING[at:]}"


def without(text: str, start: str, end: str) -> str:
    """The text without what stands from `start` up to `end`."""
    at = text.index(start)
    return text[:at] + text[text.index(end, at) :]


HEADING = {number: part.split("\n", 1)[0] for number, part in PARTS.items()}
ALTERED = "这个旋钮好用，以致很少有人问它转动的究竟是什么"
AGAIN = "再推一遍。"
BODY = without_tags(PARTS[2].partition("\n")[2])
CITED_FORMULA = re.compile(r"式 \(2\.\d+\)")
COPIED = "本文想说明，温度背后站着一个函数，它叫 logsumexp；看懂了它，温度的种种行为就都有了来历"
TABLE_RULE = next(line for line in PARTS[4].split("\n") if re.fullmatch(r"\|(?:---\|)+", line))

SAID = next(s for s in re.split(r"[。\n]", PARTS[1]) if 40 < len(s) < 90 and "$" not in s and re.match(r"\w", s))
LABELS = ("研究空白", "具体研究问题", "优化方向", "量化目标")
QUESTION = next(line for line in PARTS[5].split("\n") if re.fullmatch(r"1\. .*？", line))
EMPTY = [f"**{label}**：还没有人做。\n\n1. 能不能做？\n2. 谁来做？\n3. 何时做？" for label in LABELS]
# rule → (the article with the defect, the text where the finding must stand: at its beginning, or at the ¦ in it)
PLANTED: Mapping[str, Callable[[], tuple[str, str]]] = {
    "part-missing": lambda: (replaced(PASSING, HEADING[3], "### 换个眼光看"), "## 公式推导与注释"),
    "part-duplicate": lambda: (PASSING + "\n### 第5部分：展望（再谈）\n\n再说几句。\n", "### 第5部分：展望（再谈）"),
    "pasted-twice": lambda: (with_part(2, PARTS[2] + "\n" + AGAIN + BODY), f"{AGAIN}\n¦"),
    "too-few-formulas": lambda: (CITED_FORMULA.sub("2.4 节", with_part(2, few_formulas())), HEADING[2]),
    "too-few-lines": lambda: (with_part(2, few_lines()), HEADING[2]),
    "too-few-analogies": lambda: (replaced(PASSING, "**类比2：", "**再打个比方："), HEADING[3]),
    "too-few-flaws": lambda: (without(PASSING, "**缺陷3：", "#### 4.3"), HEADING[4]),
    "too-few-optimisations": lambda: (without(PASSING, "**优化3：", "#### 4.4"), HEADING[4]),
    "table-missing": lambda: (replaced(PASSING, TABLE_RULE + "\n", ""), HEADING[4]),
    "too-few-directions": lambda: (without(PASSING, "**方向3：", "#### 回望"), HEADING[5]),
    "part-order": lambda: (in_order(1, 2, 4, 3, 5), HEADING[1]),
    "stub-left": lambda: (behind("logsumexp 有两个源头", STUB), STUB),
    "formula-broken": lambda: (
        behind("神经网络在上世纪", "$$\n\\frac{1}{\\tau\n$$\n\n坏的。"),
        "$$\n\\frac{1}{\\tau\n",
    ),
    "dollar-unpaired": lambda: (behind("神经网络在上世纪", "设$x为输入，则输出$y$为函数。"), "设$x为输入"),
    "tag-repeated": lambda: (
        behind("神经网络在上世纪", "$$\nx=a \\tag{9}\n$$\n\n以及\n\n$$\ny=a \\tag{9}\n$$"),
        "$$\ny=a \\tag{9}",
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
    "key-shown": lambda: (behind("按“会算、会证", "`sk-ant-api03-0123456789`"), "`¦sk-ant"),
    "placeholder": lambda: (behind("按“会算、会证", "其余同理可得。"), "其余同理可得"),
    "copied-from-original": lambda: (behind("按“会算、会证", f"原文说：\n{COPIED}。再往下。"), f"原文说：\n¦{COPIED}"),
    "padding": lambda: (behind("按“会算、会证", "综上所述，温度是一把尺子。"), "综上所述"),
    "step-asserted": lambda: (behind("按“会算、会证", "由此易证它是凸的。"), "由此¦易证"),
    "formula-without-words": lambda: (behind("它说，分数比", "$$\nx=y\n$$\n\n$$\ny=z\n$$"), "$$\ny=z"),
    "sum-wrong": lambda: (behind("按“会算、会证", "共有 $81\\times27^4=42823881$ 种。"), "共有 ¦$81"),
    "sentence-repeated": lambda: (behind("按“会算、会证", f"再说一遍：\n{SAID}。"), f"再说一遍：\n¦{SAID}"),
    "reference-unverified": lambda: (behind("按“会算、会证", "见 Zhou 等人（2019）的综述。"), "见 ¦Zhou"),
    "section-unknown": lambda: (behind("按“会算、会证", "这正是 2.99 节的结论。"), "这正是 ¦2.99"),
    "item-unknown": lambda: (behind("按“会算、会证", "这正是缺陷9 的来由。"), "这正是¦缺陷9"),
    "figure-unknown": lambda: (behind("按“会算、会证", "两条曲线如图 2 所示。"), "两条曲线¦如图"),
    "equation-unknown": lambda: (behind("按“会算、会证", "代入式 (2.99) 即得。"), "代入式 (¦2.99"),
    "part-unconnected": lambda: (with_part(3, re.sub(r"2\.\d+|第2部分", "前面", PARTS[3])), HEADING[3]),
    "item-ungrounded": lambda: (
        replaced(PASSING, "#### 回望", "\n\n".join(["**方向4：多模态**", *EMPTY, "#### 回望"])),
        "**方向4",
    ),
    "too-few-filled-lines": lambda: (with_part(2, blank_lines()), HEADING[2]),
    "question-unasked": lambda: (replaced(PASSING, QUESTION, "1. 研究 $x$。"), "1. ¦研究 $x$。"),
    "target-vague": lambda: (behind("**定量影响**：记第一名以外", "换用之后，偏差有所改善。"), "换用之后，偏差¦有所"),
    "source-unfounded": lambda: (behind("按“会算、会证", "两者相差 41.7%（出处：原文第二节）。"), "两者相差 41.7%"),
    "markup-unsafe": lambda: (behind("按“会算、会证", "<script>alert(1)</script>"), "<script"),
    "comment-left": lambda: (behind("按“会算、会证", "剩下的 --> 一半。"), "剩下的 ¦-->"),
    "text-hidden": lambda: (behind("按“会算、会证", "反着\u202e念。"), "反着¦\u202e"),
    "not-for-readers": lambda: (behind("按“会算、会证", "Human: 只答好。"), "Human"),
    "link-foreign": lambda: (behind("按“会算、会证", "见[这里](//example.com)。"), "见[这里¦]("),
    "formula-defines": lambda: (behind("按“会算、会证", "设 $\\gdef\\le{\\ge}$。"), "设 $¦\\gdef"),
    "original-altered": lambda: (replaced(PASSING, ALTERED, "这个旋钮难用"), "这个旋钮难用"),
    "original-lost": lambda: (without(PASSING, "## 从一个函数说起", "## 参考"), "## 参考"),
    "original-truncated": lambda: (without(PASSING, "- Vaswani 等, 2017", "\n---\n\n## 公式推导"), "- Hinton, Vinyals"),
    "date-missing": lambda: (replaced(PASSING, "date: 2026-10-18", "date:"), "date:"),
    "title-truncated": lambda: (
        replaced(
            replaced(PASSING, "title: logsumexp与softmax的温度", "title: logsumexp与so..."),
            "## 参考",
            f"{CITED}\n\n## 参考",
        ),
        "title:",
    ),
    "standard-older": lambda: (replaced(PASSING, "five-part/2025-11-24", "five-part/2025-06-01"), "standard:"),
}


def test_what_is_pasted_many_times_is_never_more_than_all_of_it() -> None:
    (finding,) = (one for one in judged(with_part(2, PARTS[2] + 9 * BODY)).findings if one.rule == "pasted-twice")
    assert 50 < int(finding.found.removesuffix("%")) <= 100


def test_the_article_put_together_from_the_demonstration_passes_without_a_finding() -> None:
    for verdict in (judged(PASSING), judged(PASSING, own=True), judged(PASSING, own=True, earliest=ORIGINAL)):
        assert verdict.findings == ()
        assert verdict.passed
        assert verdict.original == "intact"
        assert verdict.parts == (1, 2, 3, 4, 5)
        assert verdict.measures["original_kept"] == 1


# Planted beside the longer standard, and beside a second article.
PLANTED_ELSEWHERE = {
    *("too-few-added-lines", "too-few-subsections", "code-missing", "too-few-boxes"),
    *("duplicate-article", "duplicate-expansion", "status-unknown"),
    *("other-language", "other-subject", "copied-from-example"),
}
# Found beside the gate: in files of every kind, and by the repair of front matter.
NOT_OF_THE_GATE = {
    *("element-missing", "quotation-unfounded", "quotation-redacted", "quotation-unrecorded"),
    *("name-rule", "place-rule"),
    *("link-broken", "anchor-missing", "file-empty", "front-matter-unclosed"),
    *("date-conflict", "title-conflict", "citation-conflict"),
    *("card-section-missing", "card-section-twice", "card-section-order", "card-empty", "card-question"),
    *("card-source-missing", "card-unfounded", "card-unplaced"),
}


def test_every_rule_of_the_catalogue_is_planted() -> None:
    assert set(PLANTED) == set(AREAS["gate"]) - PLANTED_ELSEWHERE - NOT_OF_THE_GATE


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_defect_is_found_alone_and_at_its_line(rule: str) -> None:
    text, marker = PLANTED[rule]()
    verdict = judged(text, own=True, earliest=ORIGINAL)
    assert {finding.rule for finding in verdict.findings} == {rule}
    assert verdict.findings[0].line == line_of(text, marker)
    assert verdict.passed == (rule in FRONT_RULES)
    assert verdict.counts_met == (rule not in CORE)
    assert verdict.clean == (rule in CORE | ORIGINAL_RULES | FRONT_RULES)
    assert (verdict.original == "intact") == (rule not in ORIGINAL_RULES)


@pytest.mark.parametrize("rule", sorted(set(PLANTED) - MANNER))
def test_a_defect_is_an_error_in_our_own_text_and_a_note_in_a_pending_article(rule: str) -> None:
    text, _ = PLANTED[rule]()
    pending = text.replace("status: completed", "status: pending", 1)
    core = rule in CORE | {"original-lost"}
    author = rule in FRONT_RULES | {"original-truncated"}
    if rule == "standard-older":
        assert not judged(pending).findings
        assert [finding.severity for finding in judged(text, own=True).findings] == ["note"]
        return
    for verdict, severity in (
        (judged(text, own=True, earliest=ORIGINAL), "warning" if author else "error"),
        (judged(text, earliest=ORIGINAL), "error" if core else "warning"),
        (judged(pending, earliest=ORIGINAL), "note"),
    ):
        assert {finding.severity for finding in verdict.findings} == {severity}


def test_a_new_display_is_judged_though_its_dollars_stand_everywhere() -> None:
    text = PASSING.replace("\n#### 2.2", "\n由此\n\n$$\n12441600+6718464=19160046\n$$\n\n#### 2.2", 1)
    before = {line.strip() for line in PASSING.splitlines()}
    assert [one.rule for one in judged(text, own=True, stood={2: before}).findings] == ["sum-wrong"]
    assert judged(text, own=True, stood={2: before | {"12441600+6718464=19160046"}}).findings == ()


@pytest.mark.parametrize("rule", sorted(MANNER))
def test_the_manner_is_an_error_in_our_own_text_and_left_to_the_writer_in_any_other(rule: str) -> None:
    text, marker = PLANTED[rule]()
    numbers = range(1, 6)
    at = text.index(marker.replace("¦", "")) + max(marker.find("¦"), 0)
    here = max(n for n in numbers if text.index(HEADING[n]) <= at)
    assert [finding.severity for finding in judged(text, own=True).findings] == ["error"]
    lines = {line.strip() for line in text.splitlines()}
    others = {number: lines for number in numbers if number != here}
    assert judged(text, own=True, stood=others).findings
    assert not judged(text, own=True, stood={**others, here: lines}).findings
    assert not judged(text).findings
    assert judged(text).passed


@pytest.mark.parametrize("rule", PLANTED)
def test_every_finding_says_what_to_do_in_both_languages(rule: str) -> None:
    text, _ = PLANTED[rule]()
    for finding in judged(text, earliest=ORIGINAL, own=True).findings:
        for sentence in (finding.sentence("zh"), finding.sentence("en")):
            assert sentence.strip() == sentence
            assert "“”" not in sentence
            assert "{" not in sentence.replace(finding.found, "").replace(finding.wanted, "")


@pytest.mark.parametrize("defect", ["$\\undeclared$", "坏\ufffd字", "<div>", "$$\n\\frac{1}{\n$$", "`` 同理可得"])
def test_what_is_wrong_in_the_original_is_at_most_a_warning_and_leaves_the_expansion_clean(defect: str) -> None:
    text = replaced(PASSING, "## 它离最大值有多远", f"{defect}\n\n## 它离最大值有多远")
    for verdict in (judged(text), judged(text, own=True)):
        assert verdict.passed
        assert {finding.severity for finding in verdict.findings} <= {"warning"}


# What may be planted between any two paragraphs of the expansion, and the rules that may speak then.
ANYWHERE = {
    "其余此处省略。": {"placeholder"},
    "坏\ufffd字": {"bad-character"},
    "$\\undeclared{x}$": {"formula-broken"},
    "记 $x 为输入。": {"dollar-unpaired"},
    "```python": {"fence-unclosed"},
    '<div class="note-box">': {"box-unclosed"},
    "</div>": {"box-unclosed"},
    "实验表明如此。": {"experiment-claimed"},
    f"{COPIED}。": {"copied-from-original"},
}


@settings(max_examples=60)
@given(st.data(), st.sampled_from(list(ANYWHERE)))
def test_a_defect_is_found_alone_wherever_it_is_planted(data: st.DataObject, defect: str) -> None:
    shape = outline(PASSING)
    first = PASSING.index(HEADING[1])
    places = [
        match.start()
        for match in re.finditer("\n\n", PASSING)
        if match.start() > first and not any(f.start < match.start() < f.end for f in shape.formulas)
    ]
    at = data.draw(st.sampled_from(places))
    text = f"{PASSING[:at]}\n\n{defect}{PASSING[at:]}"
    verdict = judged(text, own=True)
    assert {finding.rule for finding in verdict.findings} == ANYWHERE[defect]
    if ANYWHERE[defect] != {"box-unclosed"}:
        assert verdict.findings[0].line == PASSING.count("\n", 0, at) + 3
    assert verdict.counts_met
    assert not verdict.clean


@pytest.mark.parametrize(
    ("line", "is_marked"),
    [
        ("误差降低 15%。", False),
        ("误差降低 $15\\%$。", False),
        ("误差约为 $0.3$。", False),
        ("$n=32000$ 时，误差降低 15%。", False),
        ("误差降低 15%（估计：假设噪声独立）。", True),
        ("误差降低 15%【出处：讨论/甲.md:12】。", True),
        ("误差低于 $5\\%$（目标）。", True),
        ("由 $x_1$ 与 $\\frac12$ 可知。", True),
        ("没有数字的话。", True),
        ("1. 只有序号", True),
        ("$$\ny = 15\n$$", True),
        ("| 方法 | 15 |", True),
    ],
)
def test_every_quantity_under_a_quantified_field_says_where_it_comes_from(line: str, *, is_marked: bool) -> None:
    verdict = judged(behind("**量化目标**：对强凸情形", line), own=True)
    assert [finding.rule for finding in verdict.findings] == ([] if is_marked else ["number-unmarked"])


LAST = "- 一位不知名的作者, 2020, 一篇讲温度与熵的关系的文章, 题目很长"


def test_a_last_sentence_without_an_end_is_seen_when_it_is_copied() -> None:
    original = ORIGINAL.replace("Attention Is All You Need\n", f"Attention Is All You Need\n{LAST}\n", 1)
    verdict = judged(expanded(original, f"{EXPANSION}\n\n{LAST}"), own=True)
    assert [finding.rule for finding in verdict.findings] == ["copied-from-original"]


def test_a_part_must_speak_of_what_is_asked_for_below_its_heading() -> None:
    text = replaced(PASSING, "#### 学习路线", "#### 怎么读")
    assert "学习路线" in HEADING[5]
    (finding,) = judged(text, own=True).findings
    assert (finding.rule, finding.line) == ("field-missing", line_of(text, HEADING[5]))
    assert finding.wanted == "学习路线"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("**角度3：代数", "**又一面：代数", "角度：至少 3"),
        ("3. 随机梯度带来", "随机梯度带来", "具体研究问题：至少 3"),
        ("**数学公式**：投影", "**数学公式**：见前。\n\n**量化效果**：见后。\n\n投影", "$$…$$"),
        ("**量化效果**：取 $r=0.1$", "取 $r=0.1$", "量化效果"),
    ],
)
def test_a_form_that_is_not_whole_names_what_is_missing(old: str, new: str, wanted: str) -> None:
    findings = judged(replaced(PASSING, old, new), own=True).findings
    assert [(finding.rule, finding.wanted) for finding in findings] == [("field-missing", wanted)]


@pytest.mark.parametrize(("status", "original"), [("completed", "unknown"), ("pending", "intact")])
def test_an_article_without_expansion_misses_all_five_parts(status: str, original: str) -> None:
    text = f"---\ndate: 2026-10-18\nstatus: {status}\n---\n\n正文。\n"
    verdict = judged(text)
    assert [finding.rule for finding in verdict.findings] == ["part-missing"] * 5
    assert (verdict.parts, verdict.counts_met, verdict.clean, verdict.original) == ((), False, True, original)
    assert verdict.measures["added_lines"] == 0


@pytest.mark.parametrize(
    ("kept", "state"), [(100, "intact"), (99, "altered"), (60, "altered"), (59, "damaged"), (0, "damaged")]
)
def test_the_state_of_the_original_follows_the_share_of_its_lines_that_is_kept(kept: int, state: str) -> None:
    lines = [f"原文第 {n} 句话。" for n in range(100)]
    front = "---\nstatus: completed\n---\n"
    earliest = front + "\n".join(lines) + "\n"
    now = front + "\n".join([*lines[:kept], "别的话。"]) + "\n\n## 公式推导与注释\n\n" + EXPANSION + "\n"
    verdict = judged(now, earliest=earliest)
    assert verdict.original == state
    assert verdict.measures["original_kept"] == kept / 100


def test_an_original_between_the_parts_is_recognised_by_its_earliest_version_and_not_counted() -> None:
    paragraph = ORIGINAL.split("\n\n")[6]
    front, _, body = PASSING.partition("---\n\n# ")
    mixed = f"{front}---\n\n# {body.replace(paragraph, '', 1)}"
    mixed = replaced(mixed, "#### 2.2 平移与缩放", f"{paragraph}\n\n#### 2.2 平移与缩放")
    alone = judged(mixed)
    known = judged(mixed, earliest=ORIGINAL)
    assert known.measures["original_kept"] < 1
    assert known.measures["2.lines"] <= alone.measures["2.lines"]

    last = "- Vaswani 等, 2017, Attention Is All You Need"
    moved = replaced(PASSING.replace(f"{last}\n", "", 1), "#### 2.2 平移与缩放", f"{last}\n\n#### 2.2 平移与缩放")
    verdict = judged(moved, earliest=ORIGINAL)
    assert verdict.original == "intact"
    assert verdict.measures["2.lines"] == judged(PASSING).measures["2.lines"] + 1
    assert verdict.passed


def test_the_first_of_two_parts_is_measured() -> None:
    verdict = judged(PASSING + "\n### 第2部分：数学推导（又）\n\n短。\n")
    assert verdict.parts == (1, 2, 3, 4, 5, 2)
    assert verdict.measures["2.lines"] == judged(PASSING).measures["2.lines"]
    assert not verdict.counts_met


def test_the_order_of_the_parts_is_form_and_does_not_change_the_counts() -> None:
    verdict = judged(in_order(2, 1, 3, 4, 5))
    assert verdict.parts == (2, 1, 3, 4, 5)
    assert verdict.counts_met
    assert not verdict.clean


@settings(max_examples=60)
@given(st.data())
def test_an_article_cut_and_mixed_at_will_is_judged(data: st.DataObject) -> None:
    marks = sorted(data.draw(st.lists(st.integers(0, len(PASSING)), min_size=2, max_size=6)))
    pieces = [PASSING[start:end] for start, end in pairwise(marks)]
    text = "".join(data.draw(st.permutations(pieces)))
    verdict = judged(text, own=data.draw(st.booleans()), earliest=data.draw(st.sampled_from([None, ORIGINAL, ""])))
    lines = text.count("\n") + 1
    assert all(1 <= finding.line <= lines for finding in verdict.findings)
    assert verdict.passed == (verdict.counts_met and verdict.clean and verdict.original == "intact")


def test_a_front_matter_that_never_ends_is_said_and_the_article_is_not_clean() -> None:
    verdict = judged("---\ntitle: 甲\nstatus: completed\n\n正文说了一句话。\n")
    (finding,) = (one for one in verdict.findings if one.rule.startswith("front-matter"))
    assert (finding.rule, finding.severity, finding.line) == ("front-matter-unclosed", "warning", 1)
    assert (verdict.status, verdict.clean) == ("completed", False)


def test_labels_are_in_the_language_of_the_prose_however_many_formulas_stand_in_it() -> None:
    formulas = "$$\\begin{aligned}alpha &= beta + gamma\\end{aligned}$$\n" * 20
    missing = judged(f"---\nstatus: pending\n---\n\n这里只有几句中文。\n{formulas}")
    (first, *_) = (one.wanted for one in missing.findings if one.rule == "part-missing")
    assert "核心理论" in first


@pytest.mark.parametrize(
    "named",
    ["**缺陷{}：多得数不清**", "#### 4.{} 节", "见 {} 节。", "由图 {} 可见。", "由式 (2.{}) 得。", "### 第{}部分"],
)
def test_a_number_of_thousands_of_digits_is_no_number_of_anything(named: str) -> None:
    text = behind("**定量影响**：记第一名以外", named.format("9" * 5000))
    assert judged(text, own=True).parts == (1, 2, 3, 4, 5)


@pytest.mark.parametrize("piece", ["Smith (2019) ", "Smith (2019)\n", "<!--", "第1节2.1节", "“温"])
def test_a_line_beyond_all_measure_is_looked_at_once(piece: str) -> None:
    text = behind("按“会算、会证", piece * 30_000)
    assert judged(text, own=True).parts == (1, 2, 3, 4, 5)
