"""The edge of the session: journal first, then the models, then the learner."""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal, Protocol

from agent.errors import ModelError, WorkspaceError
from agent.model.messages import Model
from agent.settings import ModelSettings
from agent.socratic import records
from agent.socratic.diagnose import diagnose, obvious
from agent.socratic.gold import draw_up
from agent.socratic.passages import Candidate, best, candidates
from agent.socratic.person import Interlocutor
from agent.socratic.phrase import TEMPLATE, Utterance, fixed, phrase
from agent.socratic.replay import fold
from agent.socratic.step import granted
from agent.socratic.values import Diagnosis, EventName, Instruction, Passage, SessionState, Verdict
from agent.words import say
from agent.workspace.journal import Record
from agent.workspace.store import Store

Reason = Literal["ended", "paused", "model-failed"]

_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z]+)(?:\s+(?P<rest>.*))?", re.DOTALL)
_GRADES: Final[dict[int, Verdict]] = {1: "dont_know", 2: "partial", 3: "correct"}
_MOVING: Final[dict[str, EventName]] = {"skip": "skip", "hint": "hint", "tell": "tell", "end": "end"}
GOLD_PASSAGES: Final = 8


class SessionJournal(Protocol):
    """What a session needs of its journal; `agent.workspace.journal.Journal` is one."""

    sid: str

    def append(self, record: Mapping[str, object]) -> int:
        """Put a record on disk and return its number."""
        ...

    def lock(self) -> AbstractContextManager[None]:
        """Hold the session against other processes."""
        ...


