from pathlib import Path
from typing import get_args

import pytest

from agent.standard.standard import Standard
from agent.upkeep.explain import as_json, as_text, demands
from agent.words import AREAS, Language
from agent.workspace.standards import read_standard, standard_ids

FIRST, LONGER = "five-part/2025-11-24", "five-part/2026-01-05"
# Found in files of every kind, and by the repair of front matter: no standard demands them.
OF_OTHER_NOTES = {
    *("element-missing", "quotation-unfounded", "quotation-redacted", "quotation-unrecorded"),
    *("card-section-missing", "card-section-twice", "card-section-order", "card-empty", "card-question"),
    *("card-source-missing", "card-unfounded", "card-unplaced"),
    *("name-rule", "place-rule"),
    *("link-broken", "anchor-missing", "file-empty", "date-conflict", "title-conflict", "citation-conflict"),
}


def both() -> tuple[Standard, Standard]:
    return read_standard(FIRST), read_standard(LONGER)


def test_every_rule_of_the_gate_is_a_demand_of_some_standard() -> None:
    explained = {one.rule for standard in both() for one in demands(standard, "en")}
    assert explained == set(AREAS["gate"]) - OF_OTHER_NOTES


@pytest.mark.parametrize("language", get_args(Language))
def test_what_is_counted_is_said_with_the_least_it_must_be(language: Language) -> None:
    standard, longer = both()
    for one, line in ((standard, ("too-few-formulas", "20")), (longer, ("too-few-added-lines", "1000"))):
        text = as_text(one, (FIRST, LONGER), language)
        assert any(all(word in row for word in line) for row in text.split("\n"))
        assert all(part.title[language] in text for part in one.parts)
        assert FIRST in text
        assert LONGER in text
        assert "{" not in text


def test_core_measures_are_errors_form_is_a_warning_and_fields_are_named() -> None:
    found = demands(both()[0], "en")
    weights = {(one.rule, one.measure): one.severity for one in found}
    assert weights["too-few-flaws", "flaws"] == "error"
    assert weights["field-missing", "angles"] == "warning"
    assert weights["formula-broken", ""] == "warning"
    assert weights["standard-older", ""] == "note"
    assert any(one.part == 4 and "Root cause" in one.sentence for one in found)


def test_a_standard_of_the_workspaces_own_is_explained_from_its_values(tmp_path: Path) -> None:
    place = tmp_path / ".wenqu" / "standards" / "own" / "1.toml"
    place.parent.mkdir(parents=True)
    minima = '[[minima]]\nmeasure = "added_lines"\nat_least = 7\nrule = "too-few-added-lines"\ncore = false\n'
    place.write_text(f'extends = "{FIRST}"\nname = "own"\nversion = "1"\n{minima}', encoding="utf-8")
    shown = as_json(read_standard("own/1", tmp_path), standard_ids(tmp_path), "en")
    assert shown["known"] == [FIRST, LONGER, "own/1"]
    assert isinstance(shown["demands"], list)
    (added,) = [one for one in shown["demands"] if one["measure"] == "added_lines"]
    assert (added["part"], added["severity"], added["at_least"]) == (0, "warning", 7)
