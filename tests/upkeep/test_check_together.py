"""What a check sees beyond one article: copies, shared expansions, older standards, commands nobody declares."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from passing_article import ORIGINAL, PASSING, standard

from agent.settings import Layout, Settings
from agent.text.formulas import Compiler
from agent.upkeep.check import CheckReport, check
from agent.upkeep.check_report import as_json, as_text
from agent.upkeep.start import adopt, examine, report
from agent.workspace.store import Store

OTHER = PASSING.replace("archives/1001", "archives/1002")
UNDECLARED = "\n设 $\\msign(x)$、$\\msign(y)$ 与 $\\tr(z)$，另有 $\\tr(w)$。\n\n## 公式推导与注释\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def put(store: Store, **files: str) -> None:
    for name, text in files.items():
        (store.root / f"{name}.md").write_bytes(text.encode())


def checked(store: Store, *paths: str, macros: Mapping[str, str] | None = None) -> CheckReport:
    compiler = Compiler(macros or {})
    return check(store, paths, standard=standard(), compiler=compiler, layout=Layout(), language="zh")


def rules(found: CheckReport) -> dict[str, list[str]]:
    return {article.path: [finding.rule for finding in article.judgement.findings] for article in found.articles}


def test_an_article_in_two_files_is_found_also_when_one_of_them_is_asked_for(store: Store) -> None:
    put(store, 甲=PASSING, 乙=ORIGINAL, 丙=OTHER.replace("\n", "\r\n"), 笔记="见 https://example.org/archives/1001\n")
    assert rules(checked(store, "甲.md")) == {"甲.md": ["duplicate-article"]}
    (finding,) = checked(store, "甲.md").articles[0].judgement.findings
    assert (finding.line, finding.wanted) == (5, "乙.md")
    assert checked(store, "甲.md").exit_code == 0
    assert checked(store, "甲.md").articles[0].judgement.passed


def test_an_expansion_under_two_articles_is_named_in_both(store: Store) -> None:
    put(store, 甲=PASSING, 乙=OTHER, 丙=ORIGINAL.replace("archives/1001", "archives/1003"))
    assert rules(checked(store)) == {
        "甲.md": ["duplicate-expansion"],
        "乙.md": ["duplicate-expansion"],
        "丙.md": ["part-missing"] * 5,
    }


def test_articles_completed_under_an_older_standard_are_counted(store: Store) -> None:
    put(store, 甲=PASSING.replace("2025-11-24", "2025-06-01", 1), 乙=PASSING.replace("archives/1001", "archives/9"))
    for language in ("zh", "en"):
        text = as_text(checked(store), language)  # type: ignore[arg-type]
        assert "five-part/2025-06-01" in text.split("\n")[-1]
    assert "standard-older" in str(as_json(checked(store), "en"))


def test_the_last_line_offers_the_commands_that_nobody_declares(store: Store) -> None:
    put(store, 甲=ORIGINAL.replace("\n## 公式推导与注释\n", UNDECLARED))
    for language in ("zh", "en"):
        last = as_text(checked(store), language).split("\n")[-1]  # type: ignore[arg-type]
        assert "\\msign (2), \\tr (2)" in last
        assert "[macros]" in last
        assert "4" in last
        assert '"\\\\tr" = "\\\\operatorname{tr}"' in last
    declared = checked(store, macros={"\\msign": "m", "\\tr": "t"})
    assert "[macros]" not in as_text(declared, "zh")


def test_adoption_reports_and_writes_the_macros_it_found(store: Store) -> None:
    put(store, 甲=ORIGINAL.replace("\n## 公式推导与注释\n", UNDECLARED), 笔记="$\\unknown$ $\\unknown$\n")
    adoption = examine(store.root)
    assert "\\msign, \\tr" in report(adoption, "zh")
    settings = adopt(store.root, adoption, naming="", journal_in_git=False, language="zh")
    assert settings.macros == {"\\msign": "\\operatorname{msign}", "\\tr": "\\operatorname{tr}"}
    written = (store.root / "wenqu.toml").read_text(encoding="utf-8")
    assert tomllib.loads(written)["macros"] == settings.macros
    assert "formula-broken" not in rules(checked(store, macros=settings.macros))["甲.md"]


def test_adoption_of_articles_that_need_no_macros_says_nothing_of_them(store: Store) -> None:
    put(store, 甲=ORIGINAL)
    adoption = examine(store.root)
    assert adoption.settings.macros == Settings().macros
    assert "[macros]" not in report(adoption, "en")
