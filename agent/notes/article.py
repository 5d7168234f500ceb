"""An article: its front matter's meaning, the author's text, the expansion and its parts; edits that only add."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from agent.errors import NoteInvalid
from agent.standard.findings import COMPLETED
from agent.standard.parts import Division, Part, Region, divide
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.text.citation import ARCHIVE, citations
from agent.text.edits import Edit, apply, joined
from agent.text.hidden import shown
from agent.text.outline import outline
from agent.words import Language, Phrase

_SITE: Final = re.compile(r"(https?://[^\s/()<>\[\]]+)")
_ARCHIVED_ON: Final = re.compile(rf"{_SITE.pattern}/archives/\d")
_RULE_AT_END: Final = re.compile(r"\n[ \t]*(-{3,}|\*{3,}|_{3,})\s*\Z")
_LONGEST_END: Final = 200
_ANY: Final = "any"
_MUCH: Final = 20
"""So many lines of an expansion that stand in no part are somebody's work, and no introduction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with its division; `original` is the author's text, `protected` its spans."""

    path: str
    text: str
    title: str
    status: str
    archive_id: str
    front: frontmatter.FrontMatter
    division: Division

    @property
    def original(self) -> str:
        """The author's text: no front matter, no expansion heading, no stub."""
        return "".join(self.text[start:end] for start, end in self.division.original)

    @property
    def shown(self) -> str:
        """The author's text as its readers see it: what is hidden from them is neither evidence nor for a model."""
        return shown(self.original)

    @property
    def year(self) -> str:
        """The year in which it was published, by its front matter or by the citation at its end; "" for neither."""
        own = (one.date[:4] for one in citations(self.text) if one.archive_id in {"", self.archive_id})
        return self.front.year or next(own, "")

    @property
    def citable(self) -> str:
        """What a text about the article may refer to without a mark: what its author says, and when."""
        return f"{self.shown} {self.year}"

    @property
    def protected(self) -> tuple[tuple[int, int], ...]:
        """The author's spans, which no edit may touch."""
        return self.division.original

    @property
    def region(self) -> Region | None:
        """Where the expansion stands, if there is a place for it."""
        return self.division.region

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the expansion."""
        return self.division.parts

    @property
    def is_expanded(self) -> bool:
        """Whether anything but the stub stands in the expansion region."""
        region = self.region
        if region is None:
            return False
        stub_start, stub_end = region.stub or (region.body_start, region.body_start)
        return bool((self.text[region.body_start : stub_start] + self.text[stub_end : region.end]).strip())

    @property
    def holds_expansion(self) -> bool:
        """Whether there is anything that an expansion must not overwrite."""
        return self.is_expanded or bool(self.parts)

    @property
    def undivided(self) -> tuple[int, int] | None:
        """Where much of an expansion stands before its first part, or without any: its first line, how many lines."""
        region = self.region
        if region is None or not self.is_expanded:
            return None
        text = self.text[region.body_start : self.parts[0].start if self.parts else region.end]
        lines = sum(bool(line.strip()) for line in text.splitlines())
        start = region.body_start + len(text) - len(text.lstrip())
        return (self.text.count("\n", 0, start) + 1, lines) if lines >= _MUCH else None

    @property
    def lone_heading(self) -> str:
        """The heading, `line: words`, that alone makes text count as an expansion; "" where another bears it out."""
        region = self.region
        if region is None or (self.parts and region.start != region.body_start):
            return ""
        words = self.text[region.start :].partition("\n")[0].strip()
        return f"{self.text.count(chr(10), 0, region.start) + 1}: {words}"

    def part_text(self, number: int) -> str:
        """Return the text of the first part with this number, "" when it is missing."""
        part = next((part for part in self.parts if part.number == number), None)
        return self.text[part.start : part.end] if part else ""


def parse_article(path: str, text: str, standard: Standard, earliest: str | None = None) -> Article:
    """Parse an article; raise NoteInvalid when its front matter cannot be read, or its status not set on one line."""
    front = frontmatter.find(text)
    problem = front.problem if front else "none"
    if front is None or problem:
        line = front.problem_line if front else 1
        raise NoteInvalid(path=path, line=line, reason=Phrase.of(f"errors.fault-{problem}"))
    unset = _unset(text, front)
    if unset:
        reason = Phrase.of("errors.lines-of-value", name=unset)
        raise NoteInvalid(path=path, line=frontmatter.line_of(text, unset), reason=reason)
    return Article(
        path=path,
        text=text,
        title=str(front.values.get("title") or ""),
        status=front.status,
        archive_id=archive_id(text),
        front=front,
        division=divide(outline(text), standard, earliest),
    )


def _unset(text: str, front: frontmatter.FrontMatter) -> str:
    """Return the first key that does not read as it is to once the article is marked completed, "" where all do.

    Its value stands on several lines, or its line within another value; where that other value changes, it is the
    status.
    """
    own = {"status": COMPLETED, "standard": _ANY, "expanded": _ANY}
    after = frontmatter.find(apply(text, status_edits(text, COMPLETED, standard=_ANY, today=_ANY)))
    if after is None or after.problem:
        return "status"
    read = after.values
    wrong = next((key for key, value in own.items() if read.get(key) != value), "")
    before, now = ({k: str(v) for k, v in one.items() if k not in {*own, "forced"}} for one in (front.values, read))
    return wrong or ("" if before == now else "status")


def has_text(body: str) -> bool:
    """Say whether more than headings stands there."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in body.splitlines())


