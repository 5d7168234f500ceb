"""The review sheet puts what is most doubtful first, with its line, on one page."""

import json
import re
from dataclasses import replace

import pytest
from passing_article import NAME, ORIGINAL, PASSING, line_of, standard
from rehearsal import PLAN, reply

from agent.expansion.plan import Plan, parse_plan
from agent.expansion.review import review_sheet
from agent.words import Language

PLANNED = parse_plan(reply(json.dumps(PLAN)), standard())
LOOSE = "常数约为 3（估计：假设对数以二为底）。"
RESTING = "换用别的分布，偏差约为 2 倍（估计：假设重尾）。"


def behind(text: str, marker: str, addition: str) -> str:
    at = text.index("\n\n", text.index(marker))
    return f"{text[:at]}\n\n{addition}{text[at:]}"


DOUBTFUL = behind(behind(PASSING, "logsumexp 有两个源头", LOOSE), "**定量影响**：记第一名以外", RESTING)


def sheet(text: str, plan: Plan | None = PLANNED, language: Language = "zh") -> str:
    first = line_of(text, standard().part_heading(1, "zh"))
    return review_sheet(NAME, text, first, plan, standard(), language=language, today="2026-11-22")


def test_an_estimate_on_which_a_flaw_rests_comes_before_one_that_nothing_rests_on() -> None:
    lines = [int(number) for number in re.findall(r"(?m)^- (\d+): .*（估计", sheet(DOUBTFUL))]
    assert lines.index(line_of(DOUBTFUL, RESTING)) < lines.index(line_of(DOUBTFUL, LOOSE))
    assert line_of(DOUBTFUL, RESTING) > line_of(DOUBTFUL, LOOSE)


def test_what_is_doubted_most_stands_first_and_a_kind_that_is_absent_takes_no_room() -> None:
    kinds = re.findall(r"(?m)^## (.{2})", sheet(DOUBTFUL))
    assert kinds == ["估计", "写作", "待核", "目标"][: len(kinds)]
    assert re.findall(r"(?m)^## (.{2})", sheet(ORIGINAL + "\n### 第1部分：核心理论、公理与历史基础\n")) == ["写作"]
    assert "没有估计" in sheet(ORIGINAL + "\n### 第1部分：核心理论、公理与历史基础\n", plan=None)


def test_the_step_trusted_least_is_led_to_by_the_line_of_its_section() -> None:
    heading = next(line for line in PASSING.splitlines() if line.startswith("#### 2.1 "))
    assert f"- {line_of(PASSING, heading)}: 上界：等号何时成立" in sheet(PASSING)
    unnumbered = PASSING.replace("#### 2.1 ", "#### ")
    assert "- 上界：等号何时成立" in sheet(unnumbered)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_stays_on_one_page_whatever_there_is_to_doubt(language: Language) -> None:
    much = behind(PASSING, "logsumexp 有两个源头", "\n\n".join(f"{n}：{LOOSE}" for n in range(50)))
    many = replace(PLANNED, derivations=PLANNED.derivations * 30)
    text = sheet(much, many, language)
    assert text.count("\n") < 60
    assert "42" in text


def test_marks_in_code_and_above_the_expansion_are_not_listed() -> None:
    text = PASSING.replace("# logsumexp", "（估计：假设一）\n\n# logsumexp", 1)
    text = behind(text, "logsumexp 有两个源头", "```\n（估计：假设二）\n```")
    assert "假设一" not in sheet(text)
    assert "假设二" not in sheet(text)


INVENTED = "在 87% 的情形里，温度大了 12.5 倍。"


def test_a_number_that_comes_from_nowhere_stands_first_with_its_line() -> None:
    text = behind(DOUBTFUL, "logsumexp 有两个源头", INVENTED)
    told = sheet(text)
    assert re.findall(r"(?m)^## (.{4})", told)[0] == "没有来历"
    assert f"- {line_of(text, INVENTED)}: {INVENTED}" in told


@pytest.mark.parametrize(
    "borne_out",
    [
        f"{INVENTED}（推导：代入 2.1 节第二式）",
        "`在 87% 的情形里`有代码，$87\\%$ 在式子里。",
        "原文说 87% 是上界。",
    ],
)
def test_a_number_that_is_marked_or_in_code_or_in_the_original_is_not_doubted(borne_out: str) -> None:
    text = PASSING.replace("# logsumexp", "原文：87% 是上界。\n\n# logsumexp", 1) if "原文" in borne_out else PASSING
    assert "没有来历" not in sheet(behind(text, "logsumexp 有两个源头", borne_out))


def test_nothing_of_a_text_without_invented_numbers_is_doubted_for_them() -> None:
    assert "没有来历" not in sheet(PASSING)


@pytest.mark.parametrize("weakest", ["等号何时成立：只在各项相等时", r"$a \\ge b$ 反过来用"])
def test_the_step_trusted_least_is_led_to_by_its_own_line_where_it_is_found(weakest: str) -> None:
    weakest = weakest.replace("\\\\", "\\")
    step = "等号何时成立？只在各项相等时，此时 $a\\ge b$ 反过来也对。"
    heading = next(line for line in PASSING.splitlines() if line.startswith("#### 2.1 "))
    text = behind(PASSING, heading, f"先记号。\n\n{step}")
    plan = replace(PLANNED, derivations=(replace(PLANNED.derivations[0], weakest=weakest),))
    assert f"- {line_of(text, step)}: 上界：{weakest}" in sheet(text, plan)


def test_a_text_about_something_else_is_said_to_be_so_before_all_else() -> None:
    first = PASSING.index(standard().part_heading(1, "zh"))
    words = ["镜面反射", "厨房炉灶", "铁路时刻", "海港灯塔", "果园栅栏", "羊毛围巾", "山谷溪流", "竹编篮筐"]
    other = "# 别的\n\n" + "".join(f"{word}，{word}。" for word in words) + "\n\n"
    assert "跑题" in sheet(other + PASSING[first:])
    assert "跑题" not in sheet(PASSING)
