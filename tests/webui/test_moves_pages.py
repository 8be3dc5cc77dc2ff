"""Every human move has its page; every party can open every page offered, in every state; nobody else can."""

import re

import pytest
from flask import Flask

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.story import Story
from models.process.definition import MOVES
from models.process.vocabulary import Hat, MoveKey, State
from tests.webui.conftest import Enter
from tests.webui.markup import faults
from tests.webui.telling import Step, tell
from tests.webui.visitor import Visitor
from webui.stages.addresses import has_page, move_address

SCENES: dict[str, list[Step]] = {
    "draft": [],
    "submitted": [Story.submit],
    "returned": [Story.submit, Story.return_for_correction],
    "screening": [Story.submit, Story.accept],
    "decided": [Story.submit, Story.accept, Story.find],
    "pass proposed": [Story.submit, Story.accept, Story.find, Story.propose_pass],
    "exclusion proposed": [Story.submit, Story.accept, Story.propose_exclusion],
    "exclusion to approve": [Story.submit, Story.accept, Story.propose_exclusion, Story.confirm_exclusion],
    "excluded": [Story.submit, Story.accept, Story.exclude],
}
STRAIGHT = [
    State.ASSIGNING, State.ASSIGNED, State.CONSULTING, State.DRAFTING, State.APPROVING, State.SIGNING, State.RUNNING,
    State.SELF_CHECKING, State.JOINT_REVIEW, State.PREPARING, State.SCHEDULED,
]  # fmt: skip
PARTIES = ("katsuragi", "ono", "nakamura", "kobayashi", "watanabe", "takahashi", "yamamoto", "ito")


def test_every_human_move_has_a_page(app: Flask) -> None:
    human = [key for key, move in MOVES.items() if set(move.by) != {Hat.SYSTEM}]
    with app.test_request_context():
        assert [key for key in human if not has_page(key)] == [], "Add the page to its stage's PAGES."
        assert move_address(MoveKey.RETURN_FOR_CORRECTION, 3) == "/proposals/3/return-for-correction"
        assert move_address(MoveKey.CONFIRM_MINUTES, 3, 12) == "/proposals/3/confirm-minutes?subject=12"


def test_what_kyodo_does_itself_has_no_page(app: Flask) -> None:
    with app.test_request_context():
        assert not has_page(MoveKey.RELEASE)


def _sweep(cast: Cast, enter: Enter, proposal_id: int) -> None:
    for who in PARTIES:
        visitor = enter(cast.people[who])
        page = visitor.get(f"/proposals/{proposal_id}")
        if page.status == 404:
            continue
        assert faults(page.html) == [], who
        links = re.findall(rf'href="(/proposals/{proposal_id}/[a-z-]+(?:\?[^"#]*)?)"', page.html)
        for address in dict.fromkeys(links):
            linked = visitor.get(address.replace("&amp;", "&"))
            assert linked.status == 200, (who, address, linked.html)
            assert faults(linked.html) == [], (who, address)


@pytest.mark.parametrize("scene", SCENES)
def test_every_button_leads_to_a_sound_page(cast: Cast, enter: Enter, scene: str) -> None:
    _sweep(cast, enter, tell(cast, *SCENES[scene]))


@pytest.mark.parametrize("state", STRAIGHT)
def test_every_button_leads_to_a_sound_page_later_on(cast: Cast, enter: Enter, state: State) -> None:
    _sweep(cast, enter, tell(cast, to=state))


def test_a_page_in_english_is_sound(cast: Cast, enter: Enter) -> None:
    proposal_id = tell(cast, to=State.CONSULTING)
    visitor = enter(cast.people["takahashi"])
    visitor.client.set_cookie("language", "en")
    for path in ("", "/record-meeting", "/write-record", "/submission"):
        page = visitor.get(f"/proposals/{proposal_id}{path}")
        assert page.status == 200
        assert page.root.get("lang") == "en"
        assert faults(page.html) == []


@pytest.mark.parametrize("who", ["okada", "matsumoto", "admin", "fujita"])
def test_whoever_has_no_part_finds_nothing(cast: Cast, enter: Enter, who: str) -> None:
    proposal_id = tell(cast, to=State.SIGNING)
    visitor = enter(cast.people[who])
    nothing = visitor.get("/proposals/999999")
    assert nothing.status == 404
    papers = (
        "submission",
        "findings",
        "minutes",
        "record",
        "agreement",
        "agreement.pdf",
        "attachments/1",
        "documents/1",
    )
    moves = [key.replace("_", "-") for key, move in MOVES.items() if set(move.by) != {Hat.SYSTEM}]
    token = visitor.token("/account")
    for path in ("", *(f"/{name}" for name in (*papers, "draft", *moves))):
        address = f"/proposals/{proposal_id}{path}"
        page = visitor.get(address)
        assert page.status == 404, address
        assert page.html.replace(token, "").count("川辺") == 0, address
        if path.lstrip("/") in moves:
            assert visitor.post(address, {"csrf_token": token, "reason": "見たい"}).status == 404, address


@pytest.mark.parametrize("who", ["nakamura", "watanabe", "kato"])
def test_a_draft_is_its_groups_alone(cast: Cast, enter: Enter, who: str) -> None:
    proposal_id = tell(cast)
    visitor = enter(cast.people[who])
    for path in ("", "/draft", "/submit", "/withdraw", "/accept"):
        assert visitor.get(f"/proposals/{proposal_id}{path}").status == 404


def test_a_visitor_is_asked_to_sign_in_and_led_back(app: Flask, cast: Cast) -> None:
    proposal_id = tell(cast, to=State.SUBMITTED)
    page = Visitor(app).get(f"/proposals/{proposal_id}/accept")
    assert page.status == 302
    assert page.location.endswith(f"/sign-in?next=/proposals/{proposal_id}/accept")
