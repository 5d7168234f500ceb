"""Sound documents broken by chance, lines and bytes alike, and documents of shapes that only malice or accident has."""

import random
from collections.abc import Callable, Iterator
from typing import Final

LONG_LINE: Final = 3_900
ONE_LINE: Final = 5
"""So many times longer is a shape that is all one line: no reader of lines looks at it."""
ENCODINGS: Final = ("utf-16", "utf-16-le", "latin-1", "gb18030", "utf-32")
BOMB: Final = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]
)
TOKENS: Final = (
    "```", "~~~~", "```python", "`", "``", "$", "$$", "\\$", "\\begin{align}", "\\end{align}", "\\begin{equation*}",
    "\\tag{1}", "\\label{eq:1}", "\\newcommand{\\a}{\\a\\a}", "\\def\\x#1{\\x{#1}}", "\\left(", "\\frac{1}{0}",
    "\\\\", "<div>", '<div class="theorem-box">', "</div>", "<!-- wenqu:progress -->", "<!-- /wenqu:progress -->",
    "<!--", "<script>alert(1)</script>", "---", "+++", "***", "#", "## ", "### Q1: ", "#### 1. ", "**", "**a**: ",
    "**Q2**：", "- [ ] ", "- [x]", "* ", "1. ", "> ", "|", "| a | b |", "|---|---|", "[a](", "](../../etc/passwd)",
    "[^1]: ", "[T99](#t99)", '<a id="t99"></a>', "“", "”", "「", "【我说】“", "（6个问题）", "(4 items)", "第1批次",
    "第0批次（0篇）", "第1-99999999批次（5篇）", "第十十周", "第²讲", "Lecture 00", "Q1-Q99999", "Q8+",
    "已完成 0/0 讲座 (0%)", "3/2 篇", "总体进度: [███░░] 1/0", "已完成 " + "9" * 30 + "/0 讲", "9" * 500,
    "9" * 5000 + "/1", "1." + "9" * 400 + "%", "0" * 400, "٣٤", "²", "一十百", "2025-13-45", "0000-00-00",
    "9999-12-31", "2025年2月30日", "status: completed", "status:", "title: [", "title: |", "date: 2025-13-45",
    "date: 0000-01-01", "tags: {a: b}", "tags: [[[[", "x: !!python/object:a {}", "a: &a [*a]", "? ", "%YAML 1.1",
    "source: /archives/" + "9" * 50, "/archives/9", "TODO：添加详细的", "TODO: add detailed", "第1部分：核心理论",
    "Part 2 rigorous", "\u202e\u2066", "\u200b\u200d", "\ufeff", "\x00", "\x1b]52;c;x\x07", "\x85", "\u2028",
    "\x0b\x0c", "\r", "\r\n", "\n\n\n", "\t", " " * 300, "é", "e\u0301", "👩‍👩‍👧", "\U0010ffff", "[", "{",
    '{"seq": 1}', "null", "true", "-1", "1e999", "NaN", '"', "\\", "\\ud800", "${x}", "{{ x }}", "{% x %}", "%s",
    "=== user ===",
)  # fmt: skip


def mutant(sound: bytes, chance: random.Random) -> bytes:
    """Return a document broken in one to four ways; most stay text, some become no UTF-8."""
    broken = sound
    for _ in range(chance.choice((1, 1, 2, 3, 4))):
        broken = chance.choice(_WAYS)(broken, chance)
    return broken


