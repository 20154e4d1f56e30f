"""Follows an OPC UA server into a journal.

The client looks what the server presents, writes that into the journal as the begin of a session,
and subscribes. Where the transport breaks, the client comes back to its session and fetches what
it missed; where the server has forgotten it (it was restarted), nothing tells what happened in
between: a gap is written and a new session begins, with another look at what the server presents.

A server skips values silently where its queue is as short as by default, one value. Queues are
asked for that hold more than comes between two publications, what a server grants is looked at,
and the bit that tells of an overflow is kept with the value.
"""

from __future__ import annotations

import asyncio
import json
import math
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asyncua import ua
from asyncua.client.client import Client
from asyncua.common.node import Node
from asyncua.common.subscription import DataChangeNotif, Subscription
from asyncua.observer import Observer, SubscriptionEvent
from asyncua.ua.status_codes import StatusCodes

from twin.devices.collector import Clock, Intake, Link, Standing, Status, waits
from twin.devices.journal import Entry, Gap, Journal, Raw
from twin.devices.opcua.browse import items
from twin.devices.opcua.security import Credentials, checked_url, reason, secure
from twin.devices.opcua.values import node_of, plain, seconds
from twin.errors import DeviceError
from twin.recordings.messages import parse
from twin.recordings.opcua import Change, Item, Lost, Mapping, Session, Told, body, meaning, told
from twin.recordings.opcua import line as told_line
from twin.recordings.opcua.changes import MOST_BODY, SESSION

PUBLISH, SAMPLE = 100.0, 50.0  # [ms]
TICK = 1000.0  # [ms] between two looks at the server's clock
QUEUE = 1000  # values of one node that a server is asked to keep for us
SHORTEST = 4  # what comes between two publications, and as many in reserve
KEEP_ALIVE, LIFETIME = 50, 3000  # publications: a sign of life each 5 s; 5 min until forgotten
TIMEOUT = 4.0  # [s] for an answer
WATCH = 2.0  # [s] between two questions whether the server still lives
AT_ONCE = 500  # nodes in one request
LOOK = 0.5  # [s] between two looks at the link
BETWEEN = 5.0  # [s] at most between two attempts to come back to a session
PATIENCE = PUBLISH * LIFETIME / 1000.0  # [s] until the server has forgotten it in any case
TOO_LARGE, NOT_TO_BE_HAD, SHORT_QUEUE = "too large", "node not to be had", "queue too short"
MORE_NODES = "more nodes than are looked at"


