"""募集要項: what a call's guidelines say, part by part, made from the programme's file and nothing else (I05, T01).

The page, the printed guidelines and the calendar feed all read it, so that everybody is told the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from models.calendar import fiscal_year_in_words
from models.programme.calls import Call, CallType, Consortium, Money, Proposer
from models.programme.exact import share_in_words
from models.programme.grounds import RuleKind, Severity, Subject
from models.programme.guide_calendar import happenings, window_in_words
from models.programme.guide_items import asked_lines, for_kinds
from models.programme.guide_rounds import round_lines
from models.programme.schema import Programme
from models.programme.values import value_in_words
from models.words import Word

ONGOING = Word(
    "これまでに支援を受けた事業を続けるための募集です。", "For projects that were supported before and go on."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the guidelines: sentences, then pairs of what and how much, then a list."""

    key: str
    heading: Word
    sentences: tuple[Word, ...] = ()
    facts: tuple[tuple[Word, Word], ...] = ()
    points: tuple[Word, ...] = ()
    after: tuple[Word, ...] = ()
    """Sentences below the list."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything below the heading."""
        return bool(self.sentences or self.facts or self.points or self.after)


def guide(rules: Programme, call: Call) -> tuple[Section, ...]:
    """The guidelines of a call, in the order in which people ask."""
    kind = next((one for one in rules.types if one.key == call.type), None)
    parts = [
        _outline(call, kind),
        Section(
            "themes",
            Word("募集するテーマ", "Themes"),
            points=tuple(_theme_lines(call)),
            after=(Word("これ以外の自由なテーマでも提案できます。", "Other themes may be proposed too."),)
            if call.themes and call.free_theme
            else (),
        ),
        _who(rules, call, kind),
        _what(rules, call),
        _money(rules, kind.money if kind else Money()),
        _how(rules, call),
        _help_with_writing(rules),
        Section("calendar", Word("日程", "Calendar"), facts=tuple(_calendar_lines(call))),
        _judging(rules, call),
        _answer(call),
        Section("contact", Word("問い合わせ先", "Whom to ask"), sentences=_some(rules.portal.contact)),
    ]
    return tuple(part for part in parts if part.says_something)


def _year(year: int) -> Word:
    return Word(fiscal_year_in_words(year), fiscal_year_in_words(year, "en"))


def _yen(amount: int) -> Word:
    return Word(f"{amount:,}円", f"{amount:,} yen")


def _some(*words: Word) -> tuple[Word, ...]:
    return tuple(word for word in words if word.ja)


def _outline(call: Call, kind: CallType | None) -> Section:
    facts = [(Word("募集期間", "Open"), window_in_words(call))]
    if kind is not None:
        facts.insert(0, (Word("種類", "Type"), kind.label))
        if kind.proposer is not Proposer.CITIZENS:
            facts.insert(1, (Word("提案の内容", "Matter"), value_in_words(kind.proposer)))
    facts.append((Word("実施する年度", "Projects run in"), _year(call.fiscal_year)))
    if call.places:
        facts.append((Word("予定件数", "Projects wanted"), Word(f"{call.places}件", str(call.places))))
    if call.budget:
        facts.append((Word("予算額", "Budget"), _yen(call.budget)))
    after = []
    if call.first_come:
        after.append(
            Word(
                "先着順で受け付けます。受け付けた提案が予算額または予定件数に達すると、期間の途中でも締め切ります。",
                "First come, first served: it closes before its time when what has come takes up the budget or the places.",
            )
        )
    if call.subject_to_budget:
        after.append(
            Word(
                "この募集は予算の成立を前提としています。採択は、議決までは「内定」です。",
                "This call is subject to the budget: until the vote, an adoption is provisional.",
            )
        )
    hints = _some(call.hint, kind.hint if kind is not None else Word("", ""))
    return Section("outline", Word("募集の概要", "In short"), sentences=hints, facts=tuple(facts), after=tuple(after))


