"""Several groups behind one proposal: each confirms its own part, and then has the same rights."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from kyodo.demonstration.cast import engage
from kyodo.demonstration.story import Story
from models.database import writing
from models.editions import take_up
from models.own_proposals import own_duties, own_proposals
from models.partners import answer_part, ask_partner, asked_of_groups, drop_partner, find_part, partners
from models.process.actors import Actor, hats_of, holders
from models.process.refusals import NotAllowed, NotPossible, NotReady
from models.process.sight import find_visible
from models.process.vocabulary import Hat, State
from models.programme.library import DEFAULT, shipped_text

PART = "当日の受付と、テント5張りの持寄り。"


@pytest.fixture
def story(database: Engine) -> Iterator[Story]:
    """A draft of the river's group, on both databases."""
    with writing() as session:
        yield Story(session, engage(session))
        session.rollback()


def actor(story: Story, who: str) -> Actor:
    """Somebody of the cast."""
    return story.cast.actor(story.session, who)


def ask(story: Story, group: str = "sound", part: str = PART) -> None:
    """The river's group asks another one."""
    ask_partner(story.session, story.proposal, actor(story, "katsuragi"), story.cast.groups[group], part)


def say(story: Story, who: str = "fujita", *, yes: bool = True) -> None:
    """Somebody of the other group answers."""
    found = find_part(story.session, story.proposal.id, actor(story, who))
    assert found is not None
    answer_part(story.session, story.proposal, actor(story, who), found, yes=yes, answer="よろしくお願いします。")


@pytest.mark.req("A06", "A07")
def test_a_group_that_confirmed_its_part_has_the_same_rights(story: Story) -> None:
    ask(story)
    partner = actor(story, "fujita")
    assert hats_of(partner, story.proposal) == frozenset()
    assert find_visible(story.session, partner, story.proposal.id) is None
    assert [one.part for one in asked_of_groups(story.session, partner)] == [PART]
    say(story)
    assert hats_of(partner, story.proposal) == {Hat.MEMBER}
    assert find_visible(story.session, partner, story.proposal.id) is story.proposal
    assert [own.proposal for own in own_proposals(story.session, partner).rows] == [story.proposal]
    assert [duty.proposal_id for duty in own_duties(story.session, partner)] == [story.proposal.id]
    people = {person.name for person in holders(story.session, story.proposal, frozenset({Hat.MEMBER}))}
    assert {"葛城 花子", "大野 勇", "藤田 響"} <= people
    assert asked_of_groups(story.session, partner) == []


@pytest.mark.req("A07")
def test_nothing_is_handed_in_before_every_group_has_answered(story: Story) -> None:
    ask(story)
    with pytest.raises(NotReady, match="has not confirmed its part"):
        story.submit()
    say(story, yes=False)
    with pytest.raises(NotReady, match="declined its part"):
        story.submit()
    ask(story, part="受付だけ。")
    say(story)
    story.submit()
    [frozen] = story.proposal.submissions
    assert frozen.partners == [{"group": story.cast.groups["sound"].name, "part": "受付だけ。"}]
    assert story.proposal.state is State.SUBMITTED


def test_a_partner_may_submit_and_its_group_is_named(story: Story) -> None:
    ask(story)
    say(story)
    story.plot = story.plot.__class__(proposer="fujita")
    event = story.submit()
    assert event.actor_body == story.cast.groups["sound"].name


def test_only_the_lead_bodys_representative_signs(story: Story) -> None:
    ask(story)
    say(story)
    signers = holders(story.session, story.proposal, frozenset({Hat.REPRESENTATIVE}))
    assert [person.name for person in signers] == ["葛城 花子"]


def test_another_part_is_confirmed_anew(story: Story) -> None:
    ask(story)
    say(story)
    ask(story)
    assert story.proposal.partner_group_ids == [story.cast.groups["sound"].id]
    ask(story, part="全部")
    assert story.proposal.partner_group_ids == []


def test_who_is_taken_out_reads_no_more(story: Story) -> None:
    ask(story)
    say(story)
    [partner] = partners(story.session, story.proposal)
    drop_partner(story.session, story.proposal, actor(story, "katsuragi"), partner)
    assert find_visible(story.session, actor(story, "fujita"), story.proposal.id) is None


def test_strangers_neither_ask_nor_answer(story: Story) -> None:
    with pytest.raises(NotAllowed):
        ask_partner(story.session, story.proposal, actor(story, "okada"), story.cast.groups["sound"], PART)
    ask(story)
    [partner] = partners(story.session, story.proposal)
    with pytest.raises(NotAllowed):
        answer_part(story.session, story.proposal, actor(story, "okada"), partner, yes=True, answer="")
    say(story)
    with pytest.raises(NotPossible):
        answer_part(story.session, story.proposal, actor(story, "fujita"), partner, yes=False, answer="")


def test_what_is_missing_is_told_at_its_field(story: Story) -> None:
    for group, part, fields in (
        (None, "", {"group", "part"}),
        ("river", PART, {"group"}),
        ("sound", "あ" * 1001, {"part"}),
    ):
        chosen = story.cast.groups[group] if group else None
        with pytest.raises(NotReady) as refused:
            ask_partner(story.session, story.proposal, actor(story, "katsuragi"), chosen, part)
        assert {gap.field for gap in refused.value.missing} == fields


def test_after_submission_partners_stay_as_they_are(story: Story) -> None:
    story.submit()
    with pytest.raises(NotPossible):
        ask(story)


@pytest.mark.parametrize(
    ("rule", "partner", "told"), [("alone", True, "one group only"), ("together", False, "several")]
)
def test_a_type_of_call_says_how_many_groups_propose(story: Story, rule: str, partner: bool, told: str) -> None:
    text = shipped_text(DEFAULT).replace(
        "    proposer: citizens\n    rounds: []\n", f"    consortium: {rule}\n    rounds: []\n"
    )
    story.proposal.edition_id = take_up(story.session, text, person_id=None).id
    if partner:
        ask(story)
        say(story)
    with pytest.raises(NotReady, match=told):
        story.submit()
