"""協定: complete or not concluded, approved and signed on the hash of text and files, void with the next word."""

from datetime import timedelta
from typing import Any

import pytest

from kyodo.demonstration.story import Story
from models import clock
from models.documents import Attachment
from models.execution import ReportKind
from models.process.moves.agreement import hash_of
from models.process.refusals import NotAllowed, NotPossible
from models.process.sight import turns
from models.process.vocabulary import DutyKey, Hat, MoveKey, Side, Stage, State
from tests.models.process.conftest import Told
from tests.models.process.refusing import lacking

M = MoveKey
SIX = ["purpose", "roles", "responsibility", "cost", "period", "law"]


def write(story: Story, who: str = "takahashi", **changes: Any) -> None:
    """Save the next version of the agreement, different in some parts."""
    articles = {**story.agreement_details()["articles"], **changes.pop("articles", {})}
    story.do(
        M.WRITE_AGREEMENT, who,
        **{**story.agreement_details(), "based_on": len(story.proposal.agreements), **changes, "articles": articles},
    )  # fmt: skip


def attach(story: Story, content: str, stage: Stage = Stage.AGREEMENT) -> Attachment:
    """A file that belongs to the agreement."""
    file = Attachment(
        stage=stage, name=f"{content}.pdf", sha256=content.ljust(64, "0"), media_type="application/pdf", size=9,
        added_by_id=story.cast.people["ono"].id, added_at=clock.now(),
    )  # fmt: skip
    story.proposal.attachments.append(file)
    story.session.flush()
    return file


# What it must say


@pytest.mark.req("G02")
@pytest.mark.parametrize("blank", ["", "　 "])
@pytest.mark.parametrize("key", SIX)
def test_it_is_not_concluded_while_one_of_the_six_is_empty(key: str, blank: str, told: Told) -> None:
    story = told("drafting")
    write(story, articles={key: blank})
    with lacking(story, key) as sentences:
        story.send_for_approval()
    assert "空のままでは締結できません" in sentences[0]


@pytest.mark.req("G02")
def test_the_head_does_not_approve_what_was_emptied_after_it_was_sent_up(told: Told) -> None:
    story = told("approving")
    story.proposal.agreements[-1].articles = {**story.proposal.agreements[-1].articles, "law": ""}
    story.session.flush()
    with lacking(story, "law"):
        story.approve_agreement()


@pytest.mark.req("G05")
@pytest.mark.parametrize("key", SIX)
def test_project_cooperation_needs_its_five_articles_and_no_more(key: str, told: Told) -> None:
    story = told("drafting")
    write(story, methods=["cooperation"], articles={key: ""})
    if key == "law":
        story.send_for_approval()
    else:
        with lacking(story, key):
            story.send_for_approval()


@pytest.mark.req("G03")
def test_a_commission_is_not_concluded_without_a_specification(told: Told) -> None:
    story = told("drafting")
    write(story, methods=["commission"])
    with lacking(story, "specification"):
        story.send_for_approval()
    write(story, methods=["commission"], articles={"specification": "週3日の開所。月ごとの記録。"})
    story.send_for_approval()


@pytest.mark.req("P16")
def test_combined_methods_need_the_articles_of_each(told: Told) -> None:
    story = told("drafting")
    write(story, methods=["cooperation", "commission"], articles={"law": ""})
    with lacking(story, "law", "specification"):
        story.send_for_approval()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"methods": []}, "methods"), ({"period_from": None}, "period_from"), ({"period_to": None}, "period_from")],
)
def test_method_and_period_stand_before_it_goes_up(change: dict[str, Any], field: str, told: Told) -> None:
    story = told("drafting")
    write(story, **change)
    with lacking(story, field):
        story.send_for_approval()


def test_without_a_text_nothing_goes_up(told: Told) -> None:
    story = told("drafting")
    with lacking(story, ""):
        story.do(M.SEND_FOR_APPROVAL, "takahashi", content_hash="")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"methods": ["magic"]}, "methods"),
        ({"methods": [["subsidy"]]}, "methods"),
        ({"articles": {"law": "長" * 1001}}, "law"),
        ({"period_to": clock.today() - timedelta(days=400)}, "period_to"),
        ({"period_from": "April"}, "period_from"),
        ({"amount": -1}, "amount"),
        ({"amount": None}, "amount"),
        ({"amount": "300000"}, "amount"),
        ({"amount": 10**12}, "amount"),
        ({"budget": [{"item": "会場費", "amount": 1}, {"item": " ", "amount": 1}]}, "budget-1"),
        ({"budget": [{"item": "会場費", "amount": -5}]}, "budget-0"),
        ({"budget": [{"item": "会場費"}]}, "budget-0"),
    ],
)
def test_what_cannot_be_is_refused_at_once(change: dict[str, Any], field: str, told: Told) -> None:
    story = told("drafting")
    with lacking(story, field):
        write(story, **change)


