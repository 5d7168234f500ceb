import tomllib
from typing import get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.text.edits import apply
from agent.text.frontmatter import MAX_CHARS, UNQUOTED, body_start, drop_value, find, quoted, quotes, set_value
from agent.words import Language, say

KEYS = ("title", "slug", "date", "source", "tags", "status", "tags_reviewed")
values = st.sampled_from(
    ["", "pending", "2025-11-24", "注意力, 温度", "'引号 # 内'", '"a: b # c"', "https://example.org/1"]
)
newlines = st.sampled_from(["\n", "\r\n"])
prose = st.text(alphabet="正文 abc#-+:=$`\n\r\t\ufffd", max_size=60)


@st.composite
def notes(draw: st.DrawFn, style: str = "---") -> str:
    joiner = ":" if style == "---" else "="
    lines = [style + draw(st.sampled_from(["", " ", "  \t"]))]
    for key in draw(st.permutations(KEYS)):
        value = draw(values) if style == "---" else quoted(draw(values))
        gap = draw(st.sampled_from([" ", "  "])) if value else draw(st.sampled_from(["", " "]))
        comment = draw(st.sampled_from(["", " ", "  # 备注"]))
        lines.append(f"{key}{joiner}{gap}{value}{comment}")
    lines.append(style)
    block = "".join(line + draw(newlines) for line in lines)
    return draw(st.sampled_from(["", "\ufeff"])) + block + draw(prose)


def test_a_yaml_block_gives_its_values_and_where_the_note_begins() -> None:
    text = "---\ntitle: 温度\ndate: 2026-10-18\ntags: 熵, 凸函数\nstatus: pending\n---\n\n正文\n"
    front = find(text)
    assert front is not None
    assert front.values["title"] == "温度"
    assert str(front.values["date"]) == "2026-10-18"
    assert text[front.inner_start : front.inner_end].startswith("title")
    assert text[front.end :] == "\n正文\n"
    assert body_start(text) == front.end
    assert not front.problem


@pytest.mark.parametrize(
    "opening", ["+++\n", "+++  \n", "+++ \t\r\n", "\ufeff+++\n"], ids=["plain", "spaces", "crlf", "byte-order mark"]
)
def test_a_toml_block_is_read_with_spaces_behind_its_marks(opening: str) -> None:
    front = find(opening + 'title = "想法"\ndraft = false\n+++ \n正文')
    assert front is not None
    assert front.style == "toml"
    assert front.values == {"title": "想法", "draft": False}


def test_a_byte_order_mark_stands_before_the_block_and_before_a_note_without_one() -> None:
    assert find("\ufeff---\r\ntitle: a\r\n---\r\n") is not None
    assert body_start("\ufeff正文") == 1
    assert body_start("正文") == 0


