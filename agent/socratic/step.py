"""The one pure step of a session: (state, learner turn, diagnosis) to (state, instruction for the next tutor turn)."""

from dataclasses import replace
from typing import Final

from agent.socratic import hints, policy
from agent.socratic.values import (
    Belief,
    Diagnosis,
    Ending,
    Instruction,
    Ladder,
    Move,
    Outcome,
    Phase,
    Pursuit,
    QuestionType,
    Requirement,
    Result,
    SessionState,
    Target,
    Turn,
)
from agent.text.question import ends_asking
from agent.words import Language, say

Next = tuple[SessionState, Instruction | None]

_NO_QUESTION: Final[tuple[Move, ...]] = (*policy.REPEATS, "remember")


def start(state: SessionState) -> Next:
    """Begin a session: with one cold question on an earlier account where there is one, else with the first target."""
    then = state.recalled
    if then is None:
        return begin(state)
    state = replace(state, phase="recall")
    key = "recall" if ends_asking(then.question) else "recall-topic"
    asked = say(state.language, f"socratic.{key}", date=then.date, question=then.question)
    return state, replace(instruct(state, "recall", text=asked), target="")


def begin(state: SessionState) -> Next:
    """Open the current target with its own question, or where it was left; close the session when none is left."""
    if state.index >= len(state.targets):
        return close(state, "done")
    target = state.target
    left = dict(state.suspended).get(target.id)
    state = replace(state, suspended=tuple(one for one in state.suspended if one[0] != target.id))
    if left and left.attempts:
        state = replace(state, phase="probe", pursuit=left)
        asked = say(state.language, "socratic.return", question=standing(state))
        return state, instruct(state, "return", text=asked)
    state = replace(state, phase="elicit", pursuit=_taken_up(state, target))
    return state, instruct(state, "open", text=target.question)


def _taken_up(state: SessionState, target: Target) -> Pursuit:
    """Return the beginning of a target; one that was ended and is taken up again keeps what was given."""
    return Pursuit(
        level=min(2, target.goal_level),
        ladder=Ladder(highest=hints.highest(state, target)),
        told=hints.help_given(state, target) == "told",
    )


def standing(state: SessionState) -> str:
    """Return what the learner was last asked on what is now talked about: no passage that was shown since."""
    asked = [turn for turn in state.turns if turn.role == "tutor" and turn.move not in _NO_QUESTION]
    if state.phase not in ("recall", "close"):
        asked = [turn for turn in asked if turn.target == state.target.id]
    return asked[-1].text if asked else state.target.question


def step(state: SessionState, turn: Turn, diagnosis: Diagnosis | None) -> Next:
    """Take one judged learner turn in and choose what comes next; no instruction means that the session has ended.

    `diagnosis` is None for what nobody judges: the cold account and the closing summary. Order of decisions: the
    target's end, the session's limits, the target's limits, then the move table (socratic.md).
    """
    turns = tuple(sorted((*state.turns, turn), key=lambda one: one.seq))
    state = replace(state, turns=turns, pending=None)
    if state.phase == "recall" and state.recalled:
        then = state.recalled
        text = say(state.language, "socratic.remember", date=then.date, quote=then.text, cite=then.cite)
        return state, replace(instruct(state, "remember", text=text), target="")
    if diagnosis is None or state.phase == "close":
        return replace(state, phase="ended", ending=state.ending or "done"), None
    state = _judged(state, turn, diagnosis)
    case = _case(state, turn, diagnosis)
    result = _result(state, diagnosis, case)
    return next_target(state, result) if result else _ask(state, turn, diagnosis, case)


def close(state: SessionState, ending: Ending) -> Next:
    """Ask for the one closing summary, where anything was said; a target left in the middle ends unfinished."""
    if state.outcomes and not any(turn.role == "learner" for turn in state.said):
        return replace(state, phase="ended", ending=ending, index=len(state.targets)), None
    if state.index < len(state.targets) and state.pursuit.attempts:
        outcome = Outcome(target=state.target.id, result=state.pursuit.unfinished)
        state = replace(state, outcomes=(*state.outcomes, outcome))
    state = replace(state, phase="close", ending=ending, index=len(state.targets))
    key = "close" if state.beliefs else "close-first"  # who gave no account has none to set it against
    return state, instruct(state, "close", text=say(state.language, f"socratic.{key}"))


def required(state: SessionState) -> tuple[Requirement, ...]:
    """Return what the current target demands before it counts as mastered, in the order in which it is asked."""
    return ("goal", "restate", "transfer", *(("discriminate",) if policy.mistaken(state, state.target) else ()))


