"""除外審査: findings criterion by criterion, a second pair of eyes, the head's decision."""

import re

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Plot, Story
from models.database import transaction
from models.people import Group
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from models.screening import Verdict
from models.screening_rules import point_out
from tests.support.among_groups import among_groups
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of
from tests.webui.telling import Step, events_of, go_on, stands, state_of, tell
from tests.webui.visitor import Visitor

CRITERIA = ("religion", "politics", "law", "private", "harm", "mission", "election", "unlawful", "unwanted",
            "closed_circle")  # fmt: skip
NOTHING_APPLIES = {f"item_{key}-verdict": "not_met" for key in CRITERIA}


@pytest.fixture
def proposal_id(cast: Cast) -> int:
    """A proposal that was accepted."""
    return tell(cast, to=State.SCREENING)


@pytest.mark.req("X01", "X02", "X03")
def test_each_criterion_is_asked_with_its_clause_and_weight(cast: Cast, enter: Enter, proposal_id: int) -> None:
    page = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}/record-findings")
    assert faults(page.html) == []
    for words in ("宗教活動", "政治活動", "法令又は公序良俗に反する活動", "個人に係わる活動", "その他公益を害するおそれ",
                  "市民が望まないもの", "第1章6(2)", "協働の領域から除くもの", "協働になじまないもの"):  # fmt: skip
        assert words in page.html, words


def test_a_rule_points_at_words_and_decides_nothing(cast: Cast, enter: Enter, proposal_id: int) -> None:
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id)
        submitted = proposal.submissions[-1]
        submitted.answers = {**submitted.answers, "process": "選挙の期間は休みます。"}
        session.flush()
        point_out(proposal)
    page = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}/record-findings")
    assert "提案書に「選挙」という言葉があります。" in page.html
    chosen = {f.get("name"): f.get("value") for f in page.root.iter("input") if f.get("checked") is not None}
    assert chosen == {"item_politics-verdict": "look", "item_election-verdict": "look"}


@pytest.mark.req("X04", "A09")
def test_answers_stand_beside_the_criterion_they_bear_on(cast: Cast, enter: Enter) -> None:
    answers = {"reached": 12, "open_to": "members", "company_aim": "求人にもつながります。"}
    with transaction() as session:
        session.get_one(Group, cast.groups["river"].id).kind = "company"
    proposal_id = tell(cast, to=State.SCREENING, plot=Plot(answers=answers))
    here, desk = f"/proposals/{proposal_id}", enter(cast.people["nakamura"])
    for path in (f"{here}/record-findings", f"{here}/findings"):
        page = desk.get(path)
        assert faults(page.html) == []
        for words in (
            "受益者（だれのための事業か）",
            "12人",
            "団体の会員とその家族だけ",
            "求人にもつながります。",
            "企業の目的が地域の課題の解決と合致しない事業",
        ):
            assert words in page.html, (path, words)


@pytest.mark.req("S05")
def test_the_cost_alone_and_together_is_compared_where_it_is_screened_and_read(cast: Cast, enter: Enter) -> None:
    here = (
        f"/proposals/{tell(cast, to=State.SCREENING, plot=Plot(answers={'cost_alone': 620_000, 'reached_alone': 150}))}"
    )
    for who, path in (("nakamura", f"{here}/record-findings"), ("katsuragi", f"{here}/submission")):
        page = enter(cast.people[who]).get(path)
        assert faults(page.html) == []
        for words in ("費用対効果の比較", "620,000円", "140,000円少ない", "110人多い", "2,287円少ない", "300,000円"):
            assert words in page.html, (path, words)


@pytest.mark.req("A09")
def test_other_groups_are_not_asked_about_a_companys_aim(enter: Enter, cast: Cast, proposal_id: int) -> None:
    page = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}/record-findings")
    assert "企業の目的" not in page.html


def test_nothing_is_compared_where_the_city_alone_is_not_known(cast: Cast, enter: Enter, proposal_id: int) -> None:
    page = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}/record-findings")
    assert "費用対効果の比較" not in page.html


