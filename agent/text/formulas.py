"""Formulas in Markdown: find them, undo html2text's escaping, compile them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from agent.errors import SettingsInvalid
from agent.text.brackets import MAX_BRACKETS, brackets, disguised, opened, revealed, without_brackets
from agent.text.definitions import DEFINITION, definitions
from agent.text.latex import MACROS, adapted, reworded
from agent.text.refusals import in_macro, located

if TYPE_CHECKING:
    from math_core import LatexToMathML

NUMBERED: Final = frozenset({"equation", "align", "gather", "multline", "eqnarray", "displaymath", "flalign"})
"""Top-level environments that MathJax sets as a display and that the standard counts as one."""

_NO_MONEY: Final = r"(?!\d(?:(?:[^$\n\\]|\\[^A-Za-z\n])*[\u3400-\u9fff]|[^$\n\\^_={}]*\$\d))"
"""`从$5到$10`: what begins with a digit is no formula when Chinese outside a command or an amount follows its end."""
# A search is fastest for a pattern that begins with a character of its own, and so do its branches: what stands before
# is looked at last, and a line's beginning is found as the newline before it.
_OPENING: Final = re.compile(
    r"(?m)\\(?:(?P<escaped>[\\$])|begin\{(?P<env>[a-zA-Z]+\*?)\})"
    r"|\$(?:(?P<dollars>\$)|(?P<last>[ \t]*\r?$)"
    # What holds a command and no Chinese may have blanks at its edges and go on below a line's end that html2text made
    # (two blanks); no formula begins with a Chinese mark.
    rf"|(?P<inline>(?![\s$，。；：、）”]){_NO_MONEY}(?:[^$\n\\]*\\.)*(?:[^$\n\\]*[^\s$\\])?"
    r"|[^$\n\\\u3000-\u9fff\uff00-\uffef]*\\[A-Za-z][^$\n\u3000-\u9fff\uff00-\uffef]*"
    r"(?:[ ]{2}\r?\n(?![ \t]*\r?\n)[^$\n\u3000-\u9fff\uff00-\uffef]+)?)\$(?!\$))"
)
_ENVIRONMENT: Final = re.compile(r"\\(?:begin|(?P<end>end))\{(?P<name>[a-zA-Z]+\*?)\}")
_CLOSING_DOLLARS: Final = re.compile(r"\$(?<!\\\$)\$")
_CLOSING_LONE: Final = re.compile(r"(?m)^[ \t]*\$[ \t]*\r?$")
# A display never contains these: reaching one means that its end was forgotten.
_BARRIER: Final = re.compile(r"\n(?: {0,3}#{1,6}[ \t]|[ \t]*</?(?:div|details)\b)")
_TAG: Final = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
_NUMBERING: Final = re.compile(r"\\(?:tag\*?|label|setCounter|(?P<reference>ref|eqref))\s*\{[^{}]*\}")
# Most formulas hold nothing that has to be undone, taken out, put otherwise or learnt before they are compiled.
_SPECIAL: Final = re.compile(
    r"\\(?:\\(?:[\\{}*]|\s*\[)|tag|label|ref|eqref|setCounter|(?:text)?color|mathop|newcommand|renewcommand"
    r"|providecommand|def|gdef|let|DeclareMathOperator)"
)
_MAY_OPEN: Final = re.compile(r"\\(?:\{|l(?!e|am|o|n)|u|[bB]ig)")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
_UNKNOWN: Final = re.compile(r'Unknown command "(\\[A-Za-z]+)"')
_MAX_OPENINGS: Final = 2000
_MAX_OPENINGS_BESIDE_DEFINITION: Final = 50
_MAX_EXPANSIONS: Final = 200
_MAX_OPENINGS_EXPANDED: Final = 1000
"""math-core recurses and overflows its stack at some 3,000 levels, which ends the process; a definition multiplies
them. Of 7,600 real formulas none has more than 171 braces and commands."""
_MOST_MACROS: Final = 500  # each new one is looked at with all others
_MOST_SOUND: Final = 5000  # those of some ten articles
_REPEATS: Final = re.compile(r"(?s)#(\d).*#\1")
_ESCAPED_BY_HTML2TEXT: Final = re.compile(
    r"\\(?<!\\\\)\\(?:\\(?!\\|(?:(?:h|c|hdash)line|begin|end|left|[dt]?frac|text|q?quad|math[a-z]+|boldsymbol|sum|int"
    r"|prod|nabla|partial)(?![A-Za-z]))|[{}])"
)


class Formula(NamedTuple):
    r"""A formula, [start, end) in characters with its delimiters; `source` is what stands between them.

    An "environment" is a bare `\begin{…}` at top level; its source includes the `\begin` and `\end`. `fence` is the
    line that opens the fence it stands in. A named tuple is made three times as fast as a frozen dataclass.
    """

    kind: Literal["inline", "display", "environment"]
    start: int
    end: int
    source: str
    environment: str = ""
    fence: str = ""

    @property
    def is_display(self) -> bool:
        """Whether the standard counts it as a display formula."""
        return self.kind != "inline" and (self.kind == "display" or self.environment.rstrip("*") in NUMBERED)

    @property
    def tex(self) -> str:
        """The LaTeX source, html2text's escaping undone."""
        return unescape(self.source)

    @property
    def tags(self) -> tuple[str, ...]:
        r"""The numbers given by `\tag{…}`."""
        return tuple(_TAG.findall(self.source))


