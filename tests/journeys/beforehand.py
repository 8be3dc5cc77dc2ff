"""`python -m tests.journeys.beforehand`: puts the planted city into the middle of a selection and does what its past set off.

What the runner's flows would do one after the other, each as a run of Prefect's, is done here by the same flows at once:
the pages that show it look the same.
"""

from unittest.mock import patch

from prefect.tasks import Task
from sqlalchemy import select

from flows.running import flow_for
from kyodo.demonstration.cast import gather
from models.database import reading, transaction
from models.outbox import OutboxMessage
from tests.support.selection import in_every_state


def work_off() -> None:
    """Do what waits in the outbox, also what is due a little later. What it sets off in turn waits for the runner."""
    with reading() as session:
        undone = select(OutboxMessage.flow, OutboxMessage.id).where(OutboxMessage.done_at.is_(None))
        waiting = session.execute(undone.order_by(OutboxMessage.due_at, OutboxMessage.id)).all()
    with patch.object(Task, "__call__", lambda step, *given, **named: step.fn(*given, **named)):
        for flow, message_id in waiting:
            flow_for(flow).fn(message_id)


if __name__ == "__main__":
    with transaction() as writing:
        in_every_state(writing, gather(writing))
    work_off()
