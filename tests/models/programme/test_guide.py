"""The guidelines of a call say what the programme's file says, in both languages, and nothing twice."""

from datetime import date, datetime

import pytest

from models.clock import TOKYO
from models.programme.calls import Call
from models.programme.grounds import Criterion, GroundRule, RuleKind, Severity, Subject
from models.programme.guide import Section, guide
from models.programme.guide_calendar import ALWAYS, deadline, happenings, moment, window_in_words
from models.programme.guide_rounds import round_lines
from models.programme.library import DEFAULT, programme, shipped, shipped_text
from models.programme.reading import read
from models.selection.rules import Round
from models.words import Word

RULES = programme(DEFAULT)
ANYTIME, THEMES, *_ = RULES.calls


def part(key: str) -> Section:
    """A part of the guidelines of the themes' call."""
    return next(section for section in guide(RULES, THEMES) if section.key == key)


@pytest.mark.req("I05", "T01")
def test_the_guidelines_say_what_the_file_says() -> None:
    assert [section.key for section in guide(RULES, THEMES)] == [
        "outline", "themes", "who", "what", "money", "how", "help", "calendar", "judging", "answer", "contact",
    ]  # fmt: skip
    outline = {what.ja: how.ja for what, how in part("outline").facts}
    assert outline == {
        "種類": "行政提案型",
        "提案の内容": "行政が示す課題",
        "募集期間": "令和8年10月1日（木） 9時から令和9年1月29日（金） 17時まで",
        "実施する年度": "令和9年度",
        "予定件数": "3件",
        "予算額": "2,000,000円",
    }
    assert part("outline").after[0].ja.startswith("この募集は予算の成立を前提としています。")
    assert part("themes").points[1].ja == "外国人住民と進める防災（担当：危機管理課、概算600,000円）"
    assert part("themes").points[0].ja == "高齢者の孤立を防ぐ見守り（担当：福祉政策課、概算800,000円、上限700,000円）"
    assert part("themes").after == ()
    assert {what.ja: how.ja for what, how in part("money").facts} == {
        "上限額": "1,000,000円",
        "端数": "1,000円未満は切捨て",
    }
    assert "対象外：宗教活動（第1章6(2)）" in [point.ja for point in part("what").points]
    assert "希望する協働の手法（任意）" in [point.ja for point in part("how").points]
    assert part("answer").sentences[0].ja == "締切から60日以内に、結果と理由をお知らせします。"


@pytest.mark.req("S01", "T05")
def test_they_say_how_it_is_judged_before_anybody_proposes() -> None:
    lines = [point.ja for point in part("judging").points]
    assert lines[0] == "第1次審査（書類）：公益性（5点）、実現可能性（5点）、協働の必要性（5点）"
    assert "第1次審査（書類）：審査員の点を平均します（15点満点）。" in lines
    assert "第2次審査（公開プレゼンテーション）の基準点：60点（100点満点）" in lines
    assert "第2次審査（公開プレゼンテーション）：説明10分、質疑10分、傍聴できます" in lines
    assert "第2次審査（公開プレゼンテーション）の公表：合計点まで" in lines
    assert "judging" not in [section.key for section in guide(RULES, ANYTIME)]


def lines_of(key: str, call_key: str, section: str) -> list[str]:
    """Everything that a part of a call's guidelines says, in Japanese."""
    rules = programme(key)
    call = rules.call(call_key)
    assert call is not None
    one = next(one for one in guide(rules, call) if one.key == section)
    facts = [f"{what.ja}：{how.ja}" for what, how in one.facts]
    return [*(w.ja for w in one.sentences), *facts, *(w.ja for w in one.points), *(w.ja for w in one.after)]


@pytest.mark.req("I05", "S01")
def test_a_town_says_how_votes_count_and_that_the_small_course_goes_by_who_comes_first() -> None:
    judging = lines_of("narumino", "r10_vote", "judging")
    assert judging[0] == "町民投票：得票（12000点）"
    assert judging[1].startswith("得票：18歳以上の町民が、")
    assert "町の負担割合（全年度）：75％以内" in lines_of("narumino", "r10_vote", "money")
    assert lines_of("narumino", "r9_small", "outline")[-1].startswith("先着順で受け付けます。")
    assert any("町が代わって入力します" in line for line in lines_of("narumino", "r10_vote", "how"))


def test_a_call_for_what_goes_on_says_so() -> None:
    assert lines_of("starter", "r9_continuing", "who")[0] == "これまでに支援を受けた事業を続けるための募集です。"


