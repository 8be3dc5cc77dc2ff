"""How much a question of each kind can take: at most, and where it says no limit of its own."""

from models.programme.kinds import ItemKind

MOST_ENTRIES = 400
"""Of any list and any form."""
MOST_CHARACTERS = 20_000
MOST_YEN = 1_000_000_000
"""The highest number or amount."""
MOST_ROWS = 200
"""Rows that a table takes at most."""
MOST_COLUMNS = 12
MOST_FILES = 10
USUAL_CHARACTERS = 1000

MOST: dict[ItemKind, int] = dict.fromkeys(ItemKind, MOST_CHARACTERS) | {
    ItemKind.NUMBER: MOST_YEN,
    ItemKind.YEN: MOST_YEN,
    ItemKind.CHOICES: MOST_ENTRIES,
    ItemKind.TABLE: MOST_ROWS,
    ItemKind.FILE: MOST_FILES,
}
"""The highest `limit` that a question of this kind can have."""

UNSAID: dict[ItemKind, int] = MOST | {ItemKind.LINE: USUAL_CHARACTERS, ItemKind.TEXT: USUAL_CHARACTERS}
"""What it takes where `limit` is left out."""
