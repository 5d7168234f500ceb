"""`wenqu demo`: the stage of an offline tour: a copied workspace, and a local stand-in that sends recorded replies."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from agent import assets
from agent.model.fake import FakeServer, Scripted
from agent.upkeep.start import init
from agent.words import Language
from agent.workspace.configuration import read_settings
from agent.workspace.history import git

_TASK: Final = re.compile(r"<task>([\w.]+)</task>\s*\Z")
_ANSWER: Final = re.compile(r"<answer>\s*(.*?)\s*</answer>", re.DOTALL)
_ARTICLE: Final[Mapping[Language, str]] = {
    "zh": "文章/logsumexp与softmax的温度.md",
    "en": "articles/logsumexp-and-softmax-temperature.md",
}
_AUTHOR: Final = ("-c", "user.name=wenqu", "-c", "user.email=wenqu@localhost")
_OF_THE_USER: Final = ("ANTHROPIC_", "WENQU_")
_RECORDED: Final = ("--model", "claude-recorded")
"""A model without a price, for its replies cost nothing; no command of the user's own takes its place."""

_SHOWN_LINES: Final = 45
_PACE_SECONDS: Final = 0.01
"""Between two pieces of a reply, so that a person sees it arrive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the tour: its title (a key of the catalogue), the command typed, or the document shown.

    `unseen` are the options that bring in what was recorded.
    """

    title: str
    argv: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    shows_discussion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The prepared tour."""

    folder: Path
    address: str
    language: Language
    discussions: Path
    known: frozenset[Path]

    def steps(self) -> tuple[Step, ...]:
        """Return the steps in order."""
        article = _ARTICLE[self.language]
        script = str(assets.folder("demo") / self.language / "learner.txt")
        return (
            Step(title="upkeep.demo-step-context", argv=("context",)),
            Step(title="upkeep.demo-step-socratic", argv=("socratic", "Q2"), unseen=("--script", script, *_RECORDED)),
            Step(title="upkeep.demo-step-document", shows_discussion=True),
            Step(title="upkeep.demo-step-expand", argv=("expand", article), unseen=("--yes", *_RECORDED)),
            Step(title="upkeep.demo-step-check", argv=("check", article)),
        )

    def new_discussion(self) -> str:
        """Return the first sections of the discussion document that the session wrote, with its path."""
        written = sorted(set(self.discussions.glob("*.md")) - self.known)
        if not written:
            return ""
        lines = written[0].read_text(encoding="utf-8").splitlines()
        end = max(at for at, line in enumerate([*lines, "## "]) if line.startswith("## ") and at <= _SHOWN_LINES)
        return "\n".join([written[0].relative_to(self.folder).as_posix(), "", *lines[:end], "…"])


@contextmanager
def stage(folder: Path | None, language: Language, environ: MutableMapping[str, str]) -> Iterator[Scene]:
    """Prepare the tour in `folder` (a new temporary one by default) and point `environ` at the stand-in meanwhile.

    A model of the user's own, in the environment or in the settings file, is out of reach until the end. Raises
    BadArgument when `folder` holds anything.
    """
    folder = folder or Path(tempfile.mkdtemp(prefix="wenqu-demo-"))
    init(folder, language=language)
    git(folder, "config", "core.quotepath", "off")  # git then shows Chinese names as they are
    git(folder, "add", "--all")
    git(folder, *_AUTHOR, "commit", "--quiet", "--message=starter workspace")
    discussions = folder / read_settings(folder, options={}, environ={}).settings.layout.discussions
    with FakeServer(_recording(assets.folder("demo") / language)) as server:
        before = dict(environ)
        try:
            for name in before:
                if name.startswith(_OF_THE_USER):
                    del environ[name]
            environ.update(ANTHROPIC_BASE_URL=server.base_url, ANTHROPIC_API_KEY=server.key, WENQU_LANGUAGE=language)
            yield Scene(
                folder=folder,
                address=server.base_url,
                language=language,
                discussions=discussions,
                known=frozenset(discussions.glob("*.md")),
            )
        finally:
            environ.clear()
            environ.update(before)


def _recording(folder: Path) -> "_Recording":
    files = {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}
    drafts = {
        task: [(fault["kept"], fault["drafted"]) for fault in faults]
        for task, faults in json.loads(files["first_draft"]).items()
    }
    return _Recording(tutor=json.loads(files["tutor"]), parts=files, drafts=drafts, learner=files["learner"])


class _Recording:
    """Answers each request with the reply recorded for its task; a tutor's by the learner's words it is about.

    `drafts` are the faults that the first draft of a part had, each with what stands in its place after the repair.
    """

    def __init__(
        self,
        *,
        tutor: Mapping[str, Any],
        parts: Mapping[str, str],
        drafts: Mapping[str, Sequence[tuple[str, str]]],
        learner: str,
    ) -> None:
        self._tutor = tutor
        self._parts = parts
        self._drafts = drafts
        said = [line for line in learner.splitlines() if line and not re.fullmatch(r"/.*|[1-5]", line)]
        # Nobody judges what is summed up at the end.
        self._turns = dict(zip(said[:-1], tutor["turns"], strict=True))
        self._hints = iter(tutor["hints"])
        self._asked: set[str] = set()

    def __call__(self, body: Mapping[str, Any]) -> Scripted:
        """Return the recorded reply to a request; the task stands at the end of its last message."""
        text = "".join(block["text"] for block in body["messages"][-1]["content"])
        task = _TASK.search(text)
        return Scripted(text=self._reply(task[1] if task else "", text), pace_seconds=_PACE_SECONDS)

    def _reply(self, task: str, text: str) -> str:
        if task == "socratic.gold":
            return json.dumps(self._tutor["gold"], ensure_ascii=False)
        if not task.startswith("socratic."):
            return self._expansion(task)
        if task in self._parts:
            return self._parts[task]
        answer = _ANSWER.findall(text)[-1].strip()
        turn = self._turns[answer]
        if task == "socratic.diagnose":
            return json.dumps(turn["diagnosis"], ensure_ascii=False)
        if answer in self._asked:
            return str(next(self._hints, turn["question"]))
        self._asked.add(answer)
        return str(turn["question"])

    def _expansion(self, task: str) -> str:
        """Return a part as it was first drafted, and whole when its repair is asked for."""
        if task == "expand.repair":
            return self._parts[next(iter(self._drafts))]
        text = self._parts.get(task, "")
        for kept, drafted in self._drafts.get(task, ()):
            text = text.replace(kept, drafted)
        return text
