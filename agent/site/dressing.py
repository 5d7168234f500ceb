"""Dresses sanitised HTML: code coloured, tables in boxes that scroll, boxes by their kinds, tasks and labels apart."""

import re
from functools import lru_cache
from html import escape, unescape
from typing import Final

from agent.site.code import highlighted
from agent.words import Language, say

_CODE: Final = re.compile(r'<pre lang="([^"]*)"><code>([^<]*)</code></pre>')
_INDENTED: Final = re.compile(r"<pre><code>([^<]*wq[0-9a-f]{20}f\d+x[^<]*)</code></pre>")
_BOX: Final = re.compile(r'<(div|section|aside)( id="[^"]*")? class="([^"]*)"( id="[^"]*")?>')
_ALERT: Final = re.compile(r'<p class="markdown-alert-title">([^<]*)')
_BACK: Final = re.compile(r'(<a href="#fnref-[^"]*")>(?=↩)')
_SUMMARY: Final = re.compile(r"(?s)<summary>\s*(.*?)\s*</summary>")
_BETWEEN_PARAGRAPHS: Final = re.compile(r"</p>\s*<p(?: [^<>]*)?>")
_PARAGRAPH: Final = re.compile(r"</?p(?: [^<>]*)?>")
_SHORT_CELL: Final = re.compile(r"<td(?=[^<>]*>[^<>]{1,10}</td>)")
_TASK: Final = re.compile(r"<li>([☐☑])\s*(<p>)?")
# Lines of a list that nobody made a list: `**Status**: open`, `**Since**: May`.
_LABELLED_LINE: Final = re.compile(
    r"\n(?=<strong>[^<>\n]{1,40}(?:[:：]</strong>|</strong> ?[:：]))"
    r"(?:(?<=[^>\n]\n)|(?<=</em>\n)|(?<=</code>\n)|(?<=</strong>\n)|(?<=</a>\n))"
)
_ALERTS: Final = frozenset({"Note", "Tip", "Important", "Warning", "Caution"})
_KIND: Final = re.compile(
    r"\b(theorem|proof|derivation|example|intuition|warning|definition|step-label|step-explanation|explanation|note|step"
    r"|tip|important|caution)"
)
"""A box is of the first kind that its class names, else a plain one."""


def dressed(html: str, language: Language) -> str:
    """Return the HTML with code coloured, tables in boxes that scroll, boxes by their kinds, tasks and labels apart."""
    if "<pre" in html:
        html = _CODE.sub(_coloured, _INDENTED.sub(r"<p>\1</p>", html))
    if ' class="' in html:
        html = _BOX.sub(_box, html)
    if '<p class="' in html:
        html = _ALERT.sub(lambda title: f'<p class="wq-alert">{_alert(title[1], language)}', html)
    if "<summary>" in html:
        html = _SUMMARY.sub(_summary, html)
    if "↩" in html:
        html = _BACK.sub(rf'\1 aria-label="{escape(say(language, "rendering.back"))}">', html)
    if "☐" in html or "☑" in html:
        html = _TASK.sub(r'<li class="wq-task">\2\1 ', html)
    if "\n<strong>" in html:
        html = _LABELLED_LINE.sub("<br>\n", html)
    if "<table>" in html:
        html = _SHORT_CELL.sub('<td class="wq-short"', html)
        html = html.replace("<table>", '<div class="wq-table"><table>').replace("</table>", "</table></div>")
    return html


def _coloured(match: re.Match[str]) -> str:
    return f"<pre><code>{highlighted(unescape(match[2]), unescape(match[1]))}</code></pre>"


def _box(match: re.Match[str]) -> str:
    tag, before, names, behind = match.groups("")
    return f'<{tag}{before}{behind} class="{_dress(names)}">'


@lru_cache(maxsize=256)
def _dress(names: str) -> str:
    if names == "footnotes":
        return "wq-footnotes"
    kind = _KIND.search(names.lower())
    return f"wq-box wq-{kind[1]}" if kind else "wq-box"


def _alert(title: str, language: Language) -> str:
    """Return the title of a `> [!NOTE]`, that of its kind in the language of the note where it has none of its own."""
    return say(language, f"rendering.{title.lower()}") if title in _ALERTS else title


def _summary(match: re.Match[str]) -> str:
    """Return the title of a box that opens without paragraphs, which HTML does not allow there."""
    return f"<summary>{_PARAGRAPH.sub('', _BETWEEN_PARAGRAPHS.sub('<br>', match[1]))}</summary>"
