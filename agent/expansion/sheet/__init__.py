"""The review sheet of a written article: what a person should doubt first, found in its text and its plan."""
