"""The tutor's side: gold claims, the judgement of an answer, the words of a turn and the checks they pass."""
