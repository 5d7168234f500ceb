"""An article that holds an expansion, completed without a model: only what it lacks is asked for, and proposed."""

from functools import partial
from pathlib import Path

import pytest
from rehearsal import ARTICLE, LONGER_PART2, PARTS, PATH

from agent.expansion.by_hand import export, import_answers
from agent.expansion.verdict import Bench
from agent.workspace.store import Store

STUB = "TODO: 添加详细的数学公式推导和注释\n"
MARK = "（推导：代入 2.1 节第二式）"
BAD_PART4 = PARTS[4].replace(MARK, "")
UNCLOSED_PART2 = PARTS[2] + '\n<div class="note-box">\n\n方框没有结束。\n'

exported = partial(export, PATH, earliest=None, language="zh", completes=True)
imported = partial(import_answers, PATH, earliest=None, language="zh", completes=True)


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("by-hand"))


def put(store: Store, *parts: str) -> str:
    text = ARTICLE.replace(STUB, "\n".join(parts)).replace("status: pending", "status: completed")
    store.write(PATH, text, expected_sha256=store.read(PATH).sha256)
    return text


def answer(folder: Store, step: str, text: str) -> None:
    place: Path = folder.root / "文章" / "熵" / f"{step}.answer.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def prompt(folder: Store, step: str) -> str:
    return (folder.root / "文章" / "熵" / f"{step}.prompt.md").read_text(encoding="utf-8")


def test_what_is_missing_is_asked_for_then_what_fails_and_the_change_is_a_proposal(
    store: Store, folder: Store, bench: Bench
) -> None:
    before = put(store, PARTS[2], BAD_PART4)
    assert exported(folder, bench).next == ("part1",)
    assert PARTS[2].strip() in prompt(folder, "part1")
    answer(folder, "part1", PARTS[1])
    assert exported(folder, bench).prompts == ("part1", "repair4")
    assert "2 倍。" in prompt(folder, "repair4")
    answer(folder, "repair4", PARTS[4])
    item = imported(folder, bench)
    assert (item.state, item.reason, item.findings) == ("needs_review", "proposed", ())
    assert store.read(PATH).text == before
    assert item.proposal
    after = item.proposal.after
    assert [after.index(PARTS[number].strip()) for number in PARTS] == sorted(
        after.index(text.strip()) for text in PARTS.values()
    )


def test_without_a_derivation_the_plan_comes_first(store: Store, folder: Store, bench: Bench) -> None:
    put(store, PARTS[1], PARTS[4])
    made = exported(folder, bench)
    assert (made.prompts, made.next) == (("plan", "part2"), ("plan",))
    answer(folder, "part2", PARTS[2])
    assert imported(folder, bench).reason == "proposed"


def test_answers_to_what_holds_up_are_not_taken(store: Store, folder: Store, bench: Bench) -> None:
    put(store, PARTS[1], PARTS[2], BAD_PART4)
    for number, text in PARTS.items():
        answer(folder, f"part{number}", text.replace("熵", "信息熵"))
    assert imported(folder, bench).reason == "skipped-unanswered"
    exported(folder, bench)
    answer(folder, "repair4", PARTS[4])
    answer(folder, "repair1", PARTS[1].replace("熵", "信息熵"))
    shown = f"\n<present>\n{PARTS[1]}\n</present>\n"  # it failed when that was exported
    (folder.root / "文章" / "熵" / "repair1.prompt.md").write_text(shown, encoding="utf-8")
    item = imported(folder, bench)
    assert item.proposal
    assert item.proposal.after.count("信息熵") == 0


def test_a_repair_of_a_part_that_was_edited_since_is_asked_for_anew(store: Store, folder: Store, bench: Bench) -> None:
    put(store, PARTS[1], PARTS[2], BAD_PART4)
    exported(folder, bench)
    answer(folder, "repair4", PARTS[4])
    put(store, PARTS[1], PARTS[2], BAD_PART4.replace("上界就抬高", "上界便抬高"))
    assert imported(folder, bench).reason == "skipped-unanswered"
    assert exported(folder, bench).next == ("repair4.2",)
    assert "上界便抬高" in prompt(folder, "repair4.2")


