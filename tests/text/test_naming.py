import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.text.naming import MAX_BYTES, file_name, unique_name

PIECES = [
    "..",
    "/",
    "\\",
    "\x00",
    "\n",
    "~",
    "-",
    ".",
    " ",
    "CON",
    "nul",
    "com1",
    ":",
    "\u202e",
    "\u200b",
    "e\u0301",
    "İ",
]
PIECES += [
    "温度",
    "softmax",
    "\ufeff",
    "\u0301",
    "😀",
    "ﬁ",
    "ß",
    '*?<>|"',
    "%2e%2e",
    "$(x)",
    "\ud800",
    "\u2028",
    "．．",
]
titles = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join)
FORBIDDEN = '/\\:*?"<>|'


@settings(max_examples=400)
@given(titles, st.sampled_from([".md", "深度讨论.md", ""]))
def test_no_title_escapes_its_folder_or_breaks_a_file_system(title: str, suffix: str) -> None:
    name = file_name(title, suffix)
    assert len(name.encode()) <= MAX_BYTES
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert not any(c in FORBIDDEN or unicodedata.category(c)[0] == "C" for c in name)
    assert name[0] not in ".-~ "
    assert name[-1] not in ". "
    assert unicodedata.is_normalized("NFC", name)
    assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d) *(\.|$)", name)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("logsumexp与softmax的温度", "logsumexp与softmax的温度.md"),
        ("MoE环游记：1、从几何意义出发", "MoE环游记：1、从几何意义出发.md"),
        ("../../etc/passwd", "etcpasswd.md"),
        ("  两  个\t空格\n", "两 个 空格.md"),
        ("-rf", "rf.md"),
        (".hidden", "hidden.md"),
        ("con", "_con.md"),
        ("CON.txt", "_CON.txt.md"),
        ("con .txt", "_con .txt.md"),
        ("concept", "concept.md"),
        ("e\u200b\u0301", "é.md"),
        ("e:\u0301", "é.md"),
        ("", "note.md"),
        ("...", "note.md"),
        ("\u202e\u0000", "note.md"),
    ],
)
def test_a_title_becomes_the_nearest_safe_name(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_long_title_is_cut_between_characters() -> None:
    name = file_name("温" * 200)
    assert name == "温" * 65 + ".md"
    assert len(file_name("con." + "a" * 300).encode()) == MAX_BYTES


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


@given(st.lists(titles, max_size=12))
def test_names_stay_unique_whatever_the_titles(many: list[str]) -> None:
    taken: list[str] = []
    for title in many:
        name = unique_name(file_name(title), taken)
        assert folded(name) not in {folded(other) for other in taken}
        assert len(name.encode()) <= MAX_BYTES
        taken.append(name)


def test_a_free_name_stays_and_a_taken_one_is_numbered() -> None:
    assert unique_name("温度.md", []) == "温度.md"
    assert unique_name("温度.md", ["温度.md"]) == "温度 (2).md"
    assert unique_name("温度.md", ["温度.md", "温度 (2).md"]) == "温度 (3).md"
    assert unique_name("Softmax.md", ["softmax.MD"]) == "Softmax (2).md"
    assert unique_name("é.md", ["e\u0301.md"]) == "é (2).md"
    assert unique_name("README", ["readme"]) == "README (2)"


def test_a_long_taken_name_is_numbered_within_the_limit() -> None:
    name = file_name("温" * 200)
    other = unique_name(name, [name])
    assert other.endswith(" (2).md")
    assert len(other.encode()) <= MAX_BYTES
