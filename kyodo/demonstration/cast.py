"""The people of Aobagawa: who they are, which posts they hold, which groups they belong to."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.people import Department, Group, MemberRole, Membership, Person, Post, Seat, Tenure
from models.process.actors import Actor, actor_of

SINCE = date(2024, 4, 1)


class Section(NamedTuple):
    """A department or section of the city hall."""

    key: str
    name: str
    name_en: str
    parent: str | None
    phone: str


SECTIONS = (
    Section("citizens", "市民生活部", "Citizens' Affairs Department", None, "000-000-0100"),
    Section("desk", "市民協働課", "Citizen Collaboration Section", "citizens", "000-000-0110"),
    Section("safety", "危機管理課", "Crisis Management Section", "citizens", "000-000-0120"),
    Section("welfare", "福祉部", "Welfare Department", None, "000-000-0200"),
    Section("welfare-policy", "福祉政策課", "Welfare Policy Section", "welfare", "000-000-0210"),
    Section("children", "子ども未来課", "Children's Future Section", "welfare", "000-000-0220"),
    Section("environment", "環境部", "Environment Department", None, "000-000-0300"),
    Section("green", "みどり推進課", "Greenery Section", "environment", "000-000-0310"),
)


class Role(NamedTuple):
    """Somebody of the city's staff and the post they hold."""

    name: str
    email: str
    department: str
    seat: Seat
    post: str
    post_en: str


STAFF = (
    Role(
        "中村 美咲",
        "nakamura@aobagawa.example",
        "desk",
        Seat.OFFICER,
        "市民協働課 主査",
        "Senior officer, Collaboration",
    ),
    Role("小林 健太", "kobayashi@aobagawa.example", "desk", Seat.OFFICER, "市民協働課 主事", "Officer, Collaboration"),
    Role("加藤 明", "kato@aobagawa.example", "desk", Seat.SECTION_HEAD, "市民協働課長", "Head, Collaboration"),
    Role(
        "渡辺 誠",
        "watanabe@aobagawa.example",
        "citizens",
        Seat.DEPARTMENT_HEAD,
        "市民生活部長",
        "Director, Citizens' Affairs",
    ),
    Role(
        "髙橋 直樹",
        "takahashi@aobagawa.example",
        "welfare-policy",
        Seat.OFFICER,
        "福祉政策課 主任",
        "Officer, Welfare Policy",
    ),
    Role(
        "山本 さくら",
        "yamamoto@aobagawa.example",
        "welfare-policy",
        Seat.SECTION_HEAD,
        "福祉政策課長",
        "Head, Welfare Policy",
    ),
    Role("伊藤 隆", "ito@aobagawa.example", "welfare", Seat.DEPARTMENT_HEAD, "福祉部長", "Director, Welfare"),
    Role(
        "佐々木 彩",
        "sasaki@aobagawa.example",
        "children",
        Seat.OFFICER,
        "子ども未来課 主任",
        "Officer, Children's Future",
    ),
    Role(
        "松本 浩二",
        "matsumoto@aobagawa.example",
        "children",
        Seat.SECTION_HEAD,
        "子ども未来課長",
        "Head, Children's Future",
    ),
    Role("井上 恵", "inoue@aobagawa.example", "green", Seat.OFFICER, "みどり推進課 主任", "Officer, Greenery"),
    Role("木村 徹", "kimura@aobagawa.example", "green", Seat.SECTION_HEAD, "みどり推進課長", "Head, Greenery"),
    Role(
        "清水 由美",
        "shimizu@aobagawa.example",
        "environment",
        Seat.DEPARTMENT_HEAD,
        "環境部長",
        "Director, Environment",
    ),
    Role("斎藤 守", "saito@aobagawa.example", "safety", Seat.SECTION_HEAD, "危機管理課長", "Head, Crisis Management"),
    Role("管理 太郎", "admin@aobagawa.example", "desk", Seat.ADMINISTRATOR, "システム管理者", "Administrator"),
)


class Member(NamedTuple):
    """Somebody in a group."""

    name: str
    email: str
    role: MemberRole


@dataclass(frozen=True, slots=True)
class Circle:
    """A citizens' group and its members, the representative first."""

    key: str
    name: str
    kind: str
    purpose: str
    organisation: str
    finance: str
    activities: str
    members: tuple[Member, ...]


