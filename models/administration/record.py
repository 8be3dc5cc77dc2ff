"""What the administration changed, by whom and when: append-only, shown on the page of the thing."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from models import clock
from models.base import Base, keys_of
from models.calendar import in_words
from models.editions import kind_in_words
from models.people import Department, Group, Person, Post
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
    PERSON_INVITED_AGAIN = "person_invited_again"
    PERSON_CHANGED = "person_changed"
    PERSON_DEACTIVATED = "person_deactivated"
    PERSON_REACTIVATED = "person_reactivated"
    GROUP_ADDED = "group_added"
    GROUP_CHANGED = "group_changed"
    MEMBER_JOINED = "member_joined"
    MEMBER_LEFT = "member_left"
    REPRESENTATIVE_CHANGED = "representative_changed"


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
    Change.PERSON_INVITED_AGAIN: Word("招待メールを再送信", "Invited again"),
    Change.PERSON_CHANGED: Word("利用者の情報を変更", "Person changed"),
    Change.PERSON_DEACTIVATED: Word("利用を停止", "Account stopped"),
    Change.PERSON_REACTIVATED: Word("利用を再開", "Account opened again"),
    Change.GROUP_ADDED: Word("団体「{name}」を登録", "Group “{name}” added"),
    Change.GROUP_CHANGED: Word("団体の情報を変更", "Group changed"),
    Change.MEMBER_JOINED: Word(
        "{person}さんが「{group}」のメンバーに（{day}から）", "{person} joins “{group}” on {day}"
    ),
    Change.MEMBER_LEFT: Word("{person}さんは「{group}」のメンバーを{day}まで", "{person} leaves “{group}” after {day}"),
    Change.REPRESENTATIVE_CHANGED: Word(
        "「{group}」の代表者を{predecessor}さんから{person}さんへ（{day}から）",
        "“{group}”: {person} follows {predecessor} as representative on {day}",
    ),
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
}
"""How a changed field is called, on the forms and in the record."""

PERSON_NAME = Word("氏名", "Name")

_SAID = {
    True: Word("はい", "yes"),
    False: Word("いいえ", "no"),
    "": Word("記入なし", "nothing"),
    "ja": Word("日本語", "Japanese"),
    "en": Word("英語", "English"),
}


class AdminEvent(Base):
    """One change by an administrator. Never changed, never deleted."""

    __tablename__ = "admin_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    change: Mapped[Change] = mapped_column(keys_of(Change))
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    actor_name: Mapped[str] = mapped_column(String(80))
    """The administrator's name on that day."""
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("citizens_group.id"), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The names and ISO dates its words need; `fields`: what each changed field said before and says now."""


def note(
    session: Session,
    actor: Actor,
    change: Change,
    *about: Department | Post | Person | Group,
    **details: Any,
) -> None:
    """Write down a change about these things, each with its page. Dates in details are kept as ISO text."""
    if actor.person_id is None:
        raise ValueError("Only a person administers.")
    session.flush()
    ids = {_COLUMNS[type(thing)]: thing.id for thing in about}
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in details.items()}
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


def record_of(session: Session, thing: Department | Post | Person | Group, limit: int = 50) -> list[AdminEvent]:
    """What was changed about a thing, the latest first."""
    column = getattr(AdminEvent, _COLUMNS[type(thing)])
    return list(
        session.scalars(select(AdminEvent).where(column == thing.id).order_by(AdminEvent.id.desc()).limit(limit))
    )


def latest(session: Session, limit: int = 10) -> list[AdminEvent]:
    """What was changed last, whatever it is about."""
    return list(session.scalars(select(AdminEvent).order_by(AdminEvent.id.desc()).limit(limit)))


def told(event: AdminEvent, language: str) -> tuple[str, list[str]]:
    """A change in a reader's language: what happened, and a line for each field that changed."""
    session = object_session(event)
    values = {name: value for name, value in event.details.items() if isinstance(value, str)}
    if "day" in values:
        values["day"] = in_words(date.fromisoformat(values["day"]), language, weekday=False)
    title = CHANGES[event.change].in_(language).format(**values)
    lines = [
        f"{_called(event, name).in_(language)}：{_said(session, name, before, language)} → {_said(session, name, after, language)}"
        for name, (before, after) in event.details.get("fields", {}).items()
    ]
    return title, lines


def _called(event: AdminEvent, field: str) -> Word:
    return PERSON_NAME if field == "name" and event.person_id is not None else FIELDS[field]


def _said(session: Session | None, field: str, value: Any, language: str) -> str:
    if field == "kind" and session is not None:
        return kind_in_words(session, str(value)).in_(language)
    return _SAID[value].in_(language) if value in _SAID else str(value)


_COLUMNS: dict[type, str] = {
    Department: "department_id",
    Post: "post_id",
    Person: "person_id",
    Group: "group_id",
}
