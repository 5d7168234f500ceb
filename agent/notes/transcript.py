"""A conversation held elsewhere: a coding assistant's log (JSON Lines), or Markdown with the names of two speakers."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from agent.text.outline import find_fences, membership

Speaker = Literal["learner", "tutor"]
Reason = Literal["not-json", "not-text"]

_LEARNER: Final = r"user|human|me|learner|student|我说|我|学员|学习者|用户|提问者"
_TUTOR: Final = (
    r"assistant|ai ?assistant|ai|tutor|teacher|bot|model|claude ?code|claude|chatgpt|gpt-?\d?\w*|gemini|copilot"
    r"|codebuddy|deepseek|kimi|qwen|wenqu|问渠|助手|ai ?助手|老师|导师|助教|模型"
)
_TIME: Final = r"(?:[ \t]*[(（\[·|]?[ \t]*(?P<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)[ \t]*[)）\]]?)?[ \t]*"
_NAME: Final = rf"[^\w\s]{{0,3}}[ \t]?(?:(?P<learner>{_LEARNER})|(?P<tutor>{_TUTOR}))"
_REST: Final = r"[ \t]*(?P<rest>.*)"
_SPEAKERS: Final = tuple(
    re.compile(rf"(?i)[ ]{{0,3}}(?:{shape}){_REST}")
    for shape in (
        rf"#{{1,6}}[ \t]+(?:\*\*|__)?{_NAME}(?:\*\*|__)?{_TIME}(?:[:：]|$)",
        rf"(?:\*\*|__){_NAME}[ \t]*[:：][ \t]*(?:\*\*|__){_TIME}",
        rf"(?:\*\*|__){_NAME}[ \t]*(?:\*\*|__){_TIME}(?:[:：]|$)",
        rf"{_NAME}{_TIME}[:：]",
    )
)
"""A heading, a bold name with its colon inside or outside, a bare name: `## Human`, `**User**:`, `我：`."""
_MACHINE: Final = re.compile(
    r"(?s)<(system-reminder|command-name|command-message|command-args|local-command-stdout|local-command-stderr)>.*?</\1>"
)
"""What a coding assistant writes into its user's turns by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What one side said, on which line it began; `time` is ISO 8601, "" where the transcript gives none."""

    speaker: Speaker
    text: str
    line: int
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A line of the transcript that is left out, and why."""

    line: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The utterances in order, what one side said in one go as one, and the lines that could not be read."""

    utterances: tuple[Utterance, ...]
    unread: tuple[Unread, ...] = ()


def parse_transcript(text: str) -> Transcript:
    """Return the conversation; a text whose first line begins with a brace is read as JSON Lines.

    Of a log, only what the two sides said is kept: no tool calls, no tools' output, no thinking, no side chains.
    """
    text = text.removeprefix("\ufeff")
    return _log(text) if text.lstrip()[:1] == "{" else _markdown(text)


def _log(text: str) -> Transcript:
    found: list[Utterance] = []
    unread: list[Unread] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            unread.append(Unread(line=number, reason="not-json"))
            continue
        if not isinstance(entry, dict):
            unread.append(Unread(line=number, reason="not-json"))
            continue
        try:
            said = _entry(entry, number)
        except (TypeError, AttributeError):
            unread.append(Unread(line=number, reason="not-text"))
            continue
        found += [said] if said else []
    return Transcript(utterances=tuple(_joined(found)), unread=tuple(unread))


def _entry(entry: Mapping[str, Any], number: int) -> Utterance | None:
    """Return what a line of a log says, None where nobody speaks; raise TypeError, AttributeError for a wrong shape."""
    if entry.get("isMeta") or entry.get("isSidechain"):
        return None
    message = entry.get("message", entry)
    role = message.get("role") or entry.get("role") or entry.get("type")
    speaker: Speaker | None = "learner" if role in ("user", "human") else "tutor" if role == "assistant" else None
    if speaker is None:
        return None
    text = _MACHINE.sub("", _text(message.get("content", message.get("text")))).strip()
    time = entry.get("timestamp") or message.get("timestamp") or ""
    return Utterance(speaker=speaker, text=text, line=number, time=_time(str(time))) if text else None


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise TypeError(content)
    texts = [one if isinstance(one, str) else one["text"] for one in content if _is_text(one)]
    return "\n\n".join(text for text in texts if text.strip())


def _is_text(one: Any) -> bool:
    return isinstance(one, str) or (one.get("type", "text") in ("text", "input_text", "output_text") and "text" in one)


def _markdown(text: str) -> Transcript:
    fenced = membership((fence.start, fence.end) for fence in find_fences(text) if fence.closed)
    found: list[Utterance] = []
    at = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.rstrip("\r")
        speaks = None if fenced(at) else next(filter(None, (one.fullmatch(line) for one in _SPEAKERS)), None)
        if speaks:
            speaker: Speaker = "learner" if speaks["learner"] else "tutor"
            time = _time(speaks["time"] or "")
            found.append(Utterance(speaker=speaker, text=speaks["rest"], line=number, time=time))
        elif found:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{line}")
        at += len(raw) + 1
    spoken = [replace(one, text=text) for one in found if (text := _bare(one.text))]
    return Transcript(utterances=tuple(_joined(spoken)))


def _bare(text: str) -> str:
    """Return what was said without blank lines around it and without the rule that parts it from the next."""
    return re.sub(r"\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$", "", text.strip()).strip()


def _joined(found: Iterable[Utterance]) -> Iterator[Utterance]:
    """Join what one side said in several pieces."""
    held: Utterance | None = None
    for one in found:
        if held and held.speaker == one.speaker:
            held = replace(held, text=f"{held.text}\n\n{one.text}")
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _time(written: str) -> str:
    try:
        return datetime.fromisoformat(written).isoformat() if written else ""
    except ValueError:
        return ""
