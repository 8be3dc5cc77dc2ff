"""The main menu: what each kind of reader finds in it."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from webui.access import Reader, here, reader


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its words, its endpoint, and for whom it is."""

    label: str
    endpoint: str
    for_visitors: bool = False
    for_members: bool = False
    for_staff: bool = False
    for_administrators: bool = False
    for_judges: bool = False
    for_program_office: bool = False

    def is_for(self, who: Reader | None) -> bool:
        """Whether this reader finds the entry in the menu."""
        if who is None:
            return self.for_visitors
        return (
            (self.for_members and (who.is_member or not (who.is_staff or who.is_judge)))
            or (self.for_judges and who.is_judge)
            or (self.for_program_office and who.in_program_office)
            or (self.for_staff and who.is_staff)
            or (self.for_administrators and who.is_administrator)
        )


MENU = (
    Entry(_l("ホーム"), "public.home", for_visitors=True),
    Entry(_l("マイページ"), "proposals.mine", for_members=True),
    Entry(_l("募集"), "public.calls", for_visitors=True, for_members=True),
    Entry(_l("提案する"), "proposals.new", for_visitors=True, for_members=True),
    Entry(_l("受信箱"), "desk.inbox", for_staff=True),
    Entry(_l("案件"), "desk.cases", for_staff=True),
    Entry(_l("募集"), "public.calls", for_staff=True),
    Entry(_l("審査"), "desk.rounds", for_program_office=True),
    Entry(_l("審査員のページ"), "judging.mine", for_judges=True),
    Entry(_l("協働事例集"), "public.cases", for_visitors=True, for_members=True, for_staff=True),
    Entry(_l("団体"), "groups.directory", for_visitors=True, for_members=True),
    Entry(_l("団体の記録"), "desk.groups", for_staff=True),
    Entry(_l("管理"), "admin.index", for_administrators=True),
)


def menu() -> list[tuple[str, str, bool]]:
    """The reader's entries: words, address, and whether this page is the one."""
    return [
        (str(entry.label), url_for(entry.endpoint), entry.endpoint == request.endpoint)
        for entry in MENU
        if entry.is_for(reader())
    ]


def start_page() -> str:
    """Where a reader goes after signing in without another wish: the first entry of the menu."""
    entries = menu()
    return entries[0][1] if entries else url_for("public.home")


def place() -> str:
    """An address that shows this place again, also when the page at hand answers a form that has no page."""
    if request.method == "GET":
        return here()
    try:
        current_app.create_url_adapter(request).match(method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return url_for("public.home")
    return here()


def install(app: Flask) -> None:
    """Give templates the menu, the reader and the place."""
    app.jinja_env.globals.update(menu=menu, reader=reader, place=place)
