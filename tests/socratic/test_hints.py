from stage import Table, target

from agent.socratic.hints import after_answer, climb, rung_of
from agent.socratic.policy import TABLE
from agent.socratic.values import Ladder

PARTIAL = TABLE["partial"]


def test_the_first_account_counts_as_no_failed_turn() -> None:
    assert after_answer(Ladder(), progressed=False, idle=False, first=True).stuck == 0


def test_one_rung_up_after_two_turns_without_progress_and_never_two() -> None:
    ladder = Ladder()
    hints = []
    for number in range(6):
        ladder = after_answer(ladder, progressed=False, idle=False, first=number == 0)
        hint, ladder = climb(ladder, PARTIAL, cap=5, honest=False)
        hints.append(hint)
    assert hints == [1, 1, 2, 2, 3, 3]


def test_one_rung_up_after_an_honest_dont_know() -> None:
    ladder = Ladder()
    hints = []
    for number in range(4):
        ladder = after_answer(ladder, progressed=False, idle=False, first=number == 0)
        hint, ladder = climb(ladder, TABLE["dont_know"], cap=5, honest=True)
        hints.append(hint)
    assert hints == [0, 1, 2, 3]


def test_progress_leads_back_to_the_bottom() -> None:
    ladder = after_answer(Ladder(rung=3, stuck=1, highest=3), progressed=True, idle=False, first=False)
    assert (ladder.rung, ladder.stuck, ladder.highest) == (0, 0, 3)


def test_three_effortless_turns_stop_the_hints() -> None:
    ladder = Ladder(rung=2)
    for _ in range(3):
        ladder = after_answer(ladder, progressed=False, idle=True, first=False)
    assert climb(ladder, PARTIAL, cap=5, honest=True)[0] == 0


def test_a_list_hint_that_holds_a_value_stands_on_the_third_rung() -> None:
    assert rung_of("10B 参数 × 2 字节是多少？") == 3
    assert rung_of("想想每一步要读什么") == 1


def test_list_hints_are_given_one_after_another_and_values_not_below_the_third_rung() -> None:
    table = Table(target(hints=("想想每一步要读什么", "40 GB 除以每秒 3.35 TB"), misconceptions=()))
    first = table.answer("不太清楚它为什么慢", "partial").instruction
    assert first is not None
    assert first.material == "想想每一步要读什么"
    table.tutor("想想每一步要读什么，会怎样？")
    second = table.answer("还是不太清楚", "partial").instruction
    assert second is not None
    assert (second.hint, second.material) == (1, "")


def test_help_comes_only_after_an_attempt_and_one_rung_for_each() -> None:
    from agent.socratic.commands import granted  # noqa: PLC0415 - beside its only use

    table = Table()
    table.tutor()
    assert not granted(table.state, "hint")
    assert not granted(table.state, "tell")
    table.answer("每步都要搬数据", "partial")
    table.tutor()
    assert granted(table.state, "hint")
    table.event("hint")
    table.tutor()
    assert not granted(table.state, "hint")
    assert granted(table.state, "tell")


def test_without_gold_nothing_is_asserted() -> None:
    table = Table(target(gold=(), misconceptions=()))
    shown = []
    while table.state.phase != "close":
        due = table.answer("我真的不知道，完全没有头绪，但是在想办法", "dont_know", solo=0).instruction
        shown.append((due.move, due.hint) if due else None)
    assert max(hint for move, hint in filter(None, shown)) == 3