def archive_id(text: str) -> str:
    """Return the archive number in the article's `source` or first archive link near the top, "" when there is none."""
    source, near_top = _source(text)
    match = ARCHIVE.search(source) or ARCHIVE.search(near_top)
    return match[1] if match else ""


def published_on(text: str) -> str:
    """Return the site, `https://host`, that the article's `source` or first archive link near the top names, or ""."""
    source, near_top = _source(text)
    match = _SITE.match(source) or _ARCHIVED_ON.search(near_top)
    return match[1].lower() if match else ""


def _source(text: str) -> tuple[str, str]:
    front = frontmatter.find(text)
    start = front.end if front else 0
    return str(front.values.get("source", "")) if front else "", text[start : start + 600]


def tags_in(front: frontmatter.FrontMatter | None) -> tuple[str, ...]:
    """Return the tags of a front matter, a list or one string with commas, each once."""
    written = front.values.get("tags") if front else None
    tags = re.split("[,，、]", written) if isinstance(written, str) else written if isinstance(written, list) else ()
    return tuple(dict.fromkeys(name for one in tags if (name := str(one).strip())))


def awaits_reader(front: frontmatter.FrontMatter | None) -> bool:
    """Return whether the program expanded an article, and nobody has put down that they read it."""
    told = front.values if front and front.status == COMPLETED else {}
    return bool(told.get("expanded")) and not told.get("read_by")


def was_read(text: str) -> bool:
    """Return whether somebody has put down that they read an article: as it was then."""
    front = frontmatter.find(text)
    return bool(front and front.values.get("read_by"))


def forced_reason(front: frontmatter.FrontMatter | None) -> str:
    """Return why an article was completed against the gate, "" where it was not."""
    return str(front.values.get("forced") or "") if front and front.status == COMPLETED else ""


def expansion_edits(
    article: Article, standard: Standard, expansion: str, *, language: Language, today: str
) -> tuple[Edit, ...]:
    """Return the edits that put `expansion` into the article's region and mark it completed under `standard`.

    The heading is added where there is none, the stub replaced, a missing final newline added; whatever else
    stands in the article stays, the author's text and earlier expansion alike.
    """
    edit = _placed(article, standard, expansion, language)
    return (*status_edits(article.text, COMPLETED, standard=standard.id, today=today), edit)


