"""From a proposal's rows to what each formal document says."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import clock
from models.agreement import Agreement
from models.answer_words import answer_text
from models.answers import asked
from models.history import Event
from models.people import MemberRole, Membership, Person, Post, Seat, Tenure
from models.portal import portal
from models.process.actors import SYSTEM, head_department_id
from models.process.labels import SIDES, done
from models.process.moves.review import readable_self_checks
from models.process.vocabulary import MoveKey, Side, Subject
from models.programme.notices import RECEIPT_NUMBER
from models.programme.schema import Programme
from models.proposals import Proposal
from models.review import JointSheet
from models.screening import Verdict
from models.settings import settings
from models.spoken import here
from notifications.documents import exclusion_notice as exclusion
from notifications.documents.agreement import AgreementText, Article, BudgetLine, Party, SignatureMade
from notifications.documents.evaluation import (
    Beneficiaries,
    Confirmation,
    EvaluationSheet,
    JointConclusion,
    Opinion,
    RatedItem,
)
from notifications.documents.exclusion_notice import ExclusionNotice, Ground, Step
from notifications.documents.letter import Letterhead, Office
from notifications.documents.own_words import worded

COURSE = (
    MoveKey.SUBMIT,
    MoveKey.ACCEPT,
    MoveKey.PROPOSE_EXCLUSION,
    MoveKey.CONFIRM_EXCLUSION,
    MoveKey.APPROVE_EXCLUSION,
)
"""The steps of a screening that its notice tells of."""


def exclusion_notice(session: Session, approved: Event) -> ExclusionNotice:
    """対象外通知書 for a proposal that was excluded by this event."""
    proposal = approved.proposal
    rules = proposal.rules
    day = clock.in_tokyo(approved.at).date()
    department_id = head_department_id(proposal)
    assert department_id is not None
    assert proposal.submitted_at is not None
    return ExclusionNotice(
        head=letterhead(session, proposal, day, holder(session, department_id, Seat.DEPARTMENT_HEAD, day)),
        words=worded(approved, exclusion.TITLE, exclusion.REMEDY, exclusion.THANKS),
        programme=rules.name.ja,
        receipt_number=proposal.number or "",
        project=proposal.submissions[-1].title,
        group=proposal.group.name,
        proposed_on=clock.in_tokyo(proposal.submitted_at).date(),
        decided_on=day,
        grounds=tuple(
            Ground(
                criterion=rules.criterion(finding.criterion).label.ja,
                clause=rules.criterion(finding.criterion).clause.ja,
                reason=finding.reason,
                evidence=finding.evidence,
            )
            for finding in proposal.findings
            if finding.verdict is Verdict.MET
        ),
        course=tuple(
            Step(clock.in_tokyo(event.at).date(), f"{event.actor_body}：{done(event.move, event.to_state).ja}。")
            for event in proposal.events
            if event.move in COURSE and event.number <= approved.number
        ),
    )


def agreement_text(session: Session, proposal: Proposal, agreement: Agreement) -> AgreementText:
    """協定書 as it stands: signed by both, or marked as a draft."""
    rules = proposal.rules
    is_contract = "commission" in agreement.methods
    signed = {signature.side: signature for signature in agreement.signatures}
    last = max((clock.in_tokyo(signature.at).date() for signature in agreement.signatures), default=None)

    def party(side: Side, label: str, name: str, address: str, capacity: str) -> Party:
        signature = signed.get(side)
        if signature is None:
            return Party(label, name, address, capacity)
        made = SignatureMade(signature.typed_name, signature.at)
        return Party(label, name, address, signature.capacity.removeprefix(name).strip(), made)

    return AgreementText(
        title="業務委託契約書" if is_contract else "協働事業に関する協定書",
        project=proposal.title,
        receipt_number=proposal.number or "",
        parties=(
            party(Side.CITY, "甲", rules.city.ja, "", _head_post(session, proposal)),
            party(Side.GROUP, "乙", proposal.group.name, proposal.group.address, "代表"),
        ),
        articles=tuple(
            Article(item.label.ja, text)
            for item in asked(rules.articles, agreement.articles)
            if (text := answer_text(rules, item, agreement.articles.get(item.key), "ja"))
        ),
        budget=tuple(BudgetLine(line["item"], line["amount"]) for line in agreement.budget),
        attachments=tuple(attachment["name"] for attachment in agreement.attachments),
        version=agreement.number,
        content_hash=agreement.content_hash,
        portal=portal().name.ja,
        is_contract=is_contract,
        concluded_on=last if set(signed) == set(Side) else None,
        methods=_methods(rules, agreement),
        period=(agreement.period_from, agreement.period_to) if agreement.period_from and agreement.period_to else None,
        borne_by_city=agreement.amount,
    )


def evaluation_sheet(proposal: Proposal, sheet: JointSheet) -> EvaluationSheet:
    """評価書 of a joint sheet that both sides confirmed."""
    rules, agreement = proposal.rules, proposal.agreements[-1]
    checks = readable_self_checks(SYSTEM, proposal)
    voices, section = proposal.beneficiary_check, proposal.section or proposal.desk
    bodies = {Side.GROUP: proposal.group.name, Side.CITY: section.name}
    spent = sum(line["spent"] for line in proposal.reports[-1].accounts)
    assert agreement.period_from is not None
    assert agreement.period_to is not None

    def opinion(side: Side, key: str) -> Opinion:
        given = checks[side].answers[key]
        return Opinion(str(given["mark"]), given.get("comment") or "")

    return EvaluationSheet(
        receipt_number=proposal.number or "",
        project=proposal.title,
        group=proposal.group.name,
        section=section.name,
        period_from=agreement.period_from,
        period_to=agreement.period_to,
        methods=_methods(rules, agreement),
        spent=spent,
        borne_by_city=min(agreement.amount, spent),
        scale=tuple(f"{mark.key} {mark.label.ja}" for mark in rules.scale.marks),
        items=tuple(
            RatedItem(
                item.label.ja,
                opinion(Side.GROUP, item.key),
                opinion(Side.CITY, item.key),
                sheet.item_notes.get(item.key, ""),
            )
            for item in rules.review_items
        ),
        beneficiaries=Beneficiaries(voices.how_asked, voices.answers, voices.satisfied, voices.merits)
        if voices
        else None,
        joint=JointConclusion(
            met_on=sheet.met_on,
            participants=sheet.participants,
            results=sheet.results,
            improvements=sheet.improvements,
            differences=sheet.differences,
            next_steps=sheet.next_steps,
        ),
        confirmations=tuple(
            Confirmation(here(SIDES[c.side]).ja, f"{bodies[c.side]}　{c.person_name}", c.at)
            for c in proposal.confirmations
            if c.subject is Subject.JOINT_SHEET and c.subject_id == sheet.number
        ),
        office=_office(proposal),
    )


def letterhead(session: Session, proposal: Proposal, day: date, sender: tuple[str, ...]) -> Letterhead:
    """The top of a letter to the group behind a proposal. sender: office held and name; empty: the program office."""
    city = proposal.rules.city.ja
    return Letterhead(
        number=proposal.rules.notices.number.ja.replace(RECEIPT_NUMBER, proposal.number or ""),
        dated=day,
        addressee=(proposal.group.name, *_representative(session, proposal, day)),
        sender=(city, *(sender or (proposal.desk.name,))),
        office=_office(proposal),
        honorific="様" if _representative(session, proposal, day) else "御中",
    )


def _office(proposal: Proposal) -> Office:
    desk = proposal.desk
    return Office(
        name=f"{proposal.rules.city.ja} {desk.name}",
        phone=desk.phone,
        email=desk.email,
        page=f"{settings().base_url}/proposals/{proposal.id}",
    )


def _representative(session: Session, proposal: Proposal, day: date) -> tuple[str, ...]:
    """代表　葛城 花子; nothing while a group has none."""
    name = session.scalar(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.group_id == proposal.group_id,
            Membership.role == MemberRole.REPRESENTATIVE,
            Membership.since <= day,
            or_(Membership.until.is_(None), Membership.until >= day),
        )
        .order_by(Membership.id)
        .limit(1)
    )
    return (f"代表　{name}",) if name else ()


def holder(session: Session, department_id: int, seat: Seat, day: date) -> tuple[str, ...]:
    """Post and name of whoever sat on a seat on a day; nothing while it was empty."""
    row = session.execute(
        select(Post.name, Person.name)
        .join(Tenure, Tenure.post_id == Post.id)
        .join(Person, Person.id == Tenure.person_id)
        .where(
            Post.department_id == department_id,
            Post.seat == seat,
            Tenure.since <= day,
            or_(Tenure.until.is_(None), Tenure.until >= day),
        )
        .order_by(Post.id)
        .limit(1)
    ).one_or_none()
    return tuple(row) if row else ()


def _head_post(session: Session, proposal: Proposal) -> str:
    """As which the city's signatory will sign: 福祉部長."""
    department_id = head_department_id(proposal)
    post = select(Post.name).where(Post.department_id == department_id, Post.seat == Seat.DEPARTMENT_HEAD)
    return session.scalar(post.order_by(Post.id).limit(1)) or ""


def _methods(rules: Programme, agreement: Agreement) -> tuple[str, ...]:
    return tuple(rules.method(key).label.ja for key in agreement.methods)
