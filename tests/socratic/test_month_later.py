"""What a learner reads in a document a month later: nothing twice, no phrase without substance, nothing mislabelled."""

from dataclasses import replace

from behaving import ANSWERS, behaving
from stage import CLAIM, Learner, ScriptedModel, Stage, Table, bare_target, gold_reply, judged, target

from agent.socratic.document.choices import Choices
from agent.socratic.document.compile import Compiled, compiled
from agent.socratic.document.render import render
from agent.socratic.document.select import by_code
from agent.socratic.values import EarlierAccount
from agent.words import Language, say

DEMAND: dict[Language, str] = {"zh": "直接告诉我答案吧", "en": "just tell me the answer"}
PRODUCT: dict[Language, str] = {"zh": "能写一句完整的话吗？", "en": "Could you put it into one sentence?"}


def made(table: Table) -> Compiled:
    return compiled(table.state, Choices(selection=by_code(table.state)))


def part(document: str, name: str, language: Language) -> str:
    after = document.split(say(language, f"discussion.section.{name}") + "\n")
    return after[1].split("\n## ")[0] if len(after) > 1 else ""


def told(stage: Stage, language: Language) -> str:
    """The document of a learner who demands the answer, tries once, and is told."""
    model = behaving(language)
    model.answers["socratic.diagnose"] = [judged("partial"), judged("correct")]
    model.answers["socratic.phrase"] = [PRODUCT[language], *model.answers["socratic.phrase"]]
    said = ANSWERS[language]
    finished = stage.run(Learner(DEMAND[language], said[0], DEMAND[language], said[2], said[4]), model)
    assert finished.problems == ()
    return finished.document.after


def test_a_demand_is_no_first_account(stage: Stage, language: Language) -> None:
    start = part(told(stage, language), "start", language)
    assert f"> “{ANSWERS[language][0]}”" in start
    assert DEMAND[language] not in start


def test_what_was_told_is_quoted_once_without_its_frame_and_is_no_pivotal_question(
    stage: Stage, language: Language
) -> None:
    document = told(stage, language)
    assert f"> {CLAIM[language]}\n" in part(document, "detail", language)
    frame = say(language, "socratic.tell", claims="\0", cites="").split("\0")[0]
    assert f"> {frame}" not in part(document, "detail", language)
    assert say(language, "discussion.pivot", helped="", ref="").strip() not in part(document, "change", language)
    assert f" · {say(language, 'discussion.how.told')} ·" not in part(document, "change", language)


def test_where_nothing_was_judged_right_no_account_is_called_accurate(stage: Stage, language: Language) -> None:
    model = ScriptedModel(gold=gold_reply(language), diagnose=judged("partial"), phrase=PRODUCT[language])
    summary = {"zh": "总结：还没想清楚", "en": "to sum up, I do not see it yet"}[language]
    finished = stage.run(Learner(ANSWERS[language][0], "/skip", summary), model)
    document = finished.document.after
    assert say(language, "discussion.section.now") not in document
    assert f"> “{summary}”" in part(document, "change", language)


def test_two_questions_that_turned_in_the_same_way_teach_one_thing_once() -> None:
    table = Table(target(), target(id="Q2"))
    for _ in range(2):
        table.answer("因为乘法变多了，所以变慢", "wrong")
        table.answer("每一步都要把存下来的东西读一遍，所以慢", "correct", solo=3)
        table.tutor()
        table.event("skip")
    method = part(render(made(table)), "method", "zh")
    assert method.count("下次自己卡住时") == 1
    assert method.count("](#t") == 2
    assert "一路的问法" not in method


def test_a_question_to_be_derived_again_is_named_once(stage: Stage, language: Language) -> None:
    model = ScriptedModel(gold=gold_reply(language), diagnose=judged("partial"), phrase=PRODUCT[language])
    document = stage.run(Learner(ANSWERS[language][0], "/end"), model).document.after
    kind = say(language, "discussion.todo.rederive")
    line = next(line for line in document.split("\n") if line.startswith(f"- [ ] {kind}"))
    assert line.count(bare_target(language).title) == 1
    assert line.endswith(("？", "?"))


