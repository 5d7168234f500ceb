"""Recognises where each kind of note of a workspace lives, by name and by shape."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, Literal

from agent.notes.kinds import NAMES, is_article, is_below
from agent.settings import Layout
from agent.text.tokens import is_chinese
from agent.words import Language
from agent.workspace.naming_rules import NamingRule, find_naming_rules, misnumbered

Role = Literal[
    "working_memory",
    "progress",
    "article_progress",
    "research_todo",
    "roadmap",
    "inbox",
    "discussions",
    "notes",
    "articles",
    "question_list",
    "record",
]

_ROADMAP_NAME: Final = (
    r"路线图|研究计划|(阅读|读书|论文)(计划|路线|清单|列表)|road[-_ ]?map|(reading|paper)s?[-_ ]?(list|plan|map)"
    r"|research[-_ ]?plan"
)
_ROADMAP_SHAPE: Final = (
    r"[ \t]*(?:[-*]|\d+\.)[ \t]+(?:\[[ xX]\] )?"
    r"(?:\*\*[^*\n]+\*\*[ \t]*\((?:19|20)\d\d|(?:作者|发表|authors?|venue)[:：])"
    r"|#+ .*(论文|必读|\bpapers\b|must[- ]reads?)|\|[ \t]*(论文|标题|papers?|title)[ \t]*\|"
)
# For each document: the words of its name, and what its lines look like whatever it is called.
_DOCUMENTS: Final[Mapping[Role, tuple[str, str]]] = {
    "working_memory": (
        r"工作记忆|working[-_ ]?memory",
        r"#+ .*(概况|目标|进度|工作(方法|流程|习惯)|洞察|下一步|overview|goals|progress|habits|insights|next step)",
    ),
    "article_progress": (
        r"进度与(执行)?计划|(article|batch)[-_ ]?(progress|plan)",
        r"#+ .*(批次|进度|batch|progress)|.*status: (completed|pending)",
    ),
    "progress": (
        r"学习进度|^(learning[-_ ]?)?progress$",
        r"#+ .*(阶段|第 ?\d+ ?周|phase|week|lecture)|\| *(任务|task) *\|",
    ),
    "research_todo": (
        r"todo|待办|research[-_ ]?list",
        r" *- \[[ xX]\] |\*\*(优先级|预计时间|priority|estimate)",
    ),
    "roadmap": (_ROADMAP_NAME, _ROADMAP_SHAPE),
    "inbox": (
        r"^((我的)?(想法|灵感|点子|收件箱|收集箱)[页清单列表收集记录本]*|(my[-_ ])?(inbox|ideas?)([-_ ](page|list))?)$",
        r"#+ .*(?<!\d)20\d\d ?[-/.年] ?\d\d?月?[ \t]*\r?$",
    ),
}
# A document called progress alone is that of articles where it plans more batches than it has lectures or weeks.
_BATCH: Final = re.compile(r"(?im)^[^\w\n]*(?:第 ?[\d一二三四五六七八九十]+ ?批|batch \d)")
_LESSON: Final = re.compile(r"(?im)^#+[^\w\n]*(?:第 ?[\d一二三四五六七八九十]+ ?[周讲]|week|lecture)")
# A document called todo is a page of ideas where months head it and what it lists are no boxes.
_LISTED: Final = re.compile(r"(?m)^[ \t]*[-*+] (?P<box>\[[ xX]\] )?")
_FOLDERS: Final[Mapping[Role, str]] = {
    "discussions": r"深度讨论|讨论|(deep[-_ ]?)?discussions?",
    "notes": r"学习笔记|笔记|((lecture|study)[-_ ]?)?notes?",
    "articles": r"文章|博客|articles?|posts?|blog",
}
_FILES: Final[Mapping[Role, str]] = {"question_list": NAMES["list"], "record": NAMES["record"]}
_ANYWHERE: Final = Layout(articles=".", notes="", discussions="", working_memory="", progress="", research_todo="")
_SHAPE_LINES: Final = 5
_SHAPE_SHARE: Final = 0.02
_TITLE: Final = re.compile(r"(?m)^# +(.+?)[ \t]*\r?$")
_ARTICLE_SHARE: Final = 0.8
_NEW_FOLDER: Final[Mapping[Language, str]] = {"zh": "深度讨论", "en": "discussions"}
_NEW_NAME: Final[Mapping[Language, str]] = {"zh": "{topic}深度讨论.md", "en": "{topic}-discussion.md"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file or folder taken for a role, with the line that shows it (0: the name does)."""

    role: Role
    path: str
    line: int = 0
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a workspace was recognised to hold; `unsure` are places that could be meant as well, or only look so."""

    layout: Layout
    language: Language
    places: tuple[Place, ...]
    unsure: tuple[Place, ...]
    naming_rules: tuple[NamingRule, ...]


def recognise(texts: Mapping[str, str]) -> Recognised:
    """Recognise a workspace from its notes' texts by path; pure.

    A document is known by its file's name; without one of that name, by what its lines look like, surely only when its
    title agrees. The articles' folder is the deepest that holds four fifths of the articles; without any, the one that
    bears that name. Where there is no folder for discussions, the layout names the one to be created.
    """
    paths = sorted(texts, key=lambda path: (path.count("/"), path))
    folders = {role: _folder(role, paths) for role in _FOLDERS}
    discussions = next((place.path for place in folders["discussions"][0]), "")
    known = replace(_ANYWHERE, discussions=discussions)
    articles = {path: _article(path, texts[path]) for path in paths if is_article(path, texts[path], known)}
    others = {path: texts[path] for path in paths if path not in articles}
    found = [
        *(_document(role, others) for role in _DOCUMENTS),
        folders["discussions"],
        folders["notes"],
        _articles_folder(articles) if articles else (folders["articles"][0], []),
    ]
    places = tuple(place for sure, _ in found for place in sure) + tuple(_files(paths))
    at = {place.role: place.path for place in reversed(places)}
    language = _language(texts)
    rules = find_naming_rules(at.get("discussions", ""), texts)
    return Recognised(
        layout=replace(_layout(at, language, rules), ordinals=_ordinals(at.get("notes", ""), paths)),
        language=language,
        places=places,
        unsure=tuple(place for _, unsure in found for place in unsure),
        naming_rules=rules,
    )


def role_by_name(path: str) -> Role | None:
    """Return the role of a document whose name alone is known, None where it tells none."""
    stem = PurePosixPath(path).stem
    return next((role for role in _DOCUMENTS if _is_called(role, stem, "")), None)


def _language(texts: Mapping[str, str]) -> Language:
    chinese = sum(is_chinese(text) for text in texts.values())
    return "zh" if 2 * chinese >= len(texts) else "en"


def _document(role: Role, texts: Mapping[str, str]) -> tuple[list[Place], list[Place]]:
    """Return the place of a document, if sure, and further candidates."""
    name, shape = (re.compile(pattern, re.IGNORECASE) for pattern in _DOCUMENTS[role])
    lines = {path: _matching(shape, text) for path, text in texts.items()}
    named = [path for path, text in texts.items() if _is_called(role, PurePosixPath(path).stem, text)]
    if named:
        named.sort(key=lambda path: (path.count("/"), -len(lines[path])))
        places = [Place(role=role, path=path, evidence=PurePosixPath(path).name) for path in named]
        return places[:1], places[1:]
    taken = "|".join([words for words, _ in _DOCUMENTS.values()] + list(_FILES.values()))
    shaped = [
        Place(role=role, path=path, line=found[0][0], evidence=found[0][1])
        for path, found in lines.items()
        if len(found) >= max(_SHAPE_LINES, _SHAPE_SHARE * texts[path].count("\n"))
        and not re.search(taken, PurePosixPath(path).stem, re.IGNORECASE)
    ]
    titled = [place for place in shaped if (title := _TITLE.search(texts[place.path])) and name.search(title[1])]
    return titled[:1], titled[1:] or [place for place in shaped if place not in titled]


def _is_called(role: Role, stem: str, text: str) -> bool:
    """Say whether a document's name gives it the role; what a mere “progress” or “todo” is of, its text decides."""
    fits = {
        one: bool(re.search(_DOCUMENTS[one][0], stem, re.IGNORECASE)) for one in (role, "progress", "research_todo")
    }
    if role == "roadmap":  # many a plan names no paper
        return fits[role] and bool(_matching(re.compile(_DOCUMENTS[role][1], re.IGNORECASE), text))
    if role in {"research_todo", "inbox"} and fits["research_todo"]:
        return _holds_ideas(text) == (role == "inbox")
    if role not in {"progress", "article_progress"} or not fits["progress"]:
        return fits[role]
    of_articles = len(_BATCH.findall(text)) > len(_LESSON.findall(text))
    return of_articles == (role == "article_progress")


