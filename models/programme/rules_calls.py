"""What must hold between calls, their types, selection rounds, criteria and the proposal form."""

from collections.abc import Iterator, Mapping

from pydantic_core import InitErrorDetails

from models.programme.entries import Keys, Place, Rule, entries, keys, kind_of, list_of
from models.programme.faults import shown
from models.programme.grounds import RuleKind
from models.programme.kinds import FROM_A_LIST, ItemKind
from models.programme.limits import MOST_ENTRIES
from models.programme.rules_answers import questions
from models.programme.rules_forms import CHOICE, QUESTION, TYPE, choice_keys, unknown, unless_known
from models.programme.words import unsound
from models.words import Word

Data = Mapping[str, object]
Faults = Iterator[InitErrorDetails]

READS: dict[str, tuple[ItemKind, ...]] = {
    "declared": (ItemKind.DECLARATION, ItemKind.CHOICE, ItemKind.CHOICES),
    "costs": (ItemKind.TABLE,),
    "few": (ItemKind.NUMBER,),
    "period": (ItemKind.PERIOD,),
}
"""Rules of criteria that read a question of the proposal form, and how that has to be asked."""
LEAST = ("members", "officers", "in_the_city", "years_active", "pause")
OF_PROPOSALS = ("times_a_year", "times_a_call")
MOST = (*OF_PROPOSALS, "times_in_all", "years_in_a_row", "years_in_all", "pause")


def _calls_have_a_type(data: Data) -> Faults:
    known = keys(data, "types")
    for number, call in entries(data, "calls"):
        yield from unless_known(TYPE, call.get("type"), known, ("calls", number, "type"))


def _entries_ask_known_questions(data: Data) -> Faults:
    known = keys(data, "proposal_items")
    for number, call in entries(data, "calls"):
        entry = call.get("entry")
        for position, key in enumerate(list_of(entry, "items")[:MOST_ENTRIES]):
            yield from unless_known(QUESTION, key, known, ("calls", number, "entry", "items", position))


def _types_go_through_known_rounds(data: Data) -> Faults:
    rounds = keys(data.get("selection", {}), "rounds")
    for number, kind in entries(data, "types"):
        last = -1
        for position, key in enumerate(list_of(kind, "rounds")[:MOST_ENTRIES]):
            place: Place = ("types", number, "rounds", position)
            yield from unless_known(Word("審査", "round"), key, rounds, place)
            if not isinstance(key, str) or key not in rounds:
                continue
            if (here := rounds.index(key)) <= last:
                yield unsound(
                    Word(
                        "審査は selection の順に1回ずつ書いてください: {order}",
                        "Write each round once, in the order of selection: {order}",
                    ).filled(order=", ".join(shown(one) for one in rounds if one in list_of(kind, "rounds"))),
                    place,
                    key,
                )
            last = max(last, here)


def _methods_lie_in_known_domains(data: Data) -> Faults:
    known = keys(data, "domains")
    for number, method in entries(data, "methods"):
        for position, key in enumerate(list_of(method, "domains")[:MOST_ENTRIES]):
            yield from unless_known(Word("領域", "domain"), key, known, ("methods", number, "domains", position))


def _criteria_read_what_is_there(data: Data) -> Faults:
    items = questions(data)
    for place, rule in _ground_rules(data):
        kind = rule.get("kind")
        if isinstance(kind, str) and kind in set(RuleKind):
            yield from _rule(data, rule, kind, items, place)


def _ground_rules(data: Data) -> Iterator[tuple[Place, Data]]:
    """Every rule of every criterion, the further ones too."""
    for number, criterion in entries(data, "criteria"):
        rule = criterion.get("rule")
        if isinstance(rule, Mapping):
            yield ("criteria", number, "rule"), rule
        for position, further in entries(criterion, "also"):
            yield ("criteria", number, "also", position), further


def _rule(data: Data, rule: Data, kind: str, items: Mapping[str, Data], place: Place) -> Faults:
    key = rule.get("item", "")
    if not isinstance(key, str):
        return
    if kind in READS:
        if key not in items:
            if keys(data, "proposal_items").whole:
                fitting = [name for name, item in items.items() if kind_of(item) in READS[kind]]
                yield unknown(QUESTION, key, fitting if not key else list(items), (*place, "item"))
        elif (asked := kind_of(items[key])) is not None and asked not in READS[kind]:
            yield unsound(
                Word(
                    "この規則が読めるのは、kind が{kinds}の項目です。", "This rule reads questions of the kind {kinds}."
                ).filled(kinds=" / ".join(READS[kind])),
                (*place, "item"),
                key,
            )
        elif asked in FROM_A_LIST:
            yield from _answers(choice_keys(data, items[key]), rule, place)
    elif key:
        yield unsound(
            Word(
                "この規則は項目を読みません。item を削除してください。", "This rule reads no question. Take item out."
            ),
            (*place, "item"),
            key,
        )
    for name, kinds in (("least", (*LEAST, "few")), ("most", (*MOST, "period")), ("partners", OF_PROPOSALS)):
        if kind not in kinds and rule.get(name):
            yield unsound(
                Word(
                    "この規則は {name} を使いません。削除してください。", "This rule does not use {name}. Take it out."
                ).filled(name=name),
                (*place, name),
                rule[name],
            )
    for name, needed in (("least", LEAST), ("most", MOST)):
        if kind in needed and not rule.get(name):
            yield unsound(
                Word("いくつかを {name} に書いてください。", "Say how many, in {name}.").filled(name=name),
                (*place, name),
            )
    if kind == "kind":
        yield from _answers(keys(data, "partner_types"), rule, place, Word("団体の種類", "kind of group"))
    costs = keys(data, "ineligible_costs")
    if kind == "costs" and costs.whole and not costs:
        yield unsound(
            Word("ineligible_costs（対象外経費）の一覧がありません。", "There is no list of ineligible_costs."), place
        )


