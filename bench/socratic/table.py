"""`make bench-socratic`: the rubric beside published tutors, the guard beside a hand, each check taken away in turn."""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from agent.socratic.stored.rubric import Row, Rubric, rows, rubric
from agent.socratic.tutor.checks import CHECKS, Rule
from agent.words import Language
from bench.socratic import guard
from bench.socratic.models import MODELS
from bench.socratic.oracle import Verdict
from bench.socratic.play import castings, play_all
from bench.socratic.scripts import LANGUAGES

WANTED_OF_GUARD: Final = 0.95
BEHAVING: Final = "behaves"
EXPOSING: Final[dict[Rule, tuple[str, str]]] = {
    "C1": ("asks three", "parts"),
    "C2": ("leaks", "parts"),
    "C3": ("leaks", "parts"),
    "C4": ("invents", "parts"),
    "C5": ("careless", "parts"),
    "C6": ("careless", "unsure-wrong"),
    "C7": ("leaks", "expert"),
    "C8": ("careless", "near-silent"),
    "C9": ("flatters", "authority"),
    "C10": ("careless", "parts"),
}
"""Which model breaks a rule with which learner: without the check that must come to light."""
ONLY_BEHAVING: Final = frozenset({"told", "uptake"})
"""Targets for the model that behaves; with the others they are printed only."""


def main() -> int:
    """Print the tables; return 1 when anything is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="one session of each learner with each model")
    firsts = (0,) if parser.parse_args().short else tuple(range(0, 12, 2))
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        red = played_table(firsts, Path(folder))
        red += guard_table()
        red += disabled_table(Path(folder))
    _print(f"\n{'red: ' + '; '.join(red) if red else 'green'}")
    return int(bool(red))


def played_table(firsts: Sequence[int], root: Path) -> list[str]:
    """Play all sessions, print the rubric of all, of the worst model and of the one that behaves; return what fails."""
    began = time.perf_counter()
    verdict, by_model = Verdict(), defaultdict[str, Rubric](Rubric)
    with ProcessPoolExecutor(len(LANGUAGES)) as pool:
        asked = [pool.submit(played_in, language, firsts, root / language) for language in LANGUAGES]
        for seen, measured in (one.result() for one in asked):
            verdict += seen
            for model, one in measured.items():
                by_model[model] += one
    total = sum(by_model.values(), Rubric())
    _print(
        f"{verdict.sessions} sessions in {time.perf_counter() - began:.0f} s, {verdict.documents} documents, "
        f"{verdict.quotations} quotations, {verdict.drafts_meant_wrong} drafts wrong on purpose\n"
    )
    _print(f"{'measure':20}{'target':>9}{'all':>8}{'worst model':>22}{'behaves':>9}{'expert':>8}{'GPT-4':>7}")
    for number, row in enumerate(rows(total)):
        _print(_line(row, {model: rows(one)[number] for model, one in by_model.items()}))
    for fault, count in verdict.faults.most_common():
        _print(f"{count} × {fault}")
    return [*verdict.faults, *_failing(total, by_model)]


def played_in(language: Language, firsts: Sequence[int], root: Path) -> tuple[Verdict, dict[str, Rubric]]:
    """Play every learner with every model in one language; return what an onlooker saw, and the rubric by model."""
    verdict, by_model = Verdict(), dict.fromkeys(MODELS, Rubric())
    for played in play_all(castings(languages=(language,), firsts=firsts), root):
        verdict.look_at(played)
        by_model[played.casting.model] += rubric(played.records)
    return verdict, by_model


def guard_table() -> list[str]:
    """Print how well the guard agrees with the labels; return what lies below the target."""
    _print(f"\n{'the guard on labelled turns':36}{'given':>6}{'precision':>11}{'recall':>8}{'kappa':>7}")
    scores = guard.scores()
    for label, score in scores.items():
        rules, meaning = guard.LABELS[label]
        given = score.hits + score.misses
        name = f"{'/'.join(rules)} {meaning}"
        _print(f"{name:36}{given:6}{score.precision:11.2f}{score.recall:8.2f}{score.kappa:7.2f}")
    for mistake in guard.mistakes():
        _print(f"    {mistake}")
    weak = (label for label, score in scores.items() if min(score.precision, score.recall) < WANTED_OF_GUARD)
    return [f"the guard misjudges {guard.LABELS[label][1]}" for label in weak]


def disabled_table(root: Path) -> list[str]:
    """Take each check away in turn; return those whose absence nobody noticed."""
    _print("\nwithout a check the harness turns red:")
    unnoticed = []
    for rule in tuple(CHECKS):
        found = without(rule, root / rule)
        _print(f"    {rule:4} {sum(found.faults.values())} faults of {found.drafts_meant_wrong} drafts")
        if not found.faults:
            unnoticed.append(f"{rule} can be taken away unnoticed")
    return unnoticed


def without(rule: Rule, root: Path, languages: Sequence[Language] = LANGUAGES) -> Verdict:
    """Return what comes to light in a few sessions when one check is missing."""
    model, kind = EXPOSING[rule]
    kept = dict(CHECKS)
    del CHECKS[rule]
    try:
        verdict = Verdict()
        for played in play_all(castings(kinds=(kind,), models=(model,), languages=languages, firsts=(0,)), root):
            verdict.look_at(played)
    finally:
        CHECKS.update(kept)
    return verdict


def _failing(total: Rubric, by_model: dict[str, Rubric]) -> list[str]:
    red = [row.name for row in rows(total) if not row.holds and row.name not in ONLY_BEHAVING]
    behaving = rows(by_model[BEHAVING]) if BEHAVING in by_model else ()
    return red + [f"{row.name} ({BEHAVING})" for row in behaving if not row.holds]


def _line(row: Row, by_model: dict[str, Row]) -> str:
    worst = _worst(row, by_model)
    target = "" if row.target is None else f"{'≥' if row.at_least else '≤'} {row.target:.2f}"
    shown = f"{worst} {_number(by_model[worst].rate)}" if worst else ""
    behaving = by_model[BEHAVING].rate if BEHAVING in by_model else None
    figures = f"{_number(row.rate):>8}{shown:>22}{_number(behaving):>9}{_number(row.expert):>8}{_number(row.gpt4):>7}"
    return f"{row.name:20}{target:>9}{figures}{'' if row.holds else '   ✗'}"


def _worst(row: Row, by_model: dict[str, Row]) -> str:
    rated = {model: one.rate for model, one in by_model.items() if one.rate is not None}
    chosen: Callable[..., str] = min if row.at_least else max
    return chosen(rated, key=lambda model: rated[model]) if rated else ""


def _number(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.3f}"


def _memory() -> str | None:
    """Return a folder that lies in memory, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a fresh folder inside it


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
