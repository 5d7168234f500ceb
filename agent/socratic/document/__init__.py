"""From the journal to the discussion document, and to what else in the workspace must know of it."""
