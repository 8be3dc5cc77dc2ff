"""Score sheets: exact marks from what people type, saved on two devices, handed in when complete, frozen at closing."""

from decimal import Decimal

import pytest

from models.judging.rounds import rules_for
from models.judging.sheets import (
    Overtaken,
    Written,
    faults_of,
    find_sheet,
    hand_in,
    hand_in_all,
    is_handed_in,
    read_mark,
    save_sheet,
    take_back,
    written,
)
from models.judging.tables import Judge
from models.process.refusals import NotPossible, NotReady
from tests.models.judging.conftest import Lacking
from tests.support.selection import Hall

FULL = Written({"public": "4", "feasible": "5", "together": "3"}, {}, "よい。")


@pytest.fixture
def judge(hall: Hall) -> Judge:
    """A judge with an interest in the third proposal."""
    judging = hall.open()
    found = hall.judge(judging)
    hall.declare(found, hall.proposals[2])
    return found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("4", "4"), ("４", "4"), ("４．５", "4.5"), (" 4.50点 ", "4.5"), (".5", "0.5"), ("0.1", "0.1"), ("3。5", "3.5")],
)
def test_a_mark_is_read_exactly_as_it_was_meant(typed: str, meant: str) -> None:
    assert read_mark(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["", "四", "4,5", "1e3", "NaN", "４点半", "+4", "4..5", "9" * 12])
def test_what_is_no_mark_is_not_guessed(typed: str) -> None:
    assert read_mark(typed) is None


def test_what_is_typed_is_kept_complete_or_not(hall: Hall, judge: Judge) -> None:
    first = hall.proposals[0].id
    half = Written({"public": "４．０", "feasible": "五", "unknown": "3"}, {"public": " 具体的です。 "}, "")
    assert save_sheet(hall.session, judge, first, half, revision=0) == 1
    stands = written(find_sheet(judge, first))
    assert stands.marks == {"public": "4", "feasible": "五"}
    assert stands.comments == {"public": "具体的です。"}
    assert save_sheet(hall.session, judge, first, half, revision=0) == 1, "the same again changes nothing"


def test_the_second_device_is_told_and_overwrites_nothing(hall: Hall, judge: Judge) -> None:
    first = hall.proposals[0].id
    save_sheet(hall.session, judge, first, Written({"public": "4"}, {}), revision=0)
    with pytest.raises(Overtaken) as overtaken:
        save_sheet(hall.session, judge, first, Written({"public": "2"}, {}), revision=0)
    assert overtaken.value.saved.marks == {"public": "4"}
    assert save_sheet(hall.session, judge, first, Written({"public": "2"}, {}), revision=overtaken.value.revision) == 2


def test_what_is_too_long_to_keep_is_told_at_its_field(hall: Hall, judge: Judge, lacking: Lacking) -> None:
    long = "あ" * 2001
    with lacking("public-comment", "remark"):
        save_sheet(hall.session, judge, hall.proposals[0].id, Written({}, {"public": long}, long), revision=0)


def test_an_incomplete_sheet_is_told_item_by_item(hall: Hall, judge: Judge, lacking: Lacking) -> None:
    first = hall.proposals[0].id
    save_sheet(hall.session, judge, first, Written({"public": "6", "feasible": "五"}, {}), revision=0)
    with lacking("public-mark", "feasible-mark", "together-mark"):
        hand_in(hall.session, judge, first)
    assert not is_handed_in(judge, first)


def test_a_low_mark_asks_for_a_comment_at_the_comment(hall: Hall) -> None:
    hall.through_documents()
    judging = hall.open()
    judge = hall.judge(judging, "別の人", "betsu@daigaku.example")
    hall.declare(judge)
    first = hall.proposals[0].id
    marks = dict.fromkeys(("public", "feasible", "together", "lasting", "cost"), "3") | {"cost": "2"}
    save_sheet(hall.session, judge, first, Written(marks, {}), revision=0)
    faults = faults_of(rules_for(hall.session, judging), judge, first)
    assert [fault.field for fault in faults] == ["cost-comment"]
    save_sheet(hall.session, judge, first, Written(marks, {"cost": "謝礼の根拠がありません。"}), revision=1)
    hand_in(hall.session, judge, first)
    assert is_handed_in(judge, first)


def test_what_is_handed_in_changes_only_after_it_was_taken_back(hall: Hall, judge: Judge) -> None:
    first, second = hall.proposals[0].id, hall.proposals[1].id
    for proposal_id in (first, second):
        save_sheet(hall.session, judge, proposal_id, FULL, revision=0)
        hand_in(hall.session, judge, proposal_id)
    assert judge.finished_at is not None
    with pytest.raises(NotPossible):
        save_sheet(hall.session, judge, first, Written({"public": "1"}, {}), revision=1)
    take_back(hall.session, judge, first)
    assert judge.finished_at is None
    assert save_sheet(hall.session, judge, first, Written({"public": "1"}, {}), revision=1) == 2


def test_all_are_handed_in_together_or_none(hall: Hall, judge: Judge) -> None:
    first, second = hall.proposals[0].id, hall.proposals[1].id
    save_sheet(hall.session, judge, first, FULL, revision=0)
    with pytest.raises(NotReady) as refused:
        hand_in_all(hall.session, judge)
    assert [gap.field for gap in refused.value.missing] == [str(second)]
    assert not is_handed_in(judge, first)
    save_sheet(hall.session, judge, second, FULL, revision=0)
    assert hand_in_all(hall.session, judge) == 2
    assert judge.finished_at is not None
    assert hand_in_all(hall.session, judge) == 0


@pytest.mark.req("T05")
def test_nobody_scores_what_they_have_an_interest_in(hall: Hall, judge: Judge) -> None:
    with pytest.raises(NotPossible):
        save_sheet(hall.session, judge, hall.proposals[2].id, FULL, revision=0)
    with pytest.raises(NotPossible):
        hand_in(hall.session, judge, hall.proposals[2].id)


@pytest.mark.req("T05")
def test_closing_freezes_every_sheet(hall: Hall, judge: Judge) -> None:
    first = hall.proposals[0].id
    save_sheet(hall.session, judge, first, FULL, revision=0)
    hand_in(hall.session, judge, first)
    hall.close(judge.round, reason="期限のため。")
    for change in (
        lambda: save_sheet(hall.session, judge, first, Written({}, {}), revision=1),
        lambda: take_back(hall.session, judge, first),
        lambda: hand_in_all(hall.session, judge),
    ):
        with pytest.raises(NotPossible):
            change()
    assert written(find_sheet(judge, first)) == FULL
