"""Articles that are excluded are remembered in wenqu.toml, and nothing else in it changes."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import SettingsInvalid
from agent.text.edits import apply
from agent.workspace.configuration import read_settings
from agent.workspace.exclusions import exclusion_edit


def excluded(text: str, *paths: str) -> str:
    edit = exclusion_edit(text, paths)
    return apply(text, [edit] if edit else [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[expansion]\nexclude = [\n  "甲.md",\n]\n'),
        ('language = "zh"\n', 'language = "zh"\n\n[expansion]\nexclude = [\n  "甲.md",\n]\n'),
        ("[expansion]\n\n[model]\n", '[expansion]\nexclude = [\n  "甲.md",\n]\n\n[model]\n'),
        (
            '[expansion]\nexclude = ["a]\\".md", "b.md"] # two\n[model]\n',
            '[expansion]\nexclude = [\n  "a]\\".md",\n  "b.md",\n  "甲.md",\n] # two\n[model]\n',
        ),
        ('[model]\nexclude = ["x"]\n', '[model]\nexclude = ["x"]\n\n[expansion]\nexclude = [\n  "甲.md",\n]\n'),
    ],
)
def test_a_path_is_added_to_the_list_wherever_it_stands(before: str, after: str) -> None:
    assert excluded(before, "甲.md") == after


def test_a_path_that_is_excluded_already_changes_nothing() -> None:
    assert exclusion_edit('[expansion]\nexclude = ["a.md"]\n', ["a.md"]) is None


@pytest.mark.parametrize(
    "text", ["[expansion\n", 'expansion.exclude = ["a.md"]\n', 'expansion = {exclude = ["a.md"]}\n']
)
def test_a_form_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(SettingsInvalid):
        exclusion_edit(text, ["b.md"])


@given(st.lists(st.text(min_size=1), unique=True, min_size=1, max_size=4))
def test_whatever_the_names_they_are_read_back_in_their_order(names: list[str]) -> None:
    text = excluded(excluded('[expansion]\nexclude = ["x.md"]\n', *names[:1]), *names[1:])
    wanted = list(dict.fromkeys(["x.md", *names]))
    assert tomllib.loads(text)["expansion"]["exclude"] == wanted


def test_the_settings_know_what_is_excluded(tmp_path: Path) -> None:

    root = tmp_path
    (root / "wenqu.toml").write_text(excluded("", "文章/甲.md"), encoding="utf-8")
    assert read_settings(root, options={}, environ={}).settings.exclude == ("文章/甲.md",)
    (root / "wenqu.toml").write_text('[expansion]\nexclude = "甲.md"\n', encoding="utf-8")
    with pytest.raises(SettingsInvalid, match=r"expansion\.exclude"):
        read_settings(root, options={}, environ={})
