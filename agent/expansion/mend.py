"""Mechanical faults of a part, mended by code before any repair is paid for."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from agent.standard.parts import find_parts
from agent.standard.referred import unmarked_references
from agent.standard.rules import line_at
from agent.standard.standard import PartRule, Standard
from agent.text.edits import Edit, apply
from agent.text.invisible import without_zero_width
from agent.text.lines import lines_with
from agent.text.mends import escaped_words, in_dollars, in_one_display
from agent.text.numerals import NUMERAL_CHARACTERS, written
from agent.text.outline import Outline, find_fences, outline, underlined
from agent.words import Language

_CHATTER_LIMIT: Final = 600
"""More than so many characters before a part's heading are content, not a greeting, and stay."""

_TITLE_LIMIT: Final = 60
_SENTENCE_ENDS: Final = tuple("。.！!；;，,")
_GREETING: Final = re.compile(
    r"(?i)\A(?:好的|好，|当然|没问题|明白了|以下是|下面是|sure\b|certainly\b|of course\b|here (?:is|are)\b)[^\n]*\n\s*"
)
_FAREWELL: Final = re.compile(
    r"(?i)[ \t]*(?:(?:希望(?:这|以上|对)|如需|如果(?:您|你)?(?:需要|想|愿意)|需要我|let me know|i hope (?:this|it)|"
    r"if you (?:need|would|want))[^\n]*|-{3,}[ \t]*)"
)
_WRAPPER: Final = re.compile(r"(?i)^[ \t]*(?:`{3,}|~{3,})[ \t]*(?:markdown|md)?[ \t]*$")
# A numeral that a letter follows is part of a word: 方向一致.
_NUMBER: Final = rf"(?:\d+|[{NUMERAL_CHARACTERS}]+(?![^\W\d_]))"
_DAY: Final = r"(?:[ \t]?\d{1,2}[ \t]?月(?:[ \t]?\d{1,2}[ \t]?日)?)?"
_REST_OF_REFERENCE: Final = re.compile(
    r"(?:[ \t]*(?:et al\b\.?|等人?))?(?:,?[ \t]*[（(][ \t]*\d{4}[a-z]?[ \t]*[)）])?"
    rf"(?:[ \t]?年{_DAY}|[a-z]?[ \t]*[)）])?"
)
_ENCLOSED: Final = re.compile(r"[（(]([^（）()]+)[）)]")
_TAG: Final = re.compile("<")
_BOX_LINE: Final = re.compile(r"(?i)[ \t]*</?div\b[^>\n]*>[ \t]*")
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")


