"""Series are found by how their titles are numbered; a lone first part, a year or a quantity is none."""

import pytest

from agent.bookkeeping.documents import ArticleHead, spelled
from agent.bookkeeping.series import place_of, series_in


def article(title: str, path: str = "", *, status: str = "pending", key: str = "") -> ArticleHead:
    path = path or f"文章/{title}.md"
    return ArticleHead(
        path=path,
        title=title,
        status=status,
        date="",
        expanded="",
        forced="",
        key=key or path,
        characters=900,
        tokens=600,
        has_text=True,
        spelled_title=spelled(title),
        spelled_name=spelled(path),
    )


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("路由漫谈：3、从均衡说起", ("路由漫谈", 3)),
        ("句向量（二）：特征", ("句向量", 2)),
        ("【采样】⋅（十二）退火", ("采样", 12)),
        ("低秩适配的改进（下）", ("低秩适配的改进", 3)),
        ("最速下降：1. 球面", ("最速下降", 1)),
        ("Routing, part 2: balance", ("Routing", 2)),
        ("Routing (Part 3)", ("Routing", 3)),
        ("Routing 4: the end", ("Routing", 4)),
    ],
)
def test_a_title_names_its_series_and_its_number(title: str, place: tuple[str, int]) -> None:
    assert place_of(title) == place


@pytest.mark.parametrize("title", ["2020年天象", "注意力：2017年的回顾", "为什么要缩放？", "", "（一）"])
def test_other_titles_name_none(title: str) -> None:
    assert place_of(title) is None


def test_a_series_has_each_number_once_and_knows_what_is_missing() -> None:
    heads = [
        article("路由：1、起", status="completed"),
        article("路由：4、合"),
        article("路由：2、承", "文章/b.md", key="same"),
        article("路由：2、承", "文章/a.md", key="same"),
        article("缩放（一）：只有开头"),
    ]
    (series,) = series_in(heads)
    assert (series.name, series.completed, series.missing) == ("路由", 1, (3,))
    assert [(one.number, one.head.path) for one in series.members][1] == (2, "文章/a.md")
