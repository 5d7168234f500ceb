"""Renders one Markdown note as safe HTML: formulas lifted out, text rendered and sanitised, formulas put in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Final
from urllib.parse import unquote

from agent.site.dressing import dressed
from agent.site.finishing import Marks, places, with_citations, with_headings, with_links, with_places
from agent.site.formulas import Typeset, typeset
from agent.site.latex import plain_source
from agent.site.lifting import Lifted, lift
from agent.site.linking import Links
from agent.site.values import BrokenFormula, Loss, LossKind, Rendered, Resolve
from agent.site.wording import plain_words
from agent.text.delimiters import bracketed
from agent.text.frontmatter import body_start, find
from agent.text.invisible import without_steering
from agent.text.outline import Outline, outline
from agent.text.tokens import count_words
from agent.words import Language

_REFERENCE: Final = re.compile(r"ref\s*\{([^{}]*)\}")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
# A search is fastest for a pattern that begins with a character of its own.
_TARGET: Final = re.compile(r"\](?:\(|:)[ \t]*(?:<([^<>\n]*)>|((?:\\.|[^\s\\()<>]|\((?:\\.|[^\s\\()])*\))*))")
_IN_TAG: Final = re.compile(r"=(?:(?<=href=)|(?<=src=))(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s\"'<>]*))")
_WORDS: Final = re.compile(r"\[([^\[\]\n]*)\](?:\(|:)")
_ESCAPE: Final = re.compile(r"\\(.)")
_FENCE: Final = "```math"
_CODE: Final = re.compile(r"(?s)<pre[ >].*?</pre>")


def render(text: str, *, language: Language, macros: Mapping[str, str], resolve: Resolve) -> Rendered:
    """Render the note `text` without its front matter; `macros` are the site's (name → replacement).

    The text decides nothing but what is shown: no script, style, form, frame or address that loads by itself is left
    of it, and the formulas, put in after that, are MathML that the compiler made.
    Raises SettingsInvalid for macros that cannot be read.
    """
    structure = outline(text)
    lifted = lift(structure, body_start(text))
    typed = typeset(lifted.formulas, lifted.references, macros, key=lifted.key, language=language)
    marks = Marks(
        key=lifted.key,
        formulas=typed.formulas,
        found=lifted.formulas,
        references=typed.references,
    )
    html, taken = with_places(lifted.html(), typed.ids)
    searched = without_steering(plain_words(html))
    in_code = count_words(plain_words(" ".join(_CODE.findall(html)))) if "<pre" in html else 0
    # One that has several of level 1 has chapters.
    is_titled = html.count("<h1") > 1 and _has_title(text)
    html, headings = with_headings(html, lifted, marks, taken, is_titled=is_titled)
    links = Links(resolve, lambda: places(html) | typed.ids, as_typed=marks.as_typed, language=language)
    html = links.resolved(with_links(html))
    html = with_citations(html, typed.tagged) if typed.tagged else html
    shown, as_formulas = marks.put_in(dressed(html, language))
    return Rendered(
        html=shown,
        headings=headings,
        formulas=len(lifted.formulas),
        broken=tuple(_broken(structure, lifted, typed)),
        words=count_words(searched) - in_code,
        searched=searched,
        losses=(*_lost_formulas(structure, lifted, as_formulas), *_losses(structure, lifted, typed, links)),
    )


def _has_title(text: str) -> bool:
    front = find(text)
    return front is not None and bool(front.values.get("title"))


def _broken(structure: Outline, lifted: Lifted, typed: Typeset) -> Iterator[BrokenFormula]:
    for number, reason in typed.problems.items():
        formula = lifted.formulas[number]
        yield BrokenFormula(line=structure.line_of(formula.start), source=plain_source(formula), reason=reason)


def _lost_formulas(structure: Outline, lifted: Lifted, shown: frozenset[int]) -> Iterator[Loss]:
    """Yield the formulas that the page does not show as formulas: those in a tag, an address, the words of an image."""
    for number in sorted(set(range(len(lifted.formulas))) - shown):
        formula = lifted.formulas[number]
        yield Loss(kind="formula", line=structure.line_of(formula.start), what=plain_source(formula))


def _losses(structure: Outline, lifted: Lifted, typed: Typeset, links: Links) -> Iterator[Loss]:
    text = structure.text
    for unclosed in structure.unclosed:
        yield Loss(kind="display-unclosed", line=structure.line_of(unclosed.start), what=unclosed.opened_by)
    for start, end in bracketed(structure, body_start(text)):
        yield Loss(kind="delimiters", line=structure.line_of(start), what=text[start:end])
    for fence in structure.fences:
        if fence.is_math and not fence.closed:
            yield Loss(kind="display-unclosed", line=structure.line_of(fence.start), what=_FENCE)
    names = _first(text, _REFERENCE) if typed.unknown else {}
    for name in typed.unknown:
        yield Loss(kind="reference", line=structure.line_of(names.get(name.replace("\\", ""), 0)), what=name)
    for mark, at in lifted.missing_notes.items():
        yield Loss(kind="anchor", line=structure.line_of(at), what=mark)
    commands = _first(text, _COMMAND) if typed.guessed else {}
    for command in typed.guessed:
        yield Loss(kind="command", line=structure.line_of(commands.get(command[1:], 0)), what=command)
    yield from _lost_targets(structure, links.losses)


def _lost_targets(structure: Outline, losses: Sequence[tuple[LossKind, str]]) -> Iterator[Loss]:
    """Yield the links and images that lead nowhere, each with the line where its target stands first."""
    targets = _first(structure.text, _TARGET) if losses else {}
    if any(target not in targets for _, target in losses):
        # One whose target is none is known by its words.
        targets = {**_first(structure.text, _WORDS), **_first(structure.text, _IN_TAG), **targets}
    at = 0
    for kind, target in losses:
        # What is written in a way of its own stands behind the one before it.
        at = targets.get(target, at)
        yield Loss(kind=kind, line=structure.line_of(at), what=target)


def _first(text: str, pattern: re.Pattern[str]) -> Mapping[str, int]:
    """Return where each name that a pattern finds stands first, by how it reads without escapes."""
    found = reversed([*pattern.finditer(text)])
    places = {name: each.start() for each in found if (name := each[each.lastindex or 0])}
    return {_read(name): at for name, at in places.items()}


def _read(name: str) -> str:
    return unquote(unescape(_ESCAPE.sub(r"\1", name) if "\\" in name else name)).strip()
