"""The prompts of a session as they would be sent for a note: its first question is asked, and one answer is given.

Nothing is written and no model is asked: the gold is the first line of each passage, the answer a placeholder.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from agent.errors import PromptMissing
from agent.model.messages import Reply, Request, Usage
from agent.settings import Settings
from agent.socratic import records
from agent.socratic.aims.aim import Aim
from agent.socratic.aims.sources import Sources
from agent.socratic.document.gloss import written
from agent.socratic.document.select import by_model
from agent.socratic.replay import fold
from agent.socratic.session import GOLD_FITS, GOLD_PASSAGES
from agent.socratic.tutor.diagnose import diagnose
from agent.socratic.tutor.gold import draw_up
from agent.socratic.tutor.phrase import phrase
from agent.socratic.values import Diagnosis, Passage, SessionState, Utterance
from agent.words import say
from agent.workspace.journal import Record
from agent.workspace.store import Store

PROMPTS: Final = tuple(f"socratic.{name}" for name in ("gold", "diagnose", "phrase", "select", "gloss"))
_TIME: Final = "2000-01-01T00:00:00.000+00:00"
_CLAIMS: Final = 3


def rehearsed(name: str, aim: Aim, *, store: Store, settings: Settings) -> Request:
    """Return the request that a session on `aim` makes under this name.

    Raises PromptMissing where it makes none: without a passage in the notes no gold is drawn up.
    """
    stage = _Stage(settings=settings)
    blank = SessionState(
        sid="", topic=aim.topic, language=settings.language, offline=False, targets=aim.targets, clock=""
    )
    stage.write(records.start_record(blank))
    stage.speak(stage.state.target.question)
    passages = Sources(store).passages(stage.state.target, count=GOLD_PASSAGES, fits=GOLD_FITS)
    stage.answer("gold", _gold(passages))
    target, _ = draw_up(stage, "", settings.language, stage.state.target, passages)
    stage.write(records.gold_record(target, model="", prompt_hash=""))
    stage.write(records.learner_record(say(settings.language, "socratic.rehearsed-answer"), stage.state))
    stage.write(records.event_record("confidence", target=target.id))
    diagnose(stage, "", settings.language, stage.state)
    pending = stage.state.pending
    stage.write(records.diagnosis_record(Diagnosis(turn=pending.seq if pending else 0, verdict="partial", solo=2)))
    if stage.state.instruction:
        stage.speak(phrase(stage, "", stage.state, stage.state.instruction).text)
    selection, _ = by_model(stage, "", stage.state)
    written(stage, "", stage.state, selection)
    if name not in stage.asked:
        raise PromptMissing(name=name, known=", ".join(stage.asked))
    return stage.asked[name]


@dataclass
class _Stage:
    """The session in memory, and the model of it: it notes what it is asked first under each name."""

    settings: Settings
    name: str = ""
    asked: dict[str, Request] = field(default_factory=dict)
    _answers: dict[str, str] = field(default_factory=dict)
    _state: SessionState | None = None
    _seq: int = 0

    @property
    def state(self) -> SessionState:
        if self._state is None:
            raise ValueError(self._seq)
        return self._state

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:  # noqa: ARG002
        self.asked.setdefault(request.purpose, request)
        text = self._answers.get(request.purpose, "{}")
        return Reply(text=text, stop_reason="end_turn", usage=Usage(), model="")

    def answer(self, name: str, text: str) -> None:
        self._answers[f"socratic.{name}"] = text

    def write(self, content: records.Content) -> None:
        self._seq += 1
        rest = {key: value for key, value in content.items() if key != "kind"}
        self._state = fold(self._state, Record(seq=self._seq, time=_TIME, kind=str(content["kind"]), content=rest))

    def speak(self, words: str) -> None:
        instruction = self.state.instruction
        if instruction:
            self.write(records.tutor_record(Utterance(text=words), instruction))


def _gold(passages: tuple[Passage, ...]) -> str:
    claims = [
        {"claim": one.text.strip().split("\n")[0], "passage": number, "terms": [], "values": []}
        for number, one in enumerate(passages[:_CLAIMS], start=1)
    ]
    return json.dumps({"claims": claims, "misconceptions": [], "prerequisites": [], "goal_level": 3})
