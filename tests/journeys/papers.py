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
    "item_methods": "subsidy",
    "item_domain": "d",
    "item_cost_total": "480000",
    "item_cost_city": "300000",
    "item_cost_notes": "会場費 120,000円、保険料 60,000円、教材費 100,000円、謝礼 200,000円",
    "item_schedule": "4月 準備会／5月 試行／6月から3月 週3日開所",
}
"""A complete form; what the group says of itself it has said before."""
