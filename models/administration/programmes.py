"""A programme's editions in the administration: taken up, put in force with a reason, taken back, thrown away (W01)."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby, pairwise
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from models import clock
from models.administration.checks import FAR_YEARS, insist, refuse, take_turns
from models.administration.record import Change, note
from models.editions import ALWAYS, Edition, in_force_now, number_of, put_in_force, rules_of, take_up
from models.process.actors import Actor
from models.process.refusals import Missing
from models.process.vocabulary import ENDS
from models.programme.reading import Reading
from models.proposals import Proposal
from models.words import Word

LONGEST_REASON = 1000
"""Characters of a reason."""


class Listed(NamedTuple):
    """An edition with what stands on it."""

    edition: Edition
    until: datetime | None
    """When another edition followed it; None while it holds or waits."""
    in_force: bool
    running: int
    ended: int

    @property
    def from_the_beginning(self) -> bool:
        """It holds since there is a programme, not since a day."""
        return self.edition.in_force_from == ALWAYS

    @property
    def is_planned(self) -> bool:
        """It is decided from when it will hold."""
        return self.edition.in_force_from is not None and not self.edition.has_begun

    @property
    def can_be_thrown_away(self) -> bool:
        """It never held, will not, and no case stands on it."""
        return self.edition.in_force_from is None and not self.running and not self.ended


def listed(session: Session) -> list[tuple[str, list[Listed]]]:
    """Every programme by its key with its editions, the latest first; the city's first programme comes first."""
    in_force = in_force_now(session)
    ended = case((Proposal.state.in_(ENDS), 1), else_=0)
    counts = {
        edition_id: (total - over, over)
        for edition_id, total, over in session.execute(
            select(Proposal.edition_id, func.count(), func.sum(ended)).group_by(Proposal.edition_id)
        )
    }
    everything = session.scalars(
        select(Edition).options(joinedload(Edition.imported_by)).order_by(Edition.key, Edition.number.desc())
    ).all()
    found = []
    for key, editions in groupby(everything, lambda edition: edition.key):
        own = list(editions)
        ends = _ends(own)
        lines = [Listed(one, ends.get(one.id), one.id in in_force, *counts.get(one.id, (0, 0))) for one in own]
        found.append((key, lines))
    place = {one.partition("-")[0]: number for number, one in enumerate(in_force)}
    return sorted(found, key=lambda pair: (place.get(pair[0], len(place)), pair[0]))


def standing(session: Session) -> str:
    """Which editions there are and from when they hold, in one text: what a form is opened on."""
    rows = session.execute(select(Edition.id, Edition.in_force_from, Edition.reason).order_by(Edition.id))
    return "\n".join(f"{edition_id} {moment} {reason}" for edition_id, moment, reason in rows)


def take_up_edition(
    session: Session, actor: Actor, text: str, *, reason: str = "", reading: Reading | None = None
) -> tuple[Edition, bool]:
    """A new edition that is not in force yet; False: the latest one says exactly this already. Raises NotReady."""
    take_turns(session)
    insist(_too_long(reason))
    last = session.scalar(select(func.count()).select_from(Edition))
    edition = take_up(session, text, person_id=actor.person_id, reason=reason, reading=reading)
    is_new = session.scalar(select(func.count()).select_from(Edition)) != last
    if is_new:
        note(session, actor, Change.EDITION_TAKEN_UP, edition, **_named(session, edition), reason=reason)
    return edition, is_new


def let_hold(session: Session, actor: Actor, edition: Edition, *, moment: datetime | None, reason: str) -> None:
    """Put an edition in force from a moment on, for the reason that the public reads. Raises NotReady."""
    take_turns(session)
    session.refresh(edition)
    if edition.has_begun:
        raise refuse("", Word("この版はすでに施行しています。", "This edition is in force already."))
    missing = _too_long(reason)
    if not reason.strip():
        missing.append(Missing("reason", Word("変更の理由を入力してください", "Enter the reason.")))
    if moment is None:
        missing.insert(0, Missing("day", Word("施行する日を入力してください", "Enter the day.")))
    elif clock.in_tokyo(moment).year > clock.today().year + FAR_YEARS:
        sentence = Word("日付は{n}年先までで入力してください", "Enter a date at most {n} years ahead.")
        missing.insert(0, Missing("day", sentence.filled(n=FAR_YEARS)))
    insist(missing)
    assert moment is not None
    put_in_force(edition, moment, reason=reason)
    details = _named(session, edition) | {"reason": reason}
    note(session, actor, Change.EDITION_IN_FORCE, edition, **details, moment=edition.in_force_from)


def take_back(session: Session, actor: Actor, edition: Edition) -> None:
    """Let an edition wait that was to hold later; one that waits already stays. Raises NotReady once it holds."""
    take_turns(session)
    session.refresh(edition)
    if edition.has_begun:
        sentence = Word(
            "この版はすでに施行しています。元に戻すときは、前の版の内容を新しい版として登録してください。",
            "This edition is in force already. To go back, add the text of the one before as a new edition.",
        )
        raise refuse("", sentence)
    if edition.in_force_from is None:
        return
    moment, edition.in_force_from = edition.in_force_from, None
    note(session, actor, Change.EDITION_TAKEN_BACK, edition, **_named(session, edition), moment=moment)


def throw_away(session: Session, actor: Actor, edition: Edition) -> None:
    """Remove a mistaken edition that never held and that no case stands on. Raises NotReady for any other."""
    take_turns(session)
    session.refresh(edition)
    if edition.has_begun or session.scalar(select(Proposal.id).where(Proposal.edition_id == edition.id).limit(1)):
        sentence = Word(
            "この版は施行したか、この版の案件があるため、破棄できません。",
            "This edition was in force or a case stands on it, so it stays.",
        )
        raise refuse("", sentence)
    if edition.in_force_from is not None:
        sentence = Word(
            "施行の予定があります。先に予定を取り消してください。",
            "It is planned to be in force. Take that back first.",
        )
        raise refuse("", sentence)
    note(session, actor, Change.EDITION_THROWN_AWAY, edition, **_named(session, edition))
    session.delete(edition)
    session.flush()


def _ends(editions: Sequence[Edition]) -> dict[str, datetime]:
    """When each edition that held was followed by another one."""
    held = sorted((one.in_force_from, one.number, one.id) for one in editions if one.has_begun and one.in_force_from)
    return {one[2]: after[0] for one, after in pairwise(held)}


def _named(session: Session, edition: Edition) -> dict[str, str]:
    return {"name": rules_of(session, edition.id).name.ja, "number": str(number_of(edition.id))}


def _too_long(reason: str) -> list[Missing]:
    if len(reason) <= LONGEST_REASON:
        return []
    sentence = Word("理由は{n}文字までで入力してください", "Reason: at most {n} characters.")
    return [Missing("reason", sentence.filled(n=LONGEST_REASON))]
