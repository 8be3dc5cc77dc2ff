"""Three cities that run collaboration in ways far apart, each a house of its own with nothing but its file in force."""

import re
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import engage, gather
from kyodo.demonstration.jurors import COMMITTEE, Juror
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models.database import transaction
from models.editions import ALWAYS, Edition, take_up
from models.passwords import hashed
from models.programme.library import shipped_text
from tests.journeys.company import Company
from tests.journeys.party import PASSWORD, Party, Typed
from tests.support.house import House


class City(NamedTuple):
    """Whose file is in force, and on which day the journey begins: its calls are open then, whatever day it is."""

    key: str
    day: date


TOYONAKA = City("toyonaka", date(2026, 12, 7))
KOKA = City("koka", date(2027, 8, 9))
TOTTORI = City("tottori", date(2027, 4, 5))

ANSWERS: dict[str, Typed] = {
    "item_field": "children",
    "item_existing": "new",
    "item_goals": "週2回、40人の小中学生が通う。",
    "item_goals_by": "2029-03-31",
    "item_process": "1か月目に学校と打合せ、2か月目に試行、3か月目から週2回ひらきます。",
    "item_roles_group": "学び場の運営、ボランティアの募集。",
    "item_effects": "市だけではできない、一人ひとりに寄り添う学びができます。",
    "item_methods": "cohosting",
    "item_domain": "together",
    "item_schedule": "4月 準備／6月 試行／7月から3月 週2回",
}
"""What the forms of all three ask in the same words."""


def move_in(house: House, city: City) -> None:
    """Put the city's file in force, alone, and people into its house; this process already uses the house's database."""
    house.move_clock(city.day)
    with transaction() as session:
        session.execute(delete(Edition))
        take_up(session, shipped_text(city.key), person_id=None, in_force_from=ALWAYS)
        engage(session, hashed(PASSWORD))


def another(session: Session, call: str, **answers: Any) -> Story:
    """Another group's proposal to the same call, told by moves in the database."""
    usual = {"existing": "new", "domain": "together", "methods": ["cohosting"], **answers}
    plot = Plot(title="絵本をいろいろなことばで読む会", group="tomo", proposer="nguyen", call=call, answers=usual)
    return Story(session, gather(session), plot)


def hand_in(way: Company, group: Party) -> None:
    """From the draft, read everything once more and submit it; the company then knows the proposal's place."""
    group.press("保存して、提出前の確認へ")
    group.headed("提出前の確認")
    group.hides("提出するには、次のことが必要です")
    group.press("提出する")
    group.shows("提案書を提出しました")
    keep_place(way, group)


def keep_place(way: Company, group: Party) -> None:
    """The proposal's page is open: remember where it is."""
    way.place = group.page.url.partition("?")[0]
    way.number = group.page.locator(".page-head .num").inner_text()


def proposal_id(way: Company) -> int:
    """The key of the proposal in addresses and names of fields."""
    return int(way.place.rsplit("/", 1)[1])


def screen(way: Company, *criteria: str, checked: str = "団体に確かめました。") -> None:
    """No criterion applies: one officer decides each of them on the page that is open, another confirms."""
    nakamura = way.nakamura
    for key in criteria:
        nakamura.type(**{f"item_{key}-verdict": "not_met", f"item_{key}-evidence": checked})
    nakamura.press("判断を保存する")
    nakamura.lands_on(way.place)
    way.move(nakamura, "「通過」として確認に回す")
    way.move(way.kobayashi, "通過を確認する")


def invite(way: Company, who: str) -> Juror:
    """From the round's page, ask somebody of the committee to judge."""
    juror = next(one for one in COMMITTEE if one.email.startswith(f"{who}@"))
    way.nakamura.follow("審査員を招く")
    way.nakamura.type(name=juror.name, email=juror.email, capacity=juror.capacity)
    way.nakamura.press("お願いのメールを送る")
    way.nakamura.shows(f"{juror.name}さんに、お願いのメールを送りました。", juror.capacity)
    return juror


def conclude(way: Company, title: str) -> None:
    """On the page of the committee's conclusions, keep the one on this proposal."""
    way.nakamura.page.get_by_role("button", name=re.compile(f"この提案の結論を保存する.*{title}")).click()
    way.nakamura.shows(re.compile("結論を書いた提案|すべての結論を書きました"), title)
