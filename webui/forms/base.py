"""The base of every form: its problems in one list, its token checked for the whole house."""

from collections.abc import Iterable, Iterator

from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField, RadioField
from wtforms.widgets import HiddenInput

from webui.forms.fields import ChecksField
from webui.forms.tables import TableField


class Form(FlaskForm):  # type: ignore[misc]
    """A form bound to the request. `validate_on_submit()` answers whether a POST is in order."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = False
        """CSRFProtect looks at every unsafe request (webui/security.py); templates write the token."""

    def problems(self) -> list[tuple[str | None, str]]:
        """Every problem with the id of the control it belongs to, or None for the form as a whole."""
        whole: list[tuple[str | None, str]] = [(None, str(message)) for message in self.form_errors]
        return whole + list(_problems(self))

    def hidden(self) -> list[Field]:
        """The fields that nobody sees."""
        return [field for field in self if isinstance(field.widget, HiddenInput)]


def _problems(fields: Iterable[Field]) -> Iterator[tuple[str | None, str]]:
    """Each field's first problem, in the order of the page, also within lists and forms in forms."""
    for field in fields:
        if isinstance(field, FormField | FieldList):
            yield from _problems(field)
            continue
        if isinstance(field, TableField):
            yield from ((cell.id, cell.errors[0]) for cell in field.cells() if cell.errors)
        if field.errors:
            first = "-0" if isinstance(field, RadioField | ChecksField) else ""
            yield field.id + first, str(field.errors[0])
