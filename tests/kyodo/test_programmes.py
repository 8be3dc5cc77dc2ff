"""The terminal's words on a programme's file: its faults, what changed, taking it up, a file to begin with."""

import re
import sys
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kyodo.__main__ import main
from models.database import reading
from models.editions import editions_of, number_of
from models.programme.library import DEFAULT, SHIPPED, programme, shipped
from models.programme.reading import read
from models.revisions import revisions
from tests.conftest import Clock

GOOD = (SHIPPED / f"{DEFAULT}.yaml").read_text(encoding="utf-8")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city's file that is good."""
    file = tmp_path / "city.yaml"
    file.write_text(GOOD, encoding="utf-8")
    return file


def break_off(file: Path, old: str, new: str) -> None:
    """Change the file's first `old`."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_good_file_is_said_to_be_good_in_one_line(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", "check", str(city)]) == 0
    assert capsys.readouterr().out == f"{city}: 「青葉川市 協働事業提案制度」に誤りはありません。\n"


def test_every_fault_is_a_line_with_file_and_line(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_off(city, "severity: hard", "severity: herd")
    break_off(city, "  sign: 10", "  sing: 10")
    before = city.read_bytes()
    assert main(["programme", "check", str(city), "--language", "en"]) == 1
    lines = GOOD.splitlines()
    ground = next(number for number, line in enumerate(lines, 1) if "severity: hard" in line)
    terms, sign = lines.index("terms:") + 1, lines.index("  sign: 10") + 1
    assert capsys.readouterr().out.splitlines() == [
        f"{city}:{ground}: criteria[0].severity: Write one of these: hard (excluded), soft (not suited) (did you mean hard?) [herd]",
        f"{city}:{terms}: terms.sign: “sign” is missing. Write it.",
        f"{city}:{sign}: terms.sing: There is no key “sing” here. Did you mean sign? [10]",
    ]
    assert city.read_bytes() == before


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_where_the_locale_knows_no_japanese_the_answer_is_utf_8(
    city: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_off(city, "severity: hard", "severity: きびしい")
    raw = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(raw, encoding=encoding, write_through=True))
    assert main(["programme", "check", str(city)]) == 1
    assert "criteria[0].severity: 次のどれかを書いてください" in raw.getvalue().decode("utf-8")


def test_what_a_locale_lacks_is_written_as_its_code(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_off(city, "severity: hard", "severity: 𠮷")
    raw = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(raw, encoding="cp932", write_through=True))
    assert main(["programme", "check", str(city)]) == 1
    assert "\\U00020bb7" in raw.getvalue().decode("cp932")


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", "check", str(tmp_path / "none.yaml")]) == 1
    assert main(["programme", "check", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.count("cannot be read") == 2
    assert "Traceback" not in said


def test_what_changed_is_told_by_section(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", "diff", DEFAULT, str(city)]) == 0
    assert capsys.readouterr().out == "違いはありません。\n"
    break_off(city, "  sign: 10", "  sign: 12")
    assert main(["programme", "diff", DEFAULT, str(city), "--language", "en"]) == 0
    assert capsys.readouterr().out == "terms: sign was changed from “10” to “12”.\n"
    break_off(city, "  sign: 12", "  sign: soon")
    assert main(["programme", "diff", str(city), DEFAULT]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "terms.sign: 整数で書いてください" in said.err


def test_an_exported_programme_reads_back_equal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", "export", "starter"]) == 0
    assert read(capsys.readouterr().out.encode()).programme == programme("starter")


def test_only_programmes_that_ship_are_exported(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", "export", "../shipped/starter"]) == 1
    assert f"These ship with Kyodo: {', '.join(shipped())}." in capsys.readouterr().err


def numbers_held() -> list[int]:
    """第n版 of those that hold or held, the latest first."""
    with reading() as session:
        return [number_of(one.edition.id) for one in revisions(session, DEFAULT)]


@pytest.mark.req("W01")
def test_a_good_file_is_in_force_at_once(database: Engine, city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_off(city, "  sign: 10", "  sign: 12")
    assert main(["programme", "import", str(city), "--reason", "署名に時間が\nかかるため"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "「青葉川市 協働事業提案制度」第2版として取り込み、施行しました。新しい案件から使います。",
        "期限: 署名を「10」から「12」に変更しました。",
    ]
    assert numbers_held() == [2, 1]
    assert main(["programme", "list"]) == 0
    second, first = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"aobagawa/2\t\d{4}-\d\d-\d\dT\d\d:\d\d\t案件0件\t署名に時間が かかるため", second)
    assert first == "aobagawa/1\t2000-01-01T09:00\t案件0件"


def test_the_same_text_again_says_so(database: Engine, city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in ([], ["--only-look"], ["--from", "2050-01-01"]):
        assert main(["programme", "import", str(city), "--language", "en", *options]) == 0
        said = capsys.readouterr().out
        assert said == "“Aobagawa Collaboration Project Programme” says the same as edition 1. Nothing was changed.\n"
    with reading() as session:
        assert len(editions_of(session, DEFAULT)) == 1


def test_a_file_waits_for_its_moment(
    database: Engine, city: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.set(date(2027, 3, 1))
    break_off(city, "  sign: 10", "  sign: 12")
    assert main(["programme", "import", str(city), "--only-look"]) == 0
    assert "まだ施行していません。" in capsys.readouterr().out
    assert main(["programme", "import", str(city), "--from", "2027-04-01T09:00"]) == 0
    assert "令和9年4月1日（木）9時00分から施行します。" in capsys.readouterr().out
    assert numbers_held() == [1]
    assert main(["programme", "import", str(city)]) == 0
    again = capsys.readouterr().out
    assert "令和9年4月1日（木）9時00分から施行する予定のままです。" in again
    assert "--from now" in again
    assert numbers_held() == [1], "the day that was set stays"
    clock.set(date(2027, 4, 2))
    assert numbers_held() == [2, 1]


def test_an_edition_that_waits_is_brought_forward_when_that_is_said(
    database: Engine, city: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.set(date(2027, 3, 1))
    break_off(city, "  sign: 10", "  sign: 12")
    assert main(["programme", "import", str(city), "--from", "2027-04-01 09:00"]) == 0
    assert main(["programme", "import", str(city), "--from", "now"]) == 0
    assert "取り込み、施行しました" in capsys.readouterr().out
    assert numbers_held() == [2, 1]


def test_an_import_names_the_planned_edition_that_will_take_its_place(
    database: Engine, city: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.set(date(2027, 3, 1))
    break_off(city, "  sign: 10", "  sign: 12")
    assert main(["programme", "import", str(city), "--from", "2027-07-01"]) == 0
    break_off(city, "  sign: 12", "  sign: 14")
    capsys.readouterr()
    assert main(["programme", "import", str(city), "--from", "2027-04-01"]) == 0
    assert "ご注意: 令和9年7月1日（木）0時00分から、先に予定していた第2版に替わります。" in capsys.readouterr().out
    break_off(city, "  sign: 14", "  sign: 16")
    assert main(["programme", "import", str(city), "--from", "2027-08-01"]) == 0
    assert "ご注意" not in capsys.readouterr().out, "those that end before it begins do not matter"


@pytest.mark.parametrize("moment", ["2020-04-01T09:00", "soon", "2027-13-01", "2027-04-01T25:00"])
def test_a_moment_that_cannot_be_is_told_and_nothing_changes(
    database: Engine, city: Path, moment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    break_off(city, "  sign: 10", "  sign: 12")
    assert main(["programme", "import", str(city), "--from", moment]) == 1
    assert "kyodo: " in capsys.readouterr().err
    with reading() as session:
        assert len(editions_of(session, DEFAULT)) == 1


def test_faults_are_printed_as_check_prints_them_and_nothing_changes(
    database: Engine, city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_off(city, "  sign: 10", "  sing: 10")
    assert main(["programme", "check", str(city)]) == 1
    checked = capsys.readouterr().out
    assert main(["programme", "import", str(city)]) == 1
    assert capsys.readouterr().out == checked
    with reading() as session:
        assert len(editions_of(session, DEFAULT)) == 1


def test_what_was_imported_is_exported_as_it_came(
    database: Engine, city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_off(city, "  sign: 10", "  sign: 12  # 二週間と少し")
    assert main(["programme", "import", str(city)]) == 0
    capsys.readouterr()
    for source, text in (
        (DEFAULT, city.read_text("utf-8")),
        ("aobagawa/2", city.read_text("utf-8")),
        ("aobagawa/1", GOOD),
    ):
        assert main(["programme", "export", source]) == 0
        assert capsys.readouterr().out == text
    assert main(["programme", "export", "starter"]) == 0
    assert read(capsys.readouterr().out.encode()).programme == programme("starter")
    assert main(["programme", "export", "aobagawa/3"]) == 1
    assert "There is no edition aobagawa/3." in capsys.readouterr().err


def test_editions_are_compared_with_each_other_and_with_files(
    database: Engine, city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_off(city, "  sign: 10", "  sign: 12")
    assert main(["programme", "import", str(city)]) == 0
    capsys.readouterr()
    for old, new in (("aobagawa/1", "aobagawa/2"), ("aobagawa/1", DEFAULT), ("aobagawa/1", str(city))):
        assert main(["programme", "diff", old, new]) == 0
        assert capsys.readouterr().out == "期限: 署名を「10」から「12」に変更しました。\n"
    assert main(["programme", "diff", DEFAULT, str(city)]) == 0
    assert capsys.readouterr().out == "違いはありません。\n"


def test_a_database_without_tables_is_told_in_a_sentence(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", "import", str(city)]) == 1
    assert main(["programme", "list"]) == 1
    said = capsys.readouterr().err
    assert said.count("try `kyodo upgrade`") == 2
    assert "Traceback" not in said
