"""The edge of the session: journal first, then the models, then the learner."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from agent.errors import ModelCommandFailed, ModelError, ModelGarbage, ModelIncomplete
from agent.model.messages import Model
from agent.settings import ModelSettings
from agent.socratic import asides, records
from agent.socratic.aims.sources import Sources
from agent.socratic.asking import NOTHING, Asked
from agent.socratic.commands import granted
from agent.socratic.person import Interlocutor, Leaving
from agent.socratic.replay import fold
from agent.socratic.tutor.bare import demands_telling, obvious
from agent.socratic.tutor.diagnose import diagnose
from agent.socratic.tutor.gold import draw_up
from agent.socratic.tutor.phrase import TEMPLATE, fixed, phrase, template, told
from agent.socratic.values import Diagnosis, EventName, Instruction, SessionState, Utterance, Verdict
from agent.text.invisible import pictured
from agent.text.secrets import without_secrets
from agent.words import say
from agent.workspace.journal import Journal
from agent.workspace.store import Store
from agent.workspace.unsent import Unsent

_BY_CHANCE: Final = (ModelCommandFailed, ModelGarbage, ModelIncomplete)
"""Worth one more try: a service that is overloaded or out of reach was waited for already."""
Reason = Literal["ended", "paused", "interrupted", "model-failed"]

_GRADES: Final[dict[int, Verdict]] = {1: "dont_know", 2: "partial", 3: "correct"}
GOLD_PASSAGES: Final = 8
GOLD_FITS: Final = 0.03
"""Gold may rest on a paragraph that shares little with its question: the model sees whether it answers."""
TEMPLATES_RUNNING: Final = 2
"""So many of the notebook's own questions in a row are explained."""


