"""What one page asks of the rest of its site: each question is answered once."""

from agent.site.entries import Entry, Lookups, Sitemap
from agent.site.values import Target


class Asking:
    """Answers where the links of the page of a note lead, and remembers the answers."""

    def __init__(self, sitemap: Sitemap, page: Entry) -> None:
        self.lookups = Lookups()
        self.names: dict[str, str | None] = {}
        self._targets: dict[str, Target | None] = {}
        self._resolve = sitemap.resolver(page, self.lookups)
        self._find = sitemap.find

    def resolve(self, target: str) -> Target | None:
        """Return where a link or an image leads."""
        if target not in self._targets:
            self._targets[target] = self._resolve(target)
        return self._targets[target]

    def find(self, name: str) -> str | None:
        """Return the path of the note that a wikilink names."""
        if name not in self.names:
            self.names[name] = self._find(name)
        return self.names[name]
