"""Fields read what people in Japan type."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, RadioField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length

from models.programme.forms import Column
from webui.forms import ChecksField, DayField, Form, LineField, NumberField, ProseField, SelectChoice, YenField
from webui.forms.tables import TableField


class Line(Form):
    what = LineField("費目", [InputRequired("費目を入力してください")])
    amount = YenField("金額")


class Sample(Form):
    name = LineField("名前")
    text = ProseField("内容", [Length(max=5, message="内容は5文字までで入力してください")])
    amount = YenField("金額")
    day = DayField("日付")
    kind = RadioField("種類", choices=[SelectChoice("a", "甲"), SelectChoice("b", "乙")])
    fields = ChecksField("分野", choices=[SelectChoice("x", "福祉"), SelectChoice("y", "環境")])
    lines = FieldList(FormField(Line))


def _read(app: Flask, **typed: str) -> Sample:
    with app.test_request_context():
        form = Sample(formdata=MultiDict(typed))
        form.validate()
        return form


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("300000", 300000),
        ("300,000円", 300000),
        ("３００，０００", 300000),
        (" ¥1 200 ", 1200),
        ("0", 0),
        ("", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(app: Flask, typed: str, amount: int | None) -> None:
    form = _read(app, amount=typed)
    assert form.amount.data == amount
    assert "amount" not in form.errors


@pytest.mark.parametrize("typed", ["30万", "-5", "1.5", "abc", "9" * 13, "٣٠٠"])
def test_what_is_no_amount_is_refused_and_stays_in_the_field(app: Flask, typed: str) -> None:
    form = _read(app, amount=typed)
    assert form.errors["amount"] == ["金額は、円の単位の数字で入力してください。例：300000"]
    assert form.amount._value() == typed


@pytest.mark.parametrize(
    "typed",
    ["2026-11-27", "2026/11/27", "2026年11月27日", "令和8年11月27日", "令和８年１１月２７日", "R8.11.27", "r8-11-27"],
)
def test_a_day_is_read_as_people_write_it(app: Flask, typed: str) -> None:
    assert _read(app, day=typed).day.data == date(2026, 11, 27)


def test_the_first_year_of_reiwa_is_gannen(app: Flask) -> None:
    assert _read(app, day="令和元年5月1日").day.data == date(2019, 5, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-02-30",
        "きのう",
        "令和8年13月1日",
        "11/27",
        "令和8年",
        "2026-11-27x",
        "99999-1-1",
        "0001-01-01",
        "9999-12-31",
        "0206-11-27",
        f"令和{'9' * 40}年1月1日",
        f"2026-{'9' * 40}-1",
    ],
)
def test_what_is_no_day_is_refused_with_an_example(app: Flask, typed: str) -> None:
    assert _read(app, day=typed).errors["day"] == ["日付は、正しい日付で入力してください。例：令和8年11月27日"]


def test_a_line_stays_one_line(app: Flask) -> None:
    assert _read(app, name="  川辺の\n見守り\x00 ").name.data == "川辺の 見守り"


def test_a_line_break_counts_as_one_character(app: Flask) -> None:
    form = _read(app, text="あ\r\nい\r\nう")
    assert form.text.data == "あ\nい\nう"
    assert "text" not in form.errors
    assert "text" in _read(app, text="あいうえおか").errors


def test_all_problems_stand_in_one_list_with_the_control_they_belong_to(app: Flask) -> None:
    with app.test_request_context():
        form = Sample(formdata=MultiDict({"kind": "c", "fields": "z", "lines-0-what": "", "lines-0-amount": "x"}))
        form.validate()
        form.form_errors.append("収入と支出が合いません")
        assert [where for where, _ in form.problems()] == [
            None,
            "kind-0",
            "fields-0",
            "lines-0-what",
            "lines-0-amount",
        ]


class Counted(Form):
    people = NumberField("人数", unit="人")


@pytest.mark.parametrize(
    ("typed", "number"), [("40", 40), ("４０人", 40), (" 1,200 人", 1200), ("40 名", None), ("-1", None), ("", None)]
)
def test_a_number_is_read_with_its_unit(app: Flask, typed: str, number: int | None) -> None:
    with app.test_request_context():
        form = Counted(formdata=MultiDict({"people": typed}))
    assert form.people.data == number
    assert form.people._value() == typed


@pytest.mark.parametrize(("typed", "kind"), [("2026-11-27", "date"), ("", "date"), ("来年の春", "text")])
def test_what_is_no_day_is_shown_as_it_was_typed_and_not_swallowed_by_the_picker(
    app: Flask, typed: str, kind: str
) -> None:
    with app.test_request_context():
        form = Sample(formdata=MultiDict({"day": typed}))
        assert f'type="{kind}"' in form.day()
        assert f'value="{typed}"' in form.day()


COLUMNS = (
    Column.model_validate({"key": "what", "label": "費目"}),
    Column.model_validate({"key": "yen", "label": "金額", "kind": "yen"}),
    Column.model_validate({"key": "by", "label": "時期", "kind": "date"}),
)


class Sheet(Form):
    budget = TableField("予算", columns=COLUMNS, most=4)


def _sheet(app: Flask, **typed: str) -> Sheet:
    with app.test_request_context():
        return Sheet(formdata=MultiDict({name.replace("_", "-"): text for name, text in typed.items()}))


def test_rows_are_read_in_their_order_without_the_empty_ones(app: Flask) -> None:
    form = _sheet(app, budget_7_what="謝礼", budget_7_yen="１万", budget_2_what=" 会場 ", budget_2_yen="20,000円",
                  budget_2_by="R9.4.1", budget_3_what="　")  # fmt: skip
    assert form.budget.data == [
        {"what": "会場", "yen": 20_000, "by": "2027-04-01"},
        {"what": "謝礼", "yen": "１万"},
    ]
    assert [cell.name for cell in form.budget.rows[1]] == ["budget-1-what", "budget-1-yen", "budget-1-by"]
    assert len(form.budget.rows) == 3, "one empty row to go on with"


def test_more_rows_stop_at_the_tables_limit(app: Flask) -> None:
    assert len(_sheet(app, budget_0_what="会場", row="budget").budget.rows) == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.dictionaries(st.text(max_size=12), st.text(max_size=8), max_size=6))
def test_whatever_is_sent_becomes_rows_or_nothing(app: Flask, sent: dict[str, str]) -> None:
    named = MultiDict({f"budget-{name}": text for name, text in sent.items()})
    with app.test_request_context():
        field = TableField("予算", columns=COLUMNS).bind(PlainForm(), "budget")
        field.process(named)
    assert all(set(row) <= {"what", "yen", "by"} for row in field.data)
