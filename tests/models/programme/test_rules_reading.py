"""What other parts of the file read of the proposal form has to be there, and be asked so that it can be read."""

import pytest

from models.programme.faults import Fault
from models.programme.library import DEFAULT, shipped_text
from models.programme.reading import read

GOOD = shipped_text(DEFAULT)


def faults_of(old: str, new: str) -> list[Fault]:
    """The faults of the demonstration city's file with one change."""
    assert GOOD.count(old) == 1, old
    return list(read(GOOD.replace(old, new).encode())[1])


@pytest.mark.parametrize(
    ("old", "new", "place", "english"),
    [
        ("kinds: [company]\n    limit", "kinds: [companny]\n    limit", "kinds[0]", "no kind of group “companny”. Did you mean company?"),
        ("kinds: [company]\n    items", "kinds: [compani]\n    items", "kinds[0]", "Did you mean company?"),
        ("items: [company_aim]", "items: [company_aims]", "items[0]", "Did you mean company_aim?"),
        ("{kind: few, item: reached, least: 10}", "{kind: few, item: effects}", "rule.item", "the kind number"),
        ("{kind: few, item: reached, least: 10}", "{kind: few}", "rule.item", "item is missing: the question. "),
        ("also: [{kind: declared, item: open_to, answers: [members, named]}]", "also: [{kind: declared, item: open_to, answers: [membrs]}]", "also[0].answers[0]", "Did you mean members?"),
        ("alone: {item: cost_alone}", "alone: {item: effects}", "comparison.alone.item", "numbers, amounts"),
        ("alone: {item: cost_alone}", "alone: {amount: 5}", "comparison.alone.item", "Name the question"),
        ("share: {item: cost_city}", "share: {item: cost_citty}", "comparison.share.item", "Did you mean cost_city?"),
        ("reached: reached, gained", "reached: effects, gained", "comparison.reached", "Name a question for a number"),
        ("gained: effects", "gained: effect", "comparison.gained", "Did you mean effects?"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(old: str, new: str, place: str, english: str) -> None:
    found = faults_of(old, new)
    assert [fault for fault in found if fault.path.endswith(place) and english in fault.sentence.en], [
        (fault.path, fault.sentence.en) for fault in found
    ]
