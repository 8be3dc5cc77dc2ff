"""What an officer who does not know YAML is told: the line, what stands there, what would be right, and nothing besides."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
import yaml
from pydantic_core import ErrorDetails, ErrorTypeInfo
from pydantic_core._pydantic_core import list_all_errors

from models.programme.faults import Fault
from models.programme.library import DEFAULT, SHIPPED
from models.programme.reading import read
from models.programme.sentences import sentence
from models.programme.syntax import syntax_fault

GOOD = (SHIPPED / f"{DEFAULT}.yaml").read_text(encoding="utf-8")
WIDE = (Path(__file__).parent / "cities" / "kitahara_wide.yaml").read_text(encoding="utf-8")
CALLS = (SHIPPED / "takaoka.yaml").read_text(encoding="utf-8")
YOUTH = (Path(__file__).parent / "cities" / "minatozaka_youth.yaml").read_text(encoding="utf-8")
LATIN = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
"""Three words of English in a row."""


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of this text."""
    return read(text.encode()).faults


def changed(good: str, old: str, new: str) -> str:
    """The good text with its first `old` replaced."""
    assert old in good
    return good.replace(old, new, 1)


def line_of(good: str, old: str) -> int:
    """On which line of the good text that stands."""
    return good.count("\n", 0, good.index(old)) + 1


@pytest.mark.parametrize(
    ("old", "new", "below", "ja", "value"),
    [
        ("  receive: 5", "  receive： 5", 0, "「：」が全角です", "receive： 5"),
        ("key: aobagawa", "key：aobagawa", 0, "「：」が全角です", "key：aobagawa"),
        ("\nterms:\n", "\nterms：\n", 1, "「：」が全角です", "terms："),
        ("  receive: 5", "　receive: 5", 0, "字下げに全角の空白があります", "receive: 5"),
        ("  receive: 5", "  receive:　5", 0, "「:」の後の空白が全角です", "receive: 5"),
        ("  receive: 5", "  receive:5", 0, "「:」の後に空白がありません", "receive:5"),
        ("  receive: 5", '  receive: "5', 0, '引用符（"）が閉じていません', '"5'),
        ("en: Welfare}}", 'en: "Welfare}}', 0, '引用符（"）が閉じていません', '"Welfare}}'),
        ("en: Welfare}}", "en: 'Welfare}}", 0, "引用符（'）が閉じていません", "'Welfare}}"),
        ("key: aobagawa", 'key: "aoba"gawa', 0, "囲んだ文の後に、まだ文字があります", "gawa"),
        ("key: aobagawa", "key: *公開", 0, '「*」「&」「!」で始まる文は "…" で囲んで', "key: *公開"),
        ("key: aobagawa", "key: &公開", 0, '「*」「&」「!」で始まる文は "…" で囲んで', "key: &公開"),
        ("key: aobagawa", "key: !公開", 0, '「*」「&」「!」で始まる文は "…" で囲んで', "key: !公開"),
        ("key: aobagawa", "key: - a", 0, "ここに「- 」は置けません", "key: - a"),
        ("key: aobagawa", "key: ]", 0, "ここには値が必要です", "key: ]"),
        ("key: aobagawa", "%key: x", 0, "「%」で始まる行は読めません", "%key: x"),
        ("key: aobagawa", "key: |x", 0, "「|」や「>」の後には何も書かず", "key: |x"),
        ("key: aobagawa", 'key: "\\xZZ"', 0, "「\\」の使い方が正しくありません", 'key: "\\xZZ"'),
    ],
)  # fmt: skip
def test_a_slip_of_the_keyboard_is_told_where_it_was_made(old: str, new: str, below: int, ja: str, value: str) -> None:
    [fault] = faults(changed(GOOD, old, new))
    assert ja in fault.sentence.ja
    assert (fault.spot.line, fault.value) == (line_of(GOOD, old) + below, value)
    assert not LATIN.search(fault.sentence.ja)


