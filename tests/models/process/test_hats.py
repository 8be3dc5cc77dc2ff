"""Who wears which hat on a proposal, who is told of it, and who may open it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kyodo.demonstration.story import Story
from models import clock
from models.history import Event
from models.people import Membership, Person, Tenure
from models.process.actors import Actor, hats_of, holders
from models.process.perform import available, begin, perform
from models.process.refusals import NotAllowed, NotPossible
from models.process.sight import find_visible, timeline, visible_to
from models.process.vocabulary import Hat, MoveKey, Sight
from models.proposals import Proposal
from tests.models.process.conftest import Told
from tests.models.process.scenes import BOTH_SIDES, COMING, FORMER, SCENES

EVERY_HAT = frozenset(Hat) - {Hat.SYSTEM}
M = MoveKey


def opened_by(story: Story, who: str) -> bool:
    """Whether somebody may open the story's proposal."""
    actor = story.cast.actor(story.session, who)
    return find_visible(story.session, actor, story.proposal.id) is not None


@pytest.mark.parametrize("scene", SCENES)
def test_whoever_wears_a_hat_holds_it_and_may_open_the_proposal(scene: str, told: Told) -> None:
    story = told(scene)
    for hat in EVERY_HAT:
        holding = {person.id for person in holders(story.session, story.proposal, frozenset({hat}))}
        wearing = {
            person.id
            for who, person in story.cast.people.items()
            if hat in hats_of(story.cast.actor(story.session, who), story.proposal)
        }
        assert holding == wearing, hat
        for who, person in story.cast.people.items():
            if person.id in wearing:
                assert opened_by(story, who)


def test_a_draft_is_its_groups_alone(told: Told) -> None:
    story = told("draft")
    assert opened_by(story, "katsuragi")
    assert opened_by(story, "ono")
    assert not any(opened_by(story, who) for who in story.cast.people if who not in ("katsuragi", "ono", BOTH_SIDES))


def test_a_draft_that_was_given_up_stays_its_groups_alone(told: Told) -> None:
    story = told("withdrawn draft")
    assert opened_by(story, "ono")
    for who in ("nakamura", "kato", "watanabe"):
        assert not opened_by(story, who)
        assert hats_of(story.cast.actor(story.session, who), story.proposal) == frozenset()
    told_of_it = holders(story.session, story.proposal, EVERY_HAT)
    assert {person.id for person in told_of_it} == {
        story.cast.people[who].id for who in ("katsuragi", "ono", BOTH_SIDES)
    }


def test_what_was_handed_in_and_taken_back_stays_with_the_desk(told: Told) -> None:
    assert opened_by(told("withdrawn"), "nakamura")


def test_a_member_of_the_group_wears_no_hat_of_the_city_whatever_the_posts(told: Told) -> None:
    story = told("consulting")
    actor = story.cast.actor(story.session, BOTH_SIDES)
    assert len(actor.places) == 2
    assert hats_of(actor, story.proposal) == {Hat.MEMBER}
    of_the_city = holders(story.session, story.proposal, frozenset({Hat.DESK, Hat.SECTION, Hat.SECTION_HEAD}))
    assert actor.person_id not in {person.id for person in of_the_city}


def test_a_member_of_the_group_does_not_see_what_only_the_city_sees(told: Told) -> None:
    story = told("exclusion_proposed")
    seen = timeline(story.proposal, story.cast.actor(story.session, BOTH_SIDES))
    assert {event.sight for event in seen} == {Sight.PUBLIC, Sight.PARTIES}


def test_the_public_reads_public_events_alone(told: Told) -> None:
    story = told("consulting, record written")
    assert {event.sight for event in timeline(story.proposal, None)} == {Sight.PUBLIC}
    stranger = story.cast.actor(story.session, "fujita")
    assert timeline(story.proposal, stranger) == timeline(story.proposal, None)


def test_what_one_may_not_open_looks_like_what_does_not_exist(told: Told) -> None:
    story = told("consulting")
    for who in ("fujita", "inoue", "matsumoto", "shimizu", "watanabe", "admin", FORMER, COMING):
        assert not opened_by(story, who), who
    visible = story.session.scalars(select(Proposal).where(visible_to(Actor(None, "nobody"))))
    assert list(visible) == []


