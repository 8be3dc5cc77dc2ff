"""The parties of one proposal on its way, each before a browser of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from tests.journeys.party import Party, Typed
from tests.support.house import House


@dataclass
class Company:
    """Who takes part, where the proposal is, and where downloads go. People come in when they are first asked for."""

    house: House
    enter: Callable[..., Party]
    folder: Path
    place: str = ""
    """The address of the proposal's page."""
    number: str = ""

    @cached_property
    def hanako(self) -> Party:
        """葛城 花子 represents the group; she has nothing but a phone."""
        return self.enter("katsuragi", phone=True)

    @cached_property
    def ono(self) -> Party:
        """大野 勇 of the same group."""
        return self.enter("ono")

    @cached_property
    def nakamura(self) -> Party:
        """中村 美咲 at the program office."""
        return self.enter("nakamura")

    @cached_property
    def kobayashi(self) -> Party:
        """小林 健太 at the program office, who confirms."""
        return self.enter("kobayashi")

    @cached_property
    def takahashi(self) -> Party:
        """髙橋 直樹, officer of the responsible section."""
        return self.enter("takahashi")

    @cached_property
    def yamamoto(self) -> Party:
        """山本 さくら, its head."""
        return self.enter("yamamoto")

    @cached_property
    def watanabe(self) -> Party:
        """渡辺 誠, head of the program office's department."""
        return self.enter("watanabe")

    @cached_property
    def visitor(self) -> Party:
        """Somebody who is not signed in."""
        return self.enter(phone=True)

    @cached_property
    def ito(self) -> Party:
        """伊藤 隆, head of the department."""
        return self.enter("ito")

    def at(self, party: Party) -> Party:
        """Let somebody open the proposal's page."""
        party.open(self.place)
        return party

    def move(self, party: Party, words: str, press: str = "", to: str = "", **fields: Typed) -> Party:
        """From the proposal's page, follow the link to a move, fill in its form and send it; arrive there again, or at `to`."""
        self.at(party).follow(words)
        party.type(**fields)
        party.press(press or words)
        party.lands_on(to or self.place)
        return party

    def in_public(self) -> Party:
        """Let the public look at the case as it is now, not as it was kept for a minute."""
        self.visitor.open(f"/cases/{self.number}")
        self.visitor.page.reload()
        return self.visitor

    def live_on(self, day: date) -> None:
        """Let months pass, on the page for it; afterwards everybody's next page is of that day."""
        self.nakamura.open("/dev/clock")
        self.nakamura.type(day=day.isoformat())
        self.nakamura.press("この日にする")
        self.nakamura.shows(day.isoformat())