def _theme_lines(call: Call) -> Iterator[Word]:
    for theme in call.themes:
        more = []
        if theme.section.ja:
            more.append(Word("担当：{section}", "section: {section}").filled(section=theme.section))
        if theme.amount:
            more.append(Word("概算{yen}", "about {yen}").filled(yen=_yen(theme.amount)))
        if theme.cap:
            more.append(Word("上限{yen}", "at most {yen}").filled(yen=_yen(theme.cap)))
        told = Word("、".join(one.ja for one in more), ", ".join(one.en for one in more))
        line = (
            Word("{label}（{more}）", "{label} ({more})").filled(label=theme.label, more=told) if more else theme.label
        )
        yield Word(f"{line.ja}　{theme.hint.ja}", f"{line.en} {theme.hint.en}") if theme.hint.ja else line


def _who(rules: Programme, call: Call, kind: CallType | None) -> Section:
    grounds = [one for one in rules.criteria_for(call.type) if one.subject is Subject.GROUP]
    conditions = [for_kinds(rules, one.condition, one.kinds) for one in grounds if one.condition.ja]
    against = [for_kinds(rules, one.label, one.kinds) for one in grounds if not one.condition.ja]
    consortium = kind.consortium if kind is not None else Consortium.ALLOWED
    kinds = _kinds_of_groups(rules, call)
    return Section(
        "who",
        Word("提案できる団体", "Who may propose"),
        sentences=(
            *([ONGOING] if kind is not None and kind.continuing else []),
            *([Word("次のすべてに当てはまる団体です。", "Groups of which all of this holds:")] if conditions else []),
        ),
        facts=(
            *([(Word("団体の種類", "Kinds of groups"), kinds)] if kinds.ja else []),
            (Word("複数の団体での提案", "Several groups together"), value_in_words(consortium)),
        ),
        points=(*conditions, *(Word("{ground}は対象外です。", "Out: {ground}.").filled(ground=one) for one in against)),
    )


def _kinds_of_groups(rules: Programme, call: Call) -> Word:
    """The kinds of groups that the programme knows, without those that a ground of this type of call keeps out."""
    out = {
        key
        for one in rules.criteria_for(call.type)
        if one.severity is Severity.HARD and not one.kinds
        for rule in (one.rule, *one.also)
        if rule is not None and rule.kind is RuleKind.KIND
        for key in rule.answers
    }
    labels = [kind.label for kind in rules.partner_types if kind.key not in out]
    return Word("、".join(one.ja for one in labels), ", ".join(one.en for one in labels))


def _what(rules: Programme, call: Call) -> Section:
    grounds = [one for one in rules.criteria_for(call.type) if one.subject is Subject.PROJECT]
    return Section(
        "what",
        Word("対象となる事業、対象とならない事業", "What may be proposed, and what may not"),
        sentences=_some(rules.suitability_test),
        points=(
            *(choice.label for choice in rules.suitability),
            *(
                Word("対象外：{ground}", "Out: {ground}").filled(ground=for_kinds(rules, one.cited, one.kinds))
                for one in grounds
                if one.severity is Severity.HARD
            ),
            *(
                Word("なじまないもの：{ground}", "Not suited: {ground}").filled(
                    ground=for_kinds(rules, one.cited, one.kinds)
                )
                for one in grounds
                if one.severity is Severity.SOFT
            ),
        ),
    )


