"""Addresses of printers: "moonraker://host:7125#machine", and the keys that belong to them.

Keys come from the environment, never from the address, which is printed and stands in journals.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from twin.devices.web import Credentials
from twin.errors import DeviceError

# Protocol of a printer -> the port where it usually listens, without and with TLS.
PORTS = {"moonraker": (7125, 7130), "octoprint": (80, 443), "prusalink": (80, 443)}
# The schemes of addresses -> protocol, and whether it is to be safe.
SCHEMES = {
    "moonraker": ("moonraker", False),
    "moonrakers": ("moonraker", True),
    "octoprint+http": ("octoprint", False),
    "octoprint+https": ("octoprint", True),
    "prusalink+http": ("prusalink", False),
    "prusalink+https": ("prusalink", True),
}
MACHINE = re.compile(r"[^/#+\s\x00-\x1f]{1,100}")


@dataclass(frozen=True)
class Address:
    """Where a printer is, and which machine of the layout it is."""

    protocol: str
    host: str
    port: int
    machine: str
    path: str = ""
    is_safe: bool = False

    @property
    def source(self) -> str:
        """Its name in the journal: the address again, with all that was left out."""
        scheme = next(s for s, what in SCHEMES.items() if what == (self.protocol, self.is_safe))
        return f"{scheme}://{self._place}{self.path}#{self.machine}"

    @property
    def web(self) -> str:
        """The address of its pages."""
        return f"http{'s' if self.is_safe else ''}://{self._place}{self.path}"

    @property
    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse_address(url: str, machine: str = "") -> Address:
    """An address as a user writes it; the machine is what stands behind "#", else the host.

    Raises DeviceError where it is none; its message does not repeat a password.
    """
    wanted = "expected such as moonraker://host:7125#machine, octoprint+http://host#machine"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise DeviceError(f"the address cannot be read ({error}); {wanted}") from error
    if parts.username is not None or parts.password is not None:
        raise DeviceError(
            f"{parts.scheme}://{host}: a user or a password does not belong into an address, "
            f"which is printed; set {', '.join(_names(parts.scheme.partition('+')[0], ''))}"
        )
    if parts.scheme not in SCHEMES or not host:
        known = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        raise DeviceError(f"{url}: is not the address of a printer ({known}); {wanted}")
    if parts.query:
        raise DeviceError(f"{parts.scheme}://{host}: has a query; {wanted}")
    protocol, is_safe = SCHEMES[parts.scheme]
    name = machine or parts.fragment or host
    if not MACHINE.fullmatch(name):
        raise DeviceError(f"{url}: {name!r} cannot be a machine's name (no space, '/', '#', '+')")
    return Address(
        protocol, host, port or PORTS[protocol][is_safe], name, parts.path.rstrip("/"), is_safe
    )


def credentials(address: Address) -> Credentials:
    """What lets us in: from TWIN_OCTOPRINT_KEY and the like, or, for one machine of several,
    TWIN_OCTOPRINT_KEY_<MACHINE> in capitals. Raises DeviceError where a setting is no such text."""
    found = {}
    for name in _names(address.protocol, address.machine):
        kind = name.split("_")[2]
        value = os.environ.get(name, "").strip()
        if value and not (value.isascii() and value.isprintable()):
            raise DeviceError(f"{name}: holds a character that no key has")
        if value:
            found.setdefault(kind, value)
    headers = {"X-Api-Key": found["KEY"]} if "KEY" in found and "USER" not in found else {}
    names = " or ".join(_names(address.protocol, "")[:-1])
    return Credentials(
        names, headers, found.get("USER", ""), found.get("PASSWORD", ""), found.get("CA", "")
    )


def _names(protocol: str, machine: str) -> list[str]:
    """The settings that count, those of the one machine first."""
    kinds = ("KEY", "USER", "PASSWORD", "CA") if protocol == "prusalink" else ("KEY", "CA")
    own = re.sub(r"[^A-Z0-9]", "_", machine.upper())
    known = protocol if protocol in PORTS else "octoprint"
    plain = [f"TWIN_{known.upper()}_{kind}" for kind in kinds]
    return ([f"{name}_{own}" for name in plain] if own else []) + plain
