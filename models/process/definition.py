"""The process once: every move, from where, to where, by whom, on what conditions, told to whom, setting off what."""

from models.process.grammar import Move
from models.process.moves import agreement, consultation, execution, intake, publication, review, screening
from models.process.moves.answers import change_asked, reason_asked
from models.process.vocabulary import FlowKey as F
from models.process.vocabulary import Hat as H
from models.process.vocabulary import MoveKey as M
from models.process.vocabulary import Sight
from models.process.vocabulary import State as S

PARTIES = (H.MEMBER, H.SECTION)
"""Both sides of the shared matter, with the same rights (P05)."""
SIGNERS = (H.REPRESENTATIVE, H.HEAD)
PUBLIC, CITY = Sight.PUBLIC, Sight.CITY

UNDER_WAY = (
    S.SUBMITTED, S.RETURNED, S.SCREENING, S.PASS_PROPOSED, S.EXCLUSION_PROPOSED, S.EXCLUSION_APPROVAL,
    S.ASSIGNING, S.ASSIGNED, S.CONSULTING, S.DRAFTING, S.APPROVING, S.SIGNING,
)  # fmt: skip
"""From submission to the last signature."""
LATER = (S.RUNNING, S.SELF_CHECKING, S.JOINT_REVIEW, S.PREPARING, S.SCHEDULED, S.UNPUBLISHED)

