"""What is done with whole sessions on disk: exported, imported, redacted, measured."""
