"""The command line: composing the rooms, one module a command."""