def mend_part(text: str, number: int, standard: Standard, language: Language) -> str:
    """Return the part with its mechanical faults mended; mending twice changes nothing more.

    The heading becomes the canonical one; wrappers and greetings go; fences and boxes are closed; labels get their
    colon; formulas get dollars and escapes; headings inside sink below the part's own; spaces at line ends go, and so
    do characters of no width, which come along where a reply is copied from a page.
    """
    text = without_zero_width(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _with_heading(text, number, standard, language)
    text = _closed_fence(_without_farewell(text))
    rule = standard.by_number[number]
    structure = outline(text)
    for edits in (
        in_dollars,
        in_one_display,
        _formula_edits,
        _box_edits,
        _underline_edits,
        partial(_heading_edits, standard),
        _label_edits(rule, language),
        _item_edits(rule, language),
    ):
        if wanted := tuple(edits(structure)):
            structure = outline(apply(structure.text, wanted))
    # Once more: what stood below it may be gone.
    return _tidied(_closed_boxes(outline(_without_farewell(structure.text))))


def mark_references(text: str, original: str, standard: Standard, language: Language, stood: str = "") -> str:
    """Return the part with every name, year and title that the `original` does not have marked as to be verified.

    That is what is known of them. Links are left to the gate: they are not to be there. Lines of what `stood` there
    are left as they are.
    """
    rows = frozenset(map(str.strip, stood.splitlines()))
    plain = outline(text).plain
    unverified = standard.marks.unverified
    mark = f"（{unverified['zh']}）" if language == "zh" else f" ({unverified['en']})"
    references = unmarked_references(plain, 0, len(plain), original, standard)
    told = [
        match for match in references if match.lastgroup != "link" and line_at(text, match.start()).strip() not in rows
    ]
    ends = [_REST_OF_REFERENCE.match(plain, match.end()) for match in told]
    return apply(text, [Edit(end.end(), end.end(), mark) for end in ends if end])


def _with_heading(text: str, number: int, standard: Standard, language: Language) -> str:
    """Put the canonical heading first, in place of the part's own and of what was said before it."""
    canonical = standard.part_heading(number, language)
    match = _own_heading(text, number, standard.by_number[number].vocabulary)
    if match is None:
        return f"{canonical}\n\n{_unwrapped(_GREETING.sub('', text.lstrip())).strip()}\n"
    before = text[: match.start()].rstrip().rpartition("\n")[2]
    body = text[match.end() :]
    if _WRAPPER.match(before):
        body = _without_wrapper_end(body)
    return f"{canonical}\n\n{body.strip()}\n"


def _own_heading(text: str, number: int, vocabulary: str) -> re.Match[str] | None:
    pattern = (
        rf"(?im)^ {{0,3}}(?P<mark>#{{1,6}}[ \t]*|\*\*)?[ \t]*(?:\*\*)?"
        rf"(?:第[ \t]*(?:{number}|{written(number)})[ \t]*部分|part[ \t]+{number}\b)(?P<title>[^\n]*)$"
    )
    for match in re.finditer(pattern, text):
        before = text[: match.start()]
        if len(before) > _CHATTER_LIMIT or "$$" in before or "\n####" in before:
            return None
        # A line without any mark is a heading only when it carries the part's title.
        if match["mark"] or (len(match["title"]) <= _TITLE_LIMIT and re.search(vocabulary, match["title"])):
            return match
    return None


def _unwrapped(text: str) -> str:
    first, _, rest = text.partition("\n")
    return _without_wrapper_end(rest) if _WRAPPER.match(first) else text


def _without_wrapper_end(body: str) -> str:
    """Cut the body at the fence that closed a wrapper whose opening is gone: it looks like one that never ends."""
    fences = find_fences(body)
    return body[: fences[-1].start] if fences and not fences[-1].closed and not fences[-1].info else body


def _without_farewell(text: str) -> str:
    lines = text.split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or _FAREWELL.fullmatch(lines[-1])):
        lines.pop()
    return "\n".join([*lines, ""])


def _closed_fence(text: str) -> str:
    fences = find_fences(text)
    if not fences or fences[-1].closed:
        return text
    opening = re.match(r"[ \t>]*(`{3,}|~{3,})", text[fences[-1].start :])
    return f"{text.rstrip()}\n{opening[1] if opening else '```'}\n"


def _closed_boxes(structure: Outline) -> str:
    text, missing = structure.text, sum(not box.closed for box in structure.boxes)
    return text.rstrip() + "\n\n</div>" * missing + "\n" if missing else text


def _formula_edits(structure: Outline) -> Iterator[Edit]:
    r"""Escape `_`, `%`, `#` inside `\text{…}`."""
    for formula in structure.formulas:
        span = structure.text[formula.start : formula.end]
        mended = escaped_words(span)
        if mended != span:
            yield Edit(formula.start, formula.end, mended)


def _underline_edits(structure: Outline) -> Iterator[Edit]:
    """Write a line with another of `=` or `-` below it, which a page takes for a heading of level 1 or 2, as one of 4.

    Below a sentence or a longer paragraph such a line was meant for a rule, and is set off as one.
    """
    for heading in underlined(structure, structure.headings[0].end):
        if structure.in_formula(heading.end - 1):
            continue
        words, _, line = structure.text[heading.start : heading.end].rpartition("\n")
        if "\n" not in words and len(words) <= _TITLE_LIMIT and not words.rstrip().endswith(_SENTENCE_ENDS):
            yield Edit(heading.start, heading.end, f"#### {words.strip()}")
        else:
            yield Edit(heading.end - len(line), heading.end, f"\n{line}" if "-" in line else "")


def _heading_edits(standard: Standard, structure: Outline) -> Iterator[Edit]:
    """Sink headings of level 1 to 3 to level 4, but those of parts: they would end the part, or the whole expansion."""
    parts = {part.start for part in find_parts(structure, standard)}
    for heading in structure.headings[1:]:
        if heading.level <= 3 and heading.start not in parts:
            start = structure.text.index("#", heading.start)
            yield Edit(start, start + heading.level, "####")


