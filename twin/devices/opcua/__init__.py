"""OPC UA, live: a collector that follows a server, and a simulated shop as a server."""

import logging

from twin.devices.opcua.collector import Collector, line, read_entry
from twin.devices.opcua.server import publish

__all__ = ["Collector", "line", "publish", "read_entry"]

# The library logs each lost connection with its traceback; what matters of it stands in `Status`.
logging.getLogger("asyncua").setLevel(logging.CRITICAL)
