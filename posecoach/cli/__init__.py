"""The command line: composing the rooms, one module a command."""

LANGUAGE = "posecoach.language"
"""Where a language that was given before the command is kept among a context's values."""
