"""Writes the next batch into a plan, in the shape of the last batch that lists its articles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.article_plan import LIST_FIELD, SIZE_FIELD, Bar, Batch, batch_number, parse_article_plan
from agent.notes.lines import Line, all_lines, fields, is_rule, last_written, newline_of, visible_lines
from agent.text.edits import Edit

_NUMBER: Final = re.compile(r"(第[ \t]*)[^第批\n]{1,6}?([ \t]*批(?:次)?)|(?i:(batch[ \t]*)\d+())")
_REST: Final = re.compile(r"[ \t]*(?P<mark>[：:—–-]*)[ \t]*.*")
_TIME: Final = r"预计时间|预计用时|estimated time|estimate"
_ITEM: Final = re.compile(
    r"(?P<indent>[ \t]*)(?P<bullet>[-*+]|\d+(?P<dot>[.)、]))(?P<box>[ \t]+\[[ xX]\])?(?P<gap>[ \t]+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBatch:
    """A batch to be written: its articles are file names; `why` and `time` stand in the document's language."""

    number: int
    title: str
    articles: tuple[str, ...]
    why: str
    why_label: str
    time: str


def next_batch_edits(text: str, new: NewBatch) -> tuple[Edit, ...]:
    """Return the edits that put a batch below the last one that lists its articles, and its bar below that one's bar.

    Heading, size, time and list are shaped like that batch's; what it says of its topic is not repeated. () for a
    plan in which no batch lists articles.
    """
    plan = parse_article_plan(text)
    model = next((one for one in reversed(plan.batches) if one.articles), None)
    if model is None:
        return ()
    above = [line for line in visible_lines(text) if line.number < model.line]
    last = last_written(model.lines) or model.lines[0]
    ruled = any(map(is_rule, (*model.lines, *above[-3:])))
    between = ["", "---", ""] if ruled else [""]
    made = newline_of(text).join(["", *between, *_shaped(model, new)])
    bar = next((one for one in reversed(plan.bars) if one.number == model.number), None)
    return (Edit(last.end, last.end, made), *(_bar_edit(text, bar, new) if bar else ()))


def _shaped(model: Batch, new: NewBatch) -> Iterator[str]:
    """Yield the lines of the new batch, shaped like the block of another one, up to the end of its list."""
    opening, *below = model.lines
    yield _opening(opening.text, new)
    blank = True
    for line in below:
        if line in model.entries[:1]:
            yield from (_entry(line.text, number, name) for number, name in enumerate(new.articles, start=1))
            break
        field = next(iter(fields([line])), None)
        shaped = _field(line.text, field.name, field.value, new) if field else "" if not line.text.strip() else None
        if shaped is None or (blank and not shaped and line is not below[0]):
            continue
        blank = not shaped
        yield shaped
    yield from (
        "",
        f"**{new.why_label}**：{new.why}"
        if "：" in new.why_label or _is_wide(model.lines)
        else f"**{new.why_label}**: {new.why}",
    )


def _is_wide(block: Sequence[Line]) -> bool:
    """Say whether labels in the block end with a full-width colon."""
    return any("**：" in line.text for line in block)


def _opening(text: str, new: NewBatch) -> str:
    """Return the opening line with the new number and title, its marks of state and weight left out."""
    match = _NUMBER.search(text)
    if match is None:
        return text
    number = f"{match[1] or match[3]}{new.number}{match[2] or ''}"
    rest = _REST.fullmatch(text[match.end() :].rstrip("*"))
    mark = rest["mark"] if rest and rest["mark"] else "："
    before = re.sub(r"[✅☑]|\[[xX ]\]", "", text[: match.start()]).replace("  ", " ")
    bold = "**" if before.rstrip().endswith("**") and "**" in text[match.end() :] else ""
    space = " " if mark == ":" else ""
    return (
        f"{before}{number}{mark}{space}{new.title}{bold}"
        if not bold
        else f"{before}{number}{bold}{mark}{space}{new.title}"
    )


def _field(text: str, name: str, value: str, new: NewBatch) -> str | None:
    """Return a field of the model with the new batch's value, None for one that says something of its own topic."""
    head = text[: len(text.rstrip()) - len(value)] if value else text
    if re.fullmatch(LIST_FIELD, name, re.IGNORECASE) and not value:
        return text
    if re.fullmatch(SIZE_FIELD, name, re.IGNORECASE):
        return head + re.sub(r"\d+", str(len(new.articles)), value, count=1)
    return head + new.time if re.fullmatch(_TIME, name, re.IGNORECASE) and new.time else None


def _entry(text: str, number: int, name: str) -> str:
    match = _ITEM.match(text)
    if match is None:
        return f"- `{name}`"
    bullet = f"{number}{match['dot']}" if match["dot"] else match["bullet"]
    box = " [ ]" if match["box"] else ""
    return f"{match['indent']}{bullet}{box}{match['gap']}`{name}`"


def _bar_edit(text: str, bar: Bar, new: NewBatch) -> tuple[Edit, ...]:
    """Return the edit that adds an empty bar below that of the model, () where it bears no number to be replaced."""
    line = all_lines(text)[bar.line - 1]
    name, _, rest = line.text.partition("[")
    fill, _, tail = rest.partition("]")
    match = _NUMBER.search(name)
    if match is None or batch_number(name) != bar.number:
        return ()
    numbered = f"{name[: match.start()]}{match[1] or match[3]}{new.number}{match[2] or ''}"
    after = re.sub(
        r"[（(][^（）()]*[)）]", f"（{new.title}）" if "（" in name else f"({new.title})", name[match.end() :]
    )
    counts = re.sub(r"\d+([ \t]*/[ \t]*)\d+", rf"0\g<1>{len(new.articles)}", tail)
    counts = re.sub(r"\d+(?:\.\d+)?([ \t]*%)", r"0\g<1>", counts)
    made = (
        f"{newline_of(text)}{numbered}{after}[{' ' * len(fill) if not fill.strip('█ ') else '░' * len(fill)}]{counts}"
    )
    return (Edit(line.end, line.end, made),)