@pytest.mark.parametrize(
    "text",
    [
        "---\n\n今天读了一篇文章\n\nhttps://example.org/x\n\n---\n\n正文\n",
        "---\n\n第一段\n\nNote: 这里有个冒号\n\n---\n",
        "---\n# 标题\n---\n正文\n",
        "---\nhttps://example.org\n---\n",
        "---\ntitle: 没有结尾\n\n正文\n",
        "\n---\ntitle: 不在开头\n---\n",
        "----\ntitle: 四条杠\n----\n",
        "正文\n",
        "",
    ],
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    assert find(text) is None
    assert body_start(text) == 0


@pytest.mark.parametrize(
    "text", ["---\n---\n正文", "---\n\n---\n", "---\n# 备注\ntitle: a\n---\n", '---\n"title": a\n---']
)
def test_an_empty_block_and_one_that_begins_with_a_comment_are_front_matter(text: str) -> None:
    assert find(text) is not None


@pytest.mark.parametrize(
    ("block", "line"),
    [("title: 甲\nslug: x\ndate: 2026-99-99", 4), ("a: 1\nb:\n  - x\n  - 2026-13-01", 5), ("date: 2026-02-30", 2)],
)
def test_a_date_that_cannot_be_read_is_named_by_its_own_line(block: str, line: int) -> None:
    front = find(f"---\n{block}\n---\n")
    assert front is not None
    assert (front.problem, front.problem_line) == ("date", line)


def test_an_empty_date_does_not_take_the_next_line_for_its_value() -> None:
    text = "---\ndate:\nstatus: pending\n---\n"
    assert apply(text, [set_value(text, "date", "2025-02-08")]) == "---\ndate: 2025-02-08\nstatus: pending\n---\n"
    assert apply(text, [edit for edit in [drop_value(text, "date")] if edit]) == "---\nstatus: pending\n---\n"


def test_invalid_yaml_still_gives_title_and_status_and_names_its_line() -> None:
    text = '---\nslug: x\ntitle: "十字架"组合计数\nstatus: completed\n---\n正文\n'
    front = find(text)
    assert front is not None
    assert front.problem
    assert front.problem_line == 3
    assert front.values == {"title": '"十字架"组合计数', "status": "completed"}
    after = apply(text, [set_value(text, "status", "pending")])
    assert after == text.replace("completed", "pending")


TOO_FEW_QUOTES = [
    '"十字架"组合计数问题浅试',
    "'甲'乙",
    "“甲”与\"乙\": 'it's'",
    "\"a\" and 'b'",
    "'\"a\" and 'b''",
    '""十字架"组合"',
    "甲: 乙",
    "[论文] 甲",
    "{甲} 乙",
    *("@甲", "`甲`", "%甲 乙", "*甲*的 'x'", "!甲", "*甲", ">甲", "|甲", "甲:\t乙  "),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("written", TOO_FEW_QUOTES)
def test_a_value_is_read_as_it_stands_once_it_is_quoted_as_the_advice_says(written: str, newline: str) -> None:
    text = newline.join(["---", "slug: x", f"title: {written}", "status: pending", "---", "正文", ""])
    front = find(text)
    assert front is not None
    assert (front.problem, front.problem_line) == (UNQUOTED, 3)
    by_hand = text.replace(written.rstrip(), "'" + written.rstrip().replace("'", "''") + "'")
    assert apply(text, quotes(text)) == by_hand
    after = find(by_hand)
    assert after is not None
    assert (after.problem, after.values["title"], after.status) == ("", written.rstrip(), "pending")


@pytest.mark.parametrize(
    ("written", "value", "comment"),
    [
        ("甲: 乙  # 草稿", "甲: 乙", "  # 草稿"),
        ("甲: C#\t#", "甲: C#", "\t#"),
        ("{甲} 乙 # 丙", "{甲} 乙", " # 丙"),
        ('"甲 # 乙" 丙 # 丁', '"甲 # 乙" 丙', " # 丁"),
    ],
)
def test_the_comment_behind_a_value_that_gets_quotes_stays_one(written: str, value: str, comment: str) -> None:
    text = f"---\ntitle: {written}\nstatus: x\n---\n"
    after = apply(text, quotes(text))
    assert after == f"---\ntitle: '{value}'{comment}\nstatus: x\n---\n"
    front = find(after)
    assert front is not None
    assert front.values == {"title": value, "status": "x"}


@pytest.mark.parametrize("written", ["*me", "&all [*me]", "*me # 注", "!!str 5", "[甲, *me] # 注"])
def test_what_yaml_reads_and_wenqu_does_not_gets_no_quotes(written: str) -> None:
    text = f"---\nauthor: &me 苏\nby: {written}\nstatus: x\n---\n"
    assert quotes(text) == ()
    front = find(text)
    assert front is not None
    assert front.problem == "alias"


def test_the_advice_to_quote_a_value_names_the_command_that_does_it() -> None:
    for language in get_args(Language):
        advice = say(language, f"errors.fault-{UNQUOTED}")
        assert "''" in advice
        assert "wenqu repair --metadata" in advice


def test_all_values_and_items_that_lack_quotes_get_them_and_no_other_line_changes() -> None:
    text = '---\ntitle: "甲" 乙\nabout: 丙: 丁\nnote: |\n  x: y: z\ntags:\n  - "一" 二\n  - 三\n---\n'
    after = find(apply(text, quotes(text)))
    assert after is not None
    assert after.values == {"title": '"甲" 乙', "about": "丙: 丁", "note": "x: y: z\n", "tags": ['"一" 二', "三"]}
    assert len(quotes(text)) == 3


def test_what_quotes_do_not_mend_keeps_its_problem() -> None:
    text = '---\ntitle: "甲" 乙\ntags: [一, 二\nstatus: x\n---\n'
    assert [edit.new for edit in quotes(text)] == ["'\"甲\" 乙'"]
    after = find(apply(text, quotes(text)))
    assert after is not None
    assert (after.problem, after.problem_line) == ("bracket", 3)


@pytest.mark.parametrize(
    "written", ["甲", "- 甲", "[甲: 乙: 丙]", '"甲', "'甲", '"\\q"', "甲\n  乙: 丙", "2025-13-40", '"甲" # 注释']
)
def test_a_value_that_may_be_meant_otherwise_gets_no_quotes(written: str) -> None:
    assert quotes(f"---\ntitle: {written}\nstatus: x\n---\n") == ()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).map(str.strip).filter(bool))
