"""Drafts: saved whole or not at all, never over somebody else's words, by the group alone."""

import threading
import time
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from kyodo.demonstration.cast import Cast, engage
from kyodo.demonstration.story import Story
from models.database import reading, transaction
from models.drafts import LONGEST, Overtaken, begin_draft, draft_of, revision_of, save_draft
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


def _save(cast: Cast, proposal_id: int, who: str = "katsuragi", **changes: Any) -> str:
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id)
        now = draft_of(proposal)
        written = {
            "title": now.title,
            "answers": now.answers,
            "profile": now.profile,
            "revision": revision_of(proposal),
            **changes,
        }
        return save_draft(session, proposal, cast.actor(session, who), **written)


def _stands(proposal_id: int) -> tuple[str, dict[str, Any], str]:
    with reading() as session:
        proposal = session.get_one(Proposal, proposal_id)
        return proposal.title, dict(proposal.answers), revision_of(proposal)


def test_what_is_written_is_there_again(cast: Cast, draft_id: int) -> None:
    revision = _save(cast, draft_id, title="川辺の見守り", answers={"issue": "一人で過ごす", "methods": ["subsidy"]})
    assert _stands(draft_id) == ("川辺の見守り", {"issue": "一人で過ごす", "methods": ["subsidy"]}, revision)


def test_half_finished_and_wrong_answers_are_kept_until_they_are_handed_in(cast: Cast, draft_id: int) -> None:
    _save(cast, draft_id, answers={"cost_total": "三十万", "goals_by": "来年の春", "issue": "あ" * 2000})
    assert _stands(draft_id)[1] == {"cost_total": "三十万", "goals_by": "来年の春", "issue": "あ" * 2000}


def test_answers_to_unknown_items_are_left_out(cast: Cast, draft_id: int) -> None:
    _save(cast, draft_id, answers={"purpose": "居場所", "state": "published", "__proto__": "x"})
    assert _stands(draft_id)[1] == {"purpose": "居場所"}


def test_the_groups_profile_is_saved_with_it(cast: Cast, draft_id: int) -> None:
    _save(cast, draft_id, profile=PROFILE_NOW)
    with reading() as session:
        assert draft_of(session.get_one(Proposal, draft_id)).profile == PROFILE_NOW


def test_the_same_again_changes_nothing_whatever_revision_it_names(cast: Cast, draft_id: int) -> None:
    first = _save(cast, draft_id, title="川辺")
    assert _save(cast, draft_id, title="川辺", revision="0-old") == first


def test_another_device_is_not_overwritten(cast: Cast, draft_id: int) -> None:
    opened = _stands(draft_id)[2]
    _save(cast, draft_id, title="先に保存した名前")
    with pytest.raises(Overtaken) as told:
        _save(cast, draft_id, title="あとから届いた名前", revision=opened)
    assert told.value.saved.title == "先に保存した名前"
    assert _stands(draft_id)[0] == "先に保存した名前"
    _save(cast, draft_id, title="見比べて決めた名前", revision=told.value.revision)
    assert _stands(draft_id)[0] == "見比べて決めた名前"


def test_a_profile_changed_in_another_proposal_is_not_overwritten(cast: Cast, draft_id: int) -> None:
    opened = _stands(draft_id)[2]
    with transaction() as session:
        other_id = Story(session, cast).proposal.id
    _save(cast, other_id, "ono", profile=PROFILE_NOW)
    with pytest.raises(Overtaken):
        _save(cast, draft_id, title="川辺", revision=opened)


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
        ({"answers": {"issue": "あ" * (LONGEST + 1)}}, "issue"),
        ({"profile": {**PROFILE_NOW, "purpose": "あ" * (LONGEST + 1)}}, "group_purpose"),
    ],
)
def test_what_is_endless_is_refused_at_its_field(
    cast: Cast, draft_id: int, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(NotReady) as told:
        _save(cast, draft_id, **changes)
    assert [gap.field for gap in told.value.missing] == [field]


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
    opened = _stands(draft_id)[2]
    start, outcomes = threading.Barrier(2), []

    def save(title: str) -> None:
        start.wait()
        try:
            _save(cast, draft_id, title=title, revision=opened)
            outcomes.append(title)
        except Overtaken:
            outcomes.append("overtaken")

    writers = [threading.Thread(target=save, args=(title,)) for title in ("母の名前", "子の名前")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert outcomes.count("overtaken") == 1
    assert _stands(draft_id)[0] in outcomes
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Proposal)) == 1


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
