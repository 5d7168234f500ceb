"""The end of a discussion document: the generated explanation, and the full record that every reference leads to."""

from collections.abc import Iterator
from typing import Final

from agent.socratic.document.compile import Compiled
from agent.socratic.document.quoting import block, inline, sentence, with_references
from agent.socratic.values import Event, EventName, Turn

_ANCHORED: Final[tuple[EventName, ...]] = ("note", "calc", "contest", "tell")
"""Events whose words are quoted; in the record they stand as the turns do."""


def explanation(compiled: Compiled) -> Iterator[str]:
    """Give the generated explanation, marked as such."""
    if compiled.choices.reference:
        yield from (sentence(compiled, "reference"), "")
    for line in compiled.choices.reference:
        yield f"- {with_references(line)}"


def record(compiled: Compiled) -> Iterator[str]:
    """Give every turn with an anchor and, in small, what happened between them, in the order of the journal."""
    yield from (sentence(compiled, "numbering"), "")
    everything: list[Turn | Event] = [*compiled.turns, *compiled.events]
    for one in sorted(everything, key=lambda one: one.seq):
        if isinstance(one, Event) and one.name == "confidence" and not one.rating:
            continue  # it may not even have been asked for
        if isinstance(one, Event) and not (one.name in _ANCHORED and one.text):
            yield from (f"*T{one.seq} · {_event(one, compiled)} · {one.time[11:16]}*", "")
        else:
            name = f"speaker.{one.role}" if isinstance(one, Turn) else f"event.{one.name}"
            name = "speaker.learner" if name == "event.tell" else name  # in the learner's own words, no command
            name = "speaker.other" if compiled.imported and name == "speaker.tutor" else name
            speaker = sentence(compiled, name, text="").strip()
            yield f'<a id="t{one.seq}"></a>**T{one.seq} · {speaker}** · {one.time[11:16]}'
            yield from ("", *block(one.text), "")


def _event(event: Event, compiled: Compiled) -> str:
    if event.name == "confidence":
        return sentence(compiled, "event.confidence", rating=event.rating)
    return sentence(compiled, f"event.{event.name}", text=inline(event.text)).strip()
