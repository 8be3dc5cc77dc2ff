"""One case as the public follows it: where it stands and whose turn it is, how it ended, and its evaluation (B01–B10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, render_template
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.wrappers import Response

from models import clock
from models.answers import asked, blank
from models.history import Duty, Event
from models.judging.published import decision_is_told, decision_on, entries_on
from models.personal import open_to_all
from models.process.labels import DUTIES, HATS, STAGES, STATES, done
from models.process.sight import shown_duty, timeline, turns
from models.process.vocabulary import ENDS, REACHED, Hat, MoveKey, Stage, State
from models.proposals import Proposal
from models.public_list import released_snapshot
from models.publication import Snapshot
from models.screening import Verdict
from models.spoken import here
from webui.access import public
from webui.database import db
from webui.filters import day, short_day
from webui.language import reader_language
from webui.public.evaluation import evaluation
from webui.public.freshness import kept_briefly
from webui.public.home import JOURNEY
from webui.readable import answer_in_words
from webui.rules import edition_note
from webui.steps import steps_of, tone_of


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is to do what now."""

    who: str
    what: str
    since: datetime
    due_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """How an open process ended: in a word, since when, and the grounds that are public."""

    words: str
    tone: str
    at: datetime
    says: str
    grounds: list[str]


@public
def case(number: str) -> Response:
    """The page of one case. What is not public looks like what does not exist."""
    proposal = db().scalar(
        select(Proposal)
        .where(Proposal.number == number, Proposal.public_since.is_not(None))
        .options(
            joinedload(Proposal.group),
            joinedload(Proposal.desk),
            joinedload(Proposal.section),
            selectinload(Proposal.events),
            selectinload(Proposal.duties).joinedload(Duty.department),
            selectinload(Proposal.snapshots),
        )
    )
    if proposal is None:
        abort(404)
    scheme = proposal.rules
    events = timeline(proposal, None)
    out = released_snapshot(proposal.snapshots) if proposal.state is State.PUBLISHED else None
    return kept_briefly(
        render_template(
            "public/case.html",
            proposal=proposal,
            standing=STATES[proposal.state] if proposal.state in ENDS else STAGES[proposal.stage],
            tone=tone_of(proposal.state),
            theme=next((c.label for c in scheme.fields if c.key == proposal.answers.get("field")), None),
            edition=edition_note(proposal),
            says=JOURNEY[list(Stage).index(proposal.stage)][1],
            steps=steps_of(proposal, _ended_on(proposal)),
            turns=[_turn(proposal, duty) for duty in turns(proposal)],
            ending=_ending(proposal),
            withdrawn=_withdrawn(proposal),
            evaluation=evaluation(scheme, out.content) if out else None,
            written=_written(proposal),
            history=[_told(event) for event in events],
            office=proposal.section or proposal.desk,
            office_name=(proposal.section or proposal.desk).words.in_(reader_language()),
            updated=_updated(proposal, events),
        )
    )


def _written(proposal: Proposal) -> list[tuple[str, str]]:
    """What was handed in last, as far as the programme lets the public read it."""
    items = proposal.questions
    shown = {item.key for item in open_to_all(items)}
    if not shown or not proposal.submissions:
        return []
    answers = proposal.submissions[-1].answers
    there = [item for item in asked(items, answers) if item.key in shown and not blank(answers.get(item.key))]
    return [
        (item.label.in_(reader_language()), answer_in_words(proposal.rules, item, answers[item.key])) for item in there
    ]


def _ended_on(proposal: Proposal) -> str:
    return short_day(proposal.events[-1].at) if proposal.state in ENDS else ""


def _turn(proposal: Proposal, duty: Duty) -> Turn:
    shown = shown_duty(duty, frozenset())
    return Turn(
        who=_body(proposal, duty, shown.hat),
        what=DUTIES[shown.key].in_(reader_language()),
        since=duty.since,
        due_on=duty.due_on,
        late=duty.due_on is not None and duty.due_on < clock.today(),
    )


