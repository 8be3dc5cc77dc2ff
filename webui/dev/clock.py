"""Moving the date, to see what months bring."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms.validators import Optional

from models import clock
from webui.access import public
from webui.forms import DayField, Form


class ClockForm(Form):
    day = DayField(_l("日付"), [Optional()], description=_l("空にすると、本当の日付に戻ります。"))


@public
def clock_page() -> str | Response | tuple[str, int]:
    """Show the date and set another."""
    form = ClockForm(data={"day": clock.today()})
    if request.method == "GET":
        return render_template("dev/clock.html", form=form)
    if not form.validate():
        return render_template("dev/clock.html", form=form), 422
    day: date | None = form.day.data
    clock.move_to(day)
    flash(f"{clock.today():%Y-%m-%d}")
    return redirect(url_for("dev.clock_page"))