def test_the_calendar_is_in_the_order_of_the_days() -> None:
    days = [(one.label.ja, one.when.ja) for one in happenings(THEMES)]
    assert days == [
        ("募集の開始", "令和8年10月1日（木） 9時"),
        ("募集説明会", "令和8年10月17日（土） 14時"),
        ("募集の締切", "令和9年1月29日（金） 17時"),
        ("公開プレゼンテーション", "令和9年2月20日（土）"),
        ("結果の通知", "3月中旬"),
    ]
    assert happenings(THEMES)[3].starts == date(2027, 2, 20)
    assert happenings(ANYTIME) == ()


def test_midnight_ends_the_day_before_and_begins_the_day_it_belongs_to() -> None:
    midnight = datetime(2027, 1, 30, tzinfo=TOKYO)
    assert deadline(midnight) == Word("令和9年1月29日（金） 24時", "24:00 on 29 January 2027 (Fri)")
    assert moment(midnight) == Word("令和9年1月30日（土） 0時", "00:00 on 30 January 2027 (Sat)")
    for said in (deadline, moment):
        assert said(datetime(2027, 1, 29, 17, 15, tzinfo=TOKYO)).ja == "令和9年1月29日（金） 17時15分"


def call_of(**keys: object) -> Call:
    """A call that says this besides what every call says."""
    return Call.model_validate({"key": "r9", "type": "theme", "label": "募集", "fiscal_year": 2027, **keys})


def test_a_call_from_midnight_to_midnight_opens_on_its_first_day_and_closes_on_its_last() -> None:
    call = call_of(
        opens="2027-07-01 00:00", closes="2027-08-01 00:00",
        occasions=[{"label": "中間説明", "at": "2027-07-15 00:00"}, {"label": "審査", "day": "2027-08-01"}],
    )  # fmt: skip
    assert window_in_words(call).ja == "令和9年7月1日（木） 0時から令和9年7月31日（土） 24時まで"
    assert window_in_words(call_of(opens="2027-07-01 00:00")).ja == "令和9年7月1日（木） 0時から随時"
    assert [(one.label.ja, one.when.ja) for one in happenings(call)] == [
        ("募集の開始", "令和9年7月1日（木） 0時"),
        ("中間説明", "令和9年7月15日（木） 0時"),
        ("募集の締切", "令和9年7月31日（土） 24時"),
        ("審査", "令和9年8月1日（日）"),
    ]


@pytest.mark.parametrize(
    ("occasions", "order"),
    [
        # one that is only roughly known stands before the next of the file, not after everything
        (["一次 11月中旬", "二次 2027-12-20", "結果 1月"], "開始 締切 一次 二次 結果"),
        # a month that is named lies before or after the closing as it says
        (["説明会 10月上旬", "一次 11月下旬", "二次 2027-12-20"], "開始 説明会 締切 一次 二次"),
        # without a month only the neighbours say where
        (["一次 締切の後すぐ", "二次 2027-12-20"], "開始 締切 一次 二次"),
        (["一次 秋", "二次 冬"], "開始 締切 一次 二次"),
        # one that names no month does not hold back those after it
        (["相談 そのつど", "一次 10月上旬", "二次 2027-12-20"], "開始 相談 一次 締切 二次"),
        # the file's order holds against a month that would turn it round
        (["一次 2027-12-01", "二次 11月中旬", "結果 2028-01-15"], "開始 締切 一次 二次 結果"),
        (["一次 12月", "二次 １２月", "結果 3月末"], "開始 締切 一次 二次 結果"),
    ],
)
def test_what_has_no_date_keeps_its_place_between_its_neighbours(occasions: list[str], order: str) -> None:
    told = [one.split(" ") for one in occasions]
    call = call_of(
        opens="2027-09-15 09:00", closes="2027-10-31 17:00",
        occasions=[{"label": what, "day" if when.startswith("2") else "roughly": when} for what, when in told],
    )  # fmt: skip
    assert [one.label.ja.removeprefix("募集の") for one in happenings(call)] == order.split(" ")


def test_talks_in_months_stand_before_the_closing_in_a_calendar_from_life() -> None:
    assert [one.label.ja for one in happenings(programme("toyonaka").calls[0])][:7] == [
        "募集の開始", "仮申込（事前意見交換申込）の締切", "個別の募集説明", "第1回 事前意見交換会", "第2回 事前意見交換会",
        "募集の締切", "公開プレゼンテーション",
    ]  # fmt: skip


