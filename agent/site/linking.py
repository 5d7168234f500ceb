"""Links and images of a page: led to where their targets are in the site, or named where nothing is."""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from agent.notes.anchors import letters_of
from agent.site.values import LossKind, Resolve
from agent.words import Language, say

_LINK_OR_IMAGE: Final = re.compile(r"<(?:a(?P<link>(?: [^<>]*)?)|(?P<end>/a)|img(?P<image>(?: [^<>]*)?))>")
_ATTRIBUTE: Final = re.compile(r' ([a-z]+)="([^"]*)"')
_EXTERNAL: Final = re.compile(r"(?i)https?://|//|mailto:")
_REMOTE: Final = re.compile(r"(?i)https?://|//")
_DIGITS: Final = re.compile(r"[0-9]{1,5}\Z")
_KEPT: Final = ("id", "name")
_SIZES: Final = ("width", "height")


class Links:
    """The links and images of one page; what is lost is found while they are resolved.

    `places` gives the ids of the page: few pages lead to one of their own.
    """

    def __init__(
        self,
        resolve: Resolve,
        places: Callable[[], frozenset[str]],
        *,
        as_typed: Callable[[str], str],
        language: Language,
    ) -> None:
        self._resolve = resolve
        self._find_places = places
        self._as_typed = as_typed
        self._language: Language = language
        self._ends: list[str] = []
        self.losses: list[tuple[LossKind, str]] = []
        self._lost_links: set[str] = set()

    @cached_property
    def _places(self) -> frozenset[str]:
        return self._find_places()

    @cached_property
    def _alike(self) -> Mapping[str, str]:
        return {letters_of(place): place for place in sorted(self._places)}

    def resolved(self, html: str) -> str:
        """Return sanitised HTML with every link and image led somewhere or named as lost."""
        return _LINK_OR_IMAGE.sub(self._element, html)

    def _element(self, match: re.Match[str]) -> str:
        if match["end"]:
            return self._ends.pop() if self._ends else ""
        attributes = {name: self._as_typed(unescape(value)) for name, value in _ATTRIBUTE.findall(match[0])}
        if match["image"] is not None:
            return self._image(attributes)
        opening, end = self._link(attributes, lambda: match.string[match.end() : match.string.find("<", match.end())])
        self._ends.append(end)
        return opening

    def _link(self, attributes: Mapping[str, str], inner: Callable[[], str]) -> tuple[str, str]:
        kept = "".join(f' {name}="{escape(attributes[name])}"' for name in _KEPT if name in attributes)
        href = attributes.get("href", "").strip()
        if not href:
            return (f"<a{kept}>", "</a>") if kept else self._lost("link", unescape(inner()).strip())
        if href.startswith("#"):
            place = self._place(unquote(href[1:]))
            found = (f'<a{kept} href="#{escape(place)}">', "</a>") if place is not None else None
            return found or self._lost("anchor", unquote(href))
        return self._leading(attributes, href, kept)

    def _leading(self, attributes: Mapping[str, str], href: str, kept: str) -> tuple[str, str]:
        """Return the tags of a link that leads out of the page."""
        found = self._resolve(href)
        url = found.url if found else href if _EXTERNAL.match(href) else ""
        if not url:
            return self._lost("link", unquote(href))
        title = attributes.get("title") or (found.title if found else "")
        said = f' title="{escape(title)}"' if title else ""
        elsewhere = ' rel="noopener noreferrer"' if _EXTERNAL.match(url) else ""
        return f'<a{kept} href="{escape(_absolute(url))}"{said}{elsewhere}>', "</a>"

    def _place(self, fragment: str) -> str | None:
        """Return the id that a fragment means, spelt as any site spells it; "" for the top of the page."""
        if fragment in self._places or fragment in {"", "top"}:
            return fragment if fragment != "top" else ""
        return self._alike.get(letters_of(fragment))

    def _lost(self, kind: LossKind, target: str) -> tuple[str, str]:
        self.losses.append((kind, target))
        if kind == "link":
            self._lost_links.add(target)
        said = say(self._language, f"rendering.{kind}", target=target)
        return f'<span class="wq-lost" tabindex="0" title="{escape(said)}">', "</span>"

    def _image(self, attributes: Mapping[str, str]) -> str:
        src, alt = (attributes.get(name, "").strip() for name in ("src", "alt"))
        found = self._resolve(src) if src else None
        url = found.url if found else src
        if found and not _REMOTE.match(url):
            sizes = [f' {name}="{attributes[name]}"' for name in _SIZES if _DIGITS.match(attributes.get(name, ""))]
            title = f' title="{escape(attributes["title"])}"' if attributes.get("title") else ""
            return f'<img src="{escape(url)}" alt="{escape(alt)}"{title}{"".join(sizes)} loading="lazy">'
        target = src if _REMOTE.match(src) else unquote(src)
        name = escape(alt or target.rpartition("/")[2])
        if not _REMOTE.match(url):
            # One that leads to itself is lost once.
            if target not in self._lost_links:
                self.losses.append(("image", target or alt))
            return f'<span class="wq-lost">{say(self._language, "rendering.image", name=name)}</span>'
        self.losses.append(("remote-image", target))
        said = say(self._language, "rendering.remote-image", name=name)
        if self._ends:
            return f'<span class="wq-remote">{said}</span>'
        return f'<a class="wq-remote" href="{escape(_absolute(url))}" rel="noopener noreferrer">{said}</a>'


def _absolute(url: str) -> str:
    return f"https:{url}" if url.startswith("//") else url
