"""Fields that read what people in Japan type: full-width digits, 円, 令和 dates, stray spaces."""

import re
import unicodedata
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms import SelectChoice as SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, TextInput, TimeInput

_ERA = re.compile(r"(?:令和|R)(元|\d{1,3})[年./-](\d{1,2})[月./-](\d{1,2})日?", re.IGNORECASE)
_WESTERN = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
_YEARS = range(1900, 2200)
"""Days outside are slips of the finger, and too near the ends of the calendar to count terms from."""
_HOUR = re.compile(r"([0-9]{1,2})(?:[:時](?:([0-9]{2})(?::00|分)?)?)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class LineField(StringField):
    """One line of text, without spaces around it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = " ".join(_CONTROL.sub("", str(valuelist[0])).split("\n")).strip()


class ProseField(TextAreaField):
    """Paragraphs of text; a line break counts as one character, as people count it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            text = str(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n")
            self.data = _CONTROL.sub("", text).strip()


class ChecksField(SelectMultipleField):
    """Several of some choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class YenField(Field):
    """A whole amount in yen, as 300000, 300,000円 or with full-width digits."""

    widget = TextInput()
    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:,}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = unicodedata.normalize("NFKC", str(valuelist[0])) if valuelist else ""
        text = re.sub(r"[\s,、円¥\\]", "", text)
        if not text:
            return
        if not re.fullmatch(r"[0-9]{1,12}", text):
            raise ValueError(_("%(field)sは、円の単位の数字で入力してください。例：300000", field=self.label.text))
        self.data = int(text)


class CountField(YenField):
    """A number of people or things, as 86, 1,200人 or with full-width digits."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = unicodedata.normalize("NFKC", str(valuelist[0])) if valuelist else ""
        text = re.sub(r"[\s,、人件名]", "", text)
        if not text:
            return
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValueError(_("%(field)sは、数字で入力してください。例：86", field=self.label.text))
        self.data = int(text)


class DayField(Field):
    """A day: from the browser's own picker, or typed as 令和8年11月27日, R8.11.27 or 2026/11/27."""

    widget = DateInput()
    data: date | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.data.isoformat()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = unicodedata.normalize("NFKC", str(valuelist[0])).strip() if valuelist else ""
        if not text:
            return
        try:
            day = _read_day(text)
            if day.year not in _YEARS:
                raise ValueError
            self.data = day
        except ValueError:
            raise ValueError(
                _("%(field)sは、正しい日付で入力してください。例：令和8年11月27日", field=self.label.text)
            ) from None


class HourField(Field):
    """An hour of the day: from the browser's own picker, or typed as 10:00 or 10時30分."""

    widget = TimeInput()
    data: time | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:%H:%M}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = unicodedata.normalize("NFKC", str(valuelist[0])).strip() if valuelist else ""
        if not text:
            return
        try:
            read = _HOUR.fullmatch(text)
            if read is None:
                raise ValueError
            self.data = time(int(read[1]), int(read[2] or 0))
        except ValueError:
            raise ValueError(_("%(field)sは、正しい時刻で入力してください。例：10:00", field=self.label.text)) from None


def _read_day(text: str) -> date:
    if era := _ERA.fullmatch(text):
        year = 1 if era[1] == "元" else int(era[1])
        return date(2018 + year, int(era[2]), int(era[3]))
    if western := _WESTERN.fullmatch(text):
        return date(int(western[1]), int(western[2]), int(western[3]))
    raise ValueError
