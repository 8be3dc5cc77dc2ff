"""Every table in one place, so that migrations and mappers see them all."""

from models.administration.record import AdminEvent
from models.agreement import Agreement, Signature
from models.base import Base
from models.call_questions import CallQuestion
from models.consultation import Confirmation, ConsultationRecord, Meeting
from models.documents import Attachment, Document
from models.editions import Edition
from models.execution import Report
from models.groups.invitations import Invitation
from models.groups.registration import Registration
from models.groups.succession import Handover
from models.history import Duty, Event
from models.judging.tables import Conclusion, Interest, Judge, JudgingRound, RoundEntry, ScoreSheet
from models.openings import Opening
from models.opinions import Opinion
from models.outbox import Delivery, Heartbeat, OutboxMessage
from models.partners import Partner
from models.people import Department, Group, Membership, Person, Post, SignInAttempt, Tenure
from models.proposals import NumberSequence, Proposal, Submission
from models.publication import Snapshot
from models.review import BeneficiaryCheck, JointSheet, SelfCheck
from models.rosters import RosterEntry, RosterLook
from models.screening import Finding

__all__ = [
    "AdminEvent",
    "Agreement",
    "Attachment",
    "Base",
    "BeneficiaryCheck",
    "CallQuestion",
    "Conclusion",
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
    "Handover",
    "Heartbeat",
    "Interest",
    "Invitation",
    "JointSheet",
    "Judge",
    "JudgingRound",
    "Meeting",
    "Membership",
    "NumberSequence",
    "Opening",
    "Opinion",
    "OutboxMessage",
    "Partner",
    "Person",
    "Post",
    "Proposal",
    "Registration",
    "Report",
    "RosterEntry",
    "RosterLook",
    "RoundEntry",
    "ScoreSheet",
    "SelfCheck",
    "SignInAttempt",
    "Signature",
    "Snapshot",
    "Submission",
    "Tenure",
]
