"""Interests are declared before anything is seen, and what one has an interest in is not there."""

import pytest

from kyodo.demonstration.cast import Cast
from tests.support.selection import TITLES
from tests.webui.conftest import Enter
from tests.webui.judging.conftest import Sitting, seated
from tests.webui.markup import faults, text_of


def test_the_menu_leads_judges_to_their_rounds_and_nobody_else(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    judge = enter(sitting.new)
    page = judge.get("/judging")
    assert page.heading == "審査"
    assert "第1次審査（書類）" in page.html
    assert faults(page.html) == []
    menu = [text_of(link) for link in page.root.findall(".//nav[@class='nav']//a")]
    assert "審査員のページ" in menu
    assert "提案する" not in menu
    assert "審査員のページ" not in enter(cast.people["katsuragi"]).get("/mine").html


@pytest.mark.req("T01", "T05")
def test_before_the_declaration_every_way_leads_to_it(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast, declared=False)
    judge = enter(sitting.new)
    assert judge.get(sitting.path()).location.endswith("/declaration")
    assert judge.get(sitting.path(0)).status == 404
    page = judge.get(sitting.path() + "/declaration")
    assert faults(page.html) == []
    assert all(title in page.html for title in TITLES)
    first, second, third = sitting.proposals
    again = judge.send(**{f"proposal-{first}": "no"})
    assert again.status == 422
    assert f"「{TITLES[1]}」について、利害関係の有無を選んでください" in again.html
    assert faults(again.html) == []
    sent = judge.send(**{f"proposal-{second}": "no", f"proposal-{third}": "yes", f"reason-{third}": "家族が理事です。"})
    assert sent.location.endswith(sitting.path())
    page = judge.get(sitting.path())
    listed = [text_of(link) for link in page.root.findall(".//tbody//a")]
    assert listed == list(TITLES[:2])
    assert judge.get(sitting.path() + "/declaration").location.endswith(sitting.path())


@pytest.mark.req("T05")
def test_a_proposal_with_an_interest_looks_like_one_that_does_not_exist(enter: Enter, sitting: Sitting) -> None:
    judge = enter(sitting.new)
    token = judge.token("/account")
    hidden, nothing = sitting.path(2), sitting.path() + "/proposals/999999"
    for path in (hidden, nothing):
        assert judge.get(path).status == 404
        for way in ("", "/save", "/take-back", "/interest"):
            assert judge.post(path + way, {"csrf_token": token, "reason": "見たい"}).status == 404, way
    assert enter(sitting.known).get(hidden).status == 200


@pytest.mark.req("T05")
def test_a_round_is_there_for_its_judges_alone(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    for who in ("katsuragi", "nakamura", "watanabe", "admin", "takahashi"):
        visitor = enter(cast.people[who])
        for path in (sitting.path(), sitting.path(0), sitting.path() + "/declaration"):
            assert visitor.get(path).status == 404, (who, path)


def test_an_interest_found_later_takes_the_proposal_away(enter: Enter, sitting: Sitting) -> None:
    judge = enter(sitting.known)
    page = judge.get(sitting.path(0) + "/interest")
    assert faults(page.html) == []
    assert judge.send(reason="").status == 422
    assert judge.send(reason="取引先でした。").location.endswith(sitting.path())
    assert judge.get(sitting.path(0)).status == 404
    page = judge.get(sitting.path())
    assert "審査しない提案" in page.html
    assert TITLES[0] not in [text_of(link) for link in page.root.findall(".//tbody//a")]
