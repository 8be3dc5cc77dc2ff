"""受付: what a proposal must say, its number and receipt, correction, refusal on formal grounds, taking it back."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models import clock
from models.attachments import attach, attachment_to_open, detach
from models.files import StoredFile
from models.process.duties import DUTIES
from models.process.moves.intake import GROUNDS, PROFILE
from models.process.sight import timeline, turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, Stage, State
from models.programme.library import DEFAULT, programme
from tests.models.process.conftest import Told
from tests.models.process.refusing import lacking

M = MoveKey
REQUIRED = [item.key for item in programme(DEFAULT).questions_for(Plot().call) if item.required and not item.kinds]


def change(story: Story, **answers: Any) -> None:
    """Write other answers into the draft."""
    story.proposal.answers = {**story.proposal.answers, **answers}
    story.session.flush()


@pytest.mark.req("I03")
@pytest.mark.parametrize("blank", [None, "", "　 \n"])
@pytest.mark.parametrize("key", REQUIRED)
def test_nothing_that_is_asked_may_stay_empty(key: str, blank: str | None, told: Told) -> None:
    story = told("draft")
    change(story, **{key: blank})
    with lacking(story, key) as sentences:
        story.submit()
    assert len(sentences) == 1


@pytest.mark.req("P13")
def test_method_and_domain_may_be_left_to_the_consultation(told: Told) -> None:
    story = told("draft")
    change(story, methods=[], domain="")
    story.submit()
    assert story.proposal.state is State.SUBMITTED


@pytest.mark.req("P26")
def test_a_proposal_names_the_problem_it_solves_and_is_told_that_collaborating_is_none(told: Told) -> None:
    story = told("draft")
    change(story, issue="")
    with lacking(story, "issue") as sentences:
        story.submit()
    assert sentences == ["「解決したい課題」を入力してください。"]
    [item] = [item for item in programme(DEFAULT).proposal_items if item.key == "issue"]
    assert "協働すること自体は目的になりません" in item.hint.ja


def test_a_title_is_needed_and_has_its_limit(told: Told) -> None:
    story = told("draft")
    for title in ("", "　", "あ" * 61):
        story.proposal.title = title
        story.session.flush()
        with lacking(story, "title"):
            story.submit()
    story.proposal.title = "あ" * 60
    story.submit()


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("field", "astrology"),
        ("methods", ["subsidy", "magic"]),
        ("methods", "subsidy"),
        ("methods", [["subsidy"]]),
        ("domain", "z"),
        ("goals_by", "令和9年の春"),
        ("goals_by", "2027-02-30"),
        ("cost_total", -1),
        ("cost_total", "480000"),
        ("cost_total", True),
        ("cost_total", 100_000_001),
        ("cost_city", 3_000_001),
        ("issue", "長" * 801),
        ("purpose", ["a list"]),
    ],
)
def test_an_answer_that_cannot_be_is_told_at_its_item(key: str, wrong: Any, told: Told) -> None:
    story = told("draft")
    change(story, **{key: wrong})
    with lacking(story, key):
        story.submit()


def test_the_citys_share_is_no_more_than_the_whole(told: Told) -> None:
    story = told("draft")
    change(story, cost_total=100_000, cost_city=100_001)
    with lacking(story, "cost_city"):
        story.submit()
    change(story, cost_city=100_000)
    story.submit()


@pytest.mark.req("A10")
@pytest.mark.parametrize("field", PROFILE)
def test_a_group_says_what_it_is_before_it_proposes(field: str, told: Told) -> None:
    story = told("draft")
    setattr(story.proposal.group, field, " ")
    story.session.flush()
    with lacking(story, f"group_{field}"):
        story.submit()


@pytest.mark.req("A10")
@pytest.mark.parametrize("field", PROFILE)
def test_what_a_group_says_of_itself_has_its_limit(field: str, told: Told) -> None:
    story = told("draft")
    setattr(story.proposal.group, field, "長" * 1001)
    story.session.flush()
    with lacking(story, f"group_{field}") as sentences:
        story.submit()
    assert sentences == [f"「{PROFILE[field].ja}」は1000文字までで入力してください。"]
    setattr(story.proposal.group, field, "長" * 1000)
    story.submit()


def test_everything_that_is_missing_is_told_at_once(told: Told) -> None:
    story = told("draft")
    story.proposal.title = ""
    change(story, issue="", goals_by="soon")
    story.proposal.group.finance = ""
    story.session.flush()
    with lacking(story, "title", "issue", "goals_by", "group_finance"):
        story.submit()


def test_a_submission_is_frozen_as_it_was_handed_in(told: Told) -> None:
    story = told("returned")
    [first] = story.proposal.submissions
    change(story, purpose="書き直した目的です。")
    story.submit()
    first, second = story.proposal.submissions
    assert first.answers["purpose"] != second.answers["purpose"] == "書き直した目的です。"
    assert first.content_hash != second.content_hash
    assert (first.number, second.number) == (1, 2)


def test_files_and_profile_are_frozen_with_the_submission(told: Told) -> None:
    story = told("draft")
    group, actor = story.proposal.group, story.cast.actor(story.session, "katsuragi")
    rules = attach(
        story.session, story.proposal, actor, Stage.INTAKE, StoredFile("a" * 64, 5, "text/plain", "会則.txt")
    )
    taken = attach(story.session, story.proposal, actor, Stage.INTAKE, StoredFile("b" * 64, 6, "text/plain", "案.txt"))
    detach(story.session, story.proposal, actor, taken.id)
    name, finance = group.name, group.finance
    story.submit()
    story.return_for_correction()
    group.name, group.finance = "新しい名前の会", "書き直した財務状況"
    detach(story.session, story.proposal, actor, rules.id)
    story.submit()
    first, second = story.proposal.submissions
    assert first.attachments == [{"id": rules.id, "name": "会則.txt", "sha256": "a" * 64, "size": 5, "item": ""}]
    assert second.attachments == []
    assert set(first.profile) == {"name", *PROFILE}
    assert (first.profile["name"], first.profile["finance"]) == (name, finance)
    assert (second.profile["name"], second.profile["finance"]) == ("新しい名前の会", "書き直した財務状況")
    assert first.answers == second.answers
    assert first.content_hash != second.content_hash
    assert attachment_to_open(story.proposal, rules.id) is rules
    assert attachment_to_open(story.proposal, taken.id) is None


def test_the_number_is_given_once_and_counts_within_the_fiscal_year(story: Story) -> None:
    def submitted_on(day: date) -> str:
        with clock.standing_at(clock.at_tokyo(day, time(10))):
            other = Story(story.session, story.cast, Plot(answers={"goals_by": "2030-01-01"}))
            other.submit()
        assert other.proposal.number is not None
        return other.proposal.number

    assert submitted_on(date(2026, 4, 1)) == "R8-0001"
    assert submitted_on(date(2027, 3, 31)) == "R8-0002"
    assert submitted_on(date(2027, 4, 1)) == "R9-0001"
    assert submitted_on(date(2026, 12, 1)) == "R8-0003"


def test_a_correction_keeps_the_number_and_the_day_of_arrival(told: Told) -> None:
    story = told("submitted")
    number, arrived = story.proposal.number, story.proposal.submitted_at
    story.return_for_correction()
    story.submit()
    assert (story.proposal.number, story.proposal.submitted_at) == (number, arrived)
    assert number is not None
    assert number.endswith("-0001")


def test_a_return_says_why_and_until_when(told: Told) -> None:
    story = told("submitted")
    today = clock.today()
    for due_on in (None, "2099-01-01", today, today - timedelta(days=1)):
        with lacking(story, "due_on"):
            story.do(M.RETURN_FOR_CORRECTION, "nakamura", reason="内訳を足してください。", due_on=due_on)
    with lacking(story, "reason"):
        story.do(M.RETURN_FOR_CORRECTION, "nakamura", reason="　", due_on=today + timedelta(days=1))
    due_on = today + timedelta(days=1)
    event = story.do(M.RETURN_FOR_CORRECTION, "nakamura", reason=" 内訳を足してください。 ", due_on=due_on)
    assert event.reason == "内訳を足してください。"
    [duty] = turns(story.proposal)
    assert (duty.key, duty.hat, duty.due_on) == (DutyKey.CORRECT, Hat.MEMBER, due_on)


@pytest.mark.req("I04")
def test_nothing_is_declined_for_its_form_before_there_was_time_to_correct_it(told: Told) -> None:
    story = told("submitted")
    details = {"ground": "incomplete", "reason": "内訳がありません。"}
    with lacking(story, "ground"):
        story.do(M.DECLINE, "nakamura", **details)
    story.return_for_correction()
    with lacking(story, "ground"):
        story.do(M.DECLINE, "nakamura", **details)
    due_on = story.proposal.correction_due_on
    assert due_on is not None
    with clock.standing_at(clock.at_tokyo(due_on, time(12))), lacking(story, "ground"):
        story.do(M.DECLINE, "nakamura", **details)
    with clock.standing_at(clock.at_tokyo(due_on + timedelta(days=1), time(9))):
        story.do(M.DECLINE, "nakamura", **details)
    assert story.proposal.state is State.DECLINED


@pytest.mark.req("I04")
def test_what_it_is_about_is_no_ground_for_declining(told: Told) -> None:
    story = told("submitted")
    for ground in (None, "", "unwanted", *(c.key for c in programme(DEFAULT).criteria)):
        with lacking(story, "ground"):
            story.do(M.DECLINE, "nakamura", ground=ground, reason="市の考えと異なる。")
    for ground in set(GROUNDS) - {"incomplete"}:
        with lacking(story, "reason"):
            story.do(M.DECLINE, "nakamura", ground=ground, reason="")
    event = story.do(M.DECLINE, "nakamura", ground="not_eligible", reason="市内に事務所がありません。")
    assert event.details["ground"] == "not_eligible"


@pytest.mark.req("I01")
def test_every_field_and_idea_is_taken_the_same_way(told: Told) -> None:
    story = told("draft")
    for choice in programme(DEFAULT).fields:
        other = Story(story.session, story.cast, Plot(title=f"{choice.label.ja}の新しい試み", theme=choice.key))
        other.submit()
        other.accept()
        assert other.proposal.state is State.SCREENING


@pytest.mark.req("I10")
def test_one_desk_receives_every_proposal_whatever_its_field_or_section(told: Told) -> None:
    story = told("draft")
    for theme, section in (("welfare", "welfare-policy"), ("environment", "green"), ("safety", "safety")):
        other = Story(story.session, story.cast, Plot(theme=theme, section=section))
        other.submit()
        assert other.proposal.section_id is None
        [duty] = turns(other.proposal)
        assert (duty.hat, duty.department_id) == (Hat.DESK, story.cast.departments["desk"].id)


def test_accepting_makes_the_process_public_and_opens_a_finding_for_each_criterion(told: Told) -> None:
    story = told("submitted")
    assert timeline(story.proposal, None) == []
    story.accept()
    assert story.proposal.public_since == story.proposal.events[-1].at
    assert [event.move for event in timeline(story.proposal, None)] == [M.ACCEPT]
    assert [f.criterion for f in story.proposal.findings] == [c.key for c in programme(DEFAULT).criteria if not c.kinds]
    assert all(f.verdict is None for f in story.proposal.findings)


@pytest.mark.req("X06")
@pytest.mark.parametrize(
    "scene",
    ["draft", "submitted", "returned", "screening", "pass_proposed", "exclusion_proposed", "exclusion_approval",
     "assigning", "assigned", "consulting", "drafting", "approving", "signing, city signed"],
)  # fmt: skip
def test_a_group_may_take_its_proposal_back_until_both_have_signed_without_giving_a_reason(
    scene: str, told: Told
) -> None:
    story = told(scene)
    event = story.do(M.WITHDRAW, "ono")
    assert story.proposal.state is State.WITHDRAWN
    assert turns(story.proposal) == []
    assert event.reason == ""
    again = Story(story.session, story.cast)
    again.submit()
    assert again.proposal.state is State.SUBMITTED


def test_a_draft_waits_for_its_group_without_a_date(told: Told) -> None:
    [duty] = turns(told("draft").proposal)
    assert (duty.key, duty.hat, duty.due_on) == (DutyKey.FINISH_DRAFT, Hat.MEMBER, None)
    assert State.WITHDRAWN not in DUTIES
