"""Groups as the city hall sees them: who has registered, and all that one group and the city do together (T02, A12)."""

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from models import clock
from models.administration.groups import members
from models.administration.listings import groups
from models.administration.record import FIELDS, record_of
from models.calendar import business_days_between, fiscal_year
from models.editions import kind_in_words
from models.groups.profile import ITEMS, public_profile, resources_of, said_of
from models.groups.registration import ask_back, confirm, may_check, unconfirmed
from models.groups.support import open_requests, records, support_of, works_with
from models.history import Duty
from models.people import Group, Membership
from models.portal import portal
from models.process.labels import DUTIES, STATES
from models.rosters import counts, look, may_look
from models.settings import settings
from notifications import groups as mails
from webui.access import current_actor, staff
from webui.admin.changing import Answer, done, in_words, load, page, refusals_at, sent
from webui.database import db
from webui.forms import Form, ProseField
from webui.forms.items import Marks
from webui.language import reader_language
from webui.paging import neighbours, place_asked


class QuestionForm(Form):
    question = ProseField(_l("団体に聞きたいこと"), [Marks(required=True, maxlength=1000)], render_kw={"rows": 6})


@staff
def group_list() -> str:
    """New registrations on top for the program office, then one page of all groups found."""
    sought = request.args.get("q", "").strip()
    found = groups(db(), sought, clock.today(), place_asked())
    previous, following = neighbours(found)
    return render_template(
        "desk/groups.html",
        sought=sought,
        lines=found.rows,
        waiting=unconfirmed(db()) if may_check(db(), current_actor()) else [],
        previous=previous,
        following=following,
    )


@staff
def group(group_id: int) -> str:
    """Everything the city and this group do together.

    What the group does not disclose, its members and its record are for the program office and those who have a case.
    """
    found: Group = load(Group, group_id)
    actor = current_actor()
    checks = may_check(db(), actor)
    knows = checks or works_with(db(), actor, found)
    public = {item for _label, item, _said in public_profile(db(), found)}
    shown = [item for item in ITEMS if knows or item in public]
    page = records(db(), actor, found, place_asked())
    previous, following = neighbours(page)
    return render_template(
        "desk/group.html",
        group=found,
        kind=kind_in_words(db(), found.kind),
        members=members(db(), found, clock.today()) if knows else [],
        profile=[(FIELDS[item], said) for item in shown if (said := said_of(found, item)) is not None],
        blank=[FIELDS[item] for item in shown if said_of(found, item) is None],
        resources=resources_of(found),
        support=support_of(db(), found, fiscal_year(clock.today())),
        requests=[_request(duty) for duty in open_requests(db(), found)],
        records=[(record, STATES[record.proposal.state]) for record in page.rows],
        checks=checks and found.id not in actor.group_ids,
        roster=counts(found) if may_look(db(), actor, found) else None,
        changes=in_words(record_of(db(), found)) if knows else [],
        previous=previous,
        following=following,
    )


@staff
def confirm_group(group_id: int) -> Response:
    """Confirm a registration, and tell the group."""
    found: Group = load(Group, group_id)
    if confirm(db(), current_actor(), found):
        address = settings().base_url + url_for("groups.home", group_id=found.id)
        mails.send_confirmed(db(), found, [row.person for row in _leaders(found)], address)
    return done(_("団体の登録を確認しました。"), "desk.group", group_id=found.id)


@staff
def ask_group(group_id: int) -> Answer:
    """Ask the group something about its registration, by mail."""
    found: Group = load(Group, group_id)
    if not may_check(db(), current_actor()):
        abort(404)
    form = QuestionForm()
    if sent(form):
        with refusals_at(form):
            question = form.question.data or ""
            ask_back(db(), current_actor(), found, question)
            address = settings().base_url + url_for("groups.home", group_id=found.id)
            mails.send_question(db(), found, question, [row.person for row in _leaders(found)], address)
            return done(_("問合せのメールを送りました。"), "desk.group", group_id=found.id)
    return page("desk/ask_group.html", form, group=found)


@staff
def roster(group_id: int) -> str:
    """The group's list of members. It is a button and no link: each look is written down, and the group sees it."""
    found: Group = load(Group, group_id)
    if not may_look(db(), current_actor(), found):
        abort(404)
    return render_template(
        "desk/roster.html", group=found, people=look(db(), current_actor(), found), counts=counts(found)
    )


def _leaders(group: Group) -> list[Membership]:
    return [row for row in members(db(), group, clock.today()) if row.represents]


def _request(duty: Duty) -> dict[str, object]:
    office = duty.proposal.section or duty.proposal.desk
    return {
        "what": DUTIES[duty.key].in_(reader_language()),
        "title": duty.proposal.title,
        "number": duty.proposal.number,
        "office": office.words.in_(reader_language()),
        "due": duty.due_on,
        "left": business_days_between(clock.today(), duty.due_on, portal().closed_days) if duty.due_on else None,
    }
