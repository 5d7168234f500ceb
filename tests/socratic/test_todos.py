"""What a session leaves to do: seven at most, each with the question that closes it, none that is open already."""

from dataclasses import replace

from stage import QUESTION, Table, target

from agent.notes.lines import boxes, visible_lines
from agent.socratic.document.choices import Choices, Pointer, Selection
from agent.socratic.document.compile import Compiled, compiled
from agent.socratic.document.select import by_code
from agent.socratic.document.todos import MOST_TODOS, Todo, still_new, todo_text, todos
from agent.socratic.values import EarlierAccount
from agent.words import Language, say

OLDER = EarlierAccount(
    date="2025-11-09", question="缓存为什么拖慢解码？", text="慢是因为乘法变多了", cite="深度讨论/缓存深度讨论.md#t7"
)


def made(table: Table, selection: Selection | None = None) -> Compiled:
    return compiled(table.state, Choices(selection=selection or by_code(table.state)))


def kinds(table: Table) -> list[str]:
    return [todo.kind for todo in made(table).todos]


def test_what_stayed_open_is_derived_again_and_closes_with_its_own_question() -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "partial")
    table.event("end")
    assert made(table).todos == (Todo(kind="rederive", text=target().title, question=QUESTION["zh"]),)


def test_a_contested_judgement_and_one_that_no_note_backs_are_verified() -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "wrong")
    table.event("contest", text="笔记里不是这样写的")
    table.tutor("摊开")
    assert kinds(table) == ["verify"]
    bare = Table(target(gold=(), misconceptions=(), goal_level=2))
    bare.answer("每一步都要把整个缓存读一遍", "correct", solo=4)
    bare.answer("管道那么宽，货多就排队", "correct", solo=4)
    bare.answer("货减半就快将近一倍", "correct", solo=4)
    assert [outcome.result for outcome in bare.state.outcomes] == ["unjudged"]
    assert kinds(bare) == ["verify"]


def test_a_prediction_with_a_quantity_is_to_be_measured_and_one_without_is_not() -> None:
    def predicted(words: str) -> list[str]:
        table = Table(target(goal_level=2))
        table.answer("每一步都要把整个缓存读一遍", "correct", solo=4)
        table.answer("管道那么宽，货多就排队", "correct", solo=4)
        table.answer(words, "correct", solo=4)
        return [todo.text for todo in made(table).todos if todo.kind == "experiment"]

    (text,) = predicted("先看缓存。减半以后每步约 6 ms。别的不变")
    assert "减半以后每步约 6 ms。" in text
    assert "先看缓存" not in text
    assert predicted("缓存减半，快一倍")
    assert predicted("用 FP16 会更快一些") == []


def test_a_tangent_that_was_followed_is_tied_to_the_question_it_left() -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "partial")
    table.tutor("搬的是什么？")
    table.event("follow", text="显存带宽为什么涨得慢？")
    table.answer("引脚数受限", "partial")
    table.event("end")
    (todo,) = [one for one in made(table).todos if one.kind == "connect"]
    assert "显存带宽" in todo.text
    assert "解码" in todo.text


def test_a_contradiction_with_an_older_account_is_to_be_settled() -> None:
    table = Table(target())
    table.state = replace(table.state, earlier=(OLDER,))
    table.answer("要搬的东西更多", "wrong", older=1)
    table.event("end")
    (todo,) = [one for one in made(table).todos if one.kind == "connect"]
    assert todo.question == say("zh", "discussion.todo-question.contradiction")


def test_there_are_at_most_seven_and_what_was_parked_is_not_the_first_to_go() -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "partial")
    for number in range(3):
        table.event("park", text=f"另一件事 {number}")
    asked = tuple(Pointer(turn=3, span=f"问题 {number}？") for number in range(9))
    table.event("end")
    found = made(table, Selection(courses=by_code(table.state).courses, questions=asked)).todos
    assert len(found) == MOST_TODOS
    assert [todo.kind for todo in found[:4]] == ["rederive", "parked", "parked", "parked"]


def test_the_same_thing_parked_twice_is_kept_once() -> None:
    table = Table(target())
    table.event("park", text="再看  一遍带宽")
    table.event("park", text="再看 一遍带宽")
    table.tutor()
    table.event("end")
    assert len([todo for todo in todos(table.state) if todo.kind == "parked"]) == 1


def test_what_an_open_box_holds_already_is_not_added_again() -> None:
    document = "- [ ] 查一查显存带宽每年涨多少，和算力比\n- [x] 测一测减半以后的每步时间\n"
    found = (
        Todo(kind="read", text="显存带宽每年涨多少", question="显存带宽每年涨多少"),
        Todo(kind="experiment", text="测一测减半以后的每步时间", question="差多少？"),
    )
    assert still_new(found, boxes(visible_lines(document))) == found[1:]


def test_a_todo_that_is_its_own_closing_question_is_said_once(language: Language) -> None:
    asked = {"zh": "带宽为什么涨得慢？", "en": "Why does bandwidth grow slowly?"}[language]
    assert todo_text(Todo(kind="read", text=asked, question=asked), language).count(asked) == 1


def test_a_word_that_was_parked_is_kept_though_an_open_box_holds_it(language: Language) -> None:
    word = {"zh": "熵", "en": "entropy"}[language]
    document = {"zh": "- [ ] 推出熵对温度的导数\n", "en": "- [ ] derive the entropy with respect to temperature\n"}
    parked = Todo(kind="parked", text=word, question="?")
    assert still_new((parked,), boxes(visible_lines(document[language]))) == (parked,)


def test_what_closes_a_todo_is_a_question_even_where_the_list_gave_an_order() -> None:
    table = Table(target(title="为什么同加一个常数不变", question="从定义出发说明这条性质。"))
    table.answer("约掉了", "partial")
    table.event("end")
    (todo,) = [one for one in made(table).todos if one.kind == "rederive"]
    assert "从定义出发" not in todo_text(todo, "zh")


def test_what_nobody_judged_is_compared_with_its_note_and_verified_where_no_note_is_known() -> None:
    def todo_of(**place: object) -> Todo:
        table = Table(target(gold=(), misconceptions=(), sealed=False, **place))
        table.answer("要搬的东西更多", "partial", confidence=None)
        unsure = replace(table.state.diagnoses[-1], confidence=0.0)
        table.state = replace(table.state, diagnoses=(unsure,))
        table.event("end")
        (found,) = made(table).todos
        return found

    assert todo_of().kind == "read"
    assert f"{target().path}:{target().line}" in todo_of().question
    assert todo_of(path="", sources=()).kind == "verify"
