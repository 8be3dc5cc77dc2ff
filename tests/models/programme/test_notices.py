"""通知: the programme's own words for the city's letters."""

from models.programme.library import DEFAULT, programme
from models.programme.notices import Notices
from models.programme.reading import read
from tests.support.editions import changed

NUMBERED = "notices:\n  number: "


def test_two_cases_never_get_the_same_number() -> None:
    [fault] = read(changed(("notices:\n", f"{NUMBERED}青市協第127号\n")).encode()).faults
    assert fault.path == "notices.number"
    assert "{n}" in fault.sentence.ja
    found = read(changed(("notices:\n", f"{NUMBERED}青市協第{{n}}号\n")).encode()).programme
    assert found is not None
    assert found.notices.number.ja == "青市協第{n}号"


def test_a_title_stands_on_one_line() -> None:
    [fault] = read(
        changed(
            ("    form: {ja: 様式第2号（第6条関係）, en: Form 2 (article 6)}\n", '    title: "受付\\n通知"\n')
        ).encode()
    ).faults
    assert fault.path == "notices.received.title"
    assert "1行" in fault.sentence.ja


def test_what_a_programme_does_not_say_stays_empty() -> None:
    notices = programme(DEFAULT).notices
    assert notices.adopted.form.ja == "様式第5号（第10条関係）"
    assert notices.cancelled == Notices().cancelled
    assert not notices.received.title.ja
