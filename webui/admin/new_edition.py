"""A new edition of a programme: a file or the text itself; every fault beside its line, and nothing typed is lost."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, TextAreaField

from models.administration.programmes import LONGEST_REASON, standing, take_up_edition
from models.editions import Edition, edition_of, editions_in_force
from models.filetypes import type_of
from models.programme.document import MOST_BYTES
from models.programme.faults import Fault
from models.programme.reading import Reading, read
from webui.access import administrator, current_actor
from webui.admin.changing import Answer, EditForm, done, page, refusals_at, sent_while
from webui.database import aside, db
from webui.forms import ProseField
from webui.forms.items import Marks
from webui.language import reader_language

LONGEST_LINE = 200
"""Characters of a line that are quoted beside its fault."""


class TextField(TextAreaField):
    """A text in which every line and blank counts."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n")


class NewEditionForm(EditForm):
    """A file or a text. `shown` is a mark of the text as the page showed it."""

    shown = HiddenField()
    file = FileField(
        _l("ファイルから"),
        [Marks()],
        description=_l("制度のファイル（YAML、UTF-8、1MBまで）を選ぶと、下の内容の代わりに使います。"),
    )
    text = TextField(_l("内容"), [Marks(required=True)], description=_l("ここで直接書き直すこともできます。"))
    reason = ProseField(
        _l("変更の理由"),
        [Marks(maxlength=LONGEST_REASON)],
        description=_l("施行するときにも書けます。施行すると公開します。"),
        render_kw={"rows": 3},
    )


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault as the page lists it: its line with what stands there, its place, its value and what would be right."""

    line: int
    quote: str
    path: str
    value: str
    sentence: str


@administrator
def new_edition() -> Answer:
    """Take up an edition that is not in force yet; it begins with the text of the one asked for, or in force."""
    base = _base()
    form = NewEditionForm(data={"text": base.text})
    found: list[Fault] = []
    if sent_while(form, standing(db())):
        text, reading = _read(form)
        if reading is not None and (text is None or reading.programme is None):
            found = _complain(form, text, reading)
        elif reading is not None and text is not None:
            with refusals_at(form):
                edition, is_new = take_up_edition(
                    db(), current_actor(), text, reason=form.reason.data or "", reading=reading
                )
                message = (
                    _("第%(n)s版として登録しました。まだ施行していません。", n=edition.number)
                    if is_new
                    else _("第%(n)s版と同じ内容です。何も変えていません。", n=edition.number)
                )
                return done(message, "admin.programme", key=edition.key, number=edition.number)
    shown = form.text.data or ""
    form.shown.data = _mark(shown)
    return page(
        "admin/new_edition.html",
        form,
        base=base,
        faults=list(_lines(found, shown)),
        rows=shown.count("\n") + 2,
        at_fault={fault.spot.line for fault in found},
    )


def _base() -> Edition:
    asked = edition_of(db(), request.args.get("key", ""), request.args.get("number", 0, type=int))
    return asked or db().get_one(Edition, editions_in_force(db())[0])


def _read(form: NewEditionForm) -> tuple[str | None, Reading | None]:
    """What was sent as a text, and what came of reading it, which may take a while.

    No text: the file cannot be shown as one. No reading: the form says why not.
    """
    upload, typed = form.file.data, form.text.data or ""
    if not (isinstance(upload, FileStorage) and upload.filename):
        with aside():
            return typed, read(typed.encode("utf-8", "replace"))
    if form.shown.data != _mark(typed):
        form.file.errors = [
            _(
                "下の内容も書き換えられているため、どちらを使うか分かりません。"
                "書き換えた内容を使うならこのまま登録し、ファイルを使うならページを開き直して選んでください。"
            )
        ]
        return None, None
    with aside():
        source = _of_file(form, upload)
        if source is None:
            return None, None
        return _decoded(source), read(source)


def _decoded(source: bytes) -> str | None:
    try:
        return source.decode("utf-8-sig") if len(source) <= MOST_BYTES else None
    except UnicodeDecodeError:
        return None


def _of_file(form: NewEditionForm, upload: FileStorage) -> bytes | None:
    """What a file holds; None for what is plainly no text, and the field says so."""
    stream = cast(BinaryIO, upload.stream)
    kind = type_of(stream)
    stream.seek(0)
    source = stream.read(MOST_BYTES + 1)
    if kind is None and b"\0" not in source[:1000]:
        return source
    what = kind.label.in_(reader_language()) if kind else _("文字だけのファイルではないもの")
    form.file.errors = [
        _(
            "「%(name)s」は%(what)sのようです。制度のファイル（YAMLという文字だけの形式）を選んでください。",
            name=upload.filename,
            what=what,
        )
    ]
    return None


def _complain(form: NewEditionForm, text: str | None, reading: Reading) -> list[Fault]:
    """Say how many faults there are; the text of a file that can be read is there to be corrected."""
    faults = list(reading.faults)
    if text is None:
        form.file.errors = [fault.sentence.in_(reader_language()) for fault in faults[:1]]
        return []
    form.text.data = text
    form.text.errors = [_("直すところが%(n)s件あります。何も登録していません。", n=len(faults))]
    return faults


def _lines(faults: list[Fault], text: str) -> Iterator[FaultLine]:
    lines = text.split("\n")
    for fault in faults:
        stands = lines[fault.spot.line - 1] if fault.spot.line <= len(lines) else ""
        yield FaultLine(
            fault.spot.line, stands[:LONGEST_LINE], fault.path, fault.value, fault.sentence.in_(reader_language())
        )


def _mark(text: str) -> str:
    return hashlib.sha256("\n".join(text.splitlines()).encode("utf-8", "replace")).hexdigest()[:16]