class Collector:
    """Follows one server; see `twin.devices.collector` for what collectors have in common.

    `url` is "opc.tcp://HOST:PORT/PATH"; users and certificates come from the environment. Raises
    DeviceError where the address or the environment is wrong.
    """

    def __init__(
        self,
        url: str,
        journal: Journal,
        mapping: Mapping | None = None,
        credentials: Credentials | None = None,
    ) -> None:
        self.source = checked_url(url)
        self._journal = journal
        self._mapping = mapping or Mapping()
        self._credentials = credentials or Credentials.of()
        self._standing = Standing(self.source)
        self._intake = Intake(journal, self._standing, self.ends)
        last = journal.last(self.source)
        heard = _end(last[0]) if last else math.nan
        self._last = heard  # [s] since 1970: when something was heard or known last
        self._clock = Clock(-math.inf if math.isnan(heard) else heard)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"opcua {self.source}")

    def start(self) -> None:
        """Begins to connect and to collect, in threads of its own."""
        self._intake.start()
        self._thread.start()

    def stop(self) -> None:
        """Ends it; what has been received is in the journal when it returns."""
        self.ends()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()
        self._intake.stop()
        self._standing.change(Link.STOPPED)

    def ends(self) -> None:
        """Has it end soon; may be called from any thread."""
        self._ended.set()

    def status(self) -> Status:
        """How it stands."""
        return self._standing.with_counts(self._journal, self._intake.queued())

    # --- the client's thread ---------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.run(self._follow())

    async def _follow(self) -> None:
        patience = waits()
        while not self._ended.is_set():
            listening = _Listening(self._intake, self._clock)
            try:
                await self._session(listening)
                why = listening.why
            except Exception as error:  # a server may answer anything, on which the library trips
                why, is_final = reason(error)
                if is_final:
                    self._standing.change(Link.STOPPED, why)
                    return
            if not math.isnan(listening.heard):
                self._last = listening.heard
                patience = waits()
            if self._ended.is_set():
                return
            self._standing.change(Link.LOST, why)
            await self._pause(next(patience))

    async def _session(self, listening: _Listening) -> None:
        """From a connection to its end: asked to, or the server has forgotten the client."""
        client = Client(
            self.source, TIMEOUT, WATCH, auto_reconnect=True, reconnect_max_delay=BETWEEN
        )
        client.name = "twin"
        client.uaclient.observer = listening
        await secure(client, self._credentials)
        await client.connect()
        try:
            namespaces = await client.get_namespace_array()
            listened, is_all = await items(client, namespaces, self._mapping)
            if not is_all:
                self._intake.count(MORE_NODES)
            moment: Any = await client.get_node(listened[0].node).read_value()
            begin = seconds(moment) if isinstance(moment, datetime) else math.nan
            await self._begin(begin, listened)
            listening.begin(namespaces, listened)
            await _subscribe(client, listening)
            self._standing.change(Link.CONNECTED)
            while not (self._ended.is_set() or listening.why):
                await self._pause(LOOK)
                self._look(client, listening)
        finally:
            listening.over = True
            await _part(client)

    async def _begin(self, begin: float, listened: Sequence[Item]) -> None:
        now = self._clock.now()
        session = Session(now, begin, tuple(listened))
        if not math.isnan(self._last):
            await self._put(Gap(self._last, now))
        await self._put(Raw(now, SESSION, body(session), begin))
        self._last = now

    async def _put(self, what: Raw | Gap) -> None:
        if not await asyncio.to_thread(self._intake.put, what, None, True):
            raise DeviceError(self._intake.why or "the journal takes nothing more")

    def _look(self, client: Client, listening: _Listening) -> None:
        if self._ended.is_set() or listening.why:
            return
        if client.state.value == "connected":
            self._standing.change(Link.CONNECTED)
            self._standing.answers(listening.heard)
        else:
            self._standing.change(Link.LOST, "does not answer")
            if self._clock.now() > listening.heard + PATIENCE:
                listening.why = "does not answer"

    async def _pause(self, length: float) -> None:
        """Waits [s], but not longer than until it ends."""
        left = length
        while left > 0 and not self._ended.is_set():
            await asyncio.sleep(min(left, 0.1))
            left -= 0.1


class _Listening(Observer):
    """Takes what a subscription brings, a publication at a time, and puts it into the intake.

    A publication has the values node by node; they are put in order of their time.
    """

    def __init__(self, intake: Intake, clock: Clock) -> None:
        self.why = ""  # why the session is over, where it is
        self.over = False
        self.heard = math.nan  # [s] since 1970
        self._kept = math.nan  # [s] since 1970, when something came that the journal has taken
        self._intake, self._clock = intake, clock
        self._namespaces: Sequence[str] = ()
        self.items: dict[ua.NodeId, Item] = {}
        self._batch: list[tuple[float, Item, ua.DataValue]] = []
        self._ticked = -math.inf

    def begin(self, namespaces: Sequence[str], listened: Sequence[Item]) -> None:
        """What will be listened to."""
        self._namespaces = namespaces
        self.items = {node_of(item.node, namespaces): item for item in listened}

    def count(self, what: str, number: int = 1) -> None:
        self._intake.count(what, number)

    def on_subscription_event(self, subscription_id: int | None, event: SubscriptionEvent) -> None:
        """The server has forgotten the subscription: what it told meanwhile is lost."""
        if event == SubscriptionEvent.RECREATED:
            self.why = self.why or "the server was restarted, or has forgotten this client"

    def on_notification(self, subscription_id: int | None, event_count: int) -> None:
        """Something came, be it that nothing has changed."""
        if not (self.over or self.why):
            self.heard = self._clock.now()

    def datachange_notification(self, node: Node, val: Any, data: DataChangeNotif) -> None:
        """A value, as the client hands it over: one after the other of a publication."""
        if self.over or self.why:
            return
        value = data.monitored_item.Value
        item = self.items.get(node.nodeid)
        if item is None or value is None:
            return
        if not self._batch:
            # It runs when all that came with this one has been handed over.
            asyncio.get_running_loop().call_soon(self._flush)
        stamp = seconds(value.SourceTimestamp)
        stamp = seconds(value.ServerTimestamp) if math.isnan(stamp) else stamp
        self._batch.append((stamp, item, value))

    def status_change_notification(self, status: ua.StatusChangeNotification) -> None:
        """The server ends the subscription."""
        self.why = self.why or f"the server ended the subscription ({status.Status})"

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        batch.sort(key=lambda each: 0.0 if math.isnan(each[0]) else each[0])
        received = self._clock.now()
        for stamp, item, value in batch:
            if self.why:
                return
            if item.role == meaning.CLOCK:
                if received < self._ticked + TICK / 1000.0:
                    continue
                self._ticked = received
            raw = Raw(received, item.node, self._body(received, stamp, item, value), stamp)
            if not self._intake.put(raw):
                self.why = "more came than the journal could take"
                self.heard = self._kept
                return
            self._kept = received

    def _body(self, received: float, stamp: float, item: Item, value: ua.DataValue) -> bytes:
        status = int(value.StatusCode.value) if value.StatusCode is not None else 0
        held: Any = value.Value.Value if value.Value is not None else None
        change = Change(
            received, item.node, plain(held, self._namespaces, item.role), stamp, status
        )
        written = body(change)
        if change.has_overflowed:
            self.count("overflow")
        if len(written) > MOST_BODY:
            self.count(TOO_LARGE)
            bad = StatusCodes.BadEncodingLimitsExceeded
            return body(Change(received, item.node, None, stamp, bad))
        return written