@pytest.mark.req("A14", "O02")
def test_a_duty_stays_with_the_post_when_its_holder_changes(told: Told) -> None:
    story = told("assigned")
    head, successor = story.cast.people["yamamoto"], story.cast.people["fujita"]
    [duty] = [d for d in story.proposal.duties if d.closed_at is None]
    assert duty.hat is Hat.SECTION_HEAD
    tenure = story.session.scalars(select(Tenure).where(Tenure.person_id == head.id)).one()
    tenure.until = clock.today() - timedelta(days=1)
    story.session.add(Tenure(post=tenure.post, person=successor, since=clock.today()))
    story.session.flush()
    with pytest.raises(NotAllowed):
        story.do(M.TAKE_ON, "yamamoto")
    assert successor in holders(story.session, story.proposal, frozenset({Hat.SECTION_HEAD}))
    event = story.do(M.TAKE_ON, "fujita")
    assert event.actor_name == successor.name


@pytest.mark.req("A14")
def test_a_new_representative_goes_on_where_the_old_one_stood_and_history_stays(told: Told) -> None:
    story = told("signing")
    old = story.session.scalars(
        select(Membership).where(Membership.person_id == story.cast.people["katsuragi"].id)
    ).one()
    young = story.session.scalars(select(Membership).where(Membership.person_id == story.cast.people["ono"].id)).one()
    old.until = young.until = clock.today() - timedelta(days=1)
    story.session.add(Membership(group_id=old.group_id, person_id=young.person_id, role=old.role, since=clock.today()))
    story.session.flush()
    with pytest.raises(NotAllowed):
        story.sign_as("katsuragi")
    story.sign_as("ono")
    first = story.session.scalars(select(Event).order_by(Event.number).limit(1)).one()
    assert first.actor_name == story.cast.people["katsuragi"].name


def test_somebody_who_left_the_service_holds_no_hat(told: Told) -> None:
    story = told("submitted")
    person: Person = story.cast.people["kobayashi"]
    person.active = False
    story.session.flush()
    assert person not in holders(story.session, story.proposal, frozenset({Hat.DESK}))


@pytest.mark.parametrize("who", ["fujita", "nakamura", BOTH_SIDES])
def test_only_members_begin_a_draft_for_their_group(who: str, told: Told) -> None:
    story = told("draft")
    with pytest.raises(NotAllowed, match="Only members"):
        begin(
            story.session,
            actor=story.cast.actor(story.session, who),
            group=story.cast.groups["danchi"],
            desk_id=story.cast.departments["desk"].id,
            edition_id=story.proposal.edition_id,
        )
    assert story.session.scalars(select(Proposal)).all() == [story.proposal]


def test_a_refusal_does_not_tell_the_group_what_only_the_city_sees(told: Told) -> None:
    story = told("exclusion_approval")
    with pytest.raises(NotPossible) as caught:
        perform(story.session, story.proposal, M.SUBMIT, story.cast.actor(story.session, "katsuragi"))
    assert "対象外" not in caught.value.sentence.ja
    assert "受理する" in caught.value.sentence.ja
    with pytest.raises(NotPossible) as caught:
        perform(story.session, story.proposal, M.ACCEPT, story.cast.actor(story.session, "nakamura"))
    assert "対象外を確認し" in caught.value.sentence.ja


def test_who_proposed_an_exclusion_does_not_approve_it_from_another_post(told: Told) -> None:
    story = told("exclusion_approval")
    post = story.session.scalars(select(Tenure).where(Tenure.person_id == story.cast.people["watanabe"].id)).one().post
    story.session.add(Tenure(post=post, person=story.cast.people["nakamura"], since=clock.today()))
    story.session.flush()
    actor = story.cast.actor(story.session, "nakamura")
    assert Hat.HEAD in hats_of(actor, story.proposal)
    assert M.APPROVE_EXCLUSION not in {offer.key for offer in available(story.session, story.proposal, actor)}
    with pytest.raises(NotAllowed, match="drafted"):
        perform(story.session, story.proposal, M.APPROVE_EXCLUSION, actor)
    story.approve_exclusion()