def test_a_contradiction_that_was_settled_in_the_session_is_none_any_more() -> None:
    older = EarlierAccount(
        date="2026-10-01",
        question=target().question,
        text="每一步都要把缓存读一遍，受带宽限制",
        cite="深度讨论/缓存.md#t7",
        level=3,
        how="unaided",
    )

    def kinds(*, settled: bool) -> list[str]:
        table = Table(target())
        table.state = replace(table.state, earlier=(older,))
        table.answer("因为乘法变多了，所以变慢", "wrong", older=1)
        if settled:
            table.answer("每一步都要把存下来的东西读一遍，所以慢", "correct", solo=3)
        return [relation.kind for relation in made(table).relations]

    assert kinds(settled=False) == ["contradicts"]
    assert kinds(settled=True) in (["cites"], ["deepens"])


def test_a_bare_topic_bears_no_identifier(stage: Stage, language: Language) -> None:
    finished = stage.run(Learner(ANSWERS[language][0], "/end"), None, [bare_target(language, id="T1", headline="")])
    assert "T1 " not in part(finished.document.after, "start", language)


def mistaken(*, after: str) -> Compiled:
    """A misconception is shown; then the learner comes to the answer, or to nothing, and skips the retelling."""
    table = Table(target())
    table.answer("因为乘法变多了，所以变慢", "wrong", misconception=1)
    table.answer("每一步都要把存下来的东西读一遍，所以慢", after, solo=3)  # type: ignore[arg-type]
    table.tutor()
    table.event("skip")
    return made(table)


def test_a_misconception_that_was_turned_around_is_not_open_because_the_retelling_was_skipped() -> None:
    cleared, held = mistaken(after="correct"), mistaken(after="partial")
    assert [one.status for one in cleared.mistakes] == ["gone"]
    assert [one.status for one in held.mistakes] == ["open"]
    assert [result for one in (cleared, held) for _, result in one.left] == ["left", "left"]
    assert [todo.kind for one in (cleared, held) for todo in one.todos] == ["finish", "rederive"]
    assert ([one.cite for one in cleared.passages], held.passages) == ([target().gold[0].source.cite], ())


def test_the_words_that_asked_to_be_told_stand_in_the_record(stage: Stage, language: Language) -> None:
    assert f"> {DEMAND[language]}\n" in part(told(stage, language), "record", language)


def test_code_that_is_a_first_account_is_given_once_above_the_record(stage: Stage, language: Language) -> None:
    pasted = "```python\nread(cache)\n```\n"
    finished = stage.run(Learner(pasted, "/end"), None)
    assert finished.document is not None
    above = finished.document.after.split(say(language, "discussion.section.record"))[0]
    assert above.count("> read(cache)") == 1
    assert "> ```\n>\n" not in above
    assert say(language, "discussion.pasted-above", ref="").strip() in part(above, "detail", language)


def test_no_code_of_a_level_or_a_hint_is_left_unexplained() -> None:
    document = render(mistaken(after="correct"))
    assert say("zh", "discussion.level.1") in part(document, "change", "zh")
    assert "L1" not in part(document, "change", "zh")


def test_a_session_over_days_bears_the_day_of_its_begin_and_its_proposals_that_of_its_end() -> None:
    table = Table(target())
    table.answer("因为乘法变多了，所以变慢", "wrong")
    times = [turn.time for turn in table.state.said]
    table.state = replace(
        table.state,
        turns=tuple(
            replace(turn, time="2020-01-02T10:00:00+00:00") if turn is table.state.turns[0] else turn
            for turn in table.state.turns
        ),
    )
    found = made(table)
    assert (found.date, found.last_day) == ("2020-01-02", max(times)[:10])
