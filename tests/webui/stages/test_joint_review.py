"""相互評価: writing one's own self-check, reading both, the beneficiaries' voice and the joint sheet."""

import pytest

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models.process.vocabulary import MoveKey, State
from models.programme.library import DEFAULT, programme
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.telling import events_of, go_on, stands, state_of, tell
from tests.webui.visitor import Page, Visitor

ITEMS = [item.key for item in programme(DEFAULT).review_items]
WRITE = "/proposals/{}/submit-self-check"


def marks(mark: str = "3") -> dict[str, str]:
    """The same mark for every item, as the form sends it."""
    return {f"item_{key}-mark": mark for key in ITEMS}


def hand_in(visitor: Visitor, proposal_id: int, **typed: str) -> Page:
    """Mark every item and hand the self-check in."""
    visitor.get(WRITE.format(proposal_id))
    return visitor.send("revision", **{**marks(), **typed})


def save(visitor: Visitor, proposal_id: int, revision: int, **typed: str) -> Page:
    """What the script sends while one types."""
    data = {"csrf_token": visitor.token(WRITE.format(proposal_id)), "revision": str(revision), **typed}
    headers = {"Accept": "application/json"}
    return visitor.post(f"{WRITE.format(proposal_id)}/draft", data, headers=headers)


@pytest.mark.req("V01", "V04", "V15")
def test_each_side_writes_all_items_on_the_programmes_scale(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SELF_CHECKING)
    for who in ("ono", "takahashi"):
        page = enter(cast.people[who]).get(WRITE.format(proposal_id))
        assert faults(page.html) == []
        legends = [text_of(legend) for legend in page.root.findall(".//main//legend")]
        assert len(legends) == len(ITEMS) == 11
        assert page.html.count("おおむねできた") == 11
    assert enter(cast.people["nakamura"]).get(WRITE.format(proposal_id)).status == 403


def test_what_one_types_is_saved_and_there_for_a_colleague_on_another_device(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SELF_CHECKING)
    member, colleague = enter(cast.people["katsuragi"]), enter(cast.people["ono"])
    before = events_of(proposal_id)
    saved = save(member, proposal_id, 0, **{"item_trust-comment": "毎月会えたのがよかった。"})
    assert saved.status == 200
    assert saved.answer.get_json()["revision"] == 1
    assert events_of(proposal_id) == before
    page = colleague.get(WRITE.format(proposal_id))
    assert "毎月会えたのがよかった。" in page.html
    assert 'name="revision" type="hidden" value="1"' in page.html


def test_nobody_overwrites_a_colleague_unseen(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SELF_CHECKING)
    member, colleague = enter(cast.people["katsuragi"]), enter(cast.people["ono"])
    colleague.get(WRITE.format(proposal_id))
    save(member, proposal_id, 0, **{"item_trust-mark": "4", "item_trust-comment": "先に書いた言葉"})
    assert save(colleague, proposal_id, 0, **{"item_trust-comment": "後から書いた言葉"}).status == 409
    colleague.get(WRITE.format(proposal_id))
    page = colleague.send("revision", **{**marks(), "revision": "0", "item_trust-comment": "後から書いた言葉"})
    assert page.status == 409
    assert "先に書いた言葉" in page.html
    assert "後から書いた言葉" in page.html
    assert faults(page.html) == []
    assert colleague.send("revision", **marks()).status == 303


def test_without_scripts_a_button_saves_the_draft(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SELF_CHECKING)
    member = enter(cast.people["katsuragi"])
    member.get(WRITE.format(proposal_id))
    assert member.send("revision", **{"item_aim-comment": "途中まで", "then": "save"}).status == 303
    assert "途中まで" in member.get(WRITE.format(proposal_id)).html
    with stands(proposal_id) as proposal:
        assert proposal.self_checks[0].submitted_at is None


def test_every_item_needs_its_mark_and_two_clicks_hand_in_once(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SELF_CHECKING)
    member = enter(cast.people["katsuragi"])
    page = hand_in(member, proposal_id, **{"item_trust-mark": "", "item_aim-comment": "あ" * 601})
    assert page.status == 422
    assert "「相手への信頼が高まったか」の評価を選んでください。" in page.html
    assert "コメントは600文字までで入力してください。" in page.html
    page = hand_in(member, proposal_id, **{"item_trust-mark": "99"})
    assert "評価は一覧から選んでください。" in page.html
    before = events_of(proposal_id)
    member.get(WRITE.format(proposal_id))
    twice = [member.page, member.page]
    for page_open in twice:
        member.page, member.path = page_open, WRITE.format(proposal_id)
        assert member.send("revision", **{**marks(), "item_aim-comment": ""}).status == 303
    assert events_of(proposal_id) == before + 1
    assert member.get(WRITE.format(proposal_id)).status == 200
    assert "相手の提出を待っています" in member.get(WRITE.format(proposal_id)).html


