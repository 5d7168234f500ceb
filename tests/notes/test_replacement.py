"""Parts put into an article that holds some: each in its place, and not a byte of anything else changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from passing_article import ORIGINAL, PARTS, standard

from agent.notes.article import Article, added_spans, parse_article, replacement_edits
from agent.text.edits import apply, keep_original

HEAD = ORIGINAL.partition("TODO: ")[0]
NUMBERS = st.sets(st.sampled_from(sorted(PARTS)))


def article(*numbers: int, after: str = "", head: str = HEAD) -> Article:
    body = "\n".join(PARTS[number] for number in numbers)
    return parse_article("文章/甲.md", f"{head}{body}{after}", standard())


def replaced(one: Article, parts: dict[int, str]) -> str:
    edits = replacement_edits(one, standard(), parts, language="zh")
    keep_original(one.path, one.text, edits, one.protected)
    return apply(one.text, edits)


@given(present=NUMBERS, given_parts=NUMBERS)
def test_the_result_holds_each_part_once_in_order_and_the_author_untouched(
    present: set[int], given_parts: set[int]
) -> None:
    before = article(*sorted(present))
    after = parse_article("文章/甲.md", replaced(before, {n: f"{PARTS[n]}新\n" for n in given_parts}), standard())
    assert [part.number for part in after.parts] == sorted(present | given_parts)
    assert after.original == before.original
    for number in present | given_parts:
        assert after.part_text(number).strip().endswith("新") == (number in given_parts)
    for number in present - given_parts:
        assert PARTS[number].strip() in after.text


def test_a_part_given_as_it_stands_changes_at_most_the_blank_lines_behind_it() -> None:
    before = article(1, 2, 3, 4, 5)
    for number in PARTS:
        after = replaced(before, {number: before.part_text(number)})
        assert after.split() == before.text.split()


def test_the_copies_of_a_part_go() -> None:
    after = replaced(article(1, 2, 1, 2), {1: PARTS[1], 2: PARTS[2]})
    assert (after.count("### 第1部分"), after.count("### 第2部分")) == (1, 1)


def test_what_stands_behind_the_last_part_under_a_higher_heading_stays() -> None:
    footer = "\n## 参考文献\n\n作者列的书目。\n"
    after = replaced(article(1, 2, after=footer), {2: "### 第2部分：严谨的核心数学推导\n\n新的。", 3: PARTS[3]})
    assert after.endswith(footer.lstrip())
    assert after.index("新的。") < after.index("### 第3部分") < after.index("## 参考文献")


def test_the_stub_goes() -> None:
    one = article(2, after="\nTODO: 添加详细的数学公式推导和注释\n")
    assert "TODO: 添加" not in replaced(one, {1: PARTS[1]})


def test_an_expansion_without_parts_keeps_what_it_holds_and_gets_them_below() -> None:
    one = article(after="作者自己补的一段。\n")
    after = replaced(one, {1: PARTS[1], 2: PARTS[2]})
    assert after.startswith(one.text)
    assert "### 第2部分" in after


def test_an_article_without_a_place_for_it_gets_the_heading() -> None:
    head = ORIGINAL.partition("## 公式推导与注释")[0]
    after = replaced(article(head=head), {1: PARTS[1]})
    assert after.startswith(head)
    assert after.index("## 公式推导与注释") < after.index("### 第1部分")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_articles_newlines_are_used(newline: str) -> None:
    text = article(1, 3).text.replace("\n", newline)
    after = replaced(parse_article("a.md", text, standard()), {2: PARTS[2], 3: PARTS[3]})
    assert after.count("\n") == after.count(newline)


def test_lines_of_the_author_among_a_part_stay_where_they_are() -> None:
    earliest = ORIGINAL.partition("## 公式推导与注释")[0] + "作者夹在当中的一行。\n"
    text = article(1, after="\n作者夹在当中的一行。\n\n后来补的话。\n").text
    one = parse_article("a.md", text, standard(), earliest)
    assert len(added_spans(one, one.parts[0])) == 2
    after = replaced(one, {1: PARTS[1]})
    assert "作者夹在当中的一行。" in after
    assert "后来补的话。" not in after