def _judged(state: SessionState, turn: Turn, diagnosis: Diagnosis) -> SessionState:
    """Return the state with the answer's verdict in it: belief, progress, ladder, what was passed."""
    before = state.pursuit
    asked = policy.question_of(turn, state)
    forward = hints.progressed(before, diagnosis)
    ladder = hints.after_answer(
        before.ladder,
        progressed=forward,
        idle=hints.is_idle(turn, diagnosis, state.diagnoses),
        first=before.attempts == 0,
    )
    if diagnosis.verdict in ("question", "offtopic") or not diagnosis.judged:
        ladder = before.ladder
    pursuit = replace(
        before,
        ladder=ladder,
        attempts=before.attempts + 1,
        best_solo=max(before.best_solo, diagnosis.solo),
        met_at=before.tutor_turns if diagnosis.misconception else before.met_at,
    )
    state = replace(state, pursuit=pursuit, beliefs=(*state.beliefs, *_belief(state, turn, diagnosis, asked)))
    pursuit = replace(pursuit, passed=_passed(state, turn, diagnosis, asked))
    return replace(state, pursuit=pursuit, diagnoses=(*state.diagnoses, diagnosis))


def _belief(state: SessionState, turn: Turn, diagnosis: Diagnosis, asked: Turn | None) -> tuple[Belief, ...]:
    if diagnosis.verdict not in ("correct", "partial", "wrong"):
        return ()
    pursuit = state.pursuit
    earlier = [belief.turn for belief in state.beliefs if belief.target == turn.target]
    return (
        Belief(
            target=turn.target,
            turn=turn.seq,
            span=diagnosis.evidence or turn.text,
            verdict=diagnosis.verdict,
            level=(asked.level or 0) if asked else pursuit.level,
            hint=(asked.hint or 0) if asked else 0,
            cause=asked.seq if asked else None,
            supersedes=earlier[-1] if earlier else None,
            how="told" if pursuit.told else hints.help_given(state, state.target),
        ),
    )


def _passed(state: SessionState, turn: Turn, diagnosis: Diagnosis, asked: Turn | None) -> tuple[Requirement, ...]:
    passed = state.pursuit.passed
    if diagnosis.verdict != "correct" or asked is None:
        return passed
    echoed = policy.echoes(turn, state)
    won: list[Requirement] = []
    whole = asked.move not in policy.OF_A_PART and (asked.level or 0) >= state.target.goal_level
    if whole and diagnosis.solo >= policy.SUPPORTED_SOLO and not echoed:
        won.append("goal")
    if asked.move == "restate" and not echoed:
        won.append("restate")
    if asked.move == "transfer" and (asked.hint or 0) <= 1:
        won.append("transfer")
    return tuple(dict.fromkeys((*passed, *won)))


def _case(state: SessionState, turn: Turn, diagnosis: Diagnosis) -> policy.Case:
    echoed = diagnosis.verdict == "correct" and policy.echoes(turn, state)
    confidence, groundless = state.pursuit.confidence, state.target.groundless
    return policy.case_of(diagnosis, confidence=confidence, echoed=echoed, groundless=groundless)


def _result(state: SessionState, diagnosis: Diagnosis, case: policy.Case) -> Result | None:
    """Return how the current target has ended with this answer, None when it goes on."""
    pursuit = state.pursuit
    if state.offline:
        ungraded = diagnosis.confidence == 0
        return "answered" if ungraded or diagnosis.verdict == "correct" else "unresolved"
    if pursuit.told and diagnosis.verdict not in ("question", "offtopic"):
        return "told"
    if all(requirement in pursuit.passed for requirement in required(state)):
        return "mastered"
    if case == "unjudged" and state.instruction and state.instruction.move == "check":
        return "unjudged"
    if policy.exhausted(pursuit, _phase(state, case)):
        return pursuit.unfinished
    return None


def next_target(state: SessionState, result: Result) -> Next:
    """End the current target with a result and open the next one, or close the session when its limits are reached."""
    outcome = Outcome(target=state.target.id, result=result)
    idle = Pursuit(ladder=Ladder(idle=state.pursuit.ladder.idle))
    state = replace(state, outcomes=(*state.outcomes, outcome), index=state.index + 1, pursuit=idle, pending=None)
    ending = policy.session_over(state) if not state.offline and state.index < len(state.targets) else None
    return close(state, ending) if ending else begin(state)


