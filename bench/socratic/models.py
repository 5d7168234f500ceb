"""Eight models: one that behaves, six that fail in one way each, and a careless one; each knows what it did wrong."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from agent.errors import ModelTimeout
from agent.model.messages import Reply, Request, Usage
from agent.socratic.tutor.checks import Rule
from agent.socratic.values import Instruction, SessionState
from agent.text.quotes import MARKS
from agent.text.tokens import talk_units
from agent.words import Language
from bench.socratic.learners import Learner
from bench.socratic.phrases import LONG, QUESTIONS, QUOTED
from bench.socratic.scripts import Script, scripts

_TRUNCATED: Final = '{"verdict": "correct", "solo'
_MAX_QUOTE: Final[Mapping[Language, int]] = {"zh": 10, "en": 30}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a model says, and the rules that it knows to break with it; "form" for what is no turn at all.

    `after` is the turn that was the last one then.
    """

    text: str
    breaks: frozenset[Rule | str] = frozenset()
    after: int = 0


@dataclass(slots=True)
class Scene:
    """What a fake model may look at: the session as it stands, the learner, the script of the target."""

    learner: Learner
    state: SessionState

    @property
    def instruction(self) -> Instruction:
        """What the next turn is to be."""
        if self.state.instruction is None:
            msg = "nothing is to be said"
            raise ValueError(msg)
        return self.state.instruction

    @property
    def script(self) -> Script:
        """The script of the target, in the language of the turn."""
        return next(one for one in scripts(self.instruction.language) if one.target.id == self.instruction.target)

    @property
    def said(self) -> str:
        """What the learner said on the target."""
        own = (turn for turn in self.state.said if turn.role == "learner" and turn.target == self.instruction.target)
        return "\n".join(turn.text for turn in own)

    @property
    def given(self) -> str:
        """What the learner said, and what was asserted or told."""
        told = (turn for turn in self.state.turns if (turn.hint or 0) >= 4 and turn.target == self.instruction.target)
        return "\n".join([self.said, self.script.target.question, *(turn.text for turn in told)])

    def quote(self) -> str:
        """Return a few words from the beginning of the learner's last turn."""
        return _beginning(self.said.rsplit("\n", 1)[-1], self.instruction.language)


class Behaving:
    """Judges fairly and asks well."""

    name = "behaves"

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.drafts: list[Draft] = []
        self.requests = 0

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:  # noqa: ARG002 - no stream
        """Answer a request as this model does."""
        self.requests += 1
        purpose = request.purpose.removeprefix("socratic.")
        answer = {"gold": self.gold, "diagnose": self.diagnose, "phrase": self.phrase}.get(purpose, lambda: "")()
        text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        return Reply(text=text, stop_reason="end_turn", usage=Usage(output_tokens=10), model=self.name)

    def gold(self) -> object:
        """Draw up what the script has sealed."""
        state = self.scene.state
        target = next(one for one in scripts(state.language) if one.target.id == state.target.id).target
        claim = asdict(target.gold[0])
        return {
            "claims": [{**{name: claim[name] for name in ("claim", "terms", "values")}, "passage": 1}],
            "misconceptions": [asdict(target.misconceptions[0])],
            "prerequisites": list(target.prerequisites),
            "goal_level": target.goal_level,
        }

    def diagnose(self) -> object:
        """Say what the learner's answer is, by the learner's own state."""
        answer = self.scene.learner.answer
        return {
            "verdict": answer.verdict,
            "solo": answer.solo,
            "evidence": "",
            "gap": "",
            "misconception": answer.misconception,
            "conflict": 0,
            "older": answer.older,
            "confidence": 0.9,
        }

    def phrase(self) -> str:
        """Put the move into one question."""
        draft = replace(self.draft(), after=self.scene.state.turns[-1].seq)
        self.drafts.append(draft)
        return draft.text

    def draft(self) -> Draft:
        """Return what is said next."""
        return self.question()

    def question(self) -> Draft:
        """Return a question that keeps every rule."""
        scene = self.scene
        instruction = scene.instruction
        fitting = [
            one for one in QUESTIONS[instruction.language][instruction.move] if instruction.material or "{m}" not in one
        ]
        clued = [one for one in fitting if "{m}" in one]
        chosen = (clued or fitting)[len(self.drafts) % len(clued or fitting)]
        return Draft(text=chosen.format(q=scene.quote(), m=instruction.material.rstrip("。."), e=self._earlier()))

    def _earlier(self) -> str:
        scene = self.scene
        instruction, state = scene.instruction, scene.state
        if instruction.older:
            return _beginning(state.earlier[instruction.older - 1].text, instruction.language, 60)
        return _beginning(
            next((turn.text for turn in state.turns if turn.seq in instruction.quotes[:1]), ""), instruction.language
        )


