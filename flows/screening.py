"""除外審査: lets words and rules ask for a closer look, issues receipt and notice, and tells people how it goes."""

from flows import outbox
from flows.steps import announce, issue_document, stage_flow, step
from models import screening_rules
from models.database import transaction
from models.documents import DocumentKind
from models.process.vocabulary import FlowKey, MoveKey
from models.proposals import Proposal


@stage_flow(FlowKey.SCREENING)
def screening(message_id: int) -> None:
    """After acceptance: prefill the findings, issue the receipt. After an exclusion: issue the notice. Then announce."""
    errand = outbox.errand(message_id)
    if errand is None:
        return
    if errand.move is MoveKey.ACCEPT:
        point_out(errand.proposal_id)
        issue_document(message_id, DocumentKind.RECEIPT, errand.proposal_id)
    if errand.move is MoveKey.APPROVE_EXCLUSION:
        issue_document(message_id, DocumentKind.EXCLUSION_NOTICE, errand.proposal_id)
    announce(message_id, errand.event_id)


@step
def point_out(proposal_id: int) -> None:
    """Mark findings for a look where the programme's words and rules point at them; what a person decided stays.

    The proposal is locked: whoever is deciding at this moment comes first, and is not overwritten.
    """
    with transaction() as session:
        proposal = session.get_one(Proposal, proposal_id, with_for_update=True)
        screening_rules.point_out(proposal)
