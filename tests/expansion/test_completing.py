"""An article that holds an expansion: what stands is kept, the rest is added or repaired, and only proposed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from rehearsal import ARTICLE, PARTS, PATH, WRITTEN, Scripted, good_replies, purposes, reply

from agent.bookkeeping.budget import Budget
from agent.errors import ModelRefused
from agent.expansion.article import Job, expand_article
from agent.expansion.asking import Exchange
from agent.expansion.completing import Completing, standing
from agent.expansion.events import Event, Item, Unrepaired
from agent.expansion.stop import Stop
from agent.expansion.verdict import Bench
from agent.expansion.writer import Writer
from agent.notes.article import parse_article
from agent.standard.standard import Standard
from agent.text.edits import keep_original
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store

STUB = "TODO: 添加详细的数学公式推导和注释\n"
MARK = "（推导：代入 2.1 节第二式）"
BAD_PART4 = PARTS[4].replace(MARK, "")
FOOTER = "\n## 后记\n\n作者后来写的一段话。\n"

Complete = Callable[..., Item]


def article(*parts: str, status: str = "completed", after: str = "") -> str:
    text = ARTICLE.replace("status: pending", f"status: {status}")
    return text.replace(STUB, "\n".join(parts) + after)


@pytest.fixture
def complete(store: Store, bench: Bench, standard: Standard, ledger: Ledger) -> Complete:
    """Put a text where the article lies, and complete it with a model."""

    def run(text: str, model: Scripted, events: list[Event] | None = None) -> Item:
        store.write(PATH, text, expected_sha256=store.read(PATH).sha256)
        document = store.read(PATH)
        parsed = parse_article(PATH, text, standard)
        seen: list[Event] = [] if events is None else events
        entry = ledger.open_item(PATH, document.sha256)
        exchange = Exchange(
            entry,
            model=model,
            ledger=ledger,
            on_event=seen.append,
            budget=Budget(),
            stop=Stop(),
        )
        return Completing(
            before=standing(parsed, bench, None),
            writer=Writer(parsed, exchange, settings=bench.settings, standard=standard),
            on_event=seen.append,
            rounds=2,
        ).item(document)

    return run


def proposed(item: Item) -> str:
    assert item.proposal
    return item.proposal.after


def test_a_failing_part_is_repaired_and_the_others_stay_byte_for_byte(
    store: Store, complete: Complete, standard: Standard
) -> None:
    before = article(PARTS[1], PARTS[2], BAD_PART4, after=FOOTER)
    model = Scripted(good_replies(repair=[PARTS[4]]))
    item = complete(before, model)
    assert (item.state, item.reason, item.attempts, item.findings) == ("needs_review", "proposed", 2, ())
    assert purposes(model) == ["expand.repair"]
    assert store.read(PATH).text == before
    after = proposed(item)
    assert after.replace(MARK, "").replace("standard: five-part/2025-11-24\nexpanded: 2026-11-22\n", "") == before
    assert item.proposal
    keep_original(PATH, before, item.proposal.edits, parse_article(PATH, before, standard).protected)


def test_a_missing_part_is_written_to_its_place_with_what_stands_before_the_writer(complete: Complete) -> None:
    model = Scripted(good_replies())
    after = proposed(complete(article(PARTS[2], PARTS[4]), model))
    assert purposes(model) == ["expand.part1"]
    assert PARTS[2].strip() in model.asked[0].messages[0].blocks[-2].text
    assert [after.index(part.strip()) for part in PARTS.values()] == sorted(
        after.index(part.strip()) for part in PARTS.values()
    )


def test_without_a_derivation_a_plan_is_made_first(complete: Complete) -> None:
    model = Scripted(good_replies())
    item = complete(article(PARTS[1], PARTS[4]), model)
    assert item.reason == "proposed"
    assert purposes(model) == ["expand.plan", "expand.part2"]


def test_what_code_can_mend_is_not_paid_for(complete: Complete) -> None:
    model = Scripted(good_replies())
    unclosed = PARTS[2] + '\n<div class="note-box">\n\n方框没有结束。\n'
    item = complete(article(PARTS[1], unclosed, PARTS[4]), model)
    assert item.reason == "proposed"
    assert "\n</div>\n" in proposed(item)
    assert purposes(model) == []


TAGGED = PARTS[2].replace("p_i\\log p_i\n", "p_i\\log p_i \\tag{1}\n")


def test_a_derivation_that_stands_keeps_the_numbers_it_has_and_gets_none(complete: Complete) -> None:
    for part2 in (PARTS[2], TAGGED):
        model = Scripted(good_replies(repair=[PARTS[4]]))
        assert part2 in proposed(complete(article(PARTS[1], part2, BAD_PART4), model))
    unclosed = TAGGED + '\n<div class="note-box">\n\n方框没有结束。\n'
    assert "\\tag{1}" in proposed(complete(article(PARTS[1], unclosed, PARTS[4]), Scripted(good_replies())))


def test_numbers_given_twice_are_put_right_without_the_model(complete: Complete) -> None:
    twice = TAGGED.replace("\\log n\n", "\\log n \\tag{1}\n")
    model = Scripted(good_replies())
    after = proposed(complete(article(PARTS[1], twice, PARTS[4]), model))
    assert (model.asked, WRITTEN[2] in after) == ([], True)


def test_what_stands_cites_a_repaired_derivation_by_its_new_numbers(complete: Complete) -> None:
    cited = PARTS[4].replace("2.1 节第二式）", "2.1 节的式 (2.2)）")
    bad = WRITTEN[2].replace("n \\tag", "n^{ \\tag")
    better = PARTS[2].replace("用 $\\log u", "先看一项：\n\n$$\nu\\log u\n$$\n\n再用 $\\log u")
    model = Scripted(good_replies(repair=[better]))
    after = proposed(complete(article(PARTS[1], bad, cited), model))
    assert purposes(model) == ["expand.repair"]
    assert cited.replace("式 (2.2)", "式 (2.3)") in after


def test_an_expansion_without_any_part_keeps_what_it_holds_and_gets_all(complete: Complete) -> None:
    own = "作者自己写的一段推导，没有分部分。\n"
    after = proposed(complete(article(own), Scripted(good_replies())))
    assert after.index(own) < after.index(PARTS[1].strip())


def test_a_part_that_stands_twice_stands_once_afterwards(complete: Complete) -> None:
    item = complete(article(PARTS[1], PARTS[2], PARTS[4], PARTS[2]), Scripted(good_replies()))
    assert proposed(item).count("### 第2部分") == 1
    assert item.proposal
    assert item.proposal.shrinks


def test_a_part_written_a_second_time_in_other_words_is_left_to_its_writer(
    store: Store, job: Callable[..., Job]
) -> None:
    again = "### 第4部分：批判性比较\n\n我自己后来想到的两行，\n\n不在前面那一份里。\n"
    before = article(PARTS[1], PARTS[2], BAD_PART4, again)
    store.write(PATH, before, expected_sha256=store.read(PATH).sha256)
    item = expand_article(PATH, job(Scripted({})), completes=True)
    assert (item.state, item.reason) == ("skipped", "skipped-two-texts")
    line = before[: before.index(again)].count("\n") + 1
    assert all(f"{line}: 第4部分：批判性比较" in item.sentence(language) for language in ("zh", "en"))
    assert store.read(PATH).text == before


def test_a_repair_that_leaves_much_of_a_part_out_is_not_taken(complete: Complete) -> None:
    longer = BAD_PART4 + "\n".join(f"\n第 {n} 个旁注谈别的事。\n" for n in "甲乙丙丁戊己庚辛")
    events: list[Event] = []
    item = complete(article(PARTS[1], PARTS[2], longer), Scripted(good_replies(repair=[PARTS[4]])), events)
    assert (item.reason, item.proposal) == ("not-better", None)
    assert "number-unmarked" in {finding.rule for finding in item.findings}
    assert any(isinstance(event, Unrepaired) for event in events)


DOUBTS = "".join(f"\n<!-- 存疑：第 {n} 个旁注谈别的事 -->\n" for n in "甲乙丙丁戊己庚辛")


def test_doubts_do_not_stand_in_for_what_a_repair_leaves_out(complete: Complete) -> None:
    longer = BAD_PART4 + "\n".join(f"\n第 {n} 个旁注谈别的事。\n" for n in "甲乙丙丁戊己庚辛")
    item = complete(article(PARTS[1], PARTS[2], longer), Scripted(good_replies(repair=[PARTS[4] + DOUBTS])))
    assert (item.reason, item.proposal) == ("not-better", None)


def test_a_proposal_comes_with_the_review_sheet_of_the_article_as_it_will_stand(
    store: Store, complete: Complete
) -> None:
    doubted = PARTS[4].replace("只看个数。", "只看个数。\n<!-- 存疑：也看分布 -->")
    item = complete(article(PARTS[1], PARTS[2], BAD_PART4), Scripted(good_replies(repair=[doubted])))
    after = proposed(item)
    lines = {word: after[: after.index(word)].count("\n") + 1 for word in ("只看个数", "（估计：", "（待核）")}
    sheet = store.read(item.review).text
    assert f"- {lines['只看个数']}: 也看分布\n" in sheet
    assert f"- {lines['（估计：']}: " in sheet
    assert f"- {lines['（待核）']}: " in sheet
    assert item.review in item.sentence("zh")
    assert item.proposal
    assert item.proposal.why.endswith(f"要人核对的 {item.points} 处见 {item.review}，其中写的人存疑 1 处")
    assert "\n" not in item.proposal.why
    assert "没有声明一处存疑" not in sheet  # part 2 stood there: nobody was asked for its doubts
    assert "存疑" not in after


def test_the_sheet_of_a_proposal_names_the_steps_that_the_plan_doubts(store: Store, complete: Complete) -> None:
    item = complete(article(PARTS[1], PARTS[4]), Scripted(good_replies()))
    assert "等号何时成立" in store.read(item.review).text
    assert "没有声明一处存疑" in store.read(item.review).text


def test_an_article_that_nothing_is_proposed_for_has_no_sheet(store: Store, complete: Complete) -> None:
    item = complete(article(PARTS[1], PARTS[2], BAD_PART4), Scripted(good_replies(repair=[BAD_PART4])))
    assert (item.reason, item.review) == ("not-better", "")
    assert not store.inside(".wenqu/reviews").exists()


def test_a_finding_names_its_line_of_what_the_repair_is_shown(complete: Complete) -> None:
    doubted = BAD_PART4.replace("#### 4.1 缺陷\n", "#### 4.1 缺陷\n\n甲。\n<!-- 存疑：乙 -->\n<!-- 存疑：丙 -->\n")
    model = Scripted(good_replies(part4=[doubted], repair=[PARTS[4]]))
    complete(article(PARTS[1], PARTS[2]), model)
    asked = "\n".join(block.text for block in model.asked[-1].messages[0].blocks)
    shown = asked.partition("<present>\n")[2].partition("\n</present>")[0].splitlines()
    line = next(number for number, text in enumerate(shown, 1) if "**定量影响**" in text)
    assert f"\n- {line}: " in asked.partition("<findings>")[2]


def test_a_doubt_that_the_user_wrote_is_not_proposed_away(complete: Complete) -> None:
    own = "\n<!-- 存疑：我自己没有想通 -->\n"
    repaired = PARTS[4] + own + "\n<!-- 存疑：新的 -->\n"
    after = proposed(complete(article(PARTS[1], PARTS[2], BAD_PART4 + own), Scripted(good_replies(repair=[repaired]))))
    assert own.strip() in after
    assert "新的" not in after


def test_what_is_better_but_not_good_is_proposed_without_touching_the_status(complete: Complete) -> None:
    model = Scripted(good_replies(repair=[BAD_PART4]))
    item = complete(article(PARTS[2], BAD_PART4, status="pending"), model)
    assert item.reason == "proposed-in-part"
    assert [finding.rule for finding in item.findings] == ["number-unmarked"]
    assert "status: pending" in proposed(item)
    assert PARTS[1].strip() in proposed(item)


def test_a_repair_longer_than_the_models_context_leaves_the_part_as_it_is(complete: Complete) -> None:
    too_long = ModelRefused(status=413, type="request_too_large", reason="too long")
    events: list[Event] = []
    item = complete(article(PARTS[1], PARTS[2], BAD_PART4), Scripted(good_replies(repair=[too_long])), events)
    assert item.reason == "not-better"
    assert any(isinstance(event, Unrepaired) for event in events)


def test_an_answer_that_was_received_is_not_paid_for_again(complete: Complete) -> None:
    before = article(PARTS[1], PARTS[2], BAD_PART4)
    complete(before, Scripted(good_replies(repair=[PARTS[4]])))
    again = Scripted(good_replies(repair=[reply("无用")]))
    assert complete(before, again).reason == "proposed"
    assert purposes(again) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_articles_newlines_are_kept(complete: Complete, newline: str) -> None:
    before = article(PARTS[1], PARTS[2], BAD_PART4).replace("\n", newline)
    after = proposed(complete(before, Scripted(good_replies(repair=[PARTS[4]]))))
    assert after.count("\n") == after.count(newline)


def test_a_rule_between_the_parts_stays_where_a_part_is_replaced(complete: Complete) -> None:
    before = article(PARTS[1], "---\n", PARTS[2], BAD_PART4.rstrip() + "\n\n---\n")
    after = proposed(complete(before, Scripted(good_replies(repair=[PARTS[4]]))))
    assert after.count("\n---\n") == before.count("\n---\n")
    assert after.rstrip().endswith("---")


def test_an_article_whose_own_sections_may_stand_between_its_parts_is_not_completed(
    store: Store, bench: Bench, job: Callable[..., Job]
) -> None:
    own = "### 直接分析\n\n作者的一段。\n\n"
    mixed = article(PARTS[1], own, PARTS[2])
    store.write(PATH, mixed, expected_sha256=store.read(PATH).sha256)
    for earliest in (None, mixed):
        item = expand_article(PATH, job(Scripted({})), earliest=earliest, completes=True)
        assert (item.state, item.reason) == ("skipped", "skipped-mixed")
        assert item.other.endswith(": 直接分析")
        assert all(item.other in item.sentence(language) for language in ("zh", "en"))
    accepting = replace(job(Scripted({})), bench=replace(bench, accepted={PATH: 1.0}))
    assert expand_article(PATH, accepting, earliest=mixed, completes=True).reason == "skipped-mixed"
    known = expand_article(PATH, job(Scripted(good_replies())), earliest=article(own), completes=True)
    assert known.reason != "skipped-mixed"
