"""A question that is asked in two parts is through when both were asked."""

from stage import Table, target

from agent.notes.discussion import parse_discussion
from agent.socratic.document.choices import Choices
from agent.socratic.document.compile import Compiled, compiled
from agent.socratic.document.render import render
from agent.socratic.document.select import by_code


def ended_after_the_first() -> Compiled:
    table = Table(target(id="Q1.1", title="甲？"), target(id="Q1.2", title="乙？"), target(id="Q2", title="丙？"))
    table.answer("每一步都要把存下来的东西读一遍，所以慢", "correct", solo=3)
    table.event("end")
    return compiled(table.state, Choices(selection=by_code(table.state)))


def test_a_part_that_was_not_asked_is_still_open_and_another_question_is_not() -> None:
    made = ended_after_the_first()
    assert [(one.id, result) for one, result in made.left if one.id != "Q1.1"] == [("Q1.2", "unasked")]
    assert "- Q1.2 乙？（还没有问到）\n" in render(made)


def test_what_to_do_first_about_a_question_is_said_once_for_all_its_parts() -> None:
    table = Table(*(target(id=f"Q1.{number}", title=f"{number}？", headline="甲与乙？") for number in (1, 2)))
    for _ in range(2):
        table.answer("每一步都要把存下来的东西读一遍，所以慢", "correct", solo=3)
        table.event("skip")
    document = render(compiled(table.state, Choices(selection=by_code(table.state))))
    assert document.count("- 过几天不看笔记") == 1


def test_a_question_of_which_a_part_was_not_asked_is_discussed_and_not_settled() -> None:
    document = parse_discussion(render(ended_after_the_first()))
    assert "Q1" in document.questions
    assert "Q1" in document.unsettled
