"""Reading a programme's file: each kind of fault is named with its line, its place and what would be right."""

import re
from pathlib import Path

import pytest

from models.programme.faults import Fault, Spot
from models.programme.library import DEFAULT, SHIPPED, programme
from models.programme.reading import read, read_file

FILE = SHIPPED / f"{DEFAULT}.yaml"
GOOD = FILE.read_text(encoding="utf-8")


def faults_of(text: str) -> tuple[Fault, ...]:
    """The faults of this text, of which there have to be some."""
    reading = read(text.encode())
    assert reading.programme is None
    assert reading.faults
    return reading.faults


def with_change(old: str, new: str) -> tuple[str, int]:
    """The good file with its first `old` replaced, and the line on which that stands."""
    assert old in GOOD
    return GOOD.replace(old, new, 1), GOOD.count("\n", 0, GOOD.index(old)) + 1


def test_a_good_file_is_the_programme() -> None:
    assert read_file(FILE) == (programme(DEFAULT), ())


@pytest.mark.parametrize(
    ("old", "new", "place", "english"),
    [
        ("severity: hard", "severty: hard", "criteria[0].severty", "no key “severty” here. Did you mean severity?"),
        ("severity: hard", "severity: herd", "criteria[0].severity", "Write one of these: hard, soft (did you mean hard?)"),
        ("kind: date", "kind: colour", "proposal_items[4].kind", "one of these: line, text, number, date, period, yen"),
        ("en: Welfare}", "en: 5}", "fields[0].label.en", "Write a text. A number or true alone is put in quotes"),
        ("en: Welfare}", "fr: Bien-être}", "fields[0].label.fr", "no key “fr” here. Take it out, or use one of these: ja, en"),
        ("en: Welfare}", 'en: "  "}', "fields[0].label.en", "The English is empty. Write it."),
        ("ja: 福祉, ", "", "fields[0].label.ja", "The Japanese (ja) is missing. Write it."),
        ("{ja: 福祉, en: Welfare}", "[福祉]", "fields[0].label", "Write the words as they are, or both languages as {ja: "),
        ("ja: 福祉", 'ja: "福\\n祉"', "fields[0].label.ja", "Write this on one line."),
        ("ja: 福祉", f"ja: {'福' * 201}", "fields[0].label.ja", "This has 201 characters. Write at most 200."),
        ("receive: 5", "receive: five", "terms.receive", "Write a whole number, without quotes"),
        ("receive: 5", 'receive: "5"', "terms.receive", "Write a whole number, without quotes"),
        ("receive: 5", "receive: 1.5", "terms.receive", "Write a whole number, without quotes"),
        ("receive: 5", "receive: 05", "terms.receive", "Write a whole number, without quotes"),
        ("receive: 5", "receive: true", "terms.receive", "Write a whole number, without quotes"),
        ("receive: 5", "receive:", "terms.receive", "Nothing is written here."),
        ("receive: 5", "receive: -5", "terms.receive", "Write a whole number of 1 or more."),
        ("receive: 5", "receive: 5000", "terms.receive", "Write a whole number of 400 or less."),
        ("required: false", "required: no", "proposal_items[9].required", "Write true or false."),
        ("key: welfare", "key: Welfare!", "fields[0].key", "Use only the small letters a–z"),
        ("key: welfare", f"key: {'w' * 41}", "fields[0].key", "Write at most 40 characters."),
        ("words: [布教,", "words: [布教, 布教,", "criteria[0].words[1]", "“布教” stands at [0] of this list already."),
        ("words: [布教,", 'words: ["",', "criteria[0].words[0]", "This cannot be empty."),
        ("options: fields", "options: feelds", "proposal_items[0].options", "There is no list “feelds”. Name one of these: "),
        ("options: fields, ", "", "proposal_items[0].options", "There is nothing to choose from."),
        ("limit: 800,", "options: fields, limit: 800,", "proposal_items[1].options", "Only the kinds choice and choices"),
        ("kind: choice, options: fields", "kind: text", "proposal_items[0].kind", "Kyodo itself reads “field”. Make its kind choice"),
        ("options: fields", "options: domains", "proposal_items[0].options", "Kyodo itself reads “field”. Make its options fields"),
        ("limit: 800", "limit: 0", "proposal_items[1].limit", "Write a whole number from 1 to 20000."),
        ("limit: 100000000", "limit: 2000000000", "proposal_items[11].limit", "from 1 to 1000000000."),
        ("cost, period, law]", "cost, period, low]", "methods[0].articles[5]", "no article “low”. Did you mean law?"),
        ('key: "3"', 'key: "good"', "scale.marks[1].key", "The key of a mark is a whole number"),
        ('key: "3"', 'key: "5"', "scale.marks[1].key", "List the best mark first"),
        ("differs_by: 1", "differs_by: 4", "scale.differs_by", "Write a number from 1 to 3"),
        ("differs_by: 1", "differs_by: 0", "scale.differs_by", "Write a number from 1 to 3"),
        ("key: aobagawa", "key: ../aobagawa", "key", "Use only the small letters a–z"),
        ("key: aobagawa", "key: &name aobagawa", "key", "Anchors (&) and aliases (*) are not read."),
        ("key: aobagawa", "key: !!str aobagawa", "key", "Tags that begin with “!” are not read."),
        ("key: aobagawa", 'key: "aoba\\0gawa"', "key", "There is an invisible control character."),
        ("key: aobagawa", 'key: "aoba\\u202egawa"', "key", "There is an invisible control character."),
        ("key: aobagawa", "key: aoba\x07gawa", "", "There is an invisible control character."),
        ("key: aobagawa", "key: a: b", "", "A “:” cannot stand here."),
        ("key: aobagawa", "key: @aobagawa", "", "This character cannot begin anything."),
        ("key: aobagawa", "\tkey: aobagawa", "", "Indent with spaces, not tabs"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line_and_what_would_be_right(old: str, new: str, place: str, english: str) -> None:
    text, line = with_change(old, new)
    found = [fault for fault in faults_of(text) if english in fault.sentence.en]
    assert found, [(fault.spot, fault.path, fault.sentence.en) for fault in faults_of(text)]
    assert (found[0].path, found[0].spot.line) == (place, line)
    assert re.search("[ぁ-ん]", found[0].sentence.ja)


@pytest.mark.parametrize(
    ("old", "new", "place", "english", "stands"),
    [
        ("key: welfare", "key: events", "fields[9].key", "“events” stands at [0] of this list already.", "  - {key: events, "),
        ("law, specification]", "law]", "articles[6].key", "No method needs this article.", "  - {key: specification, "),
        ("key: aobagawa", "key: a\nkey: b", "key", "“key” stands on line 3 already.", "key: b"),
        ("key: aobagawa", "key: aobagawa\n  name: x", "", "A “:” cannot stand here.", "  name: x"),
        ("key: aobagawa", "key: a\n? [key]\n: b", "", "A key has to be one word.", "? [key]"),
    ],
)  # fmt: skip
def test_a_fault_stands_where_it_shows(old: str, new: str, place: str, english: str, stands: str) -> None:
    text, _ = with_change(old, new)
    [fault] = [fault for fault in faults_of(text) if english in fault.sentence.en]
    assert fault.path == place
    assert text.splitlines()[fault.spot.line - 1].startswith(stands)


@pytest.mark.parametrize("section", ["principles", "domains", "methods", "fields", "partner_types", "articles"])
def test_an_empty_list_is_a_fault(section: str) -> None:
    text = re.sub(rf"^{section}:\n(?:  .*\n)+", f"{section}: []\n", GOOD, flags=re.M)
    assert [fault.sentence.en for fault in faults_of(text) if fault.path == section] == [
        "This is empty. Write at least one entry."
    ]


def test_a_section_that_is_missing_or_of_another_kind_is_a_fault() -> None:
    missing = faults_of(re.sub(r"^fields:\n(?:  .*\n)+", "", GOOD, flags=re.M))
    assert [(fault.path, fault.sentence.en) for fault in missing] == [("fields", "“fields” is missing. Write it.")]
    other = faults_of(re.sub(r"^fields:\n(?:  .*\n)+", "fields: {welfare: 福祉}\n", GOOD, flags=re.M))
    assert [(fault.path, fault.sentence.en[:12]) for fault in other] == [("fields", "Write a list")]
    other = faults_of(re.sub(r"^scale:\n(?:  .*\n)+", "scale: []\n", GOOD, flags=re.M))
    assert [(fault.path, fault.sentence.en[:11]) for fault in other] == [("scale", "Write pairs")]


def test_a_scale_needs_two_marks() -> None:
    text = re.sub(r'^    - \{key: "[321]".*\n', "", GOOD, flags=re.M)
    assert [(fault.path, fault.sentence.en) for fault in faults_of(text)] == [
        ("scale.marks", "A scale needs at least two marks.")
    ]


def test_an_item_may_not_break_off_in_the_file() -> None:
    """A syntax fault hides what follows it, so it is told alone, with its own line."""
    [fault] = faults_of(GOOD.replace("en: Welfare}}", 'en: "Welfare}}', 1))
    assert fault.spot.line > 50
    assert fault.path == ""


def test_all_faults_of_a_very_broken_file_are_named_at_once_in_its_order() -> None:
    text = GOOD
    for old, new in (
        ("key: aobagawa", "key: Aoba"),
        ("name: {ja: ", "nmae: {ja: "),
        ("articles: [purpose, roles,", "articles: [purpos, roles,"),
        ("key: environment", "key: welfare"),
        ("options: fields", "options: feelds"),
        ("severity: hard", "severity: herd"),
        ('key: "4"', "key: 4"),
        ("differs_by: 1", "differs_by: much"),
        ("receive: 5", "receive: -5"),
        ("sign: 10", "sing: 10"),
    ):
        text = text.replace(old, new, 1)
    found = faults_of(text)
    assert [fault.path for fault in found] == [
        "name", "key", "nmae", "methods[0].articles[0]", "fields[1].key", "proposal_items[0].options",
        "criteria[0].severity", "scale.differs_by", "scale.marks[0].key", "terms.sign", "terms.receive", "terms.sing",
    ]  # fmt: skip
    assert [fault.spot for fault in found] == sorted(fault.spot for fault in found)
    assert [fault.value for fault in found][-2:] == ["-5", "10"]


def test_a_file_in_another_encoding_is_told_to_be_saved_again() -> None:
    [fault] = read(GOOD.encode("shift_jis", errors="ignore")).faults
    assert "UTF-8" in fault.sentence.en
    assert fault.spot.line == 1
    assert read(b"\xef\xbb\xbf" + GOOD.encode()).programme == programme(DEFAULT)
    assert read(GOOD.replace("\n", "\r\n").encode()).programme == programme(DEFAULT)


def test_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    text, _ = with_change("{ja: 福祉, en: Welfare}", "{ja: 2026-04-01, en: no}")
    reading = read(text.encode())
    assert reading.programme is not None
    assert reading.programme.fields[0].label == ("2026-04-01", "no")


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "[]", "programme", "a: 1\n---\nb: 2\n"])
def test_what_is_no_programme_at_all_is_refused(text: str) -> None:
    assert faults_of(text)


def test_a_place_is_counted_as_editors_do(tmp_path: Path) -> None:
    file = tmp_path / "city.yaml"
    file.write_text(GOOD.replace("  receive: 5", "  receive: 0"), encoding="utf-8")
    [fault] = read_file(file).faults
    line = file.read_text(encoding="utf-8").splitlines()[fault.spot.line - 1]
    assert line[fault.spot.column - 1 :] == "0"
    assert fault.spot == Spot(GOOD.splitlines().index("  receive: 5") + 1, 12)
