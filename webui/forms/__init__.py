"""Forms: the base every form derives from, and fields that read Japanese as people type it."""

from webui.forms.base import Form
from webui.forms.fields import (
    ChecksField,
    CountField,
    DayField,
    HourField,
    LineField,
    NumberField,
    ProseField,
    SelectChoice,
    YenField,
)

__all__ = [
    "ChecksField",
    "CountField",
    "DayField",
    "Form",
    "HourField",
    "LineField",
    "NumberField",
    "ProseField",
    "SelectChoice",
    "YenField",
]
