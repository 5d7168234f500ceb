"""The integrity and form rules of the added text, one small function each, yielding (rule, offset, found, wanted)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final
from zlib import crc32

from agent.standard.measure import ItemBlock
from agent.standard.origins import unmarked
from agent.standard.parts import compiled
from agent.standard.standard import Bilingual, Field
from agent.standard.subject import Breach, Subject
from agent.text.delimiters import unpaired
from agent.text.equations import tagged, within
from agent.text.mends import without_tags
from agent.text.secrets import KEY_MARK
from agent.text.terminal import shortened
from agent.words import say

_BAD: Final = r"[\ufffd\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
_BAD_CHARACTER: Final = re.compile(f"{_BAD}{_BAD}*")
_SENTENCE_ENDS: Final = "。！？!?"
_NUMBERED: Final = re.compile(r"(?m)^[ \t>]*(?:\d+[.、)）]|[-*+])[ \t]+\S")
_KEY: Final = re.compile(rf"{KEY_MARK}|sk-ant-[A-Za-z0-9_-]{{8,}}")
_SAID_END: Final = re.compile(r"[。！？!?\n]|\.\s")
_OF_AUTHOR: Final = re.compile(r"(?i)原文|作者|\b(?:article|author)\b")
_IN_PARALLEL: Final = re.compile(r"(?i)同理|similarly")
"""原文把它留给读者 tells of the article; 与原文同理可得 does not."""
_LOOKED_BACK: Final = 80
"""So many characters before an experiment tell whose it is."""
_NEAR: Final = 10_000
"""No line of a text that is written reaches so far, and one that does is looked at many times."""
_COPIED_SENTENCE: Final = 30
"""A sentence of at least so many characters that stands in the original is copied, not derived."""
_LONG_LINE: Final = 20
_PASTED_SHARE: Final = 0.3
"""An expansion pasted twice repeats nearly all of its long lines, any other of the corpus at most .04; HTML aside."""


def parts_in_order(subject: Subject) -> Iterator[Breach]:
    """Parts stand in the order of their numbers; one that occurs twice is another rule's."""
    numbers = [part.number for part in subject.division.parts]
    wanted = sorted(set(numbers))
    if len(wanted) == len(numbers) and numbers != wanted:
        start = subject.division.parts[0].start
        yield Breach("part-order", start, "".join(map(str, numbers)), "".join(map(str, wanted)))


def formulas_compile(subject: Subject) -> Iterator[Breach]:
    """Every formula compiles, and every display is closed."""
    for formula, problem in subject.compiler.problems(subject.outline.formulas):
        yield Breach("formula-broken", formula.start, shortened(formula.source), problem)
    for unclosed in subject.outline.unclosed:
        yield Breach(
            "formula-broken", unclosed.start, unclosed.opened_by, f"{unclosed.opened_by} … {unclosed.opened_by}"
        )


def dollars_paired(subject: Subject) -> Iterator[Breach]:
    """No `$` has lost its partner."""
    for start, end in unpaired(subject.outline):
        yield Breach("dollar-unpaired", start, shortened(subject.outline.text[start:end]), "")


def tags_unique(subject: Subject) -> Iterator[Breach]:
    r"""No number is given twice by `\tag`."""
    seen: set[str] = set()
    for formula, tags in tagged(subject.outline.formulas):
        for tag in tags:
            if tag in seen:
                yield Breach("tag-repeated", formula.start, f"\\tag{{{tag}}}", "1")
            seen.add(tag)


def blocks_closed(subject: Subject) -> Iterator[Breach]:
    """Boxes and fences are closed, and no closing tag is left over."""
    for box in subject.outline.boxes:
        if not box.closed:
            yield Breach("box-unclosed", box.start, f'<div class="{" ".join(box.classes)}">', "</div>")
    for offset in subject.outline.surplus_closers:
        yield Breach("box-unclosed", offset, "</div>", '<div class="…">')
    for fence in subject.outline.fences:
        if not fence.closed:
            yield Breach("fence-unclosed", fence.start, f"```{fence.info}", "```")


def characters_sound(subject: Subject) -> Iterator[Breach]:
    """No U+FFFD (a character split at a chunk boundary) and no control character."""
    for offset, name in damage(subject.outline.text):
        yield Breach("bad-character", offset, name, "")


