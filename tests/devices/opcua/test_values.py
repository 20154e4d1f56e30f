"""Ids, values and structures of OPC UA, there and back."""

from datetime import UTC, datetime

import pytest
from asyncua import ua

from twin.devices.journal import Entry, Gap, Raw
from twin.devices.opcua import read_entry
from twin.devices.opcua.structures import COUNTS, JOB_LIST, decode, encode
from twin.devices.opcua.values import name_of, node_of, plain
from twin.errors import DeviceError
from twin.recordings.opcua import Lost

SPACES = ["http://opcfoundation.org/UA/", "urn:a", "urn:b"]
NAMES = [
    *("i=2258", "nsu=urn:b;i=7", "nsu=urn:a;s=mill;state=1"),
    *("nsu=urn:a;b=AQID", "nsu=urn:b;g=09087e75-8e5e-499b-954f-f2a9603db28a"),
]


@pytest.mark.parametrize("name", NAMES)
def test_ids_keep_the_name_of_their_namespace(name):
    there = node_of(name, SPACES)
    assert name_of(there, SPACES) == name
    # A server that is restarted may number its namespaces in another way.
    others = [SPACES[0], "urn:x", *SPACES[1:]]
    assert name_of(node_of(name, others), others) == name


def test_ids_with_the_servers_numbers():
    assert name_of(node_of("ns=2;s=mill", SPACES), SPACES) == "nsu=urn:b;s=mill"


@pytest.mark.parametrize("name", ["nsu=urn:c;i=7", "nonsense", "ns=1;i=x"])
def test_what_is_no_id(name):
    with pytest.raises(ValueError, match=r"no namespace 'urn:c'|is no node id"):
        node_of(name, SPACES)


JOB = {
    "JobOrder": {
        "JobOrderID": "lot-7",
        "Description": [ua.LocalizedText("a lot", "en")],
        "WorkMasterID": [{"ID": "board", "Parameters": [{"ID": "p", "Value": ua.Variant(3.5)}]}],
        "StartTime": datetime(2026, 1, 5, 8, tzinfo=UTC),
        "Priority": 4,
        "MaterialRequirements": [{"Quantity": "10", "EngineeringUnits": ua.EUInformation()}],
    },
    "State": [
        {
            "BrowsePath": ua.RelativePath(),
            "StateText": ua.LocalizedText("Running", "en"),
            "StateNumber": 3,
        }
    ],
}


def test_a_structure_there_and_back():
    coded = ua.ExtensionObject(ua.NodeId(1, 1), encode(JOB_LIST, JOB))
    (told,) = plain([coded], SPACES, "jobs")
    order = told["JobOrder"]
    assert list(order) == list(JOB["JobOrder"])
    assert order["JobOrderID"] == "lot-7"
    assert order["Description"] == ["a lot"]
    assert order["WorkMasterID"] == [{"ID": "board", "Parameters": [{"ID": "p", "Value": 3.5}]}]
    assert order["StartTime"] == datetime(2026, 1, 5, 8, tzinfo=UTC).timestamp()
    assert order["MaterialRequirements"][0]["Quantity"] == "10"
    assert told["State"][0]["StateText"] == "Running"


def test_what_is_no_such_structure():
    whole = encode(JOB_LIST, JOB)
    for cut in range(len(whole)):
        with pytest.raises(ValueError, match=r"is no ISA95"):
            decode(JOB_LIST, whole[:cut])
    with pytest.raises(ValueError, match="1 bytes are left over"):
        decode(JOB_LIST, whole + b"x")
    endless = (
        encode(JOB_LIST, {"JobOrder": {"JobOrderID": "a"}, "State": []})[:-4] + b"\xff\xff\xff\x7f"
    )
    with pytest.raises(ValueError, match="State has 2,147,483,647 elements"):
        decode(JOB_LIST, endless)
    deep: dict = {"ID": "p", "Value": ua.Variant(1)}
    for _ in range(12):
        deep = {"ID": "p", "Value": ua.Variant(1), "Subparameters": [deep]}
    nested = encode(
        JOB_LIST, {"JobOrder": {"JobOrderID": "a", "JobOrderParameters": [deep]}, "State": []}
    )
    with pytest.raises(ValueError, match="nested more than 10 deep"):
        decode(JOB_LIST, nested)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (datetime(1601, 1, 1, tzinfo=UTC), None),
        (b"\x01\x02\x03", "AQID"),
        (ua.QualifiedName("mill", 2), "mill"),
        (ua.NodeId("mill", 2), "nsu=urn:b;s=mill"),
        (ua.Variant([1, 2]), [1, 2]),
        (ua.ExtensionObject(ua.NodeId(9, 1), b"whatever"), None),
        (ua.ServerState.Running, 0),
        (ua.EUInformation(UnitId=3).UnitId, 3),
    ],
)
def test_values_as_json_has_them(value, kept):
    assert plain(value, SPACES) == kept


def test_counts_of_packml():
    count = {"ID": 1, "Name": "box", "Unit": ua.EUInformation(), "Count": 4, "AccCount": 9}
    coded = ua.ExtensionObject(ua.NodeId(1, 1), encode(COUNTS, count))
    (told,) = plain([coded], SPACES, "count")
    assert (told["Count"], told["AccCount"]) == (4, 9)


def test_entries_of_a_journal():
    assert read_entry(Entry(1, "s", Gap(1.0, 2.0, 3))) == Lost(1.0, 2.0, 3)
    for body in (b"{", b"[]", b"{}", b'{"value":1,"status":-1}'):
        with pytest.raises(DeviceError, match="entry 7 of s: is none of an OPC UA server"):
            read_entry(Entry(7, "s", Raw(1.0, "i=1", body)))