@pytest.mark.parametrize(
    ("good", "old", "new", "below", "ja", "en", "value"),
    [
        (GOOD, "  receive: 5", "  receive 5", 0, "「receive」の後に「: 」（コロンと空白）がありません。", "There is no “: ” behind “receive”", "receive 5"),
        (GOOD, "  receive: 5\n", "  receive 5\n  # 受付\n", 0, "「receive」の後に「: 」", "“: ” behind “receive”", "receive 5"),
        (GOOD, "\nterms:\n  receive: 5", "\nterms:\n  receive 5", 2, "「receive」の後に「: 」", "“: ” behind “receive”", "receive 5"),
        (GOOD, "\nterms:\n", "\nterms\n", 1, "「terms」の後に「: 」", "“: ” behind “terms”", "terms"),
        (GOOD, "  escalate_after: ", "  escalate_after ", 0, "「escalate_after」の後に「: 」", "“: ” behind “escalate_after”", "escalate_after 3"),
        (WIDE, "    - key: hearing\n", "    - key hearing\n", 0, "「key」の後に「: 」", "“: ” behind “key”", "- key hearing"),
        (GOOD, "  correct: 10\n", "  correct: 10\n    sent: 10\n", 1, "「correct」と同じ位置から書き始めて", "begin it at the same place as “correct”", "sent: 10"),
        (GOOD, "key: aobagawa", 'key: "aobagawa"\n  city: x', 1, "「key」と同じ位置から書き始めて", "at the same place as “key”", "city: x"),
        (GOOD, "key: aobagawa", "key: aoba\n  is a city of: x", 1, 'その文を "…" で囲んで', "put the sentence in quotes", "is a city of: x"),
        (GOOD, "key: aobagawa", "key: aoba\n  is a\n  city: x", 2, 'その文を "…" で囲んで', "put the sentence in quotes", "city: x"),
        (GOOD, "key: aobagawa", "key: aoba\n  は\n  city: x", 2, 'その文を "…" で囲んで', "put the sentence in quotes", "city: x"),
        (GOOD, "key: aobagawa", "key: [継続]審査", 0, "「[」や「{」で始まる文は、全体を", "begins with [ or { has to be put in quotes", "key: [継続]審査"),
        (GOOD, "key: aobagawa", "key: {継続}審査", 0, "「}」の後に、まだ文字があります", "Something follows “}”", "key: {継続}審査"),
        (GOOD, "{ja: 福祉, en: Welfare}}", "{ja: [継続]福祉, en: Welfare}}", 0, "「]」の後に、まだ文字があります", "Something follows “]”", "- {key: welfare, label: {ja: [継続]福祉, en…"),
        (GOOD, "key: aobagawa", "key: ｛ja: 市, en: City｝", 0, "括弧「｛」が全角です。半角の", "The bracket ｛ is a full-width one", "key: ｛ja: 市, en: City｝"),
        (WIDE, "pass_mark: {", "pass_mark: ｛", 0, "括弧「｛」が全角です。半角の", "The bracket ｛ is a full-width one", None),
        (GOOD, "key: aobagawa", "key: {ja: 市｝", 0, "括弧「｝」が全角です。半角の", "The bracket ｝ is a full-width one", "key: {ja: 市｝"),
    ],
)  # fmt: skip
def test_a_slip_is_told_on_its_own_line_and_not_where_it_is_noticed(
    good: str, old: str, new: str, below: int, ja: str, en: str, value: str | None
) -> None:
    [fault] = faults(changed(good, old, new))
    assert (ja in fault.sentence.ja, en in fault.sentence.en) == (True, True), fault.sentence
    assert fault.spot.line == line_of(good, old) + below
    assert value in (None, fault.value)


