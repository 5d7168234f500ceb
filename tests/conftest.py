"""What every test starts from: no network, no credentials, no configuration of the person who runs it."""

import gc
import os
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")
OURS = ("ANTHROPIC_", "WENQU_", "GIT_", "XDG_")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

# The tests start hundreds of commands: none is to compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# How long an example takes tells how busy the machine is.
settings.register_profile("wenqu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wenqu")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "loopback: the test may use sockets on 127.0.0.1; every other socket stays forbidden"
    )


def pytest_collection_finish() -> None:
    gc.freeze()  # so that no garbage collection goes through ten thousand tests again


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in os.environ:
        if name.startswith(OURS) or name.upper() in PROXIES:
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name, folder in {
        "CONFIG": ".config",
        "DATA": ".local/share",
        "CACHE": ".cache",
        "STATE": ".local/state",
    }.items():
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    # What no test asks for, and every client would load: the certificates of the world.
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Test Learner")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "learner@example.invalid")


@pytest.fixture(autouse=True)
def _no_wait_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power fails here, which alone could tell; fstat raises for the same descriptors, and commands do wait."""
    monkeypatch.setattr(os, "fsync", os.fstat)


@pytest.fixture
def demo_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody watches the replies of the demo arrive."""
    monkeypatch.setattr("agent.upkeep.demo._PACE_SECONDS", 0.0)


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    loopback = request.node.get_closest_marker("loopback") is not None

    def refuse_other(host: object) -> None:
        if not (loopback and host in LOOPBACK):
            # Failed is no Exception, so neither our code nor a library can take it for a connection that broke.
            pytest.fail(f"a test tried to use the network: {host!r}")

    def guarded(call: Callable[..., Any]) -> Callable[..., Any]:
        def guard(self: socket.socket, address: Any, *rest: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refuse_other(address[0])
            return call(self, address, *rest)

        return guard

    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        refuse_other(host.decode() if isinstance(host, bytes) else host)
        return look_up(host, *rest, **named)

    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    if loopback:
        gc.collect()  # a connection left open fails the test that left it, not a later one
