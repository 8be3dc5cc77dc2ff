"""Every kind of page there is, found as people find it: by following links, each kind once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.groups.invitations import Invitation
from models.groups.succession import Handover
from models.judging.tables import JudgingRound
from models.people import Group, Person
from models.process.actors import holders
from models.process.vocabulary import Hat, State
from models.proposals import Proposal
from models.rosters import RosterEntry
from tests.webui.markup import parsed, text_of
from tests.webui.visitor import Visitor
from webui.groups.links import address_of

PUBLIC_DOORS = (
    "/",
    "/cases",
    "/openings",
    "/programme",
    "/programme/changes",
    "/help",
    "/privacy",
    "/accessibility",
    "/groups",
    "/groups/new",
    "/sign-in",
    "/password/forgotten",
    "/nothing-here",
)
NO_PAGES = re.compile(
    r"^/(dev|language|static|sign-out)|/(attachments|documents)/|\.(pdf|xml|csv|json|atom|yaml|ics|txt)$|^/proposals/\d+$|^/cases/R"
)
"""Addresses that are files or change something, and pages that are looked at in every state."""

PUBLIC_STATES = (
    State.CONSULTING,
    State.RUNNING,
    State.PUBLISHED,
    State.UNPUBLISHED,
    State.EXCLUDED,
    State.NOT_AGREED,
    State.WITHDRAWN,
    State.DISCONTINUED,
)

HATS = (Hat.REPRESENTATIVE, Hat.DESK, Hat.SECTION, Hat.SECTION_HEAD, Hat.HEAD)


@dataclass(frozen=True, slots=True)
class Stop:
    """A page to look at. who: the first part of the address of somebody who may; empty for the public."""

    name: str
    who: str
    path: str


class Tour:
    """Finds one page of each kind. A proposal's page counts as another kind in every state and for either side."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._found: dict[str, Stop] = {}

    def stops(self, session: Session) -> list[Stop]:
        """All of them, in the order in which they were found."""
        self._public(session)
        for state in State:
            proposal = session.scalar(select(Proposal).where(Proposal.state == state).order_by(Proposal.id).limit(1))
            assert proposal is not None, f"The demonstration city has no proposal that is {state}."
            self._proposal(session, proposal)
        self._selection(session)
        self._offices(session)
        return list(self._found.values())

    def _public(self, session: Session) -> None:
        self._walk("", PUBLIC_DOORS)
        for state in PUBLIC_STATES:
            found = select(Proposal.number).where(Proposal.state == state, Proposal.public_since.is_not(None))
            number = session.scalar(found.order_by(Proposal.id).limit(1))
            assert number is not None, f"The demonstration city has no public case that is {state}."
            self._keep(Stop(f"public case {state}", "", f"/cases/{number}"))

    def _proposal(self, session: Session, proposal: Proposal) -> None:
        for hat in HATS:
            people = holders(session, proposal, frozenset({hat}))
            if people:
                self._become(people[0])
                here = f"/proposals/{proposal.id}"
                side = "group" if hat is Hat.REPRESENTATIVE else "city"
                links = self._look(here)
                self._keep(Stop(f"proposal {proposal.state} {side}", _who(people[0]), here))
                self._walk(_who(people[0]), [link for link in links if link.startswith(here + "/")])

    def _selection(self, session: Session) -> None:
        """A round that is scored and one that waits for the head, from the office's side and from the judges'."""
        rounds = list(session.scalars(select(JudgingRound).order_by(JudgingRound.id)))
        out = next(judging for judging in rounds if judging.published_at is not None)
        concluded, scored = (judging for judging in rounds if judging.id > out.id)
        self._walk("", [f"/calls/{out.call_key}/results"])
        closed = [f"/desk/rounds/{concluded.id}/{page}" for page in ("results", "conclusions", "publish")]
        sheet = f"/judging/{scored.id}/proposals/{scored.entries[0].proposal_id}"
        for who, doors in (
            ("nakamura", ["/desk/rounds", *closed]),
            ("okada", ["/judging", f"/judging/{scored.id}", sheet, f"{sheet}/interest"]),
            ("miura", [f"/judging/{scored.id}/declaration"]),
        ):
            self._become(session.scalars(select(Person).where(Person.email.startswith(f"{who}@"))).one())
            self._walk(who, doors)

    def _offices(self, session: Session) -> None:
        with self._visitor.client.application.test_request_context():
            invited = urlsplit(address_of(session.scalars(select(Invitation)).one())).path
        self._keep(Stop("invitation", "", invited))
        asked = session.scalars(select(Handover)).one()
        new = session.scalars(select(Group).where(Group.confirmed_at.is_(None))).one()
        own = session.scalars(select(RosterEntry.group_id).limit(1)).one()
        for who, doors in (
            ("katsuragi", ("/mine", f"/groups/{own}/home")),
            (_who(asked.successor), (f"/groups/{asked.group_id}/succession",)),
            ("nakamura", ("/inbox", "/desk/openings", f"/desk/groups/{new.id}")),
            ("admin", ("/admin",)),
        ):
            self._become(session.scalars(select(Person).where(Person.email.startswith(f"{who}@"))).one())
            self._walk(who, doors, deep=True)

    def _walk(self, who: str, paths: list[str] | tuple[str, ...], *, deep: bool = False) -> None:
        """Keep each of these pages whose kind is new, and the pages they lead to within the same part of the house."""
        waiting = list(paths)
        while waiting:
            path = waiting.pop(0)
            if NO_PAGES.search(urlsplit(path).path) or (kind := _kind(path)) in self._found:
                continue
            links = self._look(path)
            self._keep(Stop(kind, who, path))
            waiting += [link for link in links if deep or _part(link) == _part(path)]

    def _look(self, path: str) -> list[str]:
        answer = self._visitor.client.get(path)
        page = answer.get_data(as_text=True) if "html" in answer.headers["Content-Type"] else ""
        answer.close()
        return list(_links(page)) if page else []

    def _keep(self, stop: Stop) -> None:
        self._found.setdefault(stop.name, stop)

    def _become(self, person: Person) -> None:
        self._visitor.become(person)


def _who(person: Person) -> str:
    return person.email.split("@")[0]


def _kind(path: str) -> str:
    """An address without its numbers: pages of one kind have the same."""
    split = urlsplit(path)
    names = sorted(part.split("=")[0] for part in split.query.split("&") if part)
    return re.sub(r"R\d+-\d+|\d+", "#", split.path) + ("?" + "&".join(names) if names else "")


def _part(path: str) -> str:
    """The part of the house a page belongs to; the pages of one proposal are one part."""
    return "/".join(_kind(path).split("/")[:3])


def _links(html: str) -> Iterator[str]:
    for link in parsed(html).iter("a"):
        target = (link.get("href") or "").split("#")[0]
        if target.startswith("/") and text_of(link):
            yield target
