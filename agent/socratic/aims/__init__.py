"""What a session is about: from words typed to targets, their sources, and what was said on them before."""