def test_quotes_change_a_value_only_so_that_it_is_read_as_it_stands(written: str) -> None:
    text = f"---\ntitle: {written}\nstatus: x\n---\n"
    edits = quotes(text)
    after = find(apply(text, edits))
    if edits and after:
        assert after.problem or written.startswith(str(after.values["title"]))
        assert after.problem or written == after.values["title"] or " #" in written.replace("\t", " ")


@pytest.mark.parametrize("written", ["completed", '"completed"', "'completed'  # 注释", "completed # 注释"])
def test_invalid_yaml_gives_the_bare_status(written: str) -> None:
    front = find(f'---\ntitle: "十字架"组合\nstatus: {written}\n---\n')
    assert front is not None
    assert front.values["status"] == "completed"


@pytest.mark.parametrize(
    "value",
    [
        "&a [*a, *a]",
        "!!bool x",
        "!!int ''",
        "!!timestamp x",
        "!!python/object/apply:os.system [x]",
        "[" * 30_000,
        "{a: " * 900 + "}" * 900,
        "2025-13-40",
        "9" * 5000,
        "0x_",
        "{[1]: 2}",
        '"\\ud800"',
        "\x00",
        "*missing",
    ],
    ids=lambda value: value[:12],
)
def test_hostile_yaml_is_a_problem_and_never_a_crash(value: str) -> None:
    front = find(f"---\ntitle: 题\na: {value}\n---\n")
    assert front is not None
    assert front.problem
    assert front.values["title"] == "题"


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 20_000, "1979-02-30", "'''", "\x00"], ids=lambda value: value[:5])
def test_hostile_toml_is_a_problem_and_never_a_crash(value: str) -> None:
    front = find(f"+++\na = {value}\n+++\n")
    assert front is not None
    assert front.problem


def test_a_block_that_is_no_mapping_or_too_long_is_a_problem() -> None:
    scalar = find("---\ntitle:题\n--- \n")
    assert scalar is not None
    assert scalar.problem == "mapping"
    long = find("---\ntitle: 题\n" + "# 长\n" * MAX_CHARS + "---\n")
    assert long is not None
    assert long.problem


@given(st.text(alphabet="ab:=-+#\"'{}[]!&*|>?%@`,. \n\r\t0é", max_size=80), st.sampled_from(["---", "+++"]))
def test_any_block_is_read_or_is_a_problem(inner: str, mark: str) -> None:
    text = f"{mark}\n{inner}\n{mark}\n正文"
    front = find(text)
    assert front is None or 0 < front.inner_start <= front.inner_end < front.end <= len(text)


pieces = st.sampled_from(
    [*"ab数第é²:#-,[]\"' \\~_.09eE=!&*|>%@`{}?\t\u200b", "true", "No", "null", "on ", "2026-02-29"]
)
written = st.lists(pieces, max_size=10).map("".join)
plain_lines = st.tuples(
    st.sampled_from(["title", "date", "no", "标题"]),
    st.sampled_from([": ", ":", ": 题", ": [", ': "']),
    written,
    st.sampled_from(["", "]", '"', " "]),
).map("".join)


