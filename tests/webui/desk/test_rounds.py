"""The office runs a round: opens it, invites and reminds judges, plans the day, closes, settles, concludes, publishes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kyodo.demonstration.cast import Cast
from models import clock
from models.database import reading, transaction
from models.judging.tables import Judge, JudgingRound, RoundEntry
from models.outbox import Delivery
from models.people import Person
from models.process.perform import perform
from models.process.vocabulary import MoveKey, State
from models.proposals import Proposal
from tests.support.selection import TITLES, Hall, hall
from tests.webui.conftest import Enter
from tests.webui.judging.conftest import Sitting, resumed, seated
from tests.webui.markup import faults, text_of
from tests.webui.visitor import Page, Visitor


def sound(page: Page, *sentences: str) -> Page:
    """The page is there, without faults, and says these."""
    assert page.status == 200, page.html
    assert faults(page.html) == []
    for sentence in sentences:
        assert sentence in text_of(page.root), sentence
    return page


def press(browser: Visitor, path: str) -> Page:
    """Send a button that stands on a page."""
    return browser.post(path, {"csrf_token": browser.token("/account")})


def mails(to: str) -> list[Delivery]:
    """What is planned for an address."""
    with reading() as session:
        query = select(Delivery).join(Person, Person.id == Delivery.person_id).where(Person.email == to)
        return list(session.scalars(query.order_by(Delivery.id)))


def a_hall(cast: Cast) -> None:
    """Three proposals wait."""
    with transaction() as session:
        hall(session, cast)


@pytest.mark.req("S03")
def test_a_round_is_opened_from_what_waits(cast: Cast, enter: Enter) -> None:
    a_hall(cast)
    nakamura = enter(cast.people["nakamura"])
    sound(nakamura.get("/desk/rounds"), "第1次審査（書類）", "3件の提案が待っています。")
    with reading() as session:
        edition = session.scalars(select(Proposal.edition_id).where(Proposal.title == TITLES[0])).one()
    form = f"/desk/rounds/new?call=r9_themes&round=documents&edition={edition}"
    sound(nakamura.get(form))
    assert nakamura.send("score_by", score_by="", proposals=[]).status == 422
    nakamura.get(form)
    sent = nakamura.send("score_by", score_by=(clock.today() + timedelta(days=14)).isoformat())
    page = sound(nakamura.get(sent.location), "審査員を招いてください", *TITLES)
    assert page.heading == "第1次審査（書類）"
    sound(nakamura.get("/desk/rounds"), "採点中")
    assert nakamura.get(form).status == 404, "nothing waits any more"
    sound(enter(cast.people["katsuragi"]).get(_own(cast)), "第1次審査（書類）", "採点の期限")


def _own(cast: Cast, place: int = 0) -> str:
    with reading() as session:
        found = session.scalars(select(Proposal.id).where(Proposal.title == TITLES[place])).one()
    return f"/proposals/{found}"


def test_judges_get_one_mail_each_with_the_way_to_their_page(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast)
    nakamura = enter(cast.people["nakamura"])
    form = f"/desk/rounds/{sitting.round_id}/judges/new"
    sound(nakamura.get(form))
    assert nakamura.send("email", name="", email="だれか").status == 422
    nakamura.get(form)
    nakamura.send("email", name="三宅 茂", email="miyake@example.com", capacity="公募市民")
    nakamura.get(form)
    nakamura.send("email", name="平野 航", email="hirano@hidamari.example", capacity="市民活動経験者")
    [new] = mails("miyake@example.com")
    assert "審査のお願い：第1次審査（書類）" in new.subject
    assert "/password/" in new.text
    [known] = mails("hirano@hidamari.example")
    assert f"/judging/{sitting.round_id}" in known.text
    page = sound(
        nakamura.get(f"/desk/rounds/{sitting.round_id}"), "三宅 茂", "申告待ち", "公募市民", "採点を待っています"
    )
    with reading() as session:
        judge_id = session.scalars(select(Judge.id).where(Judge.name == "三宅 茂")).one()
    press(nakamura, f"/desk/rounds/{sitting.round_id}/judges/{judge_id}/invite")
    assert len(mails("miyake@example.com")) == 2
    assert "家族が理事です。" in page.html, "declared interests are shown with their reason"


def test_the_unfinished_are_reminded_and_the_finished_left_alone(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast)
    resumed(sitting, cast, _finish_first)
    nakamura = enter(cast.people["nakamura"])
    sent = press(nakamura, f"/desk/rounds/{sitting.round_id}/judges/remind")
    sound(nakamura.get(sent.location), "1人に催促のメールを送りました。")
    [reminder] = [mail for mail in mails("okada@midoridanchi.example") if "採点の期限" in mail.subject]
    assert "提出していない審査票が3件あります。" in reminder.text
    assert not [mail for mail in mails("shiraishi@daigaku.example") if "採点の期限" in mail.subject]


def _finish_first(told: Hall, judging: JudgingRound) -> None:
    judge = next(one for one in judging.judges if one.name == "白石 学")
    for proposal in told.proposals[:2]:
        told.score(judge, proposal)


def test_judges_step_back_and_mistaken_declarations_are_lifted(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast)
    nakamura = enter(cast.people["nakamura"])
    here = f"/desk/rounds/{sitting.round_id}"
    with reading() as session:
        judges = {judge.name: judge.id for judge in session.scalars(select(Judge))}
    lifted = press(nakamura, f"{here}/judges/{judges['白石 学']}/interests/{sitting.proposals[2]}/lift")
    assert lifted.status == 303
    assert enter(sitting.new).get(sitting.path()).location.endswith("/declaration")
    sound(nakamura.get(f"{here}/judges/{judges['岡田 正']}/withdraw"))
    nakamura.send("csrf_token")
    sound(nakamura.get(here), "辞退した審査員：岡田 正")
    assert enter(sitting.known).get(sitting.path()).status == 404


def test_proposals_come_later_and_are_taken_out(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast)
    nakamura = enter(cast.people["nakamura"])
    here = f"/desk/rounds/{sitting.round_id}"
    sound(nakamura.get(f"{here}/proposals/{sitting.proposals[0]}/remove"))
    assert nakamura.send(reason="").status == 422
    nakamura.send(reason="書類が足りないため。")
    sound(nakamura.get(here), "あとから届いた提案")
    sound(enter(cast.people["katsuragi"]).get(_own(cast)), "書類が足りないため。")
    assert press(nakamura, f"{here}/proposals/{sitting.proposals[0]}/add").status == 303
    assert press(nakamura, f"{here}/proposals/{sitting.proposals[0]}/add").status == 404
    assert nakamura.get(f"{here}/proposals/999999/remove").status == 404


def test_the_last_day_and_the_budget_are_changed(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast)
    nakamura = enter(cast.people["nakamura"])
    form = f"/desk/rounds/{sitting.round_id}/change"
    sound(nakamura.get(form))
    assert nakamura.send(score_by="2001-01-01").status == 422
    assert nakamura.send(score_by="2035-01-01").status == 422
    assert (
        nakamura.send(score_by=(clock.today() + timedelta(days=20)).isoformat(), budget="１，０００，０００円").status
        == 303
    )
    sound(nakamura.get(f"/desk/rounds/{sitting.round_id}"), "1,000,000円")


def test_the_day_of_presentations_reaches_the_proposers(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast, second=True)
    nakamura = enter(cast.people["nakamura"])
    form = f"/desk/rounds/{sitting.round_id}/schedule"
    sound(nakamura.get(form), "1件につき、発表10分、質疑10分、入替え5分です。")
    assert nakamura.send("day", day="", hour="", place="").status == 422
    nakamura.get(form)
    places = {f"place-{key}": number for key, number in zip(sitting.proposals, ("2", "1", "3"), strict=True)}
    day = clock.today() + timedelta(days=20)
    sent = nakamura.send(
        "day", day=day.isoformat(), hour="13時30分", place="市役所 大会議室", pause_after="2", pause="15",
        observers="y", invitation="10分前にお越しください。", **places,
    )  # fmt: skip
    assert sent.status == 303, sent.html
    sound(nakamura.get(form), "13時55分")
    file = nakamura.get(f"/desk/rounds/{sitting.round_id}/schedule.ics")
    assert file.html.count("BEGIN:VEVENT") == 3
    page = sound(
        enter(cast.people["katsuragi"]).get(_own(cast)),
        "13時55分〜14時15分",
        "市役所 大会議室",
        "10分前にお越しください。",
    )
    assert "市民の傍聴があります。" in page.html
    own = enter(cast.people["katsuragi"]).get(_own(cast) + "/presentation.ics")
    assert own.html.count("BEGIN:VEVENT") == 1
    assert enter(cast.people["katsuragi"]).get(_own(cast, 1) + "/presentation.ics").status == 404
    sound(enter(sitting.known).get(sitting.path()), "13時55分〜14時15分")


def test_a_round_on_paper_has_no_day_of_presentations(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast)
    nakamura = enter(cast.people["nakamura"])
    assert nakamura.get(f"/desk/rounds/{sitting.round_id}/schedule").status == 404
    assert nakamura.get(f"/desk/rounds/{sitting.round_id}/schedule.ics").status == 404


@pytest.mark.req("T05")
def test_closing_asks_for_a_reason_while_somebody_has_not_finished(cast: Cast, enter: Enter) -> None:
    sitting = seated(cast)
    nakamura = enter(cast.people["nakamura"])
    form = f"/desk/rounds/{sitting.round_id}/close"
    assert nakamura.get(f"/desk/rounds/{sitting.round_id}/results").status == 404
    sound(nakamura.get(form), "採点を終えていない審査員がいます", "白石 学", "岡田 正")
    again = nakamura.send(reason="")
    assert again.status == 422
    assert faults(again.html) == []
    assert nakamura.send(reason="期限のため。").location.endswith("/results")
    sound(nakamura.get(f"/desk/rounds/{sitting.round_id}/results"), "有効な結果なし")
    assert nakamura.get(form).location.endswith("/results")
    assert nakamura.get(f"/desk/rounds/{sitting.round_id}/judges/1/withdraw").status == 404


def judged(cast: Cast, *marks: str) -> Sitting:
    """The second round, scored by one judge, with these marks on every item, and closed."""
    sitting = seated(cast, second=True)

    def score(told: Hall, judging: JudgingRound) -> None:
        judge = next(one for one in judging.judges if one.name == "岡田 正")
        for proposal, mark in zip(told.proposals, marks, strict=True):
            told.score(judge, proposal, mark)
        told.close(judging, reason="一人が辞退したため。")

    resumed(sitting, cast, score)
    return sitting


@pytest.mark.req("T05")
def test_results_are_explained_line_by_line(cast: Cast, enter: Enter) -> None:
    sitting = judged(cast, "5", "4", "3")
    nakamura = enter(cast.people["nakamura"])
    page = sound(
        nakamura.get(f"/desk/rounds/{sitting.round_id}/results"), "100点", "第1位", "300,000円", "計算の過程を見る"
    )
    lines = [text_of(line) for line in page.root.findall(".//details//li")]
    assert any("総合点" in line or "100" in line for line in lines)
    assert len(lines) > 10
    order = [text_of(heading) for heading in page.root.findall(".//main//h2")][:3]
    assert order == list(TITLES)


def test_ties_and_amounts_are_settled_and_worked_out_anew(cast: Cast, enter: Enter) -> None:
    sitting = judged(cast, "4", "4", "3")
    first, second, third = sitting.proposals
    nakamura = enter(cast.people["nakamura"])
    here = f"/desk/rounds/{sitting.round_id}/results"
    sound(nakamura.get(here), "同点の順位待ち" if _open(sitting) else "同点の順を決める")
    wrong = nakamura.send(f"place-{first}", **{f"place-{first}": "1", f"place-{second}": "1"})
    assert wrong.status == 422
    assert faults(wrong.html) == []
    nakamura.get(here)
    assert nakamura.send(f"place-{first}", **{f"place-{first}": "2", f"place-{second}": "1"}).status == 303
    page = sound(nakamura.get(here), "第1位")
    assert next(text_of(heading) for heading in page.root.findall(".//main//h2")) == TITLES[1]
    over = nakamura.send(f"amount-{first}", **{f"amount-{first}": "300,001"})
    assert over.status == 422
    assert faults(over.html) == []
    nakamura.get(here)
    assert nakamura.send(f"amount-{first}", **{f"amount-{first}": "250,000"}).status == 303
    sound(nakamura.get(here), "査定額 250,000円")
    assert press(nakamura, f"{here}/recalculate").status == 303
    assert third in sitting.proposals


def _open(sitting: Sitting) -> bool:
    with reading() as session:
        entries = session.scalars(select(RoundEntry).where(RoundEntry.round_id == sitting.round_id))
        return any((entry.result or {}).get("choice") == "open" for entry in entries)


@pytest.mark.req("S02")
def test_conclusions_are_prefilled_and_saved_one_by_one(cast: Cast, enter: Enter) -> None:
    sitting = judged(cast, "5", "4", "2")
    first = sitting.proposals[0]
    nakamura = enter(cast.people["nakamura"])
    here = f"/desk/rounds/{sitting.round_id}/conclusions"
    page = sound(nakamura.get(here), *TITLES)
    checked = {radio.get("name"): radio.get("value") for radio in page.root.findall(".//input[@checked]")}
    assert checked == {
        f"p{key}-passed": value for key, value in zip(sitting.proposals, ("yes", "yes", "no"), strict=True)
    }
    empty = nakamura.send(f"p{first}-remarks")
    assert empty.status == 422
    assert faults(empty.html) == []
    assert f'href="#p{first}-remarks"' in empty.html
    sent = nakamura.send(
        f"p{first}-remarks",
        **{f"p{first}-remarks": "地域の課題をよくとらえています。", f"p{first}-opinion": "安全に。"},
    )
    assert sent.status == 303, sent.html
    sound(nakamura.get(here), "結論を書いた提案", "安全に。")
    assert _state(first) is State.DECIDING
    assert _state(sitting.proposals[1]) is State.SELECTING
    sound(nakamura.get(f"/desk/rounds/{sitting.round_id}"), "結論を書いてください（あと2件）", "審査票3件を提出")
    late = nakamura.post(
        f"{here}/{first}",
        {"csrf_token": nakamura.token("/account"), f"p{first}-remarks": "もう一度。", f"p{first}-passed": "no"},
    )
    assert late.status in (303, 409)
    assert _state(first) is State.DECIDING


def _state(proposal_id: int) -> State:
    with reading() as session:
        return session.get_one(Proposal, proposal_id).state


@pytest.mark.req("S04", "S05", "T05")
def test_results_come_out_after_everything_is_decided(cast: Cast, enter: Enter) -> None:
    sitting = judged(cast, "5", "4", "2")
    nakamura = enter(cast.people["nakamura"])
    publish = f"/desk/rounds/{sitting.round_id}/publish"

    def conclude(told: Hall, judging: JudgingRound) -> None:
        for proposal, passed in zip(told.proposals, (True, True, False), strict=True):
            told.conclude(judging, proposal, passed=passed, amount=300_000 if passed else None)
        submitted = told.proposals[0].submissions[-1]
        submitted.answers = {**submitted.answers, "cost_alone": 620_000}

    def decide(told: Hall, judging: JudgingRound) -> None:
        head = told.actor("watanabe")
        for proposal in told.proposals[:2]:
            perform(told.session, proposal, MoveKey.ADOPT, head)
        perform(told.session, told.proposals[2], MoveKey.NOT_ADOPT, head, reason="基準点に達しなかったため。")

    resumed(sitting, cast, conclude)
    sound(nakamura.get(publish))
    assert nakamura.send("day").status == 409
    visitor = enter(cast.people["katsuragi"])
    assert visitor.get("/calls/r9_themes/results").status == 404
    resumed(sitting, cast, decide)
    nakamura.get(publish)
    assert nakamura.send("day").status == 303
    page = sound(
        visitor.get("/calls/r9_themes/results"),
        "選考の結果",
        "内定",
        "不採択",
        "300,000円",
        "100点",
        "基準点に達しなかったため。",
        "費用対効果の比較",
        "120,000円少ない",
    )
    assert page.html.count("費用対効果の比較") == 2, (
        "heading and caption, of the one that says what the city alone costs"
    )
    assert "書類からは読み取れません" not in page.html, "judges' comments are the proposer's"
    assert "審査員ごとの評点" not in page.html
    sound(nakamura.get(f"/desk/rounds/{sitting.round_id}"), "結果を公表済み")
    assert 'href="/calls/r9_themes/results"' in visitor.get("/calls/r9_themes").html


@pytest.mark.req("T05")
def test_nobody_else_finds_a_round(cast: Cast, enter: Enter) -> None:
    sitting = judged(cast, "5", "4", "3")
    for who in ("takahashi", "watanabe", "admin"):
        stranger = enter(cast.people[who])
        for path in ("", "/results", "/conclusions", "/judges/new", "/close", "/publish", "/change", "/schedule"):
            assert stranger.get(f"/desk/rounds/{sitting.round_id}{path}").status == 404, (who, path)
    assert enter(cast.people["katsuragi"]).get("/desk/rounds").status == 404
