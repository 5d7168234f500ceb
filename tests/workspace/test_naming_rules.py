"""Competing naming rules, with where each is stated and how many files follow it."""

import pytest

from agent.workspace.naming_rules import Stated, find_naming_rules, misnumbered

MEMORY_LINE = "- 深度讨论: `[主题]深度讨论.md`"
README_LINE = "- 格式：`[主题]深度解析.md` 或 `主题]详解.md`"
TEXTS = {
    "记忆.md": f"# 记忆\n\n{MEMORY_LINE}\n- 其他: `[讲座]笔记.md`\n- 讨论: `固定名.md`\n",
    "讨论/README.md": f"# 讨论\n{README_LINE}\n",
    "讨论/缓存深度讨论.md": "",
    "讨论/锁的深度讨论.md": "",
    "讨论/量化深度解析.md": "",
    "讨论/内存分析.md": "",
    "讨论/带宽分析.md": "",
    "讨论/随想.md": "",
    "别处/队列深度解析.md": "",
}


def test_stated_and_followed_rules_are_found_with_their_counts() -> None:
    rules = find_naming_rules("讨论", TEXTS)
    assert [(rule.pattern, rule.files, bool(rule.stated)) for rule in rules] == [
        ("{topic}深度讨论.md", 2, True),
        ("{topic}分析.md", 2, False),
        ("{topic}深度解析.md", 1, True),
        ("{topic}详解.md", 0, True),
    ]
    assert rules[0].stated == (Stated(path="记忆.md", line=3),)
    assert rules[3].stated == (Stated(path="讨论/README.md", line=2),)


def test_a_file_counts_for_the_longest_rule_that_fits() -> None:
    texts = {"d/a深度讨论.md": "", "d/b深度讨论.md": "", "d/c讨论.md": "", "d/d讨论.md": "", "d/深度讨论.md": ""}
    rules = find_naming_rules("d", texts)
    assert [(rule.pattern, rule.files) for rule in rules] == [("{topic}讨论.md", 3), ("{topic}深度讨论.md", 2)]


def test_english_rules_are_found() -> None:
    texts = {"memory.md": "Discussions: `talk-<topic>.md`", "discussions/talk-caching.md": ""}
    (rule,) = find_naming_rules("discussions", texts)
    assert (rule.pattern, rule.files) == ("talk-{topic}.md", 1)


def test_a_name_with_two_placeholders_is_no_rule_that_could_be_followed() -> None:
    assert find_naming_rules("", {"a.md": "讨论: `[日期]-[主题].md`"}) == ()


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [
        ("1-基础", "01-基础"),
        ("1 基础", "01 基础"),
        ("02-Lecture2-并行", "02-Lecture02-并行"),
        ("lecture 3", "lecture 03"),
        ("Phase_4", "Phase_04"),
        ("01-基础", None),
        ("3D-渲染", None),
        ("2.0-版", None),
        ("100-题", None),
        ("第2讲", None),
    ],
)
def test_an_ordinal_has_two_digits(folder: str, wanted: str | None) -> None:
    assert misnumbered([f"笔记/{folder}"], in_force=True).get(f"笔记/{folder}") == wanted


def test_where_no_rule_is_in_force_the_folders_beside_decide() -> None:
    folders = ["a/1-甲", "a/2-乙", "b/1-甲", "b/02-乙", "b/02-乙/3-丙"]
    assert misnumbered(folders, in_force=False) == {"b/1-甲": "01-甲"}