def _answers(known: Keys, rule: Data, place: Place, what: Word = CHOICE) -> Faults:
    answers = list_of(rule, "answers")
    if not answers:
        yield unsound(
            Word("どの回答を指すかを answers に書いてください。", "Say which answers it points out, in answers."),
            (*place, "answers"),
        )
    for position, answer in enumerate(answers[:MOST_ENTRIES]):
        yield from unless_known(what, answer, known, (*place, "answers", position))


ASKED = "cost_city"
"""The question whose answer is the amount that a proposal asks for."""


def _money_is_asked_for(data: Data) -> Faults:
    """Whatever counts with the amount asked for needs the question that asks for it."""
    asked = keys(data, "proposal_items")
    if ASKED in asked or not asked.whole:
        return
    places: list[Place] = []
    selection = data.get("selection")
    if isinstance(selection, Mapping):
        if isinstance(selection.get("award"), Mapping):
            places.append(("selection", "award"))
        for number, one in entries(selection, "rounds"):
            places += [
                ("selection", "rounds", number, "ties", position, "by")
                for position, rule in entries(one, "ties")
                if rule.get("by") == "cost"
            ]
    places += [
        ("types", number, "award") for number, kind in entries(data, "types") if isinstance(kind.get("award"), Mapping)
    ]
    places += [
        ("calls", number, "first_come")
        for number, call in entries(data, "calls")
        if call.get("first_come") is True and call.get("budget")
    ]
    places += [(*place, "kind") for place, rule in _ground_rules(data) if rule.get("kind") == "amount"]
    for place in places:
        yield unsound(
            Word(
                "申請額で計算しますが、申請額をたずねる項目がありません。proposal_items に key: cost_city、kind: yen の項目を加えてください。",
                "This counts with the amount asked for. Add a question with key: cost_city, kind: yen to proposal_items.",
            ),
            place,
        )


def _money_follows_what_is_counted_last(data: Data) -> Faults:
    """Where the money of a type of call follows from a figure, its last round has it."""
    selection = data.get("selection")
    if not isinstance(selection, Mapping) or not keys(selection, "rounds").whole:
        return
    counted = [key for _place, one in entries(selection, "rounds") for key in keys(one, "figures")]
    rounds = dict(zip(keys(selection, "rounds"), (one for _place, one in entries(selection, "rounds")), strict=True))
    types: list[tuple[int | None, Data]] = [*entries(data, "types")]
    for number, kind in types or [(None, {})]:
        last = next((key for key in reversed(rounds) if "rounds" not in kind or key in list_of(kind, "rounds")), None)
        own = isinstance(kind.get("award"), Mapping)
        award = kind["award"] if own else selection.get("award")
        per_figure = award.get("per_figure") if isinstance(award, Mapping) else None
        if last is None or not isinstance(per_figure, Mapping):
            continue
        figure, there = per_figure.get("figure"), keys(rounds[last], "figures")
        if not isinstance(figure, str) or figure in there or not there.whole:
            continue
        if figure not in counted and not own:
            continue  # what no round counts is told at `selection`, once
        sentence = Word(
            "最後の審査「{round}」の figures に「{figure}」がないので、金額を決められません。figures に加えるか、この種類の award に"
            "金額の決め方を書いてください。",
            "Its last round “{round}” has no figure “{figure}”, so no amount follows. Add it to its figures, or write how the money "
            "is given into the award of this type.",
        ).filled(round=str(last), figure=shown(figure))
        if number is None or own:
            place = ("selection",) if number is None else ("types", number)
            yield unsound(sentence, (*place, "award", "per_figure", "figure"), figure)
        else:
            yield unsound(sentence, ("types", number), kind.get("key"))


RULES: tuple[Rule, ...] = (
    _money_is_asked_for,
    _calls_have_a_type,
    _entries_ask_known_questions,
    _types_go_through_known_rounds,
    _money_follows_what_is_counted_last,
    _methods_lie_in_known_domains,
    _criteria_read_what_is_there,
)