class Session:
    """One conversation; its state is folded from the records it writes, so a replay of the journal gives the same."""

    def __init__(
        self,
        state: SessionState,
        *,
        journal: SessionJournal,
        store: Store,
        model: Model | None,
        names: ModelSettings,
        person: Interlocutor,
        now: Callable[[], datetime],
    ) -> None:
        self.state = state
        self.error: ModelError | None = None
        self._journal = journal
        self._store = store
        self._model = model
        self._names = names
        self._person = person
        self._now = now
        self._notes: dict[str, tuple[Candidate, ...]] = {}

    def write(self, record: Mapping[str, object]) -> None:
        """Put a record on disk, synced, and only then take it into the state."""
        time = self._now().isoformat(timespec="milliseconds")
        seq = self._journal.append({"time": time, **record})
        content = {name: value for name, value in record.items() if name != "kind"}
        state = fold(self.state, Record(seq=seq, time=time, kind=str(record["kind"]), content=content))
        if state is not None:
            self.state = state

    def run(self) -> Reason:
        """Converse until the session ends, the learner pauses, or the model fails; nothing said is ever lost."""
        try:
            while self.state.awaiting != "nothing":
                if self.state.awaiting == "tutor":
                    self._speak()
                elif self.state.awaiting == "confidence":
                    self._event("confidence", rating=self._person.ask_confidence())
                elif self.state.awaiting == "diagnosis":
                    self._judge()
                elif not self._listen():
                    return self._pause()
        except ModelError as error:
            self.error = error
            reason = error.sentence(self.state.language)
            self._notice("socratic.model-failed", reason=reason, sid=self.state.sid)
            return "model-failed"
        except KeyboardInterrupt:
            return self._pause()
        return "ended"

    def _speak(self) -> None:
        """Find the words of the instruction, put them on disk, show them."""
        instruction = self.state.instruction
        if instruction is None:
            return
        passages = self._passages(count=1) if instruction.move == "tell" else ()
        utterance = fixed(self.state, instruction, passages)
        if utterance is None:
            utterance = self._phrased(instruction)
        self._say(utterance, instruction)

    def _phrased(self, instruction: Instruction) -> Utterance:
        if self._model is None:
            return Utterance(text=self.state.target.question, model=TEMPLATE)
        cites: tuple[str, ...] = ()
        if instruction.move == "fact":
            asked = self.state.turns[-1].text
            found = self._passages(asked, count=1)
            instruction = replace(instruction, material="\n".join(f"{one.text}\n({one.cite})" for one in found))
            cites = tuple(one.cite for one in found)
        utterance = phrase(self._model, self._names.main, self.state, instruction)
        return replace(utterance, cites=cites)

    def _say(self, utterance: Utterance, instruction: Instruction) -> None:
        self.write(
            records.tutor_record(
                utterance.text,
                instruction,
                cites=utterance.cites,
                model=utterance.model,
                prompt_hash=utterance.prompt_hash,
                checks=utterance.checks,
            )
        )
        self._person.show(utterance.text)

    def _listen(self) -> bool:
        """Take one turn or command from the learner; False asks for a pause."""
        text = self._person.ask()
        if text is None:
            self._event("end")
            return True
        text = text.encode("utf-8", "replace").decode() if re.search("[\ud800-\udfff]", text) else text
        command = _COMMAND.fullmatch(text.strip())
        if command:
            return self._follow(command["name"].lower(), (command["rest"] or "").strip())
        if text.strip():
            self.write(records.learner_record(text, self.state))
        return True

    def _judge(self) -> None:
        """Record a judgement of the pending turn and the beliefs that follow from it."""
        known = len(self.state.beliefs)
        if self._model is None:
            self._compare()
        else:
            self._seal(self._model)
            pending = self.state.pending
            diagnosis, prompt_hash = obvious(pending) if pending else None, ""
            if diagnosis is None:
                diagnosis, prompt_hash = diagnose(self._model, self._names.cheap, self.state.language, self.state)
            self.write(records.diagnosis_record(diagnosis, prompt_hash=prompt_hash))
        for belief in self.state.beliefs[known:]:
            self.write(records.belief_record(belief))

    def _seal(self, model: Model) -> None:
        """Have the gold of the current target drawn up, once."""
        if not self.state.target.sealed:
            passages = self._passages(count=GOLD_PASSAGES)
            target, prompt_hash = draw_up(model, self._names.main, self.state.language, self.state.target, passages)
            self.write(records.gold_record(target, model=self._names.main, prompt_hash=prompt_hash))

    def _compare(self) -> None:
        """Show the note's passage beside the answer and take the learner's own grade."""
        pending = self.state.pending
        if pending is None:
            return
        shown = [turn for turn in self.state.turns if turn.move == "passage" and turn.seq > pending.seq]
        if shown:
            self._person.show(shown[-1].text)
        else:
            self._show_passage(pending.text)
        grade = self._person.ask_grade()
        verdict = _GRADES.get(grade or 0, "partial")
        confidence = 1.0 if grade else 0.0
        diagnosis = Diagnosis(turn=pending.seq, verdict=verdict, confidence=confidence, by="self")
        self.write(records.diagnosis_record(diagnosis))

    def _show_passage(self, answer: str) -> None:
        state, language = self.state, self.state.language
        found = self._passages(f"{state.target.question} {answer}", count=1)
        instruction = Instruction(target=state.target.id, state=state.phase, move="passage", language=language)
        text = (
            say(language, "socratic.passage", cite=found[0].cite, text=found[0].text)
            if found
            else say(language, "socratic.no-passage")
        )
        self._say(Utterance(text=text, cites=tuple(one.cite for one in found)), instruction)

    def _passages(self, wanted: str = "", *, count: int) -> tuple[Passage, ...]:
        """Return the paragraphs of the target's sources that fit `wanted`, by default its question."""
        target = self.state.target
        among = [one for path in target.sources for one in self._note(path)]
        return best(among, wanted or target.question, count=count)

    def _note(self, path: str) -> tuple[Candidate, ...]:
        """Return the paragraphs of a note that can answer, read once; none when it cannot be read."""
        if path not in self._notes:
            try:
                text = self._store.read(path).text
            except WorkspaceError:
                text = ""
            self._notes[path] = candidates(path, text)
        return self._notes[path]

    def _follow(self, name: str, rest: str) -> bool:
        """Carry out a command; False asks for a pause."""
        if name == "pause":
            return False
        if name == "park":
            self._park(rest)
        elif name in ("why", "note", "status", "help"):
            self._explain(name)
        elif name not in _MOVING:
            self._notice("socratic.unknown-command", name=f"/{name}")
        elif granted(self.state, _MOVING[name]):
            self._event(_MOVING[name])
        else:
            self._notice("socratic.no-help" if self.state.offline or self.state.pursuit.told else "socratic.try-first")
        return True

    def _park(self, text: str) -> None:
        if text:
            self._event("park", text=text)
            self._notice("socratic.parked", text=text)
        else:
            self._notice("socratic.park-empty")

    def _explain(self, name: str) -> None:
        state, instruction = self.state, self.state.instruction
        if name == "help":
            self._notice("socratic.help")
        elif name == "why":
            self._notice(f"socratic.why.{instruction.move if instruction else 'close'}")
        elif name == "status":
            number = min(state.index + 1, len(state.targets))
            self._notice("socratic.status", number=number, count=len(state.targets), title=state.target.title)
        else:
            target = state.target
            places = [f"{target.path}:{target.line}"] if target.path else []
            places += [one.cite for one in self._passages(count=1)] if state.pursuit.attempts else list(target.sources)
            key = "socratic.note" if places else "socratic.no-note"
            self._notice(key, places=" · ".join(dict.fromkeys(places)))

    def _event(self, name: EventName, *, text: str = "", rating: int | None = None) -> None:
        self.write(records.event_record(name, target=self.state.target.id, text=text, rating=rating))

    def _pause(self) -> Reason:
        self._event("pause")
        self._notice("socratic.paused", sid=self.state.sid)
        return "paused"

    def _notice(self, key: str, **facts: object) -> None:
        self._person.notice(say(self.state.language, key, **facts))