def nothing_left_open(subject: Subject) -> Iterator[Breach]:
    """No stub, no placeholder in place of a step, no experiment without a source."""
    standard, masked = subject.standard, subject.outline.masked
    stub = compiled(rf"\n[ \t]*(?:{standard.expansion.stub_pattern})[^\r\n]*")
    names_source = cache(compiled(standard.refused.source_pattern).search)  # a line may claim many experiments
    for start, end in subject.added:
        for match in stub.finditer(masked, max(start - 1, 0), end) if subject.division.parts else ():
            yield Breach("stub-left", match.start() + 1, match[0].strip(), "")
        for match in compiled(standard.refused.placeholder_pattern).finditer(masked, start, end):
            told = _OF_AUTHOR.search(_said(masked, start, match)) and not _IN_PARALLEL.search(match[0])
            if not (told or subject.quotes_author(*match.span())):
                yield Breach("placeholder", match.start(), match[0], "")
        for match in compiled(standard.refused.experiment_pattern).finditer(masked, start, end):
            given = names_source(line_at(masked, match.start())) or subject.quotes_author(*match.span())
            if not (given or compiled(standard.refused.reported_pattern).search(_said(masked, start, match))):
                yield Breach("experiment-claimed", match.start(), match[0], "")


def _said(text: str, start: int, match: re.Match[str]) -> str:
    """Return the match with what stands before it in its sentence, or a little of that."""
    return _SAID_END.split(text[max(match.start() - _LOOKED_BACK, start) : match.end()])[-1]


def no_key_shown(subject: Subject) -> Iterator[Breach]:
    """No key of a model's service, and none that was taken out: whoever wrote it was told to give one away."""
    for start, end in subject.added:
        for match in _KEY.finditer(subject.outline.text, start, end):
            yield Breach("key-shown", match.start(), KEY_MARK, "")


def boxes_present(subject: Subject) -> Iterator[Breach]:
    """Each part has the boxes and speaks of the things its rule asks for."""
    for part, rule in subject.part_rules():
        inside = {name for b in subject.outline.boxes if part.start <= b.start < part.end for name in b.classes}
        for name in rule.boxes:
            if name not in inside:
                yield Breach("box-missing", part.start, "", f'<div class="{name}">')
        # Not in the heading, whose canonical title may hold the words.
        body = max(subject.outline.masked.find("\n", part.start, part.end), part.start)
        for required in rule.required:
            if not compiled(required.pattern).search(subject.outline.masked, body, part.end):
                title, wanted = rule.title[subject.language], required.text[subject.language]
                yield Breach("field-missing", part.start, title, wanted)


def fields_present(subject: Subject) -> Iterator[Breach]:
    """Each labelled item has its labelled fields, and each quantity in a quantified field carries a mark."""
    for blocks in subject.blocks.values():
        for block in blocks:
            present = fields_of(subject, block)
            for wanted in block.item.fields:
                span = next(((start, end) for field, start, end in present if field is wanted), None)
                yield from _field_breaches(subject, block, wanted, span)


def enough_minor_items(subject: Subject) -> Iterator[Breach]:
    """Each part has the items that its form, not its core, asks for."""
    for part, rule in subject.part_rules():
        for item in rule.items:
            count = sum(block.item is item for block in subject.blocks[rule.number])
            if not item.core and count < item.at_least:
                title, wanted = rule.title[subject.language], _at_least(subject, item.at_least, item.label)
                yield Breach(item.rule, part.start, title, wanted)


def nothing_copied(subject: Subject) -> Iterator[Breach]:
    """No long sentence of the original stands in the added text again."""
    masked = subject.outline.masked
    if not subject.added:
        return
    own = {s for start, end in subject.division.original for _, s in _sentences(masked, start, end)}
    for start, end in subject.added:
        for offset, sentence in _sentences(masked, start, end):
            if sentence in own:
                yield Breach("copied-from-original", offset, shortened(sentence), "")


RULES: Final[tuple[Callable[[Subject], Iterable[Breach]], ...]] = (
    parts_in_order,
    formulas_compile,
    dollars_paired,
    tags_unique,
    blocks_closed,
    characters_sound,
    nothing_left_open,
    no_key_shown,
    boxes_present,
    enough_minor_items,
    fields_present,
    nothing_copied,
)


