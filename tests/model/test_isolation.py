"""The guards of tests/conftest.py themselves: no network, no credentials, nobody's own configuration."""

import os
import socket
import subprocess
from pathlib import Path

import pytest
from _pytest.outcomes import Failed


@pytest.mark.parametrize("address", [("127.0.0.1", 9), ("93.184.216.34", 443)])
def test_no_socket_connects_by_default(address: tuple[str, int]) -> None:
    with socket.socket() as plain, pytest.raises(Failed, match="network"):
        plain.connect(address)
    with pytest.raises(Failed, match="network"):
        socket.create_connection(address)


@pytest.mark.loopback
def test_a_marked_test_reaches_loopback_and_nothing_else() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
    with socket.socket() as outside, pytest.raises(Failed, match="network"):
        outside.connect(("93.184.216.34", 443))
    with pytest.raises(Failed, match="network"):
        socket.getaddrinfo("example.org", 443)
    with socket.socket() as wide, pytest.raises(Failed, match="network"):
        wide.bind(("0.0.0.0", 0))


def test_the_environment_is_the_tests_own(tmp_path: Path) -> None:
    assert not [name for name in os.environ if name.startswith(("ANTHROPIC_", "WENQU_"))]
    assert not list(Path.home().iterdir())
    assert os.environ["XDG_CONFIG_HOME"].startswith(os.environ["HOME"])
    assert not list(tmp_path.iterdir())
    listed = subprocess.run(["git", "config", "--list"], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert listed.stdout == ""
