# ruff: noqa: INP001 - a script, started by `make bench-site`
"""The pages: building them beside what others need for less, and what a change and no change take: `make bench-site`.

The workspace is 356 articles, copies of the real ones where they lie beside this checkout, else made of the
demonstration's. Others do less: neither sets formulas, cleans, searches nor judges. Nothing is asserted.
"""

import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any, Final

from speed import REAL_ARTICLES, Row, articles_workspace, printed, real_workspace, run, timed

from agent.__main__ import GARBAGE_THRESHOLD
from agent.cli.desk import Desk
from agent.cli.publishing import build_pages
from agent.site.markup import safe_html
from agent.text.formulas import Compiler
from agent.text.frontmatter import body_start
from agent.text.outline import outline
from agent.workspace.configuration import read_settings
from agent.workspace.store import Store

UNTIL_TRUSTED_SECONDS: Final = 2.2
IMPORTED: Final = (
    "agent.bookkeeping.known",
    "agent.context.report",
    "agent.site.build",
    "agent.site.listed",
    "agent.site.templating",
    "agent.standard.gate",
    "agent.workspace.standards",
    "comrak",
    "frontmatter",
    "jinja2",
    "math_core",
    "nh3",
    "platformdirs",
    "pygments.lexers.python",
    "yaml",
)
"""What a build imports; its own work is measured without."""

RUNS: Final = 5


def main(argv: Sequence[str]) -> int:
    """Measure and print the table.

    `--core FOLDER OUT` is the child that builds once and prints what it took, `--saves` one that builds at every save,
    `--engines` one that builds nothing.
    """
    if argv[:1] == ["--engines"]:
        sys.stdout.write(json.dumps(engines(Path(argv[1]))))
        return 0
    if argv[:1] in (["--core"], ["--saves"]):
        gc.set_threshold(GARBAGE_THRESHOLD)
        for name in IMPORTED:
            import_module(name)
        sys.stdout.write(json.dumps((core if argv[0] == "--core" else saves)(Path(argv[1]), Path(argv[2]))))
        return 0
    with tempfile.TemporaryDirectory(prefix="wenqu-bench-") as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        printed(_rows(Path(folder)))
    return 0


def core(root: Path, out: Path) -> tuple[float, float, int, int]:
    """Build once; return milliseconds, those of the processor, formulas found and formulas broken."""
    settings = read_settings(root, options={}, environ={}).settings
    desk = Desk(store=Store(root), settings=settings, language="zh", color=False, at_end=ExitStack())
    began, worked = time.perf_counter(), _processor()
    built = build_pages(desk, out)
    took, work = 1000 * (time.perf_counter() - began), 1000 * (_processor() - worked)
    return took, work, sum(page.formulas for page in built.pages), sum(len(page.broken) for page in built.pages)


def saves(root: Path, out: Path) -> float:
    """Change an article and build, again and again, as `wenqu site serve` does; return milliseconds of processor."""
    core(root, out)
    return median(core(root, out)[1] for number in range(RUNS) if _change(root, number))


def engines(root: Path) -> float:
    """Let the engines alone set every formula, render and clean every note; return milliseconds of processor."""
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(root.rglob("*.md"))]
    formulas = [formula for text in texts for formula in outline(text).formulas]
    compiler, worked = Compiler({}), _processor()
    for formula in formulas:
        compiler.mathml(formula)
    for text in texts:
        safe_html(text)
    return 1000 * (_processor() - worked)


def _rows(folder: Path) -> Iterator[Row]:
    is_real = REAL_ARTICLES.is_dir()
    root = real_workspace(folder / "real") if is_real else articles_workspace(folder / "made")
    out, count = folder / "site", len(list(root.rglob("*.md")))
    kind = "copies of real ones" if is_real else "made"
    time.sleep(UNTIL_TRUSTED_SECONDS)

    def child(how: str = "--core") -> Any:
        return json.loads(run(sys.executable, __file__, how, str(root), str(out)))

    first = child()
    whole = [child() for _ in range(RUNS) if not shutil.rmtree(out)]
    peer = "  ".join(filter(None, (_markdown_peer(root), _hugo_peer(root, folder / "hugo"))))
    work = median(one[1] for one in whole)
    yield Row(
        work=f"site build, {count} articles ({kind}), {int(first[2]):,} formulas, verdicts known",
        measured=median(one[0] for one in whole),
        target=1200,
        peer=peer,
    )
    yield Row(
        work="… its work of the processor",
        measured=work,
        floor=json.loads(run(sys.executable, __file__, "--engines", str(root))),
        floor_name="the engines alone: Markdown, formulas, cleaning",
    )
    yield Row(work="… nothing known", measured=first[0], peer=f"{first[1]:,.0f} ms of processor, the gate's included")
    yield Row(work="… formulas set, in 10,000", measured=10_000 * (1 - first[3] / first[2]), unit="", target=None)
    unchanged = [child() for _ in range(RUNS)]
    yield Row(work="… nothing changed", measured=median(one[0] for one in unchanged), target=30)
    changed = [child() for number in range(RUNS) if _change(root, number)]
    yield Row(work="… one article changed", measured=median(one[1] for one in changed), target=60)
    titled = [child() for number in range(RUNS) if _retitle(root, number)]
    yield Row(work="… one title changed", measured=median(one[1] for one in titled))
    yield Row(work="… one article saved under `wenqu site serve`", measured=child("--saves"), target=60)


def _change(root: Path, number: int) -> bool:
    time.sleep(UNTIL_TRUSTED_SECONDS)  # a person saves one article at a time; one just saved is read anew each time
    article = sorted(root.rglob("*.md"))[number]
    article.write_bytes(article.read_bytes() + b"\nOne more sentence.\n")
    return True


def _retitle(root: Path, number: int) -> bool:
    time.sleep(UNTIL_TRUSTED_SECONDS)
    article = sorted(root.rglob("*.md"))[number]
    text = article.read_bytes()
    article.write_bytes(text.replace(b"\ntitle: ", b"\ntitle: New ", 1))
    return b"\ntitle: " in text


def _processor() -> float:
    """Return the seconds of processor that this process and its ended children have used."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _markdown_peer(root: Path) -> str:
    with suppress(ImportError):
        markdown = import_module("markdown")
        texts = [file.read_text(encoding="utf-8", errors="replace") for file in root.rglob("*.md")]
        took = timed(lambda: [markdown.markdown(text, extensions=["extra"]) for text in texts])
        return f"Python-Markdown {took:,.0f} ms"
    return ""


def _hugo_peer(root: Path, folder: Path) -> str:
    """Let Hugo render the same files, without their front matter: it gives up the whole site for a bad one."""
    hugo = shutil.which("hugo", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if not hugo:
        return ""
    for file in root.rglob("*.md"):
        text = file.read_text(encoding="utf-8", errors="replace")
        copy = folder / "content" / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text[body_start(text) :], encoding="utf-8")
    (folder / "hugo.toml").write_text('baseURL = "/"\n', encoding="utf-8")
    (folder / "layouts/_default").mkdir(parents=True)
    for name in ("single", "list"):
        (folder / f"layouts/_default/{name}.html").write_text("{{ .Content }}", encoding="utf-8")
    command = [hugo, "--source", str(folder), "--destination", str(folder / "out"), "--quiet"]
    ended = [0]
    took = timed(lambda: ended.append(subprocess.run(command, check=False, capture_output=True).returncode))  # noqa: S603
    return f"Hugo without front matter {took:,.0f} ms{' and it failed' if ended[-1] else ''}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
