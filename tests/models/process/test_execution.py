"""実施報告: reports with accounts for every line of the budget, handed in, returned or accepted, the final one last."""

from datetime import date
from typing import Any

import pytest

from kyodo.demonstration.story import Story
from models import clock
from models.execution import Report, ReportKind
from models.process.moves.publication import public_content
from models.process.perform import case_for
from models.process.sight import timeline, turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, State
from models.programme.library import DEFAULT, programme
from tests.models.process.conftest import Told
from tests.models.process.refusing import lacking

M = MoveKey


def report(story: Story, kind: ReportKind = ReportKind.INTERIM) -> Report:
    """One of the reports that are due."""
    return next(r for r in story.proposal.reports if r.kind is kind)


def hand_in(story: Story, body: dict[str, Any] | None = None, **changes: Any) -> None:
    """The group hands in the interim report, different in some parts."""
    details = story.report_details(ReportKind.INTERIM)
    details["body"] = {**details["body"], **(body or {})}
    story.do(M.SUBMIT_REPORT, "ono", **{"report_id": report(story).id, **details, **changes})


def owed(story: Story) -> set[tuple[DutyKey, Hat, int]]:
    """Who owes what, about which report."""
    return {(duty.key, duty.hat, duty.subject_id) for duty in turns(story.proposal)}


@pytest.mark.req("E01")
@pytest.mark.parametrize("key", [item.key for item in programme(DEFAULT).report_items if item.required])
def test_a_report_says_what_was_done(key: str, told: Told) -> None:
    story = told("running")
    with lacking(story, key):
        hand_in(story, body={key: " "})


def test_an_item_too_long_is_told_at_its_place(told: Told) -> None:
    story = told("running")
    with lacking(story, "activities"):
        hand_in(story, body={"activities": "長" * 1501})


@pytest.mark.req("E05", "T07")
@pytest.mark.parametrize("item", ["会場費", "保険料", "教材費", "謝礼"])
def test_every_line_of_the_agreed_budget_is_accounted_for(item: str, told: Told) -> None:
    story = told("running")
    accounts = story.report_details(ReportKind.INTERIM)["accounts"]
    with lacking(story, f"accounts-{len(accounts) - 1}") as sentences:
        hand_in(story, accounts=[line for line in accounts if line["item"] != item])
    assert sentences == [f"「{item}」の支出額を0円以上で入力してください。"]


@pytest.mark.req("T07")
@pytest.mark.parametrize("accounts", [None, [], [{}]])
def test_a_report_without_accounts_is_none(accounts: Any, told: Told) -> None:
    story = told("running")
    lines = 4 + (1 if accounts else 0)
    with lacking(story, *(f"accounts-{n}" for n in range(lines))):
        hand_in(story, accounts=accounts)


@pytest.mark.parametrize("spent", [None, "", -1, "1000", 1.5, True, 10**12])
def test_what_was_spent_is_whole_yen(spent: Any, told: Told) -> None:
    story = told("running")
    accounts = story.report_details(ReportKind.INTERIM)["accounts"]
    accounts[1]["spent"] = spent
    with lacking(story, "accounts-1"):
        hand_in(story, accounts=accounts)


def test_a_cost_nobody_planned_may_be_told_too(told: Told) -> None:
    story = told("running")
    accounts = [*story.report_details(ReportKind.INTERIM)["accounts"], {"item": "修理費", "spent": 3_000}]
    hand_in(story, accounts=accounts)
    assert report(story).accounts[-1]["item"] == "修理費"


@pytest.mark.req("E01", "E06")
def test_a_report_lies_with_the_city_once_it_is_in_and_with_the_group_when_it_comes_back(told: Told) -> None:
    story = told("running")
    interim, final = report(story), report(story, ReportKind.FINAL)
    hand_in(story)
    assert owed(story) == {
        (DutyKey.CHECK_REPORT, Hat.SECTION, interim.id),
        (DutyKey.REPORT, Hat.MEMBER, final.id),
    }
    with lacking(story, ""):
        hand_in(story)
    with lacking(story, "reason"):
        story.do(M.RETURN_REPORT, "takahashi", report_id=interim.id, reason="")
    event = story.do(M.RETURN_REPORT, "takahashi", report_id=interim.id, reason="人数を書き足してください。")
    assert (interim.return_reason, event.to_state) == ("人数を書き足してください。", State.RUNNING)
    assert (DutyKey.REPORT, Hat.MEMBER, interim.id) in owed(story)
    with lacking(story, ""):
        story.accept_report(ReportKind.INTERIM)
    hand_in(story, body={"participants": "延べ1,200人"})
    assert interim.returned_at is None
    story.accept_report(ReportKind.INTERIM)
    assert owed(story) == {(DutyKey.REPORT, Hat.MEMBER, final.id)}


