"""A small MTConnect agent: observations in a ring, served over HTTP as the standard has it.

`/probe`, `/current` (with `at`) and `/sample` (with `from` and `count`), for all devices or, with
its name in front, for one. Each observation has a sequence number, the numbering an instance id:
who asks for what the ring no longer holds is told OUT_OF_RANGE. It listens on this computer only,
unless it is told otherwise: nobody is asked for a password.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from twin.errors import DeviceError
from twin.recordings.mtconnect import meaning
from twin.recordings.mtconnect.model import Device, Item
from twin.recordings.mtconnect.observations import Observation, written

VERSION = "1.7"
BUFFER = 131_072  # observations that are kept, as most agents of shops do
COUNT = 100  # observations of a sample where nobody says how many
MOST = 10_000  # observations of a sample
_CONTAINERS = {"SAMPLE": "Samples", "EVENT": "Events", "CONDITION": "Condition"}
# Item types for what a recording without a device model calls by its usual name.
_SUBTYPES = {meaning.SCRAP: ("PART_COUNT", "BAD")}

Kept = tuple[int, Observation]


class Agent:
    """The ring and what it says of itself; threads may share it.

    `devices` is the model; what is said of other items is added to it.
    """

    def __init__(
        self, devices: Iterable[Device] = (), buffer: int = BUFFER, instance: int | None = None
    ) -> None:
        self.instance = time.time_ns() // 1000 if instance is None else instance
        self.buffer = buffer
        self._devices = {device.name: device for device in devices}
        self._kept: deque[Kept] = deque(maxlen=buffer)
        self._next = 1
        # What each item said last before the ring begins, of a condition: by its native code.
        self._before: dict[tuple[str, str], dict[str, Kept]] = {}
        self._lock = threading.Lock()
        self._made = 0.0

    @property
    def next(self) -> int:
        """The number that the next observation gets."""
        return self._next

    def say(self, several: Iterable[Observation]) -> None:
        """Adds observations, in their order."""
        with self._lock:
            for told in several:
                self._model(told)
                if len(self._kept) == self.buffer:
                    _stand(self._before, self._kept[0])
                self._kept.append((self._next, told))
                self._next += 1
                self._made = max(self._made, told.time)

    def answer(self, path: str) -> tuple[int, str]:
        """The status and the document for a path with its query."""
        parts = urlsplit(path)
        *device, verb = [unquote(part) for part in parts.path.split("/") if part] or ["probe"]
        asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        with self._lock:
            names = set(self._devices)
        if len(device) > 1 or (device and device[0] not in names):
            return 404, self._error("NO_DEVICE", f"there is no device {'/'.join(device)!r}")
        wanted = set(device) or names
        try:
            numbers = {key: int(asked[key]) for key in ("from", "count", "at") if key in asked}
        except ValueError:
            return 400, self._error("INVALID_REQUEST", "'from', 'count' and 'at' are numbers")
        if verb == "probe":
            return 200, self._probe(wanted)
        if verb == "current":
            return self._current(wanted, numbers.get("at"))
        if verb == "sample":
            return self._sample(wanted, numbers.get("from"), numbers.get("count", COUNT))
        return 404, self._error("UNSUPPORTED", "there are /probe, /current and /sample")

    # --- documents -------------------------------------------------------------------------------

    def _current(self, wanted: set[str], at: int | None) -> tuple[int, str]:
        with self._lock:
            if at is not None and not self._first() <= at < self._next:
                return 404, self._out_of_range("at", at)
            standing = {key: dict(kept) for key, kept in self._before.items()}
            for kept in self._kept:
                if at is not None and kept[0] > at:
                    break
                _stand(standing, kept)
            told = [one for kept in standing.values() for one in kept.values()]
            chosen = sorted((one for one in told if one[1].device in wanted), key=lambda k: k[0])
            return 200, self._streams(chosen, self._next)

    def _sample(self, wanted: set[str], begin: int | None, count: int) -> tuple[int, str]:
        with self._lock:
            first = self._first()
            begin = first if begin is None else begin
            if not first <= begin <= self._next:
                return 404, self._out_of_range("from", begin)
            if not 1 <= count <= MOST:
                return 404, self._error("OUT_OF_RANGE", f"'count' is from 1 to {MOST}")
            skipped = begin - first
            taken = [self._kept[at] for at in range(skipped, min(skipped + count, len(self._kept)))]
            chosen = [one for one in taken if one[1].device in wanted]
            return 200, self._streams(chosen, begin + len(taken))

    def _first(self) -> int:
        return self._next - len(self._kept)

    def _header(self, following: int) -> str:
        # The clock is that of what is said, so that a recording that is said again is consistent.
        return (
            f'<Header creationTime="{written(self._made)}" sender="twin" version="{VERSION}" '
            f'instanceId="{self.instance}" bufferSize="{self.buffer}" '
            f'firstSequence="{self._first()}" lastSequence="{self._next - 1}" '
            f'nextSequence="{following}"/>'
        )

    def _streams(self, chosen: list[Kept], following: int) -> str:
        return _document("Streams", self._header(following), "".join(self._told(chosen)))

    def _told(self, chosen: list[Kept]) -> Iterator[str]:
        """Observations by device and component; the sort keeps their order within each."""
        places = []
        for number, told in chosen:
            item = self._devices[told.device].items[told.item]
            places.append((told.device, item.component, item.category, number, told, item))
        places.sort(key=lambda place: place[:4])
        yield "<Streams>"
        for name, of_device in groupby(places, key=lambda place: place[0]):
            uuid = self._devices[name].uuid or name
            yield f"<DeviceStream name={quoteattr(name)} uuid={quoteattr(uuid)}>"
            for component, of_component in groupby(of_device, key=lambda place: place[1]):
                kind = quoteattr(component)
                yield f"<ComponentStream component={kind} componentId={kind} name={kind}>"
                for category, several in groupby(of_component, key=lambda place: place[2]):
                    yield f"<{_CONTAINERS[category]}>"
                    yield from (
                        _observation(number, told, item) for *_, number, told, item in several
                    )
                    yield f"</{_CONTAINERS[category]}>"
                yield "</ComponentStream>"
            yield "</DeviceStream>"
        yield "</Streams>"

    def _probe(self, wanted: set[str]) -> str:
        with self._lock:
            devices = [device for name, device in self._devices.items() if name in wanted]
            return _document("Devices", self._header(self._next), "".join(_modelled(devices)))

    def _out_of_range(self, name: str, number: int) -> str:
        holds = f"the buffer holds {self._first()} to {self._next - 1}"
        return self._error("OUT_OF_RANGE", f"'{name}' is {number}; {holds}")

    def _error(self, code: str, text: str) -> str:
        header = (
            f'<Header creationTime="{written(self._made)}" sender="twin" version="{VERSION}" '
            f'instanceId="{self.instance}" bufferSize="{self.buffer}"/>'
        )
        told = f'<Errors><Error errorCode="{code}">{escape(text)}</Error></Errors>'
        return _document("Error", header, told)

    def _model(self, told: Observation) -> None:
        """Adds to the model what it does not have."""
        device = self._devices.get(told.device)
        if device is None:
            device = self._devices[told.device] = Device(told.device, told.device)
        if told.item not in device.items:
            device.items[told.item] = _usual(told)


@contextmanager
def serving(agent: Agent, port: int = 0, address: str = "127.0.0.1") -> Iterator[str]:
    """Serves an agent in threads of its own; the URL. Port 0 takes a free one.

    Raises DeviceError where the port is taken.
    """

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, document = agent.answer(self.path)
            body = document.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed for each request."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes away in the middle of an answer is no error of the agent."""

    try:
        server = Server((address, port), Answer)
    except OSError as error:
        raise DeviceError(f"{address}:{port}: cannot be listened on: {error.strerror}") from error
    thread = threading.Thread(target=server.serve_forever, name="agent", args=(0.05,))
    thread.start()
    try:
        yield f"http://{address}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# --- XML -----------------------------------------------------------------------------------------


