"""A programme's editions: each import is kept, takes effect at its moment, and no case leaves the one it began under."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage
from models import clock as model_clock
from models.database import reading, transaction
from models.drafts import ITEM, begin_draft, marks_of, save_draft
from models.editions import (
    ALWAYS,
    Edition,
    begin_with,
    edition_of,
    editions_in_force,
    editions_of,
    key_of,
    main_programme,
    number_of,
    programmes_in_force,
    rules_of,
    take_up,
)
from models.editions import put_in_force as hold
from models.process.refusals import NotReady
from models.programme.library import DEFAULT, STARTER, shipped_text
from models.proposals import Proposal
from models.revisions import changes, comparable, newer, programmes_held, revision, revisions
from tests.conftest import Clock
from tests.support.editions import POLITICS, REASON, SIGN, TEXT, WELFARE, another, changed, planned, put_in_force


def first(session: Session) -> Edition:
    """The edition that every installation begins with."""
    found = edition_of(session, DEFAULT, 1)
    assert found is not None
    return found


@pytest.mark.req("W01")
def test_an_import_is_a_new_edition_and_the_one_before_stays_as_it_was(session: Session) -> None:
    second = put_in_force(session, SIGN)
    assert [(one.number, one.text) for one in editions_of(session, DEFAULT)] == [(2, changed(SIGN)), (1, TEXT)]
    assert (number_of(second.id), key_of(second.id), second.reason) == (2, DEFAULT, REASON)
    assert editions_in_force(session) == [second.id]
    assert main_programme(session).terms.sign == 12
    assert rules_of(session, first(session).id).terms.sign == 10


def test_the_same_text_again_changes_nothing(session: Session) -> None:
    second = put_in_force(session, SIGN)
    moment = second.in_force_from
    assert put_in_force(session, SIGN) is second
    assert take_up(session, changed(SIGN), person_id=None) is second
    assert (second.in_force_from, len(editions_of(session, DEFAULT))) == (moment, 2)


def test_going_back_is_an_edition_of_its_own(session: Session) -> None:
    put_in_force(session, SIGN)
    third = take_up(session, TEXT, person_id=None, reason="元に戻す", in_force_from=model_clock.now())
    assert third.number == 3
    assert main_programme(session).terms.sign == 10


@pytest.mark.req("W01")
def test_an_edition_takes_effect_at_its_moment(session: Session, clock: Clock) -> None:
    clock.set(date(2027, 3, 1))
    moment = model_clock.at_tokyo(date(2027, 4, 1))
    second = planned(session, moment, SIGN)
    assert not second.has_begun
    assert editions_in_force(session) == [first(session).id]
    clock.set(date(2027, 3, 31))
    assert editions_in_force(session) == [first(session).id]
    clock.set(date(2027, 4, 1))
    assert editions_in_force(session) == [second.id]
    assert [(one.edition.number, one.until) for one in revisions(session, DEFAULT)] == [(2, None), (1, moment)]


def test_an_edition_to_be_looked_at_is_not_in_force(session: Session) -> None:
    second = take_up(session, changed(SIGN), person_id=None)
    assert (second.in_force_from, editions_in_force(session)) == (None, [first(session).id])
    assert revision(session, DEFAULT, 2) is None
    assert comparable(session, second) is first(session)


def test_a_moment_that_is_over_is_refused_but_one_chosen_just_now_means_now(session: Session) -> None:
    second = take_up(session, changed(SIGN), person_id=None)
    with pytest.raises(NotReady):
        hold(second, model_clock.now() - timedelta(hours=1))
    before = model_clock.now()
    hold(second, before - timedelta(minutes=1))
    assert second.in_force_from is not None
    assert second.in_force_from >= before
    with pytest.raises(NotReady):
        take_up(session, changed(WELFARE), person_id=None, in_force_from=ALWAYS)


def test_a_broken_file_is_refused_with_every_fault_and_nothing_changes(session: Session) -> None:
    broken = changed(("  sign: 10\n", "  sign: soon\n"), ("severity: hard", "severity: herd"))
    with pytest.raises(NotReady) as refused:
        take_up(session, broken, person_id=None, in_force_from=model_clock.now())
    assert len(refused.value.missing) >= 2
    assert session.scalar(select(func.count()).select_from(Edition)) == 1


def test_several_programmes_hold_side_by_side_and_the_first_stays_the_first(session: Session) -> None:
    take_up(session, another("young"), person_id=None, in_force_from=model_clock.now())
    put_in_force(session, SIGN)
    assert [key_of(one) for one in editions_in_force(session)] == [DEFAULT, "young"]
    assert [one.terms.sign for one in programmes_in_force(session)] == [12, 10]
    assert programmes_held(session) == [DEFAULT, "young"]
    assert newer(session, editions_in_force(session)[1]) is None


def test_the_starter_gives_way_to_the_citys_own_programme(session: Session) -> None:
    session.query(Edition).delete()
    begin_with(session, STARTER)
    assert main_programme(session).key == STARTER
    begin_with(session, DEFAULT)
    assert main_programme(session).key == STARTER
    take_up(session, TEXT, person_id=None, in_force_from=model_clock.now())
    assert [key_of(one) for one in editions_in_force(session)] == [DEFAULT]
    own = shipped_text(STARTER).replace("  sign: 10\n", "  sign: 11\n")
    take_up(session, own, person_id=None, in_force_from=model_clock.now())
    assert [key_of(one) for one in editions_in_force(session)] == [STARTER, DEFAULT]


@pytest.mark.req("W01")
def test_what_changed_is_told_in_words_from_edition_to_edition(session: Session) -> None:
    put_in_force(session, WELFARE)
    second, third = editions_of(session, DEFAULT)[0], put_in_force(session, WELFARE, SIGN)
    assert [one.sentence.ja for one in changes(session, second.id, third.id)] == [
        "署名を「10」から「12」に変更しました。"
    ]
    latest = newer(session, first(session).id)
    assert latest is not None
    assert (latest.number, len(latest.changes)) == (3, 2)
    assert newer(session, third.id) is None
    assert comparable(session, third) is second


@pytest.mark.req("W01")
def test_a_draft_keeps_its_edition_while_another_is_imported(database: Engine) -> None:
    with transaction() as session:
        cast = engage(session)
        draft = begin_draft(session, cast.actor(session, "katsuragi"), cast.groups["river"])
        _save(session, cast, draft, "川辺の見守り", field="welfare")
    with transaction() as session:
        put_in_force(
            session, ("{key: welfare, label: {ja: 福祉, en: Welfare}}", "{key: care, label: {ja: ケア, en: Care}}")
        )
    with transaction() as session:
        kept = session.get_one(Proposal, draft.id)
        _save(session, cast, kept, "川辺の見守りと居場所", field="welfare")
        assert (number_of(kept.edition_id), kept.answers["field"]) == (1, "welfare")
        assert [choice.label.ja for choice in kept.rules.fields][:1] == ["福祉"]
        begun = begin_draft(session, cast.actor(session, "katsuragi"), cast.groups["river"])
        assert (begun.id != kept.id, number_of(begun.edition_id)) == (True, 2)


def test_a_draft_nobody_touched_does_not_carry_old_rules_on(database: Engine) -> None:
    with transaction() as session:
        cast = engage(session)
        untouched = begin_draft(session, cast.actor(session, "katsuragi"), cast.groups["river"])
        put_in_force(session, POLITICS)
        begun = begin_draft(session, cast.actor(session, "katsuragi"), cast.groups["river"])
        assert (number_of(untouched.edition_id), number_of(begun.edition_id)) == (1, 2)


@pytest.mark.parametrize("texts", [(SIGN, WELFARE), (SIGN, SIGN)])
def test_two_imports_at_once_both_find_their_place(database: Engine, texts: tuple[tuple[str, str], ...]) -> None:
    both, failures = threading.Barrier(2), []

    def bring(words: tuple[str, str]) -> None:
        try:
            both.wait(10)
            with transaction() as session:
                take_up(session, changed(words), person_id=None, in_force_from=model_clock.now())
        except Exception as failure:
            failures.append(failure)
            raise

    threads = [threading.Thread(target=bring, args=(words,)) for words in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    with reading() as session:
        numbers = [one.number for one in editions_of(session, DEFAULT)]
    assert numbers == ([3, 2, 1] if len(set(texts)) == 2 else [2, 1])


def test_an_import_that_another_overtook_gets_the_next_number(postgresql: Engine) -> None:
    done = threading.Event()

    def bring() -> None:
        with transaction() as session:
            assert put_in_force(session, WELFARE).number == 3
        done.set()

    with transaction() as session:
        assert put_in_force(session, SIGN).number == 2
        thread = threading.Thread(target=bring)
        thread.start()
        assert not done.wait(0.3)  # it waits for our number
    thread.join(15)
    assert done.is_set()


def _save(session: Session, cast: Cast, proposal: Proposal, title: str, **answers: str) -> None:
    written = {"title": title, **{ITEM + key: text for key, text in answers.items()}}
    save_draft(session, proposal, cast.actor(session, "katsuragi"), written, marks_of(proposal))