@settings(max_examples=1000)
@given(st.lists(plain_lines, min_size=1, max_size=3), newlines)
def test_plain_lines_are_read_as_yaml_reads_them(lines: list[str], newline: str) -> None:
    inner = newline.join([*lines, ""])
    front = find(f"---{newline}{inner}---{newline}")
    try:
        read = yaml.load(inner, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        assert front is None or front.problem
        return
    if front and not front.problem:
        assert repr(front.values) == repr({str(key): value for key, value in read.items()})


@given(st.text())
def test_any_text_has_a_body(text: str) -> None:
    assert 0 <= body_start(text) <= len(text)


def lines_that_differ(before: str, after: str) -> list[tuple[str, str]]:
    one, other = before.split("\n"), after.split("\n")
    assert len(one) == len(other)
    return [(a, b) for a, b in zip(one, other, strict=True) if a != b]


@given(notes(), st.sampled_from(KEYS), st.sampled_from(["completed", "2026-01-01"]))
def test_setting_a_value_changes_one_line_and_no_other_byte(text: str, key: str, value: str) -> None:
    after = apply(text, [set_value(text, key, value)])
    differ = lines_that_differ(text, after)
    assert len(differ) <= 1
    for old, new in differ:
        assert old.startswith(f"{key}:")
        assert new.startswith(f"{key}: ")
        assert old.endswith("\r") == new.endswith("\r")
        assert old.rstrip("\r").endswith("  # 备注") == new.rstrip("\r").endswith("# 备注")
    front = find(after)
    assert front is not None
    assert str(front.values[key]) == value


@given(notes(), st.sampled_from(["standard", "expanded"]))
def test_a_new_line_comes_last_in_the_block_and_dropping_it_restores_the_file(text: str, key: str) -> None:
    after = apply(text, [set_value(text, key, "five-part/2025-11-24")])
    front = find(after)
    assert front is not None
    assert front.values[key] == "five-part/2025-11-24"
    assert len(after.split("\n")) == len(text.split("\n")) + 1
    dropped = drop_value(after, key)
    assert dropped is not None
    assert apply(after, [dropped]) == text


@given(notes(style="+++"), st.sampled_from(KEYS))
def test_toml_lines_are_set_in_the_same_way(text: str, key: str) -> None:
    after = apply(text, [set_value(text, key, quoted("新"))])
    assert len(lines_that_differ(text, after)) == 1
    front = find(after)
    assert front is not None
    assert front.values[key] == "新"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("status: pending  # 草稿", "status: done  # 草稿"),
        ("status: # 还没定", "status: done # 还没定"),
        ("status:pending", "status: done"),
        ("status: a#b", "status: done"),
        ("status: 'a # b' # c", "status: done # c"),
        ('status: "十字架"组合', "status: done"),
        ("status:", "status: done"),
        ("status : pending", "status : done"),
    ],
)
def test_a_comment_behind_a_value_stays(line: str, wanted: str) -> None:
    text = f"---\n{line}\n---\n"
    assert apply(text, [set_value(text, "status", "done")]) == f"---\n{wanted}\n---\n"


def test_a_key_is_not_found_in_the_note_nor_in_another_key() -> None:
    text = "---\nmy_status: a\n  status: b\nstatus_old: c\n---\nstatus: d\n"
    assert drop_value(text, "status") is None


def test_of_a_key_that_stands_twice_the_line_that_is_read_is_set() -> None:
    text = "---\nstatus: completed\nstatus: pending\n---\n文\n"
    edited = apply(text, [set_value(text, "status", "completed")])
    assert edited == text.replace("pending", "completed")


def test_a_note_without_front_matter_cannot_be_given_a_value() -> None:
    with pytest.raises(ValueError, match="no front matter"):
        set_value("正文", "status", "pending")


@given(st.text())
def test_a_quoted_value_is_read_back_by_yaml_and_by_toml(value: str) -> None:
    assert yaml.safe_load(f"a: {quoted(value)}") == {"a": value}
    assert tomllib.loads(f"a = {quoted(value)}") == {"a": value}


def test_long_lines_of_spaces_are_read_in_one_pass() -> None:
    text = '---\ntitle: "a"' + " " * 60_000 + "b\nstatus: a" + " " * 60_000 + "b\n---\n"
    assert find(text) is not None
    assert apply(text, [set_value(text, "status", "done")]).endswith("status: done\n---\n")


@pytest.mark.parametrize(
    "line", ['status = "pending"', "status = 'pending' # 草稿", 'status = """pending"""', '"status" = "pending"']
)
def test_toml_gets_a_value_in_quotes_where_it_reads_none_without(line: str) -> None:
    text = f"+++\ntitle = '甲'\n{line}\ndate = 2025-01-01\n+++\n正文\n"
    after = apply(text, [set_value(text, "status", "completed")])
    assert len(lines_that_differ(text, after)) == 1
    front = find(after)
    assert front is not None
    assert (front.problem, front.status) == ("", "completed")
    assert apply(text, [set_value(text, "date", "2026-11-22")]) == text.replace("2025-01-01", "2026-11-22")


def test_a_new_line_of_toml_stands_before_its_tables() -> None:
    text = "+++\nstatus = 'pending'\n[cover]\nimage = 'a.png'\n+++\n"
    front = find(apply(text, [set_value(text, "standard", "five-part/2025-11-24")]))
    assert front is not None
    assert front.values == {"status": "pending", "standard": "five-part/2025-11-24", "cover": {"image": "a.png"}}


@pytest.mark.parametrize("text", ["---\ntitle: 甲\nx: 0x{}\n---\n", "---\nx: {}\n---\n", "+++\nx = 0x{}\n+++\n"])
def test_a_number_that_cannot_even_be_written_is_no_number(text: str) -> None:
    front = find(text.format("9" * 6000))
    assert front is not None
    assert front.problem == "date"
