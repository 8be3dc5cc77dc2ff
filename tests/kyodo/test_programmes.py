"""The terminal's words on a programme's file: every fault with file and line, what changed, a file to begin with."""

from pathlib import Path

import pytest

from kyodo.__main__ import main
from models.programme.library import DEFAULT, SHIPPED, programme
from models.programme.reading import read

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
        f"{city}:{ground}: criteria[0].severity: Write one of these: hard, soft (did you mean hard?) [herd]",
        f"{city}:{terms}: terms.sign: “sign” is missing. Write it.",
        f"{city}:{sign}: terms.sing: There is no key “sing” here. Did you mean sign? [10]",
    ]
    assert city.read_bytes() == before


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
    assert "These ship with Kyodo: aobagawa, nishitokyo, starter, takaoka." in capsys.readouterr().err
