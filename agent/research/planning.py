"""The next batch of articles: what is listed and unfinished, which series and topics wait, and why one goes first."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.bookkeeping.article_order import Placed, article_order
from agent.bookkeeping.documents import ArticleHead, Documents, spelled
from agent.bookkeeping.series import Series, series_in, tags_of
from agent.bookkeeping.titles import Titles, named, titles
from agent.bookkeeping.waiting import goes_first
from agent.notes.lines import items, sections
from agent.standard.findings import COMPLETED, PENDING
from agent.text.citation import ARCHIVE
from agent.words import Phrase

USUAL_SIZE: Final = 5
"""So many articles make a batch where no document shows how many."""
OTHERS: Final = 3
_RECENT: Final = 5
"""The newest discussions, whose titles say what is being talked about."""
_GENERAL: Final = 0.34
"""A tag that more of the articles bear is no topic."""
_FEWEST: Final = 2
_FIRST: Final = 100
"""What an order that a document gives scores: more than any reason that is worked out."""
_NO_GOAL: Final = r"非目标|不做|不扩充|不在范围|排除|跳过|\bnon-?goals?\b|\bout of scope\b|\bexcluded?\b|\bskipped\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A batch that a document lists and that is not finished; `gone` are the names that no file bears."""

    number: int
    path: str
    line: int
    done: int
    total: int
    open: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Articles that belong together and wait, in their order, and the reasons to take them; the best scores most."""

    kind: Literal["order", "series", "topic"]
    name: str
    heads: tuple[ArticleHead, ...]
    reasons: tuple[Phrase, ...]
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An article that waits and is not planned."""

    path: str
    reason: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What `wenqu plan` proposes: batch `number` of the first of the `groups`; the rest is what it was found from.

    `model` is the document in whose shape it is written, "" where none lists a batch; `duplicates` are the files of
    one article, `waiting` the distinct pending articles.
    """

    number: int
    groups: tuple[Group, ...]
    listed: tuple[Listed, ...]
    series: tuple[Series, ...]
    duplicates: tuple[tuple[str, ...], ...]
    left_out: tuple[LeftOut, ...]
    waiting: int
    model: str


def plan(documents: Documents, *, excluded: Collection[str], broken: Collection[str] = (), size: int = 0) -> Plan:
    """Propose the next batch of at most `size` articles (0: as large as the last one listed); pure.

    `excluded` are the paths that the settings exclude, `broken` those whose front matter cannot be read.
    First comes the order that a document gives, then a series that was begun, then what is being talked about, then
    whole series, then topics.
    """
    among = titles(documents)
    batches = [(path, one) for path, state in documents.states.items() for one in state.plan.batches if one.articles]
    in_batches = {head.key for _, one in batches for name in one.articles for head in named(name, among)}
    left_out = tuple(_left_out(documents, excluded, broken, among))
    out = {one.path for one in left_out}
    waiting = _distinct(documents)
    free = [head for head in waiting if head.key not in in_batches and head.path not in out]
    most = size or (len(batches[-1][1].articles) if batches else USUAL_SIZE)
    series = series_in(documents.articles.values())
    placed = article_order(documents, among)
    found = [*_in_order(placed, free, most), *_groups(documents, free, series, most)]
    groups = sorted(found, key=lambda one: (-one.score, one.name))
    numbers = [one.number for state in documents.states.values() for one in state.plan.batches]
    return Plan(
        number=max(numbers, default=0) + 1,
        groups=tuple(groups),
        listed=tuple(_listed(documents, among)),
        series=series,
        duplicates=_duplicates(documents),
        left_out=(*left_out, *_alone(documents, free, series, placed)),
        waiting=len(waiting),
        model=batches[-1][0] if batches else "",
    )


def _in_order(placed: Sequence[Placed], free: Sequence[ArticleHead], most: int) -> Iterator[Group]:
    """Yield the waiting articles of an order that a document gives, the next ones of it; the files of one line once."""
    by_key = {head.key: head for head in free}
    waiting = [(one, by_key[one.heads[0].key]) for one in placed if one.heads[0].key in by_key]
    taken = list({head.key: head for _, head in waiting}.values())[:most]
    if taken:
        first = waiting[0][0]
        reason = Phrase.of("plans.why-order", place=f"{first.path}:{first.line}", number=first.number)
        yield Group(kind="order", name=taken[0].title, heads=tuple(taken), reasons=(reason,), score=_FIRST)


def _alone(
    documents: Documents, free: Sequence[ArticleHead], series: Sequence[Series], placed: Sequence[Placed]
) -> Iterator[LeftOut]:
    """Yield the articles that no group can hold: of no order, of no series, and with no tag that another bears."""
    held = {one.heads[0].key for one in placed} | {member.head.key for one in series for member in one.members}
    held |= {head.key for _, heads, _ in _topics(documents, free) for head in heads}
    shared = {head.key for heads in _tagged(documents, free).values() if len(heads) >= _FEWEST for head in heads}
    for head in free:
        if head.key not in held:
            yield LeftOut(path=head.path, reason=Phrase.of(f"plans.out-{'general' if head.key in shared else 'alone'}"))


def _distinct(documents: Documents) -> list[ArticleHead]:
    """Return the pending articles, each once, none of which another file is completed."""
    done = {head.key for head in documents.articles.values() if head.status == COMPLETED}
    pending = [one for one in documents.articles.values() if one.status == PENDING and one.key not in done]
    ordered = sorted(pending, key=lambda one: goes_first(one.path, is_completed=False), reverse=True)
    return sorted({one.key: one for one in ordered}.values(), key=lambda one: one.path)


def _duplicates(documents: Documents) -> tuple[tuple[str, ...], ...]:
    files: defaultdict[str, list[str]] = defaultdict(list)
    for path, head in sorted(documents.articles.items()):
        files[head.key].append(path)
    return tuple(tuple(paths) for paths in files.values() if len(paths) > 1)


def _listed(documents: Documents, among: Titles) -> Iterator[Listed]:
    """Yield the batches that list articles of which not all are completed."""
    for path, state in documents.states.items():
        for batch in state.plan.batches:
            heads = {name: named(name, among) for name in batch.articles}
            found = [one for one in heads.values() if one]
            waiting = [one[0].path for one in found if not any(head.status == COMPLETED for head in one)]
            gone = tuple(name for name, one in heads.items() if not one)
            if waiting or (gone and not batch.ticked):
                yield Listed(
                    number=batch.number,
                    path=path,
                    line=batch.line,
                    done=len(found) - len(waiting),
                    total=len(batch.articles),
                    open=tuple(waiting),
                    gone=gone,
                )


def _left_out(
    documents: Documents, excluded: Collection[str], broken: Collection[str], among: Titles
) -> Iterator[LeftOut]:
    """Yield the pending articles that cannot be expanded, or that the settings or a document call no goal."""
    for path, head in sorted(documents.articles.items()):
        if head.status == PENDING and (path in (*excluded, *broken) or not head.has_text):
            why = "excluded" if path in excluded else "broken" if path in broken else "empty"
            yield LeftOut(path=path, reason=Phrase.of(f"plans.out-{why}"))
    for path, state in documents.states.items():
        for section in sections(state.current):
            if not re.search(_NO_GOAL, section.title, re.IGNORECASE):
                continue
            for line, _, entry in items(section.lines):
                heads = named(re.sub(r"\A\[[ xX]\][ \t]*", "", entry), among)
                for head in heads if len({one.key for one in heads}) == 1 else ():
                    if head.status == PENDING and head.path not in excluded:
                        yield LeftOut(path=head.path, reason=Phrase.of("plans.out-goal", place=f"{path}:{line.number}"))


def _groups(documents: Documents, free: Sequence[ArticleHead], series: Sequence[Series], most: int) -> Iterator[Group]:
    """Yield what the waiting articles can be taken as: the rest of a series, or of a topic."""
    waiting = {head.key for head in free}
    cited = _cited(documents)
    hot = _hot(documents)
    for one in series:
        heads = [member.head for member in one.members if member.head.key in waiting]
        if heads:
            yield _series(one, heads, most, hot, cited)
    for tag, heads, every in _topics(documents, free):
        done = sum(head.status == COMPLETED for head in every)
        reasons = [Phrase.of("plans.why-topic", total=len(every), done=done)]
        yield _group("topic", tag, heads, most, reasons, 2 if done else 1, hot, cited)


def _topics(
    documents: Documents, free: Sequence[ArticleHead]
) -> Iterator[tuple[str, list[ArticleHead], Collection[ArticleHead]]]:
    """Yield the tags that several waiting articles bear and not too many of all, with the former and the latter."""
    all_by_tag = _tagged(documents, documents.articles.values())
    for tag, heads in _tagged(documents, free).items():
        every = {head.key: head for head in all_by_tag[tag]}
        if len(heads) >= _FEWEST and len(every) <= max(_FEWEST, _GENERAL * len(documents.articles)):
            yield tag, heads, every.values()


def _series(one: Series, heads: Sequence[ArticleHead], most: int, hot: Mapping[str, str], cited: Counter[str]) -> Group:
    total, done = len(one.members), one.completed
    ends = done + len(heads[:most]) == total
    key = "why-series" if not done else "why-series-ends" if ends else "why-series-begun"
    reasons = [Phrase.of(f"plans.{key}", done=done, total=total)]
    if one.missing:
        reasons.append(Phrase.of("plans.why-missing", numbers=", ".join(map(str, one.missing))))
    score = 6 if done else 3 if total >= _FEWEST else 1
    return _group("series", one.name, heads, most, reasons, score, hot, cited)


def _group(
    kind: Literal["series", "topic"],
    name: str,
    heads: Sequence[ArticleHead],
    most: int,
    reasons: list[Phrase],
    score: int,
    hot: Mapping[str, str],
    cited: Counter[str],
) -> Group:
    place = next((place for text, place in hot.items() if spelled(name) in text), "")
    taken = tuple(heads[:most])
    count = sum(cited[head.key] for head in taken)
    reasons += [Phrase.of("plans.why-hot", place=place)] if place else []
    reasons += [Phrase.of("plans.why-cited", count=count)] if count else []
    score += (4 if place else 0) + bool(count) + (len(taken) == len(heads))
    return Group(kind=kind, name=name, heads=taken, reasons=tuple(reasons), score=score)


def _tagged(documents: Documents, heads: Collection[ArticleHead]) -> Mapping[str, list[ArticleHead]]:
    """Return the articles by the tags of their front matter."""
    found: defaultdict[str, list[ArticleHead]] = defaultdict(list)
    for head in heads:
        for tag in tags_of(head, documents):
            found[tag].append(head)
    return found


def _hot(documents: Documents) -> Mapping[str, str]:
    """Return what is being talked about by its letters and digits, with its place: TODO focus and new discussions."""
    focus = documents.todo.focus if documents.todo else ()
    told = {spelled(one.value): f"{documents.layout.research_todo}:{one.line}" for one in focus}
    newest = sorted(documents.discussions.items(), key=lambda one: one[1].date, reverse=True)[:_RECENT]
    return told | {spelled(talk.title): path for path, talk in newest if talk.date}


def _cited(documents: Documents) -> Counter[str]:
    """Count how often completed articles refer to each other article, by archive link or by file name."""
    names = {path.rpartition("/")[2]: head.key for path, head in documents.articles.items()}
    found: Counter[str] = Counter()
    for path, head in documents.articles.items():
        if head.status == COMPLETED:
            text = documents.texts[path]
            numbers = {match[1] for match in ARCHIVE.finditer(text)}
            files = {names.get(name, "") for name in re.findall(r"\]\(<?(?:[^()<>\s]*/)?([^()<>/\s]+\.md)", text)}
            found.update((numbers | files) - {head.key, ""})
    return found