MOVES: dict[M, Move] = {
    # 1 受付
    M.SUBMIT: Move(starts=(S.DRAFT, S.RETURNED), by=(H.MEMBER,), to=S.SUBMITTED, facts=intake.form_complete,
                   does=intake.submit, tells=(H.MEMBER,), flow=F.INTAKE),
    M.RETURN_FOR_CORRECTION: Move(starts=(S.SUBMITTED,), by=(H.DESK,), to=S.RETURNED, asks=intake.correction_asked,
                                  does=intake.return_for_correction),
    M.ACCEPT: Move(starts=(S.SUBMITTED,), by=(H.DESK,), to=S.SCREENING, does=intake.accept, tells=(H.MEMBER,),
                   sight=PUBLIC, flow=F.SCREENING),
    M.DECLINE: Move(starts=(S.SUBMITTED, S.RETURNED), by=(H.DESK,), to=S.DECLINED, asks=intake.ground_asked,
                    does=intake.decline, tells=(H.MEMBER,)),
    M.WITHDRAW: Move(starts=(S.DRAFT, *UNDER_WAY), by=(H.MEMBER,), to=S.WITHDRAWN, tells=(H.MEMBER, H.DESK, H.SECTION),
                     sight=PUBLIC),
    # 2 除外審査
    M.RECORD_FINDINGS: Move(starts=(S.SCREENING,), by=(H.DESK,), asks=screening.findings_asked,
                            does=screening.record_findings, sight=CITY, flow=None),
    M.PROPOSE_PASS: Move(starts=(S.SCREENING,), by=(H.DESK,), to=S.PASS_PROPOSED, facts=screening.nothing_excludes,
                         sight=CITY),
    M.PROPOSE_EXCLUSION: Move(starts=(S.SCREENING,), by=(H.DESK,), to=S.EXCLUSION_PROPOSED, asks=reason_asked,
                              facts=screening.something_excludes, does=screening.cite, sight=CITY),
    M.CONFIRM_PASS: Move(starts=(S.PASS_PROPOSED,), by=(H.DESK,), to=S.ASSIGNING, facts=screening.nothing_excludes,
                         not_by=(M.PROPOSE_PASS,), tells=(H.MEMBER,), sight=PUBLIC, flow=F.CONSULTATION),
    M.CONFIRM_EXCLUSION: Move(starts=(S.EXCLUSION_PROPOSED,), by=(H.DESK,), to=S.EXCLUSION_APPROVAL,
                              facts=screening.something_excludes, not_by=(M.PROPOSE_EXCLUSION,), sight=CITY),
    M.SEND_BACK_SCREENING: Move(starts=(S.PASS_PROPOSED, S.EXCLUSION_PROPOSED), by=(H.DESK,), to=S.SCREENING,
                                asks=reason_asked, sight=CITY),
    M.APPROVE_EXCLUSION: Move(starts=(S.EXCLUSION_APPROVAL,), by=(H.HEAD,), to=S.EXCLUDED,
                              facts=screening.something_excludes, does=screening.cite,
                              not_by=(M.PROPOSE_EXCLUSION, M.CONFIRM_EXCLUSION), tells=(H.MEMBER, H.DESK),
                              sight=PUBLIC, flow=F.SCREENING),
    M.RETURN_EXCLUSION: Move(starts=(S.EXCLUSION_APPROVAL,), by=(H.HEAD,), to=S.SCREENING, asks=reason_asked,
                             sight=CITY),
    # 3 事前協議
    M.ASSIGN_SECTION: Move(starts=(S.ASSIGNING,), by=(H.DESK,), to=S.ASSIGNED, asks=consultation.section_asked,
                           does=consultation.assign_section, tells=(H.MEMBER,), sight=PUBLIC),
    M.TAKE_ON: Move(starts=(S.ASSIGNED,), by=(H.SECTION_HEAD,), to=S.CONSULTING, tells=(H.MEMBER, H.DESK),
                    sight=PUBLIC, flow=F.CONSULTATION),
    M.DECLINE_ASSIGNMENT: Move(starts=(S.ASSIGNED,), by=(H.SECTION_HEAD,), to=S.ASSIGNING, asks=reason_asked,
                               does=consultation.give_back, tells=(H.MEMBER,), sight=PUBLIC),
    M.RECORD_MEETING: Move(starts=(S.CONSULTING, S.RUNNING), by=PARTIES, asks=consultation.meeting_asked,
                           does=consultation.record_meeting, tells=PARTIES, sight=PUBLIC),
    M.CORRECT_MINUTES: Move(starts=(S.CONSULTING, S.RUNNING), by=PARTIES, facts=consultation.minutes_there,
                            asks=consultation.correction_of_minutes_asked, does=consultation.correct_minutes,
                            tells=PARTIES),
    M.CONFIRM_MINUTES: Move(starts=(S.CONSULTING, S.RUNNING), by=PARTIES, facts=consultation.minutes_to_confirm,
                            asks=consultation.minutes_asked, does=consultation.confirm_minutes, tells=PARTIES),
    M.WRITE_RECORD: Move(starts=(S.CONSULTING,), by=PARTIES, asks=consultation.record_asked,
                         does=consultation.write_record, tells=PARTIES),
    M.CONFIRM_RECORD: Move(starts=(S.CONSULTING,), by=PARTIES, to=S.DRAFTING,
                           when=consultation.record_confirmed_by_both, facts=consultation.record_confirmable,
                           asks=consultation.record_version_asked, does=consultation.confirm_record, tells=PARTIES,
                           sight=PUBLIC, flow=F.AGREEMENT),
    M.END_CONSULTATION: Move(starts=(S.CONSULTING, S.DRAFTING, S.APPROVING, S.SIGNING), by=PARTIES, to=S.NOT_AGREED,
                             asks=reason_asked, tells=(*PARTIES, H.DESK), sight=PUBLIC, flow=F.CONSULTATION),
    # 4 協定
    M.WRITE_AGREEMENT: Move(starts=(S.DRAFTING, S.APPROVING, S.SIGNING), by=PARTIES, to=S.DRAFTING,
                            asks=agreement.agreement_asked, does=agreement.write_agreement, tells=PARTIES),
    M.SEND_FOR_APPROVAL: Move(starts=(S.DRAFTING,), by=(H.SECTION,), to=S.APPROVING,
                              facts=agreement.agreement_complete, asks=agreement.same_text_asked, tells=(H.MEMBER,)),
    M.APPROVE_AGREEMENT: Move(starts=(S.APPROVING,), by=(H.HEAD,), to=S.SIGNING, facts=agreement.agreement_complete,
                              asks=agreement.same_text_asked, does=agreement.approve_agreement,
                              not_by=(M.SEND_FOR_APPROVAL,), tells=PARTIES),
    M.RETURN_AGREEMENT: Move(starts=(S.APPROVING,), by=(H.HEAD,), to=S.DRAFTING, asks=reason_asked, tells=PARTIES),
    M.SIGN: Move(starts=(S.SIGNING,), by=SIGNERS, to=S.RUNNING, when=agreement.signed_by_both,
                 facts=agreement.signable, asks=agreement.signature_asked, does=agreement.sign, tells=PARTIES,
                 sight=PUBLIC, flow=F.AGREEMENT),
    # 5 実施報告
    M.SUBMIT_REPORT: Move(starts=(S.RUNNING,), by=(H.MEMBER,), facts=execution.report_due,
                          asks=execution.report_asked, does=execution.submit_report, tells=PARTIES, sight=PUBLIC,
                          flow=F.EXECUTION),
    M.RETURN_REPORT: Move(starts=(S.RUNNING,), by=(H.SECTION,), facts=execution.report_handed_in,
                          asks=execution.return_asked, does=execution.return_report, tells=PARTIES, flow=F.EXECUTION),
    M.ACCEPT_REPORT: Move(starts=(S.RUNNING,), by=(H.SECTION,), to=S.SELF_CHECKING,
                          when=execution.all_reports_accepted, facts=execution.report_handed_in,
                          asks=execution.accept_asked, does=execution.accept_report, tells=PARTIES, sight=PUBLIC,
                          flow=F.EXECUTION),
    M.DISCONTINUE: Move(starts=(S.RUNNING,), by=SIGNERS, to=S.DISCONTINUED, asks=reason_asked,
                        tells=(*PARTIES, H.DESK), sight=PUBLIC, flow=F.EXECUTION),
    # 6 相互評価
    M.SUBMIT_SELF_CHECK: Move(starts=(S.SELF_CHECKING,), by=PARTIES, to=S.JOINT_REVIEW, when=review.both_handed_in,
                              facts=review.not_handed_in, asks=review.self_check_asked, does=review.submit_self_check,
                              tells=PARTIES, flow=F.REVIEW),
    M.RECORD_BENEFICIARIES: Move(starts=(S.SELF_CHECKING, S.JOINT_REVIEW), by=PARTIES,
                                 facts=review.beneficiaries_still_open, asks=review.beneficiaries_asked,
                                 does=review.record_beneficiaries, tells=PARTIES),
    M.WRITE_JOINT_SHEET: Move(starts=(S.JOINT_REVIEW,), by=PARTIES, asks=review.sheet_asked, does=review.write_sheet,
                              tells=PARTIES),
    M.CONFIRM_JOINT_SHEET: Move(starts=(S.JOINT_REVIEW,), by=PARTIES, to=S.PREPARING,
                                when=review.sheet_confirmed_by_both, facts=review.sheet_confirmable,
                                asks=review.sheet_version_asked, does=review.confirm_sheet, tells=PARTIES,
                                sight=PUBLIC, flow=F.REVIEW),
    # 7 公表
    M.MAKE_SNAPSHOT: Move(starts=(S.PREPARING,), by=(H.SYSTEM,), facts=publication.none_yet,
                          does=publication.make_snapshot),
    M.REVISE_SNAPSHOT: Move(starts=(S.PREPARING,), by=(H.DESK,), facts=publication.snapshot_there,
                            asks=publication.revision_asked, does=publication.revise_snapshot),
    M.LOOK_OVER: Move(starts=(S.PREPARING,), by=PARTIES, facts=publication.not_looked_over,
                      asks=publication.look_asked, does=publication.look_over),
    M.OBJECT_TO_SNAPSHOT: Move(starts=(S.PREPARING, S.SCHEDULED), by=PARTIES, to=S.PREPARING,
                               facts=publication.snapshot_there, asks=change_asked,
                               does=publication.object_to_snapshot, tells=PARTIES),
    M.SCHEDULE_RELEASE: Move(starts=(S.PREPARING,), by=(H.DESK,), to=S.SCHEDULED,
                             facts=publication.looked_over_by_both, asks=publication.release_asked,
                             does=publication.schedule_release, tells=PARTIES),
    M.POSTPONE_RELEASE: Move(starts=(S.SCHEDULED,), by=(H.DESK,), to=S.PREPARING, asks=reason_asked,
                             does=publication.unschedule, tells=PARTIES),
    M.RELEASE: Move(starts=(S.SCHEDULED,), by=(H.SYSTEM,), to=S.PUBLISHED, facts=publication.moment_has_come,
                    does=publication.release, tells=(*PARTIES, H.DESK, H.HEAD), sight=PUBLIC, flow=F.PUBLICATION),
    M.WITHDRAW_PUBLICATION: Move(starts=(S.PUBLISHED,), by=(H.DESK,), to=S.UNPUBLISHED, asks=reason_asked,
                                 does=publication.withdraw_publication, tells=PARTIES, sight=PUBLIC,
                                 flow=F.PUBLICATION),
    M.PREPARE_AGAIN: Move(starts=(S.UNPUBLISHED,), by=(H.DESK,), to=S.PREPARING, does=publication.prepare_again,
                          tells=PARTIES),
    # at any time
    M.COMMENT: Move(starts=(*UNDER_WAY, *LATER), by=(*PARTIES, H.DESK), asks=execution.comment_asked,
                    does=execution.comment, tells=(*PARTIES, H.DESK)),
}  # fmt: skip
