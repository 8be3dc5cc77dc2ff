"""Mails about a group: invitations, a handover offered, a registration and what the program office says of it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from models import clock
from models.calendar import in_words
from models.groups.invitations import Invitation
from models.groups.registration import Registration
from models.groups.succession import Handover
from models.people import Group, Person
from models.spoken import here
from models.words import Word
from notifications.letters import plan_letter

IGNORE = Word(
    "お心当たりがないときは、何もしなくてかまいません。", "If you know nothing of this, there is nothing to do."
)


def send_invitation(session: Session, invitation: Invitation, person: Person | None, url: str) -> None:
    """Plan the mail that invites somebody into a group. person: who has this e-mail, if anybody."""
    group = invitation.group.name
    plan_letter(
        session,
        "group-invite",
        person or (invitation.name, invitation.email, invitation.language),
        Word("「{group}」への招待", "Invitation to “{group}”").filled(group=group),
        [
            Word(
                "{inviter}さんから、「{group}」のメンバーになるよう招待が届いています。",
                "{inviter} invites you to become a member of “{group}”.",
            ).filled(inviter=invitation.invited_by.name, group=group),
            Word("次のページを開いて、受けるかどうかを答えてください。", "Open this page and answer."),
        ],
        url,
        Word("招待に答える", "Answer the invitation"),
        [_until(invitation.expires_at), IGNORE],
    )


def send_handover(session: Session, handover: Handover, url: str) -> None:
    """Plan the mail that asks a member to represent the group."""
    group, day = handover.group.name, handover.day
    asked = Word(
        "{person}さんから、「{group}」の代表者を{day}から引き継いでほしいと頼まれています。",
        "{person} asks you to represent “{group}” from {day} on.",
    )
    days = Word(in_words(day, "ja", weekday=False), in_words(day, "en", weekday=False))
    plan_letter(
        session,
        "group-handover",
        handover.successor,
        Word("「{group}」の代表者の引継ぎ", "Representing “{group}”").filled(group=group),
        [
            asked.filled(person=handover.offered_by.name, group=group, day=days),
            Word(
                "あなたが引き受けるまで、代表者は変わりません。",
                "The representative stays the same until you accept.",
            ),
        ],
        url,
        Word("引き受けるかどうかを答える", "Answer"),
        [],
    )


def send_registration(session: Session, registration: Registration, person: Person | None, url: str) -> None:
    """Plan the mail that proves an applicant's e-mail; whoever has an account already is told so."""
    group = registration.group_name
    known = Word(
        "このメールアドレスは、すでに利用者として登録されています。今の登録でログインして、団体の登録を続けてください。",
        "There is an account with this e-mail already. Sign in with it to go on with the registration.",
    )
    new = Word(
        "次のページを開いて、登録を続けてください。そのあと、パスワードを設定します。",
        "Open this page to go on. You will then set a password.",
    )
    plan_letter(
        session,
        "group-register",
        person or (registration.name, registration.email, registration.language),
        Word("「{group}」の登録", "Registering “{group}”").filled(group=group),
        [
            Word("「{group}」の登録の申込みがありました。", "Somebody applied to register “{group}”.").filled(
                group=group
            ),
            new if person is None else known,
        ],
        url,
        Word("登録を続ける", "Go on with the registration"),
        [_until(registration.expires_at), IGNORE],
    )


def send_confirmed(session: Session, group: Group, people: Iterable[Person], url: str) -> None:
    """Plan the mails that tell a group that its registration is confirmed."""
    for person in people:
        plan_letter(
            session,
            "group-confirmed",
            person,
            Word("「{group}」の登録を確認しました", "The registration of “{group}” is confirmed").filled(
                group=group.name
            ),
            [
                here(
                    Word(
                        "市民協働課が「{group}」の登録を確認しました。団体の一覧に載り、公開すると決めた項目をだれでも読めます。",
                        "The program office has confirmed the registration of “{group}”. It is now on the public list.",
                    )
                ).filled(group=group.name)
            ],
            url,
            Word("団体のページを開く", "Open the group's page"),
            [],
        )


def send_question(session: Session, group: Group, question: str, people: Iterable[Person], url: str) -> None:
    """Plan the mails that ask a group something about its registration."""
    for person in people:
        plan_letter(
            session,
            "group-question",
            person,
            Word("「{group}」の登録についての問合せ", "A question about the registration of “{group}”").filled(
                group=group.name
            ),
            [
                here(
                    Word(
                        "登録の内容について、市民協働課から次の問合せがあります。団体のページで内容を直すか、市民協働課へご連絡ください。",
                        "The program office asks about your registration. Correct it on the group's page, or get in touch.",
                    )
                )
            ],
            url,
            Word("団体のページを開く", "Open the group's page"),
            [],
            question,
        )


def _until(moment: datetime) -> Word:
    last = clock.in_tokyo(moment)
    return Word(f"このページは{in_words(last, 'ja')}まで使えます。", f"The page works until {in_words(last, 'en')}.")
