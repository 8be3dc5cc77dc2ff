"""What must hold for how much a question asks for: it can be answered."""

from collections.abc import Iterator, Mapping

from pydantic_core import InitErrorDetails

from models.programme.entries import FORMS, Keys, Place, Rule, entries, kind_of
from models.programme.kinds import ItemKind
from models.programme.limits import MOST, UNSAID
from models.programme.rules_forms import choice_keys
from models.programme.words import unsound
from models.words import Word

Data = Mapping[str, object]
Faults = Iterator[InitErrorDetails]


def _limits_within_reason(data: Data) -> Faults:
    for form in FORMS:
        for number, item in entries(data, form):
            kind, limit, least = kind_of(item), item.get("limit"), item.get("least", 0)
            if kind is None:
                continue
            said = isinstance(limit, int) and not isinstance(limit, bool)
            if isinstance(limit, int) and said and not 1 <= limit <= MOST[kind]:
                yield unsound(
                    Word("1から{most}までの整数にしてください。", "Write a whole number from 1 to {most}.").filled(
                        most=MOST[kind]
                    ),
                    (form, number, "limit"),
                    limit,
                )
            elif isinstance(least, int) and not isinstance(least, bool) and (said or limit is None):
                yield from _answerable(kind, least, limit, choice_keys(data, item), (form, number, "least"))


def _answerable(kind: ItemKind, least: int, limit: object, known: Keys, place: Place) -> Faults:
    """No question asks for more than it takes, or for more choices than there are."""
    most = limit if isinstance(limit, int) else UNSAID[kind]
    if kind is ItemKind.CHOICES and known.whole and least > len(known):
        most = len(known)
        sentence = Word(
            "選択肢は{most}つだけです。{most}までにしてください。",
            "There are only {most} choices. Write {most} at most.",
        )
    elif least <= most:
        return
    elif isinstance(limit, int):
        sentence = Word("上限の{most}までにしてください。", "Write {most} (its limit) at most.")
    elif least <= MOST[kind]:
        sentence = Word(
            "limit を書かないときの上限は{most}です。{most}までにするか、limit に{least}以上を書いてください。",
            "Without a limit this question takes {most}. Write {most} at most, or a limit of {least} or more.",
        )
    else:
        sentence = Word("{most}までにしてください。", "Write {most} at most.")
        most = MOST[kind]
    yield unsound(sentence.filled(most=most, least=least), place, least)


RULES: tuple[Rule, ...] = (_limits_within_reason,)
