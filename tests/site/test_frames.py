"""What stands around each note: what comes before and after it, and its tags."""

from dataclasses import replace
from urllib.parse import unquote

import pytest

from agent.bookkeeping.documents import ArticleHead, note_head
from agent.bookkeeping.series import series_in
from agent.notes.kinds import Kind
from agent.settings import Layout
from agent.site.entries import LISTS, Entry, Sitemap
from agent.site.frames import Frames, groups
from agent.site.values import Listed
from agent.standard.findings import Judgement

DAYS = {
    "散文": "2024-01-02",
    "谈谈乙：1、一": "2024-01-01",
    "谈谈乙：2、二": "2024-01-03",
    "谈谈乙：3、三": "2024-01-05",
    "后记": "2024-01-04",
}


def judgement(*, clean: bool, counts_met: bool = True) -> Judgement:
    return Judgement(
        status="completed", parts=(), measures={}, findings=(), counts_met=counts_met, clean=clean, original="intact"
    )


JUDGED = {
    "通过.md": judgement(clean=True),
    "达标.md": judgement(clean=False),
    "未达.md": judgement(clean=True, counts_met=False),
}


def entry(title: str, date: str, kind: Kind = "article", *tags: str, is_draft: bool = False) -> Entry:
    listed = Listed(title=title, language="zh", date=date, tags=tags, archive="", source="", is_draft=is_draft)
    return Entry(path=f"{title}.md", url=f"{title}.html", kind=kind, status="", listed=listed)


def head(title: str) -> ArticleHead:
    article = note_head(f"{title}.md", f"---\ntitle: {title}\nstatus: pending\n---\n", Layout()).article
    assert article
    return article


def frames(*entries: Entry) -> Frames:
    series = series_in(head(one.listed.title) for one in entries if one.kind == "article")
    sitemap = Sitemap(entries={one.path: one for one in entries}, is_file=lambda _: False, texts={})
    return Frames(sitemap=sitemap, articles="文章", series=series, judgements={}, language="zh")


def test_what_comes_after_a_note_has_that_note_before_it_and_a_series_is_a_line_of_its_own() -> None:
    entries = [entry(title, date) for title, date in DAYS.items()]
    around = frames(*entries)
    after = {one.listed.title: (link := around.of(one).next) and link.title for one in entries}
    before = {one.listed.title: (link := around.of(one).previous) and link.title for one in entries}
    assert after == {
        "谈谈乙：1、一": "谈谈乙：2、二",
        "谈谈乙：2、二": "谈谈乙：3、三",
        "谈谈乙：3、三": None,
        "散文": "后记",
        "后记": None,
    }
    assert {one: other for other, one in after.items() if one} == {one: other for one, other in before.items() if other}


def test_the_tags_of_a_note_lead_to_its_places_on_the_page_of_tags() -> None:
    note = entry("甲", "", "note", "数学", "a b")
    around = frames(note)
    ids = {group.title: group.id for group in groups(around, "tags")}
    assert {link.title: unquote(link.url) for link in around.of(note).tags} == {
        tag: f"tags.html#{place}" for tag, place in ids.items()
    }


@pytest.mark.parametrize(
    ("note", "beside"),
    [
        (entry("通过", "2024-01-02"), "2024-01-02 · 通过标准"),
        (entry("达标", ""), "数量达标，尚未通过"),
        (entry("未达", "2024-01-03", is_draft=True), "2024-01-03 · 草稿"),
        (entry("文章/甲", "2024-01-03", "note"), "文件头里没有 status，不算文章"),
        (entry("别处/甲", "2024-01-03", "note"), ""),
        (entry("谈", "2024-01-04", "discussion"), "2024-01-04"),
    ],
)
def test_a_list_says_what_tells_its_notes_apart(note: Entry, beside: str) -> None:
    around = replace(frames(note), judgements=JUDGED)
    links = [link for name in LISTS for group in groups(around, name) for link in group.links]
    assert [link.note for link in links] == [beside]
