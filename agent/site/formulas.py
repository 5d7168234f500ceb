"""Formulas as HTML: MathML, numbered over the document, references resolved; a broken one shows its source and why."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from typing import Final

from agent.site.fences import with_plain_fences
from agent.site.latex import guesses, plain_source, set_as_words
from agent.text.definitions import definitions
from agent.text.formulas import Compiler, Formula, unknown_command
from agent.text.numerals import numeral
from agent.words import Language, say

_NUMBERING: Final = re.compile(r"\\(?P<what>tag\*?|label|eqref|ref|setCounter)\s*\{(?P<name>[^{}]*)\}")
# A mark of ours; what math-core writes where a row has a number; and where it has none.
_STEP: Final = re.compile(
    r"<mtext>wq[0-9a-f]{20}n(?P<mark>\d+)x</mtext>"
    r'|<mtd style="(?P<cell>width: [\d.]+%);text-align: right;justify-items: end;"><mtext>\(\d+\)</mtext></mtd>'
    r'|<mtd style="(?P<empty>width: [\d.]+%)"></mtd></mtr>'
)
_CELL: Final = '%;text-align: right;justify-items: end;"><mtext>('
_ASKED: Final = re.compile(r"wq[0-9a-f]{20}q(\d+)x")
_STYLE: Final = re.compile(r' style="([^"]*)"(?=[^<>]{0,300}>)')
_CLASSES: Final = {
    "width: 100%": "wq-wide",
    "width: 50%": "wq-side",
    "width: 7.5%": "wq-edge",
    "text-align: right": "wq-right",
    "text-align: left": "wq-left",
    "padding-right: 0": "wq-tight-right",
    "padding-left: 0": "wq-tight-left",
    "padding-left:0": "wq-tight-left",
    "padding-right:0": "wq-tight-right",
    "padding-left:1em": "wq-apart",
    "padding-right:0.1667em": "wq-thin-right",
    "padding-left:0.1667em": "wq-thin-left",
    "border-top: 0.05em solid currentcolor": "wq-line-top",
    "border-bottom: 0.05em solid currentcolor": "wq-line-bottom",
    "border-right: 0.05em solid currentcolor": "wq-line-right",
    "border-left: 0.05em solid currentcolor": "wq-line-left",
    "border-top: 0.05em dashed currentcolor": "wq-dash-top",
    "border-bottom: 0.05em dashed currentcolor": "wq-dash-bottom",
    "border-right: 0.05em dashed currentcolor": "wq-dash-right",
    "border-left: 0.05em dashed currentcolor": "wq-dash-left",
}
_TABLE: Final = re.compile(
    r'(?P<opening><mtable(?: style="[^"]*")?)|(?P<end></mtable>)'
    r'|<mtr><mtd(?: style="(?:border-top: (?P<rule>[^;]*);)?[^"]*")?></mtd></mtr>(?=</mtable>)'
)
_EMPTY_END: Final = "></mtd></mtr></mtable>"
_COLOR: Final = re.compile(r"color:\s*(#[0-9A-Fa-f]{3,8})\Z")
_IN_TAG: Final = re.compile(r"\$([^$]*)\$")
_ELEMENT: Final = re.compile(r"<[^<>]*>")
_NO_WORD: Final = re.compile(r"[^\w.:-]+")
_SHORT: Final = 60
_ROOM: Final = 20
"""Characters of a formula that stand on the narrowest line, whatever they are."""
LONG: Final = '<span class="wq-long">'
"""Begins a formula of running text that may be wider than a phone: it scrolls in a box of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """The formulas and the bare references of a document as HTML, in their order.

    `problems` says by the number of a formula why it is broken; `unknown` are names that no label bears, `ids` those
    that labels and tags gave; `tagged` are the places of the formulas by the number in their tag, where no other bears
    it; `guessed` are commands that nobody declared, set as words.
    """

    formulas: tuple[str, ...]
    references: tuple[str, ...]
    problems: Mapping[int, str]
    unknown: tuple[str, ...]
    ids: frozenset[str]
    tagged: Mapping[str, str]
    guessed: tuple[str, ...]


def typeset(
    formulas: Sequence[Formula],
    references: Sequence[tuple[str, str]],
    macros: Mapping[str, str],
    *,
    key: str,
    language: Language,
) -> Typeset:
    r"""Return the formulas as HTML; a command that one defines is known to it and, if new, to those after it.

    Equations are counted as MathJax counts them (`tags: "ams"`): each row of an `equation`, `align` … without a `\tag`
    or a `\nonumber`; beside them a `$$…$$` that bears a `\label`. `references` are commands and names, `key` makes
    marks that no text can contain.
    Raises SettingsInvalid for macros that cannot be read.
    """
    numbering, compiler, is_preamble = _Numbering(key), _compiler(tuple(macros.items())), True
    html, problems, guessed, defined = list[str](), dict[int, str](), dict[str, None](), set[str]()
    for formula in formulas:
        source = with_plain_fences(formula.source) if "\\left" in formula.source else formula.source
        written = (_again if len(source) <= _SHORT else _plain)(compiler, source, formula.kind)
        is_preamble &= not written
        if not written:
            changed = formula._replace(source=source)
            own = compiler.after(changed)
            written = _written(changed, own, numbering, guessed)
            if not written:
                problems[len(html)] = _why(changed, compiler, language)
                written = _broken(formula, say(language, "rendering.formula", reason=problems[len(html)]))
            is_preamble &= own is not compiler
            compiler = _carried(formula, compiler, own, defined, anyhow=is_preamble)
        html.append(written)
    return Typeset(
        formulas=tuple(numbering.answered(html) if numbering.asked else html),
        references=tuple(numbering.link(what, name) for what, name in references),
        problems=problems,
        unknown=tuple(name for _, name in (*numbering.asked, *references) if name not in numbering),
        ids=numbering.ids,
        tagged=numbering.tagged,
        guessed=tuple(guessed),
    )