def long_shapes(size: int) -> Iterator[tuple[str, str]]:
    """Yield shapes of about `size` characters by name: what takes a careless pattern or loop quadratic time."""
    for token in dict.fromkeys((*TOKENS, *"#*_-+>|[](){}<!`$~:：/\\.,。?？Q1a第（“甲 \t")):
        count = max(1, size // (len(token.encode()) + 1))
        shown = token[:20]
        yield f"{shown!r} in one line", token * (count if "\n" in token else ONE_LINE * count)
        yield f"{shown!r} a line each", (token + "\n") * count
        yield f"{shown!r} as words", (token + " ") * count
        # As long as a line may be that is looked at, with an end that fits nothing: patterns go back from it.
        line = token * (LONG_LINE // len(token)) + "\x1a\n"
        yield f"{shown!r} in long lines", line * (size // len(line.encode()) + 1)
        padded = token + " " * (LONG_LINE // 2) + "\x1a\n"
        yield f"{shown!r} before spaces", padded * (size // len(padded.encode()) + 1)
        formula = "$$" + (token + "a") * 100 + "$$\n"
        yield f"{shown!r} in formulas", formula * (size // len(formula.encode()) + 1)
    yield from _deep(size)


def _deep(size: int) -> Iterator[tuple[str, str]]:
    lines = size // 20
    yield "nested boxes", '<div class="a">\n' * lines + "</div>\n" * lines
    yield "nested lists", "".join("  " * min(n, 1000) + "- [ ] a\n" for n in range(size // 2000))
    yield "nested quotations", "".join(">" * min(n, 1000) + " “a”\n" for n in range(size // 1000))
    yield (
        "a table of 10,000 columns",
        ("|" + " 1 |" * 10_000 + "\n" + "|" + "---|" * 10_000 + "\n") + ("|" + " 1 |" * 10_000 + "\n") * 20,
    )
    yield "a table of many rows", "| 甲 | 乙 |\n|---|---|\n" + "| 甲 | 1 |\n" * lines + "| 合计 | 9 |\n"
    yield "braces in a formula", "$$" + "{" * (size // 2) + "}" * (size // 2) + "$$\n"
    yield "roots in a formula", "$$" + "\\sqrt{" * (size // 7) + "x" + "}" * (size // 7) + "$$\n"
    yield "one formula a line", "$x$\n" * (size // 4)
    yield "displays without an end", "\\begin{align}\nx\n\n# a\n\n" * (size // 24)
    yield "definitions", "$\\newcommand{\\a}{b}$\n" * (size // 22)
    yield "headings of rising depth", "".join("#" * (n % 6 + 1) + f" Q{n}: a\n" for n in range(lines))
    yield "labelled fields", "".join(f"**甲{n}**: 已完成 {n}/{n + 1} 讲座 (3%)\n" for n in range(lines // 2))
    yield "questions", "".join(f"**Q{n}**: a?\n> **提示**：b\n\n" for n in range(lines // 2))
    yield "dated sections", "".join(f"## 2025-11-{n % 30 + 1:02}\n- a\n" for n in range(lines))
    yield "links", "[a](b.md) " * (size // 10)
    yield "quotations", "> “甲乙”\n\n" * (size // 20)
    yield "alias bomb", f"---\nstatus: pending\n{BOMB}\n---\n\na\n"
    yield "deep YAML", "---\nstatus: pending\nx: " + "[" * (size // 2) + "\n---\n"
    yield "deep TOML", "+++\nstatus = 'pending'\nx = " + "[" * (size // 2) + "\n+++\n"
    yield "long front matter", "---\nstatus: pending\n" + "".join(f"k{n}: v\n" for n in range(size // 9)) + "---\n"
    yield "deep JSON", "[" * size
    yield "objects", "[" + '{"path": "a.md", "status": "x"}, ' * (size // 33) + "null]"


def _delete_lines(text: bytes, chance: random.Random) -> bytes:
    lines = text.split(b"\n")
    at = chance.randrange(len(lines))
    return b"\n".join(lines[:at] + lines[at + chance.choice((1, 1, 1, 5, 20)) :])


def _duplicate_lines(text: bytes, chance: random.Random) -> bytes:
    lines = text.split(b"\n")
    at = chance.randrange(len(lines))
    end = at + chance.choice((1, 1, 2, 10))
    return b"\n".join(lines[:end] + lines[at:end] * chance.choice((1, 1, 2, 30)) + lines[end:])


def _swap_lines(text: bytes, chance: random.Random) -> bytes:
    lines = text.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _cut(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text) + 1)
    return chance.choice((text[:at], text[at:], text[:at] + text[at + chance.randrange(40) :]))


def _insert(text: bytes, chance: random.Random) -> bytes:
    token = chance.choice(TOKENS).encode() * chance.choice((1, 1, 1, 1, 3, 40))
    around = chance.choice((b"", b"", b"\n", b" "))
    at = chance.randrange(len(text) + 1)
    if chance.random() < 0.5:  # at a line's head, where most tokens mean something
        at = text.rfind(b"\n", 0, at) + 1
    return text[:at] + token + around + text[at:]


def _renumber(text: bytes, chance: random.Random) -> bytes:
    digits = [at for at, byte in enumerate(text) if 48 <= byte <= 57]
    if not digits:
        return text
    at = chance.choice(digits)
    number = chance.choice(
        (b"0", b"00", b"-1", b"99999999", b"9" * 400, b"9" * 4400, b"1e9", "²".encode(), "٣".encode(), b"")
    )
    return text[:at] + number + text[at + 1 :]


def _flip(text: bytes, chance: random.Random) -> bytes:
    if not text:
        return text
    at = chance.randrange(len(text))
    return text[:at] + bytes((chance.randrange(256),)) + text[at + 1 :]


def _retype(text: bytes, chance: random.Random) -> bytes:
    """Write the text as an editor of another system would."""
    way = chance.randrange(5)
    if way == 0:
        return text.replace(b"\n", b"\r\n")
    if way == 1:
        return b"\xef\xbb\xbf" + text
    if way == 2:
        return text.replace(b"\n", b"\r")
    if way == 3:
        return text.decode(errors="ignore").encode(chance.choice(ENCODINGS), errors="replace")
    return text.replace(b" ", b"\t").replace(b":", "：".encode())


_WAYS: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    *(_insert,) * 5,
    *(_renumber,) * 3,
    *(_delete_lines, _duplicate_lines, _swap_lines, _cut) * 2,
    _flip,
    _retype,
)
