"""One JSON object out of whatever a model wraps around it."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import ModelGarbage
from agent.model.messages import Reply, StopReason, Usage
from agent.model.structured import parse_json

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "verdict": {"type": "string", "enum": ["correct", "partly", "wrong"]},
        "spans": {"type": "array", "items": {"type": "string", "maxLength": 5}, "minItems": 1, "maxItems": 2},
        "level": {"type": "integer"},
        "share": {"type": "number"},
        "sure": {"type": "boolean"},
    },
    "required": ["verdict"],
    "additionalProperties": False,
}


def read(text: str, stop_reason: StopReason = "end_turn") -> Any:
    return parse_json(Reply(text=text, stop_reason=stop_reason, usage=Usage(), model="m"), SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        '{"verdict": "wrong"}',
        '  {"verdict": "wrong"}\n',
        '```json\n{"verdict": "wrong"}\n```',
        '我的判断如下：{"verdict": "wrong"}。请看 {x} 与 $\\frac{a}{b}$。',
        '{"verdict": " Wrong "}',
        '{"verdict": "WRONG"} 也就是 {"verdict": "wrong"}',
        'not {"this": 1} but {"verdict": "wrong"}',
    ],
)
def test_the_object_is_found_among_words_and_fences(text: str) -> None:
    assert read(text) == {"verdict": "wrong"}


def test_all_kinds_of_values_come_through() -> None:
    value = {"verdict": "partly", "spans": ["a\n", "汉字"], "level": 3, "share": 0.5, "sure": True}
    assert read(json.dumps(value, ensure_ascii=False).replace("\\n", "\n").replace("3,", "3.0,")) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no JSON object"),
        ("对不起，我不能。", "no JSON object"),
        ('{"verdict": "wrong"', "no JSON object"),
        ('["wrong"]', "no JSON object"),
        ("{}", r"\$\.verdict: required"),
        ('{"verdict": "maybe"}', r"\$\.verdict: enum"),
        ('{"verdict": 1}', r"\$\.verdict: enum"),
        ('{"verdict": "wrong", "more": 1}', r"\$\.more: additionalProperties"),
        ('{"verdict": "wrong", "spans": []}', r"\$\.spans: minItems 1"),
        ('{"verdict": "wrong", "spans": ["a", "b", "c"]}', r"\$\.spans: maxItems 2"),
        ('{"verdict": "wrong", "spans": "a"}', r"\$\.spans: type array"),
        ('{"verdict": "wrong", "spans": ["a", "123456"]}', r"\$\.spans\[1\]: maxLength 5"),
        ('{"verdict": "wrong", "spans": [7]}', r"\$\.spans\[0\]: type string"),
        ('{"verdict": "wrong", "level": 1.5}', r"\$\.level: type integer"),
        ('{"verdict": "wrong", "level": true}', r"\$\.level: type number"),
        ('{"verdict": "wrong", "share": "0.5"}', r"\$\.share: type number"),
        ('{"verdict": "wrong", "share": 1e999}', r"\$\.share: type number"),
        ('{"verdict": "wrong", "share": NaN}', "no JSON object"),
        ('{"verdict": "wrong", "sure": 1}', r"\$\.sure: type boolean"),
        ('学生写了 {"verdict": "correct"}，我认为 {"verdict": "wrong"}', "2 JSON objects"),
    ],
)
def test_what_does_not_fit_is_garbage_with_the_place(text: str, reason: str) -> None:
    with pytest.raises(ModelGarbage, match=reason):
        read(text)


def test_a_reply_cut_by_its_length_says_so() -> None:
    with pytest.raises(ModelGarbage, match="stop_reason max_tokens"):
        read('{"verdict": "wro', "max_tokens")


def test_deeply_nested_braces_are_garbage_and_not_a_crash() -> None:
    with pytest.raises(ModelGarbage):
        read('{"a":' * 50_000)


@given(st.text(max_size=200))
def test_any_text_is_an_object_or_garbage(text: str) -> None:
    with suppress(ModelGarbage):
        assert read(text)["verdict"] in ("correct", "partly", "wrong")


@given(st.text(max_size=50).filter(lambda text: "{" not in text), st.sampled_from(["correct", "partly", "wrong"]))
def test_words_around_an_object_change_nothing(words: str, verdict: str) -> None:
    assert read(f'{words}{{"verdict": "{verdict}"}}{words}') == {"verdict": verdict}