class Misbehaving(Behaving):
    """Fails in turn in each of its ways; told which rule it broke, it mends every third draft."""

    def draft(self) -> Draft:
        faults = self.faults()
        if not faults or len(self.drafts) % 3 == 2:
            return self.question()
        wrong = sum(bool(draft.breaks) for draft in self.drafts)
        return faults[wrong % len(faults)]

    def faults(self) -> tuple[Draft, ...]:
        """Return the ways in which it can fail here."""
        raise NotImplementedError

    def quoted(self) -> str:
        """Return the learner's words between quotation marks."""
        scene = self.scene
        return QUOTED[scene.instruction.language].format(scene.quote())

    def pick(self, zh: str, en: str) -> str:
        """Return the sentence in the language of the turn, the learner's words in it."""
        template = zh if self.scene.instruction.language == "zh" else en
        return template.format(q=self.quoted())


class Leaking(Misbehaving):
    """Leaks the gold: a value, the key term, the claim, a hint of a higher rung."""

    name = "leaks"

    def faults(self) -> tuple[Draft, ...]:
        scene = self.scene
        hint, given = scene.instruction.hint, scene.given.lower()
        claim = scene.script.target.gold[0]
        unsaid = [aliases[0] for aliases in claim.terms if not any(alias.lower() in given for alias in aliases)]
        value = "" if claim.values[0].lower() in given else claim.values[0]
        found = []
        if value:
            text = self.pick(f"{{q}}：如果是 {value} 呢，会怎样？", f"{{q}}: what if it were {value}?")
            found.append(Draft(text=text, breaks=frozenset({"C2"})))
        if len(unsaid) == 1:
            text = self.pick(f"{{q}}：是不是和{unsaid[0]}有关？", f"{{q}}: has it to do with {unsaid[0]}?")
            found.append(Draft(text=text, breaks=frozenset({"C3"})))
        if unsaid:
            text = self.pick(f"{{q}}：{claim.claim}，对吗？", f"{{q}}: {claim.claim}, right?")
            found.append(Draft(text=text, breaks=frozenset({"C3", "C7"})))
        for clue in scene.state.target.hints[: hint < 3]:
            text = self.pick(f"{{q}}：{clue}，得多少？", f"{{q}}: {clue}, what comes out?")
            found.append(Draft(text=text, breaks=frozenset({"C7"})))
        return tuple(found) if hint < 4 else ()


class Interrogating(Misbehaving):
    """Asks three questions at once."""

    name = "asks three"

    def faults(self) -> tuple[Draft, ...]:
        wrong = frozenset({"C1"})
        return (
            Draft(
                text=self.pick("{q}：从哪里来？到哪里去？要多久？", "{q}: from where? To where? For how long?"),
                breaks=wrong,
            ),
            Draft(
                text=self.pick("{q}：它从哪里来，为什么会变？", "{q}: what is it, and why does it change?"),
                breaks=wrong,
            ),
            Draft(text=self.pick("{q}：它从哪里来？请仔细想想。", "{q}: what is it? Please think hard."), breaks=wrong),
            Draft(text=self.pick("{q}：想想它从哪里来。", "{q}: think of where it comes from."), breaks=wrong),
        )


