"""協定: the text in versions, approval of exactly what was read, both signatures on its hash (G01–G06, P16)."""

import hashlib
import json
import unicodedata
from datetime import date
from typing import Any

from models.agreement import Agreement, Signature
from models.answer_checks import wrong_answers
from models.answers import answered, asked, tidy
from models.documents import files_by_item
from models.process.grammar import Case, Details
from models.process.moves.answers import BOTH, is_yen, overtaken
from models.process.moves.execution import open_reports
from models.process.refusals import Missing
from models.process.vocabulary import Hat, Side, Stage
from models.programme.forms import Item
from models.spoken import here
from models.words import Word

AGREEMENT = Word("協定書", "agreement")


def latest_agreement(case: Case) -> Agreement | None:
    """The agreement as it stands."""
    return case.proposal.agreements[-1] if case.proposal.agreements else None


def agreement_asked(case: Case, details: Details) -> list[Missing]:
    """Nothing impossible is written, and nobody's newer version is overwritten. It need not be complete yet."""
    latest = latest_agreement(case)
    found = overtaken(details, latest.number if latest else 0, AGREEMENT)
    known = [method.key for method in case.programme.methods]
    if any(key not in known for key in details.get("methods") or []):
        found.append(Missing("methods", Word("手法は一覧から選んでください。", "Choose the method from the list.")))
    files = files_by_item(case.proposal.attachments, Stage.AGREEMENT)
    found += wrong_answers(case.programme, case.programme.articles, details.get("articles") or {}, files)
    start, end = details.get("period_from"), details.get("period_to")
    for name, day in (("period_from", start), ("period_to", end)):
        if not isinstance(day, date | None):
            found.append(Missing(name, Word("正しい日付を入力してください。", "Enter a real date.")))
    if isinstance(start, date) and isinstance(end, date) and end < start:
        found.append(
            Missing(
                "period_to",
                Word("終わりの日は始まりの日より後にしてください。", "The end must not be before the start."),
            )
        )
    for number, line in enumerate(one or {} for one in details.get("budget") or []):
        if not str(line.get("item") or "").strip() or not is_yen(line.get("amount")):
            found.append(
                Missing(
                    f"budget-{number}",
                    Word(
                        "予算の{n}行目は、項目と0円以上の金額を入力してください。",
                        "Line {n} of the budget needs an item and an amount of 0 yen or more.",
                    ).filled(n=number + 1),
                )
            )
    if not is_yen(details.get("amount", 0)):
        found.append(Missing("amount", here(Word("市の負担額は0円以上で入力してください。", "Enter 0 yen or more."))))
    return found or _nothing_new(case, details)


def _nothing_new(case: Case, details: Details) -> list[Missing]:
    """An empty draft is none, and saving the same again must not void what was approved and signed."""
    latest, new = latest_agreement(case), _content(case, details)
    if latest is None and not any(new.values()):
        return [Missing("", Word("協定書の内容を入力してください。", "Write the agreement."))]
    if latest is not None and new == {name: getattr(latest, name) for name in new}:
        return [Missing("", Word("前の版から変更がありません。", "Nothing was changed."))]
    return []


def _content(case: Case, details: Details) -> dict[str, Any]:
    """What the next version would say, by column."""
    return {
        "methods": list(details.get("methods") or []),
        "articles": {key: tidy(said or "") for key, said in (details.get("articles") or {}).items()},
        "period_from": details.get("period_from"),
        "period_to": details.get("period_to"),
        "amount": details.get("amount", 0),
        "budget": list(details.get("budget") or []),
        "attachments": _attached(case),
    }


def _attached(case: Case) -> list[dict[str, Any]]:
    """The files that belong to the agreement now."""
    return [
        {"id": a.id, "name": a.name, "sha256": a.sha256}
        for a in case.proposal.attachments
        if a.stage is Stage.AGREEMENT and a.removed_at is None
    ]


def write_agreement(case: Case, details: Details) -> dict[str, Any] | None:
    """The next version. Approval and signatures of the one before are void."""
    before = latest_agreement(case)
    if before is not None and (before.approved_at is not None or before.signatures):
        before.voided_at = case.now
    agreement = Agreement(
        number=before.number + 1 if before else 1,
        **_content(case, details),
        written_by_id=case.person_id,
        written_side=case.side,
        written_at=case.now,
    )
    agreement.content_hash = hash_of(agreement)
    case.proposal.agreements.append(agreement)
    voided = before is not None and before.voided_at is not None
    return {"agreement": agreement.number, **({"voided": True} if voided else {})}


