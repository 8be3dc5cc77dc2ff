"""Facts about a group that a programme's conditions ask for: since when it exists, its rules, its seat, its legal form."""

from collections.abc import Mapping
from typing import Any

from models import clock
from models.administration.checks import EARLIEST_YEAR
from models.people import Resource
from models.process.refusals import Missing
from models.words import Word

FACTS = ("founded_on", "active_since", "has_rules", "seat_in_city", "legal_form", "corporate_number")
"""By field of `Group`: days, yes or no or None for not said, and texts."""


def wrong_facts(facts: Mapping[str, Any]) -> list[Missing]:
    """What is wrong with the facts among these fields."""
    found = []
    for field in ("founded_on", "active_since"):
        day = facts.get(field)
        if day is None:
            continue
        if day > clock.today():
            found.append(Missing(field, Word("今日までの日付を入力してください", "Enter a date up to today.")))
        elif day.year < EARLIEST_YEAR:
            found.append(Missing(field, Word("正しい年を入力してください", "Check the year.")))
    number = facts.get("corporate_number", "")
    if number and not is_corporate_number(number):
        sentence = Word("法人番号は13桁の数字です。確かめてください", "Check the number: it has thirteen digits.")
        found.append(Missing("corporate_number", sentence))
    if not set(facts.get("resources", ())) <= set(Resource):
        found.append(Missing("resources", Word("選び直してください", "Choose among the resources.")))
    return found


def is_corporate_number(text: str) -> bool:
    """Whether these are the thirteen digits of a 法人番号, whose first one checks the others."""
    if len(text) != 13 or not (text.isascii() and text.isdigit()):
        return False
    weighed = sum(int(digit) * (1 if place % 2 == 0 else 2) for place, digit in enumerate(reversed(text[1:])))
    return int(text[0]) == 9 - weighed % 9
