"""Personal data of a case goes when its programme's term is over, and nothing else does."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models import files
from models.attachments import attach
from models.filetypes import PDF
from models.process.vocabulary import MoveKey, Stage, State
from models.retention import forget_personal, kept_until
from tests.conftest import Clock
from tests.support.any_city import AnyCity
from tests.support.every_kind import COMPLETE as ANSWERS
from tests.support.every_kind import TEXT

MEMBERS = [{"name": "葛城 花子", "does": "受付"}]


@pytest.mark.req("T06", "T09")
def test_personal_answers_are_erased_two_years_after_the_year_of_the_end(session: Session, clock: Clock) -> None:
    clock.set(date(2027, 1, 15))
    city = AnyCity(session, TEXT + "retention: {personal: 2}\n", ANSWERS)
    proposal = city.draft("every")
    assert proposal.answers["members"] == MEMBERS
    for number, item in enumerate(("roster", "papers")):
        file = files.store_made(f"{number}".encode(), f"{number}.pdf", PDF)
        attach(session, proposal, city.cast.actor(session, "katsuragi"), Stage.INTAKE, file, item=item)
    city.move(proposal, MoveKey.SUBMIT, "katsuragi")
    assert kept_until(proposal) is None, "while it goes on, nothing is erased"
    city.move(proposal, MoveKey.WITHDRAW, "katsuragi", reason="来年にします。")
    assert proposal.state is State.WITHDRAWN
    assert kept_until(proposal) == date(2029, 3, 31)
    handed_in = proposal.submissions[0].content_hash
    clock.set(date(2029, 3, 31))
    assert forget_personal(session) == 0
    clock.set(date(2029, 4, 1))
    assert forget_personal(session) == 1
    for answers in (proposal.answers, proposal.submissions[0].answers):
        assert "members" not in answers
        assert "phone" not in answers
        assert answers["issue"] == ANSWERS["issue"]
    assert proposal.submissions[0].content_hash == handed_in
    session.expire_all()
    assert [file.name for file in proposal.attachments] == ["1.pdf"]
    assert [file["name"] for file in proposal.submissions[0].attachments] == ["1.pdf"]
    assert forget_personal(session) == 0, "a second night finds nothing"


def test_without_a_term_everything_is_kept(session: Session, clock: Clock) -> None:
    clock.set(date(2027, 1, 15))
    city = AnyCity(session, TEXT, ANSWERS)
    proposal = city.draft("every")
    file = files.store_made(b"1", "1.pdf", PDF)
    attach(session, proposal, city.cast.actor(session, "katsuragi"), Stage.INTAKE, file, item="papers")
    city.move(proposal, MoveKey.SUBMIT, "katsuragi")
    city.move(proposal, MoveKey.WITHDRAW, "katsuragi", reason="来年にします。")
    clock.set(date(2060, 1, 1))
    assert (kept_until(proposal), forget_personal(session)) == (None, 0)
    assert proposal.answers["members"] == MEMBERS