def damage(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and name (`U+0000`) of the first of each run of damaged characters."""
    for match in _BAD_CHARACTER.finditer(text):
        yield match.start(), f"U+{ord(match[0][0]):04X}"


def is_damage(character: str) -> bool:
    """Return whether a character is one that `damage` names."""
    return _BAD_CHARACTER.match(character) is not None


def long_lines(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Yield offset and text of the lines in `spans` that are long enough to be told apart.

    Left out are lines of HTML, and the numbers of formulas: a display stands there twice under whatever number.
    """
    for start, end in spans:
        offset = start
        for line in text[start:end].splitlines(keepends=True):
            if len(line) >= _LONG_LINE:
                stripped = without_tags(line).strip()
                if len(stripped) >= _LONG_LINE and not stripped.startswith("<"):
                    yield offset, stripped
            offset += len(line)


def checksums(lines: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Return what long lines are recognised by in another article, whatever blanks stand in them."""
    return frozenset(crc32("".join(line.split()).encode()) for _, line in lines)


def pasted_twice(subject: Subject) -> Breach | None:
    """Return the breach when a large share of the added long lines stands in it twice."""
    lines = [line for _, line in subject.long_lines]
    times = Counter(lines) if len(set(lines)) < len(lines) else {}
    share = sum(count for count in times.values() if count > 1) / max(len(lines), 1)
    if share < _PASTED_SHARE:
        return None
    first = {line: offset for offset, line in reversed(subject.long_lines)}
    second = next(offset for offset, line in subject.long_lines if offset != first[line])
    return Breach("pasted-twice", second, f"{share:.0%}", "")


def _field_breaches(
    subject: Subject, block: ItemBlock, wanted: Field, span: tuple[int, int] | None
) -> Iterator[Breach]:
    item, name = f"{block.item.label[subject.language]}{block.number}", wanted.label[subject.language]
    if span is None:
        yield Breach("field-missing", block.start, item, name)
        return
    start, end = span
    masked = subject.outline.masked
    if wanted.formula and not any(one.is_display for one in within(subject.outline.formulas, start, end)):
        yield Breach("field-missing", start, name, "$$…$$")
    if wanted.questions and len(_NUMBERED.findall(masked, start, end)) < wanted.questions:
        yield Breach("field-missing", start, item, _at_least(subject, wanted.questions, wanted.label))
    if wanted.quantified:
        for offset, line in unmarked(subject.outline, start, end, subject.standard.marks.pattern):
            yield Breach("number-unmarked", offset, line, subject.standard.marks.of(subject.language)[0])


def _at_least(subject: Subject, count: int, label: Bilingual) -> str:
    return say(subject.language, "demands.minimum", name=label[subject.language], count=count)


def fields_of(subject: Subject, block: ItemBlock) -> list[tuple[Field, int, int]]:
    """Return the fields that the block has, in order and each once, with where what they say begins and ends.

    Of labels that could be a field's the one counts that is indented least. A field reaches to the next that is not
    indented deeper, or stands in no list: what a list within it names in bold is part of what it says.
    """
    found: dict[int, tuple[int, int, Field]] = {}
    body = subject.outline.masked.find("\n", block.start, block.end)
    if body < 0:
        return []
    for wanted in block.item.fields:
        pattern = compiled(
            r"\n([ \t>]*+)(?:[-*+][ \t]+|\d+[.、][ \t]*|#{1,6}[ \t]+)?+"
            rf"\*\*(?:{wanted.pattern})[^*\n]{{0,12}}\*\*"
        )
        matches = pattern.finditer(subject.outline.masked, body, block.end)
        depth, start, end = min(((len(m[1]), m.start(), m.end()) for m in matches), default=(0, -1, -1))
        if start >= 0 and start not in found:
            found[start] = (depth, end, wanted)

    def ends(at: int, depth: int, says: int) -> bool:
        own, label_end, _ = found[at]
        return at >= says and (own <= depth or not _NUMBERED.search(subject.outline.masked, says, label_end))

    return [
        (field, says, next((at for at in sorted(found) if ends(at, depth, says)), block.end))
        for depth, says, field in (found[start] for start in sorted(found))
    ]


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    at, text = start, text[start:end]
    for mark in _SENTENCE_ENDS:
        text = text.replace(mark, "\n")
    for piece in text.split("\n"):
        if len(piece) >= _COPIED_SENTENCE:
            sentence = piece.strip().strip("*->#| ")
            if len(sentence) >= _COPIED_SENTENCE and not sentence.startswith(("$", "\\", "<", "!", "[")):
                yield at, sentence
        at += len(piece) + 1


def line_at(text: str, offset: int) -> str:
    """Return the line in which the character at `offset` stands, as far as it is near."""
    first, last = max(0, offset - _NEAR), min(len(text), offset + _NEAR)
    start, end = text.rfind("\n", first, offset), text.find("\n", offset, last)
    return text[start + 1 if start >= 0 else first : end if end >= 0 else last]
