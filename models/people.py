"""Who there is: persons, the city's departments and posts, and citizens' groups with their members.

A duty belongs to a post; the person is whoever holds it today (requirements A14, O02, O03).
"""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, keys_of
from models.words import Word, name_in_both


class Person(Base):
    """Somebody who can sign in: a member of a group, a member of the city's staff, or both."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Lower case; the name one signs in with."""
    phone: Mapped[str] = mapped_column(String(40), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(5), default="ja")
    session_key: Mapped[str] = mapped_column(String(64))
    """Changes when the password does, which ends every other session and every reset link."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class SignInAttempt(Base):
    """A failed sign-in, kept for a day to slow down guessing."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_email_at", "email", "at"),
        Index("ix_sign_in_attempt_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class Department(Base):
    """A part of the city hall: a department (部) or a section (課) within one."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    phone: Mapped[str] = mapped_column(String(40), default="")
    fax: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    leads: Mapped[bool] = mapped_column(default=False)
    """主管課 of its department: its head is the 協働調整員 (O03)."""
    closed_on: Mapped[date | None]
    """The first day on which it is no longer there; a planned closing already brings it no new cases."""

    parent: Mapped["Department | None"] = relationship(remote_side=[id])
    posts: Mapped[list["Post"]] = relationship(back_populates="department", order_by="Post.id")

    @property
    def words(self) -> Word:
        """What it is called."""
        return name_in_both(self.name, self.name_en)


class Seat(enum.StrEnum):
    """What a post is there for; together with its department it decides the hats its holder wears."""

    OFFICER = "officer"
    """担当 works on the department's cases. In the program office: the desk."""
    SECTION_HEAD = "section_head"
    """課長 (協働推進員, O02)."""
    DEPARTMENT_HEAD = "department_head"
    """部長: approves."""
    ADMINISTRATOR = "administrator"
    """システム管理者: posts, people, departments."""


class Post(Base):
    """A seat in a department, whoever sits on it."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    seat: Mapped[Seat] = mapped_column(keys_of(Seat))
    name: Mapped[str] = mapped_column(String(80))
    """As it stands on the nameplate: 福祉政策課長."""
    name_en: Mapped[str] = mapped_column(String(80), default="")

    department: Mapped[Department] = relationship(back_populates="posts")
    tenures: Mapped[list["Tenure"]] = relationship(back_populates="post", order_by="Tenure.since, Tenure.id")


class Tenure(Base):
    """A person holding a post from one day to another; history is kept."""

    __tablename__ = "tenure"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    """Last day, or None while it lasts."""

    post: Mapped[Post] = relationship(back_populates="tenures")
    person: Mapped[Person] = relationship()


class Group(Base):
    """提案団体: a citizens' group, with the profile it discloses of itself (A10)."""

    __tablename__ = "citizens_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40), default="civic")
    """Key of a partner type of the programme (A01, A02)."""
    purpose: Mapped[str] = mapped_column(Text, default="")
    organisation: Mapped[str] = mapped_column(Text, default="")
    finance: Mapped[str] = mapped_column(Text, default="")
    activities: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    founded_on: Mapped[date | None]
    """設立年月日."""
    active_since: Mapped[date | None]
    """活動開始の日: of a group that was active before it was founded formally, or that paused."""
    has_rules: Mapped[bool | None]
    """Whether it has written rules (規約・会則); None: not said, as with every fact."""
    seat_in_city: Mapped[bool | None]
    """Whether its seat (事務所・活動拠点) is in the city (A03)."""
    legal_form: Mapped[str] = mapped_column(String(80), default="")
    corporate_number: Mapped[str] = mapped_column(String(13), default="")
    """法人番号: thirteen digits."""
    resources: Mapped[list[Any]] = mapped_column(default=list)
    """What it brings into a collaboration, by key of `Resource` (A08)."""
    disclosed: Mapped[list[Any]] = mapped_column(default=lambda: ["purpose", "activities"])
    """Keys of what it says of itself to the public, by its own choice (A10)."""
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When the program office confirmed its registration (A11); None: registered by itself, not looked at yet."""

    memberships: Mapped[list["Membership"]] = relationship(back_populates="group", order_by="Membership.id")

    @property
    def registered(self) -> bool:
        """Whether the program office has confirmed the group; one that is not yet may write drafts."""
        return self.confirmed_at is not None


class Resource(enum.StrEnum):
    """What a group, above all a company, can bring into a collaboration (A08: 知識技術・人材・施設・資金)."""

    KNOWLEDGE = "knowledge"
    PEOPLE = "people"
    FACILITIES = "facilities"
    FUNDS = "funds"


class MemberRole(enum.StrEnum):
    """What a member is in the group."""

    REPRESENTATIVE = "representative"
    """代表者: signs."""
    MEMBER = "member"


class Membership(Base):
    """A person belonging to a group from one day to another; a handover keeps the old row (A14)."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("group_id", "person_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("citizens_group.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[MemberRole] = mapped_column(keys_of(MemberRole))
    since: Mapped[date]
    until: Mapped[date | None]

    group: Mapped[Group] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship()

    @property
    def represents(self) -> bool:
        """Whether this is the group's representative."""
        return self.role is MemberRole.REPRESENTATIVE
