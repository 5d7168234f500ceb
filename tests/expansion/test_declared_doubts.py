"""Doubts declared while writing reach the review sheet with their line, and no article."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rehearsal import ARTICLE, PARTS, PATH, WRITTEN, Scripted, good_replies, reply

from agent.expansion.article import Job, expand_article
from agent.expansion.by_hand import import_answers
from agent.expansion.completing import standing
from agent.expansion.declared import line_with, without_doubts
from agent.expansion.numbering import with_part
from agent.expansion.outcome import accept_draft
from agent.expansion.verdict import Bench, judge_with, whole
from agent.notes.article import parse_article
from agent.standard.standard import Standard
from agent.text.edits import apply
from agent.workspace.store import Store

MakeJob = Callable[..., Job]
ABOUT = "等号要求各项相等。"
DOUBT = "凹性用在 $\\log$ 上，$n<2$ 时要另看；代入 $n=1$ 核对式 (2.2)"
DOUBTED_PART2 = PARTS[2].replace(ABOUT, f"{ABOUT}\n<!-- 存疑：{DOUBT} -->")
BAD_PART4 = PARTS[4].replace("（推导：代入 2.1 节第二式）", "")


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def is_told(store: Store, review: str) -> bool:
    article, sheet = store.read(PATH).text, store.read(review).text
    assert "存疑" not in article
    assert "<!--" not in article
    assert "上界：等号何时成立" not in sheet
    return f"- {line_of(article, ABOUT)}: {DOUBT}\n" in sheet.split("\n## ")[1]


@pytest.mark.parametrize(
    ("text", "kept", "line", "words"),
    [
        ("甲\n<!-- 存疑：丙 -->\n\n乙\n", "甲\n\n乙\n", 1, "丙"),
        ("甲\n\n<!--doubt : 丙-->\n\n乙\n", "甲\n\n乙\n", 1, "丙"),
        ("甲\n<!-- 存疑：丙 -->\n乙\n", "甲\n\n乙\n", 1, "丙"),
        ("$$\nx\n$$\n<!-- Doubt: $a<b$ and\nso on -->\n乙\n", "$$\nx\n$$\n\n乙\n", 3, "$a<b$ and so on"),
        ("甲 <!-- 存疑：丙 -->\n乙\n", "甲\n乙\n", 1, "丙"),
        ("甲<!-- 存疑：丙 -->乙\n", "甲乙\n", 1, "丙"),
        ("> 甲\n> <!-- 存疑：丙 -->\n> 乙\n", "> 甲\n>\n> 乙\n", 2, "丙"),
        ("甲\n<!-- 存疑：没有收尾 ->\n\n乙 --> 丁\n", "甲\n\n乙 --> 丁\n", 1, "没有收尾"),
        ("甲\n<!-- 存疑：没有收尾 ->\n\n乙\n\n丁 -->\n", "甲\n\n乙\n\n丁 -->\n", 1, "没有收尾"),
        ("甲\n<!-- 存疑：没有收尾\n\n乙 --> 丁\n", "甲\n\n乙 --> 丁\n", 1, "没有收尾"),
        ("甲\n<!-- 存疑：没有收尾\n\n## 乙\n\n丁 -->\n", "甲\n\n## 乙\n\n丁 -->\n", 1, "没有收尾"),
        ("甲\n<!-- 存疑：没有收尾\n\n```\nx\n```\n-->\n", "甲\n\n```\nx\n```\n-->\n", 1, "没有收尾"),
        ("甲\n<!-- 存疑：没有收尾\n\n<!-- 注 -->\n", "甲\n\n<!-- 注 -->\n", 1, "没有收尾"),
        ("甲\n<!-- 存疑：第一点。\n\n第二点没有核对 -->\n\n乙\n", "甲\n\n乙\n", 1, "第一点。 第二点没有核对"),
        ("甲 <!-- 存疑：`x 是否 --> ，这句 `a` 和 `b` 都要紧。\n", "甲  ，这句 `a` 和 `b` 都要紧。\n", 1, "`x 是否"),
        ("甲\n<!-- 存疑：`<!--` 与 `x` -->\n乙\n", "甲\n\n乙\n", 1, "`<!--` 与 `x`"),
        ("甲\n<!-- 【存疑】丙 -->\n", "甲\n", 1, "丙"),
        ("甲\n<!-- **存疑**：丙 -->\n", "甲\n", 1, "丙"),
        ("甲\n<!-- **存疑：** 丙 -->\n", "甲\n", 1, "丙"),
        ("甲\n<!-- 存疑（二）：丙 -->\n", "甲\n", 1, "丙"),
        ("甲\n<!-- 存疑 丙 -->\n", "甲\n", 1, "丙"),
        ("甲\n<!-- Doubt (2): see (2.1) -->\n", "甲\n", 1, "see (2.1)"),
        ("甲\n<!-- 存疑 (2.1) 的符号 -->\n", "甲\n", 1, "(2.1) 的符号"),
        ("甲\n<!-- 存疑 -->\n", "甲\n", 1, ""),
        ("<!-- 存疑：丙 -->\n\n乙\n", "\n\n乙\n", 1, "丙"),
    ],
)
def test_a_doubt_is_taken_out_and_names_the_line_behind_which_it_stood(
    text: str, kept: str, line: int, words: str
) -> None:
    for newline in ("\n", "\r\n"):
        left, (doubt,) = without_doubts(text.replace("\n", newline))
        assert (left, doubt.line, doubt.words) == (kept.replace("\n", newline), line, words)


def test_paragraphs_that_doubts_alone_kept_apart_stay_apart_and_are_counted() -> None:
    kept, doubts = without_doubts("甲\n<!-- 存疑：一 -->\n乙\n<!-- 存疑：二 -->\n<!-- 存疑：三 -->\n丙\n")
    assert kept == "甲\n\n乙\n\n丙\n"
    assert [(doubt.line, doubt.lines) for doubt in doubts] == [(1, 0), (3, 1), (3, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "甲\n<!-- 注：存疑 -->\n<!-- doubtless: a -->\n",
        "`<!-- 存疑：丙 -->`\n",
        "```html\n<!-- 存疑：丙 -->\n```\n",
        "$$\nx\n<!-- 存疑：丙 -->\n$$\n",
        "<!-- 别的\n存疑：丙 -->\n",
    ],
)
def test_other_comments_and_what_stands_in_code_and_formulas_stay(text: str) -> None:
    assert without_doubts(text) == (text, ())


BLOCKS = st.sampled_from(
    ["一段话。", "$$\nx\n$$", "- 甲\n- 乙", "```\nx\n```", "> 引", '<div class="note-box">', "</div>"]
)
BEHIND = st.lists(
    st.sampled_from(["\n<!-- 存疑：甲 -->", "\n\n<!-- doubt: a\nb -->", "\n<!-- 存疑：$x$ -->"]), max_size=3
)


@given(st.lists(st.tuples(BLOCKS, BEHIND), min_size=1, max_size=8))
def test_what_is_left_is_what_was_written_and_each_line_is_known_again(blocks: list[tuple[str, list[str]]]) -> None:
    numbered = [(f"{text}" if "\n" in text else f"{text}{n}", behind) for n, (text, behind) in enumerate(blocks)]
    plain = "\n\n".join(text for text, _ in numbered) + "\n"
    doubted = "\n\n".join(text + "".join(behind) for text, behind in numbered) + "\n"
    kept, doubts = without_doubts(doubted)
    assert kept == plain
    assert len(doubts) == sum(len(behind) for _, behind in numbered)
    lines = doubted.splitlines()
    told = [(line_with(doubts, number), line) for number, line in enumerate(plain.splitlines(), 1)]
    assert all(lines[number - 1] == line for number, line in told if line)


def test_a_doubt_that_the_user_wrote_stays_whatever_number_its_formula_comes_to_bear() -> None:
    text = "甲\n<!-- 存疑：见式 (2.3) -->\n\n乙\n<!-- 存疑：丙 -->\n"
    kept, doubts = without_doubts(text, "<!-- 存疑：见式 (2.2) -->\n")
    assert kept == "甲\n<!-- 存疑：见式 (2.3) -->\n\n乙\n"
    assert [doubt.words for doubt in doubts] == ["丙"]


@pytest.mark.parametrize("opening", ["<!-- 存疑：甲 ", "<!-- doubt: a\n", "<!-- 存疑：甲\n\n", "<!--"])
def test_thousands_of_openings_without_an_end_take_no_longer_each(opening: str) -> None:
    left, doubts = without_doubts(opening * 20_000)
    assert len(doubts) == (0 if opening == "<!--" else 20_000)
    assert left.strip("\n") == ("<!--" * 20_000 if opening == "<!--" else "")


# On its way to the sheet.


def test_a_doubt_stands_first_on_the_sheet_in_place_of_that_of_the_plan_and_not_in_the_article(
    store: Store, job: MakeJob
) -> None:
    item = expand_article(PATH, job(Scripted(good_replies(part2=[DOUBTED_PART2]))))
    assert item.state == "written"
    assert is_told(store, item.review)
    assert WRITTEN[2] in store.read(PATH).text


def test_a_run_that_goes_on_from_the_ledger_finds_the_doubt_again(store: Store, job: MakeJob) -> None:
    replies = good_replies(part2=[DOUBTED_PART2], part4=[reply("不", "refusal")])
    assert expand_article(PATH, job(Scripted(replies))).state == "failed"
    model = Scripted(good_replies(part2=[]))
    item = expand_article(PATH, job(model))
    assert item.state == "written"
    assert is_told(store, item.review)


def test_answers_given_by_hand_are_treated_alike(
    store: Store, bench: Bench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Store(tmp_path_factory.mktemp("by-hand"))
    place: Path = folder.root / "文章" / "熵"
    place.mkdir(parents=True)
    answers = {"plan": good_replies()["expand.plan"][0], "part1": PARTS[1], "part2": DOUBTED_PART2, "part4": PARTS[4]}
    for step, text in answers.items():
        (place / f"{step}.answer.md").write_text(text, encoding="utf-8")
    item = import_answers(PATH, folder, bench, earliest=None, language="zh")
    assert item.state == "written"
    assert is_told(store, item.review)


def test_other_parts_and_repairs_see_the_doubt_and_a_finding_names_the_line_of_what_they_see(job: MakeJob) -> None:
    doubted = BAD_PART4.replace("#### 4.1 缺陷\n", "#### 4.1 缺陷\n\n甲。\n<!-- 存疑：乙 -->\n<!-- 存疑：丙 -->\n")
    model = Scripted(good_replies(part2=[DOUBTED_PART2], part4=[doubted], repair=[PARTS[4]]))
    expand_article(PATH, job(model))
    texts = {one.purpose: "\n".join(block.text for block in one.messages[0].blocks) for one in model.asked}
    assert DOUBT in texts["expand.part1"]
    assert "<!-- 存疑：丙 -->" in texts["expand.repair"]
    present = texts["expand.repair"].partition("<present>\n")[2].partition("\n</present>")[0]
    number = line_of(present, "**定量影响**")
    assert f"\n- {number}: " in texts["expand.repair"].partition("<findings>")[2]


def test_a_draft_keeps_the_doubt_until_it_is_accepted(store: Store, bench: Bench, job: MakeJob) -> None:
    model = Scripted(good_replies(part2=[DOUBTED_PART2], part4=[BAD_PART4], repair=[BAD_PART4]))
    item = expand_article(PATH, job(model))
    draft = store.read(item.draft)
    assert f"<!-- 存疑：{DOUBT} -->" in draft.text
    assert [one.line for one in item.findings] == [line_of(draft.text, "即 2 倍")]
    store.write(item.draft, draft.text.replace("即 2 倍", "即两倍（推导：2.1 节）"), expected_sha256=draft.sha256)
    written = accept_draft(PATH, bench)
    assert written.state == "written"
    article, sheet = store.read(PATH).text, store.read(written.review).text
    assert "存疑" not in article
    assert f"- {line_of(article, ABOUT)}: {DOUBT}\n" in sheet


def test_a_doubt_without_an_end_takes_nothing_else_out_of_a_draft_with_other_line_ends(
    store: Store, bench: Bench, job: MakeJob
) -> None:
    model = Scripted(good_replies(part2=[DOUBTED_PART2], part4=[BAD_PART4], repair=[BAD_PART4]))
    draft = store.read(expand_article(PATH, job(model)).draft)
    edited = draft.text.replace("即 2 倍", "即两倍（推导：2.1 节）").replace(
        f"{DOUBT} -->", f"{DOUBT} ->\n\n另一段。\n\n--> 末段"
    )
    draft = store.write(draft.path, edited.replace("\n", "\r\n"), expected_sha256=draft.sha256)
    assert [one.rule for one in accept_draft(PATH, bench).findings] == ["comment-left"]
    store.write(draft.path, draft.text.replace("--> 末段", "→ 末段"), expected_sha256=draft.sha256)
    assert accept_draft(PATH, bench).state == "written"
    article = store.read(PATH).text
    assert "存疑" not in article
    assert "另一段。\n\n→ 末段" in article


def test_a_doubt_cites_a_formula_by_the_number_it_comes_to_bear(standard: Standard, bench: Bench) -> None:
    longer = WRITTEN[2].replace("\\tag{2.2}", "\\tag{2.3}")
    parts = with_part({2: WRITTEN[2], 4: PARTS[4] + "\n<!-- 存疑：见式 (2.2) -->\n"}, 2, longer)
    verdict = judge_with(parse_article(PATH, ARTICLE, standard), whole(parts), bench, None)
    assert [doubt.words for doubt in verdict.doubts] == ["见式 (2.3)"]


def test_a_doubt_leads_to_its_line_in_an_article_of_other_line_ends(standard: Standard, bench: Bench) -> None:
    article = parse_article(PATH, ARTICLE.replace("\n", "\r\n"), standard)
    verdict = judge_with(article, whole(PARTS | {2: DOUBTED_PART2}), bench, None)
    (doubt,) = verdict.doubts
    assert doubt.line == line_of(verdict.text, ABOUT)


def test_what_completes_an_expansion_brings_no_doubt_into_it_either(standard: Standard, bench: Bench) -> None:
    text = ARTICLE.replace("TODO: 添加详细的数学公式推导和注释\n", f"{WRITTEN[1]}\n{WRITTEN[4]}")
    before = standing(parse_article(PATH, text, standard), bench, None)
    after = apply(text, before.edits({**before.texts, 2: DOUBTED_PART2}))
    assert ABOUT in after
    assert "存疑" not in after
