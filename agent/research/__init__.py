"""The research side: the TODO and its reviews."""