def replacement_edits(
    article: Article, standard: Standard, parts: Mapping[int, str], *, language: Language
) -> tuple[Edit, ...]:
    """Return the edits that put each of `parts` where the part of its number stands, or belongs when it is missing.

    Of a part that stands twice the copies go, and so does the stub; the author's lines among it stay, and so does
    every part that is not given.
    """
    if not article.parts:
        return (_placed(article, standard, "\n\n".join(text.strip() for _, text in sorted(parts.items())), language),)
    edits: list[Edit] = []
    for number, text in sorted(parts.items()):
        spans = [span for part in article.parts if part.number == number for span in added_spans(article, part)]
        if spans:
            edits.append(Edit(*spans[0], _set_off(article, text, *spans[0])))
            edits += [Edit(start, end, "") for start, end in spans[1:]]
        else:
            after = next((part.start for part in article.parts if part.number > number), None)
            at = _end_of(article, article.parts[-1]) if after is None else after
            edits.append(Edit(at, at, _set_off(article, text, at, at)))
    stub = article.region.stub if article.region else None
    if stub and not any(edit.start <= stub[0] < edit.end for edit in edits):  # it may stand in a part that goes
        edits.append(Edit(*stub, ""))
    return joined(edits)


def added_spans(article: Article, part: Part) -> tuple[tuple[int, int], ...]:
    """Return the spans of a part that are not the author's, up to a heading of a higher level."""
    return article.division.added(part.start, _end_of(article, part))


def _end_of(article: Article, part: Part) -> int:
    headings = [h for h in outline(article.text).headings if part.start <= h.start < part.end and not h.boxed]
    return next((h.start for h in headings if h.level < headings[0].level), part.end)


def _set_off(article: Article, text: str, start: int, end: int) -> str:
    """Return the text of a part as it stands in place of [start, end): in the article's newlines, with blank lines.

    A rule that ends what stood there stays: it belongs between the parts.
    """
    newline, before = _newline(article), article.text[:start]
    rule = _RULE_AT_END.search(article.text[start:end][-_LONGEST_END:])
    text = f"{text.rstrip()}\n\n{rule[1]}" if rule and not _RULE_AT_END.search(text[-_LONGEST_END:]) else text
    gap = "" if before.endswith(newline * 2) else newline if before.endswith(newline) else newline * 2
    return gap + _in(newline, text) + newline * (1 if end == len(article.text) else 2)


def _placed(article: Article, standard: Standard, expansion: str, language: Language) -> Edit:
    """Return the edit that puts a whole expansion in place of the stub, else behind all that is there."""
    newline, end, region = _newline(article), len(article.text), article.region
    body = _in(newline, expansion)
    if region and region.stub:
        return Edit(*region.stub, body + newline * (region.stub[1] == end))
    gap = "" if article.text.endswith("\n") else newline
    heading = f"---{newline}{newline}## {standard.expansion.heading[language]}{newline}{newline}"
    return Edit(end, end, f"{gap}{newline}{'' if region else heading}{body}{newline}")


def _newline(article: Article) -> str:
    return "\r\n" if "\r\n" in article.text[: article.front.end] else "\n"


def _in(newline: str, text: str) -> str:
    return text.strip().replace("\r\n", "\n").replace("\n", newline)


def status_edits(text: str, status: str, *, standard: str = "", today: str = "", forced: str = "") -> tuple[Edit, ...]:
    """Return the one-line edits for a new status: `standard` and `expanded` are set with completed, else dropped."""
    wanted = {
        "status": status,
        "standard": standard,
        "expanded": today,
        "forced": frontmatter.quoted(forced) if forced else "",
    }
    changes: Iterable[Edit | None] = (
        frontmatter.set_value(text, key, value) if value else frontmatter.drop_value(text, key)
        for key, value in wanted.items()
    )
    return joined([edit for edit in changes if edit and text[edit.start : edit.end] != edit.new])