@pytest.mark.parametrize(
    ("old", "new", "place", "ja", "en", "value"),
    [
        ("cap: 200000", "cap: 200,000", "types[0].money.cap", "コンマも単位も付けずに 200000 と書いて", "Write the number as 200000", "200,000"),
        ("cap: 200000", "cap: 1,000,000", "types[0].money.cap", "付けずに 1000000 と書いて", "as 1000000", "1,000,000"),
        ("cap: 200000", "cap: 200, 000円", "types[0].money.cap", "付けずに 200000 と書いて", "as 200000", "200, 000円"),
        ("cap: 200000", "cap: 200000, 上限", "types[0].money.上限", "「上限」という名前はありません", "There is no key", ""),
        ("cap: 200000", "cap: ２００００００", "types[0].money.cap", "半角で 2000000 と書いて", "Write 2000000, in ASCII digits", "２００００００"),
        ("cap: 200000", "cap: 200、000", "types[0].money.cap", "単位もコンマも付けずに、半角で 200000 と", "Write 200000, in ASCII digits, without", "200、000"),
        ("cap: 200000", "cap: 20万円", "types[0].money.cap", "半角で 200000 と書いて", "Write 200000", "20万円"),
        ("cap: 200000", "cap: 2.5", "types[0].money.cap", "整数で書いて", "Write a whole number", "2.5"),
        ("  receive: 5", "  receive: ５日", "terms.receive", "半角で 5 と書いて", "Write 5, in", "５日"),
        ("rates: [80]", "rates: [80%]", "types[1].money.rates[0]", "「%」を付けずに 80 と書いて", "Write 80, without the %", "80%"),
        ("rates: [80]", "rates: [８０％]", "types[1].money.rates[0]", "「%」を付けずに 80 と書いて", "Write 80, without the %", "８０％"),
        ("rates: [80]", "rates: [100、66]", "types[1].money.rates[0]", "半角のコンマ「,」で区切ってください: 100, 66", "between the entries: 100, 66", "100、66"),
        ("rates: [80]", "rates: [100，66]", "types[1].money.rates[0]", "区切ってください: 100, 66", "between the entries: 100, 66", "100，66"),
        ("rates: [80]", "rates: [3分の2]", "types[1].money.rates[0]", "80 や 2/3 のように", "such as 80 or 2/3", "3分の2"),
        ("rates: [80]", "rates: ［80］", "types[1].money.rates", "半角の [ ] や { } に直して", "Write the ASCII [ ] or { }", "［80］"),
        ("{percent: 60}", "{percent: 80％}", "selection.rounds[0].pass_mark.percent", "「%」を付けずに 80 と書いて", "Write 80, without", "80％"),
        ("{percent: 60}", "{percent: 六割}", "selection.rounds[0].pass_mark.percent", "整数部6桁、小数点以下4桁までの数を書いて", "Write a number with", "六割"),
        ("{percent: 60}", "{percent 60}", "selection.rounds[0].pass_mark.percent 60", "「percent」の後に「: 」", "behind “percent”", ""),
        ("{percent: 60}", "40", "selection.rounds[0].pass_mark", "例: {points: 40}（使える名前: points, percent, above）", "For example {points: 40} (keys: points, percent, above)", "40"),
        ("\nterms:\n", "\nretention: 3年\nterms:\n", "retention", "例: {personal: 3}", "For example {personal: 3}", "3年"),
        ("{kind: seat}", "members", "criteria[14].rule", "例: {kind: members}（使える名前: kind, item,", "For example {kind: members}", "members"),
        ("{kind: seat}", "[kind: seat]", "criteria[14].rule", "例: {kind: …}", "For example {kind: …}", ""),
        ("ja: 審査会, en: Judging}", "ja: 審査会, en: Judging, again}", "selection.rounds[0].label.en", '"Judging, again" のように引用符で囲んで', 'in quotes: "Judging, again"', "Judging, again"),
        ("ja: 審査会, en: Judging}", "ja: 費用 1,000円, 他, en: x}", "selection.rounds[0].label.ja", '"費用 1,000円, 他" のように引用符で囲んで', "in quotes", "費用 1,000円, 他"),
        ("ties: [{by: item, item", "ties: [{by item, item", "selection.rounds[0].ties[0].by item", "「by」の後に「: 」", "behind “by”", ""),
    ],
)  # fmt: skip
def test_a_number_a_list_or_a_set_of_keys_is_told_as_it_should_be_written(
    old: str, new: str, place: str, ja: str, en: str, value: str
) -> None:
    [fault] = faults(changed(CALLS, old, new))
    assert (fault.path, fault.value) == (place, value)
    assert (ja in fault.sentence.ja, en in fault.sentence.en) == (True, True), fault.sentence
    assert fault.spot.line == line_of(CALLS, old.lstrip("\n"))


