"""Screens and prompts for a person at a terminal."""
