"""What was changed about people, posts and groups, by whom and when: append-only, shown on the page of the thing."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from models import clock
from models.base import Base, keys_of
from models.calendar import in_words
from models.editions import Edition, kind_in_words
from models.openings import LABELS as OPENING_LABELS
from models.openings import Opening
from models.people import Department, Group, Person, Post, Resource
from models.process.actors import Actor
from models.words import Word


class Change(StrEnum):
    """What can happen in the administration."""

    DEPARTMENT_ADDED = "department_added"
    DEPARTMENT_CHANGED = "department_changed"
    DEPARTMENT_CLOSED = "department_closed"
    DEPARTMENT_REOPENED = "department_reopened"
    POST_ADDED = "post_added"
    POST_CHANGED = "post_changed"
    POST_TAKEN = "post_taken"
    POST_LEFT = "post_left"
    POST_TAKEN_BACK = "post_taken_back"
    PERSON_INVITED = "person_invited"
    PERSON_REGISTERED = "person_registered"
    PERSON_INVITED_AGAIN = "person_invited_again"
    PERSON_CHANGED = "person_changed"
    PERSON_DEACTIVATED = "person_deactivated"
    PERSON_REACTIVATED = "person_reactivated"
    GROUP_ADDED = "group_added"
    GROUP_REGISTERED = "group_registered"
    GROUP_CONFIRMED = "group_confirmed"
    GROUP_ASKED = "group_asked"
    GROUP_CHANGED = "group_changed"
    MEMBER_INVITED = "member_invited"
    MEMBER_INVITED_AGAIN = "member_invited_again"
    INVITATION_TAKEN_BACK = "invitation_taken_back"
    MEMBER_JOINED = "member_joined"
    MEMBER_LEFT = "member_left"
    HANDOVER_OFFERED = "handover_offered"
    HANDOVER_TAKEN_BACK = "handover_taken_back"
    HANDOVER_DECLINED = "handover_declined"
    REPRESENTATIVE_CHANGED = "representative_changed"
    ROSTER_CHANGED = "roster_changed"
    EDITION_TAKEN_UP = "edition_taken_up"
    EDITION_IN_FORCE = "edition_in_force"
    EDITION_TAKEN_BACK = "edition_taken_back"
    EDITION_THROWN_AWAY = "edition_thrown_away"
    OPENING_ADDED = "opening_added"
    OPENING_CHANGED = "opening_changed"
    OPENING_CLOSED = "opening_closed"
    OPENING_REOPENED = "opening_reopened"


CHANGES: dict[Change, Word] = {
    Change.DEPARTMENT_ADDED: Word("部署「{name}」を登録", "Department “{name}” added"),
    Change.DEPARTMENT_CHANGED: Word("部署の情報を変更", "Department changed"),
    Change.DEPARTMENT_CLOSED: Word("{day}からの廃止を登録", "Closed from {day} on"),
    Change.DEPARTMENT_REOPENED: Word("廃止を取消し", "Closing taken back"),
    Change.POST_ADDED: Word("役職「{name}」を登録", "Post “{name}” added"),
    Change.POST_CHANGED: Word("役職の名称を変更", "Post renamed"),
    Change.POST_TAKEN: Word("「{post}」に{person}さん（{day}から）", "{person} holds “{post}” from {day} on"),
    Change.POST_LEFT: Word("「{post}」の{person}さんは{day}まで", "{person} holds “{post}” until {day}"),
    Change.POST_TAKEN_BACK: Word(
        "「{post}」への{person}さんの就任（{day}から）を取消し", "{person} will not hold “{post}” from {day} on"
    ),
    Change.PERSON_INVITED: Word("利用者を登録し、招待メールを送信", "Person added and invited"),
    Change.PERSON_REGISTERED: Word("利用者として登録", "Account made"),
    Change.PERSON_INVITED_AGAIN: Word("招待メールを再送信", "Invited again"),
    Change.PERSON_CHANGED: Word("利用者の情報を変更", "Person changed"),
    Change.PERSON_DEACTIVATED: Word("利用を停止", "Account stopped"),
    Change.PERSON_REACTIVATED: Word("利用を再開", "Account opened again"),
    Change.GROUP_ADDED: Word("団体「{name}」を登録", "Group “{name}” added"),
    Change.GROUP_REGISTERED: Word("団体「{name}」が登録を申込み", "Group “{name}” registered itself"),
    Change.GROUP_CONFIRMED: Word("団体の登録を確認", "Registration confirmed"),
    Change.GROUP_ASKED: Word("登録の内容を問合せ", "Question about the registration"),
    Change.GROUP_CHANGED: Word("団体の情報を変更", "Group changed"),
    Change.MEMBER_INVITED: Word("メンバーへの招待メールを送信", "Somebody invited to join"),
    Change.MEMBER_INVITED_AGAIN: Word("メンバーへの招待メールを再送信", "Invitation to join sent again"),
    Change.INVITATION_TAKEN_BACK: Word("メンバーへの招待を取消し", "Invitation to join taken back"),
    Change.MEMBER_JOINED: Word(
        "{person}さんが「{group}」のメンバーに（{day}から）", "{person} joins “{group}” on {day}"
    ),
    Change.MEMBER_LEFT: Word("{person}さんは「{group}」のメンバーを{day}まで", "{person} leaves “{group}” after {day}"),
    Change.HANDOVER_OFFERED: Word(
        "{person}さんに代表者の引継ぎを依頼（{day}から）", "{person} asked to represent the group from {day} on"
    ),
    Change.HANDOVER_TAKEN_BACK: Word(
        "{person}さんへの引継ぎの依頼を取消し", "{person} is no longer asked to represent"
    ),
    Change.HANDOVER_DECLINED: Word("{person}さんが引継ぎを辞退", "{person} declined to represent the group"),
    Change.ROSTER_CHANGED: Word("会員名簿を変更（{number}人）", "List of members changed (people on it: {number})"),
    Change.REPRESENTATIVE_CHANGED: Word(
        "「{group}」の代表者を{predecessor}さんから{person}さんへ（{day}から）",
        "“{group}”: {person} follows {predecessor} as representative on {day}",
    ),
    Change.EDITION_TAKEN_UP: Word("「{name}」第{number}版を登録", "“{name}”, edition {number}, added"),
    Change.EDITION_IN_FORCE: Word(
        "「{name}」第{number}版を{moment}から施行", "“{name}”, edition {number}, in force from {moment}"
    ),
    Change.EDITION_TAKEN_BACK: Word(
        "「{name}」第{number}版の施行の予定（{moment}から）を取消し",
        "“{name}”, edition {number}, will not be in force from {moment}",
    ),
    Change.EDITION_THROWN_AWAY: Word("「{name}」第{number}版を破棄", "“{name}”, edition {number}, thrown away"),
    Change.OPENING_ADDED: Word("「{name}」を登録", "“{name}” added"),
    Change.OPENING_CHANGED: Word("「{name}」を訂正", "“{name}” corrected"),
    Change.OPENING_CLOSED: Word("「{name}」の提案の受付を終了", "“{name}” takes no more proposals"),
    Change.OPENING_REOPENED: Word("「{name}」の提案の受付を再開", "“{name}” takes proposals again"),
}

FIELDS: dict[str, Word] = {
    "name": Word("名称", "Name"),
    "name_en": Word("英語の名称", "English name"),
    "phone": Word("電話番号", "Telephone"),
    "fax": Word("ファクス番号", "Fax"),
    "email": Word("メールアドレス", "E-mail"),
    "language": Word("言語", "Language"),
    "leads": Word("主管課", "Lead section"),
    "kind": Word("団体の種類", "Kind of group"),
    "purpose": Word("活動目的", "Purpose"),
    "organisation": Word("組織・人数", "Organisation"),
    "finance": Word("財務状況", "Finance"),
    "activities": Word("活動の実績", "Activities"),
    "address": Word("所在地", "Address"),
    "website": Word("ウェブサイト", "Website"),
    "founded_on": Word("設立年月日", "Founded on"),
    "active_since": Word("活動開始日", "Active since"),
    "has_rules": Word("規約・会則の有無", "Has written rules"),
    "seat_in_city": Word("市内に事務所・活動拠点があるか", "Seat in the city"),
    "legal_form": Word("法人格の種類", "Legal form"),
    "corporate_number": Word("法人番号", "Corporate number"),
    "resources": Word("持ち寄れる資源", "What it can bring"),
    "disclosed": Word("公開する項目", "Public items"),
}
"""How a changed field is called, on the forms and in the record."""

DAYS = ("founded_on", "active_since", "known_on")
"""Fields that hold a day."""

PERSON_NAME = Word("氏名", "Name")
REASON = Word("理由", "Reason")

RESOURCES: dict[str, Word] = {
    Resource.KNOWLEDGE: Word("知識・技術", "Knowledge and technique"),
    Resource.PEOPLE: Word("人材", "People"),
    Resource.FACILITIES: Word("施設・設備", "Facilities"),
    Resource.FUNDS: Word("資金", "Funds"),
}
"""How what a group brings is called (A08)."""

_SAID = {
    True: Word("はい", "yes"),
    False: Word("いいえ", "no"),
    None: Word("記入なし", "nothing"),
    "": Word("記入なし", "nothing"),
    "ja": Word("日本語", "Japanese"),
    "en": Word("英語", "English"),
}


Thing = Department | Post | Person | Group | Opening | Edition
"""What a change can be about."""


class AdminEvent(Base):
    """One change by an administrator, or by a group about itself. Never changed, never deleted."""

    __tablename__ = "admin_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    change: Mapped[Change] = mapped_column(keys_of(Change))
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    actor_name: Mapped[str] = mapped_column(String(80))
    """Whoever did it, by the name of that day."""
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("citizens_group.id"), index=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    programme: Mapped[str | None] = mapped_column(String(40), index=True)
    """The key of the programme whose edition it is about."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The names and ISO dates its words need; `fields`: what each changed field said before and says now."""