@pytest.mark.parametrize(
    ("text", "ja"),
    [("key：aobagawa\n", "「：」が全角です"), ("key aobagawa\n", "「key」の後に「: 」"), ("市の制度\n", "「名前: 値」の組で書いてください。")],
)  # fmt: skip
def test_a_file_of_one_text_is_told_what_is_missing(text: str, ja: str) -> None:
    [fault] = faults(text)
    assert ja in fault.sentence.ja


def test_of_many_keys_an_example_shows_some() -> None:
    text = re.sub(r"^terms:\n(?:  .*\n)+", "terms: 5\n", CALLS, flags=re.M)
    [fault] = faults(text)
    assert "例: {receive: 5, correct: …, screen: …, …}（使える名前: receive, " in fault.sentence.ja
    assert len(fault.sentence.ja) < 300


def test_an_unclosed_quote_is_told_with_the_line_it_was_opened_in() -> None:
    text = 'key: x\nname: "ある市\ncity: ある市\ncalled:\n  body: "市"\n'
    [fault] = faults(text)
    assert fault.spot.line == 2
    assert fault.sentence.ja.startswith('2行目の引用符（"）が閉じていません')


@pytest.mark.parametrize(
    ("old", "new", "place", "ja"),
    [
        ("ja: 福祉, ", "ja：福祉, ", "fields[0].label.ja：福祉", "「：」が全角です"),
        ("ja: 福祉, ", "ja:福祉, ", "fields[0].label.ja:福祉", "「:」の後に空白がありません"),
        ("{key: welfare", "{key：welfare", "fields[0].key：welfare", "「：」が全角です"),
    ],
)
def test_a_mistyped_key_is_not_said_to_be_missing_besides(old: str, new: str, place: str, ja: str) -> None:
    [fault] = faults(changed(GOOD, old, new))
    assert fault.path == place
    assert ja in fault.sentence.ja