def _holds_ideas(text: str) -> bool:
    boxes = [bool(match["box"]) for match in _LISTED.finditer(text)]
    months = _matching(re.compile(_DOCUMENTS["inbox"][1]), text)
    return bool(months) and 2 * sum(boxes) < len(boxes)


def _matching(shape: re.Pattern[str], text: str) -> list[tuple[int, str]]:
    return [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if shape.match(line)]


def _folder(role: Role, paths: Sequence[str]) -> tuple[list[Place], list[Place]]:
    parents = {parent for path in paths for parent in PurePosixPath(path).parents}
    fitting = [folder for folder in parents if re.fullmatch(_FOLDERS[role], folder.name, re.IGNORECASE)]
    fitting.sort(key=lambda folder: (len(folder.parts), folder))
    places = [Place(role=role, path=folder.as_posix(), evidence=folder.name) for folder in fitting]
    return places[:1], places[1:]


def _article(path: str, text: str) -> Place:
    """Return an article with the line of its status."""
    lines = enumerate(text.split("\n"), start=1)
    number, line = next((number, line.strip()) for number, line in lines if "status" in line)
    return Place(role="articles", path=path, line=number, evidence=line)


def _articles_folder(articles: Mapping[str, Place]) -> tuple[list[Place], list[Place]]:
    """Return the folder of most articles, and the articles outside of it."""
    held = Counter(folder for path in articles for folder in PurePosixPath(path).parents)
    fitting = [folder for folder, count in held.items() if count >= _ARTICLE_SHARE * len(articles)]
    folder = max(fitting, key=lambda folder: len(folder.parts))
    outside = [place for path, place in articles.items() if folder not in PurePosixPath(path).parents]
    first = next(place for place in articles.values() if place not in outside)
    evidence = f"{first.path}:{first.line}: {first.evidence}"
    return [Place(role="articles", path=folder.as_posix(), line=first.line, evidence=evidence)], outside


