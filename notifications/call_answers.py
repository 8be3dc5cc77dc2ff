"""Telling whoever asked a question on a call that it was answered, with the same words that everybody reads."""

from sqlalchemy.orm import Session

from models.call_questions import CallQuestion
from models.settings import settings
from models.words import Word
from notifications.letters import plan_letter

ASKER = {"ja": "ご質問をくださった方", "en": "Reader"}


def send_answer(session: Session, question: CallQuestion, call: Word, path: str) -> None:
    """Plan the mail, when an address was left."""
    if not question.email:
        return
    plan_letter(
        session,
        "answer",
        (ASKER[question.language], question.email, question.language),
        Word("「{call}」へのご質問に回答しました", "Your question on “{call}” was answered").filled(call=call),
        [
            Word(
                "ご質問への回答を、募集のページですべての方に公開しました。",
                "The answer is on the page of the call, for everybody to read.",
            )
        ],
        f"{settings().base_url}{path}#question-{question.id}",
        Word("回答を読む", "Read the answer"),
        [],
        question.answer,
    )
