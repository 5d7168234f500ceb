"""The layers hold: imports run downwards, the pure packages touch nothing, features do not know each other."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

AGENT = Path(__file__).parents[1] / "agent"
FEATURES = {"context", "socratic", "expansion", "research", "site", "upkeep"}
LAYERS = (
    {"errors", "settings", "words", "assets"},
    {"text"},
    {"standard"},
    {"notes"},
    {"workspace", "model"},
    {"bookkeeping"},
    FEATURES,
    {"cli", "__main__"},
)
HEIGHT = {package: height for height, layer in enumerate(LAYERS) for package in layer}
PURE = ("text", "standard", "notes")
IMPURE_MODULES = {
    "os",
    "pathlib",
    "shutil",
    "socket",
    "subprocess",
    "time",
    "random",
    "secrets",
    "tempfile",
    "io",
    "sys",
}
IMPURE_CALLS = {"open", "print", "input", "now", "today", "utcnow"}
MODULES = sorted(AGENT.rglob("*.py"))
MAX_FILE_LINES = 350
MAX_FUNCTION_LINES = 40


def room(path: Path) -> str:
    """The package or top-level module a file belongs to."""
    return path.relative_to(AGENT).parts[0].removesuffix(".py")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))


@pytest.fixture(scope="module", autouse=True)
def _let_go() -> Iterator[None]:
    yield
    nodes.cache_clear()  # a hundred megabytes, through which every later garbage collection would go


def imports(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    return path.relative_to(AGENT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_run_only_downwards(path: Path) -> None:
    own = room(path)
    if own == "__init__":
        assert not list(imports(path)), "agent/__init__.py imports nothing"
        return
    for imported in imports(path):
        if imported == "agent.__version__" or not imported.startswith("agent."):
            continue
        other = imported.split(".")[1]
        assert HEIGHT[other] <= HEIGHT[own], f"{own} imports {imported}, which lies above it"
        assert not (own in FEATURES and other in FEATURES and own != other), f"{own} imports the feature {other}"


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) in PURE], ids=name)
def test_pure_packages_touch_no_disk_network_or_clock(path: Path) -> None:
    assert not {imported.split(".")[0] for imported in imports(path)} & IMPURE_MODULES
    called = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    assert not called & IMPURE_CALLS


@pytest.mark.parametrize("package", ["anthropic", "httpx2", "tenacity"])
def test_only_the_model_package_knows_the_api(package: str) -> None:
    users = {room(path) for path in MODULES if any(i.split(".")[0] == package for i in imports(path))}
    assert users <= {"model"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_file_is_long_no_function_is_long_and_nothing_catches_everything(path: Path) -> None:
    if room(path) != "words":
        assert path.read_text(encoding="utf-8").count("\n") <= MAX_FILE_LINES
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            # A command's options stand one in a line above its docstring.
            begins = node.body[1].lineno if room(path) == "cli" and len(node.body) > 1 else node.lineno
            assert (node.end_lineno or 0) - begins < MAX_FUNCTION_LINES, node.name
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert "Exception" not in ast.unparse(node.type).replace("TyperException", "").split(".")[-1:]


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) not in ("cli", "__main__")], ids=name)
def test_only_the_command_line_prints_and_exits(path: Path) -> None:
    called = {node.func.id for node in nodes(path) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"print", "exit", "input"}
