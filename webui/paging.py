"""Pages of lists in addresses: `?after=12` is the page behind row 12, `?before=12` the one in front of it."""

from typing import Any

from flask import request, url_for

from models.pages import FIRST, Page, Place


def place_asked() -> Place:
    """The page that this request asks for; the first one when the address makes no sense."""
    for name, backwards in (("after", False), ("before", True)):
        text = request.args.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 10:
            return Place(int(text), backwards)
    return FIRST


def neighbours(page: Page[Any]) -> tuple[str | None, str | None]:
    """The addresses of the previous and the next page, with the filters of this one."""
    return _address(page.previous), _address(page.next)


def _address(place: Place | None) -> str | None:
    if place is None or request.endpoint is None:
        return None
    values: dict[str, Any] = {name: value for name, value in request.args.items() if value}
    values = {name: value for name, value in values.items() if name not in ("after", "before") and name[:1] != "_"}
    values["before" if place.backwards else "after"] = place.beside
    return url_for(request.endpoint, **(values | (request.view_args or {})))
