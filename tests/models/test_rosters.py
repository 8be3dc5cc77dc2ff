"""A group's list of members: read from pasted lines, counted, and seen by few, each look of the city written down."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast, engage
from kyodo.demonstration.story import Plot, Story
from models.administration.record import record_of, told
from models.database import writing
from models.people import Group
from models.process.refusals import NotAllowed, NotReady
from models.process.vocabulary import MoveKey, State
from models.rosters import (
    MOST_LINES,
    Counts,
    Line,
    change_entry,
    counts,
    entries,
    import_lines,
    look,
    looks,
    may_look,
    read_lines,
    remove_entry,
)

PASTED = """氏名,住所,役職,市内
星 一,川辺町1丁目,会長,在住
月野　光，○○市，会計，在勤
森 葉子\t川辺町2丁目\t会員\t市外
林 次郎,川辺町3丁目
"""


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """One transaction that is thrown away at the end."""
    with writing() as session:
        yield session


@pytest.fixture
def cast(session: Session) -> Cast:
    """The people of Aobagawa."""
    return engage(session)


@pytest.fixture
def river(session: Session, cast: Cast) -> Group:
    """川辺のみまもり, whose list holds four people."""
    group = cast.groups["river"]
    import_lines(session, cast.actor(session, "ono"), group, PASTED, replace=True)
    return group


def test_lines_are_read_by_commas_of_either_width_or_tabs() -> None:
    lines, faults = read_lines(PASTED)
    assert faults == []
    assert lines == {
        2: Line("星 一", "川辺町1丁目", "会長", True),
        3: Line("月野　光", "○○市", "会計", True),
        4: Line("森 葉子", "川辺町2丁目", "", False),
        5: Line("林 次郎", "川辺町3丁目", "", None),
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("星 一", "1行目：住所または地区がありません"),
        (",川辺町", "1行目：氏名がありません"),
        ("星 一,川辺町,会長,たぶん", "1行目：市内かどうかは、在住・在勤・在学・市外のどれかで書いてください"),
        ("a,b,c,yes,e", "1行目：列が多すぎます。氏名、住所、役職、市内の順に、4つまでです"),
        ("\n星 一,川辺町\n\n星 一,川辺町", "4行目：2行目と同じ人です"),
        (f"{'長' * 81},川辺町", "1行目：氏名は80文字までです"),
        (f"星 一,{'長' * 201}", "1行目：住所または地区は200文字までです"),
        ("", "1行に1人ずつ入力してください"),
        ("a,b\n" * (MOST_LINES + 1), f"一度に{MOST_LINES}行までです"),
    ],
)
def test_each_line_that_cannot_be_read_is_named(text: str, sentence: str) -> None:
    assert sentence in [fault.sentence.ja for fault in read_lines(text)[1]]


def test_numbers_are_counted_in_one_place(session: Session, cast: Cast, river: Group) -> None:
    assert counts(river) == Counts(members=4, officers=2, in_city=2, unsaid=1)
    assert counts(cast.groups["sound"]) == Counts()
    assert [entry.name for entry in entries(session, river)] == ["星 一", "月野　光", "森 葉子", "林 次郎"]


def test_nothing_is_taken_while_one_line_is_wrong(session: Session, cast: Cast, river: Group) -> None:
    actor = cast.actor(session, "ono")
    with pytest.raises(NotReady) as refused:
        import_lines(session, actor, river, "星 二,川辺町4丁目\n星 三\n,川辺町", replace=True)
    assert len(refused.value.missing) == 2
    assert counts(river).members == 4


def test_people_are_added_once(session: Session, cast: Cast, river: Group) -> None:
    actor = cast.actor(session, "ono")
    with pytest.raises(NotReady) as refused:
        import_lines(session, actor, river, "星 二,川辺町\n星 一,川辺町1丁目", replace=False)
    assert [fault.sentence.ja for fault in refused.value.missing] == ["2行目：すでに名簿にある人です"]
    assert import_lines(session, actor, river, "星 二,川辺町", replace=False) == 5
    assert import_lines(session, actor, river, "星 二,川辺町", replace=True) == 1


def test_one_person_is_corrected_and_taken_off(session: Session, cast: Cast, river: Group) -> None:
    actor, entry = cast.actor(session, "ono"), entries(session, river)[0]
    change_entry(session, actor, river, entry, Line("星 一", "川辺町9丁目", "会員", None))
    assert counts(river) == Counts(members=4, officers=1, in_city=1, unsaid=2)
    with pytest.raises(NotReady) as refused:
        change_entry(session, actor, river, entry, Line("", "", "長" * 61))
    assert [gap.field for gap in refused.value.missing] == ["name", "address", "office"]
    remove_entry(session, actor, river, entry)
    assert counts(river).members == 3


def test_the_record_says_how_many_and_never_who(session: Session, cast: Cast, river: Group) -> None:
    event = record_of(session, river)[0]
    assert told(event, "ja") == ("会員名簿を変更（4人）", [])
    assert "星" not in str(event.details)


def test_only_members_write_it(session: Session, cast: Cast, river: Group) -> None:
    entry = entries(session, river)[0]
    for who in ("fujita", "nakamura", "admin"):
        actor = cast.actor(session, who)
        with pytest.raises(NotAllowed):
            import_lines(session, actor, river, PASTED, replace=True)
        with pytest.raises(NotAllowed):
            change_entry(session, actor, river, entry, Line("x", "y"))
        with pytest.raises(NotAllowed):
            remove_entry(session, actor, river, entry)


def test_the_office_looks_only_while_it_has_a_case_and_the_group_sees_it(
    session: Session, cast: Cast, river: Group
) -> None:
    nakamura = cast.actor(session, "nakamura")
    assert not may_look(session, nakamura, river)
    with pytest.raises(NotAllowed):
        look(session, nakamura, river)
    story = Story(session, cast, Plot())
    assert not may_look(session, nakamura, river)
    story.take_to(State.ASSIGNED)
    assert len(look(session, nakamura, river)) == 4
    assert [(seen.name, seen.body) for seen in looks(session, river)] == [("中村 美咲", "市民協働課")]
    for who in ("takahashi", "watanabe", "admin", "fujita", "katsuragi"):
        assert not may_look(session, cast.actor(session, who), river), who
    story.do(MoveKey.WITHDRAW, "katsuragi")
    assert not may_look(session, nakamura, river)
