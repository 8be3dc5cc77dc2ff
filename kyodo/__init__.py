"""The front door: one command line and the supervisor that starts and stops everything."""


class CannotGoOnError(Exception):
    """Why a command stopped, as a sentence for the terminal that says what to do."""
