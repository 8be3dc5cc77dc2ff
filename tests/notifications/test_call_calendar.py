"""The calendar feed: when each day of a call begins and ends in people's own calendars."""

from datetime import date, datetime

from icalendar import Calendar

from models.clock import TOKYO
from models.programme.calls import Call
from models.words import Word
from notifications.call_calendar import feed


def test_what_closes_at_midnight_stands_on_the_last_day_and_what_opens_then_on_its_first() -> None:
    call = Call.model_validate(
        {
            "key": "r9", "type": "theme", "label": "募集", "fiscal_year": 2027,
            "opens": "2027-07-01 00:00", "closes": "2027-08-01 00:00",
            "entry": {"label": "仮申込", "closes": "2027-07-16 17:00"},
            "occasions": [
                {"label": "審査", "day": "2027-08-20", "until": "2027-08-21"}, {"label": "結果", "roughly": "9月"},
            ],
        }
    )  # fmt: skip
    revised = datetime(2027, 1, 1, tzinfo=TOKYO)
    source = feed(Word("制度", "Programme"), [("city", call, "https://example.jp/calls/r9", revised)], "ja")
    spans = {
        str(event["SUMMARY"]): (event.decoded("DTSTART"), event.decoded("DTEND"))
        for event in Calendar.from_ical(source).walk("VEVENT")
    }
    assert spans == {
        "募集 募集の開始": (datetime(2027, 7, 1, 0, tzinfo=TOKYO), datetime(2027, 7, 1, 1, tzinfo=TOKYO)),
        "募集 仮申込の締切": (datetime(2027, 7, 16, 17, tzinfo=TOKYO), datetime(2027, 7, 16, 18, tzinfo=TOKYO)),
        "募集 募集の締切": (datetime(2027, 7, 31, 23, tzinfo=TOKYO), datetime(2027, 8, 1, 0, tzinfo=TOKYO)),
        "募集 審査": (date(2027, 8, 20), date(2027, 8, 22)),
    }
