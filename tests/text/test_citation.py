"""The citation line at the end of an article."""

import pytest

from agent.text.citation import citations, without_notices

LINK = "<https://example.org/archives/1001>"


def line(inside: str = "Feb. 08, 2025", title: str = "温度的故事 ", link: str = LINK) -> str:
    return f"某人. ({inside}). 《{title}》[Blog post]. Retrieved from {link}\n"


def test_date_title_archive_id_and_line_are_read() -> None:
    (found,) = citations("正文\n\n" + line())
    assert (found.date, found.title, found.archive_id, found.line) == ("2025-02-08", "温度的故事", "1001", 3)


@pytest.mark.parametrize(
    ("inside", "date"),
    [("May. 01, 2021", "2021-05-01"), ("Sept. 3, 2009", "2009-09-03"), ("Dec 31, 2019", "2019-12-31")],
)
def test_months_are_read_as_the_site_writes_them(inside: str, date: str) -> None:
    assert [found.date for found in citations(line(inside))] == [date]


@pytest.mark.parametrize("inside", ["Foo. 01, 2021", "Feb. 42, 2021", "2021-02-01"])
def test_what_is_no_date_makes_no_citation(inside: str) -> None:
    assert list(citations(line(inside))) == []


def test_a_title_may_hold_title_marks_and_a_link_need_not_lead_to_an_archive() -> None:
    (found,) = citations(line(title="读《某书》有感", link="https://example.org/about"))
    assert (found.title, found.archive_id) == ("读《某书》有感", "")


NOTICES = f"""_**转载请注明本文地址：**<https://example.org/archives/1001>_

**觉得不错，欢迎打赏。**

打赏

![某站](https://example.org/payment/a.png)

**如果需要引用本文：**

{line()}
@online{{some-1001,
title={{温度的故事}},
year={{2025}},
}}
"""


def test_what_the_site_says_behind_an_article_is_left_out_but_for_the_citation() -> None:
    assert without_notices(f"正文\n\n{NOTICES}后记。\n") == f"正文\n\n{line()}\n后记。\n"


@pytest.mark.parametrize("text", ["正文谈到打赏与评论区。\n", "本文可以转载。\n\n@online{x,\n}\n", line()])
def test_an_article_without_a_notice_of_reprints_stays_as_it_is(text: str) -> None:
    assert without_notices(text) == text


def test_what_stands_before_the_notices_stays_whatever_it_speaks_of() -> None:
    body = "打赏与转载\n\n@online{x,\n}\n\n"
    assert without_notices(body + NOTICES).startswith(body)
