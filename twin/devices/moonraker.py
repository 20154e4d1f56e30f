"""Moonraker, followed over its websocket (JSON-RPC), with an API key (TWIN_MOONRAKER_KEY) where it
wants one.

The websocket is tornado's, which the page brings along. It is subscribed to what changes a state;
temperatures and progress are asked for all BEAT seconds, which is a sign of life, too: Klipper
would tell them four times a second. Each time the connection comes back the history is asked for
first: it knows of jobs that nobody listened to.
"""

from __future__ import annotations

import asyncio
import json
import math
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.iostream import StreamClosedError
from tornado.websocket import (
    WebSocketClientConnection,
    WebSocketClosedError,
    WebSocketError,
    websocket_connect,
)

from twin.devices.addresses import Address, credentials, parse_address
from twin.devices.collector import Clock, Intake, Link, Standing, Status, waits
from twin.devices.journal import Gap, Journal, Raw
from twin.devices.polled import last_heard
from twin.devices.web import PATIENCE, Refused, Unreachable, reason
from twin.errors import DeviceError
from twin.recordings.messages import parse
from twin.recordings.printers.follower import NOT_UNDERSTOOD, TOPICS
from twin.recordings.printers.reports import mapping, text

BEAT = 5.0  # [s] between two questions
MOST_BYTES = 4 * 2**20  # of one message; a history with its metadata has some 100 kB
CLOSING = 6.0  # [s] to wait for the other side's goodbye; tornado hangs up after 5
NO_ANSWER = 599  # tornado's own status
UNANSWERED = 100  # questions that may be at once
REMEMBERED = 50  # jobs of the history that are asked for
UNAUTHORIZED = ("unauthorized", "forbidden")  # in its answers to who has no key

# Objects of Klipper -> the fields that change a state, and those that are asked for now and then.
TOLD = {"webhooks": ["state", "state_message"], "print_stats": ["state", "filename", "message"]}
ASKED: dict[str, list[str] | None] = {
    "webhooks": ["state", "state_message"],
    "print_stats": ["state", "filename", "message", "print_duration", "filament_used"],
    "virtual_sdcard": ["progress"],
    "extruder": ["temperature"],
    "extruder1": ["temperature"],
    "heater_bed": ["temperature"],
    "heater_generic chamber": ["temperature"],
}
KLIPPER = "notify_klippy_"
KEPT = frozenset(
    {
        *(f"{KLIPPER}{word}" for word in ("ready", "shutdown", "disconnected")),
        "notify_status_update",
        "notify_history_changed",
    }
)


def collector(url: str, journal: Journal, machine: str = "", beat: float = BEAT) -> Moonraker:
    """A collector of the printer at "moonraker://host:port#machine" ("moonrakers" with TLS).

    Raises DeviceError where the address is none.
    """
    return Moonraker(parse_address(url, machine), journal, beat)


