"""A broker: where it is, how it lets one in, and in which words it refuses.

What must not be read by others (user, password, keys) comes from the environment alone, never from
a layout or an address that is printed: TWIN_MQTT_USER, TWIN_MQTT_PASSWORD, TWIN_MQTT_CA (a file
with the authority that signed the broker's certificate), TWIN_MQTT_CERT and TWIN_MQTT_KEY (one's
own).
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from twin.errors import DeviceError

PORTS = {"mqtt": 1883, "mqtts": 8883}
KEEPALIVE = 15  # [s] of silence after which each side asks whether the other is there
KEPT = 7 * 86400  # [s] for which a broker keeps what a collector that is away has not heard
WINDOW = 10_000  # messages on their way, not acknowledged yet
V5, V311 = MQTTProtocolVersion.MQTTv5, MQTTProtocolVersion.MQTTv311
# The reasons of MQTT 5 that ask for MQTT 3.1.1 (MQTT Version 5.0, section 3.2.2.2).
OTHER_VERSION = ("Unsupported protocol version", "Protocol error", "Malformed packet")

_URL = re.compile(
    r"(?P<scheme>\w+)://(?P<host>\[[^\]]+\]|[^/:@\[\]]+)(:(?P<port>\d+))?(/(?P<topics>.*))?"
)


@dataclass(frozen=True)
class Address:
    """Where a broker listens, and which topics are meant: a filter, as MQTT has them."""

    host: str
    port: int
    topics: str
    encrypted: bool

    @property
    def place(self) -> str:
        """The broker, as messages call it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'mqtts' if self.encrypted else 'mqtt'}://{host}:{self.port}"

    @property
    def source(self) -> str:
        """The address again, with all that was left out: its name in a journal."""
        return self.place if self.topics == "#" else f"{self.place}/{self.topics}"


def address(url: str) -> Address:
    """mqtt://host[:port]/filter, mqtts:// where it is encrypted; all topics (#) without a filter.

    Raises DeviceError where it is something else or holds a password.
    """
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise DeviceError(
            f"{url.partition('://')[0]}://...@...: an address is printed and kept, which is no "
            "place for a user or a password; set TWIN_MQTT_USER and TWIN_MQTT_PASSWORD"
        )
    found = _URL.fullmatch(url)
    if not found or found["scheme"] not in PORTS:
        raise DeviceError(
            f"{url}: is no address of a broker; write mqtt://host:1883/topics, such as "
            "mqtt://localhost/shop/#, or mqtts://host where it is encrypted"
        )
    port = int(found["port"] or PORTS[found["scheme"]])
    if not 0 < port < 65536:
        raise DeviceError(f"{url}: there is no port {port}")
    topics = found["topics"] or "#"
    if not is_filter(topics):
        raise DeviceError(
            f"{url}: {topics!r} is no topic filter: + stands for one whole level, # for all that "
            "follow and only at the end"
        )
    return Address(found["host"].strip("[]"), port, topics, found["scheme"] == "mqtts")


def is_filter(text: str) -> bool:
    """Whether a text is a topic filter (MQTT Version 5.0, section 4.7)."""
    levels = text.split("/")
    plus = all(level == "+" for level in levels if "+" in level)
    sharp = "#" not in "/".join(levels[:-1]) and ("#" not in levels[-1] or levels[-1] == "#")
    return bool(text) and len(text.encode()) < 65536 and plus and sharp and "\0" not in text


@dataclass(frozen=True)
class Access:
    """What lets one in; not to be shown."""

    user: str = ""
    password: str = ""
    authority: str = ""  # files
    certificate: str = ""
    key: str = ""

    def __repr__(self) -> str:
        return "Access(...)"


def access(environment: Mapping[str, str] = os.environ) -> Access:
    """What the environment says. Raises DeviceError where a file that it names is not there."""
    names = {"user": "USER", "password": "PASSWORD", "authority": "CA"}
    names |= {"certificate": "CERT", "key": "KEY"}
    found = {field: environment.get(f"TWIN_MQTT_{name}", "") for field, name in names.items()}
    for field in ("authority", "certificate", "key"):
        if found[field] and not Path(found[field]).is_file():
            raise DeviceError(f"TWIN_MQTT_{names[field]}: there is no file {found[field]!r}")
    if found["password"] and not found["user"]:
        raise DeviceError("TWIN_MQTT_PASSWORD is set, but TWIN_MQTT_USER is not")
    return Access(**found)


def client(
    to: Address,
    by: Access,
    name: str,
    protocol: MQTTProtocolVersion,
    *,
    clean: bool = False,
    comes_back: bool = False,
) -> paho.Client:
    """A client, which acknowledges what it is told to; for one connection unless it `comes_back`.

    `clean`: nothing is kept for it; else a broker keeps for `name` what it has not acknowledged.
    """
    made = paho.Client(
        CallbackAPIVersion.VERSION2,
        client_id=name,
        clean_session=None if protocol == V5 else clean,
        protocol=protocol,
        manual_ack=True,
        reconnect_on_failure=comes_back,
    )
    if by.user:
        made.username_pw_set(by.user, by.password or None)
    if to.encrypted:
        made.tls_set_context(_context(by))
    return made


def connect(made: paho.Client, to: Address, *, clean: bool = False, kept: int = KEPT) -> None:
    """Opens its connection; the answer comes to `on_connect`. Raises OSError."""
    if made.protocol != V5:
        made.connect(to.host, to.port, keepalive=KEEPALIVE)
        return
    properties = Properties(PacketTypes.CONNECT)
    properties.ReceiveMaximum = WINDOW
    if not clean:
        properties.SessionExpiryInterval = kept
    made.connect(to.host, to.port, keepalive=KEEPALIVE, clean_start=clean, properties=properties)


def _context(by: Access) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=by.authority or None)
        if by.certificate:
            context.load_cert_chain(by.certificate, by.key or None)
    except (OSError, ssl.SSLError) as error:
        raise DeviceError(
            f"the certificates of TWIN_MQTT_CA, TWIN_MQTT_CERT or TWIN_MQTT_KEY cannot be used: "
            f"{error}"
        ) from error
    return context


def unreached(to: Address, error: OSError) -> str:
    """Why there is no connection, in words of the user."""
    if isinstance(error, ssl.SSLCertVerificationError):
        said = error.verify_message
        if "expired" in said:
            return f"{to.place}: the broker's certificate has expired; its owner must renew it"
        hint = "" if "match" in said else "; name its authority's file in TWIN_MQTT_CA"
        return f"{to.place}: the broker's certificate is not accepted: {said}{hint}"
    if isinstance(error, ssl.SSLError):
        return f"{to.place}: no encrypted connection ({error.reason or error}); is it mqtt://?"
    if isinstance(error, ConnectionRefusedError):
        return f"{to.place}: nobody listens on {to.host}:{to.port}"
    return f"{to.place}: cannot be reached: {error.strerror or error}"


def refused(to: Address, by: Access, reason: ReasonCode) -> str:
    """Why a broker does not let one in, in words of the user."""
    said = str(reason)
    if said in ("Not authorized", "Bad user name or password"):
        told = f"the user {by.user!r} and the password" if by.user else "nobody without a user"
        verb = "are not accepted" if by.user else "is let in"
        return (
            f"{to.place}: {told} {verb} ({said}); set TWIN_MQTT_USER and TWIN_MQTT_PASSWORD to "
            "what the broker knows"
        )
    return f"{to.place}: the broker refuses: {said}"
