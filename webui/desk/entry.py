"""Entering what came on paper, by telephone or at the counter for a group that then confirms it (N07)."""

from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import RadioField, SelectField

from models import clock
from models.administration.groups import representative
from models.editions import editions_in_force, rules_of
from models.openings import KINDS, waiting_openings
from models.people import Group
from models.proposals import Proposal
from models.settings import settings
from models.spoken import here
from models.staff_entry import CHANNELS, Channel, enter_for
from models.words import Word
from notifications.letters import plan_letter
from webui.access import current_actor, in_program_office, staff
from webui.admin.changing import Answer, done, page, refusals_at, sent
from webui.database import db
from webui.forms import DayField, Form, SelectChoice
from webui.forms.items import Marks
from webui.language import reader_language

MOST_GROUPS = 1000


class EntryForm(Form):
    """For whom, for which call, how and when it came."""

    group = SelectField(_l("団体"), [Marks(required=True)], validate_choice=False)
    call = SelectField(_l("募集"), [Marks(required=True)], validate_choice=False)
    channel = RadioField(_l("受け取った方法"), [Marks(required=True)], validate_choice=False)
    received_on = DayField(
        _l("受け取った日"),
        [Marks(required=True)],
        description=_l("募集の締切に間に合ったかどうかは、この日で判断します。"),
    )
    opening = SelectField(
        _l("きっかけになった事業・課題"),
        [Marks()],
        description=_l("「提案を待つ事業と課題」のどれかをもとにした提案なら、選んでください。"),
        validate_choice=False,
    )


@staff
def enter() -> Answer:
    """Begin a draft for a group; it is typed on the usual form, and the group submits it."""
    if not in_program_office():
        abort(404)
    form = EntryForm(data={"received_on": clock.today()})
    groups = list(db().scalars(select(Group).order_by(Group.name).limit(MOST_GROUPS)))
    choose = SelectChoice("", _("選んでください"))
    language = reader_language()
    form.group.choices = [choose, *(SelectChoice(str(group.id), group.name) for group in groups)]
    calls = [call for edition_id in editions_in_force(db()) for call in rules_of(db(), edition_id).calls]
    form.call.choices = [choose, *(SelectChoice(call.key, call.label.in_(language)) for call in calls)]
    form.channel.choices = [
        SelectChoice(key, words.in_(language)) for key, words in CHANNELS.items() if key is not Channel.ONLINE
    ]
    waiting = waiting_openings(db())
    form.opening.choices = [
        SelectChoice("", _("どれでもない")),
        *(SelectChoice(str(one.id), f"{KINDS[one.kind].in_(language)}{_('：')}{one.title}") for one in waiting),
    ]
    if not waiting:
        del form.opening
    if sent(form):
        with refusals_at(form):
            proposal = enter_for(
                db(),
                current_actor(),
                {str(group.id): group for group in groups}.get(form.group.data or ""),
                call_key=form.call.data or "",
                channel=form.channel.data or "",
                received_on=form.received_on.data,
                opening=(form.opening.data or "") if "opening" in form else "",
            )
            _tell(proposal)
            return done(
                _("下書きをつくりました。受け取った内容を入力してください。"),
                "proposals.draft",
                proposal_id=proposal.id,
            )
    return page("desk/entry.html", form)


def _tell(proposal: Proposal) -> None:
    """A mail to the group's representative: it is the group that submits."""
    plan_letter(
        db(),
        "typed",
        representative(db(), proposal.group).person,
        here(Word("市がお預かりした提案を入力しています", "The city is typing the proposal that you handed over")),
        [
            here(
                Word(
                    "「{group}」からお預かりした提案（{channel}）を、市民協働課がこのポータルに入力しています。"
                    "内容を確かめ、直すところがあれば直して、提出してください。提出するまで、受付にはなりません。",
                    "The program office is typing the proposal of “{group}” ({channel}). Look at it, correct it, and submit "
                    "it: it is not received before you do.",
                )
            ).filled(group=proposal.group.name, channel=CHANNELS[Channel(proposal.channel)])
        ],
        settings().base_url + url_for("proposals.draft", proposal_id=proposal.id),
        Word("内容を確かめる", "Look at it"),
        [],
    )
