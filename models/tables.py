"""Every table in one place, so that migrations and mappers see them all."""

from models.administration.record import AdminEvent
from models.agreement import Agreement, Signature
from models.base import Base
from models.consultation import Confirmation, ConsultationRecord, Meeting
from models.documents import Attachment, Document
from models.editions import Edition
from models.execution import Report
from models.history import Duty, Event
from models.outbox import Delivery, Heartbeat, OutboxMessage
from models.people import Department, Group, Membership, Person, Post, SignInAttempt, Tenure
from models.proposals import NumberSequence, Proposal, Submission
from models.publication import Snapshot
from models.review import BeneficiaryCheck, JointSheet, SelfCheck
from models.screening import Finding

__all__ = [
    "AdminEvent",
    "Agreement",
    "Attachment",
    "Base",
    "BeneficiaryCheck",
    "Confirmation",
    "ConsultationRecord",
    "Delivery",
    "Department",
    "Document",
    "Duty",
    "Edition",
    "Event",
    "Finding",
    "Group",
    "Heartbeat",
    "JointSheet",
    "Meeting",
    "Membership",
    "NumberSequence",
    "OutboxMessage",
    "Person",
    "Post",
    "Proposal",
    "Report",
    "SelfCheck",
    "SignInAttempt",
    "Signature",
    "Snapshot",
    "Submission",
    "Tenure",
]
