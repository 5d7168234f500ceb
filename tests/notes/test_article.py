import pytest
from hypothesis import given
from hypothesis import strategies as st
from passing_article import EXPANSION, NAME, ORIGINAL, PASSING, standard

from agent.errors import NoteInvalid, OriginalLost
from agent.notes.article import Article, archive_id, expansion_edits, parse_article, status_edits
from agent.text.edits import Edit, apply, keep_original

FRONT = "---\ntitle: 题\ndate:\nsource: https://example.org/archives/42\ntags: 熵, 温度，凸\nstatus: pending\n---\n\n"
ADDED = "### 第1部分：核心理论\n\n话。\n"


def parsed(text: str) -> Article:
    return parse_article("a.md", text, standard())


def expanded(text: str, expansion: str = ADDED, language: str = "zh") -> str:
    article = parsed(text)
    edits = expansion_edits(article, standard(), expansion, language=language, today="2026-11-22")  # type: ignore[arg-type]
    keep_original("a.md", text, edits, article.protected)
    return apply(text, edits)


def test_the_front_matter_is_read_with_an_empty_date_and_tags_in_one_line() -> None:
    article = parsed(FRONT + "正文。\n")
    assert (article.title, article.status, article.archive_id) == ("题", "pending", "42")


def test_the_year_is_that_of_the_front_matter_or_else_of_the_citation() -> None:
    cited = "正文。\n\n某人. (Sep. 24, 2021). 《题》[Blog post]. Retrieved from https://example.org/archives/42\n"
    assert parsed(FRONT + cited).year == "2021"
    assert parsed(FRONT.replace("date:", "date: 2020-01-02") + cited).year == "2020"
    assert parsed(FRONT + cited.replace("42", "43")).year == ""


def test_the_original_is_what_stands_above_the_expansion() -> None:
    for text in (ORIGINAL, PASSING):
        article = parse_article(NAME, text, standard())
        assert article.original.startswith("\n# logsumexp与softmax的温度\n")
        assert article.original.endswith("Attention Is All You Need")
        assert "TODO" not in article.original
    assert parse_article(NAME, ORIGINAL, standard()).original == parse_article(NAME, PASSING, standard()).original


def test_parts_are_given_by_number() -> None:
    article = parse_article(NAME, PASSING, standard())
    assert [part.number for part in article.parts] == [1, 2, 3, 4, 5]
    assert article.part_text(3).startswith("### 第3部分")
    assert parsed(FRONT).part_text(3) == ""


@pytest.mark.parametrize(
    ("body", "is_expanded"),
    [
        ("正文。\n", False),
        ("正文。\n\n## 公式推导与注释\n", False),
        ("正文。\n\n## 公式推导与注释\n\nTODO: 添加详细的推导\n", False),
        ("正文。\n\n## 公式推导与注释\n\n手写的一段。\n", True),
        ("正文。\n\n## 公式推导与注释\n\nTODO: 添加详细的推导\n\n手写的一段。\n", True),
        (f"正文。\n\n{ADDED}", True),
    ],
)
def test_an_article_is_expanded_when_anything_but_the_stub_stands_in_its_region(
    body: str, *, is_expanded: bool
) -> None:
    assert parsed(FRONT + body).is_expanded == is_expanded


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FRONT, "42"),
        (FRONT.replace("source: ", "link: ") + "**原文**: https://example.org/archives/7\n", "7"),
        (FRONT.replace("source: ", "link: ") + "长" * 700 + "https://example.org/archives/7\n", ""),
        ("https://example.org/archives/9\n", "9"),
        ("正文\n", ""),
    ],
)
def test_the_archive_id_comes_from_the_source_or_a_link_near_the_top(text: str, wanted: str) -> None:
    assert archive_id(text) == wanted


@pytest.mark.parametrize(
    ("text", "line"), [("正文\n", 1), ('---\na: 1\ntitle: "十字架"组合\nstatus: pending\n---\n', 3)]
)
def test_a_note_that_cannot_be_edited_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(NoteInvalid) as refused:
        parsed(text)
    assert refused.value.facts["line"] == line


def test_the_expansion_replaces_the_stub_and_every_other_line_but_status_stays() -> None:
    before, after = ORIGINAL.split("\n"), PASSING.split("\n")
    gone = [line for line in before if line not in after]
    assert gone == ["status: pending", "TODO: 添加详细的数学公式推导和注释"]
    assert PASSING.endswith(EXPANSION + "\n")
    for line in ("status: completed", "standard: five-part/2025-11-24", "expanded: 2026-11-22"):
        assert after.count(line) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n"])
def test_where_there_is_no_region_it_is_made_at_the_end(end: str, language: str) -> None:
    text = FRONT + "正文。" + end
    after = expanded(text, language=language)
    assert after.startswith(FRONT.replace("pending", "completed", 1).removesuffix("---\n\n"))
    region = parsed(after).region
    assert region is not None
    assert after[region.start :].startswith(f"## {standard().expansion.heading[language]}")  # type: ignore[index]
    assert parsed(after).original.strip() == "正文。"
    assert after.endswith("话。\n")


@pytest.mark.parametrize("end", ["", "\n", "\n\n手写的一段。\n"])
def test_a_stub_at_the_end_of_the_file_leaves_a_final_newline(end: str) -> None:
    after = expanded(f"{FRONT}正文。\n\n## 公式推导与注释\n\nTODO: 添加详细的推导{end}")
    assert after.endswith("\n")
    assert after.count("## 公式推导与注释") == 1
    assert end.strip() in after


def test_what_stands_in_the_region_already_stays_and_ours_comes_behind_it() -> None:
    after = expanded(f"{FRONT}正文。\n\n## 公式推导与注释\n\n手写的一段。")
    assert after.endswith("## 公式推导与注释\n\n手写的一段。\n\n" + ADDED)


