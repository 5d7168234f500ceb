"""Precision and recall of the gate, rule by rule, on defects planted at seeded random places of passing articles."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from gate_bench import author_defects, core_defects, form_defects, manner_defects
from gate_bench.articles import ARTICLES, SHORT, own_samples, parts_of, put_together, real_samples, source, varied
from gate_bench.planting import Sample, planted, put, shape_of

from agent.expansion.example import copied_from_prompts, example_sentences
from agent.expansion.verdict import in_other_language, relation, unrelated
from agent.standard.across import Compared, across
from agent.standard.findings import Judgement
from agent.standard.gate import judge
from agent.standard.parts import find_parts
from agent.text.formulas import Compiler
from agent.text.outline import outline
from agent.words import AREAS

SEED: Final = 20261122
PLACES: Final = 20
CLEAN: Final = 60
WANTED: Final = 0.95
PLANTERS: Final = core_defects.PLANTERS | form_defects.PLANTERS | manner_defects.PLANTERS | author_defects.PLANTERS
ONLY_LONG: Final = frozenset({"too-few-added-lines", "too-few-subsections", "code-missing", "too-few-boxes"})
"""Rules of the standard that counts lines, boxes and code, and no formulas."""
ONLY_SHORT: Final = frozenset({"too-few-formulas", "too-few-filled-lines"})
COMPANIONS: Final[Mapping[str, frozenset[str]]] = {
    "too-few-added-lines": frozenset({"too-few-lines"}),
    "too-few-formulas": frozenset({"too-few-filled-lines", "equation-unknown"}),
    "too-few-subsections": frozenset({"section-unknown"}),
    "original-truncated": frozenset({"reference-unverified"}),
}
"""Rules that a defect breaks as well by its nature: it takes away what other places refer to, or lines of the parts."""
ACROSS: Final = ("duplicate-article", "duplicate-expansion")
WRITTEN: Final = ("other-subject", "other-language", "copied-from-example")
"""Rules for what the program writes: where the text of a person stands, it is asked neither."""
COMPILER: Final = Compiler({})


@dataclass(slots=True)
class Score:
    """How often a rule was broken on purpose, how often that was seen, and how often it spoke without cause."""

    planted: int = 0
    found: int = 0
    false_alarms: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        spoken = self.found + self.false_alarms
        return self.found / spoken if spoken else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0


Scores = defaultdict[str, Score]


def main(places: int = PLACES) -> int:
    """Print the tables; return 1 when a rule falls below WANTED on the project's own articles."""
    own = bench(own_samples(), places=places, clean=CLEAN, vary=True)
    add_across(own, places)
    add_written(own, places)
    show("own articles", own)
    real = real_samples()
    if real:
        show(
            f"{len(real)} real articles that meet the counts",
            bench(real, places=max(1, places // 4), clean=0, vary=False),
        )
    failing = [rule for rule, score in own.items() if min(score.precision, score.recall) < WANTED or not score.planted]
    others = sorted(set(AREAS["gate"]) - set(own))
    sys.stdout.write(f"\nrules that are not about one article's text: {', '.join(others) or 'none'}\n")
    sys.stdout.write(f"below {WANTED}: {', '.join(failing) or 'none'}\n")
    return int(bool(failing))


def bench(samples: Sequence[Sample], *, places: int, clean: int, vary: bool) -> Scores:
    """Plant each rule's defect `places` times, and judge `clean` variations without any; every rule may speak up."""
    scores: Scores = defaultdict(Score, {rule: Score() for rule in PLANTERS})
    for rule in PLANTERS:
        for sample, defective in trials(rule, samples, places, vary=vary):
            before = Counter[str]() if vary else rules_of(sample)
            note(scores, rule, before=before, after=rules_of(defective), name=sample.name)
    for index in range(clean):
        rng = Random(f"{SEED}/clean/{index}")
        sample = varied(rng, rng.choice(samples))
        note(scores, "", before=Counter(), after=rules_of(dressed(rng, sample)), name=sample.name)
    return scores


def trials(rule: str, samples: Sequence[Sample], places: int, *, vary: bool) -> Iterator[tuple[Sample, Sample]]:
    """Yield pairs of a passing article and the same with the defect."""
    for index in range(places):
        rng = Random(f"{SEED}/{rule}/{index}")
        fitting = [sample for sample in samples if fits(rule, sample)]
        for _ in range(20 if fitting else 0):
            sample = rng.choice(fitting)
            sample = varied(rng, sample) if vary else sample
            defective = planted(PLANTERS[rule], rng, sample)
            if defective and (vary or not rules_of(sample)[rule]):
                yield sample, dressed(rng, defective) if vary else defective
                break


def fits(rule: str, sample: Sample) -> bool:
    is_long = sample.standard is not SHORT
    return not ((rule in ONLY_LONG and not is_long) or (rule in ONLY_SHORT and is_long))


def dressed(rng: Random, sample: Sample) -> Sample:
    """The sample with Windows line ends, now and then."""
    if rng.random() > 0.2:
        return sample
    earliest = sample.earliest and sample.earliest.replace("\n", "\r\n")
    return replace(sample, text=sample.text.replace("\n", "\r\n"), earliest=earliest)


def judged(sample: Sample) -> Judgement:
    return judge(sample.text, sample.standard, compiler=COMPILER, earliest=sample.earliest, own=True)


def rules_of(sample: Sample) -> Counter[str]:
    return Counter(finding.rule for finding in judged(sample).findings)


def note(scores: Scores, rule: str, *, before: Mapping[str, int], after: Mapping[str, int], name: str) -> None:
    """Book what one article with a defect of `rule` brought to light; "" for one without a defect."""
    new = {spoken for spoken, count in after.items() if count > before.get(spoken, 0)}
    if rule:
        scores[rule].planted += 1
        scores[rule].found += rule in new
        if rule not in new:
            scores[rule].remarks.append(f"not seen in {name}")
    for spoken in new - {rule} - COMPANIONS.get(rule, frozenset()):
        scores[spoken].false_alarms += 1
        scores[spoken].remarks.append(f"{rule or 'nothing'} planted in {name}")


def add_across(scores: Scores, places: int) -> None:
    """Put pairs of articles side by side: the same one twice, and another one with the same expansion."""
    scores |= {rule: Score() for rule in ACROSS}
    for index in range(places):
        rng = Random(f"{SEED}/across/{index}")
        language = rng.choice(("zh", "en"))
        parts = parts_of(language)
        one, other = (source(path) for path in ARTICLES[language])
        reworded = "\n\n".join(parts).split("\n")
        for at in rng.sample(range(len(reworded)), rng.randint(0, len(reworded) // 3)):
            reworded[at] = f"另一句话，第 {at} 行。" if reworded[at].strip() else reworded[at]
        far = parts_of("en" if language == "zh" else "zh")
        for rule, text, number in (
            ("duplicate-article", put_together(one, far, SHORT, language), "1001"),
            ("duplicate-expansion", put_together(other, ["\n".join(reworded)], SHORT, language), "1002"),
            ("", put_together(other, far, SHORT, language), "1002"),
        ):
            first = compared("a.md", "1001", put_together(one, parts, SHORT, language))
            pair = [first, compared("b.md", number, text)]
            copies = {"1001": ["a.md", "b.md"]} if number == "1001" else {"1001": ["a.md"], "1002": ["b.md"]}
            for findings in across(pair, copies).values():
                note(scores, rule, before={}, after=Counter(f.rule for f in findings), name=f"a pair ({language})")


def add_written(scores: Scores, places: int) -> None:
    """Hold what was written for an article against its subject and its language: one part, or all of it, is not so."""
    scores |= {rule: Score() for rule in WRITTEN}
    for index in range(places):
        rng = Random(f"{SEED}/written/{index}")
        sample = varied(rng, rng.choice(own_samples()))
        first = shape_of(sample).part(1).start
        random = sample.text[:first] + scrambled(rng, sample.text[first:])
        sentence = rng.choice(example_sentences(sample.language))
        for rule, text in (
            ("other-subject", random),
            ("other-language", with_foreign_part(rng, sample)),
            ("copied-from-example", put(rng, shape_of(sample), f"先说一句，{sentence}。") or sample.text),
            ("", sample.text),
        ):
            structure = outline(text)
            parts = find_parts(structure, sample.standard)
            copied = copied_from_prompts(text, parts, sample.language)
            strange = unrelated(structure, parts, relation(structure, parts))
            found = (strange, *in_other_language(structure, parts, sample.language), *copied)
            note(scores, rule, before={}, after=Counter(f.rule for f in found if f), name=sample.name)


def scrambled(rng: Random, text: str) -> str:
    """The text with the same headings, its other words put together of signs and letters drawn at random."""
    signs, letters = sorted(set(re.findall(r"[\u4e00-\u9fff]", text))), "abcdefghijklmnopqrstuvwxyz"
    lines = text.splitlines(keepends=True)
    drawn = (
        line
        if line.startswith("#")
        else re.sub(r"[\u4e00-\u9fff]|[a-z]", lambda m: rng.choice(letters if m[0] in letters else signs), line)
        for line in lines
    )
    return "".join(drawn)


def with_foreign_part(rng: Random, sample: Sample) -> str:
    """The sample with the body of one part taken from the expansion in the other language."""
    part = shape_of(sample).part(number := rng.randint(1, 5))
    body = parts_of("en" if sample.language == "zh" else "zh")[number - 1].partition("\n")[2]
    heading = sample.text[part.start : part.end].partition("\n")[0]
    return f"{sample.text[: part.start]}{heading}\n{body}\n\n{sample.text[part.end :]}"


def compared(path: str, number: str, text: str) -> Compared:
    verdict = judge(text, SHORT, compiler=COMPILER)
    return Compared(path=path, archive_id=number, source_line=1, judgement=verdict)


def show(title: str, scores: Scores) -> None:
    sys.stdout.write(f"\n{title}\n{'rule':24}planted  found  false alarms  precision  recall\n")
    for rule, score in scores.items():
        if score.planted or score.false_alarms:
            counts = f"{score.planted:7}{score.found:7}{score.false_alarms:14}"
            sys.stdout.write(f"{rule:24}{counts}{score.precision:11.3f}{score.recall:8.3f}\n")
            for remark, times in Counter(score.remarks).most_common(3):
                sys.stdout.write(f"{'':26}{times} × {remark}\n")


if __name__ == "__main__":
    sys.exit(main())
