"""`wenqu` and `python -m agent`: answers --version before anything heavy is imported."""

import sys

from agent import __version__


def main() -> int:
    """Run the command line and return its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"wenqu {__version__}\n")
        return 0
    from agent.cli.main import main as run  # noqa: PLC0415 - everything else costs ten times as much

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
