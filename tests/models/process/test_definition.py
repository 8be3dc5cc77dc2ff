"""The definition beside the table written by hand, and whole in itself: words, ways, terms, flows."""

from models.process.definition import MOVES
from models.process.duties import DUTIES as OWED_IN
from models.process.labels import DUTIES, HATS, LED_TO, MOVE_WORDS, SIDES, STAGES, STATES
from models.process.vocabulary import ENDS, STAGE_OF, DutyKey, FlowKey, Hat, MoveKey, Side, Stage, State
from models.words import Word
from tests.models.process.expected_table import NOTHING_HAPPENS_IN, SECOND_PERSON, expected
from tests.models.process.traces import JAPANESE

TABLE = expected()
AT_ANY_TIME = (MoveKey.WITHDRAW, MoveKey.ASK_OPINION, MoveKey.GIVE_OPINION, MoveKey.COMMENT)


def test_the_definition_says_what_the_table_says() -> None:
    defined = {
        (start.value, key.value, hat.value, frozenset(move.targets or (start,)))
        for key, move in MOVES.items()
        for start in move.starts
        for hat in move.by
    }
    written = {(line.state, line.move, hat, frozenset(line.leads_to)) for line in TABLE.values() for hat in line.hats}
    assert defined - written == set(), "defined, but not in the table"
    assert written - defined == set(), "in the table, but not defined"


def test_only_moves_marked_so_in_the_table_wait_for_the_other_side_the_last_or_the_last_round() -> None:
    waiting = {key for key, move in MOVES.items() if move.when.__name__ != "at_once"}
    assert waiting == {line.move for line in TABLE.values() if line.condition}


def test_who_drafts_does_not_decide() -> None:
    assert {key: move.not_by for key, move in MOVES.items() if move.not_by} == SECOND_PERSON


def test_every_move_is_defined_once_and_starts_nowhere_twice() -> None:
    assert set(MOVES) == set(MoveKey)
    for key, move in MOVES.items():
        assert len(set(move.starts)) == len(move.starts), key
        assert len(set(move.by)) == len(move.by), key


def test_every_state_is_reached_from_the_draft_and_every_end_is_final_but_those_that_can_be_taken_back() -> None:
    reached, new = {State.DRAFT}, {State.DRAFT}
    while new:
        new = {target for m in MOVES.values() if reached & set(m.starts) for target in m.targets} - reached
        reached |= new
    assert reached == set(State)
    final = {state for state in State if not any(state in move.starts for move in MOVES.values())}
    assert final == set(NOTHING_HAPPENS_IN) == set(ENDS) - {State.PUBLISHED, State.REGISTERED}


def test_from_every_state_that_is_no_end_publication_can_still_be_reached() -> None:
    leading = {State.PUBLISHED}
    while True:
        more = {s for m in MOVES.values() if leading & set(m.targets) for s in m.starts} - leading
        if not more:
            break
        leading |= more
    assert set(State) - leading == set(ENDS) - {State.PUBLISHED}


def test_in_every_state_that_is_no_end_somebody_owes_something() -> None:
    assert set(OWED_IN) == set(State) - set(ENDS)


def test_the_seven_stages_in_the_clients_order_and_words() -> None:
    assert [STAGES[stage].ja for stage in Stage] == [
        "受付", "除外審査", "事前協議", "協定", "実施報告", "相互評価", "公表",
    ]  # fmt: skip
    assert set(STAGE_OF.values()) == set(Stage)
    assert set(STAGE_OF) == set(State) - (set(ENDS) - {State.PUBLISHED, State.REGISTERED})


def test_other_words_are_kept_only_for_where_a_move_can_lead() -> None:
    assert [one for one in LED_TO if one[1] not in MOVES[one[0]].targets] == []


def test_every_word_of_the_process_stands_in_both_languages() -> None:
    words: list[Word] = [
        *(STAGES[stage] for stage in Stage),
        *(STATES[state] for state in State),
        *(HATS[hat] for hat in Hat),
        *(SIDES[side] for side in Side),
        *(DUTIES[duty] for duty in DutyKey),
        *(word for key in MoveKey for word in MOVE_WORDS[key]),
        *LED_TO.values(),
    ]
    for word in words:
        assert JAPANESE.search(word.ja), word
        assert word.en, word
        assert not JAPANESE.search(word.en), word


def test_every_check_says_in_words_what_it_asks() -> None:
    for key, move in MOVES.items():
        for check in (move.facts, move.asks, move.when, move.does):
            assert (check.__doc__ or "").partition("\n")[0].endswith("."), (key, check)


def test_each_stage_sets_off_its_own_flow_and_only_silent_moves_none() -> None:
    assert {move.flow for move in MOVES.values()} == {*FlowKey, None}
    assert {key for key, move in MOVES.items() if move.flow is None} == {MoveKey.RECORD_FINDINGS}


def test_offers_come_in_the_order_of_the_process() -> None:
    stages = [min(list(Stage).index(STAGE_OF[s]) for s in move.starts) for key, move in MOVES.items()]
    order = [stage for key, stage in zip(MOVES, stages, strict=True) if key not in AT_ANY_TIME]
    assert order == sorted(order)
