"""What a learner may type beside an answer: carried out, recorded, or refused with a sentence that says why."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Final, Protocol

from agent.socratic import hints
from agent.socratic.commands import granted, refusal, tangent
from agent.socratic.person import Leaving
from agent.socratic.values import EventName, SessionState, Target
from agent.text.calculation import calculate
from agent.words import say

COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z]+)(?:\s+(?P<rest>.*))?", re.DOTALL)
SLASH: Final = re.compile("[/／、]")
"""The key of the slash; an input method that is left on gives one of the others."""
_MOVING: Final[dict[str, EventName]] = {
    "skip": "skip",
    "hint": "hint",
    "tell": "tell",
    "back": "back",
    "contest": "contest",
    "end": "end",
}
_WORDLESS: Final = frozenset({"help", "why", "status", "source", "pause"})
_OF_ONE_LINE: Final = frozenset({"skip", "hint", "tell", "back", "end"})
"""What stands below one of these is meant to be an answer."""


class Conversation(Protocol):
    """What a command needs of the session that it is typed into; `agent.socratic.session.Session` is one."""

    state: SessionState

    def event(self, name: EventName, *, text: str = "") -> None:
        """Put what the learner did on disk and take it into the state."""
        ...

    def notice(self, key: str, **facts: object) -> None:
        """Show a sentence that is no turn."""
        ...

    def show_passage(self, answer: str) -> None:
        """Show the paragraph of the notes that fits the question and an answer to it best."""
        ...

    def last_answer(self) -> str:
        """Return what the learner last said on the current target, "" when nothing."""
        ...

    def give_back(self, text: str) -> None:
        """Put what was typed behind the next prompt again."""
        ...


def carry_out(session: Conversation, command: re.Match[str]) -> Leaving | None:
    """Carry out a match of COMMAND; Leaving when it asks for a pause.

    One that is not followed, or would lose the words behind it, is given back with them.
    """
    name, rest = command["name"].lower(), (command["rest"] or "").strip()
    if (rest and name in _WORDLESS) or ("\n" in command[0] and name in _OF_ONE_LINE):
        session.notice("socratic.given-back", name=f"/{name}")
    elif name == "pause":
        return Leaving()
    elif name in _MOVING:
        if _move(session, _MOVING[name], rest):
            return None
    elif name == "follow":
        if _follow(session, rest):
            return None
    elif name in _ASIDES:
        _ASIDES[name](session, rest)
        return None
    else:
        session.notice("socratic.unknown-command", name=f"/{name}", near=_near(session, name))
    if rest:
        session.give_back(command[0])
    return None


def _near(session: Conversation, name: str) -> str:
    """Return the question whether another command was meant, "" where none comes close."""
    close = get_close_matches(name, COMMANDS, n=1)
    return say(session.state.language, "cli.did-you-mean", close=f"/{close[0]}") if close else ""


def _move(session: Conversation, name: EventName, text: str) -> bool:
    """Whether the command was followed; if not it is said why."""
    refused = refusal(session.state, name)
    if refused:
        session.notice(f"socratic.{refused}")
        return False
    if name == "contest" and not text:  # it ends the question: nobody does that by a slip
        session.notice("socratic.contest-empty")
        return False
    session.event(name, text=text)
    return True


def _help(session: Conversation, _: str) -> None:
    session.notice("socratic.help")


def _why(session: Conversation, _: str) -> None:
    instruction = session.state.instruction
    session.notice(f"tutor.why.{instruction.move if instruction else 'close'}")


def _status(session: Conversation, _: str) -> None:
    usage = session.state.usage
    key, facts = place(session.state)
    session.notice(key, **facts)
    if usage.output_tokens:
        fresh = usage.input_tokens + usage.cache_write_tokens
        session.notice("socratic.usage", fresh=fresh, cached=usage.cache_read_tokens, output=usage.output_tokens)


def place(state: SessionState) -> tuple[str, dict[str, object]]:
    """Return the sentence that says where a session stands, with its facts; a tangent is none of its questions."""
    own = [number for number, one in enumerate(state.targets) if not hints.FOLLOWED.fullmatch(one.id)]
    number = min(1 + sum(one < state.index for one in own), len(own))
    key = "socratic.status-tangent" if hints.FOLLOWED.fullmatch(state.target.id) else "socratic.status"
    return key, {"number": number, "count": len(own), "title": state.target.title}


def _park(session: Conversation, text: str) -> None:
    if text:
        session.event("park", text=text)
        session.notice("socratic.parked", text=text)
    else:
        session.notice("socratic.park-empty")


def _note(session: Conversation, text: str) -> None:
    if text:
        session.event("note", text=text)
        session.notice("socratic.noted")
    else:
        session.notice("socratic.note-empty")


def _calc(session: Conversation, expression: str) -> None:
    result = calculate(expression)
    if result is None:
        session.notice("socratic.calc-failed" if expression else "socratic.calc-empty", expression=expression)
    else:
        text = f"{expression} = {result}"
        session.event("calc", text=text)
        session.notice("socratic.calculated", text=text)


def _follow(session: Conversation, text: str) -> bool:
    """Take up a tangent: the words behind the command, else what the learner brought up; whether there was one."""
    followed = text or tangent(session.state)
    refused = refusal(session.state, "follow")
    if refused:
        session.notice(f"socratic.{refused}")
    elif followed:
        session.event("follow", text=followed)
        return True
    else:
        session.notice("socratic.follow-empty")
    return False


def _source(session: Conversation, _: str) -> None:
    """Name where the answer can be read; after an attempt show the passage too, which counts as a hint."""
    state = session.state
    if state.phase == "recall":
        session.notice("socratic.recall-first")
        return
    about = state.targets if state.phase == "close" else (state.target,)
    places = dict.fromkeys(place for one in about for place in _places(one))
    if not places:
        session.notice("socratic.no-note")
        return
    session.notice("socratic.note", places=" · ".join(places))
    if granted(state, "source"):
        session.event("source")
        session.show_passage(session.last_answer())


def _places(target: Target) -> tuple[str, ...]:
    return (f"{target.path}:{target.line}",) if target.path else target.sources


_ASIDES: Final[dict[str, Callable[[Conversation, str], None]]] = {
    "help": _help,
    "why": _why,
    "status": _status,
    "park": _park,
    "note": _note,
    "calc": _calc,
    "source": _source,
}

COMMANDS: Final = ("hint", "tell", *_ASIDES, "follow", "back", "skip", "contest", "pause", "end")
"""All that `/` can be followed by."""
