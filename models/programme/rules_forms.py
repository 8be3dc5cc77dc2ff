"""What must hold across the questions of a form: lists they are chosen from, limits, tables, conditions, types."""

from collections.abc import Iterator, Mapping

from pydantic_core import InitErrorDetails

from models.programme.entries import (
    CHOICE_LISTS,
    FORMS,
    Keys,
    Place,
    Rule,
    entries,
    keys,
    kind_of,
    list_of,
    nearest,
)
from models.programme.faults import shown
from models.programme.kinds import COUNTED, FROM_A_LIST, IN_A_COLUMN, ItemKind
from models.programme.limits import MOST_ENTRIES
from models.programme.themes import FREE, THEME
from models.programme.words import unsound
from models.words import Word

Data = Mapping[str, object]
Faults = Iterator[InitErrorDetails]


def unless_known(what: Word, key: object, known: Keys, place: Place) -> Faults:
    """That something named is not there, with what was probably meant; nothing where the list itself is wrong."""
    if known.whole and isinstance(key, str) and key not in known:
        yield unknown(what, key, known, place)


def unknown(what: Word, key: str, known: list[str], place: Place) -> InitErrorDetails:
    """That something named is not there, or not named at all, with what was probably meant."""
    meant = nearest(key, known)
    if not known:
        following = Word("先に{what}を加えてください。", "Add a {what} first.").filled(what=what)
    elif meant:
        following = Word("もしかして: {meant}", "Did you mean {meant}?").filled(meant=meant)
    else:
        following = Word("次のどれかを書いてください: {known}", "Write one of these: {known}").filled(
            known=", ".join(known[:20])
        )
    missing = Word("{name}（{what}）がありません。{next}", "{name} is missing: the {what}. {next}")
    not_there = Word("「{key}」という{what}はありません。{next}", "There is no {what} “{key}”. {next}")
    sentence = (not_there if key else missing).filled(key=shown(key), name=str(place[-1]), what=what, next=following)
    return unsound(sentence, place, key)


QUESTION = Word("項目", "question")
TYPE = Word("募集の種類", "type of call")
CHOICE = Word("選択肢", "choice")


def _choices_from_lists(data: Data) -> Faults:
    lists = ", ".join(CHOICE_LISTS)
    for form in FORMS:
        for number, item in entries(data, form):
            kind, options, own = kind_of(item), item.get("options", ""), list_of(item, "choices")
            place: Place = (form, number, "options")
            if not isinstance(options, str) or kind is None:
                continue
            if kind in FROM_A_LIST and not options and not own:
                yield unsound(
                    Word(
                        "選択肢がありません。choices に並べるか、options に次のどれかを書いてください: {lists}",
                        "There is nothing to choose from. List the choices, or name one of these lists in options: {lists}",
                    ).filled(lists=lists),
                    place,
                )
            elif options and own:
                yield unsound(
                    Word(
                        "choices と options はどちらか一方だけにしてください。",
                        "Write choices or options, one of the two.",
                    ),
                    place,
                    options,
                )
            elif options and options not in CHOICE_LISTS:
                yield unsound(
                    Word(
                        "「{name}」という一覧はありません。次のどれかを書いてください: {lists}",
                        "There is no list “{name}”. Name one of these: {lists}",
                    ).filled(name=shown(options), lists=lists),
                    place,
                    options,
                )
            elif (options or own) and kind not in FROM_A_LIST:
                yield unsound(
                    Word(
                        "選択肢は kind が choice か choices のときだけ使えます。kind を直すか、選択肢を削除してください。",
                        "Only the kinds choice and choices are chosen from something. Change kind, or take the choices out.",
                    ),
                    place if options else (form, number, "choices"),
                    options,
                )
            elif options and data.get(options) in ([], ()):
                yield unsound(
                    Word("一覧「{name}」が空です。", "The list “{name}” is empty.").filled(name=options), place, options
                )


def _tables_have_columns(data: Data) -> Faults:
    for form in FORMS:
        for number, item in entries(data, form):
            kind, columns = kind_of(item), list_of(item, "columns")
            if kind is ItemKind.TABLE and not columns:
                yield unsound(
                    Word("表には columns に列が1つ以上必要です。", "A table needs one column or more, in columns."),
                    (form, number, "columns"),
                )
            elif columns and kind is not None and kind is not ItemKind.TABLE:
                yield unsound(
                    Word("columns は kind が table のときだけ使えます。", "Only the kind table has columns."),
                    (form, number, "columns"),
                )
            for position, column in entries(item, "columns"):
                yield from _column(column, (form, number, "columns", position))


def _column(column: Data, place: Place) -> Faults:
    asked = column.get("kind", "line")
    if not isinstance(asked, str) or asked not in set(ItemKind):
        return
    kind = ItemKind(asked)
    if kind not in IN_A_COLUMN:
        yield unsound(
            Word("列の答え方は次のどれかにしてください: {kinds}", "A column asks in one of these ways: {kinds}").filled(
                kinds=", ".join(IN_A_COLUMN)
            ),
            (*place, "kind"),
            asked,
        )
    if (kind is ItemKind.CHOICE) != bool(list_of(column, "choices")):
        yield unsound(
            Word(
                "選択肢（choices）は、kind が choice の列だけに書き、必ず1つ以上並べてください。",
                "A column of the kind choice lists its choices; no other column has any.",
            ),
            (*place, "choices"),
        )
    if column.get("total") is True and kind not in COUNTED:
        yield unsound(
            Word("合計できるのは number と yen の列だけです。", "Only columns of the kinds number and yen have a sum."),
            (*place, "total"),
            True,
        )


