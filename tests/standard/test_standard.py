import re
import tomllib
from pathlib import Path

import pytest
from passing_article import standard

from agent import assets
from agent.standard.standard import extended, hold_patterns, standard_from
from agent.workspace.standards import read_standard

VALUES = (assets.folder("standards") / "five-part" / "2025-11-24.toml").read_text(encoding="utf-8")


def test_the_seeds_standard_holds_its_thresholds() -> None:
    core = {
        (rule.number, limit.measure): limit.at_least
        for rule in standard().parts
        for limit in (*rule.minima, *rule.items)
        if limit.core
    }
    assert standard().id == "five-part/2025-11-24"
    assert core == {
        (2, "display_formulas"): 20,
        (2, "lines"): 200,
        (3, "analogies"): 2,
        (4, "tables"): 1,
        (4, "flaws"): 3,
        (4, "optimisations"): 3,
        (5, "directions"): 3,
    }


def test_each_canonical_heading_holds_a_word_of_its_vocabulary() -> None:
    for rule in standard().parts:
        for title in rule.title.values():
            assert re.search(rule.vocabulary, title, re.IGNORECASE)


def test_each_label_that_we_write_is_one_that_we_read() -> None:
    for rule in standard().parts:
        for item in rule.items:
            for language in ("zh", "en"):
                assert item.heading_pattern().search(f"\n**{item.label[language]}1**")
                for field in item.fields:
                    assert re.match(field.pattern, field.label[language])
    marks = standard().marks
    assert all(re.fullmatch(marks.pattern, mark) for mark in (*marks.zh, *marks.en))


def test_headings_are_written_in_the_language_asked_for() -> None:
    assert standard().part_heading(2, "zh") == "### 第2部分：严谨的核心数学推导"
    assert standard().part_heading(2, "en") == "### Part 2: Rigorous core derivations"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "five-part"', ""),
        ("[marks]", "[mark]"),
        ("planned_lines = 80", "planed_lines = 80"),
        ("padding = [", "paddings = ["),
    ],
)
def test_a_malformed_standard_is_refused(old: str, new: str) -> None:
    assert old in VALUES
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own words
        standard_from(tomllib.loads(VALUES.replace(old, new, 1)))


@pytest.mark.parametrize(
    "path", sorted(assets.folder("standards").glob("five-part/*.toml")), ids=lambda path: path.stem
)
def test_every_pattern_that_travels_with_the_program_is_one(path: Path) -> None:
    hold_patterns(read_standard(f"five-part/{path.stem}"))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("vocabulary = '批判", "vocabulary = '(批判", r"parts\[4\]\.vocabulary"),
        ("pattern = '(?:生活化?)?", "pattern = '(?:生活化?", r"parts\[3\]\.items\[1\]\.pattern"),
        ("'众所周知|不言而喻", "'(众所周知|不言而喻", r"manner\.padding"),
        ("stub_pattern = '", "stub_pattern = '(", r"expansion\.stub_pattern"),
    ],
)
def test_what_is_no_pattern_is_refused_with_its_place(old: str, new: str, where: str) -> None:
    assert old in VALUES
    with pytest.raises(ValueError, match=f"^{where} = "):
        hold_patterns(standard_from(tomllib.loads(VALUES.replace(old, new, 1))))


@pytest.mark.parametrize("value", [3, True, ["a"]])
def test_a_pattern_is_text(value: object) -> None:
    values = tomllib.loads(VALUES)
    values["expansion"]["stub_pattern"] = value
    with pytest.raises(ValueError, match=r"^expansion\.stub_pattern = .* → str$"):
        standard_from(values)


def test_the_longer_standard_asks_for_lines_code_and_boxes_and_for_no_formulas() -> None:
    longer = read_standard("five-part/2026-01-05")
    assert {minimum.measure: minimum.at_least for minimum in longer.minima} == {
        "added_lines": 1000,
        "subsections": 20,
        "code_blocks": 1,
        "box_kinds": 5,
    }
    assert [
        next(minimum.at_least for minimum in part.minima if minimum.measure == "lines") for part in longer.parts
    ] == [150, 500, 150, 150, 100]
    assert all(minimum.core for part in longer.parts for minimum in (*part.minima, *longer.minima))
    assert not any(minimum.measure == "display_formulas" for part in longer.parts for minimum in part.minima)
    assert sum(part.planned_lines for part in longer.parts) > 1000
    assert [part.items for part in longer.parts] == [part.items for part in standard().parts]
    assert [part.title for part in longer.parts] == [part.title for part in standard().parts]


def test_an_extending_standard_wins_key_by_key_in_tables_and_parts_and_replaces_lists() -> None:
    base = {"name": "a", "marks": {"zh": ["一"], "en": ["one"]}, "parts": [{"number": 1, "x": 1, "minima": [1, 2]}]}
    own = {"version": "2", "marks": {"en": ["two"]}, "parts": [{"number": 2, "x": 3}, {"number": 1, "minima": []}]}
    before = repr(base)
    assert extended(base, own) == {
        "name": "a",
        "version": "2",
        "marks": {"zh": ["一"], "en": ["two"]},
        "parts": [{"number": 1, "x": 1, "minima": []}, {"number": 2, "x": 3}],
    }
    assert repr(base) == before


@pytest.mark.parametrize("table", ["minima", "parts.minima"])
@pytest.mark.parametrize(("key", "value"), [("measure", "paragraphs"), ("rule", "too-dull")])
def test_a_minimum_names_a_measure_and_a_rule_that_exist(table: str, key: str, value: str) -> None:
    minimum = {"measure": "lines", "at_least": 1, "rule": "too-few-lines", "core": True}
    if table == "minima":
        minimum["measure"] = "added_lines"
    values = tomllib.loads(VALUES)
    place = values if table == "minima" else values["parts"][0]
    place["minima"] = [minimum]
    assert standard_from(values).id
    place["minima"] = [minimum | {key: value}]
    with pytest.raises(ValueError, match=value):
        standard_from(values)
