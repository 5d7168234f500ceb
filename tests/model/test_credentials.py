"""Whether a credential is there, and that no key gets out."""

from pathlib import Path

import anthropic
import pytest

from agent.model.credentials import credential_present, own_secrets, redact, without_credentials


@pytest.mark.parametrize(
    "environ",
    [
        {"ANTHROPIC_API_KEY": "k"},
        {"ANTHROPIC_AUTH_TOKEN": "t"},
        {"ANTHROPIC_FEDERATION_RULE_ID": "r", "ANTHROPIC_ORGANIZATION_ID": "o", "ANTHROPIC_IDENTITY_TOKEN": "t"},
    ],
)
def test_a_key_a_token_or_an_identity_is_a_credential(environ: dict[str, str]) -> None:
    assert credential_present(environ)


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"ANTHROPIC_API_KEY": ""},
        {"ANTHROPIC_PROFILE": "work"},
        {"ANTHROPIC_FEDERATION_RULE_ID": "r", "ANTHROPIC_ORGANIZATION_ID": "o"},
        {"ANTHROPIC_BASE_URL": "http://localhost:8080"},
    ],
)
def test_nothing_usable_is_no_credential(environ: dict[str, str], tmp_path: Path) -> None:
    assert not credential_present(environ | {"HOME": str(tmp_path)})


@pytest.mark.parametrize(("pointer", "profile"), [(None, "default"), ("work", "work")])
def test_a_profile_on_disk_is_a_credential_for_us_and_for_the_sdk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pointer: str | None, profile: str
) -> None:
    folder = tmp_path / ".config" / "anthropic"
    (folder / "configs").mkdir(parents=True)
    environ = {"HOME": str(tmp_path)}
    if pointer:
        (folder / "active_config").write_text(f"{pointer}\n")
    assert not credential_present(environ)
    (folder / "configs" / f"{profile}.json").write_text('{"authentication": {"type": "user_oauth"}}')
    assert credential_present(environ)
    assert credential_present({"HOME": "/nowhere", "ANTHROPIC_CONFIG_DIR": str(folder)})
    assert not credential_present(environ | {"ANTHROPIC_PROFILE": "absent"})
    monkeypatch.setenv("HOME", str(tmp_path))
    with anthropic.Anthropic() as client:
        assert client.credentials is not None


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("key sk-ant-api03-Ab_c-9 ended", "key sk-ant-… ended"),
        ("Illegal header value b'Bearer abc.def'", "Illegal header value b'Bearer …'"),
        ('{"key": "sk-ant-x"}', '{"key": "sk-ant-…"}'),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_keys_and_bearer_tokens_are_redacted(text: str, safe: str) -> None:
    assert redact(text) == safe


def test_a_command_of_the_users_is_given_all_but_our_credentials() -> None:
    environ = {
        "ANTHROPIC_API_KEY": "sk-ant-api03-0123456789",
        "ANTHROPIC_AUTH_TOKEN": "t0ken-of-ours",
        "ANTHROPIC_CUSTOM_HEADERS": "x: y",
        "ANTHROPIC_IDENTITY_TOKEN_FILE": "/run/token",
        "ANTHROPIC_BASE_URL": "http://127.0.0.1:1",
        "HOME": "/home/me",
    }
    assert set(without_credentials(environ)) == {"ANTHROPIC_IDENTITY_TOKEN_FILE", "ANTHROPIC_BASE_URL", "HOME"}
    assert own_secrets(environ) == ("sk-ant-api03-0123456789", "t0ken-of-ours")
