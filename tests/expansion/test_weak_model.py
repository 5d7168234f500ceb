"""A weak model or a small context ends in a draft with its findings, the article untouched; never in nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rehearsal import ARTICLE, PARTS, PATH, WRITTEN, Scripted, good_replies, purposes, reply

from agent.errors import AgentError, CeilingReached, ModelIncomplete, ModelRefused, ModelUnreachable
from agent.expansion.article import Job, expand_article
from agent.expansion.events import Event, Item, Unplanned, Unrepaired
from agent.expansion.mend import mend_part
from agent.expansion.verdict import Bench, judge_with, whole
from agent.model.messages import Reply, StopReason
from agent.notes.article import parse_article
from agent.settings import ModelSettings, Settings
from agent.standard.standard import Standard
from agent.words import Language, say
from agent.workspace.ledger import Ledger
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

MakeJob = Callable[..., Job]
BROKE_OFF = say("zh", "expansion.broke-off")
NO_PLAN = "这是我的计划：先写第一部分……"
BAD_PART4 = PARTS[4].replace("（推导：代入 2.1 节第二式）", "")
HALF = PARTS[2][: PARTS[2].index("得到上界")]


def text(store: Store, path: str = PATH) -> str:
    return store.read(path).text


def refused(status: int) -> ModelRefused:
    return ModelRefused(status=status, type="invalid_request_error", reason="prompt is too long")


def unreachable() -> ModelUnreachable:
    return ModelUnreachable(where="127.0.0.1", reason="connection refused")


def cut(stop_reason: StopReason = "max_tokens", written: str = HALF) -> Reply:
    return reply(written, stop_reason)


def without_plan(*answers: Any, **changes: list[Any]) -> dict[str, list[Any]]:
    return good_replies(**changes) | {"expand.plan": list(answers or (NO_PLAN,))}


# The plan.


def test_after_two_replies_that_are_no_plan_the_parts_are_written_without_one(store: Store, job: MakeJob) -> None:
    events: list[Event] = []
    model = Scripted(without_plan())
    assert expand_article(PATH, job(model, events)).state == "written"
    assert purposes(model) == ["expand.plan", "expand.plan", "expand.part2", "expand.part1", "expand.part4"]
    first, second = (event for event in events if isinstance(event, Unplanned))
    assert "计划用不上（回答里没有读得出的 JSON 对象），请模型改正" in first.sentence("zh")
    assert "without one" in second.sentence("en")
    (_, theirs, again) = model.asked[1].messages
    assert theirs.blocks[0].text == NO_PLAN
    assert "<findings>\n回答里没有读得出的 JSON 对象\n</findings>" in again.blocks[0].text
    for request in model.asked[2:]:
        told = "".join(block.text for block in request.messages[0].blocks)
        assert "这一次没有计划" in told
        assert "<plan>" not in told
    assert len({request.messages[0].blocks[:2] for request in model.asked[2:]}) == 1


def test_with_a_plan_no_part_is_told_that_there_is_none(job: MakeJob) -> None:
    model = Scripted(good_replies())
    expand_article(PATH, job(model))
    assert not any("没有计划" in block.text for request in model.asked for block in request.messages[0].blocks)


@pytest.mark.parametrize("answer", [reply(""), reply('{"outline": [', "max_tokens"), cut(written="{")])
def test_an_empty_or_a_cut_reply_is_no_plan(job: MakeJob, answer: Reply) -> None:
    assert expand_article(PATH, job(Scripted(without_plan(answer)))).state == "written"


def test_a_plan_that_could_not_be_read_is_not_asked_for_again(job: MakeJob) -> None:
    expand_article(PATH, job(Scripted(without_plan(part4=[BAD_PART4])), repair_rounds=0))
    silent = Scripted({})
    assert expand_article(PATH, job(silent, repair_rounds=0)).state == "needs_review"
    assert silent.asked == []


def test_a_refused_plan_fails_the_item(store: Store, job: MakeJob) -> None:
    item = expand_article(PATH, job(Scripted(without_plan(reply("我不写", "refusal")))))
    assert isinstance(item.problem, ModelRefused)
    assert (item.state, item.draft) == ("failed", "")
    assert "我不写" in item.sentence("zh")


# A reply that breaks off.


def assert_broken_off(item: Item, store: Store) -> None:
    assert (item.state, item.problem) == ("needs_review", None)
    assert text(store) == ARTICLE
    lines = text(store, item.draft).splitlines()
    assert lines.count(BROKE_OFF) == 1
    found = next(finding for finding in item.findings if finding.rule == "placeholder")
    assert lines[found.line - 2 : found.line] == ["", BROKE_OFF]
    assert BROKE_OFF in text(store, ".wenqu/drafts/文章/熵.findings.md")
    assert "先写出定义" in text(store, item.draft)
    assert PARTS[4].strip() in text(store, item.draft)


@pytest.mark.parametrize(
    ("first", "continued", "requests"),
    [
        (cut(), cut(written="又一段。\n"), 7),
        (cut(), refused(400), 5),
        (cut(), refused(413), 5),
        (cut(), reply("", "max_tokens"), 5),
        (cut(), cut("model_context_window_exceeded", "又一段。\n"), 5),
        (cut("model_context_window_exceeded"), None, 4),
    ],
)
def test_a_part_that_breaks_off_is_kept_up_to_there_and_refused_by_the_gate(
    store: Store, job: MakeJob, first: Reply, continued: object, requests: int
) -> None:
    model = Scripted(good_replies(part2=[first], **{"continue": [continued]}))
    assert_broken_off(expand_article(PATH, job(model, repair_rounds=0)), store)
    assert len(model.asked) == requests


def test_a_part_that_broke_off_is_not_paid_for_twice(store: Store, job: MakeJob) -> None:
    endless = good_replies(part2=[cut()], **{"continue": [cut(written="又。\n")]})
    expand_article(PATH, job(Scripted(endless), repair_rounds=0))
    silent = Scripted({})
    assert_broken_off(expand_article(PATH, job(silent, repair_rounds=0)), store)
    assert silent.asked == []


def test_a_part_that_broke_off_can_be_repaired(store: Store, job: MakeJob) -> None:
    model = Scripted(good_replies(part2=[cut("model_context_window_exceeded")], repair=[PARTS[2]]))
    assert expand_article(PATH, job(model)).state == "written"
    repair = next(request for request in model.asked if request.purpose == "expand.repair")
    assert BROKE_OFF in repair.messages[0].blocks[-1].text
    assert BROKE_OFF not in text(store)


@pytest.mark.parametrize("problem", [unreachable(), refused(401), refused(429), refused(529)])
def test_another_failure_of_a_continuation_ends_the_writing(store: Store, job: MakeJob, problem: AgentError) -> None:
    model = Scripted(good_replies(part2=[cut()], **{"continue": [problem]}))
    item = expand_article(PATH, job(model))
    assert (item.state, item.problem, item.draft) == ("failed", problem, "")


@pytest.mark.parametrize("answer", [refused(400), refused(413), reply("", "max_tokens"), reply("…", "pause_turn")])
def test_a_first_reply_without_text_fails_the_item(store: Store, job: MakeJob, answer: Any) -> None:
    item = expand_article(PATH, job(Scripted(good_replies(part2=[answer]))))
    assert isinstance(item.problem, ModelRefused | ModelIncomplete)
    assert (item.state, item.draft, text(store)) == ("failed", "", ARTICLE)


def test_an_empty_answer_is_called_empty(job: MakeJob) -> None:
    item = expand_article(PATH, job(Scripted(good_replies(part2=[reply(" \n")]))))
    assert "回答是空的" in item.sentence("zh")
    assert "end_turn" not in item.sentence("zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_shipped_standard_refuses_the_line_in_both_languages(language: Language) -> None:
    standard = read_standard("five-part/2025-11-24")
    assert re.fullmatch(standard.refused.placeholder_pattern, say(language, "expansion.broke-off"))


def test_in_an_english_workspace_the_line_is_english(job: MakeJob, bench: Bench) -> None:
    english = replace(bench, settings=Settings(language="en", model=ModelSettings(main="claude-sonnet-5-5")))
    model = Scripted(good_replies(part2=[cut("model_context_window_exceeded")]))
    item = expand_article(PATH, replace(job(model, repair_rounds=0), bench=english))
    assert "[the reply broke off here]" in [finding.found for finding in item.findings]


PIECES = st.sampled_from(
    [
        *("```", "```python", "~~~", "$$", r"\[", r"\begin{aligned}", r"\frac{1}{", "`", "``", "<!--", "<div>"),
        *('<div class="derivation-box">', "</div>", "## 第1部分：又一遍", "# 总结", "## 公式推导与注释", "---"),
        *("> 引用", "    缩进", "- 项", "| 甲 |", "**缺陷1：题**", "**定量影响**：3", "希望这对你有帮助", "", "又又又"),
        *("TODO: 添加详细的数学公式推导和注释", "<!-- 存疑：甲 -->", "<!-- 存疑：断"),
    ]
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=10).map("\n".join), st.sampled_from([1, 2, 4]))
def test_wherever_a_reply_breaks_off_the_gate_sees_it_and_mending_leaves_it(
    bench: Bench, standard: Standard, broken: str, number: int
) -> None:
    mended = mend_part(broken, number, standard, "zh")
    part = f"{mended}\n{BROKE_OFF}\n"
    assert mend_part(part, number, standard, "zh") == part
    verdict = judge_with(parse_article(PATH, ARTICLE, standard), whole(PARTS | {number: part}), bench, None)
    lines = verdict.expansion.splitlines()
    (found,) = (f.line for f in verdict.draft_findings(standard) if f.rule == "placeholder" and f.found == BROKE_OFF)
    assert lines[found - 1] == BROKE_OFF
    assert not verdict.passed


# A model that fails on the way.


def test_a_failure_after_the_first_part_keeps_what_there_is(store: Store, job: MakeJob, ledger: Ledger) -> None:
    model = Scripted(good_replies(part4=[unreachable()]))
    item = expand_article(PATH, job(model))
    assert item.state == "failed"
    assert isinstance(item.problem, ModelUnreachable)
    assert text(store) == ARTICLE
    assert text(store, item.draft) == f"{PARTS[1]}\n{WRITTEN[2]}"
    assert [finding.rule for finding in item.findings] == ["part-missing"]
    said = item.sentence("zh")
    assert said.startswith(item.problem.sentence("zh"))
    assert item.draft in said
    assert ".wenqu/drafts/文章/熵.findings.md" in said
    assert "--fresh" in said
    assert item.sentence("en").startswith(item.problem.sentence("en"))
    assert [entry.state for entry in ledger.items()] == ["failed"]
    assert item.usage.output_tokens == 3_000


def test_a_ceiling_after_the_first_part_keeps_what_there_is(store: Store, job: MakeJob) -> None:
    model = Scripted(
        {name: [reply(words, tokens=3_000) for words in script] for name, script in good_replies().items()}
    )
    item = expand_article(PATH, job(model, max_cost=Decimal("0.1")))
    assert isinstance(item.problem, CeilingReached)
    assert (item.state, item.draft) == ("failed", ".wenqu/drafts/文章/熵.md")
    assert WRITTEN[2].strip() in text(store, item.draft)


def test_a_failure_before_the_first_part_leaves_no_draft(store: Store, job: MakeJob) -> None:
    item = expand_article(PATH, job(Scripted(good_replies(part2=[unreachable()]))))
    assert (item.state, item.draft, item.findings) == ("failed", "", ())
    assert item.sentence("zh") == unreachable().sentence("zh")
    assert not store.inside(".wenqu/drafts").exists()


def test_a_failure_during_the_repairs_keeps_the_best_there_was(store: Store, job: MakeJob) -> None:
    worst = BAD_PART4.replace("添一个", "此处省略。添一个")
    item = expand_article(PATH, job(Scripted(good_replies(part4=[worst], repair=[BAD_PART4, unreachable()]))))
    assert (item.state, item.attempts) == ("failed", 3)
    assert text(store, item.draft) == f"{PARTS[1]}\n{WRITTEN[2]}\n{BAD_PART4}"


def test_an_interruption_leaves_no_draft(store: Store, job: MakeJob) -> None:
    with pytest.raises(KeyboardInterrupt):
        expand_article(PATH, job(Scripted(good_replies(part4=[KeyboardInterrupt()]))))
    assert not store.inside(".wenqu/drafts").exists()


def test_the_next_run_goes_on_and_renews_the_unfinished_draft(store: Store, job: MakeJob) -> None:
    expand_article(PATH, job(Scripted(good_replies(part4=[unreachable()]))))
    second = Scripted(good_replies(part4=[BAD_PART4]))
    item = expand_article(PATH, job(second, repair_rounds=0))
    assert purposes(second) == ["expand.part4"]
    assert (item.state, item.draft) == ("needs_review", ".wenqu/drafts/文章/熵.md")
    assert BAD_PART4.strip() in text(store, item.draft)


def test_an_unfinished_draft_that_was_edited_is_not_replaced(store: Store, job: MakeJob) -> None:
    first = expand_article(PATH, job(Scripted(good_replies(part4=[unreachable()]))))
    draft = store.read(first.draft)
    store.write(draft.path, draft.text.replace("无知", "未知"), expected_sha256=draft.sha256)
    second = expand_article(PATH, job(Scripted(good_replies(part4=[BAD_PART4])), repair_rounds=0))
    assert "未知" in text(store, first.draft)
    assert second.draft == ".wenqu/drafts/文章/熵 (2).md"


@pytest.mark.parametrize("status", [400, 413])
def test_a_repair_that_does_not_fit_into_the_context_leaves_its_part_as_it_is(
    store: Store, job: MakeJob, status: int
) -> None:
    events: list[Event] = []
    model = Scripted(good_replies(part2=[HALF], repair=[refused(status)]))
    item = expand_article(PATH, job(model, events))
    assert (item.state, item.problem) == ("needs_review", None)
    assert PARTS[4].strip() in text(store, item.draft)
    said = [event for event in events if isinstance(event, Unrepaired)]
    assert {event.part for event in said} == {2}
    assert all("prompt is too long" in event.sentence(language) for event in said for language in ("zh", "en"))


def test_no_repair_is_asked_for_when_none_is_wanted(job: MakeJob) -> None:
    model = Scripted(good_replies(part4=[BAD_PART4]))
    item = expand_article(PATH, job(model, repair_rounds=0))
    assert (item.state, item.attempts) == ("needs_review", 1)
    assert "expand.repair" not in purposes(model)
