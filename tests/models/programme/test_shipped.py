"""The programmes that ship: each passes the check, and says what its city's documents say."""

import pytest

from models.programme.library import DEFAULT, SHIPPED, programme, shipped
from models.programme.names import NAMES
from models.programme.reading import read_file
from models.programme.reference import page, parts_of, values_of
from models.programme.schema import Programme
from models.programme.values import value_in_words
from models.programme.writing import WIDTH, written

TAKAOKA, NISHITOKYO = programme("takaoka"), programme("nishitokyo")


def test_these_ship() -> None:
    assert shipped() == [
        "aobagawa", "fukui", "koka", "narumino", "nishitokyo", "starter", "takaoka", "tottori", "toyonaka",
    ]  # fmt: skip


@pytest.mark.parametrize("key", shipped())
def test_a_shipped_file_passes_the_check_and_is_named_after_its_key(key: str) -> None:
    assert read_file(SHIPPED / f"{key}.yaml") == (programme(key), ())
    assert programme(key).key == key


def test_a_programme_that_nobody_has_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        programme("atlantis")


@pytest.mark.parametrize("key", shipped())
def test_a_shipped_programme_is_read_back_as_it_was_written(key: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("programme") / "city.yaml"
    file.write_text(written(programme(key)), encoding="utf-8")
    assert read_file(file) == (programme(key), ())


def test_a_written_file_is_for_people() -> None:
    text = written(programme(DEFAULT))
    lines = text.splitlines()
    stated = [line.partition(":")[0] for line in lines if line[0].isalpha()]
    assert stated == [key for key in Programme.model_fields if key in stated]
    assert "\\u" not in text
    assert "  - {key: welfare, label: {ja: 福祉, en: Welfare}}" in lines
    assert "    articles: [purpose, roles, responsibility, cost, period, law]" in lines
    assert "required: true" not in text
    assert (
        max(len(line) for line in lines if "definition" not in line and not line.startswith("  en: Coll")) <= WIDTH + 10
    )


@pytest.mark.parametrize("key", shipped())
@pytest.mark.req("P10")
def test_the_principles_are_confirmed_and_asked_about_again(key: str) -> None:
    rules = programme(key)
    [confirmed] = [item for item in rules.consultation_items if item.options == "principles"]
    assert confirmed.required
    assert rules.review_items[0].key == "principles"


@pytest.mark.req("P01")
def test_each_city_has_its_own_definition() -> None:
    assert "共に考え、共に協力して働くこと" in TAKAOKA.definition.ja
    assert "単独では生み出せない効果を発揮し" in NISHITOKYO.definition.ja


@pytest.mark.req("P03")
def test_takaoka_has_the_four_principles() -> None:
    assert [one.label.ja for one in TAKAOKA.principles] == ["共有", "対等", "相互理解", "公開"]


@pytest.mark.req("P08")
def test_nishitokyo_has_the_six_principles_and_asks_about_them() -> None:
    six = ["対等", "目的共有", "役割・責任分担", "自主性・自立性", "評価・ふりかえり", "情報共有と透明性"]
    assert [one.label.ja for one in NISHITOKYO.principles] == six
    assert all(f"「{one}」" in NISHITOKYO.review_items[0].label.ja for one in six)


@pytest.mark.req("P12")
def test_nishitokyo_lists_its_domains_from_the_citizens_side() -> None:
    labels = [one.label.ja for one in NISHITOKYO.domains]
    assert labels == [
        "市民が主体となる活動領域",
        "市民が主に役割を担い行政が協力・支援",
        "双方がそれぞれ主体的に連携・協力",
        "行政が主に役割を担い市民が協力・支援",
        "行政が主体となる活動領域",
    ]
    assert [one.label.ja[0] for one in TAKAOKA.domains] == ["A", "B", "C", "D", "E"]


@pytest.mark.req("P15")
def test_nishitokyo_has_eight_forms() -> None:
    assert [one.label.ja for one in NISHITOKYO.methods] == [
        "共催", "実行委員会・協議会", "事業協力", "補助・助成", "委託", "指定管理者制度", "後援", "政策提案",
    ]  # fmt: skip


@pytest.mark.req("A02")
def test_nishitokyo_has_five_kinds_of_partners_from_citizens_to_trade() -> None:
    labels = [one.label.ja for one in NISHITOKYO.partner_types]
    assert len(labels) == 5
    assert labels[0] == "市民"
    assert "教育研究機関" in labels[3]


@pytest.mark.req("A01")
def test_takaokas_partner_types_are_each_defined() -> None:
    assert all(one.hint.ja for one in TAKAOKA.partner_types)
    assert "自治会、町内会、婦人会、老人会" in TAKAOKA.partner_types[0].hint.ja


def test_takaoka_has_the_rule_books_grounds_as_the_demonstration_city_has_and_adds_its_challenges() -> None:
    of_the_rule_book = tuple(one for one in programme(DEFAULT).criteria if one.source in ("X01", "X02", "X03"))
    assert TAKAOKA.criteria_for("model") == of_the_rule_book


@pytest.mark.parametrize("key", ["takaoka", "nishitokyo"])
def test_what_the_documents_leave_open_is_marked(key: str) -> None:
    text = (SHIPPED / f"{key}.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert text.count("# 未定 open: ") >= 6
    for section in ("scale", "terms", "report_items", "proposal_items"):
        before = lines[lines.index(f"{section}:") - 2 : lines.index(f"{section}:")]
        assert any("未定 open" in line for line in before), section


def test_every_key_has_a_name_and_a_meaning() -> None:
    for part in (Programme, *parts_of(Programme)):
        for name, field in part.model_fields.items():
            assert name in NAMES, f"Say in models/programme/names.py what people call {name!r}."
            assert field.description, f"Write below {part.__name__}.{name} what it means."
    for values in values_of(parts_of(Programme)):
        for value in values:
            assert value_in_words(value).ja, f"Say in models/programme/values.py what people call {value!r}."


def test_the_reference_shows_every_key_with_an_example() -> None:
    rows = [line.split(" | ") for line in page().splitlines() if line.startswith("| `")]
    keys = {row[0].strip("| `") for row in rows if len(row) == 6}
    assert keys == {name for part in (Programme, *parts_of(Programme)) for name in part.model_fields}
    without = [row[0] for row in rows if len(row) == 6 and not row[5].strip(" |")]
    assert without == [], f"Give these a value in models/programme/shipped/starter.yaml or a city's: {without}"


@pytest.mark.parametrize("key", shipped())
def test_both_languages_stand_in_every_shipped_file(key: str) -> None:
    """Words in Japanese alone would stand on our English pages as they are."""
    from_plain = [word for word in words_of(programme(key).plain()) if has_japanese(word)]
    assert from_plain == []


def has_japanese(text: str) -> bool:
    """Kana or ideographs."""
    return any("぀" <= letter <= "ヿ" or "一" <= letter <= "鿿" for letter in text)


NOT_WORDS = ("words", "source", "key")
"""Words to look for are looked for in proposals, which are in Japanese."""


def words_of(data: object, name: str = "") -> list[str]:
    """The English of every word in plain data, and every text that stands in one language."""
    if isinstance(data, dict):
        if set(data) == {"ja", "en"}:
            return [data["en"]]
        return [one for key, value in data.items() if key not in NOT_WORDS for one in words_of(value, key)]
    if isinstance(data, list):
        return [one for value in data for one in words_of(value, name)]
    return [data] if isinstance(data, str) else []
