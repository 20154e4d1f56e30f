"""A timeline, published as a shop's OPC UA server would: machines by OPC 40001-1, jobs by
OPC 10031-4, counters beside them; on the timeline's clock, at any speed.
"""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any

from asyncua import ua
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.internal_server import InternalServer
from asyncua.server.server import Server
from asyncua.server.user_managers import UserManager

from twin.devices.opcua import nodes as of
from twin.devices.opcua.nodes import Nodes, standard
from twin.devices.opcua.publication import Instant, Job, instants
from twin.devices.opcua.security import Credentials, checked_url
from twin.devices.opcua.structures import ISA95, JOB_LIST, STRUCTURES, encode
from twin.errors import DeviceError
from twin.recordings.opcua import meaning
from twin.timeline import Timeline

URL = "opc.tcp://localhost:4840"
MACHINERY_JOBS = "http://opcfoundation.org/UA/Machinery/Jobs/"
DEVICES = "http://opcfoundation.org/UA/DI/"
TICK = 0.25  # [s] between two words of the clock
_CLOCK = standard("i=2258")
_STATES = {number: name for name, number in meaning.ITEM_STATE_NODES.items()}


def publish(
    timeline: Timeline,
    url: str = URL,
    speed: float = 1.0,
    machines: Sequence[str] | None = None,
    ended: threading.Event | None = None,
    ready: threading.Event | None = None,
) -> None:
    """Publishes a timeline from its start to its end, `speed` times as fast as it went.

    Clients are told the times of the timeline's clock. `machines` are the resources that are
    published, by default all but people. Returns at its end, or when `ended` is set; `ready` is
    set when clients may come. A user, a password and a certificate that the environment names
    (TWIN_OPCUA_...) are asked for. Raises DeviceError where nothing can listen at the address.
    """
    if not 0 < speed < math.inf:
        raise DeviceError(f"speed {speed:g}: expected a number above 0")
    # The people of a crew are numbered: "tht#1".
    named = [timeline.names[code] for code in timeline.resources]
    named = [name for name in named if "#" not in name]
    shop = Shop(machines if machines is not None else named, Credentials.of())
    asyncio.run(shop.play(timeline, checked_url(url), speed, ended or threading.Event(), ready))