class Moonraker:
    """A collector of one printer."""

    def __init__(self, address: Address, journal: Journal, beat: float = BEAT) -> None:
        self.source = address.source
        self._address, self._credentials = address, credentials(address)
        self._topic = f"{TOPICS}{address.machine}/{address.protocol}/"
        self._journal, self._beat = journal, beat
        self._standing = Standing(self.source)
        self._intake = Intake(journal, self._standing, self._stop_following)
        self._heard = last_heard(journal, self.source)
        self._clock = Clock(self._heard)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._following: asyncio.Task[None] | None = None
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name=self.source)

    def start(self) -> None:
        self._intake.start()
        self._thread.start()

    def stop(self) -> None:
        self._stop_following()
        if self._thread.is_alive():
            self._thread.join()
        self._intake.stop()
        self._standing.change(Link.STOPPED)

    def status(self) -> Status:
        return self._standing.with_counts(self._journal, self._intake.queued())

    def _stop_following(self) -> None:
        self._ends.set()
        if self._loop is not None and self._following is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._following.cancel)

    def _run(self) -> None:
        asyncio.run(self._until_stopped())

    async def _until_stopped(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._following = asyncio.create_task(self._follow())
        if self._ends.is_set():
            self._following.cancel()
        await asyncio.wait([self._following])
        if not self._following.cancelled():
            self._following.result()

    async def _follow(self) -> None:
        patience = waits()
        while True:
            heard = self._heard
            try:
                await self._session()
            except Unreachable as error:
                self._standing.change(Link.LOST, str(error))
            except DeviceError as error:
                self._standing.change(Link.STOPPED, str(error))
                return
            if self._heard > heard:  # it was connected
                patience = waits()
            await asyncio.sleep(next(patience))

    async def _session(self) -> None:
        """One connection until it ends, which it does by Unreachable or Refused."""
        connection = await self._connect()
        talk = _Talk(connection)
        try:
            await self._begin(talk)
            asked = asyncio.create_task(self._ask_now_and_then(talk))
            try:
                while True:
                    await self._listen(talk)
            finally:
                asked.cancel()
        finally:
            await _close(talk)

    async def _connect(self) -> WebSocketClientConnection:
        address = self._address
        request = HTTPRequest(
            f"ws{address.web.removeprefix('http')}/websocket",
            headers=dict(self._credentials.headers),
            connect_timeout=PATIENCE,
            request_timeout=PATIENCE,
            ssl_options=self._credentials.context() if address.is_safe else None,
            follow_redirects=False,
        )
        try:
            return await asyncio.wait_for(
                websocket_connect(request, max_message_size=MOST_BYTES), 2.0 * PATIENCE
            )
        except HTTPClientError as error:
            raise self._status(error) from error
        except (OSError, WebSocketError) as error:
            cause = getattr(error, "real_error", None) or error
            raise Unreachable(f"{address.web}: {reason(cause)}") from error

    def _status(self, error: HTTPClientError) -> DeviceError:
        place, names = self._address.web, self._credentials.names
        if error.code in (401, 403):
            return Refused(f"{place}: the key is missing or wrong (status {error.code}): {names}")
        if error.code == 404:
            return Refused(f"{place}: has no /websocket (status 404); is it a Moonraker?")
        if error.code == NO_ANSWER:
            return Unreachable(f"{place}: does not answer ({error.message})")
        return Unreachable(f"{place}: answers with status {error.code} {error.message}")

    async def _begin(self, talk: _Talk) -> None:
        told = {"client_name": "twin", "version": "1", "type": "other", "url": "urn:twin"}
        key = self._credentials.headers.get("X-Api-Key")
        await talk.ask("server.connection.identify", told | ({"api_key": key} if key else {}))
        await talk.ask("server.info")
        await talk.ask("server.history.list", {"limit": REMEMBERED, "order": "desc"})

    async def _ask_now_and_then(self, talk: _Talk) -> None:
        with suppress(Unreachable):  # who listens hears of the end, too
            while True:
                await asyncio.sleep(self._beat)
                if talk.is_subscribed:
                    await talk.ask("printer.objects.query", {"objects": ASKED})
                else:
                    await talk.ask("server.info")

    async def _listen(self, talk: _Talk) -> None:
        """The next message, which is kept if it says something of the printer."""
        silence = 3.0 * self._beat + PATIENCE
        try:
            body = await asyncio.wait_for(talk.connection.read_message(), silence)
        except TimeoutError as error:
            raise Unreachable(f"{self.source}: says nothing for {silence:g} s") from error
        if body is None:
            talk.has_ended = True
            why = talk.connection.close_reason or "the connection was closed"
            raise Unreachable(f"{self.source}: {why}")
        raw = body if isinstance(body, bytes) else body.encode()
        received = round(self._clock.now(), 6)
        try:
            message = mapping(parse(raw))
        except ValueError:
            self._intake.count(NOT_UNDERSTOOD)
            return
        method = text(message.get("method")) or talk.question(message.get("id"))
        if "error" in message:
            self._complain(method, mapping(message["error"]))
            return
        if method == "server.connection.identify":
            self._connected(received)
        elif method in KEPT or (method and "result" in message):
            self._keep(method, raw, received)
        await self._subscribe(talk, method, message)

    def _connected(self, received: float) -> None:
        if self._heard > -math.inf:
            self._intake.put(Gap(self._heard, received))
        self._heard = received
        self._standing.change(Link.CONNECTED)

    def _keep(self, method: str, raw: bytes, received: float) -> None:
        self._heard = received
        self._intake.put(Raw(received, self._topic + method, raw))

    def _complain(self, method: str, error: Mapping[str, Any]) -> None:
        """An error in answer to a question: we have no key, or the printer is not ready."""
        told = text(error.get("message")) or "an error"
        if any(word in told.lower() for word in UNAUTHORIZED):
            raise Refused(
                f"{self._address.web}: the key is missing or wrong ({told}): set "
                f"{self._credentials.names}, or add this computer to Moonraker's trusted_clients"
            )
        if method == "server.connection.identify":
            raise Refused(f"{self._address.web}: does not let us in: {told}")
        self._intake.count(f"answered with an error: {method or 'no question'}"[:100])

    async def _subscribe(self, talk: _Talk, method: str, message: Mapping[str, Any]) -> None:
        """As soon as Klipper is ready; its restart ends a subscription."""
        state = mapping(message.get("result")).get("klippy_state")
        ready = method == f"{KLIPPER}ready" or (method == "server.info" and state == "ready")
        if ready:
            talk.is_subscribed = True
            await talk.ask("printer.objects.subscribe", {"objects": TOLD})
            await talk.ask("printer.objects.query", {"objects": ASKED})
        elif method in (f"{KLIPPER}disconnected", "server.info"):
            talk.is_subscribed = False


async def _close(talk: _Talk) -> None:
    """Ends a connection; what still comes is not heard any more."""
    talk.connection.close()
    with suppress(TimeoutError):
        async with asyncio.timeout(CLOSING):
            while not talk.has_ended:
                talk.has_ended = await talk.connection.read_message() is None


class _Talk:
    """Questions and which answers are theirs."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self.connection = connection
        self.is_subscribed = self.has_ended = False
        self._asked: dict[int, str] = {}
        self._number = 0

    async def ask(self, method: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Raises Unreachable where the connection has ended."""
        self._number += 1
        self._asked.pop(self._number - UNANSWERED, None)
        self._asked[self._number] = method
        call = {"jsonrpc": "2.0", "method": method, "id": self._number}
        if parameters:
            call["params"] = parameters
        try:
            await self.connection.write_message(json.dumps(call))
        except (WebSocketClosedError, StreamClosedError) as error:
            raise Unreachable(f"the connection was closed: {error}") from error

    def question(self, number: object) -> str:
        """The method that an answer with this number is to; empty where there is none."""
        return self._asked.pop(number, "") if isinstance(number, int) else ""
