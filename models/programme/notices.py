"""通知: what the city's letters say in the programme's own words: form number, title, sentences, what to do next."""

from collections.abc import Iterator
from typing import ClassVar

from models.programme.checked import Check, Checked, Flaw
from models.programme.parts import Part
from models.programme.words import Hint, Line, MaybeLine
from models.words import Word

NOTHING = Word("", "")
RECEIPT_NUMBER = "{n}"


class Notice(Part):
    """One kind of letter. What is left out stays as Kyodo words it. Letters are in Japanese; the English is not printed."""

    form: MaybeLine = NOTHING
    """様式: the number of the form, printed at its head: 様式第5号（第8条関係）."""
    title: MaybeLine = NOTHING
    """What the letter is called."""
    opening: Hint = NOTHING
    """Paragraphs below the sentence that says what was decided."""
    further: Hint = NOTHING
    """今後の手続: what the group does next, and by when; a line each."""
    remedy: Hint = NOTHING
    """教示: how to ask, to object, to propose again; a line each, in place of the usual ones."""


def names_the_case(number: Word) -> Iterator[Flaw]:
    """Two letters of different cases cannot have the same number."""
    if RECEIPT_NUMBER not in number.ja:
        sentence = "受付番号の入る場所を {n} と書いてください。例: 青市協第{n}号"
        english = "Write {n} where the case's number goes: 青市協第{n}号"
        yield Flaw(("number",), Word(sentence, english))


class Notices(Checked):
    """The letters, by what they tell."""

    number: Line = Word("協働第{n}号", "協働第{n}号")
    """文書番号 of every letter; {n} is the number of the case."""
    received: Notice = Notice()
    """受付書: the proposal is received."""
    excluded: Notice = Notice()
    """対象外."""
    passed: Notice = Notice()
    """通過: it goes on to the next round."""
    adopted: Notice = Notice()
    """採択."""
    provisional: Notice = Notice()
    """採択の内定, until the budget is voted."""
    final: Notice = Notice()
    """正式決定, after the vote."""
    not_adopted: Notice = Notice()
    """不採択."""
    cancelled: Notice = Notice()
    """内定の取消し."""

    checks: ClassVar[tuple[Check, ...]] = (Check(("number",), names_the_case),)
