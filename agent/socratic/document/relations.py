"""How a discussion stands to earlier ones: what it cites, deepens, corrects or contradicts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from agent.socratic.aims.target import same_question
from agent.socratic.document.choices import Pointer, Selection
from agent.socratic.values import EarlierAccount, How, SessionState

if TYPE_CHECKING:
    from agent.socratic.document.account import Account

RelationKind = Literal["cites", "deepens", "corrects", "contradicts"]

_RANK: Final[dict[How | Literal[""], int]] = {"": 0, "told": 1, "hinted": 2, "unaided": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """An earlier account, and the words of today that stand to it in this way (None where none do)."""

    kind: RelationKind
    older: EarlierAccount
    now: Pointer | None
    target: str = ""


def relations(state: SessionState, selection: Selection, accounts: Sequence["Account"]) -> tuple[Relation, ...]:
    """Return how today stands to each earlier account that came up.

    A judged contradiction is one, unless the answer was correct: then the earlier account is put right. An account of
    the same question is deepened where today's level is higher, or today needed less help; else it is cited.
    """
    return tuple(_found(state, selection, [one for one in accounts if one.now]))


def _found(state: SessionState, selection: Selection, settled: Sequence["Account"]) -> Iterator[Relation]:
    corrected = {one.older: one.now for one in selection.corrections}
    cold = [turn for turn in state.said if turn.state == "recall" and turn.role == "learner"]
    for number, older in enumerate(_came_up(state), start=1):
        same = next((one for one in settled if same_question(one.target, older.key, older.question)), None)
        conflict = _conflict(state, number, settled)
        if number in corrected:
            target = same.target.id if same else ""
            yield Relation(kind="corrects", older=older, now=corrected[number], target=target)
        elif conflict:
            yield conflict
        elif same:
            kind: RelationKind = "deepens" if _deepens(same, older) else "cites"
            yield Relation(kind=kind, older=older, now=same.now, target=same.target.id)
        elif cold and older == state.recalled:
            yield Relation(kind="cites", older=older, now=Pointer(turn=cold[0].seq, span=cold[0].text))


def _came_up(state: SessionState) -> tuple[EarlierAccount, ...]:
    """Return the accounts by their number; that of the cold question last where it is none of them."""
    beside = state.recalled and state.recalled not in state.earlier
    return (*state.earlier, state.recalled) if beside and state.recalled else state.earlier


def _conflict(state: SessionState, number: int, settled: Sequence["Account"]) -> Relation | None:
    """Return the judged contradiction of an account; None where the learner came to another account after it."""
    found = [diagnosis for diagnosis in state.diagnoses if diagnosis.older == number]
    if not found:
        return None
    last = next((one for one in found if one.verdict == "correct"), found[0])
    turn = state.by_seq[last.turn]
    later = any(one.target.id == turn.target and one.now and one.now.turn > turn.seq for one in settled)
    if later and last.verdict != "correct":
        return None
    return Relation(
        kind="corrects" if last.verdict == "correct" else "contradicts",
        older=state.earlier[number - 1],
        now=Pointer(turn=turn.seq, span=turn.text),
        target=turn.target,
    )


def _deepens(now: "Account", older: EarlierAccount) -> bool:
    return now.level > older.level > 0 or (bool(older.how) and _RANK[now.how] > _RANK[older.how])
