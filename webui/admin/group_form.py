"""The form of what a group says of itself, for the administration and for the group's own members."""

import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from models.administration.groups import BLANK, LABELS, PROFILE
from models.administration.record import FIELDS, RESOURCES
from models.editions import partner_types
from webui.admin.changing import EditForm, line, prose, said
from webui.auth.forms import EmailField
from webui.database import db
from webui.forms import ChecksField, DayField, LineField, SelectChoice
from webui.forms.items import Marks

FIELD_NAMES = ("name", "kind", *BLANK)


def kinds() -> list[SelectChoice]:
    """The kinds of groups there are now, as choices."""
    return [SelectChoice(choice.key, said(choice.label)) for choice in partner_types(db())]


def _answer(value: Any) -> bool | None:
    return {"yes": True, "no": False}.get(value) if isinstance(value, str) else value


class YesNoField(RadioField):
    """Yes, no, or not said: True, False, None."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(
            label,
            [Marks()],
            coerce=_answer,
            choices=[
                SelectChoice("yes", _l("はい")),
                SelectChoice("no", _l("いいえ")),
                SelectChoice("", _l("未回答")),
            ],
            validate_choice=False,
            **options,
        )


class DigitsField(LineField):
    """A number written in whatever width and with whatever between its digits."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = unicodedata.normalize("NFKC", self.data or "").replace("-", "").replace(" ", "")


class GroupForm(EditForm):
    name = line("name", LABELS["name"], required=True)
    kind = RadioField(said(FIELDS["kind"]), [Marks(required=True)], choices=kinds, validate_choice=False)
    purpose = prose("purpose")
    organisation = prose("organisation")
    finance = prose("finance")
    activities = prose("activities")
    resources = ChecksField(
        said(FIELDS["resources"]),
        [Marks()],
        choices=[SelectChoice(str(key), said(label)) for key, label in RESOURCES.items()],
        description=_l("企業は必ず選びます。ほかの団体も選べます。選んだものは公開します。"),
        validate_choice=False,
    )
    founded_on = DayField(said(FIELDS["founded_on"]), [Marks()])
    active_since = DayField(
        said(FIELDS["active_since"]), [Marks()], description=_l("設立の前から活動しているときなどに入力します。")
    )
    has_rules = YesNoField(said(FIELDS["has_rules"]))
    seat_in_city = YesNoField(said(FIELDS["seat_in_city"]))
    legal_form = line("legal_form", hint=_l("法人のときに入力します。例：特定非営利活動法人"))
    corporate_number = DigitsField(said(FIELDS["corporate_number"]), [Marks()], description=_l("13桁の数字"))
    address = line("address")
    phone = line("phone")
    email = EmailField(said(FIELDS["email"]), [Marks()], description=_l("団体の連絡先。代表者のものとは別にできます。"))
    website = line("website", hint=_l("例：https://example.jp"))

    def typed(self) -> dict[str, Any]:
        """What was typed, as the domain takes it: name, kind, and the profile by field."""
        profile = {name: self[name].data or "" for name in (*PROFILE, "legal_form", "corporate_number")}
        facts = {name: self[name].data for name in ("founded_on", "active_since", "has_rules", "seat_in_city")}
        resources = {"resources": self.resources.data or []}
        return {"name": self.name.data or "", "kind": self.kind.data or "", "profile": profile | facts | resources}
