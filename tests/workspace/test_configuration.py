"""Settings: which place wins, what a workspace may not say, and what is refused by name."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import BadArgument, NoWorkspace, SettingsInvalid
from agent.settings import Layout, ModelSettings, Settings, SiteSettings
from agent.workspace.configuration import Configuration, find_root, read_settings, render_settings


def read(
    root: Path | None, *, options: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None
) -> Configuration:
    return read_settings(root, options=options or {}, environ=environ or {})


def write_own_file(text: str) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "wenqu" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def write_workspace_file(root: Path, text: str) -> None:
    (root / "wenqu.toml").write_text(text, encoding="utf-8")


def test_the_workspace_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b" / "c"
    inner.mkdir(parents=True)
    write_workspace_file(tmp_path, "")
    assert find_root(inner) == tmp_path
    write_workspace_file(inner.parent, "")
    assert find_root(inner) == inner.parent


def test_no_workspace_anywhere_is_said_with_the_folder(tmp_path: Path) -> None:
    (tmp_path / "wenqu.toml").mkdir()
    with pytest.raises(NoWorkspace) as caught:
        find_root(tmp_path)
    assert caught.value.facts["folder"] == str(tmp_path)


def test_without_files_the_defaults_stand(tmp_path: Path) -> None:
    assert read(None) == read(tmp_path) == Configuration(settings=Settings())


def test_the_command_line_wins_over_environment_workspace_and_own_file(tmp_path: Path) -> None:
    names = []
    for own, workspace, variable, option in (
        ("own", None, None, None),
        ("own", "workspace", None, None),
        ("own", "workspace", "variable", None),
        ("own", "workspace", "variable", "option"),
    ):
        write_own_file(f'[model]\nmain = "{own}"\n')
        write_workspace_file(tmp_path, f'[model]\nmain = "{workspace}"\n' if workspace else "")
        environ = {"WENQU_MODEL_MAIN": variable} if variable else {}
        names.append(read(tmp_path, options={"model.main": option}, environ=environ).settings.model.main)
    assert names == ["own", "workspace", "variable", "option"]


def test_every_table_of_a_workspace_is_read(tmp_path: Path) -> None:
    write_own_file('[macros]\n"\\\\own" = "o"\n"\\\\both" = "own"\n')
    write_workspace_file(
        tmp_path,
        'language = "en"\nstandard = "five-part/2026-01-05"\n[layout]\narticles = "posts/"\nprogress = ""\n'
        '[macros]\n"\\\\both" = "workspace"\n[session]\njournal_in_git = true\n[model]\ncheap = "small"\n'
        '[todo]\nmost_urgent = 5\n[site]\ntitle = "记"\nhome = "./README.md"\n',
    )
    assert read(tmp_path).settings == Settings(
        language="en",
        standard="five-part/2026-01-05",
        layout=Layout(articles="posts", progress=""),
        macros={"\\own": "o", "\\both": "workspace"},
        journal_in_git=True,
        model=ModelSettings(cheap="small"),
        most_urgent=5,
        site=SiteSettings(title="记", home="README.md"),
    )


def test_variables_are_read_as_the_kind_of_their_setting() -> None:
    environ = {
        "WENQU_MODEL_TIMEOUT_SECONDS": "12.5",
        "WENQU_SESSION_JOURNAL_IN_GIT": "true",
        "WENQU_LAYOUT_NOTES": "notes",
        "WENQU_LANGUAGE": "",
        "WENQU_TODO_MOST_URGENT": "4",
    }
    settings = read(None, environ=environ).settings
    assert (settings.model.timeout_seconds, settings.journal_in_git, settings.layout.notes) == (12.5, True, "notes")
    assert settings.most_urgent == 4
    with pytest.raises(BadArgument, match="WENQU_TODO_MOST_URGENT"):
        read(None, environ={"WENQU_TODO_MOST_URGENT": "9" * 5000})


def test_a_workspace_cannot_choose_where_keys_go_or_what_is_run(tmp_path: Path) -> None:
    write_workspace_file(
        tmp_path,
        'base_url = "http://evil.invalid"\n[model]\nmain = "m"\ncommand = "rm"\nbase_url = "http://evil.invalid"\n'
        'api_key = "sk-x"\ntimeout_seconds = 1\n',
    )
    configuration = read(tmp_path)
    assert configuration.settings == replace(Settings(), model=ModelSettings(main="m"))
    keys = ["base_url", "model.command", "model.base_url", "model.api_key", "model.timeout_seconds"]
    assert [(notice.path, notice.key) for notice in configuration.notices] == [("wenqu.toml", key) for key in keys]
    assert "sk-x" not in repr(configuration)


def test_the_user_chooses_the_model_and_its_address() -> None:
    write_own_file('[model]\ncommand = "own"\nbase_url = "http://own"\n')
    assert read(None).settings.model == ModelSettings(command="own", base_url="http://own")
    anthropic = {"ANTHROPIC_BASE_URL": "http://anthropic"}
    assert read(None, environ=anthropic).settings.model.base_url == "http://anthropic"
    ours = anthropic | {"WENQU_MODEL_BASE_URL": "http://ours"}
    assert read(None, environ=ours).settings.model.base_url == "http://ours"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('langauge = "zh"', "langauge"),
        ('language = "fr"', "language"),
        ("language = 3", "language"),
        ('layout = "x"', "layout"),
        ('[layout]\narticels = "x"', "layout.articels"),
        ('[layout]\nnotes = "/etc"', "layout.notes"),
        ('[layout]\nnotes = "a/../../b"', "layout.notes"),
        ('[layout]\nordinals = "1"', "layout.ordinals"),
        ('[layout]\ndiscussion_name = "same.md"', "layout.discussion_name"),
        ('[layout]\ndiscussion_name = "a/{topic}.md"', "layout.discussion_name"),
        ('[layout]\ndiscussion_name = "{topic}-{date}.md"', "layout.discussion_name"),
        ('[session]\njournal_in_git = "yes"', "session.journal_in_git"),
        ("[todo]\nmost_urgent = 0", "todo.most_urgent"),
        ("[todo]\nmost_urgent = true", "todo.most_urgent"),
        ("[todo]\nmost_urgent = 1.5", "todo.most_urgent"),
        ('[site]\nhome = "index.html"', "site.home"),
        ('[site]\nhome = "../README.md"', "site.home"),
        ("[site]\ntitle = 1", "site.title"),
        ('[site]\ntittle = "x"', "site.tittle"),
        ("[macros]\nx = 1", "macros.x"),
        ("[model.main]\nx = 1", "model.main"),
        ("[[layout]]\nnotes = 1", "layout"),
    ],
)
def test_an_unknown_key_or_a_wrong_value_is_refused_by_path_and_name(tmp_path: Path, line: str, key: str) -> None:
    write_workspace_file(tmp_path, line)
    with pytest.raises(SettingsInvalid) as caught:
        read(tmp_path)
    assert caught.value.facts["path"] == str(tmp_path / "wenqu.toml")
    assert re.search(rf": (?:there is no setting )?{re.escape(key)}[ ;]", caught.value.sentence("en"))


def test_a_misspelt_key_is_answered_with_the_one_that_was_meant_and_any_other_with_all(tmp_path: Path) -> None:
    write_workspace_file(tmp_path, '[layuot]\nnotes = "x"')
    with pytest.raises(SettingsInvalid, match=r"did you mean layout\.notes\?$"):
        read(tmp_path)
    write_workspace_file(tmp_path, "[window]\nwidth = 1")
    with pytest.raises(SettingsInvalid, match=r"there are: language, standard, layout\.articles, "):
        read(tmp_path)


def test_a_place_outside_of_the_workspace_is_refused_with_the_reason(tmp_path: Path) -> None:
    write_workspace_file(tmp_path, '[layout]\narticles = "../../etc"')
    with pytest.raises(SettingsInvalid) as caught:
        read(tmp_path)
    assert 'layout.articles = "../../etc" 不在工作区里' in caught.value.sentence("zh")


@pytest.mark.parametrize("content", [b"x = ", b"\xff", b"a = 1\na = 2\n"])
def test_a_file_that_is_no_toml_is_refused_by_path(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "wenqu.toml").write_bytes(content)
    with pytest.raises(SettingsInvalid, match=r"wenqu\.toml"):
        read(tmp_path)


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "wenqu.toml").write_bytes(b'\xef\xbb\xbflanguage = "en"\r\n')
    assert read(tmp_path).settings.language == "en"


@pytest.mark.parametrize("seconds", ["nan", "0", "-1", "soon", "1e999"])
def test_a_wrong_value_outside_a_file_names_where_it_came_from(seconds: str) -> None:
    with pytest.raises(BadArgument) as caught:
        read(None, environ={"WENQU_MODEL_TIMEOUT_SECONDS": seconds})
    assert caught.value.facts["argument"] == "WENQU_MODEL_TIMEOUT_SECONDS"
    with pytest.raises(BadArgument):
        read(None, options={"language": "fr"})


@given(
    language=st.sampled_from(["zh", "en"]),
    folder=st.from_regex(r"[^/\0.\ud800-\udfff]+(/[^/\0.\ud800-\udfff]+)?", fullmatch=True),
    macros=st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]))
    ),
    journal_in_git=st.booleans(),
)
def test_a_rendered_file_is_read_back_to_the_same_settings(
    tmp_path_factory: pytest.TempPathFactory,
    language: str,
    folder: str,
    macros: dict[str, str],
    *,
    journal_in_git: bool,
) -> None:
    root = tmp_path_factory.mktemp("workspace")
    settings = Settings(
        language="en" if language == "en" else "zh",
        layout=Layout(articles=folder, notes=""),
        macros=macros,
        journal_in_git=journal_in_git,
    )
    (root / "wenqu.toml").write_bytes(render_settings(settings).encode())
    assert read(root) == Configuration(settings=settings)


@pytest.mark.parametrize(("language", "word"), [("zh", "语言"), ("en", "language of messages")])
def test_a_rendered_file_explains_itself_and_holds_nothing_private(language: str, word: str) -> None:
    private = ModelSettings(command="claude -p", base_url="http://mine")
    text = render_settings(Settings(language="en" if language == "en" else "zh", model=private))
    assert word in text
    assert "claude -p" not in text
    assert "http" not in text
    assert set(tomllib.loads(text)) == {"language", "standard", "layout", "macros", "session", "model"}