@pytest.mark.parametrize(
    ("good", "old", "new", "place", "ja", "value"),
    [
        (GOOD, "{ja: 福祉, en: Welfare}", "2027", "fields[0].label", '"2027" のように引用符で囲んで', "2027"),
        (GOOD, "{ja: 福祉, en: Welfare}", "true", "fields[0].label", '"true" のように引用符で囲んで', "true"),
        (WIDE, "fiscal_year: 2028", "fiscal_year: 令和10年度", "calls[0].fiscal_year", "西暦の4桁の整数（2000から2199まで、引用符なし）で書いてください。令和10年度なら 2028 です。", "令和10年度"),
        (WIDE, "fiscal_year: 2028", "fiscal_year: 10", "calls[0].fiscal_year", "令和10年度なら 2028 です。", "10"),
        (WIDE, "fiscal_year: 2028", "fiscal_year: 2028年度", "calls[0].fiscal_year", "例: 2028", "2028年度"),
        (WIDE, "fiscal_year: 2028", 'fiscal_year: "2028"', "calls[0].fiscal_year", "引用符なし", "2028"),
        (WIDE, '"2027-06-01 08:30"', '"9999-05-10 09:00"', "calls[0].opens", "9999年は使えません。年は2000から2199まで", "9999-05-10 09:00"),
        (WIDE, '"2027-06-01 08:30"', '"2027-02-30 09:00"', "calls[0].opens", "2027年2月30日という日はありません。この月は28日まで", "2027-02-30 09:00"),
        (WIDE, '"2027-06-01 08:30"', '"2027-13-01 09:00"', "calls[0].opens", "13月という月はありません", "2027-13-01 09:00"),
        (WIDE, '"2027-06-01 08:30"', '"2027-06-01 25:00"', "calls[0].opens", "25時00分という時刻はありません", "2027-06-01 25:00"),
        (WIDE, '"2027-06-01 08:30"', '"2027/06/01"', "calls[0].opens", "2026-12-02 09:00 の形で", "2027/06/01"),
        (WIDE, "until: 2027-08-06", "until: 2027-08-32", "calls[0].occasions[1].until", "2027年8月32日という日はありません", "2027-08-32"),
        (WIDE, "weights_add_up_to: 26", "weights_add_up_to: 100", "selection.rounds[0].weights_add_up_to", "重み（weight）の合計は26ですが、weights_add_up_to は100です。どちらかを直して", "100"),
        (WIDE, "rates: [90, 80, 70]", "rates: [0.9, 80, 70]", "types[0].money.rates[0]", "90％なら 90 と書いて", "0.9"),
        (WIDE, "rounds: [hearing]", "rounds: [hearing, hearing]", "types[1].rounds[1]", "selection の順に1回ずつ", "hearing"),
        (WIDE, "{kind: declared, item: dam_consent}", "{kind: declared}", "criteria[5].rule.item", "item（項目）がありません。次のどれかを書いてください: field, river, dam, dam_consent", ""),
        (WIDE, "right: {item: partners, column: money}", "right: {item: partners}", "proposal_rules[2].right.column", "column（数または金額の列）がありません。次のどれかを書いてください: hours, money", ""),
        (WIDE, "when: {item: river,", "when: {item: issue,", "proposal_items[3].when.answers", "選択式（choice・choices）の項目だけに使えます", ""),
        (WIDE, "{kind: registered}", "{kind: registery, item: issue, least: 3}", "criteria[9].rule.kind", "もしかして: registered", "registery"),
        (WIDE, "right: {item: cost_total},", "right: {item: cost_total, percent: -90},", "proposal_rules[0].right.percent", "-90％は使えません。0から1000まで", "-90"),
        (WIDE, "right: {item: cost_total},", "right: {item: cost_total, percent: 1001},", "proposal_rules[0].right.percent", "1001％は使えません", "1001"),
        (WIDE, "right: {item: cost_total},", "right: {item: cost_total, amount: 500},", "proposal_rules[0].right.amount", "どちらか一方だけ", "500"),
        (WIDE, "right: {item: cost_total},", "right: {item: cost_total, column: money},", "proposal_rules[0].right.column", "表（kind: table）の項目だけ", "money"),
        (WIDE, "right: {item: cost_total},", "right: {amount: 500, column: money},", "proposal_rules[0].right.column", "item（項目）といっしょに", "money"),
        (WIDE, "quorum: 6", "quorum: 「6」", "selection.rounds[0].quorum", "整数で書いて", "「6」"),
        (WIDE, "above: true", "above: はい", "selection.rounds[0].pass_mark.above", "true か false", "はい"),
    ],
)  # fmt: skip
def test_a_value_is_told_with_what_would_be_right(
    good: str, old: str, new: str, place: str, ja: str, value: str
) -> None:
    [fault] = faults(changed(good, old, new))
    assert (fault.path, fault.value) == (place, value)
    assert ja in fault.sentence.ja
    assert fault.sentence.en
    assert fault.spot.line == line_of(good, old)


def test_rounds_of_a_type_stand_in_the_order_of_selection() -> None:
    first, second = re.findall(r"^    - key: (\w+)$", WIDE[WIDE.index("selection:") :], flags=re.M)[:2]
    assert faults(changed(WIDE, "rounds: [hearing]", f"rounds: [{first}, {second}]")) == ()
    [fault] = faults(changed(WIDE, "rounds: [hearing]", f"rounds: [{second}, {first}]"))
    assert (fault.path, fault.value) == ("types[1].rounds[1]", first)
    assert f"{first}, {second}" in fault.sentence.ja


@pytest.mark.parametrize("new", ["#00694d", "  #00694d"])
def test_a_colour_without_quotes_is_a_comment_and_told_so(new: str) -> None:
    block = re.sub(r"^portal: \{.*\n(?: .*\n)*", f"portal:\n  colour: {new}\n", YOUTH, flags=re.M)
    [fault] = faults(block)
    assert (fault.path, fault.value) == ("portal.colour", "#00694d")
    assert "注釈" in fault.sentence.ja
    [fault] = faults(changed(YOUTH, '"#7a1fa2"', new))
    assert "注釈" in fault.sentence.ja
    assert fault.spot.line == line_of(YOUTH, '"#7a1fa2"')


