"""Every part of a page in every state, to look at and to test."""

from datetime import timedelta

from flask import render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, FileField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from models import clock
from models.calendar import add_business_days
from webui.access import public
from webui.forms import ChecksField, DayField, Form, LineField, ProseField, SelectChoice, YenField
from webui.forms.autosave import conflict, saved


class ExampleForm(Form):
    title = LineField(
        "事業の名前",
        [
            InputRequired("事業の名前を入力してください"),
            Length(max=40, message="事業の名前は40文字までで入力してください"),
        ],
        description="40文字まで。例：川辺の見守りと居場所づくり事業",
    )
    summary = ProseField(
        "事業の内容",
        [
            InputRequired("事業の内容を入力してください"),
            Length(max=400, message="事業の内容は400文字までで入力してください"),
        ],
        description="だれのために、何を、どこで行うかを書いてください。",
    )
    kind = RadioField(
        "提案の種類",
        [InputRequired("提案の種類を選んでください")],
        choices=[
            SelectChoice("free", "自由提案（団体がテーマを決める）"),
            SelectChoice("theme", "テーマ提案（市が示した課題に応える）"),
        ],
    )
    fields = ChecksField(
        "分野",
        choices=[
            SelectChoice("welfare", "福祉"),
            SelectChoice("nature", "環境保全"),
            SelectChoice("safety", "防犯・防災"),
        ],
    )
    budget = YenField(
        "市に負担してほしい額",
        [
            InputRequired("市に負担してほしい額を入力してください"),
            NumberRange(1, 3_000_000, "市に負担してほしい額は300万円までで入力してください"),
        ],
        description="上限は300万円です。",
    )
    starts = DayField("始める日", [Optional()], description="決まっていなければ、空のままでかまいません。")
    section = SelectField(
        "相談したい課",
        choices=[SelectChoice(name) for name in ("わからない", "市民協働課", "福祉政策課", "危機管理課")],
    )
    rules = FileField("会則", [Optional()], description="PDF、Word、写真。20MBまで。")
    agreed = BooleanField(
        "提案の内容を公開することに同意します", [InputRequired("公開することに同意できるか確かめてください")]
    )


@public
def components() -> str | tuple[str, int]:
    """The page of samples; a POST shows the form with its errors, or that all is well."""
    form = ExampleForm()
    fine = form.validate() if request.method == "POST" else False
    now, day = clock.now(), clock.today()
    page = render_template(
        "dev/components.html",
        form=form,
        fine=fine,
        now=now,
        earlier=now - timedelta(days=12),
        due=[(add_business_days(day, n), n) for n in (-4, 0, 1, 9)],
        autosave=url_for("dev.autosave"),
    )
    return page, 422 if form.errors else 200


@public
def autosave() -> Response:
    """Pretends to save the sample form; the name 衝突 plays somebody else who was first."""
    if request.form.get("title") == "衝突":
        return conflict()
    return saved(revision=request.form.get("revision", 0, type=int) + 1)
