"""What one page asks of the rest of its site, remembered so that the same can be asked again."""

import json
from collections.abc import Mapping
from dataclasses import replace

from agent.site.entries import Entry, Lookups, Sitemap
from agent.site.kept import Asked
from agent.site.pages import Frame
from agent.site.values import Target
from agent.workspace.index import digest


class Asking:
    """Answers where the links of the page of a note lead, and remembers the questions."""

    def __init__(self, sitemap: Sitemap, page: Entry) -> None:
        self.lookups = Lookups()
        self.targets: dict[str, Target | None] = {}
        self.names: dict[str, str | None] = {}
        self._resolve = sitemap.resolver(page, self.lookups)
        self._find = sitemap.find

    def resolve(self, target: str) -> Target | None:
        """Return where a link or an image leads."""
        if target not in self.targets:
            self.targets[target] = self._resolve(target)
        return self.targets[target]

    def find(self, name: str) -> str | None:
        """Return the path of the note that a wikilink names."""
        self.names[name] = self._find(name)
        return self.names[name]

    @property
    def questions(self) -> str:
        """What was asked, as JSON."""
        return json.dumps([[*self.targets], [*self.names]], ensure_ascii=False)

    def ask(self, questions: str) -> None:
        """Ask what another has asked."""
        targets, names = json.loads(questions)
        for target in targets:
            self.resolve(target)
        for name in names:
            self.find(name)

    def asked(self, frame: Frame, stamps: Mapping[str, str]) -> Asked:
        """Return what was asked with its answers, and what stands around the page; `stamps` are the notes' by path.

        The verdict is left out: it is no other note's matter.
        """
        return Asked(
            questions=self.questions,
            files=self.lookups.files,
            headings={path: stamps[path] for path in self.lookups.headings},
            answers=digest(replace(frame, verdict=None), [*self.targets.values()], [*self.names.values()]),
        )