def test_a_colour_in_capitals_is_the_same_colour() -> None:
    capitals, small = (read(YOUTH.replace("#7a1fa2", new).encode()).programme for new in ("#7A1FA2", "#7a1fa2"))
    assert capitals is not None
    assert capitals == small


@pytest.mark.parametrize(
    ("change", "places"),
    [
        (lambda text: re.sub(r"^proposal_items:\n(?:  .*\n)+", "proposal_items: {a: b}\n", text, flags=re.M), ["proposal_items"]),
        (lambda text: re.sub(r"^proposal_items:\n(?:  .*\n)+", "proposal_items: なし\n", text, flags=re.M), ["proposal_items"]),
        (lambda text: re.sub(r"^proposal_items:\n(?:  .*\n)+", "", text, flags=re.M), ["proposal_items"]),
        (lambda text: re.sub(r"^partner_types:\n(?:  .*\n)+", "partner_types: []\n", text, flags=re.M), ["partner_types"]),
        (lambda text: text.replace("stands: not_after", "stands: not_later", 1), ["proposal_rules[6].stands"]),
        (lambda text: text.replace("    - key: hearing\n", "    - key: [hearing]\n", 1), ["selection.rounds[1].key"]),
        (lambda text: text.replace("{key: side, kind: choice,", "{key: 側, kind: choice,", 1), ["proposal_items[10].columns[0].key"]),
        (lambda text: text.replace("{key: money, kind: yen,", "{key: money, kind: 円,", 1), ["proposal_items[8].columns[3].kind"]),
        (lambda text: text.replace("    - key: hearing\n", "    - key: 面接\n", 1), ["selection.rounds[1].key"]),
        (lambda text: text.replace("{key: river,", "{key: [river],", 1), ["proposal_items[2].key"]),
        (lambda text: text.replace("  - {key: second_year,", "  - {key: 2,", 1), ["types[1].key"]),
    ],
)  # fmt: skip
def test_nothing_is_said_that_only_follows_from_a_broken_list(change: Callable[[str], str], places: list[str]) -> None:
    text = change(WIDE)
    assert text != WIDE
    assert [fault.path for fault in faults(text)] == places


def error_of(kind: ErrorTypeInfo, place: tuple[str | int, ...]) -> ErrorDetails:
    """An error as pydantic lists it."""
    details = {
        "type": kind["type"],
        "loc": place,
        "msg": kind["example_message_python"],
        "input": "?",
        "ctx": kind.get("example_context") or {},
    }
    return cast(ErrorDetails, details)


@pytest.mark.parametrize(
    "place",
    [("key",), ("fields", 0, "label"), ("terms", "receive"), ("calls", 0, "opens"), ("select_after",), ("selection",),
     ("portal", "closed_days", 0), ("proposal_items", 0, "required"), ("types", 0, "money", "rates", 0), ("types",), ("?", 3)],
)  # fmt: skip
def test_no_error_of_the_library_reaches_the_reader_in_its_own_words(place: tuple[str | int, ...]) -> None:
    for kind in list_all_errors():
        said = sentence(error_of(kind, place))
        assert re.search("[ぁ-ん]", said.ja), kind["type"]
        assert not LATIN.search(said.ja), kind["type"]
        assert kind["example_message_python"] not in said.ja + said.en
        assert not re.search(r"\{\w*\}", said.ja + said.en), kind["type"]


def test_whatever_the_parser_objects_to_is_said_in_japanese() -> None:
    for problem in ("found something that nobody foresaw", "did not find expected whitespace or line break"):
        fault = syntax_fault(yaml.scanner.ScannerError("while looking around", None, problem, None), "a: b\n")
        assert re.search("[ぁ-ん]", fault.sentence.ja)
        assert not LATIN.search(fault.sentence.ja)
        assert problem not in fault.sentence.en
