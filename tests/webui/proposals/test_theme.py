"""The theme of a call, from the form to the section that asked for it."""

import pytest

from kyodo.demonstration.cast import Cast
from kyodo.demonstration.plot import Plot
from kyodo.demonstration.story import Story
from models.database import transaction
from models.process.vocabulary import State
from tests.support import selection
from tests.support.editions import changed
from tests.webui.conftest import Enter
from tests.webui.markup import faults, text_of

UNJUDGED = ("    proposer: city\n", "    proposer: city\n    rounds: []\n")


@pytest.fixture(autouse=True)
def open_call(cast: Cast) -> None:
    """The call for themes takes proposals today, and nothing is scored."""
    with transaction() as session:
        selection.put_in_force(session, changed(UNJUDGED, text=selection.UNDATED))


@pytest.mark.req("I09")
def test_it_is_asked_first_and_read_by_everybody(cast: Cast, enter: Enter) -> None:
    member = enter(cast.people["katsuragi"])
    member.get(f"/proposals/new?call={selection.CALL}")
    begun = member.send("call", call=selection.CALL)
    page = member.get(begun.location)
    assert faults(page.html) == []
    legends = [text_of(one) for one in page.root.iter("legend")]
    assert "取り組むテーマ" in legends[0]
    member.send("title", item_call_theme="river")
    page = member.get(begun.location)
    assert dict(page.form("title")[1])["item_call_theme"] == "river"
    assert "青葉川の水辺の活用" in member.get(f"{begun.location.removesuffix('/draft')}/submit").html


def test_the_section_that_asked_is_put_first_when_one_is_assigned(cast: Cast, enter: Enter) -> None:
    with transaction() as session:
        story = Story(session, cast, Plot(call=selection.CALL))
        story.take_to(State.ASSIGNING)
        proposal_id = story.proposal.id
    page = enter(cast.people["nakamura"]).get(f"/proposals/{proposal_id}/assign-section")
    assert "高齢者の孤立を防ぐ見守り（テーマを出した課：福祉政策課）" in page.html
    assert dict(page.form("section_id")[1])["section_id"] == str(cast.departments["welfare-policy"].id)
