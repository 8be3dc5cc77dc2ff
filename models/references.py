"""Which stored files the rows refer to; what none refers to was left behind by a kill or a refusal, and is cleared."""

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agreement import Agreement
from models.documents import Attachment, Document
from models.files import discard_stored, stored_files
from models.proposals import Submission

log = logging.getLogger(__name__)

HASHES = (Attachment.sha256, Document.sha256)
"""Columns that name one stored file."""

LISTS = (Submission.attachments, Agreement.attachments)
"""Columns that name several, each under `sha256`."""


def referred_files(session: Session) -> set[str]:
    """The hashes of every file that some row speaks of, also of those taken away."""
    found = {sha256 for column in HASHES for sha256 in session.scalars(select(column).distinct())}
    for column in LISTS:
        found |= {file["sha256"] for files in session.scalars(select(column)) for file in files}
    return found


def clear_unreferred(session: Session) -> int:
    """Remove stored files older than a day that no row refers to; returns how many.

    The store is looked at before the rows: what is stored in between is young, and stays. Where no row refers to any
    stored file, the store belongs to another database, and all of it stays.
    """
    stored = stored_files()
    referred = referred_files(session)
    if stored and not stored & referred:
        log.warning("None of the %d stored files is known to this database, so none was cleared.", len(stored))
        return 0
    return sum(discard_stored(sha256) for sha256 in sorted(stored - referred))
