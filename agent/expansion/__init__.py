"""Expanding an article to a standard."""