class Flattering(Misbehaving):
    """Praises whatever is said."""

    name = "flatters"

    def faults(self) -> tuple[Draft, ...]:
        wrong = frozenset({"C9"})
        correct = self.scene.learner.answer.verdict == "correct"
        return (
            Draft(text=self.pick("太完美了！{q}接下来呢？", "Perfect! What comes after {q}?"), breaks=wrong),
            Draft(
                text=self.pick("说得很对，{q}还能怎么用？", "You are right, where else could {q} be used?"),
                breaks=frozenset() if correct else wrong,
            ),
            Draft(
                text=self.pick("对，{q}还能怎么用？", "Yes, where else could {q} be used?"),
                breaks=frozenset() if correct else wrong,
            ),
        )


class Broken(Behaving):
    """Returns broken JSON, whatever it is asked."""

    name = "broken JSON"

    def gold(self) -> object:
        return super().gold() if self.requests % 2 else _TRUNCATED

    def diagnose(self) -> object:
        return super().diagnose() if self.requests % 2 else _TRUNCATED

    def draft(self) -> Draft:
        text = json.dumps({"question": self.question().text}, ensure_ascii=False)
        return Draft(text=text, breaks=frozenset({"form"})) if len(self.drafts) % 3 < 2 else self.question()


class Stalling(Behaving):
    """Times out on every third request."""

    name = "times out"

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        if self.requests % 3 == 2:
            self.requests += 1
            raise ModelTimeout(model=self.name, seconds=60.0)
        return super().ask(request, on_text)


class Inventing(Misbehaving):
    """Quotes what nobody said."""

    name = "invents"

    def faults(self) -> tuple[Draft, ...]:
        wrong = frozenset({"C4"})
        return (
            Draft(
                text=self.pick(
                    "你说过「一切都由编译器决定」，它和{q}矛盾吗？",
                    "You said “the compiler decides everything”; does it contradict {q}?",
                ),
                breaks=wrong,
            ),
            Draft(
                text=self.pick("「{q}，当然没有例外」，依据是什么？", "“{q}, without exception”: on what grounds?"),
                breaks=wrong,
            ),
        )


class Careless(Misbehaving):
    """Rambles, repeats itself, ignores the learner, and slips into another language."""

    name = "careless"

    def faults(self) -> tuple[Draft, ...]:
        scene = self.scene
        instruction = scene.instruction
        tutor = [turn for turn in scene.state.turns if turn.role == "tutor" and turn.target == instruction.target]
        found = []
        if tutor and tutor[-1].move == "open":
            found.append(Draft(text=f"{self.quoted()}{tutor[-1].text}", breaks=frozenset({"C8"})))
        found.append(Draft(text=self.pick("Where would {q} end?", "{q}会在哪里停下？"), breaks=frozenset({"C10"})))
        if instruction.move not in ("fact", "assert"):
            found.append(Draft(text=self.quoted() + LONG[instruction.language], breaks=frozenset({"C5"})))
        if instruction.state in ("probe", "repair") and talk_units(scene.said.rsplit("\n", 1)[-1]) > 12:
            text = self.pick("这跟天气相关吗？", "Could rainy weather intervene?")
            found.append(Draft(text=text, breaks=frozenset({"C6"})))
        return tuple(found)


MODELS: Final[Mapping[str, type[Behaving]]] = {
    model.name: model for model in (Behaving, Leaking, Interrogating, Flattering, Broken, Stalling, Inventing, Careless)
}


def _beginning(text: str, language: Language, most: int | None = None) -> str:
    """Return the first words of a text that stand between no quotation marks of their own."""
    limit = most or _MAX_QUOTE[language]
    pieces = re.split(f"[{MARKS}]", text.strip())
    text = next((piece for piece in pieces if len(piece) > 1), "")
    cut = text[:limit]
    if language == "en" and len(text) > limit and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    return cut.strip(" ，,。.；;：:")