@pytest.mark.parametrize(
    ("move", "who"), [(M.SUBMIT_REPORT, "ono"), (M.RETURN_REPORT, "takahashi"), (M.ACCEPT_REPORT, "takahashi")]
)
@pytest.mark.parametrize("report_id", [None, 0, 999, "1"])
def test_a_report_that_does_not_exist_is_told(move: M, who: str, report_id: Any, told: Told) -> None:
    story = told("running, interim handed in")
    fields = ["report_id", "reason"] if move is M.RETURN_REPORT else ["report_id"]
    with lacking(story, *fields):
        story.do(move, who, report_id=report_id)


def test_an_accepted_report_is_neither_returned_nor_handed_in_again(told: Told) -> None:
    story = told("running, final handed in")
    interim = report(story)
    story.do(M.RETURN_REPORT, "takahashi", report_id=report(story, ReportKind.FINAL).id, reason="領収書の写しを。")
    with lacking(story, ""):
        hand_in(story)
    story.hand_in(ReportKind.FINAL)
    for move in (M.RETURN_REPORT, M.ACCEPT_REPORT):
        with lacking(story, ""):
            story.do(move, "takahashi", report_id=interim.id, reason="もう一度。")


def test_the_interim_report_is_accepted_before_the_final_one(told: Told) -> None:
    story = told("running, interim handed in")
    story.hand_in(ReportKind.FINAL)
    with lacking(story, "") as sentences:
        story.accept_report(ReportKind.FINAL)
    assert sentences == ["先に中間報告を受け取ってください。"]
    story.accept_report(ReportKind.INTERIM)
    story.accept_report(ReportKind.FINAL)
    assert story.proposal.state is State.SELF_CHECKING


@pytest.mark.req("E03")
def test_while_it_runs_both_talk_in_minutes_and_read_the_same_progress_and_money(told: Told) -> None:
    story = told("running, interim handed in")
    story.do(M.RECORD_MEETING, "ono", held_on=clock.today(), participants="双方2人", minutes="収支を確かめた。")
    group = timeline(story.proposal, story.cast.actor(story.session, "ono"))
    city = timeline(story.proposal, story.cast.actor(story.session, "takahashi"))
    running = [event for event in city if event.from_state is State.RUNNING]
    assert [event.move for event in running] == [M.RECORD_MEETING, M.SUBMIT_REPORT]
    assert [event for event in group if event.from_state is State.RUNNING] == running


@pytest.mark.req("E05")
def test_what_was_spent_reaches_the_public(told: Told) -> None:
    story = told("preparing")
    spent = sum(line["spent"] for line in report(story, ReportKind.FINAL).accounts)
    actor = story.cast.actor(story.session, "nakamura")
    assert public_content(case_for(story.session, story.proposal, actor, Hat.DESK))["spent"] == spent > 0


@pytest.mark.parametrize("who", ["katsuragi", "ito"])
def test_either_signer_may_give_the_project_up_and_says_why(who: str, told: Told) -> None:
    story = told("running")
    with lacking(story, "reason"):
        story.do(M.DISCONTINUE, who, reason=" ")
    story.do(M.DISCONTINUE, who, reason="会場が使えなくなったため。")
    assert story.proposal.state is State.DISCONTINUED
    assert turns(story.proposal) == []


def test_a_report_is_due_on_its_day_whatever_happens_meanwhile(told: Told) -> None:
    story = told("running")
    dates: dict[int, date | None] = {d.subject_id: d.due_on for d in turns(story.proposal)}
    assert dates == {r.id: r.due_on for r in story.proposal.reports}
    story.do(M.COMMENT, "ono", reason="来週から始めます。")
    assert {d.subject_id: d.due_on for d in turns(story.proposal)} == dates


def test_a_message_may_be_about_a_report_there_is(told: Told) -> None:
    story = told("running")
    with lacking(story, "report_id"):
        story.do(M.COMMENT, "ono", reason="領収書はどこですか。", report_id=10**6)
    report = story.proposal.reports[-1]
    event = story.do(M.COMMENT, "takahashi", reason="領収書はどこですか。", report_id=report.id)
    assert (event.details["report"], event.details["kind"]) == (report.id, report.kind)
    assert "report" not in story.do(M.COMMENT, "ono", reason="明日送ります。").details
