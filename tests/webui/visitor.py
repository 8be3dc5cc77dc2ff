"""A visitor without JavaScript: opens pages, fills in the forms they find there, and sends them."""

from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.test import TestResponse

from models.people import Person
from tests.webui.markup import parsed, text_of


class Page:
    """An answer, as read by a person."""

    def __init__(self, answer: TestResponse) -> None:
        self.answer = answer
        self.status = answer.status_code
        self.html = answer.get_data(as_text=True)
        answer.close()

    @property
    def root(self) -> Element:
        """The page as a tree."""
        return parsed(self.html)

    @property
    def heading(self) -> str:
        """What stands in its first heading."""
        found = self.root.find(".//h1")
        assert found is not None, f"This page has no heading:\n{self.html}"
        return text_of(found)

    @property
    def location(self) -> str:
        """Where it sends the visitor on to."""
        return self.answer.headers["Location"]

    def form(self, with_field: str = "") -> tuple[str, list[tuple[str, str]]]:
        """The address and the filled fields of the first form in the main part that has this field."""
        for form in self.root.findall(".//main//form"):
            fields = list(_fields(form))
            if not with_field or any(f.get("name") == with_field for f in form.iter()):
                return form.get("action") or "", fields
        raise AssertionError(f"No form with a field {with_field!r} on this page:\n{self.html}")


class Visitor:
    """One browser with its cookies."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.page: Page | None = None
        self.path = ""

    def become(self, person: Person) -> None:
        """Sign in without going through the page for it."""
        with self.client.session_transaction() as session:
            session["_user_id"] = f"{person.id}:{person.session_key}"
            session.permanent = True

    def get(self, path: str, **options: Any) -> Page:
        """Open a page."""
        self.path = path
        self.page = Page(self.client.get(path, **options))
        return self.page

    def send(self, with_field: str = "", /, **typed: Any) -> Page:
        """Fill in the form of the page at hand and send it, with everything else it already holds."""
        assert self.page is not None, "Open a page first."
        action, fields = self.page.form(with_field or next(iter(typed), ""))
        data: dict[str, Any] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        return self.post(action or self.path, data | typed)

    def post(self, path: str, data: dict[str, Any] | bytes, **options: Any) -> Page:
        """Send exactly these fields."""
        self.path = path
        self.page = Page(self.client.post(path, data=data, **options))
        return self.page

    def token(self, path: str = "/sign-in") -> str:
        """A valid token of this visitor's session, found on a page with a form."""
        found = parsed(self.client.get(path).get_data(as_text=True)).find(".//input[@name='csrf_token']")
        assert found is not None, f"{path} has no form."
        return found.get("value") or ""


def _fields(form: Element) -> list[tuple[str, str]]:
    """What the browser would send of this form as it stands."""
    found = []
    for control in form.iter():
        name, kind = control.get("name"), control.get("type")
        if not name or kind == "file":
            continue
        if control.tag == "input" and (kind not in ("radio", "checkbox") or control.get("checked") is not None):
            found.append((name, control.get("value") or ""))
        elif control.tag == "textarea":
            found.append((name, (control.text or "").lstrip("\n")))
        elif control.tag == "select":
            chosen = [o for o in control.iter("option") if o.get("selected") is not None] or list(control)[:1]
            found.extend((name, text_of(o) if (value := o.get("value")) is None else value) for o in chosen)
    return found
