"""Questions on calls: the program office answers, and everybody reads it at once (I05, T01)."""

from flask import abort, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from models.call_questions import CallQuestion, answer, set_aside, waiting
from models.editions import programmes_in_force
from models.words import Word
from notifications.call_answers import send_answer
from webui.access import current_person, in_program_office, staff
from webui.admin.changing import Answer, done, page, refusals_at, sent
from webui.database import db
from webui.forms import Form, ProseField
from webui.forms.items import Marks


class AnswerForm(Form):
    """The question as it will be read, and the answer."""

    public_text = ProseField(
        _l("公開する質問文"),
        [Marks(required=True, maxlength=1000)],
        description=_l("氏名や団体名など、質問した人が分かる言葉は除いてください。"),
        render_kw={"rows": 4},
    )
    answer = ProseField(_l("回答"), [Marks(required=True, maxlength=1000)], render_kw={"rows": 6})
    aside = BooleanField(_l("この募集への質問ではないため、公開も回答もしない"))


@staff
def questions() -> str:
    """What was asked and not answered yet."""
    _only_the_office()
    return render_template("desk/questions.html", lines=[(one, _label(one)) for one in waiting(db())])


@staff
def question(question_id: int) -> Answer:
    """Answer one question for everybody."""
    _only_the_office()
    found = db().get(CallQuestion, question_id)
    if found is None or found.answered_at is not None or found.set_aside_at is not None:
        abort(404)
    form = AnswerForm(public_text=found.text)
    if sent(form):
        with refusals_at(form):
            return _carry_out(found, form)
    return page("desk/question.html", form, question=found, call=_label(found))


def _carry_out(found: CallQuestion, form: AnswerForm) -> Answer:
    if form.aside.data:
        set_aside(db(), found, current_person().id)
        return done(_("公開せずに片付けました。"), "desk.questions")
    answer(
        db(),
        found,
        current_person().id,
        public_text=form.public_text.data or "",
        text=form.answer.data or "",
    )
    send_answer(db(), found, _label(found), url_for("public.call", key=found.call_key))
    return done(_("回答を公開しました。"), "desk.questions")


def _only_the_office() -> None:
    """Answers are the program office's: every other office finds nothing here."""
    if not in_program_office():
        abort(404)


def _label(found: CallQuestion) -> Word:
    for rules in programmes_in_force(db()):
        call = rules.call(found.call_key)
        if rules.key == found.programme_key and call is not None:
            return call.label
    return Word(found.call_key, found.call_key)
