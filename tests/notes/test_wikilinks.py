"""Links by a note's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes.wikilinks import as_links, bad_wikilinks, finder, uses_wikilinks
from agent.text.edits import apply

TEXTS = {"笔记/甲.md": "# 甲\n\n## 第一 节\n", "笔记/深/Note B.md": "# B\n", "乙.md": "# 乙\n\n## 自己的节\n"}
FIND = finder(TEXTS)


def bad(text: str) -> list[tuple[str, str, int]]:
    own = TEXTS["乙.md"] + text
    found = bad_wikilinks("乙.md", own, find=FIND, read=TEXTS.get)
    return [(link.fault, link.target, link.line - TEXTS["乙.md"].count("\n")) for link in found]


@pytest.mark.parametrize(
    "link",
    [
        "[[甲]]",
        "[[甲.md]]",
        "[[笔记/甲|看这里]]",
        "[[note b]]",
        "[[深/Note B]]",
        "[[甲#第一 节]]",
        "[[甲#^abc123]]",
        "[[#自己的节]]",
        "![[甲]]",
        "![[图.png]]",
        "| [[甲\\|表里]] |",
        "`[[没有]]`",
        "[[`没有`]]",
        r"\[[没有]] \![[没有]] !\[[没有]]",
        "```\n[[没有]]\n```",
        "$[[没有]]$",
        "[[1]](https://example.org)",
        "[[来源](https://example.org)]",
        "[[]]",
    ],
)
def test_what_leads_to_a_note_or_is_no_wikilink_is_not_reported(link: str) -> None:
    assert bad(f"见 {link}\n" if "```" not in link else f"{link}\n") == []


@pytest.mark.parametrize(
    ("link", "fault", "target"),
    [
        ("[[没有]]", "broken", "[[没有]]"),
        ("[[没有|别名]]", "broken", "[[没有]]"),
        ("[[别处/甲]]", "broken", "[[别处/甲]]"),
        ("[[甲#没有的节]]", "anchor", "[[甲#没有的节]]"),
        ("[[#没有的节]]", "anchor", "[[#没有的节]]"),
    ],
)
def test_a_wikilink_that_leads_nowhere_is_named_with_its_line(link: str, fault: str, target: str) -> None:
    assert bad(f"\n见 {link}。\n") == [(fault, target, 2)]


def test_of_two_names_that_differ_in_case_the_one_that_is_spelt_so_is_meant() -> None:
    find = finder(["a/Second.md", "a/second.md"])
    assert [find(target) for target in ("second", "Second", "a/second.md", "SECOND")] == [
        *("a/second.md", "a/Second.md", "a/second.md", "a/Second.md"),
    ]


def test_a_workspace_uses_wikilinks_when_one_of_them_leads_to_a_note() -> None:
    assert uses_wikilinks(["无", "[[没有]] [[甲]]"], FIND)
    assert not uses_wikilinks(["[[没有]] `[[甲]]` [[1, 2]] [[#节]]"], FIND)


@given(st.text(alphabet="[]|#甲a.^\\\n$`(", max_size=60))
def test_any_text_is_read(text: str) -> None:
    bad(text)


@pytest.mark.parametrize(
    ("link", "ordinary"),
    [
        ("[[甲]]", "[甲](<笔记/甲.md>)"),
        ("[[笔记/甲|看这里]]", "[看这里](<笔记/甲.md>)"),
        ("[[note b#B]]", "[note b](<笔记/深/Note B.md#B>)"),
        ("![[甲]]", "[甲](<笔记/甲.md>)"),
        ("[[#自己的节]]", "[自己的节](<#自己的节>)"),
        ("[[没有]]", "[[没有]]"),
        ("`[[甲]]`", "`[[甲]]`"),
        ("[[甲|看 `代码` 吧]]", "[看 `代码` 吧](<笔记/甲.md>)"),
        ("[[甲#用 `x` 与 $y$]]", "[甲](<笔记/甲.md#用 %60x%60 与 %24y%24>)"),
        ("[[#`x`]]", "[`x`](<#%60x%60>)"),
        ("[[`甲`]]", "[[`甲`]]"),
        ("[[乙]]", "[乙](<#>)"),
        (r"\[[甲]] \![[甲]] !\[[甲]]", r"\[[甲]] \![[甲]] !\[[甲]]"),
        (r"\\[[甲]]", r"\\[甲](<笔记/甲.md>)"),
        ("![[图 (1).png]]", "![](%E5%9B%BE%20%281%29.png)"),
        ("![[图/a.png|看图]]", "![看图](%E5%9B%BE/a.png)"),
        ("![[a.png|300]]", '<img src="a.png" alt="" width="300">'),
        ("![[a.JPG|300x20]]", '<img src="a.JPG" alt="" width="300" height="20">'),
        ("![[a.png|看图|300]]", '<img src="a.png" alt="看图" width="300">'),
        ('![[a.png\\|<"看"\\|300]]', '<img src="a.png" alt="&lt;&quot;看&quot;" width="300">'),
        ("![[a.png\\|看\\|图]]", "![看 图](a.png)"),
        ("[[a.png]] ![[a.pdf]] `![[a.png]]`", "[[a.png]] ![[a.pdf]] `![[a.png]]`"),
    ],
)
def test_a_wikilink_that_names_a_note_is_written_as_an_ordinary_link(link: str, ordinary: str) -> None:
    assert apply(f"见 {link}。", as_links("乙.md", f"见 {link}。", FIND)) == f"见 {ordinary}。"


def test_the_name_of_a_note_stands_in_an_address_whatever_its_characters_mean_there() -> None:
    (edit,) = as_links("乙.md", "[[100%]]", finder(["何?/100%.md"]))
    assert edit.new == "[100%](<何%3F/100%25.md>)"


def test_a_wikilink_leads_up_from_a_folder() -> None:
    assert apply("[[乙]]", as_links("笔记/深/Note B.md", "[[乙]]", FIND)) == "[乙](<../../乙.md>)"