def _money(rules: Programme, money: Money) -> Section:
    facts = []
    if money.cap:
        facts.append((Word("上限額", "Cap"), _yen(money.cap)))
    for number, rate in enumerate(money.rates, 1):
        year = Word("{n}年目", "year {n}").filled(n=number) if len(money.rates) > 1 else Word("全年度", "every year")
        facts.append(
            (
                Word("{body}の負担割合（{year}）", "The {body}'s share, {year}").filled(
                    body=rules.called.body, year=year
                ),
                Word("{share}以内", "{share} at most").filled(share=share_in_words(rate)),
            )
        )
    if money.years > 1:
        facts.append((Word("支援の年数", "Support"), Word(f"最長{money.years}年", f"at most {money.years} years")))
    if money.unit > 1 and facts:
        facts.append((Word("端数", "Rounding"), Word(f"{money.unit:,}円未満は切捨て", f"down to {money.unit:,} yen")))
    after = list(_some(money.note))
    if not money.prior_grants:
        after.append(
            Word(
                "同じ事業に、国や自治体などの他の補助金を受けることはできません。",
                "No other public money may be received for the same project.",
            )
        )
    costs = tuple(
        Word("対象外の経費：{cost}", "Not shared: {cost}").filled(cost=cost.label) for cost in rules.ineligible_costs
    )
    return Section("money", Word("費用", "Money"), facts=tuple(facts), points=costs, after=tuple(after))


def _how(rules: Programme, call: Call) -> Section:
    entry = call.entry
    sentences = []
    if entry is not None:
        sentences.append(Word("はじめに「{entry}」が必要です。", "“{entry}” comes first.").filled(entry=entry.label))
        sentences += _some(entry.hint)
        if entry.talk:
            sentences.append(
                Word("提案の前に、{body}との相談が必要です。", "A talk with the {body} is needed before.").filled(
                    body=rules.called.body
                )
            )
        if entry.consent:
            sentences.append(
                Word("提案の前に、担当する課の合意が必要です。", "The section concerned has to agree before.")
            )
    sentences.append(
        Word(
            "このポータルで提案書を書いて提出します。紙や窓口での提出は、{body}が代わって入力します。",
            "Write and submit the proposal on this portal. What comes on paper or at the counter is entered by the {body}.",
        ).filled(body=rules.called.body)
    )
    return Section(
        "how", Word("提案の方法と提案書に書くこと", "How to propose, and what is asked"), tuple(sentences),
        points=tuple(asked_lines(rules, call)),
    )  # fmt: skip


def _help_with_writing(rules: Programme) -> Section:
    """What helps groups that find the paperwork hard, in every programme and in this one (I08)."""
    return Section(
        "help",
        Word("書くことへの手助け", "Help with writing"),
        sentences=(
            *_some(rules.writing_help),
            Word(
                "書き方は、電話や窓口で相談できます。手書きの用紙もあります。書くことがむずかしいときは、"
                "職員がお話を聞いて代わりに入力し、団体が内容を確かめてから提出します。",
                "Ask by telephone or at the counter how to write it. There is a form on paper. Where writing is hard, somebody "
                "of the office listens and types it, and the group looks at it before it is handed in.",
            ),
        ),
    )


def _calendar_lines(call: Call) -> Iterator[tuple[Word, Word]]:
    for one in happenings(call):
        told = one.when
        if one.place.ja:
            told = Word(f"{told.ja}　{one.place.ja}", f"{told.en}, {one.place.en}")
        if one.required:
            told = Word(f"{told.ja}（参加が必要です）", f"{told.en} (attendance needed)")
        yield one.label, told


def _judging(rules: Programme, call: Call) -> Section:
    rounds = rules.rounds_for(call.type)
    if not rounds:
        return Section("judging", Word("審査", "Judging"))
    return Section(
        "judging",
        Word("審査", "Judging"),
        points=tuple(line for one in rounds for line in round_lines(one, last=one is rounds[-1])),
        after=(
            Word(
                "提案した団体には、自分の点数と理由を必ずお知らせします。",
                "Every proposer is told its own scores and the reasons.",
            ),
        ),
    )


def _answer(call: Call) -> Section:
    if not call.answer_days:
        return Section("answer", Word("結果のお知らせ", "The answer"))
    from_when = Word("締切", "the closing") if call.closes is not None else Word("受付", "the receipt")
    sentence = Word(
        "{from_when}から{n}日以内に、結果と理由をお知らせします。",
        "The result and the reasons come within {n} days of {from_when}.",
    )
    return Section(
        "answer",
        Word("結果のお知らせ", "The answer"),
        sentences=(sentence.filled(n=call.answer_days, from_when=from_when),),
    )
