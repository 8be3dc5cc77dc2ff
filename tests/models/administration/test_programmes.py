"""Editions in the administration: taken up, put in force with a reason, taken back, thrown away, all of it noted."""

from datetime import date, timedelta

import pytest

from kyodo.demonstration.story import Story
from models import clock as model_clock
from models.administration.programmes import let_hold, listed, standing, take_back, take_up_edition, throw_away
from models.administration.record import Change, record_of, told
from models.editions import Edition, edition_of, editions_in_force, editions_of
from models.process.refusals import NotReady
from models.process.vocabulary import MoveKey, State
from models.programme.library import DEFAULT
from tests.conftest import Clock
from tests.models.administration.conftest import Office
from tests.support.editions import SIGN, TEXT, WELFARE, changed, put_in_force


def waiting(office: Office) -> Edition:
    """A second edition that is not in force."""
    edition, is_new = take_up_edition(office.session, office.actor, changed(SIGN))
    assert is_new
    return edition


def fields(error: pytest.ExceptionInfo[NotReady]) -> list[str]:
    """Where something is missing."""
    return [gap.field for gap in error.value.missing]


@pytest.mark.req("W01")
def test_an_edition_is_put_in_force_with_its_reason_and_all_is_noted(office: Office, clock: Clock) -> None:
    clock.set(date(2027, 3, 1))
    second = waiting(office)
    assert (second.number, second.in_force_from, second.imported_by_id) == (2, None, office.actor.person_id)
    moment = model_clock.at_tokyo(date(2027, 4, 1))
    let_hold(office.session, office.actor, second, moment=moment, reason="署名に時間がかかるため")
    assert (second.in_force_from, second.reason) == (moment, "署名に時間がかかるため")
    take_back(office.session, office.actor, second)
    take_back(office.session, office.actor, second)
    assert second.in_force_from is None
    record = record_of(office.session, second)
    assert [event.change for event in record] == [
        Change.EDITION_TAKEN_BACK, Change.EDITION_IN_FORCE, Change.EDITION_TAKEN_UP,
    ]  # fmt: skip
    assert told(record[1], "ja") == (
        "「青葉川市 協働事業提案制度」第2版を令和9年4月1日0時00分から施行",
        ["理由：署名に時間がかかるため"],
    )


def test_neither_moment_nor_reason_may_be_missing_and_both_have_limits(office: Office) -> None:
    second = waiting(office)
    with pytest.raises(NotReady) as refused:
        let_hold(office.session, office.actor, second, moment=None, reason=" ")
    assert fields(refused) == ["day", "reason"]
    far = model_clock.now() + timedelta(days=365 * 9)
    with pytest.raises(NotReady) as refused:
        let_hold(office.session, office.actor, second, moment=far, reason="あ" * 1001)
    assert fields(refused) == ["day", "reason"]
    with pytest.raises(NotReady) as refused:
        let_hold(office.session, office.actor, second, moment=model_clock.now() - timedelta(days=1), reason="理由")
    assert fields(refused) == ["day"]
    assert second.in_force_from is None


def test_what_holds_neither_moves_nor_goes(office: Office) -> None:
    second = waiting(office)
    let_hold(office.session, office.actor, second, moment=model_clock.now(), reason="理由")
    for deed in (take_back, throw_away):
        with pytest.raises(NotReady):
            deed(office.session, office.actor, second)
    with pytest.raises(NotReady):
        let_hold(office.session, office.actor, second, moment=model_clock.now(), reason="別の理由")
    assert (second.reason, editions_in_force(office.session)) == ("理由", [second.id])


def test_a_mistaken_edition_is_thrown_away_once_it_is_not_planned(office: Office) -> None:
    second = waiting(office)
    let_hold(office.session, office.actor, second, moment=model_clock.now() + timedelta(days=9), reason="理由")
    with pytest.raises(NotReady):
        throw_away(office.session, office.actor, second)
    take_back(office.session, office.actor, second)
    throw_away(office.session, office.actor, second)
    assert [one.number for one in editions_of(office.session, DEFAULT)] == [1]
    first = edition_of(office.session, DEFAULT, 1)
    assert first is not None
    assert record_of(office.session, first)[0].change is Change.EDITION_THROWN_AWAY


def test_the_same_text_again_is_told_apart_and_not_noted(office: Office) -> None:
    edition, is_new = take_up_edition(office.session, office.actor, TEXT)
    assert (edition.number, is_new) == (1, False)
    assert record_of(office.session, edition) == []


def test_the_list_says_what_holds_until_when_and_how_many_cases_stand_on_it(office: Office) -> None:
    Story(office.session, office.cast).take_to(State.SCREENING)
    Story(office.session, office.cast).do(MoveKey.WITHDRAW, "katsuragi")
    before = standing(office.session)
    second = put_in_force(office.session, SIGN)
    Story(office.session, office.cast)
    waiting_one = take_up_edition(office.session, office.actor, changed(WELFARE))[0]
    [(key, lines)] = listed(office.session)
    assert key == DEFAULT
    assert [(one.edition.number, one.in_force, one.running, one.ended) for one in lines] == [
        (3, False, 0, 0), (2, True, 1, 0), (1, False, 1, 1),
    ]  # fmt: skip
    assert [one.until for one in lines] == [None, None, second.in_force_from]
    assert [one.can_be_thrown_away for one in lines] == [True, False, False]
    let_hold(office.session, office.actor, waiting_one, moment=model_clock.now() + timedelta(days=1), reason="理由")
    [(_key, lines)] = listed(office.session)
    assert [one.is_planned for one in lines] == [True, False, False]
    assert standing(office.session) != before