def test_it_may_be_written_bit_by_bit(told: Told) -> None:
    story = told("drafting")
    with lacking(story, ""):
        story.do(M.WRITE_AGREEMENT, "ono")
    story.do(M.WRITE_AGREEMENT, "ono", articles={"purpose": "居場所をつくる。"})
    assert story.proposal.agreements[-1].articles == {"purpose": "居場所をつくる。"}


@pytest.mark.parametrize("who", ["ono", "takahashi"])
def test_a_version_is_not_written_over_one_that_came_between(who: str, told: Told) -> None:
    story = told("drafting, text written")
    write(story, amount=200_000)
    for based_on in (0, 1, None):
        with lacking(story, "based_on"):
            write(story, who, amount=100_000, based_on=based_on)
    write(story, who, amount=100_000, based_on=2)
    assert [a.number for a in story.proposal.agreements] == [1, 2, 3]


# What is approved and signed

CHANGES: dict[str, dict[str, Any]] = {
    "an article": {"articles": {"law": "関係法令を守る。"}},
    "a method": {"methods": ["subsidy", "cohosting"]},
    "the first day": {"period_from": clock.today()},
    "the last day": {"period_to": clock.today() + timedelta(days=200)},
    "the city's share": {"amount": 299_999},
    "a budget line": {"budget": [{"item": "会場費", "amount": 480_000}]},
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_changes_the_hash(what: str, told: Told) -> None:
    story = told("drafting, text written")
    agreement = story.proposal.agreements[-1]
    before = agreement.content_hash
    assert hash_of(agreement) == before
    for name, value in CHANGES[what].items():
        setattr(agreement, name, value if name != "articles" else {**agreement.articles, **value})
    assert hash_of(agreement) != before


@pytest.mark.req("G01")
@pytest.mark.parametrize("who", ["ono", "takahashi"])
@pytest.mark.parametrize("what", CHANGES)
def test_any_change_voids_approval_and_signature_and_both_begin_again(what: str, who: str, told: Told) -> None:
    story = told("signing, group signed")
    old = story.proposal.agreements[-1]
    assert old.approved_at is not None
    write(story, who, **CHANGES[what])
    new = story.proposal.agreements[-1]
    assert story.proposal.state is State.DRAFTING
    assert old.voided_at is not None
    assert new.approved_at is None
    assert (new.signatures, new.content_hash == old.content_hash) == ([], False)
    assert story.proposal.events[-1].details["voided"] is True
    with pytest.raises(NotPossible):
        story.sign_as("ito")
    story.send_for_approval()
    story.approve_agreement()
    assert {(d.key, d.hat) for d in turns(story.proposal)} == {
        (DutyKey.SIGN, Hat.REPRESENTATIVE),
        (DutyKey.SIGN, Hat.HEAD),
    }
    story.sign()
    assert {s.content_hash for s in new.signatures} == {new.content_hash}


def test_saving_the_same_again_voids_nothing(told: Told) -> None:
    story = told("signing, group signed")
    with lacking(story, ""):
        write(story)
    assert story.proposal.state is State.SIGNING
    assert story.proposal.agreements[-1].voided_at is None


def test_the_files_belong_to_what_is_agreed(told: Told) -> None:
    story = told("drafting")
    attach(story, "aa")
    attach(story, "bb", Stage.INTAKE)
    story.draft_agreement()
    agreement = story.proposal.agreements[-1]
    assert [a["name"] for a in agreement.attachments] == ["aa.pdf"]
    before = agreement.content_hash
    agreement.attachments = [{**agreement.attachments[0], "sha256": "cc".ljust(64, "0")}]
    assert hash_of(agreement) != before


@pytest.mark.parametrize(
    ("scene", "step"),
    [
        ("drafting, text written", Story.send_for_approval),
        ("approving", Story.approve_agreement),
        ("signing", lambda s: s.sign_as("katsuragi")),
        ("signing, group signed", lambda s: s.sign_as("ito")),
    ],
)
def test_a_file_added_or_taken_away_later_stops_it_until_the_text_is_saved_with_it(
    scene: str, step: Any, told: Told
) -> None:
    story = told(scene)
    file = attach(story, "aa")
    with lacking(story, "attachments"):
        step(story)
    write(story)
    assert story.proposal.state is State.DRAFTING
    file.removed_at = clock.now()
    story.session.flush()
    with lacking(story, "attachments"):
        story.send_for_approval()
    write(story)
    story.send_for_approval()


@pytest.mark.parametrize("wrong", ["", None, "0" * 64])
@pytest.mark.parametrize(
    ("scene", "move", "who"),
    [
        ("drafting, text written", M.SEND_FOR_APPROVAL, "takahashi"),
        ("approving", M.APPROVE_AGREEMENT, "ito"),
        ("signing", M.SIGN, "katsuragi"),
    ],
)
def test_what_goes_up_is_approved_and_signed_is_the_text_that_was_read(
    scene: str, move: M, who: str, wrong: str | None, told: Told
) -> None:
    story = told(scene)
    with lacking(story, ""):
        story.do(move, who, content_hash=wrong, typed_name=story.cast.people[who].name)


def test_a_text_changed_behind_everybodys_back_is_not_signed(told: Told) -> None:
    story = told("signing")
    agreement = story.proposal.agreements[-1]
    agreement.amount = 3_000_000
    story.session.flush()
    with lacking(story, ""):
        story.sign_as("katsuragi")


@pytest.mark.parametrize("typed", ["", None, "葛城", "大野 勇", "かつらぎ はなこ", "葛城 花子さん"])
def test_a_signature_is_ones_own_name(typed: str | None, told: Told) -> None:
    story = told("signing")
    with lacking(story, "typed_name") as sentences:
        story.do(M.SIGN, "katsuragi", typed_name=typed, content_hash=story.content_hash())
    assert "葛城 花子" in sentences[0]


@pytest.mark.parametrize("typed", ["葛城 花子", "葛城花子", "葛城　花子", " 葛城  花子 "])
def test_spaces_do_not_make_another_name(typed: str, told: Told) -> None:
    story = told("signing")
    story.do(M.SIGN, "katsuragi", typed_name=typed, content_hash=story.content_hash())
    [signature] = story.proposal.agreements[-1].signatures
    assert signature.side is Side.GROUP
    assert signature.capacity == "川辺のみまもり 代表"


def test_the_city_signs_through_the_head_of_the_department(told: Told) -> None:
    story = told("signing, city signed")
    [signature] = story.proposal.agreements[-1].signatures
    assert (signature.side, signature.capacity) == (Side.CITY, "福祉部長")
    with lacking(story, ""):
        story.sign_as("ito")


@pytest.mark.req("G01", "P05")
def test_it_is_concluded_when_both_have_signed_the_same_text(told: Told) -> None:
    story = told("signing")
    story.sign_as("ito")
    [duty] = turns(story.proposal)
    assert (duty.key, duty.hat) == (DutyKey.SIGN, Hat.REPRESENTATIVE)
    story.sign_as("katsuragi")
    agreement = story.proposal.agreements[-1]
    assert story.proposal.state is State.RUNNING
    assert {s.side for s in agreement.signatures} == set(Side)
    assert {s.content_hash for s in agreement.signatures} == {agreement.content_hash}
    assert agreement.approved_by_id == story.cast.people["ito"].id


def test_who_sent_it_up_does_not_approve_it(told: Told) -> None:
    story = told("approving")
    with pytest.raises(NotAllowed):
        story.do(M.APPROVE_AGREEMENT, "takahashi", content_hash=story.content_hash())


def test_the_head_of_another_department_has_no_say(told: Told) -> None:
    story = told("approving")
    for who in ("watanabe", "shimizu"):
        with pytest.raises(NotAllowed):
            story.do(M.APPROVE_AGREEMENT, who, content_hash=story.content_hash())


def test_a_return_says_why_and_the_same_text_may_go_up_again(told: Told) -> None:
    story = told("approving")
    with lacking(story, "reason"):
        story.do(M.RETURN_AGREEMENT, "ito", reason="")
    story.do(M.RETURN_AGREEMENT, "ito", reason="保険の扱いを確かめてください。")
    story.send_for_approval()
    story.approve_agreement()
    assert len(story.proposal.agreements) == 1


@pytest.mark.parametrize(
    ("days", "kinds"), [(119, ["final"]), (120, ["interim", "final"]), (364, ["interim", "final"])]
)
def test_the_reports_that_will_be_due_follow_from_the_period(days: int, kinds: list[str], told: Told) -> None:
    story = told("drafting")
    start = clock.today() + timedelta(days=14)
    write(story, period_from=start, period_to=start + timedelta(days=days))
    story.send_for_approval()
    story.approve_agreement()
    story.sign()
    reports = story.proposal.reports
    assert [r.kind for r in reports] == kinds
    assert reports[-1].due_on == start + timedelta(days=days + 30)
    if ReportKind.INTERIM in kinds:
        assert reports[0].due_on == start + timedelta(days=days // 2)
    assert {(d.key, d.hat) for d in turns(story.proposal)} == {(DutyKey.REPORT, Hat.MEMBER)}
