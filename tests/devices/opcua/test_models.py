"""The companion specifications' own nodesets in a server, followed."""

from tests.devices.opcua.plants import heard, told, values, wait_for
from tests.devices.opcua.shop import as_followed
from twin.recordings.opcua import meaning
from twin.timeline import Outcome, State


def test_the_standards_own_models_are_followed(plant, journal, follow, recordings_folder):
    server = plant("models", recordings_folder / "opcua_nodesets")
    state, mode = "mill/MachineryItemState/CurrentState", "mill/MachineryOperationMode/CurrentState"
    machine, execute = "filler/BaseStateMachine/MachineState", "ExecuteState/CurrentState"
    server.tell(
        [
            (f"{state}/Id", (meaning.MACHINERY, 5007)),
            (state, "NotExecuting"),
            (f"{mode}/Id", (meaning.MACHINERY, 5026)),
            (mode, "Processing"),
            ("filler/BaseStateMachine/CurrentState/Id", (meaning.PACKML, 71)),
            (f"{machine}/CurrentState/Id", (meaning.PACKML, 75)),
            (f"{machine}/{execute}/Id", (meaning.PACKML, 28)),
            ("filler/Status/UnitModeCurrent", 1),
        ]
    )
    follow(server.url)
    wait_for(lambda: len(told(journal)) > 10)
    server.tell([("jobs/JobOrderList", [("lot-7", 3)])])
    server.tell([(f"{state}/Id", (meaning.MACHINERY, 5006)), (state, "Executing")])
    server.tell([(f"{machine}/{execute}/Id", (meaning.PACKML, 36))])
    server.tell([("filler/Status/EquipmentBlocked", True)])
    server.tell([(f"{machine}/{execute}/Id", (meaning.PACKML, 31))])
    server.tell([("filler/BaseStateMachine/CurrentState/Id", (meaning.PACKML, 61))])
    server.tell([(state, "Zu Diensten")])  # the text alone, in another language
    server.tell([("jobs/JobOrderList", [("lot-7", 5)])])
    server.tell([(f"{mode}/Id", (meaning.MACHINERY, 5025)), (mode, "Maintenance")])
    wait_for(lambda: "Maintenance" in values(journal, "") and len(told(journal)) > 20)
    follower = heard(journal)
    timeline = follower.timeline()
    rows = as_followed(timeline)
    assert [(state, part) for name, state, part, _ in rows if name == "Mill"] == [
        (State.UNAVAILABLE, ""),
        (State.IDLE, ""),
        (State.HELD, "lot-7"),
        (State.PROCESSING, "lot-7"),
        (State.PROCESSING, ""),
        (State.MAINTENANCE, ""),
    ]
    assert [state for name, state, *_ in rows if name == "Filler"] == [
        State.UNAVAILABLE,
        State.IDLE,
        State.PROCESSING,
        State.BLOCKED,
        State.DOWN,
    ]
    (order,) = timeline.orders
    assert timeline.name(order["id"]) == "lot-7"
    assert timeline.name(order["product"]) == "bracket"
    assert order["outcome"] == Outcome.DONE
    assert follower.count() == {}
