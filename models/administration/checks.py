"""What every change of the administration asks: one at a time, texts in order, days that can be meant."""

import re
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import clock
from models.calendar import in_words
from models.people import Post, Seat
from models.process.moves.intake import PROFILE, PROFILE_LIMIT
from models.process.refusals import Missing, NotReady
from models.words import Word

FAR_YEARS = 2
"""How many years ahead a change can be planned."""

EARLIEST_YEAR = 1900

LENGTHS = {
    "name": 80,
    "name_en": 80,
    "phone": 40,
    "fax": 40,
    "email": 254,
    "address": 200,
    "website": 200,
    "legal_form": 80,
    "corporate_number": 13,
    **dict.fromkeys(PROFILE, PROFILE_LIMIT),
}
"""Characters of each field; asked of what is typed, and shown on the form."""

_EMAIL = re.compile(r"[^@\s<>,;:\"()\\]+@[^@\s<>,;:\"()\\]+\.[^@\s<>,;:\"()\\.]+")


def take_turns(session: Session) -> None:
    """Wait until no other administrator is changing anything; what is read afterwards is what the other left.

    Rules such as "one administrator stays" look at many rows. SQLite has one writer at a time anyway.
    """
    session.scalars(
        select(Post.id).where(Post.seat == Seat.ADMINISTRATOR).order_by(Post.id).with_for_update(key_share=True)
    ).all()
    session.expire_all()


def refuse(field: str, sentence: Word) -> NotReady:
    """The refusal that says one sentence at one field; an empty field is the form as a whole."""
    return NotReady([Missing(field, sentence)])


def insist(missing: list[Missing]) -> None:
    """Raise NotReady when anything is missing."""
    if missing:
        raise NotReady(missing)


def texts(labels: dict[str, Word], required: tuple[str, ...], **values: str) -> list[Missing]:
    """What is wrong with these fields: empty though required, or too long. `labels` names them in the sentences."""
    found = []
    for name, value in values.items():
        label, limit = labels[name], LENGTHS[name]
        if name in required and not value.strip():
            found.append(Missing(name, Word("{label}を入力してください", "Enter: {label}.").filled(label=label)))
        elif len(value) > limit:
            sentence = Word("{label}は{n}文字までで入力してください", "{label}: at most {n} characters.")
            found.append(Missing(name, sentence.filled(label=label, n=limit)))
    return found


def email_form(field: str, email: str) -> list[Missing]:
    """What is wrong with how an e-mail address is written."""
    if not email:
        return []
    if _EMAIL.fullmatch(email) is None:
        return [
            Missing(
                field,
                Word(
                    "メールアドレスの形が正しくありません。例：hanako@example.jp",
                    "This is not an e-mail address. Example: hanako@example.jp",
                ),
            )
        ]
    return []


def day_form(field: str, day: date | None) -> list[Missing]:
    """What is wrong with a day: not given, or none that can be meant."""
    if day is None:
        return [Missing(field, Word("日付を入力してください", "Enter a date."))]
    if day.year > clock.today().year + FAR_YEARS:
        sentence = Word("日付は{n}年先までで入力してください", "Enter a date at most {n} years ahead.")
        return [Missing(field, sentence.filled(n=FAR_YEARS))]
    if day.year < EARLIEST_YEAR:
        return [Missing(field, Word("正しい年を入力してください", "Check the year."))]
    return []


def day_given(field: str, day: date | None) -> date:
    """The day, which has to be there and to be one that can be meant. Raises NotReady."""
    insist(day_form(field, day))
    assert day is not None  # day_form has asked
    return day


def in_both(day: date) -> Word:
    """A day, to fill a sentence with."""
    return Word(in_words(day, "ja", weekday=False), in_words(day, "en", weekday=False))


def broken_constraint(error: IntegrityError) -> str:
    """The name of the constraint that a statement broke, the same on both databases; empty when it has none."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    found = re.fullmatch(r"UNIQUE constraint failed: (\w+\.\w+(?:, \w+\.\w+)*)", str(error.orig))
    if found is None:
        return ""
    columns = [name.split(".") for name in found[1].split(", ")]
    return "_".join(["uq", columns[0][0], *(column for _table, column in columns)])
