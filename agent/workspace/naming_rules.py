"""Naming rules: those for discussions that documents state or files follow, and the ordinals of folders."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

_TOPIC: Final = "{topic}"
# A placeholder may have lost its opening bracket ("技术专题]详解.md" is such a rule in the wild).
_PLACEHOLDER: Final = re.compile(r"[\[{<【][^\[\]{}<>【】]{1,30}[\]}>】]|^[^\[\]{}<>【】]{1,30}[\]}>】]")
_QUOTED_NAME: Final = re.compile(r"`([^`\n/]*[\]}>】][^`\n/]*\.md)`")
_SUBJECT: Final = re.compile(r"讨论|discussion", re.IGNORECASE)
# Endings that discussion documents have where nobody wrote a rule down.
_USUAL: Final = tuple(
    f"{_TOPIC}{ending}.md"
    for ending in (
        "深度讨论",
        "深度解析",
        "深度分析",
        "详解",
        "讨论",
        "解析",
        "分析",
        "-discussion",
        "-deep-dive",
        "-analysis",
    )
)
_MIN_FILES: Final = 2
# 2-进阶, 02-Lecture2-并行; but not 3D-渲染 or 2.0-版
_ORDINAL: Final = re.compile(r"(?i)(?:^|(?<![a-z])(?:lecture|phase)[ _-]?)(\d{1,2})(?![^\W_]|\.\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A place in a document that states a rule."""

    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingRule:
    """A pattern with `{topic}`, where it is stated (nowhere: only followed), and how many discussions follow it."""

    pattern: str
    stated: tuple[Stated, ...]
    files: int


def find_naming_rules(discussions: str, texts: Mapping[str, str]) -> tuple[NamingRule, ...]:
    """Return the rules for names in the folder `discussions`, the most followed first; pure.

    A file counts for the longest rule that fits it. A rule that is stated nowhere needs two files.
    """
    stated: dict[str, list[Stated]] = {}
    for pattern, where in _stated(discussions, texts):
        stated.setdefault(pattern, []).append(where)
    followed = dict.fromkeys([*stated, *_USUAL], 0)
    by_length = sorted(followed, key=len, reverse=True)
    for path in texts:
        if discussions and path.startswith(f"{discussions}/"):
            name = PurePosixPath(path).name
            fitting = next((pattern for pattern in by_length if fits(name, pattern)), None)
            if fitting:
                followed[fitting] += 1
    rules = [
        NamingRule(pattern=pattern, stated=tuple(stated.get(pattern, ())), files=files)
        for pattern, files in followed.items()
        if pattern in stated or files >= _MIN_FILES
    ]
    return tuple(sorted(rules, key=lambda rule: (-rule.files, not rule.stated)))


def _stated(discussions: str, texts: Mapping[str, str]) -> Iterator[tuple[str, Stated]]:
    for path, text in texts.items():
        in_folder = bool(discussions) and path.startswith(f"{discussions}/")
        if ".md`" not in text:
            continue
        for number, line in enumerate(text.split("\n"), start=1):
            if in_folder or _SUBJECT.search(line):
                for name in _QUOTED_NAME.findall(line):
                    pattern, placeholders = _PLACEHOLDER.subn(_TOPIC, name)
                    if placeholders == 1:
                        yield pattern, Stated(path=path, line=number)


def misnumbered(folders: Iterable[str], *, in_force: bool) -> Mapping[str, str]:
    """Return the folders whose name has an ordinal of one digit where two are wanted, each with its name with two.

    Two are wanted where the rule is in force, else beside a folder that has two; pure.
    """
    beside: dict[str, list[str]] = defaultdict(list)
    for folder in folders:
        beside[folder.rpartition("/")[0]].append(folder)
    found: dict[str, str] = {}
    for siblings in beside.values():
        names = {folder: folder.rpartition("/")[2] for folder in siblings}
        if in_force or any(len(digits) > 1 for name in names.values() for digits in _ORDINAL.findall(name)):
            padded = {folder: _ORDINAL.sub(_with_two_digits, name) for folder, name in names.items()}
            found |= {folder: wanted for folder, wanted in padded.items() if wanted != names[folder]}
    return found


def _with_two_digits(match: re.Match[str]) -> str:
    return match[0].removesuffix(match[1]) + match[1].zfill(2)


def fits(name: str, pattern: str) -> bool:
    """Say whether a file's name follows a pattern with `{topic}`."""
    before, _, after = pattern.partition(_TOPIC)
    return len(name) > len(before + after) and name.startswith(before) and name.endswith(after)
