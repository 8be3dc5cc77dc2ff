"""What the page of one proposal shows: whose turn, how far, what one may do, what is coming, whom to call."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from models import clock
from models.attachments import attached, documents_for
from models.people import Department
from models.personal import may_open
from models.process.actors import Actor, hats_of, holders
from models.process.grammar import Offer
from models.process.labels import STAGES, STATES
from models.process.perform import available
from models.process.sight import is_mine, lies_with_colleagues, state_words, turns
from models.process.vocabulary import ENDS, SIDE_OF, Hat, MoveKey, Side, Stage, State
from models.proposals import Proposal
from webui import filters
from webui.database import db
from webui.language import reader_language
from webui.proposals.turn import Action, Turn, action_of, turn_of, writing
from webui.stages import READINGS
from webui.stages.addresses import has_page
from webui.stages.history import told
from webui.stages.selection import Standing, standing_of
from webui.steps import steps_of

REFUSED = frozenset({State.DECLINED, State.EXCLUDED})
"""Ends that stand on grounds, to be read where the end is told."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: a body, its people by name, telephone and mail."""

    name: str
    people: tuple[str, ...]
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page besides the history."""

    stage: str
    steps: list[tuple[str, str, str]]
    mine: list[Turn]
    others: list[Turn]
    with_colleagues: bool
    """Somebody else of one's own office has to look at what one drafted."""
    ending: str
    """How it ended; empty while it goes on."""
    ending_reason: str
    ending_grounds: tuple[str, ...]
    """The criteria or the ground it was refused on."""
    evaluation_page: str
    """Where the published evaluation is read; empty before."""
    actions: list[Action]
    """What else one may do, besides the buttons of one's own turn."""
    may_comment: bool
    coming: list[tuple[date, str]]
    contacts: list[Contact]
    readings: list[tuple[str, str]]
    files: list[tuple[str, str, str]]
    selection: Standing | None
    """Round, slot, result and decision; None where there is no selection yet."""


def overview(proposal: Proposal, actor: Actor) -> Overview:
    """Put the page together for one reader."""
    offers, hats, waiting = available(db(), proposal, actor), hats_of(actor, proposal), turns(proposal)
    open_turns = [turn_of(duty, proposal, hats, mine=is_mine(duty, actor, proposal), offers=offers) for duty in waiting]
    mine = [turn for turn in open_turns if turn.mine]
    return Overview(
        stage=_stage(proposal),
        steps=steps_of(proposal, state_words(proposal, hats).in_(reader_language())),
        mine=mine,
        others=[turn for turn in open_turns if not turn.mine],
        with_colleagues=any(lies_with_colleagues(duty, actor, proposal) for duty in waiting),
        ending=STATES[proposal.state].in_(reader_language()) if proposal.state in ENDS else "",
        ending_reason=proposal.events[-1].reason if proposal.state in ENDS and proposal.events else "",
        ending_grounds=told(proposal.events[-1], proposal).more if proposal.state in REFUSED else (),
        evaluation_page=url_for("public.case", number=proposal.number) if proposal.state is State.PUBLISHED else "",
        actions=_other_actions(proposal, offers, mine),
        may_comment=any(offer.key is MoveKey.COMMENT for offer in offers),
        coming=_coming(proposal, open_turns),
        contacts=_contacts(proposal, actor),
        readings=_readings(proposal, actor),
        files=_files(proposal, actor),
        selection=standing_of(proposal),
    )


def _stage(proposal: Proposal) -> str:
    stages = proposal.stages
    words = STAGES[proposal.stage].in_(reader_language())
    return str(_("%(all)s段階中%(n)s番目：%(stage)s", all=len(stages), n=stages.index(proposal.stage) + 1, stage=words))


def _other_actions(proposal: Proposal, offers: list[Offer], mine: list[Turn]) -> list[Action]:
    shown = {action.key for turn in mine for action in turn.actions if not action.missing}
    found = [
        action_of(offer, proposal.id)
        for offer in offers
        if has_page(offer.key) and offer.key not in shown and offer.key is not MoveKey.COMMENT
    ]
    draft = writing(proposal)
    may_write = any(offer.key is MoveKey.SUBMIT for offer in offers)
    return [draft, *found] if draft and may_write and draft.key not in shown else found


def _coming(proposal: Proposal, open_turns: list[Turn]) -> list[tuple[date, str]]:
    today = clock.today()
    found = {(turn.due_on, f"{turn.what}（{turn.who}）") for turn in open_turns if turn.due_on and turn.due_on >= today}
    found |= {(m.next_on, str(_("次の協議"))) for m in proposal.meetings if m.next_on and m.next_on >= today}
    if proposal.state is State.SCHEDULED:
        release_at = proposal.snapshots[-1].release_at
        if release_at is not None:
            found.add((clock.in_tokyo(release_at).date(), str(_("評価の公表"))))
    return sorted(found)


def _contacts(proposal: Proposal, actor: Actor) -> list[Contact]:
    """The offices for everybody; for the city, the group as well."""
    found = []
    if Side.GROUP not in {SIDE_OF.get(hat) for hat in hats_of(actor, proposal)}:
        group = proposal.group
        people = tuple(person.name for person in holders(db(), proposal, frozenset({Hat.REPRESENTATIVE})))
        found.append(Contact(group.name, people, group.phone, group.email))
    if proposal.section is not None:
        found.append(_office(proposal.section, proposal, Hat.SECTION))
    if proposal.desk is not proposal.section:
        found.append(_office(proposal.desk, proposal, Hat.DESK))
    return found


def _office(department: Department, proposal: Proposal, hat: Hat) -> Contact:
    people = tuple(person.name for person in holders(db(), proposal, frozenset({hat})))
    return Contact(department.words.in_(reader_language()), people, department.phone, department.email)


def _readings(proposal: Proposal, actor: Actor) -> list[tuple[str, str]]:
    hats = hats_of(actor, proposal)
    found = [
        (str(reading.words), url_for(f"stages.{reading.name}", proposal_id=proposal.id))
        for reading in READINGS
        if reading.there(proposal, hats)
    ]
    if proposal.public_since is not None:
        found.append((str(_("公開しているページ")), url_for("public.case", number=proposal.number)))
    return found


def _files(proposal: Proposal, actor: Actor) -> list[tuple[str, str, str]]:
    """Issued documents, then what was attached, with size and day."""
    papers = [
        (
            document.title,
            url_for("proposals.document", proposal_id=proposal.id, document_id=document.id),
            f"PDF {filters.size(document.size)}　{filters.short_day(document.made_at)}",
        )
        for document in documents_for(proposal, actor)
    ]
    files = [
        (
            a.name,
            url_for("proposals.attachment", proposal_id=proposal.id, attachment_id=a.id),
            f"{filters.size(a.size)}　{filters.short_day(a.added_at)}",
        )
        for stage in (Stage.INTAKE, Stage.AGREEMENT)
        for a in attached(proposal, stage)
        if may_open(proposal, a, hats_of(actor, proposal))
    ]
    return papers + files
