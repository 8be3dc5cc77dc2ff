"""What may be wrong with a call: windows that end before they begin, rates that are none."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import Protocol

from models.programme.checked import Flaw
from models.programme.exact import said
from models.programme.moments import written_moment
from models.words import Word


class _Entry(Protocol):
    @property
    def closes(self) -> datetime | None: ...


class _Occasion(Protocol):
    @property
    def at(self) -> object: ...
    @property
    def day(self) -> object: ...
    @property
    def until(self) -> object: ...
    @property
    def roughly(self) -> Word: ...


def window_opens_first(opens: datetime | None, closes: datetime | None) -> Iterator[Flaw]:
    """A call opens before it closes."""
    if opens is not None and closes is not None and closes <= opens:
        yield Flaw(
            ("closes",),
            Word(
                "募集の開始（{opens}）より後の日時にしてください。", "Write a moment after the opening, {opens}."
            ).filled(opens=written_moment(opens)),
        )


def something_to_propose_for(themes: tuple[object, ...], free_theme: bool) -> Iterator[Flaw]:
    """A call without themes takes free ones."""
    if not themes and not free_theme:
        yield Flaw(
            ("free_theme",),
            Word(
                "テーマが1つもないため、自由テーマも受け付けないと提案できません。themes にテーマを並べるか、この行を削除してください。",
                "Without themes nothing could be proposed. List themes, or take this line out.",
            ),
        )


def something_to_run_out(first_come: bool, budget: int, places: int) -> Iterator[Flaw]:
    """先着順 ends when there is nothing left; what there is has to be known."""
    if first_come and not budget and not places:
        yield Flaw(
            ("first_come",),
            Word(
                "先着順の募集は、予算額（budget）か予定件数（places）に達すると締め切ります。どちらかを書いてください。",
                "First come, first served closes a call at its budget or its places. Write one of them.",
            ),
        )


def entry_before_closing(entry: _Entry | None, opens: datetime | None, closes: datetime | None) -> Iterator[Flaw]:
    """What comes before the proposal ends between the opening and the closing."""
    end = entry.closes if entry is not None else None
    if end is None:
        return
    if opens is not None and end <= opens:
        yield Flaw(
            ("entry", "closes"),
            Word(
                "募集の開始（{opens}）より後の日時にしてください。", "Write a moment after the opening, {opens}."
            ).filled(opens=written_moment(opens)),
        )
    if closes is not None and end > closes:
        yield Flaw(
            ("entry", "closes"),
            Word(
                "募集の締切（{closes}）までの日時にしてください。", "Write a moment up to the closing, {closes}."
            ).filled(closes=written_moment(closes)),
        )


def occasions_have_a_date(occasions: tuple[_Occasion, ...]) -> Iterator[Flaw]:
    """Everything in the calendar has a date in one of the ways, and only one."""
    for number, occasion in enumerate(occasions):
        said_when = [occasion.at is not None, occasion.day is not None, bool(occasion.roughly.ja)]
        if sum(said_when) != 1:
            yield Flaw(
                ("occasions", number),
                Word(
                    "いつかを at（日時）、day（日）、roughly（「11月中旬」など）のどれか一つで書いてください。",
                    "Say when in one of these ways: at (a moment), day (a day), roughly (“mid-November”).",
                ),
            )
        elif occasion.until is not None and occasion.day is None:
            yield Flaw(
                ("occasions", number, "until"),
                Word(
                    "until は day（初日）といっしょに書いてください。", "Write until together with day, its first day."
                ),
            )
        elif occasion.until is not None and str(occasion.until) < str(occasion.day):
            yield Flaw(
                ("occasions", number, "until"),
                Word("初日より後の日にしてください。", "Write a day after the first one."),
            )


def rates_are_percentages(rates: tuple[Fraction, ...]) -> Iterator[Flaw]:
    """Shares lie above 0 and up to 100 percent; one below 1 was meant as a part of the whole."""
    for number, rate in enumerate(rates):
        if 0 < rate < 1:
            yield Flaw(
                ("rates", number),
                Word(
                    f"{said(rate)}は{said(rate)}％の意味になります。{said(rate * 100)}％なら {said(rate * 100)} と書いてください。",
                    f"{said(rate)} means {said(rate)} %. For {said(rate * 100)} % write {said(rate * 100)}.",
                ),
            )
        elif not 0 < rate <= 100:
            yield Flaw(
                ("rates", number),
                Word(
                    f"{said(rate)}％は使えません。0より大きく100までの数にしてください。",
                    f"{said(rate)} % cannot be used. Write a number above 0, 100 at most.",
                ),
            )


def amounts_fit(rates: tuple[Fraction, ...], years: int, unit: int) -> Iterator[Flaw]:
    """There are no more rates than years, and amounts can be rounded."""
    if years < 1:
        yield Flaw(("years",), Word("1以上の整数にしてください。", "Write a whole number of 1 or more."))
    elif len(rates) > years:
        yield Flaw(
            ("rates", years),
            Word(
                "補助率が{n}年分ありますが、支援は{years}年までです。years か rates を直してください。",
                "There are rates for {n} years, but support ends after {years}. Change years or rates.",
            ).filled(n=len(rates), years=years),
        )
    if unit < 1:
        yield Flaw(("unit",), Word("1以上の整数にしてください。", "Write a whole number of 1 or more."))
