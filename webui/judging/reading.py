"""A proposal as judges read it: what was handed in, without personal data, and nothing of what the parties say to each other."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext as _

from models.documents import Attachment
from models.personal import impersonal, is_personal
from models.process.moves.intake import PROFILE
from models.process.vocabulary import Stage
from models.proposals import Proposal
from webui import filters
from webui.language import reader_language
from webui.readable import Answered, OpenFile, Part, in_parts


def parts_of(round_id: int, proposal: Proposal) -> list[Part]:
    """The latest submission under the form's headings, with what the group says of itself."""
    submitted = proposal.submissions[-1]
    files: dict[str, list[OpenFile]] = {}
    for file in submitted.attachments:
        if _readable(proposal, file):
            address = url_for(
                "judging.attachment", round_id=round_id, proposal_id=proposal.id, attachment_id=file["id"]
            )
            files.setdefault(file.get("item", ""), []).append((file["name"], address, filters.size(file["size"])))
    items = impersonal(proposal.questions)
    found = in_parts(proposal.rules, items, submitted.answers, first=_("事業のこと"), files=files, personal=False)
    said = [Answered("name", _("団体の名前"), submitted.profile["name"])]
    said += [Answered(key, label.in_(reader_language()), submitted.profile[key]) for key, label in PROFILE.items()]
    found.append(Part("read-group", _("団体のこと"), said))
    if files.get(""):
        found.append(Part("read-files", _("添付ファイル"), [Answered("files", _("ファイル"), "", None, files[""])]))
    return found


def open_attachment(proposal: Proposal, attachment_id: int) -> Attachment | None:
    """A file of the latest submission that judges may open."""
    held = {file["id"] for file in proposal.submissions[-1].attachments if _readable(proposal, file)}
    return next((a for a in proposal.attachments if a.id == attachment_id and a.id in held), None)


def _readable(proposal: Proposal, file: Mapping[str, object]) -> bool:
    item = file.get("item") or next((a.item for a in proposal.attachments if a.id == file["id"]), "")
    return not is_personal(proposal.rules, Stage.INTAKE, str(item))
