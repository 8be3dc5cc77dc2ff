"""What several moves ask and write: amounts, reasons, and confirming exactly what was read."""

from typing import TypeGuard

from models.answers import is_whole
from models.consultation import Confirmation
from models.process.grammar import Case, Details
from models.process.labels import HATS
from models.process.refusals import Missing
from models.process.vocabulary import HAT_OF_SIDE, Side, Subject
from models.spoken import here
from models.words import Word

BOTH = frozenset(Side)


def is_yen(value: object) -> TypeGuard[int]:
    """Whole yen, none or more, within what a budget can hold."""
    return is_whole(value)


def reason_asked(case: Case, details: Details) -> list[Missing]:
    """A move that needs its reason written."""
    return _said(details, Word("理由を入力してください。", "Enter the reason."))


def message_asked(case: Case, details: Details) -> list[Missing]:
    """A message that says something."""
    return _said(details, Word("メッセージを入力してください。", "Write the message."))


def change_asked(case: Case, details: Details) -> list[Missing]:
    """What should be changed."""
    return _said(details, Word("直してほしい点を入力してください。", "Say what should be changed."))


def _said(details: Details, sentence: Word) -> list[Missing]:
    return [] if str(details.get("reason") or "").strip() else [Missing("reason", sentence)]


def confirmed_sides(case: Case, subject: Subject, subject_id: int, edition: int = 1) -> frozenset[Side]:
    """The sides that have confirmed exactly this edition."""
    return frozenset(
        c.side
        for c in case.proposal.confirmations
        if (c.subject, c.subject_id, c.edition) == (subject, subject_id, edition)
    )


def unconfirmed(confirmed: frozenset[Side]) -> Word:
    """Those whose confirmation is still awaited: 提案団体と担当課."""
    hats = [here(HATS[HAT_OF_SIDE[side]]) for side in Side if side not in confirmed]
    return Word("と".join(hat.ja for hat in hats), " and ".join(hat.en for hat in hats))


def confirm(case: Case, subject: Subject, subject_id: int, edition: int = 1) -> None:
    """Write that the actor's side confirms this edition."""
    case.proposal.confirmations.append(
        Confirmation(
            subject=subject,
            subject_id=subject_id,
            edition=edition,
            side=case.side,
            person_id=case.person_id,
            person_name=case.actor.name,
            at=case.now,
        )
    )


ALREADY_CONFIRMED = Word(
    "あなたの側はすでに確認しています。相手の確認を待っています。",
    "Your side has confirmed already. Waiting for the other side.",
)


def overtaken(details: Details, latest: int, what: Word) -> list[Missing]:
    """Somebody wrote a newer version since the actor opened the page: nothing may be overwritten unseen.

    `based_on` is the version the actor read; without it, none.
    """
    if (details.get("based_on") or 0) == latest:
        return []
    return [
        Missing(
            "based_on",
            Word(
                "入力している間に{what}の第{n}版が保存されました。下に最新版を示します。必要な部分を写して、もう一度保存してください。",
                "Version {n} of the {what} was saved while you were writing. Take over what you need and save again.",
            ).filled(what=what, n=latest),
        )
    ]
