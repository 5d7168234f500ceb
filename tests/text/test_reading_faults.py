"""What a parser finds is told in the reader's language, with its place."""

import json
import tomllib
from collections.abc import Callable
from typing import get_args

import pytest

from agent.text.faults import _TOML, _YAML, fault
from agent.text.frontmatter import find
from agent.words import SENTENCES, Language, say


@pytest.mark.parametrize(
    ("inner", "kind", "line"),
    [
        ("title: 甲\ntags: [一, 二\nstatus: x\n", "bracket", 3),
        ("tags: {a: b\nc: d\n", "bracket", 2),
        ('title: "甲\nstatus: x\n', "quote", 2),
        ('title: "甲"乙\n', "unquoted", 2),
        ("title: 甲: 乙\n", "unquoted", 2),
        ("title: 甲\n  乙: 丙\n", "colon", 3),
        ("title: 甲\n 乙: 丙\nstatus: x\n", "colon", 3),
        ("tags: [甲]\n  - 乙\n", "value-ends", 3),
        ("a: b\nc: >-\nx\n", "no-colon", 4),
        ("a: b\n\tc: d\n", "tab", 3),
        ("a: @x\n", "unquoted", 2),
        ("a: b\n@x: c\n", "sign", 3),
        ('a: "\\q"\n', "escape", 2),
        ("a: \x01\n", "control", 2),
        ("a: *x\n", "unquoted", 2),
        ("a: [*x, *y]\n", "alias", 2),
        ("date: 2025-13-40\n", "date", 2),
        ("a: - b\n", "list", 2),
    ],
)
def test_a_fault_of_yaml_has_a_kind_and_the_line_at_which_it_is_mended(inner: str, kind: str, line: int) -> None:
    front = find(f"---\n{inner}---\n")
    assert front is not None
    assert (front.problem, front.problem_line) == (kind, line)


@pytest.mark.parametrize(
    ("inner", "kind", "line"),
    [
        ("a = 甲\n", "bare-value", 2),
        ('a = "x"\nb 1\n', "no-equals", 3),
        ('a = "x\nb = 1\n', "quote", 2),
        ("a = 1\na = 2\n", "twice", 3),
        ("a = 1 2\n", "more", 2),
        ('a = "\\q"\n', "escape", 2),
        ("a = [1\n", "bracket", 2),
    ],
)
def test_a_fault_of_toml_has_a_kind_and_a_line(inner: str, kind: str, line: int) -> None:
    front = find(f"+++\n{inner}+++\n")
    assert front is not None
    assert (front.problem, front.problem_line) == (kind, line)


@pytest.mark.parametrize(
    ("read", "place"),
    [
        (lambda: "第一行\nab\udcff".encode(errors="surrogateescape").decode(), (2, 3)),
        (lambda: tomllib.loads("a = 1\nb = x\n"), (2, 5)),
        (lambda: json.loads("[1,\n {]"), (2, 3)),
    ],
)
@pytest.mark.parametrize("language", get_args(Language))
def test_what_cannot_be_read_is_told_with_its_place_and_without_the_parsers_words(
    read: Callable[[], object], place: tuple[int, int], language: Language
) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        read()
    said = say(language, "errors.settings-invalid", path="x.toml", reason=fault(caught.value))
    where = {"zh": "第 {} 行第 {} 列", "en": "line {}, column {}"}[language].format(*place)
    assert where in said
    assert not any(word in said for word in ("codec", "Invalid value", "Expecting"))


def test_an_error_of_our_own_keeps_its_words() -> None:
    assert fault(ValueError("language = 7 → zh | en")) == "language = 7 → zh | en"


def test_every_kind_has_its_sentence() -> None:
    others = {"unquoted", "syntax", "encoding", "json", "mapping", "long", "none", "unclosed"}
    kinds = {key.removeprefix("errors.fault-") for key in SENTENCES if key.startswith("errors.fault-")}
    assert kinds - {"at"} == {*_YAML.values(), *_TOML.values(), *others}
