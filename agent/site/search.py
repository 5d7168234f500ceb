"""The texts that are searched in the reader's browser: no server, no request elsewhere, every substring is found."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import quote
from zlib import crc32

from agent.site.entries import Entry

PAGES: Final = "search/pages.js"
_NOTES_A_BUNDLE: Final = 12
_FORMULA: Final = re.compile(
    r"\$\$.*?\$\$|\\begin\{(\w+\*?)\}.*?\\end\{\1\}|\$(?<![\\$].)(?!\s)[^$\n]{1,400}(?<![\s\\])\$(?!\d)", re.DOTALL
)
_LINK: Final = re.compile(r"\[([^\]\[\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"\n]*\")?\)")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>\n]*>|<!--.*?-->", re.DOTALL)
_LINE_MARK: Final = re.compile(
    r"(?m)^(?=[ \t>#*+\d`~-])(?:[ \t>]*(?:#{1,6}|[-*+]|\d+\.)[ \t]+|[ \t]*>+|[ \t]*(?:```|~~~).*$)"
)
_MARKS: Final = "*_`|~"


def searched(body: str) -> str:
    """Return the words of a note, front matter left out by the caller: no formulas, no markup, blanks made one."""
    text = _LINK.sub(r"\1", _FORMULA.sub(" ", body).replace("![", "["))
    text = _LINE_MARK.sub("", _TAG.sub(" ", text))
    for mark in _MARKS:
        text = text.replace(mark, "")
    return " ".join(html.unescape(text).split())


def bundles(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    """Return the pages by the file that holds their texts; a page stays in its file while others come and go."""
    pages = list(entries)
    count = 1
    while count * _NOTES_A_BUNDLE < len(pages):
        count *= 2
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in pages:
        found[f"search/texts-{crc32(one.path.encode()) % count}.js"].append(one)
    return found


def pages_script(bundled: Mapping[str, Sequence[Entry]]) -> str:
    """Return the list of pages, address and title, by the file that holds their texts."""
    rows = {name: [[quote(one.url), one.listed.title] for one in entries] for name, entries in sorted(bundled.items())}
    return f"wenquPages({_json(rows)});\n"


def bundle_script(name: str, texts: Sequence[str]) -> str:
    """Return the file of texts `name`, in the order of its pages."""
    return f"wenquTexts({_json(name)}, {_json(texts)});\n"


def _json(value: object) -> str:
    # U+2028 and U+2029 end a line in older JavaScript; `</` would end a script where one puts it into a page.
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("</", "<\\/")
    )
