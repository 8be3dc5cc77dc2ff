"""The explanation: each line's sentence and numbers, and that they are the result's own."""

from fractions import Fraction
from typing import Any

from models.selection.explanation import explained
from models.selection.lines import About, Line
from models.selection.rules import Selection
from models.selection.scoring import Result
from tests.models.selection.rulebook import by_key, entry, item, judged, out_of, recused, selection, written


def lines(rules: Selection, result: Result, number: int = 1) -> dict[About, Line]:
    """The lines by what they are about; of several the last."""
    return {line.about: line for line in explained(rules, number, result)}


def whole(**more: Any) -> tuple[Selection, Result]:
    """Five judges: 4 3 5 given, one recused and left out, one missing and filled in; weight 2; average; one digit."""
    rules = selection(
        written(
            item("benefit", label={"ja": "公益性", "en": "Public benefit"}, weight=2),
            item("spread", label={"ja": "発展普及性", "en": "Spread"}),
            missing="fill_in",
            rounding=[{"digits": 1}],
            **more,
        )
    )
    marks = [f"benefit={one} spread={other}" for one, other in ((4, 1), (3, 2), (5, 2))]
    return rules, judged(rules, 5, entry("p", marks, recused("j4")))


def test_every_step_is_said_with_its_numbers() -> None:
    """公益性 (5+4+3+4)×2÷4 = 8 of 10; 発展普及性 (2+2+1+5/3)÷4 = 5/3; together 29/3 → 9.7 of 15."""
    rules, result = whole(pass_mark={"percent": 60})
    assert [line.sentence.ja for line in explained(rules, 1, result)] == [
        "審査員5人中3人が採点、未採点1人は他の審査員の平均点で補う、除斥1人は数えない、数えるのは4人分。",
        "「公益性」: （5＋4＋3＋平均4×1人）×重み2÷4人＝8点（満点10点）",
        "「発展普及性」: （2＋2＋1＋平均5/3 (≈1.67)×1人）÷4人＝5/3 (≈1.67)点（満点5点）",
        "総合点: 8＋5/3 (≈1.67)＝29/3 (≈9.67)→9.7点（小数第1位までに四捨五入）（満点15点）",
        "9.7点は基準点9点以上です。",
        "点数の高い順で第1位です。",
        "選ばれます。",
    ]
    assert [line.sentence.en for line in explained(rules, 1, result)][1] == (
        "“Public benefit”: (5 + 4 + 3 + average 4 × 1) × weight 2 ÷ 4 judges = 8 (of 10)"
    )


def test_the_numbers_are_the_results_own() -> None:
    rules, result = whole(pass_mark={"percent": 60})
    said = lines(rules, result)
    assert result.tally is not None
    assert said[About.ITEM].figures[-1] == result.tally.items[-1].points == Fraction(5, 3)
    assert said[About.TOTAL].figures == (8, Fraction(5, 3), Fraction(29, 3), result.tally.total.points)
    assert said[About.PASSED].figures == (Fraction(97, 10), 9)


def test_a_judges_marks_cannot_be_followed_from_item_to_item() -> None:
    rules = selection(written(item("a"), item("b")))
    result = judged(rules, 2, entry("p", ["a=1 b=5", "a=5 b=1"]))
    assert [line.figures[:2] for line in explained(rules, 1, result) if line.about is About.ITEM] == [(5, 1), (5, 1)]


def test_conversion_extremes_and_zeros_are_said() -> None:
    rules = selection(written(item("a"), aggregation="share", drop_extremes=1, quorum=3, missing="zero"))
    said = lines(rules, judged(rules, 6, entry("p", ["a=5", "a=4", "a=3", "a=3"])))
    assert said[About.JUDGES].sentence.ja == (
        "審査員6人中4人が採点、未採点2人は0点とする、合計が高い1人と低い1人を除く、数えるのは4人分。"
    )
    assert said[About.ITEM].sentence.ja == "「a」: （4＋3＋3＋0×1人）÷全員の満点20点×100＝50点（満点100点）"
    assert said[About.ITEM].sentence.en == "“a”: (4 + 3 + 3 + 0 × 1) ÷ 20 that all judges can give × 100 = 50 (of 100)"


def test_rounding_by_judge_is_said() -> None:
    rules = selection(written(item("a", weight="0.5"), rounding=[{"at": "judge", "how": "up"}]))
    total = lines(rules, judged(rules, 2, entry("p", ["a=3", "a=4"])))[About.TOTAL]
    assert total.sentence.ja == "総合点: 審査員ごとの合計（整数に切上げ）の和4÷2人＝2点（満点2.5点）"
    assert total.figures == (4, 2, 2)