def test_findings_are_saved_as_far_as_one_has_come(cast: Cast, enter: Enter, proposal_id: int) -> None:
    visitor = enter(cast.people["nakamura"])
    visitor.get(f"/proposals/{proposal_id}/record-findings")
    saved = visitor.send("seen", **{"item_law-verdict": "not_met", "item_law-evidence": "規約第3条"})
    assert saved.status == 303
    with stands(proposal_id) as proposal:
        verdicts = {f.criterion: f.verdict for f in proposal.findings}
        assert verdicts["law"] is Verdict.NOT_MET
        assert verdicts["religion"] is None
    page = visitor.get(f"/proposals/{proposal_id}")
    assert "「宗教活動」の判断がまだです。" in page.html
    assert "「法令又は公序良俗に反する活動」の判断がまだです。" not in page.html


def test_a_ground_that_applies_needs_its_reason(cast: Cast, enter: Enter, proposal_id: int) -> None:
    visitor = enter(cast.people["nakamura"])
    visitor.get(f"/proposals/{proposal_id}/record-findings")
    page = visitor.send("seen", **{"item_politics-verdict": "met", "item_politics-evidence": "提案書の2ページ"})
    assert page.status == 422
    assert 'href="#item_politics-reason"' in page.html
    assert "提案書の2ページ" in page.html
    assert faults(page.html) == []


def test_invented_verdicts_and_endless_texts_are_refused(cast: Cast, enter: Enter, proposal_id: int) -> None:
    visitor = enter(cast.people["nakamura"])
    visitor.get(f"/proposals/{proposal_id}/record-findings")
    assert visitor.send("seen", **{"item_law-verdict": "<b>", "item_law-reason": "x"}).status == 422
    long = visitor.send("seen", **{"item_law-verdict": "not_met", "item_law-reason": "あ" * 2001})
    assert long.status == 422
    assert "あ" * 2001 in long.html
    nothing = visitor.get(f"/proposals/{proposal_id}/record-findings")
    nothing = visitor.send("seen")
    assert nothing.status == 422
    assert "判断を入力してください。" in nothing.html


def test_two_officers_do_not_overwrite_each_other(cast: Cast, enter: Enter, proposal_id: int) -> None:
    first, second = enter(cast.people["nakamura"]), enter(cast.people["kobayashi"])
    first.get(f"/proposals/{proposal_id}/record-findings")
    second.get(f"/proposals/{proposal_id}/record-findings")
    first.send(
        "seen", **{"item_law-verdict": "met", "item_law-reason": "許可がありません。", "item_harm-verdict": "not_met"}
    )
    conflict = second.send("seen", **{"item_law-verdict": "not_met", "item_religion-verdict": "not_met"})
    assert conflict.status == 422
    assert "ほかの職員が「該当する」と保存しました（理由：許可がありません。）" in conflict.html
    assert faults(conflict.html) == []
    saved = second.send("seen", **{"item_law-verdict": "not_met"})
    assert saved.status == 303
    with stands(proposal_id) as proposal:
        found = {f.criterion: (f.verdict, f.decided_by_id) for f in proposal.findings if f.verdict}
    nakamura, kobayashi = cast.people["nakamura"].id, cast.people["kobayashi"].id
    assert found == {
        "harm": (Verdict.NOT_MET, nakamura),
        "law": (Verdict.NOT_MET, kobayashi),
        "religion": (Verdict.NOT_MET, kobayashi),
    }


def test_what_a_colleague_saved_elsewhere_stays(cast: Cast, enter: Enter, proposal_id: int) -> None:
    first, second = enter(cast.people["nakamura"]), enter(cast.people["kobayashi"])
    second.get(f"/proposals/{proposal_id}/record-findings")
    first.get(f"/proposals/{proposal_id}/record-findings")
    first.send("seen", **{"item_harm-verdict": "not_met"})
    assert second.send("seen", **{"item_law-verdict": "not_met"}).status == 303
    with stands(proposal_id) as proposal:
        assert {f.criterion for f in proposal.findings if f.verdict} == {"harm", "law"}


