import re
import tomllib

import pytest
from passing_article import standard

from agent import assets
from agent.standard.standard import standard_from

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
                assert item.heading_pattern().search(f"**{item.label[language]}1**")
                for field in item.fields:
                    assert re.match(field.pattern, field.label[language])
    for language in ("zh", "en"):
        assert all(re.fullmatch(standard().mark_pattern, mark) for mark in standard().marks[language])


def test_headings_are_written_in_the_language_asked_for() -> None:
    assert standard().part_heading(2, "zh") == "### 第2部分：严谨的核心数学推导"
    assert standard().part_heading(2, "en") == "### Part 2: Rigorous core derivations"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "five-part"', ""),
        ("[marks]", "[mark]"),
        ("planned_lines = 80", "planed_lines = 80"),
        ("vocabulary = '批判", "vocabulary = '(批判"),
        ("pattern = '(?:生活化?)?", "pattern = '(?:生活化?"),
    ],
)
def test_a_malformed_standard_is_refused(old: str, new: str) -> None:
    assert old in VALUES
    with pytest.raises((KeyError, TypeError, re.error)):
        standard_from(tomllib.loads(VALUES.replace(old, new, 1)))
