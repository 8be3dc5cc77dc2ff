"""提案書の用紙: a call's form on paper, to be filled in by hand by those who have nobody for the computer (I08, N07).

Made from the programme's file alone, in the form's order, so that the office can type it in as it stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from models.process.moves.intake import PROFILE, PROFILE_LIMIT
from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.schema import Programme
from models.staff_entry import CHANNELS, Channel
from notifications.documents.letter import to_html

ON_A_LINE = 24
"""Characters of handwriting on one ruled line."""
MOST_LINES = 10
"""Ruled lines of one question. Who needs more goes on with another sheet."""
BLANK_ROWS = 6
"""Rows of a table, unless the question asks for more or takes fewer."""
MOST_BLANK_ROWS = 15

DAY = "令和　　　　年　　　　月　　　　日"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table to write into. choices: what is chosen from, below the table."""

    label: str
    choices: tuple[str, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """One question with its room to write.

    lines: ruled lines. blanks: what stands around a number or a day. choices: boxes to tick, each with its hint.
    """

    label: str
    heading: str = ""
    notes: tuple[str, ...] = ()
    """Required or not, for whom, how long, whether it is published."""
    hint: str = ""
    example: str = ""
    lines: int = 0
    blanks: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class BlankForm:
    """Everything on the paper."""

    programme: str
    title: str
    edition: int
    questions: tuple[Blank, ...]
    about_the_group: tuple[Blank, ...]
    papers: tuple[Blank, ...]
    """What is attached."""
    first: str
    """What is handed in before the whole (仮申込), whose questions are marked; empty: nothing."""
    closes: str
    help: tuple[str, ...]
    """What help this programme has besides, and whom to ask."""
    channels: tuple[str, ...] = tuple(
        CHANNELS[channel].ja for channel in Channel if channel not in (Channel.ONLINE, Channel.MAIL)
    )
    """How it may have come, for the office to mark."""


def blank_form_html(form: BlankForm) -> str:
    """The paper as HTML for `render_pdf`."""
    return to_html("blank_form.html", form=form)


def blanks(rules: Programme, items: Iterable[Item], first: tuple[str, ...] = ()) -> tuple[Blank, ...]:
    """The questions of a form that are answered in writing, in their order. first: keys of those asked before the rest."""
    asked = list(items)
    names = {item.key: item for item in asked}
    return tuple(_blank(rules, item, names, item.key in first) for item in asked if item.kind is not ItemKind.FILE)


def papers(rules: Programme, items: Iterable[Item]) -> tuple[Blank, ...]:
    """What is to be attached."""
    asked = list(items)
    names = {item.key: item for item in asked}
    return tuple(_blank(rules, item, names, False) for item in asked if item.kind is ItemKind.FILE)


def about_the_group() -> tuple[Blank, ...]:
    """What every group says of itself."""
    lines = _lines(PROFILE_LIMIT // 2)
    return tuple(
        Blank(label.ja, notes=("必須", f"{PROFILE_LIMIT:,}文字まで", "公開"), lines=lines) for label in PROFILE.values()
    )


def _blank(rules: Programme, item: Item, names: dict[str, Item], first: bool) -> Blank:
    return Blank(
        label=item.label.ja,
        heading=item.heading.ja,
        notes=tuple(_notes(rules, item, names, first)),
        hint=item.hint.ja,
        example=item.example.ja,
        lines=_lines(item.most) if item.kind in (ItemKind.LINE, ItemKind.TEXT) else 0,
        blanks=_spaces(item),
        choices=_choices(rules, item),
        columns=tuple(
            Column(column.label.ja, tuple(choice.label.ja for choice in column.choices), column.total)
            for column in item.columns
        ),
        rows=min(max(item.least, BLANK_ROWS), item.most, MOST_BLANK_ROWS) if item.kind is ItemKind.TABLE else 0,
    )


def _notes(rules: Programme, item: Item, names: dict[str, Item], first: bool) -> Iterator[str]:
    if first:
        yield "★"
    yield "必須" if item.required else "任意"
    if item.kinds:
        yield f"{'・'.join(one.label.ja for one in rules.partner_types if one.key in item.kinds)}だけ"
    if item.when is not None and item.when.item in names:
        other = names[item.when.item]
        chosen = [choice.label.ja for choice in rules.choices_of(other) if choice.key in item.when.answers]
        answer = f"で「{'」「'.join(chosen)}」を選んだ" if chosen else "に答えた"
        yield f"「{other.label.ja}」{answer}ときだけ"
    match item.kind:
        case ItemKind.LINE | ItemKind.TEXT:
            yield f"{item.most:,}文字まで"
        case ItemKind.CHOICE:
            yield "1つ選ぶ"
        case ItemKind.CHOICES:
            yield f"{item.most}つまで選ぶ" if item.most < len(rules.choices_of(item)) else "いくつでも選ぶ"
        case ItemKind.YEN | ItemKind.NUMBER if item.least:
            yield f"{item.least:,}{'円' if item.kind is ItemKind.YEN else item.unit.ja}以上"
    if item.personal:
        yield "公開しません"
    elif item.public:
        yield "受理のあと公開"


def _lines(limit: int) -> int:
    """Room for half of what the form on the screen takes: nobody fills it all by hand."""
    return min(max(ceil(limit / 2 / ON_A_LINE), 1), MOST_LINES)


def _spaces(item: Item) -> tuple[str, ...]:
    match item.kind:
        case ItemKind.DATE:
            return (DAY,)
        case ItemKind.PERIOD:
            return (f"{DAY}から", f"{DAY}まで")
        case ItemKind.YEN:
            return ("　" * 12 + "円",)
        case ItemKind.NUMBER:
            return ("　" * 8 + (item.unit.ja or ""),)
    return ()


def _choices(rules: Programme, item: Item) -> tuple[tuple[str, str], ...]:
    if item.kind is ItemKind.DECLARATION:
        return (("はい、確認しました", ""),)
    return tuple((choice.label.ja, choice.hint.ja) for choice in rules.choices_of(item))