def test_without_an_opening_a_month_is_looked_for_near_the_closing() -> None:
    call = call_of(
        closes="2027-04-10 17:00",
        occasions=[{"label": "説明会", "roughly": "3月中旬"}, {"label": "結果", "roughly": "5月"}],
    )
    assert [one.label.ja for one in happenings(call)] == ["説明会", "募集の締切", "結果"]
    alone = call_of(occasions=[{"label": "結果", "roughly": "5月"}, {"label": "説明会", "roughly": "13月"}])
    assert [one.label.ja for one in happenings(alone)] == ["結果", "説明会"]


ASKED = """
  - {key: shape, kind: choice, label: 形, choices: [{key: event, label: 催し}, {key: survey, label: 調査}, {key: shop, label: 店}]}
  - {key: rain, when: {item: shape, answers: [event, shop]}, label: 雨のとき}
  - {key: map, kind: file, limit: 1, when: {item: shape, answers: [event]}, label: 会場図}
  - {key: books, kind: file, limit: 1, kinds: [company, civic], label: 決算書}
  - {key: letter, kind: file, limit: 1, required: false, label: 推薦状}
  - {key: rain_why, when: {item: rain}, required: false, label: 雨の備え}
  - {key: loneliness, when: {item: call_theme, answers: [loneliness]}, label: 見守りの方法}
  - {key: only_open, types: [open], label: 随時だけの質問}
"""


@pytest.mark.req("I05")
def test_what_is_asked_of_some_alone_says_of_whom_and_when() -> None:
    text = shipped_text(DEFAULT).replace("proposal_items:\n", f"proposal_items:{ASKED}", 1)
    rules, faults = read(text.encode())
    assert rules is not None, faults
    theme, free = rules.calls[1], rules.calls[0]
    lines = [point.ja for one in guide(rules, theme) if one.key == "how" for point in one.points]
    for line in (
        "雨のとき（「形」で「催し」か「店」を選んだ場合）",
        "会場図（添付・「形」で「催し」を選んだ場合）",
        "決算書（添付・市民活動組織・企業の場合）",
        "推薦状（添付・任意）",
        "雨の備え（任意・「雨のとき」に答えた場合）",
        "見守りの方法（「取り組むテーマ」で「高齢者の孤立を防ぐ見守り」を選んだ場合）",
    ):
        assert line in lines
    assert "随時だけの質問" not in lines
    open_lines = [point.ja for one in guide(rules, free) if one.key == "how" for point in one.points]
    assert "随時だけの質問" in open_lines
    assert not [line for line in open_lines if line.startswith("見守りの方法")]


def test_the_kinds_of_groups_that_may_propose_are_listed_without_those_that_are_out() -> None:
    kinds = {what.ja: how.ja for what, how in part("who").facts}["団体の種類"]
    assert kinds == "、".join(kind.label.ja for kind in RULES.partner_types)
    assert kinds.endswith("企業")
    out = Criterion(
        key="firms", severity=Severity.HARD, subject=Subject.GROUP, label=Word("企業", "Companies"),
        clause=Word("第3条", "Article 3"), rule=GroundRule(kind=RuleKind.KIND, answers=("company",)), types=("theme",),
    )  # fmt: skip
    rules = RULES.model_copy(update={"criteria": (*RULES.criteria, out)})

    def listed(call: Call) -> str:
        [who] = [one for one in guide(rules, call) if one.key == "who"]
        return who.facts[0][1].ja

    assert "企業" not in listed(THEMES)
    assert listed(ANYTIME) == kinds


def test_a_condition_for_some_kinds_of_groups_says_so() -> None:
    some = Criterion(
        key="aim", severity=Severity.HARD, subject=Subject.GROUP, label=Word("求人だけのもの", "Hiring alone"),
        condition=Word("地域に事業所があること", "It has an office here"), clause=Word("第3条", "Article 3"), kinds=("company",),
    )  # fmt: skip
    [who] = [one for one in guide(RULES.model_copy(update={"criteria": (some,)}), THEMES) if one.key == "who"]
    assert [point.ja for point in who.points] == ["地域に事業所があること（企業の場合）"]


def lines_of_round(**keys: object) -> list[str]:
    """What the guidelines say of a round of two items, one with a weight of 30 and one of 20, each marked 0 to 5."""
    items = [{"key": "issue", "label": "課題の把握", "weight": 30}, {"key": "plan", "label": "計画", "weight": 20}]
    usual = {"key": "first", "label": "審査", "items": items, "scale": {"highest": 5}}
    return [line.ja for line in round_lines(Round.model_validate({**usual, **keys}), last=False)]