def note(
    session: Session,
    actor: Actor,
    change: Change,
    *about: Thing,
    **details: Any,
) -> None:
    """Write down a change about these things, each with its page. Dates and moments in details are kept as ISO text."""
    if actor.person_id is None:
        raise ValueError("Only a person administers.")
    session.flush()
    ids = {_COLUMNS[type(thing)]: _id_of(thing) for thing in about}
    kept = {name: _kept(value) for name, value in details.items()}
    event = AdminEvent(
        at=clock.now(), change=change, actor_id=actor.person_id, actor_name=actor.name, details=kept, **ids
    )
    session.add(event)
    session.flush()


def change_fields(thing: Base, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Write the values that differ; returns what each said before and says now."""
    changed = {name: [getattr(thing, name), value] for name, value in values.items() if getattr(thing, name) != value}
    for name, (_before, after) in changed.items():
        setattr(thing, name, after)
    return changed


def record_of(session: Session, thing: Thing, limit: int = 50) -> list[AdminEvent]:
    """What was changed about a thing, the latest first; of an edition, about every edition of its programme."""
    column = getattr(AdminEvent, _COLUMNS[type(thing)])
    return list(
        session.scalars(select(AdminEvent).where(column == _id_of(thing)).order_by(AdminEvent.id.desc()).limit(limit))
    )


def latest(session: Session, limit: int = 10) -> list[AdminEvent]:
    """What was changed last, whatever it is about."""
    return list(session.scalars(select(AdminEvent).order_by(AdminEvent.id.desc()).limit(limit)))


def told(event: AdminEvent, language: str) -> tuple[str, list[str]]:
    """A change in a reader's language: what happened, and a line for each field that changed."""
    session, fields = object_session(event), event.details.get("fields", {})
    values = {name: value for name, value in event.details.items() if isinstance(value, str)}
    if "day" in values:
        values["day"] = in_words(date.fromisoformat(values["day"]), language, weekday=False)
    if "moment" in values:
        values["moment"] = in_words(datetime.fromisoformat(values["moment"]), language, weekday=False)
    title = CHANGES[event.change].in_(language).format(**values)
    lines = [
        f"{_called(event, name).in_(language)}：{_said(session, name, before, language)} → {_said(session, name, after, language)}"
        for name in _CALLED
        if name in fields
        for before, after in [fields[name]]
    ]
    if "question" in event.details:
        lines.append(event.details["question"])
    if event.details.get("reason"):
        lines.append(f"{REASON.in_(language)}：{event.details['reason']}")
    return title, lines


def _id_of(thing: Thing) -> int | str:
    return thing.key if isinstance(thing, Edition) else thing.id


def _called(event: AdminEvent, field: str) -> Word:
    return PERSON_NAME if field == "name" and event.person_id is not None else _CALLED[field]


def _said(session: Session | None, field: str, value: Any, language: str) -> str:
    if field == "kind" and session is not None:
        return kind_in_words(session, str(value)).in_(language)
    if isinstance(value, list):
        named = [(FIELDS | RESOURCES)[key].in_(language) for key in value]
        return ("、" if language == "ja" else ", ").join(named) or _SAID[""].in_(language)
    if field in DAYS and value:
        return in_words(date.fromisoformat(value), language, weekday=False)
    return _SAID[value].in_(language) if value in _SAID else str(value)


def _kept(value: Any) -> Any:
    """A value as JSON holds it: days as ISO text, also within what a field said before and says now."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _kept(inner) for name, inner in value.items()}
    return [_kept(inner) for inner in value] if isinstance(value, list) else value


_CALLED = FIELDS | {name: label for labels in OPENING_LABELS.values() for name, label in labels.items()}

_COLUMNS: dict[type, str] = {
    Department: "department_id",
    Post: "post_id",
    Person: "person_id",
    Group: "group_id",
    Opening: "opening_id",
    Edition: "programme",
}
