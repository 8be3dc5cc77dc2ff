"""Whatever is done to a good file: it is read as a programme, or its faults are named; never anything else."""

from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.programme.differences import differences
from models.programme.library import DEFAULT, SHIPPED, programme
from models.programme.reading import Reading, read
from models.programme.schema import Programme
from models.programme.writing import written
from models.words import Word

GOOD = programme(DEFAULT)
SOURCES = [
    (SHIPPED / f"{DEFAULT}.yaml").read_bytes(),
    (Path(__file__).parent / "cities" / "kitahara_wide.yaml").read_bytes(),
]
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.dates(), st.binary(max_size=9),
    st.sampled_from(["choice", "text", "fields", "methods", "key", "law", "purpose", "4"]),
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


def sound(reading: Reading) -> None:
    """Either a programme or faults, each with its place and both sentences."""
    assert (reading.programme is None) == bool(reading.faults)
    for fault in reading.faults:
        assert fault.sentence.ja
        assert fault.sentence.en
        assert fault.spot.line >= 1
        assert fault.spot.column >= 1
    if reading.programme is not None:
        assert read(written(reading.programme).encode()) == reading


def places(data: object) -> list[tuple[Any, Any]]:
    """Every container of plain data with each of its keys or positions."""
    found: list[tuple[Any, Any]] = []
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        found += [(data, key), *places(value)]
    return found


@SLOW
@given(st.data())
def test_any_change_to_the_data_gives_a_programme_or_faults(data: st.DataObject) -> None:
    good = read(data.draw(st.sampled_from(SOURCES))).programme
    assert good is not None
    plain = good.plain()
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = data.draw(st.sampled_from(places(plain)))
        match data.draw(st.sampled_from(["replace", "remove", "twice", "add"])):
            case "replace":
                container[key] = data.draw(ANYTHING)
            case "remove":
                del container[key]
            case "twice" if isinstance(container, list):
                container.append(container[key])
            case _ if isinstance(container, dict):
                container[data.draw(st.text(max_size=8))] = data.draw(ANYTHING)
    sound(read(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False).encode("utf-8", errors="replace")))


@SLOW
@given(
    st.sampled_from(SOURCES),
    st.integers(0, max(len(source) for source in SOURCES)),
    st.integers(0, 40),
    st.one_of(st.binary(max_size=40), st.text("{}[]:,-&*!|>'\"%@`#?\t\n ~<=", max_size=20).map(str.encode)),
)
def test_any_change_to_the_text_gives_a_programme_or_faults(source: bytes, start: int, length: int, new: bytes) -> None:
    sound(read(source[:start] + new + source[start + length :]))


@SLOW
@given(st.binary(max_size=300))
def test_any_bytes_at_all_give_faults(source: bytes) -> None:
    reading = read(source)
    assert reading.faults
    sound(reading)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Cf"), include_characters="\n\t"),
    min_size=1, max_size=60,
).filter(str.strip)  # fmt: skip
LINES = TEXTS.map(lambda text: text.replace("\n", " "))


@settings(max_examples=30, deadline=None)
@given(st.builds(Word, TEXTS, TEXTS), st.builds(Word, LINES, LINES))
def test_any_words_are_read_back_as_they_were_written(text: Word, line: Word) -> None:
    plain = GOOD.plain()
    plain["definition"] = text._asdict()
    plain["city"] = line._asdict()
    plain["fields"][0]["label"] = line._asdict()
    plain["fields"][1]["hint"] = text._asdict()
    changed = Programme.model_validate(plain)
    assert read(written(changed).encode()) == (changed, ())
    again = read(written(changed).encode()).programme
    assert again is not None
    assert differences(changed, again) == ()
