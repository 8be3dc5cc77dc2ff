"""Fields that read what people in Japan type: full-width digits, 円, 令和 dates, stray spaces."""

import re
import unicodedata
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms import SelectChoice as SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import ListWidget

from webui.forms import reading
from webui.forms.controls import CheckboxInput, DateInput, TextArea, TextInput, TimeInput

_HOUR = re.compile(r"([0-9]{1,2})(?:[:時](?:([0-9]{2})(?::00|分)?)?)")


class LineField(StringField):
    """One line of text, without spaces around it."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = reading.line(str(valuelist[0]))


class ProseField(TextAreaField):
    """Paragraphs of text; a line break counts as one character, as people count it."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = reading.prose(str(valuelist[0]))


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
        try:
            self.data = self._read(str(valuelist[0]) if valuelist else "")
        except ValueError:
            raise ValueError(self._unread()) from None

    def _read(self, text: str) -> int | None:
        return reading.whole(text, reading.YEN)

    def _unread(self) -> str:
        return str(_("%(field)sは、円の単位の数字で入力してください。例：300000", field=self.label.text))


class CountField(YenField):
    """A number of people or things, as 86, 1,200人 or with full-width digits."""

    def _read(self, text: str) -> int | None:
        return reading.whole(text, "人件名", digits=9)

    def _unread(self) -> str:
        return str(_("%(field)sは、数字で入力してください。例：86", field=self.label.text))


class NumberField(CountField):
    """A whole number of what `unit` says, which may be typed behind it."""

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit

    def _read(self, text: str) -> int | None:
        return reading.whole(unicodedata.normalize("NFKC", text).removesuffix(self.unit), digits=10)


class DayInput(DateInput):
    """The browser's own picker, which would swallow what is no day: that stands as it was typed."""

    def __call__(self, field: Any, **kwargs: Any) -> Any:
        text = field._value()
        if text and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            kwargs["type"] = "text"
        return super().__call__(field, **kwargs)


class DayField(Field):
    """A day: from the browser's own picker, or typed as 令和8年11月27日, R8.11.27 or 2026/11/27."""

    widget = DayInput()
    data: date | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.data.isoformat()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        try:
            self.data = reading.day(str(valuelist[0]) if valuelist else "")
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
