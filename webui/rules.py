"""A programme's rules as people read them: part by part, each with a template of its own, and what changed in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.editions import key_of, number_of
from models.process.vocabulary import ENDS
from models.programme.differences import Difference
from models.programme.names import name_of
from models.programme.schema import ForParty, Party, Programme
from models.programme.values import value_in_words
from models.proposals import Proposal
from models.revisions import newer
from models.spoken import here
from models.words import Word
from webui.database import db
from webui.forms import Form, LineField
from webui.forms.items import Marks, items_form
from webui.forms.questions import Question, questions
from webui.language import reader_language

MOST_CHANGES = 10
"""So many changes are told beside a case; the page of changes tells all."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the rules: its key in the programme's file, what it is called, and the template that shows it."""

    key: str
    words: Word
    template: str


TEMPLATES = {
    "definition": "rules/definition.html",
    "principles": "rules/choices.html",
    "further_principles": "rules/choices.html",
    "domains": "rules/choices.html",
    "methods": "rules/methods.html",
    "fields": "rules/choices.html",
    "content_types": "rules/choices.html",
    "suitability": "rules/choices.html",
    "suitability_test": "rules/words.html",
    "effects": "rules/parties.html",
    "traits": "rules/parties.html",
    "partner_types": "rules/choices.html",
    "ineligible_costs": "rules/choices.html",
    "criteria": "rules/criteria.html",
    "terms": "rules/terms.html",
}
"""What everybody reads of the rules, in this order, where a programme has it; each part with its template."""

PREVIEWED = TEMPLATES | {"proposal_items": "rules/form.html"}
"""A preview shows the proposal form besides."""

NOTHING_SAID: tuple[object, ...] = ((), Word("", ""))

NOT_WITHIN = {
    "report_after_end": _l("期間の終わりから%(n)s日以内"),
    "reminder_before": _l("%(n)s開庁日前"),
    "escalate_after": _l("%(n)s開庁日後"),
}
"""Terms that are not so many business days for a duty."""


class PreviewForm(Form):
    """The proposal form as it will look, to be read."""

    title = LineField(_l("事業の名前"), [Marks(required=True)], description=_l("60文字まで"))


@dataclass(frozen=True, slots=True)
class EditionNote:
    """Under which edition a case stands, and what became of the rules since."""

    number: int
    address: str
    under_way: bool
    newer: int
    newer_address: str
    count: int
    more: bool
    """Not all changes are told here."""
    changes: list[tuple[str, list[str]]]
    """The first of them, by section."""


def rules_shown(rules: Programme, *, preview: bool = False) -> dict[str, Any]:
    """What the template of the rules needs; a preview also shows the proposal form."""
    wanted = PREVIEWED if preview else TEMPLATES
    parts = [
        Part(key, here(name_of(key)), template)
        for key, template in wanted.items()
        if getattr(rules, key) not in NOTHING_SAID
    ]
    shown: dict[str, Any] = {
        "rules": rules,
        "parts": parts,
        "criteria": _criteria(rules),
        "terms": list(_terms(rules)),
        "domains_of": _domains_of(rules),
        "by_party": {"effects": _by_party(rules.effects), "traits": _by_party(rules.traits)},
    }
    if preview:
        shown["asked"] = _form(rules)
    return shown


def by_section(found: Iterable[Difference]) -> list[tuple[str, list[str]]]:
    """Differences under what their section is called, in the reader's language."""
    language = reader_language()
    return [
        (here(name_of(section)).in_(language), [one.sentence.in_(language) for one in group])
        for section, group in groupby(found, lambda one: one.section)
    ]


def edition_note(proposal: Proposal) -> EditionNote:
    """Under which edition a case goes on; of a newer one only while it does."""
    key, number = key_of(proposal.edition_id), number_of(proposal.edition_id)
    under_way = proposal.state not in ENDS
    latest = newer(db(), proposal.edition_id) if under_way else None
    return EditionNote(
        number=number,
        address=url_for("public.rules_of_edition", key=key, number=number),
        under_way=under_way,
        newer=latest.number if latest else 0,
        newer_address=url_for("public.rules_of_edition", key=key, number=latest.number) if latest else "",
        count=len(latest.changes) if latest else 0,
        more=latest is not None and len(latest.changes) > MOST_CHANGES,
        changes=by_section(latest.changes[:MOST_CHANGES]) if latest else [],
    )


def _criteria(rules: Programme) -> list[tuple[str, list[Any]]]:
    kinds = (
        ("hard", _("次に当てはまるものは、協働の対象から除きます。")),
        ("soft", _("次に当てはまるものは、協働になじまないと考えられます。")),
    )
    found = [(says, [one for one in rules.criteria if one.severity == kind]) for kind, says in kinds]
    return [(says, criteria) for says, criteria in found if criteria]


def _domains_of(rules: Programme) -> dict[str, list[Word]]:
    """The domains that each form belongs to, where the programme says so."""
    called = {one.key: one.label for one in rules.domains}
    return {method.key: [called[key] for key in method.domains] for method in rules.methods}


def _by_party(entries: tuple[ForParty, ...]) -> list[tuple[Word, list[ForParty]]]:
    """What belongs to each party, the parties in their order."""
    found = [(here(value_in_words(party)), [one for one in entries if one.party is party]) for party in Party]
    return [(called, own) for called, own in found if own]


def _terms(rules: Programme) -> Iterator[tuple[str, str]]:
    for name in type(rules.terms).model_fields:
        days = getattr(rules.terms, name)
        if isinstance(days, int):
            said = NOT_WITHIN[name] % {"n": days} if name in NOT_WITHIN else _("%(n)s開庁日以内", n=days)
            yield here(name_of(name)).in_(reader_language()), str(said)


def _form(rules: Programme) -> list[Question]:
    form = items_form(PreviewForm, rules, rules.proposal_items)(formdata=None)
    return [Question(form.title, "line", required=True), *questions(form, rules, rules.proposal_items)]
