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
