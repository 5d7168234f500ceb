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
from agent.socratic import policy, records
from agent.socratic.diagnose import diagnose, obvious
from agent.socratic.gold import draw_up
from agent.socratic.passages import FITS, Candidate, Wanted, best, candidates
from agent.socratic.person import Interlocutor, Leaving
from agent.socratic.phrase import TEMPLATE, Utterance, fixed, phrase
from agent.socratic.replay import fold
from agent.socratic.step import granted
from agent.socratic.values import Diagnosis, EventName, Instruction, Passage, SessionState, Verdict
from agent.words import say
from agent.workspace.journal import Record
from agent.workspace.store import Store

Reason = Literal["ended", "paused", "interrupted", "model-failed"]

_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z]+)(?:\s+(?P<rest>.*))?", re.DOTALL)
_GRADES: Final[dict[int, Verdict]] = {1: "dont_know", 2: "partial", 3: "correct"}
_MOVING: Final[dict[str, EventName]] = {"skip": "skip", "hint": "hint", "tell": "tell", "end": "end"}
GOLD_PASSAGES: Final = 8
GOLD_FITS: Final = 0.03
"""Gold may rest on a paragraph that shares little with its question: the model sees whether it answers."""
TEMPLATES_RUNNING: Final = 3
"""So many of the notebook's own questions in a row are explained."""


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
        self._draft = _unsent(state)
        self._templates = 0
        self._explained = False

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
                elif leaving := self._listen():
                    return self._pause(leaving)
        except ModelError as error:
            self.error = error
            reason = error.sentence(self.state.language)
            self._notice("socratic.model-failed", reason=reason, sid=self.state.sid)
            return "model-failed"
        except KeyboardInterrupt:
            return self._pause(Leaving(interrupted=True))
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
        with self._person.working():
            utterance = phrase(self._model, self._names.main, self.state, instruction)
        self._templates = self._templates + 1 if utterance.model == TEMPLATE else 0
        if self._templates == TEMPLATES_RUNNING and not self._explained:
            self._notice("socratic.templates")
            self._explained = True
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

    def _listen(self) -> Leaving | None:
        """Take one turn or command from the learner; Leaving when the session is to pause."""
        text, self._draft = self._person.ask(self._draft), ""
        if text is None:
            self._event("end")
            return None
        if isinstance(text, Leaving):
            return text
        text = text.encode("utf-8", "replace").decode() if re.search("[\ud800-\udfff]", text) else text
        command = _COMMAND.fullmatch(text.strip())
        if command:
            return self._follow(command["name"].lower(), (command["rest"] or "").strip())
        if text.strip():
            self.write(records.learner_record(text, self.state))
        return None

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
                with self._person.working():
                    diagnosis, prompt_hash = diagnose(self._model, self._names.cheap, self.state.language, self.state)
            self.write(records.diagnosis_record(diagnosis, prompt_hash=prompt_hash))
        for belief in self.state.beliefs[known:]:
            self.write(records.belief_record(belief))

    def _seal(self, model: Model) -> None:
        """Have the gold of the current target drawn up, once."""
        if not self.state.target.sealed:
            passages = self._passages(count=GOLD_PASSAGES, fits=GOLD_FITS)
            with self._person.working():
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
        found = self._passages(answer=answer, count=1)
        instruction = Instruction(target=state.target.id, state=state.phase, move="passage", language=language)
        text = (
            say(language, "socratic.passage", cite=found[0].cite, text=found[0].text)
            if found
            else say(language, "socratic.no-passage")
        )
        self._say(Utterance(text=text, cites=tuple(one.cite for one in found)), instruction)

    def _passages(self, asked: str = "", *, answer: str = "", count: int, fits: float = FITS) -> tuple[Passage, ...]:
        """Return the paragraphs of the target's sources that fit what was asked, by default its question."""
        target = self.state.target
        among = [one for path in target.sources for one in self._note(path)]
        listed_in = target.path if target.headline else ""
        wanted = Wanted(question=asked, listed_in=listed_in)
        if not asked:
            question = f"{target.headline} {target.question}" if target.headline else target.title
            wanted = Wanted(question=question, hints=" ".join(target.hints), listed_in=listed_in, answer=answer)
        return best(among, wanted, count=count, fits=fits)

    def _note(self, path: str) -> tuple[Candidate, ...]:
        """Return the paragraphs of a note that can answer, read once; none when it cannot be read."""
        if path not in self._notes:
            try:
                text = self._store.read(path).text
            except WorkspaceError:
                text = ""
            self._notes[path] = candidates(path, text)
        return self._notes[path]

    def _follow(self, name: str, rest: str) -> Leaving | None:
        """Carry out a command; Leaving when it asks for a pause."""
        if name == "pause":
            return Leaving()
        if name == "park":
            self._park(rest)
        elif name in ("why", "note", "status", "help"):
            self._explain(name)
        elif name not in _MOVING:
            self._notice("socratic.unknown-command", name=f"/{name}")
        elif granted(self.state, _MOVING[name]):
            self._event(_MOVING[name])
        else:
            self._notice(f"socratic.{self._refusal(name)}")
        return None

    def _refusal(self, name: str) -> str:
        """Return the sentence that says why a command is not followed now."""
        state = self.state
        if state.phase == "close":
            return "close-is-yours"
        if state.offline:
            return "nothing-to-tell" if name == "tell" else "no-hint-left"
        if state.tutor_turns >= policy.SESSION_TURNS or policy.exhausted(state.pursuit, state.phase):
            return "no-help"
        if state.pursuit.told:
            return "told-already"
        return "try-again" if state.pursuit.attempts else "try-first"

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
            places = {target.path: f"{target.path}:{target.line}"} if target.path else {}
            found = {one.path: one.cite for one in self._passages(count=1)} if state.pursuit.attempts else {}
            places = {**(found or {path: path for path in target.sources}), **places}
            self._notice("socratic.note" if places else "socratic.no-note", places=" · ".join(places.values()))

    def _event(self, name: EventName, *, text: str = "", rating: int | None = None) -> None:
        self.write(records.event_record(name, target=self.state.target.id, text=text, rating=rating))

    def _pause(self, leaving: Leaving) -> Reason:
        """Record the pause, with what was typed and not sent; what Ctrl-C means is said where the program ends."""
        self._event("pause", text=leaving.draft)
        if leaving.interrupted:
            return "interrupted"
        self._notice("socratic.paused", sid=self.state.sid)
        return "paused"

    def _notice(self, key: str, **facts: object) -> None:
        self._person.notice(say(self.state.language, key, **facts))


def _unsent(state: SessionState) -> str:
    """Return what was typed and not sent when the session was left, "" when something was said since."""
    said = max((turn.seq for turn in state.said if turn.role == "learner"), default=0)
    drafts = [event.text for event in state.events if event.name == "pause" and event.seq > said]
    return next((draft for draft in reversed(drafts) if draft), "")
