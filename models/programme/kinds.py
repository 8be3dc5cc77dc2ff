"""The ways in which a form can ask."""

from enum import StrEnum


class ItemKind(StrEnum):
    """How an item of a form is asked."""

    LINE = "line"
    """One line of text."""
    TEXT = "text"
    """Text over several lines, with a counter."""
    NUMBER = "number"
    """A whole number of people, times or things; `unit` names them."""
    DATE = "date"
    """A day."""
    PERIOD = "period"
    """A first and a last day."""
    YEN = "yen"
    """An amount in whole yen."""
    CHOICE = "choice"
    """One entry of a list."""
    CHOICES = "choices"
    """Any number of entries of a list."""
    DECLARATION = "declaration"
    """A statement that is ticked: 誓約."""
    TABLE = "table"
    """Rows of the columns in `columns`, with sums: a budget, a schedule, members."""
    FILE = "file"
    """Files that belong to this question: 添付書類."""


FROM_A_LIST = (ItemKind.CHOICE, ItemKind.CHOICES)
COUNTED = (ItemKind.NUMBER, ItemKind.YEN)
IN_A_COLUMN = (ItemKind.LINE, ItemKind.TEXT, ItemKind.NUMBER, ItemKind.DATE, ItemKind.YEN, ItemKind.CHOICE)
"""How a table's column can ask."""
