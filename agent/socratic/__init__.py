"""The Socratic session: code chooses the move, the model phrases it, the journal keeps every word."""