async def _subscribe(client: Client, listening: _Listening) -> Subscription:
    parameters = ua.CreateSubscriptionParameters()
    parameters.RequestedPublishingInterval = PUBLISH
    parameters.RequestedMaxKeepAliveCount = KEEP_ALIVE
    parameters.RequestedLifetimeCount = LIFETIME
    parameters.MaxNotificationsPerPublish = 0
    parameters.PublishingEnabled = True
    subscription = await client.create_subscription(parameters, listening)
    _watch_queues(client, listening)
    clocks = [node for node, item in listening.items.items() if item.role == meaning.CLOCK]
    others = [node for node, item in listening.items.items() if item.role != meaning.CLOCK]
    missing = 0
    # The clock first: it says when the session has begun.
    for several, queue, sample in [(clocks, 1, TICK)] + [
        (others[first : first + AT_ONCE], QUEUE, SAMPLE) for first in range(0, len(others), AT_ONCE)
    ]:
        nodes = [client.get_node(node) for node in several]
        made = await subscription.subscribe_data_change(
            nodes, queuesize=queue, sampling_interval=ua.Duration(sample)
        )
        results = made if isinstance(made, list) else [made]
        missing += sum(not isinstance(handle, int) for handle in results)
    if missing:
        listening.count(NOT_TO_BE_HAD, missing)
    return subscription


def _watch_queues(client: Client, listening: _Listening) -> None:
    """Counts the nodes for which a server keeps fewer values than come between publications."""
    ask = client.uaclient.session.create_monitored_items

    async def create(params: ua.CreateMonitoredItemsParameters) -> Any:
        results = await ask(params)
        short = 0
        for wanted, granted in zip(params.ItemsToCreate, results, strict=True):
            is_clock = wanted.RequestedParameters.SamplingInterval == TICK
            is_short = granted.RevisedQueueSize < SHORTEST and not is_clock
            short += is_short and granted.StatusCode.is_good()
        if short:
            listening.count(SHORT_QUEUE, short)
        return results

    setattr(client.uaclient.session, "create_monitored_items", create)  # noqa: B010


async def _part(client: Client) -> None:
    """Says farewell, if the server still listens; the connection is over in any case."""
    try:
        await asyncio.wait_for(client.disconnect(), TIMEOUT)
    except (OSError, ua.UaError, TimeoutError):
        client.disconnect_socket()


def _end(entry: Entry) -> float:
    return entry.what.end if isinstance(entry.what, Gap) else entry.what.received


def read_entry(entry: Entry) -> Told:
    """What an entry of the journal tells a follower. Raises DeviceError where it is not ours."""
    what = entry.what
    if isinstance(what, Gap):
        return Lost(what.begin, what.end, what.count)
    try:
        kept = parse(what.body)
        if not isinstance(kept, dict):
            raise ValueError("expected a JSON object")
        return told(what.received, what.topic, kept, what.told)
    except ValueError as error:
        raise DeviceError(
            f"entry {entry.position} of {entry.source}: is none of an OPC UA server: {error}"
        ) from error


def line(entry: Entry) -> str:
    """An entry of the journal as a line of a recorded file."""
    what = entry.what
    if isinstance(what, Gap):
        return told_line(what.end, "", {"begin": what.begin, "count": what.count})
    return told_line(what.received, what.topic, json.loads(what.body), what.told)
