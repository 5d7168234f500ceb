"""Real articles and notes, read in place: every formula stands in its page; skipped where they are absent."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from agent.site.integrity import formulas_in_markdown, formulas_in_page
from agent.site.render import render
from agent.text.outline import outline
from agent.upkeep.macros import find_macros

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FILES = sorted(CORPUS.rglob("*.md"))
pytestmark = pytest.mark.skipif(not FILES, reason="the real workspaces are not here")
RAW = re.compile(r"(?m)^\s*#{2,6} |^\|[-: |]+\|\s*$|</?div|^```")


def test_every_formula_survives_and_none_has_tags_inside() -> None:
    texts = [path.read_bytes().decode() for path in FILES]
    macros = find_macros(texts)
    lost, broken, count = [], 0, 0
    for path, text in zip(FILES, texts, strict=True):
        page = render(text, language="zh", macros=macros, resolve=lambda _: None)
        shown = formulas_in_page(page.html)
        count += shown.count
        broken += shown.broken
        if shown.count != len(formulas_in_markdown(text)) or shown.tagged:
            lost.append((path.name, shown))
    assert lost == []
    assert count > 7_000
    assert broken / count < 0.001


def test_no_page_shows_raw_headings_tables_boxes_or_fences() -> None:
    for path in FILES:
        text = path.read_bytes().decode()
        html = render(text, language="zh", macros={}, resolve=lambda _: None).html
        prose = re.sub(r"(?s)<pre.*?</pre>|<code>.*?</code>|<[^<>]*>", "", html)
        assert RAW.findall(prose) == [], path.name


def test_headings_stand_below_one_title_without_gaps_and_every_id_stands_once() -> None:
    for path in FILES:
        page = render(path.read_bytes().decode(), language="zh", macros={}, resolve=lambda _: None)
        levels = [heading.level for heading in page.headings]
        assert levels.count(1) <= 1, path.name
        assert all(later - earlier <= 1 for earlier, later in pairwise([1, *levels])), path.name
        ids = re.findall(r'<[a-z][^<>]* id="([^"]*)"', page.html)
        assert len(ids) == len(set(ids)), path.name


def test_headings_are_those_of_the_outline() -> None:
    for path in FILES:
        text = path.read_bytes().decode()
        page = render(text, language="zh", macros={}, resolve=lambda _: None)
        lines = {heading.line for heading in page.headings}
        missing = [one.line for one in outline(text).headings if one.line not in lines]
        assert missing == [], path.name
