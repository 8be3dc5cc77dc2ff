"""The generated page: its diagrams are well-formed and whole, its tables say what the definition says."""

import re
from itertools import pairwise

import pytest

from kyodo.documents import outdated
from models.process.definition import MOVES
from models.process.diagram import matrix, of_stage, overview, page
from models.process.labels import MOVE_WORDS, STATES
from models.process.vocabulary import ENDS, STAGE_OF, Hat, MoveKey, Stage, State

DECLARED = re.compile(r'^ +state "[^":;{}|]+(?:<br>| )[^":;{}|]+" as (\w+)( \{)?$')
ARROW = re.compile(r"^ +(\w+|\[\*\]) --> (\w+)( : [^:;{}|]+<br>[^:;{}|]+)?$")


def assert_well_formed(diagram: str) -> list[tuple[str, str]]:
    """Mermaid's grammar as far as we use it, and every arrow between states that are declared; gives the arrows."""
    first, *lines = diagram.splitlines()
    assert first == "stateDiagram-v2"
    declared, arrows, depth = {"[*]"}, [], 0
    for line in lines:
        if match := DECLARED.match(line):
            declared.add(match[1])
            depth += bool(match[2])
        elif match := ARROW.match(line):
            arrows.append((match[1], match[2]))
        elif line.strip() == "}":
            depth -= 1
        else:
            assert line.strip() == "direction LR", line
    assert depth == 0
    assert {end for arrow in arrows for end in arrow} <= declared
    return arrows


def test_the_overview_leads_through_the_seven_stages_to_publication() -> None:
    arrows = assert_well_formed(overview())
    assert len(arrows) == len(set(arrows))
    straight = ["[*]", *Stage, "published"]
    assert {(str(a), str(b)) for a, b in pairwise(straight)} <= set(arrows)
    assert {b for _, b in arrows} >= set(ENDS)


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_shows_all_its_states_and_every_way_out(stage: Stage) -> None:
    arrows = assert_well_formed(of_stage(stage))
    inside = {state for state in STAGE_OF if STAGE_OF[state] is stage}
    whole = f"{stage}_stage"
    shown = {(a, b) for a, b in arrows if a != whole} | {(s, b) for a, b in arrows if a == whole for s in inside}
    wanted = {
        (start, target)
        for move in MOVES.values()
        for start in move.starts
        for target in move.targets
        if start in inside and start is not target
    }
    assert shown == wanted
    for state in inside:
        assert f"{STATES[state].ja}<br>{STATES[state].en}" in of_stage(stage)


def test_the_matrix_has_a_line_for_every_move_and_a_mark_for_every_hat_that_may() -> None:
    _, _, *lines = matrix().splitlines()
    assert len(lines) == len(MoveKey)
    for line, (key, move) in zip(lines, MOVES.items(), strict=True):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert cells[0] == f"{MOVE_WORDS[key].button.ja}<br>{MOVE_WORDS[key].button.en}<br>`{key}`"
        assert {hat for hat, cell in zip(Hat, cells[1 : 1 + len(Hat)], strict=True) if cell} == set(move.by)


def test_every_move_is_told_in_full_and_every_line_of_a_table_has_all_its_cells() -> None:
    text = page()
    for key in MoveKey:
        assert text.count(f"<br>`{key}` |") >= 2, key
    tables = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    assert len(tables) == 9
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_conditions_stand_in_words() -> None:
    text = page()
    assert "Both sides confirmed the same version." in text
    assert "or 採択内定 `provisional`: 内定: the decision waits for the budget vote." in text
    assert "(not who did: Propose to exclude, Confirm the exclusion and send it up)" in text
    assert f"{STATES[State.SIGNING].ja} `signing`" in text


def test_the_page_in_the_documentation_is_current() -> None:
    assert outdated() == []
