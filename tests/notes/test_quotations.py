"""Quotations against the turns they come from."""

from agent.notes.quotations import passages, recorded_turns, unfounded

TURNS = {2: "怕溢出吧", 3: "为什么是\n根号？"}
DOCUMENT = """# 温度深度讨论

## 从哪里出发

**【我说】** [T2](#t2)

> “怕溢出吧”

## 附：全文记录

<a id="t2"></a>[T2](#t2) **我** · 09:00

> 怕溢出吧

<a id="t3"></a>[T3](#t3) **问渠** · 09:01

> 为什么是
> 根号？
"""


def test_the_record_at_the_end_gives_the_turns_back() -> None:
    assert recorded_turns(DOCUMENT) == TURNS
    assert recorded_turns("# 别人的\n\n> 引文\n") == {}


def test_what_stands_in_its_turn_is_founded() -> None:
    assert list(unfounded(DOCUMENT, TURNS)) == []


def test_a_word_changed_in_a_quotation_is_found_with_turn_and_line() -> None:
    (found,) = unfounded(DOCUMENT.replace("“怕溢出吧”", "“怕溢出”呀", 1), TURNS)
    assert (found.turn, found.line, found.quotation) == (2, 7, "“怕溢出”呀")


def test_a_record_that_is_not_the_whole_turn_is_found() -> None:
    (found,) = unfounded(DOCUMENT.replace("> 根号？\n", ""), TURNS)
    assert (found.turn, found.line) == (3, 17)


def test_a_quotation_without_a_reference_is_found() -> None:
    (found,) = unfounded("## 小结\n\n> 怕溢出吧\n", TURNS)
    assert found.turn == 0


def test_lines_are_counted_from_one() -> None:
    assert [(one.line, one.quotation) for one in passages("甲\n\n乙\n> 丙\n> 丁\n\n戊")] == [
        (1, None),
        (4, "丙\n丁"),
        (7, None),
    ]


def test_a_number_that_no_turn_has_refers_to_nothing() -> None:
    number = "9" * 5000
    document = f'[T{number}](#t{number})\n> 甲\n\n<a id="t{number}"></a>\n> 乙\n'
    assert recorded_turns(document) == {}
    assert [one.turn for one in unfounded(document, {})] == [0, 0]
