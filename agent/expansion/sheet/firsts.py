"""Who is said to have been the first, or to whom something is said to go back, where no source says so."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from agent.expansion.sheet.doubts import borne_mark
from agent.standard.parts import Part
from agent.standard.rules import line_at
from agent.standard.standard import Standard
from agent.text.outline import Outline

_NEAR: Final = r"[^。；;，,\n]"
_FOUND: Final = "提出|推出|发明|发现|引入|证明|报告|发布|研制|造出|实现|应用|采用|作过|做过|给出"
_ORDER: Final = "的?(?:一|那|几|输|进|出|到|停|算|写)"
"""最早的一项, 最先到的: which comes first, and not who."""
# Each begins with a literal, and is found many times as fast.
_FIRST: Final = (
    *(rf"{word}(?!{_ORDER}){_NEAR}{{0,24}}?(?:是(?!在|从)|由|{_FOUND})" for word in ("最早", "最先", "率先")),
    *(rf"首{word}(?:由|{_FOUND})" for word in "次先"),
    *("首创", "发明(?=[了出者于])"),
    *(r"first (?:proposed|introduced|used|shown|described|published|invented|proved)\b", r"the first to\b"),
    *(r"invented by\b", r"pioneered\b", r"coined by\b"),
)
_SOMEBODY: Final = (
    *(
        rf"{word}{_NEAR}{{0,6}}?(?:早|曾|首[次先]|{_FOUND})"
        for word in ("公司", "团队", "厂家", "厂商", "实验室", "研究院")
    ),
    f"曾经?(?:用|{_FOUND}|指出|讨论|研究)",
    "的(?:结论|定理|发现|发明)",
)
_PATTERNS: Final = tuple((re.compile(pattern), pattern in _SOMEBODY) for pattern in (*_FIRST, *_SOMEBODY))
_NAME: Final = r"[^\W\d_]"
_WHO: Final = re.compile(rf"({_NAME}{{2,12}})[ ]?的?\Z")
_WHOSE: Final = re.compile(rf"[是由]({_NAME}{{2,8}}?(?:[与和、]{_NAME}{{2,8}})?)\Z")
_OURS: Final = re.compile("[原本上前这该此其各两同下]|推导|我们|它|节|式|参数")
_LOOKED_BACK: Final = 20


def firsts_from_nowhere(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first words of each line that say who was the first, or whose something is, in no order.

    Not what the original says too, and not where the line says that it is to be verified, or names a source.
    """
    plain, (start, end) = structure.plain, (parts[0].start, parts[-1].end) if parts else (0, 0)
    marks = borne_mark(standard)
    seen = set[int]()
    for pattern, needs_somebody in _PATTERNS:
        for told in pattern.finditer(plain, start, end):
            line = structure.line_of(told.start())
            said = _somebody(plain, told) if needs_somebody else told[0]
            if said and line not in seen and said not in structure.text[:start]:
                seen.add(line)
                if not marks.search(line_at(structure.masked, told.start())):
                    yield told


def _somebody(plain: str, told: re.Match[str]) -> str:
    """Return of whom it is told, "" for nobody but the article and this text."""
    before = plain[max(told.start() - _LOOKED_BACK, 0) : told.start()]
    who = (_WHOSE if told[0][0] == "的" else _WHO).search(before)
    return "" if who is None or _OURS.search(who[1]) else who[1]
