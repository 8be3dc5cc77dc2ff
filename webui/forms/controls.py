"""A field's control on the page: its tag, and the notes that describe it.

WTForms puts a tag together attribute by attribute as formatted markup, which took half the time of a long form's page;
here the same attributes are written as one text.
"""

from typing import Any

from flask import Flask
from markupsafe import Markup, escape
from wtforms import widgets


def install(app: Flask) -> None:
    """Give templates `control()` and `refs()`."""
    app.jinja_env.globals.update(control=control, refs=refs)


def control(field: Any, classes: str, hint: str | None = None, longest: int | None = None, **more: Any) -> Markup:
    """The field's control. longest: characters that are counted down under it.

    What is too long, the domain says: the browser is not to cut it off.
    """
    given: dict[str, Any] = {"class": classes, "maxlength": False, "minlength": False}
    if described_by := refs(field, hint, counted=bool(longest)):
        given["aria-describedby"] = described_by
    if field.errors:
        given["aria-invalid"] = "true"
    if longest:
        given["data-counter"] = longest
    written: Markup = field.widget(field, **(field.render_kw or {}), **given | more)
    return written


def refs(field: Any, hint: str | None = None, *, counted: bool = False) -> str:
    """The ids of the notes that describe a field, as forms.html writes them."""
    ids = [f"{field.id}-hint"] if hint or field.description else []
    if field.errors:
        ids.append(f"{field.id}-error")
    if counted:
        ids.append(f"{field.id}-count")
    return " ".join(ids)


def attributes(**given: Any) -> Markup:
    """A tag's attributes: True stands alone, False is left out."""
    written = [
        name if value is True else f'{name}="{_quoted(value)}"' for name, value in given.items() if value is not False
    ]
    return Markup(" ".join(written))  # noqa: S704  # every value is escaped, the names are ours


def _quoted(value: object) -> str:
    return str(escape(value)).replace('"', "&quot;")


class TextInput(widgets.TextInput):
    """One line."""

    html_params = staticmethod(attributes)


class DateInput(widgets.DateInput):
    """A day."""

    html_params = staticmethod(attributes)


class TimeInput(widgets.TimeInput):
    """An hour."""

    html_params = staticmethod(attributes)


class CheckboxInput(widgets.CheckboxInput):
    """A box to tick."""

    html_params = staticmethod(attributes)


class TextArea(widgets.TextArea):
    """Paragraphs."""

    def __call__(self, field: Any, **given: Any) -> Markup:
        flags = {flag: value for flag, value in vars(field.flags).items() if flag in self.validation_attrs}
        written = attributes(name=field.name, **{"id": field.id} | flags | given)
        return Markup("<textarea {}>\r\n{}</textarea>").format(written, field._value())
