"""The user's files and git: the only package that touches them."""
