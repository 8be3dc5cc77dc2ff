"""The agreement as it is read: every word and figure that is agreed, who approved and who signed it (G02–G06)."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from models.agreement import Agreement
from models.process.labels import SIDES
from models.process.vocabulary import Side, Stage
from models.proposals import Proposal
from models.spoken import here
from webui import filters
from webui.differences import compared
from webui.language import reader_language
from webui.readable import answered
from webui.written import may_read_personal


@dataclass(frozen=True, slots=True)
class Signed:
    """A side's signature, or that it is awaited."""

    side: str
    name: str
    capacity: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class AgreementPaper:
    """One version, ready to be read."""

    agreement: Agreement
    text: list[tuple[str, str]]
    budget: list[tuple[str, int]]
    total: int
    files: list[tuple[str, str, str]]
    short_hash: str
    signed: list[Signed]


def latest_agreement(proposal: Proposal) -> Agreement | None:
    """The version that stands now."""
    return proposal.agreements[-1] if proposal.agreements else None


def paper(proposal: Proposal, agreement: Agreement, *, against: Agreement | None = None) -> AgreementPaper:
    """A version of the agreement; changes since `against` are marked."""
    text = text_of(proposal, agreement)
    return AgreementPaper(
        agreement=agreement,
        text=compared(text_of(proposal, against), text) if against is not None else text,
        budget=[(line["item"], line["amount"]) for line in agreement.budget],
        total=sum(line["amount"] for line in agreement.budget),
        files=[
            (
                file["name"],
                url_for("proposals.attachment", proposal_id=proposal.id, attachment_id=file["id"]),
                file["sha256"][:12],
            )
            for file in agreement.attachments
        ],
        short_hash=short(agreement.content_hash),
        signed=_signed(agreement),
    )


def text_of(proposal: Proposal, agreement: Agreement) -> list[tuple[str, str]]:
    """Label and text of everything agreed but the attachments."""
    rules, language = proposal.rules, reader_language()
    methods = [rules.method(key) for key in agreement.methods]
    needed = {item.key for item in rules.articles_for(agreement.methods)}
    articles = [item for item in rules.articles if item.key in needed or agreement.articles.get(item.key)]
    period = ""
    if agreement.period_from and agreement.period_to:
        period = _(
            "%(start)sから%(end)sまで", start=filters.day(agreement.period_from), end=filters.day(agreement.period_to)
        )
    budget = "\n".join(f"{line['item']}　{filters.yen(line['amount'])}" for line in agreement.budget)
    return [
        (_("協働の手法"), str(_("、")).join(m.label.in_(language) for m in methods)),
        (_("事業の責任と成果"), str(_("、")).join(dict.fromkeys(m.responsible.in_(language) for m in methods))),
        *answered(rules, articles, agreement.articles, personal=may_read_personal(proposal, Stage.AGREEMENT)),
        (_("実施期間（始まりと終わり）"), period),
        (_("市の負担額"), filters.yen(agreement.amount)),
        (_("予算"), budget),
    ]


def short(content_hash: str) -> str:
    """The beginning of a hash, in groups of four to be compared by eye."""
    return " ".join(content_hash[i : i + 4] for i in range(0, 16, 4))


def _signed(agreement: Agreement) -> list[Signed]:
    by_side = {signature.side: signature for signature in agreement.signatures}
    language = reader_language()
    found = []
    for side in Side:
        signature = by_side.get(side)
        if signature is None:
            found.append(Signed(here(SIDES[side]).in_(language), "", "", None))
        else:
            found.append(
                Signed(here(SIDES[side]).in_(language), signature.typed_name, signature.capacity, signature.at)
            )
    return found
