"""Files on a form: what was chosen is stored and attached, or the field says why not; and files sent to be opened."""

from collections.abc import Iterable
from typing import BinaryIO, cast

from flask import abort, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import MultipleFileField

from models.attachments import attach, attached, check_attachable, detach, handed_in
from models.documents import Attachment, Document
from models.files import FileRefused, NotStored, StoredFile, path_of, store_upload
from models.filetypes import ATTACHABLE
from models.process.refusals import NotPossible
from models.process.vocabulary import Stage
from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.proposals import Proposal
from models.words import Word
from webui import filters
from webui.access import current_actor
from webui.database import aside, db
from webui.forms import ChecksField, Form
from webui.forms.items import ITEM
from webui.forms.questions import AttachedFile
from webui.language import reader_language


class FilesForm(Form):
    """Files to attach and files to take away; a base for forms that carry some."""

    remove = ChecksField(_l("添付しているファイル"), validate_choice=False)
    files = MultipleFileField(
        _l("ファイルを添付"),
        description=_l("PDF、Word、Excel、PowerPoint、写真を、1つ20MBまで、いくつでも選べます。"),
    )


ACCEPT = ",".join(ending for kind in ATTACHABLE for ending in kind.endings)
"""What the browser offers to choose; what a file is, its content decides."""


def take_files(
    form: FilesForm, proposal: Proposal, stage: Stage, subject_id: int = 0, items: Iterable[Item] = ()
) -> bool:
    """Attach every file chosen and take away those ticked, for the person signed in. To be asked before anything else.

    items: questions of the form, of which some are answered by files. False: a file was refused, the field says which
    and why, and nothing may be committed. Raises NotAllowed or NotPossible when the person may not change them now.
    """
    fields = {"": form.files} | {item.key: form[ITEM + item.key] for item in items if item.kind is ItemKind.FILE}
    uploads = {key: [u for u in f.data or [] if isinstance(u, FileStorage) and u.filename] for key, f in fields.items()}
    stored: dict[str, list[StoredFile]] = {}
    problems: dict[str, list[str]] = {}
    if any(uploads.values()):
        check_attachable(proposal, current_actor(), stage, subject_id)
        for key, chosen in uploads.items():
            stored[key], refusals = _store(chosen)
            if refusals:
                problems[key] = [f"{name}：{said.in_(reader_language())}" for name, said in refusals]
        check_attachable(proposal, current_actor(), stage, subject_id)  # again: much can happen while a file comes in
    if not problems:
        wanted = {a.id for a in attached(proposal, stage, subject_id)}
        for attachment_id in form.remove.data or []:
            if attachment_id.isdecimal() and int(attachment_id) in wanted:
                detach(db(), proposal, current_actor(), int(attachment_id))
        for key, files in stored.items():
            try:
                for file in files:
                    attach(db(), proposal, current_actor(), stage, file, subject_id, item=key)
            except NotPossible as refused:
                problems.setdefault(key, []).append(refused.sentence.in_(reader_language()))
    for key, told in problems.items():
        told.append(_("どのファイルもまだ添付していません。もう一度選んでください。"))
        fields[key].errors = [*fields[key].errors, " ".join(told)]
    return not problems


def sent(stored: Attachment | Document, name: str, media_type: str) -> Response:
    """The file, to be saved and never shown within our pages. 404 when its bytes are gone."""
    try:
        path = path_of(stored.sha256)
    except NotStored:
        abort(404)
    if not path.is_file():
        abort(404)
    answer = send_file(path, mimetype=media_type, as_attachment=True, download_name=name, etag=stored.sha256)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def attached_files(proposal: Proposal, attachments: list[Attachment]) -> list[AttachedFile]:
    """Files with their number, name, address, and size and day, for the pages that list them.

    The number is empty where the file stays, since it was handed in with a report.
    """
    return [
        (
            "" if handed_in(proposal, a) else str(a.id),
            a.name,
            url_for("proposals.attachment", proposal_id=proposal.id, attachment_id=a.id),
            f"{filters.size(a.size)}　{filters.short_day(a.added_at)}",
        )
        for a in attachments
    ]


def files_by_question(proposal: Proposal, stage: Stage, subject_id: int = 0) -> dict[str, list[AttachedFile]]:
    """The files of a paper by the question they answer; those of the paper as a whole under no key."""
    found: dict[str, list[AttachedFile]] = {}
    for attachment in attached(proposal, stage, subject_id):
        found.setdefault(attachment.item, []).extend(attached_files(proposal, [attachment]))
    return found


def _store(uploads: list[FileStorage]) -> tuple[list[StoredFile], list[tuple[str, Word]]]:
    """Put the bytes into the file store while nobody waits for the database; gives what is there, and what was refused."""
    stored: list[StoredFile] = []
    refusals: list[tuple[str, Word]] = []
    with aside():
        for upload in uploads:
            name = upload.filename or ""
            try:
                stored.append(store_upload(cast(BinaryIO, upload.stream), name))
            except FileRefused as refused:
                refusals.append((name, refused.said))
    return stored, refusals