def _body(proposal: Proposal, duty: Duty, hat: Hat) -> str:
    """The group or department that a duty lies with under the hat shown; never a person."""
    if duty.group_id is not None:
        return proposal.group.name
    if hat is Hat.DESK:
        return proposal.desk.words.in_(reader_language())
    if duty.department is None:
        return here(HATS[hat]).in_(reader_language())
    if hat is Hat.HEAD:
        return str(_("%(department)s（部長）", department=duty.department.words.in_(reader_language())))
    return duty.department.words.in_(reader_language())


def _ending(proposal: Proposal) -> Ending | None:
    if proposal.state not in ENDS or proposal.state is State.PUBLISHED:
        return None
    last = next(event for event in reversed(proposal.events) if event.to_state is proposal.state)
    says = {
        State.REGISTERED: _("団体どうしの協働として登録されています。市は加わらず、団体が力を出し合って進めます。"),
        State.EXCLUDED: _("除外審査で、次の基準に当てはまると判断しました。"),
        State.NOT_ADOPTED: _("提案を検討し、採択しないことを決定しました。"),
        State.NOT_AGREED: _("話し合いを重ねましたが、協定を結ぶには至りませんでした。"),
        State.WITHDRAWN: _("提案団体が提案を取り下げました。取下げはいつでもでき、不利益はありません。"),
        State.DISCONTINUED: _("団体と市のどちらかの申し出により、事業を途中で中止しました。"),
    }
    return Ending(
        words=STATES[proposal.state].in_(reader_language()),
        tone="done" if proposal.state in REACHED else "warn",
        at=last.at,
        says=str(says[proposal.state]),
        grounds=list(_grounds(proposal)),
    )


def _grounds(proposal: Proposal) -> Iterator[str]:
    """The criteria an exclusion stands on, each with its clause (X01–X05); why it was not adopted, once that is out and told."""
    if proposal.state is State.NOT_ADOPTED and _results_are_out(proposal) and decision_is_told(db(), proposal):
        decision = decision_on(proposal)
        yield from [decision.reason] if decision is not None else []
    if proposal.state is not State.EXCLUDED:
        return
    scheme = proposal.rules
    for finding in proposal.findings:
        if finding.verdict is Verdict.MET:
            criterion = scheme.criterion(finding.criterion)
            yield _(
                "%(criterion)s（協働のルール %(clause)s）",
                criterion=criterion.label.in_(reader_language()),
                clause=criterion.clause.in_(reader_language()),
            )


def _results_are_out(proposal: Proposal) -> bool:
    """Whether the results of its last round were published; without a round nothing else has to come out first."""
    rounds = entries_on(db(), proposal)
    out = rounds[-1][0].published_at if rounds else clock.now()
    return out is not None and out <= clock.now()


def _withdrawn(proposal: Proposal) -> Snapshot | None:
    """The publication that was taken back and not brought out again."""
    if proposal.state is State.PUBLISHED or not proposal.snapshots:
        return None
    return next((s for s in reversed(proposal.snapshots) if s.withdrawn_at is not None), None)


def _told(event: Event) -> tuple[datetime, str, str, str]:
    """An event as the public reads it: what happened and which body did it; no names, no words of the parties."""
    title = done(event.move, event.to_state).in_(reader_language())
    who = event.actor_body
    section = event.details.get("section")
    if event.move is MoveKey.ASSIGN_SECTION and section:
        who = str(_("%(body)s　担当課：%(section)s", body=who, section=section))
    return event.at, title, "" if event.hat is Hat.SYSTEM else who, ""


def _updated(proposal: Proposal, events: list[Event]) -> str:
    """When anything on this page last changed."""
    moments = [event.at for event in events] + [s.withdrawn_at for s in proposal.snapshots if s.withdrawn_at]
    return day(max(moments), weekday=False)
