from gate_bench.articles import own_samples
from gate_bench.bench_gate import ACROSS, PLANTERS, WRITTEN, add_across, add_written, bench

from agent.words import AREAS


def test_what_is_planted_are_rules_of_the_gate() -> None:
    assert set(PLANTERS) | {*ACROSS, *WRITTEN} <= set(AREAS["gate"])


def test_one_planted_defect_of_each_rule_is_seen_and_no_other_rule_speaks() -> None:
    scores = bench(own_samples(), places=1, clean=1, vary=True)
    add_across(scores, 1)
    add_written(scores, 1)
    assert {rule: score.remarks for rule, score in scores.items() if score.remarks} == {}
    assert all(score.planted == score.found > 0 for score in scores.values())
