"""What the flow of each stage does, run by a real Prefect: once is enough, twice is no different."""

import json
import logging
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from flows.relay import pass_on
from flows.running import flow_for
from kyodo.demonstration.circles import CIRCLES
from kyodo.demonstration.cityhall import STAFF
from kyodo.demonstration.story import Story
from models.database import reading, transaction
from models.documents import Document, DocumentKind
from models.outbox import Delivery, OutboxMessage
from models.process.vocabulary import MoveKey as M
from models.process.vocabulary import State as S
from models.proposals import Proposal
from models.screening import Verdict
from models.tables import Base
from notifications.documents.issuing import issue
from notifications.pdf import PdfNotMade
from tests.support.prefect import PrefectServer
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.usefixtures("prefect_here"), pytest.mark.timeout(240)]


def everything() -> dict[str, list[Any]]:
    """Every row of every table that a flow may write into, but for the outbox itself."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in ("outbox", "heartbeat")]
    with reading() as session:
        return {t.name: [tuple(row) for row in session.execute(select(t).order_by(*t.primary_key))] for t in tables}


def messages() -> list[OutboxMessage]:
    """The outbox, in order."""
    with reading() as session:
        return list(
            session.scalars(select(OutboxMessage).options(joinedload(OutboxMessage.event)).order_by(OutboxMessage.id))
        )


def documents() -> list[DocumentKind]:
    """The kinds of the documents there are, in the order they were made."""
    with reading() as session:
        return list(session.scalars(select(Document.kind).order_by(Document.id)))


def run(story: Story) -> Proposal:
    """Have the flows do what the story has set off so far; returns the proposal as it stands then."""
    story.session.commit()
    pass_on()
    story.session.expire_all()
    story.session.refresh(story.proposal)
    return story.proposal


def asked(server: PrefectServer, what: str, conditions: dict[str, Any]) -> str:
    """What Prefect tells its dashboard, as it comes."""
    answer = httpx.post(f"{server.url}/{what}/filter", json=conditions)
    assert answer.status_code == 200, answer.text
    return json.dumps(answer.json(), ensure_ascii=False)


def test_the_whole_way_leaves_documents_mails_and_a_snapshot_and_twice_changes_nothing(story: Story) -> None:
    story.take_to(S.PREPARING)
    proposal = run(story)
    assert documents() == [DocumentKind.RECEIPT, DocumentKind.AGREEMENT, DocumentKind.EVALUATION]
    assert proposal.events[-1].move is M.MAKE_SNAPSHOT
    assert all(m.done_at and m.attempts == 1 and not m.error for m in messages())
    with reading() as session:
        announced = set(session.scalars(select(Delivery.event_id)))
    assert announced == {m.event_id for m in messages()}
    story.session.commit()

    before = everything()
    flow_for(messages()[0].flow)(messages()[0].id)
    assert everything() == before
    once_each = {(m.flow, m.event.move, m.event.to_state): m for m in messages() if m.event}.values()
    with transaction() as session:
        for message in once_each:
            session.get_one(OutboxMessage, message.id).done_at = None  # as if killed just before its last line
    for message in once_each:
        flow_for(message.flow)(message.id)
    assert all(m.done_at for m in messages())
    assert everything() == before


def test_runs_are_found_by_receipt_number_and_stage(story: Story, prefect_here: PrefectServer) -> None:
    story.take_to(S.ASSIGNED)
    number = run(story).number or ""
    runs = prefect_here.runs(number)
    assert [r["name"] for r in runs] == [
        f"{number} {stage}" for stage in ("intake", "screening", "announcements", "consultation", "announcements")
    ]
    assert all(r["state_type"] == "COMPLETED" for r in runs)
    assert [r["name"] for r in prefect_here.runs(number, "screening")] == [f"{number} screening"]
    assert [r["parameters"] for r in runs] == [{"message_id": m.id} for m in messages()]


def test_acceptance_asks_for_a_look_where_words_stand_and_issues_the_receipt(story: Story) -> None:
    story.proposal.answers = {**story.proposal.answers, "purpose": "選挙の候補者を知る機会をつくります。"}
    story.take_to(S.SCREENING)
    findings = {finding.criterion: finding for finding in run(story).findings}
    assert findings["politics"].verdict is Verdict.LOOK
    assert [why["ja"] for why in findings["politics"].why_look] == ["提案書に「選挙」「候補者」という言葉があります。"]
    assert findings["politics"].decided_by_id is None
    assert findings["religion"].verdict is None
    assert documents() == [DocumentKind.RECEIPT]


def test_a_rule_leaves_what_a_person_has_decided(story: Story) -> None:
    story.proposal.answers = {**story.proposal.answers, "purpose": "選挙の候補者を知る機会をつくります。"}
    story.take_to(S.SCREENING)
    story.find()
    findings = {finding.criterion: finding for finding in run(story).findings}
    assert (findings["politics"].verdict, findings["politics"].why_look) == (Verdict.NOT_MET, [])


def test_an_exclusion_issues_its_notice(story: Story) -> None:
    story.take_to(S.SCREENING)
    story.propose_exclusion()
    run(story)
    assert documents() == [DocumentKind.RECEIPT]
    story.do(M.CONFIRM_EXCLUSION, "kobayashi")
    story.do(M.APPROVE_EXCLUSION, "watanabe")
    run(story)
    assert documents() == [DocumentKind.RECEIPT, DocumentKind.EXCLUSION_NOTICE]


def test_one_signature_or_one_confirmation_alone_issues_nothing(story: Story) -> None:
    story.take_to(S.SIGNING)
    story.do(M.SIGN, "katsuragi", typed_name="葛城 花子", content_hash=story.content_hash())
    run(story)
    assert documents() == [DocumentKind.RECEIPT]
    story.do(M.SIGN, "ito", typed_name="伊藤 隆", content_hash=story.content_hash())
    run(story)
    assert documents() == [DocumentKind.RECEIPT, DocumentKind.AGREEMENT]


def test_a_step_that_fails_for_a_moment_is_tried_again_within_the_run(
    story: Story, prefect_here: PrefectServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def shaky(*order: Any) -> None:
        tries.append(order)
        if len(tries) == 1:
            raise PdfNotMade("The engine slipped.")
        issue(*order)

    monkeypatch.setattr("flows.steps.issue", shaky)
    story.take_to(S.SCREENING)
    number = run(story).number or ""
    assert len(tries) == 2
    assert documents() == [DocumentKind.RECEIPT]
    assert [r["state_type"] for r in prefect_here.runs(number, "screening")] == ["COMPLETED"]


def test_a_flow_that_keeps_failing_says_why_announces_nothing_and_is_run_again(
    story: Story, prefect_here: PrefectServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*order: Any) -> None:
        raise PdfNotMade("No engine is there.")

    monkeypatch.setattr("flows.steps.issue", broken)
    story.take_to(S.SCREENING)
    with caplog.at_level(logging.WARNING, "kyodo.flows"):
        number = run(story).number or ""
    _, accepted = messages()
    assert accepted.done_at is None
    assert "No engine is there." in accepted.error
    assert accepted.due_at > accepted.created_at
    assert f"Outbox message {accepted.id} failed in attempt 1" in caplog.text
    with reading() as session:
        assert not session.scalars(select(Delivery).where(Delivery.event_id == accepted.event_id)).all()
    assert [r["state_type"] for r in prefect_here.runs(number, "screening")] == ["FAILED"]

    monkeypatch.undo()
    story.session.commit()
    with transaction() as session:
        session.get_one(OutboxMessage, accepted.id).due_at = accepted.created_at
    run(story)
    assert documents() == [DocumentKind.RECEIPT]
    assert messages()[1].error == ""
    assert [r["state_type"] for r in prefect_here.runs(number, "screening")] == ["FAILED", "COMPLETED"]


def test_what_keeps_failing_is_brought_before_the_operator(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("flows.outbox.OFTEN", 1)
    monkeypatch.setattr("flows.steps.plan", lambda session, event: 1 / 0)
    story.submit()
    with caplog.at_level(logging.ERROR, "kyodo.flows"):
        run(story)
    assert "failed in attempt 1" in caplog.text


def test_nothing_personal_reaches_prefect(story: Story, prefect_here: PrefectServer) -> None:
    story.take_to(S.CONSULTING)
    number = run(story).number or ""
    runs = prefect_here.runs(number)
    among = {"flow_runs": {"tags": {"all_": [number]}}}

    def logged() -> str:
        logs = asked(prefect_here, "logs", {})
        return logs if "Finished in state" in logs else ""

    logs = wait_until(logged, "Prefect keeps the log of a run, which it is sent every two seconds")
    seen = json.dumps(runs, ensure_ascii=False) + asked(prefect_here, "task_runs", among) + logs
    assert number in seen
    assert '"announce-' in seen
    people = [person for role in STAFF for person in (role.name, role.email)]
    people += [person for circle in CIRCLES for member in circle.members for person in (member.name, member.email)]
    assert not [person for person in people if person in seen]
    assert story.proposal.title not in seen
