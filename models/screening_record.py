"""Rules about a group's record with the city: how often it proposed, for how many years it was supported, at what rate.

Support counts from the agreements of the same programme that both sides have signed, by the fiscal years of their periods.
The year a proposal is for is that of its call.
"""

import re
from collections.abc import Iterator

from sqlalchemy import ColumnElement, or_, select

from models import clock
from models.calendar import fiscal_year, fiscal_year_days, fiscal_year_in_words
from models.editions import key_of
from models.groups.support import years_up_to
from models.partners import Partner
from models.people import Group
from models.process.vocabulary import State
from models.programme.exact import share_in_words
from models.programme.grounds import GroundRule, RuleKind
from models.proposals import Proposal
from models.screened import Papers, Pointing, plain
from models.words import Word

NEVER_MADE = (State.DRAFT, State.WITHDRAWN, State.DECLINED)
"""Proposals that do not count as made."""
ADDED_TO_TITLE = re.compile(r"\([^()]*\)$")
"""What a title has in brackets at its end, as 「（2年目）」."""


def _times_a_year(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    first, _last = fiscal_year_days(fiscal_year(papers.day))
    for group in _proposers(rule, papers):
        made = len(_made(rule, papers, group, Proposal.submitted_at >= clock.at_tokyo(first)))
        if made > rule.most:
            yield Word(
                "{group}の提案は、今年度{made}件目です（{most}件まで）。",
                "This is proposal number {made} of {group} in the fiscal year; {most} are possible.",
            ).filled(group=_called(papers, group), made=made, most=rule.most)


def _times_a_call(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    if papers.call is None:
        return
    for group in _proposers(rule, papers):
        numbers = _made(rule, papers, group, Proposal.call_key == papers.call.key)
        if len(numbers) > rule.most:
            others = [number for number in numbers if number != papers.proposal.number]
            yield Word(
                "{group}の提案は、この募集で{made}件目です（{most}件まで。ほかに{others}）。",
                "This is proposal number {made} of {group} in this call; {most} are possible. The others: {others}.",
            ).filled(
                group=_called(papers, group),
                made=len(numbers),
                most=rule.most,
                others=Word("、".join(others), ", ".join(others)),
            )


def _proposers(rule: GroundRule, papers: Papers) -> list[Group]:
    """Whose proposals are counted: the lead body's, with `partners` each partner's too."""
    if not rule.partners:
        return [papers.group]
    beside = papers.session.scalars(
        select(Group).where(Group.id.in_(papers.proposal.partner_group_ids)).order_by(Group.id)
    )
    return [papers.group, *beside]


def _made(rule: GroundRule, papers: Papers, group: Group, among: ColumnElement[bool]) -> list[str]:
    """The numbers of this programme's proposals that the group has made up to this one, this one included."""
    takes_part: ColumnElement[bool] = Proposal.group_id == group.id
    if rule.partners:
        parts = select(Partner.proposal_id).where(Partner.group_id == group.id, Partner.confirmed_at.is_not(None))
        takes_part = or_(takes_part, Proposal.id.in_(parts))
    rows = papers.session.execute(
        select(Proposal.number, Proposal.edition_id)
        .where(
            takes_part,
            among,
            Proposal.state.not_in(NEVER_MADE),
            Proposal.submitted_at <= papers.submission.submitted_at,
        )
        .order_by(Proposal.id)
    )
    return [number or "" for number, edition_id in rows if key_of(edition_id) == papers.rules.key]


def _called(papers: Papers, group: Group) -> Word:
    if group.id == papers.group.id:
        return Word("この団体", "this group")
    return Word("連携する団体「{name}」", "the partner “{name}”").filled(name=group.name)


def _years_before(papers: Papers) -> set[int]:
    """The fiscal years before the proposal's in which the group was supported."""
    return {year for project in papers.projects for year in project.years if year < papers.year}


def _years_in_a_row(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    years = years_up_to(_years_before(papers), papers.year - 1) + 1
    if years > rule.most:
        yield Word(
            "採択されると{years}年度連続の支援になります（{most}年度まで）。",
            "If adopted, it would be supported for {years} fiscal years in a row; {most} are possible.",
        ).filled(years=years, most=rule.most)


def _years_in_all(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    years = len(_years_before(papers)) + 1
    if years > rule.most:
        yield Word(
            "採択されると通算{years}年度の支援になります（{most}年度まで）。",
            "If adopted, it would be supported for {years} fiscal years in all; {most} are possible.",
        ).filled(years=years, most=rule.most)


def _times_in_all(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    times = len(papers.projects) + 1
    if times > rule.most:
        yield Word(
            "採択されると通算{times}回目の支援になります（{most}回まで）。",
            "If adopted, the city would support {times} of its projects in all; {most} are possible.",
        ).filled(times=times, most=rule.most)


def _pause(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    years = _years_before(papers)
    last = max(years, default=0)
    supported, between = years_up_to(years, last), papers.year - last - 1
    if years and supported >= rule.most and between < rule.least:
        yield Word(
            "{last}まで{supported}年度続けて支援を受けています。そのあと{least}年度の間を置くと、提案できるのは{again}からです。",
            "It was supported for {supported} fiscal years in a row up to {last}. After a pause of {least} it may propose "
            "for {again} again.",
        ).filled(last=_year(last), supported=supported, least=rule.least, again=_year(last + rule.least + 1))


def _supported_before(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    if papers.year - 1 not in _years_before(papers):
        yield Word(
            "この団体には、前の年度（{year}）の支援がありません。",
            "The group was not supported in the fiscal year before ({year}).",
        ).filled(year=_year(papers.year - 1))


def _amount(rule: GroundRule, papers: Papers) -> Iterator[Word]:
    wanted = papers.answers.get("cost_city")
    if not isinstance(wanted, int):
        return
    if papers.cap and wanted > papers.cap:
        yield Word(
            "求める額{asked}円が上限{cap}円を超えています。", "{asked} yen are above the cap of {cap} yen."
        ).filled(asked=f"{wanted:,}", cap=f"{papers.cap:,}")
    total = papers.answers.get("cost_total")
    if isinstance(total, int):
        yield from _share(papers, wanted, total)


def _share(papers: Papers, wanted: int, total: int) -> Iterator[Word]:
    """The rate by year of the project, which is known by its title; where the group may have changed that, told so."""
    name = _name(papers.submission.title)
    own = {year for project in papers.projects if _name(project.title) == name for year in project.years}
    of_project = years_up_to(own, papers.year - 1) + 1
    of_group = years_up_to(_years_before(papers), papers.year - 1) + 1
    figures = {"asked": f"{wanted:,}", "total": f"{total:,}"}
    rate, later = papers.money.rate(of_project), papers.money.rate(of_group)
    if rate is not None and wanted * 100 > total * rate:
        year = Word("（{n}年目の事業）", " (year {n} of the project)").filled(n=of_project)
        yield Word(
            "求める額{asked}円が、総額{total}円の{rate}{year}を超えています。",
            "{asked} yen are more than {rate} of the total, {total} yen{year}.",
        ).filled(rate=share_in_words(rate), year=year if len(papers.money.rates) > 1 else Word("", ""), **figures)
    elif later is not None and wanted * 100 > total * later:
        yield Word(
            "この団体は前の年度まで{n}年度続けて支援を受けていますが、題名の同じ事業は続いていません。前の事業の続きであれば"
            "{year}年目で、求める額{asked}円は総額{total}円の{rate}を超えます。続きかどうかを確かめてください。",
            "The group was supported for {n} fiscal years in a row, but not for a project of this title. If this goes on with "
            "one of those, it is in year {year}, and {asked} yen are more than {rate} of the total, {total} yen. Look whether it does.",
        ).filled(n=of_group - 1, year=of_group, rate=share_in_words(later), **figures)


def _name(title: str) -> str:
    """A title as it is compared from year to year: in one width, without blanks, and without what is added in brackets."""
    return ADDED_TO_TITLE.sub("", plain(title))


def _year(year: int) -> Word:
    return Word(fiscal_year_in_words(year), fiscal_year_in_words(year, "en"))


BY_RECORD: dict[RuleKind, Pointing] = {
    RuleKind.TIMES_A_YEAR: _times_a_year,
    RuleKind.TIMES_A_CALL: _times_a_call,
    RuleKind.TIMES_IN_ALL: _times_in_all,
    RuleKind.YEARS_IN_A_ROW: _years_in_a_row,
    RuleKind.YEARS_IN_ALL: _years_in_all,
    RuleKind.PAUSE: _pause,
    RuleKind.SUPPORTED_BEFORE: _supported_before,
    RuleKind.AMOUNT: _amount,
}
