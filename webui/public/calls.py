"""募集: the calls with their calendar, the guidelines of each as page and PDF, questions answered to everybody (I05, T01)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response as FlaskResponse
from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response

from models import clock
from models.call_questions import CallQuestion, answered, ask
from models.calls import Window, windows_of
from models.editions import Edition, editions_in_force, main_programme, number_of, rules_of
from models.judging.published import has_results
from models.process.refusals import NotReady
from models.programme.calls import Call
from models.programme.guide import guide
from models.programme.guide_calendar import Happening, deadline, happenings, window_in_words
from models.programme.schema import Programme
from models.settings import settings
from models.words import Word
from notifications.call_calendar import feed
from notifications.documents.blank_form import BlankForm, about_the_group, blank_form_html, blanks, papers
from notifications.documents.guidelines import Guidelines, guidelines_html
from notifications.pdf import PdfNotMade, render_pdf
from webui.access import public
from webui.auth import throttle
from webui.auth.forms import EmailField
from webui.database import aside, db
from webui.forms import Form, ProseField
from webui.forms.items import Marks
from webui.language import reader_language
from webui.public.freshness import kept_briefly
from webui.stages.performing import Page, put_on, shown

QUESTIONS_PER_ADDRESS = 5
"""So many questions one address asks within a quarter of an hour."""

TONES = {Window.OPEN: "green", Window.COMING: "blue", Window.FULL: "orange", Window.CLOSED: ""}


@dataclass(frozen=True, slots=True)
class Offered:
    """A call of a programme in force, as a list shows it."""

    edition_id: str
    rules: Programme
    call: Call
    window: Window
    when: Word
    next: Happening | None
    """What comes next in its calendar."""

    @property
    def is_open(self) -> bool:
        """Whether one can propose now."""
        return self.window is Window.OPEN

    @property
    def key(self) -> str:
        """What its address is made of."""
        return self.call.key


class QuestionForm(Form):
    """A question on the call, by anybody."""

    text = ProseField(_l("聞きたいこと"), [Marks(required=True, maxlength=1000)], render_kw={"rows": 4})
    email = EmailField(
        _l("回答を知らせるメールアドレス"), [Marks()], description=_l("書かなくてもかまいません。公開しません。")
    )


@public
def calls() -> Response:
    """Every call: those that take proposals first, then the coming ones, then those that are over."""
    found = offered()
    groups = [(one, [call for call in found if call.window is one]) for one in HEADINGS]
    return kept_briefly(
        render_template(
            "public/calls.html",
            groups=[(one, TONES[one], lines) for one, lines in groups if lines],
            always=[rules_of(db(), e).name for e in editions_in_force(db()) if not rules_of(db(), e).calls],
            headings=HEADINGS,
        )
    )


@public
def call(key: str) -> Page:
    """The guidelines of one call, what was asked on it, and a form to ask."""
    one = _find(key)
    form = QuestionForm()
    if request.method == "POST" and form.validate_on_submit():
        answer = _ask(one, form)
        if answer is not None:
            return answer
    return shown("public/call.html", form, judged=has_results(db(), key), **_told(one))


@public
def guidelines(key: str) -> Response:
    """The guidelines as PDF."""
    one = _find(key)
    title = one.call.label.ja
    html = guidelines_html(
        Guidelines(
            city=one.rules.city.ja,
            title=title,
            programme=one.rules.name.ja,
            dated=clock.today(),
            edition=number_of(one.edition_id),
            sections=guide(one.rules, one.call),
            questions=tuple((q.public_text, q.answer) for q in answered(db(), one.rules.key, one.key)),
            address=settings().base_url + url_for("public.call", key=one.key),
        )
    )
    return _printed(html, f"{title} 募集要項", key, "guidelines")


@public
def blank_form(key: str) -> Response:
    """The proposal form on paper, for those who write it by hand (I08)."""
    one = _find(key)
    rules, call = one.rules, one.call
    first = call.entry.items if call.entry is not None else ()
    questions = rules.questions_for(call.key)
    html = blank_form_html(
        BlankForm(
            programme=rules.name.ja,
            title=call.label.ja,
            edition=number_of(one.edition_id),
            questions=blanks(rules, questions, first),
            about_the_group=about_the_group(),
            papers=papers(rules, questions),
            first=call.entry.label.ja if call.entry is not None else "",
            closes=deadline(call.closes).ja if call.closes is not None else "",
            help=tuple(word.ja for word in (rules.writing_help, rules.portal.contact) if word.ja),
        )
    )
    return _printed(html, f"{call.label.ja} 提案書の用紙", key, "form")


def _printed(html: str, title: str, key: str, name: str) -> Response:
    """A document of the call as PDF; where none can be made, the page itself, to be printed."""
    try:
        with aside():
            pdf = render_pdf(html, title)
    except PdfNotMade:
        flash(_("PDFを作成できませんでした。このページを印刷してお使いください。"))
        return redirect(url_for("public.call", key=key))
    answer = FlaskResponse(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{key}.pdf"'
    return answer


@public
def calendar() -> Response:
    """The feed of every call's days for people's own calendars."""
    revised = {edition.id: edition.imported_at for edition in db().scalars(select(Edition))}
    lines = [
        (one.rules.key, one.call, settings().base_url + url_for("public.call", key=one.key), revised[one.edition_id])
        for one in offered()
    ]
    answer = make_response(feed(main_programme(db()).name, lines, reader_language()))
    answer.mimetype = "text/calendar"
    return answer


def offered() -> list[Offered]:
    """Every call of the programmes in force: open, coming, over; within each by its days."""
    now = clock.now()
    calls = [
        (edition_id, rules, one)
        for edition_id in editions_in_force(db())
        for rules in [rules_of(db(), edition_id)]
        for one in rules.calls
    ]
    windows = windows_of(db(), [(rules.key, one) for _, rules, one in calls], now)
    found = [
        Offered(edition_id, rules, one, stands, window_in_words(one), _next(one))
        for (edition_id, rules, one), stands in zip(calls, windows, strict=True)
    ]
    order = list(HEADINGS)
    return sorted(found, key=lambda o: (order.index(o.window), o.call.closes is None, str(o.call.closes)))


HEADINGS = {
    Window.OPEN: Word("受付中の募集", "Open now"),
    Window.COMING: Word("これからの募集", "Coming"),
    Window.FULL: Word("予算・件数に達した募集", "Used up"),
    Window.CLOSED: Word("締め切った募集", "Closed"),
}


def _find(key: str) -> Offered:
    one = next((one for one in offered() if one.key == key), None)
    if one is None:
        abort(404)
    return one


def _next(one: Call) -> Happening | None:
    for happening in happenings(one):
        starts = happening.starts
        if isinstance(starts, datetime):
            if starts > clock.now():
                return happening
        elif starts is not None and starts >= clock.today():
            return happening
    return None


def _told(one: Offered) -> dict[str, Any]:
    return {
        "one": one,
        "tone": TONES[one.window],
        "standing": HEADINGS[one.window],
        "sections": guide(one.rules, one.call),
        "questions": answered(db(), one.rules.key, one.key),
        "edition": number_of(one.edition_id),
    }


def _ask(one: Offered, form: QuestionForm) -> Response | None:
    counted, address = f"question on {one.key}", request.remote_addr or ""
    if throttle.must_wait(db(), f"{counted} from {address}", "", limit=QUESTIONS_PER_ADDRESS):
        form.text.errors = [*form.text.errors, _("しばらく待ってから、もう一度送ってください。")]
        return None
    try:
        question: CallQuestion = ask(
            db(),
            one.rules.key,
            one.key,
            text=form.text.data or "",
            email=form.email.data or "",
            language=reader_language(),
        )
    except NotReady as refused:
        put_on(form, refused.missing)
        return None
    throttle.remember(db(), f"{counted} from {address}", address)
    flash(_("質問を受け付けました（受付番号 %(n)s）。回答は、このページで全員に公開します。", n=question.id))
    return redirect(url_for("public.call", key=one.key), 303)
