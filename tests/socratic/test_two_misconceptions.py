"""Each misconception is told from the truth by its own question, and the document does not mix them up."""

import pytest
from stage import MISTAKE, Table, target

from agent.socratic.document.choices import Choices
from agent.socratic.document.compile import Compiled, compiled
from agent.socratic.document.select import by_code
from agent.socratic.values import Misconception

OTHER = Misconception(belief="缓存是放在硬盘上的", cue="断开硬盘照样解码", question="断开硬盘以后，解码还能继续吗？")
RIGHT = ("其实是搬运变多", "路宽不变货变多", "路窄时货多就慢", "管道一样宽而货多，自然排队", "货减半便快一倍")


def both() -> Table:
    return Table(target(misconceptions=(MISTAKE["zh"], OTHER)))


def made(table: Table) -> Compiled:
    return compiled(table.state, Choices(selection=by_code(table.state)))


def until_told_apart(table: Table, *answers: str) -> None:
    """Let the learner be right until a misconception is to be told apart."""
    for text in answers:
        if table.state.instruction and table.state.instruction.move == "discriminate":
            return
        table.answer(text, "correct", solo=3)


def test_each_of_two_misconceptions_is_told_apart_by_its_own_question() -> None:
    table = both()
    table.answer("因为乘法变多了", "wrong", misconception=1)
    table.answer("因为硬盘太慢", "wrong", misconception=2)
    asked = []
    for text in (*RIGHT, "能继续，缓存在显存里", "一样快，因为等的是货"):
        state = table.answer(text, "correct", solo=3)
        if state.instruction and state.instruction.move == "discriminate":
            asked.append(state.instruction.material)
    assert sorted(asked) == sorted((MISTAKE["zh"].question, OTHER.question))
    assert state.outcomes[0].result == "mastered"


def test_the_document_holds_no_misconception_for_told_apart_by_the_question_of_another() -> None:
    table = both()
    table.answer("因为乘法变多了", "wrong", misconception=1)
    table.answer("因为硬盘太慢", "wrong", misconception=2)
    until_told_apart(table, *RIGHT)
    table.answer("说的就是这一问的答案", "correct", solo=3)
    table.event("end")
    apart = {one.misconception.belief: one.told_apart for one in made(table).mistakes}
    assert sum(one is not None for one in apart.values()) == 1
    answers = {card.question: card.answer for card in made(table).cards}
    assert [question for question in (MISTAKE["zh"].question, OTHER.question) if question in answers] == [
        next(one.question for one in (MISTAKE["zh"], OTHER) if apart[one.belief])
    ]


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("设想算力翻倍而别的都不变：每步能快多少？", "设想算力翻倍而别的都不变：每步能快多少？"),
        ("你说它慢。你这一步依靠的是哪一个量？", ""),
    ],
)
def test_a_card_asks_what_was_asked_and_no_question_that_was_to_be_asked(asked: str, question: str) -> None:
    table = Table(target())
    table.answer("因为乘法变多了", "wrong", misconception=1)
    until_told_apart(table, *RIGHT)
    table.tutor(asked)
    table.answer("说的就是这一问的答案", "correct", solo=3)
    table.event("end")
    (mistake,) = made(table).mistakes
    assert (mistake.told_apart is not None) == bool(question)
    asking = {card.answer: card.question for card in made(table).cards}
    assert asking.get("说的就是这一问的答案", "") == question
    assert MISTAKE["zh"].question not in asking.values()