def _ask(state: SessionState, turn: Turn, diagnosis: Diagnosis, case: policy.Case) -> Next:
    """Choose the next question: none past the session's limits, what is still to be confirmed, else the table's."""
    ending = policy.session_over(state)
    if ending:
        return close(state, ending)
    language = policy.spoken(turn, state.instruction.language if state.instruction else state.language)
    row = policy.TABLE[case]
    phase = _phase(state, case)
    if phase == "confirm":
        return _confirm(state, language)
    cap = hints.cap_of(state.target) if phase == "repair" else min(row.cap, hints.cap_of(state.target))
    hint, ladder = hints.climb(state.pursuit.ladder, row, cap=cap, honest=case == "dont_know")
    level = max(1, min(policy.MAX_LEVEL, state.pursuit.level + row.climb))
    state = replace(state, phase=phase, pursuit=replace(state.pursuit, ladder=ladder, level=level))
    if hint == hints.TOP:
        return tell(state)
    move: Move = "assert" if hint == 4 else _varied(row.move, state, case)
    instruction = instruct(state, move, types=policy.TYPES.get(move, row.types), hint=hint)
    if move == "prerequisite":
        instruction = replace(instruction, material=_prerequisite(state))
    return state, replace(
        instruction,
        language=language,
        quotes=(diagnosis.conflict, turn.seq) if case == "conflict" and diagnosis.conflict else (turn.seq,),
        older=diagnosis.older if case == "conflict" and not diagnosis.conflict else None,
    )


def _varied(move: Move, state: SessionState, case: policy.Case) -> Move:
    """Return the table's move, unless nothing is being tried, or what it asks was asked before and did not help.

    A mistake that was located and did not move leads to a prerequisite, grounds that nobody can judge to their test.
    """
    if state.pursuit.ladder.idle >= hints.IDLE_TURNS:
        return "product"
    before = any(turn.move == move and turn.target == state.target.id for turn in state.turns)
    if case == "unjudged" and before:
        return "check"
    return "prerequisite" if move == "locate" and before and _prerequisite(state) else move


def _prerequisite(state: SessionState) -> str:
    """Return the first question on what the target rests on that was not asked yet, "" when none is left."""
    asked = sum(turn.move == "prerequisite" and turn.target == state.target.id for turn in state.turns)
    return next(iter(state.target.prerequisites[asked:]), "")


def _phase(state: SessionState, case: policy.Case) -> Phase:
    """Return where an answer leads: a wrong one or two turns without progress into REPAIR, progress out of it.

    A correct one leads to CONFIRM once the goal was reached.
    """
    if case in ("supported", "unsupported") and "goal" in state.pursuit.passed:
        return "confirm"
    if case == "unjudged":
        return "probe"
    if case in ("question", "offtopic"):
        return "probe" if state.phase in ("elicit", "confirm") else state.phase
    if case in ("wrong", "confident_wrong", "conflict"):
        return "repair"
    ladder = state.pursuit.ladder
    moved = ladder.stuck == 0 and ladder.rung == 0
    if state.phase == "repair":
        return "probe" if moved else "repair"
    return "repair" if ladder.stuck >= 2 or (case == "dont_know" and ladder.stuck >= 1) else "probe"


def _confirm(state: SessionState, language: Language) -> Next:
    """Ask for the first thing that mastery still lacks."""
    missing = [need for need in required(state) if need not in state.pursuit.passed]
    early = state.pursuit.tutor_turns - state.pursuit.met_at < policy.DISCRIMINATE_AFTER
    if missing == ["discriminate"] and early:
        missing = ["transfer"]
    state = replace(state, phase="confirm")
    if missing[0] == "restate":
        instruction = instruct(state, "restate", types=("clarify",))
    elif missing[0] == "transfer":
        level = min(policy.MAX_LEVEL, max(policy.TRANSFER_LEVEL, state.target.goal_level + 1))
        instruction = replace(instruct(state, "transfer", types=("implication", "viewpoint")), level=level)
    else:
        met = policy.mistaken(state, state.target)[0]
        question = state.target.misconceptions[met - 1].question
        instruction = instruct(state, "discriminate", types=("assumption",))
        instruction = replace(instruction, material=question, misconception=met)
    return state, replace(instruction, language=language)


def tell(state: SessionState) -> Next:
    """Say what the answer is, marked as told."""
    ladder = replace(state.pursuit.ladder, highest=hints.TOP)
    state = replace(state, phase="repair", pursuit=replace(state.pursuit, told=True, ladder=ladder))
    return state, instruct(state, "tell", hint=hints.TOP)


def instruct(
    state: SessionState, move: Move, *, types: tuple[QuestionType, ...] = (), hint: int = 0, text: str = ""
) -> Instruction:
    """Return what the next tutor turn on the current target is to be."""
    return Instruction(
        target=state.target.id if state.phase != "close" else "",
        state=state.phase,
        move=move,
        language=state.instruction.language if state.instruction else state.language,
        question_type=policy.question_type(types, state.turns),
        level=state.pursuit.level,
        hint=hint,
        material=hints.material(state, hint),
        text=text,
    )
