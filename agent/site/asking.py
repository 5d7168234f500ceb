"""What one page asks of the rest of its site, remembered so that the same can be asked again."""

from collections.abc import Collection, Mapping

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


def asked(
    sitemap: Sitemap, frame: Frame, targets: Collection[str], names: Collection[str], stamps: Mapping[str, str]
) -> Asked:
    """Return the questions of a page with what a site answers to them, and what stands around it.

    `stamps` are those of the notes by path.

    A site without texts will do, so that none is read: where a link names a heading, the note's stamp tells enough.
    """
    asking = Asking(sitemap, frame.entry)
    answers = digest(frame, [asking.resolve(target) for target in targets], [asking.find(name) for name in names])
    return Asked(
        targets=tuple(targets),
        names=tuple(names),
        files=asking.lookups.files,
        headings={path: stamps[path] for path in asking.lookups.headings},
        answers=answers,
    )
