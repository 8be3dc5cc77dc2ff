"""The guidelines of a call say what the programme's file says, in both languages, and nothing twice."""

from datetime import date, datetime

import pytest

from models.clock import TOKYO
from models.programme.guide import ALWAYS, Section, guide, happenings, moment, window_in_words
from models.programme.library import DEFAULT, programme, shipped
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
    assert "第2次審査（公開プレゼンテーション）の基準点：60点" in lines
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


def test_midnight_is_the_end_of_the_day_before() -> None:
    assert moment(datetime(2027, 1, 30, tzinfo=TOKYO)) == Word(
        "令和9年1月29日（金） 24時", "24:00 on 29 January 2027 (Fri)"
    )
    assert moment(datetime(2027, 1, 29, 17, 15, tzinfo=TOKYO)).ja == "令和9年1月29日（金） 17時15分"


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
