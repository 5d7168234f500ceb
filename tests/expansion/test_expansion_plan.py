"""A plan is taken only when it plans what the standard asks for."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rehearsal import ARTICLE, PATH, PLAN, reply

from agent.errors import ModelGarbage
from agent.expansion.plan import SCHEMA, Plan, parse_plan, why_no_plan
from agent.expansion.plan_mend import with_backslashes
from agent.expansion.writer import sample_prompt
from agent.model.messages import Reply
from agent.model.structured import parse_json
from agent.notes.article import parse_article
from agent.settings import Settings
from agent.words import Language
from agent.workspace.standards import read_standard

STANDARD = read_standard("five-part/2025-11-24")


def parsed(**changes: Any) -> Any:
    return parse_plan(reply(json.dumps(PLAN | changes, ensure_ascii=False)), STANDARD)


def test_a_plan_is_read_into_values() -> None:
    plan = parsed()
    assert plan.derivations[0].steps == ("取对数", "取界")
    assert plan.notation[0].symbol == "$H$"
    assert [section.part for section in plan.outline] == [1, 2, 3, 4, 5]


def test_words_around_the_object_do_no_harm() -> None:
    text = f"计划如下：\n```json\n{json.dumps(PLAN)}\n```"
    assert parse_plan(reply(text), STANDARD) == parsed()


@pytest.mark.parametrize(
    ("changes", "zh"),
    [
        ({"flaws": PLAN["flaws"][:2]}, "flaws 只有 2 项，至少要 3 项"),
        ({"analogies": []}, "analogies 只有 0 项，至少要 2 项"),
        ({"directions": PLAN["directions"][:1]}, "directions 只有 1 项，至少要 3 项"),
        ({"outline": PLAN["outline"][1:]}, "outline 里没有第 1 部分的小节"),
        ({"notation": []}, "notation 是空的"),
        ({"notation": [{"symbol": " "}]}, "notation 是空的"),
        ({"claims": 3}, "claims 应是一个列表"),
        ({"claims": ["没有"]}, "claims 应是一个列表"),
    ],
)
def test_a_plan_that_falls_short_says_in_words_where(changes: dict[str, Any], zh: str) -> None:
    with pytest.raises(ModelGarbage) as raised:
        parsed(**changes)
    assert zh in why_no_plan(raised.value, "zh")
    assert re.search("[一-鿿]", why_no_plan(raised.value, "en")) is None


@pytest.mark.parametrize(
    ("answer", "zh"),
    [
        (reply("先写第一部分"), "没有读得出的 JSON"),
        (reply('{"claims": [', "max_tokens"), "断了"),
        (reply(json.dumps(PLAN, ensure_ascii=False)[:-40]), "没有收尾"),
        (reply("```json\n" + json.dumps(PLAN, ensure_ascii=False)[:-1] + "\n```"), "没有收尾"),
        (reply(json.dumps(PLAN, ensure_ascii=False).replace('"meaning": "熵"', '"meaning" "熵"')), "读不下去"),
        (reply(json.dumps({key: PLAN[key] for key in PLAN if key != "flaws"})), "缺少 flaws"),
    ],
)
def test_what_is_no_plan_at_all_is_told_apart(answer: Reply, zh: str) -> None:
    with pytest.raises(ModelGarbage) as raised:
        parse_plan(answer, STANDARD)
    assert zh in why_no_plan(raised.value, "zh")
    assert zh in raised.value.sentence("zh")


def test_a_plan_of_another_shape_is_taken_as_it_was_meant() -> None:
    analogies = [
        {"picture": "弹簧", "corresponds": ["伸长对应残差", "劲度对应 $k$"], "breaks": "转动", "why": "x"},
        {"picture": "斜坡", "corresponds": {"坡度": "梯度", "高度": "损失"}, "breaks": "摩擦"},
    ]
    derivation = {"goal": "上界", "start": "定义", "steps": "取对数\n取界", "displays": "约 30 个", "weakest": "等号"}
    outline = [{"part": f"第{n}部分", "title": f"{n}.1 节"} for n in range(1, 6)]
    plan = parsed(analogies=analogies, derivations=derivation, outline=outline, extra=1)
    assert plan.analogies[0].corresponds == "伸长对应残差; 劲度对应 $k$"
    assert plan.analogies[1].corresponds == "坡度: 梯度; 高度: 损失"
    assert plan.derivations[0].steps == ("取对数", "取界")
    assert plan.derivations[0].displays == 30
    assert [section.part for section in plan.outline] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "text",
    [
        '{"not_worth": "只是一则公告"}',
        json.dumps({"not_worth": "只是一则公告"} | {key: [] for key in PLAN}),
        '好的：\n```json\n{"not_worth": "只是一则公告"}\n```',
    ],
)
def test_a_plan_may_say_that_the_article_is_not_worth_it(text: str) -> None:
    assert parse_plan(reply(text), STANDARD) == Plan(not_worth="只是一则公告")


def test_a_plan_that_plans_is_a_plan_whatever_it_says_of_its_worth() -> None:
    assert parsed(not_worth="无").derivations == parsed().derivations
    with pytest.raises(ModelGarbage):
        parse_plan(reply('{"not_worth": " "}'), STANDARD)


@pytest.mark.parametrize("said", ["无", "否。", "no", "None", "“值得”", "值得扩充", "n/a", "", False, None, True])
def test_a_word_that_is_no_reason_refuses_nothing_and_the_plan_lacks_what_it_lacks(said: object) -> None:
    with pytest.raises(ModelGarbage) as raised:
        parse_plan(reply(json.dumps(PLAN | {"not_worth": said, "derivations": []}, ensure_ascii=False)), STANDARD)
    assert "derivations" in why_no_plan(raised.value, "zh")


@pytest.mark.parametrize("said", ["不值得", "no derivations would help", "只是公告。"])
def test_a_reason_is_a_refusal_and_ends_without_a_full_stop(said: str) -> None:
    declined = json.dumps({"not_worth": said, "derivations": []}, ensure_ascii=False)
    assert parse_plan(reply(declined), STANDARD) == Plan(not_worth=said.rstrip("。"))


@pytest.mark.parametrize(("language", "none", "most"), [("zh", "无", "最："), ("en", "none", "most:")])
def test_what_the_prompt_has_a_plan_write_of_its_doubts_is_read(language: Language, none: str, most: str) -> None:
    prompt = sample_prompt("expand.plan", parse_article(PATH, ARTICLE, STANDARD), Settings(language=language), STANDARD)
    asked = prompt.user[-1].text.split("`weakest`")[1]
    assert f"“{none}”" in asked
    assert f"“{most}”" in asked
    one = PLAN["derivations"][0]
    plan = parsed(derivations=[one | {"weakest": none}, one | {"weakest": f"{most} 等号"}])
    assert [derivation.doubt for derivation in plan.derivations] == ["", "等号"]


@pytest.mark.parametrize(
    ("weakest", "doubt"),
    [("等号", "等号"), ("最：等号", "等号"), ("Most: the sign", "the sign"), ("无。", ""), ("None", ""), ("", "")],
)
def test_a_derivation_names_its_doubtful_step_or_none(weakest: str, doubt: str) -> None:
    plan = parsed(derivations=[PLAN["derivations"][0] | {"weakest": weakest}])
    assert plan.derivations[0].doubt == doubt


def test_displays_that_are_missing_are_shared_out_among_the_derivations() -> None:
    one = PLAN["derivations"][0]
    plan = parsed(derivations=[one | {"displays": 6}, one | {"displays": 5}])
    assert [derivation.displays for derivation in plan.derivations] == [11, 10]


def test_a_backslash_that_was_written_once_is_read_as_latex() -> None:
    text = json.dumps(PLAN, ensure_ascii=False).replace('"$H$"', r'"$\frac{\sigma}{\nu}\theta\beta\underline{x}\rho$"')
    assert parse_plan(reply(text.replace("\\\\", "\\")), STANDARD).notation[0].symbol == (
        r"$\frac{\sigma}{\nu}\theta\beta\underline{x}\rho$"
    )


@given(st.text(st.sampled_from('\\ \n\t"abfnrtu0041{}$甲/')))
def test_json_that_is_right_already_is_not_changed_but_for_commands(text: str) -> None:
    written = json.dumps({"a": text})
    if re.search(r"(?<!\\)(\\\\)*\\[bfnrt][a-zA-Z]", written) is None:
        assert with_backslashes(written) == written


def test_a_comma_behind_the_last_entry_does_no_harm() -> None:
    assert parse_plan(reply(json.dumps(PLAN)[:-1] + ",\n}"), STANDARD) == parsed()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_prompt_shows_every_key_with_its_type(language: Language) -> None:
    prompt = sample_prompt("expand.plan", parse_article(PATH, ARTICLE, STANDARD), Settings(language=language), STANDARD)
    shown = prompt.user[-1].text.split("```json")[1].split("```")[0]
    assert parse_json(reply(shown), SCHEMA)


def test_the_schema_is_closed_at_every_level() -> None:
    def check(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert set(node["required"]) == set(node["properties"])
            for value in node.values():
                check(value)

    check(SCHEMA)


@pytest.mark.parametrize("count", ['"' + "9" * 6000 + '"', "9" * 6000, "9" * 400, "1e30", "-" + "9" * 6000])
def test_a_count_of_thousands_of_digits_is_none(count: str) -> None:
    text = re.sub(r'"displays": \d+', lambda _: f'"displays": {count}', json.dumps(PLAN), count=1)
    with pytest.raises(ModelGarbage) as raised:
        parse_plan(reply(text), STANDARD)
    assert "derivations" in why_no_plan(raised.value, "zh")
