"""Markdown, front matter, formulas and edits: pure functions from text to values and back."""