def _stand(standing: dict[tuple[str, str], dict[str, Kept]], kept: Kept) -> None:
    """How things stand after an observation; of a condition several codes may be active."""
    told = kept[1]
    active = standing.setdefault((told.device, told.item), {})
    code = told.condition[0] if told.condition else ""
    if (
        told.condition is None
        or told.value == "UNAVAILABLE"
        or (told.value == "NORMAL" and not code)
    ):
        active.clear()
    elif told.value == "NORMAL":
        active.pop(code, None)
        if active:
            return
    else:
        active.pop("", None)  # it is no longer normal
    active[code if told.value != "NORMAL" else ""] = kept


def _document(kind: str, header: str, body: str) -> str:
    space = f"urn:mtconnect.org:MTConnect{kind}:{VERSION}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<MTConnect{kind} xmlns="{space}">{header}{body}</MTConnect{kind}>\n'
    )


def _observation(number: int, told: Observation, item: Item) -> str:
    name = f" name={quoteattr(item.name)}" if item.name else ""
    sub = f" subType={quoteattr(item.subtype)}" if item.subtype else ""
    about = (
        f'dataItemId={quoteattr(item.id)}{name}{sub} timestamp="{written(told.time)}" '
        f'sequence="{number}"'
    )
    if told.condition is None:
        tag = _element(item.type)
        return f"<{tag} {about}>{_text(told.value)}</{tag}>"
    code, severity, qualifier, text = told.condition
    for key, value in (
        ("nativeCode", code),
        ("nativeSeverity", severity),
        ("qualifier", qualifier),
    ):
        about += f" {key}={quoteattr(_clean(value))}" if value else ""
    tag = told.value.capitalize()
    return f"<{tag} type={quoteattr(item.type)} {about}>{_text(text)}</{tag}>"


