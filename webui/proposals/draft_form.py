"""The proposal's form as a page: its questions with their marks, what was written to them, and what others wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from models.answer_words import answer_text
from models.drafts import ITEM, PROFILE_QUESTION, Draft, draft_of, mark_of
from models.process.moves.intake import PROFILE, PROFILE_LIMIT
from models.process.vocabulary import Stage
from models.programme.forms import Item
from models.proposals import Proposal
from webui.attachments import ACCEPT, FilesForm, files_by_question
from webui.forms import LineField, ProseField
from webui.forms.items import Marks, answers_of, items_form, typed_in
from webui.forms.questions import Question, Section, questions, sections
from webui.forms.tables import ROW
from webui.language import reader_language

WAS, KEEP, STOOD, SENT = "was_", "keep_", "stood_", "sent"
"""What travels with a question's fields: its mark when it was opened; where somebody else wrote it too, which text is
kept, and the mark of theirs. `sent` names the questions a script sends, when it sends only some."""

MINE = "mine"


class DraftForm(FilesForm):
    """The proposal's title and what the group says of itself; the programme's items come in between."""

    title = LineField(_l("事業の名前"), [Marks(required=True)], description=_l("60文字まで"))


@dataclass(frozen=True, slots=True)
class Dispute:
    """What somebody else wrote at a question: in words, and its mark."""

    theirs: str
    mark: str


def draft_form(proposal: Proposal, items: Collection[Item], typed: MultiDict[str, str] | None = None) -> DraftForm:
    """The form with these questions of the programme, filled from the request or with `typed`."""
    language = reader_language()
    profile = {
        PROFILE_QUESTION + key: ProseField(
            label.in_(language), [Marks(required=True, maxlength=PROFILE_LIMIT)], render_kw={"rows": 3}
        )
        for key, label in PROFILE.items()
    }
    base: type[DraftForm] = type("DraftForm", (DraftForm,), profile)
    made = items_form(base, proposal.rules, items)
    return made() if typed is None else made(formdata=typed)


def as_typed(proposal: Proposal, draft: Draft, more_rows: str = "") -> MultiDict[str, str]:
    """A draft as the form would have sent it. more_rows: the table that is shown with more empty rows."""
    typed = typed_in(proposal.questions, draft.answers)
    typed["title"] = draft.title
    for key, text in draft.profile.items():
        typed[PROFILE_QUESTION + key] = text
    if more_rows:
        typed[ROW] = more_rows
    return typed


def written_in(form: DraftForm, items: Collection[Item]) -> Draft:
    """What stands in the form."""
    return Draft(
        form.title.data or "",
        answers_of(form, items),
        {key: form[PROFILE_QUESTION + key].data or "" for key in PROFILE},
    )


def to_save(written: Draft, sent: MultiDict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What to save and the marks it was opened with, by question, as was chosen where two wrote at once."""
    answers = written.by_question()
    opened = {name.removeprefix(WAS): mark for name, mark in sent.items() if name.startswith(WAS)}
    if SENT in sent:
        named = set(sent.getlist(SENT))
        answers = {name: answer for name, answer in answers.items() if name in named}
    for name, choice in sent.items():
        question = name.removeprefix(KEEP)
        if name.startswith(KEEP) and question in opened:
            if choice == MINE:
                opened[question] = sent.get(STOOD + question, "")
            else:
                answers.pop(question, None)
    return answers, opened


def mixed(proposal: Proposal, written: Draft, mine: Collection[str]) -> Draft:
    """What stands saved, with these questions as they were written here."""
    stands, typed = draft_of(proposal), written.by_question()
    return Draft(
        typed["title"] if "title" in mine else stands.title,
        {**stands.answers, **{n.removeprefix(ITEM): typed[n] for n in mine if n.startswith(ITEM) and n in typed}},
        {key: typed[n] if (n := PROFILE_QUESTION + key) in mine else text for key, text in stands.profile.items()},
    )


def disputes(proposal: Proposal, names: Collection[str]) -> dict[str, Dispute]:
    """What others wrote at these questions, in words."""
    stands = draft_of(proposal).by_question()
    items = {ITEM + item.key: item for item in proposal.questions}
    return {
        name: Dispute(
            answer_text(proposal.rules, items[name], stands.get(name), reader_language())
            if name in items
            else str(stands[name]),
            mark_of(stands.get(name)),
        )
        for name in names
    }


def parts(proposal: Proposal, form: DraftForm, items: Collection[Item]) -> list[Section]:
    """The form in sections: the project, under the programme's headings, and the group."""
    files = files_by_question(proposal, Stage.INTAKE)
    found = sections(questions(form, proposal.rules, items, files), items, _("事業のこと"))
    if not found:
        found.append(Section("part-project", _("事業のこと")))
    found[0].questions.insert(0, Question(form.title, "line", required=True))
    profile = [Question(form[PROFILE_QUESTION + key], "text", required=True) for key in PROFILE]
    return [*found, Section("part-group", _("団体のこと"), profile)]


def rendered(question: Question, mark: str | None) -> str:
    """One question as it stands on the page, for a script that exchanges it."""
    return str(get_template_attribute("items.html", "question")(question, mark, accept=ACCEPT, drafted=True))


def dispute_rendered(question: Question, dispute: Dispute) -> str:
    """What others wrote at a question, for a script that shows it there."""
    return str(get_template_attribute("items.html", "disputed")(question, dispute.theirs, dispute.mark))
