import os
from pathlib import Path

import pytest

from agent.errors import SettingsInvalid, UnknownStandard
from agent.workspace.standards import OWN_FOLDER, read_standard

SHIPPED = "five-part/2025-11-24"
ITEM = "{ measure = 'x', label = { zh = '甲', en = 'a' }, pattern = 'x', at_least = 1, rule = 'too-dull', core = true }"


def write(root: Path, standard_id: str, text: str) -> None:
    file = root / OWN_FOLDER / f"{standard_id}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_workspace_adds_a_standard_that_extends_a_shipped_one(tmp_path: Path) -> None:
    write(
        tmp_path,
        "five-part/2026-03-01",
        f"""extends = "{SHIPPED}"
version = "2026-03-01"
[[parts]]
number = 2
minima = [{{ measure = "lines", at_least = 300, rule = "too-few-lines", core = true }}]
""",
    )
    own, shipped = read_standard("five-part/2026-03-01", tmp_path), read_standard(SHIPPED)
    assert own.id == "five-part/2026-03-01"
    assert [(m.measure, m.at_least) for m in own.by_number[2].minima] == [("lines", 300)]
    assert own.by_number[1] == shipped.by_number[1]
    assert own.by_number[2].title == shipped.by_number[2].title
    with pytest.raises(UnknownStandard) as caught:
        read_standard("five-part/2026-03-01")
    assert SHIPPED in caught.value.sentence("zh")


def test_a_workspace_overrides_a_shipped_standard_under_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, SHIPPED, f'extends = "{SHIPPED}"\n[marks]\nzh = ["推导"]\n')
    assert read_standard(SHIPPED, tmp_path).marks.zh == ("推导",)
    assert read_standard(SHIPPED, tmp_path).marks.en == read_standard(SHIPPED).marks.en
    assert len(read_standard(SHIPPED).marks.zh) == 4
    assert read_standard("five-part/2026-01-05", tmp_path).marks.zh == ("推导",)


@pytest.mark.parametrize(("own", "version"), [("own/2", "2"), ("own/2026-03-01", "2026-03-01")])
def test_a_version_needs_no_quotes(tmp_path: Path, own: str, version: str) -> None:
    write(tmp_path, own, f'extends = "{SHIPPED}"\nname = "own"\nversion = {version}\n')
    assert read_standard(own, tmp_path).version == version


@pytest.mark.parametrize(
    "text",
    [
        'extends = "five-part/1999-01-01"',
        'extends = "own/1"',
        "extends = 3",
        "extends = [",
        f'extends = "{SHIPPED}"',
        f'extends = "{SHIPPED}"\nname = "own"\nversion = "1"\nparts = 3',
        f'extends = "{SHIPPED}"\nname = "own"\nversion = "1"\nparts = [3]',
        f'extends = "{SHIPPED}"\nname = "own"\nversion = "1"\n[[parts]]\nnumber = 6',
        f'extends = "{SHIPPED}"\nname = "own"\nversion = "1"\nmarks = "x"',
        f'extends = "{SHIPPED}"\nname = "own"\nversion = "1"\n[counted]\ncode_pattern = "("',
        'name = "own"',
    ],
)
def test_a_malformed_standard_names_its_file(tmp_path: Path, text: str) -> None:
    write(tmp_path, "own/1", text)
    with pytest.raises(SettingsInvalid) as caught:
        read_standard("own/1", tmp_path)
    assert str(Path("own") / "1.toml") in caught.value.sentence("zh")


@pytest.mark.parametrize(
    ("text", "named", "known"),
    [
        ("[[parts]]\nnumber = 2\nplaned_lines = 5\n", "planed_lines", "planned_lines"),
        ("[mark]\nzh = []\n", "mark", "marks"),
        ('[marks]\npatern = "x"\n', "patern", "pattern"),
        (
            '[[minima]]\nmeasure = "added_lines"\nat_least = 5\nrule = "too-few-lnes"\ncore = true\n',
            "too-few-lnes",
            "too-few-lines",
        ),
        (
            '[[minima]]\nmeasure = "aded_lines"\nat_least = 5\nrule = "too-few-lines"\ncore = true\n',
            "aded_lines",
            "added_lines",
        ),
        (
            '[[minima]]\nmeasure = "added_lines"\nat_least = "5"\nrule = "too-few-lines"\ncore = true\n',
            "at_least",
            "int",
        ),
        ("[[parts]]\nnumber = 5\n[[parts.required]]\ntext = { zh = '几何' }\npattern = 'x'\n", "text", "en"),
        ("[manner]\npadding = []\n", "manner.padding = []", "→ [str, …]"),
        ("[manner]\npadding = '众所周知'\n", "manner.padding = '众所周知'", "→ [str, …]"),
        ("[manner]\npadding = 3\n", "manner.padding = 3", "→ [str, …]"),
        ("[manner]\npadding = ['众所周知', 3]\n", "manner.padding[2] = 3", "→ str"),
        ("[marks]\nzh = '推导'\n", "marks.zh = '推导'", "→ [str, …]"),
        (f"[[parts]]\nnumber = 5\nitems = [{ITEM}]\n", "parts[5].items[1].rule 'too-dull'", "part-missing"),
    ],
)
def test_a_name_that_does_not_exist_is_named_with_those_that_do(
    tmp_path: Path, text: str, named: str, known: str
) -> None:
    write(tmp_path, "own/1", f'extends = "{SHIPPED}"\nname = "own"\nversion = "1"\n{text}')
    with pytest.raises(SettingsInvalid) as caught:
        read_standard("own/1", tmp_path)
    sentence = caught.value.sentence("en")
    assert str(Path("own") / "1.toml") in sentence
    assert named in sentence
    assert known in sentence
    assert "Error" not in sentence


def test_standards_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "own/1", 'extends = "own/2"')
    write(tmp_path, "own/2", 'extends = "own/1"')
    with pytest.raises(SettingsInvalid):
        read_standard("own/1", tmp_path)


@pytest.mark.parametrize("entry", ["a pipe", "a folder", "a link to itself", "deep", "no UTF-8"])
def test_what_is_no_standard_is_a_fault_of_the_settings(tmp_path: Path, entry: str) -> None:
    write(tmp_path, "mine/1", "")
    file = tmp_path / OWN_FOLDER / "mine/1.toml"
    file.unlink()
    made = {
        "a pipe": lambda: os.mkfifo(file),
        "a folder": file.mkdir,
        "a link to itself": lambda: file.symlink_to(file),
        "deep": lambda: file.write_text("a = " + "[" * 5000, encoding="utf-8"),
        "no UTF-8": lambda: file.write_bytes(b"\xff\xfe"),
    }
    made[entry]()
    with pytest.raises(SettingsInvalid):
        read_standard("mine/1", tmp_path)