def _element(kind: str) -> str:
    """CONTROLLER_MODE -> ControllerMode; a vendor's prefix is left out."""
    return "".join(word.capitalize() for word in kind.rpartition(":")[2].split("_")) or "Unknown"


def _text(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    """Without the characters that XML does not have."""
    return "".join(c for c in text if c >= " " or c == "\t")


def _modelled(devices: Iterable[Device]) -> Iterator[str]:
    yield "<Devices>"
    for device in devices:
        name, uuid = quoteattr(device.name), quoteattr(device.uuid or device.name)
        yield f"<Device id={uuid} uuid={uuid} name={name}><Components>"
        listed = sorted(device.listed(), key=lambda item: item.component)
        for component, items in groupby(listed, key=lambda item: item.component or "Device"):
            kind = component if component.isidentifier() else "Device"
            yield f"<{kind} id={quoteattr(f'{device.name}_{component}')}><DataItems>"
            for item in items:
                name = f" name={quoteattr(item.name)}" if item.name else ""
                sub = f" subType={quoteattr(item.subtype)}" if item.subtype else ""
                yield (
                    f"<DataItem id={quoteattr(item.id)}{name} category={quoteattr(item.category)} "
                    f"type={quoteattr(item.type)}{sub}/>"
                )
            yield f"</DataItems></{kind}>"
        yield "</Components></Device>"
    yield "</Devices>"


def _usual(told: Observation) -> Item:
    """An item of the model for what a recording calls by a name."""
    role = meaning.role_of(told.item, told.condition is not None, None, {})
    kind, subtype = _SUBTYPES.get(role, (role, ""))
    if told.condition is not None:
        kind, component = (
            ("SYSTEM", "Controller")
            if meaning.stops(told.item, None)
            else (
                "ACTUATOR",
                "Axes",
            )
        )
        return Item(told.item, told.item, "CONDITION", kind, "", component)
    return Item(told.item, told.item, "EVENT", kind or "x:VALUE", subtype, "Controller")
