"""Rules about what a group proposed before and was supported for: cases worked out by hand, year by year."""

from datetime import date

import pytest

from kyodo.demonstration.plot import Ally
from kyodo.demonstration.story import Story
from models import clock
from models.agreement import Agreement, Signature
from models.people import Person
from models.process.vocabulary import Side, State
from tests.support.screening import Handed, why

TITLE = "川辺の見守り"
PARTNERS = ("sound", "fujita")


def supported(story: Story, *years: int, signed: tuple[Side, ...] = tuple(Side)) -> None:
    """The city and the group have agreed on this project for these fiscal years, which follow on one another."""
    session, person = story.session, story.session.query(Person).first()
    assert person is not None
    agreement = Agreement(
        proposal_id=story.proposal.id,
        number=1,
        methods=["subsidy"],
        articles={},
        period_from=date(min(years), 4, 1),
        period_to=date(max(years) + 1, 3, 31),
        amount=300_000,
        budget=[],
        attachments=[],
        content_hash="0" * 64,
        written_by_id=person.id,
        written_side=Side.CITY,
        written_at=clock.now(),
    )
    session.add(agreement)
    session.flush()
    for side in signed:
        session.add(
            Signature(
                agreement_id=agreement.id,
                side=side,
                person_id=person.id,
                typed_name="葛城 蓮",
                capacity="代表",
                content_hash="0" * 64,
                at=clock.now(),
            )
        )
    session.flush()


def told(handed_in: Handed, rule: str, *years: int) -> list[str]:
    """What the rule says of a proposal for fiscal year 2026 by a group supported in these years, each by itself."""
    for year in years:
        supported(handed_in(rule, title=f"{TITLE}（{year}）"), year)
    return why(handed_in(rule, title=TITLE))


IN_A_ROW = "採択されると{n}年度連続の支援になります（3年度まで）。"
IN_ALL = "採択されると通算{n}年度の支援になります（3年度まで）。"
AGAIN = "令和7年度まで3年度続けて支援を受けています。そのあと2年度の間を置くと、提案できるのは令和10年度からです。"


@pytest.mark.parametrize(
    ("rule", "years", "expected"),
    [
        # 3年連続まで: the fourth in a row is too many; a pause of one year begins anew
        ("{kind: years_in_a_row, most: 3}", (), []),
        ("{kind: years_in_a_row, most: 3}", (2024, 2025), []),
        ("{kind: years_in_a_row, most: 3}", (2023, 2024, 2025), [IN_A_ROW.format(n=4)]),
        ("{kind: years_in_a_row, most: 3}", (2022, 2023, 2024, 2025), [IN_A_ROW.format(n=5)]),
        ("{kind: years_in_a_row, most: 3}", (2022, 2023, 2024), []),
        ("{kind: years_in_a_row, most: 3}", (2021, 2022, 2023, 2025), []),
        # years after the one proposed for, and that year itself, lie in no row before it
        ("{kind: years_in_a_row, most: 1}", (2026, 2027), []),
        # 通算3年まで: gaps do not matter
        ("{kind: years_in_all, most: 3}", (2019, 2022), []),
        ("{kind: years_in_all, most: 3}", (2019, 2022, 2025), [IN_ALL.format(n=4)]),
        # 通算3回まで
        ("{kind: times_in_all, most: 3}", (2019, 2022), []),
        ("{kind: times_in_all, most: 3}", (2019, 2022, 2025), ["採択されると通算4回目の支援になります（3回まで）。"]),
        # 3年の支援のあと2年は提案できない
        ("{kind: pause, most: 3, least: 2}", (), []),
        ("{kind: pause, most: 3, least: 2}", (2024, 2025), []),
        ("{kind: pause, most: 3, least: 2}", (2023, 2024, 2025), [AGAIN]),
        (
            "{kind: pause, most: 3, least: 2}",
            (2022, 2023, 2024),
            [
                "令和6年度まで3年度続けて支援を受けています。そのあと2年度の間を置くと、提案できるのは令和9年度からです。"
            ],
        ),
        ("{kind: pause, most: 3, least: 2}", (2021, 2022, 2023), []),
        # 継続: supported in the year before, and no other
        ("{kind: supported_before}", (2025,), []),
        ("{kind: supported_before}", (2024,), ["この団体には、前の年度（令和7年度）の支援がありません。"]),
        ("{kind: supported_before}", (2026,), ["この団体には、前の年度（令和7年度）の支援がありません。"]),
        ("{kind: supported_before}", (), ["この団体には、前の年度（令和7年度）の支援がありません。"]),
    ],
)
@pytest.mark.req("T05", "A03")
def test_years_of_support_are_counted_up_to_the_year_proposed_for(
    handed_in: Handed, rule: str, years: tuple[int, ...], expected: list[str]
) -> None:
    assert told(handed_in, rule, *years) == expected


def test_a_project_of_two_years_is_one_time_and_two_years(handed_in: Handed) -> None:
    supported(handed_in("{kind: registered}"), 2024, 2025)
    assert why(handed_in("{kind: times_in_all, most: 1}")) == ["採択されると通算2回目の支援になります（1回まで）。"]
    assert why(handed_in("{kind: times_in_all, most: 2}")) == []
    assert why(handed_in("{kind: years_in_all, most: 2}")) == ["採択されると通算3年度の支援になります（2年度まで）。"]


def test_what_one_side_alone_signed_is_no_support_and_neither_is_another_groups(handed_in: Handed) -> None:
    rule = "{kind: years_in_all, most: 1}"
    supported(handed_in(rule), 2024, signed=(Side.CITY,))
    supported(handed_in(rule, group=PARTNERS), 2025)
    assert why(handed_in(rule)) == []


