"""The program's settings as one frozen value; `agent.workspace.configuration` reads it from files and environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from agent.words import Language

MOST_URGENT: Final = 3
"""So many topics of the research TODO may be most urgent at once; a list in which all is urgent orders nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where each kind of note lives, relative to the workspace; "" where the workspace has none.

    `roadmap` is the reading roadmap, `inbox` the page of ideas; `ordinals` shows how the folders of phases and lectures
    are numbered: "01" with two digits, "" as one likes.
    """

    articles: str = "文章"
    notes: str = "学习笔记"
    discussions: str = "深度讨论"
    working_memory: str = "AI助手工作记忆.md"
    progress: str = "学习进度.md"
    research_todo: str = "深度探索TODO.md"
    roadmap: str = ""
    inbox: str = ""
    discussion_name: str = "{topic}深度讨论.md"
    ordinals: str = "01"

    @property
    def places(self) -> tuple[str, ...]:
        """The folders and documents that the workspace has."""
        folders = (self.articles, self.notes, self.discussions)
        documents = (self.working_memory, self.progress, self.research_todo, self.roadmap, self.inbox)
        return tuple(filter(None, (*folders, *documents)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Which model answers. All but the two model names come only from the user's side, never from a workspace."""

    main: str = "claude-sonnet-5-5"
    cheap: str = "claude-haiku-5-5"
    command: str = ""
    base_url: str = ""
    timeout_seconds: float = 600.0

    @property
    def priced(self) -> str:
        """The model by whose prices answers are paid; "" for a command, which does not tell what it costs."""
        return "" if self.command else self.main


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """What the pages are called, "" as the workspace's folder, and the note they begin with, "" for the summary.

    `base_url` is where they are published, "" for nowhere. `summary` says whether there is a page of the session-start
    summary, `verdicts` whether pages tell what the gate says of articles.
    """

    title: str = ""
    home: str = ""
    base_url: str = ""
    summary: bool = True
    verdicts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a user can set; `exclude` are the articles that a job never takes."""

    language: Language = "zh"
    standard: str = "five-part/2025-11-24"
    layout: Layout = field(default_factory=Layout)
    model: ModelSettings = field(default_factory=ModelSettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    macros: Mapping[str, str] = field(default_factory=dict)
    journal_in_git: bool = False
    exclude: tuple[str, ...] = ()
    most_urgent: int = MOST_URGENT