def test_two_clicks_save_once(cast: Cast, enter: Enter, proposal_id: int) -> None:
    visitor = enter(cast.people["nakamura"])
    page = visitor.get(f"/proposals/{proposal_id}/record-findings")
    fields = dict(page.form("seen")[1]) | NOTHING_APPLIES
    before = events_of(proposal_id)
    for _click in range(2):
        assert visitor.post(f"/proposals/{proposal_id}/record-findings", fields).status == 303
    assert events_of(proposal_id) == before + 1


@pytest.mark.req("X05")
def test_a_pass_needs_a_second_person(cast: Cast, enter: Enter, proposal_id: int) -> None:
    visitor = enter(cast.people["nakamura"])
    too_early = visitor.get(f"/proposals/{proposal_id}/propose-pass")
    assert "今はできません" in too_early.html
    assert "「宗教活動」の判断がまだです。" in too_early.html
    visitor.get(f"/proposals/{proposal_id}/record-findings")
    visitor.send("seen", **NOTHING_APPLIES)
    visitor.get(f"/proposals/{proposal_id}/propose-pass")
    assert visitor.send("seen").status == 303
    own = visitor.get(f"/proposals/{proposal_id}/confirm-pass")
    assert own.status == 403
    assert "ほかの市民協働課にお願いしてください" in own.html
    second = enter(cast.people["kobayashi"])
    page = second.get(f"/proposals/{proposal_id}/confirm-pass")
    assert "確認したあとは「担当課を決めています」に進みます。" in text_of(page.root)
    assert "中村 美咲（市民協働課）" in page.html
    assert text_of(page.root).count("該当しない") == len(CRITERIA)
    assert second.send("seen").status == 303
    assert state_of(proposal_id) is State.ASSIGNING


@pytest.mark.req("A05")
def test_whoever_confirms_reads_that_groups_among_themselves_are_registered(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, Story.submit, Story.accept, Story.find, Story.propose_pass, plot=among_groups())
    second = enter(cast.people["kobayashi"])
    page = second.get(f"/proposals/{proposal_id}/confirm-pass")
    assert "確認したあとは「登録済み（団体どうしの協働）」に進みます。" in text_of(page.root)
    assert second.send("seen").status == 303
    assert state_of(proposal_id) is State.REGISTERED
    for who in ("okada", "kikuchi", "nakamura"):
        overview = enter(cast.people[who]).get(f"/proposals/{proposal_id}")
        assert faults(overview.html) == []
        text = text_of(overview.root)
        assert "登録済み（団体どうしの協働）" in text
        assert "2段階中2番目：除外審査" in text
        assert "事前協議" not in text
        assert ("取り下げる" in text) == (who != "nakamura")


@pytest.mark.req("X05")
def test_an_exclusion_goes_by_a_second_person_to_the_head(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, Story.submit, Story.accept, Story.find_ground)
    officer = enter(cast.people["nakamura"])
    officer.get(f"/proposals/{proposal_id}/propose-exclusion")
    assert officer.send("reason", reason="").status == 422
    assert officer.send("reason", reason="候補者を応援する催しのため。").status == 303
    second = enter(cast.people["kobayashi"])
    assert "候補者を応援する催しのため。" in second.get(f"/proposals/{proposal_id}/confirm-exclusion").html
    second.send("seen")
    head = enter(cast.people["watanabe"])
    page = head.get(f"/proposals/{proposal_id}/approve-exclusion")
    assert faults(page.html) == []
    folded = [text_of(heading) for heading in page.root.findall(".//details//h3")]
    open_ones = [text_of(heading) for heading in page.root.findall(".//h3") if text_of(heading) not in folded]
    assert [heading.split()[0] for heading in open_ones] == ["政治活動"], "what the decision turns on comes first"
    assert len(folded) == len(CRITERIA) - 1
    assert head.send("seen").status == 303
    assert state_of(proposal_id) is State.EXCLUDED
    group = enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}")
    assert "政治活動（第1章6(2)）" in group.html


