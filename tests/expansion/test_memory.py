"""Memory that a job has freed is the system's again."""

import subprocess
import sys
from pathlib import Path

import pytest

STATUS = Path("/proc/self/status")
ASKED = """
import re, sys
from agent.expansion.memory import return_large_blocks
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])
if sys.argv[1] == "asked":
    return_large_blocks()
b"x" * (1 << 20)  # freed: from here on blocks of that size come from the heap, unless it was asked otherwise
blocks = [b"x" * 100_000 for _ in range(400)]
kept = blocks[::40]
full = resident()
del blocks
print(full - resident())
"""


@pytest.mark.skipif(not STATUS.exists(), reason="tells the memory of a process: Linux alone")
def test_large_blocks_are_given_back_though_some_between_them_stay() -> None:
    freed = [
        int(subprocess.run([sys.executable, "-c", ASKED, how], check=True, capture_output=True, text=True).stdout)
        for how in ("asked", "as it is")
    ]
    assert freed[0] > 30_000, freed
    assert freed[0] > 2 * freed[1], freed
