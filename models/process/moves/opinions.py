"""意見照会: sections are asked what they know of a proposal, in a term, and answer for both parties to read."""

from datetime import date
from typing import Any

from models.answer_checks import too_long
from models.opinions import Opinion
from models.people import Department
from models.process.actors import WORKING, asked_of, staffed
from models.process.grammar import Case, Details
from models.process.refusals import Missing
from models.words import Word

LONGEST = 2000
QUESTION = Word("聞きたいこと", "What is asked")
ANSWER = Word("意見", "Opinion")


def opinion_asked(case: Case, details: Details) -> list[Missing]:
    """A section in which somebody works, a question, and a day that is still to come."""
    found = []
    section_id = details.get("section_id")
    section = case.session.get(Department, section_id) if isinstance(section_id, int) else None
    if section is None or section.closed_on is not None or not staffed(case.session, section.id, WORKING):
        found.append(Missing("section_id", Word("課を選んでください。", "Choose a section.")))
    elif any(o.section_id == section.id and o.given_at is None for o in case.proposal.opinions):
        found.append(
            Missing(
                "section_id",
                Word("{section}にはすでに意見を求めています。", "{section} was asked already.").filled(
                    section=section.words
                ),
            )
        )
    found += _written(details.get("question"), "question", QUESTION)
    due_on = details.get("due_on")
    if not isinstance(due_on, date) or due_on <= case.today:
        found.append(
            Missing("due_on", Word("期限は明日以降の日付にしてください。", "The date must be tomorrow or later."))
        )
    return found


def ask_opinion(case: Case, details: Details) -> dict[str, Any] | None:
    """Open the question to the section."""
    proposal, section_id = case.proposal, int(details["section_id"])
    proposal.opinions.append(
        Opinion(
            section_id=section_id,
            question=str(details["question"]).strip(),
            asked_by_id=case.person_id,
            asked_at=case.now,
            due_on=details["due_on"],
        )
    )
    if section_id not in proposal.asked_section_ids:
        proposal.asked_section_ids = [*proposal.asked_section_ids, section_id]
    return {"asked_section": case.session.get_one(Department, section_id).name}


def opinion_waiting(case: Case) -> list[Missing]:
    """The actor's section still owes an opinion."""
    if asked_of(case.actor, case.proposal):
        return []
    return [Missing("text", Word("回答を待っている照会はありません。", "No opinion is awaited from your section."))]


def opinion_given(case: Case, details: Details) -> list[Missing]:
    """An opinion that says something."""
    return _written(details.get("text"), "text", ANSWER)


def give_opinion(case: Case, details: Details) -> dict[str, Any] | None:
    """Write the opinion of the actor's section."""
    opinion = asked_of(case.actor, case.proposal)[0]
    opinion.text = str(details["text"]).strip()
    opinion.given_by_id, opinion.given_by_name, opinion.given_at = case.person_id, case.actor.name, case.now
    return {"asked_section": opinion.section.name, "opinion_id": opinion.id}


def _written(text: object, field: str, label: Word) -> list[Missing]:
    said = str(text or "").strip()
    if not said:
        return [Missing(field, Word("「{label}」を入力してください。", "Enter “{label}”.").filled(label=label))]
    return [Missing(field, too_long(label, LONGEST))] if len(said) > LONGEST else []