def hash_of(agreement: Agreement) -> str:
    """SHA-256 (hex) over everything that is agreed: text, figures, and the hashes of the attachments."""
    content = {
        "number": agreement.number,
        "methods": agreement.methods,
        "articles": agreement.articles,
        "period": [str(agreement.period_from or ""), str(agreement.period_to or "")],
        "amount": agreement.amount,
        "budget": agreement.budget,
        "attachments": [a["sha256"] for a in agreement.attachments],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def required_articles(case: Case, agreement: Agreement) -> tuple[Item, ...]:
    """The articles that the chosen methods need (G02, G03, G05)."""
    return case.programme.articles_for(agreement.methods)


def agreement_complete(case: Case) -> list[Missing]:
    """No required article is empty, a method is chosen, the period stands (G02: cannot be concluded otherwise)."""
    agreement = latest_agreement(case)
    if agreement is None:
        return [Missing("", Word("協定書の案がまだありません。", "There is no draft of the agreement yet."))]
    found, files = [], files_by_item(case.proposal.attachments, Stage.AGREEMENT)
    if not agreement.methods:
        found.append(Missing("methods", Word("協働の手法を選んでください。", "Choose the method.")))
    found += [
        Missing(
            item.key,
            Word(
                "「{label}」が空です。空のままでは締結できません。",
                "“{label}” is empty; it cannot be concluded so.",
            ).filled(label=item.label),
        )
        for item in asked(required_articles(case, agreement), agreement.articles, files)
        if not answered(item, agreement.articles.get(item.key), files)
    ]
    if agreement.period_from is None or agreement.period_to is None:
        found.append(
            Missing("period_from", Word("実施期間の日付を入力してください。", "Enter the dates of the period."))
        )
    return found + files_as_agreed(case)


def files_as_agreed(case: Case) -> list[Missing]:
    """The files that belong to the agreement are those its text was written with: its hash covers them."""
    agreement = latest_agreement(case)
    if agreement is None or agreement.attachments == _attached(case):
        return []
    return [
        Missing(
            "attachments",
            Word(
                "添付ファイルが変わりました。協定書を保存し直してください。",
                "The attached files were changed. Save the agreement again.",
            ),
        )
    ]


def same_text_asked(case: Case, details: Details) -> list[Missing]:
    """What is approved or signed is the text that was read: its hash came along."""
    agreement = latest_agreement(case)
    if agreement is not None and details.get("content_hash") == agreement.content_hash == hash_of(agreement):
        return []
    return [
        Missing(
            "",
            Word(
                "お読みになった後に協定書が変わりました。もう一度お読みください。",
                "The agreement was changed after you read it. Please read it again.",
            ),
        )
    ]


def approve_agreement(case: Case, details: Details) -> dict[str, Any] | None:
    """The head's yes to this text."""
    agreement = latest_agreement(case)
    assert agreement is not None
    agreement.approved_by_id = case.person_id
    agreement.approved_at = case.now
    return {"agreement": agreement.number, "content_hash": agreement.content_hash}


def signable(case: Case) -> list[Missing]:
    """Each side signs once, the text with the files it was approved with."""
    agreement = latest_agreement(case)
    if agreement is not None and case.side in {s.side for s in agreement.signatures}:
        return [
            Missing(
                "",
                Word(
                    "あなたの側は署名しています。相手の署名を待っています。",
                    "Your side has signed. Waiting for the other side.",
                ),
            )
        ]
    return files_as_agreed(case)


def signature_asked(case: Case, details: Details) -> list[Missing]:
    """The signer's own name, typed, under the text that was read."""
    found = same_text_asked(case, details)
    if _plain(str(details.get("typed_name") or "")) != _plain(case.actor.name):
        found.append(
            Missing(
                "typed_name",
                Word(
                    "あなたの氏名（{name}）をそのまま入力してください。",
                    "Type your own name ({name}) as it stands here.",
                ).filled(name=case.actor.name),
            )
        )
    return found


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def sign(case: Case, details: Details) -> dict[str, Any] | None:
    """One side's signature. When both stand, the reports that will be due are set."""
    agreement = latest_agreement(case)
    assert agreement is not None
    agreement.signatures.append(
        Signature(
            side=case.side,
            person_id=case.person_id,
            typed_name=" ".join(str(details["typed_name"]).split()),
            capacity=_capacity(case),
            content_hash=agreement.content_hash,
            at=case.now,
        )
    )
    if signed_by_both(case):
        open_reports(case, agreement)
    return {"agreement": agreement.number, "side": case.side}


def _capacity(case: Case) -> str:
    if case.hat is Hat.REPRESENTATIVE:
        return f"{case.proposal.group.name} 代表"
    office = case.proposal.section or case.proposal.desk
    department = office.parent or office
    return next((p.post for p in case.actor.places if p.department_id == department.id), department.name)


def signed_by_both(case: Case) -> bool:
    """Both sides signed the text that stands."""
    agreement = latest_agreement(case)
    return agreement is not None and {s.side for s in agreement.signatures} == BOTH


def unsigned_sides(case: Case) -> list[Side]:
    """The sides whose signature is awaited, in a fixed order."""
    agreement = latest_agreement(case)
    signed = {s.side for s in agreement.signatures} if agreement else set()
    return [side for side in Side if side not in signed]
