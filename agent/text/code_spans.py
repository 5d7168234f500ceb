"""Code within a line of Markdown: from a run of backticks to the next that is as long (CommonMark 6.1)."""

import re
from typing import Final

_TICKS: Final = re.compile("`+")


def without_code_spans(text: str) -> str:
    """Return `text` with spaces for its code spans, but not for a formula as GitHub and GitLab know it, $`…`$."""
    if "`" not in text:
        return text
    return "\n".join(_without(line) if "`" in line else line for line in text.split("\n"))


def _without(line: str) -> str:
    runs, following, ends = [*_TICKS.finditer(line)], dict[int, int](), dict[int, int]()
    for run in reversed(runs):
        length = run.end() - run.start()
        if length in following:
            ends[run.start()] = following[length]
        following[length] = run.end()
    pieces, at = list[str](), 0
    for run in runs:
        start, end = run.start(), ends.get(run.start(), 0)
        if start < at or not end or line.endswith("\\", 0, start):
            continue
        is_formula = run[0] == "`" and line.endswith("$", 0, start) and line.startswith("$", end)
        code = line[start:end]
        pieces += (line[at:start], code if is_formula and "$" not in code else " " * len(code))
        at = end
    return "".join([*pieces, line[at:]])
