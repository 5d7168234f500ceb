"""A plan is taken only when it plans what the standard asks for."""

import json
from typing import Any

import pytest
from rehearsal import PLAN, reply

from agent.errors import ModelGarbage
from agent.expansion.plan import SCHEMA, parse_plan
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
    ("changes", "reason"),
    [
        ({"flaws": PLAN["flaws"][:2]}, "flaws: 2 < 3"),
        ({"analogies": []}, "analogies: 0 < 2"),
        ({"directions": PLAN["directions"][:1]}, "directions: 1 < 3"),
        ({"derivations": [PLAN["derivations"][0] | {"displays": 19}]}, "display_formulas: 19 < 20"),
        ({"outline": PLAN["outline"][1:]}, "part 1 missing"),
        ({"notation": []}, "empty"),
        ({"claims": "没有"}, r"\$\.claims"),
        ({"extra": 1}, "additionalProperties"),
    ],
)
def test_a_plan_that_falls_short_says_where(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(ModelGarbage, match=reason):
        parsed(**changes)


def test_the_schema_is_closed_at_every_level() -> None:
    def check(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert set(node["required"]) == set(node["properties"])
            for value in node.values():
                check(value)

    check(SCHEMA)