@pytest.mark.parametrize(
    ("steps", "who", "path"),
    [
        ([Story.find, Story.propose_pass], "kobayashi", "send-back-screening"),
        ([Story.propose_exclusion, Story.confirm_exclusion], "watanabe", "return-exclusion"),
    ],
)
def test_it_can_go_back_with_a_reason(cast: Cast, enter: Enter, steps: list[Step], who: str, path: str) -> None:
    proposal_id = tell(cast, Story.submit, Story.accept, *steps)
    visitor = enter(cast.people[who])
    visitor.get(f"/proposals/{proposal_id}/{path}")
    assert visitor.send("reason", reason="規約を確かめてください。").status == 303
    assert state_of(proposal_id) is State.SCREENING
    assert "規約を確かめてください。" in enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}").html


def test_the_group_does_not_read_findings(cast: Cast, enter: Enter, proposal_id: int) -> None:
    assert enter(cast.people["katsuragi"]).get(f"/proposals/{proposal_id}/findings").status == 404
    assert enter(cast.people["kato"]).get(f"/proposals/{proposal_id}/findings").status == 200


def test_who_proposed_a_result_reads_that_a_colleague_has_to_confirm_it(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, Story.submit, Story.accept, Story.find)
    proposer, colleague = enter(cast.people["nakamura"]), enter(cast.people["kobayashi"])
    proposer.get(f"/proposals/{proposal_id}/propose-pass")
    assert proposer.send().status == 303
    page = proposer.get(f"/proposals/{proposal_id}")
    assert "ほかの職員の確認を待っています。" in page.html
    again = proposer.get(f"/proposals/{proposal_id}")
    assert "ほかの職員の確認を待っています" in again.html
    assert "あなたの番です" not in page.html + again.html
    assert "あなたの番です" in colleague.get(f"/proposals/{proposal_id}").html
    path = f"/proposals/{proposal_id}/"
    assert path not in proposer.get("/inbox").html
    assert path in colleague.get("/inbox").html


@pytest.mark.req("X01")
def test_until_it_is_decided_group_and_public_read_the_same_whatever_the_result(
    app: Flask, cast: Cast, enter: Enter
) -> None:
    proposal_id = tell(cast, Story.submit, Story.accept, Story.find)
    with stands(proposal_id) as proposal:
        number = proposal.number
    group, public = enter(cast.people["katsuragi"]), Visitor(app)
    paths = {
        f"/proposals/{proposal_id}": group,
        f"/proposals/{proposal_id}/submit": group,
        "/mine": group,
        "/cases": public,
        f"/cases/{number}": public,
    }
    met = {"law": {"verdict": "met", "reason": "規約に反します。"}}
    read: list[dict[str, str]] = []
    for state, moves in (
        (State.PASS_PROPOSED, [(MoveKey.PROPOSE_PASS, "nakamura", {})]),
        (
            State.EXCLUSION_PROPOSED,
            [
                (MoveKey.SEND_BACK_SCREENING, "kobayashi", {"reason": "規約を確かめてください。"}),
                (MoveKey.RECORD_FINDINGS, "nakamura", {"findings": met}),
                (MoveKey.PROPOSE_EXCLUSION, "nakamura", {"reason": "規約に反します。"}),
            ],
        ),
        (State.EXCLUSION_APPROVAL, [(MoveKey.CONFIRM_EXCLUSION, "kobayashi", {})]),
    ):
        for move, who, details in moves:
            go_on(cast, proposal_id, move, who, **details)
        assert state_of(proposal_id) is state
        read.append({path: _without_what_differs(visitor.get(path).html) for path, visitor in paths.items()})
    assert read[0] == read[1] == read[2]
    for path in (f"/proposals/{proposal_id}", "/mine", f"/cases/{number}"):
        assert "審査結果の確認" in read[2][path], path


def _without_what_differs(html: str) -> str:
    """The page without dates, numbers and tokens."""
    return re.sub(r"[0-9]+", "0", re.sub(r'value="[^"]*"|nonce="[^"]*"|（[月火水木金土日]）', "", html))
