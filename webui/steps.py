"""How far a proposal is: its stages for the `steps` component, each with the day it was completed, and its colour."""

from datetime import date

from models import clock
from models.process.labels import STAGES
from models.process.vocabulary import ENDS, REACHED, Stage, State
from models.proposals import Proposal
from webui.filters import short_day
from webui.language import reader_language


def steps_of(proposal: Proposal, here: str = "") -> list[tuple[str, str, str]]:
    """Words, standing and note of each stage. here: the note of the stage at which the proposal stands or ended."""
    stages = proposal.stages
    at = stages.index(proposal.stage)
    days = _completed(proposal)
    found = []
    for number, stage in enumerate(stages):
        if number < at or proposal.state in REACHED:
            standing, note = "done", short_day(days[stage]) if stage in days else ""
        elif number == at:
            standing, note = ("ended" if proposal.state in ENDS else "now"), here
        else:
            standing, note = "todo", ""
        found.append((STAGES[stage].in_(reader_language()), standing, note))
    return found


def tone_of(state: State) -> str:
    """The colour of the chip of a state."""
    if state in REACHED:
        return "green"
    return "" if state in ENDS or state is State.DRAFT else "blue"


def _completed(proposal: Proposal) -> dict[Stage, date]:
    """The day on which each stage was left for another; the last one ends with what the proposal was made for."""
    days: dict[Stage, date] = {}
    for before, event in zip(proposal.events, proposal.events[1:], strict=False):
        if event.stage is not before.stage:
            days[before.stage] = clock.in_tokyo(event.at).date()
    if proposal.state in REACHED:
        days[proposal.stage] = clock.in_tokyo(proposal.events[-1].at).date()
    return days