def _label_edits(rule: PartRule, language: Language) -> Callable[[Outline], Iterator[Edit]]:
    """Write each field's label as bold with one colon of the language behind it."""
    labels = "|".join(re.escape(field.label[language]) for item in rule.items for field in item.fields)
    colon = "：" if language == "zh" else ": "
    pattern = re.compile(
        rf"(?m)^(?:[ \t>]*(?:[-*+][ \t]+|\d+[.、)][ \t]*)?)\*\*(?P<label>{labels})[ \t]*+(?P<inner>[:：]?)[ \t]*+\*\*"
        rf"(?P<gap>[ \t]*+)(?P<outer>[:：]?)[ \t]*+(?P<end>$)?"
    )

    def edits(structure: Outline) -> Iterator[Edit]:
        for match in pattern.finditer(structure.masked) if labels else ():
            # "**具体策略**是……" is a sentence that begins with the words of a label.
            if match["inner"] or match["outer"] or match["gap"] or match["end"] is not None:
                after = colon.rstrip() if match["end"] is not None else colon
                yield Edit(match.end("label"), match.end(), f"**{after}")

    return edits


def _item_edits(rule: PartRule, language: Language) -> Callable[[Outline], Iterator[Edit]]:
    """Write the opening line of each numbered item as `**缺陷1：title**`, or as a heading with the same words."""
    labels = "|".join(re.escape(item.label[language]) for item in rule.items)
    colon, gap = ("：", "") if language == "zh" else (": ", " ")
    opening = rf"(?P<label>{labels})[ \t]*(?P<number>{_NUMBER})(?!\.?\d)[ \t]*+(?:[:：.、—-]++[ \t]*+)?+"
    bold = re.compile(
        rf"(?m)^(?P<lead>[ \t]*(?:[-*+][ \t]+)?)\*\*{opening}"
        rf"(?:(?P<title>[^*\n]*[^*\s])[ \t]*\*\*|\*\*[ \t]*+[:：]?+[ \t]*+(?P<tail>[^*\n。]{{1,{_TITLE_LIMIT}}})$)"
    )
    headed = re.compile(rf"(?m)^(?P<lead>#{{4,6}}[ \t]+){opening}(?P<title>[^\n]*\S)[ \t]*$")

    def edits(structure: Outline) -> Iterator[Edit]:
        for pattern in (bold, headed) if labels else ():
            for match in pattern.finditer(structure.masked):
                groups = match.groupdict()
                group = "title" if groups["title"] else "tail"
                title = structure.text[slice(*match.span(group))].strip()
                if enclosed := _ENCLOSED.fullmatch(title):
                    title = enclosed[1]
                words = f"{match['label']}{gap}{match['number']}{colon}{title}"
                marked = f"**{words}**" if pattern is bold else words
                if title.strip(":：.、—- "):
                    yield Edit(match.end("lead"), match.end(), marked)

    return edits


def _box_edits(structure: Outline) -> Iterator[Edit]:
    """Set off each line that opens or closes a box by blank lines, so that the Markdown inside is read as Markdown."""
    text, masked = structure.text, structure.masked
    lines = lines_with((_TAG,), masked, 0, len(masked))
    for start, end in (span for span in lines if _BOX_LINE.fullmatch(masked, *span)):
        above = text.rfind("\n", 0, max(start - 1, 0))
        if text[:start].strip() and (above < 0 or text[above + 1 : start - 1].strip(" \t")):
            yield Edit(start, start, "\n")
        if text[end:].strip() and not _BLANK_LINE.match(text, end):
            yield Edit(end, end, "\n")


def _tidied(text: str) -> str:
    """Drop spaces at line ends and blank lines beyond one, code excepted, and end with one line end."""
    fences = find_fences(text)
    pieces: list[str] = []
    at = 0
    for fence in fences:
        pieces += [_plain(text[at : fence.start]), _trimmed(text[fence.start : fence.end])]
        at = fence.end
    return "".join([*pieces, _plain(text[at:])]).strip() + "\n"


def _plain(text: str) -> str:
    return re.sub(r"\n\n\n+", "\n\n", _trimmed(text))


def _trimmed(text: str) -> str:
    # A pattern would try a run of spaces once from each of its places.
    return "\n".join(line.rstrip(" \t") for line in text.split("\n"))
