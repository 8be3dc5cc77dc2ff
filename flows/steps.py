"""What the flows are made of: steps that Prefect tries again by itself, and the last step of every message."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun, State
from prefect.context import TagsContext
from prefect.flows import Flow
from prefect.tasks import Task, exponential_backoff

from flows import outbox
from models import clock
from models.database import transaction
from models.documents import DocumentKind
from models.history import Event
from models.process.vocabulary import FlowKey
from notifications.announcements import plan
from notifications.documents.issuing import issue

log = logging.getLogger("kyodo.flows")

P = ParamSpec("P")
R = TypeVar("R")

RETRIES = 2
"""So often a step is tried again at once; after that the message rests and the whole flow is run again."""


def step(function: Callable[P, R]) -> Task[P, R]:
    """A step of a flow: safe to run twice, tried again after a moment when it fails."""
    make = task(
        retries=RETRIES,
        retry_delay_seconds=exponential_backoff(backoff_factor=0.5),
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return make(function)


def stage_flow(key: FlowKey) -> Callable[[Callable[P, R]], Flow[P, R]]:
    """The flow for the outbox messages of one kind. When it fails, the message says why and rests."""

    def make(function: Callable[P, R]) -> Flow[P, R]:
        @wraps(function)
        def with_plain_steps(*args: P.args, **kwargs: P.kwargs) -> R:
            with TagsContext(current_tags=set()):  # a step with tags asks for a concurrency slot, up to two seconds
                return function(*args, **kwargs)

        return flow(name=key.value, on_failure=[_note], persist_result=False)(with_plain_steps)

    return make


def scheduled_flow(function: Callable[P, R]) -> Flow[P, R]:
    """A flow that runs at its time, named after it: `release 2026-11-21 10:20`. It looks at what is due by itself."""
    name = function.__name__

    def named() -> str:
        return f"{name} {clock.in_tokyo(clock.now()):%Y-%m-%d %H:%M}"

    return flow(name=name, flow_run_name=named, persist_result=False)(function)


@step
def announce(message_id: int, event_id: int) -> None:
    """Plan what everybody hears, and with that the message is done: one transaction."""
    with transaction() as session:
        if outbox.finish(session, message_id):
            plan(session, session.get_one(Event, event_id))


@step
def issue_document(message_id: int, kind: DocumentKind, proposal_id: int, subject_id: int = 0) -> None:
    """Make a formal document, unless it exists. It may take a while, so the lease begins anew."""
    outbox.renew(message_id)
    issue(kind, proposal_id, subject_id)


def failed(message_id: int, error: str) -> None:
    """Keep with the message why it failed, and say so; it rests and is tried again."""
    attempts = outbox.note_failure(message_id, error)
    say = log.error if attempts >= outbox.OFTEN else log.warning
    say("Outbox message %d failed in attempt %d and is tried again later.", message_id, attempts)


def _note(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    failed(int(flow_run.parameters["message_id"]), state.message or "")
