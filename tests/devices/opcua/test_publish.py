"""A simulated shop, published and followed, and read by a client that knows nothing of it."""

import socket

import numpy as np
import pytest
from asyncua import ua
from asyncua.sync import Client

from tests.devices.opcua.plants import PATIENCE, heard, is_connected, wait_for
from tests.devices.opcua.shop import as_followed, as_told, shop
from twin.devices.collector import Link
from twin.devices.opcua import line, publish
from twin.devices.opcua.security import Credentials
from twin.errors import DeviceError
from twin.recordings.opcua import meaning, read_file


def test_a_published_shop_is_followed_as_it_was_simulated(published, journal, follow, tmp_path):
    url, process = published(8)
    one = follow(url)
    assert process.wait(PATIENCE) == 0
    wait_for(lambda: one.status().link is Link.LOST)
    one.stop()
    wanted = shop()
    follower = heard(journal)
    timeline = follower.timeline()
    assert follower.count() == {}
    assert journal.counts(one.source) == {}
    assert [timeline.names[code] for code in timeline.resources] == ["mill", "saw"]

    begin = timeline.epoch.timestamp() - wanted.epoch.timestamp()  # when it was heard first
    assert timeline.end == pytest.approx(wanted.end - begin, abs=1e-4)
    told_, got = as_told(wanted.clip(begin, wanted.end)), as_followed(timeline)
    assert len(told_) > 40
    assert [row[:3] for row in got] == [row[:3] for row in told_]
    starts = [max(row[3] - begin, 0.0) for row in told_]
    assert [row[3] for row in got] == pytest.approx(starts, abs=1e-4)
    for name in ("done", "scrap"):
        times = [
            [p["time"] for p in each.points if each.name(p["name"]) == name]
            for each in (timeline, wanted)
        ]
        later = sorted(time - begin for time in times[1] if time > begin)
        assert sorted(times[0]) == pytest.approx(later, abs=1e-4)
    orders = {timeline.name(row["id"]): row for row in timeline.orders}
    assert len(orders) == 6
    for row in wanted.orders:
        got = orders[wanted.name(row["id"])]
        assert timeline.name(got["product"]) == "board"
        assert got["quantity"] == 3
        for column in ("release", "due", "start", "end"):
            if row[column] > begin or np.isnan(row[column]) or column in ("release", "due"):
                time = row[column] - begin
                assert got[column] == pytest.approx(time, abs=1e-4, nan_ok=True)
        assert (got["outcome"] == 0) == (row["outcome"] == 0)

    # The journal, written out and read again, gives the same.
    path = tmp_path / "shop.jsonl"
    entries = journal.read(most=10**6)
    path.write_text("".join(line(entry) + "\n" for entry in entries))
    again = read_file(path)
    assert again.names == timeline.names
    for name in ("intervals", "orders", "points"):
        assert repr(getattr(again, name)) == repr(getattr(timeline, name))


def test_other_clients_can_read_what_is_published(published):
    """A client that knows nothing but what the server says of its types, and may change nothing."""
    url, _ = published(1)
    with Client(url) as client:
        client.load_data_type_definitions()
        spaces = client.get_namespace_array()
        jobs, machinery, own = (
            spaces.index(uri) for uri in (meaning.JOBS, meaning.MACHINERY, meaning.SHOP)
        )
        machines = client.get_node(f"ns={machinery};i=1001").get_children()
        assert [node.read_browse_name().Name for node in machines] == ["mill", "saw"]
        (listed, *_) = client.get_node(f"ns={own};s=JobManagement/JobOrderList").read_value()
        assert listed.JobOrder.JobOrderID == "lot-0"
        assert listed.JobOrder.WorkMasterID[0].ID == "board"
        assert listed.JobOrder.MaterialRequirements[0].Quantity == "3"
        assert listed.State[0].StateNumber in (2, 3)
        path = [f"{jobs}:JobOrderList"]
        control = client.get_node(f"ns={own};s=JobManagement/JobOrderControl")
        assert control.get_child(path).nodeid.Identifier == "JobManagement/JobOrderList"
        state = client.get_node(f"ns={own};s=mill/MachineryItemState/CurrentState")
        (number,) = [n for n in state.get_properties() if n.read_browse_name().Name == "Number"]
        assert meaning.ITEM_STATES[number.read_value()] == state.read_value().Text
        with pytest.raises(ua.UaStatusCodeError, match=r"BadUserAccessDenied|BadNotWritable"):
            client.get_node(f"ns={own};s=mill/PartsDone").write_value(ua.UInt32(7))


def test_a_published_shop_asks_for_the_user_that_the_environment_names(published, follow):
    url, _ = published(1, {"TWIN_OPCUA_USER": "ada", "TWIN_OPCUA_PASSWORD": "1815"})
    nobody = follow(url)
    wait_for(lambda: nobody.status().link is Link.STOPPED)
    right = follow(url, None, Credentials(user="ada", password="1815"))
    wait_for(lambda: is_connected(right))


def test_where_nothing_can_listen_it_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        url = f"opc.tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(DeviceError, match=f"{url}: nothing can listen there"):
            publish(shop(), url)
    with pytest.raises(DeviceError, match="expected a number above 0"):
        publish(shop(), speed=0)
