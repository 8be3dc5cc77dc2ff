"""質問と回答: questions on a call, answered to everybody at once, so that nobody knows more than others (I05, T01)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.base import Base
from models.process.refusals import Missing, NotPossible, NotReady
from models.words import Word

LONGEST = 1000


class CallQuestion(Base):
    """A question that somebody asked on a call, and its answer. Who asked is nobody's business but the office's."""

    __tablename__ = "call_question"
    __table_args__ = (Index("ix_call_question_call", "programme_key", "call_key", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_key: Mapped[str] = mapped_column(String(40))
    call_key: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(String(254), default="")
    """Where the asker wants to be told of the answer; empty: not at all."""
    language: Mapped[str] = mapped_column(String(5), default="ja")
    asked_at: Mapped[datetime]
    public_text: Mapped[str] = mapped_column(Text, default="")
    """The question as it is published: without names and what would give the asker away."""
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    set_aside_at: Mapped[datetime | None]
    """Not a question on the call; neither published nor answered."""


def ask(session: Session, programme_key: str, call_key: str, *, text: str, email: str, language: str) -> CallQuestion:
    """Keep a question. Raises NotReady."""
    _insist("text", text, Word("質問", "Question"))
    question = CallQuestion(
        programme_key=programme_key,
        call_key=call_key,
        text=text.strip(),
        email=email,
        language=language,
        asked_at=clock.now(),
    )
    session.add(question)
    session.flush()
    return question


def answer(session: Session, question: CallQuestion, person_id: int, *, public_text: str, text: str) -> None:
    """Publish the question with its answer; whoever answered it first keeps it. Raises NotReady and NotPossible."""
    session.refresh(question, with_for_update=True)
    if question.answered_at is not None or question.set_aside_at is not None:
        raise NotPossible(Word("この質問はすでに処理されています。", "This question was dealt with already."))
    _insist("public_text", public_text, Word("公開する質問文", "The question as it is published"))
    _insist("answer", text, Word("回答", "Answer"))
    question.public_text, question.answer = public_text.strip(), text.strip()
    question.answered_at, question.answered_by_id = clock.now(), person_id


def set_aside(session: Session, question: CallQuestion, person_id: int) -> None:
    """Put away what is no question on the call. Raises NotPossible when it was dealt with already."""
    session.refresh(question, with_for_update=True)
    if question.answered_at is not None or question.set_aside_at is not None:
        raise NotPossible(Word("この質問はすでに処理されています。", "This question was dealt with already."))
    question.set_aside_at, question.answered_by_id = clock.now(), person_id


def answered(session: Session, programme_key: str, call_key: str) -> Sequence[CallQuestion]:
    """What was asked and answered on a call, the latest answer first."""
    return session.scalars(
        select(CallQuestion)
        .where(
            CallQuestion.programme_key == programme_key,
            CallQuestion.call_key == call_key,
            CallQuestion.answered_at.is_not(None),
        )
        .order_by(CallQuestion.answered_at.desc(), CallQuestion.id.desc())
        .limit(200)
    ).all()


def waiting(session: Session) -> Sequence[CallQuestion]:
    """Questions that nobody has dealt with, the oldest first."""
    return session.scalars(
        select(CallQuestion)
        .where(CallQuestion.answered_at.is_(None), CallQuestion.set_aside_at.is_(None))
        .order_by(CallQuestion.id)
        .limit(200)
    ).all()


def _insist(field: str, text: str, label: Word) -> None:
    if not text.strip():
        raise NotReady(
            [Missing(field, Word("「{label}」を入力してください。", "Enter “{label}”.").filled(label=label))]
        )
    if len(text) > LONGEST:
        sentence = Word("「{label}」は{n}文字までで入力してください。", "Write at most {n} characters for “{label}”.")
        raise NotReady([Missing(field, sentence.filled(label=label, n=LONGEST))])
