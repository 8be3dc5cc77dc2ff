"""What is missing or wrong on one judge's sheet, item by item, as the form asks for it."""

from decimal import Decimal

from models.selection.rules import Round
from models.selection.sheets import Sheet, sheet_faults
from tests.models.selection.rulebook import item, recused, selection, sheet, written

RULES: Round = selection(
    written(
        item("benefit"),
        item("together", scale={"lowest": 1, "highest": 10, "step": "0.5"}, comment_at_or_below=3),
        item(
            "ok",
            scale={
                "marks": [
                    {"label": {"ja": "○", "en": "yes"}, "value": 1},
                    {"label": {"ja": "×", "en": "no"}, "value": 0},
                ]
            },
        ),
        comment_at_or_below=1,
    )
).rounds[0]


def told(one: Sheet) -> dict[str, str]:
    """The faults in Japanese by item."""
    return {missing.field: missing.sentence.ja for missing in sheet_faults(RULES, one)}


def test_a_whole_sheet_has_no_faults() -> None:
    assert told(sheet("abe", "benefit=2 together=3.5 ok=1", comments={"ok": "書類を確認"})) == {}


def test_every_gap_is_named() -> None:
    assert told(Sheet("abe")) == {key: f"「{key}」の評点を選んでください。" for key in ("benefit", "together", "ok")}


def test_marks_off_the_scale_are_named_with_the_scale() -> None:
    found = told(sheet("abe", "benefit=6 together=3.2 ok=0.5 other=1", comments={"ok": "?"}))
    assert found == {
        "benefit": "「benefit」は0から5まで1刻みで入力してください。",
        "together": "「together」は1から10まで0.5刻みで入力してください。",
        "ok": "「ok」は次から選んでください: ○（1）、×（0）",
        "other": "この審査項目はありません。入力し直してください。",
    }


def test_marks_that_are_no_exact_numbers_are_off_the_scale() -> None:
    for mark in (Decimal("NaN"), Decimal("Infinity"), 2.0, True, "2", Decimal("2.0000000000000000000000000000000001")):
        assert "benefit" in told(Sheet("abe", {"benefit": mark}))  # type: ignore[dict-item]


def test_low_marks_ask_for_a_comment_each_item_by_its_own_value() -> None:
    low = sheet("abe", "benefit=1 together=3 ok=1", comments={"benefit": "  ", "ok": "書類を確認"})
    assert told(low) == {
        "benefit": "「benefit」は1点以下です。理由をコメントに書いてください。",
        "together": "「together」は3点以下です。理由をコメントに書いてください。",
    }
    assert sheet_faults(RULES, low)[1].sentence.en == "“together” has 3 or less. Write the reason as a comment."


def test_whoever_is_recused_owes_nothing() -> None:
    assert sheet_faults(RULES, recused("abe")) == []