class Session:
    """One conversation; its state is folded from the records it writes, so a replay of the journal gives the same."""

    def __init__(
        self,
        state: SessionState,
        *,
        journal: Journal,
        store: Store,
        model: Model | None,
        names: ModelSettings,
        person: Interlocutor,
    ) -> None:
        self.state = state
        self.error: ModelError | None = None
        self.sources = Sources(store)
        self._journal = journal
        self._model = model
        self._names = names
        self._person = person
        self._unsent = Unsent(store, journal.sid)
        self._draft = ""
        self._returned = ""
        self._templates = 0
        self._explained = False

    def write(self, record: Mapping[str, object]) -> None:
        """Put a record on disk, synced, and only then take it into the state."""
        self.state = fold(self.state, self._journal.append(record)) or self.state

    def run(self) -> Reason:
        """Converse until the session ends, the learner pauses, or the model fails; nothing said is ever lost."""
        self._offer_unsent()
        try:
            while self.state.awaiting != "nothing":
                if self.state.awaiting in ("tutor", "diagnosis"):
                    self._answer()
                elif self.state.awaiting == "confidence":
                    self.event("confidence", rating=self._person.ask_confidence())
                elif leaving := self._listen():
                    return self._pause(leaving)
        except ModelError as error:
            self.error = error
            reason = error.sentence(self.state.language)
            self.notice("socratic.model-failed", reason=reason, sid=self.state.sid)
            return "model-failed"
        except KeyboardInterrupt:
            return self._pause(Leaving(interrupted=True, draft=self._draft))
        return "ended"

    def _offer_unsent(self) -> None:
        """Put what an earlier sitting left unsent behind the first prompt; what is typed before it is added to that."""
        text = self._unsent.read() or _unsent(self.state)
        if text:
            self._person.put_back(text)
            self._unsent.keep(text)

    def _answer(self) -> None:
        """Judge or speak; what failed only by chance is tried once more before the session is given up."""
        act = self._speak if self.state.awaiting == "tutor" else self.judge
        try:
            act()
        except _BY_CHANCE as error:
            self.notice("socratic.once-more", reason=error.sentence(self.state.language))
            act()

    def _speak(self) -> None:
        """Find the words of the instruction, put them on disk, show them."""
        instruction = self.state.instruction
        if instruction is not None:
            self.say(self.compose(instruction), instruction)

    def compose(self, instruction: Instruction) -> Utterance:
        """Return the words of the next tutor turn: fixed ones, else the model's, checked, else a template's."""
        passages = self.sources.passages(self.state.target, count=1) if instruction.move == "tell" else ()
        return fixed(self.state, instruction, passages) or self._phrased(*self.sourced(instruction))

    def sourced(self, instruction: Instruction) -> tuple[Instruction, tuple[str, ...]]:
        """Return the instruction with all that may be revealed in it, and where that stands."""
        if instruction.move != "fact":
            return instruction, ()
        found = self.sources.passages(self.state.target, self.state.turns[-1].text, count=1)
        material = "\n".join(f"{one.text}\n({one.cite})" for one in found)
        return replace(instruction, material=material), tuple(one.cite for one in found)

    def _phrased(self, instruction: Instruction, cites: tuple[str, ...]) -> Utterance:
        if self._model is None:
            return Utterance(text=template(self.state, instruction), model=TEMPLATE)
        with self._person.working("question"):
            utterance = phrase(self._model, self._names.main, self.state, instruction)
        self._templates = self._templates + 1 if utterance.model == TEMPLATE else 0
        if self._templates == TEMPLATES_RUNNING and not self._explained:
            self.notice("socratic.templates")
            self._explained = True
        return replace(utterance, cites=told(utterance.text, cites, self.state, instruction))

    def say(self, utterance: Utterance, instruction: Instruction) -> None:
        """Put a tutor turn on disk, then show it."""
        utterance = replace(utterance, text=pictured(utterance.text))
        self.write(records.tutor_record(utterance, instruction))
        self._person.show(utterance.text)

    def _listen(self) -> Leaving | None:
        """Take one turn or command from the learner; Leaving when the session is to pause.

        Until the words are on disk they are a draft: a signal that comes between does not lose them.
        """
        text = self._person.ask()
        if isinstance(text, Leaving):
            return text
        self._draft = text or ""
        self._returned = ""
        if text is None:
            self.event("end")
        leaving = self.hear(text) if text else None
        self._draft = ""
        self._unsent.keep(self._returned)
        return leaving

    def hear(self, text: str) -> Leaving | None:
        """Put what the learner wrote on disk, verbatim, or carry out the command that it is; Leaving for a pause.

        A secret in it is the one thing that is not kept (trust.md, rule 7); control characters are kept as their
        pictures, so that the record, and the document that quotes it, stay text.
        """
        text = text.encode("utf-8", "replace").decode() if re.search("[\ud800-\udfff]", text) else text
        text = pictured(text)
        kept = without_secrets(text)
        if kept != text:
            self.notice("socratic.secret")
        command = asides.COMMAND.fullmatch(kept.strip())
        if command:
            return asides.carry_out(self, command)
        if asides.SLASH.fullmatch(kept.strip()):
            self.notice("socratic.lone-slash")
            return None
        if demands_telling(kept) and granted(self.state, "tell"):
            self.event("tell", text=kept)
        elif kept.strip():
            if demands_telling(kept) and self.state.target.groundless and self.state.phase != "close":
                self.notice("socratic.nothing-settles")
            self.write(records.learner_record(kept, self.state))
        return None

    def give_back(self, text: str) -> None:
        """Put what was typed behind the next prompt again."""
        self._returned = text
        self._person.put_back(text)

    def judge(self) -> None:
        """Record a judgement of the pending turn and the beliefs that follow from it."""
        if self._model is None:
            self._compare()
            return
        self._seal(self._model)
        pending = self.state.pending
        diagnosis, asked = obvious(pending) if pending else None, NOTHING
        if diagnosis is None:
            with self._person.working("answer"):
                diagnosis, asked = diagnose(self._model, self._names.cheap, self.state.language, self.state)
        if not diagnosis.judged and all(one.judged for one in self.state.diagnoses):
            self.notice("socratic.not-usable")
        self.settle(diagnosis, asked)

    def settle(self, diagnosis: Diagnosis, asked: Asked = NOTHING) -> None:
        """Put a judgement of the pending turn on disk, and the beliefs that follow from it."""
        known = len(self.state.beliefs)
        self.write(records.diagnosis_record(diagnosis, prompt_hash=asked.prompt_hash, usage=asked.usage))
        for belief in self.state.beliefs[known:]:
            self.write(records.belief_record(belief))

    def _seal(self, model: Model) -> None:
        """Have the gold of the current target drawn up, once."""
        if not self.state.target.sealed:
            passages = self.sources.passages(self.state.target, count=GOLD_PASSAGES, fits=GOLD_FITS)
            with self._person.working("notes"):
                target, asked = draw_up(model, self._names.main, self.state.language, self.state.target, passages)
            known = any(one.groundless for one in self.state.targets)
            self.write(records.gold_record(target, model=asked.model, prompt_hash=asked.prompt_hash, usage=asked.usage))
            if target.groundless and not known:
                self.notice("socratic.groundless")

    def _compare(self) -> None:
        """Show the note's passage beside the answer and take the learner's own grade."""
        pending = self.state.pending
        if pending is None:
            return
        shown = [turn for turn in self.state.turns if turn.move == "passage" and turn.seq > pending.seq]
        if shown:
            self._person.show(shown[-1].text)
        else:
            self.show_passage(pending.text)
        grade = self._person.ask_grade()
        verdict = _GRADES.get(grade or 0, "partial")
        confidence = 1.0 if grade else 0.0
        diagnosis = Diagnosis(turn=pending.seq, verdict=verdict, confidence=confidence, by="self")
        self.settle(diagnosis)

    def show_passage(self, answer: str) -> None:
        """Show the paragraph of the notes that fits the question and an answer to it best."""
        state, language = self.state, self.state.language
        found = self.sources.passages(state.target, answer=answer, count=1)
        instruction = Instruction(target=state.target.id, state=state.phase, move="passage", language=language)
        text = (
            say(language, "socratic.passage", cite=found[0].cite, text=found[0].text)
            if found
            else say(language, "socratic.no-passage")
        )
        self.say(Utterance(text=text, cites=tuple(one.cite for one in found)), instruction)

    def last_answer(self) -> str:
        """Return what the learner last said on the current target, "" when nothing."""
        last = self.state.last_of(self.state.target.id, "learner")
        return last.text if last else ""

    def event(self, name: EventName, *, text: str = "", rating: int | None = None) -> None:
        """Put a command or a confidence on disk and take it into the state."""
        self.write(records.event_record(name, target=self.state.target.id, text=text, rating=rating))

    def notice(self, key: str, **facts: object) -> None:
        """Show a sentence that is no turn."""
        self._person.notice(say(self.state.language, key, **facts))

    def _pause(self, leaving: Leaving) -> Reason:
        """Record the pause, with what was typed and not sent; what Ctrl-C means is said where the program ends."""
        self.event("pause", text=without_secrets(leaving.draft) or self._unsent.read())
        self._unsent.keep("")
        if leaving.interrupted:
            return "interrupted"
        self.notice("socratic.paused", sid=self.state.sid)
        return "paused"


def _unsent(state: SessionState) -> str:
    """Return what was typed and not sent when the session was left, "" when it, or something else, was said since."""
    own = [turn for turn in state.said if turn.role == "learner"]
    drafts = [event.text for event in state.events if event.name == "pause" and (not own or event.seq > own[-1].seq)]
    draft = next((draft for draft in reversed(drafts) if draft), "")
    return "" if own and own[-1].text == draft else draft
