"""The home page: the summary with links to the notes that it names."""

from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.reading import Notes
from agent.settings import Layout, SiteSettings
from agent.site.entries import sitemap
from agent.site.home import Said, home
from agent.site.listed import read_listed

TEXTS = {"文章/甲.md": "# 甲\n", "总 览.md": "# 总览\n", "x.md": "# x\n", "a/b.md": "# b\n"}


def rows(*said: str) -> list[list[tuple[str, str]]]:
    documents = parse_documents(TEXTS, Layout())
    listed = {path: read_listed(path, text) for path, text in TEXTS.items()}
    pages = sitemap(dict.fromkeys(TEXTS, "note"), listed, lambda _: False, TEXTS, settings=SiteSettings())
    summary = Said(about="今天", blocks=(("下一步", said),))
    (block,) = home(pages, documents, gather(documents, Notes(texts=TEXTS)), summary, "zh").blocks
    return [[(piece.words, piece.url) for piece in row if piece.words] for row in block.rows]


def test_a_note_that_the_summary_names_is_led_to() -> None:
    assert rows("读 文章/甲.md:3 与“总 览.md”") == [
        [
            ("读 ", ""),
            ("文章/甲.md", "%E6%96%87%E7%AB%A0/%E7%94%B2.html"),
            (":3 与“", ""),
            ("总 览.md", "%E6%80%BB%20%E8%A7%88.html"),
            ("”", ""),
        ]
    ]


def test_the_end_of_another_path_is_no_note() -> None:
    assert rows("1. other/x.md、ax.md、x.mdx", "2. a/b.md") == [
        [("other/x.md、ax.md、x.mdx", "")],
        [("a/b.md", "a/b.html")],
    ]
