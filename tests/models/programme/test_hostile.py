"""Hostile files end quickly, are refused with a reason, and never become more than the bytes that came."""

import time
from collections.abc import Callable

import pytest

from models.programme.document import MOST_BYTES, MOST_VALUES
from models.programme.faults import path
from models.programme.library import DEFAULT, SHIPPED
from models.programme.reading import MOST_FAULTS, read

GOOD = (SHIPPED / f"{DEFAULT}.yaml").read_bytes()
ENTRY = b"  - {key: k%d, label: {ja: x, en: x}}\n"
ROUND = b"{key: a, label: x, scale: {highest: 5}, items: [{key: i, label: x}]}, "


def laughs() -> bytes:
    """Ten lines that would become ten thousand million values."""
    first = b"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    return first + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 10))


def unknown_articles() -> bytes:
    """Articles that nobody knows, so that each would be compared with each."""
    known = b"articles:\n" + b"".join(b"  - {key: known_article_%d}\n" % n for n in range(400))
    lists = (b", ".join(b"article_%d_%d" % (m, n) for n in range(380)) for m in range(60))
    return known + b"methods:\n" + b"".join(b"  - {articles: [%s]}\n" % articles for articles in lists)


def unknown_types() -> bytes:
    """Questions of types of call that nobody knows, so that each would be compared with each."""
    known = b"types:\n" + b"".join(b"  - {key: known_type_%d}\n" % n for n in range(400))
    lists = (b", ".join(b"type_%d_%d" % (m, n) for n in range(60)) for m in range(390))
    return known + b"proposal_items:\n" + b"".join(b"  - {types: [%s]}\n" % types for types in lists)


def a_form_of(questions: int) -> bytes:
    """The good file asking that many questions more, each of them under the condition that the one before was answered."""
    asked = b"  - {key: q0, label: x}\n" + b"".join(
        b"  - {key: q%d, label: x, when: {item: q%d}}\n" % (n, n - 1) for n in range(1, questions)
    )
    return GOOD.replace(b"proposal_items:\n", b"proposal_items:\n" + asked, 1)


def a_circle_of(questions: int) -> bytes:
    """The same, and the first is asked only if the last was answered."""
    first, last = b"{key: q0, label: x}", b"{key: q0, label: x, when: {item: q%d}}" % (questions - 1)
    return a_form_of(questions).replace(first, last, 1)


@pytest.mark.parametrize(
    ("make", "english"),
    [
        (lambda: b"x" * (MOST_BYTES + 1), "The file is too large"),
        (lambda: b"[" * 500_000, "This is nested too deeply"),
        (lambda: b"{a: " * 200_000, "This is nested too deeply"),
        (lambda: b"- " * 400_000, "This is nested too deeply"),
        (lambda: b"? " * 400_000, "This is nested too deeply"),
        (lambda: b"[" + b"1, " * 300_000, "There are too many values"),
        (laughs, "Anchors (&) and aliases (*) are not read."),
        (lambda: GOOD + b"bomb: &x [*x]\n", "Anchors (&) and aliases (*) are not read."),
        (lambda: GOOD + b"x: !!python/object/apply:os.system [ls]\n", "Tags that begin with"),
        (lambda: b"".join(b"k%d: 1\n" % n for n in range(14_000)), "more faults."),
        (lambda: b"k: 1\n" * 14_000, "more faults."),
        (lambda: b"criteria:\n" + b"  - !x {key: a}\n" * 7_000, "more faults."),
        (unknown_articles, "more faults."),
        (unknown_types, "more faults."),
        (lambda: a_form_of(500), "entries. At most 400 are possible."),
        (lambda: a_circle_of(300), "looks at a question that stands before. Move “q299” up"),
        (lambda: b"ineligible_costs:\n" + b"".join(ENTRY % n for n in range(500)), "This has 500 entries. At most 400"),
        (lambda: b"portal: {closed_days: [" + b"2027-01-01, " * 500 + b"]}", "There are too many. At most 400"),
        (lambda: b"selection: {rounds: [" + ROUND * 40 + b"]}", "At most 5 are possible."),
        (lambda: b"selection: {rounds: [{key: a, label: x, items: [], scale: {highest: 999999, step: 0.0001}}]}",
         "A scale has 1000 marks at most."),
        (lambda: b"selection: {rounds: [{key: a, label: x, items: [], scale: {highest: 1e999999999}}]}",
         "Write a number with at most 6 digits"),
        (lambda: b"key: " + b"a" * 900_000, "Write at most 40 characters."),
        (lambda: b'key: "' + b"\\x41" * 200_000 + b'"', "Write at most 40 characters."),
        (lambda: b"\x00" * 900_000, "There is an invisible control character."),
        (lambda: b"\xff" * 900_000, "This is not UTF-8."),
        (lambda: b"\xff\xfe" + GOOD.decode().encode("utf-16-le"), "This is not UTF-8."),
        (lambda: b'"' + b"a" * 900_000, "The quotation mark (\") opened in line 1 is never closed."),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_its_reason(make: Callable[[], bytes], english: str) -> None:
    source = make()
    begun = time.process_time()
    programme, faults = read(source)
    assert programme is None
    assert any(english in fault.sentence.en for fault in faults), [fault.sentence.en for fault in faults][:20]
    assert len(faults) <= MOST_FAULTS + 1
    assert time.process_time() - begun < 20


def test_as_many_values_as_a_file_may_have_are_read_in_one_go() -> None:
    _, faults = read(b"[" + b"1, " * (MOST_VALUES - 2) + b"1]")
    assert not any("too many values" in fault.sentence.en for fault in faults)


def test_what_a_fault_quotes_is_short_and_visible() -> None:
    _, faults = read(GOOD + b'"\\e[2J\\a' + b"k" * 5_000 + b'": "\\e[2J"\n')
    assert faults
    for fault in faults:
        said = fault.path + fault.value + fault.sentence.ja + fault.sentence.en
        assert "\x1b" not in said
        assert "\x07" not in said
        assert len(said) < 2_000


def test_a_place_is_said_in_one_word() -> None:
    assert path(("criteria", 3, "label", "en")) == "criteria[3].label.en"
    assert path(()) == ""
    assert path((0, "key")) == "[0].key"
