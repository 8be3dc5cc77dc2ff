"""Mails about one's own account: a link to set a new password, and the invitation with the first one."""

import secrets

from sqlalchemy.orm import Session

from models import clock
from models.outbox import Delivery
from models.people import Person
from models.words import Word

RESET_SUBJECT = Word(
    "【あおばがわ協働ポータル】パスワードの再設定", "[Aobagawa Collaboration Portal] Set a new password"
)
RESET_TEXT = Word(
    """{name} 様

あおばがわ協働ポータルで、パスワードの再設定の申込みがありました。
次のページを開いて、新しいパスワードを設定してください。

{url}

このページは1時間、1回だけ使えます。
お心当たりがないときは、何もしなくてかまいません。今のパスワードはそのままです。

青葉川市 市民協働課
""",
    """Dear {name},

Somebody asked for a new password for the Aobagawa Collaboration Portal.
Open this page to set one:

{url}

The page works for one hour, and once.
If it was not you, there is nothing to do. Your present password stays as it is.

Aobagawa City, Citizen Collaboration Section
""",
)
INVITATION_SUBJECT = Word("【あおばがわ協働ポータル】ご利用の案内", "[Aobagawa Collaboration Portal] Your account")
INVITATION_TEXT = Word(
    """{name} 様

あおばがわ協働ポータルに、あなたの利用者登録ができました。
次のページを開いて、最初のパスワードを設定してください。

{url}

このページは14日間、1回だけ使えます。
期限が過ぎたときは、ログインのページの「パスワードを忘れたとき」から設定できます。

青葉川市 市民協働課
""",
    """Dear {name},

An account has been made for you on the Aobagawa Collaboration Portal.
Open this page to set your first password:

{url}

The page works for 14 days, and once.
After that, use "Forgotten your password?" on the sign-in page.

Aobagawa City, Citizen Collaboration Section
""",
)


def send_reset(session: Session, person: Person, url: str) -> None:
    """Plan the mail with the link that a person has asked for."""
    _plan(session, person, "reset", RESET_SUBJECT, RESET_TEXT.filled(name=person.name, url=url))


def send_invitation(session: Session, person: Person, url: str) -> None:
    """Plan the mail that invites a person to set the first password."""
    _plan(session, person, "invitation", INVITATION_SUBJECT, INVITATION_TEXT.filled(name=person.name, url=url))


def _plan(session: Session, person: Person, kind: str, subject: Word, text: Word) -> None:
    key = secrets.token_hex(12)
    session.add(
        Delivery(
            occasion=f"{kind}-{key}",
            person_id=person.id,
            channel="mail",
            subject=subject.in_(person.language),
            text=text.in_(person.language),
            message_id=f"<{kind}-{key}@kyodo>",
            planned_at=clock.now(),
            due_at=clock.now(),
        )
    )
    session.flush()