def _why(formula: Formula, compiler: Compiler, language: Language) -> str:
    problem = compiler.problem(formula)
    return say(language, "rendering.reason", problem=problem) if problem else say(language, "rendering.brackets")


def _carried(formula: Formula, compiler: Compiler, own: Compiler, defined: set[str], *, anyhow: bool) -> Compiler:
    r"""Return the compiler for what stands behind a formula: its `own` where all that it defines was unknown.

    Else a `\gdef\le{\ge}` far down in a text would turn all that follows; `anyhow` is for what stands before all other
    formulas, where an author means it so. What the text itself `defined` may change; what `own` brings is added to it.
    """
    names = set(definitions(formula.tex)[1]) if own is not compiler else set[str]()
    commands = (f"\\{name}" for name in names - defined) if not anyhow else ()
    if any(unknown_command(compiler.compiled(Formula("inline", 0, 0, one))) != one for one in commands):
        return compiler
    defined |= names
    return own


@lru_cache(maxsize=2)
def _compiler(macros: tuple[tuple[str, str], ...]) -> Compiler:
    return Compiler(dict(macros))


def _plain(compiler: Compiler, source: str, kind: str) -> str:
    """Return a formula as HTML that has no number, refers to none and can be compiled as it is; "" for any other."""
    # Most environments have numbers.
    mathml = compiler.plain_mathml(source, is_display=kind != "inline") if kind != "environment" else ""
    if " style=" in mathml:
        if _CELL in mathml:
            return ""
        mathml = _without_styles(mathml)
    if not mathml:
        return ""
    return _in_text(mathml, source) if kind == "inline" else f'<span class="wq-display">{mathml}</span>'


# The same few symbols stand again and again in a note, and in those after it.
_again: Final = lru_cache(maxsize=1000)(_plain)


def _broken(formula: Formula, reason: str) -> str:
    source = escape(plain_source(formula), quote=False)
    why = f'<span class="wq-reason">{escape(reason)}</span>'
    return f'<span class="wq-broken-formula"><code>{source}</code> {why}</span>'


def _written(formula: Formula, compiler: Compiler, numbering: "_Numbering", guessed: dict[str, None]) -> str:
    """Return the formula as HTML, "" when nothing makes it compile."""
    marked, marks = numbering.marked(formula, compiler)
    mathml = compiler.mathml(marked) or (compiler.mathml(formula) if marks else "")
    if not mathml:
        guess = next((guess for guess in guesses(formula, compiler) if compiler.mathml(guess)), None)
        if guess is None:
            return ""
        guessed |= dict.fromkeys(set_as_words(formula, guess))
        return _written(guess, compiler, numbering, guessed)
    mathml, outside = numbering.numbered(mathml, marks) if marks or _CELL in mathml else (mathml, "")
    if " style=" in mathml:
        mathml = _without_styles(mathml)
    if formula.kind == "inline":
        return _in_text(mathml, formula.source)
    return f'<span class="wq-display">{mathml}{outside}</span>'


def _in_text(mathml: str, source: str) -> str:
    return mathml if len(source) <= _ROOM else f"{LONG}{mathml}</span>"


def _without_styles(mathml: str) -> str:
    if "border-" in mathml and _EMPTY_END in mathml:
        mathml = _with_lower_edges(mathml)
    return _STYLE.sub(lambda style: _attributes(style[1]), mathml)


def _with_lower_edges(mathml: str) -> str:
    r"""Return tables without the empty row that a `\\` at their end makes; a rule of that row is their lower edge."""
    pieces, opened, at = list[str](), list[int](), 0
    for found in _TABLE.finditer(mathml):
        pieces.append(mathml[at : found.start()])
        at = found.end()
        if found["opening"]:
            opened.append(len(pieces))
            pieces.append(found[0])
        elif found["end"]:
            opened.pop()
            pieces.append(found[0])
        elif found["rule"]:
            table = pieces[opened[-1]]
            style = table[:-1] if table.endswith('"') else f'{table} style="'
            pieces[opened[-1]] = f'{style}border-bottom: {found["rule"]};"'
    return "".join([*pieces, mathml[at:]])


