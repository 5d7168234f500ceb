"""Judging, small repairs, first steps."""
