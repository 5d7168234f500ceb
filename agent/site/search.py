"""The texts that are searched in the reader's browser: no server, no request elsewhere, every substring is found."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import quote, unquote
from zlib import crc32

from agent.site.entries import Entry

PAGES: Final = "search/pages.js"
_NOTES_A_BUNDLE: Final = 12
_END: Final = ");\n"


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
    """Return the list of pages, address, title, date and tags, by the file that holds their texts."""
    rows = {
        name: [[one.address, one.listed.title, one.listed.date, *one.listed.tags] for one in entries]
        for name, entries in sorted(bundled.items())
    }
    return f"wenquPages({_json(rows)});\n"


def bundle_script(name: str, texts: Mapping[str, str]) -> str:
    """Return the file of texts `name`: the words of its pages by their addresses."""
    return f"{_begun(name)}{_json({quote(url): text for url, text in texts.items()})}{_END}"


def texts_in(name: str, script: str) -> Mapping[str, str]:
    """Return the texts that a file of texts holds, as `bundle_script` wrote it, by the addresses of their pages."""
    written = json.loads(script.removeprefix(_begun(name)).removesuffix(_END))
    return {unquote(url): text for url, text in written.items()}


def _begun(name: str) -> str:
    return f"wenquTexts({_json(name)}, "


def _json(value: object) -> str:
    # U+2028 and U+2029 end a line in older JavaScript; `</` would end a script where one puts it into a page.
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("</", "<\\/")
    )
