"""What the parties of a demonstration proposal write: form, record, agreement, reports, sheets."""

from datetime import timedelta
from typing import Any

from kyodo.demonstration.plot import Plot
from models import clock
from models.execution import ReportKind
from models.programme.library import DEFAULT, programme


class Papers:
    """The papers of one plot, complete, as details of the moves that hand them in."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.words = plot.words

    def usual_answers(self) -> dict[str, Any]:
        """A complete proposal form."""
        words = self.words
        return {
            **self._theme(),
            "field": self.plot.theme,
            "issue": words.issue,
            "purpose": words.purpose,
            "goals": words.goals,
            "goals_by": (clock.today() + timedelta(days=self.plot.days)).isoformat(),
            "process": words.process,
            "roles_group": words.roles_group,
            "roles_city": words.roles_city,
            "effects": words.effects,
            "beneficiaries": words.beneficiaries,
            "reached": self.plot.reached,
            "open_to": "need",
            "methods": self.plot.methods,
            "domain": self.plot.domain,
            "cost_total": sum(self.plot.budget.values()),
            "cost_city": self.plot.share,
            "cost_notes": "、".join(f"{item} {yen:,}円" for item, yen in self.plot.budget.items()),
            "schedule": words.schedule,
        }

    def _theme(self) -> dict[str, str]:
        """The first of the call's themes, where it has any."""
        question = programme(DEFAULT).theme_question(self.plot.call)
        return {question.key: question.choices[0].key} if question is not None else {}

    def record_content(self) -> dict[str, Any]:
        """A complete consultation record."""
        usual = self.usual_answers()
        same = {
            k: usual[k] for k in ("purpose", "goals", "goals_by", "process", "roles_group", "roles_city", "schedule")
        }
        return {
            **same,
            "characteristics": self.words.characteristics,
            "cooperation": "月1回の定例会（夜7時、オンライン可）。連絡は双方の担当者どうしで行います。",
            "cost_split": f"市が{self.plot.share:,}円を負担し、残りを団体の会費と寄付でまかないます。",
            "methods": self.plot.methods,
            "method_reason": self.words.method_reason,
            "domain": self.plot.domain,
            "principles": [p.key for p in programme(DEFAULT).principles],
            "differences": self.words.differences,
        }

    def agreement_details(self) -> dict[str, Any]:
        """A complete agreement."""
        words, total = self.words, sum(self.plot.budget.values())
        articles = {
            "purpose": f"甲（青葉川市）と乙（提案団体）は、対等な立場で協力して事業を行う。目的は次のとおりとする。{words.purpose}",
            "roles": f"甲の役割は次のとおりとする。{words.roles_city}乙の役割は次のとおりとする。{words.roles_group}",
            "responsibility": "事業の実施に伴う責任は、それぞれの役割に応じて甲乙が負う。事故については双方で速やかに対応する。",
            "cost": f"事業費は{total:,}円とし、甲は{self.plot.share:,}円を限度に負担する。",
            "period": "協定の締結の日から事業の終了の日まで。",
            "law": "甲及び乙は関係法令を守り、事業で知り得た個人情報を適切に取り扱う。",
            "specification": words.specification,
        }
        needed = {item.key for item in programme(DEFAULT).articles_for(self.plot.methods)}
        period_from = clock.today() + timedelta(days=14)
        return {
            "methods": self.plot.methods,
            "articles": {key: text for key, text in articles.items() if key in needed},
            "period_from": period_from,
            "period_to": period_from + timedelta(days=self.plot.days),
            "amount": self.plot.share,
            "budget": [{"item": item, "amount": yen} for item, yen in self.plot.budget.items()],
        }

    def report_details(self, kind: ReportKind) -> dict[str, Any]:
        """A complete report with accounts; half-way, half of the money is spent."""
        words, final = self.words, kind is ReportKind.FINAL
        return {
            "body": {
                "activities": words.done if final else words.halfway,
                "results": words.results if final else "目標に向けて、予定どおり進んでいます。",
                "participants": words.participants if final else "計画の半分ほどの人が参加しています。",
                "issues": words.difficulties,
                "lessons": words.lessons if final else "",
            },
            "accounts": [
                {"item": item, "budget": yen, "spent": yen - yen // 25 if final else yen // 2, "note": ""}
                for item, yen in self.plot.budget.items()
            ],
        }

    def check_answers(self, mark: str = "3", **marks: str) -> dict[str, dict[str, str]]:
        """A complete self-check; `marks` for the items that differ from `mark`."""
        return {
            item.key: {"mark": marks.get(item.key, mark), "comment": "話し合いを重ねて進めることができました。"}
            for item in programme(DEFAULT).review_items
        }

    def sheet_details(self) -> dict[str, Any]:
        """A complete joint sheet."""
        return {
            "met_on": clock.today(),
            "participants": "団体3人、担当課2人、市民協働課1人",
            "results": self.words.achieved,
            "improvements": self.words.improvements,
            "differences": self.words.why_marks_differ,
            "next_steps": self.words.next_steps,
            "item_notes": {"budget": "予算の積算を、次回は双方で確認します。"},
        }
