"""What each short value of a programme's file is called when people talk about it."""

from enum import StrEnum

from models.programme.calls import Consortium, Proposer
from models.programme.exact import How
from models.programme.forms import Comparison
from models.programme.grounds import RuleKind, Severity, Subject
from models.programme.kinds import ItemKind
from models.programme.schema import Party, SelectAfter
from models.selection.parts import Absence, Aggregation, By, Depth, Order, Step, TieBy, WhenShort, Whose
from models.words import Word

YES, NO = Word("はい", "yes"), Word("いいえ", "no")

_CALLED: tuple[tuple[StrEnum, Word], ...] = (
    (ItemKind.LINE, Word("1行の文", "one line")),
    (ItemKind.TEXT, Word("文章", "text")),
    (ItemKind.NUMBER, Word("数", "number")),
    (ItemKind.DATE, Word("日付", "date")),
    (ItemKind.PERIOD, Word("期間", "period")),
    (ItemKind.YEN, Word("金額", "amount")),
    (ItemKind.CHOICE, Word("1つ選択", "one choice")),
    (ItemKind.CHOICES, Word("複数選択", "several choices")),
    (ItemKind.DECLARATION, Word("誓約", "declaration")),
    (ItemKind.TABLE, Word("表", "table")),
    (ItemKind.FILE, Word("添付", "files")),
    (Severity.HARD, Word("除く", "excluded")),
    (Severity.SOFT, Word("なじまない", "not suited")),
    (Subject.PROJECT, Word("事業", "project")),
    (Subject.GROUP, Word("団体", "group")),
    (RuleKind.DECLARED, Word("誓約・回答", "what is declared")),
    (RuleKind.MEMBERS, Word("構成員数", "number of members")),
    (RuleKind.OFFICERS, Word("役員数", "number of officers")),
    (RuleKind.IN_THE_CITY, Word("市内の構成員数", "members in the city")),
    (RuleKind.YEARS_ACTIVE, Word("活動年数", "years of activity")),
    (RuleKind.REGISTERED, Word("団体登録", "registration")),
    (RuleKind.SEAT, Word("所在地", "seat")),
    (RuleKind.OWN_RULES, Word("規約", "rules of its own")),
    (RuleKind.KIND, Word("団体の種類", "kind of group")),
    (RuleKind.TIMES_A_YEAR, Word("年度内の提案回数", "proposals in a year")),
    (RuleKind.TIMES_A_CALL, Word("募集ごとの提案回数", "proposals in a call")),
    (RuleKind.TIMES_IN_ALL, Word("通算の支援の回数", "times supported in all")),
    (RuleKind.YEARS_IN_A_ROW, Word("連続した支援の年数", "years of support in a row")),
    (RuleKind.YEARS_IN_ALL, Word("通算の支援の年数", "years of support in all")),
    (RuleKind.PAUSE, Word("支援のあとの間", "pause after support")),
    (RuleKind.SUPPORTED_BEFORE, Word("前の年度の支援", "support in the year before")),
    (RuleKind.SAME_TITLE, Word("重複した提案", "the same proposal twice")),
    (RuleKind.FEW, Word("受益者の数", "number of people who benefit")),
    (RuleKind.COSTS, Word("対象外経費", "ineligible costs")),
    (RuleKind.AMOUNT, Word("上限額・補助率", "cap and share")),
    (RuleKind.PERIOD, Word("実施期間", "period")),
    (Comparison.AT_MOST, Word("以下", "at most")),
    (Comparison.AT_LEAST, Word("以上", "at least")),
    (Comparison.EQUAL, Word("等しい", "equal to")),
    (Comparison.NOT_AFTER, Word("より遅くない", "not later than")),
    (Proposer.CITIZENS, Word("市民からの提案", "the citizens' own ideas")),
    (Proposer.CITY, Word("行政が示す課題", "themes that are set")),
    (Proposer.IDEA, Word("アイデア", "ideas")),
    (Proposer.GROUPS, Word("団体どうし", "groups among themselves")),
    (Consortium.ALONE, Word("1団体のみ", "one group only")),
    (Consortium.ALLOWED, Word("複数団体も可", "one or several groups")),
    (Consortium.TOGETHER, Word("複数団体のみ", "several groups only")),
    (Party.CITIZENS, Word("市民", "citizens")),
    (Party.GROUP, Word("団体", "group")),
    (Party.CITY, Word("市", "city")),
    (SelectAfter.SCREENING, Word("協議の前に審査", "before consultation")),
    (SelectAfter.CONSULTATION, Word("協議の後に審査", "after consultation")),
    (Aggregation.SUM, Word("合計", "sum")),
    (Aggregation.AVERAGE, Word("平均", "average")),
    (Aggregation.SHARE, Word("満点に対する割合", "share of the maximum")),
    (Absence.LEAVE_OUT, Word("除いて計算", "left out")),
    (Absence.FILL_IN, Word("平均で補う", "filled in with the average")),
    (Absence.ZERO, Word("0点", "nought points")),
    (Absence.NO_RESULT, Word("審査不成立", "no valid result")),
    (Order.POINTS, Word("得点順", "by points")),
    (Order.MEAN_RANK, Word("順位の平均", "by mean rank")),
    (Depth.NOTHING, Word("決定のみ", "the decision only")),
    (Depth.OUTCOME, Word("通過と講評", "who passed, and remarks")),
    (Depth.RANK, Word("順位まで", "ranks too")),
    (Depth.TOTALS, Word("合計点まで", "totals too")),
    (Depth.ITEMS, Word("項目別の点まで", "points by item too")),
    (Depth.SHEETS, Word("採点票まで（氏名なし）", "every sheet, without names")),
    (Whose.ALL, Word("すべての提案", "every proposal")),
    (Whose.PASSED, Word("通過・採択された提案だけ", "only those that passed and were adopted")),
    (How.HALF_UP, Word("四捨五入", "half up")),
    (How.HALF_EVEN, Word("銀行丸め", "half to even")),
    (How.DOWN, Word("切捨て", "down")),
    (How.UP, Word("切上げ", "up")),
    (Step.ITEM, Word("項目ごと", "each item")),
    (Step.JUDGE, Word("委員ごと", "each judge")),
    (Step.TOTAL, Word("合計", "the total")),
    (By.ANY, Word("1人でも", "any judge")),
    (By.MAJORITY, Word("過半数", "more than half")),
    (By.AVERAGE, Word("平均", "the average")),
    (TieBy.POINTS, Word("得点", "points")),
    (TieBy.ITEM, Word("特定の項目の点", "points on an item")),
    (TieBy.FIRSTS, Word("1位とした委員の数", "judges who put it first")),
    (TieBy.FEWER_LOWS, Word("低い評点の少なさ", "fewer low marks")),
    (TieBy.COST, Word("申請額の少なさ", "smaller amount")),
    (TieBy.LOT, Word("くじ", "lot")),
    (TieBy.COMMITTEE, Word("委員会の合議", "the committee")),
    (TieBy.SHARED, Word("同順位", "shared rank")),
    (WhenShort.STOP, Word("そこで終える", "stop there")),
    (WhenShort.SKIP, Word("次の提案へ", "go on to the next")),
    (WhenShort.CUT, Word("残額を充てる", "give what is left")),
)

_WORDS = {(type(value), value.value): word for value, word in _CALLED}


def value_in_words(value: bool | StrEnum) -> Word:
    """What a value is called. Raises KeyError for one that nobody gave a name."""
    if isinstance(value, bool):
        return YES if value else NO
    return _WORDS[(type(value), value.value)]
