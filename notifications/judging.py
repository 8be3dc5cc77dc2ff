"""Mails to judges: the invitation to a round with the way to its page, and a reminder of what is still to be done."""

from datetime import date

from sqlalchemy.orm import Session

from models.calendar import in_words
from models.judging.tables import Judge
from models.words import Word
from notifications.letters import plan_letter


def send_invitation(session: Session, judge: Judge, label: Word, programme: Word, url: str) -> None:
    """Plan the mail that asks somebody to judge. label: the round's name. url: the judge's page, or where to set a password first."""
    new = not judge.person.password_hash
    paragraphs = [
        Word(
            "「{programme}」の「{round}」の審査員をお願いいたします。提案は{n}件です。",
            "You are asked to be a judge in “{round}” of “{programme}”. There are {n} proposals.",
        ).filled(programme=programme, round=label, n=len(judge.round.entries)),
        Word(
            "はじめに、それぞれの提案との利害関係の有無を申告してください。そのあと、提案書を読んで採点できます。",
            "First declare whether you have an interest in any of the proposals. Then you can read and score them.",
        ),
        _until(judge.round.score_by),
    ]
    if new:
        paragraphs.append(
            Word(
                "はじめての方は、次のページでパスワードを設定してください。設定すると、審査のページに進めます。",
                "This is your first visit: set a password on this page, and you come to your page as a judge.",
            )
        )
    plan_letter(
        session,
        f"judge-{judge.id}",
        judge.person,
        Word("審査のお願い：{round}", "Please judge: {round}").filled(round=label),
        paragraphs,
        url,
        Word("パスワードを設定する", "Set a password") if new else Word("審査のページを開く", "Open your page"),
        [],
    )


def send_reminder(session: Session, judge: Judge, label: Word, waiting: int, url: str) -> None:
    """Plan the mail that reminds a judge. waiting: sheets still to be handed in; 0: interests are still to be declared."""
    if judge.declared_at is None or not waiting:
        still = Word("利害関係の申告がまだです。", "Your declaration of interests is still missing.")
    else:
        still = Word("提出していない審査票が{n}件あります。", "Sheets still to be handed in: {n}.").filled(n=waiting)
    plan_letter(
        session,
        f"judge-reminder-{judge.id}",
        judge.person,
        Word("採点の期限は{day}です：{round}", "Scores are due on {day}: {round}").filled(
            day=_day(judge.round.score_by), round=label
        ),
        [still, _until(judge.round.score_by)],
        url,
        Word("審査のページを開く", "Open your page"),
        [],
    )


def _until(day: date) -> Word:
    return Word("採点の期限は{day}です。", "Please hand in your scores by {day}.").filled(day=_day(day))


def _day(day: date) -> Word:
    return Word(in_words(day, "ja"), in_words(day, "en"))
