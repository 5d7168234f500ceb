from pathlib import Path

import pytest

from agent.errors import SettingsInvalid, UnknownStandard
from agent.workspace.standards import OWN_FOLDER, read_standard

SHIPPED = "five-part/2025-11-24"


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
    assert read_standard(SHIPPED, tmp_path).marks["zh"] == ("推导",)
    assert read_standard(SHIPPED, tmp_path).marks["en"] == read_standard(SHIPPED).marks["en"]
    assert len(read_standard(SHIPPED).marks["zh"]) == 4
    assert read_standard("five-part/2026-01-05", tmp_path).marks["zh"] == ("推导",)


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


def test_standards_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "own/1", 'extends = "own/2"')
    write(tmp_path, "own/2", 'extends = "own/1"')
    with pytest.raises(SettingsInvalid):
        read_standard("own/1", tmp_path)