def _conditions_look_back(data: Data) -> Faults:
    """A condition names a question that stands before: so none is ever circular, and nobody scrolls back."""
    for form in FORMS:
        before: dict[str, Data] = _themes(data) if form == "proposal_items" else {}
        everywhere = keys(data, form)
        for number, item in entries(data, form):
            when = item.get("when")
            if isinstance(when, Mapping):
                yield from _condition(data, when, before, everywhere, (form, number, "when"), item.get("key"))
            key = item.get("key")
            if isinstance(key, str):
                before[key] = item


def _themes(data: Data) -> dict[str, Data]:
    """The question for the theme, which stands before all others where a call has themes."""
    themes = [{"key": key} for _, call in entries(data, "calls") for key in keys(call, "themes")]
    return {THEME: {"kind": "choice", "choices": [*themes, {"key": FREE}]}} if themes else {}


def _condition(
    data: Data, when: Data, before: Mapping[str, Data], everywhere: Keys, place: Place, own: object
) -> Faults:
    other = when.get("item")
    if not isinstance(other, str):
        return
    if other == own or (other in everywhere and other not in before):
        yield unsound(
            Word(
                "条件は、この項目より前にある項目だけに付けられます。「{other}」を前に移すか、条件を直してください。",
                "A condition looks at a question that stands before. Move “{other}” up, or change the condition.",
            ).filled(other=shown(other)),
            (*place, "item"),
            other,
        )
    elif other not in before:
        if everywhere.whole:
            yield unknown(QUESTION, other, list(before), (*place, "item"))
    elif (kind := kind_of(before[other])) in FROM_A_LIST:
        known = choice_keys(data, before[other])
        for position, answer in enumerate(list_of(when, "answers")[:MOST_ENTRIES]):
            yield from unless_known(CHOICE, answer, known, (*place, "answers", position))
    elif kind is not None and list_of(when, "answers"):
        yield unsound(
            Word(
                "answers は、選択式（choice・choices）の項目だけに使えます。「{other}」は {kind} です。answers を削除すると、"
                "回答があるときという条件になります。",
                "Only questions with choices (choice, choices) can have answers here; “{other}” is of the kind {kind}. "
                "Without answers the condition is that it was answered at all.",
            ).filled(other=shown(other), kind=kind),
            (*place, "answers"),
        )


def choice_keys(data: Data, item: Data) -> Keys:
    """The keys that a question's answer is chosen from: its own entries, or those of the list it names."""
    options = item.get("options")
    if item.get("choices"):
        return keys(item, "choices")
    known = keys(data, options) if isinstance(options, str) and options in CHOICE_LISTS else Keys()
    known.whole = known.whole and bool(known)
    return known


def _the_theme_is_asked_by_kyodo(data: Data) -> Faults:
    for number, item in entries(data, "proposal_items"):
        if item.get("key") == THEME:
            yield unsound(
                Word(
                    "「{key}」は、募集のテーマを尋ねる項目の名前です。ほかの名前にしてください。",
                    "“{key}” is the question for a call's theme. Choose another name.",
                ).filled(key=THEME),
                ("proposal_items", number, "key"),
                THEME,
            )


def _themes_are_not_named_free(data: Data) -> Faults:
    for number, call in entries(data, "calls"):
        for position, theme in entries(call, "themes"):
            if theme.get("key") == FREE:
                yield unsound(
                    Word(
                        "「{key}」は自由テーマの名前です。ほかの名前にするか、free_theme: true と書いてください。",
                        "“{key}” means any other theme. Choose another name, or write free_theme: true.",
                    ).filled(key=FREE),
                    ("calls", number, "themes", position, "key"),
                    FREE,
                )


def _types_are_known(data: Data) -> Faults:
    known = keys(data, "types")
    for name in ("proposal_items", "proposal_rules", "criteria"):
        for number, entry in entries(data, name):
            for position, key in enumerate(list_of(entry, "types")[:MOST_ENTRIES]):
                yield from unless_known(TYPE, key, known, (name, number, "types", position))


def _personal_is_not_public(data: Data) -> Faults:
    for form in FORMS:
        for number, item in entries(data, form):
            if item.get("public") is True and item.get("personal") is True:
                yield unsound(
                    Word(
                        "個人情報の項目は公開できません。public か personal のどちらかを削除してください。",
                        "Personal data is never public. Take out public or personal.",
                    ),
                    (form, number, "public"),
                    True,
                )


RULES: tuple[Rule, ...] = (
    _choices_from_lists,
    _tables_have_columns,
    _conditions_look_back,
    _the_theme_is_asked_by_kyodo,
    _themes_are_not_named_free,
    _types_are_known,
    _personal_is_not_public,
)
