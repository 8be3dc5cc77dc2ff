"""意見照会: the desk asks sections in a term; they see the case from then on and answer for both parties to read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kyodo.demonstration.story import Story
from models import clock
from models.case_list import Sought, case_list
from models.history import Duty
from models.inbox import Sorting, Span, counts, inbox
from models.people import MemberRole, Membership, Post, Seat, Tenure
from models.process.actors import bearers, hats_of, holders
from models.process.perform import available
from models.process.refusals import NotAllowed, NotPossible
from models.process.sight import find_visible, is_mine, lies_with_colleagues, timeline, turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, Sight, State
from tests.models.process.conftest import Told
from tests.models.process.refusing import lacking

M = MoveKey
QUESTION = "河川敷の使用に支障はありますか。"


def ask(story: Story, section: str = "safety", **details: Any) -> None:
    """The desk asks a section."""
    department_id = story.cast.departments[section].id
    due_on = clock.today() + timedelta(days=10)
    asked = {"section_id": department_id, "question": QUESTION, "due_on": due_on}
    story.do(M.ASK_OPINION, "nakamura", **{**asked, **details})


def give(story: Story, who: str = "mori", text: str = "支障はありません。") -> None:
    """Somebody of a section answers."""
    story.do(M.GIVE_OPINION, who, text=text)


def owed_opinions(story: Story) -> list[Duty]:
    """The duties to give an opinion that are open."""
    return [duty for duty in turns(story.proposal) if duty.key is DutyKey.GIVE_OPINION]


def in_the_inbox(story: Story, who: str) -> list[DutyKey]:
    """What somebody finds in the inbox."""
    actor = story.cast.actor(story.session, who)
    page = inbox(story.session, actor, clock.today(), Span.ALL, Sorting.DUE)
    assert counts(story.session, actor, clock.today())[Span.ALL] == len(page.rows)
    return [line.key for line in page.rows]


@pytest.mark.req("I10")
def test_a_section_sees_nothing_before_it_is_asked_and_the_case_from_then_on(told: Told) -> None:
    story = told("screening, nothing applies")
    actor = story.cast.actor(story.session, "mori")
    assert find_visible(story.session, actor, story.proposal.id) is None
    assert hats_of(actor, story.proposal) == frozenset()
    assert case_list(story.session, actor, Sought()).rows == []
    ask(story)
    assert find_visible(story.session, actor, story.proposal.id) is story.proposal
    assert hats_of(actor, story.proposal) == {Hat.ADVISER}
    assert [found.id for found in case_list(story.session, actor, Sought()).rows] == [story.proposal.id]
    assert Sight.CITY in {event.sight for event in timeline(story.proposal, actor)}


@pytest.mark.req("I10")
def test_the_duty_lies_with_the_section_that_was_asked_until_its_date(told: Told) -> None:
    story = told("screening")
    ask(story)
    [duty] = owed_opinions(story)
    assert duty.hat is Hat.ADVISER
    assert duty.department_id == story.cast.departments["safety"].id
    assert duty.due_on == clock.today() + timedelta(days=10)
    assert in_the_inbox(story, "mori") == in_the_inbox(story, "saito") == [DutyKey.GIVE_OPINION]
    assert in_the_inbox(story, "kondo") == []
    give(story)
    assert owed_opinions(story) == []
    assert in_the_inbox(story, "mori") == []


def test_of_two_sections_asked_each_owes_its_own(told: Told) -> None:
    story = told("screening")
    ask(story)
    ask(story, "culture")
    actor = story.cast.actor(story.session, "mori")
    mine = {duty.department_id: is_mine(duty, actor, story.proposal) for duty in owed_opinions(story)}
    assert mine == {story.cast.departments["safety"].id: True, story.cast.departments["culture"].id: False}
    assert not any(lies_with_colleagues(duty, actor, story.proposal) for duty in owed_opinions(story))
    assert in_the_inbox(story, "mori") == in_the_inbox(story, "kondo") == [DutyKey.GIVE_OPINION]
    give(story)
    assert in_the_inbox(story, "mori") == []
    assert in_the_inbox(story, "kondo") == [DutyKey.GIVE_OPINION]


def test_an_opinion_is_asked_of_the_people_of_its_section_alone(told: Told) -> None:
    story = told("screening")
    ask(story)
    ask(story, "culture")
    people = story.cast.people
    for duty, who in zip(owed_opinions(story), (("mori", "saito"), ("kondo", "sakamoto")), strict=True):
        asked = bearers(story.session, story.proposal, [duty])
        assert {person.id for person in asked} == {people[one].id for one in who}


@pytest.mark.req("X05")
def test_question_and_opinion_are_read_by_both_parties_and_not_by_the_public(told: Told) -> None:
    story = told("screening")
    ask(story)
    give(story, text="増水のときの連絡方法を決めてください。")
    [opinion] = story.proposal.opinions
    assert (opinion.question, opinion.text) == (QUESTION, "増水のときの連絡方法を決めてください。")
    assert opinion.given_by_name == story.cast.people["mori"].name
    events = story.proposal.events[-2:]
    assert [event.details["asked_section"] for event in events] == ["危機管理課", "危機管理課"]
    for who in ("ono", "nakamura"):
        assert set(events) <= set(timeline(story.proposal, story.cast.actor(story.session, who)))
    assert not set(events) & set(timeline(story.proposal, None))


def test_an_opinion_moves_nothing_on(told: Told) -> None:
    story = told("screening")
    ask(story)
    give(story)
    assert story.proposal.state is State.SCREENING
    assert story.proposal.section_id is None
    assert DutyKey.SCREEN in {duty.key for duty in turns(story.proposal)}


def test_a_section_is_asked_again_only_after_it_answered(told: Told) -> None:
    story = told("screening")
    ask(story)
    with lacking(story, "section_id") as sentences:
        ask(story)
    assert "すでに意見を求めています" in sentences[0]
    give(story)
    ask(story, question="工事の時期はいつですか。")
    assert [duty.subject_id for duty in owed_opinions(story)] == [story.proposal.opinions[1].id]
    assert story.proposal.asked_section_ids == [story.cast.departments["safety"].id]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"section_id": None}, "section_id"),
        ({"section_id": 999_999}, "section_id"),
        ({"section_id": "safety"}, "section_id"),
        ({"question": " 　"}, "question"),
        ({"question": "長" * 2001}, "question"),
        ({"due_on": None}, "due_on"),
        ({"due_on": clock.today()}, "due_on"),
        ({"due_on": "来週"}, "due_on"),
    ],
)
def test_a_question_names_a_section_and_a_day_to_come(wrong: dict[str, Any], field: str, told: Told) -> None:
    story = told("screening")
    with lacking(story, field):
        ask(story, **wrong)


def test_a_section_that_is_closed_or_in_which_nobody_works_is_not_asked(told: Told) -> None:
    story = told("screening")
    with lacking(story, "section_id"):
        ask(story, "welfare")  # a department: its head does no section's work
    for tenure in story.session.query(Tenure).join(Post).where(Post.department == story.cast.departments["safety"]):
        tenure.until = clock.today() - timedelta(days=1)
    story.cast.departments["culture"].closed_on = clock.today()
    story.session.flush()
    for section in ("safety", "culture"):
        with lacking(story, "section_id"):
            ask(story, section)


@pytest.mark.parametrize("text", ["", "　\n", "長" * 2001])
def test_an_opinion_says_something_within_its_limit(text: str, told: Told) -> None:
    story = told("screening")
    ask(story)
    with lacking(story, "text"):
        give(story, text=text)


def test_the_first_answer_of_a_section_is_its_answer(told: Told) -> None:
    story = told("screening")
    ask(story)
    give(story, "mori")
    with lacking(story, "text") as sentences:
        give(story, "saito", text="別の意見です。")
    assert "照会はありません" in sentences[0]
    assert story.proposal.opinions[0].text == "支障はありません。"


def test_nobody_but_the_section_asked_answers(told: Told) -> None:
    story = told("screening")
    ask(story)
    for who in ("ono", "nakamura", "kondo", "watanabe", "admin"):
        with pytest.raises(NotAllowed):
            give(story, who)


def test_who_works_in_two_sections_asked_answers_for_the_one_that_still_owes(told: Told) -> None:
    story = told("screening")
    second = Post(department=story.cast.departments["culture"], seat=Seat.OFFICER, name="文化振興課 兼務")
    story.session.add(Tenure(post=second, person=story.cast.people["mori"], since=clock.today()))
    story.session.flush()
    ask(story)
    ask(story, "culture")
    for body in ("危機管理課", "文化振興課"):
        give(story)
        assert story.proposal.events[-1].actor_body == body
    assert owed_opinions(story) == []


def test_a_member_of_the_group_gives_no_opinion_on_it_from_the_office(told: Told) -> None:
    story = told("screening")
    group, person = story.proposal.group, story.cast.people["mori"]
    story.session.add(Membership(group=group, person=person, role=MemberRole.MEMBER, since=clock.today()))
    story.session.flush()
    ask(story)
    assert hats_of(story.cast.actor(story.session, "mori"), story.proposal) == {Hat.MEMBER}
    with pytest.raises(NotAllowed):
        give(story)
    assert in_the_inbox(story, "mori") == []
    assert person not in holders(story.session, story.proposal, frozenset({Hat.ADVISER}))
    give(story, "saito")


@pytest.mark.parametrize(
    "scene", ["entered", "selecting", "selecting, in a round", "deciding", "assigning, after the vote"]
)
def test_it_can_be_asked_wherever_the_group_waits_for_its_answer(scene: str, told: Told) -> None:
    story = told(scene)
    ask(story)
    give(story)
    assert story.proposal.opinions[0].given_at is not None


@pytest.mark.parametrize(
    "scene", ["returned", "exclusion_approval", "consulting", "running", "planning", "provisional"]
)
def test_and_not_elsewhere(scene: str, told: Told) -> None:
    story = told(scene)
    with pytest.raises(NotPossible):
        ask(story)


LATER = (
    Story.accept, Story.find, Story.propose_pass, Story.confirm_pass, Story.assign, Story.take_on, Story.consult,
    Story.draft_agreement, Story.send_for_approval, Story.approve_agreement,
)  # fmt: skip
"""From the receipt to the last signature."""
WAYS: list[tuple[Callable[[Story], object], ...]] = [LATER[:steps] for steps in range(len(LATER) + 1)]
WAYS += [(Story.return_for_correction,), (Story.accept, Story.propose_exclusion)]
WAYS += [(Story.accept, Story.propose_exclusion, Story.confirm_exclusion)]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[-1].__name__ if way else "submitted")
def test_an_answer_that_comes_later_is_taken_as_long_as_nothing_is_signed(
    way: tuple[Callable[[Story], object], ...], told: Told
) -> None:
    story = told("submitted")
    ask(story)
    for step in way:
        step(story)
    offers = available(story.session, story.proposal, story.cast.actor(story.session, "mori"))
    assert [(offer.key, offer.ready) for offer in offers] == [(M.GIVE_OPINION, True)]
    assert len(owed_opinions(story)) == 1
    give(story)
    assert owed_opinions(story) == []


@pytest.mark.parametrize("end", ["sign", "exclude"])
def test_nobody_owes_an_opinion_that_can_no_longer_be_given(end: str, told: Told) -> None:
    story = told("screening")
    ask(story)
    if end == "exclude":
        story.exclude()
    else:
        for step in LATER[1:]:
            step(story)
        story.sign()
    assert owed_opinions(story) == []
    assert in_the_inbox(story, "mori") == []
    assert find_visible(story.session, story.cast.actor(story.session, "mori"), story.proposal.id) is not None
