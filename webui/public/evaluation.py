"""A published evaluation as its readers see it; the same for the public and for those who look it over before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from models.programme.schema import Programme
from models.words import Word
from webui.filters import day, yen
from webui.language import reader_language


@dataclass(frozen=True, slots=True)
class Mark:
    """One item of the self-checks: what each side marked, and what both say to it."""

    item: str
    group: str
    city: str
    differs: bool
    note: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The snapshot in words. Pairs are (words, value)."""

    title: str
    facts: list[tuple[str, str]]
    plan: list[tuple[str, str]]
    marks: list[Mark]
    differing: int
    beneficiaries: list[tuple[str, str]]
    texts: list[tuple[str, str]]
    """What both sides concluded, under its headings."""


def evaluation(programme: Programme, content: Mapping[str, Any]) -> Evaluation:
    """Put a snapshot's content into words. Raises KeyError for content that `public_content` did not make."""
    marks = [
        Mark(
            item=Word(**given["label"]).in_(reader_language()),
            group=_mark(programme, given["group"]),
            city=_mark(programme, given["city"]),
            differs=given["differs"],
            note=given["note"],
        )
        for given in content["marks"]
    ]
    return Evaluation(
        title=content["title"],
        facts=_facts(programme, content),
        plan=[
            (_("解決したい課題"), content["issue"]),
            (_("目的"), content["summary"]),
            (_("目標"), content["goals"]),
            (_("団体の役割"), content["roles_group"]),
            (_("市の役割"), content["roles_city"]),
            (_("行ったこと"), content["activities"]),
        ],
        marks=marks,
        differing=sum(mark.differs for mark in marks),
        beneficiaries=_beneficiaries(content["beneficiaries"]),
        texts=_texts(content),
    )


def _texts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [
        (_("成果"), content["results"]),
        (_("改善点"), content["improvements"]),
        (_("評価が異なった理由"), content["differences"]),
        (_("次の事業への活かし方"), content["next_steps"]),
    ]
    return [(words, text) for words, text in found if text]


def _facts(programme: Programme, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    start, end = (day(date.fromisoformat(text), weekday=False) for text in content["period"])
    return [
        (_("団体"), content["group"]),
        (_("担当課"), content["section"]),
        (_("分野"), _label(programme, "fields", content["field"])),
        (_("協働の手法"), _("、").join(_label(programme, "methods", key) for key in content["methods"])),
        (_("協働の領域"), _label(programme, "domains", content["domain"])),
        (_("実施期間"), _("%(start)sから%(end)sまで", start=start, end=end)),
        (_("市の負担額"), yen(content["amount"])),
        (_("事業費の支出額"), yen(content["spent"])),
        (_("ふりかえりの日"), day(date.fromisoformat(content["met_on"]))),
    ]


def _beneficiaries(voices: Mapping[str, Any]) -> list[tuple[str, str]]:
    if not voices:
        return []
    return [
        (_("回答した人数"), _("%(n)s人", n=f"{voices['answers']:,}")),
        (_("満足した人数"), _("%(n)s人", n=f"{voices['satisfied']:,}")),
        (_("得られたもの"), voices["merits"]),
    ]


def _mark(programme: Programme, key: str) -> str:
    return next((m.label.in_(reader_language()) for m in programme.scale.marks if m.key == key), key)


def _label(programme: Programme, options: str, key: str) -> str:
    return next((c.label.in_(reader_language()) for c in programme.options(options) if c.key == key), key)
