"""What the programme's words and rules point out on a proposal, and why. They never decide: a person does (X01, T05)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from sqlalchemy import select

from models.answers import day_of, rows_of
from models.calendar import fiscal_year_days, fiscal_year_in_words, in_words
from models.editions import kind_in_words
from models.people import Group
from models.process.vocabulary import ENDS
from models.programme.grounds import Criterion, GroundRule, RuleKind
from models.programme.kinds import ItemKind
from models.proposals import Proposal
from models.rosters import counts
from models.screened import Papers, Pointing, plain, texts
from models.screening import Verdict
from models.screening_record import BY_RECORD
from models.spoken import here
from models.words import Word


def pointed_out(proposal: Proposal) -> dict[str, list[Word]]:
    """By criterion, every reason to look closer; criteria without one are left out."""
    papers = Papers(proposal)
    text = papers.text()
    found = {criterion.key: [*_words(criterion, text), *_rules(criterion, papers)] for criterion in proposal.criteria}
    return {key: reasons for key, reasons in found.items() if reasons}


def point_out(proposal: Proposal) -> int:
    """Ask for a closer look at what is pointed out; what a person decided stays. Returns how many were asked for."""
    reasons = pointed_out(proposal)
    flagged = 0
    for finding in proposal.findings:
        if finding.verdict is None and not finding.why_look and finding.criterion in reasons:
            finding.verdict = Verdict.LOOK
            finding.why_look = [word._asdict() for word in reasons[finding.criterion]]
            flagged += 1
    return flagged


def _words(criterion: Criterion, text: str) -> Iterator[Word]:
    words = [word for word in criterion.words if plain(word) in text]
    if words:
        yield Word("提案書に「{ja}」という言葉があります。", "The proposal has these words: “{en}”.").filled(
            ja="」「".join(words), en="”, “".join(words)
        )


def _rules(criterion: Criterion, papers: Papers) -> Iterator[Word]:
    for rule in (criterion.rule, *criterion.also):
        if rule is not None:
            yield from RULES[rule.kind](rule, papers)


def _declared(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    item = next((one for one in papers.asked() if one.key == rule.item), None)
    if item is None:
        return
    given = papers.answers.get(rule.item)
    if item.kind is ItemKind.DECLARATION:
        if given is not True:
            yield Word("「{item}」に同意がありません。", "“{item}” is not declared.").filled(item=item.label)
        return
    chosen = given if isinstance(given, list) else [given]
    for choice in papers.rules.choices_of(item):
        if choice.key in chosen and choice.key in rule.answers:
            yield Word("「{item}」に「{choice}」と答えています。", "“{item}” was answered “{choice}”.").filled(
                item=item.label, choice=choice.label
            )


def _count(what: Word, number: Callable[[Group], int]) -> Pointing:
    def pointing(rule: GroundRule, papers: Papers) -> Iterator[Word]:
        there = number(papers.group)
        if there < rule.least:
            yield Word(
                "名簿では{what}が{there}人です（要件は{least}人以上）。",
                "The list has {there} {what}; {least} are asked for.",
            ).filled(what=here(what), there=there, least=rule.least)

    return pointing


def _years_active(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    since = papers.group.active_since or papers.group.founded_on
    if since is None:
        yield Word("団体の活動を始めた日が登録されていません。", "It is not registered since when the group is active.")
    elif _anniversary(since, rule.least) > papers.day:
        yield Word(
            "活動を始めたのは{since}で、提出の日までに{least}年になりません。",
            "Active since {since}, which is less than {least} years to the day of submission.",
        ).filled(since=_day(since), least=rule.least)


def _registered(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    if not papers.group.registered:
        yield Word("団体登録が確認されていません。", "The group's registration is not confirmed.")


def _seat(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    if papers.group.seat_in_city is None:
        yield here(
            Word("所在地が市内かどうか登録されていません。", "It is not registered whether the seat is in the city.")
        )
    elif not papers.group.seat_in_city:
        yield here(Word("所在地が市外と登録されています。", "The seat is registered as outside the city."))


def _own_rules(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    if not papers.group.has_rules:
        yield Word("規約・会則があると登録されていません。", "No rules of its own are registered.")


def _kind(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    if papers.group.kind in rule.answers:
        yield Word("団体の種類が「{kind}」です。", "The group is of the kind “{kind}”.").filled(
            kind=kind_in_words(papers.session, papers.group.kind)
        )


def _same_title(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    others = papers.session.execute(
        select(Proposal.number, Proposal.title)
        .where(
            Proposal.id != papers.proposal.id,
            Proposal.submitted_at.is_not(None),
            Proposal.state.not_in(tuple(ENDS)),
            (Proposal.title == papers.submission.title) | (Proposal.group_id == papers.group.id),
        )
        .order_by(Proposal.id)
        .limit(3)
    )
    for number, title in others:
        yield Word(
            "進行中の提案 {number}「{title}」があります。", "Proposal {number}, “{title}”, is under way."
        ).filled(number=number or "", title=title)


def _few(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    item = next((one for one in papers.asked() if one.key == rule.item), None)
    reached = papers.answers.get(rule.item)
    if item is None or not isinstance(reached, int) or isinstance(reached, bool):
        return
    members = counts(papers.group).members
    if reached < rule.least:
        yield Word(
            "「{item}」が{n}人です（{least}人より少ないとき、不特定かつ多数の利益になるかを確かめます）。",
            "“{item}” is {n}; below {least} somebody looks whether it is for the good of an unspecified large number.",
        ).filled(item=item.label, n=f"{reached:,}", least=f"{rule.least:,}")
    elif reached <= members:
        yield Word(
            "「{item}」が{n}人で、団体の構成員（{members}人）を超えません。仲間内の事業でないかを確かめます。",
            "“{item}” is {n}, no more than the group has members ({members}). Is it for others than themselves?",
        ).filled(item=item.label, n=f"{reached:,}", members=f"{members:,}")


def _costs(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    for number, row in rows_of(papers.answers.get(rule.item)):
        line = plain(" ".join(texts(dict(row))))
        for cost in papers.rules.ineligible_costs:
            words = [word for word in (cost.label.ja, *cost.words) if plain(word) in line]
            if words:
                yield Word(
                    "{n}行目に「{word}」があります（対象外経費：{cost}）。",
                    "Row {n} has “{word}” (not shared: {cost}).",
                ).filled(n=number + 1, word=words[0], cost=cost.label)


def _period(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    given = papers.answers.get(rule.item)
    last = day_of(given.get("to")) if isinstance(given, Mapping) else None
    until = papers.year + max(rule.most, 1) - 1
    if last is not None and last > fiscal_year_days(until)[1]:
        year = Word(fiscal_year_in_words(until), fiscal_year_in_words(until, "en"))
        yield Word("期間の終わり{last}が{year}を越えています。", "It ends on {last}, beyond {year}.").filled(
            last=_day(last), year=year
        )


RULES: dict[RuleKind, Pointing] = {
    RuleKind.DECLARED: _declared,
    RuleKind.MEMBERS: _count(Word("構成員", "members"), lambda group: counts(group).members),
    RuleKind.OFFICERS: _count(Word("役員", "officers"), lambda group: counts(group).officers),
    RuleKind.IN_THE_CITY: _count(Word("市内の構成員", "members in the city"), lambda group: counts(group).in_city),
    RuleKind.YEARS_ACTIVE: _years_active,
    RuleKind.REGISTERED: _registered,
    RuleKind.SEAT: _seat,
    RuleKind.OWN_RULES: _own_rules,
    RuleKind.KIND: _kind,
    RuleKind.SAME_TITLE: _same_title,
    RuleKind.FEW: _few,
    RuleKind.COSTS: _costs,
    RuleKind.PERIOD: _period,
    **BY_RECORD,
}


def _anniversary(since: date, years: int) -> date:
    try:
        return since.replace(year=since.year + years)
    except ValueError:  # founded on 29 February
        return since.replace(year=since.year + years, month=3, day=1)


def _day(day: date) -> Word:
    return Word(in_words(day, "ja", weekday=False), in_words(day, "en", weekday=False))