@dataclass(frozen=True, slots=True)
class Unclosed:
    """A display whose end is missing: where it starts and what opened it."""

    start: int
    opened_by: str


def find_formulas(masked: str, text: str) -> tuple[tuple[Formula, ...], tuple[Unclosed, ...]]:
    """Return the formulas of `text` in order, and the displays that never end; `masked` is `text` with code blanked."""
    formulas: list[Formula] = []
    unclosed: list[Unclosed] = []
    barriers = [*(match.start() for match in _BARRIER.finditer(f"\n{masked}")), len(masked)]
    endless: set[tuple[str, int]] = set()
    ends: dict[int, Mapping[int, int]] = {}
    at = 0
    while match := _OPENING.search(masked, at):
        since, at = at, match.end()
        if match.lastgroup == "inline":
            start = match.start()
            inner = 2 if masked[start + 1] == "`" == masked[at - 2] else 1  # $`x`$
            formulas.append(Formula("inline", start, at, text[start + inner : at - inner]))
            continue
        start = _display_start(match, text, since)
        if start < 0:
            continue
        limit = barriers[bisect_left(barriers, at)]
        opened = match["env"] or match[0].rstrip(), limit
        # To look for ends before a barrier each time takes quadratic time; dollars that found none find none again.
        if match["env"]:
            if limit not in ends:
                ends[limit] = _environment_ends(masked, start, limit)
            end = ends[limit].get(at)
            formula = Formula("environment", start, end, text[start:end], match["env"]) if end else None
        else:
            formula = None if opened in endless else _display(match, start, masked, text, limit)
        if formula is None:
            endless.add(opened)
            unclosed.append(Unclosed(start, opened[0]))
        else:
            formulas.append(formula)
            at = formula.end
    return tuple(formulas), tuple(unclosed)


def _display_start(match: re.Match[str], text: str, since: int) -> int:
    """Return where an opening begins, -1 when it opens nothing: escaped, or a last dollar that is not alone."""
    if match.lastgroup == "escaped":
        return -1
    if match.lastgroup != "last":
        return match.start()
    line = text.rfind("\n", 0, match.start()) + 1
    return line if line >= since and text[line : match.end()].strip() == "$" else -1


def _display(match: re.Match[str], start: int, masked: str, text: str, limit: int) -> Formula | None:
    inner = match.end()
    closing = _CLOSING_DOLLARS.search(masked, inner, limit) if match["dollars"] else _lone(masked, text, inner, limit)
    return Formula("display", start, closing.end(), text[inner : closing.start()]) if closing else None


def _lone(masked: str, text: str, inner: int, limit: int) -> re.Match[str] | None:
    """Return the first line of a lone dollar; one with code beside it is none."""
    lines = _CLOSING_LONE.finditer(masked, inner, limit)
    return next((line for line in lines if text[line.start() : line.end()].strip() == "$"), None)