RATES = "{cap: 500000, rates: [90, 60, 40], years: 3}"


@pytest.mark.parametrize(
    ("before", "title", "share", "expected"),
    [
        # the first year of a project: 90 % of 480,000 are 432,000
        ({}, TITLE, 432_000, []),
        ({}, TITLE, 432_001, ["求める額432,001円が、総額480,000円の90％（1年目の事業）を超えています。"]),
        # the second year of the same project: 60 % are 288,000; what stands in brackets is no other title
        ({2025: TITLE}, TITLE, 288_000, []),
        ({2025: TITLE}, f"{TITLE}（2年目）", 300_000, ["求める額300,000円が、総額480,000円の60％（2年目の事業）を超えています。"]),
        ({2024: TITLE, 2025: TITLE}, TITLE, 193_000, ["求める額193,000円が、総額480,000円の40％（3年目の事業）を超えています。"]),
        # after a pause it is a first year again
        ({2024: TITLE}, TITLE, 432_000, []),
        # another project of the group: a first year, unless it goes on under another title, which a person has to know
        ({2025: "まちの学校"}, TITLE, 288_000, []),
        (
            {2025: "まちの学校"},
            TITLE,
            300_000,
            [
                "この団体は前の年度まで1年度続けて支援を受けていますが、題名の同じ事業は続いていません。前の事業の続きであれば"
                "2年目で、求める額300,000円は総額480,000円の60％を超えます。続きかどうかを確かめてください。"
            ],
        ),
    ],
)  # fmt: skip
def test_the_rate_is_that_of_the_year_of_the_project(
    handed_in: Handed, before: dict[int, str], title: str, share: int, expected: list[str]
) -> None:
    for year, earlier in before.items():
        supported(handed_in("{kind: amount}", title=earlier), year)
    assert why(handed_in("{kind: amount}", title=title, money=RATES, cost_city=share)) == expected


def test_more_than_the_cap_or_the_share_is_pointed_out(handed_in: Handed) -> None:
    assert why(handed_in("{kind: amount}")) == []
    assert why(handed_in("{kind: amount}", money="{cap: 100000, rates: [50], years: 1}")) == [
        "求める額300,000円が上限100,000円を超えています。",
        "求める額300,000円が、総額480,000円の50％を超えています。",
    ]


@pytest.mark.parametrize(
    ("share", "expected"),
    [(320_000, []), (320_001, ["求める額320,001円が、総額480,000円の3分の2を超えています。"])],
)
def test_two_thirds_are_exactly_two_thirds(handed_in: Handed, share: int, expected: list[str]) -> None:
    assert why(handed_in("{kind: amount}", money="{rates: [2/3]}", cost_city=share)) == expected


@pytest.mark.parametrize(
    ("theme", "share", "expected"),
    [
        ("loneliness", 700_000, []),
        ("loneliness", 700_001, ["求める額700,001円が上限700,000円を超えています。"]),
        ("river", 900_000, []),
    ],
)
def test_a_theme_may_have_a_cap_of_its_own(handed_in: Handed, theme: str, share: int, expected: list[str]) -> None:
    story = handed_in("{kind: amount}", call="r9_themes", call_theme=theme, cost_total=1_000_000, cost_city=share)
    assert why(story) == expected


def test_a_second_proposal_in_the_year_is_pointed_out_whatever_call_it_is_for(handed_in: Handed) -> None:
    rule = "{kind: times_a_year, most: 1}"
    assert why(handed_in(rule)) == []
    assert why(handed_in(rule, call="")) == ["この団体の提案は、今年度2件目です（1件まで）。"]


@pytest.mark.req("T05")
def test_a_second_proposal_for_the_same_call_is_pointed_out_with_the_first(handed_in: Handed) -> None:
    rule = "{kind: times_a_call, most: 1}"
    first = handed_in(rule)
    assert why(first) == []
    assert why(handed_in(rule, call="")) == []
    assert why(handed_in(rule, group=PARTNERS)) == []
    second = handed_in(rule)
    assert why(second) == [f"この団体の提案は、この募集で2件目です（1件まで。ほかに{first.proposal.number}）。"]


def test_a_proposal_taken_back_does_not_count(handed_in: Handed) -> None:
    rule = "{kind: times_a_call, most: 1}"
    first = handed_in(rule)
    first.withdraw()
    assert first.proposal.state is State.WITHDRAWN
    assert why(handed_in(rule)) == []


@pytest.mark.req("A05")
def test_taking_part_as_a_partner_counts_where_the_rule_says_so(handed_in: Handed) -> None:
    ally = Ally("sound", "fujita", "会場を用意する")
    lead, both = "{kind: times_a_call, most: 1}", "{kind: times_a_call, most: 1, partners: true}"
    first = handed_in(lead, allies=(ally,))
    alone = handed_in(lead, group=PARTNERS)
    assert why(alone) == []
    again = handed_in(both, group=PARTNERS)
    others = f"{first.proposal.number}、{alone.proposal.number}"
    assert why(again) == [f"この団体の提案は、この募集で3件目です（1件まで。ほかに{others}）。"]


def test_each_partner_is_held_to_the_rule_too(handed_in: Handed) -> None:
    rule = "{kind: times_a_year, most: 1, partners: true}"
    handed_in(rule, group=PARTNERS)
    [reason] = why(handed_in(rule, allies=(Ally("sound", "fujita", "会場を用意する"),)))
    assert reason.startswith("連携する団体「")
    assert reason.endswith("」の提案は、今年度2件目です（1件まで）。")
