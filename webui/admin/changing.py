"""How a change of the administration is asked and answered: refusals at their fields, nothing overwritten unseen."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField

from models.administration.checks import LENGTHS
from models.administration.record import FIELDS, AdminEvent, told
from models.process.refusals import NotReady
from models.spoken import here
from models.words import Word
from webui.database import SAFE_METHODS, db
from webui.forms import Form, LineField, ProseField, SelectChoice
from webui.forms.items import Marks
from webui.language import LANGUAGES, reader_language
from webui.stages.performing import put_on

Answer = str | Response | tuple[str, int]


class EditForm(Form):
    """A form that changes what stands. `seen` is a mark of what stood when it was opened."""

    seen = HiddenField()


def said(word: Word) -> LazyString:
    """A domain word in the reader's language, once there is a reader."""
    return LazyString(lambda: here(word).in_(reader_language()))


def line(name: str, label: Word | None = None, *, required: bool = False, hint: Any = "") -> LineField:
    """One line for a field of a department, post, person or group."""
    marks = Marks(required=True) if required else Marks()
    return LineField(said(label or FIELDS[name]), [marks], description=hint)


def prose(name: str) -> ProseField:
    """Paragraphs for a field of a group."""
    return ProseField(said(FIELDS[name]), [Marks(maxlength=LENGTHS[name])], render_kw={"rows": 4})


def language_field() -> RadioField:
    """In which language a person is written to."""
    return RadioField(
        said(FIELDS["language"]),
        [Marks(required=True)],
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        default="ja",
        description=_l("画面と、お送りするメールの言語です。"),
        validate_choice=False,
    )


def load(kind: type[Any], number: int) -> Any:
    """The row with this number, or the page that says there is none."""
    found = db().get(kind, number)
    if found is None:
        abort(404)
    return found


@contextmanager
def refusals_at(form: Form) -> Iterator[None]:
    """What the domain refuses is said at the form's fields."""
    try:
        yield
    except NotReady as refused:
        put_on(form, refused.missing)


def sent(form: Form) -> bool:
    """Whether the form was sent and can be read."""
    return request.method not in SAFE_METHODS and bool(form.validate())


def sent_over(form: EditForm, thing: Any, names: Iterable[str]) -> bool:
    """Whether the form was sent, can be read, and what it was opened on still stands.

    Where somebody else was first, the fields say what stands now, and the next try passes.
    """
    now = {name: getattr(thing, name) for name in names}
    mark = hashlib.sha256(json.dumps(now, ensure_ascii=False, default=str).encode()).hexdigest()[:12]
    seen, form.seen.data = form.seen.data, mark
    if not sent(form):
        return False
    if seen == mark:
        return True
    form.form_errors.append(
        _("開いている間に、ほかの人が変更しました。上書きはしていません。入力を確かめて、もう一度保存してください。")
    )
    for name, value in now.items():
        if value and value != form[name].data:
            form[name].errors = [*form[name].errors, _("今の内容：%(text)s", text=_shown(value))]
    return False


def sent_while(form: EditForm, stands: str) -> bool:
    """Whether the form was sent, can be read, and `stands` says the same as when it was opened.

    Where somebody else was first, the form says so, and the next try passes.
    """
    mark = hashlib.sha256(stands.encode()).hexdigest()[:12]
    seen, form.seen.data = form.seen.data, mark
    if not sent(form):
        return False
    if seen == mark:
        return True
    form.form_errors.append(
        _("開いている間に、ほかの人が変更しました。まだ登録していません。今の内容を確かめて、もう一度送ってください。")
    )
    return False


def page(template: str, form: Form, **values: Any) -> Answer:
    """A form's page: fresh, or with what was typed and what is wrong with it."""
    shown = render_template(template, form=form, **values)
    return shown if request.method in SAFE_METHODS else (shown, 422)


def done(message: str, endpoint: str, **values: Any) -> Response:
    """On to a page that shows what is now true, with a sentence that says what was done."""
    flash(message)
    return redirect(url_for(endpoint, **values), 303)


def refused(error: NotReady, endpoint: str, **values: Any) -> Answer:
    """The page for a button that did nothing: why, and the way back."""
    db().rollback()
    sentences = [gap.sentence.in_(reader_language()) for gap in error.missing]
    back = url_for(endpoint, **values)
    return render_template("admin/refused.html", sentences=sentences, back=back), 409


def in_words(events: Iterable[AdminEvent]) -> list[tuple[datetime, str, str, str]]:
    """Changes as the timeline shows them."""
    found = []
    for event in events:
        title, lines = told(event, reader_language())
        found.append((event.at, title, event.actor_name, "\n".join(lines)))
    return found


def _shown(value: Any) -> str:
    return str(_("はい")) if value is True else str(value)