def test_a_file_of_windows_lines_gets_windows_lines() -> None:
    after = expanded((FRONT + "正文。\n").replace("\n", "\r\n"))
    assert after.count("\n") == after.count("\r\n")


bodies = st.lists(
    st.sampled_from(
        [
            "正文。",
            "\n",
            "\r\n",
            "\n\n",
            "---\n",
            "## 公式推导与注释\n",
            "TODO: 添加详细的推导",
            "### 第2部分：数学推导\n",
            "```\n",
        ]
    )
    | st.text(max_size=3),
    max_size=12,
).map("".join)


@given(bodies)
def test_an_expansion_only_ever_adds_to_the_authors_text(body: str) -> None:
    text = FRONT + body
    original = parsed(text).original
    after = expanded(text)
    assert original in after
    assert ADDED.strip() in after.replace("\r\n", "\n")


def test_completing_sets_three_lines_and_reopening_restores_the_file() -> None:
    for text in (FRONT, FRONT.replace("\n", "\r\n"), "\ufeff" + FRONT + "正文"):
        done = apply(text, status_edits(text, "completed", standard="five-part/2025-11-24", today="2026-11-22"))
        assert done.replace("\r", "").splitlines()[5:9] == [
            "status: completed",
            "standard: five-part/2025-11-24",
            "expanded: 2026-11-22",
            "---",
        ]
        assert apply(done, status_edits(done, "pending")) == text
        assert status_edits(done, "completed", standard="five-part/2025-11-24", today="2026-11-22") == ()


@given(st.text(max_size=30))
def test_a_forced_reason_is_kept_word_for_word_and_leaves_with_the_status(reason: str) -> None:
    forced = apply(FRONT, status_edits(FRONT, "completed", standard="s/1", today="2026-11-22", forced=reason))
    assert parsed(forced).front.values.get("forced", "") == reason
    assert apply(forced, status_edits(forced, "pending")) == FRONT


def test_an_edit_of_the_authors_text_is_refused_by_the_protected_spans() -> None:
    article = parse_article(NAME, PASSING, standard())
    start, end = article.protected[0]
    keep_original(NAME, PASSING, [Edit(start, start, "x"), Edit(end, len(PASSING), "")], article.protected)
    for edit in (Edit(start, start + 1, "x"), Edit(end - 1, end, ""), Edit(start + 5, start + 5, "x")):
        with pytest.raises(OriginalLost):
            keep_original(NAME, PASSING, [edit], article.protected)


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: 题\nstatus: >\n  pending", 3),
        ("status: |\n  pending\ntitle: 题", 2),
        ("status: 'pen\n  ding'", 2),
        ("title: 题\nstatus:\n  pending", 3),
        ("status: [a,\n b]", 2),
        ("note: 'a\nstatus: pending\nb'", 3),
        ("status: pending\nstandard: >\n  a", 3),
    ],
)
def test_an_article_whose_status_takes_several_lines_is_refused_with_its_line(front: str, line: int) -> None:
    with pytest.raises(NoteInvalid) as refused:
        parsed(f"---\n{front}\n---\n\n正文。\n")
    assert refused.value.facts["line"] == line


STATUS = st.sampled_from(
    [
        *("status: pending", '"status": "pending"', "'status' : pending # 草稿", "status:", "status: {a: b}"),
        *(
            "status: >",
            "  pending",
            "status: &a x",
            "tags: [a, b]",
            "note: 'a",
            "b'",
            "x: .nan",
            "read_by: 甲",
            "STATUS: x",
        ),
    ]
)


@given(st.lists(STATUS, min_size=1, max_size=5))
def test_the_status_is_changed_on_one_line_and_reads_completed_or_the_article_is_refused(lines: list[str]) -> None:
    text = "\n".join(["---", "title: 题", *lines, "---", "", "正文。", ""])
    try:
        article = parsed(text)
    except NoteInvalid:
        return
    after = parsed(expanded(text))
    assert (after.status, after.title) == ("completed", article.title)
    before, now = text.split("\n---\n")[0].split("\n"), after.text.split("\n---\n")[0].split("\n")
    kept = [line for line in before if line in now]
    assert len(kept) >= len(before) - 1
    assert article.front.values.get("read_by") == after.front.values.get("read_by")


@pytest.mark.parametrize(
    "stub",
    [
        "TODO: 添加详细的数学公式推导和注释。另外 (3) 式为什么成立？见我 2019 年的笔记第 42 页。",
        "TODO: add the detailed proof of lemma 3 that Bob mailed me on Monday",
        "TODO: 添加详细的数学公式推导和注释 `见第 42 页`",
        "TODO: 添加详细的推导 <!-- 第 42 页 -->",
        "TODO: 添加详细的推导，见 [笔记](a.md)",
        "```\nTODO: 添加详细的推导\n```",
    ],
)
def test_a_line_that_says_more_than_a_stub_stays(stub: str) -> None:
    text = f"{FRONT}正文。\n\n## 公式推导与注释\n\n{stub}\n"
    assert parsed(text).is_expanded
    assert stub in expanded(text)


@pytest.mark.parametrize(
    "stub",
    [
        *("TODO: 添加详细的数学公式推导和注释", "TODO：添加详细的推导。", "  TODO: 添加详细的公式推导与说明 "),
        *("TODO: add the detailed derivations and notes", "TODO: Add detailed mathematical derivations, proofs."),
    ],
)
def test_a_stub_alone_is_replaced(stub: str) -> None:
    text = f"{FRONT}正文。\n\n## 公式推导与注释\n\n{stub}\n"
    assert not parsed(text).is_expanded
    assert "TODO" not in expanded(text)
