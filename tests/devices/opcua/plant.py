"""An OPC UA server for tests, in a process of its own: `python plant.py PORT SCENARIO ...`.

It prints a line when it is ready, and then does what the lines of its input say.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from asyncua import Server, ua
from asyncua.crypto.permission_rules import User, UserRole

SHOP = "urn:test:plant"
NODESETS = (
    *("Opc.Ua.Di.NodeSet2", "Opc.Ua.IA.NodeSet2", "Opc.Ua.Machinery.NodeSet2"),
    *("opc.ua.isa95-jobcontrol.nodeset2", "Opc.Ua.PackML.NodeSet2"),
)
MACHINERY = "http://opcfoundation.org/UA/Machinery/"
PACKML = "http://opcfoundation.org/UA/PackML/"
JOBS = "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/"


async def lines():
    reader = asyncio.StreamReader(limit=2**24)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield json.loads(line)


def say(what):
    print(json.dumps(what), flush=True)


async def write(server, node, value, kind=None, status=0):
    variant = value if isinstance(value, ua.Variant) else ua.Variant(value, kind)
    told = ua.DataValue(variant, ua.StatusCode(status), datetime.now(UTC), datetime.now(UTC))
    await server.write_attribute_value(node.nodeid, told)


async def plain(server, index):
    """Nodes that a mapping names: state, count, lot; set by the lines of the input."""
    line = await server.nodes.objects.add_object(ua.NodeId("Line", index), f"{index}:Line")
    nodes = {
        name: await line.add_variable(ua.NodeId(name, index), f"{index}:{name}", value)
        for name, value in (("state", 0), ("count", 0), ("lot", ""), ("odd", 1.5))
    }
    await server.start()
    say("ready")
    async for order in lines():
        for name, value, *status in order:
            kind = ua.VariantType.Int64 if type(value) is int else None
            await write(server, nodes[name], value, kind, *status)
        say("done")


async def fast(server, index, number="200", rate="20", length="3"):
    """Many variables that count up, all at once, so many times a second."""
    nodes = [
        await server.nodes.objects.add_variable(ua.NodeId(f"v{n}", index), f"{index}:v{n}", 0)
        for n in range(int(number))
    ]
    await server.start()
    say("ready")
    loop = asyncio.get_running_loop()
    async for _ in lines():
        begin, values = loop.time(), round(float(rate) * float(length))
        for value in range(1, values + 1):
            for node in nodes:
                await write(server, node, value, ua.VariantType.Int64)
            await asyncio.sleep(max(0.0, begin + value / float(rate) - loop.time()))
        say({"values": values, "took": loop.time() - begin})


async def models(server, index, folder):
    """The nodesets of the companion specifications, and a machine of each kind."""
    with tempfile.TemporaryDirectory() as unpacked:
        for name in NODESETS:
            (file,) = Path(folder).glob(f"{name}.xml.gz")
            path = Path(unpacked) / f"{name}.xml"
            path.write_bytes(gzip.decompress(file.read_bytes()))
            await server.import_xml(path)
    await server.load_data_type_definitions()
    spaces = {uri: await server.get_namespace_index(uri) for uri in (MACHINERY, PACKML, JOBS)}

    def kind(uri, number):
        return ua.NodeId(number, spaces[uri])

    machines = server.get_node(kind(MACHINERY, 1001))
    mill = await machines.add_object(index, "Mill")
    for number, name in ((1002, "MachineryItemState"), (1008, "MachineryOperationMode")):
        named = ua.QualifiedName(name, spaces[MACHINERY])
        await mill.add_object(ua.NodeId(name, index), named, kind(MACHINERY, number))
    receiver = await mill.add_object(index, "Jobs", kind(JOBS, 1002))
    filler = await server.get_node(kind(PACKML, 72)).add_object(index, "Filler", kind(PACKML, 6))
    await server.start()
    say("ready")

    async def find(top, path):
        here = top
        for step in path.split("/"):
            names = {
                (await child.read_browse_name()).Name: child for child in await here.get_children()
            }
            here = names[step]
        return here

    def state(word):
        return ua.LocalizedText(word, "en")

    async for order in lines():
        for name, value in order:
            machine, _, path = name.partition("/")
            top = {"mill": mill, "filler": filler, "jobs": receiver}[machine]
            node = await find(top, path)
            if machine == "jobs":
                value = ua.Variant(
                    [
                        ua.ISA95JobOrderAndStateDataType(
                            JobOrder=ua.ISA95JobOrderDataType(
                                JobOrderID=job,
                                WorkMasterID=[ua.ISA95WorkMasterDataType(ID="bracket")],
                                Priority=ua.Int16(3),
                            ),
                            State=[
                                ua.ISA95StateDataType(
                                    StateText=state("Running"), StateNumber=ua.UInt32(number)
                                )
                            ],
                        )
                        for job, number in value
                    ],
                    ua.VariantType.ExtensionObject,
                )
                await write(server, node, value)
            elif path.endswith("/Id"):
                uri, number = value
                await write(server, node, kind(uri, number), ua.VariantType.NodeId)
            elif path.endswith("CurrentState"):
                await write(server, node, state(value), ua.VariantType.LocalizedText)
            elif isinstance(value, bool):
                await write(server, node, value, ua.VariantType.Boolean)
            else:
                await write(server, node, value, ua.VariantType.Int32)
        say("done")


class Users:
    """Only ada, by her password."""

    def get_user(self, iserver, username=None, password=None, certificate=None):
        if (username, password) == ("ada", "1815"):
            return User(role=UserRole.User)
        return None


async def main(port, scenario, *arguments):
    server = Server(user_manager=Users() if scenario == "users" else None)
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{port}")
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    index = await server.register_namespace(SHOP)
    if scenario == "users":
        server.set_identity_tokens([ua.UserNameIdentityToken])
        scenario = "plain"
    if scenario == "encrypted":
        server.set_security_policy([ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt])
        certificate, key = arguments
        await server.load_certificate(certificate)
        await server.load_private_key(key)
        scenario, arguments = "plain", ()
    await {"plain": plain, "fast": fast, "models": models}[scenario](server, index, *arguments)
    await server.stop()


if __name__ == "__main__":
    import logging

    logging.disable(logging.CRITICAL)
    asyncio.run(main(*sys.argv[1:]))