def _environment_ends(masked: str, start: int, limit: int) -> Mapping[int, int]:
    r"""Return where the environments of [start, limit) end, by where their `\begin{…}` ends."""
    opened, ends = dict[str, list[int]](), dict[int, int]()
    for mark in _ENVIRONMENT.finditer(masked, start, limit):
        began = opened.setdefault(mark["name"], [])
        if not mark["end"]:
            began.append(mark.end())
        elif began:
            ends[began.pop()] = mark.end()
    return ends


def unescape(source: str) -> str:
    r"""Undo html2text's escaping where it occurred: three backslashes in a row, or `\\{` and `\\}`.

    Four backslashes are two line ends of raw LaTeX and stay (counted in two real workspaces), and so does a line end
    with one of the commands at once behind it that begin a row, `\\\hline`.
    """
    return _ESCAPED_BY_HTML2TEXT.sub(lambda m: m[0][1:], source) if "\\\\" in source else source


class Compiler:
    """Compiles formulas with math-core; holds the site's macros (name without backslash → replacement).

    What math-core refuses is tried once more in the words of `latex`: for the gate, the pages and the terminal alike.
    """

    def __init__(self, macros: Mapping[str, str]) -> None:
        """Raise SettingsInvalid for a macro whose name is not made of letters, or whose replacement cannot be read."""
        from math_core import LatexError, LatexToMathML  # noqa: PLC0415 - a native module only judging needs

        self._refused = LatexError
        self.sound: set[tuple[str, str]] = set()
        self._written = {name.lstrip("\\"): adapted(body) for name, body in macros.items()}
        try:
            self._declare(LatexToMathML)
        except LatexError as error:
            self._written = {name: reworded(body) for name, body in self._written.items()}
            try:
                self._declare(LatexToMathML)
            except LatexError:
                reason = in_macro(str(error), list({**MACROS, **self._written}))
                raise SettingsInvalid(path="[macros]", reason=reason) from None

    def _declare(self, make: "type[LatexToMathML]") -> None:
        bodies = {name: without_brackets(body) for name, body in self._written.items()}
        self._repeats = any(map(_REPEATS.search, bodies.values()))
        longest = max(map(_openings, bodies.values()), default=0)
        most = min(_MAX_EXPANSIONS, _MAX_OPENINGS_EXPANDED // max(longest, 1))
        self._make = partial(make, fancy_error=False, max_expansions=most)
        self._converter = self._make(macros={**MACROS, **bodies})

    def problem(self, formula: Formula) -> str:
        """Return what is wrong with the formula in one line, behind “ @ ” the signs where it is; "" when it compiles.

        Tags, labels and references are taken out first: they are legal only inside numbered environments.
        """
        return self.after(formula).compiled(formula)

    def problems(self, formulas: Iterable[Formula]) -> Iterator[tuple[Formula, str]]:
        """Yield each formula of one document that does not compile, with what is wrong.

        A command that a formula defines is known to it and to those after it, as in MathJax.
        """
        compiler = self
        for formula in formulas:
            # The same few symbols stand everywhere, and an article that is written is judged several times.
            if (formula.kind, formula.source) in compiler.sound:
                continue
            compiler = compiler.after(formula)
            problem = compiler.compiled(formula)
            if problem:
                yield formula, problem
                continue
            if len(compiler.sound) >= _MOST_SOUND:
                compiler.sound.clear()
            compiler.sound.add((formula.kind, formula.source))

    def after(self, formula: Formula) -> "Compiler":
        """Return the compiler that also knows what `formula` defines; this one for nothing, too much, or unreadable."""
        if not DEFINITION.search(formula.source) or len(self._written) > _MOST_MACROS:
            return self
        try:
            return Compiler({**self._written, **definitions(formula.tex)[1]})
        except SettingsInvalid:
            return self

    def compiled(self, formula: Formula) -> str:
        """Return what is wrong with the formula; what it defines itself is known only to the compiler `after` it."""
        tex, problem = _prepared(formula)
        if problem or not (problem := self._refusal(tex, formula)):
            return problem
        return self._reworded._refusal(reworded(tex), formula)  # noqa: SLF001 - its own kind

    def _refusal(self, tex: str, formula: Formula) -> str:
        """Return what math-core says against `tex` and where it does, "" when it compiles."""
        plain = tex
        if self._repeats or (len(tex) > MAX_BRACKETS and brackets(tex) > MAX_BRACKETS):
            plain = without_brackets(tex)
        try:
            self._converter.convert_with_local_state(plain, displaystyle=formula.kind != "inline")
        except self._refused as error:
            has_macros = not self._written.keys().isdisjoint(_COMMAND.findall(tex))
            return located(str(error), tex, formula.source, has_macros=has_macros)
        return ""

    @cached_property
    def _reworded(self) -> "Compiler":
        """The compiler whose macros are in words that math-core knows; this one where they are, or cannot be."""
        bodies = {name: reworded(body) for name, body in self._written.items()}
        try:
            return self if bodies == self._written else Compiler(bodies)
        except SettingsInvalid:
            return self

    def mathml(self, formula: Formula) -> str:
        """Return the formula as MathML; "" when it does not compile, or opens more brackets than may be tried."""
        tex, problem = _prepared(formula)
        if problem:
            return ""
        is_display = formula.kind != "inline"
        mathml = self._mathml(tex, is_display=is_display)
        return mathml or self._reworded._mathml(reworded(tex), is_display=is_display)  # noqa: SLF001 - its own kind

    def plain_mathml(self, source: str, *, is_display: bool) -> str:
        """Return what `mathml` does for a formula that can be compiled as it is written; "" for any other."""
        if _SPECIAL.search(source) or (len(source) > _MAX_OPENINGS and _openings(source) > _MAX_OPENINGS):
            return ""
        return self._mathml(source, is_display=is_display)

    def _mathml(self, tex: str, *, is_display: bool) -> str:
        most = 0 if self._repeats else MAX_BRACKETS
        is_disguised = self._opens_more(tex, most)
        if is_disguised:
            tex = disguised(tex)
            if self._opens_more(tex, most):
                return ""
        try:
            mathml = self._typesetter.convert_with_local_state(tex, displaystyle=is_display)
        except self._refused:
            return ""
        return revealed(mathml) if is_disguised else mathml

    def _opens_more(self, tex: str, most: int) -> bool:
        # Most formulas are short or hold little that opens a bracket, and so is the look that suffices for them.
        signs = tex.count("(") + tex.count("[") if tex.isascii() else len(tex)
        is_open = self._macros_open or (len(tex) > most and signs + len(_MAY_OPEN.findall(tex)) > most)
        return is_open and opened(tex, self._brackets_of) > most

    @cached_property
    def _typesetter(self) -> "LatexToMathML":
        """The converter whose macros keep their brackets."""
        return self._make(macros={**MACROS, **self._written})

    @cached_property
    def _macros_open(self) -> bool:
        return any(self._brackets_of.values())

    @cached_property
    def _brackets_of(self) -> Mapping[str, int]:
        """How many brackets each macro opens, those of the macros in it counted, as far as that matters."""
        found = dict.fromkeys(self._written, 0)
        while True:
            now = {name: min(opened(body, found), MAX_BRACKETS + 1) for name, body in self._written.items()}
            if now == found:
                return found
            found = now


def unknown_command(problem: str) -> str:
    r"""Return the command, as in `\msign`, that a problem of `Compiler` calls unknown, "" for another problem."""
    match = _UNKNOWN.search(problem)
    return match[1] if match else ""


def _prepared(formula: Formula) -> tuple[str, str]:
    """Return what math-core is given, and what speaks against giving it: "" or too many braces and commands."""
    tex, most = formula.source, _MAX_OPENINGS
    if _SPECIAL.search(tex):
        tex = adapted(definitions(formula.tex)[0])
        most = _MAX_OPENINGS_BESIDE_DEFINITION if DEFINITION.search(tex) else most
        tex = _NUMBERING.sub(lambda match: "1" if match["reference"] else "", tex)
    if len(tex) > most and _openings(tex) > most:
        return tex, f"{_openings(tex)} braces and commands"
    return tex, ""


def _openings(tex: str) -> int:
    return tex.count("{") + tex.count("\\")
