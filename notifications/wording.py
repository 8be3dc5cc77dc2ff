"""The words of mails and notices: what a reader is told about a proposal, rendered in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from models.calendar import business_days_between, in_words
from models.history import Duty
from models.portal import portal
from models.process.labels import DUTIES, HATS
from models.proposals import Proposal
from models.settings import settings
from models.spoken import here
from models.words import Word

TITLE_IN_SUBJECT = 30
"""Characters of a title that a subject line holds."""
SUBJECT_LIMIT = 300

LANGUAGES = ("ja", "en")


class Asked(NamedTuple):
    """Something a reader is asked to do, and until when in words; empty when there is no date.

    until: with the days left today, for a mail; by: the date alone, for a notice that is still read weeks later.
    """

    what: str
    until: str
    by: str


class Turn(NamedTuple):
    """Somebody else whose turn it is."""

    who: str
    until: str


class Contact(NamedTuple):
    """An office to ask."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One message to one reader: a subject line, a plain text and its twin in HTML."""

    subject: str
    text: str
    html: str


def told(template: str, language: str, *, subject: Word, proposal: Proposal, **values: object) -> Told:
    """Render a mail about a proposal. template: the first part of its files' names."""
    return letter(
        template,
        language,
        subject=subject,
        number=proposal.number or "",
        title=proposal.title,
        link=f"{settings().base_url}/proposals/{proposal.id}",
        offices=offices(proposal, language if language in LANGUAGES else "ja"),
        **values,
    )


def letter(template: str, language: str, *, subject: Word, **values: object) -> Told:
    """Render a mail. template: the first part of its files' names."""
    language = language if language in LANGUAGES else "ja"
    line = _one_line(subject.in_(language))
    name = portal().name.in_(language)
    context = {"subject": line, "language": language, "portal": name, **values}
    return Told(
        subject=f"【{name}】{line}" if language == "ja" else f"[{name}] {line}",
        text=_environment().get_template(f"{template}.{language}.txt").render(context).strip() + "\n",
        html=_environment().get_template(f"{template}.{language}.html").render(context),
    )


def notice(template: str, language: str, **values: object) -> str:
    """The short text of a notice within the portal."""
    language = language if language in LANGUAGES else "ja"
    return _environment().get_template(f"{template}.{language}.txt").render(values).strip()


def named(proposal: Proposal) -> Word:
    """A proposal as a subject line names it: 「川辺の見守り」（R8-0001）."""
    title = _one_line(proposal.title)
    title = title if len(title) <= TITLE_IN_SUBJECT else title[: TITLE_IN_SUBJECT - 1] + "…"
    if not proposal.number:
        return Word(f"「{title}」（下書き）", f" “{title}” (draft)")
    return Word(f"「{title}」（{proposal.number}）", f" “{title}” ({proposal.number})")


def asked(duties: Sequence[Duty], today: date, language: str) -> list[Asked]:
    """Duties as their owner is asked to do them."""
    return [
        Asked(
            DUTIES[duty.key].in_(language),
            until(duty.due_on, today, language),
            in_words(duty.due_on, language) if duty.due_on else "",
        )
        for duty in duties
    ]


def turns(duties: Sequence[Duty], today: date, language: str) -> list[Turn]:
    """Duties as others hear of them: whose turn it is and until when, each body once."""
    found: dict[str, Turn] = {}
    for duty in duties:
        who = _body(duty, language)
        found.setdefault(who, Turn(who, until(duty.due_on, today, language)))
    return list(found.values())


def until(due_on: date | None, today: date, language: str) -> str:
    """A due date as people count towards it: 令和8年12月5日（土）（あと4開庁日）."""
    if due_on is None:
        return ""
    spoken = in_words(due_on, language)
    left = business_days_between(today, due_on, portal().closed_days)
    if due_on < today:
        return spoken
    if due_on == today:
        return f"今日 {spoken}" if language == "ja" else f"today, {spoken}"
    if language == "ja":
        return f"{spoken}・あと{left}開庁日"
    return f"{spoken}, {left} working {'day' if left == 1 else 'days'} left"


def offices(proposal: Proposal, language: str) -> list[Contact]:
    """Whom a reader can ask: the responsible section, once there is one, and the program office."""
    sections = dict.fromkeys([proposal.section or proposal.desk, proposal.desk])
    return [Contact(section.words.in_(language), section.phone, section.email) for section in sections]


def _body(duty: Duty, language: str) -> str:
    if duty.group is not None:
        return duty.group.name
    return duty.department.words.in_(language) if duty.department else here(HATS[duty.hat]).in_(language)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:SUBJECT_LIMIT]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
