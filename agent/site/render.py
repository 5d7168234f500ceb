"""Renders one Markdown note as safe HTML: formulas lifted out, text rendered and sanitised, formulas put in."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from agent.site.finishing import Marks, dressed, places, with_headings, without_own_names
from agent.site.formulas import Typeset, typeset
from agent.site.latex import plain_source
from agent.site.lifting import Lifted, lift
from agent.site.linking import Links
from agent.site.markup import safe_html
from agent.site.values import BrokenFormula, Loss, Rendered, Resolve
from agent.text.frontmatter import body_start
from agent.text.outline import Outline, outline
from agent.words import Language

_CODE_OR_TAG: Final = re.compile(r"(?s)<pre>.*?</pre>|<[^<>]*>")
_CHINESE: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9'’-]*")


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
    html = without_own_names(safe_html(lifted.markdown))
    words = _count_words(html, lifted.key)
    html, headings = with_headings(html, lifted, marks, places(html) | typed.ids)
    links = Links(resolve, lambda: places(html) | typed.ids, as_typed=marks.as_typed, language=language)
    shown, as_formulas = marks.put_in(dressed(links.resolved(html)))
    return Rendered(
        html=shown,
        headings=headings,
        formulas=len(lifted.formulas),
        broken=tuple(_broken(structure, lifted, typed)),
        words=words,
        links=links.targets,
        losses=(*_lost_formulas(structure, lifted, as_formulas), *_losses(structure, typed, links)),
    )


def _count_words(html: str, key: str) -> int:
    """Count Latin words and Chinese characters outside code and formulas."""
    prose = _CODE_OR_TAG.sub(" ", html)
    return sum(map(len, _CHINESE.findall(prose))) + len(_WORD.findall(prose)) - prose.count(key)


def _broken(structure: Outline, lifted: Lifted, typed: Typeset) -> Iterator[BrokenFormula]:
    for number, reason in typed.problems.items():
        formula = lifted.formulas[number]
        yield BrokenFormula(line=structure.line_of(formula.start), source=plain_source(formula), reason=reason)


def _lost_formulas(structure: Outline, lifted: Lifted, shown: frozenset[int]) -> Iterator[Loss]:
    """Yield the formulas that the page does not show as formulas: those in a tag, an address, the words of an image."""
    for number, formula in enumerate(lifted.formulas):
        if number not in shown:
            yield Loss(kind="formula", line=structure.line_of(formula.start), what=plain_source(formula))


def _losses(structure: Outline, typed: Typeset, links: Links) -> Iterator[Loss]:
    text = structure.text
    for unclosed in structure.unclosed:
        yield Loss(kind="display-unclosed", line=structure.line_of(unclosed.start), what=unclosed.opened_by)
    for name in typed.unknown:
        yield Loss(kind="reference", line=structure.line_of(max(text.find(f"ref{{{name}}}"), 0)), what=name)
    for kind, target in links.losses:
        yield Loss(kind=kind, line=structure.line_of(max(text.find(target), 0)), what=target)
