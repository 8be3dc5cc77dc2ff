"""Drafts: saved question by question, never over somebody else's words, by the group alone."""

import threading
import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from kyodo.demonstration.cast import Cast, engage
from kyodo.demonstration.story import Story
from models.database import reading, transaction
from models.drafts import LONGEST, LONGEST_CELL, Saved, begin_draft, draft_of, mark_of, marks_of, save_draft
from models.people import Group
from models.process.moves.intake import PROFILE
from models.process.refusals import NotAllowed, NotPossible, NotReady
from models.process.vocabulary import MoveKey
from models.proposals import Proposal

PROFILE_NOW = {key: f"{key}について" for key in PROFILE}


@pytest.fixture
def cast(database: Engine) -> Cast:
    """The people of Aobagawa."""
    with transaction() as session:
        return engage(session)


@pytest.fixture
def draft_id(cast: Cast) -> int:
    """A draft just begun by 葛城."""
    with transaction() as session:
        return begin_draft(session, cast.actor(session, "katsuragi"), cast.groups["river"]).id


def _save(
    cast: Cast, proposal_id: int, who: str = "katsuragi", *, opened: Mapping[str, str] | None = None, **written: Any
) -> Saved:
    """Save these questions, opened when they last stood so unless `opened` says otherwise."""
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id)
        marks = marks_of(proposal) if opened is None else opened
        return save_draft(session, proposal, cast.actor(session, who), written, marks)


def _stands(proposal_id: int) -> tuple[str, dict[str, Any]]:
    with reading() as session:
        proposal = session.get_one(Proposal, proposal_id)
        return proposal.title, dict(proposal.answers)


def _marks(proposal_id: int) -> dict[str, str]:
    with reading() as session:
        return marks_of(session.get_one(Proposal, proposal_id))


def test_what_is_written_is_there_again(cast: Cast, draft_id: int) -> None:
    saved = _save(cast, draft_id, title="川辺の見守り", item_issue="一人で過ごす", item_methods=["subsidy"])
    assert _stands(draft_id) == ("川辺の見守り", {"issue": "一人で過ごす", "methods": ["subsidy"]})
    assert saved.marks == _marks(draft_id)
    assert (saved.elsewhere, saved.disputed, saved.refused) == (frozenset(), frozenset(), [])


def test_half_finished_and_wrong_answers_are_kept_until_they_are_handed_in(cast: Cast, draft_id: int) -> None:
    _save(cast, draft_id, item_cost_total="三十万", item_goals_by="来年の春", item_issue="あ" * 2000)
    assert _stands(draft_id)[1] == {"cost_total": "三十万", "goals_by": "来年の春", "issue": "あ" * 2000}


def test_answers_to_unknown_questions_are_left_out(cast: Cast, draft_id: int) -> None:
    opened = {**_marks(draft_id), "item_state": "", "item___proto__": "", "group_name": "", "number": ""}
    _save(cast, draft_id, opened=opened, item_purpose="居場所", item_state="published", group_name="x", number="R1-1")
    assert _stands(draft_id)[1] == {"purpose": "居場所"}


def test_what_was_not_opened_is_not_written(cast: Cast, draft_id: int) -> None:
    _save(cast, draft_id, opened={"title": ""}, title="川辺", item_purpose="居場所")
    assert _stands(draft_id) == ("川辺", {})


def test_the_groups_profile_is_saved_with_it(cast: Cast, draft_id: int) -> None:
    _save(cast, draft_id, **{f"group_{key}": text for key, text in PROFILE_NOW.items()})
    with reading() as session:
        assert draft_of(session.get_one(Proposal, draft_id)).profile == PROFILE_NOW


def test_the_same_again_changes_nothing_whatever_mark_it_names(cast: Cast, draft_id: int) -> None:
    _save(cast, draft_id, title="川辺")
    again = _save(cast, draft_id, opened={"title": "old"}, title=" 川辺 ")
    assert (again.elsewhere, again.disputed) == (frozenset(), frozenset())
    with reading() as session:
        assert session.get_one(Proposal, draft_id).answers_revision == 1


def test_two_members_writing_different_questions_both_win(cast: Cast, draft_id: int) -> None:
    opened = _marks(draft_id)
    _save(cast, draft_id, opened=opened, item_issue="葛城の課題")
    late = _save(cast, draft_id, "ono", opened=opened, item_purpose="大野の目的", item_issue="")
    assert _stands(draft_id)[1] == {"issue": "葛城の課題", "purpose": "大野の目的"}
    assert late.elsewhere == {"item_issue"}, "what the other wrote comes back with the next saving"
    assert late.disputed == frozenset()


def test_two_texts_at_one_question_stand_side_by_side_until_one_is_chosen(cast: Cast, draft_id: int) -> None:
    opened = _marks(draft_id)
    _save(cast, draft_id, opened=opened, title="先に保存した名前")
    late = _save(cast, draft_id, "ono", opened=opened, title="あとから届いた名前", item_issue="課題")
    assert late.disputed == {"title"}
    assert _stands(draft_id) == ("先に保存した名前", {"issue": "課題"}), "the other question is saved all the same"
    chosen = _save(cast, draft_id, "ono", opened=late.marks, title="見比べて決めた名前")
    assert chosen.disputed == frozenset()
    assert _stands(draft_id)[0] == "見比べて決めた名前"


def test_an_emptied_question_is_as_much_a_change_as_a_filled_one(cast: Cast, draft_id: int) -> None:
    _save(cast, draft_id, item_issue="はじめ", item_methods=["subsidy"])
    opened = _marks(draft_id)
    _save(cast, draft_id, opened=opened, item_issue="", item_methods=[])
    late = _save(cast, draft_id, "ono", opened=opened, item_issue="書き足した", item_methods=["subsidy"])
    assert late.disputed == {"item_issue"}
    assert late.elsewhere == {"item_issue", "item_methods"}
    assert _stands(draft_id)[1] == {"issue": "", "methods": []}