class Shop:
    """The server of a shop with these machines."""

    def __init__(self, machines: Sequence[str], credentials: Credentials) -> None:
        self.machines = list(machines)
        self._credentials = credentials
        self._server = Server(user_manager=_Users(credentials))
        self._nodes = Nodes(self._server)
        # (machine, what) -> its nodes: of a state machine text, id and number
        self._told: dict[tuple[str, str], tuple[ua.NodeId, ...]] = {}
        self._spaces: dict[str, int] = {}

    async def play(
        self,
        timeline: Timeline,
        url: str,
        speed: float,
        ended: threading.Event,
        ready: threading.Event | None = None,
    ) -> None:
        """Serves, and says what happens when it happens."""
        await self._open(url)
        epoch = timeline.epoch.timestamp()
        said = list(instants(timeline, self.machines))
        now = timeline.start
        # How things stand at the start is there before the first client is.
        await self._say(Instant(timeline.start, self._nothing()), epoch)
        while said and said[0].time <= timeline.start:
            await self._say(said.pop(0), epoch)
        await self._tick(epoch + now)
        try:
            await self._server.start()
        except OSError as error:
            raise DeviceError(f"{url}: nothing can listen there: {error.strerror}") from error
        if ready is not None:
            ready.set()
        try:
            clock = asyncio.get_running_loop().time
            begin = clock()
            for instant in [*said, Instant(timeline.end)]:
                while now < instant.time and not ended.is_set():
                    now = min(instant.time, timeline.start + (clock() - begin) * speed)
                    await self._tick(epoch + now)
                    await asyncio.sleep(max(0.0, min(TICK, (instant.time - now) / speed)))
                if ended.is_set():
                    return
                await self._say(instant, epoch)
            await asyncio.sleep(2 * TICK)  # until clients have heard the last of it
        finally:
            await self._server.stop()

    # --- what is said ----------------------------------------------------------------------------

    async def _tick(self, time: float) -> None:
        moment = ua.DateTime.fromtimestamp(time, UTC)
        await self._write(_CLOCK, ua.Variant(moment, ua.VariantType.DateTime), moment)

    async def _say(self, instant: Instant, epoch: float) -> None:
        moment = ua.DateTime.fromtimestamp(epoch + instant.time, UTC)
        await self._tick(epoch + instant.time)
        for (machine, what), value in instant.values.items():
            nodes = self._told[machine, what]
            if what in (meaning.ITEM_STATE, meaning.MODE):
                for node, variant in zip(nodes, self._state(what, value), strict=True):
                    await self._write(node, variant, moment)
            elif what == meaning.JOB_LIST:
                await self._write(nodes[0], self._jobs(value, epoch), moment)
            else:
                await self._write(nodes[0], ua.Variant(value, ua.VariantType.UInt32), moment)

    def _nothing(self) -> dict[tuple[str, str], Any]:
        """What is told of machines of which nothing is known yet."""
        values: dict[str, Any] = {
            meaning.ITEM_STATE: "NotAvailable",
            meaning.MODE: "None",
            meaning.JOB_LIST: (),
            meaning.COUNT: 0,
            meaning.SCRAP: 0,
        }
        return {(machine, what): values[what] for machine, what in self._told}

    async def _write(self, node: ua.NodeId, value: ua.Variant, moment: ua.DateTime) -> None:
        told = ua.DataValue(
            value,
            StatusCode=ua.StatusCode(),
            SourceTimestamp=moment,
            ServerTimestamp=ua.DateTime.now(UTC),
        )
        await self._server.write_attribute_value(node, told)

    def _state(self, role: str, word: str) -> tuple[ua.Variant, ...]:
        """A state as a state machine's variables tell it: its text, its node and its number."""
        numbers = meaning.ITEM_STATES if role == meaning.ITEM_STATE else meaning.MODES
        number = next(number for number, name in numbers.items() if name == word)
        node = _state_nodes(role)[word]
        space = self._spaces[meaning.MACHINERY]
        return (
            ua.Variant(ua.LocalizedText(word, "en"), ua.VariantType.LocalizedText),
            ua.Variant(ua.NodeId.from_string(f"ns={space};i={node}"), ua.VariantType.NodeId),
            ua.Variant(number, ua.VariantType.UInt32),
        )

    def _jobs(self, jobs: Sequence[Job], epoch: float) -> ua.Variant:
        number = STRUCTURES[JOB_LIST].encoding
        kind = ua.NodeId.from_string(f"ns={self._spaces[meaning.JOBS]};i={number}")
        coded = [
            ua.ExtensionObject(kind, ua.ByteString(encode(JOB_LIST, _job(job, epoch))))
            for job in jobs
        ]
        return ua.Variant(coded, ua.VariantType.ExtensionObject, is_array=True)

    # --- what is there ---------------------------------------------------------------------------

    async def _open(self, url: str) -> None:
        server = self._server
        await server.init()
        server.disable_clock()
        server.set_endpoint(url)
        server.set_server_name("A simulated shop")
        await server.set_application_uri("urn:twin:server")
        kinds = ua.SecurityPolicyType
        if self._credentials.certificate:
            server.set_security_policy([kinds.Basic256Sha256_SignAndEncrypt])
            await server.load_certificate(self._credentials.certificate)
            key, password = self._credentials.key, self._credentials.key_password or None
            await server.load_private_key(key, password)
        else:
            server.set_security_policy([kinds.NoSecurity])
        if self._credentials.user:
            server.set_identity_tokens([ua.UserNameIdentityToken])
        add = self._nodes
        for uri in (DEVICES, meaning.MACHINERY, meaning.JOBS, MACHINERY_JOBS, meaning.SHOP):
            self._spaces[uri] = await add.space(uri)
        objects = standard("i=85")
        await self._types()
        folder = await add.node(meaning.MACHINERY, 1001)
        await add.object(objects, folder, "Machines", standard(of.FOLDER), None, of.ORGANIZES)
        for machine in self.machines:
            await self._machine(folder, machine)
        await self._job_list(objects, "")

    async def _types(self) -> None:
        add = self._nodes
        for role, number, name in (
            (meaning.ITEM_STATE, 1002, "MachineryItemState_StateMachineType"),
            (meaning.MODE, 1008, "MachineryOperationModeStateMachineType"),
        ):
            kind = await add.node(meaning.MACHINERY, number)
            await add.object_type(standard("i=2771"), kind, name)
            numbers = meaning.ITEM_STATES if role == meaning.ITEM_STATE else meaning.MODES
            for state_number, word in numbers.items():
                state = await add.node(meaning.MACHINERY, _state_nodes(role)[word])
                await add.object(kind, state, word, standard("i=2307"))
                await self._property(
                    *(state, f"{role}/{word}/StateNumber", "StateNumber"),
                    *(ua.Variant(state_number, ua.VariantType.UInt32), "i=7"),
                )
        await add.object_type(
            standard("i=58"), await add.node(meaning.MACHINERY, 1012), "MachineIdentificationType"
        )
        await add.object_type(
            standard("i=58"), await add.node(MACHINERY_JOBS, 1003), "JobManagementType"
        )
        await add.object_type(
            standard("i=2771"),
            await add.node(meaning.JOBS, 1002),
            "ISA95JobOrderReceiverObjectType",
        )
        for structure in ISA95:
            await add.structure(meaning.JOBS, structure)

    async def _machine(self, folder: ua.NodeId, name: str) -> None:
        add, machinery = self._nodes, self._spaces[meaning.MACHINERY]
        machine = await add.node(meaning.SHOP, name)
        await add.object(folder, machine, name, standard(of.BASE_OBJECT), None, of.ORGANIZES)
        await self._identification(machine, name)
        blocks = await add.node(meaning.SHOP, f"{name}/MachineryBuildingBlocks")
        kind = standard(of.FOLDER)
        await add.object(machine, blocks, "MachineryBuildingBlocks", kind, machinery)
        for role, block, number in (
            (meaning.ITEM_STATE, "MachineryItemState", 1002),
            (meaning.MODE, "MachineryOperationMode", 1008),
        ):
            node = await add.node(meaning.SHOP, f"{name}/{block}")
            kind = await add.node(meaning.MACHINERY, number)
            await add.object(blocks, node, block, kind, machinery, of.HAS_ADD_IN)
            await self._state_machine(node, name, role, block)
        monitoring = await add.node(meaning.SHOP, f"{name}/Monitoring")
        await add.object(machine, monitoring, "Monitoring", standard(of.FOLDER), machinery)
        for what, counter in ((meaning.COUNT, "PartsDone"), (meaning.SCRAP, "PartsScrapped")):
            node = await add.node(meaning.SHOP, f"{name}/{counter}")
            zero = ua.Variant(0, ua.VariantType.UInt32)
            await add.variable(monitoring, node, counter, zero, standard("i=7"))
            self._told[name, what] = (node,)
        await self._job_list(blocks, name)

    async def _identification(self, machine: ua.NodeId, name: str) -> None:
        add = self._nodes
        node = await add.node(meaning.SHOP, f"{name}/Identification")
        kind = await add.node(meaning.MACHINERY, 1012)
        space = self._spaces[DEVICES]
        await add.object(machine, node, "Identification", kind, space, of.HAS_ADD_IN)
        maker = ua.Variant(ua.LocalizedText("twin", "en"), ua.VariantType.LocalizedText)
        for what, value, kind_of_value in (
            ("Manufacturer", maker, "i=21"),
            ("SerialNumber", ua.Variant(name, ua.VariantType.String), "i=12"),
            ("ProductInstanceUri", ua.Variant(f"urn:twin:{name}", ua.VariantType.String), "i=12"),
        ):
            path = f"{name}/Identification/{what}"
            await self._property(node, path, what, value, kind_of_value, space)

    async def _state_machine(self, node: ua.NodeId, name: str, role: str, block: str) -> None:
        add = self._nodes
        first = "NotAvailable" if role == meaning.ITEM_STATE else "None"
        text, state, number = self._state(role, first)
        current = await add.node(meaning.SHOP, f"{name}/{block}/CurrentState")
        await add.variable(node, current, "CurrentState", text, standard("i=21"), "i=2760", 0)
        path = f"{name}/{block}/CurrentState"
        told_id = await self._property(current, f"{path}/Id", "Id", state, "i=17")
        told_number = await self._property(current, f"{path}/Number", "Number", number, "i=7")
        self._told[name, role] = (current, told_id, told_number)

    async def _job_list(self, parent: ua.NodeId, machine: str) -> None:
        add = self._nodes
        path = f"{machine}/JobManagement" if machine else "JobManagement"
        management = await add.node(meaning.SHOP, path)
        kind = await add.node(MACHINERY_JOBS, 1003)
        space, jobs = self._spaces[MACHINERY_JOBS], self._spaces[meaning.JOBS]
        await add.object(parent, management, "JobManagement", kind, space)
        control = await add.node(meaning.SHOP, f"{path}/JobOrderControl")
        kind = await add.node(meaning.JOBS, 1002)
        await add.object(management, control, "JobOrderControl", kind, space)
        node = await add.node(meaning.SHOP, f"{path}/JobOrderList")
        data_type = await add.node(meaning.JOBS, STRUCTURES[JOB_LIST].number)
        await add.variable(
            *(control, node, "JobOrderList", self._jobs((), 0.0)),
            *(data_type, of.VARIABLE, jobs),
        )
        self._told[machine, meaning.JOB_LIST] = (node,)

    async def _property(
        self,
        parent: ua.NodeId,
        path: str,
        name: str,
        value: ua.Variant,
        data_type: str,
        space: int = 0,
    ) -> ua.NodeId:
        node = await self._nodes.node(meaning.SHOP, path)
        kind = standard(data_type)
        return await self._nodes.variable(parent, node, name, value, kind, of.PROPERTY, space)