@pytest.mark.parametrize(
    ("aggregation", "items", "together", "mark"),
    [
        ("average", "課題の把握（150点）、計画（100点）", "審査員の点を平均します（250点満点）。", "60点（250点満点）"),
        (
            "share",
            "課題の把握（60点）、計画（40点）",
            "審査員の点（1人250点満点）の合計が全員の満点に占める割合を、100点満点に換算します。",
            "60点（100点満点）",
        ),
        (
            "sum",
            "課題の把握（150点）、計画（100点）",
            "審査員の点を合計します（上の審査項目の点は1人あたりで、1人250点満点です）。",
            "60点（1250点満点）",
        ),
    ],
)
@pytest.mark.req("S01", "T05")
def test_points_and_pass_mark_are_told_in_numbers_that_fit_together(
    aggregation: str, items: str, together: str, mark: str
) -> None:
    lines = lines_of_round(aggregation=aggregation, judges=5, pass_mark={"points": 60})
    assert lines[0] == f"審査：{items}"
    assert f"審査：{together}" in lines
    assert f"審査の基準点：{mark}" in lines


def test_sums_leave_out_extremes_and_say_no_maximum_where_nobody_knows_how_many_judge() -> None:
    rules = {"aggregation": "sum", "pass_mark": {"points": 60, "above": True}}
    assert "審査の基準点：60点（750点満点）を超えること" in lines_of_round(**rules, judges=5, drop_extremes=1, quorum=3)
    assert "審査の基準点：60点を超えること" in lines_of_round(**rules)


def test_a_share_that_is_no_round_number_is_told_roughly() -> None:
    items = [{"key": "a", "label": "公益性", "weight": 2}, {"key": "b", "label": "計画", "pass_mark": {"percent": 40}}]
    lines = lines_of_round(items=items, aggregation="share")
    assert lines[0] == "審査：公益性（約66.7点）、計画（約33.3点）"
    assert "審査の「計画」の基準点：満点の40％" in lines


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("any", "審査：審査員が1人でも「計画」を1点以下とした提案は、合計にかかわらず通過しません。"),
        ("majority", "審査：審査員の過半数が「計画」を1点以下とした提案は、合計にかかわらず通過しません。"),
        ("average", "審査：「計画」の平均が1点以下の提案は、合計にかかわらず通過しません。"),
    ],
)
def test_what_strikes_a_proposal_is_told_before_anybody_proposes(by: str, told: str) -> None:
    assert told in lines_of_round(vetoes=[{"item": "plan", "at_or_below": 1, "by": by}])


@pytest.mark.parametrize(
    ("ties", "told"),
    [
        (
            [{"by": "item", "item": "issue"}, {"by": "cost"}, {"by": "lot"}],
            ["審査：同点のときの順位は、「課題の把握」の点数、次に要望額の少なさ、次にくじの順で決めます。"],
        ),
        (
            [{"by": "item", "item": "plan"}, {"by": "shared"}],
            ["審査：同点のときの順位は、「計画」の点数で決めます。", "審査：それでも同点のものは、同じ順位です。"],
        ),
        ([{"by": "shared"}], ["審査：同点のものは、同じ順位です。"]),
        ([], []),
    ],
)
def test_what_decides_between_equals_is_told(ties: list[dict[str, str]], told: list[str]) -> None:
    assert [line for line in lines_of_round(ties=ties) if "同点" in line] == told


def test_how_many_judge_and_how_many_come_through_are_told() -> None:
    lines = lines_of_round(judges=7, most=5, publishes_of="passed")
    assert "審査：審査員は7人です。" in lines
    assert "審査：通過するのは、上位の5件までです。" in lines
    assert lines[-1] == "審査の公表：通過と講評（通過・採択された提案だけ）"
    starter = lines_of("starter", "r9_citizens", "judging")
    assert "公開プレゼンテーション審査：選ばれるのは、上位の5件までです。" in starter


def test_a_call_without_a_window_is_open_at_any_time() -> None:
    assert window_in_words(ANYTIME) == ALWAYS
    from_day = ANYTIME.model_copy(update={"opens": THEMES.opens})
    assert window_in_words(from_day).ja == "令和8年10月1日（木） 9時から随時"
    until = ANYTIME.model_copy(update={"closes": THEMES.closes})
    assert window_in_words(until).en == "Until 17:00 on 29 January 2027 (Fri)"


@pytest.mark.parametrize("key", shipped())
def test_every_shipped_call_has_guidelines_in_both_languages(key: str) -> None:
    rules = programme(key)
    for call in rules.calls:
        for section in guide(rules, call):
            words = [section.heading, *section.sentences, *section.points, *section.after]
            words += [word for pair in section.facts for word in pair]
            assert section.says_something
            assert all(word.ja.strip() and word.en.strip() and "{" not in word.ja + word.en for word in words)
