"""What must hold between calls, their types, selection rounds, criteria and the proposal form."""

from collections.abc import Iterator, Mapping

from pydantic_core import InitErrorDetails

from models.programme.entries import MOST_ENTRIES, Place, Rule, entries, keys, kind_of, list_of
from models.programme.kinds import FROM_A_LIST, ItemKind
from models.programme.rules_forms import QUESTION, TYPE, choice_keys, unknown
from models.programme.words import unsound
from models.words import Word

Data = Mapping[str, object]
Faults = Iterator[InitErrorDetails]

CHOICE = Word("選択肢", "choice")

READS: dict[str, tuple[ItemKind, ...]] = {
    "declared": (ItemKind.DECLARATION, ItemKind.CHOICE, ItemKind.CHOICES),
    "costs": (ItemKind.TABLE,),
    "few": (ItemKind.NUMBER,),
    "period": (ItemKind.PERIOD,),
}
"""Rules of criteria that read a question of the proposal form, and how that has to be asked."""
LEAST = ("members", "officers", "in_the_city", "years_active")
MOST = ("times_a_year", "years_in_a_row")


def _calls_have_a_type(data: Data) -> Faults:
    known = keys(data, "types")
    for number, call in entries(data, "calls"):
        key = call.get("type")
        if isinstance(key, str) and key not in known:
            yield unknown(TYPE, key, known, ("calls", number, "type"))


def _entries_ask_known_questions(data: Data) -> Faults:
    known = keys(data, "proposal_items")
    for number, call in entries(data, "calls"):
        entry = call.get("entry")
        for position, key in enumerate(list_of(entry, "items")[:MOST_ENTRIES]):
            if isinstance(key, str) and key not in known:
                yield unknown(QUESTION, key, known, ("calls", number, "entry", "items", position))


def _types_go_through_known_rounds(data: Data) -> Faults:
    rounds = keys(data.get("selection"), "rounds")
    for number, kind in entries(data, "types"):
        for position, key in enumerate(list_of(kind, "rounds")[:MOST_ENTRIES]):
            if isinstance(key, str) and key not in rounds:
                yield unknown(Word("審査", "round"), key, rounds, ("types", number, "rounds", position))


def _methods_lie_in_known_domains(data: Data) -> Faults:
    known = keys(data, "domains")
    for number, method in entries(data, "methods"):
        for position, key in enumerate(list_of(method, "domains")[:MOST_ENTRIES]):
            if isinstance(key, str) and key not in known:
                yield unknown(Word("領域", "domain"), key, known, ("methods", number, "domains", position))


def _criteria_read_what_is_there(data: Data) -> Faults:
    items = {item["key"]: item for _, item in entries(data, "proposal_items") if isinstance(item.get("key"), str)}
    for number, criterion in entries(data, "criteria"):
        named: list[tuple[Place, object]] = [(("rule",), criterion.get("rule"))]
        named += [(("also", position), rule) for position, rule in entries(criterion, "also")]
        for place, rule in named:
            if isinstance(rule, Mapping) and isinstance(rule.get("kind"), str):
                yield from _rule(data, rule, str(rule["kind"]), items, ("criteria", number, *place))


def _rule(data: Data, rule: Data, kind: str, items: Mapping[object, Data], place: Place) -> Faults:
    key = rule.get("item", "")
    if not isinstance(key, str):
        return
    if kind in READS:
        if key not in items:
            yield unknown(QUESTION, key, [str(one) for one in items], (*place, "item"))
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
    for name, kinds in (("least", (*LEAST, "few")), ("most", (*MOST, "period"))):
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
    if kind == "costs" and not list_of(data, "ineligible_costs"):
        yield unsound(
            Word("ineligible_costs（対象外経費）の一覧がありません。", "There is no list of ineligible_costs."), place
        )


def _answers(known: list[str], rule: Data, place: Place, what: Word = CHOICE) -> Faults:
    answers = list_of(rule, "answers")
    if not answers:
        yield unsound(
            Word("どの回答を指すかを answers に書いてください。", "Say which answers it points out, in answers."),
            (*place, "answers"),
        )
    for position, answer in enumerate(answers[:MOST_ENTRIES]):
        if isinstance(answer, str) and answer not in known:
            yield unknown(what, answer, known, (*place, "answers", position))


ASKED = "cost_city"
"""The question whose answer is the amount that a proposal asks for."""


def _money_is_asked_for(data: Data) -> Faults:
    """Whatever counts with the amount asked for needs the question that asks for it."""
    if ASKED in keys(data, "proposal_items") or not list_of(data, "proposal_items"):
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
        ("calls", number, "first_come")
        for number, call in entries(data, "calls")
        if call.get("first_come") is True and call.get("budget")
    ]
    places += [
        ("criteria", number, "rule", "kind")
        for number, criterion in entries(data, "criteria")
        if isinstance(rule := criterion.get("rule"), Mapping) and rule.get("kind") == "amount"
    ]
    for place in places:
        yield unsound(
            Word(
                "申請額で計算しますが、申請額をたずねる項目がありません。proposal_items に key: cost_city、kind: yen の項目を加えてください。",
                "This counts with the amount asked for. Add a question with key: cost_city, kind: yen to proposal_items.",
            ),
            place,
        )


RULES: tuple[Rule, ...] = (
    _money_is_asked_for,
    _calls_have_a_type,
    _entries_ask_known_questions,
    _types_go_through_known_rounds,
    _methods_lie_in_known_domains,
    _criteria_read_what_is_there,
)
