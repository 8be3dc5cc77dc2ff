"""Mails about judging: the invitation to a round with the way to its page, and reminders of what is still to be done."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.calendar import in_words
from models.editions import rules_of
from models.judging.judges import to_score, undeclared
from models.judging.rounds import rules_for, unfinished
from models.judging.sheets import is_handed_in
from models.judging.tables import Judge, JudgingRound
from models.process.actors import WORKING, in_posts
from models.settings import settings
from models.words import Word
from notifications.letters import plan_letter
from notifications.reminders import latest_day


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


def rounds_to_finish(session: Session) -> list[int]:
    """The open rounds in which a judge has not finished, the nearest last day first."""
    query = (
        select(JudgingRound).where(JudgingRound.closed_at.is_(None)).order_by(JudgingRound.score_by, JudgingRound.id)
    )
    return [judging.id for judging in session.scalars(query) if unfinished(judging)]


def remind_round(session: Session, round_id: int, today: date) -> None:
    """Remind the judges of a round who have not finished, if a day for it has come since; long after, the office too."""
    judging = session.get_one(JudgingRound, round_id, with_for_update=True)
    terms = rules_of(session, judging.edition_id).terms
    occasion = latest_day(judging.score_by, judging.opened_at, terms, today)
    if judging.closed_at is not None or occasion is None:
        return
    if judging.reminded_on is not None and judging.reminded_on >= occasion.day:
        return
    late = unfinished(judging)
    for judge in late:
        send_reminder(session, judge, f"{settings().base_url}/judging/{round_id}")
    if late and occasion.escalated:
        _tell_office(session, judging, [judge.name for judge in late])
    judging.reminded_on = today
    session.flush()


def _tell_office(session: Session, judging: JudgingRound, names: list[str]) -> None:
    label = rules_for(session, judging).label
    for officer in session.scalars(in_posts(judging.desk_id, WORKING)):
        plan_letter(
            session,
            f"judging-late-{judging.id}",
            officer,
            Word("採点の期限を過ぎています：{round}", "Scores are overdue: {round}").filled(round=label),
            [
                Word(
                    "{names}さんの採点が終わっていません。連絡するか、理由を添えて審査を締め切ってください。",
                    "{names} have not finished scoring. Get in touch with them, or close the round with a reason.",
                ).filled(names="さん、".join(names)),
                _until(judging.score_by),
            ],
            f"{settings().base_url}/desk/rounds/{judging.id}",
            Word("審査のページを開く", "Open the round"),
            [],
        )


def send_reminder(session: Session, judge: Judge, url: str) -> None:
    """Plan the mail that reminds a judge of what is still to be declared or handed in."""
    label = rules_for(session, judge.round).label
    waiting = [entry for entry in to_score(session, judge) if not is_handed_in(judge, entry.proposal_id)]
    if undeclared(session, judge) or not waiting:
        still = Word("利害関係の申告がまだです。", "Your declaration of interests is still missing.")
    else:
        still = Word("提出していない審査票が{n}件あります。", "Sheets still to be handed in: {n}.").filled(
            n=len(waiting)
        )
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
