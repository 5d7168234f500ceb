"""Measuring an article and judging it by a standard; pure."""