@lru_cache(maxsize=256)
def _attributes(style: str) -> str:
    """Return the classes and the colour that stand for an inline style, which the page's policy forbids."""
    declarations = [part.strip() for part in style.split(";")]
    classes = " ".join(_CLASSES[part] for part in declarations if part in _CLASSES)
    colors = [color[1] for part in declarations if (color := _COLOR.match(part))]
    return (f' class="{classes}"' if classes else "") + (f' mathcolor="{colors[0]}"' if colors else "")


class _Numbering:
    """Counts the equations of a document and knows where its labels and tags lead."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._labels: dict[str, tuple[str, str]] = {}
        self._numbers: dict[str, str] = {}
        self._places: set[str] = set()
        self._repeated = Counter[str]()
        self.count = 0
        self.asked: list[tuple[str, str]] = []

    def __contains__(self, name: str) -> bool:
        return name in self._labels

    @property
    def ids(self) -> frozenset[str]:
        """The ids that labels and tags gave to rows and displays."""
        return frozenset(self._places)

    @property
    def tagged(self) -> Mapping[str, str]:
        """The places of what bears a tag, by its number, where nothing else bears it."""
        return {number: place for number, place in self._numbers.items() if place}

    def marked(self, formula: Formula, compiler: Compiler) -> tuple[Formula, list[tuple[str, str]]]:
        """Return the formula with words in place of its tags, labels and references, and what each stands for."""
        marks: list[tuple[str, str]] = []
        source = formula.source
        if "\\tag" not in source and "\\label" not in source and "ref" not in source and "\\setC" not in source:
            return formula, marks

        def mark(found: re.Match[str]) -> str:
            what, name = found["what"], found["name"]
            name = (_shown(name, compiler) if "$" in name else name).replace("\\", "").strip()
            if what == "setCounter":
                number = numeral(name)
                self.count = self.count if number is None else number
                return ""
            marks.append((what, name))
            return f"\\text{{{self._key}n{len(marks) - 1}x}}"

        return formula._replace(source=_NUMBERING.sub(mark, source)), marks

    def numbered(self, mathml: str, marks: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """Return the formula with its rows numbered, and the number that stands beside it because no row bears it."""
        tag = label = ""

        def step(found: re.Match[str]) -> str:
            nonlocal tag, label
            if found["mark"]:
                what, name = marks[int(found["mark"])]
                if what.endswith("ref"):
                    self.asked.append((what, name))
                    return f"<mtext>{self._key}q{len(self.asked) - 1}x</mtext>"
                tag, label = (tag, name) if what == "label" else (_tag(what, name), label)
                return ""
            if found["empty"] and not tag and not label:
                return found[0]
            number, place = self._number(tag, label)
            tag = label = ""
            side = _CLASSES[found["cell"] or found["empty"]]
            row_end = "" if found["cell"] else "</mtr>"
            return f'<mtd class="{side} wq-right"{place}><mtext>{number}</mtext></mtd>{row_end}'

        mathml = _STEP.sub(step, mathml)
        if not tag and not label:
            return mathml, ""
        number, place = self._number(tag, label)
        return mathml, f' <span class="wq-number"{place}>{number}</span>'

    def _number(self, tag: str, label: str) -> tuple[str, str]:
        """Return a number as HTML, the next one when there is no tag, and the attribute that makes it a place."""
        self.count += 1 if not tag else 0
        number = escape(tag, quote=False) or f"({self.count})"
        bare = number.strip("()")
        is_named = bool(label) and label not in self._labels
        place = self._place(label.removeprefix("eq:") if is_named else bare) if is_named or tag else ""
        if is_named:
            self._labels[label] = (place, number)
        self._numbers[bare] = place if tag and bare not in self._numbers else ""
        return number, f' id="{escape(place)}"' if place else ""

    def _place(self, name: str) -> str:
        """Return an id made of a name, one that nothing else bears."""
        wanted = place = f"eq-{_NO_WORD.sub('-', name)}"
        while place in self._places:
            self._repeated[wanted] += 1
            place = f"{wanted}-{self._repeated[wanted]}"
        self._places.add(place)
        return place

    def answered(self, html: Iterable[str]) -> Iterator[str]:
        """Yield formulas, each reference inside them as what it shows."""
        mark = f"{self._key}q"
        return (_ASKED.sub(self._answer, each) if mark in each else each for each in html)

    def _answer(self, mark: re.Match[str]) -> str:
        return self.link(*self.asked[int(mark[1])])

    def link(self, what: str, name: str) -> str:
        """Return a reference as a link to the number of a label, its name where there is none."""
        if name not in self._labels:
            return f'<span class="wq-unknown">({escape(name)})</span>'
        place, number = self._labels[name]
        return f'<a href="#{escape(place)}">{number if what == "eqref" else number.strip("()")}</a>'


def _shown(tag: str, compiler: Compiler) -> str:
    r"""Return a tag with the characters of its formulas for them, `⋆` for `$\star$`."""

    def characters(formula: re.Match[str]) -> str:
        mathml = compiler.plain_mathml(formula[1], is_display=False)
        return unescape(_ELEMENT.sub("", mathml)) or formula[1]

    return _IN_TAG.sub(characters, tag)


def _tag(what: str, name: str) -> str:
    return name if what == "tag*" else f"({name})"