def _files(paths: Sequence[str]) -> Iterator[Place]:
    for role, name in _FILES.items():
        for path in paths:
            stem = PurePosixPath(path).stem
            if re.search(name, stem, re.IGNORECASE):
                yield Place(role=role, path=path, evidence=stem)


def _ordinals(notes: str, paths: Sequence[str]) -> str:
    """Return the rule for the ordinals of lecture folders: none where all of them have one digit."""
    below = (folder.as_posix() for path in paths for folder in PurePosixPath(path).parents)
    folders = {folder for folder in below if is_below(folder, notes)}
    one_digit = misnumbered(folders, in_force=True) and not misnumbered(folders, in_force=False)
    return "" if one_digit else Layout().ordinals


def _layout(at: Mapping[Role, str], language: Language, rules: Sequence[NamingRule]) -> Layout:
    return Layout(
        articles=at.get("articles", ""),
        notes=at.get("notes", ""),
        discussions=at.get("discussions", _NEW_FOLDER[language]),
        working_memory=at.get("working_memory", ""),
        progress=at.get("progress", at.get("article_progress", "")),
        research_todo=at.get("research_todo", ""),
        roadmap=at.get("roadmap", ""),
        inbox=at.get("inbox", ""),
        discussion_name=rules[0].pattern if rules else _NEW_NAME[language],
    )