def test_reasons_stand_in_it() -> None:
    rules = selection(written(item("a"), pass_mark={"points": 4}, vetoes=[{"item": "a", "at_or_below": 0}]))
    result = judged(rules, 2, entry("p", ["a=5", "a=0"]))
    said = [line for line in explained(rules, 1, result) if line.about is About.REASON]
    assert [(line.sentence, line.figures) for line in said] == [(one.sentence, one.figures) for one in result.reasons]
    assert [line.sentence.ja for line in said] == [
        "「a」は1人の評点が0点以下のため、失格です。",
        "総合点は2.5点で、基準点4点に達していません。",
    ]


def test_nobodys_marks_leave_only_the_reason() -> None:
    rules = selection(written(item("a")))
    assert [line.sentence.ja for line in explained(rules, 1, judged(rules, 1, entry("p", [])))] == [
        "採点した審査員がいません。"
    ]


def test_both_rounds_are_said() -> None:
    rules = selection(
        written(item("a"), key="papers"),
        written(item("c")),
        carry={"first": 40, "second": 60, "pass_mark": {"points": 6}},
    )
    result = by_key(rules, 1, [entry("p", ["c=4"], earlier=out_of(9, 10))], number=2)["p"]
    said = lines(rules, result, 2)
    assert (
        said[About.CARRIED].sentence.ja
        == "両審査の合計: 「公開プレゼンテーション」9×40％＋「公開プレゼンテーション」4×60％＝6点（満点7点）"
    )
    assert said[About.CARRIED].figures == (9, 4, 6, 6)
    assert said[About.PASSED].figures == (6, 6)


def test_ties_and_money_are_said() -> None:
    ties = [{"by": "item", "item": "a"}, {"by": "cost"}, {"by": "lot"}]
    award = {"when_short": "cut", "unit": 1000, "adjusting": True}
    rules = selection(written(item("a"), item("b"), ties=ties), award=award)
    entries = [
        entry("R8-1", ["a=4 b=2"], asked=300_000, adjusted=250_000),
        entry("R8-2", ["a=3 b=3"], asked=100_000),
        entry("R8-3", ["a=3 b=3"], asked=200_000, order=2),
        entry("R8-4", ["a=3 b=3"], asked=200_000, order=1),
    ]
    found = by_key(rules, 1, entries, budget=500_500)
    texts = {key: [line.sentence.ja for line in explained(rules, 1, one)][4:] for key, one in found.items()}
    assert texts == {
        "R8-1": [
            "基準を満たしています。",
            "点数の高い順で第1位です。",
            "同点の「R8-2」とは、「a」の点数（4と3）により上位です。",
            "選ばれます（要望額300,000円を250,000円に査定、規則による額250,000円、予算の残り500,500円、250,000円）。",
        ],
        "R8-2": [
            "基準を満たしています。",
            "点数の高い順で第2位です。",
            "同点の「R8-1」とは、「a」の点数（3と4）により下位です。",
            "同点の「R8-4」とは、要望額の少なさ（100,000円と200,000円）により上位です。",
            "選ばれます（要望額100,000円、規則による額100,000円、予算の残り250,500円、100,000円）。",
        ],
        "R8-4": [
            "基準を満たしています。",
            "点数の高い順で第3位です。",
            "同点の「R8-2」とは、要望額の少なさ（200,000円と100,000円）により下位です。",
            "同点の「R8-3」とは、くじの順（1と2）により上位です。",
            "選ばれます（要望額200,000円、規則による額200,000円、予算の残り150,500円、残りに合わせて150,000円）。",
        ],
        "R8-3": [
            "基準を満たしています。",
            "点数の高い順で第4位です。",
            "同点の「R8-4」とは、くじの順（2と1）により下位です。",
            "予算が足りないため、選ばれません（要望額200,000円、規則による額200,000円、予算の残り500円）。",
        ],
    }


def test_a_shared_rank_is_said_and_what_it_waits_for() -> None:
    level = [entry("p1", ["a=3"]), entry("p2", ["a=3"])]
    for ties, sentence in (
        ([], "ほか1件と同順位です。"),
        ([{"by": "lot"}], "くじか合議で決まるまでほか1件と同順位です。"),
    ):
        rules = selection(written(item("a"), ties=ties))
        assert lines(rules, by_key(rules, 1, level)["p1"])[About.TIE].sentence.ja == sentence