class _Users(UserManager):
    """Nobody may change anything; where the environment names a user, nobody else may read."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def known(
        self,
        iserver: InternalServer,
        username: str | None = None,
        password: str | None = None,
        certificate: Any = None,
    ) -> User | None:
        """The user of this name and password; None refuses."""
        wanted = self._credentials
        if wanted.user and not (
            compare_digest((username or "").encode(), wanted.user.encode())
            and compare_digest((password or "").encode(), wanted.password.encode())
        ):
            return None
        return User(role=UserRole.User)

    get_user = known  # the library asks by this name


def _state_nodes(role: str) -> Mapping[str, int]:
    return meaning.ITEM_STATE_NODES if role == meaning.ITEM_STATE else meaning.MODE_NODES


def _job(job: Job, epoch: float) -> dict[str, Any]:
    order: dict[str, Any] = {"JobOrderID": job.id}
    if job.product:
        order["WorkMasterID"] = [{"ID": job.product}]
        order["MaterialRequirements"] = [
            {
                "MaterialDefinitionID": job.product,
                "MaterialUse": "Produced",
                "Quantity": str(job.quantity),
            }
        ]
    for name, time in (("StartTime", job.release), ("EndTime", job.due)):
        if not math.isnan(time):
            order[name] = datetime.fromtimestamp(epoch + time, UTC)
    number = next(number for number, word in meaning.JOB_STATES.items() if word == job.state)
    state = {
        "BrowsePath": ua.RelativePath(),
        "StateText": ua.LocalizedText(job.state, "en"),
        "StateNumber": number,
    }
    return {"JobOrder": order, "State": [state]}
