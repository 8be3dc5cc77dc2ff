"""Reading a programme's file: each kind of fault is named with its line, its place and what would be right."""

import re
from pathlib import Path

import pytest

from models.programme.faults import Fault, Spot
from models.programme.library import DEFAULT, SHIPPED, programme
from models.programme.reading import read, read_file

FILE = SHIPPED / f"{DEFAULT}.yaml"
GOOD = FILE.read_text(encoding="utf-8")
CITIES = Path(__file__).parent / "cities"


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
        ("severity: hard", "severity: herd", "criteria[0].severity", "Write one of these: hard (excluded), soft (not suited) (did you mean hard?)"),
        ("kind: date", "kind: colour", "proposal_items[4].kind", "one of these: line (one line), text (text), number (number), date (date)"),
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
        ("required: false", "required: no", "proposal_items[14].required", "Write true or false."),
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
        ("limit: 100000000", "limit: 2000000000", "proposal_items[16].limit", "from 1 to 1000000000."),
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
    ("old", "new", "place", "english"),
    [
        # conditions and rules of the form
        ("when: {item: field, answers: [water]}", "when: {item: dam, answers: [a]}", "proposal_items[2].when.item", "looks at a question that stands before. Move “dam” up"),
        ("when: {item: field, answers: [water]}", "when: {item: river}", "proposal_items[2].when.item", "looks at a question that stands before. Move “river” up"),
        ("answers: [water]", "answers: [watr]", "proposal_items[2].when.answers[0]", "no choice “watr”. Did you mean water?"),
        ("when: {item: river,", "when: {item: rivver,", "proposal_items[3].when.item", "no question “rivver”. Did you mean river?"),
        ("types: [second_year], limit", "types: [secondyear], limit", "proposal_items[13].types[0]", "no type of call “secondyear”. Did you mean second_year?"),
        ("least: 100, limit: 4000", "least: 5000, limit: 4000", "proposal_items[1].least", "Write 4000 (its limit) at most."),
        ("kind: file, limit: 2", "kind: file, limit: 20", "proposal_items[5].limit", "Write a whole number from 1 to 10."),
        ("personal: true", "personal: true\n    public: true", "proposal_items[9].public", "Personal data is never public."),
        ("{key: hours, kind: number,", "{key: hours, kind: line,", "proposal_items[8].columns[2].total", "Only columns of the kinds number and yen have a sum."),
        ("{key: year, kind: number,", "{key: year, kind: file,", "proposal_items[10].columns[2].kind", "A column asks in one of these ways:"),
        ("right: {item: cost_total},", "right: {item: cost_totall},", "proposal_rules[0].right.item", "no question “cost_totall”. Did you mean cost_total?"),
        ("right: {item: partners, column: money}", "right: {item: partners, column: mony}", "proposal_rules[2].right.column", "no column of numbers or amounts “mony”. Did you mean money?"),
        ("by: side, only: pref}", "by: sid, only: pref}", "proposal_rules[1].left.by", "no column of choices “sid”. Did you mean side?"),
        ("by: side, only: pref}", "by: side, only: city}", "proposal_rules[1].left.only", "no choice “city”. Write one of these: own, pref, cost"),
        ("left: {item: end_of_works}", "left: {item: cost_city}", "proposal_rules[6].left.item", "not_after compares dates or periods"),
        # calls, types, money
        ('closes: "2027-09-30 17:15"', 'closes: "2027-05-31 17:15"', "calls[0].closes", "Write a moment after the opening, 2027-06-01 08:30."),
        ('closes: "2027-07-15 17:15"', 'closes: "2027-10-15 17:15"', "calls[0].entry.closes", "Write a moment up to the closing, 2027-09-30 17:15."),
        ('opens: "2027-06-01 08:30"', 'opens: "2027-06-31 08:30"', "calls[0].opens", "There is no such day as 2027-6-31: that month has 30 days."),
        ("until: 2027-08-06", "until: 2027-08-01", "calls[0].occasions[1].until", "Write a day after the first one."),
        ("roughly: 11月}", "roughly: 11月, day: 2027-11-05}", "calls[0].occasions[2]", "Say when in one of these ways"),
        ("fiscal_year: 2028", "fiscal_year: 28", "calls[0].fiscal_year", "Write the year of the Christian era as a whole number from 2000 to 2199"),
        ("type: wide", "type: wider", "calls[0].type", "no type of call “wider”. Did you mean wide?"),
        ("items: [issue, partners,", "items: [isue, partners,", "calls[0].entry.items[0]", "no question “isue”. Did you mean issue?"),
        ("rates: [90, 80, 70]", "rates: [190, 80, 70]", "types[0].money.rates[0]", "190 % cannot be used. Write a number above 0, 100 at most."),
        ("rates: [90, 80, 70], years: 3", "rates: [90, 80, 70], years: 2", "types[0].money.rates[2]", "There are rates for 3 years, but support ends after 2."),
        ("rounds: [hearing]", "rounds: [hering]", "types[1].rounds[0]", "no round “hering”. Did you mean hearing?"),
        ("consortium: together", "consortium: both", "types[0].consortium", "Write one of these: alone (one group only), allowed ("),
        ("domains: [only]", "domains: [onlyy]", "methods[0].domains[0]", "no domain “onlyy”. Did you mean only?"),
        # criteria
        ("{kind: declared, item: dam_consent}", "{kind: declared, item: issue}", "criteria[5].rule.item", "This rule reads questions of the kind declaration / choice / choices."),
        ("{kind: declared, item: dam_consent}", "{kind: declared, item: river}", "criteria[5].rule.answers", "Say which answers it points out"),
        ("{kind: declared, item: dam_consent}", "{kind: declared, item: river, answers: [noth]}", "criteria[5].rule.answers[0]", "no choice “noth”. Did you mean north?"),
        ("{kind: declared, item: dam_consent}", "{kind: declared, item: [river]}", "criteria[5].rule.item", "Write a text."),
        ("{kind: officers, least: 3}", "{kind: officers}", "criteria[7].rule.least", "Say how many, in least."),
        ("{kind: officers, least: 3}", "{kind: officers, least: 3, most: 9}", "criteria[7].rule.most", "This rule does not use most."),
        ("fiscal_year: 2028, opens: \"2028-01-04 08:30\"", "fiscal_year: 2028, first_come: true, opens: \"2028-01-04 08:30\"", "calls[1].first_come", "Write one of them."),
        ("{kind: registered}", "{kind: registered, item: issue}", "criteria[9].rule.item", "This rule reads no question."),
        ("{kind: registered}", "{kind: register}", "criteria[9].rule.kind", "did you mean registered?"),
        # selection
        ("weights_add_up_to: 26", "weights_add_up_to: 25", "selection.rounds[0].weights_add_up_to", "The weights of the items add up to 26, but weights_add_up_to says 25."),
        ("full_marks: 104", "full_marks: 100", "selection.rounds[0].full_marks", "The items come to 104 points in all (highest mark times weight), but full_marks says 100."),
        ("scale: {lowest: 0, highest: 4}", "scale: {lowest: 0}", "selection.rounds[0].scale.highest", "There is no highest mark."),
        ("highest: 10, step: 0.25", "highest: 10, step: 0.3", "selection.rounds[1].scale.step", "Steps of 0.3 from 0 do not arrive at 10."),
        ("label: 課題の深さ, weight: 3,", "label: 課題の深さ, weight: 0,", "selection.rounds[0].items[0].weight", "The weight 0 cannot be used."),
        ("weight: 2.5}", "weight: .nan}", "selection.rounds[0].items[7].weight", "Write a number with at most 6 digits before the point"),
        ("pass_mark: {points: 55, above: true}", "pass_mark: {points: 155}", "selection.rounds[0].pass_mark.points", "Nobody can reach the pass mark of 155: the maximum is 100."),
        ("quorum: 6", "quorum: 10", "selection.rounds[0].quorum", "The quorum of 10 is more than the 9 judges there are."),
        ("{item: will, at_or_below: 2}", "{item: wil, at_or_below: 2}", "selection.rounds[1].vetoes[1].item", "There is no item “wil”."),
        ("{by: cost}, {by: shared}", "{by: shared}, {by: cost}", "selection.rounds[1].ties[2]", "Nothing is left to decide after lots"),
        ("carry: {first: 30,", "carry: {first: 130,", "selection.carry.first", "130 % "),
        ("{points: 75, percent: 90}", "{points: 75, percent: 60}", "selection.award.grades[1]", "List the grades from the fewest points up"),
        ("minutes: 20", "minutes: 0", "selection.rounds[1].presentation.minutes", "Write a whole number of 1 or more."),
    ],
)  # fmt: skip
def test_a_fault_in_calls_forms_grounds_or_selection_is_named(old: str, new: str, place: str, english: str) -> None:
    good = (CITIES / "kitahara_wide.yaml").read_text(encoding="utf-8")
    assert old in good
    found = [fault for fault in faults_of(good.replace(old, new, 1)) if english in fault.sentence.en]
    assert [fault.path for fault in found][:1] == [place], faults_of(good.replace(old, new, 1))
    assert re.search("[ぁ-ん]", found[0].sentence.ja)


@pytest.mark.parametrize(
    ("new", "place", "english"),
    [
        ('"#ffd700"', "portal.colour", "Its contrast to white is 1.4:1, hard to read."),
        ('"#777777"', "portal.colour", "Its contrast to white is 4.4:1, hard to read."),
        ("purple", "portal.colour", 'Write the colour as "#0b5394"'),
        ("7a1fa2", "portal.colour", 'Write the colour as "#0b5394"'),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused(new: str, place: str, english: str) -> None:
    good = (CITIES / "minatozaka_youth.yaml").read_text(encoding="utf-8")
    [fault] = faults_of(good.replace('"#7a1fa2"', new))
    assert fault.path == place
    assert english in fault.sentence.en


@pytest.mark.parametrize(
    ("old", "new", "place", "english", "stands"),
    [
        ("key: welfare", "key: events", "fields[9].key", "“events” stands at [0] of this list already.", "  - {key: events, "),
        ("law, specification]", "law]", "articles[6].key", "No method needs this article.", "  - {key: specification, "),
        ("key: aobagawa", "key: a\nkey: b", "key", "“key” stands on line 3 already.", "key: b"),
        ("key: aobagawa", "key: aobagawa\n  name: x", "", "This line is indented further than line 3", "  name: x"),
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
