"""What an onlooker counts who knows the gold and what each model meant to do: independent of checks and measures."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from agent.words import say
from bench.socratic.play import Played

_ANCHOR = re.compile(r'<a id="t(\d+)"></a>')
_REFERENCE = re.compile(r"\[T(\d+)\]\(#t(\d+)\)")


@dataclass(slots=True)
class Verdict:
    """How many sessions were looked at, and everything that must not be, with how often it was."""

    sessions: int = 0
    documents: int = 0
    quotations: int = 0
    drafts_meant_wrong: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(
            sessions=self.sessions + other.sessions,
            documents=self.documents + other.documents,
            quotations=self.quotations + other.quotations,
            drafts_meant_wrong=self.drafts_meant_wrong + other.drafts_meant_wrong,
            faults=self.faults + other.faults,
        )

    def look_at(self, played: Played) -> None:
        """Take a played session in."""
        self.sessions += 1
        self.documents += bool(played.document)
        self.drafts_meant_wrong += sum(bool(draft.breaks) for draft in played.drafts)
        for turn, draft in played.shown_faults():
            self.faults[f"shown though it breaks {'+'.join(sorted(draft.breaks))} ({turn.move})"] += 1
        self.faults.update(self._of_document(played))
        if not played.same_replay:
            self.faults["the journal replays to another state"] += 1
        if played.problems or not played.document:
            self.faults["no document"] += 1
        if played.casting.kind == "parrot" and any(one.result == "mastered" for one in played.state.outcomes):
            self.faults["a parrot passes as a master"] += 1

    def _of_document(self, played: Played) -> Iterator[str]:
        """Yield what is wrong with the document: references, quotations, numbers, and what was told as one's own."""
        document = played.document
        said = {turn.seq: turn.text for turn in played.state.said}
        anchors = {int(number) for number in _ANCHOR.findall(document)}
        if any(shown != led or int(led) not in anchors for shown, led in _REFERENCE.findall(document)):
            yield "a reference leads nowhere"
        everything = "\n".join(said.values()) + "\n".join(str(record.content) for record in played.records)
        for before, quotation in _quoted(document):
            self.quotations += 1
            numbers = [int(led) for _, led in _REFERENCE.findall(before)]
            words = quotation.strip("“”")
            if numbers and not any(words in said.get(number, "") for number in numbers):
                yield "a quotation is not exact"
        own = [line for line in document.split("\n") if line.startswith(_gloss_mark(played))]
        if any(number not in everything for line in own for number in re.findall(r"\d+(?:\.\d+)?", line)):
            yield "a generated number is foreign"
        yield from _told_as_own(played)


def _quoted(document: str) -> Iterator[tuple[str, str]]:
    """Yield the block quotations, each with the last line before it."""
    before, block = "", []
    for line in [*document.split("\n"), ""]:
        if line.startswith(">"):
            block.append(line[2:] if line.startswith("> ") else line[1:])
            continue
        if block:
            yield before, "\n".join(block)
            before, block = "", []
        before = line or before


def _gloss_mark(played: Played) -> str:
    return say(played.state.language, "discussion.gloss", text="").rstrip()


def _told_as_own(played: Played) -> Iterator[str]:
    """Yield for each account after the answer was told that is written up as the learner's own."""
    for turn in played.state.turns:
        if turn.move == "tell":
            after = [one for one in played.state.beliefs if one.target == turn.target and one.turn > turn.seq]
            yield from ("what was told is the learner's own" for one in after if one.how != "told")
