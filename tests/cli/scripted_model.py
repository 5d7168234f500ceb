"""A model for `--model-command`: answers each kind of request with something fit, after SECONDS (an argument)."""

import json
import sys
import time

QUESTIONS = ("你说的「差」，具体是哪两项之差？", "Which two scores is the difference taken of?")


def answer(prompt: str) -> str:
    if '"verdict"' in prompt:
        said = {"verdict": "partial", "solo": 2, "evidence": "", "gap": "", "misconception": 0}
        return json.dumps({**said, "conflict": 0, "older": 0, "confidence": 0.9})
    if "=== json schema ===" in prompt:
        return "{}"
    return QUESTIONS[0] if "你" in prompt else QUESTIONS[1]


if __name__ == "__main__":
    asked = sys.stdin.read()
    time.sleep(float(sys.argv[1]))
    sys.stdout.write(answer(asked))