CIRCLES = (
    Circle(
        "river", "川辺のみまもり", "civic",
        "川辺の地域で、子どもと高齢者が安心して過ごせる居場所と見守りを続けることを目的としています。",
        "会員32人（役員5人）。年1回の総会と月1回の運営会議で決めています。",
        "年間収入48万円（会費16万円、寄付12万円、助成金20万円）、支出45万円（令和7年度決算）。",
        "平成27年から登下校の見守りを毎日、旧公民館での居場所を週1回行っています。",
        (Member("葛城 花子", "katsuragi@kawabe.example", MemberRole.REPRESENTATIVE),
         Member("大野 勇", "ono@kawabe.example", MemberRole.MEMBER)),
    ),
    Circle(
        "sound", "おとのまち研究会", "civic",
        "視覚障害のある人とない人が、音を手がかりに一緒にまちを歩ける環境をつくります。",
        "会員14人（役員3人）。", "年間収入22万円、支出20万円（令和7年度決算）。",
        "音声まち歩き地図を3地区で作成し、体験会を年4回開いています。",
        (Member("藤田 響", "fujita@otonomachi.example", MemberRole.REPRESENTATIVE),),
    ),
    Circle(
        "danchi", "みどり団地自治会", "territorial",
        "みどり団地に住む人どうしの助け合いと、暮らしの課題の解決を目的としています。",
        "加入412世帯（役員12人）。総会の決議に基づいて活動しています。",
        "年間収入196万円（会費）、支出188万円（令和7年度決算）。",
        "防災訓練、夏まつり、買い物の付き添いを行っています。",
        (Member("岡田 正", "okada@midoridanchi.example", MemberRole.REPRESENTATIVE),
         Member("石井 さち", "ishii@midoridanchi.example", MemberRole.MEMBER)),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """Everybody, by the first part of their address (`katsuragi`), and the groups and departments by key."""

    people: dict[str, Person]
    groups: dict[str, Group]
    departments: dict[str, Department]

    def actor(self, session: Session, who: str) -> Actor:
        """A person of the cast as an actor today. Raises KeyError."""
        return actor_of(session, self.people[who])


def engage(session: Session, password_hash: str = "") -> Cast:
    """Put departments, posts, people and groups into the database. password_hash: the one everybody signs in with."""
    departments: dict[str, Department] = {}
    for section in SECTIONS:
        parent = departments[section.parent] if section.parent else None
        departments[section.key] = Department(
            key=section.key,
            name=section.name,
            name_en=section.name_en,
            phone=section.phone,
            email=f"{section.key}@aobagawa.example",
            parent=parent,
        )
        session.add(departments[section.key])
    people: dict[str, Person] = {}
    for role in STAFF:
        person = _person(role.name, role.email, password_hash)
        post = Post(department=departments[role.department], seat=role.seat, name=role.post, name_en=role.post_en)
        session.add(Tenure(post=post, person=person, since=SINCE))
        people[role.email.split("@")[0]] = person
    groups: dict[str, Group] = {}
    for circle in CIRCLES:
        group = Group(
            name=circle.name,
            kind=circle.kind,
            purpose=circle.purpose,
            organisation=circle.organisation,
            finance=circle.finance,
            activities=circle.activities,
            created_at=clock.now(),
        )
        groups[circle.key] = group
        for member in circle.members:
            person = _person(member.name, member.email, password_hash)
            session.add(Membership(group=group, person=person, role=member.role, since=SINCE))
            people[member.email.split("@")[0]] = person
    session.flush()
    return Cast(people, groups, departments)


def gather(session: Session) -> Cast:
    """The cast that is already in the database."""
    names = {circle.name: circle.key for circle in CIRCLES}
    return Cast(
        {person.email.split("@")[0]: person for person in session.scalars(select(Person))},
        {names[group.name]: group for group in session.scalars(select(Group)) if group.name in names},
        {department.key: department for department in session.scalars(select(Department))},
    )


def _person(name: str, email: str, password_hash: str) -> Person:
    return Person(
        name=name,
        email=email,
        password_hash=password_hash,
        session_key=secrets.token_urlsafe(32),
        created_at=clock.now(),
    )