def test_a_profile_changed_in_another_proposal_is_not_overwritten(cast: Cast, draft_id: int) -> None:
    opened = _marks(draft_id)
    with transaction() as session:
        other_id = Story(session, cast).proposal.id
    _save(cast, other_id, "ono", group_purpose="大野の目的")
    late = _save(cast, draft_id, opened=opened, title="川辺", group_purpose="葛城の目的")
    assert late.disputed == {"group_purpose"}
    with reading() as session:
        assert draft_of(session.get_one(Proposal, draft_id)).profile["purpose"] == "大野の目的"


@given(mine=st.text(max_size=3), theirs=st.text(max_size=3), before=st.text(max_size=3))
def test_a_mark_tells_texts_apart_exactly_when_they_say_different_things(mine: str, theirs: str, before: str) -> None:
    for one, other in ((mine, theirs), (theirs, before)):
        assert (mark_of(one) == mark_of(other)) == (one.strip() == other.strip())
    assert mark_of([{}, {"a": " "}]) == mark_of(None) == mark_of("") == ""


@pytest.mark.parametrize("who", ["nakamura", "okada", "watanabe"])
def test_only_the_group_writes(cast: Cast, draft_id: int, who: str) -> None:
    with pytest.raises(NotAllowed):
        _save(cast, draft_id, who, title="横から")
    assert _stands(draft_id)[0] == ""


def test_what_was_handed_in_is_written_again_only_when_it_is_returned(cast: Cast) -> None:
    with transaction() as session:
        story = Story(session, cast)
        story.submit()
        proposal_id = story.proposal.id
    with pytest.raises(NotPossible) as told:
        _save(cast, proposal_id, title="すりかえ")
    assert "受付確認中" in told.value.sentence.ja
    with transaction() as session:
        resumed = session.get_one(Proposal, proposal_id)
        story.proposal, story.session = resumed, session
        story.return_for_correction()
    before = _stands(proposal_id)[0]
    _save(cast, proposal_id, title="直した名前")
    with transaction() as session:
        resumed = session.get_one(Proposal, proposal_id)
        assert resumed.title == before, "a title half corrected is the group's own"
        assert draft_of(resumed).title == "直した名前"
        story.proposal, story.session = resumed, session
        story.submit()
    assert _stands(proposal_id)[0] == "直した名前"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "あ" * 201}, "title"),
        ({"item_issue": "あ" * (LONGEST + 1)}, "item_issue"),
        ({"item_issue": [{"what": "あ" * (LONGEST_CELL + 1)}]}, "item_issue-0-what"),
        ({"item_issue": [{"what": "行"}] * 201}, "item_issue"),
        ({"group_purpose": "あ" * (LONGEST + 1)}, "group_purpose"),
    ],
)
def test_what_is_endless_is_refused_at_its_field(
    cast: Cast, draft_id: int, changes: dict[str, Any], field: str
) -> None:
    saved = _save(cast, draft_id, **changes, item_purpose="居場所")
    assert [gap.field for gap in saved.refused] == [field]
    assert _stands(draft_id) == ("", {"purpose": "居場所"}), "what is not endless is saved"


def test_a_double_click_begins_one_draft(cast: Cast, draft_id: int) -> None:
    with transaction() as session:
        again = begin_draft(session, cast.actor(session, "katsuragi"), cast.groups["river"])
        assert again.id == draft_id
        by_another = begin_draft(session, cast.actor(session, "ono"), cast.groups["river"])
        assert by_another.id != draft_id


def test_a_draft_with_words_in_it_is_not_begun_over(cast: Cast, draft_id: int) -> None:
    _save(cast, draft_id, title="川辺")
    with transaction() as session:
        assert begin_draft(session, cast.actor(session, "katsuragi"), cast.groups["river"]).id != draft_id


def test_nobody_begins_for_a_group_of_others(cast: Cast) -> None:
    with transaction() as session, pytest.raises(NotAllowed):
        begin_draft(session, cast.actor(session, "okada"), cast.groups["river"])


def test_a_title_longer_than_the_form_allows_is_told_at_submission(cast: Cast) -> None:
    with transaction() as session:
        story = Story(session, cast)
        story.proposal.title = "川" * 61
        session.flush()
        with pytest.raises(NotReady) as told:
            story.do(MoveKey.SUBMIT, "katsuragi")
        assert [gap.field for gap in told.value.missing] == ["title"]


def test_of_two_who_save_at_once_one_is_told(cast: Cast, draft_id: int) -> None:
    opened = _marks(draft_id)
    start, outcomes = threading.Barrier(2), list[str]()

    def save(title: str, question: str) -> None:
        start.wait()
        saved = _save(cast, draft_id, opened=opened, **{"title": title, question: title})
        outcomes.append("told" if saved.disputed else title)

    writers = [
        threading.Thread(target=save, args=args) for args in (("母の名前", "item_issue"), ("子の名前", "item_purpose"))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    title, answers = _stands(draft_id)
    assert outcomes.count("told") == 1
    assert title in outcomes
    assert answers == {"issue": "母の名前", "purpose": "子の名前"}, "neither's words elsewhere are lost"


def test_two_clicks_at_the_same_moment_begin_one_draft(cast: Cast) -> None:
    def click() -> None:
        with transaction() as session:
            group = session.get_one(Group, cast.groups["river"].id)
            begin_draft(session, cast.actor(session, "katsuragi"), group)
            time.sleep(0.2)  # not yet committed when the other one looks

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(timeout=20)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Proposal)) == 1
