"""The process as people read it: Mermaid diagrams and who-may-do-what tables, written from the definition."""

from collections.abc import Callable, Iterable, Iterator

from models.process.definition import MOVES
from models.process.grammar import Move, at_once, nothing_asked, nothing_missing
from models.process.labels import HATS, MOVE_WORDS, STAGES, STATES
from models.process.vocabulary import ENDS, STAGE_OF, Hat, MoveKey, Sight, Stage, State
from models.words import Word

SIGHTS = {
    Sight.PUBLIC: Word("公開", "public"),
    Sight.PARTIES: Word("当事者", "parties"),
    Sight.CITY: Word("市", "city"),
}
NUMBERS = {stage: number for number, stage in enumerate(Stage, 1)}
SPREAD = 3
"""A move that can be made in this many stages is told once, for all of them."""

OPENING = """\
# The process

This page is written by `kyodo docs` from `models/process/definition.py`. Change it there.

A proposal stands in one of {states} states within seven stages, {ends} of them ends. Whoever wears one of the hats named
may make a move; a move that needs both sides, or the last of several reports, takes the proposal on only once that
holds. Besides those named under "told", everybody hears of a move whose turn it becomes through it.

## The seven stages
"""

ACROSS = """\
## In several stages

These moves are possible in {least} stages or more and are left out of the diagrams of the stages, apart from where they
end the process.
"""


def page() -> str:
    """The whole of docs/process.md."""
    parts = [OPENING.format(states=len(State), ends=len(ENDS)), _fenced(overview())]
    parts += ["## Who may do what\n", matrix()]
    for stage in Stage:
        parts += [f"## {NUMBERS[stage]} {_both(STAGES[stage], ' ')}\n", _fenced(of_stage(stage))]
        parts.append(table(key for key in MOVES if stage in _stages(key) and not _spread(key)))
    parts += [ACROSS.format(least=SPREAD), table(key for key in MOVES if _spread(key))]
    return "\n".join(parts)


def overview() -> str:
    """The stages one after the other, and the ends each can come to."""
    lines = ["stateDiagram-v2", "    direction LR", *(_declared(s, _stage_label(s)) for s in Stage)]
    lines += [_declared(end, STATES[end]) for end in State if end in ENDS]
    steps = [
        f"    {STAGE_OF[start]} --> {target if target in ENDS else STAGE_OF[target]}"
        for move in MOVES.values()
        for start in move.starts
        for target in move.targets
        if target in ENDS or STAGE_OF[target] is not STAGE_OF[start]
    ]
    return "\n".join([*lines, f"    [*] --> {Stage.INTAKE}", *dict.fromkeys(steps)])


def of_stage(stage: Stage) -> str:
    """The states of one stage, what leads from one to the other, and where the stage is left."""
    inside = [state for state in STAGE_OF if STAGE_OF[state] is stage]
    arrows = list(_arrows(inside, stage))
    outside = [state for state in State if state not in inside and any(target is state for _, target, _ in arrows)]
    lines = ["stateDiagram-v2", f'    state "{_both(_stage_label(stage), " ")}" as {stage}_stage {{']
    lines += [f"    {_declared(state, STATES[state])}" for state in inside]
    lines += [f"        {a} --> {b} : {_both(word)}" for a, b, word in arrows if isinstance(a, State) and b in inside]
    lines += ["    }", *(_declared(state, STATES[state]) for state in outside)]
    for start, target, word in arrows:
        if target not in inside:
            source = start if isinstance(start, State) else f"{start}_stage"
            lines.append(f"    {source} --> {target} : {_both(word)}")
    return "\n".join(lines)


def _arrows(inside: list[State], stage: Stage) -> Iterator[tuple[State | Stage, State, Word]]:
    """Every move that leads from these states to another; one from the whole stage where it starts in each of them."""
    for key, move in MOVES.items():
        word = MOVE_WORDS[key].button
        for target in move.targets:
            starts = [state for state in inside if state in move.starts and state is not target]
            if len(starts) == len(inside) > 1:
                yield stage, target, word
            else:
                yield from ((start, target, word) for start in starts)


def matrix() -> str:
    """One line for each move, one column for each hat."""
    rows = [
        [_named(key), *("●" if hat in move.by else "" for hat in Hat), _way(move, move.starts)]
        for key, move in MOVES.items()
    ]
    return _table(["Move", *(_both(HATS[hat]) for hat in Hat), "From → to"], rows)


def table(keys: Iterable[MoveKey]) -> str:
    """The moves in full: what must be there, what comes with them, who is told, what is set off, who sees it."""
    return _table(
        ["Move", "Who", "From → to", "Must be there", "Comes with it", "Told", "Flow", "Seen by"],
        [_row(key, MOVES[key]) for key in keys],
    )


def _row(key: MoveKey, move: Move) -> list[str]:
    who = "<br>".join(_both(HATS[hat], " ") for hat in move.by)
    if move.not_by:
        others = ", ".join(MOVE_WORDS[other].button.en for other in move.not_by)
        who += f"<br>(not who did: {others})"
    return [
        _named(key),
        who,
        _way(move, move.starts),
        _said(move.facts, nothing_missing),
        _said(move.asks, nothing_asked),
        "<br>".join(HATS[hat].ja for hat in move.tells) or "–",
        f"`{move.flow}`" if move.flow else "–",
        _both(SIGHTS[move.sight], " "),
    ]


def _way(move: Move, starts: tuple[State, ...]) -> str:
    """Where it starts and leads, and on what condition."""
    origin = "<br>".join(_placed(state) for state in starts)
    if len(starts) > SPREAD + 1:
        stages = {STAGE_OF[state] for state in starts}
        origin = "・".join(STAGES[stage].ja for stage in Stage if stage in stages)
    if move.to is None:
        return origin
    leads = "".join(f"<br>or {_placed(other.to)}: {_said(other.when)}" for other in move.instead)
    return f"{origin}<br>→ {_placed(move.to)}{leads}" + (
        "" if move.when is at_once else f"<br>once: {_said(move.when)}"
    )


def _said(check: Callable[..., object], nothing: Callable[..., object] | None = None) -> str:
    """What a check asks for, in the first sentence of its own words."""
    return "–" if check is nothing else (check.__doc__ or "").partition("\n")[0]


def _stages(key: MoveKey) -> set[Stage]:
    return {STAGE_OF[state] for state in MOVES[key].starts}


def _spread(key: MoveKey) -> bool:
    return len(_stages(key)) >= SPREAD


def _stage_label(stage: Stage) -> Word:
    return Word(f"{NUMBERS[stage]} {STAGES[stage].ja}", STAGES[stage].en)


def _declared(key: State | Stage, word: Word) -> str:
    return f'    state "{_both(word)}" as {key}'


def _placed(state: State) -> str:
    return f"{STATES[state].ja} `{state}`"


def _named(key: MoveKey) -> str:
    return f"{_both(MOVE_WORDS[key].button)}<br>`{key}`"


def _both(word: Word, between: str = "<br>") -> str:
    return f"{word.ja}{between}{word.en}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _fenced(diagram: str) -> str:
    return f"```mermaid\n{diagram}\n```\n"
