"""The session-start summary."""
