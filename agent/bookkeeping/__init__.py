"""What two jobs need: facts, claims, proposals, estimates."""
