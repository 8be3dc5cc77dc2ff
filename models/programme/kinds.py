"""The ways in which a form can ask."""

from enum import StrEnum


class ItemKind(StrEnum):
    """How an item of a form is asked."""

    LINE = "line"
    """One line of text."""
    TEXT = "text"
    """Text over several lines, with a counter."""
    DATE = "date"
    """A day."""
    YEN = "yen"
    """An amount in whole yen."""
    CHOICE = "choice"
    """One entry of a list."""
    CHOICES = "choices"
    """Any number of entries of a list."""
