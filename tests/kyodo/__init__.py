"""The front door: supervisor, command line, what the terminal says."""
