"""Checking what was written against a programme's items, and confirming exactly what was read."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeGuard

from models.consultation import Confirmation
from models.process.grammar import Case, Details
from models.process.labels import HATS
from models.process.refusals import Missing
from models.process.vocabulary import HAT_OF_SIDE, Side, Subject
from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from models.words import Word

BOTH = frozenset(Side)
MOST_YEN = 1_000_000_000


def wrong_answers(programme: Programme, items: Iterable[Item], answers: Mapping[str, Any]) -> list[Missing]:
    """Answers that cannot be: too long, not a date, not in the list. Empty ones are fine here."""
    found = []
    for item in items:
        value = answers.get(item.key)
        if _blank(value):
            continue
        sentence = _fault(programme, item, value)
        if sentence is not None:
            found.append(Missing(item.key, sentence))
    return found


def unanswered(items: Iterable[Item], answers: Mapping[str, Any]) -> list[Missing]:
    """Required items without an answer."""
    return [
        Missing(item.key, Word("「{label}」を入力してください。", "Enter “{label}”.").filled(label=item.label))
        for item in items
        if item.required and _blank(answers.get(item.key))
    ]


def _blank(value: Any) -> bool:
    """Nothing, or nothing but spaces."""
    return value in (None, []) or (isinstance(value, str) and not value.strip())


def _fault(programme: Programme, item: Item, value: Any) -> Word | None:
    match item.kind:
        case ItemKind.DATE:
            if _as_date(value) is None:
                return Word("「{label}」は正しい日付を入力してください。", "Enter a real date for “{label}”.").filled(
                    label=item.label
                )
        case ItemKind.YEN:
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= item.limit:
                return Word(
                    "「{label}」は0円から{limit}円までの整数で入力してください。",
                    "Enter a whole number of yen from 0 to {limit} for “{label}”.",
                ).filled(label=item.label, limit=f"{item.limit:,}")
        case ItemKind.CHOICE:
            if value not in [c.key for c in programme.options(item.options)]:
                return _not_listed(item)
        case ItemKind.CHOICES:
            known = [c.key for c in programme.options(item.options)]
            if not isinstance(value, list) or any(key not in known for key in value):
                return _not_listed(item)
        case ItemKind.LINE | ItemKind.TEXT:
            if not isinstance(value, str) or len(value) > item.limit:
                return too_long(item.label, item.limit)
    return None


def too_long(label: Word, limit: int) -> Word:
    """That a text has more characters than its field takes."""
    return Word(
        "「{label}」は{limit}文字までで入力してください。",
        "Write at most {limit} characters for “{label}”.",
    ).filled(label=label, limit=limit)


def _not_listed(item: Item) -> Word:
    return Word("「{label}」は一覧から選んでください。", "Choose “{label}” from the list.").filled(label=item.label)


def _as_date(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def is_yen(value: object) -> TypeGuard[int]:
    """Whole yen, none or more, within what a budget can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_YEN


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
    hats = [HATS[HAT_OF_SIDE[side]] for side in Side if side not in confirmed]
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
