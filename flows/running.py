"""Which flow does which work, and the two ways to run it: here in this process, or on a Prefect work pool."""

import urllib.request
from typing import Any

from prefect import tags
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.deployments import run_deployment
from prefect.flows import Flow
from prefect.settings import PREFECT_API_URL

from flows.agreement import agreement
from flows.announcements import announcements
from flows.consultation import consultation
from flows.execution import execution
from flows.intake import intake
from flows.outbox import Leased
from flows.publication import publication
from flows.review import review
from flows.screening import screening
from models.process.vocabulary import FlowKey

DEPLOYMENT = "kyodo"
"""The second half of every deployment's name: `screening/kyodo`."""


def flow_for(key: FlowKey) -> Flow[[int], None]:
    """The flow that works on messages of this kind."""
    flows: dict[FlowKey, Flow[[int], None]] = {
        FlowKey.INTAKE: intake,
        FlowKey.SCREENING: screening,
        FlowKey.CONSULTATION: consultation,
        FlowKey.AGREEMENT: agreement,
        FlowKey.EXECUTION: execution,
        FlowKey.REVIEW: review,
        FlowKey.PUBLICATION: publication,
        FlowKey.ANNOUNCEMENTS: announcements,
    }
    return flows[key]


def run_here(leased: Leased) -> None:
    """Run the flow in this process, to its end. What fails within it is kept with the message."""
    with tags(*_tags(leased)):
        flow = flow_for(leased.flow).with_options(flow_run_name=_name(leased))
        flow(leased.id, return_state=True)


def hand_over(leased: Leased) -> None:
    """Make it a run of the flow's deployment and do not wait. A run that still waits for a worker is left to wait."""
    if leased.attempt > 1 and _still_waits(leased):
        return
    run_deployment(
        f"{leased.flow.value}/{DEPLOYMENT}",
        parameters={"message_id": leased.id},
        flow_run_name=_name(leased),
        tags=_tags(leased),
        idempotency_key=f"{_mark(leased)}-{leased.created_at:%Y%m%d%H%M%S%f}-{leased.attempt}",
        timeout=0,
        as_subflow=False,
    )


def prefect_answers() -> bool:
    """Whether the Prefect server is there and in order."""
    try:
        with urllib.request.urlopen(f"{PREFECT_API_URL.value()}/health", timeout=5) as answer:  # noqa: S310 (ours)
            return bool(answer.status == 200)
    except OSError:
        return False


def _still_waits(leased: Leased) -> bool:
    wanted: dict[str, Any] = {
        "tags": {"all_": [_mark(leased)]},
        "state": {"type": {"any_": ["SCHEDULED"]}},
    }
    with get_client(sync_client=True) as client:
        return bool(client.read_flow_runs(flow_run_filter=FlowRunFilter.model_validate(wanted), limit=1))


def _name(leased: Leased) -> str:
    return f"{leased.label} {leased.flow.value}".strip()


def _tags(leased: Leased) -> list[str]:
    return [tag for tag in (leased.label, leased.flow.value, _mark(leased)) if tag]


def _mark(leased: Leased) -> str:
    return f"outbox-{leased.id}"
