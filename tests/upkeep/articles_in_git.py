"""A workspace in git whose article loses lines of its original after the first commit."""

import subprocess
from pathlib import Path

from passing_article import PASSING

from agent.workspace.store import Store

PATH = "文章/温度.md"


def write(store: Store, path: str, text: str) -> None:
    place = store.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode())


def commit(root: Path) -> str:
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--allow-empty", "--message=一"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)
    done = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def lost(text: str, share: float) -> str:
    """The article without the last `share` of the lines of its original."""
    start, end = text.index("## 从一个函数说起"), text.index("## 参考")
    lines = text[start:end].splitlines(keepends=True)
    return text[:start] + "".join(lines[: round(len(lines) * (1 - share))]) + text[end:]


ALTERED = lost(PASSING, 0.2)
