"""How long everything may take, and how a self-check is marked."""

from pydantic import StrictInt

from models.programme.parts import Choice, Days, Few, Part


class Terms(Part):
    """How long each duty may take, in business days, and when reports fall due."""

    receive: Days
    """Program office: receive a proposal or return it."""
    correct: Days
    """Group: correct what was returned."""
    screen: Days
    """Program office: write the findings."""
    confirm_screening: Days
    """Program office, a second person: confirm the result of the screening."""
    approve_exclusion: Days
    """Department head: approve that a proposal is excluded."""
    assign: Days
    """Program office: find the responsible section."""
    take_on: Days
    """Section: take the proposal on, or decline with its reason."""
    hold_meeting: Days
    """Section: hold the first meeting with the group."""
    confirm_minutes: Days
    """Each side: confirm the minutes of a meeting."""
    write_record: Days
    """Section: write the consultation record."""
    confirm_record: Days
    """Each side: confirm the consultation record."""
    draft_agreement: Days
    """Section: draft the agreement."""
    approve_agreement: Days
    """Whoever approves: approve the agreement or return it."""
    sign: Days
    """Each side: sign."""
    report_after_end: Days
    """Calendar days from the end of the period to the final report."""
    check_report: Days
    """Section: check a report."""
    self_check: Days
    """Each side: hand in its self-check."""
    write_joint_sheet: Days
    """Both: write the joint sheet."""
    confirm_joint_sheet: Days
    """Each side: confirm the joint sheet."""
    look_over: Days
    """Each side: look over what will be published."""
    schedule_release: Days
    """Program office: set the time of the publication."""
    correct_publication: Days
    """Program office: correct what a side objected to."""
    reminder_before: Few
    """Business days before a due date at which the reminder goes out."""
    escalate_after: Few
    """Business days past a due date at which the section head is told."""
    take_entry: Days = 10
    """Program office: answer a 仮申込 or an entry sheet."""
    give_opinion: Days = 10
    """Section: give the opinion it was asked for."""
    score: Days = 10
    """Judges: hand in their score sheets, after the round was opened."""
    conclude: Days = 10
    """Program office: write down the committee's conclusion of a round."""
    decide: Days = 10
    """Department head: decide, after the committee's conclusion."""
    decide_finally: Days = 20
    """Department head: 正式決定, after the budget was voted."""


class Scale(Part):
    """Marks of a self-check, best first, and how far apart two marks count as a difference."""

    marks: tuple[Choice, ...]
    """The marks, best first; their keys are whole numbers."""
    differs_by: StrictInt = 1
    """From how many steps apart the two sides' marks count as different."""


class Retention(Part):
    """保存期間, in years after the end of the fiscal year in which a case ended. The case itself is kept."""

    personal: Few = 0
    """After so many years answers and files that are personal data are erased, every night; 0: they are kept."""
