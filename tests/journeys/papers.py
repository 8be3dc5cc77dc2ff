"""What the parties write on the way, by the names of the fields, and reading the documents they get."""

from io import BytesIO
from pathlib import Path

from playwright.sync_api import FilePayload
from pypdf import PdfReader, PdfWriter


def pdf_text(path: Path) -> str:
    """The text of a PDF as it can be searched and copied, without spaces and line breaks."""
    with path.open("rb") as file:
        return "".join("".join(page.extract_text() for page in PdfReader(file).pages).split())


def a_pdf(name: str) -> FilePayload:
    """A small real PDF to attach."""
    writer, target = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(target)
    return {"name": name, "mimeType": "application/pdf", "buffer": target.getvalue()}


PROPOSAL = {
    "title": "川辺の見守りと多世代の居場所づくり事業",
    "item_field": "welfare",
    "item_issue": "共働きの家庭が増え、放課後に一人で過ごす子どもが増えています。",
    "item_purpose": "世代をこえて顔の見える関係をつくります。",
    "item_goals": "旧公民館で週3日の居場所を開き、延べ1,500人が利用する。",
    "item_goals_by": "2027-03-31",
    "item_process": "1か月目に準備会、2か月目に試行、3か月目から週3日開所します。",
    "item_roles_group": "居場所の運営、見守りボランティアの募集と調整。",
    "item_roles_city": "会場の提供、学校との連絡調整、広報。",
    "item_effects": "市だけではできない、きめ細かな見守りができます。",
    "item_beneficiaries": "放課後を一人で過ごす小学生と、話し相手のいない高齢者",
    "item_reached": "260",
    "item_open_to": "need",
    "item_methods": "subsidy",
    "item_domain": "d",
    "item_cost_total": "480000",
    "item_cost_city": "300000",
    "item_cost_notes": "会場費 120,000円、保険料 60,000円、教材費 100,000円、謝礼 200,000円",
    "item_schedule": "4月 準備会／5月 試行／6月から3月 週3日開所",
}
"""A complete form; what the group says of itself it has said before."""

RECORD: dict[str, str | tuple[str, ...]] = {
    "item_characteristics": "団体は地域の人のつながりと機動力、市は施設と学校との連携の力を持っています。",
    "item_cooperation": "月1回の定例会（夜7時、オンライン可）。",
    "item_cost_split": "市が300,000円を負担し、残りを団体の会費と寄付でまかないます。",
    "item_method_reason": "団体の自主的な取組みを資金面で支えることが最も効果的なため。",
    "item_principles": ("sharing", "equality", "understanding", "openness"),
}
"""What the consultation adds to the proposal."""

AGREEMENT = {
    "item_responsibility": "事業中の事故には、甲乙が協力して対応する。",
    "item_period": "令和8年4月20日から令和9年3月31日まで。",
    "item_law": "甲乙は関係する法令を守り、事業で知った個人情報を適切に取り扱う。",
    "period_from": "2026-04-20",
    "period_to": "2027-03-31",
    "amount": "300000",
    "budget-0-item": "会場費",
    "budget-0-amount": "120,000",
    "budget-1-item": "保険料",
    "budget-1-amount": "60,000",
    "budget-2-item": "謝礼",
    "budget-2-amount": "300,000",
}
"""What the agreement adds to the record."""

REPORT = {
    "item_activities": "居場所を週3日開き、登下校の見守りを毎日行いました。",
    "item_results": "延べ540人が利用しました。",
    "item_participants": "小学生と高齢者",
    "accounts-0-spent": "60,000",
    "accounts-1-spent": "60,000",
    "accounts-2-spent": "１００，０００円",
}
"""Half-way; the last figure as a Japanese keyboard types it."""

FINAL_REPORT = {
    "item_activities": "居場所を週3日開き、登下校の見守りを毎日行いました。",
    "item_results": "延べ1,842人が利用しました。",
    "item_participants": "小学生 延べ1,020人、高齢者 延べ690人、その他132人",
    "item_lessons": "学校との月1回の打合せが役立ちました。",
    "accounts-0-spent": "120000",
    "accounts-1-spent": "60000",
    "accounts-2-spent": "290000",
    "accounts-2-note": "謝礼の回数が1回減りました。",
}

REVIEW_ITEMS = (
    "principles",
    "aim",
    "method",
    "effect",
    "budget",
    "satisfaction",
    "participation",
    "inside",
    "network",
    "trust",
    "knowledge",
)
"""The eleven questions (V04 to V14), by key."""

GROUPS_SECRET = "謝礼が足りず、会員の持ち出しになりました。"
CITYS_SECRET = "計画どおりの執行でした。"


def self_check(budget: str, comment: str) -> dict[str, str]:
    """A sheet that says 3 everywhere but on the budget."""
    marks = {f"item_{key}-mark": "3" for key in REVIEW_ITEMS}
    return {**marks, "item_budget-mark": budget, "item_budget-comment": comment}


VOICE = {
    "how_asked": "利用者への聞き取りとアンケート（紙）",
    "answers": "86",
    "satisfied": "79",
    "merits": "安心して過ごせる場所ができた。",
}

SHEET = {
    "participants": "川辺のみまもり 3人、福祉政策課 2人、市民協働課 1人",
    "improvements": "冬の夕方の担い手を早い時期から募ります。",
    "differences": "予算について、団体は謝礼の不足、市は計画どおりの執行を重く見たためです。",
    "next_steps": "来年度は開所日を増やし、学校との連携を事業に組み込みます。",
}
"""What both sides conclude; the results come from the report."""