def test_what_a_repaired_derivation_moves_is_no_change_of_another_part(
    store: Store, folder: Store, bench: Bench
) -> None:
    numbered = PARTS[2].replace("\\log p_i\n", "\\log p_i \\tag{2.1}\n").replace("\\log n\n", "\\log n \\tag{2.2}\n")
    cited = BAD_PART4.replace("2.1 节的上界", "式 (2.2) 的上界")
    put(store, PARTS[1], numbered.replace("\\log n", "\\log n^{"), cited)
    assert exported(folder, bench).next == ("repair2",)
    answer(folder, "repair2", LONGER_PART2)
    assert exported(folder, bench).next == ("repair4",)
    assert "式 (2.3) 的上界" in prompt(folder, "repair4")
    answer(folder, "repair4", PARTS[4].replace("2.1 节的上界", "式 (2.3) 的上界"))
    for repaired, number in ((LONGER_PART2, "(2.3)"), (PARTS[2], "(2.2)")):
        answer(folder, "repair2", repaired)
        item = imported(folder, bench)
        assert item.reason == "proposed"
        assert item.proposal
        assert f"式 {number} 的上界" in item.proposal.after


def test_answers_that_make_nothing_better_lead_to_the_next_export(store: Store, folder: Store, bench: Bench) -> None:
    put(store, PARTS[1], PARTS[2], BAD_PART4)
    exported(folder, bench)
    answer(folder, "repair4", BAD_PART4.replace("抬高", "升高"))
    item = imported(folder, bench)
    assert (item.reason, item.proposal) == ("answers-not-better", None)
    assert "再导出一次（--failing）" in item.sentence("zh")
    assert exported(folder, bench).next == ("repair4.2",)


def test_a_repair_that_leaves_much_of_a_part_out_is_named_and_not_taken(
    store: Store, folder: Store, bench: Bench
) -> None:
    put(store, PARTS[1], PARTS[2], BAD_PART4 + "\n".join(f"\n第 {n} 个旁注谈别的事。\n" for n in "甲乙丙丁戊"))
    exported(folder, bench)
    for doubts in ("", "".join(f"\n<!-- 存疑：第 {n} 个旁注删去了 -->\n" for n in "甲乙丙丁戊")):
        answer(folder, "repair4", PARTS[4] + doubts)
        item = imported(folder, bench)
        assert (item.state, item.proposal) == ("failed", None)
        assert item.sentence("zh").startswith("文章/熵/repair4.answer.md：它漏掉了")


def test_what_code_can_mend_needs_no_answer(store: Store, folder: Store, bench: Bench) -> None:
    put(store, PARTS[1], UNCLOSED_PART2, PARTS[4])
    assert exported(folder, bench).prompts == ()
    assert imported(folder, bench).reason == "proposed"


def test_an_article_without_an_expansion_is_expanded_as_ever(store: Store, folder: Store, bench: Bench) -> None:
    assert exported(folder, bench).next == ("plan",)
    for number, text in PARTS.items():
        answer(folder, f"part{number}", text)
    assert imported(folder, bench).state == "written"


UNDIVIDED = "".join(f"#### {n}. 一节\n\n这里推出第 {n} 个结论。\n\n" for n in range(1, 15))


def test_much_that_stands_there_in_no_part_is_told_and_stays(store: Store, folder: Store, bench: Bench) -> None:
    before = put(store, UNDIVIDED, PARTS[1], PARTS[4])
    line = before[: before.index("#### 1. 一节")].count("\n") + 1
    made = exported(folder, bench)
    assert f"{PATH} 第 {line} 行起已有 28 行扩充" in made.beside
    assert "第2部分" in made.beside
    answer(folder, "part2", PARTS[2])
    assert exported(folder, bench).beside == ""  # said once
    proposal = imported(folder, bench).proposal
    assert proposal
    assert f"第 {line} 行起原有的 28 行没有分成五个部分" in proposal.why
    assert UNDIVIDED.strip() in proposal.after


def test_an_introduction_above_the_parts_is_no_matter(store: Store, folder: Store, bench: Bench) -> None:
    put(store, "先说几句。\n\n", PARTS[1], PARTS[4])
    assert exported(folder, bench).beside == ""


def test_what_stands_there_fails_before_anything_is_answered_and_the_answer_after(
    store: Store, folder: Store, bench: Bench
) -> None:
    put(store, PARTS[1], PARTS[2], BAD_PART4)
    assert "现有的扩充有 1 处不合标准（第 4 部分）" in exported(folder, bench).judged
    answer(folder, "repair4", f"{BAD_PART4}\n又一句。\n")
    assert "没有过关，1 处不合标准（第 4 部分）" in exported(folder, bench).judged
