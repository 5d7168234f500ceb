"""A passing expansion made as long as the standard of 2026-01-05 asks for, with its code and its boxes."""

from collections.abc import Mapping
from typing import Final

from agent.workspace.standards import read_standard

LONG_STANDARD: Final = read_standard("five-part/2026-01-05")
CODE: Final = "```python\nfrom math import exp, log\n\nprint(log(sum(exp(x) for x in [0.0, 1.0])))  # </div> $$\n```"
SPARE_LINES: Final = 40
SIGNS: Final = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")


def longer(parts: Mapping[int, str]) -> dict[int, str]:
    """The parts by number, each with some more lines than it needs; those that only fill begin with 〔补."""
    made = {}
    for number, part in parts.items():
        at_least = next(m.at_least for m in LONG_STANDARD.by_number[number].minima if m.measure == "lines")
        text = f"{part.strip()}\n\n#### {number}.9 〔补充〕\n"
        if number == 2:
            text += f"\n{CODE}\n"
        if number == 3:
            text += '\n<div class="example-box">\n\n〔例〕\n\n</div>\n\n<div class="note-box">\n\n〔注〕\n\n</div>\n'
        missing = (at_least - text.count("\n") + SPARE_LINES) // 2
        names = (str(line).translate(SIGNS) for line in range(missing))  # differing in digits, they would be one
        text += "".join(f"\n〔补 {number}.{name}〕 这一行只为篇幅而写。\n" for name in names)
        made[number] = text.strip()
    return made
