"""The citation line at the end of an article."""

import pytest

from agent.text.citation import citations

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
