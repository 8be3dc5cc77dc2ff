"""Every kind of message has its flow, and every flow its deployment: the list of one is the list of the other."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.flows import Flow

from flows.deadlines import deadlines
from flows.relay import relay
from flows.release import release
from flows.running import DEPLOYMENT, flow_for
from flows.upkeep import upkeep
from models.process.definition import MOVES
from models.process.vocabulary import FlowKey

FILE = yaml.safe_load((Path(__file__).parents[2] / "deployment.yaml").read_text(encoding="utf-8"))
DEPLOYMENTS: list[dict[str, Any]] = FILE["deployments"]
SCHEDULED: dict[Flow[..., Any], str] = {
    release: "* * * * *",
    relay: "*/5 * * * *",
    deadlines: "0 8 * * *",
    upkeep: "30 3 * * *",
}


def entrypoint(flow: Flow[Any, Any]) -> str:
    """How a deployment names a flow: by module, never by file."""
    return f"{flow.fn.__module__}:{flow.fn.__name__}"


def test_each_kind_of_message_has_a_flow_of_its_name() -> None:
    assert [flow_for(key).name for key in FlowKey] == [key.value for key in FlowKey]


def test_every_flow_a_move_sets_off_exists() -> None:
    for move in MOVES.values():
        assert move.flow is None or flow_for(move.flow).name == move.flow.value


def test_the_deployments_are_the_flows() -> None:
    expected = [entrypoint(flow) for flow in (*map(flow_for, FlowKey), *SCHEDULED)]
    assert sorted(deployment["entrypoint"] for deployment in DEPLOYMENTS) == sorted(expected)
    assert {deployment["name"] for deployment in DEPLOYMENTS} == {DEPLOYMENT}
    assert {deployment["work_pool"]["name"] for deployment in DEPLOYMENTS} == {"kyodo"}


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["entrypoint"])
def test_an_entrypoint_leads_to_its_flow(deployment: dict[str, Any]) -> None:
    module, name = deployment["entrypoint"].split(":")
    flow = getattr(import_module(module), name)
    assert isinstance(flow, Flow)
    assert flow.name == name


def test_scheduled_flows_run_at_their_time_in_tokyo_and_the_others_have_none() -> None:
    expected = {entrypoint(flow): cron for flow, cron in SCHEDULED.items()}
    schedules = {d["entrypoint"]: d["schedules"] for d in DEPLOYMENTS if "schedules" in d}
    assert {key: [each["cron"] for each in value] for key, value in schedules.items()} == {
        key: [cron] for key, cron in expected.items()
    }
    assert {each["timezone"] for value in schedules.values() for each in value} == {"Asia/Tokyo"}
