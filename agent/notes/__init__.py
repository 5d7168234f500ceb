"""What each kind of note means: pure functions from text to frozen values with line numbers, and to proposed edits."""