@pytest.mark.req("V02", "V05", "V14")
def test_both_open_at_once_and_differences_are_said_in_words(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.SELF_CHECKING)
    member, officer = enter(cast.people["katsuragi"]), enter(cast.people["takahashi"])
    hand_in(member, proposal_id, **{"item_budget-mark": "1", "item_budget-comment": "謝礼が足りなかった。"})
    own = member.get(f"/proposals/{proposal_id}/self-checks")
    assert "謝礼が足りなかった。" in own.html
    assert officer.get(f"/proposals/{proposal_id}/self-checks").status == 404
    hand_in(officer, proposal_id)
    assert state_of(proposal_id) is State.JOINT_REVIEW
    for who in ("ono", "takahashi", "ito", "nakamura"):
        page = enter(cast.people[who]).get(f"/proposals/{proposal_id}/self-checks")
        assert "謝礼が足りなかった。" in page.html
        assert page.html.count("評価が異なる") == 1
        assert faults(page.html) == []
    assert save(member, proposal_id, 9, **{"item_aim-comment": "あとから"}).status == 409


@pytest.mark.req("V16")
def test_the_beneficiaries_voice_is_recorded_by_either_side(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.JOINT_REVIEW)
    member, officer = enter(cast.people["ono"]), enter(cast.people["takahashi"])
    path = f"/proposals/{proposal_id}/record-beneficiaries"
    assert faults(member.get(path).html) == []
    said = {"how_asked": "紙のアンケート", "answers": "８６人", "satisfied": "90", "merits": "知り合いが増えた。"}
    page = member.send(**said)
    assert page.status == 422
    assert "満足した人数は0人から回答した人数まで" in page.html
    assert "知り合いが増えた。" in page.html
    officer.get(path)
    assert member.send(**{**said, "satisfied": "79"}).status == 303
    page = officer.send(**{**said, "satisfied": "70"})
    assert page.status == 409
    assert "79" in page.html
    with stands(proposal_id) as proposal:
        check = proposal.beneficiary_check
        assert check is not None
        assert (check.answers, check.satisfied) == (86, 79)


@pytest.mark.req("V03", "V18")
def test_the_joint_sheet_begins_with_what_is_known_and_is_confirmed_by_both(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, Story.hear_beneficiaries, to=State.JOINT_REVIEW)
    member, officer = enter(cast.people["katsuragi"]), enter(cast.people["takahashi"])
    path = f"/proposals/{proposal_id}/write-joint-sheet"
    page = officer.get(path)
    assert faults(page.html) == []
    assert "延べ1,842人が利用し" in page.html
    assert "予算は適切であったか（団体：あまりできなかった／市：おおむねできた）：" in page.html
    refused = officer.send(participants="団体3人、市2人")
    assert "「次の事業への活かし方」を入力してください。" in refused.html
    assert "団体3人、市2人" in refused.html
    assert officer.send(participants="団体3人、市2人", next_steps="来年度は開所日を増やします。").status == 303
    for visitor in (member, officer):
        reading = visitor.get(f"/proposals/{proposal_id}/confirm-joint-sheet")
        assert "来年度は開所日を増やします。" in reading.html
        assert faults(reading.html) == []
        assert visitor.send("number").status == 303
    assert state_of(proposal_id) is State.PREPARING


def test_a_newer_version_of_the_sheet_is_shown_not_overwritten(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, Story.hear_beneficiaries, to=State.JOINT_REVIEW)
    member, officer = enter(cast.people["katsuragi"]), enter(cast.people["takahashi"])
    texts = {"participants": "団体3人", "next_steps": "続けます。"}
    for visitor in (member, officer):
        visitor.get(f"/proposals/{proposal_id}/write-joint-sheet")
    assert member.send(**texts, results="団体が書いた成果").status == 303
    page = officer.send(**texts, results="市が書いた成果")
    assert page.status == 409
    assert "団体が書いた成果" in page.html
    assert "市が書いた成果" in page.html
    assert officer.send("based_on").status == 303
    page = member.get(f"/proposals/{proposal_id}/joint-sheet?compare=1")
    assert "<del>" in page.html
    assert "<ins>" in page.html
    member.get(f"/proposals/{proposal_id}/confirm-joint-sheet")
    go_on(
        cast, proposal_id, MoveKey.WRITE_JOINT_SHEET, "takahashi",
        **{**_sheet(proposal_id), "results": "三つめの版", "based_on": 2},
    )  # fmt: skip
    page = member.send("number")
    assert page.status == 422
    assert "三つめの版" in page.html


def _sheet(proposal_id: int) -> dict[str, object]:
    with stands(proposal_id) as proposal:
        latest = proposal.joint_sheets[-1]
        names = ("met_on", "participants", "results", "improvements", "differences", "next_steps", "item_notes")
        return {name: getattr(latest, name) for name in names}
