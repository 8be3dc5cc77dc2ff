"""Themes of a call: which one a proposal is for is asked first, and answered like any other question."""

from typing import Any

import pytest

from models.answer_checks import form_faults
from models.answers import asked
from models.programme.reading import read
from models.programme.schema import Programme
from models.programme.themes import FREE, THEME
from tests.support.editions import changed

CALL = "r9_themes"
FREE_TOO = ("    free_theme: false\n", "    free_theme: true\n")
ON_THE_RIVER = (
    "proposal_items:\n",
    "proposal_items:\n  - {key: bank, label: 使う場所, when: {item: call_theme, answers: [river]}}\n",
)


def city(*words: tuple[str, str]) -> Programme:
    """The demonstration city's programme with these words."""
    found = read(changed(*words).encode()).programme
    assert found is not None
    return found


def faults(*words: tuple[str, str]) -> list[tuple[str, str]]:
    """Where the changed file is wrong, and what is said in English."""
    return [(fault.path, fault.sentence.en) for fault in read(changed(*words).encode()).faults]


def told(rules: Programme, **answers: Any) -> list[str]:
    """What keeps a form for the call from being handed in, at the first question."""
    kind = rules.type_of(CALL).key
    gaps = form_faults(rules, kind, rules.questions_for(CALL), answers)
    return [gap.sentence.ja for gap in gaps if gap.field == THEME]


@pytest.mark.req("I09", "I11")
def test_the_theme_is_the_first_question_of_a_call_that_has_themes() -> None:
    rules = city()
    first = rules.questions_for(CALL)[0]
    assert (first.key, first.required, first.public) == (THEME, True, True)
    assert [choice.key for choice in first.choices] == ["loneliness", "disaster", "river"]
    assert [item.key for item in rules.questions_for("anytime")] == [i.key for i in rules.items_for("open")]


def test_one_of_them_has_to_be_chosen() -> None:
    assert told(city()) == ["「取り組むテーマ」を選んでください。"]
    assert told(city(), call_theme="moon") == ["「取り組むテーマ」は一覧から選んでください。"]
    assert told(city(), call_theme="river") == []


def test_a_free_theme_is_a_choice_only_where_the_call_takes_free_ones() -> None:
    assert told(city(), call_theme=FREE) != []
    assert told(city(FREE_TOO), call_theme=FREE) == []


def test_questions_hang_on_the_theme() -> None:
    rules = city(ON_THE_RIVER)
    for call, theme, there in ((CALL, "river", True), (CALL, "disaster", False), ("anytime", "river", False)):
        keys = {item.key for item in asked(rules.questions_for(call), {THEME: theme})}
        assert ("bank" in keys) is there, (call, theme)


@pytest.mark.parametrize(
    ("words", "place", "english"),
    [
        ((ON_THE_RIVER[0], ON_THE_RIVER[1].replace("[river]", "[rivr]")), "proposal_items[0].when.answers[0]", "river"),
        ((ON_THE_RIVER[0], ON_THE_RIVER[1].replace("bank", THEME)), "proposal_items[0].key", "Choose another name"),
        (("{key: loneliness,", f"{{key: {FREE},"), "calls[1].themes[0].key", "write free_theme: true"),
        (("    subject_to_budget: true\n    answer_days: 120", "    free_theme: false"), "calls[2].free_theme", "List themes"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_where_it_stands(words: tuple[str, str], place: str, english: str) -> None:
    where, sentence = faults(words)[0]
    assert (where, english in sentence) == (place, True)
