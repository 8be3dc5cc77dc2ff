"""A proposal as it is read, whole: as its group writes it now, or as it was handed in."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from models.drafts import PROFILE_QUESTION
from models.personal import is_personal, reads_personal
from models.process.actors import hats_of
from models.process.moves.intake import PROFILE
from models.process.vocabulary import Stage
from models.proposals import Proposal, Submission
from webui import filters
from webui.access import current_actor
from webui.attachments import files_by_question
from webui.language import reader_language
from webui.readable import Answered, OpenFile, Part, in_parts


def as_written(proposal: Proposal) -> list[Part]:
    """What stands in the draft."""
    files = {key: [one[1:] for one in there] for key, there in files_by_question(proposal, Stage.INTAKE).items()}
    profile = {"name": proposal.group.name} | {key: getattr(proposal.group, key) for key in PROFILE}
    together = [{"group": one.group.name, "part": one.part} for one in proposal.partners if one.confirmed_at]
    return _whole(proposal, proposal.written_title, proposal.answers, profile, together, files)


def as_handed_in(proposal: Proposal, submitted: Submission) -> list[Part]:
    """What was handed in then."""
    files: dict[str, list[OpenFile]] = {}
    for file in submitted.attachments:
        address = url_for("proposals.attachment", proposal_id=proposal.id, attachment_id=file["id"])
        files.setdefault(file.get("item", ""), []).append((file["name"], address, filters.size(file["size"])))
    return _whole(proposal, submitted.title, submitted.answers, submitted.profile, submitted.partners, files)


def may_read_personal(proposal: Proposal, stage: Stage = Stage.INTAKE) -> bool:
    """Whether the reader reads personal answers of a stage's paper."""
    return reads_personal(hats_of(current_actor(), proposal), stage)


def files_read(proposal: Proposal, files: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of these handed-in files that the reader may open."""
    personal = may_read_personal(proposal)
    return [f for f in files if personal or not is_personal(proposal.rules, Stage.INTAKE, f.get("item", ""))]


def _whole(
    proposal: Proposal,
    title: str,
    answers: Mapping[str, Any],
    profile: Mapping[str, str],
    partners: Sequence[Mapping[str, str]],
    files: Mapping[str, Sequence[OpenFile]],
) -> list[Part]:
    language = reader_language()
    items = proposal.questions
    found = in_parts(
        proposal.rules,
        items,
        answers,
        first=_("事業のこと"),
        files=files,
        personal=may_read_personal(proposal),
    ) or [Part("read-0", _("事業のこと"))]
    found[0].answers.insert(0, Answered("title", _("事業の名前"), title))
    said = [Answered("name", _("団体の名前"), profile["name"])]
    said += [Answered(PROFILE_QUESTION + key, label.in_(language), profile[key]) for key, label in PROFILE.items()]
    said += [
        Answered(f"partner-{number}", _("連携する団体：%(group)s", group=one["group"]), one["part"])
        for number, one in enumerate(partners, 1)
    ]
    found.append(Part("read-group", _("団体のこと"), said))
    if files.get(""):
        found.append(
            Part("read-files", _("添付ファイル"), [Answered("files", _("そのほかのファイル"), "", None, files[""])])
        )
    return found
