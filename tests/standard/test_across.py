from collections.abc import Sequence

import pytest

from agent.standard.across import Compared, across
from agent.standard.findings import Judgement


def article(path: str, *lines: int, number: str = "", status: str = "completed") -> Compared:
    judgement = Judgement(
        status=status,
        parts=(),
        measures={},
        findings=(),
        counts_met=False,
        clean=True,
        original="intact",
        long_lines=frozenset(lines),
    )
    return Compared(path=path, archive_id=number, source_line=5, judgement=judgement)


def rules(articles: Sequence[Compared], copies: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
    found = across(articles, copies or {})
    return {path: [finding.rule for finding in findings] for path, findings in found.items()}


def test_an_article_that_stands_in_two_files_names_the_other_at_its_source() -> None:
    copies = {"7": ["a.md", "b.md"], "8": ["c.md"]}
    found = across([article("a.md", number="7"), article("c.md", number="8"), article("d.md")], copies)
    (finding,) = found["a.md"]
    assert (finding.rule, finding.line, finding.found, finding.wanted) == ("duplicate-article", 5, "7", "b.md")
    assert found["c.md"] == found["d.md"] == ()


@pytest.mark.parametrize(
    ("status", "strict", "severity"),
    [("completed", False, "warning"), ("pending", False, "note"), ("pending", True, "warning")],
)
def test_a_copy_is_at_most_a_warning(status: str, severity: str, *, strict: bool) -> None:
    found = across([article("a.md", number="7", status=status)], {"7": ["b.md", "a.md"]}, strict=strict)
    assert [finding.severity for finding in found["a.md"]] == [severity]


@pytest.mark.parametrize(("shared", "is_one"), [(20, True), (10, True), (9, False), (0, False)])
def test_an_expansion_under_two_articles_is_found_in_both_by_its_long_lines(shared: int, *, is_one: bool) -> None:
    one, other = article("a.md", *range(20)), article("b.md", *range(20 - shared, 60))
    wanted = ["duplicate-expansion"] * is_one
    assert rules([one, other]) == {"a.md": wanted, "b.md": wanted}


def test_the_most_similar_expansion_is_named_with_its_share() -> None:
    found = across([article("a.md", *range(20)), article("b.md", *range(12)), article("c.md", *range(1, 20))], {})
    assert [(finding.found, finding.wanted) for finding in found["a.md"]] == [("100%", "c.md")]


def test_copies_of_one_article_share_their_expansion_by_right() -> None:
    both = [article("a.md", *range(20), number="7"), article("b.md", *range(20), number="7")]
    assert rules(both, {"7": ["a.md", "b.md"]}) == {"a.md": ["duplicate-article"], "b.md": ["duplicate-article"]}


def test_a_few_lines_and_turns_of_phrase_make_no_copy() -> None:
    assert rules([article("a.md", *range(9)), article("b.md", *range(9))]) == {"a.md": [], "b.md": []}
    many = [article(f"{n}.md", *range(20), *range(100 * n, 100 * n + 20)) for n in range(1, 30)]
    assert not any(rules(many).values())
