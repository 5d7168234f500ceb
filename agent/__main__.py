"""`wenqu` and `python -m agent`: answers --version before anything heavy is imported."""

import sys

from agent import __version__

GARBAGE_THRESHOLD = 50_000
"""Objects made, less those given back, between two searches for garbage (Python's own: some hundreds)."""


def main() -> int:
    """Run the command line and return its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"wenqu {__version__}\n")
        return 0
    import gc  # noqa: PLC0415 - --version needs not even this

    from agent.cli.main import main as run  # noqa: PLC0415 - everything else costs ten times as much

    # Looking for garbage among tens of thousands of notes finds none and takes a tenth of the time.
    gc.set_threshold(GARBAGE_THRESHOLD)
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
